"""Offsets of dates out of offsets of pairs."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from sentinel_match_plugin.engine.training.offsets import PairOffset, densest, solve, squares_of

TRUE = np.array([[0.0, 0.0], [0.7, -0.3], [-1.1, 0.4], [0.2, 1.3]])


def pairs(wrong=None, noise=0.0, without=()):
    random = np.random.default_rng(0)
    return [
        PairOffset(a, b, TRUE[b] - TRUE[a] + random.normal(0, noise, 2) + (wrong or {}).get((a, b), 0), 0.1, 200)
        for a, b in combinations(range(4), 2)
        if not {a, b} & set(without)
    ]


def test_pairs_that_agree_give_back_the_dates_and_close():
    found = solve(4, 1, pairs())
    np.testing.assert_allclose([f.shift for f in found], TRUE - TRUE[1], atol=1e-9)
    assert all(f.known for f in found)
    assert max(f.closure or 0 for f in found) < 1e-9


def test_several_pairs_average_their_errors_and_the_closure_shows_them():
    found = solve(4, 0, pairs(noise=0.05))
    assert np.abs([f.shift for f in found] - TRUE).max() < 0.1
    assert 0.005 < max(f.closure or 0 for f in found) < 0.1


def test_a_pair_that_contradicts_all_others_is_left_out():
    found = solve(4, 0, pairs(wrong={(0, 2): np.array([3.0, 0.0])}))
    np.testing.assert_allclose([f.shift for f in found], TRUE, atol=1e-9)


def test_a_date_that_no_pair_reaches_is_not_known_and_0():
    found = solve(4, 0, pairs(without=(3,)))
    assert [f.known for f in found] == [True, True, True, False]
    assert not found[3].shift.any()


def test_without_any_pair_only_the_reference_is_known():
    assert [f.known for f in solve(3, 2, [])] == [False, False, True]


def test_the_densest_shift_is_that_of_the_most_points_not_of_all():
    random = np.random.default_rng(1)
    shifts = np.concatenate([random.normal((2, -1), 0.1, (60, 2)), random.uniform(-6, 6, (90, 2))])
    np.testing.assert_allclose(densest(shifts), (2, -1), atol=0.15)


@pytest.mark.parametrize("size", [(512, 5120), (300, 200), (64, 64)])
def test_squares_lie_inside_and_apart(size):
    tiles = [(0, y, 64, y + 64) for y in range(0, size[1] - 63, 48)]
    squares = squares_of(tiles, size)
    assert squares
    for x0, y0, x1, y1 in squares:
        assert 0 <= x0 < x1 <= size[0]
        assert 0 <= y0 < y1 <= size[1]
    assert len(set(squares)) == len(squares)
