"""Options that several commands take."""

from __future__ import annotations

import argparse

from .. import jobs
from ..errors import InputError


def add_extent(command: argparse.ArgumentParser) -> None:
    """``--extent``: read it with ``extent``."""
    command.add_argument("--extent", nargs=5, metavar=("XMIN", "YMIN", "XMAX", "YMAX", "CRS"))


def add_area(command: argparse.ArgumentParser) -> None:
    """``--area`` and ``--area-mode``: read them with ``area``."""
    command.add_argument("--area", default="", help="GeoJSON polygons")
    command.add_argument("--area-mode", choices=jobs.AREA_MODES, default="inside")


def add_engine(command: argparse.ArgumentParser) -> None:
    """``--device``, ``--seed`` and ``--models``."""
    command.add_argument("--device", choices=jobs.DEVICES, default="auto")
    command.add_argument("--seed", type=int, default=0)
    command.add_argument("--models", default="", help="folder with weights")


def extent(options: argparse.Namespace) -> jobs.Extent | None:
    """What ``add_extent`` was given. Raises InputError if these are no numbers."""
    if not options.extent:
        return None
    try:
        xmin, ymin, xmax, ymax = (float(value) for value in options.extent[:4])
    except ValueError as error:
        raise InputError(f"The extent needs four numbers and a CRS: {error}.") from error
    return jobs.Extent((xmin, ymin, xmax, ymax), options.extent[4])


def area(options: argparse.Namespace) -> jobs.AreaInput | None:
    """What ``add_area`` was given."""
    return jobs.AreaInput(options.area, options.area_mode) if options.area else None
