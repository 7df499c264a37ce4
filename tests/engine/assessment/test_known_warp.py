"""Known warps: every form that may be given says the same of the same pair, and what cannot be used is said."""

from __future__ import annotations

import json

import numpy as np
import pytest
from affine import Affine

from sentinel_match_plugin.engine.assessment.known_warp import known_warp
from sentinel_match_plugin.engine.assessment.season_pairs import pair_folders
from sentinel_match_plugin.engine.errors import InputError
from tests.engine.known_warps import UTM, info_of

MATRIX = [[1.01, 0.02, 7.5], [-0.02, 0.99, -3.25]]  # reference pixel -> target pixel


@pytest.fixture
def infos(write_raster):
    """Two georeferenced rasters on one grid, 60 x 40 pixels."""
    return tuple(info_of(write_raster(f"{side}.tif", np.ones((40, 60), np.uint8), **UTM)) for side in ("r", "t"))


def places(count=50):
    return np.random.default_rng(0).uniform(5, 35, (count, 2))


def moved(xy):
    return xy @ np.array(MATRIX)[:, :2].T + np.array(MATRIX)[:, 2]


def in_reference(wrong_by, xy):
    """An error of ``wrong_by`` target pixels, in reference pixels."""
    return np.hypot(*(np.linalg.inv(np.array(MATRIX)[:, :2]) @ wrong_by))


@pytest.mark.parametrize("form", ["list", "affine", "homography", "back", "csv"])
def test_a_matrix_says_where_each_reference_pixel_lies_in_the_target(infos, tmp_path, form):
    whole = [*MATRIX, [0, 0, 1]]
    content = {
        "list": MATRIX,
        "affine": {"affine": MATRIX},
        "homography": {"homography": whole},
        "back": {"homography": np.linalg.inv(whole).tolist(), "maps": "target to reference"},
    }
    path = tmp_path / f"warp.{'csv' if form == 'csv' else 'json'}"
    path.write_text("# x, y\n1.01,0.02,7.5\n-0.02,0.99,-3.25\n" if form == "csv" else json.dumps(content[form]))
    warp = known_warp(str(path), *infos)
    xy = places()
    assert np.allclose(warp.errors(xy, moved(xy)), 0, atol=1e-9)
    assert np.allclose(warp.errors(xy, moved(xy) + [2.0, 1.0]), in_reference([2.0, 1.0], xy))
    assert str(path) in warp.sentence
    assert len(warp.places) > 500


def test_a_displacement_raster_tells_how_far_the_content_of_each_reference_pixel_moved(infos, write_raster):
    rows, columns = np.mgrid[:40, :60] + 0.5
    field = np.stack([0.05 * columns - 1, 2 + 0 * rows]).astype(np.float32)
    warp = known_warp(write_raster("field.tif", field), *infos)
    xy = places()
    there = xy + np.stack([0.05 * xy[:, 0] - 1, np.full(len(xy), 2.0)], -1)
    assert np.allclose(warp.errors(xy, there), 0, atol=1e-5)
    assert np.allclose(warp.errors(xy, there + [3.0, 4.0]), 5, atol=1e-5)
    assert np.isnan(warp.errors(np.array([[70.0, 10.0]]), np.array([[70.0, 10.0]]))).all()  # beyond the raster


def test_nodata_in_a_displacement_raster_is_truth_that_is_not_known(infos, write_raster):
    field = np.zeros((2, 40, 60), np.float32)
    field[:, :, 30:] = -9999
    warp = known_warp(write_raster("field.tif", field, nodata=-9999), *infos)
    errors = warp.errors(np.array([[10.0, 10.0], [50.0, 10.0]]), np.array([[10.0, 10.0], [50.0, 10.0]]))
    assert errors[0] == 0
    assert np.isnan(errors[1])


