"""rasters.py, averaging.py and overviews.py: pixels come in with exact frames and honest masks."""

from __future__ import annotations

import shutil
import warnings
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from affine import Affine
from rasterio.control import GroundControlPoint

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.imagery.rasters import open_raster

UTM = {"crs": "EPSG:32636", "transform": Affine(10, 0, 600000, 0, -10, 5500000)}


def ramp(height: int, width: int, dtype: str = "float32") -> np.ndarray:
    """Each pixel's value tells its centre: 2 x + 3 y + 100."""
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    return (2 * x + 3 * y + 100).astype(dtype)


def apply(transform: Affine, columns: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x, y = np.meshgrid(columns, rows)
    return transform.a * x + transform.b * y + transform.c, transform.d * x + transform.e * y + transform.f


def ramp_at(transform: Affine, shape: tuple[int, int]) -> np.ndarray:
    """What the ramp is at the centres of the pixels of a result whose transform leads to the raster's pixels."""
    x, y = apply(transform, np.arange(shape[1]) + 0.5, np.arange(shape[0]) + 0.5)
    return 2 * x + 3 * y + 100


def test_a_window_comes_as_it_is_in_the_file(write_raster):
    with open_raster(write_raster("a.tif", ramp(50, 70), **UTM), "Summer") as raster:
        values, valid, transform = raster.read([1], (10, 20, 40, 45))
        assert raster.info.label == "Summer"
        assert raster.info.gsd_m == 10
    assert values.dtype == np.float32
    assert values.shape == valid.shape == (25, 30)
    assert valid.all()
    np.testing.assert_array_equal(values, ramp_at(transform, values.shape))


def test_what_lies_outside_of_the_raster_is_not_valid(write_raster):
    with open_raster(write_raster("a.tif", ramp(20, 30))) as raster:
        values, valid, transform = raster.read([1], (-5, -3, 40, 12))
        outside, none, _ = raster.read([1], (100, 100, 110, 110), 2.0)
    assert valid.sum() == 30 * 12
    np.testing.assert_array_equal(values[valid], ramp_at(transform, values.shape)[valid])
    assert not none.any()
    assert outside.shape == (5, 5)


@pytest.mark.parametrize("decimation", [1.3, 2.0, 3.0, 3.7, 8.0])
@pytest.mark.parametrize("window", [(0, 0, 60, 50), (7, 3, 58, 44), (-9, -4, 75, 61)])
def test_averaging_keeps_the_frame_exact_at_any_decimation_and_window(write_raster, window, decimation):
    with open_raster(write_raster("a.tif", ramp(50, 60, "float64"))) as raster:
        values, valid, transform = raster.read([1], window, decimation)
    assert transform.a == transform.e == decimation
    assert (transform.c, transform.f) == window[:2]
    truth = ramp_at(transform, values.shape)
    x, y = apply(transform, np.arange(values.shape[1] + 1), np.arange(values.shape[0] + 1))
    whole = (x[:-1, :-1] >= 0) & (y[:-1, :-1] >= 0) & (x[1:, 1:] <= 60 + 1e-9) & (y[1:, 1:] <= 50 + 1e-9)
    assert whole.any()
    assert valid[whole].all()
    # The mean of a ramp over a cell is its value at the cell's centre; inside a pixel the ramp is a step, which moves
    # the mean of a cell that cuts pixels by at most a quarter of a pixel's rise (2 + 3) at the cut, divided by the
    # decimation.
    tolerance = 1e-3 if float(decimation).is_integer() else 5 / 4 / decimation
    assert np.abs(values - truth)[whole].max() < tolerance


def test_averaging_leaves_out_what_is_not_valid_and_needs_half_of_the_cell(write_raster):
    image = np.full((8, 8), 10, "float32")
    image[0:2, 0:2] = [[-1, 20], [30, 40]]  # one of four missing: the mean of three
    image[0:2, 2:4] = [[-1, -1], [-1, 40]]  # three of four missing
    with open_raster(write_raster("a.tif", image, nodata=-1)) as raster:
        values, valid, _ = raster.read([1], (0, 0, 8, 8), 2.0)
    assert values[0, 0] == 30
    assert valid[0, 0]
    assert not valid[0, 1]
    assert values[0, 1] == 0


def test_large_windows_are_read_in_strips_without_a_seam(write_raster, monkeypatch):
    path = write_raster("a.tif", ramp(300, 200))
    with open_raster(path) as raster:
        at_once = raster.read([1], (3, 5, 190, 290), 2.5)[0]
        monkeypatch.setattr("sentinel_match_plugin.engine.imagery.averaging.STRIP_PIXELS", 2000)
        in_strips = raster.read([1], (3, 5, 190, 290), 2.5)[0]
    np.testing.assert_allclose(in_strips, at_once, rtol=1e-6)


def texture(height: int, width: int) -> np.ndarray:
    """A ramp with hills of 25 pixels, so that overviews have something to be compared by."""
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    return (2000 + x + 1.5 * y + 300 * np.sin(x / 4) * np.cos(y / 4)).astype("uint16")


def position_error(values: np.ndarray, truth: np.ndarray, decimation: float) -> np.ndarray:
    """Least-squares shift of ``values`` against ``truth`` in full-resolution pixels."""
    gradient_y, gradient_x = np.gradient(truth)
    inner = np.s_[2:-2, 2:-2]
    slopes = np.stack([gradient_x[inner].ravel(), gradient_y[inner].ravel()], 1)
    return np.linalg.lstsq(slopes, (truth - values)[inner].ravel(), rcond=None)[0] * decimation


@pytest.mark.parametrize(
    ("name", "options", "used"),
    [
        ("average.tif", {"overviews": (2, 4)}, True),
        ("gauss.tif", {"overviews": (2, 4), "overview_resampling": "gauss"}, False),
        ("wavelet.jp2", {"driver": "JP2OpenJPEG", "QUALITY": "100", "REVERSIBLE": "YES", "RESOLUTIONS": 4}, True),
    ],
)
def test_overviews_are_used_only_where_they_keep_the_position(write_raster, name, options, used):
    # GDAL's gauss overviews are off by half an overview pixel, the reduced resolutions of JPEG 2000 by 0.44 in GDAL's
    # frame.
    image = texture(1203, 1403)  # odd: the overview's pixels are not exactly 2 and 4 wide
    with open_raster(write_raster(name, image, **options)) as raster:
        values, valid, _ = raster.read([1], (0, 0, 1400, 1200), 8.0)
        assert any(level is not None for level in raster._overviews.values()) == used
    assert valid[:-1, :-1].all()
    truth = image[:1200, :1400].astype(float).reshape(150, 8, 175, 8).mean((1, 3))
    error = position_error(values[:150, :175], truth, 8.0)
    # 0.1 overview pixels of factor 4 is what is_faithful lets pass; measured 0.01 here.
    assert np.abs(error).max() < 0.1


def test_a_raster_that_other_threads_have_read_overviews_of_can_be_closed(write_raster):
    with open_raster(write_raster("average.tif", texture(600, 700), overviews=(2, 4))) as raster:
        with ThreadPoolExecutor(2) as pool:
            read = list(pool.map(lambda x: raster.read([1], (x, 0, x + 400, 400), 8.0)[0], (0, 8, 16, 24)))
        alone = raster.read([1], (8, 0, 408, 400), 8.0)[0]
    assert np.array_equal(read[1], alone)


def test_nodata_masks_alpha_and_numbers_that_are_none_are_not_valid(write_raster):
    image = np.arange(1, 13, dtype="float32").reshape(3, 4)
    broken = image.copy()
    broken[0, :3] = [np.nan, np.inf, -np.inf]
    mask = np.ones((3, 4), bool)
    mask[1, 1] = False
    rgba = np.stack([image, image, image, np.where(mask, 255, 0)]).astype("uint8")
    cases = {
        "nodata.tif": ({"array": image, "nodata": 6}, image != 6),
        "nan.tif": ({"array": broken, "nodata": np.nan}, np.isfinite(broken)),
        "infinite.tif": ({"array": broken}, np.isfinite(broken)),
        "mask.tif": ({"array": image, "mask": mask}, mask),
        "alpha.tif": ({"array": rgba, "colours": ["red", "green", "blue", "alpha"], "photometric": "RGB"}, mask),
        "zeros.tif": ({"array": np.where(mask, image, 0)}, np.ones((3, 4), bool)),  # nodata is never guessed
        "beyond.tif": ({"array": np.where(mask, image, 0).astype("uint8")}, np.ones((3, 4), bool)),
    }
    for name, (options, truth) in cases.items():
        with open_raster(write_raster(name, options.pop("array"), **options)) as raster:
            values, valid, _ = raster.read([1], (0, 0, 4, 3))
        np.testing.assert_array_equal(valid, truth, err_msg=name)
        assert np.isfinite(values).all(), name
        assert (values[~valid] == 0).all(), name


def test_several_bands_are_averaged_where_all_of_them_are_valid(write_raster):
    image = np.stack([np.full((4, 4), v, "uint16") for v in (10, 20, 60)])
    image[1, 0, 0] = 0
    with open_raster(write_raster("a.tif", image, nodata=0)) as raster:
        values, valid, _ = raster.read([1, 2, 3], (0, 0, 4, 4))
    assert values[1, 1] == 30
    assert not valid[0, 0]
    assert valid.sum() == 15


@pytest.mark.parametrize("dtype", ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"])
def test_every_real_data_type_is_read(write_raster, dtype):
    image = ramp(9, 7, dtype) if dtype not in ("int8", "uint8") else np.arange(63).reshape(9, 7).astype(dtype)
    with open_raster(write_raster("a.tif", image)) as raster:
        np.testing.assert_allclose(raster.read([1], (0, 0, 7, 9))[0], image)


def test_one_bit_pixels_are_zeros_and_ones(write_raster):
    image = (np.indices((20, 20)).sum(0) % 2).astype("uint8")
    with open_raster(write_raster("a.tif", image, nbits=1)) as raster:
        np.testing.assert_array_equal(raster.read([1], (0, 0, 20, 20))[0], image)


def test_rotated_and_south_up_transforms_are_kept(write_raster):
    rotated = Affine.translation(600000, 5500000) @ Affine.rotation(30) @ Affine.scale(10, -10)
    south_up = Affine(10, 0, 600000, 0, 10, 5500000)
    for transform in (rotated, south_up):
        with open_raster(write_raster("a.tif", ramp(5, 5), crs="EPSG:32636", transform=transform)) as raster:
            assert raster.info.georeference.transform.almost_equals(transform)
            assert raster.info.gsd_m == pytest.approx(10)


def test_without_a_crs_map_coordinates_are_pixel_and_minus_line(write_raster):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with open_raster(write_raster("a.tif", ramp(5, 6))) as raster:
            info = raster.info
    assert info.georeference.crs is None
    np.testing.assert_array_equal(info.corners(), [[0, 0], [6, 0], [6, -5], [0, -5]])
    assert info.describe_extent() == "6 x 5 pixels without a CRS"


def test_a_crs_without_a_place_or_with_control_points_only_counts_as_none_and_is_noted(write_raster):
    with open_raster(write_raster("crs.tif", ramp(5, 6), crs="EPSG:32636")) as raster:
        assert raster.info.georeference.crs is None
        assert "names a CRS but not where its pixels lie" in raster.info.notes[0]
    points = [GroundControlPoint(r, c, 600000 + 10 * c, 5500000 - 10 * r) for r, c in ((0, 0), (0, 6), (5, 0), (5, 6))]
    path = write_raster("gcp.tif", ramp(5, 6))
    with rasterio.open(path, "r+") as dataset:
        dataset.gcps = (points, rasterio.crs.CRS.from_epsg(32636))
    with open_raster(path) as raster:
        assert raster.info.georeference.crs is None
        assert "ground control points only" in raster.info.notes[0]


def test_extents_are_named_with_their_crs(write_raster):
    with open_raster(write_raster("a.tif", ramp(50, 60), **UTM)) as raster:
        assert raster.info.describe_extent() == "x 600000 to 600600, y 5499500 to 5500000 (EPSG:32636)"


def test_a_raster_inside_a_zip_is_read(write_raster, tmp_path):
    path = write_raster("a.tif", ramp(5, 6), **UTM)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(path, "folder/a.tif")
    with open_raster(f"/vsizip/{tmp_path}/a.zip/folder/a.tif") as raster:
        np.testing.assert_array_equal(raster.read([1], (0, 0, 6, 5))[0], ramp(5, 6))


def test_a_file_of_several_rasters_names_them(write_raster):
    path = write_raster("a.tif", ramp(5, 6, "uint8"), **UTM)
    gpkg = Path(path).with_suffix(".gpkg")
    for table in ("SUMMER", "WINTER"):
        rasterio.shutil.copy(path, gpkg, driver="GPKG", raster_table=table, append_subdataset=gpkg.exists())
    with pytest.raises(InputError, match=r"holds several rasters.*choose one of them.*SUMMER"):
        open_raster(gpkg)
    with open_raster(f"GPKG:{gpkg}:WINTER") as raster:
        assert raster.info.width == 6


def test_a_missing_file_an_empty_one_and_one_that_is_no_raster_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"Summer: the file .*none\.tif does not exist"):
        open_raster(tmp_path / "none.tif", "Summer")
    (tmp_path / "empty.tif").touch()
    with pytest.raises(InputError, match="is empty"):
        open_raster(tmp_path / "empty.tif")
    (tmp_path / "text.tif").write_text("not a raster")
    with pytest.raises(InputError, match="is not a raster that can be opened"):
        open_raster(tmp_path / "text.tif")
    with pytest.raises(InputError, match="is not a raster"):
        open_raster(tmp_path)


def test_complex_numbers_are_refused(write_raster):
    with pytest.raises(InputError, match="holds complex numbers"):
        open_raster(write_raster("a.tif", np.ones((4, 4), "complex64")))


@pytest.mark.parametrize(("name", "driver"), [("a.tif", "GTiff"), ("a.png", "PNG"), ("a.jpg", "JPEG")])
def test_a_truncated_file_is_refused_with_a_sentence(write_raster, name, driver):
    noise = np.random.default_rng(0).integers(0, 255, (400, 400)).astype("uint8")
    path = Path(write_raster(name, noise, driver=driver))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with (
        pytest.raises(InputError, match=r"could not be read at rows \d+ to \d+: the file looks damaged or incomplete"),
        open_raster(path) as raster,
    ):
        raster.read([1], (0, 0, 400, 400), 2.0)


def test_a_truncated_sentinel_2_band_is_refused(shared_data, tmp_path):
    source = shared_data / "t36uya_jp2" / "T36UYA_20160212T084052_TCI.jp2"
    path = tmp_path / source.name
    shutil.copy(source, path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="damaged"), open_raster(path) as raster:
        raster.read([1], (0, 0, raster.info.width, raster.info.height))


def test_real_sentinel_2_overviews_lie_where_their_pixels_do(shared_data):
    path = next(shared_data.glob("safe/S2A_MSIL2A_20221005*/GRANULE/*/IMG_DATA/R60m/*_B04_60m.jp2"))
    with open_raster(path) as raster:
        values, _, _ = raster.read([1], (0, 0, 1824, 1824), 8.0)
        assert any(level is not None for level in raster._overviews.values())
        full, _, _ = raster.read([1], (0, 0, 1824, 1824))
    truth = full.reshape(228, 8, 228, 8).mean((1, 3), dtype=float)
    # Uncorrected the shift is 1.5 full-resolution pixels (factor 4); noise of the clouds' edges leaves a tenth of that.
    assert np.abs(position_error(values, truth, 8.0)).max() < 0.3
