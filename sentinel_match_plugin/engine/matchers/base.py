"""The protocol of matchers: two patches in, matched pixel coordinates with scores out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass(frozen=True)
class Patch:
    """A piece of an image, ready to match.

    ``values`` float32 ``(height, width)``, radiometrically normalised to 0..1 (radiometry.py), 0 where not valid; ``valid`` bool
    ``(height, width)``; ``gsd_m`` ground sampling distance in metres (nan if not known).
    """

    values: np.ndarray
    valid: np.ndarray
    gsd_m: float = float("nan")


@dataclass(frozen=True)
class Matches:
    """Corresponding positions in two patches.

    ``reference``, ``target`` float64 ``(N, 2)``, pixel ``(x, y)`` of each patch, centre of the first pixel at (0.5, 0.5);
    ``score`` float64 ``(N,)`` in 0..1, higher is surer.
    """

    reference: np.ndarray
    target: np.ndarray
    score: np.ndarray

    def __len__(self) -> int:
        return len(self.score)

    @staticmethod
    def none() -> Matches:
        """No correspondence at all."""
        return Matches(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0))


class FreeMatcher(Protocol):
    """Matches two patches of any position, scale and orientation; needs no georeferencing."""

    name: str
    tile_px: int  # the patch side it is made for; larger images are cut into overlapping tiles

    def match(self, reference: Patch, target: Patch) -> Matches:
        """All correspondences it finds between the two patches, at most one for each reference position."""
        ...


class GuidedMatcher(Protocol):
    """Finds given points of the reference in a target that was already brought close (same grid, a few pixels off)."""

    name: str

    def find(self, reference: Patch, target: Patch, points: np.ndarray, window_px: int, radius_px: int) -> Matches:
        """Where the surroundings of ``points`` ``(N, 2)`` (reference pixels) lie in ``target``, same shape as ``reference``.

        ``window_px`` is the side of the surroundings compared, ``radius_px`` how far to look to each side. Points for which nothing can
        be said (no valid pixels, no texture) are left out of the result; sub-pixel positions.
        """
        ...
