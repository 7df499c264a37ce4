"""What all transformations share: the points they are fitted to, the linear ones, and the inverse by iteration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import TransformationError

NAMES = {
    "shift": "A shift",
    "similarity": "A similarity",
    "affine": "An affine transformation",
    "homography": "A homography",
    "polynomial2": "A polynomial of degree 2",
    "polynomial3": "A polynomial of degree 3",
    "thin_plate_spline": "A thin-plate spline",
    "local": "A local displacement field",
}

# Points whose spread across their main direction is below this share of the spread along it count as lying on one line:
# with 0.3 px of noise and a line of 1000 px the direction across would be known no better than 30 % of itself.
LINE_RATIO = 1e-3

INVERSE_TOLERANCE_PX = 1e-4


@dataclass(frozen=True, eq=False)
class Sample:
    """Checked points to fit to: float64 ``(N, 2)`` twice, weights ``(N,)`` > 0 with mean 1.

    ``shared_px``: points nearer to each other than this share part of their error.
    """

    kind: str
    source: np.ndarray
    destination: np.ndarray
    weights: np.ndarray
    shared_px: float = 0.0

    def __len__(self) -> int:
        return len(self.weights)


@dataclass(frozen=True, eq=False)
class Transformation:
    """Takes reference pixels to aligned target positions, both ``(N, 2)`` float64 ``(x, y)``.

    ``image + matrix @ (xy - centre)`` is its linear trend: ``centre`` the middle of the points it was fitted to. For
    the kinds shift, similarity and affine that is all of it; the others are subclasses that add to it.
    """

    kind: str
    centre: np.ndarray
    image: np.ndarray
    matrix: np.ndarray

    def __call__(self, xy: np.ndarray) -> np.ndarray:
        """Where ``xy`` ``(..., 2)`` is found in the target; nan where not defined (beyond a homography's horizon)."""
        return self.trend(np.asarray(xy, float))

    def trend(self, xy: np.ndarray) -> np.ndarray:
        """The linear part alone."""
        return self.image + (xy - self.centre) @ self.matrix.T

    def inverse_trend(self, xy: np.ndarray) -> np.ndarray:
        """The inverse of the linear part. Raises TransformationError if it flattens the plane."""
        if abs(np.linalg.det(self.matrix)) < 1e-9:
            raise TransformationError(
                "The transformation flattens the image to a line and has no inverse: check the tie points."
            )
        return self.centre + (xy - self.image) @ np.linalg.inv(self.matrix).T

    def inverse(self, xy: np.ndarray) -> np.ndarray:
        """The reference pixels that ``self`` takes to ``xy`` ``(..., 2)``; within 1e-3 px, nan where there is none."""
        return self.inverse_trend(np.asarray(xy, float))

    def describe(self) -> str:
        """One sentence for the report. Lengths in reference pixels; positive angles turn clockwise (y points down)."""
        return f"{_NOUNS[self.kind]}: {describe_linear(self)}."


_NOUNS = {kind: name.split(" ", 1)[1].capitalize() for kind, name in NAMES.items()}


def describe_linear(t: Transformation) -> str:
    """The linear trend in words."""
    dx, dy = t.image - t.centre
    if t.kind == "shift":
        return f"the target appears displaced by {dx:.2f}, {dy:.2f} px (x, y)"
    # matrix = rotation @ [[sx, sx * shear], [0, sy]]: the first column gives rotation and scale along x
    (a, b), (d, e) = t.matrix
    scale_x = float(np.hypot(a, d))
    scale_y = float((a * e - b * d) / scale_x) if scale_x else 0.0
    rotation = float(np.degrees(np.arctan2(d, a)))
    shear = float(np.degrees(np.arctan2(a * b + d * e, scale_x * scale_y))) if scale_x * scale_y else 0.0
    words = f"displacement {dx:.2f}, {dy:.2f} px (x, y) at the middle of the points, rotation {rotation:.3f}°"
    if t.kind == "similarity":
        return f"{words}, scale {scale_x:.5f}"
    return f"{words}, scale {scale_x:.5f} by {scale_y:.5f}, shear {shear:.3f}°"


def take_sample(
    kind: str, source: np.ndarray, destination: np.ndarray, weights: np.ndarray | None, minimum: int, shared_px: float
) -> Sample:
    """Check what was given and put it into one form. Raises TransformationError."""
    source, destination = np.asarray(source, float), np.asarray(destination, float)
    if source.ndim != 2 or source.shape[1:] != (2,) or source.shape != destination.shape:
        raise TransformationError(
            f"Points must come as two equally long lists of x, y; {source.shape} and {destination.shape} were given."
        )
    weights = np.ones(len(source)) if weights is None else np.asarray(weights, float)
    if weights.shape != (len(source),):
        raise TransformationError(f"There are {len(source)} points but {weights.size} weights.")
    if not (np.isfinite(source).all() and np.isfinite(destination).all()):
        raise TransformationError("Some tie points have coordinates that are not finite: leave those points out.")
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise TransformationError("The weights of tie points must be finite and not negative.")
    used = weights > 0
    count = int(used.sum())
    if count < minimum:
        verb = "was" if count == 1 else "were"
        points = "point" if minimum == 1 else "points"
        raise TransformationError(f"{NAMES[kind]} needs at least {minimum} {points}; {count} {verb} given.")
    source, destination, weights = source[used], destination[used], weights[used]
    sample = Sample(kind, source, destination, weights / weights.mean(), shared_px)
    _check_spread(sample)
    return sample


def _check_spread(sample: Sample) -> None:
    if sample.kind == "shift":
        return
    centred = sample.source - np.average(sample.source, axis=0, weights=sample.weights)
    along, across = np.linalg.svd(centred * np.sqrt(sample.weights)[:, None], compute_uv=False)[:2]
    if along < 1e-9 * max(1.0, float(np.abs(sample.source).max())):
        raise TransformationError(f"All tie points lie on one spot: they do not determine {_lower(sample.kind)}.")
    if sample.kind != "similarity" and across < LINE_RATIO * along:
        raise TransformationError(
            f"The tie points lie (almost) on one line: they do not determine {_lower(sample.kind)}. "
            "Use a shift or a similarity, or points that are spread over the area."
        )


def _lower(kind: str) -> str:
    return NAMES[kind][0].lower() + NAMES[kind][1:]


def linear_fit(sample: Sample) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weighted least-squares affine: ``centre``, ``image``, ``matrix`` as in Transformation."""
    centre = np.average(sample.source, axis=0, weights=sample.weights)
    image = np.average(sample.destination, axis=0, weights=sample.weights)
    root = np.sqrt(sample.weights)[:, None]
    matrix = np.linalg.lstsq((sample.source - centre) * root, (sample.destination - image) * root, rcond=None)[0].T
    return centre, image, matrix


def invert_by_iteration(transformation: Transformation, xy: np.ndarray) -> np.ndarray:
    """Solve ``transformation(result) = xy`` point by point, starting from the linear trend.

    First the chord method (the trend's matrix as the slope: for residual fields of small gradient it gains a digit or
    more a step), then Newton's with differences for the points that need it. Points that still are off by more than
    1e-3 px become nan.
    """
    shape = np.shape(xy)
    wanted = np.asarray(xy, float).reshape(-1, 2)
    found = transformation.inverse_trend(wanted)
    chord = np.linalg.inv(transformation.matrix).T
    todo = np.flatnonzero(np.isfinite(found).all(1))
    result = np.full_like(found, np.nan)
    for step in range(60):
        miss = transformation(found[todo]) - wanted[todo]
        size = np.hypot(miss[:, 0], miss[:, 1])
        change = _newton_step(transformation, found[todo], miss) if step >= 8 else miss @ chord
        limit = 3.0 * size[:, None] * np.abs(chord).max() + 1e-12  # a step over a fold must not leave the neighbourhood
        done = size < INVERSE_TOLERANCE_PX
        result[todo[done]] = found[todo[done]]
        going = ~done & np.isfinite(size)
        todo, change = todo[going], np.clip(change[going], -limit[going], limit[going])
        if not len(todo):
            break
        found[todo] -= change
    else:
        miss = transformation(found[todo]) - wanted[todo]
        close = np.hypot(miss[:, 0], miss[:, 1]) < 1e-3
        result[todo[close]] = found[todo[close]]
    return result.reshape(shape)


def _newton_step(transformation: Transformation, xy: np.ndarray, miss: np.ndarray) -> np.ndarray:
    step = 0.01
    along_x, along_y = np.array([step, 0.0]), np.array([0.0, step])
    slope_x = (transformation(xy + along_x) - transformation(xy - along_x)) / (2 * step)
    slope_y = (transformation(xy + along_y) - transformation(xy - along_y)) / (2 * step)
    det = slope_x[:, 0] * slope_y[:, 1] - slope_x[:, 1] * slope_y[:, 0]
    det = np.where(np.abs(det) < 1e-6, np.copysign(1e-6, det), det)
    change_x = (miss[:, 0] * slope_y[:, 1] - miss[:, 1] * slope_y[:, 0]) / det
    change_y = (miss[:, 1] * slope_x[:, 0] - miss[:, 0] * slope_x[:, 1]) / det
    return np.stack([change_x, change_y], -1)


def enlarged(transformation: Transformation, factor: float) -> Transformation:
    """The same, its results multiplied by ``factor``."""
    if factor == 1:
        return transformation
    kind = transformation.kind
    image, matrix = transformation.image * factor, transformation.matrix * factor
    if type(transformation) is Transformation:
        return Transformation("similarity" if kind == "shift" else kind, transformation.centre, image, matrix)
    return Enlarged(kind, transformation.centre, image, matrix, transformation, factor)


@dataclass(frozen=True, eq=False)
class Enlarged(Transformation):
    """``factor`` times what the transformation ``inner`` says, fitted to coordinates that were divided by it."""

    inner: Transformation
    factor: float

    def __call__(self, xy: np.ndarray) -> np.ndarray:
        return self.inner(xy) * self.factor

    def inverse(self, xy: np.ndarray) -> np.ndarray:
        return self.inner.inverse(np.asarray(xy, float) / self.factor)

    def describe(self) -> str:
        return f"{self.inner.describe()[:-1]}; all of it times {self.factor:g}."
