"""Smooth noise that is moved exactly, and points to look for in it."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter, spline_filter
from scipy.ndimage import shift as spline_shift

from sentinel_match_plugin.engine.matchers.base import Patch

POINTS = np.stack(np.meshgrid(np.arange(50, 210, 20.0), np.arange(50, 210, 20.0)), -1).reshape(-1, 2)


def texture(seed: int = 1, size: int = 256) -> np.ndarray:
    """A smooth random surface in 0..1: band-limited, so that shifting it by splines is exact to a thousandth."""
    field = gaussian_filter(np.random.default_rng(seed).standard_normal((size, size)), 1.5, mode="wrap")
    return ((field - field.min()) / np.ptp(field)).astype(np.float32)


def patch(values: np.ndarray, valid: np.ndarray | None = None) -> Patch:
    valid = np.ones(values.shape, bool) if valid is None else valid
    return Patch(np.where(valid, values, 0).astype(np.float32), valid, 10.0)


def shifted(values: np.ndarray, x: float, y: float) -> np.ndarray:
    return spline_shift(spline_filter(values), (y, x), order=3, mode="mirror", prefilter=False).astype(np.float32)
