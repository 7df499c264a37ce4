"""Rows on their way into files of any vector format: none is lost, and nothing that was there before."""

from __future__ import annotations

import pytest
from qgis_support import Feedback

NAMES = ("id", "ref_x", "ref_y", "tgt_x", "tgt_y", "dx", "dy", "score", "residual", "inlier")
ROWS = [
    dict(zip(NAMES, (1, 600010.5, 5499990.25, 600020.5, 5499985.25, 10.0, -5.0, 0.9, 0.2, True))),
    dict(zip(NAMES, (2, 600110.5, 5499890.25, 600520.5, 5499885.25, 410.0, -5.0, 0.3, 40.0, False))),
    dict(zip(NAMES, (3, 600210.5, 5499790.25, 600220.5, 5499785.25, None, None, 0.5, None, True))),
]


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp", "csv", "fgb", "kml"])
def test_points_survive_the_way_through_any_vector_format(qgis_here, tmp_path, ending):
    from qgis.core import (
        QgsCoordinateReferenceSystem,
        QgsProcessingContext,
        QgsProcessingUtils,
        QgsVectorLayer,
        QgsWkbTypes,
    )

    from sentinel_match_plugin.processing.points import FIELDS, point_of
    from sentinel_match_plugin.processing.sinks import check_written, fields_of, fill

    crs = QgsCoordinateReferenceSystem("EPSG:32636")
    sink, destination = QgsProcessingUtils.createFeatureSink(
        str(tmp_path / f"points.{ending}"), QgsProcessingContext(), fields_of(FIELDS), QgsWkbTypes.Type.Point, crs
    )
    assert fill(sink, FIELDS, ROWS, "TIE_POINTS", Feedback.make(), point_of) == 3
    del sink
    check_written(destination, 3, "TIE_POINTS")
    layer = QgsVectorLayer(destination, "", "ogr")
    first, second, third = sorted(layer.getFeatures(), key=lambda feature: int(feature["id"]))
    if ending != "kml":  # it has its own ideas of names and keeps longitude and latitude
        assert float(first["tgt_x"]) == pytest.approx(600020.5, abs=1e-6)
    assert str(first["inlier"]).lower() in ("true", "1")
    assert str(second["inlier"]).lower() in ("false", "0")
    assert third["inlier"] is not None


def test_what_was_there_before_comes_back_when_writing_fails(qgis_here, tmp_path):
    from sentinel_match_plugin.processing.sinks import existing_file_kept

    path = tmp_path / "points.gpkg"
    path.write_text("years of work")

    def write():
        with existing_file_kept(str(path)):
            path.write_text("half a fi")
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write()
    assert path.read_text() == "years of work"
    assert [p.name for p in tmp_path.iterdir() if p.suffix != ".csv"] == ["points.gpkg"]


def test_a_vector_file_that_is_not_whole_is_noticed(qgis_here, tmp_path):
    from sentinel_match_plugin.processing.algorithm import ParameterError
    from sentinel_match_plugin.processing.sinks import check_written

    path = tmp_path / "half.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(ParameterError, match="could not be written whole"):
        check_written(str(path), 3, "TIE_POINTS")
