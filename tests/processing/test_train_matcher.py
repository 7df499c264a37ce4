"""``trainmatcher``: what reaches the engine, what comes back, what is refused, and a real run of few steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from generated import texture, write_tif
from qgis_support import Feedback

SIDE = 96


@pytest.fixture(scope="module")
def training_set(tmp_path_factory):
    """Two places of made-up ground, snow dark and bright: one to learn from, one held out."""
    import numpy as np

    from sentinel_match_plugin.engine.training.index import DateEntry, PlaceEntry, SetIndex, TileEntry, write_index

    folder = tmp_path_factory.mktemp("set")
    places = []
    for number, split in enumerate(("train", "validation")):
        ground = texture()[number * SIDE : (number + 1) * SIDE, :SIDE]
        dates = []
        for label, image in (("january", ground**0.5), ("july", 1 - ground)):
            (folder / "images" / f"p{number}").mkdir(parents=True, exist_ok=True)
            name = f"images/p{number}/{label}.tif"
            write_tif(folder / name, np.clip(1 + 254 * image, 1, 255).astype(np.uint8))
            season = "winter" if label == "january" else "summer"
            dates.append(DateEntry(label, "", season, name, 255, (name,), offset_known=True))
        tile = TileEntry("t0", 0, 0, SIDE, SIDE, ("january", "july"))
        about = {"dates": tuple(dates), "tiles": (tile,)}
        places.append(PlaceEntry(f"p{number}", f"p{number}", split, SIDE, SIDE, 10.0, ("gray",), "january", **about))
    write_index(folder, SetIndex(tuple(places)))
    return folder


class PlayedEngine:
    """Writes what was asked for, and keeps the jobs."""

    def __init__(self):
        self.jobs = []

    def __call__(self, job, python, feedback):
        from sentinel_match_plugin.engine.jobs import TrainMatcherOutcome

        self.jobs.append(job)
        outputs = {"weights": job.weights, "card": str(Path(job.weights).with_suffix(".md"))}
        for path in outputs.values():
            Path(path).write_text("made")
        return TrainMatcherOutcome(
            40, 2.5, 1.5, 0.6, 0.8, 300.0, 0.4, 0.5, float("nan"), True, 100, ["Trained.", "Better."], outputs
        )


@pytest.fixture
def played(qgis_here, monkeypatch):
    from sentinel_match_plugin.processing import train_matcher

    engine = PlayedEngine()
    monkeypatch.setattr(train_matcher, "run_engine", engine)
    return engine


def test_parameters_reach_the_engine_and_figures_come_back(qgis_here, played, training_set, tmp_path):
    parameters = {
        "TRAINING_SET": str(training_set),
        "START_FROM": "loftr",
        "EPOCHS": 2.5,
        "DEVICE": "cpu",
        "MINUTES": 30,
        "BATCH": 2,
        "ACCUMULATE": 8,
        "SIZE": 128,
        "LEARNING_RATE": 0.0003,
        "PAIR_OPTIONS": "motion=guided",
        "PRECISION": "fp32",
        "VALIDATION_PAIRS": 5,
        "TEST_PAIRS": 7,
        "SEED": 3,
        "RUN_FOLDER": str(tmp_path / "run"),
        "WEIGHTS": str(tmp_path / "w.safetensors"),
        "LOG_FIGURE": str(tmp_path / "log.png"),
    }
    results = qgis_here.run("sentinelmatch:trainmatcher", parameters, feedback=Feedback.make())
    job = played.jobs[0]
    assert (job.training_set, job.start_from, job.epochs, job.minutes) == (str(training_set), "loftr", 2.5, 30.0)
    assert (job.batch, job.accumulate, job.size_px, job.learning_rate) == (2, 8, 128, 0.0003)
    assert (job.options, job.precision, job.device, job.seed) == ("motion=guided", "fp32", "cpu", 3)
    assert (job.validation_pairs, job.test_pairs, job.run_folder) == (5, 7, str(tmp_path / "run"))
    assert (job.weights, job.log_figure) == (parameters["WEIGHTS"], parameters["LOG_FIGURE"])
    figures = [results[name] for name in ("STEPS", "P1", "P3", "P1_START", "P3_START", "MATCHES", "BETTER")]
    assert figures == [40, 0.6, 0.8, 0.4, 0.5, 300.0, 1]
    assert results["MATCHES_START"] is None  # a NaN is no valid JSON
    assert (results["WEIGHTS"], results["MODEL_CARD"]) == (job.weights, str(tmp_path / "w.md"))
    assert (results.get("LOG_FIGURE"), results["MESSAGES"]) == (None, "Trained.\nBetter.")


def test_defaults_are_those_of_the_engine_and_a_file_takes_the_place_of_a_name(
    qgis_here, played, training_set, tmp_path
):
    from sentinel_match_plugin.engine.jobs import TrainMatcherJob

    (tmp_path / "mine.safetensors").write_text("")
    given = {"TRAINING_SET": str(training_set), "START_WEIGHTS": str(tmp_path / "mine.safetensors")}
    qgis_here.run("sentinelmatch:trainmatcher", {**given, "WEIGHTS": "TEMPORARY_OUTPUT"})
    job, default = played.jobs[0], TrainMatcherJob("")
    assert job.start_from == given["START_WEIGHTS"]
    assert job.weights.endswith(".safetensors")
    assert job.epochs == 10.0
    for name in ("minutes", "batch", "accumulate", "learning_rate", "size_px", "precision", "test_pairs", "workers"):
        assert getattr(job, name) == getattr(default, name), name


BAD = {
    "no set": ({"TRAINING_SET": ""}, "TRAINING_SET"),
    "a set that is not there": ({"TRAINING_SET": "/no"}, "TRAINING_SET: the folder /no does not exist"),
    "an unknown start": ({"START_FROM": "magic"}, "START_FROM: “magic” is not one of seasonal"),
    "weights that are not there": ({"START_WEIGHTS": "/no.safetensors"}, "START_WEIGHTS: the file /no.safetensors"),
    "neither epochs nor minutes": ({"EPOCHS": 0}, "EPOCHS, MINUTES: one of them"),
    "negative epochs": ({"EPOCHS": -1}, "EPOCHS: -1 is out of range"),
    "a huge learning rate": ({"LEARNING_RATE": 3}, "LEARNING_RATE: 3 is out of range"),
    "an odd size": ({"SIZE": 100}, "SIZE: it must be a multiple of 32"),
    "a batch of none": ({"BATCH": 0}, "BATCH: 0 is out of range"),
    "a device that is none": ({"DEVICE": "tpu"}, "DEVICE: “tpu” is not one of"),
    "weights of another kind": ({"WEIGHTS": "/tmp/w.pth"}, "WEIGHTS: give a name that ends in .safetensors"),
    "a folder that is not there": ({"WEIGHTS": "/no/w.safetensors"}, "WEIGHTS: the folder /no does not exist"),
}


@pytest.mark.parametrize("case", BAD)
def test_is_refused_before_anything_starts(qgis_here, played, training_set, case):
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException

    changed, sentence = BAD[case]
    given = {"TRAINING_SET": str(training_set), "WEIGHTS": "TEMPORARY_OUTPUT", **changed}
    algorithm = QgsApplication.processingRegistry().algorithmById("sentinelmatch:trainmatcher")
    fine, said = algorithm.checkParameterValues(given, QgsProcessingContext())
    assert not fine
    assert sentence in said
    with pytest.raises(QgsProcessingException):
        qgis_here.run("sentinelmatch:trainmatcher", given)
    assert not played.jobs


def test_a_real_run_of_few_steps(qgis_process, engine, training_set, tmp_path):
    answer = qgis_process.run(
        "trainmatcher",
        TRAINING_SET=training_set,
        EPOCHS=2,
        BATCH=2,
        SIZE=64,
        PRECISION="fp32",
        VALIDATION_PAIRS=1,
        TEST_PAIRS=2,
        DEVICE="cpu",
        WEIGHTS=tmp_path / "w.safetensors",
        LOG_FIGURE=tmp_path / "log.png",
    )
    assert answer.code == 0, answer.said
    results = answer.results
    assert results["STEPS"] == 2  # two pictures a pass
    assert 0 <= results["P1"] <= results["P3"] <= 1
    assert (tmp_path / "log.png").read_bytes()[:4] == b"\x89PNG"
    assert "# w" in (tmp_path / "w.md").read_text()
    assert Path(results["WEIGHTS"]).stat().st_size > 1e5
    assert not (tmp_path / "w.training").exists()


def test_a_folder_that_is_no_training_set_is_told_by_the_engine(qgis_process, engine, tmp_path):
    answer = qgis_process.run("trainmatcher", TRAINING_SET=tmp_path, WEIGHTS=tmp_path / "w.safetensors")
    assert answer.code == 1
    assert "is no training set" in answer.said
    assert not (tmp_path / "w.safetensors").exists()
