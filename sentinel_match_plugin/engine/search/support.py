"""Support: how many windows that share no pixel agree on one motion, which says whether there is a match at all.

Windows of unrelated images land anywhere. What they have to agree on is a *similarity*: an affine motion would let
forest that repeats every few pixels shear the image (one of 150 right pairs was 4 px off and believed).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import bdtrc

from ..errors import TransformationError
from ..events import Events
from ..frames.grid import View
from ..frames.lattice import Mapping
from ..matchers.base import GuidedMatcher
from ..points.filtering import consensus
from ..transforms import fit
from .sighting import lattice, look_for
from .steering import MINIMUM_POINTS

SUPPORT_WINDOW_PX, SUPPORT_RADIUS_PX, SUPPORT_AGREE_PX = 32, 12, 2.5
SUPPORT_WINDOWS = 400  # at most
# Where so many windows fit in, they are looked for at half the resolution even if the coarse look needed none: there a
# window shows four times the ground. Of 24 right pairs of 256 x 256 and 256 x 384 px the share that agrees was .22 to
# 1 at full resolution (2 not believed, 1 believed and 4 px off), .5 to 1 at half.
SUPPORT_ENOUGH = 16
LIKELY_CHANCE = 1e-4  # a match that could be an accident more often than this is none


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
        if agreeing < 3:
            return 1.0
        return float(min(1.0, 10 * bdtrc(agreeing - 3, max(self.windows - 2, 1), alone)))  # of more than agreeing - 3


def supported(
    reference: View, target: View, matcher: GuidedMatcher, motion: Mapping, decimation: int, events: Events
) -> tuple[Mapping | None, Support]:
    """The similarity that most of separate windows agree on (None: there is none), and how many those are."""
    height, width = reference.shape
    spacing = max(SUPPORT_WINDOW_PX * decimation, np.sqrt(height * width / SUPPORT_WINDOWS))
    points = lattice(reference.shape, float(spacing))
    sighted = look_for(
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


def support_decimation(shape: tuple[int, int], coarse: int) -> int:
    """One level finer than the coarse look, but half the resolution where the image is large enough for that."""
    side = 2 * SUPPORT_WINDOW_PX
    return max(coarse // 2, 2 if (shape[0] // side) * (shape[1] // side) >= SUPPORT_ENOUGH else 1)
