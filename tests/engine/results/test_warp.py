"""warp.py and what it is made of: the right pixels at the right place, nothing lost, no broken file left."""

from __future__ import annotations

import os

import numpy as np
import pytest
import rasterio
from affine import Affine

from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.frames import lattice
from sentinel_match_plugin.engine.frames.georeference import Georeference
from sentinel_match_plugin.engine.frames.resampling import resample
from sentinel_match_plugin.engine.imagery.raster_info import RasterInfo
from sentinel_match_plugin.engine.imagery.rasters import open_raster
from sentinel_match_plugin.engine.results import warp
from sentinel_match_plugin.engine.results.warp import warp_raster
from tests.engine.known_warps import UTM, Log, info_of, shift


def smooth(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """An image known everywhere: waves of 24 and 31 pixels on a ramp."""
    return 2000 + 2 * x + 3 * y + 400 * np.sin(2 * np.pi * x / 24) * np.cos(2 * np.pi * y / 31)


def centres(width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    return x, y


def wavy(xy: np.ndarray) -> np.ndarray:
    """A mapping with rotation, scale and a wave of 2 pixels."""
    a = np.deg2rad(3)
    turned = (xy - 150) @ (1.02 * np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])).T + 150
    return turned + 2 * np.sin(2 * np.pi * xy[:, ::-1] / 200)


@pytest.mark.parametrize(
    # Greatest errors in grey values; the image rises by up to 400 * 2 pi / 24 + 2 = 107 a pixel, so that OpenCV's
    # rounding of 1/64 pixel in x and y is worth up to 2.2 and the kernels' own errors come on top: measured 12.6,
    # 3.4, 3.1.
    ("resampling", "tolerance"),
    [("nearest", 90), ("bilinear", 14), ("cubic", 4.5), ("lanczos", 4.5)],
)
def test_a_smooth_image_comes_out_where_the_mapping_puts_it(write_raster, tmp_path, resampling, tolerance):
    source = write_raster("a.tif", smooth(*centres(300, 300)).astype("float32"), **UTM)
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), wavy, resampling, Events())
    with rasterio.open(out) as result:
        values, valid = result.read(1), result.dataset_mask() > 0
    x, y = centres(300, 300)
    at = wavy(np.stack([x, y], -1).reshape(-1, 2)).reshape(300, 300, 2)
    inside = ((at >= 0) & (at < 300)).all(-1)
    np.testing.assert_array_equal(valid, inside)
    deep = ((at > 5) & (at < 295)).all(-1)
    assert np.abs(values - smooth(at[..., 0], at[..., 1]))[deep].max() < tolerance


@pytest.mark.parametrize("resampling", ["bilinear", "cubic", "lanczos"])
def test_warping_moves_nothing_by_a_fraction_of_a_pixel(write_raster, tmp_path, resampling):
    source = write_raster("a.tif", smooth(*centres(200, 200)).astype("float32"), **UTM)
    x, y = centres(200, 200)
    for fraction in (0.1, 0.25, 0.4, 0.75):
        out = str(tmp_path / "out.tif")
        warp_raster(source, out, info_of(source), shift(fraction, -fraction), resampling, Events())
        with rasterio.open(out) as result:
            values = result.read(1)[8:-8, 8:-8].astype(float)
        truth = smooth(x + fraction, y - fraction)[8:-8, 8:-8]
        gradient_y, gradient_x = np.gradient(truth)
        slopes = np.stack([gradient_x.ravel(), gradient_y.ravel(), (truth - truth.mean()).ravel()], 1)
        error = np.linalg.lstsq(slopes, (values - truth).ravel(), rcond=None)[0][:2]
        # Half of 1/32 pixel of OpenCV's rounding, and what is left of its kernels: its own cubic is off by 0.046.
        assert np.abs(error).max() < 0.02, fraction


def test_an_identical_grid_gives_identical_pixels(write_raster, tmp_path):
    image = np.random.default_rng(0).integers(0, 65535, (150, 140), dtype="uint16")
    source = write_raster("a.tif", image, **UTM)
    for resampling in ("nearest", "bilinear", "cubic", "lanczos"):
        out = str(tmp_path / "out.tif")
        warp_raster(source, out, info_of(source), shift(0, 0), resampling, Events())
        with rasterio.open(out) as result:
            np.testing.assert_array_equal(result.read(1), image)
            assert (result.dataset_mask() > 0).all()
            assert result.transform == UTM["transform"]
            assert result.crs == rasterio.crs.CRS.from_epsg(32636)


