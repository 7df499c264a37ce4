"""Keypoints of one raster: where they are, how they are spread, what borders of tiles, nodata and areas do to them."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from affine import Affine

from sentinel_match_plugin.engine.errors import InputError, WeightsError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.jobs import AreaInput, Extent, KeypointsJob, RasterInput
from sentinel_match_plugin.engine.keypoints import detect
from tests.engine.known_scenes import ground, season, write

PIXEL_M, LEFT, TOP = 10.0, 600_000.0, 5_500_000.0
PLACED = Affine(PIXEL_M, 0, LEFT, 0, -PIXEL_M, TOP)


@pytest.fixture(scope="module")
def image():
    return season(ground(1, 600), 1)


def found(tmp_path, path, **options):
    table = tmp_path / "k.csv"
    outcome = detect.run(KeypointsJob(RasterInput(path), keypoints=str(table), **options), Events())
    with open(table, newline="") as file:
        rows = [{k: float(v) if v else np.nan for k, v in row.items()} for row in csv.DictReader(file)]
    assert outcome.count == len(rows)
    return rows, outcome


def places(rows):
    return np.array([(row["column"], row["row"]) for row in rows]).reshape(-1, 2)


@pytest.mark.parametrize("detector", ["sift", "akaze", "orb"])
def test_points_lie_where_the_pixels_do_and_the_strongest_is_first(tmp_path, image, detector):
    path = write(tmp_path / "a.tif", image, PLACED)
    rows, _ = found(tmp_path, path, detector=detector, max_keypoints=300)
    assert 200 < len(rows) <= 300
    for row in rows:
        assert row["x"] == pytest.approx(LEFT + PIXEL_M * row["column"], abs=1e-6)
        assert row["y"] == pytest.approx(TOP - PIXEL_M * row["row"], abs=1e-6)
        assert row["scale"] > 0
        assert 0 <= row["angle"] < 360
    response = [row["response"] for row in rows]
    assert response == sorted(response, reverse=True)


def test_a_blob_is_found_in_the_middle_of_its_pixel(tmp_path):
    y, x = np.mgrid[:128, :128] + 0.5
    blob = 40 + 180 * np.exp(-((x - 70.5) ** 2 + (y - 45.5) ** 2) / (2 * 4.0**2))
    rows, _ = found(tmp_path, write(tmp_path / "a.png", blob.round().astype(np.uint8)))
    strongest = rows[0]
    assert (strongest["column"], strongest["row"]) == (pytest.approx(70.5, abs=0.1), pytest.approx(45.5, abs=0.1))
    assert (strongest["x"], strongest["y"]) == (strongest["column"], -strongest["row"])  # as QGIS shows it


def test_borders_of_tiles_leave_no_mark(tmp_path, image, monkeypatch):
    path = write(tmp_path / "a.tif", image, PLACED)
    whole, _ = found(tmp_path, path, max_keypoints=0)
    monkeypatch.setattr(detect, "_tiles", lambda window, side, tiles=detect._tiles: tiles(window, 200))
    tiled, _ = found(tmp_path, path, max_keypoints=0)
    a, b = ({tuple(np.round(p, 1)) for p in places(rows)} for rows in (whole, tiled))
    # A few large blobs reach farther than the margin: SIFT's octaves start elsewhere in a tile.
    assert len(a & b) > 0.9 * max(len(a), len(b))


def test_a_city_does_not_take_them_all(tmp_path, image):
    uneven = (image.astype(float) - 128) * 0.15 + 128
    uneven[:150, :150] = image[:150, :150]
    rows, outcome = found(tmp_path, write(tmp_path / "a.tif", uneven.astype(np.uint8), PLACED), max_keypoints=160)
    cells = (places(rows) // 150).astype(int)
    counts = np.zeros((4, 4), int)
    np.add.at(counts, (cells[:, 1], cells[:, 0]), 1)
    assert outcome.found > 400
    assert counts.min() >= 3
    assert counts.max() <= 40


def test_nothing_is_found_at_the_edge_of_nodata(tmp_path, image):
    holed = image.copy()
    holed[200:400, 250:500] = 0
    rows, _ = found(tmp_path, write(tmp_path / "a.tif", holed, PLACED, nodata=0), max_keypoints=0)
    xy = places(rows)
    near = (xy[:, 0] > 247) & (xy[:, 0] < 503) & (xy[:, 1] > 197) & (xy[:, 1] < 403)
    assert not near.any()


def test_extent_and_area_limit_them_and_the_area_can_be_turned_round(tmp_path, image):
    path = write(tmp_path / "a.tif", image, PLACED)
    ring = [[LEFT + 10 * x, TOP - 10 * y] for x, y in ((100, 100), (220, 100), (220, 300), (100, 300), (100, 100))]
    (tmp_path / "area.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    extent = Extent((LEFT, TOP - 2000, LEFT + 4000, TOP), "EPSG:32636")
    for mode in ("inside", "outside"):
        area = AreaInput(str(tmp_path / "area.geojson"), mode, "EPSG:32636")
        rows, _ = found(tmp_path, path, extent=extent, area=area, max_keypoints=0)
        xy = places(rows)
        assert len(xy) > 30
        assert (xy <= [400, 200]).all()
        inside = ((xy >= [99.5, 99.5]) & (xy <= [220.5, 300.5])).all(-1)
        assert inside.all() if mode == "inside" else not (inside & ((xy > 101) & (xy < [219, 299])).all(-1)).any()


def test_a_figure_is_drawn(tmp_path, image):
    path = write(tmp_path / "a.tif", image, PLACED)
    detect.run(KeypointsJob(RasterInput(path), figure=str(tmp_path / "f.png")), Events())
    assert (tmp_path / "f.png").read_bytes()[:4] == b"\x89PNG"


def test_no_texture_is_an_answer(tmp_path):
    ramp = np.tile(np.arange(200, dtype=np.uint8), (200, 1))
    rows, outcome = found(tmp_path, write(tmp_path / "a.tif", ramp, PLACED), detector="orb")
    assert rows == []
    assert "found no keypoint" in outcome.messages[-1]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"detector": "magic"}, "There is no detector"),
        ({"max_keypoints": -1}, "number of keypoints must be 0"),
        ({"options": "magic=1"}, "has no option “magic”"),
        ({"input": RasterInput("/no/file.tif")}, "does not exist"),
        ({"extent": Extent((0, 0, 10, 10), "EPSG:32636")}, "The extent lies outside"),
    ],
)
def test_is_refused_with_a_sentence_and_the_old_table_stays(tmp_path, image, changed, sentence):
    (tmp_path / "k.csv").write_text("before")
    given = {"input": RasterInput(write(tmp_path / "a.tif", image, PLACED)), **changed}
    with pytest.raises(InputError) as error:
        detect.run(KeypointsJob(keypoints=str(tmp_path / "k.csv"), **given), Events())
    assert sentence in str(error.value)
    assert (tmp_path / "k.csv").read_text() == "before"


def test_weights_that_are_missing_are_named(tmp_path, image):
    path = write(tmp_path / "a.tif", image, PLACED)
    with pytest.raises(WeightsError, match="aliked"):
        detect.run(KeypointsJob(RasterInput(path), detector="aliked", model_folder=str(tmp_path)), Events())


def test_aliked_with_its_real_weights(tmp_path, image, shared_data):
    path = write(tmp_path / "a.tif", image[:256, :256], PLACED)
    rows, _ = found(tmp_path, path, detector="aliked", model_folder=str(shared_data / "weights"), max_keypoints=200)
    assert len(rows) > 50
    assert np.isnan([row["angle"] for row in rows]).all()
