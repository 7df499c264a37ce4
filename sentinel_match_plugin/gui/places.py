"""Where a place of one raster lies on its canvas, and where the other raster shows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsPointXY, QgsProject

from ..processing import provenance
from ..processing.layers import crs_text, file_of

NEAREST = 4  # points whose deviation from the affine the place between them is given


@dataclass(frozen=True)
class Frame:
    """How the numbers of a layer of tie points become places on a canvas, which shows ``crs`` (perhaps none).

    ``transform`` is None where they are map coordinates; else they are pixel and line, and it is GDAL's geotransform.
    """

    crs: QgsCoordinateReferenceSystem
    transform: tuple | None = None

    def to_canvas(self, places):
        """``(N, 2)`` as the layer keeps them -> ``(N, 2)`` on the canvas."""
        places = np.asarray(places, float).reshape(-1, 2)
        if self.transform is None:
            return places
        origin, matrix = self._affine()
        return places @ matrix.T + origin

    def from_canvas(self, places):
        """The inverse."""
        places = np.asarray(places, float).reshape(-1, 2)
        if self.transform is None:
            return places
        origin, matrix = self._affine()
        return (places - origin) @ np.linalg.inv(matrix).T

    def _affine(self):
        x, a, b, y, c, d = self.transform
        return np.array([x, y]), np.array([[a, b], [c, d]])


def reference_frame(points_layer, raster) -> Frame:
    """The reference's canvas shows the CRS of the points, so that they need no transformation."""
    return Frame(points_layer.crs() if points_layer.crs().isValid() else raster.crs())


def target_frame(points_layer, raster) -> Frame:
    """As the layer of points says of ``tgt_x``, ``tgt_y``; if it says nothing, by the CRS of ``raster``."""
    said = provenance.target_crs_of(provenance.metadata_of(points_layer))
    said = crs_text(raster.crs()) if said is None else said
    if said:
        return Frame(crs_of(said))
    return Frame(raster.crs(), geotransform(raster))


def crs_of(text) -> QgsCoordinateReferenceSystem:
    """The CRS that ``layers.crs_text`` wrote."""
    if text.startswith("EPSG:"):
        return QgsCoordinateReferenceSystem(text)
    return QgsCoordinateReferenceSystem.fromWkt(text)


def geotransform(raster):
    """Pixel and line -> where QGIS shows them. A raster without any lies at 0, 0 with the lines going down."""
    from osgeo import gdal

    path = file_of(raster)
    file = gdal.OpenEx(path, gdal.OF_RASTER) if path else None
    own = file and file.GetGeoTransform(can_return_null=True)
    if own:
        return tuple(own)
    extent = raster.extent()
    width, height = max(raster.width(), 1), max(raster.height(), 1)
    return extent.xMinimum(), extent.width() / width, 0.0, extent.yMaximum(), 0.0, -extent.height() / height


class Correspondence:
    """Where the content of one canvas lies on the other, by the pairs: an affine, bent to the nearest points."""

    def __init__(self, here, there):
        """``here``, ``there`` ``(N, 2)``: the same places on two canvases."""
        here, there = np.asarray(here, float), np.asarray(there, float)
        self._here, self._centre = here, here.mean(0) if len(here) else np.zeros(2)
        self._scale = np.abs(here - self._centre).max() or 1.0 if len(here) else 1.0
        if len(here) >= 3 and np.linalg.matrix_rank(self._columns(here), tol=1e-3) == 3:
            self._model = np.linalg.lstsq(self._columns(here), there, rcond=None)[0]
        else:  # a shift is all that one or two points tell
            shift = (there - here).mean(0) if len(here) else np.zeros(2)
            self._model = np.vstack([np.eye(2) * self._scale, self._centre + shift])
        self._deviation = there - self._columns(here) @ self._model

    def __call__(self, x, y):
        """Where ``(x, y)`` lies on the other canvas."""
        place = np.array([[x, y]], float)
        found = (self._columns(place) @ self._model)[0]
        if len(self._here):
            distance = np.hypot(*(self._here - place).T)
            nearest = np.argpartition(distance, NEAREST)[:NEAREST] if len(distance) > NEAREST else slice(None)
            weight = 1.0 / (distance[nearest] + 1e-6 * self._scale)
            found = found + weight @ self._deviation[nearest] / weight.sum()
        return float(found[0]), float(found[1])

    @property
    def scale(self) -> float:
        """Units there for a unit here."""
        return float(np.sqrt(abs(np.linalg.det(self._matrix())))) or 1.0

    @property
    def rotation(self) -> float:
        """By how many degrees, counterclockwise, the content is turned there; 0 if it is mirrored."""
        m = self._matrix()
        if np.linalg.det(m) <= 0:
            return 0.0
        return float(np.degrees(np.arctan2(m[1, 0] - m[0, 1], m[0, 0] + m[1, 1])))

    def _matrix(self):
        return self._model[:2].T / self._scale

    def _columns(self, places):
        return np.column_stack([(places - self._centre) / self._scale, np.ones(len(places))])


def displacement(frames, here, there):
    """``(dx, dy)`` as the contract has it: target minus reference in the reference's CRS; None without both CRS."""
    reference, target = frames
    if not (reference.crs.isValid() and target.crs.isValid() and target.transform is None):
        return None
    try:
        change = QgsCoordinateTransform(target.crs, reference.crs, QgsProject.instance())
        moved = change.transform(QgsPointXY(*there))
    except QgsCsException:
        return None
    return moved.x() - here[0], moved.y() - here[1]
