"""What the neighbours of each tie point say about its displacement: the arithmetic behind filtering.py.

Everything is done for all points at once. Per point some 16 neighbours are taken, the nearest two of each of eight
directions, so that a dense cluster on one side does not outvote the others.
"""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

POOL = 32  # nearest points looked at
TAKEN = 16  # neighbours used
PER_OCTANT = 2
TRIPLETS = (
    32  # affine hypotheses a point: with half of the neighbours wrong, 98.6 % of points see one of three right ones
)
# A prediction is called sharp while the neighbours' own misfit is below this many times the usual one; above it, the
# neighbourhood may lie across a step in the displacement and is split.
SHARP = 2.0
RIDGE = (
    0.02  # pulls the slope of a neighbourhood to the trend where the neighbours do not determine it (all on one line)
)
# ... and its bend where they say little of it: 10 points a wave are bent enough to hide a stray of 2 px from an affine.
BEND_RIDGE = 0.08
CHUNK = 2048


def local_residuals(
    source: np.ndarray, displacement: np.ndarray, weights: np.ndarray, speakers: np.ndarray, robust: bool
) -> np.ndarray:
    """Distance ``(N,)`` in pixels of each point's displacement to what its neighbours among ``speakers`` predict.

    ``robust``: by the affine motion that fits the best 40 % of the neighbours best, out of many (least quantile of
    squares, Rousseeuw 1984). Otherwise by weighted least squares; where the neighbours then contradict each other, the
    better of the half-neighbourhoods that do not. A point with fewer than 3 neighbours gets inf.
    """
    talking = np.flatnonzero(speakers & (weights > 0))
    if not robust:
        displacement = _without_trend(source, displacement, talking)
    residual = np.full(len(source), np.inf)
    if len(talking) < 4:
        return residual
    spread = np.full(len(source), np.nan)
    neighbours, there = _neighbours(source, talking)
    for start in range(0, len(source), CHUNK):
        part = slice(start, min(start + CHUNK, len(source)))
        near, ok = neighbours[part], there[part]
        offsets = source[near] - source[part, None]
        moves = displacement[near] - displacement[part, None]
        if robust:
            residual[part] = _least_quantile(offsets, moves, ok)
        else:
            predicted, spread[part] = _least_squares(offsets, moves, weights[near] * ok, bent=True)
            residual[part] = np.hypot(predicted[:, 0], predicted[:, 1])
    if not robust:
        _split_where_torn(source, displacement, weights, neighbours, there, residual, spread)
    return residual


def _without_trend(source: np.ndarray, displacement: np.ndarray, talking: np.ndarray) -> np.ndarray:
    """Less the affine motion of the trusted points: what is left of the slopes, the ridge may shrink."""
    design = np.column_stack([np.ones(len(source)), source - source.mean(0)])
    return displacement - design @ np.linalg.lstsq(design[talking], displacement[talking], rcond=None)[0]


