"""Local features: places that one image alone makes known, each with a description of its surroundings, and how those
of two images are paired.

A *detector* turns a patch into ``Features``; a *pairing* says which features of two images are the same place. Both
are exchangeable, so a matcher of this kind is one of each (``FeatureMatcher``), and whoever compares one image with
many detects once and pairs often.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .base import Matches, Patch
from .features import mutual_nearest, one_per_place, probability, to_common_sampling


@dataclass(frozen=True)
class Features:
    """The local features of a patch of ``shape`` (height, width), spread over it, none near nodata.

    ``xy`` float64 ``(N, 2)`` in the frame of base.py; ``descriptors`` float32 ``(N, D)`` of unit length, or uint8 ``(N,
    B)`` of packed bits where the family's are binary; ``response`` float64 ``(N,)``, higher is stronger, on the
    detector's own scale; ``scale_px`` float64 ``(N,)`` diameter of the place in pixels and ``angle_deg`` float64
    ``(N,)`` its direction, 0..360 from the x axis towards the y axis (clockwise on the screen): both nan where the
    detector has none.
    """

    xy: np.ndarray
    descriptors: np.ndarray
    response: np.ndarray
    scale_px: np.ndarray
    angle_deg: np.ndarray
    shape: tuple[int, int]

    def __len__(self) -> int:
        return len(self.xy)

    def __getitem__(self, keep: np.ndarray) -> Features:
        """Those that a boolean mask or an index array selects."""
        return Features(
            self.xy[keep],
            self.descriptors[keep],
            self.response[keep],
            self.scale_px[keep],
            self.angle_deg[keep],
            self.shape,
        )

    @property
    def binary(self) -> bool:
        """Whether descriptors are bits, compared by how many differ."""
        return self.descriptors.dtype == np.uint8

    def unit(self) -> np.ndarray:
        """The descriptors as float32 ``(N, D)`` of unit length; bits become plus and minus one over their root."""
        if not self.binary:
            return self.descriptors
        bits = np.unpackbits(self.descriptors, axis=1).astype(np.float32) * 2 - 1
        return bits / np.float32(np.sqrt(max(bits.shape[1], 1)))

    @staticmethod
    def none(shape: tuple[int, int]) -> Features:
        """Not one feature."""
        nothing = np.zeros(0)
        return Features(np.zeros((0, 2)), np.zeros((0, 1), np.float32), nothing, nothing, nothing, shape)


class Detector(Protocol):
    """Finds and describes places in one patch."""

    name: str
    tile_px: int  # the patch side it is made for
    any_rotation: bool  # whether descriptors stay the same when the image is turned

    def detect(self, patch: Patch, limit: int | None = None) -> Features:
        """At most ``limit`` features (None: the detector's own number), the strongest of each part of the patch."""
        ...


@dataclass(frozen=True)
class Pairs:
    """Features of two images that are one place: ``reference``, ``target`` int ``(N,)`` indices, ``score`` 0..1."""

    reference: np.ndarray
    target: np.ndarray
    score: np.ndarray


class Pairing(Protocol):
    """Decides which features of two images are the same place."""

    @property
    def any_rotation(self) -> bool:
        """Whether it stands turned images, given descriptors that do."""
        ...

    def pair(self, reference: Features, target: Features) -> Pairs:
        """Each feature of either side in one pair at most."""
        ...


@dataclass(frozen=True)
class MutualNearest:
    """Pairs each of whose descriptors is the other's most similar, and clearly so.

    ``max_ratio`` of the distances to the best and the second best (Lowe's ratio test; 1: none). Distance is Euclidean,
    for bits the share that differs. ``min_similarity``: cosine below which two are no pair. ``evidence``: centre and
    width of the logistic curve that makes the score (features.py) of 1 - ratio, or of the similarity where
    ``by_similarity``.
    """

    evidence: tuple[float, float]
    max_ratio: float = 1.0
    min_similarity: float = -1.0
    by_similarity: bool = False
    any_rotation: bool = True

    def pair(self, reference: Features, target: Features) -> Pairs:
        near = mutual_nearest(reference.unit(), target.unit())
        binary = reference.binary

        def distance(similarity: np.ndarray) -> np.ndarray:
            return (1 - similarity) / 2 if binary else np.sqrt(np.maximum(2 - 2 * similarity, 0))

        ratio = distance(near.similarity) / np.maximum(distance(near.second), 1e-9)
        good = (ratio < self.max_ratio) | (self.max_ratio >= 1)
        good &= near.similarity > self.min_similarity
        score = probability((near.similarity if self.by_similarity else 1 - ratio)[good], *self.evidence)
        return Pairs(near.reference[good], near.target[good], score)


class FeatureMatcher:
    """A free matcher (base.py) made of a detector and a pairing."""

    def __init__(self, name: str, detector: Detector, pairing: Pairing, limit: int | None = None) -> None:
        """``limit``: features of an image, None for the detector's own number."""
        self.name, self.detector, self.pairing, self.limit = name, detector, pairing, limit
        self.tile_px = detector.tile_px
        self.any_rotation = detector.any_rotation and pairing.any_rotation  # free_search.py need not turn the target

    def match(self, reference: Patch, target: Patch) -> Matches:
        """All pairs, one for each reference position. Patches of different known pixel size are compared at the
        coarser one.
        """
        reference, target, reference_factor, target_factor = to_common_sampling(reference, target)
        first, second = (self.detector.detect(patch, self.limit) for patch in (reference, target))
        pairs = self.pairing.pair(first, second)
        found = Matches(
            first.xy[pairs.reference] * reference_factor, second.xy[pairs.target] * target_factor, pairs.score
        )
        return one_per_place(found)  # SIFT describes one place several times where it has several orientations
