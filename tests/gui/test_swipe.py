"""Before and after on the main canvas."""

from __future__ import annotations

import numpy as np
import pytest
from generated import ORIGIN, write_tif


@pytest.fixture
def canvas(qgis, settle):
    from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
    from qgis.gui import QgsMapCanvas

    made = QgsMapCanvas()
    made.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32636"))
    made.resize(400, 300)
    made.show()
    settle()
    made.setExtent(QgsRectangle(ORIGIN[0] + 100, ORIGIN[1] - 700, ORIGIN[0] + 900, ORIGIN[1] - 100))
    yield made
    settle(made)
    made.deleteLater()
    settle()


@pytest.fixture
def layers(qgis, tmp_path):
    """A dark raster and a bright one, of one place."""
    from qgis.core import QgsContrastEnhancement, QgsProject, QgsRasterLayer

    made = []
    for name, value in (("before", 50), ("after", 200)):
        layer = QgsRasterLayer(write_tif(tmp_path / f"{name}.tif", np.full((100, 100), value, np.uint8)), name)
        layer.setContrastEnhancement(QgsContrastEnhancement.ContrastEnhancementAlgorithm.NoEnhancement)
        made.append(QgsProject.instance().addMapLayer(layer))
    return made


def gray(canvas, x, y):
    from qgis.PyQt.QtGui import QColor

    return QColor(canvas.grab().toImage().pixel(x, y)).red()


def test_each_side_of_the_line_shows_its_layer_and_the_line_follows_the_mouse(canvas, layers, settle):
    from qgis.PyQt.QtCore import QPoint, Qt
    from qgis.PyQt.QtTest import QTest

    from sentinel_match_plugin.gui.swipe import SwipeTool

    tool = SwipeTool(canvas, *layers)
    canvas.setMapTool(tool)
    settle(canvas, until=lambda: tool.ready)
    assert (gray(canvas, 100, 200), gray(canvas, 300, 200)) == pytest.approx((50, 200), abs=3)
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(360, 150))
    tool.set_share(0.9)  # a drag; Qt's own mouseMove carries no button without a screen
    assert gray(canvas, 300, 200) == pytest.approx(50, abs=3)
    tool.set_horizontal(True)
    assert (gray(canvas, 300, 200), gray(canvas, 300, 290)) == pytest.approx((50, 200), abs=3)
    canvas.unsetMapTool(tool)
    settle(canvas)
    assert gray(canvas, 300, 200) == 255, "the map is as it was"


def test_a_click_moves_the_line_there(canvas, layers, settle):
    from qgis.PyQt.QtCore import QPoint, Qt
    from qgis.PyQt.QtTest import QTest

    from sentinel_match_plugin.gui.swipe import SwipeTool

    tool = SwipeTool(canvas, *layers)
    canvas.setMapTool(tool)
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 150))
    assert tool.share == pytest.approx(0.25)
    canvas.unsetMapTool(tool)


def test_a_zoomed_map_is_drawn_anew(canvas, layers, settle):
    from sentinel_match_plugin.gui.swipe import SwipeTool

    tool = SwipeTool(canvas, *layers)
    canvas.setMapTool(tool)
    settle(canvas, until=lambda: tool.ready)
    canvas.zoomByFactor(4.0)
    settle(canvas, until=lambda: tool.ready)
    assert gray(canvas, 5, 290) == 255, "beyond the rasters there is nothing"
    assert gray(canvas, 190, 200) == pytest.approx(50, abs=3)
    canvas.unsetMapTool(tool)


def test_the_swipe_ends_when_a_layer_or_the_tool_goes(viewer, make_points, settle, tmp_path):
    from qgis.core import QgsProject, QgsRasterLayer
    from qgis.gui import QgsMapToolPan

    canvas = viewer.main_canvas
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    points = make_points()
    summer, winter = (QgsRasterLayer(str(tmp_path / f"{name}.tif"), name) for name in ("summer", "winter"))
    QgsProject.instance().addMapLayers([summer, winter])
    viewer.set_layer(points)
    viewer.swipe.button.setChecked(True)
    assert canvas.mapTool() is viewer.swipe.tool
    viewer.swipe.button.setChecked(False)
    assert canvas.mapTool() is pan
    viewer.swipe.button.setChecked(True)
    canvas.setMapTool(pan)
    assert not viewer.swipe.button.isChecked()
    viewer.swipe.button.setChecked(True)
    QgsProject.instance().removeMapLayer(summer.id())
    settle(canvas)
    assert not viewer.swipe.button.isChecked()
    assert viewer.swipe.tool is None
