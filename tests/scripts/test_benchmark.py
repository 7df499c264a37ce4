"""The benchmark: does it count what it says, go on where it was, and fail when a run failed?"""

from __future__ import annotations

import benchmark_accuracy
import benchmark_tables
from through_qgis import Failed


def row(condition="a", **known):
    return {"method": "m", "tile": "T35UNQ", "season": "cross", "condition": condition, "status": "ok", **known}


def cells(rows, condition="all"):
    lines = benchmark_tables.summarise(rows)
    line = next(line for line in lines if line[3] == condition)
    return dict(zip(benchmark_tables.HEADER, line, strict=True))


def test_a_pair_without_a_raster_counts_as_not_below_one_pixel():
    rows = [row(warp_median=0.3), row(warp_median=1.2), row(status="no_match"), row(status="failed")]
    assert cells(rows)["warp median < 1 px"] == "25 %"
    assert cells(rows)["ok / low / none / failed"] == "2 / 0 / 1 / 1"


def test_an_error_counts_as_covered_only_where_the_true_p90_lies_within_ce90():
    rows = [row(true_p90=0.4, ce90_px=0.5, within_ce90=0.95), row(true_p90=0.9, ce90_px=0.5, within_ce90=0.65), row()]
    assert cells(rows)["true p90 within CE90"] == "50 %"
    assert cells(rows)["windows within CE90"] == "0.80"


def test_conditions_and_the_test_tile_are_reported_apart():
    rows = [row("a", warp_median=0.2), row("d", warp_median=0.6), {**row("a", warp_median=0.9), "tile": "T36UUA"}]
    assert cells(rows, "d")["warp median"] == "0.60"
    assert {line[1] for line in benchmark_tables.summarise(rows)} == {"T35UNQ", "other tiles"}


def test_a_pair_that_is_done_is_not_done_again_until_the_code_changes(pair, tmp_path):
    calls = []

    def method(*_):
        calls.append(1)
        return {"status": "no_match", "count": 0, "rmse_m": None, "ce90_m": None, "messages": ""}

    for version in ("one", "one", "two"):
        benchmark_accuracy.one_pair(pair, tmp_path / "results", method, version, False)
    assert len(calls) == 2


def test_a_run_that_failed_is_told_and_tried_again(pair, tmp_path):
    def broken(*_):
        raise Failed("The engine is missing.")

    first = benchmark_accuracy.one_pair(pair, tmp_path / "results", broken, "one", False)
    assert (first["status"], first["error"]) == ("failed", "The engine is missing.")
    found = {"status": "no_match", "count": 0, "rmse_m": None, "ce90_m": None, "messages": ""}
    assert benchmark_accuracy.one_pair(pair, tmp_path / "results", lambda *_: dict(found), "one", False)["error"] == ""


def test_the_tables_hold_a_line_for_every_pair_and_every_group(tmp_path):
    benchmark_tables.write_tables(tmp_path / "out", [{**row(), "pair": "p1"}, {**row("b"), "pair": "p2"}], "A title")
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 3
    assert (tmp_path / "out.md").read_text().startswith("# A title")
    assert len((tmp_path / "out-summary.csv").read_text().splitlines()) == 1 + 3  # a, b, all


def test_scores_are_compared_with_the_share_that_is_right_where_there_are_enough_points():
    deciles = [[0] * 8 + [150, 400], [0] * 8 + [120.0, 380.0], [0] * 8 + [100, 370]]
    row = {"season": "cross", "condition": "d", "deciles": deciles, "fractions": [10] * 10}
    told = benchmark_tables.told_of_points([row, row])
    assert "cross season: 0.80 / 0.67 (300), 0.95 / 0.93 (800)." in told
    assert "conditions d and e: 0.100 0.100" in told
    assert "too few points" in benchmark_tables.told_of_points([{**row, "deciles": [[0] * 10] * 3}])
