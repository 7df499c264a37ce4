"""Points on a jittered grid and displacements of known truth, for the tests of models, filters and errors."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

NOISE_PX = 0.3  # per axis, what a good matcher leaves


def jittered_grid(across: int, spacing: float, seed: int) -> np.ndarray:
    steps = np.stack(np.meshgrid(np.arange(across), np.arange(across)), -1).reshape(-1, 2) + 0.5
    return spacing * (steps + np.random.default_rng(seed).uniform(-0.3, 0.3, steps.shape))


def sine(xy: np.ndarray) -> np.ndarray:
    """Amplitude 3 px, wavelength 300 px: the bend of the test pairs."""
    wave = np.stack([np.sin(2 * np.pi * xy[:, 1] / 300 + 0.7), np.sin(2 * np.pi * xy[:, 0] / 300 + 1.9)], -1)
    return xy + 3 * wave + [5.0, -3.0]


def affine(xy: np.ndarray) -> np.ndarray:
    return xy @ np.array([[1.01, 0.02], [-0.015, 0.99]]).T + [10.0, -7.0]


def projective(xy: np.ndarray) -> np.ndarray:
    return affine(xy) / (1 + xy @ np.array([1e-4, -5e-5]))[:, None]


def bow(xy: np.ndarray) -> np.ndarray:
    return affine(xy) + np.stack([2e-5 * xy[:, 1] ** 2, -1e-5 * xy[:, 0] * xy[:, 1]], -1)


def similarity(xy: np.ndarray) -> np.ndarray:
    angle = np.deg2rad(1.5)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return 1.01 * xy @ turn.T + [12.0, -4.0]


# a truth that each kind can represent
TRUTHS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "shift": lambda xy: xy + [12.3, -4.5],
    "similarity": similarity,
    "affine": affine,
    "homography": projective,
    "polynomial2": bow,
    "polynomial3": lambda xy: bow(xy) + 1e-8 * (xy - 150) ** 3,
    "thin_plate_spline": sine,
    "local": sine,
}


def rms(difference: np.ndarray) -> float:
    return float(np.sqrt((difference**2).sum(1).mean()))


def noisy(truth: Callable[[np.ndarray], np.ndarray], points: np.ndarray, seed: int) -> np.ndarray:
    return truth(points) + np.random.default_rng(seed + 1000).normal(0, NOISE_PX, points.shape)
