"""``buildtrainingset``: what reaches the engine, what comes back, what is refused, and a run on real dates."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest


class PlayedEngine:
    """Answers as if a set had been made, and keeps the jobs."""

    def __init__(self):
        self.jobs = []

    def __call__(self, job, python, feedback):
        from sentinel_match_plugin.engine.jobs import BuildTrainingSetOutcome

        self.jobs.append(job)
        index = str(Path(job.folder) / "index.json")
        return BuildTrainingSetOutcome(job.folder, index, "", 3, 7, 40, 30, 6, 4, 5, 1, ["Made."])


@pytest.fixture
def played(qgis_here, monkeypatch):
    from sentinel_match_plugin.processing import build_training_set

    engine = PlayedEngine()
    monkeypatch.setattr(build_training_set, "run_engine", engine)
    return engine


def test_parameters_reach_the_engine_and_its_numbers_come_back(qgis_here, played, pair, tmp_path):
    parameters = {
        "SCENES": [pair.reference, str(tmp_path)],
        "SCENES_FOLDER": str(pair.folder),
        "TILE_SIZE": 128,
        "STRIDE": 96,
        "RADIOMETRY": "percentile",
        "SNOW_THRESHOLD": 9000,
        "SUMMER_THRESHOLD": 2500,
        "SEASONS": "a=winter",
        "MASK_CLOUDS": False,
        "MAX_INVALID": 0.5,
        "VALIDATION_PLACES": "one, two ;three",
        "TEST_PLACES": "four",
        "VALIDATION_SHARE": 0.1,
        "PLACE": "here",
        "PIXEL_SIZE": 10,
        "OFFSETS": False,
        "CONTACT_SHEET": False,
        "DEVICE": "cpu",
        "SEED": 8,
        "FOLDER": str(tmp_path / "set"),
    }
    results = qgis_here.run("sentinelmatch:buildtrainingset", parameters)
    (job,) = played.jobs
    assert job.scenes == (pair.reference, str(tmp_path), str(pair.folder))
    assert (job.folder, job.tile_size, job.stride, job.area) == (str(tmp_path / "set"), 128, 96, None)
    assert (job.radiometry, job.snow_threshold, job.summer_threshold) == ("percentile", 9000.0, 2500.0)
    assert (job.seasons, job.mask_clouds, job.max_invalid) == ("a=winter", False, 0.5)
    assert (job.validation_places, job.test_places) == (("one", "two", "three"), ("four",))
    assert (job.validation_share, job.place, job.gsd_m) == (0.1, "here", 10.0)
    assert (job.offsets, job.contact_sheet, job.device, job.seed) == (False, False, "cpu", 8)
    assert (results["FOLDER"], results["INDEX"]) == (str(tmp_path / "set"), str(tmp_path / "set" / "index.json"))
    numbers = ("PLACES", "DATES", "TILES", "TRAIN", "VALIDATION", "TEST", "REJECTED", "UNKNOWN_OFFSETS")
    assert [results[name] for name in numbers] == [3, 7, 40, 30, 6, 4, 5, 1]
    assert (results["MESSAGES"], results["SHEET"]) == ("Made.", None)


def test_left_alone_everything_has_the_engine_s_own_defaults(qgis_here, played, pair, tmp_path):
    from sentinel_match_plugin.engine.jobs import BuildTrainingSetJob

    folder = str(tmp_path / "set")
    qgis_here.run("sentinelmatch:buildtrainingset", {"SCENES": [pair.reference, pair.target], "FOLDER": folder})
    assert played.jobs == [BuildTrainingSetJob((pair.reference, pair.target), folder)]


def test_layers_of_the_project_are_their_files_and_polygons_come_with_their_crs(qgis_here, played, pair, tmp_path):
    from qgis.core import QgsRasterLayer

    area = tmp_path / "area.geojson"
    ring = [[33.0, 49.0], [33.1, 49.0], [33.1, 49.1], [33.0, 49.0]]
    area.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    layers = [QgsRasterLayer(pair.reference, "January"), QgsRasterLayer(pair.target, "July")]
    parameters = {"SCENES": layers, "AREA": str(area), "FOLDER": str(tmp_path / "set")}
    qgis_here.run("sentinelmatch:buildtrainingset", parameters)
    assert played.jobs[0].scenes == (pair.reference, pair.target)
    assert (played.jobs[0].area.mode, played.jobs[0].area.crs) == ("inside", "EPSG:4326")


BAD = {
    "nothing": ({}, "SCENES, SCENES_FOLDER: give rasters"),
    "a scene that is not there": ({"SCENES": ["/no.tif"]}, "SCENES: there is no file or folder “/no.tif”"),
    "a folder that is not there": ({"SCENES_FOLDER": "/no"}, "SCENES_FOLDER: the folder /no does not exist"),
    "tiles of nothing": ({"SCENES_FOLDER": "/tmp", "TILE_SIZE": 0}, "TILE_SIZE: 0 is out of range"),
    "a stride of nothing": ({"SCENES_FOLDER": "/tmp", "STRIDE": 0}, "STRIDE: 0 is out of range"),
    "a radiometry that is none": ({"SCENES_FOLDER": "/tmp", "RADIOMETRY": "x"}, "RADIOMETRY: “x” is not one of auto"),
    "a share above one": ({"SCENES_FOLDER": "/tmp", "MAX_INVALID": 2}, "MAX_INVALID: 2 is out of range"),
}


@pytest.mark.parametrize("case", BAD)
def test_is_refused_before_anything_starts(qgis_here, played, tmp_path, case):
    from qgis.core import QgsProcessingException

    changed, sentence = BAD[case]
    with pytest.raises(QgsProcessingException) as error:
        qgis_here.run("sentinelmatch:buildtrainingset", {"FOLDER": str(tmp_path / "set"), **changed})
    assert sentence in str(error.value)
    assert not played.jobs


def test_real_dates_of_two_places_through_qgis_process(qgis_process, engine, shared_data, tmp_path):
    """Winter and summer of two Sentinel-2 tiles, two subtiles each."""
    for tile in ("T36UUA", "T36UVC"):
        for date in ("winter", "summer"):
            folder = tmp_path / "scenes" / tile / date
            folder.mkdir(parents=True)
            for name in ("tile_0_0.png", "tile_0_512.png"):
                (folder / name).symlink_to(shared_data / "seasons" / tile / date / name)
    out = tmp_path / "set"
    answer = qgis_process.run(
        "buildtrainingset",
        SCENES=tmp_path / "scenes",
        TILE_SIZE=256,
        STRIDE=256,
        VALIDATION_PLACES="T36UVC",
        PIXEL_SIZE=10,
        FOLDER=out,
    )
    assert answer.code == 0, answer.said
    assert (answer.results["FOLDER"], answer.results["INDEX"]) == (str(out), str(out / "index.json"))
    numbers = [answer.results[name] for name in ("PLACES", "DATES", "TILES", "TRAIN", "VALIDATION", "UNKNOWN_OFFSETS")]
    assert numbers == [2, 4, 16, 8, 8, 0]
    index = json.loads((out / "index.json").read_text())
    assert [(place["name"], place["split"]) for place in index["places"]] == [
        ("T36UUA", "train"),
        ("T36UVC", "validation"),
    ]
    for place in index["places"]:
        assert [(date["label"], date["season"]) for date in place["dates"]] == [("summer",) * 2, ("winter",) * 2]
        for date in place["dates"]:
            assert max(abs(value) for value in date["offset"]) < 1.0  # co-registered by ESA to about that
    with open(out / "tiles.csv", newline="") as file:
        assert len(list(csv.DictReader(file))) == 32
    assert Path(answer.results["SHEET"]).stat().st_size > 10_000
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_does_not_lie_on_one_grid_fails_with_a_sentence_and_writes_nothing(qgis_process, engine, pair, tmp_path):
    from osgeo import gdal

    moved = str(tmp_path / "moved.tif")
    gdal.Translate(moved, pair.reference, srcWin=[1, 0, 150, 150])
    out = tmp_path / "set"
    arguments = [f"SCENES={pair.reference}", f"SCENES={moved}", "PLACE=here", f"FOLDER={out}"]
    done = qgis_process("run", "sentinelmatch:buildtrainingset", "--", *arguments)
    assert done.returncode != 0
    assert "The dates of here do not lie on one pixel grid" in done.stdout + done.stderr
    assert not out.exists()
