"""Rasters and options that nobody would choose: each ends in a right answer, an honest one, or a sentence."""

import os
import stat
import warnings

import numpy as np
import pytest
from affine import Affine
from rasterio.crs import CRS

from sentinel_match_plugin.engine.errors import InputError, OutputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.frames.georeference import change_crs
from sentinel_match_plugin.engine.imagery.radiometry import Stretch
from sentinel_match_plugin.engine.jobs import CoregisterJob, MatchJob, RasterInput, WarpJob
from sentinel_match_plugin.engine.pipeline import run
from sentinel_match_plugin.engine.points.accuracy import cross_validate
from sentinel_match_plugin.engine.points.tie_points import read_csv
from tests.engine.known_field import UTM36, KnownField, reference_grid

GRID = reference_grid(10.0)
MOVED_M = (123.0, -77.0)
SIDE = 200


def seen(seed: int = 5, side: int = SIDE, moved_m: tuple[float, float] = (0, 0)) -> np.ndarray:
    return np.round(KnownField(seed).raster(GRID, (side, side), moved_m) * 4000 + 500).astype(np.uint16)


@pytest.fixture
def here(write_raster):
    """Writes an array onto the known grid."""
    return lambda name, array, **options: write_raster(
        name, array, **{"crs": GRID.crs, "transform": GRID.transform, **options}
    )


def job(reference: str, target: str, **options) -> MatchJob:
    return MatchJob(
        RasterInput(reference), RasterInput(target), **{"transform": "affine", "max_shift_m": 300.0, **options}
    )


@pytest.mark.parametrize("how", ["nodata", "nan", "mask"])
def test_a_target_of_which_half_is_missing_is_matched_by_its_other_half(here, tmp_path, how):
    """The edge of a swath: windows that hold nothing say nothing against the match."""
    x, y = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    valid, values = x + 0.5 * y < 0.75 * SIDE, seen(moved_m=MOVED_M)
    if how == "nodata":
        target = here("target.tif", np.where(valid, values, 0).astype(np.uint16), nodata=0)
    elif how == "nan":
        target = here("target.tif", np.where(valid, values, np.nan).astype(np.float32))
    else:
        target = here("target.tif", values, mask=valid)
    points = str(tmp_path / "points.csv")
    outcome = run(job(here("reference.tif", seen()), target, tie_points=points), Events())
    assert outcome.status == "ok"
    table = read_csv(points)
    error = np.hypot(*(table.target_xy - table.reference_xy - MOVED_M).T)
    assert np.median(error) < 2.0  # metres: a fifth of a pixel, and the content is exact


def test_what_is_too_small_to_tell_a_match_from_an_accident_is_said_to_be(here):
    outcome = run(job(here("reference.tif", seen(side=60)), here("target.tif", seen(side=60))), Events())
    assert outcome.status == "no_match"
    assert "too small to tell a match from an accident" in outcome.messages[-1]


def test_a_spacing_wider_than_the_image_leaves_too_few_points_and_says_so(here):
    outcome = run(job(here("reference.tif", seen()), here("target.tif", seen()), spacing_px=1e6), Events())
    assert outcome.status == "no_match"
    assert "which could be chance" not in outcome.messages[-1]


@pytest.mark.parametrize("side", [1, 2, 3, 8, 25])
def test_rasters_of_a_few_pixels_end_in_a_sentence_or_no_match(here, side):
    reference, target = here("reference.tif", seen()), here("target.tif", seen(side=side))
    for pair in ((reference, target), (target, reference), (target, here("other.tif", seen(9, side)))):
        if side == 1:
            with pytest.raises(InputError, match="the same value everywhere"):
                run(job(*pair), Events())
        else:
            assert run(job(*pair), Events()).status == "no_match"


@pytest.mark.parametrize("seed", range(6))
def test_different_places_are_never_called_a_match(here, seed):
    reference, target = here("reference.tif", seen(2 * seed + 100)), here("target.tif", seen(2 * seed + 101))
    outcome = run(job(reference, target, max_shift_m=[50.0, 500.0, 1500.0][seed % 3]), Events())
    assert outcome.status == "no_match"
    assert np.isnan(outcome.rmse_px)


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("max_shift_m", -1.0, "largest shift"),
        ("max_shift_m", float("nan"), "largest shift"),
        ("max_shift_m", float("inf"), "largest shift"),
        ("spacing_px", -3.0, "spacing between tie points"),
        ("spacing_px", float("nan"), "spacing between tie points"),
        ("min_score", 2.0, "from 0 to 1"),
        ("min_score", float("nan"), "from 0 to 1"),
        ("matcher", "eyes", "“eyes” is not known"),
        ("transform", "bent", "“bent” is not known"),
    ],
)
def test_numbers_and_choices_without_sense_are_refused_by_name(here, option, value, words):
    reference, target = here("reference.tif", seen(side=20)), here("target.tif", seen(side=20))
    with pytest.raises(InputError, match=words):
        run(job(reference, target, **{option: value}), Events())


