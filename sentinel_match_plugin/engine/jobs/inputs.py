"""What jobs of every kind take: rasters, a rectangle, polygons, a device."""

from __future__ import annotations

from dataclasses import dataclass

DEVICES = ("auto", "cpu", "cuda", "mps")
AREA_MODES = ("inside", "outside")


@dataclass(frozen=True)
class RasterInput:
    """A raster GDAL can open. ``band`` counts from 1, 0 lets the engine choose. ``label`` is what the user calls it."""

    path: str
    band: int = 0
    label: str = ""


@dataclass(frozen=True)
class Extent:
    """A rectangle ``(xmin, ymin, xmax, ymax)`` in ``crs`` (WKT or an authority code such as EPSG:32636)."""

    bounds: tuple[float, float, float, float]
    crs: str


@dataclass(frozen=True)
class AreaInput:
    """Polygons in a GeoJSON file. ``crs`` overrides the file's own; without either, lon/lat (RFC 7946)."""

    path: str
    mode: str = "inside"
    crs: str = ""
