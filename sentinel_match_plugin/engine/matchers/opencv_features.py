"""SIFT, AKAZE and ORB of OpenCV: keypoints and descriptors, paired by ratio test and mutual check. No weights, nothing
to download; Apache-2.0.

They find rasters of any position, rotation and scale again, as long as the two look alike: the same season and sun.
Between snow and summer a few keypoints in a hundred agree, or none (PEERS.md): use them there only with a network at
hand to compare. SIFT is the most precise, AKAZE gives fewer and coarser points, ORB is the fastest and the coarsest.

Sources: Lowe, "Distinctive image features from scale-invariant keypoints", IJCV 2004 (SIFT, ratio test); Arandjelovic
and Zisserman, "Three things everyone should know to improve object retrieval", CVPR 2012 (RootSIFT); Alcantarilla,
Nuevo and Bartoli, "Fast explicit diffusion for accelerated features in nonlinear scale spaces", BMVC 2013 (AKAZE);
Rublee, Rabaud, Konolige and Bradski, "ORB: an efficient alternative to SIFT or SURF", ICCV 2011.

*Pixel frame.* OpenCV puts pixel centres at integers: + 0.5 gives ours. Faults that had to be kept out, measured with
known shifts between pixel sizes of 5 to 20 m: SIFT's default start doubles the image with a shift of a quarter pixel
(0.26 px measured), gone with ``enable_precise_upscale``; AKAZE halves its image by rounding down but maps back by
exactly two, so that a side of 571 px stretches positions (0.5 px on average), gone when the sides are multiples of 16;
ORB multiplies coordinates of a level of its pyramid by the level's nominal scale, as if centres at integers stayed
there and the level's sides were not rounded to whole pixels (0.09 px measured): put right here, level by level.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from ..events import Events
from .base import Patch
from .features import at_pixels, distance_to_nodata, filled, spread
from .local_features import FeatureMatcher, Features, MutualNearest

MAX_KEYPOINTS = 6000  # in a tile of tile_px: one every 13 px on a side, more than any transformation needs
SMALLEST_PX = 32  # a side below this holds no descriptor
NODATA_MARGIN_PX = 4.0


class OpenCvDetector:
    """Detect, choose, describe. Subclasses say with what."""

    name = ""
    tile_px = 1024
    any_rotation = True

    def detect(self, patch: Patch, limit: int | None = None) -> Features:
        height, width = patch.values.shape
        if min(height, width) < SMALLEST_PX or not patch.valid.any():
            return Features.none((height, width))
        whole = ((0, -height % 16), (0, -width % 16))
        image = np.pad(np.round(filled(patch) * 255).astype(np.uint8), whole, mode="edge")
        detector = self._detector()
        keypoints = detector.detect(image, None)
        xy = self._positions(keypoints, image.shape)
        size = np.array([k.size for k in keypoints])
        # A keypoint's size is two to three sigma of the blob it marks: an edge of nodata nearer than that pulls at it.
        inside = (xy >= 0).all(1) & (xy[:, 0] < width) & (xy[:, 1] < height)
        inside &= at_pixels(distance_to_nodata(patch.valid), xy) > NODATA_MARGIN_PX + size
        usable = np.flatnonzero(inside)
        strength = np.array([keypoints[i].response for i in usable])
        chosen = usable[spread(xy[usable], strength, (height, width), limit or MAX_KEYPOINTS)]
        kept, descriptors = detector.compute(image, [keypoints[i] for i in chosen])
        if descriptors is None or not len(kept):
            return Features.none((height, width))
        response, diameter, angle = np.array([(k.response, k.size, k.angle % 360) for k in kept], float).T
        positions = self._positions(kept, image.shape)
        comparable = self._comparable(descriptors)
        return Features(positions, comparable, response, diameter, angle, (height, width))

    def _detector(self) -> Any:
        raise NotImplementedError

    def _positions(self, keypoints: Sequence[Any], shape: tuple[int, ...]) -> np.ndarray:
        """Of an image of ``shape``, in the frame of base.py ``(N, 2)``."""
        return np.array([k.pt for k in keypoints], float).reshape(-1, 2) + 0.5

    def _comparable(self, descriptors: np.ndarray) -> np.ndarray:
        """As Features wants them."""
        return descriptors


class Sift(OpenCvDetector):
    """SIFT with RootSIFT descriptors. Any rotation, scales 0.3 to 3."""

    name = "sift"

    def __init__(self, contrast: float = 0.01) -> None:
        """``contrast``: 0.04, OpenCV's default, is for photographs: hazy fields differ by a few grey values."""
        self._contrast = contrast

    def _detector(self) -> Any:
        return cv2.SIFT.create(contrastThreshold=self._contrast, edgeThreshold=12, enable_precise_upscale=True)

    def _comparable(self, descriptors: np.ndarray) -> np.ndarray:
        return np.sqrt(descriptors / np.maximum(descriptors.sum(1, keepdims=True), 1e-9)).astype(np.float32)


