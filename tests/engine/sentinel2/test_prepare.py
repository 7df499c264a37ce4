"""The numbers that are written are the right reflectances, in the right place, and of what was asked for."""

from __future__ import annotations

import json

import numpy as np
import pytest
import rasterio

from sentinel_match_plugin.engine.cli import main
from sentinel_match_plugin.engine.errors import Cancelled, InputError, OutputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.jobs import AreaInput, Extent, PreparedProduct, PrepareSentinel2Job
from sentinel_match_plugin.engine.sentinel2 import plan
from sentinel_match_plugin.engine.sentinel2.prepare import prepare
from tests.engine.sentinel2.made_product import CRS, ORIGIN, make_product, plain, transform, write_image, zipped

NONE16 = -32768


@pytest.fixture
def prepared(tmp_path):
    """``prepared(product, **options)`` -> the outcome and the open raster."""
    opened = []

    def run(product, **options) -> tuple[PreparedProduct, rasterio.DatasetReader]:
        output = str(tmp_path / f"out{len(opened)}.tif")
        outcome = prepare(PrepareSentinel2Job(str(product), output, **options), Events())
        opened.append(rasterio.open(output))
        return outcome, opened[-1]

    yield run
    for file in opened:
        file.close()


def red(value: int = 2000) -> np.ndarray:
    """Known numbers with nodata in the first row and a pixel that is darker than the offset."""
    numbers = plain(10, value)
    numbers[0], numbers[5, 5] = 0, 900
    return numbers


@pytest.mark.parametrize(
    ("level", "baseline", "offset"),
    [
        ("L1C", "02.06", None),
        ("L1C", "04.00", -1000),
        ("L2A", "02.14", None),
        ("L2A", "04.00", -1000),
        ("L2A", "05.09", -1000),
    ],
)
def test_reflectance_is_right_before_and_after_baseline_0400(tmp_path, prepared, level, baseline, offset):
    product = make_product(tmp_path, {("B04", 10): red()}, level, baseline, offset)
    expected = (red().astype(float) + (offset or 0)) / 10000
    outcome, raster = prepared(product, normalise="reflectance")
    values = raster.read(1)
    assert (outcome.level, outcome.baseline, outcome.bands) == (level, baseline, ["B04"])
    assert np.isnan(values[0]).all()
    np.testing.assert_allclose(values[1:], expected[1:], rtol=0, atol=1e-7)
    outcome, raster = prepared(product)
    assert (raster.dtypes[0], raster.nodata) == (("uint16", 0) if offset is None else ("int16", NONE16))
    np.testing.assert_array_equal(raster.read(1)[1:], np.rint(expected[1:] * 10000))
    assert (raster.read(1)[0] == raster.nodata).all()
    assert raster.read(1)[5, 5] == 900 + (offset or 0)


def test_an_offset_of_a_single_band_is_that_bands_alone(tmp_path, prepared):
    root = make_product(tmp_path, {("B04", 10): red(), ("B08", 10): red()}, "L1C")
    xml = (root / "MTD_MSIL1C.xml").read_text().replace('band_id="7">-1000', 'band_id="7">-1500')
    (root / "MTD_MSIL1C.xml").write_text(xml)
    _, raster = prepared(root, bands="B04,B08")
    np.testing.assert_array_equal(raster.read(1)[1:], red()[1:].astype(int) - 1000)
    np.testing.assert_array_equal(raster.read(2)[1:], red()[1:].astype(int) - 1500)


def test_another_quantification_value_is_used(tmp_path, prepared):
    product = make_product(tmp_path, {("B04", 10): red()}, offset=None, quantification=1000)
    np.testing.assert_allclose(prepared(product, normalise="reflectance")[1].read(1)[1:], red()[1:] / 1000, rtol=1e-6)
    thresholded = prepared(product, normalise="threshold", threshold=20000)[1].read(1)
    np.testing.assert_array_equal(thresholded[1:], np.clip(np.rint(red()[1:] / 2000 * 255), 1, 255))


def test_a_threshold_of_reflectance_becomes_255_and_black_is_not_nodata(tmp_path, prepared):
    product = make_product(tmp_path, {("B04", 10): red()})
    _, raster = prepared(product, normalise="threshold", threshold=3001)  # no number lands just between two
    expected = np.clip(np.rint((red().astype(float) - 1000) / 3001 * 255), 1, 255)
    assert (raster.dtypes[0], raster.nodata) == ("uint8", 0)
    np.testing.assert_array_equal(raster.read(1)[1:], expected[1:])
    assert (raster.read(1)[0] == 0).all()


