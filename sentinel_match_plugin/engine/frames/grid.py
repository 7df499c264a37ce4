"""One grid for two rasters: where they overlap, at the coarser of their two pixel sizes.

The working grid is the reference's own pixel grid, cut to the overlap and, where the target is coarser, scaled up by
the ratio of the ground sampling distances. The finer image is averaged into the coarser one's pixel size, never the
other way round: detail that only one image has cannot be matched, and pixels invented by interpolation only correlate
with themselves. The target is read through one resampling from its own pixels, however many changes of CRS and
displacement lie between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from affine import Affine

from ..errors import InputError
from ..imagery.area import Area
from ..imagery.radiometry import Stretch
from ..imagery.raster_info import RasterInfo
from ..imagery.raster_reader import RasterReader
from ..matchers.base import Patch
from .georeference import Georeference, change_crs
from .lattice import Mapping, positions
from .resampling import resample
from .sheet import Sheet

KERNEL_PX = 3  # reach of cubic interpolation, with one to spare
# Source pixels are averaged only where they are smaller than those wanted by more than this factor, and those of a
# working copy's level as well.
UNCHANGED = 1.02
COINCIDES_PX = 1e-3  # pixels that lie within this of others are the same ones
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
        here = reference.transform @ Affine.translation(*self.origin) @ Affine.scale(self.scale)
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
            f"the target covers {target.describe_extent()}. If one of them is georeferenced wrongly, give a copy of it "
            "without a CRS: the matcher auto then looks for it anywhere."
        )
    margin = max_shift_m / reference.gsd_m
    window = _intersect((x0 - margin, y0 - margin, x1 + margin, y1 + margin), (0, 0, reference.width, reference.height))
    if bounds is not None:
        low, high = reference.georeference.box_to_pixel(bounds)
        window = _intersect(window, (*low, *high))
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
        others: Sequence[tuple[tuple[int, ...], Stretch]] = (),
    ) -> None:
        """``shape`` (height, width) of the grid; ``to_source`` grid pixels -> pixels of ``reader``.

        ``bands`` are seen as their mean. ``area`` needs ``georeference``, that of the grid, and makes pixels outside of
        it not valid. ``others``: further bands with their stretch, seen apart from the first (``Patch.others``)."""
        self._reader, self._bands = reader, ((bands, stretch), *others)
        self.shape, self._to_source, self.gsd_m = shape, to_source, gsd_m
        self._area, self._georeference = area, georeference

    def first_band(self) -> View:
        """The same view without its other bands."""
        view = copy(self)
        view._bands = self._bands[:1]
        return view

    def on_own_pixels(self) -> View:
        """The same image, all of it, in its own pixels: nothing is believed of where it lies."""
        view, info = copy(self), self._reader.info
        view.shape, view._to_source, view.gsd_m = (info.height, info.width), _unchanged, info.gsd_m
        view._area = view._georeference = None
        return view

    def coarser(self, factor: float) -> View:
        """The same view on a grid whose pixels are ``factor`` times as wide."""
        if factor == 1:
            return self
        height, width = self.shape
        shape = max(1, int(np.ceil(height / factor))), max(1, int(np.ceil(width / factor)))
        view = self.through(shape, lambda xy: np.asarray(xy, float) * factor, self.gsd_m * factor)
        if self._georeference is not None:
            here = self._georeference.transform @ Affine.scale(factor)
            view._area, view._georeference = self._area, Georeference(self._georeference.crs, here)
        return view

    def through(self, shape: tuple[int, int], mapping: Mapping, gsd_m: float) -> View:
        """The same image on another grid, of ``shape``, whose pixels ``mapping`` takes to those of this one.

        An area to keep to stays behind: it belongs to the grid.
        """
        view, to_source = copy(self), self._to_source
        view.shape, view.gsd_m, view._area, view._georeference = shape, gsd_m, None, None
        view._to_source = lambda xy: to_source(mapping(xy))
        return view

    def read(
        self, window: tuple[int, int, int, int], decimation: float = 1.0, displaced: Mapping | None = None
    ) -> Patch:
        """The patch over ``window`` (x0, y0, x1, y1) of the grid, with pixels ``decimation`` grid pixels wide.

        Pixel ``p`` of the patch is at ``(x0, y0) + decimation * p`` of the grid. ``displaced`` maps grid pixels to
        the grid pixels where their content is to be fetched. What is outside of the image is not valid.
        """
        x0, y0, x1, y1 = window
        shape = max(1, round((y1 - y0) / decimation)), max(1, round((x1 - x0) / decimation))
        to_source = self._from_patch((x0, y0), decimation, displaced)
        cells = None if displaced else _upright(to_source, (0, 0), shape)
        if cells is not None:
            values, valid = self._copied(*cells, shape)
        else:
            values, valid = self._fetch(*positions(to_source, 0, 0, shape[1], shape[0]))
        valid &= self._in_area((x0, y0), shape, decimation)
        return self._patch(values, valid, decimation)

    def read_sheet(self, origin: tuple[int, int], sheet: Sheet, decimation: float, displaced: Mapping | None) -> Patch:
        """The cells of ``sheet``, a contact sheet of squares from the image, in one patch.

        Pixel ``p`` of cell ``i`` is at ``origin + decimation * (sheet.corners[i] + p)`` of the grid; otherwise as
        ``read``.
        """
        low, high = sheet.corners.min(0), sheet.corners.max(0) + sheet.side
        shape = int(high[1] - low[1]), int(high[0] - low[0])
        to_source = self._from_patch(origin, decimation, displaced)
        cells = None if displaced else _upright(to_source, (int(low[0]), int(low[1])), shape)
        if cells is not None:
            values, valid = (sheet.cut_out(whole, low) for whole in self._copied(*cells, shape))
        else:
            values, valid = (sheet.laid_out(below) for below in self._fetch(*sheet.positions(to_source)))
        if self._area is not None:
            first = (origin[0] + decimation * low[0], origin[1] + decimation * low[1])
            valid &= sheet.cut_out(self._in_area(first, shape, decimation)[None], low)
        return self._patch(values, valid, decimation)

    def _from_patch(self, origin: tuple[float, float], decimation: float, displaced: Mapping | None) -> Mapping:
        def to_source(pixels: np.ndarray) -> np.ndarray:
            here = pixels * decimation + [*origin]
            return self._to_source(displaced(here) if displaced else here)

        return to_source

    def _in_area(self, origin: tuple[float, float], shape: tuple[int, int], decimation: float) -> np.ndarray:
        """Which pixels of a patch lie in the area to look at."""
        if self._area is None or self._georeference is None:
            return np.ones(shape, bool)
        here = self._georeference.transform @ Affine.translation(*origin) @ Affine.scale(decimation)
        return self._area.mask(Georeference(self._georeference.crs, here), shape)

    def _patch(self, values: np.ndarray, valid: np.ndarray, decimation: float) -> Patch:
        for number, empty in enumerate(~valid):
            if empty.any():
                values[number][empty] = np.nan if number else 0
        return Patch(values[0], valid[0], self.gsd_m * decimation, values[1:] if len(values) > 1 else None)

    def _copied(self, x0: int, y0: int, step: float, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
        """As ``_fetch``, of ``shape`` (height, width), where pixels are source pixels or cells of ``step`` of them."""
        box = (x0, y0, x0 + int(np.ceil(shape[1] * step)), y0 + int(np.ceil(shape[0] * step)))
        values = np.empty((len(self._bands), *shape), np.float32)
        valid = np.empty(values.shape, bool)
        for number, (bands, stretch) in enumerate(self._bands):
            raw, mask, _ = self._reader.read(bands, box, step)
            raw, valid[number] = raw[: shape[0], : shape[1]], mask[: shape[0], : shape[1]]
            values[number] = stretch.apply(raw, valid[number])
        return values, valid

    def _fetch(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The stretched values of all bands ``(bands, h, w)`` at source pixels ``x``, ``y`` ``(h, w)``, averaged where
        they lie further apart than one; and which are valid, of the same shape.
        """
        values = np.zeros((len(self._bands), *x.shape), np.float32)
        valid = np.zeros(values.shape, bool)
        info = self._reader.info
        step = _averaged_over(_distance_apart(x, y))
        low, high = (np.array([_extreme(at, end) for at in (x, y)]) for end in (np.min, np.max))
        box = _cells(low, high, step, (info.width, info.height))
        if box is None:
            return values, valid
        for number, (bands, stretch) in enumerate(self._bands):
            raw, mask, _ = self._reader.read(bands, box, step)
            seen, valid[number] = resample(stretch.apply(raw, mask), mask, x, y, "cubic", box[:2], (step, step))
            np.clip(seen, 0, 1, out=values[number])
        return values, valid


