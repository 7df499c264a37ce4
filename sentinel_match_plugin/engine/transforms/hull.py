"""What happens beyond the points: a flexible model is held to its border values, and these fade away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import ConvexHull, QhullError

from ..errors import TransformationError

CHUNK = 4096  # positions worked on at once: with 50 sides of a hull some 1.6 MB, which fits into the processor's cache


@dataclass(frozen=True, eq=False)
class Guard:
    """The convex hull of the points, and how to treat positions outside it.

    The non-linear part of a model, ``r``, is only known where there are points. At distance ``d`` outside the hull it
    is taken at the nearest point of the hull moved outwards by ``margin * tanh(d / margin)``, and multiplied by
    ``exp(-(d / reach)^2)``: it goes on as it was for a small margin, stays bounded, and is gone after a few ``reach``.
    Value and slope are continuous at the hull. ``corners`` ``(H, 2)``, anticlockwise in a right-handed frame; lengths
    in pixels.
    """

    corners: np.ndarray
    margin: float
    reach: float
    diameter: float
    area: float

    def hold(self, xy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """``xy`` ``(N, 2)`` -> where to evaluate instead ``(N, 2)``, and the factor ``(N,)`` in 0..1. Finite input."""
        held, factor = xy.copy(), np.ones(len(xy))
        for start in range(0, len(xy), CHUNK):
            part = slice(start, start + CHUNK)
            self._hold_chunk(xy[part], held[part], factor[part])
        return held, factor

    def _hold_chunk(self, xy: np.ndarray, held: np.ndarray, factor: np.ndarray) -> None:
        sides = np.roll(self.corners, -1, axis=0) - self.corners
        normals = np.stack([sides[:, 1], -sides[:, 0]], -1) / np.hypot(sides[:, 0], sides[:, 1])[:, None]
        offsets = (normals * self.corners).sum(1)
        box = np.stack(np.meshgrid(*np.stack([xy.min(0), xy.max(0)], 1)), -1).reshape(-1, 2)
        if (box @ normals.T <= offsets).all():  # the hull is convex: with the corners of their box all lie inside
            return
        outside = np.flatnonzero((normals @ xy.T > offsets[:, None]).any(0))
        if not len(outside):
            return
        points = xy[outside]
        length2 = (sides**2).sum(1)
        along = np.clip((points @ sides.T - (self.corners * sides).sum(1)) / length2, 0, 1)
        gap_x = points[:, :1] - (self.corners[:, 0] + along * sides[:, 0])
        gap_y = points[:, 1:] - (self.corners[:, 1] + along * sides[:, 1])
        nearest = np.argmin(gap_x**2 + gap_y**2, axis=1)
        rows = np.arange(len(points))
        gap = np.stack([gap_x[rows, nearest], gap_y[rows, nearest]], -1)
        distance = np.hypot(gap[:, 0], gap[:, 1])
        kept = self.margin * np.tanh(distance / self.margin)
        held[outside] = points - gap * (1 - kept / np.maximum(distance, 1e-12))[:, None]
        factor[outside] = np.exp(-((distance / self.reach) ** 2))


def make_guard(points: np.ndarray, margin: float = 0.05, reach: float = 0.5) -> Guard:
    """The guard of ``points`` ``(N, 2)``, lengths in hull diameters. Raises TransformationError if they are in line."""
    try:
        corners = points[ConvexHull(points).vertices]
    except QhullError as error:
        raise TransformationError(
            "The tie points lie (almost) on one line: only a shift or a similarity fits them."
        ) from error
    diameter = float(np.sqrt(((corners[:, None] - corners[None]) ** 2).sum(-1).max()))
    x, y = corners[:, 0], corners[:, 1]
    area = 0.5 * abs(float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))))
    return Guard(corners, margin * diameter, reach * diameter, diameter, area)
