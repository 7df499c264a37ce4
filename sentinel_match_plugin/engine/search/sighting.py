"""Looking for points at one level of resolution: in pieces of the image, or on contact sheets where points are sparse.

All coordinates are pixels of the working grid (grid.py). A *motion* maps grid pixels to the grid pixels where the
target shows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import uniform_filter

from ..events import Events
from ..frames.grid import View
from ..frames.lattice import Mapping
from ..frames.sheet import Sheet
from ..matchers.base import MINIMUM_VALID, Found, GuidedMatcher, Matches, Patch
from ..parallel import in_parallel
from .score import CURVES, at_first_sight, looked_back

if TYPE_CHECKING:
    from torch import Tensor

WINDOW_PX = 64
# A point that is less likely to be right than this is looked for once more in a window of twice the side, which reaches
# for the nearest texture: of such points of winter/summer training pairs .6 were right to a pixel, .8 are then.
WEAK, WIDE = 0.9, 2
TILE_PX = 1024  # side of the pieces that one level is worked in
MARGIN_PX = 16  # around a piece, beyond windows and search: what gradients and masks touch
# The same around a single point on a sheet: gradients in the outermost 7 px of a search area, and the magnitude
# channel, which compares with 24 px around, see the neighbouring cell.
SHEET_MARGIN_PX = 4
AT_ONCE = 700  # points looked for between two looks at whether the job was cancelled
BACK_CHECK_PX = 1.0


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


def lattice(shape: tuple[int, int], spacing: float) -> np.ndarray:
    """Points ``(N, 2)`` about ``spacing`` pixels apart, centred in an image of ``shape`` (height, width)."""
    height, width = shape
    axes = []
    for length in (width, height):
        count = max(1, int(length // spacing))
        axes.append((length - (count - 1) * spacing) / 2 + spacing * np.arange(count))
    return np.stack(np.meshgrid(*axes), -1).reshape(-1, 2)


def look_for(
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
    local, curve = piece.local(points), CURVES[piece.matcher.name]
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
            likely = looked_back(new.confidence, back.confidence, miss_px, curve)
            kept = miss_px <= BACK_CHECK_PX
            new, likely = new[kept], likely[kept]
        else:
            likely = at_first_sight(new.confidence, curve)
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
    if valid.all():
        return len(centres)
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
