"""``assessmatchers``: what reaches the engine, what comes back, what is refused, and one run on real rasters."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from generated import gdal, np, write_tif
from qgis_support import Feedback

ROW = {"matcher": "sift", "points": "found", "judged_by": "known warp", "pairs": 1, "not_run": 0, "count": 80.0}


class PlayedEngine:
    """Answers with one row, writes the figure, and keeps the jobs."""

    def __init__(self):
        self.jobs = []

    def __call__(self, job, python, feedback):
        from sentinel_match_plugin.engine.jobs import AssessOutcome
        from sentinel_match_plugin.engine.jobs.assessment import columns

        self.jobs.append(job)
        if job.figure:
            Path(job.figure).write_text("made")
        row = {name: "" if kind is str else None for name, kind in columns(job.thresholds_px)}
        return AssessOutcome("known warp (identity)", ["Judged."], 1, [{**row, **ROW}])


@pytest.fixture
def played(qgis_here, monkeypatch):
    from sentinel_match_plugin.processing import assess_matchers

    engine = PlayedEngine()
    monkeypatch.setattr(assess_matchers, "run_engine", engine)
    return engine


def test_parameters_reach_the_engine_and_rows_become_a_table(qgis_here, played, pair, tmp_path):
    parameters = {
        "REFERENCE": pair.reference,
        "TARGET": pair.target,
        "TARGET_BAND": 2,
        "MATCHERS": "sift,akaze",
        "THRESHOLDS": "2.5,1",
        "KNOWN_WARP": "identity",
        "EXTENT": "600000,601000,5499000,5500000 [EPSG:32636]",
        "MATCHER_OPTIONS": "contrast=0.02",
        "MAX_SHIFT": 300,
        "DEVICE": "cpu",
        "SEED": 4,
        "TABLE": str(tmp_path / "t.csv"),
        "FIGURE": str(tmp_path / "f.png"),
    }
    results = qgis_here.run("sentinelmatch:assessmatchers", parameters, feedback=Feedback.make())
    job = played.jobs[0]
    assert (job.matchers, job.thresholds_px, job.known_warp) == (("sift", "akaze"), (1.0, 2.5), "identity")
    assert (job.reference.path, job.target.path, job.target.band) == (pair.reference, pair.target, 2)
    assert (job.georeferencing, job.max_shift_m, job.device, job.seed) == ("use", 300.0, "cpu", 4)
    assert (job.extent.bounds, job.extent.crs) == ((600000, 5499000, 601000, 5500000), "EPSG:32636")
    assert (job.area, job.matcher_options) == (None, "contrast=0.02")
    assert (results["PAIR_COUNT"], results["JUDGED_BY"], results["MESSAGES"]) == (1, "known warp (identity)", "Judged.")
    assert results["FIGURE"] == str(tmp_path / "f.png")
    assert results.get("REPORT") is None
    with open(tmp_path / "t.csv", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["matcher"], float(row["count"]), row["p2_5"]) == ("sift", 80.0, "")


@pytest.mark.parametrize("value", [["structure", "orb"], "structure,orb", ["structure", "orb", "orb"]])
def test_matchers_come_as_a_list_or_as_text(qgis_here, played, pair, value):
    given = {"REFERENCE": pair.reference, "TARGET": pair.target, "MATCHERS": value}
    qgis_here.run("sentinelmatch:assessmatchers", given)
    assert played.jobs[0].matchers == ("structure", "orb")


def test_by_default_the_matchers_that_need_no_weights_are_compared_by_consensus(qgis_here, played, pair):
    qgis_here.run("sentinelmatch:assessmatchers", {"REFERENCE": pair.reference, "TARGET": pair.target})
    job = played.jobs[0]
    assert {"structure", "sift", "akaze"} <= set(job.matchers)
    assert (job.known_warp, job.thresholds_px, job.pairs) == ("", (1.0, 3.0, 5.0, 10.0), "")


def test_polygons_and_hidden_georeferencing_reach_the_engine(qgis_here, played, pair, tmp_path):
    square = [[600000, 5499000], [601000, 5499000], [601000, 5500000], [600000, 5499000]]
    area = tmp_path / "area.geojson"
    crs = {"type": "name", "properties": {"name": "EPSG:32636"}}
    area.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "crs": crs,
                "features": [
                    {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [square]}}
                ],
            }
        )
    )
    given = {"REFERENCE": pair.reference, "TARGET": pair.target}
    qgis_here.run("sentinelmatch:assessmatchers", {**given, "AREA": str(area), "AREA_MODE": "outside"})
    qgis_here.run("sentinelmatch:assessmatchers", {**given, "GEOREFERENCING": "ignore"})
    first, second = played.jobs
    assert (first.area.mode, first.area.source) == ("outside", str(area))
    assert second.georeferencing == "ignore"


BAD = {
    "an unknown matcher": ({"MATCHERS": "sift,magic"}, "MATCHERS: “magic” is not one of structure,"),
    "no matcher": ({"MATCHERS": " , "}, "MATCHERS: none was chosen"),
    "an empty list": ({"MATCHERS": []}, "MATCHERS: none was chosen"),
    "thresholds in words": ({"THRESHOLDS": "few"}, "THRESHOLDS: The thresholds must be numbers of pixels"),
    "a negative threshold": ({"THRESHOLDS": "1,-3"}, "THRESHOLDS: A threshold must be a number of pixels above 0"),
    "no target": ({"TARGET": None}, "REFERENCE, TARGET: two rasters are needed"),
    "the same raster twice": ({"TARGET": "{reference}"}, "are the same raster"),
    "a warp that is not there": ({"KNOWN_WARP": "/no/warp.json"}, "KNOWN_WARP: “/no/warp.json” is neither"),
    "a folder that is not there": (
        {"REFERENCE": None, "TARGET": None, "PAIRS": "/no"},
        "PAIRS: the folder /no does not",
    ),
    "rasters and a folder": ({"PAIRS": "/tmp"}, "PAIRS: give a reference and a target, or a folder"),
    "an extent without georeferencing": (
        {"GEOREFERENCING": "ignore", "EXTENT": "600000,601000,5499000,5500000 [EPSG:32636]"},
        "EXTENT: only for two rasters whose georeferencing is used",
    ),
    "an extent with a folder": (
        {"REFERENCE": None, "TARGET": None, "PAIRS": "/tmp", "EXTENT": "600000,601000,5499000,5500000 [EPSG:32636]"},
        "EXTENT: only for two rasters",
    ),
    "a report over the target": ({"REPORT": "{target}"}, "is also an input"),
}


@pytest.mark.parametrize("case", BAD)
def test_is_refused_before_anything_starts(qgis_here, played, pair, case):
    from qgis.core import QgsProcessingException

    changed, sentence = BAD[case]
    paths = {"{reference}": pair.reference, "{target}": pair.target}
    changed = {name: paths.get(value, value) if isinstance(value, str) else value for name, value in changed.items()}
    given = {"REFERENCE": pair.reference, "TARGET": pair.target, **changed}
    with pytest.raises(QgsProcessingException) as error:
        qgis_here.run("sentinelmatch:assessmatchers", given, feedback=Feedback.make())
    assert sentence in str(error.value)
    assert not played.jobs


def test_a_known_warp_of_another_size_is_refused_by_the_engine_and_the_old_table_stays(
    qgis_process, engine, pair, tmp_path
):
    warp = write_tif(tmp_path / "warp.tif", np.zeros((2, 50, 60), np.float32), epsg=None)
    table = tmp_path / "t.csv"
    table.write_text("before")
    inputs = {"REFERENCE": pair.reference, "TARGET": pair.target, "MATCHERS": "sift"}
    answer = qgis_process.run("assessmatchers", **inputs, KNOWN_WARP=warp, TABLE=table)
    assert answer.code != 0
    assert "has 60 x 50 pixels, the reference reference 320 x 320" in answer.said
    assert table.read_text() == "before"


def test_two_dates_of_real_ndvi_through_qgis_process(qgis_process, engine, shared_data, tmp_path):
    """Sentinel-2, 10 m, 4 x 4 km: dates that their producer registered, so identity is the truth to 1.3 px."""
    dates = [tmp_path / f"{date}.tif" for date in ("20180421", "20180508")]
    for date in dates:
        whole = str(shared_data / "demarke_ndvi" / f"NDVI-{date.name}")
        gdal.Translate(str(date), whole, srcWin=[300, 300, 400, 400])
    files = {"TABLE": tmp_path / "t.csv", "FIGURE": tmp_path / "f.png", "REPORT": tmp_path / "r.html"}
    answer = qgis_process.run(
        "assessmatchers",
        REFERENCE=dates[0],
        TARGET=dates[1],
        MATCHERS="structure,orb,loftr",
        KNOWN_WARP="identity",
        **files,
        environment={"SENTINEL_MATCH_MODELS": str(tmp_path)},
    )
    assert answer.code == 0, answer.said
    assert answer.results["JUDGED_BY"].startswith("known warp (identity")
    with open(files["TABLE"], newline="") as file:
        rows = {(row["matcher"], row["points"]): row for row in csv.DictReader(file)}
    assert float(rows["structure", "kept"]["p3"]) > 0.95
    assert float(rows["structure", "kept"]["count"]) > 200
    assert float(rows["orb", "found"]["count"]) > 0
    assert (rows["loftr", "found"]["weights"], rows["loftr", "found"]["count"]) == ("missing", "")
    assert "nothing is downloaded by itself" in rows["loftr", "found"]["note"]
    for name, path in files.items():
        assert answer.results[name] == str(path)
        assert path.stat().st_size > 300
