"""The ``local`` kind: an affine trend and a smooth field of cubic B-splines, by penalised least squares (P-splines).

Source of the method: Eilers and Marx 1996 (many splines, the penalty does the smoothing), with the bending energy of
the thin plate as the penalty, integrated exactly. The normal matrix is banded (lattice numbered along its short side),
so the cost grows linearly with the points and as ``columns * rows^3`` with the lattice: 10,000 nodes cost some 50 ms a
solution, a quarter of them some 4 ms.

Two things are to be chosen, and how:
- *Lattice step*: 1.25 mean spacings of the points, or wider where the lattice would have more than ``MAX_NODES`` nodes.
  Finer brings nothing, the points could not fill it. Nor does a step far below the wavelength that is followed: it is
  doubled as often as that leaves ``STEPS_A_WAVE`` steps to the wavelength (fields of chosen smoothness change by less
  than .001 px), ``STEPS_TO_CHOOSE`` while the smoothness is chosen.
- *Smoothness*: the wavelength (pixels) at which the field follows half of a wave's amplitude. Candidates from 3
  lattice steps to 4 hull diameters and "no field"; each is tried on held-out points whose neighbours are left out too
  (blocks.py), and the smoothest wins that is not clearly worse than the best: by more than half a standard error of the
  difference. Without leaving the neighbours out, the field would follow the error that tie points share with them
  because their windows overlap. Points are held out in rounds; a candidate that is worse beyond doubt is not tried in
  the next one. (Of 72 synthetic fields 70 choose as all candidates in all rounds on the finest lattice do, two flat
  ones no field instead of one of four image sides.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np
from numpy.linalg import LinAlgError
from scipy.linalg import solveh_banded
from scipy.sparse import csc_array, csr_array

from .base import Sample, Transformation, linear_fit
from .blocks import held_out_apart, mean_spacing
from .field import FieldTransformation
from .hull import Guard, make_guard

MAX_NODES = 10_000
STEP_IN_SPACINGS = 1.25
STEPS_A_WAVE = 8
STEPS_TO_CHOOSE = 5
FEWEST_CELLS = 12  # along the long axis of a lattice that has been made coarser
RATIO = 1.5  # between neighbouring candidates of the smoothness: a factor 5 of the penalty
LARGEST_SIGMAS = 3.0  # a held-out point further off than so many robust standard deviations counts as if so far
FEWEST_KNOWN = 10  # points left to fit to
RAYLEIGH_MEDIAN = 1.1774  # median of a two-dimensional Gaussian error, in standard deviations of one axis
CHUNK = 8192  # points assembled at once: 8192 * 100 products, some 7 MB
CLEARLY = 0.5  # standard errors that a candidate must be worse by not to be taken
HOPELESS = 6.0  # ... and not to be tried on further points
RIDGE = 1e-9  # keeps the normal matrix positive where it is only barely determined
SAFE_RIDGE = 1e-5  # where rounding made it indefinite: still far below the penalty of one pixel of bend

# The 25 diagonals of a symmetric matrix between splines at most 3 apart along each axis, its lower half: how much later
# the row's spline is than the column's along the long and the short axis.
DIAGONALS = [(da, db) for da in range(4) for db in range(-3 if da else 0, 4)]
# Of the four splines over a cell, the ten pairs of which the second is not the earlier one, and their numbers
EARLIER, LATER = np.triu_indices(4)
PAIR = {(int(k), int(m)): number for number, (k, m) in enumerate(zip(EARLIER, LATER, strict=True))}


@dataclass(frozen=True, eq=False)
class _Lattice:
    """A lattice over the guarded hull.

    ``origin``, ``step`` pixels along x, y; ``cells`` along the long and short axis; ``axes``: which of x, y these are.
    """

    origin: np.ndarray
    step: np.ndarray
    cells: tuple[int, int]
    axes: tuple[int, int]

    @classmethod
    def finest(cls, points: np.ndarray, guard: Guard) -> _Lattice:
        """The lattice that ``points`` can fill."""
        step = STEP_IN_SPACINGS * mean_spacing(points)
        low = points.min(0) - guard.margin
        extent = points.max(0) + guard.margin - low
        while np.prod(np.ceil(extent / step) + 3) > MAX_NODES:
            step *= 1.05
        cells = np.maximum(np.ceil(extent / step).astype(int), 1)
        axes = (0, 1) if cells[0] >= cells[1] else (1, 0)
        return cls(
            low - (cells * step - extent) / 2, np.full(2, step), (int(cells[axes[0]]), int(cells[axes[1]])), axes
        )

    def coarsenings(self, wavelength: float, steps_a_wave: float) -> int:
        """How often the step may be doubled with so many steps left to ``wavelength``."""
        steps = min(wavelength / self.step.max() / steps_a_wave, self.cells[0] / FEWEST_CELLS)
        return max(int(np.floor(np.log2(steps))), 0)

    def coarser(self, times: int) -> _Lattice:
        """A lattice over the same rectangle, its steps (nearly) doubled so many ``times``."""
        cells = (-(-self.cells[0] // 2**times), -(-self.cells[1] // 2**times))
        ratio = [self.cells[k] / cells[k] for k in self.axes]  # the axes are a swap or none, its own inverse
        return _Lattice(self.origin, self.step * ratio, cells, self.axes)

    @property
    def shape(self) -> tuple[int, int]:
        return self.cells[0] + 3, self.cells[1] + 3

    @property
    def nodes(self) -> int:
        return self.shape[0] * self.shape[1]


class _Design:
    """The spline values at points; node numbers rise along the short axis."""

    def __init__(self, lattice: _Lattice, points: np.ndarray) -> None:
        self.lattice = lattice
        position = (points - lattice.origin) / lattice.step
        first = [
            np.clip(np.floor(position[:, axis]).astype(int), 0, cells - 1)
            for axis, cells in zip(lattice.axes, lattice.cells, strict=True)
        ]
        self._along, self._across = (
            _basis(position[:, axis] - start) for axis, start in zip(lattice.axes, first, strict=True)
        )
        self._cell = first[0] * lattice.cells[1] + first[1]
        corner = first[0] * lattice.shape[1] + first[1]
        steps = (np.arange(4)[:, None] * lattice.shape[1] + np.arange(4)).ravel()
        values = self._along[:, :, None] * self._across[:, None, :]
        rows = np.arange(0, 16 * len(points) + 1, 16)
        self.values = csr_array(
            (values.ravel(), (corner[:, None] + steps).ravel(), rows), shape=(len(points), lattice.nodes)
        )

    def normal(self, weights: np.ndarray, rest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """``B' W B`` of all points as its ``DIAGONALS`` ``(25, nodes)``, each value at its column; ``B' W rest``.

        ``weights`` ``(N,)``, 0 for those that are left out.
        """
        size_a, size_b = self.lattice.cells
        products = np.zeros((size_a * size_b, 100))  # of each cell, summed over its points: pairs along times across
        used = np.flatnonzero(weights)
        for start in range(0, len(used), CHUNK):
            part = used[start : start + CHUNK]
            along = self._along[part][:, EARLIER] * self._along[part][:, LATER]
            across = self._across[part][:, EARLIER] * self._across[part][:, LATER]
            of_cell = csc_array(
                (weights[part], self._cell[part], np.arange(len(part) + 1)), shape=(len(products), len(part))
            )
            products += of_cell @ (along[:, :, None] * across[:, None, :]).reshape(-1, 100)
        pairs = np.ascontiguousarray(products.T).reshape(10, 10, size_a, size_b)
        diagonals = np.zeros((len(DIAGONALS), *self.lattice.shape))
        for diagonal, (da, db) in zip(diagonals, DIAGONALS, strict=True):
            for k in range(4 - da):
                for m in range(max(0, -db), min(4, 4 - db)):
                    pair = pairs[PAIR[k, k + da], PAIR[min(m, m + db), max(m, m + db)]]
                    diagonal[k : k + size_a, m : m + size_b] += pair
        return diagonals.reshape(len(DIAGONALS), -1), self.values.T @ (weights[:, None] * rest)


def fit_local(sample: Sample, smoothness: float | None = None) -> FieldTransformation:
    """Fit the affine trend, then the field to what it leaves."""
    centre, image, matrix = linear_fit(sample)
    rest = sample.destination - Transformation("affine", centre, image, matrix)(sample.source)
    guard = make_guard(sample.source)
    finest = _Lattice.finest(sample.source, guard)
    if smoothness is None:
        smoothness = choose_wavelength(sample, rest, guard)
    lattice = finest.coarser(finest.coarsenings(smoothness, STEPS_A_WAVE))
    coefficients = np.zeros((lattice.nodes, 2))
    if np.isfinite(smoothness):
        normal = _Design(lattice, sample.source).normal(sample.weights, rest)
        coefficients = _solve(lattice, *normal, _bending(lattice), _strength(smoothness, len(sample) / guard.area))
    field = coefficients.reshape(*lattice.shape, 2)
    if lattice.axes == (0, 1):  # stored by rows (y) and columns (x)
        field = field.swapaxes(0, 1)
    return FieldTransformation(
        "local",
        centre,
        image,
        matrix,
        lattice.origin,
        lattice.step,
        np.ascontiguousarray(field),
        guard,
        smoothness,
        lattice.nodes,
    )


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
    block = _gram_of_cell(derivative)
    diagonals = np.zeros((7, cells + 3))
    for i in range(4):
        for j in range(4):
            diagonals[3 + i - j, j : j + cells] += block[i, j]
    return diagonals


@cache
def _gram_of_cell(derivative: int) -> np.ndarray:
    """The integrals ``(4, 4)`` over one cell of the products of the four splines' derivatives."""
    nodes, weights = np.polynomial.legendre.leggauss(4)  # exact up to degree 7; the products have 6
    values = _basis((nodes + 1) / 2, derivative)
    return (values * (weights / 2)[:, None]).T @ values


