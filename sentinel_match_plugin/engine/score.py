"""How a score is made: from what a matcher saw of a point to the probability that the point is right to a pixel."""

from __future__ import annotations

import numpy as np

# Logistic fit on the training places (scripts/calibrate.py).
INTERCEPT, CONFIDENCE, BACK = -1.0, 6.0, 1.5


def calibrated(confidence: np.ndarray, back_px: np.ndarray) -> np.ndarray:
    """Probability 0..1 that a guided match is within 1 px, ``(N,)``.

    ``confidence`` 0..1 of the matcher (correlation.confidence, the lower one of both directions); ``back_px``
    distance between where the point came from and where its match leads back to.
    """
    return 1 / (1 + np.exp(-(INTERCEPT + CONFIDENCE * np.asarray(confidence) - BACK * np.asarray(back_px))))