def test_a_crs_that_cannot_be_where_the_numbers_say_is_refused(here):
    reference = here("reference.tif", seen(side=20))
    degrees = here("degrees.tif", seen(side=20), crs="EPSG:4326")  # metres called degrees
    with pytest.raises(InputError, match="cannot be expressed in the reference's CRS"):
        run(job(reference, degrees), Events())
    local = here("local.tif", seen(side=20), crs=CRS.from_wkt('LOCAL_CS["site",UNIT["metre",1]]'))
    with pytest.raises(InputError, match="cannot be carried from the CRS"):
        run(job(reference, local), Events())


def test_points_outside_of_a_projection_are_nan_and_the_others_are_not():
    points = np.array([[33.0, 50.0], [33.0, 95.0], [np.nan, 1.0], [33.0, 51.0]])
    changed = change_crs(points, CRS.from_epsg(4326), UTM36)
    assert np.isfinite(changed).all(-1).tolist() == [True, False, False, True]
    assert changed[0] == pytest.approx([500000.0, 5538630.7], abs=0.1)
    far = change_crs(np.array([[5e5, 5e6], [1e30, 5.0]]), UTM36, CRS.from_epsg(4326))
    assert np.isfinite(far).all(-1).tolist() == [True, False]


def test_numbers_at_the_end_of_float32_are_stretched_without_overflow():
    values = np.array([[-3.4e38, 0.0, 3.4e38]], np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        stretched = Stretch(-3.4e38, 3.4e38).apply(values, np.ones(values.shape, bool))
    assert stretched[0] == pytest.approx([0, 0.5, 1], abs=1e-6)  # float32


def test_dense_points_can_be_held_out_though_their_errors_are_shared_far_around():
    xy = np.stack(np.meshgrid(np.arange(0, 240, 3.0), np.arange(0, 240, 3.0)), -1).reshape(-1, 2)
    noise = np.random.default_rng(0).normal(0, 0.2, xy.shape)
    accuracy = cross_validate("affine", xy, xy + [3, 4] + noise, reach_px=40.0)
    assert accuracy.rmse_px == pytest.approx(0.2 * np.sqrt(2), rel=0.1)  # 6400 points: good to about 1 %


def test_a_warp_by_given_points_is_ok(here, tmp_path):
    points = tmp_path / "points.csv"
    at = GRID.to_map(np.array([[20.0, 20], [180, 20], [20, 180], [180, 180], [100, 90]]))
    rows = "".join(f"{x},{y},{x + 30},{y - 20}\n" for x, y in at)
    points.write_text("ref_x,ref_y,tgt_x,tgt_y\n" + rows, encoding="utf-8")
    source = here("source.tif", seen())
    warping = WarpJob(RasterInput(source), str(points), "EPSG:32636", str(tmp_path / "w.tif"), transform="shift")
    assert run(warping, Events()).status == "ok"


def test_south_up_and_mirrored_rasters_are_matched(write_raster, here):
    reference = here("reference.tif", seen())
    length = SIDE * 10
    left, top = GRID.transform.c, GRID.transform.f
    flipped = seen(moved_m=MOVED_M)[::-1, ::-1]
    turned = Affine(-10, 0, left + length, 0, 10, top - length)
    outcome = run(job(reference, write_raster("turned.tif", flipped, crs=UTM36, transform=turned)), Events())
    assert outcome.status == "ok"
    assert (outcome.shift_x, outcome.shift_y) == pytest.approx(MOVED_M, abs=1.0)


def test_a_pattern_that_repeats_is_never_matched_with_confidence(here):
    """Every window agrees on a displacement that is a whole period off."""
    x, y = np.meshgrid(np.arange(160.0), np.arange(160.0))
    for period in (7, 16):
        images = [
            np.sin(2 * np.pi * (x - dx) / period) * np.sin(2 * np.pi * (y - dy) / period)
            for dx, dy in ((0, 0), (1.5 * period, 0.4 * period))
        ]
        pair = [here(f"{name}.tif", image.astype(np.float32)) for name, image in zip("ab", images, strict=True)]
        outcome = run(job(*pair), Events())
        assert outcome.status != "ok"
        if outcome.status == "low_confidence":
            assert any("repeat themselves" in message for message in outcome.messages)


def test_a_device_is_no_output(here, tmp_path):
    """Renaming a finished file onto /dev/full took the device's place."""
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    reference, target = here("reference.tif", seen(side=20)), here("target.tif", seen(side=20))
    with pytest.raises(OutputError, match="no ordinary file"):
        run(job(reference, target, tie_points=str(pipe)), Events())
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_one_name_for_two_outputs_is_refused_before_any_work(here, tmp_path):
    reference, target = here("reference.tif", seen(side=20)), here("target.tif", seen(side=20))
    both = str(tmp_path / "both.tif")
    with pytest.raises(OutputError, match="named for two outputs"):
        run(CoregisterJob(job(reference, target, tie_points=both), both), Events())