def test_blocks_meet_without_a_seam(write_raster, tmp_path, monkeypatch):
    image = np.random.default_rng(0).normal(1000, 100, (260, 270)).astype("float32")
    source = write_raster("a.tif", image, **UTM)
    results = []
    for side in (1024, 64):
        monkeypatch.setattr(warp, "BLOCK_PX", side)
        out = str(tmp_path / f"{side}.tif")
        warp_raster(source, out, info_of(source), wavy, "cubic", Events())
        with rasterio.open(out) as result:
            results.append(result.read(1))
    # Each block has its own lattice: positions differ by less than 0.02 px and may round to the next 1/32; the noise
    # rises by some 300 a pixel.
    np.testing.assert_array_equal(np.isnan(results[0]), np.isnan(results[1]))
    assert np.nanpercentile(np.abs(results[0] - results[1]), 99) < 10


def test_a_much_finer_source_is_averaged_not_skipped(write_raster, tmp_path):
    checks = (np.indices((400, 400)).sum(0) % 2 * 200).astype(
        "uint8"
    )  # aliases to black or white if pixels are skipped
    source = write_raster("a.tif", checks, crs="EPSG:32636", transform=Affine(10, 0, 600000, 0, -10, 5500000))
    grid = RasterInfo(
        "",
        "",
        100,
        100,
        Georeference(rasterio.crs.CRS.from_epsg(32636), Affine(40, 0, 600000, 0, -40, 5500000)),
        (),
        (),
        (),
        "",
    )
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, grid, lambda xy: xy * 4, "cubic", Events())
    with rasterio.open(out) as result:
        assert (result.read(1) == 100).all()
    warp_raster(source, out, grid, lambda xy: xy * 4, "nearest", Events())
    with rasterio.open(out) as result:
        assert set(np.unique(result.read(1))) <= {0, 200}


def test_averaging_keeps_the_place(write_raster, tmp_path):
    source = write_raster("a.tif", smooth(*centres(402, 399)).astype("float32"), **UTM)
    grid = RasterInfo("", "", 150, 150, Georeference(None, Affine.identity()), (), (), (), "")
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, grid, lambda xy: xy * 2.5 + [7.3, 4.6], "cubic", Events())
    with rasterio.open(out) as result:
        values = result.read(1)[5:-5, 5:-5]
    x, y = centres(150, 150)
    truth = smooth(x * 2.5 + 7.3, y * 2.5 + 4.6)[5:-5, 5:-5]
    gradient_y, gradient_x = np.gradient(truth)
    slopes = np.stack([gradient_x.ravel(), gradient_y.ravel(), (truth - truth.mean()).ravel()], 1)
    error = np.linalg.lstsq(slopes, (values - truth).ravel(), rcond=None)[0][:2]
    assert np.abs(error).max() < 0.02


@pytest.mark.parametrize("resampling", ["nearest", "bilinear", "cubic", "lanczos"])
def test_nodata_stays_where_it_is_and_does_not_bleed(write_raster, tmp_path, resampling):
    image = np.full((60, 60), 1000, "uint16")
    image[20:30, 20:30] = 0
    source = write_raster("a.tif", image, nodata=0, **UTM)
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), shift(0.3, 0.3), resampling, Events())
    with rasterio.open(out) as result:
        values, valid = result.read(1), result.read_masks(1) > 0
        assert result.nodata == 0
    truth = np.ones((60, 60), bool)
    truth[20:30, 20:30] = False  # the pixel that holds (x + 0.5 + 0.3, ...) is the same pixel
    np.testing.assert_array_equal(valid, truth)
    assert set(np.unique(values[valid])) == {1000}


