"""Blocks of neighbouring points, to hold out together: neighbours share texture, their errors are alike."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.spatial import ConvexHull, QhullError, cKDTree

# A block is some 4 x 4 points: wider than the windows of two neighbouring tie points overlap (their errors are alike),
# and not wider, or held-out points would lie much further from the others than a pixel lies from its tie points.
POINTS_ACROSS = 4
MINIMUM_BLOCKS = 10
# Points held out one by one: so many reaches apart from each other, so that the gaps that are left out do not merge
APART = 2.5
HELD_OUT, ROUNDS = 200, (2, 8)  # points wanted in all, least and most rounds


def mean_spacing(points: np.ndarray) -> float:
    """Side of the square that each point has for itself within their convex hull, pixels."""
    if len(points) < 2:
        return 1.0
    try:
        area = float(ConvexHull(points).volume) if len(points) > 3 else 0.0
    except QhullError:
        area = 0.0
    length = float(np.hypot(*np.ptp(points, axis=0)))
    return max(np.sqrt(area / len(points)), length / len(points) / 4, 1e-9)


def spatial_blocks(
    points: np.ndarray, seed: int = 0, points_across: int = POINTS_ACROSS, least_px: float = 0.0
) -> np.ndarray:
    """The block number ``(N,)`` from 0 of each point: square cells ``points_across`` mean spacings wide.

    At least ``least_px``. The cells lie at a random offset. Smaller cells where that gives fewer than
    ``MINIMUM_BLOCKS``; with fewer than twice as many points, each is its own block.
    """
    count = len(points)
    if count < 2 * MINIMUM_BLOCKS:
        return np.arange(count)
    offset = np.random.default_rng(seed).random(2)
    side = max(points_across * mean_spacing(points), least_px)
    while True:
        cells = np.floor((points - points.min(0)) / side + offset).astype(np.int64)
        _, blocks = np.unique(cells[:, 0] * (cells[:, 1].max() + 1) + cells[:, 1], return_inverse=True)
        if blocks.max() + 1 >= MINIMUM_BLOCKS:
            return blocks
        side *= 0.8
        if side < 1e-6 * (np.ptp(points, axis=0).max() + 1e-9):  # duplicates of a few spots: no block can be made
            return np.arange(count)


def make_folds(blocks: np.ndarray, folds: int, seed: int = 0) -> np.ndarray:
    """The fold ``(N,)`` of each point: whole blocks, dealt at random into folds of about the same size."""
    sizes = np.bincount(blocks)
    order = np.random.default_rng(seed).permutation(len(sizes))
    order = order[np.argsort(-sizes[order], kind="stable")]  # the large ones first, each to the emptiest fold
    loads = np.zeros(min(folds, len(sizes)))
    fold_of_block = np.empty(len(sizes), int)
    for block in order:
        fold_of_block[block] = int(np.argmin(loads))
        loads[fold_of_block[block]] += sizes[block]
    return fold_of_block[blocks]


def held_out_apart(points: np.ndarray, shared_px: float, seed: int = 1) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rounds of points to hold out: their numbers, and a mask ``(N,)`` of those that may be fitted to.

    These lie further than ``shared_px`` (at least a mean spacing) from any that is held out: nearer ones share part of
    its error. Held-out points are spread at random, each point at most once before all have been.
    """
    reach = max(shared_px, 1.01 * mean_spacing(points))
    rng = np.random.default_rng(seed)
    tree = cKDTree(points)
    used = np.zeros(len(points))
    rounds = ROUNDS[1]
    number = 0
    while number < rounds:
        free = np.ones(len(points), bool)
        held = []
        for index in np.argsort(used + 0.5 * rng.random(len(points))):
            if free[index]:
                held.append(index)
                free[tree.query_ball_point(points[index], APART * reach)] = False
        out = np.array(held)
        used[out] = 1
        distance, _ = cKDTree(points[out]).query(points)
        yield out, distance > reach
        number += 1
        rounds = int(np.clip(np.ceil(HELD_OUT / len(out)), *ROUNDS))
