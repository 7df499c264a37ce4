"""Scenes of made-up places: ground of edges that a season changes in brightness and contrast, not in place."""

from __future__ import annotations

import cv2
import numpy as np
import rasterio
from affine import Affine

SIZE = 384
PIXEL_M = 20.0


def ground(seed: int, size: int = 2 * SIZE) -> np.ndarray:
    """Fields, each of one class, float32 ``(size, size)`` 0..1."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(0, size, (size * size // 900, 2))
    image = np.full((size, size), 255, np.uint8)
    subdivision = cv2.Subdiv2D((0, 0, size, size))
    for x, y in centres:
        subdivision.insert((float(x), float(y)))
    for field in subdivision.getVoronoiFacetList([])[0]:
        cv2.fillConvexPoly(image, field.astype(np.int32), int(rng.integers(0, 255)))
    return cv2.GaussianBlur(image.astype(np.float32) / 255, (0, 0), 0.8)


def season(image: np.ndarray, seed: int) -> np.ndarray:
    """Every class gets another brightness, and there is noise: uint8."""
    rng = np.random.default_rng(seed)
    curve = cv2.GaussianBlur(rng.uniform(20, 235, (1, 256)).astype(np.float32), (0, 0), 6)[0]
    curve = 20 + 215 * (curve - curve.min()) / np.ptp(curve)
    values = curve[np.clip(image * 255, 0, 255).astype(int)] + rng.normal(0, 4, image.shape)
    return values.clip(1, 255).astype(np.uint8)


def write(path, image: np.ndarray, transform: Affine | None = None, crs: str = "EPSG:32636", nodata=None) -> str:
    """GeoTIFF, or PNG without a CRS where there is no transform."""
    about = {"driver": "PNG"} if transform is None else {"driver": "GTiff", "transform": transform, "crs": crs}
    shape = {"height": image.shape[0], "width": image.shape[1], "count": 1, "dtype": image.dtype, "nodata": nodata}
    with rasterio.open(path, "w", **about, **shape) as file:
        file.write(image, 1)
    return str(path)
