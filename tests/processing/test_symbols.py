"""How tie points and shift vectors look, and what their legends say."""

from __future__ import annotations

import pytest


def rows(shift, spacing=100.0, side=10):
    return [
        {"ref_x": spacing * i, "ref_y": spacing * j, "dx": shift, "dy": 0.0, "inlier": True}
        for i in range(side)
        for j in range(side)
    ]


@pytest.fixture
def symbols(qgis_here):
    from sentinel_match_plugin.processing import symbols

    return symbols


@pytest.mark.parametrize(("shift", "scale"), [(75.0, 1.0), (4.0, 20.0), (0.3, 200.0), (450.0, 0.1)])
def test_arrows_are_as_long_as_there_is_room_between_the_points(symbols, shift, scale):
    """Points 100 m apart, which are ten in 900 m: 90 m from each to where the next begins."""
    found = symbols.arrow_scale(rows(shift))
    assert found == pytest.approx(scale)
    assert found * shift <= 100.0


def test_one_outlier_does_not_shrink_all_arrows(symbols):
    points = rows(4.0)
    points[0] = {**points[0], "dx": 4000.0, "inlier": False}
    assert symbols.arrow_scale(points) == 20.0


def test_the_legend_says_how_long_the_arrows_are(symbols):
    from qgis.core import QgsCoordinateReferenceSystem

    renderer = symbols.shift_vector_renderer(rows(4.0), QgsCoordinateReferenceSystem("EPSG:32636"))
    assert renderer.legendSymbolItems()[0].label() == "arrows 20 × as long as the shift (median 4 m)"


@pytest.mark.parametrize("points", [[], rows(0.0), rows(4.0, side=1), [{**rows(1.0)[0], "dx": None, "dy": None}]])
def test_nothing_to_go_by_gives_arrows_as_they_are(symbols, points):
    from qgis.core import QgsCoordinateReferenceSystem

    assert symbols.arrow_scale(points) == 1.0
    assert symbols.shift_vector_renderer(points, QgsCoordinateReferenceSystem()).rootRule().children()


@pytest.mark.parametrize(("scale", "wide"), [(1_000, 2.4), (30_000, 1.5), (1_000_000, 0.6)])
def test_circles_are_drawn_smaller_where_they_would_hide_the_image(symbols, scale, wide):
    """Points 90 m apart: 3 mm on a map of 1:30 000, where circles half as wide let the image be seen."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsExpression, QgsExpressionContext, QgsExpressionContextScope

    renderer = symbols.tie_point_renderer(rows(4.0), QgsCoordinateReferenceSystem("EPSG:32636"))
    context, scope = QgsExpressionContext(), QgsExpressionContextScope()
    scope.setVariable("map_scale", scale)
    context.appendScope(scope)
    circle = renderer.rootRule().children()[0].symbol()
    assert QgsExpression(circle.dataDefinedSize().expressionString()).evaluate(context) == pytest.approx(wide)
    assert circle.size() == pytest.approx(2.4), "the legend shows it as large as ever"


def test_circles_of_points_that_nothing_is_known_of_have_one_size(symbols):
    from qgis.core import QgsCoordinateReferenceSystem

    for points, crs in (([], "EPSG:32636"), (rows(4.0, side=1), "EPSG:32636"), (rows(4.0), "")):
        renderer = symbols.tie_point_renderer(points, QgsCoordinateReferenceSystem(crs))
        assert renderer.rootRule().children()[0].symbol().size() == pytest.approx(2.4)


def test_an_arrow_is_drawn_that_much_longer_than_the_line(symbols, qgis_here):
    """A line of 10 m, drawn five times as long: the map shows it 50 m from its start, and nothing beyond."""
    from qgis.core import (
        QgsCoordinateReferenceSystem,
        QgsFeature,
        QgsGeometry,
        QgsMapRendererSequentialJob,
        QgsMapSettings,
        QgsRectangle,
        QgsSingleSymbolRenderer,
        QgsVectorLayer,
    )
    from qgis.PyQt.QtCore import QSize

    layer = QgsVectorLayer("LineString?crs=EPSG:32636", "arrows", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt("LineString(600000 5500000, 600010 5500000)"))
    layer.dataProvider().addFeatures([feature])
    layer.setRenderer(QgsSingleSymbolRenderer(symbols._arrow("#ff0000", 5.0)))
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32636"))
    settings.setOutputSize(QSize(300, 100))
    settings.setExtent(QgsRectangle(599980, 5499975, 600130, 5500025))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    red = [x for x in range(300) for y in range(100) if image.pixelColor(x, y).green() < 100]
    assert 599980 + min(red) / 2 == pytest.approx(600000, abs=3)
    assert 599980 + max(red) / 2 == pytest.approx(600050, abs=3)
