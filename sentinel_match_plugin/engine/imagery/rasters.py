"""Rasters in: opened, described and read by windows, whatever the format, data type or way of saying "no data"."""

from __future__ import annotations

import os
import re
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from types import TracebackType

import numpy as np
import rasterio
from affine import Affine
from rasterio.enums import MaskFlags
from rasterio.errors import NotGeoreferencedWarning, RasterioError, RasterioIOError
from rasterio.io import MemoryFile
from rasterio.windows import Window

from ..errors import InputError
from ..events import Events
from ..frames.georeference import Georeference
from ..sentinel2.as_raster import ProductRaster, as_raster
from .averaging import STRIP_PIXELS, Cells, ReadPixels, average
from .overviews import Frame, frame_of, is_faithful
from .pyramid import COARSEST, Pyramid, outward
from .spectra import Band, describe_band

__all__ = ["Band", "RasterInfo", "RasterReader", "open_raster"]

# QGIS shows a raster without georeferencing with one map unit a pixel, the first line at the top: y is minus the line.
PIXEL_AND_MINUS_LINE = Affine(1, 0, 0, 0, -1, 0)

WORTH_KEEPING_PIXELS = 2_000_000  # a window of fewer is read from the file as often as it is looked at: .1 s in all
# Lines read at once for a working copy: a line of blocks, but not of single lines or a whole image.
LEAST_ROWS, MOST_ROWS = 512, 2048


@dataclass(frozen=True)
class RasterInfo:
    """What a raster is. ``width``, ``height`` in pixels; ``dtypes``, ``nodata`` and ``bands`` one for each band.

    ``label`` is what the user calls it. ``notes`` are sentences about its georeferencing that the user should know.
    """

    path: str
    label: str
    width: int
    height: int
    georeference: Georeference
    dtypes: tuple[str, ...]
    nodata: tuple[float | None, ...]
    bands: tuple[Band, ...]
    driver: str
    notes: tuple[str, ...] = ()

    @property
    def gsd_m(self) -> float:
        """Ground sampling distance at the centre, metres: geometric mean along rows and columns. 1 without a CRS."""
        if self.georeference.crs is None:
            return 1.0
        along, across = self.georeference.metres_per_pixel((self.width / 2, self.height / 2))
        return float(np.sqrt(along * across))

    def corners(self) -> np.ndarray:
        """Map coordinates ``(4, 2)`` of the outer corners: of pixels (0, 0), (w, 0), (w, h), (0, h)."""
        w, h = self.width, self.height
        return self.georeference.to_map(np.array([[0, 0], [w, 0], [w, h], [0, h]], float))

    def describe_extent(self) -> str:
        """The extent for a sentence, e.g. "x 399960 to 405080, y 5094880 to 5100000 (EPSG:32632)"."""
        crs = self.georeference.crs
        if crs is None:
            return f"{self.width} x {self.height} pixels without a CRS"
        low, high = self.corners().min(0), self.corners().max(0)
        digits = 0 if not crs.is_geographic and min(high - low) > 100 else 5
        x, y = ([f"{v:.{digits}f}" for v in (low[i], high[i])] for i in (0, 1))
        name = crs.to_authority()
        return f"x {x[0]} to {x[1]}, y {y[0]} to {y[1]} ({':'.join(name) if name else crs.to_string()[:60]})"


