"""The ``local`` kind: an affine trend and a smooth field of cubic B-splines, by penalised least squares (P-splines).

Source of the method: Eilers and Marx 1996 (many splines, the penalty does the smoothing), with the bending energy of
the thin plate as the penalty, integrated exactly. The normal matrix is banded (lattice numbered along its short side),
so the cost grows linearly with the points and as ``columns * rows^3`` with the lattice: 5,000 nodes cost some 50 ms a
solution.

Two things are to be chosen, and how:
- *Lattice step*: 1.5 mean spacings of the points, or wider where the lattice would have more than ``MAX_NODES`` nodes.
  Finer brings nothing, the points could not fill it.
- *Smoothness*: the wavelength (pixels) at which the field follows half of a wave's amplitude. Candidates from 3
  lattice steps to 4 hull diameters and "no field"; each is tried on held-out points whose neighbours are left out too
  (blocks.py), and the smoothest wins that is not clearly worse than the best: by more than half a standard error of the
  difference. Without leaving the neighbours out, the field would follow the error that tie points share with them
  because their windows overlap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.linalg import LinAlgError
from scipy.linalg import solveh_banded

from .base import Sample, Transformation, linear_fit
from .blocks import held_out_apart, mean_spacing
from .field import FieldTransformation
from .hull import make_guard

MAX_NODES = 10_000
STEP_IN_SPACINGS = 1.25
RATIO = 1.5  # between neighbouring candidates of the smoothness: a factor 5 of the penalty
LARGEST_SIGMAS = 3.0  # a held-out point further off than so many robust standard deviations counts as if so far
FEWEST_KNOWN = 10  # points left to fit to
RAYLEIGH_MEDIAN = 1.1774  # median of a two-dimensional Gaussian error, in standard deviations of one axis
CHUNK = 8192  # points assembled at once: 8192 * 136 products, some 30 MB
RIDGE = 1e-9  # keeps the normal matrix positive where it is only barely determined


@dataclass(frozen=True, eq=False)
class _Lattice:
    """A lattice over the guarded hull. ``cells`` along the long and short axis; ``axes``: which of x, y these are."""

    origin: np.ndarray
    step: float
    cells: tuple[int, int]
    axes: tuple[int, int]

    @property
    def shape(self) -> tuple[int, int]:
        return self.cells[0] + 3, self.cells[1] + 3

    @property
    def bandwidth(self) -> int:
        return 3 * self.shape[1] + 3


@dataclass(frozen=True, eq=False)
class _Design:
    """The spline values at points: ``columns``, ``values`` ``(N, 16)``; node numbers rise along a row."""

    columns: np.ndarray
    values: np.ndarray

    def __matmul__(self, coefficients: np.ndarray) -> np.ndarray:
        return np.einsum("nk,nkd->nd", self.values, coefficients[self.columns])

    def part(self, rows: np.ndarray) -> _Design:
        return _Design(self.columns[rows], self.values[rows])


def fit_local(sample: Sample, smoothness: float | None = None) -> FieldTransformation:
    """Fit the affine trend, then the field to what it leaves."""
    centre, image, matrix = linear_fit(sample)
    rest = sample.destination - Transformation("affine", centre, image, matrix)(sample.source)
    guard = make_guard(sample.source)
    lattice = _make_lattice(sample.source, guard.margin, STEP_IN_SPACINGS * mean_spacing(sample.source))
    design = _design(lattice, sample.source)
    penalty = _bending(lattice)
    density = len(sample) * lattice.step**2 / guard.area  # weight in one cell, the weights' mean being 1
    if smoothness is None:
        smoothness = choose_wavelength(sample, rest)
    if np.isinf(smoothness):
        coefficients = np.zeros((*lattice.shape, 2))
    else:
        left, right = _normal(lattice, design, sample.weights, rest)
        coefficients = _solve(left, right, penalty, _strength(smoothness, lattice.step, density)).reshape(
            *lattice.shape, 2
        )
    if lattice.axes == (0, 1):  # stored by rows (y) and columns (x)
        coefficients = coefficients.swapaxes(0, 1)
    step = np.array([lattice.step, lattice.step])
    nodes = lattice.shape[0] * lattice.shape[1]
    return FieldTransformation(
        "local",
        centre,
        image,
        matrix,
        lattice.origin,
        step,
        np.ascontiguousarray(coefficients),
        guard,
        smoothness,
        nodes,
    )


def _make_lattice(points: np.ndarray, margin: float, step: float) -> _Lattice:
    low = points.min(0) - margin
    extent = points.max(0) + margin - low
    while np.prod(np.ceil(extent / step) + 3) > MAX_NODES:
        step *= 1.05
    cells = np.maximum(np.ceil(extent / step).astype(int), 1)
    origin = low - (cells * step - extent) / 2
    axes = (0, 1) if cells[0] >= cells[1] else (1, 0)
    return _Lattice(origin, float(step), (int(cells[axes[0]]), int(cells[axes[1]])), axes)


def _design(lattice: _Lattice, points: np.ndarray) -> _Design:
    position = (points - lattice.origin) / lattice.step
    along, across = position[:, lattice.axes[0]], position[:, lattice.axes[1]]
    first_a = np.clip(np.floor(along).astype(int), 0, lattice.cells[0] - 1)
    first_b = np.clip(np.floor(across).astype(int), 0, lattice.cells[1] - 1)
    values_a, values_b = _basis(along - first_a), _basis(across - first_b)
    offsets = np.arange(4)
    columns = (first_a[:, None, None] + offsets[:, None]) * lattice.shape[1] + first_b[:, None, None] + offsets
    values = values_a[:, :, None] * values_b[:, None, :]
    return _Design(columns.reshape(-1, 16), values.reshape(-1, 16))


def _basis(t: np.ndarray, derivative: int = 0) -> np.ndarray:
    """The four uniform cubic B-splines over a cell at ``t`` in 0..1 ``(N,)`` -> ``(N, 4)``, or a derivative of them."""
    one = np.ones_like(t)
    if derivative == 0:
        s = 1 - t
        return np.stack([s**3, 3 * t**3 - 6 * t**2 + 4, 3 * s**3 - 6 * s**2 + 4, t**3], -1) / 6
    if derivative == 1:
        return np.stack([-((1 - t) ** 2), 3 * t**2 - 4 * t, -3 * t**2 + 2 * t + 1, t**2], -1) / 2
    return np.stack([1 - t, 3 * t - 2 * one, one - 3 * t, t], -1)


def _gram(cells: int, derivative: int) -> np.ndarray:
    """Integrals of the products of the splines' derivatives, ``(7, cells + 3)``: ``[3 + d, i]`` is (i + d, i)."""
    nodes, weights = np.polynomial.legendre.leggauss(4)  # exact up to degree 7; the products have 6
    values = _basis((nodes + 1) / 2, derivative)
    block = (values * (weights / 2)[:, None]).T @ values
    diagonals = np.zeros((7, cells + 3))
    for i in range(4):
        for j in range(4):
            diagonals[3 + i - j, j : j + cells] += block[i, j]
    return diagonals