def test_a_computed_value_equal_to_nodata_is_not_lost(write_raster, tmp_path):
    image = np.tile(np.where(np.arange(40) % 2, 4, 6), (40, 1)).astype("uint8")  # the means are all 5
    source = write_raster("a.tif", image, nodata=5, **UTM)
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), shift(0.5, 0), "bilinear", Events())
    with rasterio.open(out) as result:
        assert (result.read_masks(1)[:, :-1] > 0).all()
        assert set(np.unique(result.read(1)[:, :-1])) == {6}


def test_without_nodata_missing_pixels_are_masked_and_no_value_is_invented(write_raster, tmp_path):
    image = np.zeros((3, 50, 50), "uint8")  # zeros are data here
    source = write_raster("a.tif", image, colours=["red", "green", "blue"], photometric="RGB", **UTM)
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), shift(10, 0), "cubic", Events())
    with rasterio.open(out) as result:
        assert result.count == 3
        assert result.nodata is None
        mask = result.dataset_mask() > 0
    assert mask[:, :40].all()
    assert not mask[:, 40:].any()


def test_not_a_number_is_missing_and_stays_so(write_raster, tmp_path):
    image = np.full((50, 50), 7, "float32")
    image[10, 10], image[30, 30] = np.nan, np.inf
    source = write_raster("a.tif", image, **UTM)
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), shift(0.25, 0.25), "cubic", Events())
    with rasterio.open(out) as result:
        values, mask = result.read(1), result.dataset_mask() > 0
    assert np.isnan(values[~mask]).all()
    assert (~mask).sum() == 2
    np.testing.assert_allclose(values[mask], 7, rtol=1e-6)


def test_alpha_is_carried_over(write_raster, tmp_path):
    image = np.full((4, 50, 50), 200, "uint8")
    image[3] = 255
    image[3, :, :20] = 0
    source = write_raster("a.tif", image, colours=["red", "green", "blue", "alpha"], photometric="RGB", **UTM)
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), shift(5, 0), "cubic", Events())
    with rasterio.open(out) as result:
        assert [c.name for c in result.colorinterp] == ["red", "green", "blue", "alpha"]
        alpha, red = result.read(4), result.read(1)
    assert (alpha[:, :15] == 0).all()
    assert (alpha[:, 15:45] == 255).all()
    assert (alpha[:, 45:] == 0).all()
    assert (red[:, 15:45] == 200).all()


def test_names_colours_scales_units_and_tags_are_kept_and_statistics_are_not(write_raster, tmp_path):
    image = np.random.default_rng(0).integers(1, 9000, (2, 600, 600), dtype="uint16")
    source = write_raster("a.tif", image, nodata=0, descriptions=["B04", "B08"], **UTM)
    with rasterio.open(source, "r+") as raster:
        raster.scales, raster.offsets, raster.units = (1e-4, 1e-4), (-0.1, -0.1), ("1", "1")
        raster.update_tags(SENSING="2023-08-01", AREA_OR_POINT="Point")
        raster.update_tags(1, STATISTICS_MEAN="12", wavelength="665")
        raster.update_tags(2, ns="IMAGERY", CENTRAL_WAVELENGTH_UM="0.833")
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), shift(0, 0), "nearest", Events())
    with rasterio.open(out) as result:
        assert result.descriptions == ("B04", "B08")
        assert (result.scales, result.offsets, result.units) == ((1e-4, 1e-4), (-0.1, -0.1), ("1", "1"))
        assert result.tags()["SENSING"] == "2023-08-01"
        assert result.tags(1) == {"wavelength": "665"}
        assert result.tags(2, ns="IMAGERY")["CENTRAL_WAVELENGTH_UM"] == "0.833"
        assert result.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert result.overviews(1) == [2]
        assert result.compression.name == "deflate"
        assert result.block_shapes[0] == (512, 512)
        np.testing.assert_array_equal(result.read(), image)


def test_a_colour_table_is_kept_and_forces_nearest_neighbour(write_raster, tmp_path):
    classes = np.random.default_rng(0).choice([1, 5, 9], (60, 60)).astype("uint8")
    source = write_raster("a.tif", classes, **UTM)
    with rasterio.open(source, "r+") as raster:
        raster.write_colormap(1, {1: (255, 0, 0, 255), 5: (0, 255, 0, 255), 9: (0, 0, 255, 255)})
    out, log = str(tmp_path / "out.tif"), Log()
    warp_raster(source, out, info_of(source), shift(0.4, 0.4), "cubic", log)
    assert "a.tif has a colour table" in log.warnings[0]
    with rasterio.open(out) as result:
        assert result.colorinterp[0].name == "palette"
        assert result.colormap(1)[5] == (0, 255, 0, 255)
        np.testing.assert_array_equal(result.read(1), classes)


