"""A scene as a small picture: values, where they are known, and how much of each pixel the area allows."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from rasterio.enums import Resampling
from rasterio.warp import reproject

from ..errors import InputError
from ..imagery.area import Area, load_area
from ..imagery.bands import choose_bands
from ..imagery.radiometry import stretch_of
from ..imagery.raster_reader import RasterReader
from ..jobs import AreaInput
from .placing import Placement

FINER = 2.0  # pixels are read this many times smaller than those of the picture before they are warped onto its grid
AREA_SUBPIXELS = 4  # along the side of a pixel, on which it is counted how much of it the area allows
# An area of one dark value (jpeg leaves a few grey levels of noise in it) on the rim: the part of a tile beside the
# swath, in files that cannot say "no data". What is nearer than so many pixels to it holds the edge, not the ground.
# Half of such an area is the darkest value itself, which tells it from the sea.
EMPTY_LEVELS, EMPTY_MEDIAN, EMPTY_SHARE, EMPTY_OPENING_PX, EMPTY_MARGIN_PX = 6 / 255, 0.5 / 255, 0.005, 7, 4


@dataclass(frozen=True)
class Picture:
    """``values`` float32 ``(h, w)`` 0..1, 0 where not ``valid`` bool ``(h, w)``; ``allowed`` float32 ``(h, w)`` 0..1,
    the share of each pixel in the area, None without an area. ``empty``: share that is one dark value on the rim.
    """

    values: np.ndarray
    valid: np.ndarray
    allowed: np.ndarray | None
    empty: float


def take_picture(reader: RasterReader, placement: Placement, band: int, area: AreaInput | None) -> Picture:
    """See ``Picture``. Raises InputError where the scene has nothing to show there, and whatever reading raises."""
    info = reader.info
    bands = choose_bands(info, info, band, band).reference
    allowed = None
    if area is not None:
        loaded = load_area(area, None, info.georeference.crs)
        loaded.check_touches(info.georeference, info.width, info.height, info.label)
        allowed = _allowed(load_area(area, None, placement.georeference.crs), placement)
    values, valid = _on_grid(reader, placement, bands)
    if not valid.any():
        raise InputError(f"{info.label} has no valid pixel: all of it is nodata.")
    empty = empty_rim(values, valid)
    shown = valid & ~empty
    if not shown.any():
        raise InputError(f"{info.label} has the same value everywhere: there is nothing to compare.")
    stretched = stretch_of(values[shown], info.label).apply(values, shown)
    return Picture(stretched, shown, allowed, float((valid & empty).sum() / valid.size))


def _on_grid(reader: RasterReader, placement: Placement, bands: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """float32 ``(h, w)`` and bool ``(h, w)``, each pixel the mean of what lies in it."""
    info, height, width = reader.info, *placement.shape
    whole = (0, 0, info.width, info.height)
    if placement.georeference.crs is None:
        step = placement.pixel
        values, valid, _ = reader.read(bands, whole, step)
        return _sized(values, (height, width)), _sized(valid.astype(np.float32), (height, width)) > 0.5
    metres = max(info.width / width, info.height / height)  # pixels of the scene in one of the picture, at least
    values, valid, local = reader.read(bands, whole, max(1.0, metres / FINER))
    source = np.where(valid, values, np.nan).astype(np.float32)
    result = np.full((height, width), np.nan, np.float32)
    reproject(
        source,
        result,
        src_transform=info.georeference.transform @ local,
        src_crs=info.georeference.crs,
        src_nodata=np.nan,
        dst_transform=placement.georeference.transform,
        dst_crs=placement.georeference.crs,
        dst_nodata=np.nan,
        resampling=Resampling.average,
    )
    known = np.isfinite(result)
    return np.where(known, result, 0), known


def _sized(image: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Cut, or its edge repeated, to ``shape``: reading rounds the number of pixels up, a placement to the nearest."""
    image = image[: shape[0], : shape[1]]
    return np.pad(image, [(0, n - m) for n, m in zip(shape, image.shape, strict=True)], mode="edge")


def _allowed(area: Area, placement: Placement) -> np.ndarray:
    """float32 ``(h, w)`` 0..1: polygons smaller than a pixel still count."""
    height, width = placement.shape
    georeference = placement.georeference
    n = AREA_SUBPIXELS
    finer = type(georeference)(georeference.crs, georeference.transform @ type(georeference.transform).scale(1 / n))
    if georeference.crs is None:  # the area of a raster without a CRS is drawn on pixel and minus line
        finer = type(georeference)(None, type(georeference.transform).scale(1, -1) @ finer.transform)
    mask = area.mask(finer, (n * height, n * width)).astype(np.float32)
    return cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA)


def empty_rim(values: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """bool ``(h, w)``: large parts of one dark value that touch the rim, and what their edge spoils.

    No value is taken for nodata by itself: a lake inside the picture, or a shadow, stays.
    """
    nothing: np.ndarray = np.zeros(values.shape, bool)
    if not valid.any():
        return nothing
    darkest, brightest = float(values[valid].min()), float(values[valid].max())
    span = max(brightest - darkest, 1e-9)
    low = (valid & (values <= darkest + EMPTY_LEVELS * span)).astype(np.uint8)
    dark = cv2.morphologyEx(low, cv2.MORPH_OPEN, np.ones((EMPTY_OPENING_PX,) * 2, np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(dark)
    height, width = values.shape
    for label in range(1, count):
        left, top, w, h, pixels = boxes[label]
        on_rim = left == 0 or top == 0 or left + w == width or top + h == height
        if on_rim and pixels >= EMPTY_SHARE * values.size:
            here = labels == label
            if np.median(values[here]) <= darkest + EMPTY_MEDIAN * span:
                nothing[here] = True
    if not nothing.any():
        return nothing
    return cv2.dilate(nothing.astype(np.uint8), np.ones((2 * EMPTY_MARGIN_PX + 1,) * 2, np.uint8)) > 0
