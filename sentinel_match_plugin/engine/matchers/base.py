"""The protocol of matchers: two patches in, matched pixel coordinates with scores out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

if TYPE_CHECKING:
    from torch import Tensor


MINIMUM_VALID = 0.5  # of a window's weight, for anything to be said about it


@dataclass(frozen=True)
class Patch:
    """A piece of an image, ready to match.

    ``values`` float32 ``(height, width)``, radiometrically normalised to 0..1 (radiometry.py), 0 where not valid;
    ``valid`` bool ``(height, width)``; ``gsd_m`` ground sampling distance in metres (nan if not known). ``others``
    float32 ``(n, height, width)``: further bands of the same pixels, normalised each on its own, NaN where one has no
    value, for matchers that compare several; None if there are none.
    """

    values: np.ndarray
    valid: np.ndarray
    gsd_m: float = float("nan")
    others: np.ndarray | None = None

    @property
    def bands(self) -> np.ndarray:
        """All bands, ``values`` first: ``(1 + n, height, width)``."""
        return self.values[None] if self.others is None else np.concatenate([self.values[None], self.others])


@dataclass(frozen=True)
class Matches:
    """Corresponding positions in two patches.

    ``reference``, ``target`` float64 ``(N, 2)``, pixel ``(x, y)`` of each patch, centre of the first pixel at (0.5,
    0.5); ``score`` float64 ``(N,)`` in 0..1, higher is surer.
    """

    reference: np.ndarray
    target: np.ndarray
    score: np.ndarray

    def __len__(self) -> int:
        return len(self.score)

    def __getitem__(self, keep: np.ndarray) -> Matches:
        """Those that a boolean mask or an index array selects."""
        return Matches(self.reference[keep], self.target[keep], self.score[keep])

    @staticmethod
    def none() -> Matches:
        """No correspondence at all."""
        return Matches(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0))


@dataclass(frozen=True)
class Found:
    """What a guided matcher found of the points it was asked for.

    ``index`` int ``(N,)`` which points; ``place`` float64 ``(N, 2)`` where in the reference patch the evidence lies, at
    or near the point, pixel ``(x, y)``, centre of the first pixel at (0.5, 0.5); ``shift`` float64 ``(N, 2)`` pixels
    such that what is at ``place`` in the reference is at ``place + shift`` in the target; ``confidence`` float64
    ``(N,)`` 0..1, higher is surer.
    """

    index: np.ndarray
    place: np.ndarray
    shift: np.ndarray
    confidence: np.ndarray

    def __len__(self) -> int:
        return len(self.index)

    def __getitem__(self, keep: np.ndarray) -> Found:
        """Those that a boolean mask or an index array selects."""
        return Found(self.index[keep], self.place[keep], self.shift[keep], self.confidence[keep])

    @staticmethod
    def nothing() -> Found:
        """Not one point."""
        return Found(np.zeros(0, int), np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0))

    @staticmethod
    def joined(parts: list[Found]) -> Found:
        """All of them in one, in order."""
        names = ("index", "place", "shift", "confidence")
        return Found(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


@runtime_checkable
class FreeMatcher(Protocol):
    """Matches two patches of any position, scale and orientation; needs no georeferencing."""

    name: str
    tile_px: int  # the patch side it is made for; larger images are cut into overlapping tiles

    def match(self, reference: Patch, target: Patch) -> Matches:
        """All correspondences it finds between the two patches, at most one for each reference position."""
        ...


@runtime_checkable
class BatchMatcher(FreeMatcher, Protocol):
    """A free matcher that is faster with several pairs at once, ``batch`` of them on its device."""

    batch: int

    def match_many(self, pairs: Sequence[tuple[Patch, Patch]]) -> list[Matches]:
        """What ``match`` finds in each pair, in order."""
        ...


class GuidedMatcher(Protocol):
    """Compares the surroundings of given points in two patches of one grid that are already close to each other.

    It works on *descriptions*, dense features of a patch: a float32 tensor ``(channels, height, width)`` on the
    matcher's device, 0 where the patch is not valid. A patch is described once and then compared as often as needed.
    It may be a contact sheet (sheet.py), cells of which have nothing to do with each other: what lies 8 px beyond the
    search area of a point should hardly matter. All methods are called from several threads at once.
    """

    name: str

    def describe(self, patch: Patch) -> Tensor:
        """The dense features of a patch, by which windows of it are compared."""
        ...

    def describe_whole(self, patch: Patch) -> Tensor:
        """The dense features by which a whole patch is compared, shifted against another (correlation.whole)."""
        ...

    def find(self, reference: Tensor, target: Tensor, points: np.ndarray, window_px: int, radius_px: int) -> Found:
        """Where the surroundings of ``points`` ``(N, 2)`` in ``reference`` lie in ``target``, both of one shape.

        ``window_px`` is the side of the surroundings, ``radius_px`` how far to look to each side. Sub-pixel
        positions. Points about which nothing can be said (too little valid, no texture, the peak on the rim of the
        search) are left out.
        """
        ...
