"""Judging without a truth: the share of the matches that agree with one homography.

The protocol of the published comparisons on seasons: a homography is fitted with RANSAC (Fischler and Bolles 1981; the
estimator of OpenCV) at each threshold, and the matches within that threshold of it count as right. It is a weaker claim
than a known warp: matches that are wrong alike agree with each other too, four matches always agree, and real
displacements that no homography follows count as wrong.
"""

from __future__ import annotations

import cv2
import numpy as np

from .known_warp import projected

MOST_ITERATIONS, CONFIDENCE = 10_000, 0.9999
FEWEST = 4  # points that determine a homography


def agreeing(reference_px: np.ndarray, target_px: np.ndarray, threshold_px: float) -> np.ndarray:
    """Which matches ``(N,)`` lie within ``threshold_px`` reference pixels of one RANSAC homography.

    Of fewer than four, none do. Always the same for the same matches: OpenCV seeds this estimator itself.
    """
    nobody = np.zeros(len(reference_px), bool)
    if len(reference_px) < FEWEST:
        return nobody
    centre = target_px.mean(0), reference_px.mean(0)  # OpenCV computes in float32
    source, destination = target_px - centre[0], reference_px - centre[1]
    try:
        matrix, _ = cv2.findHomography(
            source, destination, cv2.RANSAC, threshold_px, maxIters=MOST_ITERATIONS, confidence=CONFIDENCE
        )
    except cv2.error:  # no model at all, as of points on one line, is an error in some versions, None in others
        return nobody
    if matrix is None:
        return nobody
    return np.hypot(*(projected(matrix, source) - destination).T) <= threshold_px  # nan compares false
