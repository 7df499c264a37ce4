"""The loop: it learns, goes on where it was stopped as if it had not been, and answers what goes wrong."""

from __future__ import annotations

import csv
import math
from dataclasses import replace

import pytest
import torch

from sentinel_match_plugin.engine.errors import Cancelled, InputError, SentinelMatchError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.training.checkpoints import read_checkpoint
from sentinel_match_plugin.engine.training.loop import LoopSettings, learning_rate, train
from sentinel_match_plugin.engine.training.steps import Stepper
from tests.engine.training.tiny_trainee import TinyTrainee, source


class Said(Events):
    """Keeps what is said, and cancels at the given step."""

    def __init__(self, cancel_at_step=None):
        self.infos, self.warnings, self.step, self.cancel_at_step = [], [], 0, cancel_at_step

    def progress(self, fraction, stage=""):
        self.step = int(stage.split()[1].rstrip(":")) if stage.startswith("Step") else self.step

    def info(self, text):
        self.infos.append(text)

    def warning(self, text):
        self.warnings.append(text)

    @property
    def cancelled(self):
        return self.cancel_at_step is not None and self.step >= self.cancel_at_step


@pytest.fixture(scope="module")
def held_out():
    return [source(10**6 + number) for number in range(4)]


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def settings(folder, **changed):
    given = {"steps": 12, "batch": 2, "precision": "fp32", "validate_steps": 5, "log_steps": 2, "learning_rate": 3e-3}
    return LoopSettings(folder, **{**given, **changed})


def rows(folder):
    with open(folder / "log.csv", newline="") as file:
        return list(csv.DictReader(file))


def weights(trainee):
    return torch.cat([p.detach().flatten() for p in trainee.module.parameters()])


def test_it_learns_and_says_what_it_began_with(tmp_path, held_out):
    trainee, events = TinyTrainee(), Said()
    record = train(trainee, source, held_out, settings(tmp_path, steps=60, validate_steps=30), events)
    validated = [row for row in rows(tmp_path) if row["validation_p1"]]
    assert [int(row["step"]) for row in validated] == [0, 30, 60]
    assert float(validated[-1]["validation_score"]) > 2 * float(validated[0]["validation_score"])
    assert (record.steps, record.pairs, record.best_step) == (60, 120, 60)
    assert record.best.mean("p1") == pytest.approx(float(validated[-1]["validation_p1"]), rel=1e-4)
    assert (tmp_path / "log.png").read_bytes()[:4] == b"\x89PNG"
    losses = [float(row["loss"]) for row in rows(tmp_path) if row["loss"]]
    assert sum(losses[-5:]) < 0.8 * sum(losses[:5])
    assert all(float(row["coarse"]) > 0 for row in rows(tmp_path) if row["loss"])


@pytest.mark.parametrize("keep", ["best", "last"])
def test_the_weights_that_were_asked_for_are_kept(tmp_path, held_out, keep):
    trainee = TinyTrainee()
    record = train(trainee, source, held_out, settings(tmp_path, learning_rate=0.5, keep=keep), Said())
    end = read_checkpoint(tmp_path / "checkpoint.pt")
    last = torch.cat([end.module[name].flatten() for name, _ in trainee.module.named_parameters()])
    assert torch.equal(weights(trainee), last) == (keep == "last")
    assert record.best_step == (12 if keep == "last" else end.best_step)
    assert end.best_step < 12


def test_equal_seeds_give_equal_runs_and_others_other_ones(tmp_path, held_out):
    made = []
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        trainee = TinyTrainee()
        train(trainee, source, held_out[:1], settings(tmp_path / name, steps=4, seed=seed), Said())
        made.append(weights(trainee))
    assert torch.equal(made[0], made[1])
    assert not torch.equal(made[0], made[2])


