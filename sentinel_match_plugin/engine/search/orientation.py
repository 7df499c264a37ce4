"""How does one image lie on another, when nobody says? Every angle of the full circle, every scale from a half to two,
every shift, tried densely on small overviews.

Both images are described by the direction of their edges (matchers/structure.py), which snow leaves where they were,
and laid over each other as wholes: a single correlation sees the course of all edges at once, where a keypoint sees a
few pixels of them. Coarse to fine: all angles and scales at ``LEVELS_PX[0]`` pixels across, the best of them again
with finer steps on finer overviews. What comes out are *guesses*, the sharpest peaks, for support.py to confirm or
refute window by window: images that have nothing in common have sharpest peaks too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..events import Events
from ..matchers.base import Patch
from ..matchers.turning import pulled
from ..parallel import in_parallel
from .free_search import Motion
from .patch_source import ArraySource, PatchSource

if TYPE_CHECKING:
    from torch import Tensor

    from ..matchers.structure import StructureMatcher

LEVELS_PX = (64, 128, 224)  # across the smaller image, at most
LARGEST_PX = 512  # across the larger one, at the first level: it bounds the transforms, and how small a part is found
SMALLEST_PX = 16  # across the smaller one: less shows no course of edges
ANGLES, STEP_DEG = 48, 7.5
FINEST_SCALE, SCALES = 2.0, 13  # from 1 / FINEST_SCALE to FINEST_SCALE, in equal ratios of 1.12
# Of each level's guesses so many are looked at again at the next: at 64 px the right one is the sharpest of 9 in 10
# winter/summer pairs of the training places, and among the sharpest 40 of all.
KEPT = (40, 8)
FINER_DEG, FINER_SCALE = (3.0, 1.0), (0.05, 0.015)  # steps around a guess at the second and third level
SAME_PX = 2.0  # of the first level: guesses that differ by less on average are one
RADIUS_PX = 24  # how far from a guess the next level looks: the farther, the clearer does a right one stand out
LEAST_VALID = 0.05  # of an image


@dataclass(frozen=True)
class Guess:
    """A similarity under which one image lies on the other.

    ``motion``: reference pixels to target pixels; ``sharpness``: robust standard deviations by which its correlation
    stands above those of other shifts; ``rival``: how high the next best shift's stands, as a share of it.
    """

    motion: Motion
    sharpness: float
    rival: float = 0.0


def look_around(
    reference: PatchSource,
    target: PatchSource,
    matcher: StructureMatcher,
    events: Events,
    ratio: float = 1.0,
    keep: int = 3,
) -> list[Guess]:
    """The ``keep`` sharpest guesses at how ``target`` lies on ``reference``, the sharpest first; none where one of them
    is too small or empty.

    ``ratio``: target pixels in a reference pixel about which scales are tried. Raises Cancelled.
    """
    sides = max(reference.shape), max(target.shape) / ratio  # reference pixels
    cells = [max(1.0, min(sides) / side, max(sides) / LARGEST_PX) for side in LEVELS_PX]
    if min(sides) / cells[0] < SMALLEST_PX:
        return []
    finest = max(1.0, cells[-1] / FINEST_SCALE)
    first, second = _Overview.of(reference, cells[-1]), _Overview.of(target, max(1.0, finest * ratio))
    if min(first.image.valid.mean(), second.image.valid.mean()) < LEAST_VALID:
        return []
    same_px = SAME_PX * cells[0]
    with events.part(0.0, 0.6) as stage:
        guesses = _apart(_all_around(first, second, matcher, cells[0], ratio, stage), first.shape, same_px, KEPT[0])
    for level, most in enumerate((KEPT[1], keep)):
        with events.part(0.6 + 0.2 * level, 0.8 + 0.2 * level) as stage:
            guesses = _around(guesses, first, second, matcher, cells[level + 1], level, stage)
        guesses = _apart(guesses, first.shape, same_px, most)
    return guesses


@dataclass(frozen=True)
class _Overview:
    """A whole image of ``shape`` (height, width), read once, at ``decimation`` of its pixels."""

    image: Patch
    shape: tuple[int, int]
    decimation: float

    @classmethod
    def of(cls, source: PatchSource, decimation: float) -> _Overview:
        height, width = source.shape
        return cls(source.read((0, 0, width, height), decimation), source.shape, decimation)

    def at(self, decimation: float) -> _Overview:
        """The same at a coarser decimation."""
        height, width = self.image.values.shape
        step = max(1.0, decimation / self.decimation)
        coarser = ArraySource(self.image.values, self.image.valid).read((0, 0, width, height), step)
        return _Overview(coarser, self.shape, self.decimation * step)

    def through(self, motion: Motion, shape: tuple[int, int]) -> Patch:
        """A patch of ``shape`` (height, width) whose pixel ``p`` shows pixel ``motion(p)`` of the overview."""
        weight = self.image.valid.astype(np.float32)
        return pulled(self.image.values, weight, motion.matrix, shape, float("nan"))


def _all_around(
    first: _Overview, second: _Overview, matcher: StructureMatcher, cell: float, ratio: float, events: Events
) -> list[Guess]:
    """A guess for each angle and scale, ``cell`` reference pixels being one of the overview's."""
    from ..matchers import correlation  # imports torch

    seen = first.at(cell)
    fixed = matcher.describe_whole(seen.image)
    angles = STEP_DEG * np.arange(ANGLES)

    def at_scale(factor: float) -> list[Guess]:
        scale = float(factor) * ratio
        moving = second.at(seen.decimation * scale)
        step = moving.decimation / scale / seen.decimation  # cells in one of its pixels; not 1 where it is too coarse
        height, width = moving.image.values.shape
        side = int(np.ceil(np.hypot(height, width) * step)) + 2
        size = (correlation.fast_length(fixed.shape[1] + side), correlation.fast_length(fixed.shape[2] + side))
        spectra = correlation.Spectra(fixed, size)
        middle = np.array([width, height]) / 2
        found = []
        described: dict[float, Tensor] = {}
        for degrees in angles:
            events.check_cancelled()
            turn = _turn(degrees) / step
            canvas = Motion(np.column_stack([turn, middle - turn @ [side / 2, side / 2]]))
            before = described.pop(degrees - 90, None)
            if before is None:
                turned = matcher.describe_whole(moving.through(canvas, (side, side)))
            else:
                turned = matcher.quarter_turned(before)
            described[degrees] = turned
            best = correlation.everywhere(spectra, correlation.Spectra(turned, size))
            # reference pixel -> cell -> canvas -> overview of the target -> target pixel
            linear = turn / seen.decimation * moving.decimation
            offset = canvas(np.array([best.shift]))[0] * moving.decimation
            found.append(Guess(Motion(np.column_stack([linear, offset])), best.sharpness))
        return found

    guesses: list[Guess] = []
    factors = FINEST_SCALE ** np.linspace(-1, 1, SCALES)
    for number, found in enumerate(in_parallel(at_scale, list(factors))):
        events.progress((number + 1) / len(factors), "looking at all angles and scales")
        guesses += found
    return guesses