def _neighbours(source: np.ndarray, talking: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Numbers ``(N, TAKEN)`` of the neighbours, and which of them are real."""
    pool = min(POOL, len(talking) - 1)
    _, found = cKDTree(source[talking]).query(source, k=pool + 1)
    near = talking[np.asarray(found).reshape(len(source), -1)]
    offsets = source[near] - source[:, None]
    oneself = near == np.arange(len(source))[:, None]
    octant = np.floor((np.arctan2(offsets[..., 1], offsets[..., 0]) / (np.pi / 4)) % 8).astype(int)
    # rank of each neighbour among those of its octant, nearest first (the query sorts them)
    rank = np.zeros(near.shape, int)
    for k in range(8):
        inside = (octant == k) & ~oneself
        rank = np.where(inside, np.cumsum(inside, axis=1) - 1, rank)
    # first those of rank below PER_OCTANT, nearest first, then the others, oneself never
    order_key = np.arange(near.shape[1]) + near.shape[1] * (rank >= PER_OCTANT) + 10 * near.shape[1] * oneself
    order = np.argsort(order_key, axis=1)[:, : min(TAKEN, pool)]
    chosen = np.take_along_axis(near, order, 1)
    return chosen, np.take_along_axis(~oneself, order, 1)


def _least_quantile(offsets: np.ndarray, moves: np.ndarray, ok: np.ndarray) -> np.ndarray:
    """Offsets, relative displacements ``(n, k, 2)`` of the neighbours -> predicted relative displacement ``(n,)``."""
    count, k = ok.shape
    if k < 4:
        return np.full(count, np.inf)
    rng = np.random.default_rng(12345)  # the same triplets each time: the result depends on the points alone
    triplets = np.stack([rng.permutation(k)[:3] for _ in range(TRIPLETS)])
    a, b, c = (offsets[:, triplets[:, j]] for j in range(3))
    ab, ac = b - a, c - a
    det = ab[..., 0] * ac[..., 1] - ab[..., 1] * ac[..., 0]
    size = np.hypot(ab[..., 0], ab[..., 1]) * np.hypot(ac[..., 0], ac[..., 1])
    usable = (np.abs(det) > 0.2 * size) & ok[:, triplets].all(-1)
    det = np.where(usable, det, 1.0)
    va, vb, vc = (moves[:, triplets[:, j]] for j in range(3))
    slope_x = ((vb - va) * ac[..., 1:] - (vc - va) * ab[..., 1:]) / det[..., None]
    slope_y = ((vc - va) * ab[..., :1] - (vb - va) * ac[..., :1]) / det[..., None]
    here = va - slope_x * a[..., :1] - slope_y * a[..., 1:]
    # and plain translations by each neighbour's displacement: for neighbours in line, and steadier where there is no
    # slope
    zeros = np.zeros_like(moves)
    here = np.concatenate([here, moves], 1)
    slope_x, slope_y = np.concatenate([slope_x, zeros], 1), np.concatenate([slope_y, zeros], 1)
    usable = np.concatenate([usable, ok], 1)
    cost = np.zeros((count, here.shape[1], k), np.float32)
    for axis in (0, 1):
        predicted = here[:, :, None, axis] + slope_x[:, :, None, axis] * offsets[:, None, :, 0]
        predicted += slope_y[:, :, None, axis] * offsets[:, None, :, 1]
        cost += (predicted - moves[:, None, :, axis]) ** 2
    cost[~np.broadcast_to(ok[:, None], cost.shape)] = np.inf
    quantile = max(int(np.ceil(0.4 * k)), min(4, k)) - 1
    quality = np.partition(cost, quantile, axis=2)[..., quantile]
    quality[~usable] = np.inf
    best = np.argmin(quality, axis=1)
    rows = np.arange(count)
    # the best hypothesis rests on three noisy points: average over the neighbours that follow it
    agreed = cost[rows, best] <= np.maximum(6.25 * quality[rows, best], 0.25)[:, None]
    here, slope_x, slope_y = here[rows, best], slope_x[rows, best], slope_y[rows, best]
    followed = here[:, None] + slope_x[:, None] * offsets[..., :1] + slope_y[:, None] * offsets[..., 1:]
    correction, _ = _least_squares(offsets, moves - followed, (agreed & ok).astype(float))
    predicted = here + np.where(np.isfinite(correction), correction, 0.0)
    return np.where(np.isfinite(quality[rows, best]), np.hypot(predicted[:, 0], predicted[:, 1]), np.inf)


def _least_squares(
    offsets: np.ndarray, moves: np.ndarray, weights: np.ndarray, bent: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """The relative displacement ``(n, 2)`` predicted at the point; the neighbours' misfit ``(n,)`` per axis, pixels.

    Distance-weighted affine, ``bent``: with square terms; the weights fall to a third at the mean distance; inf, nan
    where fewer than 3 neighbours count.
    """
    distance2 = (offsets**2).sum(-1)
    total = np.maximum(weights.sum(1), 1e-12)
    scale2 = np.maximum((weights * distance2).sum(1) / total, 1e-12)
    unit = offsets / np.sqrt(scale2)[:, None, None]
    w = weights / (0.5 + distance2 / scale2[:, None])
    terms = [np.ones((*w.shape, 1)), unit]
    if bent:
        terms += [unit**2, unit[..., :1] * unit[..., 1:]]
    design = np.concatenate(terms, -1)
    transposed = (design * w[..., None]).swapaxes(1, 2)
    ridge = np.array([1e-12, RIDGE, RIDGE] + [BEND_RIDGE] * (design.shape[2] - 3))
    normal = transposed @ design + np.eye(len(ridge)) * (ridge * (w.sum(1) + 1e-12)[:, None])[:, None]
    solution = np.linalg.solve(normal, transposed @ moves)
    rest = ((moves - design @ solution) ** 2).sum(-1)
    number = (weights > 0).sum(1)
    freedom = np.maximum(number - (5 if bent else 3), 1) / np.maximum(number, 1)
    misfit = np.sqrt((w * rest).sum(1) / np.maximum(w.sum(1), 1e-12) / 2 / freedom)
    enough = number >= 3
    return np.where(enough[:, None], solution[:, 0], np.inf), np.where(enough, misfit, np.nan)


def _split_where_torn(
    source: np.ndarray,
    displacement: np.ndarray,
    weights: np.ndarray,
    neighbours: np.ndarray,
    there: np.ndarray,
    residual: np.ndarray,
    spread: np.ndarray,
) -> None:
    """Where the neighbours contradict each other: the residual to the closest half of them that does not (in place)."""
    usual = np.nanmedian(spread) if np.isfinite(spread).any() else np.nan
    torn = np.flatnonzero(spread > SHARP * max(usual, 0.05))
    if not len(torn):
        return
    near = neighbours[torn]
    offsets = source[near] - source[torn, None]
    moves = displacement[near] - displacement[torn, None]
    best = residual[torn]
    for angle in np.arange(8) * np.pi / 4:
        side = offsets @ [np.cos(angle), np.sin(angle)] > 0
        half, misfit = _least_squares(offsets, moves, weights[near] * (there[torn] & side))
        sharp = (misfit <= SHARP * max(usual, 0.05)) & ((there[torn] & side).sum(1) >= 5)
        best = np.where(sharp, np.minimum(best, np.hypot(half[:, 0], half[:, 1])), best)
    residual[torn] = best