class Akaze(OpenCvDetector):
    """AKAZE with its binary descriptors (MLDB). Any rotation, scales 0.5 to 2; less precise than SIFT between
    scales.
    """

    name = "akaze"

    def __init__(self, keypoint_threshold: float = 1e-4) -> None:
        self._threshold = keypoint_threshold

    def _detector(self) -> Any:
        return cv2.AKAZE.create(threshold=self._threshold)


class Orb(OpenCvDetector):
    """ORB: corners of FAST on a pyramid, binary descriptors (rotated BRIEF). Any rotation; scales up to 3."""

    name = "orb"
    _SCALE, _LEVELS = 1.2, 8

    def __init__(self, keypoint_threshold: int = 10) -> None:
        """``keypoint_threshold``: grey values by which a corner differs from the ring around it; 20, OpenCV's default,
        is for photographs.
        """
        self._threshold = keypoint_threshold

    def _detector(self) -> Any:
        # Of three times as many as are kept, so that there is something left to spread.
        return cv2.ORB.create(3 * MAX_KEYPOINTS, self._SCALE, self._LEVELS, fastThreshold=self._threshold)

    def _positions(self, keypoints: Sequence[Any], shape: tuple[int, ...]) -> np.ndarray:
        nominal = self._SCALE ** np.array([k.octave for k in keypoints], float).reshape(-1, 1)
        whole = np.array([shape[1], shape[0]], float)
        real = whole / np.round(whole / nominal)
        return (np.array([k.pt for k in keypoints], float).reshape(-1, 2) / nominal + 0.5) * real


# Centre and width of the evidence: see probability() in features.py. ORB's share of right matches follows AKAZE's to
# .03 in every twentieth of 1 - ratio (30 pairs of windows of the three training tiles, within 1 px).
EVIDENCE = {"sift": (0.27, 0.05), "akaze": (0.30, 0.06), "orb": (0.30, 0.06)}


def _matcher(detector: OpenCvDetector, ratio: float) -> FeatureMatcher:
    return FeatureMatcher(detector.name, detector, MutualNearest(EVIDENCE[detector.name], max_ratio=ratio))


def sift_detector(device: Any, folder: str, seed: int, events: Events, **options: Any) -> Sift:
    return Sift(**options)


def akaze_detector(device: Any, folder: str, seed: int, events: Events, **options: Any) -> Akaze:
    return Akaze(**options)


def orb_detector(device: Any, folder: str, seed: int, events: Events, **options: Any) -> Orb:
    return Orb(**options)


def sift_matcher(
    device: Any, folder: str, seed: int, events: Events, ratio: float = 0.85, **options: Any
) -> FeatureMatcher:
    return _matcher(Sift(**options), ratio)


def akaze_matcher(
    device: Any, folder: str, seed: int, events: Events, ratio: float = 0.85, **options: Any
) -> FeatureMatcher:
    return _matcher(Akaze(**options), ratio)


def orb_matcher(
    device: Any, folder: str, seed: int, events: Events, ratio: float = 0.85, **options: Any
) -> FeatureMatcher:
    return _matcher(Orb(**options), ratio)
