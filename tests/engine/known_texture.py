"""A smooth texture known at every point of the ground, so that the same spot has an exact position in any rendering."""

from __future__ import annotations

import numpy as np

from sentinel_match_plugin.engine.matchers.base import Patch


class Texture:
    """Blobs of many sizes and directions on a plane of ``extent_m`` metres; smooth, so sampling at points is exact."""

    def __init__(self, seed: int = 0, count: int = 900, extent_m: float = 6000.0, sizes_m=(25.0, 160.0)) -> None:
        random = np.random.default_rng(seed)
        self._centre = random.uniform(-500, extent_m + 500, (count, 2))
        self._size = np.exp(random.uniform(*np.log(sizes_m), count))
        self._height = random.normal(size=count)
        self._stretch = np.exp(random.uniform(-0.5, 0.5, count))
        self._angle = random.uniform(0, np.pi, count)

    def render(self, gsd_m: float, origin_m, shape) -> np.ndarray:
        """Float32 0..1; the centre of the first pixel is ``gsd_m / 2`` from ``origin_m`` (x, y) along both axes."""
        x = origin_m[0] + (np.arange(shape[1]) + 0.5) * gsd_m
        y = origin_m[1] + (np.arange(shape[0]) + 0.5) * gsd_m
        out = np.zeros(shape)
        for (cx, cy), size, height, stretch, angle in zip(
            self._centre, self._size, self._height, self._stretch, self._angle, strict=True
        ):
            reach = 4.5 * size * max(stretch, 1 / stretch)
            i0, i1 = np.searchsorted(x, [cx - reach, cx + reach])
            j0, j1 = np.searchsorted(y, [cy - reach, cy + reach])
            dx, dy = x[None, i0:i1] - cx, y[j0:j1, None] - cy
            u, v = np.cos(angle) * dx + np.sin(angle) * dy, np.cos(angle) * dy - np.sin(angle) * dx
            out[j0:j1, i0:i1] += height * np.exp(-0.5 * ((u / (size * stretch)) ** 2 + (v * stretch / size) ** 2))
        return np.clip((out + 2.2) / 5.2, 0, 1).astype(np.float32)


REFERENCE_M, TARGET_M = np.array([500.0, 500.0]), np.array([533.7, 478.7])  # upper left corners: shifted by fractions


def two_views(texture: Texture, reference_gsd_m: float, target_gsd_m: float, known: bool, side_m: float = 4000.0):
    """Patches of one ground with different pixel sizes, shifted by a fraction of a pixel. ``known``: they say their
    size.
    """
    patches = []
    for gsd, origin in ((reference_gsd_m, REFERENCE_M), (target_gsd_m, TARGET_M)):
        values = texture.render(gsd, origin, (int(side_m / gsd),) * 2)
        patches.append(Patch(values, np.ones(values.shape, bool), gsd if known else float("nan")))
    return patches


def error_px(matches, reference_gsd_m: float, target_gsd_m: float) -> np.ndarray:
    """How far each target position is from the truth, ``(N, 2)`` in reference pixels."""
    on_ground = TARGET_M + matches.target * target_gsd_m
    return (on_ground - REFERENCE_M - matches.reference * reference_gsd_m) / reference_gsd_m


def size_of(errors: np.ndarray) -> float:
    """Median length of the errors."""
    return float(np.median(np.linalg.norm(errors, axis=1)))


def real_strip(shared_data, tile: str, date: str, band: int = 0) -> np.ndarray:
    """A band (0 red, 1 green, 2 blue) of a strip of season subtiles, float32 0..1, 512 wide and up to 5120 high."""
    import cv2

    files = sorted(
        (shared_data / "seasons" / tile / date).glob("tile_0_*.png"), key=lambda f: int(f.stem.split("_")[2])
    )
    values = np.vstack([cv2.imread(str(f))[..., 2 - band] for f in files]).astype(np.float32)
    low, high = np.percentile(values, [1, 99])
    return np.clip((values - low) / (high - low), 0, 1)
