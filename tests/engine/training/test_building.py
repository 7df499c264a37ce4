"""A training set holds what the dates show, 0..1, and says where everything is and came from."""

from __future__ import annotations

import csv
import json
import pickle

import numpy as np
import pytest
import rasterio

from sentinel_match_plugin.engine.errors import Cancelled, InputError, OutputError
from sentinel_match_plugin.engine.training import images
from sentinel_match_plugin.engine.training.place import tile_windows
from sentinel_match_plugin.engine.training.training_set import TrainingSet
from tests.engine.sentinel2.made_product import make_product, plain
from tests.engine.training.made_places import CRS, NORTH, WEST, Listener, build, ground, place, rgb, write

OFFSET = (0.62, -1.37)  # (x, y) pixels


def test_a_scene_gives_the_pixels_of_each_date_and_the_offset_that_was_there(tmp_path):
    """Tolerance: what the matcher is good to on two views of one texture, .05 px."""
    for name, offset, contrast in (("20180207", OFFSET, -1), ("20180706", (0, 0), 1), ("20190706", (-0.3, 0.2), 1)):
        gray = ground(3, offset, (200, 220))
        write(tmp_path / "site" / f"{name}.tif", rgb(gray if contrast > 0 else 1 - gray))
    place(tmp_path / "other", 4, crs=CRS, west=WEST + 9000)
    outcome = build([tmp_path / "site", tmp_path / "other"], tmp_path / "set", offsets=True, contact_sheet=True)
    assert (outcome.places, outcome.dates, outcome.unknown_offsets) == (2, 5, 0)
    opened = TrainingSet(outcome.folder)
    scenes = [s for split in ("train", "validation", "test") for s in opened.scenes(split) if s.place == "site"]
    scene = pickle.loads(pickle.dumps(scenes[-1]))  # as for another process
    assert (scene.name, scene.shape, scene.gsd_m) == ("site/x156_y136", (64, 64), 10.0)
    assert (scene.dates, scene.bands) == (("2018-02-07", "2018-07-06", "2019-07-06"), ("red", "green", "blue"))
    values, valid = scene.read("2018-07-06")
    assert (values.dtype, values.shape, valid.dtype, valid.all()) == (np.float32, (3, 64, 64), bool, True)
    source = rasterio.open(tmp_path / "site" / "20180706.tif").read(window=((136, 200), (156, 220)))
    np.testing.assert_allclose(values, source / 255, atol=1e-6)
    reference = next(entry for entry in opened.index.places if entry.name == "site").reference_date
    there = {"2018-02-07": np.array(OFFSET), "2018-07-06": np.zeros(2), "2019-07-06": np.array([-0.3, 0.2])}
    for date in scene.dates:
        np.testing.assert_allclose(scene.offset(date), there[date] - there[reference], atol=0.05)
        assert scene.offset_known(date)
    assert not scene.offset(reference).any()
    assert {split: len(opened.scenes(split)) > 0 for split in ("train", "validation", "test")} == {
        "train": True,
        "validation": True,
        "test": False,
    }
    assert (tmp_path / "set" / "contact_sheet.png").read_bytes()[1:4] == b"PNG"


