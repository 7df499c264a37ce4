"""The coarse look: roughly how the whole target lies on the whole reference, knowing nothing but a search radius.

The reference is cut into pieces of a few hundred reduced pixels, squarish, so that a turn of a few degrees moves
nothing in them by more than a few pixels. Each is correlated as a whole with the target at every shift up to the
search radius, under a few rotations and scales. One answer for a whole piece is hard to fool by a single field or
cloud; where there are several pieces, the answer that most of them support is taken, and the motion is fitted through
their centres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..events import Events
from ..frames.grid import View
from ..frames.lattice import Mapping
from ..matchers.base import GuidedMatcher
from ..parallel import in_parallel
from ..transforms import fit

PIECE_PX = 192  # side of a piece, reduced pixels
MOST_PIECES = 12  # evenly spread where there could be more
RADIUS_PX = 40  # search radius in reduced pixels that sets the reduction
ROTATIONS_DEG = (0.0, -3.0, 3.0, -6.0, 6.0, -9.0, 9.0)
SCALES = (1.0, 0.95, 1.05, 0.9, 1.1)
CLEAR_SHARPNESS = 10.0  # robust standard deviations; right answers of the training pairs have 11 to 55
LEAST_VALID = 0.25  # of a piece
AGREE_PX = 8.0  # reduced pixels between two pieces' predictions, besides what a step of rotation or scale makes ...
AGREE_SHARE = 0.04  # ... of their distance: 1.5 degrees and 2.5 %


@dataclass(frozen=True)
class Answer:
    """What one piece says: ``motion`` (grid pixels to the grid pixels where the target shows them), best at ``centre``.

    ``sharpness``: how many robust standard deviations the correlation's peak stands above the others; ``rival``: the
    height of the next best peak as a share of it; ``sentence``.
    """

    motion: Mapping
    centre: np.ndarray
    sharpness: float
    rival: float
    sentence: str


@dataclass(frozen=True)
class Coarse:
    """The coarse answer for the whole image.

    ``motion``, the ``decimation`` it was found at, how well the next best shift fits (``rival``, 1: as well as this
    one), and a sentence for the log.
    """

    motion: Mapping
    decimation: int
    rival: float
    sentence: str


def look_coarsely(
    reference: View, target: View, matcher: GuidedMatcher, max_shift_px: float, events: Events
) -> Coarse | None:
    """The motion of the whole image; None where no piece of the reference has enough valid pixels.

    ``max_shift_px`` grid pixels to each side. It is an answer, not a verdict: images that have nothing in common get
    one too (support.py judges).
    """
    height, width = reference.shape
    longer = max(height, width)
    # A search wider than the image finds nothing: what is left of the overlap would be smaller than a quarter.
    max_shift_px = min(max_shift_px, longer)
    decimation = 1
    while max_shift_px / decimation > RADIUS_PX and longer / decimation > PIECE_PX:
        decimation *= 2
    radius = max(2, int(np.ceil(max_shift_px / decimation)))
    answers = []
    pieces = _pieces(reference.shape, PIECE_PX * decimation)

    def look(piece: tuple[int, int, int, int]) -> Answer | None:
        return _answer(reference, target, matcher, piece, decimation, radius, events, alone=len(pieces) == 1)

    events.progress(0.0, "coarse look")  # the first piece may wait until the matcher's loops are compiled
    for number, answer in enumerate(in_parallel(look, pieces)):
        events.progress((number + 1) / len(pieces), "coarse look")
        if answer is not None:
            answers.append(answer)
    if not answers:
        return None
    supporters = [_supporters(answer, answers, decimation) for answer in answers]
    best = int(np.argmax([sum(answers[i].sharpness for i in group) for group in supporters]))
    group = [answers[i] for i in supporters[best]]
    motion, text = answers[best].motion, answers[best].sentence
    if len(group) >= max(3, len(answers) / 2):
        centres = np.array([answer.centre for answer in group])
        motion = fit("similarity", centres, np.concatenate([a.motion(a.centre[None]) for a in group]))
    if len(answers) > 1:
        text = f"{len(group)} of {len(answers)} pieces agree; the clearest says: {text}"
    rival = float(np.median([answer.rival for answer in group]))
    return Coarse(motion, decimation, rival, f"Coarse look at 1/{decimation} of the resolution: {text}")


def _pieces(shape: tuple[int, int], side: int) -> list[tuple[int, int, int, int]]:
    """Windows (x0, y0, x1, y1), grid pixels, at most ``side`` wide and about equal; evenly spread if not all fit in."""
    axes = []
    for length in (shape[1], shape[0]):
        bounds = np.linspace(0, length, -(-length // side) + 1).round().astype(int)
        axes.append(list(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)))
    while len(axes[0]) * len(axes[1]) > MOST_PIECES:
        axis = int(len(axes[1]) > len(axes[0]))
        kept = np.linspace(0, len(axes[axis]) - 1, len(axes[axis]) - 1).round().astype(int)
        axes[axis] = [axes[axis][i] for i in kept]
    return [(x0, y0, x1, y1) for y0, y1 in axes[1] for x0, x1 in axes[0]]


def _answer(
    reference: View,
    target: View,
    matcher: GuidedMatcher,
    piece: tuple[int, int, int, int],
    decimation: int,
    radius: int,
    events: Events,
    alone: bool,
) -> Answer | None:
    """The shift, rotation and scale under which the target fits a piece best; None where it is mostly empty.

    ``alone``: there is no other piece, whose end would be progress.
    """
    from ..matchers import correlation  # imports torch

    patch = reference.read(piece, decimation)
    if patch.valid.mean() < LEAST_VALID:
        return None
    x0, y0, x1, y1 = piece
    margin = radius * decimation
    window = (x0 - margin, y0 - margin, x1 + margin, y1 + margin)
    described, offset = matcher.describe_whole(patch), (radius, radius)
    spectra: list[correlation.Spectra] = []  # of the piece, once it is known how large the target's part is
    centre = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
    tried: dict[tuple[float, float], correlation.Whole] = {}

    def best_of(trials: list[tuple[float, float]]) -> tuple[float, float]:
        for trial in trials:
            events.check_cancelled()
            if alone:
                events.progress(len(tried) / (len(ROTATIONS_DEG) * len(SCALES)), "coarse look")
            if trial not in tried:
                turned = matcher.describe_whole(target.read(window, decimation, _turn(centre, *trial)))
                if not spectra:
                    size = correlation.transform_size(described.shape[1:], turned.shape[1:], offset, radius)
                    spectra.append(correlation.Spectra(described, size))
                other = correlation.Spectra(turned, spectra[0].size)
                tried[trial] = correlation.whole(spectra[0], other, offset, radius)
        return max(tried, key=lambda trial: tried[trial].height)

    # Rotation first, then scale: a third of the trials of the full table, which is left for pieces where no peak
    # stands out.
    angle, _ = best_of([(angle, 1.0) for angle in ROTATIONS_DEG])
    chosen = best_of([(angle, scale) for scale in SCALES])
    if tried[chosen].sharpness < CLEAR_SHARPNESS:
        chosen = best_of([(angle, scale) for scale in SCALES for angle in ROTATIONS_DEG])
    best = tried[chosen]
    shift = np.array(best.shift) * decimation
    turn = _turn(centre, *chosen)
    return Answer(
        lambda xy: turn(np.asarray(xy, float) + shift),
        centre,
        best.sharpness,
        best.rival,
        f"shift {shift[0]:.0f}, {shift[1]:.0f} px, rotation {chosen[0]:g}°, scale {chosen[1]:g}; the correlation peak "
        f"{best.height:.2f} stands {best.sharpness:.1f} robust standard deviations above the others.",
    )


def _supporters(answer: Answer, answers: list[Answer], decimation: int) -> list[int]:
    """Which answers say about the same of their own piece as this one predicts."""
    found = []
    for number, other in enumerate(answers):
        miss = np.linalg.norm(answer.motion(other.centre[None]) - other.motion(other.centre[None]))
        if miss <= AGREE_PX * decimation + AGREE_SHARE * np.linalg.norm(answer.centre - other.centre):
            found.append(number)
    return found


def _turn(centre: np.ndarray, degrees: float, scale: float) -> Mapping:
    angle = np.deg2rad(degrees)
    matrix = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return lambda xy: (np.asarray(xy, float) - centre) @ matrix.T + centre
