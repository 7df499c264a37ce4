"""Guided matching: from a coarse look at everything to sub-pixel tie points, each level starting where the last ended.

1. *Coarse look* (coarse.py): roughly how the whole target lies on the whole reference.
2. *Support*: windows that share no pixel are looked for around that answer, each
   on its own. Windows of unrelated images land anywhere; how many agree on one similarity says whether there is a
   match at all. (An affine motion would let forest that repeats every few pixels shear the image: one of 150 right
   pairs was 4 px off and believed.) Nothing later could say it, because from here on each step looks only where the
   last one pointed.
3. *Levels*: at each finer level the target is read through the motion known so far, windows around a lattice of
   points are compared within a few pixels, and the motion is fitted anew (steering.py).
4. *Tie points*: at full resolution, looked for twice: first as many as steer, then all, at the spacing asked for,
   around the motion that the first found, which leaves almost nothing to be displaced inside a window. The second time
   each is looked for backwards too.

All coordinates are pixels of the working grid (grid.py). A *motion* maps grid pixels to the grid pixels where the
target shows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import uniform_filter
from scipy.stats import binom
from torch import Tensor

from .coarse import look_coarsely
from .errors import TransformationError
from .events import Events
from .filtering import consensus
from .grid import View
from .lattice import Mapping
from .matchers.base import Found, GuidedMatcher, Matches, Patch
from .matchers.windows import MINIMUM_VALID
from .parallel import in_parallel
from .score import at_first_sight, looked_back
from .sheet import Sheet
from .steering import MINIMUM_POINTS, steered
from .transforms import fit

SUPPORT_WINDOW_PX, SUPPORT_RADIUS_PX, SUPPORT_AGREE_PX = 32, 12, 2.5
SUPPORT_WINDOWS = 400  # at most
# Where so many windows fit in, they are looked for at half the resolution even if the coarse look needed none: there a
# window shows four times the ground. Of 24 right pairs of 256 x 256 and 256 x 384 px the share that agrees was .22 to
# 1 at full resolution (2 not believed, 1 believed and 4 px off), .5 to 1 at half.
SUPPORT_ENOUGH = 16
WINDOW_PX = 64
# A point that is less likely to be right than this is looked for once more in a window of twice the side, which reaches
# for the nearest texture: of such points of winter/summer training pairs .6 were right to a pixel, .8 are then.
WEAK, WIDE = 0.9, 2
LEVEL_RADIUS_PX = 5
FINAL_RADIUS_PX = 3
# At most so many, and at least so far apart (pixels of the level, a quarter of a window), are the points that steer.
POINTS_PER_LEVEL, FINEST_STEERING_PX = 1500, 16.0
POINTS_AT_LAST = 6000  # the same before the last look, which sees what bends within half of their spacing
TILE_PX = 1024  # side of the pieces that one level is worked in
MARGIN_PX = 16  # around a piece, beyond windows and search: what gradients and masks touch
# The same around a single point on a sheet. The magnitude channel, which compares with 24 px around, sees the
# neighbouring cell in the outermost pixels of a window, where its weight is small.
SHEET_MARGIN_PX = 8
# Of the time, after the coarse look, the support, the levels and the first look at tie points; 10980 x 10980 px.
DONE = (0.07, 0.12, 0.36, 0.48)
AT_ONCE = 700  # points looked for between two looks at whether the job was cancelled
BACK_CHECK_PX = 1.0
LIKELY_CHANCE = 1e-4  # a match that could be an accident more often than this is none
SURE_ENOUGH = 0.7  # a match that is less likely to be right than this is none: water, bare snow, cloud


@dataclass(frozen=True)
class Sighted:
    """What one level saw.

    ``matches`` in grid pixels, the score being the probability of being right to a pixel of the level; ``window_px``
    ``(N,)`` the side of the window in which each was seen, grid pixels; ``looked``: for how many points there was
    something to look at, at least half of the window being valid in both images. The others say nothing for or against
    a match.
    """

    matches: Matches
    window_px: np.ndarray
    looked: int


@dataclass(frozen=True)
class Support:
    """How many windows that share no pixel were looked for, and how many of them agree on one similarity.

    Training places: of 18 right pairs of 42 windows (winter or summer against summer, conditions c, d, e) at least .55
    agree, of 16 right pairs of 16 and 24 windows at least .56, of 24 pairs of different places at most a seventh of 26
    windows and more, a fifth of 16. ``rival``: how well the next best shift of the coarse
    look fits, as a share of the best. Right real pairs have .1 to .5; patterns that repeat, where all windows agree on
    the wrong period, .83 and more.
    """

    windows: int
    agreeing: int
    rival: float = 0.0

    @property
    def share(self) -> float:
        """Of the windows, those that agree."""
        return self.agreeing / self.windows if self.windows else 0.0

    @property
    def chance(self) -> float:
        """Probability that so many agree by accident.

        A window of an unrelated image lands within ``SUPPORT_AGREE_PX`` of a prediction with probability
        ``(2 a + 1)^2 / (2 r + 1)^2``; two windows fit any similarity, so they do not count, and the best of many
        pairs is taken (here: ten independent ones, for which the wrong pairs measured have chances of 0.1 and more).
        """
        return self._chance_of(self.agreeing)

    @property
    def enough(self) -> bool:
        """Whether so few windows could tell a match from an accident at all, if every one of them agreed."""
        return self._chance_of(self.windows) <= LIKELY_CHANCE

    def _chance_of(self, agreeing: int) -> float:
        alone = ((2 * SUPPORT_AGREE_PX + 1) / (2 * SUPPORT_RADIUS_PX + 1)) ** 2
        return float(min(1.0, 10 * binom.sf(agreeing - 3, max(self.windows - 2, 1), alone)))


def match_guided(
    reference: View, target: View, matcher: GuidedMatcher, max_shift_px: float, spacing_px: float, events: Events
) -> tuple[Matches, Support]:
    """Tie points between two views of one working grid, about ``spacing_px`` apart, and what supports them.

    ``max_shift_px`` how far the target may be displaced. Result in grid pixels; ``score`` is a calibrated probability
    (score.py). Points that could not be found are left out; nothing at all is an answer too.
    """
    with events.part(0.0, DONE[0]) as stage:
        coarse = look_coarsely(reference, target, matcher, max_shift_px, stage)
    if coarse is None:
        events.info("The reference has too few valid pixels to look for.")
        return Matches.none(), Support(0, 0)
    events.info(coarse.sentence)
    decimation = _support_decimation(reference.shape, coarse.decimation)
    with events.part(DONE[0], DONE[1]) as stage:
        motion, support = supported(reference, target, matcher, coarse.motion, decimation, stage)
    support = replace(support, rival=coarse.rival)
    events.info(f"Support: {support.agreeing} of {support.windows} separate windows agree on one motion.")
    if motion is None or support.chance > LIKELY_CHANCE:
        return Matches.none(), support
    levels = [2**k for k in range(decimation.bit_length() - 1, -1, -1)]
    # The support is a similarity: what bends is first seen at the coarsest level, from too far away to be seen well at
    # once.
    levels = [levels[0], *levels]
    for number, decimation in enumerate(levels):
        start, each = DONE[1], (DONE[2] - DONE[1]) / len(levels)
        with events.part(start + each * number, start + each * (number + 1)) as stage:
            found = _refined(reference, target, matcher, motion, decimation, stage)
        if found is None:
            events.info(f"No agreement between neighbouring points at 1/{decimation} of the resolution.")
            return Matches.none(), support
        motion = found
    steering = _level_points(reference.shape, 1, POINTS_AT_LAST, spacing_px)
    with events.part(DONE[2], DONE[3]) as stage:
        first = _find(reference, target, matcher, motion, steering, 1, FINAL_RADIUS_PX + 1, stage, "tie points")
    better = steered(first.matches, motion, first.window_px, 1) or motion
    points = lattice(reference.shape, spacing_px)
    with events.part(DONE[3], 1.0) as stage:
        radius = FINAL_RADIUS_PX
        last = _find(reference, target, matcher, better, points, 1, radius, stage, "tie points", both_ways=True)
    return last.matches[last.matches.score >= SURE_ENOUGH], support


def supported(
    reference: View, target: View, matcher: GuidedMatcher, motion: Mapping, decimation: int, events: Events
) -> tuple[Mapping | None, Support]:
    """The similarity that most of separate windows agree on (None: there is none), and how many those are."""
    height, width = reference.shape
    spacing = max(SUPPORT_WINDOW_PX * decimation, np.sqrt(height * width / SUPPORT_WINDOWS))
    points = lattice(reference.shape, float(spacing))
    sighted = _find(
        reference,
        target,
        matcher,
        motion,
        points,
        decimation,
        SUPPORT_RADIUS_PX,
        events,
        "support",
        window=SUPPORT_WINDOW_PX,
    )
    matches, looked = sighted.matches, sighted.looked
    if len(matches) < MINIMUM_POINTS:
        return None, Support(looked, 0)
    agree = consensus(matches.reference, matches.target, "similarity", SUPPORT_AGREE_PX * decimation)
    support = Support(looked, int(agree.sum()))
    try:
        return fit("similarity", matches.reference[agree], matches.target[agree], matches.score[agree]), support
    except TransformationError:
        return None, support


def _level_points(shape: tuple[int, int], decimation: int, most: int, least_px: float = 0.0) -> np.ndarray:
    """Points to steer by at a level: as dense as its windows tell apart, not closer than ``least_px`` of its pixels,
    and no more than about ``most``.
    """
    height, width = shape
    apart = np.sqrt(height * width / decimation**2 / most)
    return lattice(shape, float(max(apart, least_px, FINEST_STEERING_PX)) * decimation)


def _support_decimation(shape: tuple[int, int], coarse: int) -> int:
    """One level finer than the coarse look, but half the resolution where the image is large enough for that."""
    side = 2 * SUPPORT_WINDOW_PX
    return max(coarse // 2, 2 if (shape[0] // side) * (shape[1] // side) >= SUPPORT_ENOUGH else 1)


def lattice(shape: tuple[int, int], spacing: float) -> np.ndarray:
    """Points ``(N, 2)`` about ``spacing`` pixels apart, centred in an image of ``shape`` (height, width)."""
    height, width = shape
    axes = []
    for length in (width, height):
        count = max(1, int(length // spacing))
        axes.append((length - (count - 1) * spacing) / 2 + spacing * np.arange(count))
    return np.stack(np.meshgrid(*axes), -1).reshape(-1, 2)


def _refined(
    reference: View,
    target: View,
    matcher: GuidedMatcher,
    motion: Mapping,
    decimation: int,
    events: Events,
) -> Mapping | None:
    """The motion after one level; None where the neighbours do not agree."""
    points = _level_points(reference.shape, decimation, POINTS_PER_LEVEL)
    stage = f"level 1/{decimation}"
    seen = _find(reference, target, matcher, motion, points, decimation, LEVEL_RADIUS_PX, events, stage)
    return steered(seen.matches, motion, seen.window_px, decimation)


def _find(
    reference: View,
    target: View,
    matcher: GuidedMatcher,
    motion: Mapping,
    points: np.ndarray,
    decimation: int,
    radius: int,
    events: Events,
    stage: str,
    both_ways: bool = False,
    window: int = WINDOW_PX,
) -> Sighted:
    """Look for ``points`` (grid pixels) at one level, piece by piece; targets in grid pixels, motion included.

    Tie points' windows (``WINDOW_PX``) are widened where they show too little.
    """
    windows = (window, WIDE * window) if window == WINDOW_PX else (window,)
    pieces = []
    for core, around in _pieces(reference.shape, decimation, max(windows) // 2 + radius + MARGIN_PX):
        here = ((points >= core[:2]) & (points < core[2:])).all(-1)
        if here.any():
            pieces.append((points[here], around))

    def look(job: tuple[np.ndarray, tuple[int, int, int, int]]) -> tuple[Matches, np.ndarray, int]:
        events.check_cancelled()
        inside, around = job
        piece = _Piece(reference, target, matcher, motion, decimation, around, radius, events)
        return _look(piece, inside, windows, both_ways)

    found, sides, looked = [Matches.none()], [np.zeros(0)], 0
    for number, (matches, side, seen) in enumerate(in_parallel(look, pieces)):
        found.append(matches)
        sides.append(side)
        looked += seen
        events.check_cancelled()
        events.progress((number + 1) / len(pieces), stage)
    names = ("reference", "target", "score")
    joined = Matches(*(np.concatenate([getattr(m, name) for m in found]) for name in names))
    return Sighted(joined, np.concatenate(sides), looked)


@dataclass
class _Piece:
    """A piece of one level, of both images, described as far as it is looked at.

    ``window`` (x0, y0, x1, y1) grid pixels, margins included.
    """

    reference: View
    target: View
    matcher: GuidedMatcher
    motion: Mapping
    decimation: int
    window: tuple[int, int, int, int]
    radius: int
    events: Events
    _whole: _Described | None = None

    def local(self, points: np.ndarray) -> np.ndarray:
        """Grid pixels ``(N, 2)`` in pixels of the level from the piece's corner."""
        return (points - self.window[:2]) / self.decimation

    def on_grid(self, local: np.ndarray) -> np.ndarray:
        """The way back."""
        return local * self.decimation + self.window[:2]

    def around(self, local: np.ndarray, window_px: int, both_ways: bool) -> tuple[_Described | None, np.ndarray]:
        """Descriptions that hold the surroundings of ``local`` ``(N, 2)``, None where one image has no valid pixel,
        and ``(N, 2)`` what to add to find each there: of the whole piece, or of a contact sheet where that is smaller.
        """
        side = window_px + (4 if both_ways else 2) * self.radius + 2 * SHEET_MARGIN_PX
        width, height = (b - a for a, b in zip(self.window[:2], self.window[2:], strict=True))
        if self._whole is None and len(local) * side**2 < width * height / self.decimation**2:
            sheet = Sheet.around(local, side)
            return self._described(sheet), sheet.shift
        if self._whole is None:
            self._whole = self._described(None)
        return self._whole, np.zeros((len(local), 2), int)

    def _described(self, sheet: Sheet | None) -> _Described | None:
        patches: list[Patch] = []
        described: list[Tensor] = []
        for view, displaced in ((self.reference, None), (self.target, self.motion)):
            if sheet is None:
                patches.append(view.read(self.window, self.decimation, displaced))
            else:
                patches.append(view.read_sheet(self.window[:2], sheet, self.decimation, displaced))
            if not patches[-1].valid.any():
                return None
            self.events.check_cancelled()
            described.append(self.matcher.describe(patches[-1]))
            self.events.check_cancelled()
        return _Described(described[0], described[1], patches[0].valid & patches[1].valid)

    def find(self, first: Tensor, second: Tensor, points: np.ndarray, window_px: int) -> Found:
        """``GuidedMatcher.find``, asking now and then whether to go on."""
        parts = [Found.nothing()]
        for start in range(0, len(points), AT_ONCE):
            self.events.check_cancelled()
            found = self.matcher.find(first, second, points[start : start + AT_ONCE], window_px, self.radius)
            parts.append(replace(found, index=found.index + start))
        return Found.joined(parts)


