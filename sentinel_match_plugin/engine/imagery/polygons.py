"""Polygons out of GeoJSON (RFC 7946, and the ``crs`` member of its 2008 forerunner that GDAL still writes)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from rasterio.crs import CRS

from ..errors import InputError
from ..frames.georeference import parse_crs

LONGITUDE_LATITUDE = CRS.from_user_input("OGC:CRS84")

Polygon = list[np.ndarray]
"""Closed rings float64 ``(N, 2)``: the outer one, then the holes."""


def read_polygons(path: str) -> tuple[list[Polygon], CRS | None]:
    """All polygons of the file that have an area, and the CRS it names (None: it names none).

    Features, collections and multipolygons are taken apart; points and lines are passed over, heights dropped, rings
    closed. Raises InputError where the file is missing, not GeoJSON, has no polygon, or only such without an area.
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise InputError(f"The area file {path} does not exist.") from error
    except OSError as error:
        raise InputError(f"The area file {path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise InputError(f"The area file {path} is not GeoJSON: {error}.") from error
    found = 0
    polygons: list[Polygon] = []
    try:
        for coordinates in _polygon_coordinates(data):
            found += 1
            rings = [_ring(ring) for ring in coordinates]
            if rings and _has_area(rings[0]):
                polygons.append([rings[0], *(hole for hole in rings[1:] if _has_area(hole))])
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise InputError(f"The area file {path} is not proper GeoJSON: {error}.") from error
    if not found:
        raise InputError(f"The area file {path} has no polygon in it.")
    if not polygons:
        raise InputError(
            f"No polygon in the area file {path} has an area: all are points or lines folded onto themselves."
        )
    return polygons, _named_crs(data)


def _polygon_coordinates(data: Any) -> Iterator[Any]:
    """Coordinates of every polygon, however deep in features, collections and multipolygons."""
    if not isinstance(data, dict):
        raise ValueError("an object with a type was expected")
    kind = data.get("type")
    if kind == "FeatureCollection":
        for feature in data["features"]:
            yield from _polygon_coordinates(feature)
    elif kind == "Feature":
        if data.get("geometry") is not None:  # null: a feature without a place
            yield from _polygon_coordinates(data["geometry"])
    elif kind == "GeometryCollection":
        for geometry in data["geometries"]:
            yield from _polygon_coordinates(geometry)
    elif kind == "MultiPolygon":
        yield from data["coordinates"]
    elif kind == "Polygon":
        if data["coordinates"]:
            yield data["coordinates"]
    elif kind not in ("Point", "MultiPoint", "LineString", "MultiLineString"):
        raise ValueError(f"“{kind}” is no type of GeoJSON")


def _ring(coordinates: list[list[float]]) -> np.ndarray:
    ring = np.array([position[:2] for position in coordinates], float).reshape(-1, 2)
    if not np.isfinite(ring).all():
        raise ValueError("a coordinate is not a number")
    return ring if len(ring) and (ring[0] == ring[-1]).all() else np.concatenate([ring, ring[:1]])


def _has_area(ring: np.ndarray) -> bool:
    """Whether the points span a plane. Not by the signed area: that of a figure of eight is zero too."""
    if len(ring) < 4:
        return False
    centred = ring - ring.mean(0)
    x, y = centred.T
    size = float(np.abs(centred).max())
    if abs(float(x[:-1] @ y[1:] - x[1:] @ y[:-1])) > 1e-6 * size**2:
        return True
    spread = np.linalg.svd(centred, compute_uv=False)
    return bool(spread[1] > 1e-9 * max(spread[0], float(np.abs(ring).max()) * 1e-6))


def _named_crs(data: dict[str, Any]) -> CRS | None:
    member = data.get("crs")
    if not isinstance(member, dict):
        return None
    name = member.get("properties", {}).get("name")
    return parse_crs(str(name)) if name else None
