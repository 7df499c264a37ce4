"""The ``local`` kind: an affine trend and a smooth field of cubic B-splines, by penalised least squares (P-splines).

Source of the method: Eilers and Marx 1996 (many splines, the penalty does the smoothing), with the bending energy of
the thin plate as the penalty, integrated exactly. The normal matrix is banded (lattice numbered along its short side),
so the cost grows linearly with the points and as ``columns * rows^3`` with the lattice: 5,000 nodes cost some 50 ms a
solution.

Two things are to be chosen, and how:
- *Lattice step*: 1.5 mean spacings of the points, or wider where the lattice would have more than ``MAX_NODES`` nodes.
  Finer brings nothing, the points could not fill it.
- *Smoothness*: the wavelength (pixels) at which the field follows half of a wave's amplitude. Candidates from 3
  lattice steps to 4 hull diameters and "no field"; each is tried on held-out blocks of points (blocks.py), and the
  smoothest wins that is not clearly worse than the best: by more than half a standard error of the difference over the
  blocks. Single held-out points or GCV would follow the noise, since the errors of neighbouring tie points are alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.linalg import LinAlgError
from scipy.linalg import solveh_banded

from .base import Sample, Transformation, linear_fit
from .blocks import make_folds, mean_spacing, spatial_blocks
from .field import FieldTransformation
from .hull import make_guard

MAX_NODES = 10_000
STEP_IN_SPACINGS = 1.25
RATIO = 1.5  # between neighbouring candidates of the smoothness: a factor 5 of the penalty
MANY_POINTS = 3000  # from here on two of the five folds tell enough to choose the smoothness
# Blocks held out to choose the smoothness are 2 x 2 points: waves of 5 to 8 spacings (relief) cannot be predicted
# across wider gaps and would be lost; single points would be predicted from their neighbours' errors, which are alike.
ACROSS = 2
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
    spacing = mean_spacing(sample.source)
    lattice = _make_lattice(sample.source, guard.margin, STEP_IN_SPACINGS * spacing)
    design = _design(lattice, sample.source)
    penalty = _bending(lattice)
    density = len(sample) * lattice.step**2 / guard.area  # weight in one cell, the weights' mean being 1
    if smoothness is None:
        candidates = _candidates(lattice.step, guard.diameter)
        smoothness = _choose(sample, rest, lattice, design, penalty, density, candidates)
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


def _choose(
    sample: Sample,
    rest: np.ndarray,
    lattice: _Lattice,
    design: _Design,
    penalty: np.ndarray,
    density: float,
    candidates: list[float],
) -> float:
    blocks = spatial_blocks(sample.source, seed=1, points_across=ACROSS)
    folds = make_folds(blocks, 5, seed=1)
    tried = range(5) if len(sample) < MANY_POINTS else range(2)
    parts = []
    whole_left, whole_right = _normal(lattice, design, sample.weights, rest)
    for fold in tried:
        held = np.flatnonzero(folds == fold)
        if not len(held):
            continue
        left, right = _normal(lattice, design.part(held), sample.weights[held], rest[held])
        parts.append((held, whole_left - left, whole_right - right))
    held = np.concatenate([part[0] for part in parts])
    weights, number = sample.weights[held], np.unique(blocks[held], return_inverse=True)[1]
    losses = [np.bincount(number, weights * (rest[held] ** 2).sum(1))]  # no field
    for wavelength in candidates[1:]:
        strength = _strength(wavelength, lattice.step, density)
        predicted = [design.part(rows) @ _solve(left, right, penalty, strength) for rows, left, right in parts]
        losses.append(np.bincount(number, weights * ((rest[held] - np.concatenate(predicted)) ** 2).sum(1)))
    return candidates[smoothest_good(losses)]


def smoothest_good(losses: list[np.ndarray], tolerance: float = 0.5) -> int:
    """The first of ``losses`` (squared errors by block, smoothest first) that is not clearly worse than the best.

    Clearly: by more than ``tolerance`` standard errors of the summed difference, blocks taken as independent.
    """
    best = losses[int(np.argmin([loss.sum() for loss in losses]))]
    for index, loss in enumerate(losses):
        difference = loss - best
        error = np.sqrt(len(difference)) * float(np.std(difference, ddof=1)) if len(difference) > 1 else 0.0
        if difference.sum() <= tolerance * error:
            return index
    return len(losses) - 1
