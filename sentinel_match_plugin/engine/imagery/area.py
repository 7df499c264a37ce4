"""Where matching may happen: an extent and polygons, whatever their CRS, as masks on any pixel grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from affine import Affine
from rasterio.crs import CRS
from rasterio.features import rasterize

from ..errors import InputError
from ..frames.georeference import METRES_PER_DEGREE, Georeference, change_crs, parse_crs
from ..jobs import AreaInput, Extent
from .polygons import LONGITUDE_LATITUDE, Polygon, read_polygons

BEND_TOLERANCE_M = 0.5  # how far an edge may lie from its true curve after a change of CRS
MAX_HALVINGS = 12  # an edge is cut into at most 4096 pieces
TOUCH_PIXELS = 1024  # side of the mask on which it is checked that an area touches a raster


@dataclass(frozen=True)
class Area:
    """Where pixels may be used.

    ``crs`` of everything in it (None: a raster without one, coordinates as they are). ``extent``: closed ring ``(N,
    2)`` or None. ``polygons``: each a list of rings, or None where there are none. ``outside``: use what lies outside
    of the polygons.
    """

    crs: CRS | None
    extent: np.ndarray | None = None
    polygons: tuple[Polygon, ...] | None = None
    outside: bool = False

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """Bounding box (xmin, ymin, xmax, ymax) in ``crs`` of what may be used, None where nothing limits it."""
        boxes = [] if self.extent is None else [_box(self.extent)]
        if self.polygons is not None and not self.outside:
            rings = [_box(polygon[0]) for polygon in self.polygons]
            boxes.append(np.array([*np.min(rings, 0)[:2], *np.max(rings, 0)[2:]]))
        if not boxes:
            return None
        low, high = np.max(boxes, 0)[:2], np.min(boxes, 0)[2:]
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def mask(self, georeference: Georeference, shape: tuple[int, int]) -> np.ndarray:
        """bool ``shape`` (height, width): True where the pixel's centre may be used.

        ``georeference`` is that of the grid, in ``crs``; its transform may be rotated.
        """
        return self._mask(georeference, shape, all_touched=False)

    def check_touches(self, georeference: Georeference, width: int, height: int, label: str) -> None:
        """Raise InputError if nothing of a raster of that size may be used; ``label`` is what the user calls it."""
        scale = max(1.0, max(width, height) / TOUCH_PIXELS)
        coarse = Georeference(georeference.crs, georeference.transform @ Affine.scale(scale))
        shape = max(1, round(height / scale)), max(1, round(width / scale))
        if self._mask(coarse, shape, all_touched=not self.outside).any():
            return
        if self.extent is not None and not Area(self.crs, self.extent)._mask(coarse, shape, all_touched=True).any():
            raise InputError(f"The extent lies outside of {label}.")
        if self.outside:
            raise InputError(f"The area polygons cover all of {label}: there is nothing outside of them to use.")
        raise InputError(f"No polygon of the area touches {label}.")

    def _mask(self, georeference: Georeference, shape: tuple[int, int], all_touched: bool) -> np.ndarray:
        allowed = np.ones(shape, bool)
        if self.extent is not None:
            allowed = _burn([[self.extent]], georeference, shape, all_touched)
        if self.polygons is not None and allowed.any():
            inside = _burn(self.polygons, georeference, shape, all_touched)
            allowed &= ~inside if self.outside else inside
        return allowed


def load_area(job_area: AreaInput | None, extent: Extent | None, crs: CRS | None) -> Area:
    """The extent and polygons of a job, carried into ``crs``, that of the reference.

    Polygons are in ``job_area.crs``, else in the CRS that the file names, else in longitude and latitude (RFC 7946).
    Edges are densified where they bend between the two CRSs (to 0.5 m). Without a reference CRS, QGIS shows it in
    pixel and minus line on a canvas of any CRS: the coordinates drawn there are then taken as they are.

    Raises InputError: empty or unreadable extent or file, no polygon, none with an area, none that touches the extent.
    """
    ring = None if extent is None else _extent_ring(extent, crs)
    if job_area is None:
        return Area(crs, ring)
    if job_area.mode not in ("inside", "outside"):
        raise InputError(f"The area mode “{job_area.mode}” is not known: use inside or outside.")
    polygons, named_crs = read_polygons(job_area.path)
    if crs is not None:
        source = parse_crs(job_area.crs) if job_area.crs else named_crs or LONGITUDE_LATITUDE
        if not job_area.crs and named_crs is None:
            _check_degrees(polygons)
        polygons = _carried(polygons, source, crs)
    area = Area(crs, ring, tuple(polygons), job_area.mode == "outside")
    if ring is not None and not area.outside:
        low_x, low_y, high_x, high_y = area.bounds or (0, 0, 0, 0)
        if low_x > high_x or low_y > high_y:
            raise InputError("No polygon of the area touches the extent: choose a larger extent or another area.")
    return area


def _extent_ring(extent: Extent, crs: CRS | None) -> np.ndarray:
    if len(extent.bounds) != 4 or not np.isfinite(extent.bounds).all():
        raise InputError(f"The extent {extent.bounds} is not four numbers: xmin, ymin, xmax, ymax.")
    x0, y0, x1, y1 = extent.bounds
    if x0 >= x1 or y0 >= y1:
        raise InputError(f"The extent is empty: x {x0:g} to {x1:g}, y {y0:g} to {y1:g}.")
    ring = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]], float)
    if crs is None or not extent.crs:
        return ring
    ring, _ = _densified(ring, np.zeros(5, int), parse_crs(extent.crs), crs)
    if not np.isfinite(ring).all():
        raise InputError(
            f"The extent cannot be expressed in the reference's CRS ({crs.to_string()[:60]}): "
            "make it smaller, or give it in that CRS."
        )
    return ring


def _check_degrees(polygons: list[Polygon]) -> None:
    for polygon in polygons:
        if np.abs(polygon[0][:, 0]).max() > 360 or np.abs(polygon[0][:, 1]).max() > 90:
            raise InputError(
                "The area polygons name no CRS, which means longitude and latitude, but their coordinates are "
                "not degrees: say which CRS they are in."
            )


def _carried(polygons: list[Polygon], source: CRS, destination: CRS) -> list[Polygon]:
    if source == destination:
        return polygons
    rings = [ring for polygon in polygons for ring in polygon]
    owner = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    points, owner = _densified(np.concatenate(rings), owner, source, destination)
    ends = np.cumsum(np.bincount(owner, minlength=len(rings)))
    carried = iter(np.split(points, ends[:-1]))
    result = [[next(carried) for _ in polygon] for polygon in polygons]
    lost = sum(not all(np.isfinite(ring).all() for ring in polygon) for polygon in result)
    if lost:
        raise InputError(
            f"{lost} of {len(result)} area polygons cannot be expressed in the reference's CRS "
            f"({destination.to_string()[:60]}): "
            "keep only those in the surroundings of the rasters."
        )
    return result


def _densified(points: np.ndarray, owner: np.ndarray, source: CRS, destination: CRS) -> tuple[np.ndarray, np.ndarray]:
    """Points of closed rings, one after the other, in ``destination``, with points added where the edges bend.

    ``owner`` says which ring a point is of. An edge is halved as long as the middle of its ends differs from its
    carried middle.
    """
    unit = METRES_PER_DEGREE if destination.is_geographic else float(destination.linear_units_factor[1])
    carried = change_crs(points, source, destination)
    unsettled = np.flatnonzero(owner[:-1] == owner[1:])
    for _ in range(MAX_HALVINGS):
        middle = (points[unsettled] + points[unsettled + 1]) / 2
        there = change_crs(middle, source, destination)
        off = np.hypot(*(there - (carried[unsettled] + carried[unsettled + 1]) / 2).T) * unit
        bent = off > BEND_TOLERANCE_M  # False for nan: what has no place there is reported by the caller
        if not bent.any():
            break
        after = unsettled[bent] + 1
        points = np.insert(points, after, middle[bent], axis=0)
        carried = np.insert(carried, after, there[bent], axis=0)
        owner = np.insert(owner, after, owner[after])
        inserted = after + np.arange(len(after))
        unsettled = np.sort(np.concatenate([inserted - 1, inserted]))
    return carried, owner


def _burn(
    polygons: list[Polygon] | tuple[Polygon, ...], georeference: Georeference, shape: tuple[int, int], all_touched: bool
) -> np.ndarray:
    """True where a polygon covers the pixel's centre (or, ``all_touched``, any part of the pixel).

    Polygons are carried into the pixel frame first: GDAL then burns them without knowing a transform, rotated or not.
    Those whose box misses the grid are left out, which is what makes thousands of them quick.
    """
    height, width = shape
    rings = [ring for polygon in polygons for ring in polygon]
    pixels = georeference.to_pixel(np.concatenate(rings))
    starts = np.cumsum([0, *(len(ring) for ring in rings)])[:-1]
    low, high = np.minimum.reduceat(pixels, starts), np.maximum.reduceat(pixels, starts)
    parts = np.split(pixels, starts[1:])
    shapes, number = [], 0
    for polygon in polygons:
        first, number = number, number + len(polygon)
        (left, top), (right, bottom) = low[first], high[first]
        if left < width and top < height and right > 0 and bottom > 0:
            shapes.append({"type": "Polygon", "coordinates": [part.tolist() for part in parts[first:number]]})
    if not shapes:
        return np.zeros(shape, bool)
    return rasterize(shapes, out_shape=shape, fill=0, default_value=1, all_touched=all_touched, dtype="uint8").astype(
        bool
    )


def _box(ring: np.ndarray) -> np.ndarray:
    return np.array([*ring.min(0), *ring.max(0)])
