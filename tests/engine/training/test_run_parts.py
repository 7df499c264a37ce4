"""What a run rests on: its clock, its log, pairs made ahead, checkpoints that survive a kill."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import textwrap
import time
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from sentinel_match_plugin.engine.errors import OutputError
from sentinel_match_plugin.engine.training import clock, log
from sentinel_match_plugin.engine.training.checkpoints import read_checkpoint
from sentinel_match_plugin.engine.training.loop import train
from sentinel_match_plugin.engine.training.stream import pairs_ahead
from sentinel_match_plugin.engine.training.validation import Figures, PairFigures, figures_of, gain
from tests.engine.training.test_loop import Said, settings, weights
from tests.engine.training.tiny_trainee import TinyTrainee, source

REPOSITORY = Path(__file__).resolve().parents[3]


def test_pauses_do_not_count(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(clock.time, "monotonic", lambda: now[0])
    used = clock.ActiveClock(100.0)
    for seconds in (2.0, 3.0, 2.0, 3600.0, 2.0):  # an hour asleep within the fourth
        now[0] += seconds
        used.lap("step")
    assert used.used_s == pytest.approx(100 + 2 + 3 + 2 + 2 + 2)


def test_slow_steps_count_in_full_once_they_are_usual(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(clock.time, "monotonic", lambda: now[0])
    used = clock.ActiveClock()
    for _ in range(4):
        now[0] += 150.0
        used.lap("step")
    assert used.used_s == pytest.approx(60 + 150 + 150 + 150)


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def test_the_log_takes_new_columns_and_is_whole_after_every_row(tmp_path):
    made = log.TrainingLog(tmp_path / "log.csv")
    made.add({"step": 0, "seconds": 1.5, "validation_p1": 0.25})
    made.add({"step": 10, "loss": 2.0, "coarse": 1.25})
    made.add({"step": 20, "loss": 1.0})
    assert [row["step"] for row in rows(made.path)] == ["0", "10", "20"]
    assert [row["coarse"] for row in rows(made.path)] == ["", "1.25", ""]
    assert rows(made.path)[0]["validation_p1"] == "0.25"


def test_a_log_that_was_cut_short_goes_on_at_the_checkpoint(tmp_path):
    path = tmp_path / "log.csv"
    made = log.TrainingLog(path)
    for step in (10, 20, 30):
        made.add({"step": step, "loss": 1.0, "coarse": 0.5})
    path.write_text(path.read_text() + "40,12.")  # the end of the process in the middle of a row
    again = log.TrainingLog(path, 20)
    again.add({"step": 30, "loss": 0.75})
    assert [(row["step"], row["loss"]) for row in rows(path)] == [("10", "1"), ("20", "1"), ("30", "0.75")]
    assert [row["step"] for row in log.TrainingLog(path).rows] == []


def test_a_log_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        log.TrainingLog(tmp_path / "not there" / "log.csv")


@pytest.mark.parametrize(
    "some", [[], [{"step": 0, "validation_p1": 0.1, "validation_p3": 0.2, "validation_matches": 9}]]
)
def test_curves_are_drawn_of_whatever_there_is(tmp_path, some):
    made = log.TrainingLog(tmp_path / "log.csv")
    for row in [*some, {"step": 1, "loss": float("nan")}]:
        made.add(row)
    made.draw(tmp_path / "log.png", "tiny")
    assert (tmp_path / "log.png").read_bytes()[:4] == b"\x89PNG"


@pytest.mark.parametrize("workers", [0, 1])
def test_pairs_come_in_order_from_the_number_asked_for(workers):
    with pairs_ahead(source, 5, 3, workers) as pairs:
        names = [pair.name for pair in islice(pairs, 4)]
    assert names == ["noise 5", "noise 6", "noise 7", "noise 8"]


def broken(number):
    if number == 2:
        raise ValueError("pair 2 cannot be made")
    return source(number)


def test_an_error_of_a_pair_is_raised_where_it_is_asked_for():
    with pairs_ahead(broken, 0, 4) as pairs:
        assert [next(pairs).name, next(pairs).name] == ["noise 0", "noise 1"]
        with pytest.raises(ValueError, match="pair 2"):
            next(pairs)


def child(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system for a process by its id")
def test_processes_that_make_pairs_end_with_the_one_that_trains_however_it_ends():
    process = child(
        """
        import os, sys, multiprocessing
        sys.path.insert(0, "")
        if __name__ == "__main__":
            from sentinel_match_plugin.engine.training.stream import pairs_ahead
            from tests.engine.training.tiny_trainee import source
            with pairs_ahead(source, 0, 2, 1) as pairs:
                next(pairs)
                print(multiprocessing.active_children()[0].pid, flush=True)
                os._exit(1)
        """
    )
    pid = int(process.stdout.readline())
    process.wait()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and Path(f"/proc/{pid}").exists():
        time.sleep(0.1)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_killed_run_goes_on_as_if_it_had_not_been(tmp_path):
    process = child(
        """
        import sys, time
        sys.path.insert(0, "")
        from pathlib import Path
        import torch
        from tests.engine.training.test_loop import Said, settings
        from tests.engine.training.tiny_trainee import TinyTrainee, source
        from sentinel_match_plugin.engine.training.loop import train
        torch.set_num_threads(1)
        trainee = TinyTrainee()
        learn = trainee.loss
        def slowly(pairs):
            if trainee.calls >= 8:
                print("at step 8", flush=True)
                time.sleep(600)
            return learn(pairs)
        trainee.loss = slowly
        train(trainee, source, [source(10**6)], settings(Path(sys.argv[1])), Said())
        """,
        tmp_path / "cut",
    )
    assert process.stdout.readline() == "at step 8\n"
    process.kill()
    process.wait()
    assert read_checkpoint(tmp_path / "cut" / "checkpoint.pt").step == 5  # the validation's
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        whole, again = TinyTrainee(), TinyTrainee()
        train(whole, source, [source(10**6)], settings(tmp_path / "whole"), Said())
        assert train(again, source, [source(10**6)], settings(tmp_path / "cut"), Said()).resumed_at == 5
    finally:
        torch.set_num_threads(threads)
    assert torch.equal(weights(whole), weights(again))


class Knowing:
    """A matcher that knows the truth, but for an error of so many pixels in x."""

    name, tile_px = "knowing", 64

    def __init__(self, error_px):
        self.error_px = error_px

    def match(self, reference, target):
        from sentinel_match_plugin.engine.matchers.base import Matches

        xy = np.array([[20.5, 20.5], [18.5, 22.5], [20.0, 19.25]])
        return Matches(self.pair_truth(xy) + [self.error_px, 0], xy, np.ones(3))


@pytest.mark.parametrize(("error_px", "within"), [(0.0, (3, 3)), (2.0, (0, 3)), (5.0, (0, 0))])
def test_matches_are_judged_by_the_truth_of_the_pair(error_px, within):
    from sentinel_match_plugin.engine.training.pairs import truth_of_matches

    pair, matcher = source(0), Knowing(error_px)
    matcher.pair_truth = lambda xy: truth_of_matches(pair, xy)
    found = figures_of(matcher, pair)
    assert (found.found, found.within_1, found.within_3) == (3, *within)


def test_few_lucky_matches_are_not_best_and_gains_are_pair_by_pair():
    few, many = PairFigures("a", 2, 2, 2), PairFigures("a", 300, 200, 280)
    assert few.p1 > many.p1
    assert few.score < many.score
    assert PairFigures("a", 0, 0, 0).p1 == 0
    before = Figures(tuple(PairFigures(str(n), 100, n, 50) for n in range(50)))
    after = Figures(tuple(PairFigures(str(n), 100, n + 5, 50) for n in range(50)))
    grown, interval = gain(after, before, "p1")
    assert grown == pytest.approx(0.05)
    assert interval == pytest.approx((0.05, 0.05))  # though the pairs differ by far more
    assert Figures.of_rows(after.as_rows()) == after
