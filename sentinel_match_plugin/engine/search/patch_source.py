"""Images that are read by windows, as the free matchers see them: a protocol, and an array in memory that follows
it.
"""

from __future__ import annotations

from typing import Protocol

import cv2
import numpy as np

from ..frames.lattice import Mapping
from ..matchers.base import Patch

Window = tuple[int, int, int, int]
"""``(x0, y0, x1, y1)`` in pixels, the last two excluded."""


class PatchSource(Protocol):
    """An image that is read by windows; grid.View is one.

    ``shape`` (height, width) in pixels; ``gsd_m`` ground sampling distance in metres, nan if not known (a matcher takes
    a number for the truth and brings both images to the same one).
    """

    shape: tuple[int, int]
    gsd_m: float

    def read(self, window: Window, decimation: float = 1.0, displaced: Mapping | None = None) -> Patch:
        """The patch over ``window``, which may reach outside (not valid there), with pixels ``decimation`` pixels wide.

        Pixel ``p`` of the patch is at ``(x0, y0) + decimation * p``, or at ``displaced`` of that; averaged where that
        is coarser.
        """
        ...


class ArraySource:
    """A whole image in memory as a ``PatchSource``."""

    def __init__(self, values: np.ndarray, valid: np.ndarray | None = None, gsd_m: float = float("nan")) -> None:
        """``values`` float32 ``(height, width)`` in 0..1; ``valid`` bool, all if None; ``gsd_m`` metres per pixel."""
        self._values = np.ascontiguousarray(values, np.float32)
        self._valid = np.ones(self._values.shape, bool) if valid is None else np.asarray(valid, bool)
        self.shape: tuple[int, int] = (self._values.shape[0], self._values.shape[1])
        self.gsd_m = gsd_m

    def read(self, window: Window, decimation: float = 1.0, displaced: Mapping | None = None) -> Patch:
        """See ``PatchSource.read``."""
        x0, y0, x1, y1 = window
        width, height = max(1, round((x1 - x0) / decimation)), max(1, round((y1 - y0) / decimation))
        pixels = np.stack(np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5), -1) * decimation + [x0, y0]
        if displaced is not None:
            pixels = displaced(pixels.reshape(-1, 2)).reshape(height, width, 2)
        step = np.linalg.norm(pixels[-1, -1] - pixels[0, 0]) / max(np.hypot(width - 1, height - 1), 1e-9)
        sigma = 0.5 * np.sqrt(max(step**2 - 1, 0))  # a Gaussian about as wide as a box of ``step`` pixels
        weight = self._valid.astype(np.float32)
        values = self._values * weight
        if sigma > 0:
            weight = np.asarray(cv2.GaussianBlur(weight, (0, 0), sigma), np.float32)
            values = np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32) / np.maximum(weight, 1e-6)
        x, y = (pixels[..., i].astype(np.float32) - np.float32(0.5) for i in (0, 1))  # OpenCV's centres are at integers
        out = cv2.remap(values, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        valid = cv2.remap(weight, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) > 0.95
        valid &= (pixels >= 0).all(-1) & (pixels[..., 0] <= self.shape[1]) & (pixels[..., 1] <= self.shape[0])
        return Patch(np.where(valid, np.clip(out, 0, 1), 0).astype(np.float32), valid, self.gsd_m * decimation)
