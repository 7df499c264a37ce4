"""The set of the shipped network: nothing of it is a place that anything is tested on."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import training_set

from sentinel_match_plugin.engine.cli import main
from sentinel_match_plugin.engine.training.layouts import mgrs_of
from sentinel_match_plugin.engine.training.training_set import TrainingSet


def content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The set that the documented command makes, but for what takes long and changes no place: offsets, pictures."""
    if not training_set.DATA.is_dir():
        pytest.skip(f"the real data are not at {training_set.DATA}")
    folder = tmp_path_factory.mktemp("training") / "set"
    quick = ["--no-offsets", "--no-contact-sheet", "--stride", "512"]
    assert main([*training_set.arguments(folder), *quick]) == 0
    return TrainingSet(folder)


def test_no_test_place_is_in_the_set_by_name_by_tile_or_by_file(made):
    sources = [Path(s) for place in made.index.places for date in place.dates for s in date.sources]
    assert len(sources) > 100
    tested = {tile for tile in training_set.TEST.values() if tile}
    assert len(tested) == 3
    for place in made.index.places:
        assert mgrs_of(place.name) not in tested
    for source in sources:
        for folder in training_set.TEST:
            assert (training_set.DATA / folder).resolve() not in source.resolve().parents
        assert not any(tile in str(source) for tile in tested)


def test_no_file_of_the_set_has_the_content_of_one_that_is_tested_on(made):
    files = [path for folder in training_set.TEST for path in (training_set.DATA / folder).rglob("*") if path.is_file()]
    assert len(files) > 20
    tested = {content(path) for path in files}
    sources = {Path(s) for place in made.index.places for date in place.dates for s in date.sources}
    assert not {str(path) for path in sources if content(path) in tested}


def test_the_validation_place_is_one_that_is_not_trained_on_and_all_places_are_there(made):
    assert made.places("validation") == ["T36UUU"]
    assert made.places("train") == ["T36UUA", "T36UVC", "carpathians", "demarke_ndvi"]
    assert made.places("test") == []
    seasons = {place.name: {date.label: date.season for date in place.dates} for place in made.index.places}
    assert seasons["T36UUA"] == {"summer": "summer", "summer_prev": "summer", "winter": "winter"}
    snow = {label for label, season in seasons["carpathians"].items() if season == "winter"}
    assert snow == {"image_0", "image_1", "image_2", "image_3", "image_11"}  # as ../shared/data/README.md has it
