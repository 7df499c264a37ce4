"""Which places of two images are one, by the known truth: what matchers of points and of cells learn from.

Two places are a pair if each is the other's nearest on the ground and they lie close together; a place that has none of
the other image's anywhere near it has no partner. What lies between is neither, and teaches nothing: a detector that is
two pixels off should not be told that it found something else (Sarlin et al., "SuperGlue", CVPR 2020, appendix).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree


@dataclass(frozen=True)
class Assignment:
    """``pairs`` int ``(K, 2)``: indices in the reference and in the target; ``lone_reference`` and ``lone_target`` int
    ``(N,)``: those without a partner.
    """

    pairs: np.ndarray
    lone_reference: np.ndarray
    lone_target: np.ndarray


def assignment(
    reference_xy: np.ndarray, target_on_reference: np.ndarray, within_px: float = 3.0, beyond_px: float = 5.0
) -> Assignment:
    """Who belongs to whom of places ``(M, 2)`` of the reference and places ``(N, 2)`` of the target, the latter given
    by where the reference shows them, NaN where it does not; pixels of the reference.

    Pairs are mutual nearest neighbours within ``within_px``; nothing of the other image lies within ``beyond_px`` of
    what is alone.
    """
    seen = np.flatnonzero(np.isfinite(target_on_reference).all(-1))
    shown = target_on_reference[seen]
    if not len(seen) or not len(reference_xy):
        return Assignment(np.zeros((0, 2), int), np.arange(len(reference_xy)), np.arange(len(target_on_reference)))
    distance, nearest = KDTree(shown).query(reference_xy)
    back_distance, back_nearest = KDTree(reference_xy).query(shown)
    mutual = (back_nearest[nearest] == np.arange(len(reference_xy))) & (distance < within_px)
    first = np.flatnonzero(mutual)
    unseen = np.setdiff1d(np.arange(len(target_on_reference)), seen)
    return Assignment(
        pairs=np.stack([first, seen[nearest[first]]], 1),
        lone_reference=np.flatnonzero(distance > beyond_px),
        lone_target=np.union1d(unseen, seen[back_distance > beyond_px]),
    )
