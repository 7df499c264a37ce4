"""Right and wrong pairs: are they what they are called, counted as they should be, and not done twice?"""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import benchmark_wrong
import numpy as np
import pytest

pytest.importorskip("rasterio")
pytest.importorskip("cv2")
import cv2
import rasterio
import status_images as images
import status_pairs
from status_source import TEST_TILE, Pair


def row(kind="wrong_noise", status="no_match", **known):
    right = kind.startswith("right")
    return {"pair": kind, "kind": kind, "right": right, "status": status, "seconds": 1.0, "error": "", **known}


def cells(rows, name):
    line = next(line for line in benchmark_wrong.summarise(rows) if line[0] == name)
    return dict(zip(benchmark_wrong.HEADER, line, strict=True))


def test_a_wrong_pair_is_amiss_only_where_it_is_ok_or_failed():
    rows = [row(status=status) for status in ("no_match", "low_confidence", "ok", "failed")]
    assert cells(rows, "all wrong")["ok / low / none / failed"] == "1 / 1 / 1 / 1"
    assert cells(rows, "all wrong")["not as it should be"] == "2 (50.0 %)"


def test_a_right_pair_is_amiss_wherever_it_is_not_ok():
    rows = [row("right_demarke", status) for status in ("ok", "ok", "ok", "low_confidence")]
    assert cells(rows, "all right")["not as it should be"] == "1 (25.0 %)"


def test_an_ok_whose_tie_points_are_off_is_counted_and_named(tmp_path):
    rows = [row("right_sizes", "ok", median_error=e, pair=f"pair{e}") for e in (0.3, 4.0)] + [row()]
    assert cells(rows, "right_sizes")["ok, but off"] == "1"
    text = benchmark_wrong.write_tables(tmp_path / "out", rows, "A title")
    assert "- `pair4.0`: ok, 0 inliers. The tie points are off by 4.0 px (median)." in text
    assert "Wrong pairs answered `ok`: 0 of 1" in text
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 1 + 3


def test_a_right_pair_that_is_refused_is_named_with_the_reasons(tmp_path):
    rows = [row("right_demarke", "low_confidence", inliers=7, warnings=["Few tie points."])]
    text = benchmark_wrong.write_tables(tmp_path / "out", rows, "A title")
    assert "- `right_demarke`: low_confidence, 7 inliers. Few tie points." in text


def test_of_each_season_pair_one_condition_is_taken_in_turn(monkeypatch):
    names = [f"T36UUA_{s}_sub{n}_{c}" for s in ("cross", "same") for n in range(3) for c in "abcde"]
    monkeypatch.setattr(benchmark_wrong, "make_pairs", lambda *_: [Path(name) for name in names])
    chosen = [pair.name for pair, _ in benchmark_wrong.season_pairs("right_seasons", False, 0)]
    assert len({name.rpartition("_")[0] for name in chosen}) == len(chosen) == 6
    assert {name[-1] for name in chosen} == set("abcde")
    assert len(benchmark_wrong.season_pairs("right_seasons", True, 0)) == len(names)


def test_a_season_pair_that_accuracy_has_measured_with_this_code_is_not_done_again(tmp_path, monkeypatch):
    monkeypatch.setattr(benchmark_wrong, "CACHE", tmp_path)
    kept = tmp_path / "results" / "direct" / "T36UUA_cross_sub0_a"
    kept.mkdir(parents=True)
    measured = {"pair": kept.name, "status": "ok", "median_error": 0.4, "code": "one", "error": ""}
    (kept / "result.json").write_text(json.dumps(measured))
    calls = []
    engine = SimpleNamespace(run=lambda *_: calls.append(1) or NOTHING)
    pair = tmp_path / kept.name
    pair.mkdir()
    (pair / "truth.json").write_text("{}")
    found = benchmark_wrong.one_pair(pair, "right_seasons", engine, "one", False)
    assert (found["status"], found["kind"], found["right"]) == ("ok", "right_seasons", True)
    assert not calls
    assert benchmark_wrong.one_pair(pair, "right_seasons", engine, "two", False)["status"] == "no_match"
    assert calls


NOTHING = {
    "status": "no_match",
    "count": 0,
    "inliers": 0,
    "transform": "",
    "ce90_px": None,
    "warnings": [],
    "messages": [],
}


# --- the pairs themselves ---


