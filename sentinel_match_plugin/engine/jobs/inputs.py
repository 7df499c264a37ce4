"""What jobs of every kind take: rasters, a rectangle, polygons, a device."""

from __future__ import annotations

from dataclasses import dataclass

DEVICES = ("auto", "cpu", "cuda", "mps")
AREA_MODES = ("inside", "outside")


@dataclass(frozen=True)
class RasterInput:
    """A raster GDAL can open. ``band`` counts from 1, 0 lets the engine choose. ``label`` is what the user calls it.

    ``source``: what the user gave, where ``path`` is a temporary file made of it; with it the job can be repeated.
    """

    path: str
    band: int = 0
    label: str = ""
    source: str = ""


@dataclass(frozen=True)
class Extent:
    """A rectangle ``(xmin, ymin, xmax, ymax)`` in ``crs`` (WKT or an authority code such as EPSG:32636)."""

    bounds: tuple[float, float, float, float]
    crs: str


@dataclass(frozen=True)
class AreaInput:
    """Polygons in a GeoJSON file. ``crs`` overrides the file's own; without either, lon/lat (RFC 7946).

    ``source``: as that of a RasterInput."""

    path: str
    mode: str = "inside"
    crs: str = ""
    source: str = ""