def test_the_index_says_where_everything_came_from_and_the_table_has_every_tile_of_every_date(tmp_path):
    place(tmp_path / "site")
    outcome = build(tmp_path / "site", tmp_path / "set", snow_threshold=7000, seed=5)
    data = json.loads((tmp_path / "set" / "index.json").read_text())
    assert (data["version"], data["options"]["snow_threshold"], data["options"]["seed"]) == (1, 7000, 5)
    date = data["places"][0]["dates"][0]
    assert date["sources"] == [str(tmp_path / "site" / "scene_20180207.png")]
    assert (date["date"], date["radiometry"], date["high"]) == ("2018-02-07", "8 bits as they are", [255] * 3)
    with open(tmp_path / "set" / "tiles.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == outcome.tiles * 2 == 9 * 2
    assert {row["kept"] for row in rows} == {"1"}


def test_tiles_cover_everything_up_to_the_edges():
    assert tile_windows(100, 64, 64, 48) == [(0, 0, 64, 64), (36, 0, 100, 64)]
    covered = np.zeros((150, 170), bool)
    for x0, y0, x1, y1 in tile_windows(170, 150, 64, 40):
        covered[y0:y1, x0:x1] = True
    assert covered.all()
    assert tile_windows(63, 200, 64, 48) == []


# -- radiometry ------------------------------------------------------------------------------------------------------


def dates_of_reflectance(folder):
    """A snowy and a summery one, uint16, reflectance times 10000."""
    gray = ground(1)
    write(folder / "20180110.tif", rgb(0.3 + 0.7 * gray, 9000, np.uint16), photometric="RGB")
    write(folder / "20180710.tif", rgb(gray, 3500, np.uint16), photometric="RGB")
    return folder


def test_what_saturates_depends_on_the_snow_that_is_there(tmp_path):
    events = Listener()
    outcome = build(dates_of_reflectance(tmp_path / "site"), tmp_path / "set", events)
    scene = TrainingSet(outcome.folder).scenes("train")[0]
    assert [scene.season(date) for date in scene.dates] == ["winter", "summer"]
    for date, threshold in zip(scene.dates, (8000, 3000), strict=True):
        source = rasterio.open(tmp_path / "site" / f"{date.replace('-', '')}.tif").read()[:, :64, :64]
        expected = np.clip(source / threshold, 0, 1)
        np.testing.assert_allclose(scene.read(date)[0], expected, atol=0.6 / 10_000)
    assert events.said("threshold of reflectance 8000 / 10000 (with snow)")
    assert events.said("threshold of reflectance 3000 / 10000 (without snow)")


def test_the_user_knows_better_which_dates_have_snow(tmp_path):
    events = Listener()
    seasons = "site/2018-01-10=none 2018-07-10=winter 2000-01-01=summer"
    outcome = build(dates_of_reflectance(tmp_path / "site"), tmp_path / "set", events, seasons=seasons)
    entry = TrainingSet(outcome.folder).index.places[0]
    assert [(date.season, date.high[0]) for date in entry.dates] == [("", 3000), ("winter", 8000)]
    assert events.said("given for dates that are not there: 2000-01-01")
    assert events.said("is saturated. If that is snow, say so")


def test_percentiles_are_those_of_each_date(tmp_path):
    outcome = build(dates_of_reflectance(tmp_path / "site"), tmp_path / "set", radiometry="percentile")
    scene = TrainingSet(outcome.folder).scenes("train")[0]
    for date in scene.entry.dates:
        source = rasterio.open(tmp_path / "site" / f"{date.date.replace('-', '')}.tif").read(1)
        np.testing.assert_allclose((date.low[0], date.high[0]), np.percentile(source, (1, 99)), rtol=0.02)


def test_a_product_brings_its_offset_and_its_clouds(tmp_path):
    ramp, classes = plain(10, 3000), np.full((60, 60), 4, np.uint8)
    classes[:10, :10] = 9  # of 20 m: the upper left 20 x 20 pixels of 10 m are cloud
    bands = {(band, 10): ramp for band in ("B04", "B03", "B02", "B08")}
    product = make_product(tmp_path, {**bands, ("SCL", 20): classes})
    outcome = build(product, tmp_path / "set", tile_size=40, stride=40)
    opened = TrainingSet(outcome.folder)
    scene = opened.scenes("train")[0]
    assert (scene.place, scene.bands, scene.dates) == ("T36UUA", ("red", "green", "blue", "nir"), ("2022-06-05",))
    values, valid = scene.read("2022-06-05")
    np.testing.assert_array_equal(valid[:22, :22], ~np.pad(np.ones((20, 20), bool), (0, 2)))
    expected = np.clip((ramp[:40, :40].astype(float) - 1000) / 3000, 0, 1)  # BOA_ADD_OFFSET, summer
    np.testing.assert_allclose(values[0][valid], expected[valid], atol=0.6 / 10_000)
    assert not values[:, ~valid].any()
    date = opened.index.places[0].dates[0]
    assert (date.product[:10], "scene classes" in date.clouds, date.cloud > 0) == ("S2A_MSIL2A", True, True)


# -- clouds, nodata, area --------------------------------------------------------------------------------------------


def test_white_that_no_other_date_without_snow_has_is_cloud_and_snow_is_not(tmp_path):
    gray = 0.1 + 0.5 * ground(2)
    cloudy = rgb(gray)
    cloudy[:, 20:50, 30:70] = 255
    roof = np.zeros((160, 160), bool)
    roof[100:110, 100:110] = True
    pictures = {"summer": cloudy, "summer_prev": rgb(gray), "winter": np.full((3, 160, 160), 250, np.uint8)}
    for name, picture in pictures.items():
        picture[:, roof] = 255
        write(tmp_path / "site" / f"{name}.png", picture, None)
    pictures["winter"][:, :80] = 40
    write(tmp_path / "site" / "winter.png", pictures["winter"], None)
    scene = TrainingSet(build(tmp_path / "site", tmp_path / "set", tile_size=160, stride=160).folder).scenes("train")[0]
    seen = {date: scene.read(date)[1] for date in scene.dates}
    assert not seen["summer"][20:50, 30:70].any()
    assert seen["summer"][roof].all()
    assert seen["summer"].mean() > 0.9
    assert seen["winter"].all()
    assert seen["summer_prev"].all()


def test_a_tile_is_rejected_in_the_dates_that_hide_it_and_kept_if_two_are_left(tmp_path):
    for number, date in enumerate(("20180101", "20180201", "20180301")):
        gray = (200 * ground(number) + 20).astype(np.uint8)
        gray[:, 70 * number : 70 * number + 60] = 0
        write(tmp_path / "site" / f"{date}.tif", gray, nodata=0)
    events = Listener()
    outcome = build(tmp_path / "site", tmp_path / "set", events, tile_size=32, stride=32, max_invalid=0.1)
    scenes = TrainingSet(outcome.folder).scenes("train")
    assert {scene.dates for scene in scenes if scene.tile.x == 0} == {("2018-02-01", "2018-03-01")}
    assert {scene.dates for scene in scenes if scene.tile.x == 64} == {("2018-01-01", "2018-03-01")}
    assert outcome.rejected > 0
    for scene in scenes:
        assert all(scene.read(date)[1].mean() >= 0.9 for date in scene.dates)


def test_dates_that_no_tile_can_use_leave_no_file(tmp_path):
    place(tmp_path / "site", dates=("20180101", "20180201"))
    write(tmp_path / "site" / "20180301.png", np.pad(rgb(ground(0))[:, :20], ((0, 0), (0, 140), (0, 0))), None)
    events = Listener()
    build(tmp_path / "site", tmp_path / "set", events)
    assert events.said("2018-03-01 is left out: too much cloud or nodata in every tile")
    assert sorted(p.stem for p in (tmp_path / "set" / "images" / "site").iterdir()) == ["2018-01-01", "2018-02-01"]


def test_polygons_limit_what_is_used(tmp_path):
    from sentinel_match_plugin.engine.jobs import AreaInput

    place(tmp_path / "site", crs=CRS)
    x, y = [WEST, WEST + 700], [NORTH, NORTH - 700]
    ring = [[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]], [x[0], y[0]]]
    (tmp_path / "area.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    area = AreaInput(str(tmp_path / "area.geojson"), crs=CRS)
    outcome = build(tmp_path / "site", tmp_path / "set", area=area)
    assert [scene.name for scene in TrainingSet(outcome.folder).scenes("train")] == ["site/x0_y0"]
    far = AreaInput(str(tmp_path / "area.geojson"), crs="EPSG:32633")
    with pytest.raises(InputError, match="No polygon of the area touches site"):
        build(tmp_path / "site", tmp_path / "none", area=far)
    assert not (tmp_path / "none").exists()


# -- what is refused, and what survives ------------------------------------------------------------------------------


def test_dates_that_do_not_lie_on_one_grid_are_refused_with_both_grids_named(tmp_path):
    place(tmp_path / "site", crs=CRS)
    write(tmp_path / "site" / "20200101.tif", rgb(ground(0)), CRS, WEST + 5)
    with pytest.raises(InputError, match=r"do not lie on one pixel grid: 2018-02-07 has 160 x 160 .*600005"):
        build(tmp_path / "site", tmp_path / "set")
    place(tmp_path / "flat")
    write(tmp_path / "flat" / "20200101.png", rgb(ground(0, shape=(150, 160))), None)
    with pytest.raises(InputError, match="160 x 150 pixels without a CRS"):
        build(tmp_path / "flat", tmp_path / "set")
    assert not (tmp_path / "set").exists()


BAD = {
    "a tile larger than the image": ({"tile_size": 400}, "smaller than a tile of 400"),
    "a tile of nothing": ({"tile_size": 0}, "tile size must be 32 to"),
    "a stride of nothing": ({"stride": 0}, "stride must be at least 1"),
    "a stride of one pixel": ({"tile_size": 64, "stride": 1}, "hundreds of tiles of the same ground"),
    "an unknown radiometry": ({"radiometry": "magic"}, "radiometry “magic” is not known"),
    "thresholds for pictures": ({"radiometry": "threshold"}, "has no reflectances"),
    "a share of everything": ({"max_invalid": 1.0}, "share of cloud and nodata must be"),
    "a negative threshold": ({"snow_threshold": -1}, "threshold is a reflectance"),
    "a season that is none": ({"seasons": "a=autumn"}, "“a=autumn” is no season"),
    "an unknown place": ({"test_places": ("Paris",)}, "There is no place “Paris”: the places are site"),
    "a place in two splits": (
        {"test_places": ("site",), "validation_places": ("Site",)},
        "site is named for validation and for test",
    ),
    "a pixel size below nothing": ({"gsd_m": -10}, "pixel size must be"),
}


@pytest.mark.parametrize("case", BAD)
def test_is_refused_and_leaves_nothing(tmp_path, case):
    options, sentence = BAD[case]
    place(tmp_path / "site")
    with pytest.raises(InputError, match=sentence):
        build(tmp_path / "site", tmp_path / "out" / "set" if case == "" else tmp_path / "set", **options)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_as_is_is_for_eight_bits(tmp_path):
    with pytest.raises(InputError, match="has no 8 bits"):
        build(dates_of_reflectance(tmp_path / "site"), tmp_path / "set", radiometry="as_is")


def test_unreadable_dates_and_those_without_content_are_left_out_and_said(tmp_path):
    place(tmp_path / "site")
    (tmp_path / "site" / "20190101.png").write_bytes(b"no picture")
    write(tmp_path / "site" / "20190201.png", np.full((3, 160, 160), 90, np.uint8), None)
    write(tmp_path / "site" / "20190301.png", np.zeros((3, 160, 160), np.uint8), None)
    write(tmp_path / "site" / "20190401.png", np.full((160, 160), 90, np.uint8), None)
    events = Listener()
    outcome = build(tmp_path / "site", tmp_path / "set", events)
    assert outcome.dates == 2
    for words in (
        "2019-01-01 is left out: ",
        "2019-02-01 is left out: it has the same value everywhere",
        "2019-03-01 is left out: no pixel that was looked at is valid",
        "2019-04-01 left out: it has none of the bands",
    ):
        assert any(words in text for text in events.warnings), words


def test_one_date_is_enough_for_pairs_of_itself_and_that_is_said(tmp_path):
    place(tmp_path / "site", dates=("20180706",))
    events = Listener()
    assert build(tmp_path / "site", tmp_path / "set", events, offsets=True).tiles == 9
    assert events.said("has only one date")


def test_places_that_cannot_be_used_are_left_out_and_the_others_made(tmp_path):
    place(tmp_path / "all" / "good")
    place(tmp_path / "all" / "small", 1, shape=(40, 40))
    (tmp_path / "all" / "broken").mkdir()
    (tmp_path / "all" / "broken" / "a.tif").write_bytes(b"II*\0 and nothing more")
    events = Listener()
    outcome = build(tmp_path / "all", tmp_path / "set", events)
    assert outcome.places == 1
    assert events.said("small is left out: with 40 x 40 pixels")
    assert events.said("broken is left out: none of its dates can be read")
    assert [path.name for path in (tmp_path / "set" / "images").iterdir()] == ["good"]


def test_a_training_set_is_replaced_and_a_folder_of_anything_else_is_not(tmp_path):
    place(tmp_path / "site")
    build(tmp_path / "site", tmp_path / "set")
    build(tmp_path / "site", tmp_path / "set", tile_size=32, stride=32)
    assert len(TrainingSet(tmp_path / "set").scenes("train")) == 25
    (tmp_path / "set" / "my weights.safetensors").write_text("mine")
    with pytest.raises(OutputError, match=r"holds other files \(my weights.safetensors\)"):
        build(tmp_path / "site", tmp_path / "set")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "index.json").write_text("{}")
    with pytest.raises(OutputError, match="holds other files"):
        build(tmp_path / "site", tmp_path / "photos")
    (tmp_path / "file").write_text("a")
    with pytest.raises(OutputError, match="is a file"):
        build(tmp_path / "site", tmp_path / "file")
    with pytest.raises(OutputError, match="does not exist"):
        build(tmp_path / "site", tmp_path / "no" / "set")
    assert (tmp_path / "set" / "my weights.safetensors").read_text() == "mine"


