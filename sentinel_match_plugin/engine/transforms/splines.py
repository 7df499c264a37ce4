"""The ``thin_plate_spline`` kind: the smoothing spline of least bending energy (Duchon 1977; Wahba 1990, chapter 2).

Minimised: ``sum w |z - f(x)|^2 + strength * bending(f)``, the same that the local field (local.py) minimises on a
lattice, here by the exact solution, one kernel a knot.

Rules: beyond ``MAX_KNOTS`` points, those that fall into one cell of a square grid are averaged into one knot (the
spline's cost is cubic). The smoothness is that of the local field: the wavelength at which half of a wave's amplitude
is followed, chosen on held-out points. The spline is then sampled onto a lattice, fine enough to be within
``LATTICE_ERROR_PX``, so that it is evaluated at the same price whatever the number of knots.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.linalg import cho_factor, cho_solve, qr, solve_triangular
from scipy.ndimage import spline_filter1d

from .base import Sample, Transformation, linear_fit
from .field import FieldTransformation, evaluate_lattice
from .hull import Guard, make_guard
from .local import choose_wavelength

MAX_KNOTS = 800
LATTICE_ERROR_PX = 0.01
MAX_CELLS = 256  # of the lattice along one axis
BORDER = 6  # lattice cells beyond the guarded hull: the border of the interpolation fades by 0.27 a cell
CHUNK = 256  # positions at once: what they share with 800 knots fits into the processor's cache


def fit_thin_plate_spline(sample: Sample, smoothness: float | None = None) -> FieldTransformation:
    """Fit; ``smoothness``: the wavelength in pixels of which half the amplitude is followed, inf: none of any."""
    centre, image, matrix = linear_fit(sample)
    trend = Transformation("affine", centre, image, matrix)
    rest = sample.destination - trend(sample.source)
    guard = make_guard(sample.source)
    if smoothness is None:
        smoothness = choose_wavelength(sample, rest, guard)
    points, rest, weights = _thin(sample.source, rest, sample.weights, guard.area)
    scale = guard.diameter / 2
    unit = (points - centre) / scale

    loads, planar = np.zeros_like(rest), np.zeros((3, 2))
    if np.isfinite(smoothness):
        root = np.sqrt(weights)
        plane = np.column_stack([np.ones(len(unit)), unit]) * root[:, None]
        kernel = _kernel(unit, unit) * root[:, None] * root
        full, triangle = qr(plane)
        inner = full[:, 3:]  # the directions in which the knots carry no affine part
        # density = S (2 pi / wavelength)^4 halves a wave (local.py); the bending of r^2 log r is 8 pi times its form
        strength = 8 * np.pi * weights.sum() / guard.area * (smoothness / (2 * np.pi)) ** 4 / scale**2
        wanted = rest * root[:, None]
        stiff = inner.T @ kernel @ inner
        stiff[np.diag_indices(len(stiff))] += strength
        loads = inner @ cho_solve(cho_factor(stiff), inner.T @ wanted)
        planar = solve_triangular(triangle[:3], full[:, :3].T @ (wanted - kernel @ loads))
        loads = loads * root[:, None]

    def spline(xy: np.ndarray) -> np.ndarray:
        at = (xy - centre) / scale
        result = planar[0] + at @ planar[1:]
        for start in range(0, len(at), CHUNK):
            result[start : start + CHUNK] += _kernel(at[start : start + CHUNK], unit) @ loads
        return result

    origin, step, lattice = _sample(spline, guard, points, flat=bool(np.isinf(smoothness)))
    return FieldTransformation(
        "thin_plate_spline", centre, image, matrix, origin, step, lattice, guard, float(smoothness), len(points)
    )


def _kernel(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """``r^2 log r`` between all of ``a`` and all of ``b``."""
    square = np.subtract.outer(a[:, 0], b[:, 0])
    square *= square
    other = np.subtract.outer(a[:, 1], b[:, 1])
    other *= other
    square += other
    np.maximum(square, 1e-300, out=other)
    np.log(other, out=other)
    other *= 0.5
    other *= square
    return other


def _thin(
    points: np.ndarray, rest: np.ndarray, weights: np.ndarray, area: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """At most ``MAX_KNOTS`` weighted means; also merges points on one spot, which would make the system singular."""
    side = np.sqrt(area / MAX_KNOTS) if len(points) > MAX_KNOTS else 1e-6 * np.sqrt(area)
    while True:
        cells = np.floor((points - points.min(0)) / side).astype(np.int64)
        _, group = np.unique(cells[:, 0] * (cells[:, 1].max() + 1) + cells[:, 1], return_inverse=True)
        count = int(group.max()) + 1
        if count <= MAX_KNOTS:
            break
        side *= 1.05
    total = np.bincount(group, weights)

    def mean(v: np.ndarray) -> np.ndarray:
        return np.stack([np.bincount(group, weights * v[:, k]) / total for k in (0, 1)], -1)

    return mean(points), mean(rest), total


def _sample(
    spline: Callable[[np.ndarray], np.ndarray], guard: Guard, points: np.ndarray, flat: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The spline as cubic B-splines on a lattice over the guarded hull: origin, step, coefficients."""
    low, high = guard.corners.min(0) - guard.margin, guard.corners.max(0) + guard.margin
    if flat:
        return low, (high - low) / 4, np.zeros((7, 7, 2))
    probes = np.concatenate([points, np.random.default_rng(0).uniform(low, high, (500, 2))])
    probes = probes[guard.hold(probes)[1] > 0.9]
    truth = spline(probes)
    cells = 16
    while True:
        step = (high - low) / cells
        first = low - BORDER * step
        axis = np.arange(cells + 2 * BORDER + 1)
        x, y = first[0] + axis * step[0], first[1] + axis * step[1]
        nodes = np.stack(np.meshgrid(x, y), -1)
        lattice = spline(nodes.reshape(-1, 2)).reshape(nodes.shape)
        for along in (0, 1):
            lattice = spline_filter1d(lattice, 3, axis=along, mode="mirror")
        origin = first + step  # coefficient [0, 0] is centred at origin - step
        error = np.abs(evaluate_lattice(lattice, (probes - origin) / step) - truth).max()
        if error < LATTICE_ERROR_PX or cells >= MAX_CELLS:
            return origin, step, lattice
        cells *= 2