class RasterReader:
    """An open raster; a context manager, made by ``open_raster``. Threads may share it: they read one after the other,
    as GDAL asks.
    """

    def __init__(
        self, dataset: rasterio.DatasetReader, info: RasterInfo, source: AbstractContextManager | None = None
    ) -> None:
        """``source`` is closed after ``dataset``, which needs it."""
        self.info = info
        self.dataset = dataset
        self._opened = ExitStack()
        if source is not None:
            self._opened.enter_context(source)
        self._opened.enter_context(dataset)
        self._overviews: dict[int, tuple[rasterio.DatasetReader, Frame] | None] = {}
        self._pyramids: dict[tuple[int, ...], Pyramid] = {}
        self._one_at_a_time = RLock()

    def __enter__(self) -> RasterReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; also done by leaving the ``with`` block."""
        self._opened.close()

    def read(
        self, bands: Sequence[int], window: tuple[int, int, int, int], decimation: float = 1.0
    ) -> tuple[np.ndarray, np.ndarray, Affine]:
        """The mean over ``bands`` of a piece of the raster, averaged into pixels ``decimation`` times as wide.

        ``window`` (x0, y0, x1, y1), whole pixels, may reach outside of the raster. -> values float32 ``(h, w)``, 0
        where not valid; valid bool ``(h, w)``; and the affine transform from pixel coordinates of the result to those
        of the raster (both with centres at +0.5). It is exact: ``h = ceil((y1 - y0) / decimation)``, and the last row
        and column reach beyond the window where it is not a multiple of the decimation. A pixel is valid if at least
        half of its area is.

        Not valid: nodata as the file declares it, masked by a mask band, alpha 0, NaN, infinite, outside. A pixel
        must be valid in all of ``bands``, a mean over fewer would be another quantity. Overviews are read in place of
        the pixels where they are at most half the output's pixel size and proved faithful (overviews.py).

        Raises InputError where the file cannot be read there.
        """
        x0, y0, x1, y1 = window
        if x1 <= x0 or y1 <= y0:
            raise InputError(f"The window {window} of {self.info.label} is empty.")
        step = max(1.0, decimation)
        width, height = (int(np.ceil((b - a) / step - 1e-9)) for a, b in ((x0, x1), (y0, y1)))
        values, valid = self.read_cells(bands, Cells(x0, step, width), Cells(y0, step, height))
        return values, valid, Affine(step, 0, x0, 0, step, y0)

    def read_cells(
        self, bands: Sequence[int], x: Cells, y: Cells, dtype: type = np.float32
    ) -> tuple[np.ndarray, np.ndarray]:
        """As ``read``, for cells of any size and start along each axis, in ``dtype`` (float32 or float64)."""
        read, shape, frame = self._kept_level(bands, x, y, dtype) or self._stored_level(bands, x, y, dtype)
        x, y = x.seen_in(frame.origin[0], frame.pitch[0]), y.seen_in(frame.origin[1], frame.pitch[1])
        return average(read, shape, x, y, dtype)

    def keep(self, bands: Iterable[Sequence[int]], window: tuple[int, int, int, int], events: Events) -> None:
        """Read ``window`` of each group of ``bands`` once, block after block, into a working copy (pyramid.py).

        From then on ``read`` and ``read_cells`` of such a group take pixels and overviews from there. Small windows are
        left to the file. Where there is no room for temporary files, which is said, so is everything. Raises
        InputError where the file cannot be read; Cancelled.
        """
        x0, y0, x1, y1 = window = outward(window, (self.info.width, self.info.height))
        if min(x1 - x0, y1 - y0) <= 0 or (x1 - x0) * (y1 - y0) < WORTH_KEEPING_PIXELS:
            return
        with ExitStack() as files:
            try:
                pyramids = {tuple(group): Pyramid(window, self._kept_dtype(group)) for group in bands}
                for pyramid in pyramids.values():
                    files.callback(pyramid.close)
                rows = min(max(LEAST_ROWS, self.dataset.block_shapes[0][0]), MOST_ROWS)
                rows = min(-(-rows // COARSEST) * COARSEST, y1 - y0)
                with _opened(self.dataset.name) as dataset:  # one of its own: closing it frees the blocks GDAL has kept
                    for top in range(y0, y1, rows):
                        bottom = min(top + rows, y1)
                        for group, pyramid in pyramids.items():
                            pyramid.append(self._strip(dataset, group, (x0, top, x1, bottom), events))
                        events.progress((bottom - y0) / (y1 - y0), f"Reading {self.info.label}")
                for pyramid in pyramids.values():
                    pyramid.finish()
            except RasterioError as error:  # gone since it was opened; some are OSErrors too
                raise InputError(f"{self.info.label} cannot be read any more. ({_first_line(error)})") from error
            except OSError as error:
                events.warning(
                    f"There is no room for a working copy of {self.info.label} in {tempfile.gettempdir()} "
                    f"({_first_line(error)}): the file is read again at every step, which takes longer."
                )
                return
            self._pyramids.update(pyramids)
            self._opened.enter_context(files.pop_all())

    def _kept_dtype(self, bands: Sequence[int]) -> np.dtype:
        """The band's own where it is short and has no pixel that is not valid, else float32."""
        if len(bands) == 1 and MaskFlags.all_valid in self.dataset.mask_flag_enums[bands[0] - 1]:
            dtype = np.dtype(self.dataset.dtypes[bands[0] - 1])
            if np.issubdtype(dtype, np.integer) and dtype.itemsize <= 2:
                return dtype
        return np.dtype(np.float32)

    def _strip(
        self,
        dataset: rasterio.DatasetReader,
        bands: Sequence[int],
        window: tuple[int, int, int, int],
        events: Events,
    ) -> np.ndarray:
        """Pixels of a strip, nan where not valid, read a few blocks at a time."""
        x0, y0, x1, y1 = window
        dtype = self._kept_dtype(bands)
        strip = np.empty((y1 - y0, x1 - x0), dtype)
        block = dataset.block_shapes[bands[0] - 1][1]
        columns = max(1, STRIP_PIXELS // (y1 - y0) // block) * block
        read = self._pixels_of(dataset, bands, dtype.type)
        for left in range(x0 // block * block, x1, columns):
            events.check_cancelled()
            first, last = max(left, x0), min(left + columns, x1)
            values, valid = read(first, y0, last, y1)
            if valid is not None:
                values[~valid] = np.nan
            strip[:, first - x0 : last - x0] = values
        return strip

    def read_band(self, band: int, window: tuple[int, int, int, int]) -> tuple[np.ndarray, np.ndarray | None]:
        """One band over a window inside the raster, as it is, and which pixels are valid (None: all)."""
        pyramid = self._pyramids.get((band,))
        pixels = pyramid.pixels(window, np.dtype(self.info.dtypes[band - 1])) if pyramid else None
        if pixels is not None:
            return pixels
        with self._one_at_a_time:
            return read_pixels(self.dataset, band, window, self.info.label)

    def _pixels_of(self, dataset: rasterio.DatasetReader, bands: Sequence[int], dtype: type) -> ReadPixels:
        def read(x0: int, y0: int, x1: int, y1: int) -> tuple[np.ndarray, np.ndarray | None]:
            with self._one_at_a_time:
                pieces = [read_pixels(dataset, band, (x0, y0, x1, y1), self.info.label, dtype) for band in bands]
            total, valid = pieces[0]
            for values, also in pieces[1:]:
                total += values
                valid = also if valid is None else valid if also is None else valid & also
            if len(bands) > 1:
                total /= len(bands)
            return total, valid

        return read

    def _kept_level(
        self, bands: Sequence[int], x: Cells, y: Cells, dtype: type
    ) -> tuple[ReadPixels, tuple[int, int], Frame] | None:
        """The level of the working copy, its shape and frame, from which cells are averaged; None where none can be."""
        pyramid = self._pyramids.get(tuple(bands))
        if pyramid is None or dtype is not np.float32:
            return None
        found = pyramid.level(x, y, (self.info.width, self.info.height))
        return (found[0].read, found[0].shape, found[1]) if found else None

    def _stored_level(
        self, bands: Sequence[int], x: Cells, y: Cells, dtype: type
    ) -> tuple[ReadPixels, tuple[int, int], Frame]:
        """The same of the file: an overview, or all of its pixels."""
        overview = self._overview(bands[0], min(x.step, y.step))
        dataset, frame = overview or (self.dataset, Frame((0, 0), (1, 1)))
        return self._pixels_of(dataset, bands, dtype), dataset.shape, frame

    def _overview(self, band: int, step: float) -> tuple[rasterio.DatasetReader, Frame] | None:
        """The coarsest faithful overview of which at least two pixels go into ``step``; None is the raster itself."""
        try:
            with self._one_at_a_time:
                factors = self.dataset.overviews(band)
        except RasterioError:  # some drivers have overviews that they cannot list
            return None
        fitting = [(factor, i) for i, factor in enumerate(factors) if 2 <= factor <= step / 2]
        for factor, number in sorted(fitting, reverse=True):
            with self._one_at_a_time:
                if number not in self._overviews:
                    self._overviews[number] = self._open_overview(band, factor, number)
                level = self._overviews[number]
            if level is not None:
                return level
        return None

    def _open_overview(self, band: int, factor: int, number: int) -> tuple[rasterio.DatasetReader, Frame] | None:
        try:
            with _quiet():
                overview = rasterio.open(self.dataset.name, overview_level=number)
        except RasterioError:
            return None
        frame = frame_of(
            self.info.driver, factor, (self.info.width, self.info.height), (overview.width, overview.height)
        )
        full, small = self._pixels_of(self.dataset, [band], np.float32), self._pixels_of(overview, [band], np.float32)
        if overview.count != self.dataset.count or not is_faithful(
            full, self.dataset.shape, small, overview.shape, frame
        ):
            overview.close()
            return None
        # Not entered: that would take an environment of this thread, which only this thread could give back.
        self._opened.callback(overview.close)
        return overview, frame


def read_pixels(
    dataset: rasterio.DatasetReader, band: int, window: tuple[int, int, int, int], label: str, dtype: type | None = None
) -> tuple[np.ndarray, np.ndarray | None]:
    """One band over a window inside the dataset, and which pixels are valid (None: all), as ``dtype`` or as they are.

    Raises InputError naming the rows where the file cannot be read.
    """
    x0, y0, x1, y1 = window
    where = Window(x0, y0, x1 - x0, y1 - y0)
    try:
        # libjpeg only warns of a file that breaks off and fills up with gray, which would then be matched.
        with rasterio.Env(GDAL_ERROR_ON_LIBJPEG_WARNING="TRUE"):
            values = dataset.read(band, window=where, out_dtype=dtype)
            unmasked = MaskFlags.all_valid in dataset.mask_flag_enums[band - 1]
            valid = None if unmasked else dataset.read_masks(band, window=where) > 0
    except RasterioError as error:
        raise InputError(
            f"{label} could not be read at rows {y0} to {y1}: the file looks damaged or incomplete. "
            f"Copy or download it again. ({_first_line(error)})"
        ) from error
    if np.issubdtype(values.dtype, np.floating):
        finite = np.isfinite(values)
        if not finite.all():
            valid = finite if valid is None else valid & finite
    if valid is not None and valid.all():
        valid = None
    return values, valid


def open_raster(path: str | os.PathLike[str], label: str = "") -> RasterReader:
    """Open anything that GDAL reads: files, ``/vsizip/...``, subdatasets such as ``NETCDF:"a.nc":b``.

    A Sentinel-2 product (.SAFE folder, its zip, its MTD file) is its finest bands (sentinel2/as_raster.py).
    ``label`` is what messages call it; the file's name by default. Raises InputError where there is no file, it is
    not a raster, holds several rasters of which one is to be chosen, or complex numbers.
    """
    path = os.fspath(path)
    product = as_raster(path)
    if product is not None:
        return _open_product(product, path, label)
    label = label or Path(path).name or path
    is_plain_path = not re.match(r"^(/vsi|[A-Za-z][A-Za-z0-9_]+:|<)", path)
    if not path:
        raise InputError("No raster was given.")
    if is_plain_path and not Path(path).exists():
        raise InputError(f"{label}: the file {path} does not exist.")
    try:
        dataset = _opened(path)
    except RasterioIOError as error:
        if is_plain_path and not os.access(path, os.R_OK):
            raise InputError(f"{label}: the file {path} may not be read. Check its permissions.") from error
        if is_plain_path and Path(path).is_file() and Path(path).stat().st_size == 0:
            raise InputError(f"{label}: the file {path} is empty.") from error
        raise InputError(
            f"{label}: {path} is not a raster that can be opened, or it is damaged. ({_first_line(error)})"
        ) from error
    try:
        return RasterReader(dataset, _describe(dataset, path, label))
    except BaseException:
        dataset.close()
        raise


def _open_product(product: ProductRaster, path: str, label: str) -> RasterReader:
    """The bands of a product, put together by a VRT in memory, which lives as long as the reader."""
    memory = MemoryFile(product.vrt.encode(), filename="product.vrt")
    try:
        dataset = _opened(memory.name)
        info = _describe(dataset, path, label or product.name)
    except RasterioIOError as error:
        memory.close()
        raise InputError(f"The images of {product.name} cannot be opened. ({_first_line(error)})") from error
    except BaseException:
        memory.close()
        raise
    return RasterReader(dataset, replace(info, notes=(*product.notes, *info.notes)), memory)


def _opened(path: str) -> rasterio.DatasetReader:
    with _quiet(), rasterio.Env(GDAL_NUM_THREADS="ALL_CPUS"):  # blocks of one reading are decoded side by side
        return rasterio.open(path)


def _describe(dataset: rasterio.DatasetReader, path: str, label: str) -> RasterInfo:
    if dataset.count == 0:
        inside = ", ".join(dataset.subdatasets[:3])
        raise InputError(
            f"{label} holds several rasters and is none itself: choose one of them, for example {inside}."
            if inside
            else f"{label}: {path} holds no raster band."
        )
    if any(dtype.startswith("complex") for dtype in dataset.dtypes):
        raise InputError(f"{label} holds complex numbers, which cannot be matched: give its amplitude instead.")
    georeference, notes = _georeference(dataset, label)
    return RasterInfo(
        path=path,
        label=label,
        width=dataset.width,
        height=dataset.height,
        georeference=georeference,
        dtypes=tuple(dataset.dtypes),
        nodata=tuple(dataset.nodatavals),
        bands=tuple(_bands(dataset, path)),
        driver=dataset.driver,
        notes=tuple(notes),
    )


def _georeference(dataset: rasterio.DatasetReader, label: str) -> tuple[Georeference, list[str]]:
    with _quiet():
        transform, crs = dataset.transform, dataset.crs or None
        has_gcps = bool(dataset.gcps[0])
    notes = []
    if transform.is_identity or transform.is_degenerate:
        if has_gcps:
            notes.append(
                f"{label} is georeferenced by ground control points only, which are not used: it counts as a raster "
                "without a CRS. Rectify it first (Raster, Projections, Warp) to use them."
            )
        elif crs is not None:
            notes.append(
                f"{label} names a CRS but not where its pixels lie in it: it counts as a raster without a CRS."
            )
        return Georeference(None, PIXEL_AND_MINUS_LINE), notes
    return Georeference(crs, transform), notes


def _bands(dataset: rasterio.DatasetReader, path: str) -> Iterator[Band]:
    try:
        colours = [colour.name for colour in dataset.colorinterp]
    except ValueError:  # a colour interpretation younger than this rasterio
        colours = ["undefined"] * dataset.count
    shown = [index for index, colour in enumerate(colours, 1) if colour != "alpha"]
    for index, description, colour in zip(dataset.indexes, dataset.descriptions, colours, strict=True):
        tags = {**dataset.tags(index), **dataset.tags(index, ns="IMAGERY")}
        yield describe_band(index, description, tags, colour, Path(path).name, alone=shown == [index])


@contextmanager
def _quiet() -> Iterator[None]:
    """A raster without georeferencing is an ordinary input here, not worth a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        yield


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