def test_the_set_does_not_lie_in_the_scenes_nor_the_scenes_in_it(tmp_path):
    place(tmp_path / "site")
    with pytest.raises(OutputError, match="would lie in the scenes' own folder"):
        build(tmp_path / "site", tmp_path / "site" / "set")
    with pytest.raises(OutputError, match="would be replaced"):
        build(tmp_path / "site", tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "site")
    with pytest.raises(OutputError, match="would lie in the scenes' own folder"):
        build(tmp_path / "site", tmp_path / "link" / "set")


@pytest.mark.parametrize("at", [0.0, 0.3, 0.97])
def test_a_cancelled_run_leaves_the_earlier_set_and_nothing_else(tmp_path, at):
    place(tmp_path / "site")
    build(tmp_path / "site", tmp_path / "set")
    before = (tmp_path / "set" / "index.json").read_bytes()
    with pytest.raises(Cancelled):
        build(tmp_path / "site", tmp_path / "set", Listener(at), tile_size=32, offsets=True, contact_sheet=True)
    assert (tmp_path / "set" / "index.json").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["set", "site"]


def test_a_full_disk_is_said_and_the_earlier_set_stays(tmp_path, monkeypatch):
    place(tmp_path / "site")
    build(tmp_path / "site", tmp_path / "set")

    def no_room(path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(images, "check_whole", no_room)
    with pytest.raises(OutputError, match=r"set/images/site/2018-02-07.tif cannot be written: the disk is full"):
        build(tmp_path / "site", tmp_path / "set", tile_size=32)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["set", "site"]
    assert TrainingSet(tmp_path / "set").scenes("train")[0].shape == (64, 64)


# -- reading -----------------------------------------------------------------------------------------------------------


def test_a_damaged_set_is_said_to_be_one(tmp_path):
    place(tmp_path / "site")
    build(tmp_path / "site", tmp_path / "set")
    index = tmp_path / "set" / "index.json"
    whole = json.loads(index.read_text())

    def changed(**values):
        index.write_text(json.dumps({**whole, **values}))

    with pytest.raises(InputError, match="does not exist"):
        TrainingSet(tmp_path / "no")
    with pytest.raises(InputError, match="is no training set"):
        TrainingSet(tmp_path / "site")
    for sentence, values in (
        ("version 9", {"version": 9}),
        ("not the index of a training set", {"format": "x"}),
        ("is damaged", {"places": "abc"}),
        ("is damaged", {"places": [{"name": "a"}]}),
    ):
        changed(**values)
        with pytest.raises(InputError, match=sentence):
            TrainingSet(tmp_path / "set")
    index.write_text("{")
    with pytest.raises(InputError, match="is damaged"):
        TrainingSet(tmp_path / "set")
    twice = [whole["places"][0], {**whole["places"][0], "name": "b", "split": "test"}]
    changed(places=twice)
    with pytest.raises(InputError, match="must be in the same split"):
        TrainingSet(tmp_path / "set")
    changed()
    (tmp_path / "set" / "images" / "site" / "2018-02-07.tif").unlink()
    with pytest.raises(InputError, match="is missing"):
        TrainingSet(tmp_path / "set")