@pytest.mark.parametrize(
    "dtype", ["uint8", "int8", "uint16", "int16", "uint32", "int32", "int64", "float32", "float64"]
)
@pytest.mark.parametrize("resampling", ["nearest", "cubic"])
def test_every_data_type_is_kept(write_raster, tmp_path, dtype, resampling):
    kind = np.dtype(dtype)
    top = 1e6 if kind.kind == "f" else min(np.iinfo(kind).max, 2**40)
    image = np.tile(np.linspace(0, float(top), 64).astype(dtype), (40, 1))
    source = write_raster("a.tif", image, **UTM)
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), shift(0, 0), resampling, Events())
    with rasterio.open(out) as result:
        assert result.dtypes == (dtype,)
        np.testing.assert_array_equal(result.read(1), image)


def test_overshooting_is_clipped_not_wrapped(write_raster, tmp_path):
    image = np.tile(np.where(np.arange(40) < 20, 0, 255), (40, 1)).astype("uint8")
    source = write_raster("a.tif", image, **UTM)
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), shift(0.5, 0), "lanczos", Events())
    with rasterio.open(out) as result:
        row = result.read(1)[20, :-1].astype(int)
    assert (row[:17] < 40).all()  # the ringing of lanczos is 9 % of the step
    assert (row[23:] > 215).all()


def test_one_bit_pixels_stay_one_bit(write_raster, tmp_path):
    image = (np.indices((64, 64)).sum(0) // 8 % 2).astype("uint8")
    source = write_raster("a.tif", image, nbits=1, **UTM)
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), shift(0, 0), "cubic", Events())
    with rasterio.open(out) as result:
        assert result.tags(1, ns="IMAGE_STRUCTURE").get("NBITS") == "1"
        np.testing.assert_array_equal(result.read(1), image)


def test_a_mapping_that_is_undefined_somewhere_leaves_that_out(write_raster, tmp_path):
    source = write_raster("a.tif", np.full((300, 300), 9, "uint8"), **UTM)

    def half(xy: np.ndarray) -> np.ndarray:
        return np.where((xy[:, :1] + 0.37 * xy[:, 1:]) < 151, xy, np.nan)

    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), half, "cubic", Events())
    x, y = centres(300, 300)
    with rasterio.open(out) as result:
        np.testing.assert_array_equal(result.dataset_mask() > 0, x + 0.37 * y < 151)


def test_the_lattice_is_refined_until_it_follows_the_mapping():
    calls = []

    def bent(xy: np.ndarray) -> np.ndarray:
        calls.append(len(xy))
        return xy + 5 * np.sin(xy[:, ::-1] / 9)

    x, y = lattice.positions(bent, 64, 128, 200, 180)
    at = np.stack([a.ravel() for a in centres(200, 180)], -1) + [64, 128]
    truth = bent(at).reshape(180, 200, 2)
    assert np.abs(np.stack([x, y], -1) - truth).max() < 0.02
    calls.clear()
    lattice.positions(lambda xy: (calls.append(len(xy)), xy * 1.01 + 3)[1], 0, 0, 1024, 1024)
    assert sum(calls) < 0.01 * 1024 * 1024


def test_a_mapping_that_tears_pixels_apart_is_done_in_pieces(write_raster, tmp_path, monkeypatch):
    image = np.random.default_rng(0).integers(1, 255, (400, 400)).astype("uint8")
    source = write_raster("a.tif", image, **UTM)
    monkeypatch.setattr(warp, "MAX_SOURCE_PIXELS", 20_000)
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), lambda xy: 400 - xy, "nearest", Events())
    with rasterio.open(out) as result:
        inner = result.read(1)[1:-1, 1:-1]
    np.testing.assert_array_equal(inner, image[::-1, ::-1][1:-1, 1:-1])


