"""A free matcher and its options through the real qgis_process."""

from __future__ import annotations

import pytest
from generated import PIXEL_M, SHIFT_M


def test_a_matcher_obeys_its_options_and_says_them(qgis_process, engine, pair):
    answer = qgis_process.run(
        "matchrasters", REFERENCE=pair.reference, TARGET=pair.target, MATCHER="sift", MATCHER_OPTIONS="ratio=0.7"
    )
    assert answer.code == 0, answer.said
    assert "Options of sift: ratio 0.7." in answer.results["MESSAGES"]
    assert answer.results["STATUS"] == "ok"
    assert answer.results["SHIFT_X"] == pytest.approx(SHIFT_M[0], abs=0.1 * PIXEL_M)
    assert answer.results["SHIFT_Y"] == pytest.approx(SHIFT_M[1], abs=0.1 * PIXEL_M)


def test_an_option_that_the_matcher_has_not_is_a_sentence(qgis_process, engine, pair):
    answer = qgis_process.run(
        "matchrasters", REFERENCE=pair.reference, TARGET=pair.target, MATCHER="orb", MATCHER_OPTIONS="weights=indoor"
    )
    assert answer.code != 0
    assert "orb has no option “weights”. Options of orb: ratio" in answer.said
