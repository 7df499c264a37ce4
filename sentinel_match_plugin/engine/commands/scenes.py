"""``scenes``: all pairs of many scenes."""

from __future__ import annotations

import argparse
from typing import Any

from .. import jobs
from .options import add_area, add_engine, area


def add(commands: Any) -> None:
    """Add the command to ``commands``, what ``ArgumentParser.add_subparsers`` gave."""
    command = commands.add_parser("scenes", help="which of many scenes show the same place?")
    command.add_argument("inputs", nargs="*", help="rasters")
    command.add_argument("--folder", default="", help="a folder whose rasters are compared too")
    command.add_argument("--matcher", choices=jobs.SCENE_MATCHERS, default="auto")
    command.add_argument("--threshold", type=float, default=jobs.SAME_PLACE_THRESHOLD, help="similarity, 0 to 1")
    command.add_argument("--max-shift", type=float, default=1500.0, help="metres, for georeferenced scenes")
    command.add_argument("--min-overlap", type=float, default=0.25, help="share of the smaller scene, 0.05 to 1")
    command.add_argument("--pairs", default="", help="CSV")
    command.add_argument("--matrix-figure", default="", help="PNG")
    command.add_argument("--report", default="", help="HTML")
    command.add_argument("--cache", default="", help="a folder that keeps what is done, also afterwards")
    add_area(command)
    add_engine(command)
    command.set_defaults(job=_scenes)


def _scenes(options: argparse.Namespace) -> jobs.CompareScenesJob:
    return jobs.CompareScenesJob(
        inputs=tuple(jobs.RasterInput(path) for path in options.inputs),
        folder=options.folder,
        area=area(options),
        matcher=options.matcher,
        threshold=options.threshold,
        max_shift_m=options.max_shift,
        min_overlap=options.min_overlap,
        device=options.device,
        seed=options.seed,
        model_folder=options.models,
        cache=options.cache,
        keep_cache=bool(options.cache),
        pairs=options.pairs,
        matrix_figure=options.matrix_figure,
        report=options.report,
    )
