"""What an algorithm hands back for each thing the engine may answer. The engine is played by a function here."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from qgis_support import Feedback

CSV = (
    "id,ref_x,ref_y,tgt_x,tgt_y,dx,dy,score,residual,inlier\n"
    "1,600010.5,5499990.25,600020.5,5499985.25,10.0,-5.0,0.9,0.2,1\n"
    "2,600110.5,5499890.25,600520.5,5499885.25,410.0,-5.0,0.3,40.0,0\n"
)


class PlayedEngine:
    """Answers every job with ``outcome``, writes the files a job asks for, and keeps the jobs."""

    def __init__(self):
        from sentinel_match_plugin.engine.jobs import Outcome

        self.jobs = []
        self.outcome = Outcome(
            status="ok",
            messages=["Band 1 of both.", "All is well."],
            count=2,
            inliers=1,
            rmse_m=3.5,
            ce90_m=6.25,
            rmse_px=0.35,
            ce90_px=0.625,
            shift_x=10.0,
            shift_y=-5.0,
        )

    def __call__(self, job, python, feedback):
        self.jobs.append(job)
        match = getattr(job, "match", job)
        Path(match.tie_points).write_text(CSV)
        for path in (match.gcp_file, match.report, match.match_figure):
            if path:
                Path(path).write_text("made")
        if hasattr(job, "output") and self.outcome.status != "no_match":
            Path(job.output).write_bytes(Path(match.target.path).read_bytes())
        return self.outcome


@pytest.fixture
def played(qgis_here, monkeypatch):
    """The engine of the matching algorithms is a PlayedEngine."""
    from sentinel_match_plugin.processing import coregister, match_rasters

    engine = PlayedEngine()
    monkeypatch.setattr(match_rasters, "run_engine", engine)
    monkeypatch.setattr(coregister, "run_engine", engine)
    return engine


def test_the_table_of_the_engine_becomes_points_and_lines_in_the_crs_of_the_reference(
    qgis_here, played, pair, tmp_path
):
    from qgis.core import QgsVectorLayer

    files = {
        "TIE_POINTS": str(tmp_path / "points.gpkg"),
        "SHIFT_VECTORS": str(tmp_path / "lines.gpkg"),
        "GCP_FILE": str(tmp_path / "gcp.points"),
        "REPORT": str(tmp_path / "report.html"),
        "MATCH_FIGURE": str(tmp_path / "figure.png"),
    }
    inputs = {"REFERENCE": pair.reference, "TARGET": pair.target}
    results = qgis_here.run("sentinelmatch:matchrasters", {**inputs, **files}, feedback=Feedback.make())
    figures = {"COUNT": 2, "INLIERS": 1, "RMSE": 3.5, "CE90": 6.25, "SHIFT_X": 10.0, "SHIFT_Y": -5.0, "STATUS": "ok"}
    assert results == {**files, **figures, "MESSAGES": "Band 1 of both.\nAll is well."}
    points, lines = (QgsVectorLayer(files[name], name, "ogr") for name in ("TIE_POINTS", "SHIFT_VECTORS"))
    assert points.crs().authid() == lines.crs().authid() == "EPSG:32636"
    first, second = points.getFeatures()
    assert first.geometry().asPoint().x() == 600010.5
    assert (first["id"], first["inlier"], second["inlier"], second["residual"]) == (1, True, False, 40.0)
    (start, end) = (
        next(lines.getFeatures()).geometry().asMultiPolyline()[0]
        if lines.wkbType() == 5
        else next(lines.getFeatures()).geometry().asPolyline()
    )
    assert (end.x() - start.x(), end.y() - start.y()) == (10.0, -5.0)


def test_the_status_and_its_reasons_are_announced(qgis_here, played, pair, tmp_path):
    from sentinel_match_plugin.processing.announcements import board

    reasons = ["Few tie points: 5 agree with each other, at least 12 are wanted."]
    played.outcome = replace(played.outcome, status="low_confidence", reasons=reasons)
    heard = []
    board.said.connect(heard.append)
    report = str(tmp_path / "report.html")
    inputs = {"REFERENCE": pair.reference, "TARGET": pair.target, "REPORT": report}
    qgis_here.run("sentinelmatch:matchrasters", inputs, feedback=Feedback.make())
    board.said.disconnect(heard.append)
    (announcement,) = heard
    assert (announcement.status, announcement.what) == ("low_confidence", "target → reference")
    assert announcement.text == f"{reasons[0]} 1 of 2 tie points agree, CE90 6.25 m (0.62 px)."
    assert announcement.report == report


def test_a_match_that_failed_is_announced_by_its_reason_alone(qgis_here, played, pair):
    from sentinel_match_plugin.processing.announcements import board

    played.outcome = replace(played.outcome, status="no_match", reasons=["No match: only 3 of 90 windows agree."])
    heard = []
    board.said.connect(heard.append)
    qgis_here.run("sentinelmatch:matchrasters", {"REFERENCE": pair.reference, "TARGET": pair.target})
    board.said.disconnect(heard.append)
    assert [announcement.text for announcement in heard] == ["only 3 of 90 windows agree."]


def test_outputs_that_nobody_asked_for_are_nothing(qgis_here, played, pair):
    results = qgis_here.run("sentinelmatch:matchrasters", {"REFERENCE": pair.reference, "TARGET": pair.target})
    for name in ("TIE_POINTS", "SHIFT_VECTORS", "GCP_FILE", "REPORT", "MATCH_FIGURE"):
        assert results.get(name) is None
    assert results["COUNT"] == 2
    assert played.jobs[0].report == ""


def test_parameters_reach_the_engine_as_they_were_given(qgis_here, played, pair, tmp_path):
    area = tmp_path / "area.geojson"
    ring = [[34.39, 49.62], [34.41, 49.62], [34.41, 49.64], [34.39, 49.62]]
    area.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    qgis_here.run(
        "sentinelmatch:coregister",
        {
            "REFERENCE": pair.reference,
            "TARGET": pair.target,
            "TARGET_BAND": 2,
            "EXTENT": "600100,602000,5497000,5499000 [EPSG:32636]",
            "AREA": str(area),
            "AREA_MODE": "outside",
            "MATCHER": "sift",
            "MAX_SHIFT": 250,
            "SPACING": 24.5,
            "TRANSFORM": "thin_plate_spline",
            "MIN_SCORE": 0.25,
            "DEVICE": "cpu",
            "SEED": 7,
            "MATCHER_OPTIONS": "ratio=0.7",
            "RESAMPLING": "nearest",
            "OUTPUT": str(tmp_path / "o.tif"),
        },
    )
    job = played.jobs[0]
    match = job.match
    assert (match.reference.band, match.target.band) == (0, 2)
    assert (match.reference.label, match.target.label) == ("reference", "target")
    assert (match.extent.bounds, match.extent.crs) == ((600100, 5497000, 602000, 5499000), "EPSG:32636")
    assert (match.area.mode, match.area.crs) == ("outside", "EPSG:4326")  # GeoJSON without a crs member
    assert (match.matcher, match.max_shift_m, match.spacing_px) == ("sift", 250.0, 24.5)
    assert match.matcher_options == "ratio=0.7"
    assert (match.transform, match.min_score, match.device, match.seed) == ("thin_plate_spline", 0.25, "cpu", 7)
    assert (job.resampling, job.output) == ("nearest", str(tmp_path / "o.tif"))


def test_without_a_match_there_is_no_raster_a_warning_and_no_not_a_number(qgis_here, played, pair, tmp_path):
    nan = float("nan")
    played.outcome = replace(
        played.outcome, status="no_match", rmse_m=nan, ce90_m=nan, shift_x=nan, shift_y=nan, inliers=0
    )
    feedback = Feedback.make()
    parameters = {"REFERENCE": pair.reference, "TARGET": pair.target, "OUTPUT": str(tmp_path / "o.tif")}
    results = qgis_here.run("sentinelmatch:coregister", parameters, feedback=feedback)
    assert results["STATUS"] == "no_match"
    assert results["OUTPUT"] is None
    assert [results[name] for name in ("RMSE", "CE90", "SHIFT_X", "SHIFT_Y")] == [None] * 4
    assert any("No raster was written" in warning for warning in feedback.warnings)


def _run_and_load(parameters):
    """As the dialog does it: results that are to be loaded are listed in the context."""
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProject

    project = QgsProject()
    context, feedback = QgsProcessingContext(), Feedback.make()
    context.setProject(project)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("sentinelmatch:coregister")
    results, fine = algorithm.run(parameters(project), context, feedback)
    assert fine, feedback.errors
    return results, context.layersToLoadOnCompletion(), project, context, feedback


def _wanted(pair, tmp_path):
    from qgis.core import QgsProcessingOutputLayerDefinition

    def parameters(project):
        outputs = {"OUTPUT": "o.tif", "TIE_POINTS": "points.gpkg", "SHIFT_VECTORS": "lines.gpkg"}
        made = {name: QgsProcessingOutputLayerDefinition(str(tmp_path / f), project) for name, f in outputs.items()}
        return {"REFERENCE": pair.reference, "TARGET": pair.target, **made}

    return parameters


def test_a_raster_that_was_not_made_is_not_loaded(qgis_here, played, pair, tmp_path):
    played.outcome = replace(played.outcome, status="no_match")
    _, loaded, *_ = _run_and_load(_wanted(pair, tmp_path))
    assert sorted(Path(path.split("|")[0]).name for path in loaded) == ["lines.gpkg", "points.gpkg"]


def test_loaded_results_say_from_which_rasters_they_came_and_have_a_style(qgis_here, played, pair, tmp_path):
    from qgis.core import QgsVectorLayer

    results, loaded, _project, context, feedback = _run_and_load(_wanted(pair, tmp_path))
    names = {Path(path.split("|")[0]).name: details.name for path, details in loaded.items()}
    assert names == {
        "o.tif": "target on reference",
        "points.gpkg": "Tie points: target → reference",
        "lines.gpkg": "Shift vectors: target → reference",
    }
    for name in ("TIE_POINTS", "SHIFT_VECTORS"):
        layer = QgsVectorLayer(results[name], "", "ogr")
        details = context.layerToLoadOnCompletionDetails(results[name])
        details.postProcessor().postProcessLayer(layer, context, feedback)
        rules = layer.renderer().rootRule().children()
        assert any("outlier" in rule.label() for rule in rules)
        for feature in layer.getFeatures():
            fields = layer.fields()
            assert sum(_matches(rule, feature, fields) for rule in rules) == 1, "each point has exactly one symbol"
    assert not feedback.warnings


def test_points_and_lines_are_loaded_above_the_raster_that_would_hide_them(qgis_here, played, pair, tmp_path):
    from qgis.core import Qgis

    if Qgis.QGIS_VERSION_INT < 34400:
        pytest.skip("before QGIS 3.44 an algorithm has no reliable say in the order of its layers")
    _, loaded, *_ = _run_and_load(_wanted(pair, tmp_path))
    keys = {Path(path.split("|")[0]).name: details.layerSortKey for path, details in loaded.items()}
    assert min(keys["points.gpkg"], keys["lines.gpkg"]) > keys["o.tif"]


def test_before_qgis_3_44_the_raster_is_put_below_the_points_of_its_run(qgis_here, played, pair, tmp_path):
    """Whatever order QGIS loads them in; the layers of another run stay where they are."""
    from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer

    from sentinel_match_plugin.processing.styling import _raster_below_points

    results, _, _, context, feedback = _run_and_load(_wanted(pair, tmp_path))
    project = QgsProject.instance()
    project.clear()
    other = project.addMapLayer(QgsRasterLayer(pair.reference, "other"))
    for name in ("SHIFT_VECTORS", "TIE_POINTS", "OUTPUT"):  # the last comes on top
        layer = QgsRasterLayer(results[name]) if name == "OUTPUT" else QgsVectorLayer(results[name], "", "ogr")
        context.layerToLoadOnCompletionDetails(results[name]).postProcessor().postProcessLayer(layer, context, feedback)
        layer.setName(name)
        project.addMapLayer(layer)
    run = layer.metadata().history()[0]
    for _ in range(2):
        _raster_below_points(run)
    names = [node.name() for node in project.layerTreeRoot().findLayers()]
    assert names == ["TIE_POINTS", "SHIFT_VECTORS", "OUTPUT", "other"]
    assert len(project.mapLayers()) == 4
    assert other.isValid()
    project.clear()


def test_the_warped_raster_looks_like_the_target_as_the_user_styled_it(qgis_here, played, pair, tmp_path):
    from qgis.core import QgsProject, QgsRasterLayer, QgsSingleBandGrayRenderer

    target = QgsRasterLayer(pair.target, "target")
    target.setRenderer(QgsSingleBandGrayRenderer(target.dataProvider(), 2))
    QgsProject.instance().addMapLayer(target)
    wanted = _wanted(pair, tmp_path)
    results, _, _, context, feedback = _run_and_load(lambda project: {**wanted(project), "TARGET": target})
    warped = QgsRasterLayer(results["OUTPUT"], "warped")
    details = context.layerToLoadOnCompletionDetails(results["OUTPUT"])
    details.postProcessor().postProcessLayer(warped, context, feedback)
    assert warped.renderer().type() == "singlebandgray"
    assert warped.renderer().usesBands() == [2]
    assert warped.metadata().abstract().startswith("target, warped onto the pixel grid of reference.")
    QgsProject.instance().clear()


def test_an_alpha_band_that_the_warp_added_goes_on_hiding_what_is_not_there(qgis_here, tmp_path):
    from osgeo import gdal
    from qgis.core import QgsRasterLayer

    from sentinel_match_plugin.processing import styling

    def raster(name, bands):
        made = gdal.GetDriverByName("GTiff").Create(
            str(tmp_path / name), 4, 4, bands, options=["ALPHA=YES"][: bands - 1]
        )
        for band in range(1, bands + 1):
            made.GetRasterBand(band).Fill(100 * band)
        made = None  # closes it
        return QgsRasterLayer(str(tmp_path / name), name)

    target, warped = raster("target.tif", 1), raster("warped.tif", 2)
    assert warped.renderer().alphaBand() == 2
    target.renderer().setOpacity(0.25)
    styling.as_raster(styling.style_of(target), 1)(warped)
    assert warped.renderer().opacity() == 0.25
    assert warped.renderer().alphaBand() == 2


def _matches(rule, feature, fields):
    from qgis.core import QgsExpression, QgsExpressionContext

    expression, context = QgsExpression(rule.filterExpression()), QgsExpressionContext()
    assert not expression.hasParserError()
    context.setFields(fields)
    context.setFeature(feature)
    return bool(expression.evaluate(context))


def test_a_cancelled_job_raises_so_that_qgis_process_does_not_call_it_a_success(qgis_here, pair, engine):
    from qgis.core import QgsProcessingException

    feedback = Feedback.make(cancel_at=0.0)
    with pytest.raises(QgsProcessingException, match="cancelled"):
        qgis_here.run(
            "sentinelmatch:matchrasters", {"REFERENCE": pair.reference, "TARGET": pair.target}, feedback=feedback
        )


def test_an_error_nobody_thought_of_still_becomes_a_sentence(qgis_here, played, pair, monkeypatch):
    from qgis.core import QgsProcessingException

    from sentinel_match_plugin.processing import match_rasters

    def broken(job, python, feedback):
        raise ZeroDivisionError("float division by zero")

    monkeypatch.setattr(match_rasters, "run_engine", broken)
    with pytest.raises(QgsProcessingException, match=r"inside Sentinel Match \(ZeroDivisionError"):
        qgis_here.run("sentinelmatch:matchrasters", {"REFERENCE": pair.reference, "TARGET": pair.target})


def test_nothing_temporary_is_left_behind(qgis_here, played, pair):
    qgis_here.run("sentinelmatch:matchrasters", {"REFERENCE": pair.reference, "TARGET": pair.target})
    assert not Path(played.jobs[0].tie_points).parent.exists()
