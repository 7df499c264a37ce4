"""``detectkeypoints``: bad parameters, and runs on real rasters with and without a CRS."""

from __future__ import annotations

import pytest
from qgis_support import Feedback


def layer(path):
    from qgis.core import QgsVectorLayer

    made = QgsVectorLayer(str(path), "", "ogr")
    assert made.isValid(), path
    return made


BAD = {
    "a band that is not there": ({"BAND": 9}, "BAND: "),
    "a detector that is none": ({"DETECTOR": "magic"}, "DETECTOR: “magic” is not one of sift"),
    "a negative number": ({"MAX_KEYPOINTS": -1}, "MAX_KEYPOINTS: -1 is out of range"),
    "no raster": ({"INPUT": "/no/raster.tif"}, "INPUT: there is no raster"),
    "a figure over the raster": ({"KEYPOINT_FIGURE": "{reference}"}, "is also an input"),
}


@pytest.mark.parametrize("case", BAD)
def test_is_refused_before_anything_starts(qgis_here, pair, case):
    from qgis.core import QgsProcessingException

    changed, sentence = BAD[case]
    changed = {k: pair.reference if v == "{reference}" else v for k, v in changed.items()}
    with pytest.raises(QgsProcessingException) as error:
        qgis_here.run("sentinelmatch:detectkeypoints", {"INPUT": pair.reference, **changed}, feedback=Feedback.make())
    assert sentence in str(error.value)


def test_a_real_tile_with_a_crs_through_qgis_process(qgis_process, engine, shared_data, tmp_path):
    """NDVI of the Netherlands, 10 m, EPSG:28992, clouds cut out as nodata."""
    ndvi = shared_data / "demarke_ndvi" / "NDVI-20180521.tif"
    out, figure = tmp_path / "k.gpkg", tmp_path / "k.png"
    answer = qgis_process.run("detectkeypoints", INPUT=ndvi, MAX_KEYPOINTS=400, KEYPOINTS=out, KEYPOINT_FIGURE=figure)
    assert answer.code == 0, answer.said
    from qgis.core import QgsRasterLayer

    points, raster = layer(out), QgsRasterLayer(str(ndvi), "")
    assert points.crs().authid() == "EPSG:28992"
    assert points.fields().names()[-6:] == ["id", "response", "scale", "angle", "column", "row"]
    assert answer.results["COUNT"] == points.featureCount() == 400
    for feature in list(points.getFeatures())[:20]:
        point = feature.geometry().asPoint()
        assert feature["scale"] > 0
        assert 0 <= feature["column"] <= 1000
        place = raster.extent().xMinimum() + 10 * feature["column"], raster.extent().yMaximum() - 10 * feature["row"]
        assert (point.x(), point.y()) == pytest.approx(place, abs=0.5)
    assert figure.stat().st_size > 10_000


def test_a_real_overview_without_a_crs_gets_points_where_qgis_shows_it(qgis_process, engine, shared_data, tmp_path):
    scene = shared_data / "ukraine_overviews" / "T36UYA_20190611T083609_TCI.jpg"
    out = tmp_path / "k.gpkg"
    answer = qgis_process.run("detectkeypoints", INPUT=scene, DETECTOR="orb", MAX_KEYPOINTS=50, KEYPOINTS=out)
    assert answer.code == 0, answer.said
    for feature in layer(out).getFeatures():
        point = feature.geometry().asPoint()
        assert (point.x(), point.y()) == pytest.approx((feature["column"], -feature["row"]))
