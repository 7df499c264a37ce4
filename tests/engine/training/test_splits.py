"""No ground is in two splits."""

from __future__ import annotations

import pytest

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.training.training_set import TrainingSet
from tests.engine.training.made_places import CRS, WEST, Listener, build, place


def splits(folder):
    return {entry.name: entry.split for entry in TrainingSet(folder).index.places}


def test_named_places_are_held_out_and_the_others_trained_on(tmp_path):
    for number, name in enumerate("abcd"):
        place(tmp_path / name, number)
    build([tmp_path / n for n in "abcd"], tmp_path / "set", validation_places=("B",), test_places=("c", "d"))
    assert splits(tmp_path / "set") == {"a": "train", "b": "validation", "c": "test", "d": "test"}


def test_without_names_a_share_is_drawn_by_the_seed_and_said(tmp_path):
    for number, name in enumerate("abcde"):
        place(tmp_path / "all" / name, number)
    drawn = set()
    for seed in range(6):
        events = Listener()
        build(tmp_path / "all", tmp_path / "set", events, validation_share=0.4, seed=seed)
        first = splits(tmp_path / "set")
        assert sorted(first.values()) == ["train"] * 3 + ["validation"] * 2
        assert events.said(f"by seed {seed}")
        drawn.add(tuple(first.values()))
    build(tmp_path / "all", tmp_path / "set", validation_share=0.4, seed=5)
    assert splits(tmp_path / "set") == first
    assert len(drawn) > 1


def test_places_that_overlap_on_the_ground_are_one_place(tmp_path):
    place(tmp_path / "west", 0, crs=CRS)
    place(tmp_path / "middle", 1, crs=CRS, west=WEST + 800)
    place(tmp_path / "east", 2, crs=CRS, west=WEST + 1600)  # begins where the west ends, and overlaps the middle
    place(tmp_path / "far", 3, crs=CRS, west=WEST + 9000)
    folders = [tmp_path / name for name in ("west", "middle", "east", "far")]
    events = Listener()
    build(folders, tmp_path / "set", events, test_places=("east",))
    assert splits(tmp_path / "set") == {"west": "test", "middle": "test", "east": "test", "far": "train"}
    assert events.said("west, middle, east show some of the same ground")
    with pytest.raises(InputError, match="one place cannot be in two splits"):
        build(folders, tmp_path / "set", test_places=("east",), validation_places=("west",))


def test_neighbours_that_only_touch_are_two_places(tmp_path):
    place(tmp_path / "west", 0, crs=CRS)
    place(tmp_path / "east", 1, crs=CRS, west=WEST + 1600)
    build([tmp_path / "west", tmp_path / "east"], tmp_path / "set", test_places=("east",))
    assert splits(tmp_path / "set") == {"west": "train", "east": "test"}


def test_pictures_without_a_crs_that_name_one_sentinel_2_tile_are_one_place(tmp_path):
    place(tmp_path / "T36UYA", 0)
    place(tmp_path / "crops_T36UYA", 1)
    place(tmp_path / "T36UXA", 2)
    build([tmp_path / n for n in ("T36UYA", "crops_T36UYA", "T36UXA")], tmp_path / "set", test_places=("36uya",))
    assert splits(tmp_path / "set") == {"T36UYA": "test", "crops_T36UYA": "test", "T36UXA": "train"}


def test_one_place_alone_is_trained_on_and_that_nothing_is_held_out_is_said(tmp_path):
    place(tmp_path / "a")
    events = Listener()
    build(tmp_path / "a", tmp_path / "set", events)
    assert splits(tmp_path / "set") == {"a": "train"}
    assert events.said("none is held out")
