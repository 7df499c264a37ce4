"""The neighbour filter and the consensus against known truth."""

from __future__ import annotations

import numpy as np
import pytest

from sentinel_match_plugin.engine.errors import TransformationError
from sentinel_match_plugin.engine.points.filtering import agree_with_neighbours, consensus
from sentinel_match_plugin.engine.transforms import MINIMUM_POINTS, fit
from tests.engine.known_motions import NOISE_PX, affine, jittered_grid, sine
from tests.engine.known_motions import TRUTHS as KNOWN_TRUTHS


def strong_turn(xy: np.ndarray) -> np.ndarray:
    """10 degrees and 10 %, the most that guided matching is asked for."""
    angle = np.deg2rad(10)
    return 1.1 * xy @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]).T


def step(xy: np.ndarray) -> np.ndarray:
    """4 px more on the right of a slanting line: the seam of a mosaic, or a cliff."""
    return xy + np.where(xy[:, :1] + 0.3 * xy[:, 1:] > 200, 4.0, 0.0)


def with_outliers(truth, share: float, seed: int, across: int = 20, reach: float = 20.0):
    """Points, targets, and which were replaced by a random place at least 2 px off."""
    rng = np.random.default_rng(seed)
    points = jittered_grid(across, 16, seed)
    targets = truth(points) + rng.normal(0, NOISE_PX, points.shape)
    wrong = rng.random(len(points)) < share
    angle, radius = (
        rng.uniform(0, 2 * np.pi, len(points)),
        reach * np.sqrt(rng.uniform((2.5 / reach) ** 2, 1, len(points))),
    )
    off = truth(points) + np.stack([np.cos(angle), np.sin(angle)], -1) * radius[:, None]
    targets[wrong] = off[wrong]
    return points, targets, wrong


@pytest.mark.parametrize("truth", [sine, affine, strong_turn, step])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.5])
def test_wrong_vectors_are_found_and_right_ones_kept(truth, share):
    kept_right, kept_wrong = [], []
    for seed in range(3):
        points, targets, wrong = with_outliers(truth, share, seed)
        keep = agree_with_neighbours(points, targets)
        kept_right.append(keep[~wrong].mean())
        kept_wrong.append(keep[wrong].sum() / len(keep))
    # at a step the points next to it are told by one side only: a few percent may fall
    assert np.mean(kept_right) > (0.96 if truth is step else 0.985)
    assert np.mean(kept_wrong) < 0.005


def test_one_wrong_vector_of_two_pixels_is_found_among_right_ones():
    points = jittered_grid(12, 30, 0)
    targets = sine(points) + np.random.default_rng(0).normal(0, 0.2, points.shape)
    targets[70] += [2.0, 0.0]
    keep = agree_with_neighbours(points, targets)
    assert not keep[70]
    assert keep.sum() >= len(points) - 2


def test_random_vectors_do_not_agree():
    for seed in range(3):
        rng = np.random.default_rng(seed)
        points = jittered_grid(20, 16, seed)
        keep = agree_with_neighbours(points, points + rng.uniform(-20, 20, points.shape))
        assert keep.mean() < 0.03


def test_the_answer_does_not_depend_on_the_order_or_on_an_offset():
    points, targets, _ = with_outliers(sine, 0.3, 0)
    keep = agree_with_neighbours(points, targets)
    order = np.random.default_rng(5).permutation(len(points))
    assert (agree_with_neighbours(points[order], targets[order]) == keep[order]).mean() > 0.99
    assert (agree_with_neighbours(points + 9000, targets + [9500, 8700]) == keep).mean() > 0.99


def test_points_of_no_weight_are_judged_but_not_listened_to():
    points, targets, _ = with_outliers(affine, 0.0, 0)
    patch = (points < 100).all(1)  # a whole corner, wrong in the same way
    targets[patch] += [8.0, 0.0]
    keep = agree_with_neighbours(points, targets, weights=np.where(patch, 0.0, 1.0))
    assert not keep[patch].any()
    assert keep[~patch].mean() > 0.98


