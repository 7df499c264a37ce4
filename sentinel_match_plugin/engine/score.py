"""How a score is made: from what a matcher saw of a point to the probability that the point is right to a pixel.

The logistic below was fitted to 27,988 points of 42 pairs of the training places (T36UUA, T36UUU, T36UVC; winter or
the summer before against summer; conditions a, c, d of season_pairs.py), right meaning within 1 px of the known
displacement. On the same points, mean score against the share that is right, by deciles of the score with more than
200 points: across seasons .35/.41, .46/.43, .56/.58, .66/.69, .75/.80, .85/.92, .93/.97; within a season .56/.48,
.66/.49, .75/.55, .86/.77, .97/.97. Not checked on places that the fit has not seen; free matchers score by curves of
their own.
"""

from __future__ import annotations

import numpy as np

INTERCEPT, CONFIDENCE, BACK = 0.18, 5.43, -2.74


def calibrated(confidence: np.ndarray, back_px: np.ndarray) -> np.ndarray:
    """Probability 0..1 that a guided match is within 1 px, ``(N,)``.

    ``confidence`` 0..1 of the matcher (correlation.confidence, the lower one of both directions); ``back_px`` distance
    between where the point came from and where its match leads back to.
    """
    return 1 / (1 + np.exp(-(INTERCEPT + CONFIDENCE * np.asarray(confidence) + BACK * np.asarray(back_px))))
