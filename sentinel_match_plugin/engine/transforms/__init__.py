"""The fitted transformations: from points to a model that takes every reference pixel to where it lies in the target.

``fit`` is the one entrance. The kinds, simplest first, and what each is for:

================== ======== ==========================================================================================
kind               points   displacement it can follow
================== ======== ==========================================================================================
shift              1        one vector for the whole image
similarity         2        and rotation, scale
affine             3        and different scales, shear
homography         4        a plane seen in perspective
polynomial2        6        a smooth bow over the whole image
polynomial3        10       the same with one more bend
thin_plate_spline  4        any smooth field, resolution that of at most ``splines.MAX_KNOTS`` knots
local              10       any smooth field, resolution that of the points; cost linear in their number
================== ======== ==========================================================================================

Beyond the points every kind is tame: see ``hull.Guard``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..errors import TransformationError
from .base import Sample, Transformation, enlarged, take_sample
from .local import fit_local
from .parametric import fit_affine, fit_homography, fit_polynomial2, fit_polynomial3, fit_shift, fit_similarity
from .splines import fit_thin_plate_spline

__all__ = ["FLEXIBLE", "MINIMUM_POINTS", "Transformation", "TransformationError", "enlarged", "fit"]

MINIMUM_POINTS: dict[str, int] = {
    "shift": 1,
    "similarity": 2,
    "affine": 3,
    "homography": 4,
    "polynomial2": 6,
    "polynomial3": 10,
    "thin_plate_spline": 4,
    "local": 10,
}

# The kinds that have a smoothness to choose; ``fit`` takes it from the data unless it is given.
FLEXIBLE = ("thin_plate_spline", "local")

_GLOBAL: dict[str, Callable[[Sample], Transformation]] = {
    "shift": fit_shift,
    "similarity": fit_similarity,
    "affine": fit_affine,
    "homography": fit_homography,
    "polynomial2": fit_polynomial2,
    "polynomial3": fit_polynomial3,
}


def fit(
    kind: str,
    source: np.ndarray,
    destination: np.ndarray,
    weights: np.ndarray | None = None,
    smoothness: float | None = None,
    shared_px: float = 0.0,
) -> Transformation:
    """The transformation of ``kind`` that takes ``source`` to ``destination``, by weighted least squares.

    ``source``, ``destination`` ``(N, 2)`` pixel coordinates (reference frame, aligned target positions); ``weights``
    ``(N,)``, >= 0, proportional to 1 / variance of each point, points of weight 0 are left out. Wrong points are not
    looked for here (filtering.py). ``smoothness``: for the kinds of ``FLEXIBLE``, the ``smoothness`` of an earlier
    fit, to save choosing it again. ``shared_px``: points nearer to each other than this share part of their error
    (overlapping windows), which the choice of the smoothness must not take for motion.

    Raises TransformationError: unknown kind, fewer points than ``MINIMUM_POINTS``, points on one line, values that are
    not finite.
    """
    if kind not in MINIMUM_POINTS:
        raise TransformationError(f"There is no transformation “{kind}”; choose one of {', '.join(MINIMUM_POINTS)}.")
    sample = take_sample(kind, source, destination, weights, MINIMUM_POINTS[kind], shared_px)
    if kind == "thin_plate_spline":
        return fit_thin_plate_spline(sample, smoothness)
    if kind == "local":
        return fit_local(sample, smoothness)
    return _GLOBAL[kind](sample)