def test_few_points_are_compared_with_one_similarity():
    points = np.array([[0.0, 0], [500, 20], [30, 600], [480, 520], [250, 300]])
    targets = strong_turn(points)
    targets[1] += [40, 0]
    assert agree_with_neighbours(points, targets).tolist() == [True, False, True, True, True]
    assert agree_with_neighbours(points[:2], targets[:2]).all()  # nothing to compare with
    nonsense = points[:3] + [[0, 0], [300, 100], [-200, 50]]
    assert not agree_with_neighbours(points[:3], nonsense).any()
    assert agree_with_neighbours(np.zeros((0, 2)), np.zeros((0, 2))).shape == (0,)


def test_points_that_are_not_finite_are_left_out_of_both_filters():
    points, targets, _ = with_outliers(affine, 0.0, 0)
    targets[5] = np.nan
    assert not agree_with_neighbours(points, targets)[5]
    assert agree_with_neighbours(points, targets).mean() > 0.98
    assert not consensus(points, targets, "affine", 1.5, 0)[5]


def test_points_in_one_line_and_points_on_one_spot_are_no_obstacle():
    rng = np.random.default_rng(0)
    line = np.stack([np.linspace(0, 1000, 60), np.linspace(0, 300, 60)], -1)
    targets = line + [5, 3] + rng.normal(0, 0.2, line.shape)
    targets[20] += 10
    keep = agree_with_neighbours(line, targets)
    assert not keep[20]
    assert keep.mean() > 0.9
    assert agree_with_neighbours(np.zeros((40, 2)), np.zeros((40, 2))).shape == (40,)


# a consensus on flexible kinds is asked for where the truth bends
TRUTHS = KNOWN_TRUTHS | dict.fromkeys(("polynomial2", "polynomial3"), sine)


@pytest.mark.parametrize("kind", list(MINIMUM_POINTS))
@pytest.mark.parametrize("share", [0.1, 0.5])
def test_the_consensus_is_the_points_that_are_right(kind, share):
    points, targets, wrong = with_outliers(TRUTHS[kind], share, 1)
    keep = consensus(points, targets, kind, 1.5, seed=0)
    assert keep[~wrong].mean() > 0.97
    assert keep[wrong].mean() < 0.05  # some random places happen to lie within 1.5 px


@pytest.mark.parametrize("kind", ["shift", "similarity", "affine", "homography"])
def test_every_member_of_a_consensus_lies_within_the_threshold_of_the_model_fitted_to_it(kind):
    points, targets, _ = with_outliers(TRUTHS[kind], 0.5, 2)
    keep = consensus(points, targets, kind, 1.0, seed=0)
    distance = np.hypot(*(fit(kind, points[keep], targets[keep])(points) - targets).T)
    assert (keep == (distance <= 1.0)).all()


def test_the_same_seed_gives_the_same_consensus():
    points, targets, _ = with_outliers(affine, 0.6, 3)
    for kind in MINIMUM_POINTS:
        first = consensus(points, targets, kind, 1.5, seed=11)
        assert (consensus(points, targets, kind, 1.5, seed=11) == first).all()


def test_a_patch_that_agrees_only_with_itself_is_no_part_of_a_flexible_consensus():
    points, targets, _ = with_outliers(sine, 0.0, 0)
    patch = (points < 80).all(1)
    targets[patch] += [40.0, 25.0]
    assert agree_with_neighbours(points, targets)[patch].mean() > 0.5  # its neighbours cannot tell
    keep = consensus(points, targets, "local", 2.0, seed=0)
    assert not keep[patch].any()
    assert keep[~patch].mean() > 0.95


def test_points_that_no_model_explains_give_an_empty_consensus_not_an_error():
    line = np.stack([np.linspace(0, 100, 30), np.linspace(0, 50, 30)], -1)
    for kind in ("affine", "homography"):
        assert not consensus(line, line + 1, kind, 1.0, 0).any()
    assert not consensus(line[:2], line[:2], "affine", 1.0, 0).any()
    with pytest.raises(TransformationError, match="There is no transformation"):
        consensus(line, line, "spiral", 1.0, 0)
