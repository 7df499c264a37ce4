"""How far an image lies off another that shows the same thing: measured, window by window, to a few hundredths of a
pixel.

For images of *identical* content (one the other's warped and unwarped version), as the truth of a warp; never across
seasons. Needs numpy and opencv: the engine's Python."""

from __future__ import annotations

import cv2
import numpy as np

WINDOW_PX = 64
LOW_CONTRAST = 0.15  # windows with less than this share of the image's own spread tell nothing
MIN_RESPONSE = 0.15


def local_displacement(
    original: np.ndarray, moved: np.ndarray, valid: np.ndarray, step_px: int = 48
) -> tuple[np.ndarray, np.ndarray]:
    """``(centres, offsets)``, each ``(N, 2)`` pixels: what is at ``centre`` of ``original`` is at ``centre + offset``
    of ``moved``.

    Two float32 images of one shape; windows that are not all ``valid`` are left out, as are those in which nothing can
    be measured. The phase correlation finds the whole pixels, the enhanced correlation coefficient (Evangelidis and
    Psarakis 2008) the fraction."""
    height, width = original.shape
    hann = cv2.createHanningWindow((WINDOW_PX, WINDOW_PX), cv2.CV_32F)
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 50, 1e-5)
    contrast = LOW_CONTRAST * float(original[valid].std()) if valid.any() else 0.0
    centres, offsets = [], []
    for y in range(0, height - WINDOW_PX + 1, step_px):
        for x in range(0, width - WINDOW_PX + 1, step_px):
            box = np.s_[y : y + WINDOW_PX, x : x + WINDOW_PX]
            first, second = original[box], moved[box]
            if not valid[box].all() or first.std() <= contrast:
                continue
            start, response = cv2.phaseCorrelate(first - first.mean(), second - second.mean(), hann)
            if response < MIN_RESPONSE:
                continue
            shift = np.array([[1, 0, start[0]], [0, 1, start[1]]], np.float32)
            try:
                _, shift = cv2.findTransformECC(first, second, shift, cv2.MOTION_TRANSLATION, stop, None, 3)
            except cv2.error:  # it did not converge: this window tells nothing
                continue
            centres.append((x + WINDOW_PX / 2, y + WINDOW_PX / 2))
            offsets.append((shift[0, 2], shift[1, 2]))
    return np.array(centres, float).reshape(-1, 2), np.array(offsets, float).reshape(-1, 2)
