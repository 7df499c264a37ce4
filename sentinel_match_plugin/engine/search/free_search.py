"""Where is the reference in the target, when nobody says? A rough affine from reduced images, for free.py to work out.

The largest set of matches that agrees on one similarity is the answer if it is large enough and its affine is one that
two satellite images can have. Quarter turns of the target are tried for matchers that do not stand rotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..errors import TransformationError
from ..events import Events
from ..frames.lattice import Mapping
from ..matchers.base import FreeMatcher, Matches, Patch
from ..points.filtering import consensus
from .patch_source import PatchSource, Window

GRID_PX = 8  # tiles start at multiples of this: LoFTR's raster of cells is then the same in overlapping tiles
OVERLAP = 1 / 8  # of a tile's side
ENOUGH_AGREE = 12  # two matches fit any similarity, five or six more come by chance among some thousand
AGREE_PX = 3.0  # of the reduced image
STRETCH = 1.5  # the most that the two axes of an affine may differ in scale
SCALES = (0.1, 10.0)
MAX_PAIRS = 64  # pairs of tiles that are tried when the overviews do not agree
UPRIGHT_DEG, UPRIGHT_SCALE = 5.0, 1.15  # little enough that every matcher stands it
LEAST_VALID = 0.02  # share of valid pixels below which a tile is passed over
SMALLEST_PX = 256  # an image is not reduced below this side to equal the other's pixel size


@dataclass(frozen=True)
class Motion:
    """Reference pixels -> target pixels by an affine: ``matrix`` ``(2, 3)``. Call it with ``(N, 2)``."""

    matrix: np.ndarray

    def __call__(self, xy: np.ndarray) -> np.ndarray:
        return np.asarray(xy, float) @ self.matrix[:, :2].T + self.matrix[:, 2]

    @property
    def scale(self) -> float:
        """Target pixels in a reference pixel, geometric mean of both axes."""
        return float(np.sqrt(abs(np.linalg.det(self.matrix[:, :2]))))

    @property
    def rotation_deg(self) -> float:
        """Degrees, counted from the x axis towards the y axis (clockwise on screen)."""
        (a, b), (c, d) = self.matrix[:, :2]
        return float(np.degrees(np.arctan2(c - b, a + d)))

    @property
    def plausible(self) -> bool:
        """Neither mirrored nor collapsed nor sheared more than two views of the ground can be."""
        small, large = np.sort(np.linalg.svd(self.matrix[:, :2], compute_uv=False))
        return bool(
            np.linalg.det(self.matrix[:, :2]) > 0
            and SCALES[0] < small
            and large < SCALES[1]
            and large < STRETCH * small
        )

    @property
    def upright(self) -> bool:
        """Little rotation and scale."""
        steep = abs(self.rotation_deg) > UPRIGHT_DEG
        return self.plausible and not steep and 1 / UPRIGHT_SCALE <= self.scale <= UPRIGHT_SCALE


@dataclass(frozen=True)
class Found:
    """What the search came to. ``motion`` None: nothing agrees, and ``matches`` are those of the overviews, unfiltered.

    ``error_px``: how far, in target pixels, content may be from where ``motion`` says. ``complete``: ``matches`` are
    already those of the whole images at full resolution.
    """

    motion: Motion | None
    error_px: float
    matches: Matches
    complete: bool = False


@dataclass(frozen=True)
class _Look:
    """A patch of an image: where it is, and how it was turned. Takes its pixels back to those of the image."""

    patch: Patch
    origin: tuple[int, int]
    decimation: float
    turns: int = 0

    def to_image(self, xy: np.ndarray) -> np.ndarray:
        height, width = self.patch.values.shape[:: -1 if self.turns % 2 else 1]  # before it was turned
        x, y = xy[:, 0], xy[:, 1]
        unturned = (
            xy,
            np.stack([width - y, x], -1),
            np.stack([width - x, height - y], -1),
            np.stack([y, height - x], -1),
        )
        return unturned[self.turns] * self.decimation + self.origin

    def turned(self, turns: int) -> _Look:
        """Turned counterclockwise by that many quarter turns."""
        values, valid = (np.ascontiguousarray(np.rot90(a, turns)) for a in (self.patch.values, self.patch.valid))
        return replace(self, patch=Patch(values, valid, self.patch.gsd_m), turns=turns)


def search(
    reference: PatchSource,
    target: PatchSource,
    matcher: FreeMatcher,
    events: Events,
    seed: int = 0,
    mapping: Mapping | None = None,
    margin_px: float = 0.0,
    thorough: bool = True,
) -> Found:
    """The affine from ``reference`` to ``target`` by matching them reduced to a tile each, then by pairs of finer
    tiles.

    With a ``mapping`` only what lies within ``margin_px`` target pixels of it counts. Not ``thorough``: no pairs of
    tiles, of which up to ``MAX_PAIRS`` are tried. Raises Cancelled.
    """
    side = matcher.tile_px
    reductions = _equal_sampling(
        reference, target, max(1.0, max(reference.shape) / side), max(1.0, max(target.shape) / side)
    )
    events.progress(0.0, "matching the overviews")
    looks = _look(reference, _whole(reference), reductions[0]), _look(target, _whole(target), reductions[1])
    turns = (0,) if mapping is not None or getattr(matcher, "any_rotation", False) else (0, 2, 1, 3)
    first = Matches.none()
    for turn in turns:
        events.check_cancelled()
        matches = _match(looks[0], looks[1].turned(turn), matcher, mapping, margin_px)
        first = matches if turn == 0 else first
        together = agreed(matches, AGREE_PX * reductions[1], seed)
        if together is not None:
            motion, count = together
            _say(events, motion, count, len(matches))
            upright = Motion(motion.matrix if not turn else _turned_matrix(motion.matrix, turn)).upright
            complete = max(reductions) == 1 and (upright or getattr(matcher, "any_rotation", False))
            return Found(motion, _error_px(reductions[1]), matches, complete)
    nothing = Found(None, float("nan"), first, complete=max(reductions) == 1)
    if nothing.complete or not thorough:
        return nothing
    with events.part(0.3, 1.0) as part:
        return _search_pairs(reference, target, matcher, part, seed, mapping, margin_px, reductions) or nothing


def _search_pairs(
    reference: PatchSource,
    target: PatchSource,
    matcher: FreeMatcher,
    events: Events,
    seed: int,
    mapping: Mapping | None,
    margin_px: float,
    reductions: tuple[float, float],
) -> Found | None:
    """Pairs of tiles, both images at twice the detail of the overviews, from the centre outwards."""
    finer = _equal_sampling(reference, target, max(1.0, reductions[0] / 2), max(1.0, reductions[1] / 2))
    pairs = _pairs(reference, target, matcher.tile_px, finer)
    tried = pairs[:MAX_PAIRS]
    events.info(
        f"The reduced images do not match; {len(tried)} of {len(pairs)} pairs of tiles are tried at twice the detail."
    )
    for number, (window, other) in enumerate(tried):
        events.check_cancelled()
        events.progress(number / len(tried), f"looking for the place, pair {number + 1} of {len(tried)}")
        looks = _look(reference, window, finer[0]), _look(target, other, finer[1])
        if min(look.patch.valid.mean() for look in looks) < LEAST_VALID:
            continue
        matches = _match(*looks, matcher, mapping, margin_px)
        together = agreed(matches, AGREE_PX * finer[1], seed)
        if together is not None:
            motion, count = together
            _say(events, motion, count, len(matches))
            return Found(motion, 4 * _error_px(finer[1]), matches)  # known well in one tile, extrapolated to all others
    events.info("No pair of tiles matches either.")
    return None


def local_motion(mapping: Mapping, window: Window) -> Motion | None:
    """``mapping`` near the centre of ``window`` as an affine; None where it is not defined."""
    centre = np.array([window[0] + window[2], window[1] + window[3]]) / 2
    at, along_x, along_y = mapping(centre + np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))
    linear = np.stack([along_x - at, along_y - at], -1)
    matrix = np.concatenate([linear, (at - linear @ centre)[:, None]], 1)
    return Motion(matrix) if np.isfinite(matrix).all() and abs(np.linalg.det(linear)) > 1e-6 else None


def tiles(shape: tuple[int, int], side: int) -> list[Window]:
    """Windows of at most ``side`` pixels that cover an image of ``shape``, overlapping by about an eighth, row by row.

    They start at multiples of GRID_PX and are spread evenly, so none is a sliver at the edge.
    """
    spans = []
    for length in shape:
        step = max(GRID_PX, int(side * (1 - OVERLAP)) - GRID_PX)
        count = 1 if length <= side else -(-(length - side) // step) + 1
        starts = [-(-round(i * (length - side) / max(count - 1, 1)) // GRID_PX) * GRID_PX for i in range(count)]
        spans.append([(start, min(length, start + side)) for start in starts])
    return [(x0, y0, x1, y1) for y0, y1 in spans[0] for x0, x1 in spans[1]]


def _match(reference: _Look, target: _Look, matcher: FreeMatcher, mapping: Mapping | None, margin_px: float) -> Matches:
    found = matcher.match(reference.patch, target.patch)
    matches = Matches(reference.to_image(found.reference), target.to_image(found.target), found.score)
    if mapping is None or not len(matches):
        return matches
    near = np.linalg.norm(mapping(matches.reference) - matches.target, axis=1) <= margin_px
    return Matches(matches.reference[near], matches.target[near], matches.score[near])


def agreed(matches: Matches, threshold_px: float, seed: int) -> tuple[Motion, int] | None:
    """The affine that most matches agree on, and how many; None if they are too few or it is not plausible."""
    if len(matches) < ENOUGH_AGREE:
        return None
    try:
        agree = consensus(matches.reference, matches.target, "similarity", threshold_px, seed)
    except TransformationError:
        return None  # all on one line or in one spot: no answer, which is what None says
    if agree.sum() < ENOUGH_AGREE:
        return None
    source = np.column_stack([matches.reference[agree], np.ones(agree.sum())])
    solution, _, rank, _ = np.linalg.lstsq(source, matches.target[agree], rcond=None)
    motion = Motion(solution.T)
    return (motion, int(agree.sum())) if rank == 3 and motion.plausible else None


def _turned_matrix(matrix: np.ndarray, turns: int) -> np.ndarray:
    """``matrix`` with its target turned counterclockwise by that many quarter turns (the offset is left as it is)."""
    quarter = np.array([[0.0, 1.0], [-1.0, 0.0]])
    return np.concatenate([np.linalg.matrix_power(quarter, turns) @ matrix[:, :2], matrix[:, 2:]], 1)


def _equal_sampling(reference: PatchSource, target: PatchSource, first: float, second: float) -> tuple[float, float]:
    """The two reductions, the smaller raised to the same ground sampling where that is known and leaves something to
    see.
    """
    ratio = reference.gsd_m / target.gsd_m
    if not np.isfinite(ratio):
        return first, second
    wanted = max(first, second / ratio), max(second, first * ratio)
    limits = [max(1.0, max(source.shape) / SMALLEST_PX) for source in (reference, target)]
    return max(first, min(wanted[0], limits[0])), max(second, min(wanted[1], limits[1]))


def _whole(source: PatchSource) -> Window:
    return 0, 0, source.shape[1], source.shape[0]


def _look(source: PatchSource, window: Window, decimation: float) -> _Look:
    return _Look(source.read(window, decimation), window[:2], decimation)


def _pairs(
    reference: PatchSource, target: PatchSource, side: int, reductions: tuple[float, float]
) -> list[tuple[Window, Window]]:
    """All pairs of tiles, those first that lie alike in their images and near the centre: the likeliest."""
    windows = [tiles(s.shape, int(side * r)) for s, r in zip((reference, target), reductions, strict=True)]

    def away(window: Window, source: PatchSource) -> np.ndarray:
        return (
            np.array([(window[0] + window[2]) / source.shape[1], (window[1] + window[3]) / source.shape[0]]) / 2 - 0.5
        )

    def unlikely() -> Iterator[tuple[float, Window, Window]]:
        for window in windows[0]:
            for other in windows[1]:
                a, b = away(window, reference), away(other, target)
                yield round(float(np.linalg.norm(a - b) + 0.5 * np.linalg.norm(a)), 6), window, other

    return [(window, other) for _, window, other in sorted(unlikely())]


def _error_px(decimation: float) -> float:
    """Margin around a motion found at ``decimation``: matches agree within AGREE_PX there, and relief or seams add to
    it.
    """
    return 2 * AGREE_PX * decimation + 16


def _say(events: Events, motion: Motion, count: int, total: int) -> None:
    events.info(
        f"The target was found: {count} of {total} matches agree on a rotation of {motion.rotation_deg:.1f} degrees "
        f"and {motion.scale:.3f} target pixels in a reference pixel."
    )
