"""The benchmarks of the learned matcher: do the tables say what the runs say, and is a part of the pairs like all?"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import benchmark_learned
import benchmark_learned_tables as tables
import benchmark_runs
import pytest
from through_qgis import Failed


def row(method="seasonal", pair="p", off=0.4, **known):
    about = {"pair": pair, "method": method, "matcher": method, "mode": "free", "season": "cross", "condition": "b"}
    answer = {
        "tile": "T36UUA",
        "top": 64,
        "status": "ok",
        "seconds": 1.0,
        "inliers": 3,
        "p1": 0.5,
        "p3": 1.0,
        "error": "",
    }
    found = {"warp_median": off, "model_median": off, "errors": [[0.5, 1], [2.0, 1], [9.0, 0]]}
    return {**about, **answer, **found, **known}


def line(rows, methods=("seasonal",), keys=("season",)):
    (found,) = tables.lines(rows, list(methods), keys)
    return dict(zip(tables.HEADER, found, strict=True))


def test_a_pair_without_a_raster_is_below_nothing_and_infinitely_far_off():
    failed = row(error="No matcher.", off=None, status="failed")
    found = line([row(), row(off=2.0), row(off=None, status="no_match"), failed])
    assert found["below 3 px"].startswith("50 % (")
    assert found["below 1 px"].startswith("25 % (")
    assert (found["pairs"], found["not run"], found["ok / low / none"]) == ("4", "1", "2 / 0 / 1")
    assert line([row(off=None)])["warp"] == "∞"


def test_a_confident_answer_that_is_off_in_the_raster_or_in_the_transformation_is_counted_as_wrong():
    rows = [row(), row(off=5.0), row(model_median=4.0), row(off=5.0, status="low_confidence"), row(off=None)]
    assert line(rows)["ok but wrong"] == "3"


def test_at_equal_number_of_points_each_method_is_judged_by_its_surest():
    few = row("structure", errors=[[2.0, 1], [0.1, 0]])
    many = row("seasonal", errors=[[0.1, 1], [3.0, 1]])
    assert tables.equal_precision([few, many]) == {("structure", "p"): 0.0, ("seasonal", "p"): 1.0}


def test_differences_are_paired_and_say_whether_chance_could_make_them():
    rows = [row("a", f"{i}", raw_1=0.5 + 0.01 * i) for i in range(20)]
    rows += [row("b", f"{i}", raw_1=0.4 + 0.01 * i) for i in range(30)]  # ten pairs that only one of them has
    (found,) = tables.differences(rows, ["a", "b"], {"raw": lambda r: r["raw_1"]})[-1:]
    cells = dict(zip(tables.DIFFERENCE, found, strict=True))
    assert (cells["pairs"], cells["difference"]) == ("20", "+.100 (+.100 to +.100)")
    assert (cells["of it"], cells["of the other"]) == ("0.595", "0.495")


def test_intervals_over_places_are_wider_than_over_windows_that_overlap():
    rows = [row(pair=f"{i}", top=512 * (i // 10), off=0.1 if i < 20 else 9.0) for i in range(40)]
    assert tables.interval([float(tables.below(r, 3.0)) for r in rows], percent=True) == "50 % (35 to 65)"
    assert "50 % (0 to 100)" in tables.over_places(rows, ["seasonal"])


def test_the_published_table_counts_what_was_found_kept_and_surest(tmp_path):
    agree = {name: [0.5, 1.0] for name in ("found", "kept", "most")}
    page = tables.published_page(tmp_path / "out", [row(agree=agree, most=1)], ["seasonal"], "code x")
    assert "| seasonal | found | 1 | 3 | 3 | 1.000 | .500 | .333 | .667 |" in page
    assert "| seasonal | kept | 1 | 2 | 2 | 1.000 | .500 | .500 | 1.000 |" in page
    assert "| seasonal | surest of the kept | 1 | 1 | 1 | 1.000 | .500 | 1.000 | 1.000 |" in page


def test_a_page_names_what_did_not_run_and_keeps_every_run_in_a_file(tmp_path):
    rows = [row(), row("magic", error="No such matcher.", off=None)]
    page = tables.free_page(tmp_path / "out", rows, ["seasonal", "magic"], "code x")
    assert "- magic did not run on every pair: No such matcher." in page
    with open(tmp_path / "out.csv", newline="") as file:
        assert [r["method"] for r in csv.DictReader(file)] == ["seasonal", "magic"]


def test_failures_of_kinds_are_listed_and_shown(tmp_path):
    amiss = row(season="snow x", off=7.0)
    page = tables.kinds_page(tmp_path / "out", [row(), amiss], ["seasonal"], "code", [(tmp_path / "a.png", amiss)])
    assert "- seasonal (free), `p`: ok, 3 points, 7.0 px off" in page
    assert "(a.png)" in page
    assert "| method | kind | condition |" in page


def folders(tmp_path, count=40):
    for i in range(count):
        (tmp_path / f"pair{i}").mkdir()
        truth = {"tile": "t", "season": "cross" if i % 2 else "same", "condition": "bce"[min(i // 8, 2)]}
        (tmp_path / f"pair{i}" / "truth.json").write_text(json.dumps(truth))
    return [tmp_path / f"pair{i}" for i in range(count)]


def test_a_part_has_pairs_of_each_group_and_condition_and_lies_in_every_larger_part(tmp_path):
    pairs = folders(tmp_path)
    small, large = (benchmark_learned.part_of(pairs, limit) for limit in (6, 9))
    truths = [json.loads((pair / "truth.json").read_text()) for pair in small]
    assert [truth["season"] for truth in truths] == ["cross"] * 6 + ["same"] * 6
    assert Counter(truth["condition"] for truth in truths) == {"b": 4, "c": 4, "e": 4}
    assert set(small) < set(large)
    assert small != sorted(small)
    assert sorted(benchmark_learned.part_of(pairs, 0)) == sorted(pairs)


def test_a_method_is_a_matcher_with_options_and_goes_by_a_short_name(tmp_path):
    plain, trained = (benchmark_learned.method(text, True) for text in ("sift", "seasonal:weights=/a/b/run/best.bin"))
    assert (plain.matcher, plain.options, plain.label) == ("sift", "", "sift")
    assert (trained.matcher, trained.options) == ("seasonal", "weights=/a/b/run/best.bin")
    assert trained.label == "seasonal run/best.bin"
    assert benchmark_learned.method("seasonal:weights=untrained", True).label == "seasonal weights=untrained"


def test_other_weights_in_the_same_file_are_another_version(tmp_path, monkeypatch):
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped" / "seasonal.safetensors").write_bytes(b"zero")
    monkeypatch.setattr(benchmark_learned, "SHIPPED", tmp_path / "shipped")
    file = tmp_path / "best.safetensors"
    hashes = []
    for content in (b"one", b"one", b"two"):
        file.write_bytes(content)
        hashes.append(benchmark_learned.method(f"aliked:weights={file}", True).weights)
    assert hashes[0] == hashes[1] != hashes[2]
    shipped, *without = (
        benchmark_learned.method(text, True) for text in ("auto", "sift", "seasonal:weights=untrained")
    )
    assert shipped.weights not in ("", *hashes)
    assert [one.weights for one in without] == ["", ""]


def test_raw_matches_are_asked_for_apart_and_the_rest_is_shared(pair, tmp_path, monkeypatch):
    monkeypatch.setattr(benchmark_learned, "CACHE", tmp_path)
    asked = []

    def ask(question):
        asked.append(question["what"])
        return {"raw_1": 0.5, "seconds": 9.0} if question["what"] == "raw" else {"status": "ok", "seconds": 1.0}

    one, shared = benchmark_learned.method("sift", True), {"points": 0, "spacing_px": 0.0}
    for raw in (False, True, True):
        found = benchmark_learned.one_run(pair, one, SimpleNamespace(ask=ask), shared, raw, "version", False)
    assert asked == ["match", "raw"]
    assert (found["raw_1"], found["status"], found["seconds"], found["error"]) == (0.5, "ok", 1.0, "")


def test_a_script_that_dies_or_refuses_fails_one_run_and_the_next_is_answered(tmp_path, monkeypatch):
    script = tmp_path / "child.py"
    script.write_text(
        "import json, sys\n"
        "for line in sys.stdin:\n"
        "    asked = json.loads(line)\n"
        "    if asked == 'die': sys.exit(3)\n"
        "    print(json.dumps({'failed': 'No.'} if asked == 'refuse' else {'got': asked}), flush=True)\n"
    )
    monkeypatch.setattr(benchmark_runs, "engine_python", lambda: sys.executable)
    served = benchmark_runs.Served(str(script))
    assert served.ask("one") == {"got": "one"}
    with pytest.raises(Failed, match=r"^No\.$"):
        served.ask("refuse")
    with pytest.raises(Failed, match="ended with code 3"):
        served.ask("die")
    assert served.ask("two") == {"got": "two"}


def test_weights_are_linked_so_that_nothing_is_written_beside_them(tmp_path, monkeypatch):
    models = tmp_path / "models"
    models.mkdir()
    (models / "net.pth").write_bytes(b"x")
    monkeypatch.setattr(benchmark_learned, "CACHE", tmp_path / "cache")
    folder = Path(benchmark_learned.linked(models))
    assert (folder / "net.pth").read_bytes() == b"x"
    assert (folder / "net.pth").is_symlink()
