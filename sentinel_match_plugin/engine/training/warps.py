"""Random known transformations: which reference pixel shows the ground that each target pixel shows.

A ``Warp`` is a formula, not a grid: turn, scale and shear about the centre, perspective tilt, and a smooth local
displacement (a sum of plane waves), so that it is exact at any point and no resampled field stands between the image
and its truth. Pixel frame: centre of the first pixel at (0.5, 0.5); images are squares of ``size`` pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

WAVES = 4
# The amplitude over the wavelength stays below this, so that no displacement folds the image or changes its local scale
# by more than 2 pi 0.04 = 25 %.
STEEPEST = 0.04


@dataclass(frozen=True)
class WarpSettings:
    """How far random warps go; each part is drawn evenly between nothing and its most.

    ``shift_share`` and ``shift_px`` along each axis, as a share of the image's side and in pixels (their sum counts);
    ``rotation_deg`` to both sides (180: the full circle); ``scale`` from ``1 / scale`` to ``scale`` reference pixels a
    target pixel, evenly in its logarithm; ``stretch`` the longer over the shorter axis of the affine's ellipse, in any
    direction (with the rotation: every shear); ``tilt`` relative change of scale from the centre to the edge;
    ``local_px`` the largest local displacement in reference pixels, of wavelengths ``wavelength_px`` (from, to) in
    target pixels.
    """

    shift_share: float = 0.0
    shift_px: float = 0.0
    rotation_deg: float = 0.0
    scale: float = 1.0
    stretch: float = 1.0
    tilt: float = 0.0
    local_px: float = 0.0
    wavelength_px: tuple[float, float] = (60.0, 400.0)


STILL = WarpSettings()
# Without usable georeferencing: any orientation, 5 m against 20 m, a view from the side.
FREE = WarpSettings(
    shift_share=0.25, rotation_deg=180.0, scale=2.0, stretch=1.2, tilt=0.08, local_px=3.0, wavelength_px=(60.0, 400.0)
)
# What is left once both images lie on one grid by their georeferencing.
GUIDED = WarpSettings(
    shift_px=6.0, rotation_deg=3.0, scale=1.05, stretch=1.03, tilt=0.02, local_px=3.0, wavelength_px=(60.0, 400.0)
)
# What is left to a matcher that turns and scales the target itself, in steps of 30 degrees and a quarter.
STEPPED = WarpSettings(
    shift_share=0.15, rotation_deg=20.0, scale=1.25, stretch=1.1, tilt=0.03, local_px=3.0, wavelength_px=(60.0, 400.0)
)


@dataclass(frozen=True)
class Warp:
    """Target pixel -> reference pixel.

    ``matrix`` (2, 2) and ``shift`` (2,) about the centre ``size / 2`` of both; ``tilt`` (2,) per target pixel; the
    local displacement is the sum of ``amplitudes[n] * sin(waves[n] @ xy + phases[n])`` with ``amplitudes`` (N, 2)
    reference pixels, ``waves`` (N, 2) radians per target pixel and ``phases`` (N,).
    """

    size: int
    matrix: np.ndarray
    shift: np.ndarray
    tilt: np.ndarray
    amplitudes: np.ndarray
    waves: np.ndarray
    phases: np.ndarray

    @property
    def scale(self) -> float:
        """Reference pixels a target pixel, at the centre."""
        return float(np.sqrt(abs(np.linalg.det(self.matrix))))

    @property
    def rotation_deg(self) -> float:
        """How far the target's x axis is turned in the reference, towards its y axis; -180..180, before tilt."""
        u, _, v = np.linalg.svd(self.matrix)
        turn = u @ v
        return float(np.degrees(np.arctan2(turn[1, 0], turn[0, 0])))

    def __call__(self, xy: np.ndarray) -> np.ndarray:
        """Target pixels ``(..., 2)`` -> reference pixels ``(..., 2)``, float64."""
        middle = self.size / 2
        away = np.asarray(xy, float) - middle
        moved = away @ self.matrix.T / (1 + away @ self.tilt)[..., None]
        return moved + np.sin(away @ self.waves.T + self.phases) @ self.amplitudes + self.shift + middle

    def on_grid(self) -> np.ndarray:
        """The same at every target pixel's centre: ``(size, size, 2)`` float32, indexed [row, column].

        A plane wave is a sum of two products of functions of x and y alone, so that all waves together are one product
        of matrices: a fraction of the time of as many sines, and equal to a ten-thousandth of a pixel.
        """
        away = (np.arange(self.size) + 0.5 - self.size / 2).astype(np.float32)
        x, y = away[None, :], away[:, None]
        kx, ky = (self.waves[:, axis, None] * away for axis in (0, 1))
        of_y = np.concatenate([np.cos(ky), np.sin(ky)]).T.astype(np.float32)
        of_x = np.concatenate([np.sin(kx + self.phases[:, None]), np.cos(kx + self.phases[:, None])])
        places = np.empty((self.size, self.size, 2), np.float32)
        nearness = 1 / (1 + np.float32(self.tilt[0]) * x + np.float32(self.tilt[1]) * y)
        for axis, (along, across) in enumerate(self.matrix.astype(np.float32)):
            places[..., axis] = (along * x + across * y) * nearness + np.float32(self.shift[axis] + self.size / 2)
            if self.amplitudes.any():
                weights = np.tile(self.amplitudes[:, axis], 2)[:, None]
                places[..., axis] += of_y @ (weights * of_x).astype(np.float32)
        return places


def draw_warp(settings: WarpSettings, size: int, generator: np.random.Generator) -> Warp:
    """A warp by chance, within ``settings``, for images of ``size`` pixels a side."""
    reach = settings.shift_share * size + settings.shift_px
    shift = generator.uniform(-reach, reach, 2)
    turn = turned(np.radians(generator.uniform(-1, 1) * settings.rotation_deg))
    scale = settings.scale ** generator.uniform(-1, 1)
    half = np.sqrt(settings.stretch ** generator.uniform(0, 1))
    along = turned(generator.uniform(0, np.pi))
    matrix = scale * turn @ along @ np.diag([half, 1 / half]) @ along.T
    shortest, longest = np.log(settings.wavelength_px)
    direction = turned(generator.uniform(0, 2 * np.pi))[0]
    tilt = direction * generator.uniform(0, 1) * settings.tilt / (size / 2)
    lengths = np.exp(generator.uniform(shortest, longest, WAVES))
    waves = unit_vectors(generator, WAVES) * (2 * np.pi / lengths)[:, None]
    shares = generator.dirichlet(np.ones(WAVES))
    most = np.minimum(settings.local_px * generator.uniform(0, 1), STEEPEST * lengths)
    amplitudes = unit_vectors(generator, WAVES) * (shares * most)[:, None]
    return Warp(size, matrix, shift, tilt, amplitudes, waves, generator.uniform(0, 2 * np.pi, WAVES))


def turned(radians: float) -> np.ndarray:
    """The rotation (2, 2) from x towards y."""
    cosine, sine = np.cos(radians), np.sin(radians)
    return np.array([[cosine, -sine], [sine, cosine]])


def unit_vectors(generator: np.random.Generator, count: int) -> np.ndarray:
    """Directions by chance, ``(count, 2)``."""
    angles = generator.uniform(0, 2 * np.pi, count)
    return np.stack([np.cos(angles), np.sin(angles)], -1)