def _unchanged(xy: np.ndarray) -> np.ndarray:
    return xy


def _upright(to_source: Mapping, first: tuple[int, int], shape: tuple[int, int]) -> tuple[int, int, float] | None:
    """The source pixel ``(x, y)`` at which pixel ``first`` of a patch begins, and how many source pixels it is wide,
    where the patch of ``shape`` (height, width) is the source's own pixels, or whole cells of them: nothing lies
    between pixels then. None elsewhere. ``to_source`` is that of georeferences, so that nine places tell.
    """
    height, width = shape
    corners = np.array([[x, y] for y in (0, height / 2, height) for x in (0, width / 2, width)]) + first
    there = to_source(corners)
    step = float(there[2, 0] - there[0, 0]) / width
    if not np.isfinite(there).all() or step < 1 - COINCIDES_PX:
        return None
    start = np.round(there[0])
    step = round(step) if abs(step - round(step)) * max(shape) < COINCIDES_PX else step
    if np.abs(start + (corners - first) * step - there).max() > COINCIDES_PX:
        return None
    return int(start[0]), int(start[1]), step


def _extreme(values: np.ndarray, end: Callable[[np.ndarray], np.floating]) -> float:
    """The smallest or largest number (``end``), infinity where there is none: nothing lies there."""
    extreme = float(end(values))
    if np.isfinite(extreme):
        return extreme
    known = values[np.isfinite(values)]
    return float(end(known)) if known.size else float("inf")


