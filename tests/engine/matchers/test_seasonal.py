"""Seasonal: guided as structure is, free under any rotation and scale; the pixel frame between pixel sizes."""

import cv2
import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from sentinel_match_plugin.engine.matchers.base import Patch
from sentinel_match_plugin.engine.matchers.seasonal import SeasonalMatcher
from sentinel_match_plugin.engine.seasonal.weights import untrained
from tests.engine.known_noise import POINTS, patch, shifted, texture


@pytest.fixture(scope="module")
def matcher():
    return SeasonalMatcher(untrained())


def ground(seed: int = 3, size: int = 640) -> np.ndarray:
    """Noise of several sizes, as fields and forests are."""
    random = np.random.default_rng(seed)
    field = sum(s * gaussian_filter(random.standard_normal((size, size)), s) for s in (3, 6, 12, 24))
    return ((field - field.min()) / np.ptp(field)).astype(np.float32)


def seen_by(values: np.ndarray, matrix: np.ndarray, size: int) -> Patch:
    """``size`` pixels a side, pixel p showing ``matrix @ p`` of ``values``, centres at +0.5."""
    shift = matrix.copy()
    shift[:, 2] += matrix[:, :2] @ [0.5, 0.5] - 0.5
    scale = np.sqrt(abs(np.linalg.det(matrix[:, :2])))
    smooth = gaussian_filter(values, 0.5 * np.sqrt(max(scale**2 - 1, 0)))
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return Patch(
        np.clip(cv2.warpAffine(smooth, shift, (size, size), flags=flags), 0, 1).astype(np.float32),
        np.ones((size, size), bool),
    )


def similarity(degrees: float, scale: float, centre: float, size: int) -> np.ndarray:
    angle = np.deg2rad(degrees)
    matrix = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.column_stack([matrix, centre - matrix @ [size / 2, size / 2]])


@pytest.mark.parametrize(("x", "y"), [(0.0, 0.0), (2.3, -1.6), (-0.5, 0.5)])
def test_a_known_sub_pixel_shift_is_found_at_every_point(matcher, x, y):
    values = texture()
    first, second = (matcher.describe(patch(v)) for v in (values, shifted(values, x, y)))
    found = matcher.find(first, second, POINTS, 48, 8)
    assert len(found) == len(POINTS)
    assert np.abs(np.median(found.shift - [x, y], 0)).max() < 0.05


@pytest.mark.parametrize(("degrees", "scale"), [(0, 1.0), (47, 1.0), (180, 1.0), (0, 1.37), (-100, 0.72)])
def test_any_rotation_and_scale_is_found_without_a_bias_of_the_frame(matcher, degrees, scale):
    values = ground()
    home, there = similarity(0, 1.0, 320, 256), similarity(degrees, scale, 326.3, 256)
    matches = matcher.match(seen_by(values, home, 256), seen_by(values, there, 256))
    assert len(matches) > 50
    first = matches.reference @ home[:, :2].T + home[:, 2]
    second = matches.target @ there[:, :2].T + there[:, 2]
    error = second - first
    assert np.median(np.hypot(*error.T)) < 0.5
    assert np.abs(np.median(error, 0)).max() < 0.1


def test_two_images_of_nothing_in_common_give_no_matches_to_speak_of(matcher):
    found = matcher.match(patch(ground(3)[:256, :256]), patch(ground(4)[:256, :256]))
    assert len(found) < 60


def test_an_image_without_anything_to_see_gives_no_matches(matcher):
    flat = patch(np.full((200, 200), 0.5, np.float32))
    assert len(matcher.match(flat, patch(texture()))) == 0


def test_an_image_smaller_than_a_cell_gives_no_matches(matcher):
    assert len(matcher.match(patch(texture()[:5, :5]), patch(texture()))) == 0
