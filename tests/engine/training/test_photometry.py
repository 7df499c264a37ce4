"""Changes of brightness: each alone keeps shape and range, does something, and does nothing when it is off."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.training.photometry import (
    CHANGES,
    UNCHANGED,
    PhotometrySettings,
    changed,
    reverse,
    reverse_partly,
    saturated,
    smooth_field,
    snowed,
)


@pytest.fixture(scope="module")
def image():
    """Land of soft patches and some fine texture, 0..1, 190 x 230."""
    noise = np.random.default_rng(0).standard_normal((190, 230)).astype(np.float32)
    field = cv2.GaussianBlur(noise, (0, 0), 3) + 0.01 * noise
    return (field - field.min()) / np.ptp(field)


def valid(image):
    return np.ones(image.shape, bool)


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_keeps_shape_type_and_range_and_changes_something(image, name):
    for seed in range(8):
        result = changed(image, valid(image), replace(UNCHANGED, **{name: 1.0}), np.random.default_rng(seed))
        assert result.values.shape == image.shape
        assert result.values.dtype == np.float32
        assert np.isfinite(result.values).all()
        assert result.values.min() >= 0
        assert result.values.max() <= 1
        assert np.abs(result.values - image).max() > 1e-3


@pytest.mark.parametrize("value", [0.0, 1.0, 0.5])
@pytest.mark.parametrize("name", CHANGES)
def test_flat_images_survive_every_change(name, value):
    flat = np.full((40, 40), value, np.float32)
    for seed in range(4):
        result = changed(flat, valid(flat), replace(UNCHANGED, **{name: 1.0}), np.random.default_rng(seed))
        assert np.isfinite(result.values).all()
        assert 0 <= result.values.min() <= result.values.max() <= 1


def test_probability_zero_changes_nothing(image):
    for seed in range(20):
        result = changed(image, valid(image), UNCHANGED, np.random.default_rng(seed))
        assert np.array_equal(result.values, image)
        assert result.valid.all()
        assert result.shown.all()


def test_a_share_of_the_images_is_left_untouched(image):
    small = image[:40, :40]
    settings = PhotometrySettings(**dict.fromkeys(("gamma", "noise"), 1.0), untouched=0.3)
    same = [
        np.array_equal(changed(small, valid(small), settings, np.random.default_rng(seed)).values, small)
        for seed in range(200)
    ]
    assert np.mean(same) == pytest.approx(0.3, abs=0.1)


def test_changes_together_do_not_leave_an_image_without_contrast(image):
    for seed in range(60):
        result = changed(image, valid(image), PhotometrySettings(untouched=0.0), np.random.default_rng(seed))
        assert result.values.std() > 0.02


def test_every_change_has_its_probability_and_every_probability_its_change():
    assert {*CHANGES, "untouched", "marked"} == set(PhotometrySettings.__dataclass_fields__)


def test_the_input_is_left_as_it_is(image):
    before = image.copy()
    for seed in range(30):
        changed(image, valid(image), PhotometrySettings(), np.random.default_rng(seed))
    assert np.array_equal(image, before)


def test_the_same_seed_makes_the_same_image(image):
    one, two = (changed(image, valid(image), PhotometrySettings(), np.random.default_rng(11)) for _ in range(2))
    assert np.array_equal(one.values, two.values)


def test_the_negative_turns_contrast_round_and_the_partial_one_in_parts(image):
    assert np.corrcoef(reverse(image, None).ravel(), image.ravel())[0, 1] == pytest.approx(-1)
    both = 0
    for seed in range(10):
        result = reverse_partly(image, np.random.default_rng(seed))
        kept = np.isclose(result, image).mean()
        turned = np.isclose(result, 1 - image).mean()
        both += kept > 0.05 and turned > 0.05
    assert both > 5


def test_snow_makes_one_white_area_of_15_to_65_percent(image):
    shares = [(snowed(image, np.random.default_rng(seed)) >= 1).mean() for seed in range(60)]
    assert min(shares) > 0.13  # the quantile is of a sample of the pixels
    assert max(shares) < 0.67
    assert np.std(shares) > 0.1


def test_saturation_clips_the_brightest_and_leaves_the_dark(image):
    result = saturated(image, np.random.default_rng(1))
    clipped = result >= 1
    assert 0.04 < clipped.mean() < 0.52
    assert image[clipped].min() >= image[~clipped].max() - 1e-6


def test_clouds_hide_the_ground_and_only_marked_ones_are_not_valid(image):
    always, never = (replace(UNCHANGED, clouds=1.0, marked=share) for share in (1.0, 0.0))
    for seed in range(10):
        marked = changed(image, valid(image), always, np.random.default_rng(seed))
        unmarked = changed(image, valid(image), never, np.random.default_rng(seed))
        assert np.array_equal(marked.values, unmarked.values)
        assert unmarked.valid.all()
        assert not marked.valid.all()
        assert not (marked.valid & ~marked.shown).any()
        hidden = ~unmarked.shown
        if hidden.any():
            assert unmarked.values[hidden].mean() > 0.7


def test_smooth_fields_vary_by_about_one_and_over_about_their_cell():
    fields = [smooth_field((128, 128), 20, np.random.default_rng(seed)) for seed in range(30)]
    assert 0.5 < np.std(fields) < 1.2
    steps = np.std([np.diff(field, axis=1) for field in fields])
    assert steps < 0.15  # from one pixel to the next nearly equal


def test_a_probability_beyond_one_is_refused():
    with pytest.raises(InputError, match="haze"):
        PhotometrySettings(haze=1.5)
