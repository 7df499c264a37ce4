"""How pixel coordinates and map coordinates relate: the affine transform of a raster, and changes of CRS."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from affine import Affine
from rasterio._err import CPLE_BaseError, CPLE_NotSupportedError  # what rasterio.warp.transform lets through
from rasterio.crs import CRS
from rasterio.warp import transform as _warp_transform

from ..errors import InputError

# Metres in a degree of latitude on the authalic sphere (radius 6 371 007.2 m): good to 0.6 %, enough for search radii.
METRES_PER_DEGREE = 111_195.1


@dataclass(frozen=True)
class Georeference:
    """Where the pixels of a raster lie on the ground.

    ``transform`` takes pixel ``(column, row)`` (centre of the first pixel at 0.5, 0.5) to map ``(x, y)`` in ``crs``;
    ``crs`` is None for a raster without one, and map coordinates are then pixel and minus line, as QGIS shows such a
    raster.
    """

    crs: CRS | None
    transform: Affine

    def to_map(self, pixels: np.ndarray) -> np.ndarray:
        """Pixel coordinates ``(N, 2)`` -> map coordinates ``(N, 2)``."""
        return _apply(self.transform, pixels)

    def to_pixel(self, points: np.ndarray) -> np.ndarray:
        """Map coordinates ``(N, 2)`` -> pixel coordinates ``(N, 2)``."""
        return _apply(~self.transform, points)

    def box_to_pixel(self, bounds: tuple[float, float, float, float]) -> tuple[np.ndarray, np.ndarray]:
        """Least and greatest pixel ``(x, y)`` of a map rectangle ``(xmin, ymin, xmax, ymax)``, also on turned grids."""
        corners = self.to_pixel(np.array([[bounds[i], bounds[j]] for i in (0, 2) for j in (1, 3)]))
        return corners.min(0), corners.max(0)

    def metres_per_pixel(self, pixel: tuple[float, float]) -> tuple[float, float]:
        """Ground length in metres of one step along a row and along a column at ``pixel``; (1, 1) without a CRS.

        Map units are converted by the CRS's unit (metre, foot, ...); degrees by the latitude of the place.
        """
        t = self.transform
        x_unit, y_unit = self.metres_per_unit(pixel)
        return float(np.hypot(t.a * x_unit, t.d * y_unit)), float(np.hypot(t.b * x_unit, t.e * y_unit))

    def metres_per_unit(self, pixel: tuple[float, float]) -> tuple[float, float]:
        """Metres in one map unit along x and along y at ``pixel``; (1, 1) without a CRS."""
        if self.crs is None:
            return 1.0, 1.0
        if self.crs.is_geographic:
            latitude = np.clip(self.to_map(np.array([pixel], float))[0, 1], -89.9, 89.9)
            return METRES_PER_DEGREE * float(np.cos(np.deg2rad(latitude))), METRES_PER_DEGREE
        factor = float(self.crs.linear_units_factor[1])
        return factor, factor


def _apply(transform: Affine, xy: np.ndarray) -> np.ndarray:
    xy = np.asarray(xy, float)
    x, y = xy[..., 0], xy[..., 1]
    return np.stack(
        [transform.a * x + transform.b * y + transform.c, transform.d * x + transform.e * y + transform.f], -1
    )


def parse_crs(text: str) -> CRS:
    """A CRS from WKT, PROJ or an authority code. Raises InputError with the text that was not understood."""
    try:
        return CRS.from_user_input(text)
    except Exception as error:  # rasterio raises CRSError, ValueError or a bare GDAL error by version
        raise InputError(
            f"The CRS “{text[:60]}” is not understood: give an authority code such as EPSG:32636, or WKT."
        ) from error


def change_crs(points: np.ndarray, source: CRS, destination: CRS) -> np.ndarray:
    """Map coordinates ``(N, 2)`` from one CRS to another (x east, y north order).

    Points outside its domain come back as nan. Raises InputError where no way leads from one CRS to the other (a local
    or engineering CRS).
    """
    points = np.asarray(points, float)
    if source == destination or not len(points):
        return points.copy()
    known = np.isfinite(points).all(-1)
    if source.is_geographic:
        known &= np.abs(points[:, 1]) <= 90 * 1.0000001  # a rim that was computed may lie a rounding beyond the pole
    changed = np.full(points.shape, np.nan)
    changed[known] = _change_known(points[known], source, destination)
    changed[~np.isfinite(changed).all(-1)] = np.nan
    return changed


def _change_known(points: np.ndarray, source: CRS, destination: CRS) -> np.ndarray:
    """As ``change_crs``. rasterio raises if a single point lies outside the domain, so those are found by halving."""
    if not len(points):
        return points
    try:
        xs, ys = _warp_transform(source, destination, points[:, 0], points[:, 1])[:2]
    except CPLE_NotSupportedError as error:
        raise InputError(
            f"Positions cannot be carried from the CRS {_name(source)} to {_name(destination)}: assign both rasters a "
            "CRS that says where on the Earth they lie."
        ) from error
    except CPLE_BaseError:
        if len(points) == 1:
            return np.full((1, 2), np.nan)
        half = len(points) // 2
        return np.concatenate([_change_known(part, source, destination) for part in (points[:half], points[half:])])
    return np.stack([np.asarray(xs, float), np.asarray(ys, float)], -1)


def _name(crs: CRS) -> str:
    authority = crs.to_authority()
    return ":".join(authority) if authority else f"“{crs.to_string()[:60]}”"
