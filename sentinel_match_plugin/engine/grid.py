"""One grid for two rasters: where they overlap, at the coarser of their two pixel sizes.

The working grid is the reference's own pixel grid, cut to the overlap and, where the target is coarser, scaled up by
the ratio of the ground sampling distances. The finer image is averaged into the coarser one's pixel size, never the
other way round: detail that only one image has cannot be matched, and pixels invented by interpolation only correlate
with themselves. The target is read through one resampling from its own pixels, however many changes of CRS and
displacement lie between.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from affine import Affine

from .area import Area
from .errors import InputError
from .georeference import Georeference, change_crs
from .matchers.base import Patch
from .radiometry import Stretch
from .rasters import RasterInfo, RasterReader

Mapping = Callable[[np.ndarray], np.ndarray]
"""Pixel coordinates (N, 2) of one grid to those of another, nan where undefined."""

LATTICE_PX = 16  # coordinates are evaluated on a lattice this wide and interpolated; map projections are far smoother
EDGE_POINTS = 21  # points along each edge of a footprint when it is carried to another CRS


@dataclass(frozen=True)
class WorkingGrid:
    """The grid that both images are seen on.

    Pixel ``(x, y)`` of this grid lies at ``origin + scale * (x, y)`` of the reference's pixel frame. ``width``,
    ``height`` in pixels; ``gsd_m`` ground sampling distance in metres (1 where the reference has no CRS).
    """

    origin: tuple[float, float]
    scale: float
    width: int
    height: int
    gsd_m: float

    def to_reference(self, xy: np.ndarray) -> np.ndarray:
        """Grid pixels ``(N, 2)`` -> reference pixels ``(N, 2)``."""
        return np.asarray(xy, float) * self.scale + self.origin

    def georeference(self, reference: Georeference) -> Georeference:
        """The transform of this grid on the ground."""
        here = reference.transform * Affine.translation(*self.origin) * Affine.scale(self.scale)
        return Georeference(reference.crs, here)


def pixel_mapping(reference: Georeference, target: Georeference) -> Mapping:
    """Reference pixels -> the target pixels at the same place on the ground, by the georeferencing of both."""
    if reference.crs is None or target.crs is None:
        raise InputError("Without a CRS on both rasters there is no place on the ground to compare.")
    reference_crs, target_crs = reference.crs, target.crs
    return lambda xy: target.to_pixel(change_crs(reference.to_map(xy), reference_crs, target_crs))


def working_grid(
    reference: RasterInfo, target: RasterInfo, max_shift_m: float, bounds: tuple[float, float, float, float] | None
) -> WorkingGrid:
    """The part of the reference that the target may show, at the coarser ground sampling distance.

    The target's footprint is widened by ``max_shift_m``, since it may be displaced by that much; ``bounds``
    (reference CRS) limits it further. Raises InputError where nothing is left, naming both extents.
    """
    x0, y0, x1, y1 = _footprint(target, reference)
    if x0 >= reference.width or y0 >= reference.height or x1 <= 0 or y1 <= 0:
        raise InputError(
            f"The rasters do not overlap: the reference covers {reference.describe_extent()}, "
            f"the target covers {target.describe_extent()}."
        )
    margin = max_shift_m / reference.gsd_m
    window = _intersect((x0 - margin, y0 - margin, x1 + margin, y1 + margin), (0, 0, reference.width, reference.height))
    if bounds is not None:
        corners = np.array([[bounds[i], bounds[j]] for i in (0, 2) for j in (1, 3)])
        pixels = reference.georeference.to_pixel(corners)
        window = _intersect(window, (*pixels.min(0), *pixels.max(0)))
    if window is None:
        raise InputError(
            "The extent or area lies outside the overlap of the rasters: "
            f"the reference covers {reference.describe_extent()}, the target covers {target.describe_extent()}."
        )
    scale = max(1.0, target.gsd_m / reference.gsd_m)
    left, top = np.floor(window[0]), np.floor(window[1])
    width, height = int(np.ceil((window[2] - left) / scale)), int(np.ceil((window[3] - top) / scale))
    return WorkingGrid((float(left), float(top)), scale, width, height, reference.gsd_m * scale)


def _footprint(target: RasterInfo, reference: RasterInfo) -> tuple[float, float, float, float]:
    """Bounding box of the target in reference pixels, edges densified because they bend between CRSs."""
    t = np.linspace(0, 1, EDGE_POINTS)
    edges = np.concatenate(
        [np.stack([t, 0 * t + e], -1) for e in (0, 1)] + [np.stack([0 * t + e, t], -1) for e in (0, 1)]
    )
    pixels = pixel_mapping(target.georeference, reference.georeference)(edges * [target.width, target.height])
    pixels = pixels[np.isfinite(pixels).all(-1)]
    if not len(pixels):
        raise InputError(
            f"The place of the target ({target.describe_extent()}) cannot be expressed in the reference's CRS."
        )
    return (*pixels.min(0), *pixels.max(0))


def _intersect(a: tuple[float, ...] | None, b: tuple[float, ...]) -> tuple[float, float, float, float] | None:
    if a is None:
        return None
    x0, y0, x1, y1 = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    return (x0, y0, x1, y1) if x1 - x0 >= 1 and y1 - y0 >= 1 else None


class View:
    """An image as seen on a grid: read it by windows, at any decimation, through any displacement."""

    def __init__(
        self,
        reader: RasterReader,
        bands: tuple[int, ...],
        stretch: Stretch,
        shape: tuple[int, int],
        to_source: Mapping,
        gsd_m: float,
        area: Area | None = None,
        georeference: Georeference | None = None,
    ) -> None:
        """``shape`` (height, width) of the grid; ``to_source`` grid pixels -> pixels of ``reader``.

        ``area`` needs ``georeference``,
        that of the grid, and makes pixels outside of it not valid."""
        self._reader, self._bands, self._stretch = reader, bands, stretch
        self.shape, self._to_source, self.gsd_m = shape, to_source, gsd_m
        self._area, self._georeference = area, georeference

    def read(
        self, window: tuple[int, int, int, int], decimation: float = 1.0, displaced: Mapping | None = None
    ) -> Patch:
        """The patch over ``window`` (x0, y0, x1, y1) of the grid, with pixels ``decimation`` grid pixels wide.

        Pixel ``p`` of the patch is at ``(x0, y0) + decimation * p`` of the grid. ``displaced`` maps grid pixels to
        the grid pixels where their content is to be fetched. What is outside of the image is not valid.
        """
        x0, y0, x1, y1 = window
        width, height = max(1, round((x1 - x0) / decimation)), max(1, round((y1 - y0) / decimation))
        lattice_x, lattice_y = _lattice(width), _lattice(height)
        nodes = np.stack(np.meshgrid(lattice_x, lattice_y), -1).reshape(-1, 2) * decimation + [x0, y0]
        source = self._to_source(displaced(nodes) if displaced else nodes).reshape(len(lattice_y), len(lattice_x), 2)
        values, valid = self._fetch(source, lattice_x, lattice_y, width, height)
        if self._area is not None and self._georeference is not None:
            here = self._georeference.transform * Affine.translation(x0, y0) * Affine.scale(decimation)
            valid &= self._area.mask(Georeference(self._georeference.crs, here), (height, width))
        values[~valid] = 0
        return Patch(values, valid, self.gsd_m * decimation)

    def _fetch(
        self, source: np.ndarray, lattice_x: np.ndarray, lattice_y: np.ndarray, width: int, height: int
    ) -> tuple[np.ndarray, np.ndarray]:
        nothing = np.zeros((height, width), np.float32), np.zeros((height, width), bool)
        if not np.isfinite(source).all():
            return nothing  # outside of the domain of a map projection
        dx, dy = (
            np.diff(source, axis=1) / np.diff(lattice_x)[:, None],
            np.diff(source, axis=0) / np.diff(lattice_y)[:, None, None],
        )
        step = float(np.sqrt(np.median(np.hypot(*dx.reshape(-1, 2).T)) * np.median(np.hypot(*dy.reshape(-1, 2).T))))
        margin = 3 * max(1.0, step)
        low, high = source.min((0, 1)) - margin, source.max((0, 1)) + margin
        info = self._reader.info
        box = _intersect((*np.floor(low), *np.ceil(high)), (0, 0, info.width, info.height))
        if box is None:
            return nothing
        raw, mask, from_array = self._reader.read(self._bands, _whole(box), max(1.0, step))
        to_array = ~from_array
        x = to_array.a * source[..., 0] + to_array.c - 0.5  # cv2 counts pixel centres at integers
        y = to_array.e * source[..., 1] + to_array.f - 0.5
        map_x = _bilinear(x, lattice_x, lattice_y, width, height)
        map_y = _bilinear(y, lattice_x, lattice_y, width, height)
        image = self._stretch.apply(raw, mask)
        # Where the mask is not whole the cubic kernel would mix in the fill: the 4 x 4 surroundings must be valid.
        whole = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8), borderType=cv2.BORDER_REPLICATE)
        values = cv2.remap(image, map_x, map_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        valid = cv2.remap(whole, map_x, map_y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=0) > 0
        return np.clip(values, 0, 1), valid


def _whole(box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    return int(box[0]), int(box[1]), int(box[2]), int(box[3])


def _lattice(length: int) -> np.ndarray:
    """Positions along one side, from the first to the last pixel centre and at most ``LATTICE_PX`` apart."""
    return np.linspace(0.5, max(length - 0.5, 1.5), max(2, -(-length // LATTICE_PX) + 1))


def _bilinear(field: np.ndarray, lattice_x: np.ndarray, lattice_y: np.ndarray, width: int, height: int) -> np.ndarray:
    """The lattice's values at every pixel centre, float32 ``(height, width)``."""
    x = np.interp(np.arange(width) + 0.5, lattice_x, np.arange(len(lattice_x)))
    y = np.interp(np.arange(height) + 0.5, lattice_y, np.arange(len(lattice_y)))
    i, j = np.minimum(x.astype(int), len(lattice_x) - 2), np.minimum(y.astype(int), len(lattice_y) - 2)
    rows = field[:, i] * (1 - (x - i)) + field[:, i + 1] * (x - i)
    return (rows[j] * (1 - (y - j))[:, None] + rows[j + 1] * (y - j)[:, None]).astype(np.float32)
