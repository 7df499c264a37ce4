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
CHUNK = 512  # points at once: what is computed of them fits into the processor's cache


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
    triplets = _triplets(neighbours.shape[1])
    # made once: the memory of so large an array costs as much as what is computed in it
    room = np.empty((CHUNK, 2, len(triplets) + neighbours.shape[1], neighbours.shape[1]) if robust else 0)
    for start in range(0, len(source), CHUNK):
        part = slice(start, min(start + CHUNK, len(source)))
        near, ok = neighbours[part], there[part]
        offsets = source[near] - source[part, None]
        moves = displacement[near] - displacement[part, None]
        if robust:
            residual[part] = _least_quantile(offsets, moves, ok, triplets, room)
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
    # how many of each octant there are so far, nearest first (the query sorts them): a byte of one number for each
    byte = 8 * _octant(offsets)
    seen = np.cumsum((~oneself).astype(np.uint64) << byte, axis=1)
    rank = (seen >> byte) & np.uint64(255)
    # first the nearest PER_OCTANT of each octant, nearest first, then the others, oneself never
    order_key = np.arange(near.shape[1]) + near.shape[1] * (rank > PER_OCTANT) + 10 * near.shape[1] * oneself
    order = np.argsort(order_key, axis=1)[:, : min(TAKEN, pool)]
    chosen = np.take_along_axis(near, order, 1)
    return chosen, np.take_along_axis(~oneself, order, 1)


def _octant(offsets: np.ndarray) -> np.ndarray:
    """The eighth of the circle, 0 to 7 from the x axis towards y, that each of ``offsets`` ``(..., 2)`` points into."""
    x, y = offsets[..., 0], offsets[..., 1]
    lower = (y < 0) | ((y == 0) & (x < 0))
    x, y = np.where(lower, -x, x), np.where(lower, -y, y)
    left = x <= 0
    x, y = np.where(left, y, x), np.where(left, -x, y)
    return np.uint64(4) * lower + np.uint64(2) * left + (y >= x)


def _triplets(k: int) -> np.ndarray:
    """The hypotheses ``(TRIPLETS, 3)``: three of ``k`` neighbours each."""
    rng = np.random.default_rng(12345)  # the same triplets each time: the result depends on the points alone
    return np.stack([rng.permutation(k)[:3] for _ in range(TRIPLETS)])


def _least_quantile(
    offsets: np.ndarray, moves: np.ndarray, ok: np.ndarray, triplets: np.ndarray, room: np.ndarray
) -> np.ndarray:
    """Offsets, relative displacements ``(n, k, 2)`` of the neighbours -> predicted relative displacement ``(n,)``.

    ``room`` ``(n or more, 2, triplets + k, k)`` to compute in.
    """
    count, k = ok.shape
    if k < 4:
        return np.full(count, np.inf)
    x, y, move = offsets[..., 0], offsets[..., 1], moves @ [1, 1j]
    (ax, bx, cx), (ay, by, cy), (va, vb, vc) = (v[:, triplets.T].swapaxes(0, 1) for v in (x, y, move))
    abx, aby, acx, acy = bx - ax, by - ay, cx - ax, cy - ay
    det = abx * acy - aby * acx
    usable = (det**2 > 0.2**2 * (abx**2 + aby**2) * (acx**2 + acy**2)) & ok[:, triplets].all(-1)
    det = np.where(usable, det, 1.0)
    slope_x = ((vb - va) * acy - (vc - va) * aby) / det
    slope_y = ((vc - va) * abx - (vb - va) * acx) / det
    here = va - slope_x * ax - slope_y * ay
    # and plain translations by each neighbour's displacement: for neighbours in line, and steadier where there is no
    # slope
    motions = np.zeros((count, 2, len(triplets) + k, 3))  # along x and y: here, slope_x, slope_y
    for column, value in enumerate((here, slope_x, slope_y)):
        motions[:, 0, : len(triplets), column], motions[:, 1, : len(triplets), column] = value.real, value.imag
    motions[:, :, len(triplets) :, 0] = moves.swapaxes(1, 2)
    usable = np.concatenate([usable, ok], 1)
    place = np.stack([np.ones((count, k)), x, y], 1)
    miss = np.matmul(motions, place[:, None], out=room[:count])
    miss -= np.ascontiguousarray(moves.swapaxes(1, 2))[:, :, None]
    miss *= miss
    cost = np.add(miss[:, 0], miss[:, 1], out=miss[:, 0]).astype(np.float32)
    cost[~np.broadcast_to(ok[:, None], cost.shape)] = np.inf
    quantile = max(int(np.ceil(0.4 * k)), min(4, k)) - 1
    quality = np.partition(cost, quantile, axis=2)[..., quantile]
    quality[~usable] = np.inf
    best = np.argmin(quality, axis=1)
    rows = np.arange(count)
    # the best hypothesis rests on three noisy points: average over the neighbours that follow it
    agreed = cost[rows, best] <= np.maximum(6.25 * quality[rows, best], 0.25)[:, None]
    followed = (motions[rows, :, best] @ place).swapaxes(1, 2)
    correction, _ = _least_squares(offsets, moves - followed, (agreed & ok).astype(float))
    predicted = motions[rows, :, best, 0] + np.where(np.isfinite(correction), correction, 0.0)
    return np.where(np.isfinite(quality[rows, best]), np.hypot(predicted[:, 0], predicted[:, 1]), np.inf)


def _least_squares(
    offsets: np.ndarray, moves: np.ndarray, weights: np.ndarray, bent: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """The relative displacement ``(n, 2)`` predicted at the point; the neighbours' misfit ``(n,)`` per axis, pixels.

    Distance-weighted affine, ``bent``: with square terms; the weights fall to a third at the mean distance; inf, nan
    where fewer than 3 neighbours count.
    """
    distance2 = np.einsum("nkd,nkd->nk", offsets, offsets)
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
    rest = moves - design @ solution
    number = (weights > 0).sum(1)
    freedom = np.maximum(number - (5 if bent else 3), 1) / np.maximum(number, 1)
    misfit = np.sqrt(np.einsum("nk,nkd,nkd->n", w, rest, rest) / np.maximum(w.sum(1), 1e-12) / 2 / freedom)
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
