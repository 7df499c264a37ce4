"""``prepare``: bands of a Sentinel-2 product as one raster."""

from __future__ import annotations

import argparse
from typing import Any

from .. import jobs
from .options import add_area, add_extent, area, extent


def add(commands: Any) -> None:
    """Add the command to ``commands``, what ``ArgumentParser.add_subparsers`` gave."""
    prepare = commands.add_parser("prepare", help="bands of a Sentinel-2 product as one GeoTIFF")
    prepare.add_argument("product", help=".SAFE folder, its zip, or its MTD_MSIL1C.xml or MTD_MSIL2A.xml")
    prepare.add_argument("output", help="GeoTIFF")
    prepare.add_argument("--bands", default="auto", help="e.g. RGB or B04,B8A,SCL; auto: the finest that are there")
    prepare.add_argument("--resolution", type=float, default=0.0, help="metres; 0: that of the finest of the bands")
    prepare.add_argument("--mask-clouds", action="store_true", help="clouds become nodata")
    prepare.add_argument("--cloud-probability", type=float, default=0.0, help="percent; 0: by the scene classes")
    prepare.add_argument("--normalise", choices=jobs.NORMALISATIONS, default="none")
    prepare.add_argument("--threshold", type=float, default=3000.0, help="reflectance times 10000 that becomes 255")
    add_extent(prepare)
    add_area(prepare)
    prepare.set_defaults(job=_prepare)


def _prepare(options: argparse.Namespace) -> jobs.PrepareSentinel2Job:
    return jobs.PrepareSentinel2Job(
        product=options.product,
        output=options.output,
        bands=options.bands,
        resolution_m=options.resolution,
        extent=extent(options),
        area=area(options),
        mask_clouds=options.mask_clouds,
        cloud_probability=options.cloud_probability,
        normalise=options.normalise,
        threshold=options.threshold,
    )