@dataclass(frozen=True)
class _Described:
    """Descriptions of the reference and the target, and where both are valid."""

    reference: Tensor
    target: Tensor
    valid: np.ndarray


def _look(
    piece: _Piece,
    points: np.ndarray,
    windows: tuple[int, ...],
    both_ways: bool,
) -> tuple[Matches, np.ndarray, int]:
    """What is found of ``points`` (grid pixels) in one piece, each at most once; the sides ``(N,)`` of their windows,
    grid pixels; and for how many there was something to look at.
    """
    local = piece.local(points)
    best = Found.nothing()
    score, side = np.zeros(0), np.zeros(0)
    sure = np.zeros(len(local))
    looked = 0
    for window in windows:
        asked = np.flatnonzero(sure < WEAK)
        if not len(asked):
            break
        described, moved = piece.around(local[asked], window, both_ways)
        if described is None:
            break
        there = local[asked] + moved
        if window == windows[0]:
            looked = _count_valid(described.valid, there, window)
        new = piece.find(described.reference, described.target, there, window)
        if both_ways:
            seen_at = there[new.index] + new.shift
            back = piece.find(described.target, described.reference, seen_at, window)
            new = new[back.index]
            miss_px = np.hypot(*(new.shift + back.shift).T)
            likely = looked_back(new.confidence, back.confidence, miss_px)
            kept = miss_px <= BACK_CHECK_PX
            new, likely = new[kept], likely[kept]
        else:
            likely = at_first_sight(new.confidence)
        new = Found(asked[new.index], new.place - moved[new.index], new.shift, new.confidence)
        better = likely > sure[new.index]
        new, likely = new[better], likely[better]
        sure[new.index] = likely
        older = ~np.isin(best.index, new.index)
        best = Found.joined([best[older], new])
        score = np.concatenate([score[older], likely])
        side = np.concatenate([side[older], np.full(len(new), float(window))])
    seen_at = piece.motion(piece.on_grid(best.place + best.shift))
    matches = Matches(piece.on_grid(best.place), seen_at, score)
    return matches, side * piece.decimation, max(looked, len(matches))


def _count_valid(valid: np.ndarray, centres: np.ndarray, window: int) -> int:
    """Of the windows around ``centres`` ``(N, 2)``, pixels of ``valid``, how many lie at least half on valid pixels."""
    share = uniform_filter(valid.astype(np.float32), window, mode="constant")
    row, column = centres[:, ::-1].astype(int).T
    return int((share[row, column] >= MINIMUM_VALID).sum())


def _pieces(
    shape: tuple[int, int], decimation: int, margin: int
) -> Iterator[tuple[np.ndarray, tuple[int, int, int, int]]]:
    """Pieces of a level: the core ``(4,)`` whose points belong to it, and the window with its margin, grid pixels."""
    height, width = shape
    step, margin = TILE_PX * decimation, margin * decimation
    for y in range(0, height, step):
        for x in range(0, width, step):
            core = np.array([x, y, min(x + step, width), min(y + step, height)], float)
            window = (x - margin, y - margin, int(core[2]) + margin, int(core[3]) + margin)
            yield core, window
