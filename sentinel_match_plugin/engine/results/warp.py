"""A raster warped onto another grid: every band, its data type and its meaning kept, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from rasterio.enums import MaskFlags

from ..errors import InputError, OutputError
from ..events import Events
from ..frames.georeference import Georeference
from ..frames.lattice import Mapping, positions
from ..frames.resampling import RADIUS, resample, to_dtype, working_dtype
from ..imagery.averaging import Cells
from ..imagery.raster_reader import RasterReader
from ..imagery.rasters import open_raster
from ..jobs import RESAMPLINGS
from ..parallel import in_parallel
from .raster_writer import BlockWriter, Layout, check_output, new_raster

BLOCK_PX = 1024  # output pixels at once: with cubic and float64 about 100 MB a worker
JOB_BYTES = 32 * 2**20  # of output (some bands of a block) that a worker makes at a time; a few jobs wait to be written
MAX_SOURCE_PIXELS = 16_000_000  # read for one block; more (a mapping that tears pixels apart) splits the block
SMALLEST_BLOCK_PX = 64
AVERAGE_ABOVE = 1.5  # source pixels an output pixel, above which single ones would be skipped and alias
WRITTEN_SHARE = 0.5  # of the time (10980 x 10980 px); the rest goes into overviews and the final file
DROPPED_TAGS = ("AREA_OR_POINT", "OVR_RESAMPLING_ALG")


class GridLike(Protocol):
    """The pixels to make: a georeference, and a size in pixels. A RasterInfo is one."""

    @property
    def georeference(self) -> Georeference: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


def warp_raster(
    source: str | RasterReader, output_path: str, grid: GridLike, mapping: Mapping, resampling: str, events: Events
) -> None:
    """Write ``source``, a path or an open raster, as it appears through ``mapping`` on ``grid``.

    ``mapping`` takes pixel coordinates ``(N, 2)`` of the grid to those of the source, nan where there is nothing
    (both with centres at +0.5). It is evaluated on a lattice, to 0.02 pixels (lattice.py). ``resampling``: nearest,
    bilinear, cubic, lanczos (resampling.py). Where more than 1.5 source pixels go into one output pixel they are
    averaged first, except for nearest.

    Kept: bands, data type (computed in float32, or float64 where that is not exact; rounded and clipped), nodata,
    alpha, descriptions, colours, colour table (which forces nearest), scale, offset, unit, tags. A source that has
    neither nodata nor alpha gets a mask band where pixels are missing: a nodata value would have to be one that the
    image does not contain, and an alpha band would change the number of bands and what their order means. Missing
    pixels are 0, or nan in floating types.

    Raises OutputError: not writable (see raster_writer), equal to an input, or nothing of the source falls onto the
    grid. InputError: the source cannot be read. Cancelled. In each case no file is left, and an existing one is as it
    was.
    """
    if resampling not in RESAMPLINGS:
        raise InputError(f"The resampling “{resampling}” is not known: use one of {', '.join(RESAMPLINGS)}.")
    with ExitStack() as files:
        source = files.enter_context(open_raster(source)) if isinstance(source, str) else source
        check_output(output_path, source.dataset.files)
        layout, fill = _layout(source, grid, events)
        if layout.colour_map and resampling != "nearest":
            events.warning(
                f"{source.info.label} has a colour table: its values are classes that have no mean, so they are "
                f"resampled by nearest neighbour, not {resampling}."
            )
            resampling = "nearest"
        steps = (1.0, 1.0) if resampling == "nearest" else _steps(mapping, grid, source)
        with new_raster(output_path, layout, events) as writer:
            task = _Warp(source, layout, fill, mapping, resampling, steps, events)
            found = False
            jobs = task.jobs(_blocks(grid.width, grid.height, BLOCK_PX))
            with closing(in_parallel(task.warped, jobs)) as results:  # workers stop before the file is closed
                for number, (job, warped) in enumerate(zip(jobs, results, strict=True)):
                    found |= task.write(job, warped, writer)
                    events.progress(WRITTEN_SHARE * (number + 1) / len(jobs), "Warping")
            if not found:
                raise OutputError(
                    f"Nothing of {source.info.label} falls onto the output's grid, so no raster was written: "
                    "check the tie points, the extent and the CRS of the input."
                )
            events.progress(WRITTEN_SHARE, "Writing overviews")
        events.progress(1.0, "Warped")


@dataclass(frozen=True)
class _Job:
    """A block (x0, y0, width, height) of the output and the numbers of some of its bands."""

    block: tuple[int, int, int, int]
    bands: range


class _Warp:
    """What stays the same from block to block."""

    def __init__(
        self,
        source: RasterReader,
        layout: Layout,
        fill: float | int,
        mapping: Mapping,
        resampling: str,
        steps: tuple[float, float],
        events: Events,
    ) -> None:
        self.source, self.layout, self.fill, self.mapping = source, layout, fill, mapping
        self.resampling, self.steps, self.events = resampling, steps, events
        self.seen = np.zeros((0, 0), bool)  # of the block that is written, which pixels are valid in any band so far
        self.masked = layout.nodata is None and "alpha" not in layout.colours

    def jobs(self, blocks: Iterable[tuple[int, int, int, int]]) -> list[_Job]:
        """Every block with as many bands at a time as ``JOB_BYTES`` hold."""
        size = BLOCK_PX**2 * np.dtype(self.layout.dtype).itemsize
        bands = range(1, len(self.layout.colours) + 1)
        at_once = max(1, JOB_BYTES // size)
        groups = [bands[start : start + at_once] for start in range(0, len(bands), at_once)]
        return [_Job(block, group) for block in blocks for group in groups]

    def warped(self, job: _Job) -> tuple[list[np.ndarray], np.ndarray]:
        """The bands of a job, each ``(height, width)``, and which pixels are valid in any of them."""
        x0, y0, width, height = job.block
        self.events.check_cancelled()
        x, y = positions(self.mapping, x0, y0, width, height)
        any_valid = np.zeros((height, width), bool)
        bands = []
        for index in job.bands:
            self.events.check_cancelled()
            colour = self.layout.colours[index - 1]
            values: np.ndarray = np.full((height, width), 0 if colour == "alpha" else self.fill, self.layout.dtype)
            valid = np.zeros((height, width), bool)
            for part in self._parts(x, y):
                self._fetch(index, colour, x[part], y[part], values[part], valid[part])
            bands.append(values)
            if colour != "alpha":
                any_valid |= valid
        return bands, any_valid

    def write(self, job: _Job, warped: tuple[list[np.ndarray], np.ndarray], writer: BlockWriter) -> bool:
        """Write what ``warped`` made of ``job``, jobs in order; whether any pixel of it is valid."""
        bands, valid = warped
        for index, values in zip(job.bands, bands, strict=True):
            self.events.check_cancelled()
            writer.write(index, *job.block[:2], values)
        if self.masked:
            self.seen = valid if job.bands[0] == 1 else self.seen | valid
            if job.bands[-1] == len(self.layout.colours):
                writer.write_mask(*job.block[:2], self.seen)
        return bool(valid.any())

    def _parts(self, x: np.ndarray, y: np.ndarray) -> Iterator[tuple[slice, slice]]:
        """The block, or pieces of it that need no more of the source than fits in memory."""
        pending = [(slice(0, x.shape[0]), slice(0, x.shape[1]))]
        while pending:
            part = pending.pop()
            rows, columns = part
            window = self._window(x[part], y[part], self.steps)
            if window is None:
                continue
            size = (rows.stop - rows.start, columns.stop - columns.start)
            if window[2] * window[3] <= MAX_SOURCE_PIXELS or max(size) <= SMALLEST_BLOCK_PX:
                yield part
                continue
            middle_row, middle_column = rows.start + -(-size[0] // 2), columns.start + -(-size[1] // 2)
            pending += [
                (r, c)
                for r in (slice(rows.start, middle_row), slice(middle_row, rows.stop))
                for c in (slice(columns.start, middle_column), slice(middle_column, columns.stop))
                if r.stop > r.start and c.stop > c.start
            ]

    def _window(self, x: np.ndarray, y: np.ndarray, steps: tuple[float, float]) -> tuple[int, int, int, int] | None:
        """First cell and number of cells, along x and y, that the positions need; None if all lie outside."""
        info = self.source.info
        sizes = (info.width, info.height)
        ends = [(float(position.min()), float(position.max())) for position in (x, y)]
        if not all(low >= 0 and high < size for (low, high), size in zip(ends, sizes, strict=True)):
            with np.errstate(invalid="ignore"):
                inside = (x >= 0) & (y >= 0) & (x < info.width) & (y < info.height)
            if not inside.any():
                return None
            ends = [(float(position[inside].min()), float(position[inside].max())) for position in (x, y)]
        margin = 1 + RADIUS.get(self.resampling, 0)
        ranges = []
        for (low, high), step, size in zip(ends, steps, sizes, strict=True):
            first = max(0, int(low / step) - margin)
            last = min(int(np.ceil(size / step)), int(high / step) + 1 + margin)
            ranges.append((first, last - first))
        return ranges[0][0], ranges[1][0], ranges[0][1], ranges[1][1]

    def _fetch(
        self, index: int, colour: str, x: np.ndarray, y: np.ndarray, values: np.ndarray, valid: np.ndarray
    ) -> None:
        """Fill ``values`` and ``valid`` where the source has something at ``x``, ``y``."""
        steps = self.steps
        window = self._window(x, y, steps)
        if window is None:
            return
        if window[2] * window[3] > MAX_SOURCE_PIXELS and self.resampling != "nearest":
            more = float(np.sqrt(window[2] * window[3] / MAX_SOURCE_PIXELS))
            steps = (steps[0] * more, steps[1] * more)
            window = self._window(x, y, steps) or window
        column, row, width, height = window
        if steps == (1.0, 1.0):
            box = (column, row, column + width, row + height)
            image, usable = self.source.read_band(index, box)
        else:
            across, down = Cells(column * steps[0], steps[0], width), Cells(row * steps[1], steps[1], height)
            dtype = working_dtype(self.layout.dtype)
            image, covered = self.source.read_cells([index], across, down, dtype)
            usable = None if covered.all() else covered
        # Cubic kernels overshoot at the edge of an alpha band, where it steps from 0 to full.
        resampling = "bilinear" if colour == "alpha" and self.resampling != "nearest" else self.resampling
        fetched, there = resample(image, usable, x, y, resampling, (column * steps[0], row * steps[1]), steps)
        if there.all():
            values[...] = self._kept(to_dtype(fetched, self.layout.dtype), colour)
            valid[...] = True
        elif there.any():
            values[there] = self._kept(to_dtype(fetched[there], self.layout.dtype), colour)
            valid |= there

    def _kept(self, values: np.ndarray, colour: str) -> np.ndarray:
        """A computed value that happens to be the nodata value is moved to its neighbour, or it would be lost."""
        nodata = self.layout.nodata
        if nodata is None or colour == "alpha" or np.isnan(nodata):
            return values
        hit = values == np.asarray(nodata, values.dtype)
        if hit.any():
            if np.issubdtype(values.dtype, np.integer):
                values[hit] = int(nodata) - 1 if int(nodata) == np.iinfo(values.dtype).max else int(nodata) + 1
            else:
                values[hit] = np.nextafter(np.asarray(nodata, values.dtype), np.asarray(0, values.dtype))
        return values


def _steps(mapping: Mapping, grid: GridLike, source: RasterReader) -> tuple[float, float]:
    """Source pixels along x and y that go into one output pixel, 1 where it is not worth averaging.

    One pair of numbers for the whole output, the median over a lattice, so that blocks meet without a seam.
    """
    nodes = np.stack(
        np.meshgrid(np.linspace(0.5, grid.width - 0.5, 33), np.linspace(0.5, grid.height - 0.5, 33)), -1
    ).reshape(-1, 2)
    here = mapping(nodes)
    along, across = (
        mapping(nodes + [0.5, 0]) - mapping(nodes - [0.5, 0]),
        mapping(nodes + [0, 0.5]) - mapping(nodes - [0, 0.5]),
    )
    lengths = np.hypot(along, across)
    with np.errstate(invalid="ignore"):
        seen = (here >= 0).all(-1) & (here < [source.info.width, source.info.height]).all(-1)
    seen &= np.isfinite(lengths).all(-1)
    if not seen.any():
        return 1.0, 1.0
    x, y = (float(v) if v > AVERAGE_ABOVE else 1.0 for v in np.median(lengths[seen], 0))
    return x, y


def _layout(source: RasterReader, grid: GridLike, events: Events) -> tuple[Layout, float | int]:
    """What the output is like, and the value of its missing pixels."""
    dataset, info = source.dataset, source.info
    dtypes = sorted(set(info.dtypes))
    dtype = np.result_type(*dtypes).name
    if len(dtypes) > 1:
        events.warning(f"The bands of {info.label} have the types {', '.join(dtypes)}; the output has {dtype} for all.")
    declared = [value for value in info.nodata if value is not None and _fits(value, dtype)]
    nodata = declared[0] if declared else None
    if declared and (len(declared) < len(info.nodata) or any(v != nodata and not np.isnan(v) for v in declared)):
        events.warning(
            f"The bands of {info.label} have different nodata values; in the output it is {nodata:g} for all."
        )
    fill = nodata if nodata is not None else np.nan if np.issubdtype(np.dtype(dtype), np.floating) else 0
    if np.issubdtype(np.dtype(dtype), np.integer):
        fill = int(fill)
    colours = [_gdal_colour(dataset, index) for index in dataset.indexes]
    if "alpha" in colours and MaskFlags.alpha not in dataset.mask_flag_enums[0]:
        events.info(f"The alpha band of {info.label} is carried over as it is.")
    colour_map = None
    if colours[0] == "palette" and set(colours[1:]) <= {"alpha"} and dtype in ("uint8", "uint16"):
        colour_map = dataset.colormap(1)
    colours = [c if c != "palette" or colour_map else "undefined" for c in colours]
    bits = dataset.tags(1, ns="IMAGE_STRUCTURE").get("NBITS", "0")
    layout = Layout(
        width=grid.width,
        height=grid.height,
        georeference=grid.georeference,
        dtype=dtype,
        nodata=nodata,
        descriptions=dataset.descriptions,
        colours=colours,
        colour_map=colour_map,
        scales=dataset.scales,
        offsets=dataset.offsets,
        units=dataset.units,
        tags=_kept_tags(dataset.tags()),
        band_tags=[
            {"": _kept_tags(dataset.tags(index)), "IMAGERY": dataset.tags(index, ns="IMAGERY")}
            for index in dataset.indexes
        ],
        bits=int(bits) if bits in "1234567" and dtype == "uint8" else 0,
    )
    return layout, fill


def _fits(nodata: float, dtype: str) -> bool:
    """Whether a pixel of that type can have the value: a nodata of -9999 on bytes marks none."""
    kind = np.dtype(dtype)
    if not np.issubdtype(kind, np.integer):
        return True
    return bool(np.isfinite(nodata) and nodata == round(nodata) and np.iinfo(kind).min <= nodata <= np.iinfo(kind).max)


def _gdal_colour(dataset: object, index: int) -> str:
    try:
        return str(dataset.colorinterp[index - 1].name)  # type: ignore[attr-defined]
    except ValueError:  # a colour interpretation younger than this rasterio
        return "undefined"


def _kept_tags(tags: dict[str, str]) -> dict[str, str]:
    """Tags without those that speak of the old pixels: statistics, and how they were registered."""
    return {k: v for k, v in tags.items() if k not in DROPPED_TAGS and not k.startswith("STATISTICS_")}


def _blocks(width: int, height: int, side: int) -> Iterator[tuple[int, int, int, int]]:
    for y in range(0, height, side):
        for x in range(0, width, side):
            yield x, y, min(side, width - x), min(side, height - y)
