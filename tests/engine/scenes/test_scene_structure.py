"""Which pairs stand out, and which must not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sentinel_match_plugin.engine.scenes import structure
from sentinel_match_plugin.engine.scenes.likeness import Question
from sentinel_match_plugin.engine.scenes.picture import Picture, empty_rim
from tests.engine.known_scenes import SIZE, ground, season

ANYWHERE = Question(np.zeros(2), np.inf, 0.25)
SURE, UNSURE = 0.5, 0.25


def picture(image, allowed=None):
    values = image.astype(np.float32) / 255
    shown = ~empty_rim(values, np.ones(image.shape, bool))
    return Picture(np.where(shown, values, 0), shown, allowed, 0.0)


def compared(first, second, question=ANYWHERE, allowed=None):
    scenes = [structure.described(picture(image, allowed)) for image in (first, second)]
    size = structure.padded_size([scene.shape for scene in scenes], question.overlap)
    return structure.compare(*(structure.ready(scene, size) for scene in scenes), question)


@pytest.mark.parametrize("shift", [(0, 0), (37, -52), (-190, 3), (150, 150)])
def test_two_seasons_of_one_place_stand_out_wherever_they_lie(places, shift):
    x, y = 192 - np.array(shift)
    first, second = season(places[0][192 : 192 + SIZE, 192 : 192 + SIZE], 1), season(places[0], 2)
    like = compared(first, second[y : y + SIZE, x : x + SIZE])
    assert like.similarity > SURE
    assert like.inliers > 8
    np.testing.assert_allclose(like.shift, shift, atol=0.15)
    np.testing.assert_allclose(np.median(like.second - like.first, 0), shift, atol=0.15)


def test_scenes_that_share_less_than_a_quarter_are_two_places(places):
    left, right = season(places[0][:SIZE, :SIZE], 1), season(places[0][:SIZE, SIZE - 40 : 2 * SIZE - 40], 2)
    assert compared(left, right).similarity < UNSURE


def jpeg(image, quality):
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE)


def swath(image, value):
    y, x = np.mgrid[: image.shape[0], : image.shape[1]]
    return np.where(x < 150 - 0.2 * y, value, image).astype(np.uint8)


def blobs(seed, sigma):
    image = cv2.GaussianBlur(np.random.default_rng(seed).normal(size=(SIZE, SIZE)), (0, 0), sigma)
    return (255 * (image - image.min()) / np.ptp(image)).astype(np.uint8)


def stripes(seed, side):
    image = np.mgrid[:SIZE, :SIZE].sum(0) // side % 2 * 200.0
    return (image + np.random.default_rng(seed).normal(0, 8, image.shape)).clip(0, 255).astype(np.uint8)


WRONG = {
    "different places": lambda a, b: (a, b),
    "mirrored": lambda a, b: (a, a[:, ::-1]),
    "upside down": lambda a, b: (a, a[::-1]),
    "one swath edge": lambda a, b: (swath(a, 0), swath(b, 0)),
    "one swath edge, jpeg": lambda a, b: (jpeg(swath(a, 0), 60), jpeg(swath(b, 0), 60)),
    "one white swath edge": lambda a, b: (swath(a, 255), swath(b, 255)),
    "jpeg blocks": lambda a, b: (jpeg(blobs(1, 9), 10), jpeg(blobs(2, 9), 10)),
    "noise": lambda a, b: (blobs(1, 0.6), blobs(2, 0.6)),
    "clouds": lambda a, b: (np.where(blobs(1, 6) > 140, 255, a), np.where(blobs(2, 6) > 140, 255, b)),
    "a repeating pattern": lambda a, b: (stripes(1, 16), stripes(2, 16)),
}


@pytest.mark.parametrize("case", WRONG)
def test_does_not_stand_out(places, case):
    a, b = season(places[0][:SIZE, :SIZE], 1), season(places[1][:SIZE, :SIZE], 2)
    first, second = WRONG[case](a, b)
    assert compared(np.ascontiguousarray(first), np.ascontiguousarray(second)).similarity < UNSURE


def test_a_place_is_found_beside_the_swath_edge(places):
    a, b = (swath(season(places[0][:SIZE, :SIZE], n), 0) for n in (1, 2))
    assert compared(a, b).similarity > SURE


def test_with_a_place_expected_nothing_is_found_beyond_the_reach(places):
    first, second = season(places[0][:SIZE, :SIZE], 1), season(places[0][30 : SIZE + 30, :SIZE], 2)
    assert compared(first, second, Question(np.array([0.0, -30.0]), 4, 0.25)).similarity > SURE
    assert compared(first, second, Question(np.array([0.0, 0.0]), 4, 0.25)).similarity < UNSURE


def test_only_the_area_counts(places):
    """Two places in one picture, of which the area is one: it decides, whatever lies around it."""
    a, b = season(places[0][:SIZE, :SIZE], 1), season(places[1][:SIZE, :SIZE], 2)
    again = season(places[0][:SIZE, :SIZE], 3)
    inside = np.zeros((SIZE, SIZE), bool)
    inside[60:300, 60:220] = True
    mixed = np.where(inside, again, b)
    assert compared(a, mixed, allowed=inside.astype(np.float32)).similarity > SURE
    assert compared(a, mixed, allowed=(~inside).astype(np.float32)).similarity < UNSURE


def test_small_polygons_are_enough(places):
    rng = np.random.default_rng(0)
    allowed = np.zeros((SIZE, SIZE), np.float32)
    for x, y in rng.integers(10, SIZE - 20, (120, 2)):
        allowed[y : y + 7, x : x + 7] = 1
    a, b = (season(places[0][:SIZE, :SIZE], n) for n in (1, 2))
    assert compared(a, b, allowed=allowed).similarity > SURE


def test_a_dark_lake_within_the_picture_is_ground_and_a_dark_corner_is_not():
    image = ground(5, 256)
    image = 0.2 + 0.8 * image
    image[100:150, 100:150] = 0
    assert not empty_rim(image, np.ones(image.shape, bool)).any()
    image[:60, :60] = 0
    empty = empty_rim(image, np.ones(image.shape, bool))
    assert empty[:60, :60].all()
    assert not empty[90:, 90:].any()
