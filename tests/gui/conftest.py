"""QGIS with widgets in this process, no screen needed; a pair of rasters and layers of tie points as the plugin makes
them."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="the tests of the QGIS side need a Python that has qgis")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "processing"))

import numpy as np
from generated import ORIGIN, PIXEL_M, texture, write_tif
from gui_support import SHIFT, SIDE
from qgis_support import start_qgis


@pytest.fixture(scope="session")
def qgis(tmp_path_factory):
    """The ``processing`` module of a QGIS in this process."""
    return start_qgis(tmp_path_factory.mktemp("profile_gui"))


@pytest.fixture(autouse=True)
def _clean_project(request):
    """Every test finds an empty project."""
    yield
    if "qgis" in request.fixturenames:
        from qgis.core import QgsProject

        QgsProject.instance().clear()


@pytest.fixture(autouse=True)
def _no_error_is_lost(monkeypatch):
    """An exception in what Qt calls reaches nobody: here it fails the test (PyQt would end the process)."""
    lost = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: lost.append(error))
    yield
    if lost:
        raise lost[0]


@pytest.fixture
def settle(qgis):
    """``settle(*canvases, until=...)``: let QGIS work until nothing is being drawn and ``until()`` holds."""
    from qgis.PyQt.QtWidgets import QApplication

    def wait(*canvases, until=lambda: True, patience_s=20.0):
        deadline, quiet = time.monotonic() + patience_s, 0
        while quiet < 3:
            QApplication.processEvents()
            time.sleep(0.005)
            quiet = quiet + 1 if until() and not any(canvas.isDrawing() for canvas in canvases) else 0
            assert time.monotonic() < deadline, "QGIS is not done in time"

    return wait


@pytest.fixture
def make_pair(tmp_path):
    """``make_pair(target_epsg=32636)`` -> paths of reference and target; None: a target without georeferencing."""

    def make(target_epsg=32636):
        values = (40 + 200 * texture(2, SIDE)).astype(np.uint8)
        reference = write_tif(tmp_path / "winter.tif", values)
        if target_epsg is None:
            from osgeo import gdal

            target = str(tmp_path / "summer.tif")
            file = gdal.GetDriverByName("GTiff").Create(target, SIDE, SIDE, 1, gdal.GDT_Byte)
            file.GetRasterBand(1).WriteArray(values)
            file = None
        else:
            target = write_tif(tmp_path / "summer.tif", values, _origin(target_epsg), epsg=target_epsg)
        return reference, target

    return make


def _origin(epsg):
    """Where the upper left corner of the reference lies in another CRS."""
    from qgis.core import QgsCoordinateReferenceSystem as Crs
    from qgis.core import QgsCoordinateTransform, QgsPointXY, QgsProject

    change = QgsCoordinateTransform(Crs("EPSG:32636"), Crs(f"EPSG:{epsg}"), QgsProject.instance())
    corner = change.transform(QgsPointXY(*ORIGIN))
    return corner.x(), corner.y()


@pytest.fixture
def make_points(qgis, make_pair, tmp_path):
    """``make_points(ending="gpkg", target_epsg=32636, metadata=True)`` -> a layer of 25 pairs in the project.

    ``ending`` "memory" makes one without a file; ``target_epsg`` None one whose target has no CRS: pixel and line.
    """
    from qgis.core import (
        QgsCoordinateReferenceSystem,
        QgsCoordinateTransform,
        QgsLayerMetadata,
        QgsPointXY,
        QgsProcessingContext,
        QgsProcessingUtils,
        QgsProject,
        QgsVectorLayer,
        QgsWkbTypes,
    )
    from qgis_support import Feedback

    from sentinel_match_plugin.processing import points, provenance, sinks

    def make(ending="gpkg", target_epsg=32636, metadata=True):
        reference, target = make_pair(target_epsg)
        crs = QgsCoordinateReferenceSystem("EPSG:32636")
        other = QgsCoordinateReferenceSystem(f"EPSG:{target_epsg}") if target_epsg else None
        rows = []
        for number in range(25):
            column, line = 20 + 18 * (number % 5), 20 + 18 * (number // 5)
            x, y = ORIGIN[0] + column * PIXEL_M, ORIGIN[1] - line * PIXEL_M
            shift = SHIFT
            if other is None:
                tgt, shift = (column + SHIFT[0] / PIXEL_M, line + SHIFT[1] / PIXEL_M), (None, None)
            else:
                change = QgsCoordinateTransform(crs, other, QgsProject.instance())
                moved = change.transform(QgsPointXY(x + SHIFT[0], y + SHIFT[1]))
                tgt = moved.x(), moved.y()
            values = (number + 1, x, y, *tgt, *shift, 0.5 + 0.02 * number, 0.1 * number, number < 23)
            rows.append(dict(zip(points.FIELDS, values)))
        context = QgsProcessingContext()
        place = "memory:points" if ending == "memory" else str(tmp_path / f"points.{ending}")
        fields = sinks.fields_of(points.FIELDS)
        sink, name = QgsProcessingUtils.createFeatureSink(place, context, fields, QgsWkbTypes.Type.Point, crs)
        sinks.fill(sink, points.FIELDS, rows, "TIE_POINTS", Feedback.make(), points.point_of)
        del sink
        if ending == "memory":
            layer = context.temporaryLayerStore().takeMapLayer(context.temporaryLayerStore().mapLayer(name))
        if metadata:
            text = f"EPSG:{target_epsg}" if target_epsg else ""
            links = [(provenance.REFERENCE, "", reference, "gdal"), (provenance.TARGET, "", target, "gdal")]
            made = provenance.Origin(links, ["2026-01-01 00:00:00 UTC: made"], text).metadata("points", "made")
            if ending == "memory":
                layer.setMetadata(made)
            else:
                provenance.keep_in_file(name, "ogr", made)
        if ending != "memory":
            layer = QgsVectorLayer(name, "points", "ogr")
        assert isinstance(layer.metadata(), QgsLayerMetadata)
        assert layer.featureCount() == 25
        QgsProject.instance().addMapLayer(layer)
        return layer

    return make


@pytest.fixture
def viewer(qgis, settle):
    """A Match viewer beside a main canvas (``viewer.main_canvas``), shown and 900 x 600 pixels."""
    from qgis.gui import QgsMapCanvas

    from sentinel_match_plugin.gui.match_viewer import MatchViewer

    main_canvas = QgsMapCanvas()
    main_canvas.resize(400, 300)
    dock = MatchViewer(main_canvas)
    dock.main_canvas = main_canvas
    dock.resize(900, 600)
    dock.show()
    settle()
    yield dock
    dock.end()
    settle(dock.reference_canvas, dock.target_canvas, main_canvas)
    dock.deleteLater()
    main_canvas.deleteLater()
    settle()


os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
