"""How good a transformation is, from points it was not fitted to; and which kind of transformation to take.

Points are held out in blocks of neighbours (transforms/blocks.py): 4 x 4 of them, smaller where that gives fewer than
10 blocks, single points when there are fewer than 20. Whole blocks are dealt into folds, each fold is predicted by a
fit to the others. Points whose windows overlap share part of their error, and a model that follows shared error looks
good to its neighbours: so points within ``reach_px`` of a held-out one are not fitted to either (a buffer, as in
Roberts et al., "Cross-validation strategies for data with spatial structure", Ecography 2017).

**What the figures mean.** A held-out error is the distance between where a tie point was found and where a model that
did not know it puts it: the error of the model *and* of the tie point. ``rmse_px`` says how far a new tie point of the
same quality would disagree, and is what kinds of transformation are compared by. It is no measure of the transformation
itself, which averages many points: 300 points of 0.4 px give a shift good to 0.02 px.

``ce90_px`` is that measure, the distance within which 90 % of the warped image lie of the truth. It is put together
from three parts (``error_of_the_model``): how far the fits to the two colours of a chessboard of points lie apart,
which do not know each other; how well neighbouring points agree, since what the seasons do to a whole image (shadows,
snow at the edges) no held-out point can see, but it goes with how noisy the points are; and a floor, what two dates
disagree by themselves, which no point can tell. The first two factors are a quantile regression, of ``structure`` over
90 training pairs. The floor is what was found between registered Sentinel-2 dates in the mean, .4 px (Yan et al.,
"Sentinel-2A multi-temporal misregistration characterization", Remote Sensing of Environment 2018). With .1 px, which
the regression gave, the true 90 % of the warped image (benchmark.py accuracy, 270 pairs of the three training places)
lay within CE90 for 73 % of the pairs, with .3 px, what is wanted of registered dates, for 83 %, with .4 px for 88.5 %.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree
from scipy.special import stdtrit

from ..errors import TransformationError
from ..events import Events
from ..parallel import in_parallel
from ..transforms import FLEXIBLE, MINIMUM_POINTS, Transformation, fit
from ..transforms.blocks import POINTS_ACROSS, make_folds, mean_spacing, spatial_blocks
from .neighbours import local_residuals
from .status import judge_status

__all__ = ["Accuracy", "ce90", "choose_transformation", "cross_validate", "error_of_the_model", "judge_status"]

FOLDS = 10
# From here on five folds: what is left out is still plenty, and the flexible kinds cost seconds a fit
MANY_POINTS = 3000
FOLDS_MANY = 5
# From here on the flexible kinds choose their smoothness once, on all points, not in each fold: one number taken from
# so many points tells a fold next to nothing about its held-out ones
TUNE_ONCE = 300
# Blocks are at least so many times as wide as errors are shared over: between blocks much smaller than that no point
# would lie beyond the reach of all that are held out
BLOCK_REACHES = 1.6

# Simplest first: the number of parameters, the flexible one last. The thin-plate spline is not among them: it minimises
# what the local field does, at a cost that grows with the cube of the points.
CANDIDATES = (
    "shift",
    "similarity",
    "affine",
    "homography",
    "polynomial2",
    "polynomial3",
    "local",
)
# A kind is given up for a more complex one only if that is better beyond chance (one-sided paired t-test over blocks)
# ...
SIGNIFICANCE = 0.05
# ... and by enough to matter: 5 % of the held-out error is a model error of a third of the points' own noise
WORTHWHILE = 0.05
# The chessboard's cells, in reaches of shared error, how often it is laid anew, and on how many nodes it is looked at
CELL_REACHES, BOARDS, NODES = 1.2, 4, 1500
# CE90 = sqrt((halves d)^2 + (neighbours n)^2 + floor^2), with d the 90 % of half the distance between the fits to the
# two colours, n the root mean square distance of points to what their neighbours say: (halves, neighbours, floor in
# pixels) by matcher, by scripts/calibrate.py but for the floor, what two dates disagree by themselves (see above);
# seasonal by 24 models (bending displacements), of which .83 held with a floor of .3 px. The noise of keypoints says
# nothing of the model; of 44 models of sift and aliked .91 held with a floor of .1 px, which the other free matchers
# take for want of anything measured.
BETWEEN_DATES_PX = 0.4
FACTORS = {
    "structure": (7.9, 2.3, BETWEEN_DATES_PX),
    "seasonal": (8.8, 0.0, BETWEEN_DATES_PX),
    "phase": (18.3, 0.0, BETWEEN_DATES_PX),
}
FREE_FACTORS = (7.9, 0.0, BETWEEN_DATES_PX)


@dataclass(frozen=True)
class Accuracy:
    """Accuracy of a transformation; lengths in reference pixels, nan where there were too few points to tell.

    ``errors`` ``(N,)`` held-out distances in the order of the points (nan: its fold could not be fitted); ``rmse_px``
    their root mean square (radial); ``points_ce90_px`` the radius that 90 % of new tie points stay within; ``blocks``
    how many blocks were held out; ``block`` ``(N,)`` the block of each point. ``ce90_px``: the transformation's own
    error (see above), nan until ``error_of_the_model`` has been asked. ``smoothness``: that of the fits, where they all
    had one.
    """

    errors: np.ndarray
    rmse_px: float
    points_ce90_px: float
    blocks: int
    block: np.ndarray
    ce90_px: float = float("nan")
    smoothness: float | None = None


@dataclass(frozen=True)
class HeldOut:
    """What is held out when: the block ``(N,)`` of each point; of each fold two masks, the held out and the known."""

    block: np.ndarray
    folds: list[tuple[np.ndarray, np.ndarray]]


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
    smoothness: float | None = None,
    held_out: HeldOut | None = None,
) -> Accuracy:
    """Hold out blocks of points, fit ``kind`` to those beyond ``reach_px`` of them, measure at the held-out ones.

    ``source``, ``destination`` ``(N, 2)`` pixels, ``weights`` ``(N,)`` as for ``transforms.fit`` (they weigh the fits;
    the errors of all points count alike). The same ``seed`` holds out the same blocks for every kind, so that kinds
    can be compared point by point. To save work, where they are known: ``smoothness`` of the fit of ``kind`` to all
    points, ``held_out`` by ``hold_out`` of the same points, seed and reach. Never raises for too few points: then the
    figures are nan. Raises Cancelled.
    """
    source, destination = np.asarray(source, float), np.asarray(destination, float)
    count = len(source)
    errors = np.full(count, np.nan)
    if count <= MINIMUM_POINTS[kind]:
        return _summary(errors, np.arange(count))
    weights = np.ones(count) if weights is None else np.asarray(weights, float)
    held_out = held_out or hold_out(source, seed, reach_px)
    try:
        if count < TUNE_ONCE:
            smoothness = None
        elif kind in FLEXIBLE and smoothness is None:
            smoothness = fit(kind, source, destination, weights, None, reach_px).smoothness  # type: ignore[attr-defined]

        def distances(fold: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
            if events is not None:
                events.check_cancelled()
            held, known = fold
            model = fit(kind, source[known], destination[known], weights[known], smoothness, reach_px)
            return np.hypot(*(destination[held] - model(source[held])).T)

        for number, found in enumerate(in_parallel(distances, held_out.folds)):
            errors[held_out.folds[number][0]] = found
            if events is not None:
                events.progress((number + 1) / len(held_out.folds), "cross-validation")
    except TransformationError:  # a kind that some fold cannot carry has no figure: a partial one would flatter it
        errors[:] = np.nan
    return _summary(errors, held_out.block, smoothness)


def hold_out(source: np.ndarray, seed: int = 0, reach_px: float = 0.0) -> HeldOut:
    """Deal the points ``(N, 2)`` into folds (see the module's text); not known are those within reach of one held out.

    The same for every kind of transformation.
    """
    count = len(source)
    block = spatial_blocks(source, seed, least_px=BLOCK_REACHES * reach_px)
    fold = make_folds(block, FOLDS if count < MANY_POINTS else FOLDS_MANY, seed)
    if count < 2 * FOLDS:
        fold = block  # each point on its own
    folds = [fold == number for number in range(int(fold.max()) + 1)]
    return HeldOut(block, [(held, _beyond(source, held, reach_px)) for held in folds])


def _beyond(points: np.ndarray, held: np.ndarray, reach_px: float) -> np.ndarray:
    """The points ``(N,)`` that are not held out and not within reach of one that is."""
    known = ~held
    if reach_px > 0 and known.any():
        further = np.nextafter(reach_px, np.inf)  # the search stops short of its bound
        distance, _ = cKDTree(points[held]).query(points[known], distance_upper_bound=further)
        known[known] = np.isinf(distance)
    return known


def _summary(errors: np.ndarray, block: np.ndarray, smoothness: float | None = None) -> Accuracy:
    known = np.isfinite(errors)
    if not known.any():
        return Accuracy(errors, float("nan"), float("nan"), 0, block)
    rmse = float(np.sqrt(np.mean(errors[known] ** 2)))
    return Accuracy(errors, rmse, ce90(errors), len(np.unique(block[known])), block, smoothness=smoothness)


def factors_of(matcher: str) -> tuple[float, float, float]:
    """What CE90 is put together with for the points of ``matcher``; empty: points of a table, from wherever."""
    return FACTORS["structure"] if not matcher else FACTORS.get(matcher, FREE_FACTORS)


def error_of_the_model(
    model: Transformation,
    source: np.ndarray,
    destination: np.ndarray,
    weights: np.ndarray,
    reach_px: float,
    matcher: str = "",
) -> float:
    """CE90 of ``model``, pixels: 90 % of the area that has points lie within it of the truth (see the module's text).

    ``source``, ``destination`` ``(N, 2)``, ``weights`` ``(N,)``: the points it was fitted to, found by ``matcher``;
    ``reach_px`` how far error is shared. nan where half of the points carry no such model.
    """
    return float(put_together(*disagreements(model, source, destination, weights, reach_px), factors_of(matcher)))


def put_together(
    halves: float | np.ndarray, noise: float | np.ndarray, factors: tuple[float, float, float]
) -> np.ndarray:
    """CE90, pixels, of the two ``disagreements``."""
    by_halves, by_noise, floor = factors
    return np.sqrt((by_halves * halves) ** 2 + (by_noise * noise) ** 2 + floor**2)


def disagreements(
    model: Transformation, source: np.ndarray, destination: np.ndarray, weights: np.ndarray, reach_px: float
) -> tuple[float, float]:
    """What ``error_of_the_model`` is made of, pixels; nan where it cannot be told.

    The 90 % of half the distance between the fits to the two colours of a chessboard, over the box of the points; the
    root mean square distance of points to what their neighbours say.
    """
    everyone = np.ones(len(source), bool)
    misfit = local_residuals(source, destination - source, weights, everyone, robust=False)
    misfit = misfit[np.isfinite(misfit)]
    noise = float(np.sqrt(np.mean(misfit**2))) if len(misfit) else float("nan")
    cell = CELL_REACHES * reach_px if reach_px > 0 else POINTS_ACROSS * mean_spacing(source)
    low, high = source.min(0), source.max(0)
    step = max(float(np.sqrt(np.prod(high - low) / NODES)), 1e-6)
    axes = (np.arange(lowest, highest + step / 2, step) for lowest, highest in zip(low, high, strict=True))
    nodes = np.stack(np.meshgrid(*axes), -1).reshape(-1, 2)
    smoothness = getattr(model, "smoothness", None)
    rng = np.random.default_rng(5)
    apart = []
    for _ in range(BOARDS):
        white = np.floor((source - low) / cell + rng.random(2)).astype(int).sum(1) % 2 == 0
        try:
            fits = [fit(model.kind, source[c], destination[c], weights[c], smoothness) for c in (white, ~white)]
        except TransformationError:
            continue
        apart.append(np.hypot(*(fits[0](nodes) - fits[1](nodes)).T) / 2)
    return (float(np.nanpercentile(np.concatenate(apart), 90)) if apart else float("nan")), noise


def choose_transformation(
    source: np.ndarray,
    destination: np.ndarray,
    weights: np.ndarray | None = None,
    seed: int = 0,
    events: Events | None = None,
    reach_px: float = 0.0,
) -> tuple[str, dict[str, Accuracy]]:
    """The simplest kind whose held-out error is not significantly worse than the best; the accuracy of each tried.

    Compared are the held-out distances (not their squares: a few strays would decide), weighted, as the means of
    blocks, since points of a block are alike. A kind is worse if its mean is larger by more than ``WORTHWHILE`` of the
    best and a paired t-test over the blocks says so at ``SIGNIFICANCE``. Kinds that the points cannot carry are not in
    the answer. Raises TransformationError without any point.
    """
    source, destination = np.asarray(source, float), np.asarray(destination, float)
    if not len(source):
        raise TransformationError("There are no tie points to choose a transformation for.")
    tried: dict[str, Accuracy] = {}
    points, held_out = (source, destination, weights), hold_out(source, seed, reach_px)
    for index, kind in enumerate(CANDIDATES):
        if events is None:
            accuracy = cross_validate(kind, *points, seed, None, reach_px, held_out=held_out)
        else:
            with events.part(index / len(CANDIDATES), (index + 1) / len(CANDIDATES)) as part:
                accuracy = cross_validate(kind, *points, seed, part, reach_px, held_out=held_out)
        if np.isfinite(accuracy.errors).all():
            tried[kind] = accuracy
    if not tried:  # one point
        return "shift", {}
    weights = np.ones(len(source)) if weights is None else np.asarray(weights, float)
    best = min(tried, key=lambda kind: float(np.average(tried[kind].errors, weights=weights)))
    for kind, accuracy in tried.items():
        if kind == best or not _worse(accuracy, tried[best], weights):
            return kind, tried
    return best, tried


def _worse(simple: Accuracy, best: Accuracy, weights: np.ndarray) -> bool:
    difference = simple.errors - best.errors
    mean = float(np.average(difference, weights=weights))
    if mean <= WORTHWHILE * np.average(best.errors, weights=weights) + 1e-9:
        return False
    sizes = np.bincount(simple.block, weights)
    sizes, total = sizes[sizes > 0], np.bincount(simple.block, weights * difference)[sizes > 0]
    if len(sizes) < 2:
        return False
    # weighted by the blocks' sizes: the mean over points, its error from the scatter of the blocks
    scatter = total - sizes * mean
    error = np.sqrt(len(sizes) / (len(sizes) - 1) * (scatter**2).sum()) / sizes.sum()
    return bool(mean > stdtrit(len(sizes) - 1, 1 - SIGNIFICANCE) * error)
