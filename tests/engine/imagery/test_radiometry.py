"""radiometry.py: the stretch of an image is that of its ground, not of its extremes."""

from __future__ import annotations

import numpy as np
import pytest

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.imagery.radiometry import Stretch, measure_stretch, stretch_of
from sentinel_match_plugin.engine.imagery.rasters import open_raster

GROUND = np.random.default_rng(1).normal(1000, 200, 40_000).clip(200, 1800)


def test_values_are_brought_to_0_to_1_and_to_0_where_they_are_not_valid():
    values, valid = np.array([[50, 100, 150, 250]], "float32"), np.array([[True, True, True, False]])
    result = Stretch(100, 200).apply(values, valid)
    assert result.dtype == np.float32
    np.testing.assert_array_equal(result, [[0, 0, 0.5, 0]])


def test_a_few_bright_roofs_do_not_decide():
    with_roofs = np.concatenate([GROUND, np.linspace(20_000, 60_000, 100)])
    plain, roofs = stretch_of(GROUND), stretch_of(with_roofs)
    # 0.25 % of outliers move the 99th percentile to the 99.25th: a tenth of a standard deviation (200).
    assert roofs.high == pytest.approx(plain.high, abs=30)
    assert roofs.low == pytest.approx(plain.low, abs=10)


@pytest.mark.parametrize("share", [0.15, 0.4, 0.65])
def test_saturated_snow_does_not_decide(share):
    snow = np.full(int(len(GROUND) * share / (1 - share)), 8000)
    plain, snowy = stretch_of(GROUND), stretch_of(np.concatenate([GROUND, snow]))
    assert (snowy.low, snowy.high) == pytest.approx((plain.low, plain.high), abs=1e-6)
    assert snowy.clipped_share == pytest.approx(share, abs=0.01)
    assert snowy.apply(np.array([[8000.0]]), np.array([[True]])) == 1


def test_values_clipped_at_the_bottom_do_not_decide_either():
    with_zeros = np.concatenate([GROUND, np.zeros(60_000)])
    assert stretch_of(with_zeros).low == pytest.approx(stretch_of(GROUND).low, abs=1e-6)


def test_an_image_of_two_values_keeps_both():
    stretch = stretch_of(np.repeat([0, 1], [900, 100]))
    assert (stretch.low, stretch.high) == (0, 1)
    rare = stretch_of(np.repeat([3.0, 7.0], [9999, 1]))
    assert (rare.low, rare.high) == (3, 7)


def test_a_constant_image_and_one_without_valid_pixels_are_refused(write_raster):
    with (
        open_raster(write_raster("a.tif", np.full((9, 9), 7, "uint8")), "Summer") as raster,
        pytest.raises(InputError, match=r"Summer has the same value everywhere in the area \(7\)"),
    ):
        measure_stretch(raster, [1])
    with (
        open_raster(write_raster("b.tif", np.zeros((9, 9), "uint8"), nodata=0), "Winter") as raster,
        pytest.raises(InputError, match="Winter has no valid pixel"),
    ):
        measure_stretch(raster, [1])
    with (
        open_raster(write_raster("c.tif", np.full((9, 9), np.nan, "float32"))) as raster,
        pytest.raises(InputError, match="no valid pixel"),
    ):
        measure_stretch(raster, [1])


def test_only_the_window_counts(write_raster):
    image = np.tile(np.arange(100, dtype="uint16"), (50, 1))
    with open_raster(write_raster("a.tif", image)) as raster:
        stretch = measure_stretch(raster, [1], (40, 0, 60, 50))
    assert 40 <= stretch.low < stretch.high <= 59


def test_the_ground_of_a_real_snow_scene_fills_the_range(shared_data):
    with open_raster(shared_data / "seasons" / "T35UNQ" / "winter" / "tile_0_0.png") as raster:
        stretch = measure_stretch(raster, [1])
        values, valid, _ = raster.read([1], (0, 0, 512, 512))
    ground = stretch.apply(values, valid)[values < 255]
    low, high = np.percentile(ground, [5, 95])
    assert low < 0.25
    assert high > 0.75
