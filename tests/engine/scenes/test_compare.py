"""The whole comparison: what is found, what is written, what is resumed, what is refused."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from affine import Affine

from sentinel_match_plugin.engine.errors import Cancelled, InputError, OutputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.jobs import AreaInput, CompareScenesJob, RasterInput
from sentinel_match_plugin.engine.matchers import MATCHERS
from sentinel_match_plugin.engine.scenes import compare, structure
from sentinel_match_plugin.engine.scenes.comparers import StructureComparer
from sentinel_match_plugin.engine.scenes.table import COLUMNS
from tests.engine.known_scenes import PIXEL_M, SIZE, season, write

ROOT = Path(__file__).resolve().parents[3]
SHIFT_TOLERANCE_PX = 0.15


class Heard(Events):
    """Keeps what it is told; cancelled after so many signs of progress."""

    def __init__(self, patience: int = 10**6):
        self.said, self.warned, self.patience = [], [], patience

    def progress(self, fraction, stage=""):
        assert 0 <= fraction <= 1
        self.patience -= 1

    def info(self, text):
        self.said.append(text)

    def warning(self, text):
        self.warned.append(text)

    @property
    def cancelled(self):
        return self.patience <= 0


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {(row["scene_a"], row["scene_b"]): row for row in csv.DictReader(file)}


def test_seasons_of_a_place_are_one_and_places_are_two(folder, tmp_path):
    job = CompareScenesJob(
        folder=str(folder),
        pairs=str(tmp_path / "p.csv"),
        matrix_figure=str(tmp_path / "m.png"),
        report=str(tmp_path / "r.html"),
    )
    outcome = compare.run(job, Heard())
    assert (outcome.count, outcome.same_place, outcome.scenes, outcome.places, outcome.unusable) == (6, 2, 4, 2, 0)
    rows = rows_of(tmp_path / "p.csv")
    assert len(rows) == 6
    for (a, b), row in rows.items():
        assert tuple(row) == COLUMNS
        assert row["same_place"] == str(int(a[0] == b[0]))
        assert (float(row["similarity"]) > 0.5) == (a[0] == b[0])
    same = rows["a_20200115", "a_20200701"]
    assert np.hypot(float(same["shift_x"]), float(same["shift_y"])) < SHIFT_TOLERANCE_PX
    assert same["shift_unit"] == "pixels"
    assert (tmp_path / "m.png").read_bytes()[:4] == b"\x89PNG"
    page = (tmp_path / "r.html").read_text()
    assert "Surest pairs of one place" in page
    assert "Nearest pairs of different places" in page
    assert "src=" in page
    assert "http" not in page.split("<body>")[1].split("base64,")[0]  # nothing is loaded from elsewhere
    assert not list(tmp_path.glob("*cache*"))  # done: nothing is left behind


def test_georeferenced_scenes_of_two_pixel_sizes_say_their_displacement_in_map_units(tmp_path, places):
    whole = season(places[0], 1)
    left, top = 600_000.0, 5_500_000.0
    first = write(tmp_path / "a.tif", whole[:600, :600], Affine(PIXEL_M, 0, left, 0, -PIXEL_M, top))
    piece = season(places[0], 2)[100:700, 100:700].reshape(300, 2, 300, 2).mean((1, 3)).astype(np.uint8)
    off_x, off_y = 140.0, -85.0  # the georeferencing of b is wrong by this, in metres
    corner = Affine(2 * PIXEL_M, 0, left + 100 * PIXEL_M + off_x, 0, -2 * PIXEL_M, top - 100 * PIXEL_M + off_y)
    second = write(tmp_path / "b.tif", piece, corner)
    far = write(tmp_path / "far.tif", whole[:600, :600], Affine(PIXEL_M, 0, left + 1e5, 0, -PIXEL_M, top))
    job = CompareScenesJob(tuple(RasterInput(p) for p in (first, second, far)), pairs=str(tmp_path / "p.csv"))
    compare.run(job, Heard())
    rows = rows_of(tmp_path / "p.csv")
    assert rows["a", "b"]["same_place"] == "1"
    assert rows["a", "b"]["shift_unit"] == "EPSG:32636"
    assert float(rows["a", "b"]["shift_x"]) == pytest.approx(off_x, abs=2 * PIXEL_M * 0.3)
    assert float(rows["a", "b"]["shift_y"]) == pytest.approx(off_y, abs=2 * PIXEL_M * 0.3)
    assert rows["a", "far"]["same_place"] == "0"
    assert "By their georeferencing" in rows["a", "far"]["note"]


def test_scenes_of_two_utm_zones_are_compared(tmp_path, places):
    """The same ground warped by GDAL into the next zone: 1.5 degrees turned."""
    import rasterio
    from rasterio.warp import calculate_default_transform, reproject

    first = write(tmp_path / "a.tif", season(places[0], 1), Affine(PIXEL_M, 0, 700_000, 0, -PIXEL_M, 5_500_000))
    with rasterio.open(
        write(tmp_path / "b0.tif", season(places[0], 2), Affine(20, 0, 700_000, 0, -20, 5_500_000))
    ) as b:
        transform, width, height = calculate_default_transform(b.crs, "EPSG:32637", b.width, b.height, *b.bounds)
        image = np.zeros((height, width), np.uint8)
        reproject(b.read(1), image, src_transform=b.transform, src_crs=b.crs, dst_transform=transform,
                  dst_crs="EPSG:32637")  # fmt: skip
    second = write(tmp_path / "b.tif", image, transform, "EPSG:32637", nodata=0)
    compare.run(CompareScenesJob((RasterInput(first), RasterInput(second)), pairs=str(tmp_path / "p.csv")), Heard())
    (row,) = rows_of(tmp_path / "p.csv").values()
    assert row["same_place"] == "1"
    assert abs(float(row["shift_x"])) < PIXEL_M
    assert abs(float(row["shift_y"])) < PIXEL_M


def test_overviews_of_two_sizes_and_a_piece_cut_out_are_found(tmp_path, places):
    import cv2

    whole = season(places[0], 1)
    write(tmp_path / "whole.png", whole)
    write(tmp_path / "small.png", cv2.resize(season(places[0], 2), (500, 500), interpolation=cv2.INTER_AREA))
    write(tmp_path / "piece.png", season(places[0], 3)[200:600, 150:650])
    write(tmp_path / "other.png", season(places[1], 4))
    compare.run(CompareScenesJob(folder=str(tmp_path), pairs=str(tmp_path / "p.csv")), Heard())
    rows = rows_of(tmp_path / "p.csv")
    assert {pair for pair, row in rows.items() if row["same_place"] == "1"} >= {("piece", "whole"), ("small", "whole")}
    assert all(row["same_place"] == "0" for pair, row in rows.items() if "other" in pair)
    assert float(rows["piece", "whole"]["shift_x"]) == pytest.approx(150, abs=1)
    assert float(rows["piece", "whole"]["shift_y"]) == pytest.approx(200, abs=1)


@pytest.mark.parametrize("matcher", ["sift", "akaze", "orb"])
def test_keypoints_find_a_turned_scene_of_one_season(tmp_path, places, matcher):
    image = season(places[0][:SIZE, :SIZE], 1)
    write(tmp_path / "a.png", image)
    write(tmp_path / "turned.png", np.ascontiguousarray(np.rot90(image)))
    write(tmp_path / "other.png", season(places[1][:SIZE, :SIZE], 1))
    compare.run(CompareScenesJob(folder=str(tmp_path), matcher=matcher, pairs=str(tmp_path / "p.csv")), Heard())
    rows = rows_of(tmp_path / "p.csv")
    assert {pair for pair, row in rows.items() if row["same_place"] == "1"} == {("a", "turned")}


def test_every_matcher_that_finds_features_in_one_image_can_be_chosen():
    from sentinel_match_plugin.engine.jobs import SCENE_MATCHERS

    # They find nothing in one image alone; seasonal turns one of a pair until it fits.
    of_whole_pairs = {"loftr", "efficient-loftr", "phase", "seasonal"}
    assert set(SCENE_MATCHERS) - {"auto"} == set(MATCHERS) - of_whole_pairs


# -- going on ----------------------------------------------------------------------------------------------------------


def test_a_cancelled_run_goes_on_and_says_so(folder, tmp_path, monkeypatch):
    job = CompareScenesJob(folder=str(folder), pairs=str(tmp_path / "p.csv"))
    first = Heard(patience=4 + 3)  # four scenes, and some of the pairs
    with pytest.raises(Cancelled):
        compare.run(job, first)
    assert any("goes on from there" in text for text in first.said)
    assert not (tmp_path / "p.csv").exists()
    taken = count_calls(monkeypatch, StructureComparer, "keep")
    second = Heard()
    outcome = compare.run(job, second)
    assert outcome.reused > 0
    assert not taken  # no scene was looked at again
    assert any("goes on from" in text for text in second.said)
    assert any("4 of 4 scenes were already looked at" in text for text in second.said)
    assert (outcome.count, outcome.same_place) == (6, 2)
    assert not list(tmp_path.glob("*cache*"))


def count_calls(monkeypatch, owner, name):
    calls, original = [], getattr(owner, name)

    def counted(*arguments, **named):
        calls.append(arguments)
        return original(*arguments, **named)

    monkeypatch.setattr(owner, name, counted)
    return calls


def test_a_changed_scene_is_looked_at_again_and_a_torn_line_is_passed_over(folder, tmp_path, monkeypatch, places):
    cache = tmp_path / "cache"
    job = CompareScenesJob(folder=str(folder), cache=str(cache), keep_cache=True, pairs=str(tmp_path / "p.csv"))
    compare.run(job, Heard())
    with open(cache / "pairs.jsonl", "a") as file:
        file.write('{"key": "torn')
    (victim,) = list(cache.glob("*.npz"))[:1]
    victim.write_bytes(victim.read_bytes()[:100])
    write(folder / "b_20200701.png", season(places[2][:SIZE, :SIZE], 9))
    os.utime(folder / "b_20200701.png", ns=(1, 1))
    taken = count_calls(monkeypatch, structure, "described")
    compared = count_calls(monkeypatch, structure, "compare")
    outcome = compare.run(job, Heard())
    assert 1 <= len(taken) <= 2  # the changed one, and the one whose file was cut off
    assert len(compared) == 3
    assert (outcome.same_place, outcome.reused) == (1, 3)


def test_a_killed_run_goes_on(folder, tmp_path):
    """SIGKILL at a moment when some pairs are done: nothing may be cleaned up then."""
    program = (
        "import sys, time\n"
        "from sentinel_match_plugin.engine.scenes import compare, structure\n"
        "from sentinel_match_plugin.engine.jobs import CompareScenesJob\n"
        "from sentinel_match_plugin.engine.events import Events\n"
        "original = structure.compare\n"
        "def slow(*given):\n"
        "    time.sleep(0.5)\n"
        "    return original(*given)\n"
        "structure.compare = slow\n"
        "compare.run(CompareScenesJob(folder=sys.argv[1], pairs=sys.argv[2]), Events())\n"
    )
    cache = tmp_path / "p.scenes-cache" / "pairs.jsonl"
    command = [sys.executable, "-c", program, str(folder), str(tmp_path / "p.csv")]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "OMP_NUM_THREADS": "1"})
    try:
        deadline = time.monotonic() + 90
        while not (cache.is_file() and len(cache.read_text().split("\n")) > 3):
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    outcome = compare.run(CompareScenesJob(folder=str(folder), pairs=str(tmp_path / "p.csv")), Heard())
    assert 1 <= outcome.reused < 6
    assert (outcome.count, outcome.same_place) == (6, 2)
    assert not cache.exists()


# -- what is wrong -----------------------------------------------------------------------------------------------------


def test_a_scene_that_cannot_be_read_is_a_warning_and_a_named_row(folder, tmp_path):
    (folder / "broken.tif").write_bytes(b"II*\0 no raster at all")
    (folder / "notes.txt").write_text("not a raster")
    heard = Heard()
    job = CompareScenesJob(folder=str(folder), pairs=str(tmp_path / "p.csv"), report=str(tmp_path / "r.html"))
    outcome = compare.run(job, heard)
    assert (outcome.scenes, outcome.unusable, outcome.count, outcome.same_place) == (5, 1, 10, 2)
    assert any("broken" in text for text in heard.warned)
    rows = [row for pair, row in rows_of(tmp_path / "p.csv").items() if "broken" in pair]
    assert len(rows) == 4
    assert all((row["similarity"], row["same_place"]) == ("", "") and "broken" in row["note"] for row in rows)
    assert "broken" in (tmp_path / "r.html").read_text()
    assert any("1 .txt" in text for text in heard.said)


def test_scenes_without_anything_to_see_are_left_out(folder, tmp_path):
    write(folder / "flat.png", np.full((SIZE, SIZE), 90, np.uint8))
    write(folder / "tiny.png", season(np.zeros((3, 3), np.float32), 1))
    outcome = compare.run(CompareScenesJob(folder=str(folder), pairs=str(tmp_path / "p.csv")), Heard())
    assert outcome.same_place == 2
    rows = rows_of(tmp_path / "p.csv")
    assert all("the same value everywhere" in row["note"] for pair, row in rows.items() if "flat" in pair)
    assert not any(row["same_place"] == "1" for pair, row in rows.items() if "tiny" in pair)


BAD = {
    "an empty folder": ({"folder": "{empty}"}, "There is no raster in"),
    "no folder": ({"folder": "{empty}/none"}, "does not exist"),
    "one scene": ({"inputs": 1}, "There is only one raster"),
    "one scene twice": ({"inputs": 2}, "There is only one raster"),
    "a threshold": ({"threshold": 1.5}, "threshold must be a number from 0 to 1"),
    "no overlap": ({"min_overlap": 0.0}, "least overlap must be at least 0.05"),
    "a shift": ({"max_shift_m": float("nan")}, "largest shift"),
    "a matcher": ({"matcher": "loftr"}, "cannot compare scenes"),
    "an area far away": ({"area": "far.geojson"}, "Fewer than two scenes can be compared. No polygon of the area"),
    "an area that is none": ({"area": "none.geojson"}, "The area file"),
    "only broken files": ({"folder": "{broken}"}, "Fewer than two scenes can be compared"),
}


@pytest.mark.parametrize("case", BAD)
def test_is_refused_with_a_sentence_and_the_old_table_stays(folder, tmp_path, case):
    given, sentence = BAD[case]
    empty, broken = tmp_path / "empty", tmp_path / "broken"
    for made in (empty, broken):
        made.mkdir()
    for name in ("x.tif", "y.tif"):
        (broken / name).write_bytes(b"nothing")
    ring = [[1e6, 1e6], [1e6 + 9, 1e6], [1e6, 1e6 + 9], [1e6, 1e6]]
    (tmp_path / "far.geojson").write_text(f'{{"type": "Polygon", "coordinates": [{ring}]}}')
    given = {"folder": str(folder), "pairs": str(tmp_path / "p.csv"), **given}
    if isinstance(given.get("inputs"), int):
        given["folder"] = ""
        given["inputs"] = (RasterInput(str(folder / "a_20200115.png")),) * given["inputs"]
    if "area" in given:
        given["area"] = AreaInput(str(tmp_path / given["area"]))
    given["folder"] = given["folder"].format(empty=empty, broken=broken)
    (tmp_path / "p.csv").write_text("before")
    with pytest.raises(InputError) as error:
        compare.run(CompareScenesJob(**given), Heard())
    assert sentence in str(error.value)
    assert (tmp_path / "p.csv").read_text() == "before"


def test_an_output_over_a_scene_is_refused(folder):
    victim = folder / "a_20200115.png"
    with pytest.raises(OutputError, match="same file as an input"):
        compare.run(CompareScenesJob(folder=str(folder), matrix_figure=str(victim)), Heard())


# -- real scenes -------------------------------------------------------------------------------------------------------


def test_real_overviews_from_snow_to_summer_and_of_two_tiles(shared_data, tmp_path):
    """Sentinel-2 tiles, JPEG without a CRS, two tiles that share a tenth of their ground."""
    names = ("T36UYA_20160212T084052", "T36UYA_20161205T083332", "T36UYA_20190611T083609", "T36UYA_20190402T083559")
    names += ("T36UXA_20180805T083559", "T36UXA_20180815T084009", "T36UXA_20190606T083601")
    inputs = tuple(RasterInput(str(shared_data / "ukraine_overviews" / f"{name}_TCI.jpg")) for name in names)
    compare.run(CompareScenesJob(inputs, pairs=str(tmp_path / "p.csv")), Heard())
    for (a, b), row in rows_of(tmp_path / "p.csv").items():
        assert row["same_place"] == str(int(a[:6] == b[:6])), (a, b, row)


def test_the_deforestation_labels_limit_georeferenced_scenes_as_they_are(shared_data, tmp_path):
    """The overviews, placed where their tiles lie (UTM 36, 109.8 km from 500 or 600 km east)."""
    import cv2

    west = {"T36UXA": 600_000.0, "T36UYA": 699_960.0}
    inputs = []
    for name in ("T36UYA_20190611T083609", "T36UYA_20190427T083601", "T36UXA_20190606T083601"):
        image = cv2.imread(str(shared_data / "ukraine_overviews" / f"{name}_TCI.jpg"), cv2.IMREAD_GRAYSCALE)
        pixel = 109_800 / image.shape[1]
        transform = Affine(pixel, 0, west[name[:6]], 0, -pixel, 5_600_040.0)
        inputs.append(RasterInput(write(tmp_path / f"{name}.tif", image, transform)))
    area = AreaInput(str(shared_data / "vector" / "deforestation_labels.geojson"))
    job = CompareScenesJob(tuple(inputs), area=area, pairs=str(tmp_path / "p.csv"), report=str(tmp_path / "r.html"))
    outcome = compare.run(job, Heard())
    assert outcome.unusable == 0
    rows = rows_of(tmp_path / "p.csv")
    for (a, b), row in rows.items():
        assert row["same_place"] == str(int(a[:6] == b[:6])), (a, b, row)


def test_a_bad_area_is_said_once_and_leaves_no_cache(folder, tmp_path):
    (tmp_path / "area.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    heard = Heard()
    area = AreaInput(str(tmp_path / "area.geojson"), "inside")
    with pytest.raises(InputError, match=r"^The area file .* has no polygon in it"):
        compare.run(CompareScenesJob(folder=str(folder), area=area, pairs=str(tmp_path / "p.csv")), heard)
    assert not heard.warned
    assert not list(tmp_path.glob("p*"))


def test_scenes_that_cannot_be_compared_leave_no_cache(tmp_path):
    sources = tuple(RasterInput(str(tmp_path / name)) for name in ("none.tif", "neither.tif"))
    with pytest.raises(InputError, match="Fewer than two scenes"):
        compare.run(CompareScenesJob(inputs=sources, pairs=str(tmp_path / "p.csv")), Heard())
    assert not list(tmp_path.glob("p*"))


def test_a_device_that_is_not_there_is_refused_by_structure_too(folder, monkeypatch):
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    with pytest.raises(InputError, match="“cuda” cannot be used here"):
        compare.run(CompareScenesJob(folder=str(folder), device="cuda"), Heard())


def test_title_and_legend_of_a_small_heat_map_cover_nothing(folder, tmp_path, monkeypatch):
    (folder / "torn.tif").write_text("no raster")
    drawn = []
    monkeypatch.setattr(compare, "png", lambda figure: drawn.append(figure) or b"")
    compare.run(CompareScenesJob(folder=str(folder), matrix_figure=str(tmp_path / "m.png")), Heard())
    figure = drawn[0]
    figure.canvas.draw()
    boxes = [axes.get_tightbbox() for axes in figure.axes]
    for words in (figure._suptitle.get_window_extent(), figure.legends[0].get_window_extent()):
        assert not any(words.overlaps(box) for box in boxes)
