"""The fitted transformations against known truth."""

from __future__ import annotations

import numpy as np
import pytest

from sentinel_match_plugin.engine.jobs import TRANSFORMS
from sentinel_match_plugin.engine.transforms import (
    MINIMUM_POINTS,
    Transformation,
    TransformationError,
    enlarged,
    fit,
)
from sentinel_match_plugin.engine.transforms import splines as splines_module
from tests.engine.known_motions import NOISE_PX, TRUTHS, affine, jittered_grid, noisy, rms, similarity, sine


def test_every_transformation_that_a_job_may_ask_for_can_be_fitted():
    assert set(MINIMUM_POINTS) == set(TRANSFORMS) - {"auto"}


@pytest.mark.parametrize("kind", ["shift", "similarity", "affine", "homography", "polynomial2", "polynomial3"])
def test_a_global_kind_reproduces_its_own_truth_exactly_from_noiseless_points(kind):
    points = jittered_grid(6, 50, 0)
    model = fit(kind, points, TRUTHS[kind](points))
    inside = np.random.default_rng(1).uniform(60, 240, (200, 2))
    assert model.kind == kind
    np.testing.assert_allclose(model(inside), TRUTHS[kind](inside), atol=1e-6)  # rounding only


@pytest.mark.parametrize("kind", [k for k in MINIMUM_POINTS if k != "local"])
def test_the_smallest_number_of_points_is_enough(kind):
    rng = np.random.default_rng(3)
    points = rng.uniform(0, 100, (MINIMUM_POINTS[kind], 2))
    truth = TRUTHS["shift"] if kind in ("shift", "thin_plate_spline") else TRUTHS["similarity"]
    np.testing.assert_allclose(fit(kind, points, truth(points))(points), truth(points), atol=1e-5)


@pytest.mark.parametrize("kind", list(MINIMUM_POINTS))
@pytest.mark.parametrize("truth_name", ["affine", "sine"])
def test_the_inverse_leads_back_to_a_thousandth_of_a_pixel(kind, truth_name):
    points = jittered_grid(20, 16, 0)
    model = fit(kind, points, noisy({"affine": affine, "sine": sine}[truth_name], points, 0))
    targets = np.random.default_rng(2).uniform(-200, 520, (500, 2))  # inside and well outside of the points
    back = model.inverse(targets)
    assert np.isfinite(back).all()
    np.testing.assert_allclose(model(back), targets, atol=1e-3)


def test_a_similarity_never_mirrors():
    points = jittered_grid(5, 40, 0)
    mirrored = points * [-1, 1]
    assert np.linalg.det(fit("similarity", points, mirrored).matrix) >= 0


def test_weights_decide_between_contradicting_points():
    points = jittered_grid(10, 30, 0)
    wrong = np.arange(len(points)) % 3 == 0
    targets = affine(points) + 30.0 * wrong[:, None]
    for kind in MINIMUM_POINTS:
        left_out = fit(kind, points, targets, weights=np.where(wrong, 0.0, 1.0))
        without = fit(kind, points[~wrong], targets[~wrong])
        np.testing.assert_allclose(left_out(points), without(points), atol=1e-9, err_msg=kind)
        light = fit(kind, points, targets, weights=np.where(wrong, 1e-6, 1.0))
        # a weight of a millionth moves the result by a millionth of 30 px, times some points
        np.testing.assert_allclose(light(points[~wrong]), without(points[~wrong]), atol=0.01, err_msg=kind)


@pytest.mark.parametrize("kind", ["thin_plate_spline", "local"])
@pytest.mark.parametrize("seed", range(4))
def test_a_flexible_kind_follows_a_sine_of_three_pixels_through_the_noise(kind, seed):
    points = jittered_grid(20, 16, seed)
    inside = np.random.default_rng(seed + 50).uniform(20, 300, (1000, 2))
    error = rms(fit(kind, points, noisy(sine, points, seed))(inside) - sine(inside))
    # a wave of 300 px in 320 px takes some 35 parameters an axis: 0.42 px * sqrt(35 / 400) = 0.13 px, and scatter
    assert error < 0.2


@pytest.mark.parametrize("kind", ["thin_plate_spline", "local"])
def test_a_flexible_kind_does_not_chase_noise_where_the_truth_is_affine(kind):
    inside = np.random.default_rng(7).uniform(20, 300, (1000, 2))
    ratios = []
    for seed in range(6):
        points = jittered_grid(20, 16, seed)
        targets = noisy(affine, points, seed)
        plain = rms(fit("affine", points, targets)(inside) - affine(inside))
        ratios.append(rms(fit(kind, points, targets)(inside) - affine(inside)) / plain)
    assert np.median(ratios) < 1.1


