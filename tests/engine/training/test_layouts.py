"""What people have on their disks is taken for the places and dates that it is."""

from __future__ import annotations

import zipfile

import numpy as np
import pytest

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.training.layouts import mgrs_of, recognise
from tests.engine.sentinel2.made_product import make_product, plain, zipped
from tests.engine.training.made_places import Listener, place, rgb, write

FLAT = np.full((3, 40, 40), 90, np.uint8)


def found(*scenes, name=""):
    """place -> labels of its dates"""
    return {p.name: [d.label for d in p.dates] for p in recognise(tuple(map(str, scenes)), name, Listener())}


def test_a_folder_of_rasters_is_a_place_whose_dates_are_in_the_names(tmp_path):
    place(tmp_path / "valley", dates=("20180706", "20180207"))
    write(tmp_path / "valley" / "mosaic.png", FLAT, None)
    (tmp_path / "valley" / "notes.txt").write_text("no raster")
    assert found(tmp_path / "valley") == {"valley": ["mosaic", "2018-02-07", "2018-07-06"]}


def test_names_with_numbers_are_in_the_order_of_the_numbers(tmp_path):
    for number in (10, 9, 1):
        write(tmp_path / "hills" / f"image_{number}.png", FLAT, None)
    assert found(tmp_path / "hills") == {"hills": ["image_1", "image_9", "image_10"]}


def test_two_dates_of_one_day_keep_their_names(tmp_path):
    for name in ("NDVI-20180207", "RGB-20180207"):
        write(tmp_path / "a" / f"{name}.tif", FLAT)
    assert found(tmp_path / "a") == {"a": ["NDVI-20180207", "RGB-20180207"]}


def test_a_folder_of_folders_of_subtiles_is_a_place_and_a_folder_of_those_several(tmp_path):
    for tile in ("T36UUA", "T36UUU"):
        for date in ("winter", "summer"):
            for y in (0, 40):
                write(tmp_path / tile / date / f"tile_0_{y}.png", FLAT, None)
    assert found(tmp_path) == {"T36UUA": ["summer", "winter"], "T36UUU": ["summer", "winter"]}
    assert found(tmp_path / "T36UUA") == {"T36UUA": ["summer", "winter"]}
    assert found(tmp_path / "T36UUA" / "winter", tmp_path / "T36UUA" / "summer") == {"T36UUA": ["summer", "winter"]}
    (place_found,) = recognise((str(tmp_path / "T36UUA"),), "", Listener())
    assert set(place_found.dates[0].files) == {"0_0", "0_40"}
    assert place_found.mgrs == "36UUA"


def test_two_subtiles_of_one_place_are_refused(tmp_path):
    write(tmp_path / "winter" / "tile_0_0.png", FLAT, None)
    write(tmp_path / "winter" / "tile_00_0.png", FLAT, None)
    with pytest.raises(InputError, match="two subtiles at one place"):
        found(tmp_path / "winter")


def test_a_file_for_each_band_is_one_date_in_a_folder_or_by_its_beginning(tmp_path):
    for date in ("S2A_33TWL_20230810", "S2A_33TWL_20230820"):
        for band in ("B02", "B04", "SCL"):
            write(tmp_path / "folders" / date / f"{band}.tif", FLAT[0])
            write(tmp_path / "together" / f"{date}_{band}.tif", FLAT[0])
    dates = ["2023-08-10", "2023-08-20"]
    assert found(tmp_path / "folders") == {"folders": dates}
    assert found(tmp_path / "together") == {"together": dates}
    (one,) = recognise((str(tmp_path / "folders"),), "", Listener())
    assert sorted(one.dates[0].files) == ["B02", "B04", "SCL"]


def test_rasters_of_several_tiles_in_one_folder_are_several_places(tmp_path):
    for name in ("T36UYA_20160212_TCI", "T36UYA_20190611_TCI", "T36UXA_20180805_TCI"):
        write(tmp_path / f"{name}.png", FLAT, None)
    assert found(tmp_path) == {"T36UXA": ["2018-08-05"], "T36UYA": ["2016-02-12", "2019-06-11"]}


def test_rasters_given_one_by_one_are_one_place_called_as_asked_or_by_their_folder(tmp_path):
    files = [write(tmp_path / "fields" / f"{name}.tif", FLAT) for name in ("a", "b")]
    assert found(*files) == {"fields": ["a", "b"]}
    assert found(*files, name="My fields!") == {"My_fields": ["a", "b"]}


def test_products_are_dates_of_their_tile_and_one_that_lies_there_twice_counts_once(tmp_path):
    product = make_product(tmp_path / "one", {("B04", 10): plain(10)})
    zipped(product, tmp_path / "one" / "copy.zip", product.name)
    listener = Listener()
    (one,) = recognise((str(tmp_path / "one"),), "", listener)
    assert (one.name, [date.label for date in one.dates]) == ("T36UUA", ["2022-06-05"])
    assert listener.said("is there twice")


def test_places_of_one_name_are_told_apart_by_the_folder_above(tmp_path):
    for region in ("north", "south"):
        write(tmp_path / region / "site" / "a.png", FLAT, None)
    assert set(found(tmp_path)) == {"site", "south_site"}


@pytest.mark.parametrize("name", ["T36UYA_20160212T084052_TCI", "S2B_33TWL_20230820_0_L2A", "T36UUA"])
def test_the_sentinel_2_tile_is_read_from_names(name):
    assert mgrs_of(name) in name
    assert len(mgrs_of(name)) == 5


def test_a_name_without_a_tile_names_none():
    assert [mgrs_of(name) for name in ("image_10", "NDVI-20170215", "36UOA")] == ["", "", ""]  # there is no column O


def test_what_is_not_there_or_holds_nothing_is_said(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "a.txt").write_text("a")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as file:
        file.writestr("a.txt", "a")
    for given, sentence in (
        (("",), "No scenes were given"),
        ((tmp_path / "no",), "does not exist"),
        ((tmp_path / "empty",), "nothing to train on in"),
        ((tmp_path / "words",), "nothing to train on in"),
    ):
        with pytest.raises(InputError, match=sentence):
            found(*given)


def test_hidden_files_and_those_that_are_no_rasters_are_passed_over(tmp_path):
    place(tmp_path / "a")
    (tmp_path / "a" / ".scene_20190101.png.part").write_text("half")
    (tmp_path / "a" / "scene.aux.xml").write_text("<a/>")
    write(tmp_path / "a" / "B04.tif", rgb(np.zeros((40, 40))))
    assert found(tmp_path / "a") == {"a": ["B04", "2018-02-07", "2018-07-06"]}
