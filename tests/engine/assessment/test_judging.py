"""What counts as right: by a known warp exactly the matches that are, by consensus those that agree."""

from __future__ import annotations

import numpy as np
import pytest

from sentinel_match_plugin.engine.assessment.bootstrap import mean_interval
from sentinel_match_plugin.engine.assessment.consensus import agreeing
from sentinel_match_plugin.engine.assessment.judging import Judge
from sentinel_match_plugin.engine.assessment.known_warp import KnownWarp
from sentinel_match_plugin.engine.assessment.summary import table_rows

THRESHOLDS = (1.0, 3.0, 5.0, 10.0)
HOMOGRAPHY = np.array([[1.02, 0.03, 20.0], [-0.03, 0.99, -12.0], [1e-5, -2e-5, 1.0]])


def carried(xy):
    out = np.c_[xy, np.ones(len(xy))] @ HOMOGRAPHY.T
    return out[:, :2] / out[:, 2:]


def test_precision_is_exactly_the_share_of_matches_within_each_threshold():
    """100 matches with errors that are known: 50 of 0.5 px, 20 of 2 px, 10 of 4 px, 5 of 8 px, 15 of 200 px."""
    rng = np.random.default_rng(0)
    target = rng.uniform(0, 500, (100, 2))
    size = np.repeat([0.5, 2.0, 4.0, 8.0, 200.0], [50, 20, 10, 5, 15])
    angle = rng.uniform(0, 2 * np.pi, 100)
    reference = carried(target) + size[:, None] * np.stack([np.cos(angle), np.sin(angle)], -1)
    known = KnownWarp("made up", lambda q, p: np.hypot(*(carried(p) - q).T), np.zeros((0, 2)))
    judged = Judge(known).judge(reference, target, THRESHOLDS)
    assert (judged.count, judged.judged, judged.right) == (100, 100, (50, 70, 80, 85))
    assert judged.shares() == [0.5, 0.7, 0.8, 0.85]


def test_matches_of_which_the_truth_is_not_known_are_not_judged():
    known = KnownWarp("half of it", lambda q, p: np.where(p[:, 0] < 5, 0.0, np.nan), np.zeros((0, 2)))
    places = np.arange(20.0).reshape(10, 2)
    judged = Judge(known).judge(places, places, (1.0,))
    assert (judged.count, judged.judged, judged.right) == (10, 3, (3,))


def test_nothing_to_judge_has_no_share():
    assert Judge(None).judge(np.zeros((0, 2)), np.zeros((0, 2)), (1.0, 3.0)).shares() == [None, None]


def test_a_consensus_counts_the_matches_of_one_homography_and_no_others():
    rng = np.random.default_rng(1)
    target = rng.uniform(0, 500, (200, 2))
    reference = carried(target)
    reference[120:] = rng.uniform(0, 500, (80, 2))  # by chance within 3 px of the truth: 80 * 9 pi / 500 ** 2 = .009
    agree = agreeing(reference, target, 3.0)
    assert agree[:120].all()
    assert agree[120:].sum() <= 1
    assert Judge(None).judge(reference, target, (3.0,)).right == (int(agree.sum()),)


def test_fewer_than_four_matches_agree_on_nothing():
    places = np.array([[0.0, 0.0], [100.0, 0.0], [0.0, 100.0]])
    assert agreeing(places, places, 3.0).sum() == 0
    assert agreeing(np.arange(12.0).reshape(6, 2), np.arange(12.0).reshape(6, 2), 3.0).sum() in (0, 6)  # on one line


def test_the_interval_of_the_bootstrap_covers_the_true_mean_in_about_95_of_100_samples():
    rng = np.random.default_rng(2)
    covered = 0
    for number in range(200):
        low, high = mean_interval(list(rng.normal(0.7, 0.1, 40)), seed=number, resamples=400)
        covered += low <= 0.7 <= high
    assert 0.90 <= covered / 200 <= 0.985  # 0.95, two standard deviations of 200 samples and some for 40 values


def test_one_value_has_no_interval_and_equal_values_have_one_of_no_width():
    assert mean_interval([0.5]) is None
    assert mean_interval([0.5] * 5) == (0.5, 0.5)


def run(pair, right, found=10, warp=0.4, **known):
    about = {"pair": pair, "matcher": "sift", "weights": "none", "state": "ran", "note": "", "seconds": 2.0}
    counts = {"found": found, "judged_found": found, "right_found": [right]}
    counts.update({"kept": right, "judged_kept": right, "right_kept": [right]})
    return {**about, **counts, "warp_median": warp, **known}


def test_the_table_holds_means_over_pairs_and_a_pair_without_matches_counts_as_none_right():
    runs = [run("a", 10), run("b", 5), run("c", 0, found=0, warp=None)]
    found, kept = table_rows(runs, ["sift"], (1.0,), "known warp")
    assert (found["points"], kept["points"]) == ("found", "kept")
    assert (found["pairs"], found["not_run"], found["count"]) == (3, 0, 10)
    assert found["p1"] == pytest.approx((1 + 0.5 + 0) / 3)
    assert kept["p1"] == pytest.approx(2 / 3)
    assert found["success1"] == pytest.approx(2 / 3)
    assert 0 <= found["p1_low"] < found["p1"] < found["p1_high"] <= 1


def test_a_matcher_that_did_not_run_has_a_row_with_the_reason():
    runs = [run("a", 10), {**run("a", 0), "matcher": "loftr", "state": "not run", "note": "No weights: fetch them."}]
    row = table_rows(runs, ["sift", "loftr"], (1.0,), "known warp")[2]
    assert (row["matcher"], row["pairs"], row["not_run"], row["note"]) == ("loftr", 0, 1, "No weights: fetch them.")
    assert row["p1"] is None


def test_by_consensus_a_pair_is_matched_only_if_more_agree_than_could_by_accident():
    four, many = run("a", 4, found=4, warp=None), run("a", 12, found=40, warp=None)
    assert table_rows([four], ["sift"], (1.0,), "consensus")[0]["success1"] == 0
    assert table_rows([many], ["sift"], (1.0,), "consensus")[0]["success1"] == 1
