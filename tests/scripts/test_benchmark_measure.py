"""Pairs for the learned matcher, and how right an answer without georeferencing is: by the rules of the pairs' tool."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("rasterio")
pytest.importorskip("cv2")
import benchmark_kinds
import benchmark_measure
import benchmark_windows
import cv2
import rasterio
from scipy.ndimage import gaussian_filter
from season_tool import load_season_pairs


@pytest.fixture(scope="module")
def tool():
    path = benchmark_windows.SHARED / "tools" / "season_pairs.py"
    if not path.exists():
        pytest.skip(f"the tool that makes the pairs is not at {path}")
    return load_season_pairs(path)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Two made-up subtiles of a tile at two dates that look alike."""
    folder = tmp_path_factory.mktemp("seasons")
    rng = np.random.default_rng(5)
    ground = sum(gaussian_filter(rng.standard_normal((1024, 512)), s) * s for s in (1, 3, 9))
    for date, noise in (("winter", 0.1), ("summer", 0.0)):
        image = ground + noise * rng.standard_normal(ground.shape)
        image = np.clip(128 + 40 * image / image.std(), 0, 255).astype(np.uint8)
        (folder / "T36UUA" / date).mkdir(parents=True)
        for number in (0, 1):
            part = np.repeat(image[512 * number : 512 * (number + 1), :, None], 3, 2)
            cv2.imwrite(str(folder / "T36UUA" / date / f"tile_0_{512 * number}.png"), part)
    return folder


def pixels(folder):
    found = {}
    for side in ("reference", "target", "original"):
        with rasterio.open(folder / f"{side}.tif") as raster:
            found[side] = (raster.read(1), raster.transform, raster.crs)
    return found


def test_windows_keep_the_margin_and_begin_every_step():
    assert benchmark_windows.tops(1024, 496, 64, 128) == [64, 192, 320, 448]
    assert benchmark_windows.tops(1024, 512, 0, 512) == [0, 512]


@pytest.mark.parametrize("condition", ["c", "r90"])
def test_a_window_that_the_tool_cuts_too_is_the_same_pair(tool, data, tmp_path, condition):
    tool.make(tmp_path / "tool", data, ["T36UUA"], ["cross"], [condition], "sub")
    names = benchmark_windows.make(
        tool, tmp_path / "ours", data, "T36UUA", "cross", [condition], step=512, size=(384, 496)
    )
    assert names == [f"T36UUA_cross_w384x496_0064_{condition}"]
    ours, theirs = pixels(tmp_path / "ours" / names[0]), pixels(tmp_path / "tool" / f"T36UUA_cross_sub0_{condition}")
    for side, (values, transform, crs) in ours.items():
        np.testing.assert_array_equal(values, theirs[side][0])
        assert (transform, crs) == theirs[side][1:]
    truths = [
        json.loads((folder / "truth.json").read_text())
        for folder in (tmp_path / "ours" / names[0], tmp_path / "tool" / f"T36UUA_cross_sub0_{condition}")
    ]
    assert {key: truths[0][key] for key in truths[1] if key != "level"} == {
        key: value for key, value in truths[1].items() if key != "level"
    }


def test_whole_subtiles_have_no_margin_and_condition_z_leaves_them_as_they_are(tool, data, tmp_path):
    names = benchmark_windows.make(tool, tmp_path, data, "T36UUA", "cross", ["z"], step=512, size=(512, 512))
    assert len(names) == 2
    found = pixels(tmp_path / names[1])
    np.testing.assert_array_equal(found["target"][0], found["original"][0])
    assert found["reference"][0].shape == (512, 512)


@pytest.fixture(scope="module")
def turned(tool, data, tmp_path_factory):
    """A pair turned by 30 degrees."""
    out = tmp_path_factory.mktemp("pairs")
    (name,) = benchmark_windows.make(tool, out, data, "T36UUA", "cross", ["r30"], step=1024, size=(256, 256))
    truth = json.loads((out / name / "truth.json").read_text())
    (out / name / "truth.json").write_text(json.dumps({**truth, "offset": [0.0, 0.0]}))  # made up: no offset
    return out / name


def test_without_crs_a_turned_pair_is_matched_and_scored_on_the_ground_it_has(tool, turned):
    question = {
        "pair": str(turned),
        "matcher": "sift",
        "hidden": True,
        "raw": True,
        "points": 20,
        "transform": "similarity",
    }
    answer = benchmark_measure.measure(question, tool)
    assert answer["status"] == "ok"
    assert answer["warp_median"] < 0.3
    assert answer["model_median"] == pytest.approx(answer["warp_median"], abs=0.2)
    assert answer["p1"] > 0.9
    assert answer["inliers"] == sum(inlier for _, inlier in answer["errors"])
    kept = [error <= 1 for error, inlier in answer["errors"] if inlier]
    assert np.mean(kept) == pytest.approx(answer["p1"], abs=1e-3)  # two ways to the same figure
    assert answer["agree"]["kept"][1] > 0.95
    raw = benchmark_measure.measure({**question, "what": "raw"}, tool)
    assert raw["raw_count"] > 20
    assert 0.5 < raw["raw_1"] <= raw["raw_3"] <= 1


def test_no_match_has_no_raster_and_no_warp(tool, turned, tmp_path):
    folder = tmp_path / "pair"
    folder.mkdir()
    for file in turned.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    with rasterio.open(folder / "target.tif", "r+") as raster:
        noise = np.random.default_rng(1).integers(0, 255, raster.shape)
        raster.write(noise.astype(np.uint8), 1)
    answer = benchmark_measure.measure(
        {"pair": str(folder), "matcher": "sift", "hidden": True, "transform": "affine"}, tool
    )
    assert answer["status"] == "no_match"
    assert "warp_median" not in answer


def test_windows_of_other_kinds_lie_inside_the_margin_and_overlap_by_half_at_most():
    assert benchmark_kinds.corners((512, 512), 64) == [(64, 64)]
    found = benchmark_kinds.corners((915, 1000), 64)
    assert {left for left, _ in found} == {64, 308, 552}
    assert {top for _, top in found} == {64, 265, 467}


def test_pairs_of_other_kinds_are_displaced_by_their_condition_and_keep_their_type(tool, tmp_path):
    rng = np.random.default_rng(2)
    ground = np.clip(gaussian_filter(rng.standard_normal((512, 512)), 2) * 8000 + 3000, 0, 65535).astype(np.uint16)
    images = benchmark_kinds.Images("red-nir", "x", "title", ground // 2, ground, 120.0)
    (name,) = benchmark_kinds.make(tool, tmp_path, images, ["b"])
    found = pixels(tmp_path / name)
    target, original = found["target"][0], found["original"][0]
    np.testing.assert_allclose(target[35:, :-60], original[:-35, 60:], atol=1)  # shows at p what lies at p + (60, -35)
    assert target.dtype == np.uint16
    truth = json.loads((tmp_path / name / "truth.json").read_text())
    assert (truth["season"], truth["pixel"], truth["max_shift_m"]) == ("red-nir x", 120.0, 12_000.0)


def test_ndvi_is_that_of_red_and_nir(monkeypatch):
    bands = {"B04": np.array([[1000, 0]], np.uint16), "B08": np.array([[3000, 0]], np.uint16)}
    monkeypatch.setattr(benchmark_kinds, "band", lambda data, date, name: bands[name])
    assert benchmark_kinds.ndvi(SimpleNamespace(), "day").tolist() == [[150, 100]]
