"""A landscape that is a smooth function of the ground, so that any raster of it, on any grid, is exact to its last
digit.
"""

from __future__ import annotations

import numpy as np
from affine import Affine
from rasterio.crs import CRS
from scipy.ndimage import gaussian_filter, map_coordinates, spline_filter

from sentinel_match_plugin.engine.frames.georeference import Georeference, change_crs

UTM36 = CRS.from_epsg(32636)
UTM35 = CRS.from_epsg(32635)
WEST, NORTH, STEP_M, SIDE = 300000.0, 5600000.0, 10.0, 900  # of the field, UTM zone 36


class KnownField:
    """A band-limited random surface over 9 x 9 km, values 0..1, detail of about 30 m."""

    def __init__(self, seed: int = 5) -> None:
        noise = np.random.default_rng(seed).standard_normal((SIDE, SIDE))
        field = gaussian_filter(noise, 1.5) + 2 * gaussian_filter(noise[::-1], 6) * 4
        self._coefficients = spline_filter((field - field.min()) / np.ptp(field))

    def raster(self, georeference: Georeference, shape: tuple[int, int], moved_m: tuple[float, float] = (0, 0)):
        """What a sensor sees on a grid, float64 ``(height, width)``.

        Content appears ``moved_m`` (east, north) of its true place.
        """
        columns, rows = np.meshgrid(np.arange(shape[1]) + 0.5, np.arange(shape[0]) + 0.5)
        points = georeference.to_map(np.stack([columns, rows], -1).reshape(-1, 2))
        ground = change_crs(points, georeference.crs, UTM36) - moved_m
        position = [(NORTH - ground[:, 1]) / STEP_M - 0.5, (ground[:, 0] - WEST) / STEP_M - 0.5]
        return map_coordinates(self._coefficients, position, order=3, prefilter=False, mode="nearest").reshape(shape)


def reference_grid(pixel_m: float = 10.0) -> Georeference:
    """North-up in the field's own CRS, 1.5 km inside of it."""
    return Georeference(UTM36, Affine(pixel_m, 0, WEST + 1500, 0, -pixel_m, NORTH - 1500))


def target_grid(pixel_m: float, degrees: float = 0.0) -> Georeference:
    """In the neighbouring UTM zone, turned by ``degrees`` (on top of the 4 degrees between the zones' norths)."""
    corner = change_crs(np.array([[WEST + 1200, NORTH - 1200]]), UTM36, UTM35)[0]
    return Georeference(UTM35, Affine.translation(*corner) @ Affine.rotation(degrees) @ Affine.scale(pixel_m, -pixel_m))
