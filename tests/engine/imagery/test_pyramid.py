"""The working copy: what is read from it is what the file holds, decoded once."""

from __future__ import annotations

import errno

import numpy as np
import pytest
import rasterio

from sentinel_match_plugin.engine.errors import Cancelled, InputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.imagery import pyramid, raster_reader
from sentinel_match_plugin.engine.imagery.averaging import Cells
from sentinel_match_plugin.engine.imagery.rasters import open_raster
from sentinel_match_plugin.engine.results.warp import warp_raster
from tests.engine.known_warps import UTM, Log, shift

HEIGHT, WIDTH = 603, 725  # odd: the last cells of every level reach outside


@pytest.fixture(autouse=True)
def small_strips(monkeypatch):
    monkeypatch.setattr(raster_reader, "WORTH_KEEPING_PIXELS", 0)
    monkeypatch.setattr(raster_reader, "LEAST_ROWS", 64)
    monkeypatch.setattr(raster_reader, "STRIP_PIXELS", 64 * 100)


def noise(dtype="uint16", bands=1):
    return np.random.default_rng(0).integers(1, 200, (bands, HEIGHT, WIDTH)).astype(dtype)


def never_read(*_):
    raise AssertionError("the file was read again")


OPTIONS = {
    "plain": {},
    "tiles": {"tiled": True, "blockxsize": 128, "blockysize": 256, "compress": "deflate"},
    "nodata": {"nodata": 7},
    "mask": {"mask": np.random.default_rng(1).random((HEIGHT, WIDTH)) < 0.6},
}


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32", "int32"])
def test_pixels_and_averages_are_those_of_the_file(write_raster, monkeypatch, name, dtype):
    path = write_raster("a.tif", noise(dtype), **OPTIONS[name])
    with open_raster(path) as kept, open_raster(path) as plain:
        kept.keep([(1,)], (0, 0, WIDTH, HEIGHT), Events())
        monkeypatch.setattr(kept, "_pixels_of", never_read)
        for window, decimation in (
            ((0, 0, WIDTH, HEIGHT), 1.0),
            ((-30, 100, 200, 640), 1.0),
            ((0, 0, WIDTH, HEIGHT), 2.0),
            ((64, -128, 800, 1024), 4.0),
            ((0, 0, WIDTH, HEIGHT), 64.0),
            ((13, 17, 400, 300), 1.5),
        ):
            values, valid, transform = kept.read([1], window, decimation)
            truth, known, frame = plain.read([1], window, decimation)
            assert (valid == known).all()
            assert transform == frame
            np.testing.assert_allclose(values, truth, rtol=1e-5)


def test_cells_that_no_level_has_are_averaged_from_the_next_finer_one(write_raster):
    x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    with open_raster(write_raster("a.tif", (3 * x + 5 * y).astype("float32"))) as raster:
        cells = Cells(10.3, 6.4, 90), Cells(4.7, 6.4, 80)
        truth = raster.read_cells([1], *cells)[0]
        raster.keep([(1,)], (0, 0, WIDTH, HEIGHT), Events())
        seen, valid = raster.read_cells([1], *cells)
    assert valid.all()
    # From squares of two pixels, taken for level: a fraction of the slope across them.
    assert np.abs(seen - truth).max() < 4
    assert np.abs((seen - truth).mean()) < 0.1


def test_the_mean_of_bands_and_each_of_them_are_kept_side_by_side(write_raster, monkeypatch):
    image = noise(bands=3)
    with open_raster(write_raster("a.tif", image)) as raster:
        raster.keep([(1, 3), (2,)], (0, 0, WIDTH, HEIGHT), Events())
        monkeypatch.setattr(raster, "_pixels_of", never_read)
        np.testing.assert_allclose(raster.read([1, 3], (0, 0, WIDTH, HEIGHT))[0], image[[0, 2]].mean(0))
        np.testing.assert_array_equal(raster.read([2], (0, 0, WIDTH, HEIGHT))[0], image[1])


def test_what_was_not_kept_is_read_from_the_file(write_raster):
    image = noise(bands=2)
    with open_raster(write_raster("a.tif", image)) as raster:
        raster.keep([(1,)], (200, 130, 300, 250), Events())
        np.testing.assert_array_equal(raster.read([1], (150, 100, 600, 500))[0], image[0, 100:500, 150:600])
        np.testing.assert_array_equal(raster.read([1], (210, 140, 290, 250))[0], image[0, 140:250, 210:290])
        np.testing.assert_array_equal(raster.read([2], (210, 140, 290, 250))[0], image[1, 140:250, 210:290])


def test_a_small_window_is_left_to_the_file(write_raster, monkeypatch):
    monkeypatch.setattr(raster_reader, "WORTH_KEEPING_PIXELS", HEIGHT * WIDTH + 1)
    with open_raster(write_raster("a.tif", noise())) as raster:
        monkeypatch.setattr(raster, "_pixels_of", never_read)
        raster.keep([(1,)], (0, 0, WIDTH, HEIGHT), Events())


def test_without_room_for_it_the_file_is_read_and_that_is_said(write_raster, monkeypatch):
    def full(self, rows):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pyramid.Level, "append", full)
    image, log = noise(), Log()
    with open_raster(write_raster("a.tif", image)) as raster:
        raster.keep([(1,)], (0, 0, WIDTH, HEIGHT), log)
        np.testing.assert_array_equal(raster.read([1], (0, 0, WIDTH, HEIGHT))[0], image[0])
    assert any("no room for a working copy of a.tif" in text for text in log.warnings)


@pytest.mark.parametrize("why", ["cancelled", "damaged", "finished"])
def test_no_temporary_file_stays_however_it_ends(write_raster, monkeypatch, why):
    files = []
    opened = pyramid.tempfile.TemporaryFile
    monkeypatch.setattr(pyramid, "temporary_file", lambda: files.append(opened()) or files[-1])
    path = write_raster("a.tif", noise())
    if why == "damaged":
        with open(path, "r+b") as file:
            file.truncate(HEIGHT * WIDTH)
    with open_raster(path) as raster:
        if why == "finished":
            raster.keep([(1,)], (0, 0, WIDTH, HEIGHT), Events())
            assert not any(file.closed for file in files)
        else:
            with pytest.raises(Cancelled if why == "cancelled" else InputError):
                raster.keep([(1,)], (0, 0, WIDTH, HEIGHT), Log(0.3) if why == "cancelled" else Events())
            assert all(file.closed for file in files)
    assert len(files) == 7
    assert all(file.closed for file in files)


@pytest.mark.parametrize(("dtype", "options"), [("uint16", {}), ("int32", {}), ("uint8", {"nodata": 7})])
def test_a_raster_is_warped_from_the_working_copy_as_from_the_file(write_raster, tmp_path, dtype, options):
    path = write_raster("a.tif", noise(dtype), **UTM, **options)
    with open_raster(path) as kept:
        kept.keep([(1,)], (0, 0, WIDTH, HEIGHT), Events())
        assert (kept._pyramids[1,].pixels((0, 0, 9, 9), np.dtype(dtype)) is not None) == (dtype == "uint16")
        for name, source in (("kept.tif", kept), ("plain.tif", path)):
            warp_raster(source, str(tmp_path / name), kept.info, shift(5.3, -2.6), "cubic", Events())
    with rasterio.open(tmp_path / "kept.tif") as first, rasterio.open(tmp_path / "plain.tif") as second:
        np.testing.assert_array_equal(first.read(), second.read())
        np.testing.assert_array_equal(first.dataset_mask(), second.dataset_mask())