def _bending(lattice: _Lattice) -> np.ndarray:
    """The integral of ``f_xx^2 + 2 f_xy^2 + f_yy^2`` over the lattice, pixels, as its ``DIAGONALS`` ``(25, nodes)``."""
    a = [_gram(lattice.cells[0], k) for k in range(3)]
    b = [_gram(lattice.cells[1], k) for k in range(3)]
    step_a, step_b = lattice.step[list(lattice.axes)]
    # a derivative in pixels is one in steps, divided by the step
    factors = {(p, q): step_a ** (1 - 2 * p) * step_b ** (1 - 2 * q) for p, q in ((2, 0), (1, 1), (0, 2))}
    factors[1, 1] *= 2
    return np.stack(
        [
            sum(factor * np.outer(a[p][3 + da], b[q][3 + db]) for (p, q), factor in factors.items()).ravel()
            for da, db in DIAGONALS
        ]
    )


def _solve(
    lattice: _Lattice, left: np.ndarray, right: np.ndarray, penalty: np.ndarray, strength: float, ridge: float = RIDGE
) -> np.ndarray:
    """The coefficients ``(nodes, 2)``: ``(left + strength * penalty)^-1 right``, matrices as ``DIAGONALS``."""
    size = lattice.shape[1]
    # LAPACK's lower banded storage, in its own order: copying would take as long as solving
    matrix = np.zeros((3 * size + 4, lattice.nodes), order="F")
    for (da, db), diagonal in zip(DIAGONALS, left + strength * penalty, strict=True):
        matrix[da * size + db] += diagonal  # added: on a narrow lattice several share one
    matrix[0] += ridge * matrix[0].max()
    try:
        return solveh_banded(matrix, right, lower=True, overwrite_ab=True, check_finite=False)
    except LinAlgError:
        if ridge >= SAFE_RIDGE:
            raise
        return _solve(lattice, left, right, penalty, strength, SAFE_RIDGE)


