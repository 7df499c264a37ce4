"""The speed benchmark: are ratios those of one turn, is a failed run a line of its own, is nothing of it counted?"""

from __future__ import annotations

import json
import sys

import benchmark
import benchmark_speed
import pytest
from benchmark_speed import FLOOR, OURS, Pair

METHODS = [FLOOR, OURS]


def row(method=OURS, repeat=0, wall_s=10.0, size=1000, **known):
    about = {"season": "same", "format": "gtiff", "size": size, "method": method, "repeat": repeat, "status": "ok"}
    return {
        **about,
        "wall_s": wall_s,
        "cpu_s": 2 * wall_s,
        "peak_mb": 500.0,
        "load": 0.1,
        "others": 0.0,
        "error": "",
        **known,
    }


def cells(rows, method=OURS):
    (line,) = (line for line in benchmark_speed.summarise(rows, METHODS) if line[3] == method)
    return dict(zip(benchmark_speed.HEADER, line, strict=True))


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A pair, made, and a folder for results."""
    monkeypatch.setattr(benchmark_speed, "FOLDER", tmp_path)
    pair = Pair("same", "gtiff", 100)
    pair.folder.mkdir()
    for path in pair.files:
        path.write_bytes(b"pixels")
    return pair


def command(script):
    return lambda pair, folder: [sys.executable, "-c", script, folder / "warped.tif"]


WRITES = "import sys, json; open(sys.argv[1], 'w')\n"


def test_a_ratio_is_that_to_the_floor_of_the_same_turn():
    rows = [row(FLOOR, n, floor) for n, floor in enumerate((1.0, 2.0, 4.0))]
    rows += [row(OURS, n, ours) for n, ours in enumerate((3.0, 8.0, 12.0))]
    assert (cells(rows)["x floor"], cells(rows)["wall, s"], cells(rows)["runs"]) == ("3.00", "8.0", "3")
    assert cells(rows, FLOOR)["x floor"] == "1.00"


def test_a_failed_run_is_named_with_its_time_and_not_among_the_medians():
    rows = [row(FLOOR), row(OURS, 0, 9.0), row(OURS, 1, 1800.0, error="It was killed after 1800 s.")]
    assert (cells(rows)["wall, s"], cells(rows)["runs"]) == ("9.0", "1 of 2")
    assert benchmark_speed.failures(rows) == [
        "Failed: same gtiff 1000, sentinel-match, run 2: 1800.0 s, cpu 3600.0 s, 500 MB, It was killed after 1800 s."
    ]
    assert cells([row(error="no")])["wall, s"] == "–"


def test_growth_is_told_from_the_smallest_to_the_largest_size():
    rows = [row(size=1000, wall_s=1.0), row(size=2000, wall_s=2.5), row(size=4000, wall_s=12.0, peak_mb=550.0)]
    (told,) = benchmark_speed.growth(rows, METHODS)
    assert told.endswith("from 1000 to 4000: pixels x 16.00, wall 12.00, cpu 12.00, peak 1.10.")
    assert benchmark_speed.growth(rows[:1], METHODS) == []


def test_a_run_is_measured_and_its_result_scored(here, monkeypatch):
    monkeypatch.setattr(benchmark_speed, "_true_errors", lambda *_: {"warp_median_px": 0.1})
    outcome = {
        "status": "ok",
        "count": 7,
        "inliers": 5,
        "ce90_px": 0.3,
        "transform": "affine",
        "messages": ["So.", "It is."],
    }
    script = f"{WRITES}print({json.dumps(outcome)!r})"
    found = benchmark_speed.one_run(here, OURS, command(script), 0, 60)
    assert (found["error"], found["status"], found["points"], found["messages"]) == ("", "ok", 7, "So. It is.")
    assert found["warp_median_px"] == 0.1
    assert found["wall_s"] > 0
    assert list(benchmark_speed.FOLDER.iterdir()) == [here.folder]  # results are not kept


@pytest.mark.parametrize(
    ("method", "script", "said"),
    [
        (FLOOR, "raise SystemExit('no more memory')", "It ended with code 1: no more memory"),
        (FLOOR, "import time; time.sleep(60)", "It was killed after 2 s."),
        (FLOOR, "", "It wrote no raster: ok."),
        (OURS, f"{WRITES}print('oops')", "Expecting value"),
        (OURS, f"{WRITES}print('{{}}')", "status"),
    ],
)
def test_a_run_that_goes_wrong_is_a_row_that_says_so_with_its_time(here, method, script, said):
    found = benchmark_speed.one_run(here, method, command(script), 0, 2.0)
    assert said in found["error"]
    assert found["wall_s"] > 0


def test_a_program_that_cannot_be_started_is_a_row_too(here):
    found = benchmark_speed.one_run(here, FLOOR, lambda *_: ["/no/such/program"], 0, 2.0)
    assert "No such file" in found["error"]
    assert "No such file" in benchmark_speed.failures([found])[0]


def test_methods_take_turns_the_other_way_round_every_second_time_and_one_failure_makes_the_exit_code_1(
    here, tmp_path, monkeypatch, capsys
):
    order = []

    def run_one(pair, method, command, repeat, limit_s):
        order.append(method)
        return row(method, repeat, error="broken" if (method, repeat) == (OURS, 2) else "")

    monkeypatch.setattr(benchmark_speed, "make", lambda pair: None)
    monkeypatch.setattr(benchmark_speed, "engine_python", lambda: sys.executable)
    monkeypatch.setattr(benchmark_speed, "one_run", run_one)
    out = tmp_path / "tables"
    monkeypatch.setattr(sys, "argv", ["benchmark.py", "speed", "--sizes", "100", "--out", str(out)])
    assert benchmark.main() == 1
    assert order == [FLOOR, OURS, OURS, FLOOR, FLOOR, OURS]
    assert len((tmp_path / "tables.csv").read_text().splitlines()) == 1 + 6
    assert "| same | gtiff | 1000 | sentinel-match | 2 of 3 |" in capsys.readouterr().out


def test_the_peers_that_cannot_be_had_are_named_with_the_reason(tmp_path, monkeypatch):
    def broken(name):
        raise benchmark_speed.Failed("There is no GDAL here.")

    monkeypatch.setattr(benchmark_speed, "engine_python", lambda: sys.executable)
    monkeypatch.setattr(benchmark_speed.benchmark_peers, "make_environment", broken)
    methods, reasons = benchmark_speed._methods(0.0, peers=True)
    page = benchmark_speed.write_tables(tmp_path / "out", [row(FLOOR)], list(methods), reasons, "A title")
    assert "AROSICS local, 55 x 55 points: not measured. There is no GDAL here." in page


def test_a_limit_on_threads_that_was_set_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert "OMP_NUM_THREADS=1 was set." in benchmark_speed.write_tables(
        tmp_path / "out", [row(FLOOR)], METHODS, {}, "A title"
    )
