"""Scenes compared by local features: found once a scene, paired for each two, and checked by one common motion.

For scenes of any position, rotation and scale of one season; structure.py is what knows winter and summer apart.
"""

from __future__ import annotations

import cv2
import numpy as np

from ..matchers.base import Patch
from ..matchers.local_features import Detector, Features, Pairing
from .likeness import Likeness, Question
from .picture import Picture

SIDE = 1024  # longer side of a picture, pixels
MOST = 2500  # features of a scene
MISS_PX = 3.0  # from where the common motion puts a feature
FEWEST = 4
SCALES = (0.4, 2.5)  # of the common motion
# Of 116 wrong pairs (T36UXA, T36UYA, carpathians, three summer places; sift, akaze, orb) at most 4 agreed.
HALF_AT = 30.0  # features that make a similarity of 1/2; 13 reach the default threshold


def found(detector: Detector, picture: Picture) -> Features:
    """Once a scene: the features within the area."""
    features = detector.detect(Patch(picture.values, picture.valid), MOST)
    if picture.allowed is None or not len(features):
        return features
    height, width = picture.valid.shape
    column, row = np.clip(features.xy.astype(int), 0, [width - 1, height - 1]).T
    return features[picture.allowed[row, column] > 0]


def compare(first: Features, second: Features, pairing: Pairing, question: Question) -> Likeness:
    """How many features agree on one shift, rotation and scale (RANSAC, least median refinement by OpenCV)."""
    if min(len(first), len(second)) < FEWEST:
        return Likeness()
    pairs = pairing.pair(first, second)
    here, there = first.xy[pairs.reference], second.xy[pairs.target]
    if len(here) < FEWEST:
        return Likeness()
    cv2.setRNGSeed(0)  # the same scenes give the same answer
    motion, kept = cv2.estimateAffinePartial2D(
        here, there, method=cv2.RANSAC, ransacReprojThreshold=MISS_PX, maxIters=2000, confidence=0.995
    )
    if motion is None or not SCALES[0] <= np.hypot(motion[0, 0], motion[1, 0]) <= SCALES[1]:
        return Likeness()
    inside = kept.ravel().astype(bool)
    here, there = here[inside], there[inside]
    count = _places(here, there)
    centre = np.array([first.shape[1], first.shape[0]]) / 2
    shift = motion[:, :2] @ centre + motion[:, 2] - centre
    if np.hypot(*(shift - question.expected)) > question.reach or _overlap(first, second, motion) < question.overlap:
        return Likeness()
    return Likeness(count / (count + HALF_AT), count, shift, here, there)


def _places(here: np.ndarray, there: np.ndarray) -> int:
    """How many different places: several features at one spot, or many that all lead to one, are one witness."""
    return min(len(np.unique(np.round(xy / MISS_PX), axis=0)) for xy in (here, there))


def _overlap(first: Features, second: Features, motion: np.ndarray) -> float:
    """The share of the smaller frame that both show under ``motion``."""
    height, width = first.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    moved = (corners @ motion[:, :2].T + motion[:, 2]).astype(np.float32)
    frame = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32) * [second.shape[1], second.shape[0]]
    shared, _ = cv2.intersectConvexConvex(moved, frame.astype(np.float32))
    scale = abs(np.linalg.det(motion[:, :2]))
    return float(shared / max(min(width * height * scale, second.shape[0] * second.shape[1]), 1e-9))
