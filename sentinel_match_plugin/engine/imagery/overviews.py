"""Overviews: which of a raster's stored smaller versions may stand for its pixels, and where their pixels lie.

An overview is a promise that nobody checks. Measured on GDAL 3.10, offset of the content in overview pixels: average
and cubic 0.00; nearest up to 0.2; gauss up to 0.7. The reduced resolutions of JPEG 2000, on which Sentinel-2 users
depend, are the wavelet's even samples: pixel ``j`` is centred on full-resolution pixel ``factor * j``, while GDAL's
overview frame has it at the middle of ``factor`` pixels, off by 0.25, 0.38, 0.44 overview pixels at factors 2, 4, 8.
So the frame of JPEG 2000 is corrected here, and any overview is compared with the pixels it stands for before it is
used.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .averaging import Cells, ReadPixels, average

JPEG2000 = ("JP2", "JPEG2000")  # how the names of GDAL's JPEG 2000 drivers begin
SAMPLE_PX = 48  # side of the squares that are compared, overview pixels
MAX_OFFSET_PX = 0.1  # overview pixels; since at least two of them go into an output pixel, half of that there
# With the true averages. JPEG 2000 on a real scene with clouds: 0.998, 0.986, 0.949 at factors 2, 4, 8.
MIN_CORRELATION = 0.9


@dataclass(frozen=True)
class Frame:
    """Pixel ``j`` of the overview begins at ``origin + j * pitch`` in full-resolution pixels, for x and for y."""

    origin: tuple[float, float]
    pitch: tuple[float, float]


def frame_of(driver: str, factor: int, full: tuple[int, int], size: tuple[int, int]) -> Frame:
    """Where the pixels of an overview of ``size`` (width, height) lie in an image of size ``full``."""
    if driver.startswith(JPEG2000):
        return Frame((0.5 - factor / 2, 0.5 - factor / 2), (factor, factor))
    return Frame((0.0, 0.0), (full[0] / size[0], full[1] / size[1]))  # GDAL's ratio: exact also for odd sizes


def is_faithful(
    read: ReadPixels, shape: tuple[int, int], overview: ReadPixels, overview_shape: tuple[int, int], frame: Frame
) -> bool:
    """Whether an overview shows what averaging the pixels gives, at the same place.

    Compared in five squares; the offset is the least-squares shift along the gradient (Lucas and Kanade, 1981).
    """
    height, width = overview_shape
    products, differences = np.zeros((2, 2)), np.zeros(2)
    seen, true = [np.zeros(0)], [np.zeros(0)]
    for u, v in ((0.5, 0.5), (0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8)):
        side_x, side_y = min(SAMPLE_PX, width), min(SAMPLE_PX, height)
        x0 = min(max(0, int(u * width - side_x / 2)), width - side_x)
        y0 = min(max(0, int(v * height - side_y / 2)), height - side_y)
        small, small_valid = overview(x0, y0, x0 + side_x, y0 + side_y)
        x = Cells(frame.origin[0] + x0 * frame.pitch[0], frame.pitch[0], side_x)
        y = Cells(frame.origin[1] + y0 * frame.pitch[1], frame.pitch[1], side_y)
        truth, valid = average(read, shape, x, y, np.float64)
        valid = _inner(valid if small_valid is None else valid & small_valid)
        if min(side_x, side_y) < 4 or not valid.any():
            continue
        both = np.asarray((truth + small) / 2)  # noise in the gradient of one alone would bias the shift
        gradient_y, gradient_x = np.gradient(both, axis=0), np.gradient(both, axis=1)
        slopes = np.stack([gradient_x[valid], gradient_y[valid]])
        products += slopes @ slopes.T
        differences += slopes @ (truth - small)[valid]
        seen.append(small[valid])
        true.append(truth[valid])
    a, b = np.concatenate(seen), np.concatenate(true)
    if a.size == 0:
        return False
    if np.allclose(a, b, rtol=1e-3, atol=1e-3 * float(np.abs(b).max())):
        return True
    if np.linalg.cond(products) > 1e6 or a.std() == 0 or b.std() == 0:
        return False
    shift = np.linalg.solve(products, differences)
    return bool(np.abs(shift).max() <= MAX_OFFSET_PX and np.corrcoef(a, b)[0, 1] >= MIN_CORRELATION)


def _inner(valid: np.ndarray) -> np.ndarray:
    """Pixels whose neighbours are valid too, so that their gradient is."""
    inner = np.zeros_like(valid)
    inner[1:-1, 1:-1] = valid[1:-1, 1:-1] & valid[:-2, 1:-1] & valid[2:, 1:-1] & valid[1:-1, :-2] & valid[1:-1, 2:]
    return inner
