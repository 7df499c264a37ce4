"""What the matchers of local features share: equal pixel sizes, distance to nodata, spread, mutual nearest
neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from .base import Matches, Patch

SAME_SAMPLING = 0.05  # ground sampling distances this close (ratio) are taken as equal: no detector notices 5 %
BLOCK = 2048  # rows of the similarity matrix held at a time: 2048 x 8000 float32 is 64 MB


def to_common_sampling(reference: Patch, target: Patch) -> tuple[Patch, Patch, np.ndarray, np.ndarray]:
    """Both patches at the coarser of their ground sampling distances, and the factors ``(x, y)`` that undo it.

    Multiplying pixel coordinates of a returned patch by its factor gives those of the patch that came in. Unknown (nan)
    or nearly equal sampling changes nothing. Features keep their place better when both sides see the same detail: the
    median error of AKAZE between 7 m and 10 m pixels falls from 0.31 to 0.05 px by this.
    """
    unit = np.ones(2)
    ratio = reference.gsd_m / target.gsd_m
    if not np.isfinite(ratio) or ratio <= 0 or abs(np.log(ratio)) < SAME_SAMPLING:
        return reference, target, unit, unit
    if ratio < 1:
        reference, factor = _shrink(reference, 1 / ratio)
        return reference, target, factor, unit
    target, factor = _shrink(target, ratio)
    return reference, target, unit, factor


def _shrink(patch: Patch, factor: float) -> tuple[Patch, np.ndarray]:
    """``patch`` with pixels about ``factor`` times as wide, averaged over valid pixels; the exact factors ``(x, y)``
    beside it.
    """
    height, width = patch.values.shape
    size = max(1, round(width / factor)), max(1, round(height / factor))
    weight = cv2.resize(patch.valid.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    values = cv2.resize(np.where(patch.valid, patch.values, 0).astype(np.float32), size, interpolation=cv2.INTER_AREA)
    valid = weight > 0.5
    values = np.where(valid, values / np.maximum(weight, 1e-6), 0).astype(np.float32)
    exact = np.array([width / size[0], height / size[1]])
    return Patch(values, valid, patch.gsd_m * float(np.sqrt(exact.prod()))), exact


def filled(patch: Patch) -> np.ndarray:
    """``patch.values`` float32 with what is not valid set to the mean of what is: the least edge that nodata can
    make.
    """
    if patch.valid.all():
        return np.clip(patch.values, 0, 1).astype(np.float32)
    mean = patch.values[patch.valid].mean() if patch.valid.any() else 0.0
    return np.clip(np.where(patch.valid, patch.values, mean), 0, 1).astype(np.float32)


def distance_to_nodata(valid: np.ndarray) -> np.ndarray:
    """For each pixel of ``valid`` (bool), pixels to the nearest that is not valid; infinite without any. The image's
    edge is none.
    """
    if valid.all():
        return np.full(valid.shape, np.inf, np.float32)
    return cv2.distanceTransform(valid.astype(np.uint8), cv2.DIST_L2, 5)


def at_pixels(image: np.ndarray, xy: np.ndarray) -> np.ndarray:
    """Values of ``image`` in the pixels that hold ``xy`` ``(N, 2)`` (frame of base.py), clamped to the image."""
    height, width = image.shape[:2]
    column = np.clip(np.floor(xy[:, 0]).astype(int), 0, width - 1)
    return image[np.clip(np.floor(xy[:, 1]).astype(int), 0, height - 1), column]


def spread(xy: np.ndarray, strength: np.ndarray, shape: tuple[int, int], limit: int, cells: int = 12) -> np.ndarray:
    """Indices of at most ``limit`` points, the strongest of each cell of a ``cells`` x ``cells`` raster first.

    All cells give their strongest point before any gives its second, and so on: a city does not take the places of the
    fields.
    """
    if len(xy) <= limit:
        return np.arange(len(xy))
    size = np.array([shape[1], shape[0]]) / cells
    column, row = np.clip((xy / size).astype(int), 0, cells - 1).T
    cell = row * cells + column
    order = np.lexsort((-strength, cell))
    sorted_cell = cell[order]
    first = np.r_[0, np.flatnonzero(np.diff(sorted_cell)) + 1]
    rank = np.arange(len(order)) - np.repeat(first, np.diff(np.r_[first, len(order)]))
    chosen = order[np.lexsort((-strength[order], rank))[:limit]]
    return np.sort(chosen)


@dataclass(frozen=True)
class Neighbours:
    """Mutual nearest neighbours: indices into both sets, their similarity, and the similarity of the second best (-1
    without).
    """

    reference: np.ndarray
    target: np.ndarray
    similarity: np.ndarray
    second: np.ndarray


def mutual_nearest(reference: np.ndarray, target: np.ndarray) -> Neighbours:
    """Pairs of descriptors, rows of unit length float32 ``(N, D)`` and ``(M, D)``, each of which is the other's most
    similar.

    Similarity is the dot product; the reference's rows are worked in blocks, so memory stays bounded.
    """
    n, m = len(reference), len(target)
    if n == 0 or m == 0:
        none = np.zeros(0, int)
        return Neighbours(none, none, np.zeros(0), np.zeros(0))
    best = np.empty(n, int)
    similarity, second = np.empty(n, np.float32), np.full(n, -1, np.float32)
    column_best, column_similarity = np.zeros(m, int), np.full(m, -np.inf, np.float32)
    for start in range(0, n, BLOCK):
        block = reference[start : start + BLOCK] @ target.T
        rows = np.arange(len(block))
        stop = start + len(block)
        best[start:stop] = block.argmax(1)
        similarity[start:stop] = block[rows, best[start:stop]]
        winner = block.argmax(0)
        better = block[winner, np.arange(m)] > column_similarity
        column_best[better] = winner[better] + start
        column_similarity[better] = block[winner, np.arange(m)][better]
        if m > 1:
            block[rows, best[start:stop]] = -np.inf
            second[start:stop] = block.max(1)
    mutual = np.flatnonzero(column_best[best] == np.arange(n))
    return Neighbours(mutual, best[mutual], similarity[mutual].astype(float), second[mutual].astype(float))


def probability(evidence: np.ndarray, centre: float, width: float) -> np.ndarray:
    """A score 0..1: the logistic curve that is 0.5 at ``centre`` and rises over ``width``.

    Each matcher's two numbers are read off the share of matches within 1 px of the truth on the training places of the
    season data (15 windows, snow and summer, displaced by 60, -35 px): rough, and between the two kinds of pair.
    """
    return 1 / (1 + np.exp(-(np.asarray(evidence, float) - centre) / width))


def one_per_place(matches: Matches, step_px: float = 0.5) -> Matches:
    """Of matches whose reference positions fall in one cell of ``step_px``, the best; order by row, then column."""
    if not len(matches):
        return matches
    cell = np.floor(matches.reference / step_px).astype(np.int64)
    order = np.lexsort((-matches.score, cell[:, 0], cell[:, 1]))
    keep = order[np.r_[True, (np.diff(cell[order], axis=0) != 0).any(1)]]
    return Matches(matches.reference[keep], matches.target[keep], matches.score[keep])
