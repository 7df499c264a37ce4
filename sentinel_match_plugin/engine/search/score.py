"""How a score is made: from what a matcher saw of a point to the probability that the point is right to a pixel.

The logistics below were fitted by ``scripts/calibrate.py --every 3 --conditions d e`` to 16,830 points of 24 pairs, the
second one to those that had a score of .5 and more (others are not shown). The pairs are of the training places T36UUA
and T36UVC (winter and the summer before against summer; conditions in which the displacement bends, as over
relief), right meaning within 1 px of the known displacement. Mean score / share right, in each tenth of the scores with
at least 200 points: across seasons .75 / .75 (226), .86 / .84 (831), .96 / .97 (6995); within a season .99 / .99
(8513). Of points displaced by a plain shift or rotation a little more are right than the score says. That is
``structure``; ``phase`` on the same pairs, 15,795 points: across seasons .65 / .65 (380), .75 / .77 (635), .86 / .84
(1255), .95 / .95 (4156); within a season .99 / .99 (8179). How far the way back misses says nothing there. ``seasonal``
with the weights that ship, 17,011 points: across seasons .76 / .71 (219), .87 / .88 (1042), .97 / .97 (6804); within a
season 1.00 / 1.00 (8497).

T36UUU was left out: its dates are displaced against each other by themselves, differently from place to place, so that
the known displacement is not the truth to a pixel there. What else was tried and brought little once a match is placed
where its evidence lies (windows.find): how far that is from the window's middle, the window's side, how far the
match is from where the motion expected it, and how restless all matches of a pair are. Free matchers score by curves of
their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Curve:
    """What the confidence of one guided matcher comes to.

    ``first_sight``: intercept and slope of the confidence. ``looked_back``: intercept and slopes of the lower
    confidence of both directions and of the miss.
    """

    first_sight: tuple[float, float]
    looked_back: tuple[float, float, float]


CURVES = {
    "structure": Curve((0.20, 9.21), (1.14, 7.47, -4.68)),
    "seasonal": Curve((-0.85, 12.41), (0.02, 10.78, -5.07)),
    "phase": Curve((-3.0, 12.98), (-3.36, 13.88, 0.0)),
}


def at_first_sight(confidence: np.ndarray, curve: Curve) -> np.ndarray:
    """Probability ``(N,)`` that a guided match is within 1 px, from the matcher's ``confidence`` 0..1 alone."""
    intercept, slope = curve.first_sight
    return _logistic(intercept + slope * confidence)


def looked_back(confidence: np.ndarray, back: np.ndarray, miss_px: np.ndarray, curve: Curve) -> np.ndarray:
    """The same ``(N,)`` of matches that were looked for backwards too.

    ``confidence``, ``back`` 0..1 of both directions; ``miss_px`` how far apart the two displacements are.
    """
    intercept, slope, miss_slope = curve.looked_back
    return _logistic(intercept + slope * np.minimum(confidence, back) + miss_slope * miss_px)


def precision(score: np.ndarray) -> np.ndarray:
    """Weight of a point in a fit ``(N,)``, proportional to 1 / variance, from the probability of being within 1 px.

    Of an error that is normal along both axes with standard deviation s the share within 1 px is ``1 - exp(-1 / (2
    s^2))``. Beyond .995 the score says no more about the variance.
    """
    return -2 * np.log(1 - np.clip(score, 0.02, 0.995))


def _logistic(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))
