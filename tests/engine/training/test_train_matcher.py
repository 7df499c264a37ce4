"""The job: a training set in, weights with their card and curves out; bad input answered before any work."""

from __future__ import annotations

import csv
import json
import shlex
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from sentinel_match_plugin.engine.cli import main
from sentinel_match_plugin.engine.commands import parser
from sentinel_match_plugin.engine.errors import Cancelled, InputError, SentinelMatchError, WeightsError
from sentinel_match_plugin.engine.jobs import START_FROM, TrainMatcherJob
from sentinel_match_plugin.engine.models.reading import load_state, metadata_of
from sentinel_match_plugin.engine.training import card, tensors, train_matcher, trainee
from tests.engine.training.test_loop import Said
from tests.engine.training.tiny_set import write_tiny_set
from tests.engine.training.tiny_trainee import TinyTrainee


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_tiny_set(tmp_path_factory.mktemp("set"))


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    """START_FROM=seasonal is the tiny network here."""

    def make(device, model_folder, seed, events, weights, untrained=False):
        made = TinyTrainee(seed)
        if weights is not None:
            made.module.load_state_dict(load_state(weights))
        return made

    monkeypatch.setattr(tensors, "make_tiny", make, raising=False)
    monkeypatch.setitem(trainee.TRAINEES, "seasonal", trainee.TraineeEntry("tensors:make_tiny", ("tiny",)))


def job(folder, tmp_path, **changed):
    given = {
        "training_set": str(folder),
        "steps": 3,
        "batch": 2,
        "size_px": 64,
        "options": "rotation=5 scale=1.1",
        "precision": "fp32",
        "validation_pairs": 2,
        "test_pairs": 3,
        "device": "cpu",
        "weights": str(tmp_path / "w.safetensors"),
        "log_figure": str(tmp_path / "log.png"),
    }
    return TrainMatcherJob(**{**given, **changed})


