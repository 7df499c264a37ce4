"""Options of one matcher: read, checked, refused with what there is, said in the log, and obeyed."""

from __future__ import annotations

import pytest
import torch

from sentinel_match_plugin.engine.commands import parser
from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.jobs import MatchJob, RasterInput
from sentinel_match_plugin.engine.matchers import DETECTORS, MATCHERS, make_detector, make_matcher, options_of
from sentinel_match_plugin.engine.preparation import check_options
from tests.engine.known_texture import Texture, two_views

CPU = torch.device("cpu")


class Said(Events):
    def __init__(self) -> None:
        self.infos: list[str] = []

    def info(self, text: str) -> None:
        self.infos.append(text)


@pytest.mark.parametrize(
    "text", ["weights=indoor threshold=0.4", "weights=indoor,threshold=.4", " threshold = 0.4 ; weights = indoor "]
)
def test_options_are_read_with_spaces_commas_or_semicolons_between(text):
    assert options_of("loftr", text) == {"weights": "indoor", "threshold": 0.4}
    assert options_of("loftr", "") == {}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "weight=indoor",
            "loftr has no option “weight”. Options of loftr: weights (outdoor or indoor or indoor_new or tuned, ",
        ),
        ("weights=moon", "The option weights must be outdoor or indoor or indoor_new or tuned, not “moon”."),
        ("threshold=2", "The option threshold must be a number from 0 to 1, not “2”."),
        ("threshold=nan", "must be a number from 0 to 1, not “nan”"),
        ("threshold=much", "must be a number from 0 to 1, not “much”"),
        ("threshold", "“threshold” is no option of loftr: write name=value"),
        ("threshold=0.1 threshold=0.2", "The option threshold of loftr is given twice."),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_there_is(text, sentence):
    with pytest.raises(InputError) as error:
        options_of("loftr", text)
    assert sentence in str(error.value)


def test_a_matcher_without_options_says_that_it_has_none():
    with pytest.raises(InputError, match="Options of structure: it has none"):
        options_of("structure", "threshold=1")


def test_whole_numbers_stay_whole():
    assert options_of("orb", "keypoint_threshold=20") == {"keypoint_threshold": 20}
    with pytest.raises(InputError, match=r"a whole number from 1 to 100, not “2\.5”"):
        options_of("orb", "keypoint_threshold=2.5")


@pytest.mark.parametrize("entry", [*MATCHERS.values(), *DETECTORS.values()], ids=lambda entry: entry.name)
def test_every_default_is_a_value_that_the_option_takes(entry):
    for option in entry.options:
        assert option.value(str(option.default)) == option.default
        assert not option.what.endswith(".")


def test_options_are_obeyed_and_said():
    views, said = two_views(Texture(1), 10.0, 7.0, known=True), Said()
    usual, strict = make_matcher("sift", CPU), make_matcher("sift", CPU, events=said, options="ratio=0.4")
    assert 0 < len(strict.match(*views)) < len(usual.match(*views))
    assert said.infos == ["Options of sift: ratio 0.4."]
    few, many = (make_detector("akaze", CPU, options=f"keypoint_threshold={t}") for t in ("0.01", "0.0001"))
    assert len(few.detect(views[0])) < len(many.detect(views[0]))


def test_a_job_is_refused_before_anything_is_read():
    job = {"reference": RasterInput("a.tif"), "target": RasterInput("b.tif")}
    check_options(MatchJob(**job, matcher="sift", matcher_options="ratio=0.7"))
    with pytest.raises(InputError, match=r"The option ratio must be a number from 0\.1 to 1, not “7”"):
        check_options(MatchJob(**job, matcher="sift", matcher_options="ratio=7"))
    with pytest.raises(InputError, match=r"“ratio=0\.7” belong to one matcher: choose it in place of auto"):
        check_options(MatchJob(**job, matcher_options="ratio=0.7"))


def test_the_command_line_takes_options_one_by_one():
    words = [
        "match",
        "a.tif",
        "b.tif",
        "--matcher",
        "sift",
        "--matcher-option",
        "ratio=0.7",
        "--matcher-option",
        "contrast=0.02",
    ]
    options = parser().parse_args(words)
    assert options.job(options).matcher_options == "ratio=0.7 contrast=0.02"