def test_percentiles_are_those_of_the_pixels_that_are_written(tmp_path, prepared):
    numbers = red()
    numbers[-1] = 60000  # outside of the extent: it must not count
    product = make_product(tmp_path, {("B04", 10): numbers})
    extent = Extent((ORIGIN[0], ORIGIN[1] - 1000, ORIGIN[0] + 1200, ORIGIN[1]), CRS)
    _, raster = prepared(product, normalise="percentile", extent=extent)
    seen = numbers[1:100].astype(float)
    low, high = np.percentile(seen, [2, 98], method="inverted_cdf")
    assert raster.shape == (100, 120)
    np.testing.assert_array_equal(raster.read(1)[1:], np.clip(np.rint((seen - low) / (high - low) * 255), 1, 255))


def test_a_band_of_20_m_lies_right_on_the_grid_of_10_m(tmp_path, prepared):
    """A plane is its own interpolation: any shift by part of a pixel would show in its numbers."""
    y, x = np.mgrid[:60, :60]
    plane = (1000 + 40 * x + 80 * y).astype(np.uint16)
    product = make_product(tmp_path, {("B04", 10): plain(10), ("B11", 20): plane}, offset=None)
    outcome, raster = prepared(product, bands="B04 B11")
    assert (outcome.resolution_m, raster.transform) == (10, transform(10))
    y, x = np.mgrid[:120, :120]
    expected = 1000 + 40 * (x / 2 - 0.25) + 80 * (y / 2 - 0.25)
    np.testing.assert_allclose(raster.read(2)[1:-1, 1:-1], expected[1:-1, 1:-1], atol=0.51)  # half: whole numbers
    np.testing.assert_array_equal(raster.read(1), plain(10))


def test_a_band_of_10_m_is_averaged_into_20_m_and_into_any_other_size(tmp_path, prepared):
    product = make_product(tmp_path, {("B04", 10): plain(10)}, offset=None)
    _, raster = prepared(product, resolution_m=20, normalise="reflectance")
    expected = plain(10).astype(float).reshape(60, 2, 60, 2).mean((1, 3)) / 10000
    np.testing.assert_allclose(raster.read(1), expected, rtol=1e-6)
    _, raster = prepared(product, resolution_m=37)
    assert raster.shape == (33, 33)
    assert raster.transform == transform(37)


def test_classes_are_never_averaged_and_keep_their_colours(tmp_path, prepared):
    classes = (np.indices((60, 60)).sum(0) % 2 * 7 + 4).astype(np.uint8)
    classes[:3] = 0
    product = make_product(tmp_path, {("SCL", 20): classes, ("B04", 10): plain(10)})
    _, raster = prepared(product, bands="B04,SCL")
    np.testing.assert_array_equal(raster.read(2)[6:], np.kron(classes, np.ones((2, 2)))[6:])
    _, raster = prepared(product, bands="SCL", resolution_m=60)
    assert set(np.unique(raster.read(1))) <= {0, 4, 11}
    assert raster.colormap(1)[11] == (255, 150, 255, 255)


def test_the_true_colour_image_is_nodata_only_where_it_is_black(tmp_path, prepared):
    colours = np.full((3, 120, 120), 80, np.uint8)
    colours[:, :10] = 0
    colours[2, 50] = 0  # dark ground
    outcome, raster = prepared(make_product(tmp_path, {("TCI", 10): colours}), bands="TCI")
    assert outcome.bands == ["TCI_R", "TCI_G", "TCI_B"]
    assert raster.nodata == 0
    assert (raster.read()[:, :10] == 0).all()
    assert (raster.read(3)[50] == 1).all()
    assert (raster.read(1)[10:] == 80).all()


