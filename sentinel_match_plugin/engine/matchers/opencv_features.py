"""SIFT and AKAZE of OpenCV: keypoints and descriptors, compared by ratio test and mutual check. No weights; Apache-2.0.

They find rasters of any position, rotation and scale again, as long as the two look alike: the same season and sun.
Between snow and summer a few keypoints in a hundred agree, or none (PEERS.md): use them there only with a network at
hand to compare.

Sources: Lowe, "Distinctive image features from scale-invariant keypoints", IJCV 2004 (SIFT, ratio test); Arandjelovic
and Zisserman, "Three things everyone should know to improve object retrieval", CVPR 2012 (RootSIFT); Alcantarilla,
Nuevo and Bartoli, "Fast explicit diffusion for accelerated features in nonlinear scale spaces", BMVC 2013 (AKAZE).

*Pixel frame.* OpenCV puts pixel centres at integers: + 0.5 gives ours. Two faults had to be kept out, both measured
with known shifts between pixel sizes of 5 to 20 m: SIFT's default start doubles the image with a shift of a quarter
pixel (0.26 px measured), gone with ``enable_precise_upscale``; AKAZE halves its image by rounding down but maps back by
exactly two, so that a side of 571 px stretches positions (0.5 px on average), gone when the sides are multiples of 16.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from .base import Matches, Patch
from .features import (
    at_pixels,
    distance_to_nodata,
    filled,
    mutual_nearest,
    one_per_place,
    probability,
    spread,
    to_common_sampling,
)

MAX_KEYPOINTS = 6000  # in a tile of tile_px: one every 13 px on a side, more than any transformation needs
SMALLEST_PX = 32  # a side below this holds no descriptor
NODATA_MARGIN_PX = 4.0


class _OpenCvMatcher:
    """Detect, choose, describe, compare. Subclasses say with what."""

    name = ""
    any_rotation = True  # free_search.py need not turn the target for it
    tile_px = 1024
    max_ratio = 0.85
    evidence = (0.27, 0.05)  # of 1 - ratio: see probability()

    def match(self, reference: Patch, target: Patch) -> Matches:
        """Mutual nearest neighbours that pass the ratio test; ``score`` from best distance / second best distance.

        Patches of different known pixel size are compared at the coarser one. Positions of the frame of base.py.
        """
        reference, target, reference_factor, target_factor = to_common_sampling(reference, target)
        reference_xy, reference_descriptors = self._features(reference)
        target_xy, target_descriptors = self._features(target)
        pairs = mutual_nearest(reference_descriptors, target_descriptors)
        ratio = self._distance(pairs.similarity) / np.maximum(self._distance(pairs.second), 1e-9)
        good = ratio < self.max_ratio
        found = Matches(
            reference_xy[pairs.reference[good]] * reference_factor,
            target_xy[pairs.target[good]] * target_factor,
            probability(1 - ratio[good], *self.evidence),
        )
        return one_per_place(found)  # SIFT describes one place several times where it has several orientations

    def _features(self, patch: Patch) -> tuple[np.ndarray, np.ndarray]:
        """Positions ``(N, 2)`` and descriptors of unit length float32 ``(N, D)``."""
        height, width = patch.values.shape
        nothing = np.zeros((0, 2)), np.zeros((0, 1), np.float32)
        if min(height, width) < SMALLEST_PX or not patch.valid.any():
            return nothing
        whole = ((0, -height % 16), (0, -width % 16))
        image = np.pad(np.round(filled(patch) * 255).astype(np.uint8), whole, mode="edge")
        detector = self._detector()
        keypoints = detector.detect(image, None)
        xy = np.array([k.pt for k in keypoints]).reshape(-1, 2) + 0.5
        size = np.array([k.size for k in keypoints])
        # A keypoint's size is two to three sigma of the blob it marks: an edge of nodata nearer than that pulls at it.
        inside = (xy[:, 0] < width) & (xy[:, 1] < height)
        inside &= at_pixels(distance_to_nodata(patch.valid), xy) > NODATA_MARGIN_PX + size
        usable = np.flatnonzero(inside)
        strength = np.array([keypoints[i].response for i in usable])
        chosen = usable[spread(xy[usable], strength, (height, width), MAX_KEYPOINTS)]
        kept, descriptors = detector.compute(image, [keypoints[i] for i in chosen])
        if descriptors is None or not len(kept):
            return nothing
        return np.array([k.pt for k in kept], float) + 0.5, self._unit_length(descriptors)

    def _detector(self) -> Any:
        raise NotImplementedError

    def _unit_length(self, descriptors: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def _distance(self, similarity: np.ndarray) -> np.ndarray:
        """From the dot product of two descriptors of unit length to the distance that the ratio test is about."""
        raise NotImplementedError


class SiftMatcher(_OpenCvMatcher):
    """SIFT with RootSIFT descriptors. Any rotation, scales 0.3 to 3."""

    name = "sift"

    def _detector(self) -> Any:
        # 0.04, the default, is for photographs: hazy fields differ by a few grey values. 0.01 keeps keypoints there.
        return cv2.SIFT.create(contrastThreshold=0.01, edgeThreshold=12, enable_precise_upscale=True)

    def _unit_length(self, descriptors: np.ndarray) -> np.ndarray:
        return np.sqrt(descriptors / np.maximum(descriptors.sum(1, keepdims=True), 1e-9)).astype(np.float32)

    def _distance(self, similarity: np.ndarray) -> np.ndarray:
        return np.sqrt(np.maximum(2 - 2 * similarity, 0))


class AkazeMatcher(_OpenCvMatcher):
    """AKAZE with its binary descriptors (MLDB). Any rotation, scales 0.5 to 2; less precise than SIFT between
    scales.
    """

    name = "akaze"
    evidence = (0.30, 0.06)

    def _detector(self) -> Any:
        return cv2.AKAZE.create(threshold=1e-4)

    def _unit_length(self, descriptors: np.ndarray) -> np.ndarray:
        bits = np.unpackbits(descriptors, axis=1).astype(np.float32) * 2 - 1
        return bits / np.float32(np.sqrt(bits.shape[1]))

    def _distance(self, similarity: np.ndarray) -> np.ndarray:
        return (1 - similarity) / 2  # the Hamming distance as a share of the bits