def _bending(lattice: _Lattice) -> np.ndarray:
    """The integral of ``f_aa^2 + 2 f_ab^2 + f_bb^2`` in units of the lattice step, in lower banded storage."""
    a = [_gram(lattice.cells[0], k) for k in range(3)]
    b = [_gram(lattice.cells[1], k) for k in range(3)]
    size_a, size_b = lattice.shape
    banded = np.zeros((lattice.bandwidth + 1, size_a, size_b))
    for da in range(4):
        for db in range(-3 if da else 0, 4):
            terms = [np.outer(a[p][3 + da], b[q][3 + db]) for p, q in ((2, 0), (1, 1), (0, 2))]
            banded[da * size_b + db] += terms[0] + 2 * terms[1] + terms[2]
    return banded.reshape(lattice.bandwidth + 1, -1)


def _normal(lattice: _Lattice, design: _Design, weights: np.ndarray, rest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """``B' W B`` in lower banded storage and ``B' W rest``."""
    nodes = lattice.shape[0] * lattice.shape[1]
    left = np.zeros((lattice.bandwidth + 1) * nodes)
    right = np.zeros((nodes, 2))
    later, earlier = np.tril_indices(16)
    for start in range(0, len(weights), CHUNK):
        part = slice(start, start + CHUNK)
        columns, values = design.columns[part], design.values[part]
        weighted = values * weights[part, None]
        place = (columns[:, later] - columns[:, earlier]) * nodes + columns[:, earlier]
        left += np.bincount(place.ravel(), (weighted[:, later] * values[:, earlier]).ravel(), minlength=len(left))
        for k in (0, 1):
            right[:, k] += np.bincount(columns.ravel(), (weighted * rest[part, k, None]).ravel(), minlength=nodes)
    return left.reshape(-1, nodes), right


def _solve(left: np.ndarray, right: np.ndarray, penalty: np.ndarray, strength: float) -> np.ndarray:
    matrix = left + strength * penalty
    matrix[0] += RIDGE * (matrix[0].max() + strength)
    try:
        return solveh_banded(matrix, right, lower=True, overwrite_ab=True, check_finite=False)
    except LinAlgError:  # rounding made it indefinite: a ridge that is still far below the penalty of one pixel of bend
        matrix = left + strength * penalty
        matrix[0] += 1e-5 * (matrix[0].max() + strength)
        return solveh_banded(matrix, right, lower=True, check_finite=False)


def _strength(wavelength: float, step: float, density: float) -> float:
    """The penalty that halves a wave of ``wavelength`` pixels: ``density = strength * (2 pi step / wavelength)^4``."""
    return density * (wavelength / (2 * np.pi * step)) ** 4


def _candidates(step: float, diameter: float) -> list[float]:
    """From the smoothest to the roughest."""
    count = max(int(np.floor(np.log(4 * diameter / (3 * step)) / np.log(RATIO))), 0)
    return [float("inf")] + [3 * step * RATIO**k for k in range(count, -1, -1)]


def choose_wavelength(sample: Sample, rest: np.ndarray) -> float:
    """The wavelength (pixels) of which half the amplitude is to be followed in ``rest`` ``(N, 2)``; inf: of none.

    ``rest`` is what the affine trend leaves. See the module's text.
    """
    guard = make_guard(sample.source)
    lattice = _make_lattice(sample.source, guard.margin, STEP_IN_SPACINGS * mean_spacing(sample.source))
    design, penalty = _design(lattice, sample.source), _bending(lattice)
    density = len(sample) * lattice.step**2 / guard.area
    candidates = _candidates(lattice.step, guard.diameter)
    parts, held = [], []
    plane = np.column_stack([np.ones(len(sample)), sample.source - sample.source.mean(0)])
    for out, known in held_out_apart(sample.source, sample.shared_px):
        if known.sum() < FEWEST_KNOWN:
            continue
        weights = sample.weights[known]
        left, right = _normal(lattice, design.part(known), weights, rest[known])
        root = np.sqrt(weights)[:, None]
        trend = np.linalg.lstsq(plane[known] * root, rest[known] * root, rcond=None)[0]
        parts.append((design.part(out), plane[out] @ trend, left, right, known.mean()))
        held.append(out)
    if not parts:
        return float("inf")
    errors = [np.concatenate([flat for _, flat, *_ in parts])]  # no field
    for wavelength in candidates[1:]:
        strength = _strength(wavelength, lattice.step, density)
        predicted = [at @ _solve(left, right, penalty, strength * share) for at, _, left, right, share in parts]
        errors.append(np.concatenate(predicted))
    index = np.concatenate(held)
    distances = [np.hypot(*(rest[index] - predicted).T) for predicted in errors]
    # Strays must not decide: beyond what the best of the candidates leaves typically, a miss is a miss.
    limit = LARGEST_SIGMAS * min(float(np.median(distance)) for distance in distances) / RAYLEIGH_MEDIAN
    return candidates[smoothest_good([sample.weights[index] * np.minimum(d, limit) ** 2 for d in distances])]


def smoothest_good(losses: list[np.ndarray], tolerance: float = 0.5) -> int:
    """The first of ``losses`` (squared errors ``(N,)``, smoothest first) that is not clearly worse than the best.

    Clearly: by more than ``tolerance`` standard errors of the summed difference, its terms taken as independent.
    """
    best = losses[int(np.argmin([loss.sum() for loss in losses]))]
    for index, loss in enumerate(losses):
        difference = loss - best
        error = np.sqrt(len(difference)) * float(np.std(difference, ddof=1)) if len(difference) > 1 else 0.0
        if difference.sum() <= tolerance * error:
            return index
    return len(losses) - 1