def test_an_extent_in_another_crs_is_cut_by_whole_pixels(tmp_path, prepared):
    product = make_product(tmp_path, {("B04", 10): plain(10)}, offset=None)
    here = Extent((ORIGIN[0] + 104, ORIGIN[1] - 305, ORIGIN[0] + 250, ORIGIN[1] - 200), CRS)
    _, raster = prepared(product, extent=here)
    assert raster.transform == transform(10) @ rasterio.Affine.translation(10, 20)
    np.testing.assert_array_equal(raster.read(1), plain(10)[20:31, 10:25])
    from rasterio.warp import transform_bounds

    there = Extent(transform_bounds(CRS, "EPSG:4326", *here.bounds), "EPSG:4326")
    _, raster = prepared(product, extent=there)
    assert raster.transform.c % 10 == ORIGIN[0] % 10
    assert raster.bounds[0] <= here.bounds[0]
    assert raster.bounds[2] >= here.bounds[2]
    with pytest.raises(InputError, match="extent lies outside"):
        prepared(product, extent=Extent((0, 0, 10, 10), CRS))


def test_polygons_cut_and_mask(tmp_path, prepared):
    x, y = ORIGIN
    ring = [[x + 100, y - 100], [x + 295, y - 100], [x + 100, y - 295], [x + 100, y - 100]]
    path = tmp_path / "area.geojson"
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    product = make_product(tmp_path, {("B04", 10): plain(10)}, offset=None)
    outcome, raster = prepared(product, area=AreaInput(str(path), crs=CRS))
    assert raster.shape == (20, 20)
    below = np.add.outer(np.arange(20), np.arange(20)) < 18.5  # centres within the triangle
    np.testing.assert_array_equal(raster.read(1), np.where(below, plain(10)[10:30, 10:30], 0))
    assert outcome.valid_share == pytest.approx(below.mean())
    outcome, raster = prepared(product, area=AreaInput(str(path), "outside", CRS))
    assert raster.shape == (120, 120)
    assert (raster.read(1)[10:30, 10:30][below] == 0).all()


def test_blocks_meet_without_a_seam(tmp_path, prepared, monkeypatch):
    product = make_product(tmp_path, {("B04", 10): plain(10), ("B11", 20): plain(20), ("SCL", 20): plain(20) % 12})
    options = {"bands": "B04,B11,SCL", "mask_clouds": True, "resolution_m": 7.0}
    whole = prepared(product, **options)[1].read()
    monkeypatch.setattr(plan, "BLOCK_PX", 50)
    np.testing.assert_array_equal(prepared(product, **options)[1].read(), whole)


def test_the_metadata_say_what_it_is(tmp_path, prepared):
    product = make_product(tmp_path, {("B04", 10): plain(10), ("B8A", 20): plain(20)})
    outcome, raster = prepared(product, bands="B04,B8A", normalise="threshold", threshold=8000)
    tags = raster.tags()
    assert outcome.acquired == tags["ACQUISITION_TIME"] == "2022-06-05T08:52:13.5Z"
    assert tags["PRODUCT_URI"] == outcome.product == "S2A_MSIL2A_20220605T084601_N0400_R064_T36UUA_20220605T101010"
    assert (tags["PROCESSING_BASELINE"], tags["NORMALISATION_THRESHOLD"]) == ("04.00", "8000")
    assert raster.descriptions == ("B04", "B8A")
    band = raster.tags(2)
    assert (band["WAVELENGTH"], band["WAVELENGTH_UNIT"], band["OFFSET_APPLIED"]) == ("628", "nm", "-1000")
    assert raster.tags(2, ns="IMAGERY")["CENTRAL_WAVELENGTH_UM"] == "0.628"
    assert "B11 at" not in " ".join(outcome.messages)
    assert any("BOA_ADD_OFFSET -1000 was added" in text for text in outcome.messages)
    assert any("B04 at 10 m; B8A interpolated from 20 m" in text for text in outcome.messages)