def test_a_run_that_was_cancelled_goes_on_as_if_it_had_not_been(tmp_path, held_out):
    whole = TinyTrainee()
    train(whole, source, held_out, settings(tmp_path / "whole"), Said())
    stopped, events = TinyTrainee(), Said(cancel_at_step=7)
    with pytest.raises(Cancelled):
        train(stopped, source, held_out, settings(tmp_path / "cut"), events)
    assert (tmp_path / "cut" / "best.safetensors").is_file()
    assert "goes on from" in events.infos[-1]
    again, events = TinyTrainee(), Said()
    record = train(again, source, held_out, settings(tmp_path / "cut"), events)
    assert record.resumed_at == 7
    assert any("Going on from the checkpoint" in text and "step 7" in text for text in events.infos)
    assert not events.warnings
    assert torch.equal(weights(whole), weights(again))
    assert stopped.batches + again.batches == whole.batches
    steps = [int(row["step"]) for row in rows(tmp_path / "cut")]
    assert steps == sorted(steps)


def test_a_finished_run_is_not_done_again_and_a_longer_one_goes_on(tmp_path, held_out):
    train(TinyTrainee(), source, held_out, settings(tmp_path, steps=4), Said())
    again, events = TinyTrainee(), Said()
    assert train(again, source, held_out, settings(tmp_path, steps=4), events).steps == 4
    assert not again.batches
    assert any("finished already" in text for text in events.infos)
    events = Said()
    assert train(TinyTrainee(), source, held_out, settings(tmp_path, steps=6), events).steps == 6
    assert "steps 6 (was 4)" in events.warnings[0]


def test_a_run_begun_otherwise_is_refused_by_name(tmp_path, held_out):
    train(TinyTrainee(), source, held_out, settings(tmp_path, steps=1, identity={"training set": "a1"}), Said())
    with pytest.raises(InputError, match=r"training set: a1 there, b2 now.*another folder"):
        train(TinyTrainee(), source, held_out, settings(tmp_path, identity={"training set": "b2"}), Said())


def test_a_damaged_checkpoint_is_told(tmp_path, held_out):
    (tmp_path / "checkpoint.pt").write_bytes(b"PK\x03\x04 nothing whole")
    with pytest.raises(InputError, match=r"cannot be read.*begin anew"):
        train(TinyTrainee(), source, held_out, settings(tmp_path), Said())


def test_the_checkpoint_of_another_network_is_told(tmp_path, held_out):
    train(TinyTrainee(), source, held_out, settings(tmp_path, steps=1), Said())
    other = TinyTrainee()
    other.module.layers[0] = torch.nn.Conv2d(1, 16, 3, padding=1)
    with pytest.raises(InputError, match="another network"):
        train(other, source, held_out, settings(tmp_path), Said())


def test_batches_that_do_not_fit_into_memory_are_halved_and_the_step_stays_the_same(tmp_path, held_out):
    wide, narrow, events = TinyTrainee(), TinyTrainee(most_pairs=3), Said()
    train(wide, source, held_out[:1], settings(tmp_path / "a", steps=3, batch=8), Said())
    train(narrow, source, held_out[:1], settings(tmp_path / "b", steps=3, batch=8), events)
    assert {len(batch) for batch in narrow.batches} == {2}
    assert [name for batch in narrow.batches for name in batch] == [name for batch in wide.batches for name in batch]
    assert "not enough memory" in events.warnings[0]
    assert len(events.warnings) == 2  # 8 to 4 to 2


def test_no_memory_for_a_single_pair_ends_with_a_sentence(tmp_path, held_out):
    with pytest.raises(InputError, match="a single pair"):
        train(TinyTrainee(most_pairs=0), source, held_out[:1], settings(tmp_path, steps=3), Said())


def test_accumulation_is_one_large_batch(tmp_path, held_out):
    trainee = TinyTrainee()
    record = train(trainee, source, held_out[:1], settings(tmp_path, steps=2, batch=2, accumulate=3), Said())
    assert [len(batch) for batch in trainee.batches] == [2] * 6
    assert record.pairs == 12


def test_a_part_that_one_batch_has_nothing_to_say_of_is_the_mean_of_the_others(monkeypatch):
    trainee, told = TinyTrainee(), iter([0.25, math.nan, 0.75])
    learn = trainee.loss
    monkeypatch.setattr(trainee, "loss", lambda pairs: (learn(pairs)[0], {"to_a_pixel": next(told)}))
    stepper = Stepper(trainee, 1, "fp32", weight_decay=0.0, clip=0.0, events=Events())
    figures = stepper.step([source(number) for number in range(3)], rate=1e-3, seed=1)
    assert figures.parts == {"to_a_pixel": pytest.approx(0.5)}


