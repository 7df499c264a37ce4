"""How the dates of a place lie off each other: residual geolocation errors, which are no displacement to be learnt.

Dates of one grid are registered by their producer to a fraction of a pixel, or to more than one. Windows of each date
are looked for in others by the project's own guided matcher (``structure``), there and back; the offset of a pair is
the median of those that agree. Each date is measured against the reference date and against others, so that the
offsets of all, by least squares, must fit more pairs than they need: what is left over is the *closure*, an error that
needs no truth to be seen. Errors that belong to a date itself, such as shadows that move with the sun, close and are
not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ..events import Events
from ..matchers.base import GuidedMatcher, Patch

Read = Callable[[int, tuple[int, int, int, int]], tuple[np.ndarray, np.ndarray]]
"""Date, window (x0, y0, x1, y1) -> values float32 ``(bands, h, w)`` 0..1, valid bool ``(h, w)``."""

SQUARE_PX, MOST_SQUARES = 512, 4  # what is looked at of a place
POINTS, WINDOW_PX, RADIUS_PX = 12, 64, 6  # points along each side of a square
BACK_PX = 0.5  # there and back must lead to the same place within this
AGREE_PX = 1.0  # from the median
FEWEST, LEAST_SHARE = 12, 0.3  # points that agree, and their share of those found
FEW_DATES = 8  # up to so many, all pairs are measured; of more, those with the reference and with the next date
CONTRADICTS_PX = 0.5  # a pair that is off by more from what all others say is left out
FLOOR_PX = 0.05  # what a pair is never better than


@dataclass(frozen=True)
class PairOffset:
    """What lies at p in date ``first`` is at p + ``shift`` (x, y) pixels in ``second``; ``scatter`` pixels of single
    points around it, ``points`` that agree.
    """

    first: int
    second: int
    shift: np.ndarray
    scatter: float
    points: int


@dataclass(frozen=True)
class DateOffset:
    """The offset of a date against the reference date, pixels (x, y); ``known``: whether it could be measured.

    ``scatter`` and ``points`` are those of its best pair; ``closure`` pixels: how far its pairs contradict the offsets
    of all dates (root mean square), None where there is only one.
    """

    shift: np.ndarray
    known: bool
    scatter: float | None = None
    points: int = 0
    closure: float | None = None


def measure_offsets(
    count: int,
    reference: int,
    squares: Sequence[tuple[int, int, int, int]],
    read: Read,
    matcher: GuidedMatcher,
    events: Events,
) -> list[DateOffset]:
    """The offsets of ``count`` dates against date ``reference``, seen in ``squares`` (windows). Raises Cancelled."""
    pairs = _pairs(count, reference)
    found: dict[tuple[int, int], list[tuple[np.ndarray, int]]] = {pair: [] for pair in pairs}
    for number, square in enumerate(squares):
        described = []
        for date in range(count):
            events.check_cancelled()
            values, valid = read(date, square)
            described.append(matcher.describe(_patch(values, valid)) if valid.any() else None)
        for k, (a, b) in enumerate(pairs):
            events.check_cancelled()
            events.progress((number + k / len(pairs)) / len(squares), "Measuring offsets")
            if described[a] is not None and described[b] is not None:
                found[a, b].append(_shifts(matcher, described[a], described[b], square))
    measured = [offset for pair in pairs if (offset := _agreed(*pair, found[pair])) is not None]
    return solve(count, reference, measured)


def squares_of(tiles: Sequence[tuple[int, int, int, int]], size: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """A few squares around ``tiles`` (windows), spread evenly over them, inside of an image of ``size`` (width,
    height).
    """
    if not tiles:
        return []
    squares: list[tuple[int, int, int, int]] = []
    for number in np.unique(np.linspace(0, len(tiles) - 1, MOST_SQUARES).round().astype(int)):
        window = tiles[number]
        x0, y0 = (
            int(np.clip((window[k] + window[k + 2]) // 2 - SQUARE_PX // 2, 0, max(0, size[k] - SQUARE_PX)))
            for k in (0, 1)
        )
        square = (x0, y0, min(x0 + SQUARE_PX, size[0]), min(y0 + SQUARE_PX, size[1]))
        if all(max(abs(x0 - other[0]), abs(y0 - other[1])) >= SQUARE_PX // 2 for other in squares):
            squares.append(square)
    return squares


def _pairs(count: int, reference: int) -> list[tuple[int, int]]:
    """Which dates are compared, the earlier first."""
    if count <= FEW_DATES:
        return list(combinations(range(count), 2))
    pairs = {(min(reference, date), max(reference, date)) for date in range(count) if date != reference}
    return sorted(pairs | {(date, date + 1) for date in range(count - 1)})


def _patch(values: np.ndarray, valid: np.ndarray) -> Patch:
    """The first band leads, the others help (structure takes an edge from the band that shows it best)."""
    return Patch(values[0], valid, others=values[1:] if len(values) > 1 else None)


def _shifts(
    matcher: GuidedMatcher, first: object, second: object, square: tuple[int, int, int, int]
) -> tuple[np.ndarray, int]:
    """Shifts ``(N, 2)`` of points that are found there and back, and how many were found at all."""
    width, height = square[2] - square[0], square[3] - square[1]
    margin = min(WINDOW_PX // 2, width // 4, height // 4)
    xs, ys = (np.linspace(margin, n - margin, POINTS) for n in (width, height))
    points = np.stack(np.meshgrid(xs, ys), -1).reshape(-1, 2)
    there = matcher.find(first, second, points, WINDOW_PX, RADIUS_PX)  # type: ignore[arg-type]
    if not len(there):
        return np.zeros((0, 2)), 0
    back = matcher.find(second, first, points[there.index] + there.shift, WINDOW_PX, RADIUS_PX)  # type: ignore[arg-type]
    forth = there.shift[back.index]
    agree = np.hypot(*(forth + back.shift).T) <= BACK_PX
    return forth[agree], len(there)


def _agreed(first: int, second: int, found: Sequence[tuple[np.ndarray, int]]) -> PairOffset | None:
    """The median of the shifts that agree with it; None where too few do."""
    if not found:
        return None
    shifts, asked = np.concatenate([part for part, _ in found]), sum(number for _, number in found)
    if len(shifts) < FEWEST:
        return None
    middle = densest(shifts)
    for _ in range(3):
        near = np.hypot(*(shifts - middle).T) <= AGREE_PX
        if not near.any():
            return None
        middle = np.median(shifts[near], 0)
    near = np.hypot(*(shifts - middle).T) <= AGREE_PX
    if near.sum() < max(FEWEST, LEAST_SHARE * asked):
        return None
    scatter = 1.4826 * float(np.median(np.abs(shifts[near] - middle)))
    return PairOffset(first, second, middle, scatter, int(near.sum()))


def densest(shifts: np.ndarray) -> np.ndarray:
    """The shift with most others within ``AGREE_PX``: the mean of those."""
    some = shifts[:: max(1, len(shifts) // 400)]
    near = np.hypot(*np.moveaxis(some[:, None] - shifts[None], -1, 0)) <= AGREE_PX
    return shifts[near[int(near.sum(1).argmax())]].mean(0)


def solve(count: int, reference: int, pairs: Sequence[PairOffset]) -> list[DateOffset]:
    """Offsets that fit all ``pairs`` best, by weighted least squares; pairs that contradict the others are left out,
    the worst first.
    """
    left = list(pairs)
    while True:
        reached = _reached(count, reference, left)
        usable = [pair for pair in left if pair.first in reached]
        shifts = _least_squares(count, reference, usable, reached)
        off = [float(np.hypot(*(shifts[p.second] - shifts[p.first] - p.shift))) for p in usable]
        if not off or max(off) <= CONTRADICTS_PX:
            break
        left.remove(usable[int(np.argmax(off))])
    return [_of_date(date, date == reference, date in reached, shifts, usable, off) for date in range(count)]


def _reached(count: int, reference: int, pairs: Sequence[PairOffset]) -> set[int]:
    """Dates to which a way of pairs leads from the reference."""
    reached, grown = {reference}, True
    while grown:
        fresh = {p.second for p in pairs if p.first in reached} | {p.first for p in pairs if p.second in reached}
        grown = not fresh <= reached
        reached |= fresh
    return reached


def _least_squares(count: int, reference: int, pairs: Sequence[PairOffset], reached: set[int]) -> np.ndarray:
    free = sorted(reached - {reference})
    shifts = np.zeros((count, 2))
    if not free or not pairs:
        return shifts
    design, wanted = np.zeros((len(pairs), count)), np.zeros((len(pairs), 2))
    for row, pair in enumerate(pairs):
        independent = max(1.0, pair.points / 4)  # the windows overlap
        weight = 1 / np.hypot(pair.scatter / np.sqrt(independent), FLOOR_PX)
        design[row, pair.second], design[row, pair.first] = weight, -weight
        wanted[row] = weight * pair.shift
    shifts[free] = np.linalg.lstsq(design[:, free], wanted, rcond=None)[0]
    return shifts


def _of_date(
    date: int, is_reference: bool, known: bool, shifts: np.ndarray, pairs: Sequence[PairOffset], off: Sequence[float]
) -> DateOffset:
    own = [(pair, miss) for pair, miss in zip(pairs, off, strict=True) if date in (pair.first, pair.second)]
    if is_reference:
        return DateOffset(np.zeros(2), True, None, sum(pair.points for pair, _ in own))
    if not known:
        return DateOffset(np.zeros(2), False)
    best = max((pair for pair, _ in own), key=lambda pair: pair.points)
    closure = float(np.sqrt(np.mean([miss**2 for _, miss in own]))) if len(own) > 1 else None
    return DateOffset(shifts[date], True, best.scatter, best.points, closure)
