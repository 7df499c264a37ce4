"""Where a result came from is in the result: in the layer, and in the file in any other project."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis_support import Feedback


@pytest.fixture
def origin(qgis_here):
    from sentinel_match_plugin.processing.provenance import REFERENCE, TARGET, Origin

    links = [(REFERENCE, "winter, EPSG:32636", "/a b/winter.tif", "gdal")]
    links.append((TARGET, "summer, EPSG:32635", "/a b/summer.tif", "gdal"))
    return Origin(links, ["2026-01-01 00:00:00 UTC: first", "2026-01-01 00:00:01 UTC: second"], "EPSG:32635")


def written_points(path):
    """An empty layer of tie points at ``path``."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsProcessingUtils, QgsWkbTypes

    from sentinel_match_plugin.processing import points, sinks

    crs = QgsCoordinateReferenceSystem("EPSG:32636")
    fields = sinks.fields_of(points.FIELDS)
    sink, destination = QgsProcessingUtils.createFeatureSink(
        str(path), QgsProcessingContext(), fields, QgsWkbTypes.Type.Point, crs
    )
    del sink
    return destination


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp", "fgb"])
def test_a_vector_file_says_where_it_came_from_when_it_is_opened_again(origin, tmp_path, ending):
    from qgis.core import QgsProcessingContext, QgsVectorLayer

    from sentinel_match_plugin.processing import provenance

    destination = written_points(tmp_path / f"points.{ending}")
    feedback = Feedback.make()
    metadata = origin.metadata("points", "An abstract.")
    provenance.keep(destination, "ogr", metadata, QgsProcessingContext(), feedback)
    assert feedback.infos == []
    again = provenance.metadata_of(QgsVectorLayer(destination, "", "ogr"))
    assert again.abstract() == "An abstract."
    assert again.history() == origin.history
    assert provenance.link_of(again, provenance.TARGET).url == "/a b/summer.tif"
    assert provenance.target_crs_of(again) == "EPSG:32635"


def test_pixel_and_line_are_told_from_nothing_known(origin):
    from qgis.core import QgsLayerMetadata

    from sentinel_match_plugin.processing.provenance import target_crs_of

    origin.target_crs = ""
    assert target_crs_of(origin.metadata("", "")) == ""
    assert target_crs_of(QgsLayerMetadata()) is None


def test_metadata_that_somebody_else_wrote_beside_a_file_stay(origin, tmp_path):
    from qgis.core import QgsProcessingContext

    from sentinel_match_plugin.processing import provenance

    mine = tmp_path / "warped.qmd"
    mine.write_text("<qgis>years of work</qgis>")
    (tmp_path / "warped.tif").write_text("a raster")
    feedback = Feedback.make()
    metadata = origin.metadata("", "")
    provenance.keep(str(tmp_path / "warped.tif"), "gdal", metadata, QgsProcessingContext(), feedback)
    assert mine.read_text() == "<qgis>years of work</qgis>"
    assert "of another making" in feedback.infos[0]


def test_the_parameters_are_a_command_that_repeats_the_run(qgis_here, pair):
    from qgis.core import QgsApplication, QgsProcessingContext

    from sentinel_match_plugin.processing.provenance import command

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("sentinelmatch:coregister")
    parameters = {"REFERENCE": pair.reference, "TARGET": pair.target, "TARGET_BAND": 2, "MATCHER_OPTIONS": "a=1 b=2"}
    parameters["EXTENT"] = "600100,602000,5497000,5499000 [EPSG:32636]"
    parameters["OUTPUT"] = "/somewhere/o.tif"
    words = command(algorithm, parameters, QgsProcessingContext())
    assert words.startswith("qgis_process run sentinelmatch:coregister -- REFERENCE=")
    assert f"REFERENCE={pair.reference} " in words
    assert "TARGET_BAND=2 " in words
    assert "EXTENT='600100,602000,5497000,5499000 [EPSG:32636]'" in words
    assert "MATCHER=auto" in words
    assert "MATCHER_OPTIONS='a=1 b=2'" in words
    assert "OUTPUT" not in words


def test_a_password_is_not_written_down(qgis_here):
    from qgis.core import QgsRasterLayer

    from sentinel_match_plugin.processing.layers import source_of

    uri = "url=http://tiles.invalid/wms&layers=a&styles=&format=image/png&crs=EPSG:3857&username=me&password=geheim"
    assert "geheim" not in source_of(QgsRasterLayer(uri, "a", "wms"))[0]


def test_what_the_match_knew_is_in_the_warped_raster_too(qgis_here, monkeypatch, pair, tmp_path, origin):
    """warpraster carries the history of its points on, edits by hand included, and adds its own."""
    from qgis.core import QgsRasterLayer

    from sentinel_match_plugin.engine.jobs import Outcome
    from sentinel_match_plugin.processing import provenance, warp_raster

    destination = written_points(tmp_path / "points.gpkg")
    provenance.keep_in_file(destination, "ogr", origin.metadata("points", ""))
    add_point(destination)

    def warped(job, python, feedback):
        Path(job.output).write_bytes(Path(job.input.path).read_bytes())
        return Outcome()

    monkeypatch.setattr(warp_raster, "run_engine", warped)
    output = str(tmp_path / "warped.tif")
    parameters = {"INPUT": pair.target, "TIE_POINTS": destination, "REFERENCE": pair.reference, "OUTPUT": output}
    qgis_here.run("sentinelmatch:warpraster", parameters)
    metadata = provenance.metadata_of(QgsRasterLayer(output, "warped"))
    assert metadata.history()[:2] == origin.history
    assert "sentinelmatch:warpraster" in metadata.history()[2]
    links = {link.name: link.url for link in metadata.links()}
    assert links[provenance.REFERENCE] == pair.reference
    assert links[provenance.TARGET] == pair.target
    assert "points.gpkg" in links[provenance.TIE_POINTS]


def add_point(path):
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

    layer = QgsVectorLayer(path, "", "ogr")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(600010.5, 5499990.25)))
    feature["tgt_x"], feature["tgt_y"], feature["inlier"] = 600020.5, 5499985.25, True
    assert layer.dataProvider().addFeatures([feature])[0]