def test_the_pairs_of_a_kind_are_the_same_every_time_and_for_every_limit():
    first, second = (list(status_pairs.pairs_of("wrong_noise", Path("nowhere"), None, limit)) for limit in (2, 4))
    assert [pair.title for pair in first] == [pair.title for pair in second[:2]]
    assert all(np.array_equal(a.target, b.target) for a, b in zip(first, second, strict=False))
    assert not any(np.array_equal(pair.reference, pair.target) for pair in second)


def test_a_pair_that_is_drawn_again_is_not_counted_again(monkeypatch):
    one, other = (Pair(np.full((4, 4), value, np.uint8), np.zeros((4, 4), np.uint8)) for value in (1, 2))
    monkeypatch.setitem(status_pairs.KINDS, "wrong_again", lambda _: iter([one, other, one]))
    assert list(status_pairs.pairs_of("wrong_again", Path("nowhere"), None)) == [one, other]


@pytest.mark.parametrize("kind", ["stripes", "waves", "checkerboard", "dots"])
def test_a_pattern_repeats_after_a_period_and_not_before(kind):
    values = images.pattern(kind, 20.0, (80, 80), 0.0, 0.0)
    # Rounding may put a pixel that lies on an edge to either side of it
    assert np.isclose(values[:, 20:], values[:, :-20], atol=1e-6).mean() > 0.98
    assert np.isclose(values[:, 10:], values[:, :-10], atol=0.5).mean() < 0.8


def test_a_displaced_window_shows_at_a_pixel_what_the_image_has_where_the_condition_says():
    y, x = np.mgrid[:60, :80]
    image = (2 * x + y).astype(np.uint8)
    season_pairs = SimpleNamespace(warp=lambda *_: lambda p: np.asarray(p, float) + [3.0, -2.0])
    moved = images.displaced(image, season_pairs, "a", (10, 20, 30, 20))
    assert np.array_equal(moved, image[18:38, 13:43])


def test_both_rasters_of_a_pair_have_one_nominal_centre(tmp_path):
    pair = Pair(np.zeros((40, 60), np.uint8), np.zeros((100, 80, 3), np.uint8), nodata=0)
    status_pairs.write(pair, "wrong_sizes", tmp_path)
    centres = []
    for name in ("reference", "target"):
        with rasterio.open(tmp_path / f"{name}.tif") as raster:
            centres.append(raster.xy(raster.height // 2, raster.width // 2, offset="ul"))
            assert raster.nodata == 0
    assert centres[0] == centres[1]
    truth = json.loads((tmp_path / "truth.json").read_text())
    assert (truth["right"], truth["width"], truth["height"]) == (False, 80, 100)


def test_the_titles_of_wrong_places_never_name_one_place_twice(shared_data):
    tool = status_pairs.load_season_pairs(shared_data.parent / "tools" / "season_pairs.py")
    for kind in ("wrong_places_within", "wrong_places_across"):
        for pair in status_pairs.pairs_of(kind, shared_data, tool, 12):
            first, second = (side.partition("-")[0] for side in pair.title.split("_T"))
            assert first.lstrip("T") != second.lstrip("T")
            assert pair.reference.shape == pair.target.shape
            assert TEST_TILE not in pair.title


def test_a_right_pair_of_another_size_is_displaced_by_what_its_truth_says(shared_data):
    tool = status_pairs.load_season_pairs(shared_data.parent / "tools" / "season_pairs.py")
    # With the target's own date as the reference, the displacement can be measured by phase correlation
    one_date = SimpleNamespace(warp=tool.warp, SEASONS={"cross": "summer"}, OFFSET=tool.OFFSET)
    shapes = set()
    for pair in status_pairs.pairs_of("right_sizes", shared_data, one_date, 12):
        if pair.condition == "a":
            reference, target = (centre(image, 192) for image in (pair.reference, pair.target))
            measured, _ = cv2.phaseCorrelate(reference, target, cv2.createHanningWindow((192, 192), cv2.CV_32F))
            # The measurement is good to a quarter of a pixel; a wrong sign or centre would be off by one and more
            assert measured == pytest.approx((-7.3, 4.6), abs=0.3)
            shapes.add((pair.reference.shape, pair.target.shape))
    assert len(shapes) == 3


def centre(image, side):
    top, left = ((length - side) // 2 for length in image.shape)
    return image[top : top + side, left : left + side].astype(np.float32)