def test_weights_card_curves_and_log_are_written_and_nothing_else(folder, tmp_path):
    outcome = train_matcher.run(job(folder, tmp_path), Said())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.png", "w.csv", "w.md", "w.safetensors"]
    assert set(outcome.outputs) == {"weights", "card", "log_figure", "log"}
    assert (outcome.steps, outcome.held_out_pairs) == (3, 3)
    TinyTrainee().module.load_state_dict(load_state(tmp_path / "w.safetensors"))
    notes = metadata_of(tmp_path / "w.safetensors")
    assert (notes["sentinel_match.model"], notes["training.steps"], notes["training.seed"]) == ("tiny", "3", "0")
    with open(tmp_path / "w.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["step"] for row in rows if row["validation_p1"]] == ["0", "3"]
    assert (tmp_path / "log.png").read_bytes()[:4] == b"\x89PNG"


def test_the_card_tells_data_figures_settings_and_the_command(folder, tmp_path):
    outcome = train_matcher.run(job(folder, tmp_path, seed=4), Said())
    text = (tmp_path / "w.md").read_text()
    for part in ("| p0 | train | january, july |", "| p2 | test |", "split `test`", "Seed 4", "SHA-256"):
        assert part in text
    assert f"{outcome.p1:.3f}" in text
    command = next(line for line in text.splitlines() if line.startswith("scripts/train.py"))
    for word in ("--steps 3", "--size 64", "--seed 4", "--options 'rotation=5 scale=1.1'", "--weights w.safetensors"):
        assert word in command


def test_the_command_of_the_card_makes_the_same_job(folder, tmp_path):
    wanted = job(folder, tmp_path, start_from="loftr", learning_rate=2e-4, epochs=2.5, accumulate=3, workers=2)
    words = shlex.split(card.command(wanted, Path(wanted.weights)))
    options = parser().parse_args(["train-matcher", *words[1:]])
    assert replace(options.job(options), weights=wanted.weights, log_figure=wanted.log_figure) == wanted


def test_a_cancelled_run_keeps_its_folder_and_goes_on(folder, tmp_path):
    given = job(folder, tmp_path, steps=6)
    with pytest.raises(Cancelled):
        train_matcher.run(given, Said(cancel_at_step=3))
    assert not (tmp_path / "w.safetensors").exists()
    assert {"checkpoint.pt", "best.safetensors"} <= {path.name for path in (tmp_path / "w.training").iterdir()}
    events = Said()
    assert train_matcher.run(given, events).steps == 6
    assert any("step 3" in text for text in events.infos)
    assert not (tmp_path / "w.training").exists()


def test_a_named_run_folder_stays_and_a_longer_run_goes_on_from_it(folder, tmp_path):
    given = job(folder, tmp_path, run_folder=str(tmp_path / "run"))
    train_matcher.run(given, Said())
    assert {"checkpoint.pt", "log.csv", "log.png"} <= {path.name for path in (tmp_path / "run").iterdir()}
    events = Said()
    assert train_matcher.run(replace(given, steps=5), events).steps == 5
    assert any("steps 5 (was 3)" in text for text in events.warnings)


def test_training_goes_on_from_a_file_it_wrote_which_is_not_written_over(folder, tmp_path):
    train_matcher.run(job(folder, tmp_path), Said())
    start = str(tmp_path / "w.safetensors")
    train_matcher.run(job(folder, tmp_path, start_from=start, weights=str(tmp_path / "b.safetensors")), Said())
    assert metadata_of(tmp_path / "b.safetensors")["training.start_from"] == start
    with pytest.raises(SentinelMatchError, match="same file as an input"):
        train_matcher.run(job(folder, tmp_path, start_from=start), Said())


def test_without_test_places_validation_places_are_judged_by_other_pairs(tmp_path):
    folder = write_tiny_set(tmp_path / "set", ("train", "validation"))
    events = Said()
    train_matcher.run(job(folder, tmp_path, steps=1), events)
    assert any("There are no test places" in text for text in events.infos)
    assert "split `validation`" in (tmp_path / "w.md").read_text()


def test_an_epoch_is_as_many_pairs_as_there_are_pictures(folder, tmp_path):
    assert train_matcher.run(job(folder, tmp_path, steps=0, epochs=3.0), Said()).steps == 3  # 3 x 2 pictures, 2 a step


def test_the_command_line_prints_the_outcome(folder, tmp_path, capsys):
    words = ["--steps", "1", "--batch", "1", "--size", "64", "--precision", "fp32", "--device", "cpu"]
    words += ["--validation-pairs", "1", "--test-pairs", "2"]
    code = main(["train-matcher", str(folder), *words, "--weights", str(tmp_path / "w.safetensors")])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    assert json.loads(printed.out)["steps"] == 1


def test_the_names_of_the_contract_are_those_of_the_table():
    assert tuple(trainee.TRAINEES) == START_FROM


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"training_set": "/no/set"}, "does not exist"),
        ({"start_from": "magic"}, "“magic” is neither one of seasonal,"),
        ({"start_from": ""}, "is neither one of"),
        ({"start_from": "/no/file.safetensors"}, "does not exist"),
        ({"steps": 0}, "how long to train"),
        ({"epochs": -1.0}, "EPOCHS must be"),
        ({"epochs": float("nan")}, "EPOCHS must be"),
        ({"size_px": 100}, "multiple of 32"),
        ({"size_px": 4096}, "64 to 1024"),
        ({"options": "magic=1"}, "has no option “magic”"),
        ({"options": "rotation=900"}, "rotation must be"),
        ({"validation_pairs": 0}, "VALIDATION_PAIRS must be"),
        ({"test_pairs": 1}, "TEST_PAIRS"),
        ({"seed": -1}, "SEED must be"),
        ({"device": "magic"}, "is not known"),
        ({"precision": "fp16"}, "PRECISION"),
        ({"weights": "w.pth"}, "ends in .safetensors"),
        ({"weights": "", "log_figure": ""}, "WEIGHTS: name the file"),
        ({"weights": "/no/folder/w.safetensors"}, "does not exist"),
    ],
)
def test_is_refused_with_a_sentence_and_what_was_there_stays(folder, tmp_path, changed, sentence):
    (tmp_path / "w.safetensors").write_text("before")
    with pytest.raises(SentinelMatchError) as error:
        train_matcher.run(job(folder, tmp_path, **changed), Said())
    assert sentence in str(error.value)
    assert (tmp_path / "w.safetensors").read_text() == "before"


def test_weights_that_do_not_say_what_they_are_are_refused(folder, tmp_path):
    from safetensors.torch import save_file

    save_file({"a": torch.zeros(1)}, str(tmp_path / "a.safetensors"))
    save_file({"a": torch.zeros(1)}, str(tmp_path / "b.safetensors"), {"sentinel_match.model": "disk_depth"})
    for name, sentence in (("a", "does not say what it holds"), ("b", "“disk_depth”, which cannot be trained")):
        with pytest.raises(WeightsError, match=sentence):
            train_matcher.run(job(folder, tmp_path, start_from=str(tmp_path / f"{name}.safetensors")), Said())


def test_a_set_with_nothing_held_out_or_nothing_to_learn_from_is_refused(tmp_path):
    for splits, sentence in ((("train",), "no place that is held out"), (("validation", "test"), "no tile to learn")):
        folder = write_tiny_set(tmp_path / "set", splits)
        with pytest.raises(InputError, match=sentence):
            train_matcher.run(job(folder, tmp_path), Said())
        shutil.rmtree(folder)
