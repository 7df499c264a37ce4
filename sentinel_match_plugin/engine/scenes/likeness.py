"""What the comparison of two scenes comes to, whatever compared them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Likeness:
    """``similarity`` 0..1: how far the best way to lay one scene over the other stands out from all others.

    ``inliers``: independent pieces of evidence that agree on it (windows, or keypoints). ``first``, ``second`` ``(N,
    2)`` where these lie in the two pictures, pixel ``(x, y)``, centre of the first at (0.5, 0.5); ``shift`` ``(2,)``
    how far what is in the first picture lies off in the second, nan where nothing was found.
    """

    similarity: float = 0.0
    inliers: int = 0
    shift: np.ndarray = field(default_factory=lambda: np.full(2, np.nan))
    first: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))
    second: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))


@dataclass(frozen=True)
class Question:
    """What is asked of two pictures: ``expected`` ``(2,)`` shift of a place from the first to the second, pixels;
    ``reach`` pixels that it may differ from that, infinite where nothing is known; ``overlap`` 0..1: the share of the
    smaller picture's frame that both must show.
    """

    expected: np.ndarray
    reach: float
    overlap: float
