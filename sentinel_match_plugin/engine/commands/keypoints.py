"""``keypoints``: places that one raster alone makes known."""

from __future__ import annotations

import argparse
from typing import Any

from .. import jobs
from .options import add_area, add_engine, add_extent, area, extent


def add(commands: Any) -> None:
    """Add the command to ``commands``, what ``ArgumentParser.add_subparsers`` gave."""
    command = commands.add_parser("keypoints", help="find keypoints in one raster")
    command.add_argument("input")
    command.add_argument("--band", type=int, default=0)
    command.add_argument("--detector", choices=jobs.DETECTORS, default="sift")
    command.add_argument("--max-keypoints", type=int, default=jobs.MAX_KEYPOINTS, help="0: all")
    command.add_argument("--options", default="", help="of the detector: name=value ...")
    command.add_argument("--keypoints", default="", help="CSV")
    command.add_argument("--figure", default="", help="PNG")
    add_extent(command)
    add_area(command)
    add_engine(command)
    command.set_defaults(job=_keypoints)


def _keypoints(options: argparse.Namespace) -> jobs.KeypointsJob:
    return jobs.KeypointsJob(
        input=jobs.RasterInput(options.input, options.band),
        extent=extent(options),
        area=area(options),
        detector=options.detector,
        max_keypoints=options.max_keypoints,
        options=options.options,
        device=options.device,
        seed=options.seed,
        model_folder=options.models,
        keypoints=options.keypoints,
        figure=options.figure,
    )
