"""Polygons of any kind reach the engine as GeoJSON in the CRS of their layer."""

from __future__ import annotations

import json

import pytest
from qgis_support import Feedback


@pytest.fixture
def written(qgis_here, tmp_path):
    """``written(wkt, ...)`` -> AreaInput, the geometries of the file, and the feedback."""
    from qgis.core import QgsFeature, QgsGeometry, QgsProcessingContext, QgsProcessingFeatureSource, QgsVectorLayer

    from sentinel_match_plugin.processing.areas import write_area

    def write(*wkts, crs="EPSG:32636", kind="Polygon", mode="inside", selected=()):
        layer = QgsVectorLayer(f"{kind}?crs={crs}", "fields", "memory")
        features = []
        for wkt in wkts:
            feature = QgsFeature()
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
            features.append(feature)
        assert layer.dataProvider().addFeatures(features)[0]
        context, feedback = QgsProcessingContext(), Feedback.make()
        source = QgsProcessingFeatureSource(layer, context)
        path = tmp_path / "area.geojson"
        area = write_area(source, mode, str(path), feedback)
        return area, [f["geometry"] for f in json.loads(path.read_text())["features"]], feedback

    return write


SQUARE = "Polygon((0 0, 10 0, 10 10, 0 10, 0 0))"


def test_a_polygon_keeps_its_coordinates_and_its_crs(written):
    area, shapes, _ = written(
        "Polygon((600000.123456789 5500000, 600010 5500000, 600010 5500010, 600000.123456789 5500000))"
    )
    assert (area.mode, area.crs) == ("inside", "EPSG:32636")
    assert shapes[0]["coordinates"][0][0][0] == 600000.123456789


def test_a_multipolygon_keeps_its_parts_and_holes(written):
    _, shapes, _ = written(
        "MultiPolygon(((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 4 2, 4 4, 2 4, 2 2)), ((20 0, 30 0, 30 10, 20 0)))",
        kind="MultiPolygon",
    )
    assert sorted(len(shape["coordinates"]) for shape in shapes) == [1, 2]


def test_a_polygon_that_crosses_itself_is_made_valid_and_that_is_said(written):
    _, shapes, feedback = written("Polygon((0 0, 10 10, 10 0, 0 10, 0 0))")
    assert len(shapes) == 2
    assert "1 invalid polygon" in feedback.infos[0]


def test_a_curved_polygon_becomes_one_of_lines_and_heights_are_dropped(written):
    _, shapes, _ = written(
        "CurvePolygonZ(CompoundCurveZ(CircularStringZ(0 0 5, 5 5 5, 10 0 5), (10 0 5, 0 0 5)))", kind="CurvePolygonZ"
    )
    ring = shapes[0]["coordinates"][0]
    assert len(ring) > 20
    assert len(ring[0]) == 2


def test_a_custom_crs_goes_as_wkt(written):

    area, _, _ = written(SQUARE, crs="PROJ:+proj=laea +lat_0=50 +lon_0=33 +datum=WGS84")
    assert "Lambert Azimuthal Equal Area" in area.crs


@pytest.mark.parametrize("wkts", [(), ("Polygon((0 0, 10 10, 0 0))",), ("Polygon EMPTY",)])
def test_an_area_without_any_area_is_refused_with_a_sentence(written, wkts):
    from sentinel_match_plugin.processing.algorithm import ParameterError

    with pytest.raises(ParameterError, match="AREA: fields has no polygon with an area"):
        written(*wkts)


def test_polygons_without_a_crs_are_refused_with_a_sentence(written):
    from sentinel_match_plugin.processing.algorithm import ParameterError

    with pytest.raises(ParameterError, match="has no CRS"):
        written(SQUARE, crs="")