def _distance_apart(x: np.ndarray, y: np.ndarray) -> float:
    """How many source pixels lie between neighbouring pixels: the geometric mean of both directions' medians."""
    lengths = []
    for rows, columns in ((1, 0), (0, 1)):
        if x.shape[0] > rows and x.shape[1] > columns:
            steps_x, steps_y = (
                at[rows:, columns:][::16, ::16] - at[: len(at) - rows, : at.shape[1] - columns][::16, ::16]
                for at in (x, y)
            )
            steps = np.hypot(steps_x, steps_y)
            lengths.append(float(np.median(steps[np.isfinite(steps)])) if np.isfinite(steps).any() else 1.0)
    return float(np.sqrt(np.prod(lengths))) if len(lengths) == 2 else 1.0


def _averaged_over(step: float) -> float:
    """The side of the source cells to average where pixels lie ``step`` apart: that, or 1, 2, 4, ... next to it."""
    nearest = max(1.0, 2.0 ** round(np.log2(max(step, 1.0))))
    return nearest if nearest / UNCHANGED <= step <= nearest * UNCHANGED else max(1.0, step)


def _cells(low: np.ndarray, high: np.ndarray, step: float, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """The window to read for pixel centres ``low..high`` of a source of ``size`` (width, height), kernel included.

    It starts at a multiple of ``step`` (rounded), where a working copy has its averages. None where it misses the
    source.
    """
    if not np.isfinite([low, high]).all():
        return None
    first = np.round(np.floor(np.maximum(low - (KERNEL_PX + 0.5) * step, 0) / step) * step).astype(int)
    last = np.minimum(np.ceil(high + (KERNEL_PX + 0.5) * step), size).astype(int)
    if (last - np.maximum(first, 0) < 1).any():
        return None
    return int(max(first[0], 0)), int(max(first[1], 0)), int(last[0]), int(last[1])
