"""The kinds with a fixed number of parameters: shift, similarity, affine, homography, polynomials."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..errors import TransformationError
from .base import NAMES, Sample, Transformation, describe_linear, invert_by_iteration, linear_fit
from .hull import Guard, make_guard


def fit_shift(sample: Sample) -> Transformation:
    """The weighted mean displacement."""
    centre = np.average(sample.source, axis=0, weights=sample.weights)
    image = np.average(sample.destination, axis=0, weights=sample.weights)
    return Transformation("shift", centre, image, np.eye(2))


def fit_similarity(sample: Sample) -> Transformation:
    """Rotation, scale and shift by weighted least squares (Umeyama 1991), never a reflection.

    In the plane the solution is one complex number: ``z' = a z``, ``a = sum w conj(z) z' / sum w |z|^2`` of centred
    points.
    """
    centre = np.average(sample.source, axis=0, weights=sample.weights)
    image = np.average(sample.destination, axis=0, weights=sample.weights)
    z = (sample.source - centre) @ [1, 1j]
    a = np.sum(sample.weights * z.conj() * ((sample.destination - image) @ [1, 1j])) / np.sum(
        sample.weights * np.abs(z) ** 2
    )
    return Transformation("similarity", centre, image, np.array([[a.real, -a.imag], [a.imag, a.real]]))


def fit_affine(sample: Sample) -> Transformation:
    """Weighted least squares."""
    return Transformation("affine", *linear_fit(sample))


@dataclass(frozen=True, eq=False)
class Homography(Transformation):
    """``projective`` 3 x 3, reference to target; the linear trend is its tangent at the middle of the points."""

    projective: np.ndarray

    def __call__(self, xy: np.ndarray) -> np.ndarray:
        return _project(self.projective, np.asarray(xy, float), self.centre)

    def inverse(self, xy: np.ndarray) -> np.ndarray:
        return _project(np.linalg.inv(self.projective), np.asarray(xy, float), self.image)

    def describe(self) -> str:
        bend = np.hypot(*(self.projective[2, :2] / (self.projective[2, :2] @ self.centre + self.projective[2, 2])))
        return f"Homography: {describe_linear(self)}, perspective {1000 * bend:.4f} per 1000 px."


def _project(matrix: np.ndarray, xy: np.ndarray, inside: np.ndarray) -> np.ndarray:
    depth = xy @ matrix[2, :2] + matrix[2, 2]
    depth = np.where(depth * np.sign(inside @ matrix[2, :2] + matrix[2, 2]) > 0, depth, np.nan)
    return (xy @ matrix[:2, :2].T + matrix[:2, 2]) / depth[..., None]


def fit_homography(sample: Sample) -> Transformation:
    """Normalised direct linear transform (Hartley 1997), then Gauss-Newton on the weighted distances in the target."""
    to_unit, to_unit_dst = _normaliser(sample.source, sample.weights), _normaliser(sample.destination, sample.weights)
    src = sample.source @ to_unit[:2, :2].T + to_unit[:2, 2]
    dst = sample.destination @ to_unit_dst[:2, :2].T + to_unit_dst[:2, 2]
    root = np.sqrt(sample.weights)[:, None]
    ones, zeros = np.ones((len(src), 1)), np.zeros((len(src), 3))
    point = np.hstack([src, ones])
    rows = np.vstack(
        [np.hstack([point, zeros, -dst[:, :1] * point]) * root, np.hstack([zeros, point, -dst[:, 1:] * point]) * root]
    )
    values, vectors = np.linalg.eigh(rows.T @ rows)
    if values[1] < 1e-10 * values[-1]:  # a second null direction: three of four points in line, or the like
        raise TransformationError(
            "The tie points do not determine a homography: too many lie on one line. Use an affine one."
        )
    matrix = vectors[:, 0].reshape(3, 3)
    if abs(matrix[2, 2]) < 1e-9:
        raise _no_homography()
    matrix = matrix / matrix[2, 2]
    for _ in range(10):
        depth = point @ matrix[2]
        if (depth <= 0).any():
            raise _no_homography()
        value = (point @ matrix[:2].T) / depth[:, None]
        scaled = point / depth[:, None]
        jacobian = np.vstack(
            [
                np.hstack([scaled, zeros, -value[:, :1] * scaled[:, :2]]) * root,
                np.hstack([zeros, scaled, -value[:, 1:] * scaled[:, :2]]) * root,
            ]
        )
        miss = ((dst - value) * root).T.reshape(-1)
        step = np.linalg.lstsq(jacobian, miss, rcond=None)[0]
        matrix = matrix + np.append(step, 0.0).reshape(3, 3)
        if np.abs(step).max() < 1e-12:
            break
    if (point @ matrix[2] <= 0).any():
        raise _no_homography()
    projective = np.linalg.inv(to_unit_dst) @ matrix @ to_unit
    projective = projective / np.linalg.norm(projective)
    centre = np.average(sample.source, axis=0, weights=sample.weights)
    depth_there = centre @ projective[2, :2] + projective[2, 2]
    image = (projective[:2, :2] @ centre + projective[:2, 2]) / depth_there
    tangent = (projective[:2, :2] - np.outer(image, projective[2, :2])) / depth_there
    return Homography("homography", centre, image, tangent, projective)


def _no_homography() -> TransformationError:
    return TransformationError(
        "The tie points fit no homography (its horizon would cross them). Use an affine transformation."
    )


def _normaliser(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    centre = np.average(points, axis=0, weights=weights)
    scale = np.sqrt(2.0 / max(float(np.average(((points - centre) ** 2).sum(1), weights=weights)), 1e-12))
    return np.array([[scale, 0, -scale * centre[0]], [0, scale, -scale * centre[1]], [0, 0, 1]])


@dataclass(frozen=True, eq=False)
class Polynomial(Transformation):
    """The trend plus monomials of ``(xy - centre) / scale``; what is not linear is guarded beyond the points.

    ``coefficients`` ``(terms, 2)`` in the order of ``_monomials``, of the residual to the trend.
    """

    degree: int
    scale: float
    coefficients: np.ndarray
    guard: Guard

    def __call__(self, xy: np.ndarray) -> np.ndarray:
        points = np.asarray(xy, float).reshape(-1, 2)
        result = np.full_like(points, np.nan)
        finite = np.isfinite(points).all(1)
        held, factor = self.guard.hold(points[finite])
        extra = _monomials((held - self.centre) / self.scale, self.degree) @ self.coefficients
        result[finite] = self.trend(points[finite]) + factor[:, None] * extra
        return result.reshape(np.shape(xy))

    def inverse(self, xy: np.ndarray) -> np.ndarray:
        return invert_by_iteration(self, xy)

    def describe(self) -> str:
        bend = self.guard.corners
        largest = float(np.hypot(*(self(bend) - self.trend(bend)).T).max())
        name = NAMES[self.kind][2:].capitalize()
        return f"{name}: {describe_linear(self)}, and a bow of up to {largest:.2f} px at the border."


def _monomials(xy: np.ndarray, degree: int) -> np.ndarray:
    x, y = xy[:, 0], xy[:, 1]
    return np.stack([x ** (total - j) * y**j for total in range(degree + 1) for j in range(total + 1)], -1)


def _fit_polynomial(sample: Sample, degree: int) -> Transformation:
    centre, image, matrix = linear_fit(sample)
    trend = Transformation("affine", centre, image, matrix)
    scale = float(np.abs(sample.source - centre).max())
    root = np.sqrt(sample.weights)[:, None]
    design = _monomials((sample.source - centre) / scale, degree) * root
    rest = (sample.destination - trend(sample.source)) * root
    coefficients, _, rank, _ = np.linalg.lstsq(design, rest, rcond=1e-7)
    if rank < design.shape[1]:
        raise TransformationError(
            f"The tie points are too much in line for a polynomial of degree {degree}. Use an affine transformation."
        )
    # margin 0.1 diameters: a polynomial is asked for to be continued a little, the points seldom reach the very edge
    # of the image
    guard = make_guard(sample.source, margin=0.1)
    return Polynomial(sample.kind, centre, image, matrix, degree, scale, coefficients, guard)


def fit_polynomial2(sample: Sample) -> Transformation:
    """Weighted least squares on normalised coordinates, degree 2 (12 parameters)."""
    return _fit_polynomial(replace(sample, kind="polynomial2"), 2)


def fit_polynomial3(sample: Sample) -> Transformation:
    """Weighted least squares on normalised coordinates, degree 3 (20 parameters)."""
    return _fit_polynomial(replace(sample, kind="polynomial3"), 3)
