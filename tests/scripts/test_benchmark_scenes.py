"""The judgement of ``benchmark.py scenes``."""

from __future__ import annotations

import benchmark_scenes


def row(a, b, same, similarity=0.1):
    return {"scene_a": a, "scene_b": b, "same_place": str(int(same)), "similarity": str(similarity)}


ROWS = [
    row("T36UXA_20180805T0", "T36UXA_20180815T0", True, 0.9),
    row("T36UXA_20180805T0", "T36UXA_20190726T0", False, 0.2),
    row("T36UXA_20180805T0", "T36UYA_20180805T0", False),
]


def test_pairs_of_unclear_dates_are_counted_apart():
    lines = {line[0]: line[1:] for line in benchmark_scenes.judged(ROWS, {"T36UXA_20190726T0"})}
    assert lines["one place, both clear"] == [1, 1, "1.0000", "at least 0.97"]
    assert lines["one place, one mostly cloud or empty"] == [1, 0, "0.0000", ""]
    assert lines["two places"] == [1, 0, "0.0000", "0"]


def test_too_few_right_or_a_single_wrong_pair_is_not_enough():
    assert benchmark_scenes.reached(benchmark_scenes.judged(ROWS, {"T36UXA_20190726T0"}))
    assert not benchmark_scenes.reached(benchmark_scenes.judged(ROWS, set()))
    assert benchmark_scenes.missed(ROWS, set()) == ["T36UXA_20180805T0–T36UXA_20190726T0 (0.20)"]
    wrong = [*ROWS, row("T36UXA_20180805T0", "T36UYA_20180805T0", True)]
    assert not benchmark_scenes.reached(benchmark_scenes.judged(wrong, {"T36UXA_20190726T0"}))


def test_snow_is_not_cloud_and_an_empty_date_is_unclear():
    assert benchmark_scenes.is_unclear("T36UYA_20190726T083611_TCI", bright=0.8, empty=0.0)
    assert not benchmark_scenes.is_unclear("T36UYA_20160212T084052_TCI", bright=0.99, empty=0.0)
    assert benchmark_scenes.is_unclear("T36UYA_20160405T085012_TCI", bright=0.0, empty=0.93)