def test_a_local_field_resolves_what_a_thinned_spline_cannot():
    # 60 x 60 points: more than the spline's knots; waves of 6 spacings, as relief makes them
    points = jittered_grid(60, 16, 0)

    def relief(xy):
        return xy + np.stack([np.sin(2 * np.pi * xy[:, 1] / 96), np.cos(2 * np.pi * xy[:, 0] / 96)], -1)

    targets = noisy(relief, points, 0)
    inside = np.random.default_rng(1).uniform(40, 900, (2000, 2))
    assert rms(fit("local", points, targets)(inside) - relief(inside)) < 0.3  # of 1 px that there is to find


@pytest.mark.parametrize("kind", ["polynomial2", "polynomial3", "thin_plate_spline", "local"])
def test_beyond_the_points_the_model_goes_back_to_the_affine_and_never_flies_off(kind):
    points = jittered_grid(20, 16, 0)
    targets = noisy(sine, points, 0)
    model, plain = fit(kind, points, targets), fit("affine", points, targets)
    centre, diameter = np.array([160.0, 160.0]), 450.0
    directions = np.stack([np.cos(np.arange(24) * np.pi / 12), np.sin(np.arange(24) * np.pi / 12)], -1)
    far = centre + 2.5 * diameter * directions  # two diameters beyond the hull
    np.testing.assert_allclose(model(far), plain(far), atol=0.01)
    inside = np.random.default_rng(0).uniform(0, 320, (4000, 2))
    most = np.hypot(*(model(inside) - plain(inside)).T).max()
    for reach in (0.5, 0.55, 0.6, 0.7, 0.9, 1.2, 1.6):
        ring = centre + reach * diameter * directions
        # just outside it goes on as at the border, where a polynomial is at its steepest: no more than doubles
        assert np.hypot(*(model(ring) - plain(ring)).T).max() < 2 * most


@pytest.mark.parametrize("kind", ["polynomial3", "thin_plate_spline", "local"])
def test_the_border_of_the_points_is_no_step_and_no_kink(kind):
    points = jittered_grid(20, 16, 0)
    model = fit(kind, points, noisy(sine, points, 0))
    line = np.stack([np.linspace(250, 400, 3001), np.full(3001, 150.3)], -1)  # out of the hull, 0.05 px a step
    slope = np.diff(model(line), axis=0) / 0.05
    assert np.abs(slope - [1, 0]).max() < 0.5
    assert np.abs(np.diff(slope, axis=0)).max() < 0.01  # a kink would show as a jump of the slope


def test_a_spline_of_many_points_is_thinned_and_still_right():
    points = jittered_grid(60, 16, 0)
    inside = np.random.default_rng(1).uniform(40, 900, (2000, 2))
    model = fit("thin_plate_spline", points, noisy(sine, points, 0))
    assert model.knots <= splines_module.MAX_KNOTS
    assert rms(model(inside) - sine(inside)) < 0.2


@pytest.mark.parametrize("across", [2, 3, 5])
@pytest.mark.parametrize("axis", [0, 1])
def test_a_narrow_strip_of_points_is_followed_like_any_other(across, axis):
    points = 16 * np.stack(np.meshgrid(np.arange(60.0), np.arange(across)), -1).reshape(-1, 2)
    points += np.random.default_rng(0).uniform(-4, 4, points.shape)
    points = points[:, ::-1] if axis else points
    wave = 2 * np.sin(2 * np.pi * points[:, axis] / 400)[:, None] * [1.0, -0.5]
    for smoothness in (60.0, 90.0):
        model = fit("local", points, points + wave, smoothness=smoothness)
        assert rms(model(points) - points - wave) < 0.05
    assert rms(fit("local", points, points + wave)(points) - points - wave) < 0.05


def test_points_that_fall_together_do_not_break_a_spline_or_a_field():
    points = np.repeat(jittered_grid(8, 40, 0), 3, axis=0)
    targets = noisy(affine, points, 0)
    for kind in ("thin_plate_spline", "local"):
        assert rms(fit(kind, points, targets)(points) - affine(points)) < NOISE_PX


def test_a_smoothness_given_is_not_chosen_again():
    points = jittered_grid(15, 20, 0)
    targets = noisy(sine, points, 0)
    for kind in ("thin_plate_spline", "local"):
        first = fit(kind, points, targets)
        again = fit(kind, points, targets, smoothness=first.smoothness)
        np.testing.assert_allclose(again(points), first(points), atol=1e-9)


