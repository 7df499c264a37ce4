"""Cross-validation and the choice of the transformation against known truth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from sentinel_match_plugin.engine.errors import Cancelled, TransformationError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.points.accuracy import ce90, choose_transformation, cross_validate, error_of_the_model
from sentinel_match_plugin.engine.transforms import FLEXIBLE, fit
from sentinel_match_plugin.engine.transforms.blocks import make_folds, mean_spacing, spatial_blocks
from tests.engine.known_motions import affine, jittered_grid, noisy, similarity, sine

NOISE_RMS = 0.3 * np.sqrt(2)  # radial, of 0.3 px an axis


def shift(xy: np.ndarray) -> np.ndarray:
    return xy + [12.3, -4.5]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("truth", "expected"),
    [
        (shift, {"shift"}),
        (similarity, {"similarity"}),
        (affine, {"affine"}),
        (sine, {"local"}),
    ],
)
def test_the_simplest_kind_that_explains_the_points_is_chosen(truth, expected, seed):
    points = jittered_grid(20, 16, seed)
    kind, tried = choose_transformation(points, noisy(truth, points, seed), seed=seed)
    assert kind in expected
    assert tried[kind].points_ce90_px <= 1.1 * min(a.points_ce90_px for a in tried.values())


def test_with_many_points_the_choice_is_the_same():
    points = jittered_grid(60, 16, 0)  # 3600: fewer folds, the smoothness chosen once
    assert choose_transformation(points, noisy(sine, points, 0))[0] == "local"
    assert choose_transformation(points, noisy(affine, points, 0))[0] == "affine"


def test_held_out_errors_are_those_of_points_the_model_did_not_know():
    points = jittered_grid(20, 16, 0)
    targets = noisy(affine, points, 0)
    targets[137] += [50.0, 0.0]
    # a fit bends towards a stray it knows; held out, the stray is off by all of its 50 px
    held_out = cross_validate("affine", points, targets)
    assert held_out.errors[137] == pytest.approx(50, abs=2)
    assert held_out.errors.shape == (400,)


def test_the_figures_measure_noise_and_misfit_together():
    points = jittered_grid(20, 16, 0)
    right = cross_validate("affine", points, noisy(affine, points, 0))
    assert right.rmse_px == pytest.approx(NOISE_RMS, rel=0.1)
    # 90 % of a circular normal error lie within 2.146 standard deviations
    assert right.points_ce90_px == pytest.approx(2.146 * 0.3, rel=0.1)
    misfit = cross_validate("affine", points, noisy(sine, points, 0))
    assert misfit.rmse_px > 1.5


def shared_noise(points: np.ndarray, size_px: float, seed: int = 0) -> np.ndarray:
    """Errors of points whose windows of 64 px overlap: what is wrong at one is wrong at the next ones too."""
    rows = np.clip((points[:, ::-1] + 20).astype(int), 0, 359).T
    noise = [gaussian_filter(np.random.default_rng(2 * seed + k).standard_normal((360, 360)), 14) for k in (0, 1)]
    return np.stack([size_px * n[tuple(rows)] / n.std() for n in noise], -1)


@pytest.mark.parametrize(("kind", "truth"), [("shift", shift), ("affine", affine), ("local", sine)])
def test_nine_of_ten_places_of_the_image_lie_within_ce90_and_it_is_no_wild_guess(kind, truth):
    inside = np.random.default_rng(1).uniform(10, 310, (1000, 2))
    share, radii = [], []
    for seed in range(6):
        points = jittered_grid(20, 16, seed)
        targets = truth(points) + shared_noise(points, 0.3, seed)
        model = fit(kind, points, targets, None, None, 40.0)
        radius = error_of_the_model(model, points, targets, np.ones(len(points)), 40.0)
        errors = np.hypot(*(model(inside) - truth(inside)).T)
        share.append(np.mean(errors <= radius))
        radii.append(radius)
    assert np.mean(share) >= 0.9
    assert np.median(radii) < 2.0  # most for the field, whose halves have gaps to bridge


def test_the_error_of_a_model_that_half_of_the_points_cannot_carry_is_not_known():
    points = jittered_grid(2, 16, 0)[:3]
    model = fit("affine", points, points)
    assert np.isnan(error_of_the_model(model, points, points, np.ones(3), 0.0))


def test_nine_of_ten_new_points_lie_within_the_held_out_distance():
    inside = []
    for seed in range(5):
        points, others = jittered_grid(20, 16, seed), jittered_grid(20, 16, seed + 100)
        radius = cross_validate("local", points, noisy(sine, points, seed), seed=seed).points_ce90_px
        model = fit("local", points, noisy(sine, points, seed))
        inside.append((np.hypot(*(model(others) - noisy(sine, others, seed + 100)).T) <= radius).mean())
    # at least: a block is predicted from further away than a pixel is from its tie points
    assert 0.88 < np.mean(inside) < 0.97


def test_ce90_of_few_errors_is_the_rank_that_keeps_its_promise():
    assert ce90(np.arange(1.0, 10)) == 9  # 9 errors: the largest
    assert ce90(np.arange(1.0, 20)) == 18  # ceil(0.9 * 20)
    assert ce90(np.array([3.0, np.nan])) == 3
    assert np.isnan(ce90(np.zeros(0)))


def test_too_few_points_to_hold_any_out_give_nan_not_an_error():
    points = jittered_grid(5, 20, 0)
    for kind, count in (("affine", 3), ("shift", 1), ("affine", 0), ("polynomial3", 10)):
        accuracy = cross_validate(kind, points[:count], points[:count])
        assert np.isnan(accuracy.points_ce90_px)
        assert accuracy.blocks == 0
        assert accuracy.errors.shape == (count,)
    assert np.isfinite(cross_validate("affine", points[[0, 4, 10, 22, 14]], points[[0, 4, 10, 22, 14]]).points_ce90_px)


def test_one_point_is_a_shift_and_none_is_an_error():
    assert choose_transformation(np.ones((1, 2)), np.ones((1, 2)))[0] == "shift"
    with pytest.raises(TransformationError, match="no tie points"):
        choose_transformation(np.zeros((0, 2)), np.zeros((0, 2)))


def test_points_in_one_line_leave_the_kinds_that_they_can_carry():
    line = np.stack([np.linspace(0, 1000, 60), np.linspace(0, 300, 60)], -1)
    kind, tried = choose_transformation(line, noisy(similarity, line, 0))
    assert kind == "similarity"
    assert set(tried) == {"shift", "similarity"}


def test_the_same_seed_gives_the_same_figures():
    points = jittered_grid(12, 20, 0)
    targets = noisy(sine, points, 0)
    first, second = (cross_validate("local", points, targets, seed=4) for _ in range(2))
    np.testing.assert_array_equal(first.errors, second.errors)


def test_neighbours_are_held_out_together():
    points = jittered_grid(20, 16, 0)
    blocks = spatial_blocks(points, seed=3)
    assert 20 <= blocks.max() + 1 <= 40  # 400 points in cells of 4 x 4, cut by the border
    for block in range(blocks.max() + 1):
        assert np.ptp(points[blocks == block], axis=0).max() <= 4 * mean_spacing(points)
    folds = make_folds(blocks, 10, seed=3)
    assert len(np.unique(folds)) == 10
    assert all(len(np.unique(folds[blocks == block])) == 1 for block in range(blocks.max() + 1))
    counts = np.bincount(folds)
    assert counts.max() - counts.min() <= 16  # no fold is larger than another by more than a block


def test_clustered_points_still_make_blocks():
    rng = np.random.default_rng(0)
    points = np.concatenate([rng.normal(0, 1, (200, 2)), rng.normal(900, 1, (200, 2)), [[5000.0, 0.0]]])
    assert spatial_blocks(points).max() + 1 >= 10


def test_a_cancelled_job_stops_in_cross_validation():
    class Stopped(Events):
        @property
        def cancelled(self) -> bool:
            return True

    points = jittered_grid(10, 20, 0)
    with pytest.raises(Cancelled):
        choose_transformation(points, points, events=Stopped())


def test_progress_rises_to_the_end():
    class Heard(Events):
        def __init__(self) -> None:
            self.fractions: list[float] = []

        def progress(self, fraction: float, stage: str = "") -> None:
            self.fractions.append(fraction)

    points, heard = jittered_grid(10, 20, 0), Heard()
    choose_transformation(points, noisy(affine, points, 0), events=heard)
    assert heard.fractions == sorted(heard.fractions)
    assert 0.8 < heard.fractions[-1] <= 1.0


def test_error_that_neighbours_share_is_not_taken_for_motion():
    points = jittered_grid(20, 16, 0)  # the truth is a shift
    moved = points + [3.0, -2.0] + shared_noise(points, 0.3)
    assert choose_transformation(points, moved)[0] in FLEXIBLE
    kind, tried = choose_transformation(points, moved, reach_px=40)
    assert kind == "shift"
    assert tried["local"].points_ce90_px > tried["shift"].points_ce90_px


def test_points_within_reach_of_a_held_out_one_are_not_fitted_to():
    points = jittered_grid(20, 16, 0)
    errors = [cross_validate("local", points, sine(points), reach_px=reach).points_ce90_px for reach in (0, 40)]
    assert errors[1] > 2 * errors[0]  # without noise only the gap that has to be bridged counts
