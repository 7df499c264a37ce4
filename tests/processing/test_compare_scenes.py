"""``comparescenes``: what reaches the engine, what comes back, what is refused, and runs on real overviews."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from qgis_support import Feedback

HEADER = "scene_a,scene_b,similarity,inliers,shift_x,shift_y,same_place,shift_unit,note\n"
OVERVIEWS = (
    *("T36UYA_20160212T084052", "T36UYA_20161205T083332", "T36UYA_20190611T083609", "T36UYA_20190726T083611"),
    *("T36UYA_20190402T083559", "T36UXA_20180805T083559", "T36UXA_20180815T084009", "T36UXA_20190606T083601"),
)


class PlayedEngine:
    """Answers with two rows, and keeps the jobs."""

    def __init__(self):
        self.jobs = []

    def __call__(self, job, python, feedback):
        from sentinel_match_plugin.engine.jobs import CompareScenesOutcome

        self.jobs.append(job)
        Path(job.pairs).write_text(HEADER + "a,b,0.91,40,-3.5,,1,pixels,\na,c,,,,,,,c cannot be read\n")
        if job.report:
            Path(job.report).write_text("made")
        return CompareScenesOutcome(2, 1, 3, 1, 1, 0, "structure", ["Compared."])


@pytest.fixture
def played(qgis_here, monkeypatch):
    from sentinel_match_plugin.processing import compare_scenes

    engine = PlayedEngine()
    monkeypatch.setattr(compare_scenes, "run_engine", engine)
    return engine


def test_parameters_reach_the_engine_and_rows_become_a_table(qgis_here, played, pair, tmp_path):
    parameters = {
        "INPUTS": [pair.reference, str(tmp_path / "not there.tif")],
        "FOLDER": str(tmp_path),
        "MATCHER": "sift",
        "THRESHOLD": 0.4,
        "MAX_SHIFT": 300,
        "MIN_OVERLAP": 0.5,
        "DEVICE": "cpu",
        "SEED": 4,
        "CACHE": str(tmp_path / "cache"),
        "PAIRS": str(tmp_path / "p.csv"),
        "REPORT": str(tmp_path / "r.html"),
    }
    results = qgis_here.run("sentinelmatch:comparescenes", parameters, feedback=Feedback.make())
    job = played.jobs[0]
    assert [scene.path for scene in job.inputs] == parameters["INPUTS"]  # unreadable or not: the engine says so
    assert (job.folder, job.matcher, job.threshold, job.max_shift_m) == (str(tmp_path), "sift", 0.4, 300.0)
    assert (job.min_overlap, job.device, job.seed, job.area) == (0.5, "cpu", 4, None)
    assert (job.cache, job.keep_cache, job.matrix_figure) == (str(tmp_path / "cache"), True, "")
    numbers = [results[name] for name in ("COUNT", "SAME_PLACE", "SCENES", "UNUSABLE", "PLACES")]
    assert numbers == [2, 1, 3, 1, 1]
    assert (results["MESSAGES"], results["REPORT"]) == ("Compared.", str(tmp_path / "r.html"))
    with open(tmp_path / "p.csv", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["scene_b"], float(first["similarity"]), first["shift_y"]) == ("b", 0.91, "")
    assert first["same_place"].lower() in ("1", "true")
    assert (second["similarity"], second["same_place"], second["note"]) == ("", "", "c cannot be read")


def test_without_a_cache_one_beside_the_table_serves_until_it_is_written(qgis_here, played, pair, tmp_path):
    inputs = [pair.reference, pair.target]
    qgis_here.run("sentinelmatch:comparescenes", {"INPUTS": inputs, "PAIRS": str(tmp_path / "p.gpkg")})
    assert (played.jobs[0].cache, played.jobs[0].keep_cache) == (str(tmp_path / "p.scenes-cache"), False)
    qgis_here.run("sentinelmatch:comparescenes", {"INPUTS": inputs, "PAIRS": "TEMPORARY_OUTPUT"})
    assert played.jobs[1].keep_cache is False


def test_layers_of_the_project_come_with_their_names(qgis_here, played, pair):
    from qgis.core import QgsRasterLayer

    layers = [QgsRasterLayer(pair.reference, "January"), QgsRasterLayer(pair.target, "July")]
    qgis_here.run("sentinelmatch:comparescenes", {"INPUTS": layers})
    assert [(scene.path, scene.label) for scene in played.jobs[0].inputs] == [
        (pair.reference, "January"),
        (pair.target, "July"),
    ]


BAD = {
    "nothing": ({}, "INPUTS, FOLDER: give at least two rasters"),
    "one raster": ({"INPUTS": ["{reference}"]}, "INPUTS, FOLDER: give at least two rasters"),
    "a folder that is not there": ({"FOLDER": "/no"}, "FOLDER: the folder /no does not exist"),
    "a matcher that is none": ({"FOLDER": "/tmp", "MATCHER": "magic"}, "MATCHER: “magic” is not one of auto, struct"),
    "a threshold above one": ({"FOLDER": "/tmp", "THRESHOLD": 2}, "THRESHOLD: 2 is out of range"),
    "hardly any overlap": ({"FOLDER": "/tmp", "MIN_OVERLAP": 0.01}, "MIN_OVERLAP: 0.01 is out of range"),
    "a figure over a scene": (
        {"INPUTS": ["{reference}", "{target}"], "MATRIX_FIGURE": "{target}"},
        "is also an input",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_is_refused_before_anything_starts(qgis_here, played, pair, case):
    from qgis.core import QgsProcessingException

    changed, sentence = BAD[case]
    paths = {"{reference}": pair.reference, "{target}": pair.target}

    def named(value):
        return [paths[v] for v in value] if isinstance(value, list) else paths.get(value, value)

    with pytest.raises(QgsProcessingException) as error:
        qgis_here.run("sentinelmatch:comparescenes", {name: named(value) for name, value in changed.items()})
    assert sentence in str(error.value)
    assert not played.jobs


def test_real_overviews_through_qgis_process(qgis_process, engine, shared_data, tmp_path):
    """Sentinel-2 tiles of two places, snow to summer, one mostly cloud, and a file that is no raster."""
    folder = tmp_path / "scenes"
    folder.mkdir()
    for name in OVERVIEWS:
        (folder / f"{name}.jpg").symlink_to(shared_data / "ukraine_overviews" / f"{name}_TCI.jpg")
    (folder / "broken.jpg").write_bytes(b"no picture")
    files = {"PAIRS": tmp_path / "p.csv", "MATRIX_FIGURE": tmp_path / "m.png", "REPORT": tmp_path / "r.html"}
    answer = qgis_process.run("comparescenes", FOLDER=folder, **files)
    assert answer.code == 0, answer.said
    numbers = [answer.results[name] for name in ("COUNT", "SCENES", "UNUSABLE", "PLACES")]
    assert numbers == [36, 9, 1, 2]
    with open(files["PAIRS"], newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 36
    for row in rows:
        a, b = row["scene_a"], row["scene_b"]
        if "broken" in (a, b):
            assert (row["similarity"], "broken" in row["note"]) == ("", True)
        elif a[:6] != b[:6]:
            assert row["same_place"].lower() in ("0", "false")
        elif "20190726" not in a + b:  # four fifths of it are cloud
            assert row["same_place"].lower() in ("1", "true")
    for name, path in files.items():
        assert answer.results[name] == str(path)
        assert path.stat().st_size > 1000
    assert not list(tmp_path.glob("*cache*"))


def test_several_inputs_on_the_command_line_and_an_area_that_misses_them(qgis_process, engine, shared_data, tmp_path):
    scenes = [shared_data / "ukraine_overviews" / f"{name}_TCI.jpg" for name in OVERVIEWS[:2]]
    table = tmp_path / "p.csv"
    table.write_text("before")
    arguments = [f"INPUTS={scene}" for scene in scenes]
    arguments += [f"AREA={shared_data / 'vector' / 'deforestation_labels.geojson'}", f"PAIRS={table}"]
    done = qgis_process("run", "sentinelmatch:comparescenes", "--", *arguments)
    assert done.returncode != 0
    assert "No polygon of the area touches" in done.stdout + done.stderr  # degrees, and no CRS to carry them into
    assert table.read_text() == "before"
