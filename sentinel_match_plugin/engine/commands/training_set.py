"""``training-set``: places at several dates, made ready to train on."""

from __future__ import annotations

import argparse
from typing import Any

from .. import jobs
from .options import add_area, area


def add(commands: Any) -> None:
    """Add the command to ``commands``, what ``ArgumentParser.add_subparsers`` gave."""
    command = commands.add_parser("training-set", help="make a training set of co-registered dates")
    command.add_argument("scenes", nargs="+", help="rasters, Sentinel-2 products, or folders of them")
    command.add_argument("--folder", required=True, help="where it is written")
    command.add_argument("--tile-size", type=int, default=512, help="pixels")
    command.add_argument("--stride", type=int, default=256, help="pixels from tile to tile")
    command.add_argument("--place", default="", help="name of the place of rasters given one by one")
    command.add_argument("--radiometry", choices=jobs.RADIOMETRIES, default="auto")
    command.add_argument("--snow-threshold", type=float, default=8000.0, help="reflectance x 10000 that becomes 1")
    command.add_argument("--summer-threshold", type=float, default=3000.0, help="the same, without snow")
    command.add_argument("--seasons", default="", help='"DATE=winter PLACE/DATE=summer", where the measure is wrong')
    command.add_argument("--max-invalid", type=float, default=0.3, help="share of cloud and nodata in a tile, 0 to 1")
    command.add_argument("--keep-clouds", action="store_true", help="do not look for clouds")
    command.add_argument("--gsd", type=float, default=0.0, help="metres of a pixel where there is no CRS")
    command.add_argument("--validation", nargs="+", default=[], metavar="PLACE", help="places to validate on")
    command.add_argument("--test", nargs="+", default=[], metavar="PLACE", help="places to test on")
    command.add_argument("--validation-share", type=float, default=0.2, help="of the places, where none is named")
    command.add_argument("--no-offsets", action="store_true", help="do not measure how the dates lie off each other")
    command.add_argument("--no-contact-sheet", action="store_true")
    command.add_argument("--device", choices=jobs.DEVICES, default="auto")
    command.add_argument("--seed", type=int, default=0)
    add_area(command)
    command.set_defaults(job=_training_set)


def _training_set(options: argparse.Namespace) -> jobs.BuildTrainingSetJob:
    return jobs.BuildTrainingSetJob(
        scenes=tuple(options.scenes),
        folder=options.folder,
        tile_size=options.tile_size,
        stride=options.stride,
        area=area(options),
        place=options.place,
        radiometry=options.radiometry,
        snow_threshold=options.snow_threshold,
        summer_threshold=options.summer_threshold,
        seasons=options.seasons,
        max_invalid=options.max_invalid,
        mask_clouds=not options.keep_clouds,
        gsd_m=options.gsd,
        validation_places=tuple(options.validation),
        test_places=tuple(options.test),
        validation_share=options.validation_share,
        offsets=not options.no_offsets,
        contact_sheet=not options.no_contact_sheet,
        device=options.device,
        seed=options.seed,
    )
