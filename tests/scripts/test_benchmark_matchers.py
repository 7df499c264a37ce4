"""The benchmark of matchers: honest about weights, resumable, and its tables say what the runs say."""

from __future__ import annotations

import csv
import json

import benchmark_matchers
import benchmark_matchers_tables as tables
import benchmark_weights
import pytest
from through_qgis import Failed

THRESHOLDS = (1.0, 3.0, 5.0, 10.0)


def row(matcher="sift", right=(5, 8, 9, 10), warp=0.4, **known):
    about = {"pair": "p", "matcher": matcher, "kind": "free", "weights": "none", "tile": "T36UUA", "season": "cross"}
    counts = {"condition": "a", "status": "ok", "error": "", "seconds": 2.0, "warp_median": warp}
    for points in ("found", "kept"):
        counts.update({points: 10, f"judged_{points}": 10, f"right_{points}": list(right)})
    return {**about, **counts, **known}


def lines(rows, points="kept", by_condition=False):
    matchers = list(dict.fromkeys(row["matcher"] for row in rows))
    found = tables.summarise(rows, matchers, THRESHOLDS, points, by_condition)
    return [dict(zip(tables.header(THRESHOLDS), line, strict=True)) for line in found]


def test_precision_and_success_are_means_over_pairs_with_their_intervals():
    (line,) = lines([row(), row(right=(10, 10, 10, 10), warp=2.0), row(right=(0, 0, 0, 0), warp=None)])
    assert line["p1"].startswith(".500 (.000 to 1.000)")
    assert line["success 1 px"].startswith(".33 (")
    assert line["success 3 px"].startswith(".67 (")
    assert (line["pairs"], line["failed"], line["points"], line["warp"]) == ("3", "0", "10", "2.00")


def test_more_than_half_without_a_transformation_is_infinitely_far_off():
    assert lines([row(warp=None), row(warp=None), row()])[0]["warp"] == "∞"


def test_random_weights_are_marked_as_not_meaningful():
    assert lines([row("loftr", weights="random")])[0]["weights"] == "random: runs, not meaningful"
    assert lines([row("aliked", weights="real")])[0]["weights"] == "real"


def test_places_seasons_and_conditions_are_told_apart():
    rows = [row(), row(condition="e"), row(season="same"), row(tile="T35UNQ")]
    assert len(lines(rows)) == 3
    assert len(lines(rows, by_condition=True)) == 4


def test_a_matcher_that_did_not_run_has_a_line_and_a_reason(tmp_path):
    rows = [row(), {**row("loftr"), "error": "No library.", "weights": "missing"}]
    page = tables.write_matcher_tables(tmp_path / "m", rows, ["sift", "loftr"], THRESHOLDS, "A title")
    assert "- loftr did not run: No library." in page
    line = lines(rows)[1]
    assert (line["failed"], line["p1"], line["seconds"]) == ("1", "–", "–")
    with open(tmp_path / "m.csv", newline="") as file:
        assert [r["matcher"] for r in csv.DictReader(file)] == ["sift", "loftr"]
    assert len((tmp_path / "m-summary.csv").read_text().splitlines()) == 1 + 3 * 2


def test_a_run_that_is_done_is_not_done_again_until_the_weights_change(pair, tmp_path):
    asked = []

    class Engine:
        def run(self, name, job):
            asked.append((name, job))
            return {"runs": [{"pair": "x", "matcher": "sift", "weights": "real", "seconds": 1.0, "status": "ok"}]}

    for version in ("code cpu random", "code cpu random", "code cpu real"):
        known = {"kind": "free", "weights": version.split()[-1]}
        arguments = (pair, "sift", tmp_path / "kept", Engine(), {"georeferencing": "ignore"}, known, version, False)
        found = benchmark_matchers.one_run(*arguments)
    assert len(asked) == 2
    assert asked[0][0] == "assess"
    assert asked[0][1]["known_warp"] == str(pair)
    assert asked[0][1]["georeferencing"] == "ignore"
    assert (found["weights"], found["condition"], found["error"]) == ("real", "a", "")


def test_without_georeferencing_only_matchers_that_need_none_are_left():
    known = {"structure": {"kind": "guided"}, "sift": {"kind": "free"}, "seasonal": {"kind": "either"}}
    assert benchmark_matchers.choose([], known, "use") == ["structure", "sift", "seasonal"]
    assert benchmark_matchers.choose([], known, "ignore") == ["sift", "seasonal"]
    with pytest.raises(Failed, match="no matcher magic"):
        benchmark_matchers.choose(["magic"], known, "use")
    with pytest.raises(Failed, match="without georeferencing"):
        benchmark_matchers.choose(["structure"], known, "ignore")


def test_one_random_model_makes_the_matcher_random():
    states = {"a": "real", "b": "random", "c": "transformers is not installed"}
    weights = [benchmark_matchers.weights_of(models, states) for models in ([], ["a"], ["a", "b"], ["a", "c"])]
    assert weights == ["none", "real", "random", "missing"]


def test_few_pairs_are_enough_to_show_that_random_weights_run():
    assert benchmark_matchers.pairs_for("random", ["a", "b", "c"], 2) == ["a", "b"]
    assert benchmark_matchers.pairs_for("random", ["a", "b", "c"], 0) == ["a", "b", "c"]
    assert benchmark_matchers.pairs_for("real", ["a", "b", "c"], 2) == ["a", "b", "c"]


def test_real_weights_are_linked_and_missing_ones_made_up_so_that_the_network_loads(tmp_path, monkeypatch):
    import torch

    from sentinel_match_plugin.engine.models import FOLDER_VARIABLE, MODELS, load_network

    torch.manual_seed(1)
    real, made = tmp_path / "real", tmp_path / "made"
    real.mkdir()
    torch.save(MODELS["aliked-n16"].network().state_dict(), real / "aliked-n16.pth")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "none"))
    few = {name: entry for name, entry in benchmark_weights.MATCHERS.items() if name in ("sift", "aliked", "loftr")}
    monkeypatch.setattr(benchmark_weights, "MATCHERS", few)
    states = benchmark_weights.fill(made, [str(real)])
    assert states == {"aliked-n16": "real", "loftr_outdoor": "random"}
    assert json.dumps(states)
    for name in states:
        load_network(name, made)