def test_too_bright_for_the_type_is_clipped_and_said(tmp_path, prepared):
    numbers = plain(10)
    numbers[3, 3] = 40000
    outcome, raster = prepared(make_product(tmp_path, {("B04", 10): numbers}))
    assert raster.read(1)[3, 3] == 32767
    assert "clipped" in outcome.messages[-1]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"normalise": "bright"}, "“bright” is not known"),
        ({"resolution_m": -10.0}, "pixel size must be"),
        ({"resolution_m": float("nan")}, "pixel size must be"),
        ({"cloud_probability": 101.0}, "0 to 100 percent"),
        ({"normalise": "threshold", "threshold": 0.0}, "threshold is a reflectance"),
        ({"bands": "AOT", "normalise": "threshold"}, "AOT is no reflectance"),
        ({"bands": "B03"}, "has no B03"),
        ({"bands": "NDVI"}, "no band of Sentinel-2"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_lost(tmp_path, options, sentence):
    product = make_product(tmp_path, {("B04", 10): plain(10), ("AOT", 10): plain(10)})
    output = tmp_path / "out.tif"
    output.write_text("what was there")
    with pytest.raises(InputError, match=sentence):
        prepare(PrepareSentinel2Job(str(product), str(output), **options), Events())
    assert output.read_text() == "what was there"


def test_nothing_valid_writes_nothing(tmp_path):
    product = make_product(tmp_path, {("B04", 10): np.zeros((120, 120), np.uint16)})
    with pytest.raises(InputError, match=r"Nothing of S2A_MSIL2A.* is left"):
        prepare(PrepareSentinel2Job(str(product), str(tmp_path / "out.tif")), Events())
    assert not list(tmp_path.glob("*out*"))


def test_the_same_number_everywhere_has_no_percentiles(tmp_path):
    product = make_product(tmp_path, {("B04", 10): np.full((120, 120), 7, np.uint16)})
    with pytest.raises(InputError, match="same value everywhere"):
        prepare(PrepareSentinel2Job(str(product), str(tmp_path / "out.tif"), normalise="percentile"), Events())


def test_an_image_of_the_product_is_never_overwritten(tmp_path):
    product = make_product(tmp_path, {("B04", 10): plain(10)})
    image = next(product.rglob("*B04*"))
    before = image.read_bytes()
    with pytest.raises(OutputError, match="same file as an input"):
        prepare(PrepareSentinel2Job(str(product), str(image)), Events())
    assert image.read_bytes() == before


def test_an_image_that_is_cut_off_says_so_and_leaves_what_was_there(tmp_path):
    product = make_product(tmp_path, {("B04", 10): plain(10)})
    image = next(product.rglob("*B04*"))
    output = tmp_path / "out.tif"
    output.write_text("what was there")
    for size in (0, 100, image.stat().st_size // 2):
        image.write_bytes(image.read_bytes()[:size] if size else b"")
        with pytest.raises(InputError, match=r"B04_10m\.jp2"):
            prepare(PrepareSentinel2Job(str(product), str(output)), Events())
        image.unlink()
        write_image(image, plain(10), 10)
    assert output.read_text() == "what was there"


def test_a_cancel_leaves_nothing(tmp_path):
    class Stopping(Events):
        said = 0

        def progress(self, fraction: float, stage: str = "") -> None:
            self.said += 1

        @property
        def cancelled(self) -> bool:
            return self.said > 0

    product = make_product(tmp_path, {("B04", 10): plain(10)})
    with pytest.raises(Cancelled):
        prepare(PrepareSentinel2Job(str(product), str(tmp_path / "out.tif"), normalise="percentile"), Stopping())
    assert not list(tmp_path.glob("*out*"))


def test_the_command_prepares_a_zip(tmp_path, capsys):
    product = zipped(make_product(tmp_path, {("B04", 10): plain(10)}, offset=None), tmp_path / "p.zip")
    output = tmp_path / "out.tif"
    assert main(["prepare", str(product), str(output), "--bands", "b4", "--normalise", "percentile"]) == 0
    assert json.loads(capsys.readouterr().out)["bands"] == ["B04"]
    with rasterio.open(output) as raster:
        assert raster.descriptions == ("B04",)


@pytest.mark.parametrize("given", ["", "MTD_MSIL2A.xml"])
def test_a_file_of_the_product_is_no_output(tmp_path, given):
    product = make_product(tmp_path, {("B04", 10): plain(10), ("B08", 10): plain(10)})
    files = {path: path.read_bytes() for path in product.rglob("*") if path.is_file()}
    unused = next(path for path in files if "B08" in path.name)
    for output in (unused, unused.with_suffix(".tif")):
        if output != unused:
            output.write_bytes(b"somebody's")
            files[output] = b"somebody's"
        with pytest.raises(OutputError, match=r"which would be damaged|same file as an input"):
            prepare(PrepareSentinel2Job(str(product / given), str(output), bands="B04"), Events())
    assert {path: path.read_bytes() for path in product.rglob("*") if path.is_file()} == files
