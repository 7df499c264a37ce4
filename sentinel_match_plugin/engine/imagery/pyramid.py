"""A working copy of an image: its pixels and their averages over 2, 4, ... 64 pixels, so that a file is decoded once.

Matching looks at everything about ten times, from coarse to fine. Decoding 10980 x 10980 px takes 1 s of processor time
from GeoTIFF and 15 s from JPEG 2000 each time, reading them back from here .1 s. The copy lies in temporary files
without a name, which the system removes with the process at the latest; it is read through mappings that last no
longer than the reading, so that memory does not grow with the image.
"""

from __future__ import annotations

import mmap
import tempfile
from typing import IO

import cv2
import numpy as np

from .averaging import MIN_COVERED, Cells
from .overviews import Frame

COARSEST = 64  # pixels along the side of the largest squares that are averaged
# Of a level's pixels along the side of a cell that is averaged from them, at the least: two, or nearly.
LEAST_PER_CELL = 1.9

Window = tuple[int, int, int, int]
"""``(x0, y0, x1, y1)`` in pixels, the last two excluded."""


def temporary_file() -> IO[bytes]:
    """Without a name where the system allows that, so that not even a killed process leaves it behind."""
    return tempfile.TemporaryFile(prefix="sentinel_match_")


class Level:
    """Averages over squares of ``factor`` pixels, ``shape`` (height, width), in a file of ``dtype``; nan where they are
    not valid.
    """

    def __init__(self, factor: int, shape: tuple[int, int], dtype: np.dtype) -> None:
        self.factor, self.shape, self.dtype = factor, shape, dtype
        self.file = temporary_file()

    def append(self, rows: np.ndarray) -> None:
        """The next rows, from the top."""
        self.file.write(np.ascontiguousarray(rows, self.dtype).data)

    def read(
        self, x0: int, y0: int, x1: int, y1: int, dtype: type | np.dtype = np.float32
    ) -> tuple[np.ndarray, np.ndarray | None]:
        """``(y1 - y0, x1 - x0)`` and which pixels are valid, None where all are (an averaging.ReadPixels)."""
        mapped = mmap.mmap(self.file.fileno(), 0, access=mmap.ACCESS_READ)
        values = np.frombuffer(mapped, self.dtype).reshape(self.shape)[y0:y1, x0:x1].astype(dtype)
        if not np.issubdtype(self.dtype, np.floating):
            return values, None
        valid = np.isfinite(values)
        return values, None if valid.all() else valid


class Pyramid:
    """The levels of a window of an image, made from the top down by ``append``."""

    def __init__(self, window: Window, dtype: np.dtype) -> None:
        """``window`` in pixels of the image, starting at multiples of ``COARSEST``; ``dtype`` of its own pixels:
        float32, with nan where they are not valid, or an integer type where all are.
        """
        self.window = window
        x0, y0, x1, y1 = window
        factors = [2**k for k in range(COARSEST.bit_length())]
        shapes = [(-(-(y1 - y0) // factor), -(-(x1 - x0) // factor)) for factor in factors]
        types = [np.dtype(dtype), *[np.dtype(np.float32)] * (len(factors) - 1)]
        self._levels = [Level(*about) for about in zip(factors, shapes, types, strict=True)]

    def append(self, rows: np.ndarray) -> None:
        """The next rows of pixels ``(h, width)``; ``h`` a multiple of ``COARSEST`` but for the last ones."""
        self._levels[0].append(rows)
        total, weight = rows.astype(np.float32), None
        if np.issubdtype(rows.dtype, np.floating) and not (valid := np.isfinite(rows)).all():
            total, weight = np.where(valid, total, 0), valid.astype(np.float32)
        for level in self._levels[1:]:
            total, weight = _halved(total, weight)
            if weight is None:
                level.append(total)
            else:
                enough = weight >= MIN_COVERED - 1e-6
                level.append(np.divide(total, weight, out=np.full_like(total, np.nan), where=enough))

    def finish(self) -> None:
        """All rows are there."""
        for level in self._levels:
            level.file.flush()

    def close(self) -> None:
        """Remove the files."""
        for level in self._levels:
            level.file.close()

    def level(self, x: Cells, y: Cells, size: tuple[int, int]) -> tuple[Level, Frame] | None:
        """The coarsest level from which cells can be averaged, or that has them, and where its pixels lie.

        None where cells lie outside of the window, but not of the image of ``size`` (width, height).
        """
        for cells, first, last, end in zip((x, y), self.window[:2], self.window[2:], size, strict=True):
            if max(cells.start, 0) < first or min(cells.start + cells.step * cells.count, end) > last:
                return None
        for level in reversed(self._levels):
            frame = Frame((self.window[0], self.window[1]), (level.factor, level.factor))
            seen = [cells.seen_in(frame.origin[i], level.factor) for i, cells in enumerate((x, y))]
            if all(s.are_pixels or s.step >= LEAST_PER_CELL for s in seen):
                return level, frame
        return self._levels[0], frame

    def pixels(self, window: Window, dtype: np.dtype) -> tuple[np.ndarray, np.ndarray | None] | None:
        """The pixels of a window and which are valid (None: all); None where they are not here, or not as ``dtype``."""
        x0, y0, x1, y1 = self.window
        inside = x0 <= window[0] and y0 <= window[1] and window[2] <= x1 and window[3] <= y1
        if not inside or self._levels[0].dtype != dtype:
            return None
        return self._levels[0].read(window[0] - x0, window[1] - y0, window[2] - x0, window[3] - y0, dtype)


def outward(window: Window, size: tuple[int, int]) -> Window:
    """``window``, inside an image of ``size`` (width, height), begun and ended at multiples of ``COARSEST``."""
    x0, y0 = (max(0, first) // COARSEST * COARSEST for first in window[:2])
    x1, y1 = (min(end, -(-last // COARSEST) * COARSEST) for last, end in zip(window[2:], size, strict=True))
    return x0, y0, x1, y1


def _halved(total: np.ndarray, weight: np.ndarray | None) -> tuple[np.ndarray, np.ndarray | None]:
    """Means over two by two pixels of values (0 where not valid) and of the share that is valid (None: all is).

    What lies outside counts as not valid.
    """
    odd = [(0, length % 2) for length in total.shape]
    if np.any(odd):
        weight = np.ones_like(total) if weight is None else weight
        total, weight = np.pad(total, odd), np.pad(weight, odd)
    half = (total.shape[1] // 2, total.shape[0] // 2)
    if weight is not None:
        weight = cv2.resize(weight, half, interpolation=cv2.INTER_AREA)
    return cv2.resize(total, half, interpolation=cv2.INTER_AREA), weight