def test_identity_goes_by_the_ground_where_both_are_georeferenced(infos, write_raster):
    coarse = write_raster(
        "c.tif", np.ones((20, 30), np.uint8), crs="EPSG:32636", transform=Affine(20, 0, 600100, 0, -20, 5500000)
    )
    warp = known_warp("identity", infos[0], info_of(coarse))
    assert np.allclose(warp.errors(np.array([[30.0, 12.0]]), np.array([[10.0, 6.0]])), 0, atol=1e-6)
    assert np.allclose(warp.errors(np.array([[30.0, 12.0]]), np.array([[10.5, 6.0]])), 1, atol=1e-6)


def test_identity_without_a_crs_means_equal_pixels_and_equal_sizes(write_raster):
    first, second = (info_of(write_raster(f"{i}.tif", np.ones((40, 60 + i), np.uint8))) for i in (0, 1))
    assert known_warp("identity", first, first).errors(places(), places() + [3.0, 4.0]) == pytest.approx(5.0)
    with pytest.raises(InputError, match=r"equal pixels are meant, and .* has 60 x 40, .* 61 x 40"):
        known_warp("identity", first, second)


CONDITIONS = ["z", "a", "b", "c", "d", "e", "r30", "r90", "r180", "s07", "s14"]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_truth_of_a_season_pair_is_that_of_the_tool_that_made_it(write_raster, tmp_path, condition, shared_data):
    """q = W(p) + offset, both with the centre of the first pixel at 0 (season_pairs.py); here it is at 0.5."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("season_pairs", shared_data.parent / "tools" / "season_pairs.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    raster = info_of(write_raster("p.tif", np.ones((90, 120), np.uint8), **UTM))
    truth = {"condition": condition, "width": 120, "height": 90, "offset": [0.2, -0.3]}
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    warp = known_warp(str(tmp_path), raster, raster)
    target = places()
    reference = tool.warp(condition, 120, 90)(target - 0.5) + [0.2, -0.3] + 0.5
    assert np.allclose(warp.errors(reference, target), 0, atol=1e-9)
    assert np.allclose(warp.errors(reference + [3.0, 4.0], target), 5)


def bad(path, text):
    path.write_text(text)
    return str(path)


def test_what_is_no_known_warp_is_refused_with_a_sentence(infos, tmp_path, write_raster):
    cases = {
        "/no/such/file.json": "there is no such file",
        bad(tmp_path / "a.json", "{"): "cannot be read as JSON",
        bad(tmp_path / "b.json", "[1, 2, 3]"): "holds no matrix",
        bad(tmp_path / "c.json", '{"affine": [[1, 0, 0], [2, 0, 0]]}'): "cannot be inverted",
        bad(tmp_path / "d.json", '{"affine": [[1,0,0],[0,1,0]], "maps": "up"}'): "“maps” must be",
        bad(tmp_path / "e.csv", "a,b,c\n1,2,3\n"): "holds no matrix",
        bad(tmp_path / "f.json", "[[1, 0, 9000], [0, 1, 0]]"): "no pixel of t.tif lies on r.tif",
        bad(tmp_path / "g.json", '{"condition": "q", "width": 60, "height": 40}'): "condition “q”",
        bad(tmp_path / "h.json", '{"condition": "a", "width": 61, "height": 40}'): "61 x 40 pixels; t.tif has 60 x 40",
        bad(tmp_path / "i.json", '{"condition": "a"}'): "is not whole",
        write_raster("one.tif", np.ones((40, 60), np.float32)): "has one band",
        write_raster("image.tif", np.ones((3, 40, 60), np.uint8)): "it is an image, not the displacement",
        write_raster("size.tif", np.ones((2, 40, 50), np.float32)): "has 50 x 40 pixels, the reference r.tif 60 x 40",
    }
    for text, sentence in cases.items():
        with pytest.raises(InputError, match=sentence):
            known_warp(text, *infos)


def test_a_folder_without_pairs_is_refused(tmp_path):
    with pytest.raises(InputError, match="There is no pair in"):
        pair_folders(str(tmp_path))
    with pytest.raises(InputError, match="does not exist"):
        pair_folders(str(tmp_path / "none"))
