"""Exact averaging of pixels into larger ones, strip by strip, in a frame that is known to the last digit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

STRIP_PIXELS = 4_000_000  # source pixels held at once: 16 MB of float32, a few times that while they are summed
MIN_COVERED = 0.5  # share of a cell's area that has to be valid

ReadPixels = Callable[[int, int, int, int], "tuple[np.ndarray, np.ndarray | None]"]
"""``(x0, y0, x1, y1)`` inside the image -> values and valid ``(h, w)``, the latter None where all are."""


@dataclass(frozen=True)
class Cells:
    """Equal cells along one axis: cell ``i`` covers ``start + i * step`` to ``start + (i + 1) * step`` pixels."""

    start: float
    step: float
    count: int

    @property
    def are_pixels(self) -> bool:
        """Whether each cell is one pixel."""
        return self.step == 1 and self.start == round(self.start)

    def seen_in(self, origin: float, pitch: float) -> Cells:
        """The same cells counted in pixels of which the first begins at ``origin`` and each is ``pitch`` wide."""
        return Cells((self.start - origin) / pitch, self.step / pitch, self.count)

    def weights(self, first: int, last: int, size: int) -> tuple[csr_matrix, int, int]:
        """Overlap of cells ``first..last`` with pixels, ``(last - first, p1 - p0)``, and the pixel range ``p0, p1``.

        ``size`` is the number of pixels there are; the range is empty where the cells lie outside.
        """
        low = self.start + self.step * np.arange(first, last)
        high = low + self.step
        p0, p1 = max(0, int(np.floor(low[0] + 1e-9))), min(size, int(np.ceil(high[-1] - 1e-9)))
        p1 = max(p0, p1)
        pixels = np.floor(low).astype(int)[:, None] + np.arange(int(np.ceil(self.step)) + 2)
        overlap = np.minimum(pixels + 1, high[:, None]) - np.maximum(pixels, low[:, None])
        kept = (overlap > 1e-9) & (pixels >= p0) & (pixels < p1)
        rows = np.broadcast_to(np.arange(last - first)[:, None], pixels.shape)
        matrix = csr_matrix((overlap[kept], (rows[kept], pixels[kept] - p0)), shape=(last - first, p1 - p0))
        return matrix, p0, p1


def average(
    read: ReadPixels, shape: tuple[int, int], x: Cells, y: Cells, dtype: type = np.float32
) -> tuple[np.ndarray, np.ndarray]:
    """Area-weighted mean of the valid pixels in every cell.

    ``shape`` (height, width) of the image behind ``read``; cells may reach outside of it. -> values ``(y.count,
    x.count)`` of ``dtype``, 0 where not valid, and valid bool of that shape: at least half of the cell's area is. The
    mean of a partly valid cell belongs to its valid part, so its position is uncertain by up to a quarter of a cell;
    whole cells are exact.
    """
    if x.are_pixels and y.are_pixels:
        return _pixels_themselves(read, shape, x, y, dtype)
    values: np.ndarray = np.zeros((y.count, x.count), dtype)
    valid = np.zeros((y.count, x.count), bool)
    across, x0, x1 = x.weights(0, x.count, shape[1])
    if x1 == x0:
        return values, valid
    across = across.astype(dtype)
    reach = np.asarray(across.sum(1)).ravel()
    rows = max(1, int(STRIP_PIXELS / max(1, x1 - x0) / y.step))
    for first in range(0, y.count, rows):
        last = min(first + rows, y.count)
        down, y0, y1 = y.weights(first, last, shape[0])
        if y1 == y0:
            continue
        down = down.astype(dtype)
        pixels, usable = read(x0, y0, x1, y1)
        pixels = pixels.astype(dtype, copy=False)
        if usable is None:
            weight = np.outer(np.asarray(down.sum(1)).ravel(), reach)
        else:
            pixels = np.where(usable, pixels, 0).astype(dtype, copy=False)
            weight = (across @ (down @ usable.astype(dtype)).T).T
        total = (across @ (down @ pixels).T).T
        enough = weight >= MIN_COVERED * x.step * y.step - 1e-4
        valid[first:last] = enough
        with np.errstate(over="ignore"):
            np.divide(total, weight, out=values[first:last], where=enough)
        overflowed = ~np.isfinite(values[first:last])  # numbers at the end of the type: their sum is none
        values[first:last][overflowed] = 0
        valid[first:last] &= ~overflowed
    return values, valid


def _pixels_themselves(
    read: ReadPixels, shape: tuple[int, int], x: Cells, y: Cells, dtype: type
) -> tuple[np.ndarray, np.ndarray]:
    """As ``average`` where every cell is a pixel."""
    x0, y0 = round(x.start), round(y.start)
    a, b = max(x0, 0), max(y0, 0)
    c, d = min(x0 + x.count, shape[1]), min(y0 + y.count, shape[0])
    if a >= c or b >= d:
        return np.zeros((y.count, x.count), dtype), np.zeros((y.count, x.count), bool)
    values, valid = read(a, b, c, d)
    values = values.astype(dtype, copy=False)
    if valid is None:
        valid = np.ones(values.shape, bool)
    else:
        values[~valid] = 0
    outside = ((b - y0, y0 + y.count - d), (a - x0, x0 + x.count - c))
    if not np.any(outside):
        return values, valid
    return np.pad(values, outside), np.pad(valid, outside)
