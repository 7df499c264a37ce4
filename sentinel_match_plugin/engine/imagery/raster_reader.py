"""An open raster, read by windows at any pixel size, from what holds the pixels: file, overview, working copy."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from threading import RLock
from types import TracebackType

import numpy as np
import rasterio
from affine import Affine
from rasterio.enums import MaskFlags
from rasterio.errors import RasterioError

from ..errors import InputError
from ..events import Events
from .averaging import STRIP_PIXELS, Cells, ReadPixels, average
from .gdal import first_line, opened, quiet, read_pixels
from .overviews import Frame, frame_of, is_faithful
from .pyramid import COARSEST, Pyramid, outward
from .raster_info import RasterInfo

WORTH_KEEPING_PIXELS = 2_000_000  # a window of fewer is read from the file as often as it is looked at: .1 s in all
# Lines read at once for a working copy: a line of blocks, but not of single lines or a whole image.
LEAST_ROWS, MOST_ROWS = 512, 2048


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
                with opened(self.dataset.name) as dataset:  # one of its own: closing it frees the blocks GDAL has kept
                    for top in range(y0, y1, rows):
                        bottom = min(top + rows, y1)
                        for group, pyramid in pyramids.items():
                            pyramid.append(self._strip(dataset, group, (x0, top, x1, bottom), events))
                        events.progress((bottom - y0) / (y1 - y0), f"Reading {self.info.label}")
                for pyramid in pyramids.values():
                    pyramid.finish()
            except RasterioError as error:  # gone since it was opened; some are OSErrors too
                raise InputError(f"{self.info.label} cannot be read any more. ({first_line(error)})") from error
            except OSError as error:
                events.warning(
                    f"There is no room for a working copy of {self.info.label} in {tempfile.gettempdir()} "
                    f"({first_line(error)}): the file is read again at every step, which takes longer."
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
            with quiet():
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
