"""The grid that a warped raster gets, and the way of its pixels back to the pixels of the source that they show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from affine import Affine
from rasterio.crs import CRS

from ..errors import InputError
from ..frames.georeference import Georeference
from ..frames.grid import pixel_mapping
from ..frames.lattice import Mapping
from ..imagery.area import load_area
from ..imagery.raster_info import RasterInfo
from ..jobs import Extent
from ..transforms import Transformation

SNAP_PX = 1e-6  # extents are given in decimal figures: a pixel bound hit this closely is meant


@dataclass(frozen=True)
class OutputGrid:
    """Pixels of a raster to be written: where they lie, and how many there are."""

    georeference: Georeference
    width: int
    height: int


def output_grid(info: RasterInfo, extent: Extent | None) -> OutputGrid:
    """The grid of a raster, cut to the whole pixels that ``extent`` touches.

    Raises InputError where it has no CRS or misses the raster.
    """
    here = info.georeference
    if here.crs is None:
        raise InputError(
            f"{info.label} has no CRS, so there is no grid to warp onto: give a reference raster that has one."
        )
    if extent is None:
        return OutputGrid(here, info.width, info.height)
    bounds = load_area(None, extent, here.crs).bounds or extent.bounds
    low, high = here.box_to_pixel(bounds)
    x0, y0 = np.maximum(np.floor(low + SNAP_PX), 0).astype(int)
    x1, y1 = np.minimum(np.ceil(high - SNAP_PX), [info.width, info.height]).astype(int)
    if x1 <= x0 or y1 <= y0:
        raise InputError(f"The extent lies outside of {info.label}, which covers {info.describe_extent()}.")
    transform = here.transform @ Affine.translation(int(x0), int(y0))
    return OutputGrid(Georeference(here.crs, transform), int(x1 - x0), int(y1 - y0))


def frame_of(points_crs: CRS, source: RasterInfo, onto: RasterInfo) -> Georeference:
    """A pixel frame in the CRS of tie points, to fit a transformation in.

    Pixels as large as those warped onto (or, where that
    raster is in another CRS, about as large as the source's)."""
    for info in (onto, source):
        if info.georeference.crs == points_crs:
            return info.georeference
    metres = onto.gsd_m
    unit = Georeference(points_crs, Affine.identity())
    step = metres / unit.metres_per_unit((0.0, 0.0))[1]
    return Georeference(points_crs, Affine(step, 0, 0, 0, -step, 0))


def way_back(grid: OutputGrid, frame: Georeference, model: Transformation, source: Georeference) -> Mapping:
    """Output pixels -> source pixels: output grid, pixel frame of the model, the model, the source's own pixels."""
    to_frame = _between(grid.georeference, frame)
    to_source = pixel_mapping(frame, source) if source.crs is not None else (lambda xy: xy)
    return lambda xy: to_source(model(to_frame(xy)))


def _between(start: Georeference, end: Georeference) -> Mapping:
    """Pixels of one georeference to pixels of another; exact arithmetic on the transforms where the CRS is one."""
    if start.crs == end.crs:
        across = ~end.transform @ start.transform
        return Georeference(end.crs, across).to_map
    return pixel_mapping(start, end)
