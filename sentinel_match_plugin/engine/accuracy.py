"""How good a transformation is, from points it was not fitted to; and which kind of transformation to take.

Points are held out in blocks of neighbours (transforms/blocks.py): 4 x 4 of them, smaller where that gives fewer than
10 blocks, single points when there are fewer than 20. Whole blocks are dealt into folds, each fold is predicted by a
fit to the others. Points whose windows overlap share part of their error, and a model that follows shared error looks
good to its neighbours: so points within ``reach_px`` of a held-out one are not fitted to either (a buffer, as in
Roberts et al., "Cross-validation strategies for data with spatial structure", Ecography 2017).

**What the figures mean.** A held-out error is the distance between where a tie point was found and where a model that
did not know it puts it: the error of the model *and* of the tie point. ``rmse_px`` and ``ce90_px`` therefore say how
far a new tie point of the same quality would disagree. They are an upper bound of the error of the transformation
itself, often several times too large: 300 points of 0.4 px give a shift good to 0.02 px. ``model_rmse_px`` and
``model_ce90_px`` estimate the transformation's own error from what the held-out errors of neighbouring points have in
common: errors of the points are each their own, an error of the model is shared (the "nugget" of geostatistics).
Errors that neighbouring points share (overlapping windows, the shadow of one mountain) count as the model's, as they
should: they do end up in the warped raster. An error that all points share, such as a bias of the matcher, no such
test can see.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree
from scipy.stats import t as student

from .errors import TransformationError
from .events import Events
from .status import judge_status
from .transforms import FLEXIBLE, MINIMUM_POINTS, Transformation, fit
from .transforms.blocks import make_folds, spatial_blocks

__all__ = ["Accuracy", "ce90", "choose_transformation", "cross_validate", "judge_status"]

FOLDS = 10
# From here on five folds: what is left out is still plenty, and the flexible kinds cost seconds a fit
MANY_POINTS = 3000
FOLDS_MANY = 5
# From here on the flexible kinds choose their smoothness once, on all points, not in each fold: one number taken from
# so many points tells a fold next to nothing about its held-out ones
TUNE_ONCE = 300
# With more points the local field is left alone to follow smooth motion: it does so as well (0.10-0.16 px of true error
# on the sine of the tests, the spline 0.11-0.14), while the spline's cost grows with the cube of the points (11 s of a
# 640-point pair's 25 s, quiet machine), and from 800 on it has to merge them
SPLINE_POINTS = 500

# Blocks are at least so many times as wide as errors are shared over: between blocks much smaller than that no point
# would lie beyond the reach of all that are held out
BLOCK_REACHES = 1.6

# Simplest first: the number of parameters, the flexible ones last
CANDIDATES = (
    "shift",
    "similarity",
    "affine",
    "homography",
    "polynomial2",
    "polynomial3",
    "thin_plate_spline",
    "local",
)
# A kind is given up for a more complex one only if that is better beyond chance (one-sided paired t-test over blocks)
# ...
SIGNIFICANCE = 0.05
# ... and by enough to matter: 2 % of the held-out error is a model error of a fifth of the points' own noise
WORTHWHILE = 0.02
# CE90 of a circular normal error in units of its radial RMSE: sqrt(ln 10)
CE90_OVER_RMSE = 1.5174


@dataclass(frozen=True)
class Accuracy:
    """Cross-validated accuracy; lengths in reference pixels. All nan where there were too few points to hold any out.

    ``errors`` ``(N,)`` held-out distances in the order of the points (nan: its fold could not be fitted); ``rmse_px``
    their root mean square (radial); ``ce90_px`` the radius that 90 % of new tie points stay within; ``blocks`` how
    many blocks were held out. ``block`` ``(N,)`` the block of each point. ``model_rmse_px``, ``model_ce90_px``: the
    transformation's own error (see above).
    """

    errors: np.ndarray
    rmse_px: float
    ce90_px: float
    blocks: int
    block: np.ndarray
    model_rmse_px: float
    model_ce90_px: float


def ce90(errors: np.ndarray) -> float:
    """The radius a further error stays within with probability 0.9: the ``ceil(0.9 (n + 1))``-th smallest of ``n``.

    That rank makes the statement true for any distribution (Vovk's conformal quantile). Fewer than 9 errors cannot
    carry it: then the largest is returned, which holds with probability ``n / (n + 1)`` only. nan without any finite
    error.
    """
    finite = np.sort(errors[np.isfinite(errors)])
    if not len(finite):
        return float("nan")
    return float(finite[min(int(np.ceil(0.9 * (len(finite) + 1))), len(finite)) - 1])


def cross_validate(
    kind: str,
    source: np.ndarray,
    destination: np.ndarray,
    weights: np.ndarray | None = None,
    seed: int = 0,
    events: Events | None = None,
    reach_px: float = 0.0,
) -> Accuracy:
    """Hold out blocks of points, fit ``kind`` to those beyond ``reach_px`` of them, measure at the held-out ones.

    ``source``, ``destination`` ``(N, 2)`` pixels, ``weights`` ``(N,)`` as for ``transforms.fit`` (they weigh the fits;
    the errors of all points count alike). The same ``seed`` holds out the same blocks for every kind, so that kinds
    can be compared point by point. Never raises for too few points: then the figures are nan. Raises Cancelled.
    """
    source, destination = np.asarray(source, float), np.asarray(destination, float)
    count = len(source)
    errors, signed = np.full(count, np.nan), np.full((count, 2), np.nan)
    if count <= MINIMUM_POINTS[kind]:
        return _summary(source, errors, signed, signed, np.arange(count), np.zeros(count, int))
    weights = np.ones(count) if weights is None else np.asarray(weights, float)
    block = spatial_blocks(source, seed, least_px=BLOCK_REACHES * reach_px)
    fold = make_folds(block, FOLDS if count < MANY_POINTS else FOLDS_MANY, seed)
    if count < 2 * FOLDS:
        fold = block  # each point on its own
    models: list[Transformation] = []
    smoothness = None
    folds = int(fold.max()) + 1
    try:
        if kind in FLEXIBLE and count >= TUNE_ONCE:
            smoothness = fit(kind, source, destination, weights).smoothness  # type: ignore[attr-defined]
        for number in range(folds):
            if events is not None:
                events.check_cancelled()
                events.progress(number / folds, "cross-validation")
            held = fold == number
            known = _beyond(source, held, reach_px)
            model = fit(kind, source[known], destination[known], weights[known], smoothness)
            signed[held] = destination[held] - model(source[held])
            models.append(model)
    except TransformationError:  # a kind that some fold cannot carry has no figure: a partial one would flatter it
        signed[:] = np.nan
        models = []
    spread = _jackknife(models, source)
    return _summary(source, np.hypot(signed[:, 0], signed[:, 1]), signed, spread, block, fold)


def _beyond(points: np.ndarray, held: np.ndarray, reach_px: float) -> np.ndarray:
    """The points ``(N,)`` that are not held out and not within reach of one that is."""
    known = ~held
    if reach_px > 0 and known.any():
        distance, _ = cKDTree(points[held]).query(points[known])
        known[known] = distance > reach_px
    return known


def _jackknife(models: list[Transformation], source: np.ndarray) -> np.ndarray:
    """Standard deviations ``(N, 2)`` of the fitted transformation at the points, from how the fits of the folds differ.

    Grouped jackknife: ``var = (g - 1) / g * sum (f_j - mean)^2`` (Wu 1986). Holding out whole blocks keeps it honest
    where neighbours share errors. At most 2000 points are looked at; the others are nan.
    """
    spread = np.full((len(source), 2), np.nan)
    if len(models) < 2:
        return spread
    looked = np.unique(np.linspace(0, len(source) - 1, 2000).astype(int))
    values = np.stack([model(source[looked]) for model in models])
    spread[looked] = np.sqrt((len(models) - 1) * values.var(axis=0))
    return spread


def _summary(
    source: np.ndarray,
    errors: np.ndarray,
    signed: np.ndarray,
    spread: np.ndarray,
    block: np.ndarray,
    fold: np.ndarray,
) -> Accuracy:
    known = np.isfinite(errors)
    blocks = len(np.unique(block[known])) if known.any() else 0
    if not known.any():
        return Accuracy(errors, float("nan"), float("nan"), 0, block, float("nan"), float("nan"))
    # sampling error of the fit, and whatever neighbouring held-out errors have in common: the larger is the model's
    variance = float(np.nanmean((spread**2).sum(1))) if np.isfinite(spread).any() else 0.0
    model = float(np.sqrt(max(variance, _shared_variance(source, signed, fold), 0.0)))
    rmse = float(np.sqrt(np.mean(errors[known] ** 2)))
    return Accuracy(errors, rmse, ce90(errors), blocks, block, min(model, rmse), CE90_OVER_RMSE * min(model, rmse))


def _shared_variance(source: np.ndarray, signed: np.ndarray, fold: np.ndarray) -> float:
    """Mean product (square pixels, both axes) of the held-out errors of neighbours; the largest 1 % are clipped."""
    known = np.flatnonzero(np.isfinite(signed).all(1))
    if len(known) < 10:
        return 0.0
    limit = np.quantile(np.abs(signed[known]), 0.99)
    clipped = np.clip(signed[known], -limit, limit)
    _, near = cKDTree(source[known]).query(source[known], k=5)
    return float(np.mean((clipped[:, None] * clipped[near[:, 1:]]).sum(-1)))


def choose_transformation(
    source: np.ndarray,
    destination: np.ndarray,
    weights: np.ndarray | None = None,
    seed: int = 0,
    events: Events | None = None,
    reach_px: float = 0.0,
) -> tuple[str, dict[str, Accuracy]]:
    """The simplest kind whose held-out error is not significantly worse than the best; the accuracy of each tried.

    Compared are the held-out distances (not their squares: a few strays would decide), as the means of blocks, since
    points of a block are alike. A kind is worse if its mean is larger by more than ``WORTHWHILE`` of the best and a
    paired t-test over the blocks says so at ``SIGNIFICANCE``. Kinds that the points cannot carry are not in the
    answer. Raises TransformationError without any point.
    """
    source, destination = np.asarray(source, float), np.asarray(destination, float)
    if not len(source):
        raise TransformationError("There are no tie points to choose a transformation for.")
    tried: dict[str, Accuracy] = {}
    for index, kind in enumerate(CANDIDATES):
        if kind == "thin_plate_spline" and len(source) > SPLINE_POINTS:
            continue
        if events is None:
            accuracy = cross_validate(kind, source, destination, weights, seed, None, reach_px)
        else:
            with events.part(index / len(CANDIDATES), (index + 1) / len(CANDIDATES)) as part:
                accuracy = cross_validate(kind, source, destination, weights, seed, part, reach_px)
        if np.isfinite(accuracy.errors).all():
            tried[kind] = accuracy
    if not tried:  # one point
        return "shift", {}
    best = min(tried, key=lambda kind: float(tried[kind].errors.mean()))
    for kind, accuracy in tried.items():
        if kind == best or not _worse(accuracy, tried[best]):
            return kind, tried
    return best, tried


def _worse(simple: Accuracy, best: Accuracy) -> bool:
    difference = simple.errors - best.errors
    if difference.mean() <= WORTHWHILE * best.errors.mean() + 1e-9:
        return False
    sizes = np.bincount(simple.block)
    sizes, total = sizes[sizes > 0], np.bincount(simple.block, difference)[sizes > 0]
    if len(sizes) < 2:
        return False
    # weighted by the blocks' sizes: the mean over points, its error from the scatter of the blocks
    scatter = total - sizes * difference.mean()
    error = np.sqrt(len(sizes) / (len(sizes) - 1) * (scatter**2).sum()) / sizes.sum()
    return bool(difference.mean() > student.ppf(1 - SIGNIFICANCE, len(sizes) - 1) * error)
