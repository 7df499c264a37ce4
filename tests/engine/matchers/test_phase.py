"""Phase correlation: a known sub-pixel shift comes back without a pull to whole pixels, and what shows nothing gives no
point. Between pixel sizes: test_pipeline.py; on unrelated images: test_wrong_pairs.py.
"""

import numpy as np
import pytest

from sentinel_match_plugin.engine.matchers import correlation
from sentinel_match_plugin.engine.matchers.base import Found, Patch
from sentinel_match_plugin.engine.matchers.phase import PhaseMatcher
from tests.engine.known_noise import POINTS, patch, shifted, texture


def found(reference: Patch, target: Patch, window: int = 64, radius: int = 8) -> Found:
    matcher = PhaseMatcher()
    return matcher.find(matcher.describe(reference), matcher.describe(target), POINTS, window, radius)


@pytest.mark.parametrize(("x", "y"), [(0.0, 0.0), (2.3, -1.6), (-0.5, 0.5), (4.75, 3.25)])
def test_a_known_sub_pixel_shift_is_found_at_every_point(x, y):
    values = texture()
    matches = found(patch(values), patch(shifted(values, x, y)))
    assert len(matches) == len(POINTS)
    error = matches.shift - [x, y]
    assert np.abs(np.median(error, 0)).max() < 0.01
    assert np.hypot(*error.T).max() < 0.1


def test_the_peak_is_not_drawn_to_whole_pixels():
    values = texture()
    fractions = np.linspace(0, 1, 9)
    bias = [np.median(found(patch(values), patch(shifted(values, x, 0))).shift[:, 0]) - x for x in fractions]
    assert np.abs(bias).max() < 0.005


def test_an_image_found_in_itself_is_where_it_is_and_sure_of_it():
    matches = found(patch(texture()), patch(texture()))
    assert np.abs(matches.shift).max() < 0.001
    assert np.median(matches.confidence) > 0.8  # not 1: at the highest frequencies smooth noise has no power


def test_brightness_contrast_and_a_curve_change_nothing_about_where_a_point_is_found():
    values = texture()
    matches = found(patch(values), patch(0.3 + 0.4 * np.clip(shifted(values, -3.2, 0.8), 0, 1) ** 1.5))
    assert len(matches) == len(POINTS)
    assert np.hypot(*(matches.shift - [-3.2, 0.8]).T).max() < 0.1


def test_no_point_is_found_in_what_is_flat_or_empty():
    flat = patch(np.full((256, 256), 0.5, np.float32))
    empty = patch(texture(), np.zeros((256, 256), bool))
    for other in (flat, empty):
        assert len(found(other, patch(texture()))) == 0
        assert len(found(patch(texture()), other)) == 0


def test_points_whose_surroundings_are_not_valid_are_left_out():
    valid = np.ones((256, 256), bool)
    valid[:, :128] = False
    matches = found(patch(texture(), valid), patch(texture()))
    assert len(matches)
    assert matches.place[:, 0].min() > 120


def test_the_edge_of_a_mask_that_both_share_does_not_hold_them_together():
    values, valid = texture(), np.ones((256, 256), bool)
    valid[100:140, 100:140] = False
    holed = np.where(valid, shifted(values, 3, 2), 0.9).astype(np.float32)
    matches = found(patch(values, valid), patch(holed, valid))
    assert len(matches) > 50
    assert np.hypot(*(matches.shift - [3, 2]).T).max() < 0.2


def test_unrelated_images_are_told_from_the_same_place():
    right = found(patch(texture()), patch(shifted(texture(), 1, 1)))
    wrong = found(patch(texture()), patch(texture(seed=2)))
    assert np.quantile(right.confidence, 0.05) > np.quantile(wrong.confidence, 0.95) + 0.2


def test_a_second_band_finds_what_the_first_does_not_show():
    values, moved = texture(), shifted(texture(), 1.25, -0.5)
    nothing = np.full((256, 256), 0.5, np.float32)
    everywhere = np.ones(values.shape, bool)
    views = (Patch(nothing, everywhere, 10.0, band[None]) for band in (values, moved))
    matches = found(*views)
    assert len(matches) == len(POINTS)
    assert np.hypot(*(matches.shift - [1.25, -0.5]).T).max() < 0.1


def test_whole_images_are_found_beyond_any_window():
    values, matcher = texture(size=400), PhaseMatcher()
    part = matcher.describe_whole(patch(values[100:300, 100:300]))
    larger = matcher.describe_whole(patch(values[37:300, 141:400]))
    size = correlation.transform_size(part.shape[1:], larger.shape[1:], (0, 0), 80)
    answer = correlation.whole(correlation.Spectra(part, size), correlation.Spectra(larger, size), (0, 0), 80)
    # Pixel p of the part is pixel p + (100 - 141, 100 - 37) of the larger piece.
    assert np.allclose(answer.shift, (-41, 63), atol=0.3)
    assert answer.sharpness > 10


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 1), (64, 5)])
def test_an_image_of_any_size_is_described(shape):
    matcher, tiny = PhaseMatcher(), patch(np.random.default_rng(0).random(shape).astype(np.float32))
    assert matcher.describe(tiny).shape == (2, *shape)
    assert matcher.describe_whole(tiny).shape == (1, *shape)
    assert matcher.describe_whole(tiny).isfinite().all()