def test_no_crs_in_no_crs_out(write_raster, tmp_path):
    source = write_raster("a.tif", np.full((30, 30), 9, "uint8"))
    out = str(tmp_path / "out.tif")
    warp_raster(source, out, info_of(source), shift(0, 0), "cubic", Events())
    info = info_of(out)
    assert info.georeference == info_of(source).georeference


def test_png_is_written_too_with_its_georeferencing_beside_it(write_raster, tmp_path):
    image = np.random.default_rng(0).integers(1, 255, (40, 50)).astype("uint8")
    source = write_raster("a.tif", image, **UTM)
    out = tmp_path / "sub" / "out.png"
    out.parent.mkdir()
    warp_raster(source, str(out), info_of(source), shift(0, 0), "cubic", Events())
    with rasterio.open(out) as result:
        np.testing.assert_array_equal(result.read(1), image)
        assert result.transform == UTM["transform"]
    assert sorted(os.listdir(out.parent)) == ["out.png", "out.png.aux.xml"]


def test_progress_rises_to_one(write_raster, tmp_path, monkeypatch):
    monkeypatch.setattr(warp, "BLOCK_PX", 64)
    source, log = write_raster("a.tif", np.full((200, 200), 9, "uint8"), **UTM), Log()
    warp_raster(source, str(tmp_path / "out.tif"), info_of(source), shift(0, 0), "cubic", log)
    assert log.fractions == sorted(log.fractions)
    assert log.fractions[-1] == 1
    assert len(log.fractions) > 16


def test_resampling_at_the_border_stays_within_the_pixels():
    image = np.arange(12, dtype="float32").reshape(3, 4)
    x, y = np.array([[-0.01, 0.0, 3.99, 4.0, 0.2]]), np.array([[0.5, 0.0, 2.99, 1.0, 3.01]])
    for resampling in ("nearest", "bilinear", "cubic", "lanczos"):
        values, valid = resample(image, None, x, y, resampling)
        np.testing.assert_array_equal(valid, [[False, True, True, False, False]])
        # Cubic kernels swing beyond a ramp that ends: by 0.47 of its rise, 5, at the outer corner.
        np.testing.assert_allclose(values[valid], [0, 11], atol=0.5 if resampling in ("cubic", "lanczos") else 1e-4)


def test_a_real_sentinel_2_pair_of_bands_comes_back_from_there_and_back(shared_data, tmp_path):
    source = shared_data / "alps_cloud_snow" / "red2.tif"
    there, back = str(tmp_path / "there.tif"), str(tmp_path / "back.tif")
    warp_raster(str(source), there, info_of(str(source)), shift(0.37, -0.21), "cubic", Events())
    warp_raster(there, back, info_of(str(source)), shift(-0.37, 0.21), "cubic", Events())
    with rasterio.open(source) as a, rasterio.open(back) as b:
        first, second = a.read(1)[5:-5, 5:-5].astype(float), b.read(1)[5:-5, 5:-5].astype(float)
        assert b.dtypes == a.dtypes
    # Two interpolations blur the finest detail and no more: correlation 0.99 and more, no change of brightness.
    assert np.corrcoef(first.ravel(), second.ravel())[0, 1] > 0.99
    assert abs(first.mean() - second.mean()) < 1


def test_bands_too_many_for_one_job_are_all_written_and_their_mask_is_that_of_all(write_raster, tmp_path, monkeypatch):
    bands = np.stack([np.full((60, 70), number + 1, "uint16") for number in range(5)])
    source = write_raster("bands.tif", bands)
    monkeypatch.setattr(warp, "JOB_BYTES", 2 * warp.BLOCK_PX**2 * 2)  # two bands at a time
    out = tmp_path / "out.tif"
    with open_raster(source) as raster:
        warp.warp_raster(str(source), str(out), raster.info, lambda xy: xy + [20.0, 0.0], "nearest", Events())
    with rasterio.open(out) as dataset:
        assert dataset.read()[:, :, :50].tolist() == bands[:, :, 20:].tolist()
        for band in dataset.indexes:
            assert (dataset.read_masks(band)[:, :50] == 255).all()
            assert (dataset.read_masks(band)[:, 50:] == 0).all()
