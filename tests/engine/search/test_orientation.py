"""A dense look at every angle and scale: real winter and summer images, turned, scaled and shifted by known amounts."""

from __future__ import annotations

import numpy as np
import pytest

from sentinel_match_plugin.engine.errors import Cancelled
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.matchers import correlation
from sentinel_match_plugin.engine.matchers.structure import StructureMatcher
from sentinel_match_plugin.engine.search.free_search import Motion
from sentinel_match_plugin.engine.search.orientation import look_around
from sentinel_match_plugin.engine.search.patch_source import ArraySource
from tests.engine.known_texture import real_strip

TOP = 1100
# The producer's own offset between the dates is below a pixel (season_pairs.py); a guess is wanted to some pixels.
NEAR_PX = 6.0


@pytest.fixture(scope="module")
def seasons() -> tuple[np.ndarray, np.ndarray]:
    from tests.conftest import SHARED_DATA

    if not SHARED_DATA.is_dir():
        pytest.skip(f"the real data are not at {SHARED_DATA}")
    winter, summer = (real_strip(SHARED_DATA, "T36UUA", date) for date in ("winter", "summer"))
    return winter[TOP : TOP + 400], summer[TOP : TOP + 400]


def turned(image: np.ndarray, degrees: float, scale: float, shape: tuple[int, int]) -> tuple[np.ndarray, Motion]:
    """``image`` on a canvas of ``shape``, and the motion from its pixels to those of the canvas."""
    angle = np.deg2rad(degrees)
    linear = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array(image.shape[::-1]) / 2
    motion = Motion(np.column_stack([linear, np.array(shape[::-1]) / 2 - linear @ middle]))
    inverse = np.linalg.inv(np.vstack([motion.matrix, [0, 0, 1]]))[:2]
    patch = ArraySource(image).read((0, 0, shape[1], shape[0]), 1.0, Motion(inverse))
    return patch.values, motion


def miss_px(found: Motion, truth: Motion, shape: tuple[int, int]) -> float:
    places = np.array([[x, y] for x in (0.3, 0.7) for y in (0.3, 0.7)]) * shape[::-1]
    return float(np.hypot(*(found(places) - truth(places)).T).max() / truth.scale)


@pytest.mark.parametrize(("degrees", "scale"), [(137.0, 1.0), (-64.0, 1.6)])
def test_a_turned_and_scaled_summer_is_found_on_its_winter(seasons, degrees, scale):
    winter, summer = seasons
    target, truth = turned(summer, degrees, scale, (420, 400))
    best = look_around(ArraySource(winter), ArraySource(target), StructureMatcher(), Events())[0]
    assert miss_px(best.motion, truth, winter.shape) < NEAR_PX


def test_images_that_are_too_small_or_empty_have_no_guesses():
    noise = np.random.default_rng(0).random((60, 60)).astype(np.float32)
    matcher = StructureMatcher()
    assert look_around(ArraySource(noise[:12, :12]), ArraySource(noise), matcher, Events()) == []
    nothing = ArraySource(noise, np.zeros(noise.shape, bool))
    assert look_around(ArraySource(noise), nothing, matcher, Events()) == []


def test_it_stops_when_cancelled(seasons):
    class Impatient(Events):
        cancelled = True

    with pytest.raises(Cancelled):
        look_around(*(ArraySource(image) for image in seasons), StructureMatcher(), Impatient())


def test_correlation_everywhere_finds_a_small_piece_anywhere_in_a_larger_image(seasons):
    described = StructureMatcher().describe(ArraySource(seasons[0]).read((0, 0, 400, 400)))
    piece = described[:, 40:120, 300:390]
    for first, second, sign in ((piece, described, 1), (described, piece, -1)):
        size = tuple(correlation.fast_length(a + b) for a, b in zip(first.shape[1:], second.shape[1:], strict=True))
        found = correlation.everywhere(correlation.Spectra(first, size), correlation.Spectra(second, size))
        np.testing.assert_allclose(found.shift, (sign * 300, sign * 40), atol=0.05)
        assert found.sharpness > 10


def test_a_quarter_turn_of_a_description_is_the_description_of_the_turned_image(seasons):
    matcher, image = StructureMatcher(), np.ascontiguousarray(seasons[1][:200, :200])
    own = matcher.describe(ArraySource(np.rot90(image)).read((0, 0, 200, 200)))
    turned = matcher.quarter_turned(matcher.describe(ArraySource(image).read((0, 0, 200, 200))))
    inner = (slice(None), slice(20, -20), slice(20, -20))
    # what a typical edge is, is told by every third pixel, which are others then: the length differs by a hundredth
    np.testing.assert_allclose(turned[inner], own[inner], atol=0.02)
