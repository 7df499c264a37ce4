"""Random known transformations: exact everywhere, within their settings, over the whole circle."""

from __future__ import annotations

import numpy as np
import pytest

from sentinel_match_plugin.engine.training.warps import FREE, GUIDED, STILL, WarpSettings, draw_warp

SIZE = 96


def centres(size=SIZE):
    steps = np.arange(size) + 0.5
    return np.stack(np.meshgrid(steps, steps), -1)


def warps(settings, count=300, size=SIZE):
    generator = np.random.default_rng(0)
    return [draw_warp(settings, size, generator) for _ in range(count)]


@pytest.mark.parametrize("settings", [FREE, GUIDED, STILL])
def test_the_grid_is_the_formula_at_every_pixel_centre(settings):
    for warp in warps(settings, 5):
        assert np.abs(warp.on_grid() - warp(centres())).max() < 1e-3


def test_a_still_warp_leaves_every_pixel_where_it_is():
    assert np.allclose(warps(STILL, 1)[0](centres()), centres(), atol=1e-9)


def test_free_rotation_covers_the_full_circle_and_guided_stays_within_three_degrees():
    free = np.array([warp.rotation_deg for warp in warps(FREE, 2000)])
    counts, _ = np.histogram(free, np.arange(-180, 181, 30))
    assert counts.min() > 2000 / 12 * 0.7
    assert max(abs(warp.rotation_deg) for warp in warps(GUIDED)) <= 3.0


def test_the_rotation_that_is_told_is_how_the_x_axis_turns():
    warp = warps(WarpSettings(rotation_deg=180.0, scale=2.0), 1)[0]
    right = warp(np.array([10.0, 0.0])) - warp(np.array([0.0, 0.0]))
    assert np.degrees(np.arctan2(right[1], right[0])) == pytest.approx(warp.rotation_deg)
    assert np.hypot(*right) / 10 == pytest.approx(warp.scale)


def test_scales_lie_between_a_half_and_two_evenly_in_their_logarithm():
    scales = np.log2([warp.scale for warp in warps(FREE, 2000)])
    assert scales.min() >= -1
    assert scales.max() <= 1
    counts, _ = np.histogram(scales, np.linspace(-1, 1, 9))
    assert counts.min() > 2000 / 8 * 0.7


@pytest.mark.parametrize(
    ("settings", "most"),
    [
        (WarpSettings(shift_px=6.0), 6 * np.sqrt(2)),
        (WarpSettings(shift_share=0.25), 0.25 * SIZE * np.sqrt(2)),
        (WarpSettings(local_px=3.0), 3.0),
        (WarpSettings(tilt=0.1), 0.2 * SIZE),
        (WarpSettings(stretch=1.2), 0.1 * SIZE),
    ],
)
def test_each_part_moves_pixels_and_none_further_than_its_most(settings, most):
    moves = [np.linalg.norm(warp(centres()) - centres(), axis=-1).max() for warp in warps(settings, 100)]
    assert 0.2 * most < max(moves) <= most


def test_no_warp_folds_the_image():
    for warp in warps(FREE, 200):
        across, down = warp.on_grid()[:, 1:] - warp.on_grid()[:, :-1], warp.on_grid()[1:] - warp.on_grid()[:-1]
        areas = across[:-1, :, 0] * down[:, :-1, 1] - across[:-1, :, 1] * down[:, :-1, 0]
        assert areas.min() > 0.4 * warp.scale**2


def test_the_same_seed_draws_the_same_warp():
    one, two = (draw_warp(FREE, SIZE, np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(one.on_grid(), two.on_grid())
