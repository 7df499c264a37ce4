"""What may be said of a result."""

from __future__ import annotations

import numpy as np
import pytest

from sentinel_match_plugin.engine.points.accuracy import cross_validate
from sentinel_match_plugin.engine.points.filtering import agree_with_neighbours
from sentinel_match_plugin.engine.points.status import chance_of_accident, coverage, judge_status, largest_rival
from tests.engine.known_motions import affine, jittered_grid, noisy

EXTENT = (320.0, 320.0)


def good(count_across: int = 20):
    points = jittered_grid(count_across, 320 / count_across, 0)
    targets = noisy(affine, points, 0)
    return points, targets, np.ones(len(points), bool)


def test_many_points_that_agree_all_over_the_area_are_ok():
    points, targets, inlier = good()
    assert judge_status(points, targets, inlier, EXTENT, cross_validate("affine", points, targets)) == ("ok", [])


def test_no_point_is_no_match():
    status, reasons = judge_status(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0, bool), EXTENT)
    assert status == "no_match"
    assert "No tie point was found" in reasons[0]


def test_a_handful_among_many_is_no_match():
    points, targets, inlier = good()
    inlier[:] = np.arange(400) < 15
    status, reasons = judge_status(points, targets, inlier, EXTENT)
    assert status == "no_match"
    assert reasons == ["Only 15 of 400 tie points (4%) agree with each other: no match."]


def test_random_vectors_are_never_ok():
    for seed in range(5):
        rng = np.random.default_rng(seed)
        points = jittered_grid(20, 16, seed)
        targets = points + rng.uniform(-10, 10, points.shape)
        inlier = agree_with_neighbours(points, targets)
        assert judge_status(points, targets, inlier, EXTENT)[0] != "ok"
        # knowing how far each was looked for, the odds of an accident tell it outright
        assert judge_status(points, targets, inlier, EXTENT, search_px=10, threshold_px=3)[0] == "no_match"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("few", "Few tie points: 9 agree"),
        ("clustered", "cover only"),
        ("inaccurate", "cross-validated error"),
        ("unchecked", "could not be checked"),
        ("rival", "second explanation"),
        ("low share", "agree with each other."),
    ],
)
def test_each_weakness_is_said(change, words):
    points, targets, inlier = good()
    accuracy = cross_validate("affine", points, targets)
    if change == "few":
        points, targets, inlier = good(3)
        accuracy = cross_validate("shift", points, targets)
    elif change == "clustered":
        points = points * 0.2
    elif change == "inaccurate":
        accuracy = cross_validate("affine", points, targets + np.random.default_rng(0).normal(0, 4, points.shape))
    elif change == "unchecked":
        accuracy = cross_validate("affine", points[:2], targets[:2])
    elif change == "rival":
        inlier = np.arange(400) % 2 == 0
        targets = targets + np.where(inlier, 0.0, 15.0)[:, None]
    else:
        inlier = np.arange(400) % 10 == 0
        targets = np.where(inlier[:, None], targets, points + np.random.default_rng(0).uniform(-60, 60, points.shape))
    status, reasons = judge_status(points, targets, inlier, EXTENT, accuracy)
    assert status == "low_confidence"
    assert any(words in reason for reason in reasons), reasons


def test_noisy_points_beside_the_inliers_are_no_rival():
    points, targets, _ = good()
    inlier = np.arange(400) % 2 == 0
    off = targets + np.where(inlier, 0.0, 2.0)[:, None] * np.random.default_rng(0).choice([-1, 1], points.shape)
    assert largest_rival(points, off, inlier, 1.5) < 20


def test_what_could_be_an_accident_is_called_one():
    # 400 places at random within 20 px: about 9 of them lie within 1.5 px of the best of some 180 places; four of 65
    # matches always agree on some affine, three of them by definition
    assert chance_of_accident(65, 4, 1.5, 200) == 1
    assert chance_of_accident(400, 9, 1.5, 20) > 0.01
    assert chance_of_accident(400, 40, 1.5, 20) < 1e-12
    points, targets, inlier = good()
    inlier = np.arange(400) % 20 == 0  # 20 of 400, 5 %
    spread = np.where(inlier[:, None], targets, points + np.random.default_rng(0).uniform(-9, 9, points.shape))
    assert judge_status(points, spread, inlier, EXTENT, search_px=10)[0] == "no_match"


def test_coverage_is_the_share_of_the_area_within_the_points():
    corners = np.array([[0.0, 0], [160, 0], [160, 160], [0, 160]])
    assert coverage(corners, EXTENT) == pytest.approx(0.25)
    assert coverage(corners[:2], EXTENT) == 0
    assert coverage(np.stack([np.arange(9.0), np.arange(9.0)], -1), EXTENT) == 0


def test_a_bent_model_of_points_in_a_corner_is_doubtful_and_a_straight_one_is_not():
    points, targets, inlier = good()
    corner = (points < 190).all(1)  # a third of the area
    points, targets, inlier = points[corner], targets[corner], inlier[corner]
    assert judge_status(points, targets, inlier, EXTENT, kind="affine")[0] == "ok"
    status, reasons = judge_status(points, targets, inlier, EXTENT, kind="local")
    assert status == "low_confidence"
    assert "the displacement bends" in reasons[0]
    # and not where the target shows no more than that corner
    assert judge_status(points, targets, inlier, EXTENT, kind="local", shared=0.4)[0] == "ok"
