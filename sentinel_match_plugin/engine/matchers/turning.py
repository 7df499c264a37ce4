"""A patch seen through an affine: turned, scaled and moved, as those who try many angles need it."""

from __future__ import annotations

import cv2
import numpy as np

from .base import Patch

VALID = 0.95  # of the weight of what a pixel is interpolated from


def pulled(values: np.ndarray, weight: np.ndarray, way: np.ndarray, shape: tuple[int, int], gsd_m: float) -> Patch:
    """A patch of ``shape`` (height, width) whose pixel ``p`` shows pixel ``way @ (p, 1)`` of ``values``, cubic.

    ``values``, ``weight`` float32 ``(height, width)``, 0..1; ``way`` ``(2, 3)`` pixels to pixels, centre of the first
    one at (0.5, 0.5). Valid where nearly all of the weight is there; nothing is averaged.
    """
    centres = way.copy()  # OpenCV's are at integers
    centres[:, 2] += way[:, :2] @ [0.5, 0.5] - 0.5
    size, inverse = shape[::-1], cv2.WARP_INVERSE_MAP
    shown = cv2.warpAffine(values, centres, size, flags=cv2.INTER_CUBIC | inverse, borderMode=cv2.BORDER_REPLICATE)
    valid = cv2.warpAffine(weight, centres, size, flags=cv2.INTER_LINEAR | inverse) > VALID
    return Patch(np.where(valid, np.clip(shown, 0, 1), 0).astype(np.float32), valid, gsd_m)
