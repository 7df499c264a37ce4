"""A smooth displacement field on a lattice: how thin-plate splines and local fields are stored and evaluated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import map_coordinates

from .base import NAMES, Transformation, describe_linear, invert_by_iteration
from .hull import Guard


@dataclass(frozen=True, eq=False)
class FieldTransformation(Transformation):
    """The trend plus a field of uniform cubic B-splines, guarded beyond the points.

    ``lattice`` ``(rows, columns, 2)`` coefficients in pixels; the spline of ``[j, i]`` is centred at ``origin + step *
    (i - 1, j - 1)``. ``smoothness``: what the fit chose (see splines.py, local.py), to fit again without choosing; inf
    means no field at all. Evaluating costs the same whatever the number of points: 16 coefficients a position.
    """

    origin: np.ndarray
    step: np.ndarray
    lattice: np.ndarray
    guard: Guard
    smoothness: float
    knots: int

    def __call__(self, xy: np.ndarray) -> np.ndarray:
        points = np.asarray(xy, float).reshape(-1, 2)
        finite = np.isfinite(points)
        if finite.all():
            return self._at(points).reshape(np.shape(xy))
        result = np.full_like(points, np.nan)
        known = finite.all(1)
        result[known] = self._at(points[known])
        return result.reshape(np.shape(xy))

    def _at(self, points: np.ndarray) -> np.ndarray:
        """``self`` of finite ``points`` ``(N, 2)``."""
        held, factor = self.guard.hold(points)
        field = evaluate_lattice(self.lattice, (held - self.origin) / self.step)
        field *= factor[:, None]
        field += self.trend(points)
        return field

    def inverse(self, xy: np.ndarray) -> np.ndarray:
        return invert_by_iteration(self, xy)

    def describe(self) -> str:
        name = NAMES[self.kind].split(" ", 1)[1].capitalize()
        low, high = self.guard.corners.min(0), self.guard.corners.max(0)
        grid = np.stack(np.meshgrid(*np.linspace(low, high, 40).T), -1).reshape(-1, 2)
        held, factor = self.guard.hold(grid)
        extra = evaluate_lattice(self.lattice, (held[factor == 1] - self.origin) / self.step)
        size = np.hypot(extra[:, 0], extra[:, 1]) if len(extra) else np.zeros(1)
        field = f"a smooth field around it, mean {size.mean():.2f}, at most {size.max():.2f} px"
        return f"{name}: {describe_linear(self)}, and {field}."


def evaluate_lattice(lattice: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """The field ``(N, 2)`` at positions ``cells`` ``(N, 2)`` in lattice steps from the origin."""
    where = cells.T[::-1] + 1
    field = np.empty(cells.shape)
    for k in (0, 1):
        map_coordinates(lattice[..., k], where, field[:, k], order=3, mode="nearest", prefilter=False)
    return field