def test_a_step_without_a_number_is_left_out_and_said(tmp_path, held_out):
    trainee, events = TinyTrainee(spoil={3: math.nan}), Said()
    train(trainee, source, held_out[:1], settings(tmp_path, steps=5), events)
    assert ["left out" in text for text in events.warnings] == [True]
    assert torch.isfinite(weights(trainee)).all()


def test_many_in_a_row_end_with_a_sentence_and_the_best_weights_stay(tmp_path, held_out):
    trainee = TinyTrainee(spoil=dict.fromkeys(range(3, 1000), math.inf))
    with pytest.raises(SentinelMatchError, match="lower learning rate"):
        train(trainee, source, held_out[:1], settings(tmp_path, steps=100), Said())
    assert (tmp_path / "best.safetensors").is_file()
    assert read_checkpoint(tmp_path / "checkpoint.pt") is not None


def test_minutes_of_work_end_a_run(tmp_path, held_out):
    record = train(TinyTrainee(), source, held_out[:1], settings(tmp_path, steps=0, minutes=0.02), Said())
    assert record.steps >= 1
    assert 0.02 <= record.minutes < 0.2


def test_pairs_of_worker_processes_are_those_of_the_thread(tmp_path, held_out):
    here, there = TinyTrainee(), TinyTrainee()
    train(here, source, held_out[:1], settings(tmp_path / "a", steps=3), Said())
    train(there, source, held_out[:1], settings(tmp_path / "b", steps=3, workers=1), Said())
    assert here.batches == there.batches
    assert torch.equal(weights(here), weights(there))


def test_bf16_learns_too(tmp_path, held_out):
    record = train(TinyTrainee(), source, held_out[:1], settings(tmp_path, steps=4, precision="bf16"), Said())
    assert math.isfinite(record.loss)


def test_the_rate_rises_and_falls_as_a_cosine():
    given = LoopSettings(None, learning_rate=1.0, warm_up=0.1, last_rate=0.01)
    rates = [learning_rate(progress, given) for progress in (0, 0.05, 0.1, 0.55, 1.0)]
    assert rates == pytest.approx([0.02, 0.51, 1.0, 0.505, 0.01])


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"steps": 0}, "how long to train"),
        ({"steps": -1}, "STEPS must be"),
        ({"minutes": -1.0}, "MINUTES must be"),
        ({"minutes": math.nan}, "MINUTES must be"),
        ({"batch": 0}, "BATCH must be"),
        ({"accumulate": 0}, "ACCUMULATE must be"),
        ({"learning_rate": 0.0}, "LEARNING_RATE must be"),
        ({"learning_rate": 2.0}, "LEARNING_RATE must be"),
        ({"warm_up": 1.0}, "warm-up"),
        ({"validate_minutes": 0.0}, "validation interval"),
        ({"workers": -2}, "WORKERS must be"),
        ({"precision": "fp16"}, "PRECISION: fp16 is not for this cpu"),
        ({"precision": "fp8"}, "PRECISION: “fp8” is not one of"),
    ],
)
def test_is_refused_with_a_sentence(tmp_path, held_out, changed, sentence):
    with pytest.raises(InputError) as error:
        train(TinyTrainee(), source, held_out, replace(settings(tmp_path), **changed), Said())
    assert sentence in str(error.value)


def test_without_held_out_pairs_nothing_begins(tmp_path):
    with pytest.raises(InputError, match="no held-out pair"):
        train(TinyTrainee(), source, [], settings(tmp_path), Said())


def test_a_run_folder_that_is_a_file_is_told(tmp_path, held_out):
    (tmp_path / "file").write_text("")
    with pytest.raises(SentinelMatchError, match="cannot be made"):
        train(TinyTrainee(), source, held_out, settings(tmp_path / "file" / "run"), Said())