@pytest.mark.parametrize(
    ("kind", "count", "sentence"),
    [
        ("affine", 2, "An affine transformation needs at least 3 points; 2 were given."),
        ("shift", 0, "A shift needs at least 1 point; 0 were given."),
        ("polynomial2", 1, "A polynomial of degree 2 needs at least 6 points; 1 was given."),
        ("local", 9, "A local displacement field needs at least 10 points; 9 were given."),
    ],
)
def test_too_few_points_are_refused_with_a_sentence(kind, count, sentence):
    points = jittered_grid(5, 10, 0)[:count]
    with pytest.raises(TransformationError) as caught:
        fit(kind, points, points)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("kind", [k for k in MINIMUM_POINTS if k not in ("shift", "similarity")])
def test_points_on_one_line_are_refused_with_a_sentence(kind):
    along = np.linspace(0, 1000, 40)
    points = np.stack([along, 0.5 * along + 3], -1)
    with pytest.raises(TransformationError, match="on one line"):
        fit(kind, points, points + [1, 2])


def test_points_on_one_line_still_give_a_similarity():
    points = np.stack([np.linspace(0, 1000, 40), np.linspace(5, 505, 40)], -1)
    elsewhere = np.array([[0.0, 900.0]])
    np.testing.assert_allclose(
        fit("similarity", points, similarity(points))(elsewhere), similarity(elsewhere), atol=1e-8
    )


def test_points_on_one_spot_are_refused_with_a_sentence():
    points = np.full((5, 2), 7.0)
    with pytest.raises(TransformationError, match="on one spot"):
        fit("similarity", points, points)


def test_three_of_four_points_in_line_give_no_homography():
    points = np.array([[0.0, 0], [50, 50], [100, 100], [0, 100]])
    with pytest.raises(TransformationError, match="homography"):
        fit("homography", points, points + 1)


def test_input_that_is_not_finite_or_does_not_fit_together_is_refused_with_a_sentence():
    points = jittered_grid(4, 10, 0)
    broken = points.copy()
    broken[3, 0] = np.nan
    with pytest.raises(TransformationError, match="not finite"):
        fit("affine", points, broken)
    with pytest.raises(TransformationError, match="equally long"):
        fit("affine", points, points[:5])
    with pytest.raises(TransformationError, match="16 points but 3 weights"):
        fit("affine", points, points, weights=np.ones(3))
    with pytest.raises(TransformationError, match="not negative"):
        fit("affine", points, points, weights=np.full(16, -1.0))
    with pytest.raises(TransformationError, match="There is no transformation “spiral”"):
        fit("spiral", points, points)


@pytest.mark.parametrize("kind", list(MINIMUM_POINTS))
def test_positions_that_are_not_finite_come_back_as_nan_and_disturb_no_other(kind):
    points = jittered_grid(10, 30, 0)
    truth = TRUTHS["shift"]
    model = fit(kind, points, truth(points))
    asked = np.array([[100.0, 100.0], [np.nan, 5.0], [200.0, 50.0]])
    answer = model(asked)
    assert np.isnan(answer[1]).any()
    np.testing.assert_allclose(answer[[0, 2]], truth(asked[[0, 2]]), atol=1e-3)


def test_the_description_names_what_a_person_would_ask_for():
    points = jittered_grid(10, 30, 0)
    assert "12.30, -4.50 px" in fit("shift", points, TRUTHS["shift"](points)).describe()
    words = fit("similarity", points, similarity(points)).describe()
    assert "rotation 1.500°" in words
    assert "scale 1.01000" in words
    for kind in MINIMUM_POINTS:
        model: Transformation = fit(kind, points, sine(points))
        assert model.describe().endswith(".")


@pytest.mark.parametrize("kind", ["shift", "affine", "polynomial2", "local"])
def test_an_enlarged_transformation_leads_so_many_times_as_far_and_back(kind):
    rng = np.random.default_rng(4)
    source = rng.uniform(0, 300, (80, 2))
    fitted = fit(kind, source, source + [3.0, -2.0] + 2 * np.sin(source[:, ::-1] / 90))
    larger = enlarged(fitted, 1.4)
    np.testing.assert_allclose(larger(source), 1.4 * fitted(source))
    np.testing.assert_allclose(larger.inverse(larger(source)), source, atol=1e-2)
    assert "1.4" in larger.describe()
    assert enlarged(fitted, 1.0) is fitted
