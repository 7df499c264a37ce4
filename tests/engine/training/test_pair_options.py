"""What a user can say of the pairs that training makes."""

from __future__ import annotations

import pytest

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.training.pair_options import held_out_settings, options_of, pair_settings
from sentinel_match_plugin.engine.training.warps import FREE, GUIDED, STEPPED


def test_what_is_not_said_is_as_usual():
    assert pair_settings(options_of("")).warp == STEPPED
    assert pair_settings(options_of("motion=free")).warp == FREE
    assert pair_settings(options_of("motion=guided")).warp == GUIDED


def test_what_is_said_is_taken():
    made = pair_settings(options_of("rotation=5 scale=1.1 cross_season=0.9 same_date=0.2 index_share=0 untouched=0.5"))
    assert (made.warp.rotation_deg, made.warp.scale) == (5.0, 1.1)
    assert (made.cross_season, made.same_date, made.index_share, made.photometry.untouched) == (0.9, 0.2, 0.0, 0.5)


def test_held_out_pairs_are_of_two_real_dates_unless_asked_otherwise():
    options = options_of("untouched=0.1 same_date=0.2 rotation=7")
    real = held_out_settings(options)
    assert (real.photometry.untouched, real.same_date, real.warp.rotation_deg) == (1.0, 0.0, 7.0)
    asked = options_of("held_out=changed untouched=0.1")
    assert held_out_settings(asked) == pair_settings(asked)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("magic=1", "no option “magic”"), ("rotation=-1", "rotation must be"), ("motion=any", "motion must be free or")],
)
def test_what_there_is_not_is_refused(text, sentence):
    with pytest.raises(InputError, match=sentence):
        options_of(text)
