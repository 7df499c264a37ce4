"""Where a raster is asked for, a product will do: its finest bands, with nodata, numbered as GDAL numbers them."""

from __future__ import annotations

import numpy as np
import pytest

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.imagery.rasters import open_raster
from sentinel_match_plugin.engine.jobs import CoregisterJob, MatchJob, RasterInput
from sentinel_match_plugin.engine.pipeline import run
from tests.engine.known_texture import Texture
from tests.engine.sentinel2.made_product import CRS, make_product, plain, transform, zipped


def bands_10m() -> dict[tuple[str, int], np.ndarray]:
    made = {(band, 10): plain(10, 1000 + 100 * number) for number, band in enumerate(("B02", "B03", "B04", "B08"))}
    for image in made.values():
        image[:, :30] = 0
    return made


def test_the_finest_bands_are_there_with_their_names_and_nodata(tmp_path):
    root = make_product(tmp_path, {**bands_10m(), ("B11", 20): plain(20), ("SCL", 20): plain(20)})
    for path in (root, root / "MTD_MSIL2A.xml", zipped(root, tmp_path / "p.zip")):
        with open_raster(str(path)) as raster:
            assert [band.name for band in raster.info.bands] == ["B04", "B03", "B02", "B08"]
            assert [band.colour for band in raster.info.bands] == ["red", "green", "blue", "nir"]
            assert raster.info.nodata == (0, 0, 0, 0)
            assert raster.info.label == "S2A_MSIL2A_20220605T084601_N0400_R064_T36UUA_20220605T101010"
            assert "B04, B03, B02, B08 at 10 m are used" in raster.info.notes[0]
            values, valid, _ = raster.read([1], (0, 0, 120, 120))
            np.testing.assert_array_equal(values[:, 30:], plain(10, 1200)[:, 30:])
            assert not valid[:, :30].any()
            assert valid[:, 30:].all()


def test_the_subdatasets_of_gdal_keep_its_numbers_and_get_nodata(tmp_path):
    root = make_product(tmp_path, {**bands_10m(), ("B11", 20): plain(20)})
    with open_raster(f"SENTINEL2_L2A:{root}/MTD_MSIL2A.xml:10m:EPSG_32636") as raster:
        names = [band.name for band in raster.info.bands]
        assert names == ["B04", "B03", "B02", "B08", "AOT", "WVP"]
        assert not raster.read([1], (0, 0, 30, 30))[1].any()
        assert not raster.read([5], (0, 0, 120, 120))[1].any()
    with open_raster(f"SENTINEL2_L2A:{root}/MTD_MSIL2A.xml:20m:EPSG_32636") as raster:
        assert raster.info.bands[4].name == "B11"
        assert "B05, B06, B07, B8A, B12 are not among its files" in raster.info.notes[0]
    with pytest.raises(InputError, match=r"none of B01, B09 at 60 m is among the files of .* 20 m: B11"):
        open_raster(f"SENTINEL2_L2A:{root}/MTD_MSIL2A.xml:60m:EPSG_32636")


def test_only_metadata_and_images_of_two_grids_are_refused(tmp_path):
    with pytest.raises(InputError, match="holds only metadata"):
        open_raster(str(make_product(tmp_path / "a", {}, listed=(("B04", 10),))))
    root = make_product(tmp_path / "b", {("B04", 10): plain(10), ("B03", 10): plain(20)})
    with pytest.raises(InputError, match="do not lie on one grid"):
        open_raster(str(root))


def test_a_product_is_matched_and_warped_like_any_raster(tmp_path, write_raster):
    """The product shows everything 3 pixels east and 2 north of where the reference has it."""
    texture = Texture(3)
    images = [(1500 + 4000 * texture.render(10, at, (120, 120))).astype(np.uint16) for at in ((900, 900), (870, 920))]
    reference = write_raster("a.tif", images[0], crs=CRS, transform=transform(10), descriptions=["B04"])
    shown = images[1]
    product = str(make_product(tmp_path, {("B04", 10): shown}))
    match = MatchJob(RasterInput(reference), RasterInput(product), transform="shift", max_shift_m=100, spacing_px=8)
    output = tmp_path / "out.tif"
    outcome = run(CoregisterJob(match, str(output)), Events())
    assert outcome.shift_x == pytest.approx(30, abs=1)
    assert outcome.shift_y == pytest.approx(20, abs=1)
    assert any("B04 at 10 m is used" in text for text in outcome.messages)
    with open_raster(str(output)) as warped:
        assert warped.info.bands[0].name == "B04"
        assert warped.info.nodata == (0,)
