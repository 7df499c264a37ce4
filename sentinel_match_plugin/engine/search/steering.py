"""The smooth motion that the matches of one level agree on, for the next level to look around.

What a window says of the motion is a mean over the window: read through a motion that bends, it says how far the
*mean* of the truth over the window lies from the mean of that motion. Fitting the points as they come would therefore
lose a part of every bend, and would keep every bend of the old motion that is narrower than a window, right or wrong,
for ever. So the old motion's own means are put back first, the fit is a fit of window means, and what the means lose
is restored from the fit itself (one step of van Cittert's deconvolution). On winter/summer training pairs displaced by
a pure shift the points' error no longer grows from pass to pass (before, median .26, .39, .44, .53 px at four of them).
"""

from __future__ import annotations

import numpy as np

from ..errors import TransformationError
from ..frames.lattice import Mapping
from ..matchers.base import Matches
from ..points.filtering import agree_with_neighbours
from ..transforms import FLEXIBLE, Transformation, fit
from .score import precision

MINIMUM_POINTS = 6  # fewer than this agreeing: the motion is not found
# Only clear matches steer, or the motion would follow the chance peaks of forest and snow from level to level. Where
# few are clear, the clearest third does.
CLEAR = 0.9
EVIDENCE_SIGMA = 0.25  # spread of the evidence in a window along one axis, as a share of the window's side
SHARED_ERROR_PX = 40.0  # points of a level nearer to each other than this share error (see model.py)


def steered(matches: Matches, motion: Mapping, window_px: np.ndarray, decimation: int) -> Mapping | None:
    """The smooth motion that ``matches``, found by reading through ``motion``, agree on; None: they do not agree.

    Grid pixels. ``window_px`` ``(N,)`` the side of the window in which each was seen; ``decimation`` of the level.
    """
    if len(matches) < MINIMUM_POINTS:
        return None
    clear = matches.score >= min(CLEAR, float(np.quantile(matches.score, 2 / 3)))
    matches, sigma = matches[clear], EVIDENCE_SIGMA * window_px[clear, None]
    means = matches.target + window_mean(motion, matches.reference, sigma) - motion(matches.reference)
    kept = agree_with_neighbours(matches.reference, means, matches.score)
    if kept.sum() < MINIMUM_POINTS:
        return None
    places, means, weights, sigma = matches.reference[kept], means[kept], precision(matches.score[kept]), sigma[kept]
    fitted = _fitted(places, means, weights, SHARED_ERROR_PX * decimation)
    if fitted is None or fitted.kind not in FLEXIBLE:
        return fitted
    restored = means + fitted(places) - window_mean(fitted, places, sigma)
    return fit(fitted.kind, places, restored, weights, fitted.smoothness)  # type: ignore[attr-defined]


def window_mean(motion: Mapping, places: np.ndarray, sigma: np.ndarray) -> np.ndarray:
    """Mean of where ``motion`` puts the surroundings of ``places`` ``(N, 2)``, Gaussian of ``sigma`` ``(N, 1)`` pixels.

    Relative to each surrounding pixel's own offset; by Gauss-Hermite quadrature, three nodes an axis.
    """
    nodes = ((-np.sqrt(3.0), 1 / 6), (0.0, 2 / 3), (np.sqrt(3.0), 1 / 6))
    offsets = [(sigma * [x, y], a * b) for x, a in nodes for y, b in nodes]
    return np.sum([weight * (motion(places + offset) - offset) for offset, weight in offsets], axis=0)


def _fitted(places: np.ndarray, means: np.ndarray, weights: np.ndarray, shared_px: float) -> Transformation | None:
    for kind in ("local", "affine", "shift"):
        try:
            return fit(kind, places, means, weights, None, shared_px)
        except TransformationError:
            continue
    return None