def _around(
    guesses: list[Guess],
    first: _Overview,
    second: _Overview,
    matcher: StructureMatcher,
    cell: float,
    level: int,
    events: Events,
) -> list[Guess]:
    """The best of each guess's neighbourhood, at a finer level."""
    from ..matchers import correlation  # imports torch

    seen = first.at(cell)
    fixed = matcher.describe_whole(seen.image)
    height, width = fixed.shape[1:]
    shape, offset = (height + 2 * RADIUS_PX, width + 2 * RADIUS_PX), (RADIUS_PX, RADIUS_PX)
    spectra = correlation.Spectra(fixed, correlation.transform_size((height, width), shape, offset, RADIUS_PX))

    def look(guess: Guess) -> Guess:
        moving = second.at(guess.motion.scale * seen.decimation)
        about = _middle_of_overlap(guess.motion, first.shape, second.shape)
        tried: dict[tuple[float, float], Guess] = {}

        def best_of(trials: list[tuple[float, float]]) -> tuple[float, float]:
            for degrees, factor in trials:
                events.check_cancelled()
                if (degrees, factor) not in tried:
                    motion = _turned(guess.motion, about, degrees, factor)
                    canvas = _rescaled(motion, seen.decimation, moving.decimation, RADIUS_PX)
                    turned = correlation.Spectra(matcher.describe_whole(moving.through(canvas, shape)), spectra.size)
                    found = correlation.whole(spectra, turned, offset, RADIUS_PX, rivals=level > 0)
                    matrix = motion.matrix.copy()
                    matrix[:, 2] += matrix[:, :2] @ found.shift * seen.decimation
                    tried[degrees, factor] = Guess(Motion(matrix), found.sharpness, found.rival)
            return max(tried, key=lambda trial: tried[trial].sharpness)

        angle, _ = best_of([(degrees, 1.0) for degrees in (0.0, -FINER_DEG[level], FINER_DEG[level])])
        return tried[best_of([(angle, factor) for factor in (1 - FINER_SCALE[level], 1 + FINER_SCALE[level])])]

    finer = []
    for number, found in enumerate(in_parallel(look, guesses)):
        events.progress((number + 1) / len(guesses), "looking closer")
        finer.append(found)
    return finer


def _apart(guesses: list[Guess], shape: tuple[int, int], px: float, most: int) -> list[Guess]:
    """At most ``most`` guesses by falling sharpness, less those that say about the same as a sharper one."""
    height, width = shape
    places = np.array([[x, y] for x in (0, width) for y in (0, height)])
    kept: list[Guess] = []
    said = np.empty((most, *places.shape))
    for guess in sorted(guesses, key=lambda guess: -guess.sharpness):
        there = guess.motion(places)
        apart = np.hypot(*np.moveaxis(said[: len(kept)] - there, -1, 0)).mean(-1)
        if (apart > px * guess.motion.scale).all():
            said[len(kept)] = there
            kept.append(guess)
            if len(kept) == most:
                break
    return kept


def _turn(degrees: float) -> np.ndarray:
    angle = np.deg2rad(degrees)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _turned(motion: Motion, about: np.ndarray, degrees: float, factor: float) -> Motion:
    """``motion`` turned and scaled further, about reference pixel ``about``."""
    linear = factor * _turn(degrees) @ motion.matrix[:, :2]
    return Motion(np.column_stack([linear, motion(about[None])[0] - linear @ about]))


def _rescaled(motion: Motion, reference: float, target: float, margin: int) -> Motion:
    """``motion`` between overviews whose pixels are so many times wider, the reference's with a ``margin`` of its own
    pixels before the first.
    """
    linear = motion.matrix[:, :2] * reference / target
    return Motion(np.column_stack([linear, motion.matrix[:, 2] / target - linear @ [margin, margin]]))


def _middle_of_overlap(motion: Motion, shape: tuple[int, int], other: tuple[int, int]) -> np.ndarray:
    """The middle ``(2,)`` of what the target shows of the reference, reference pixels."""
    places = np.stack(np.meshgrid(*((np.arange(16) + 0.5) / 16 * length for length in shape[::-1])), -1).reshape(-1, 2)
    there = motion(places)
    inside = ((there >= 0) & (there < other[::-1])).all(1)
    return np.asarray((places[inside] if inside.any() else places).mean(0))
