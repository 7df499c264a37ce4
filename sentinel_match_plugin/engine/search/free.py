"""Free matching of images of any size: overlapping tiles, each matched with the part of the target that shows the same
ground.

A matcher sees a tile of a thousand pixels at most. Which part of the target belongs to a tile of the reference is
either known roughly (both are georeferenced, or already on one grid: ``mapping`` and ``margin_px``), or is found first
from reduced images (free_search.py). Then each tile of the reference is matched with its window of the target at full
resolution. Where the mapping turns or scales, the target is read through it, so that the matcher sees two upright tiles
of one pixel size whatever it can stand.

Memory holds two tiles and the matches. The order of everything is fixed, so equal seeds give equal results.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.spatial import cKDTree

from ..events import Events
from ..frames.lattice import Mapping
from ..matchers.base import BatchMatcher, FreeMatcher, Matches, Patch
from .free_search import LEAST_VALID, local_motion, search, tiles
from .patch_source import PatchSource, Window

MERGE_PX = 1.5  # matches this close in the reference are one place found twice


def match_free(
    reference: PatchSource,
    target: PatchSource,
    matcher: FreeMatcher,
    events: Events,
    seed: int = 0,
    mapping: Mapping | None = None,
    margin_px: float = 0.0,
    thorough: bool = True,
) -> Matches:
    """All matches of two images of any size, in pixels of each; places found in several tiles are merged.

    ``mapping`` takes reference pixels to the target pixels expected there (None: not known, it is searched), and
    ``margin_px`` is how far, in target pixels, the content may be from that. ``thorough`` as for ``search``. The
    matches are raw: what does not agree is for the caller to filter. Raises Cancelled between tiles.
    """
    if mapping is not None and margin_px <= matcher.tile_px / 4:
        return _by_tiles(reference, target, matcher, events, mapping, margin_px)
    with events.part(0.0, 0.3) as part:
        found = search(reference, target, matcher, part, seed, mapping, margin_px, thorough)
    if found.complete:
        return found.matches
    with events.part(0.3, 1.0) as part:
        if found.motion is not None:
            return _by_tiles(reference, target, matcher, part, found.motion, found.error_px)
        if mapping is not None:
            events.info("The shift was not found at a glance; each tile is searched for around its expected place.")
            return _by_tiles(reference, target, matcher, part, mapping, min(margin_px, matcher.tile_px / 2))
    return found.matches  # nothing agrees: what the matcher said of the overviews, for the caller to judge


def merge_duplicates(matches: Matches, radius_px: float = MERGE_PX) -> Matches:
    """Of matches within ``radius_px`` of one another in the reference, the one with the best score; order by row, then
    column.
    """
    if not len(matches):
        return matches
    order = np.lexsort((matches.reference[:, 0], matches.reference[:, 1], -matches.score))
    rank = np.empty(len(order), int)
    rank[order] = np.arange(len(order))
    pairs = cKDTree(matches.reference).query_pairs(radius_px, output_type="ndarray")
    better, worse = np.sort(rank[pairs], axis=1).T
    keep = np.ones(len(order), bool)
    sequence = np.lexsort((worse, better))
    for i, j in zip(better[sequence], worse[sequence], strict=True):  # by falling score: what is dropped drops nothing
        if keep[i]:
            keep[j] = False
    chosen = order[keep]
    chosen = chosen[np.lexsort((matches.reference[chosen, 0], matches.reference[chosen, 1]))]
    return Matches(matches.reference[chosen], matches.target[chosen], matches.score[chosen])


def join(pieces: Sequence[Matches]) -> Matches:
    """All matches in one."""
    if not pieces:
        return Matches.none()
    return Matches(
        np.concatenate([p.reference for p in pieces]),
        np.concatenate([p.target for p in pieces]),
        np.concatenate([p.score for p in pieces]),
    )


def _by_tiles(
    reference: PatchSource,
    target: PatchSource,
    matcher: FreeMatcher,
    events: Events,
    mapping: Mapping,
    margin_px: float,
) -> Matches:
    """Each tile of the reference with its window of the target."""
    room = matcher.tile_px - 2 * int(np.ceil(margin_px))  # then the window of the target is a tile, margins included
    windows = tiles(reference.shape, max(matcher.tile_px // 2, room))
    at_once = matcher.batch if isinstance(matcher, BatchMatcher) else 1
    pieces: list[Matches] = []
    for number in range(0, len(windows), at_once):
        events.check_cancelled()
        events.progress(number / len(windows), f"matching tile {number + 1} of {len(windows)}")
        group = [
            _tile_pair(reference, target, window, mapping, margin_px) for window in windows[number : number + at_once]
        ]
        pairs = [pair for pair in group if pair is not None]
        patches = [(pair.reference, pair.target) for pair in pairs]
        if isinstance(matcher, BatchMatcher):
            answers = matcher.match_many(patches)
        else:
            answers = [matcher.match(*pair) for pair in patches]
        pieces.extend(pair.placed(found) for pair, found in zip(pairs, answers, strict=True))
    events.progress(1.0)
    return merge_duplicates(join(pieces))


@dataclass(frozen=True)
class _TilePair:
    """A tile of the reference and its window of the target: ``corner`` and ``other_corner`` are their first pixels, the
    latter on the reference's grid where the target was read through ``mapping``.
    """

    reference: Patch
    target: Patch
    corner: np.ndarray
    other_corner: np.ndarray
    mapping: Mapping | None

    def placed(self, found: Matches) -> Matches:
        """``found`` in pixels of both images."""
        positions = found.target + self.other_corner
        if self.mapping is not None:
            positions = self.mapping(positions)
        return Matches(found.reference + self.corner, positions, found.score)


def _tile_pair(
    reference: PatchSource, target: PatchSource, window: Window, mapping: Mapping, margin_px: float
) -> _TilePair | None:
    """What is to be matched for a tile; None where one of both shows next to nothing."""
    x0, y0, x1, y1 = window
    here = local_motion(mapping, window)
    patch = reference.read(window)
    if here is None or patch.valid.mean() < LEAST_VALID:
        return None
    if here.upright:
        edge = mapping(np.array([[x, y] for x in np.linspace(x0, x1, 3) for y in np.linspace(y0, y1, 3)]))
        low = np.maximum(np.floor(np.nanmin(edge, 0) - margin_px), 0).astype(int)
        high = np.minimum(np.ceil(np.nanmax(edge, 0) + margin_px), target.shape[::-1]).astype(int)
        if (high - low < 1).any():
            return None
        other = target.read((int(low[0]), int(low[1]), int(high[0]), int(high[1])))
    else:
        around = int(np.ceil(margin_px / here.scale))
        low = np.array([x0 - around, y0 - around])
        other = target.read((x0 - around, y0 - around, x1 + around, y1 + around), 1.0, mapping)
        other = replace(other, gsd_m=patch.gsd_m)  # read through the mapping, its pixels are as wide as the reference's
    if other.valid.mean() < LEAST_VALID:
        return None
    return _TilePair(patch, other, np.array([x0, y0]), low, None if here.upright else mapping)