def _strength(wavelength: float, density: float) -> float:
    """The penalty that halves a wave of ``wavelength`` pixels: ``density = strength * (2 pi / wavelength)^4``.

    ``density``: points in a square pixel, the weights' mean being 1.
    """
    return density * (wavelength / (2 * np.pi)) ** 4


def _candidates(step: float, diameter: float) -> list[float]:
    """From the smoothest to the roughest."""
    count = max(int(np.floor(np.log(4 * diameter / (3 * step)) / np.log(RATIO))), 0)
    return [float("inf")] + [3 * step * RATIO**k for k in range(count, -1, -1)]


def choose_wavelength(sample: Sample, rest: np.ndarray, guard: Guard) -> float:
    """The wavelength (pixels) of which half the amplitude is to be followed in ``rest`` ``(N, 2)``; inf: of none.

    ``rest`` is what the affine trend leaves, ``guard`` that of the points. See the module's text.
    """
    finest = _Lattice.finest(sample.source, guard)
    plane = np.column_stack([np.ones(len(sample)), sample.source - sample.source.mean(0)])

    def coarsenings(wavelength: float) -> int:
        return finest.coarsenings(wavelength, STEPS_TO_CHOOSE)

    @cache
    def splines(times: int) -> tuple[_Design, np.ndarray]:
        lattice = finest.coarser(times)
        return _Design(lattice, sample.source), _bending(lattice)

    weights = np.zeros(0)  # of the points held out so far, and how far each candidate is off at them
    misses = {wavelength: np.zeros(0) for wavelength in _candidates(float(finest.step[0]), guard.diameter)}
    losses: dict[float, np.ndarray] = {}
    for out, known in held_out_apart(sample.source, sample.shared_px):
        if known.sum() < FEWEST_KNOWN:
            continue
        weights = np.append(weights, sample.weights[out])
        root = np.sqrt(sample.weights[known])[:, None]
        predicted = {float("inf"): plane[out] @ np.linalg.lstsq(plane[known] * root, rest[known] * root, rcond=None)[0]}
        for times, wavelengths in groupby(filter(np.isfinite, misses), coarsenings):
            design, penalty = splines(times)
            normal, at = design.normal(sample.weights * known, rest), design.values[out]
            for wavelength in wavelengths:
                strength = _strength(wavelength, known.sum() / guard.area)
                predicted[wavelength] = at @ _solve(design.lattice, *normal, penalty, strength)
        for wavelength in misses:
            misses[wavelength] = np.append(misses[wavelength], np.hypot(*(rest[out] - predicted[wavelength]).T))
        # Strays must not decide: beyond what the best of the candidates leaves typically, a miss is a miss.
        limit = LARGEST_SIGMAS * min(float(np.median(miss)) for miss in misses.values()) / RAYLEIGH_MEDIAN
        losses = {wavelength: weights * np.minimum(miss, limit) ** 2 for wavelength, miss in misses.items()}
        best = min(losses.values(), key=np.sum)
        misses = {
            wavelength: misses[wavelength] for wavelength in losses if _excess(losses[wavelength], best) < HOPELESS
        }
    return next((wavelength for wavelength in losses if _excess(losses[wavelength], best) <= CLEARLY), float("inf"))


def _excess(loss: np.ndarray, best: np.ndarray) -> float:
    """By how many standard errors the sum of ``loss`` is above that of ``best``, both ``(N,)`` of independent terms."""
    difference = loss - best
    total = float(difference.sum())
    error = np.sqrt(len(difference)) * float(np.std(difference, ddof=1)) if len(difference) > 1 else 0.0
    return total / max(error, 1e-12 * total, 1e-300)
