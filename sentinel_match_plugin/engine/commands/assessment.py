"""``assess``."""

from __future__ import annotations

import argparse
from typing import Any

from .. import jobs
from ..errors import InputError
from ..jobs.assessment import GEOREFERENCING, read_thresholds
from .options import add_area, add_engine, add_extent, area, extent


def add(commands: Any) -> None:
    """Add the command to ``commands``, what ``ArgumentParser.add_subparsers`` gave."""
    assess = commands.add_parser("assess", help="compare matchers on a pair, or on a folder of pairs")
    assess.add_argument("reference", nargs="?", default="")
    assess.add_argument("target", nargs="?", default="")
    assess.add_argument("--pairs", default="", help="a folder of season pairs, in place of reference and target")
    assess.add_argument("--matchers", default="all", help="names separated by commas, or all")
    assess.add_argument("--thresholds", default="1,3,5,10", help="pixels, separated by commas")
    assess.add_argument(
        "--known-warp",
        default="",
        help="none, identity, or a file: a matrix (JSON, CSV) or a displacement raster",
    )
    assess.add_argument("--georeferencing", choices=GEOREFERENCING, default="use")
    assess.add_argument("--reference-band", type=int, default=0)
    assess.add_argument("--target-band", type=int, default=0)
    assess.add_argument("--max-shift", type=float, default=1500.0, help="metres")
    assess.add_argument("--matcher-options", default="", help="name=value, with spaces between, for all that have them")
    add_extent(assess)
    add_area(assess)
    assess.add_argument("--table", default="", help="CSV")
    assess.add_argument("--figure", default="", help="PNG")
    assess.add_argument("--report", default="", help="HTML")
    add_engine(assess)
    assess.set_defaults(job=_assess)


def _assess(options: argparse.Namespace) -> jobs.AssessJob:
    every = [name for name in jobs.MATCHERS if name != "auto"]
    names = every if options.matchers == "all" else [n.strip() for n in options.matchers.split(",") if n.strip()]
    if options.reference and not options.target:
        raise InputError("A target is needed beside the reference.")
    return jobs.AssessJob(
        matchers=tuple(names),
        reference=jobs.RasterInput(options.reference, options.reference_band) if options.reference else None,
        target=jobs.RasterInput(options.target, options.target_band) if options.target else None,
        pairs=options.pairs,
        thresholds_px=read_thresholds(options.thresholds),
        known_warp=options.known_warp,
        georeferencing=options.georeferencing,
        max_shift_m=options.max_shift,
        device=options.device,
        seed=options.seed,
        model_folder=options.models,
        extent=extent(options),
        area=area(options),
        matcher_options=options.matcher_options,
        table=options.table,
        figure=options.figure,
        report=options.report,
    )
