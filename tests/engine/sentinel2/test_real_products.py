"""Every real product beside the repository gives a raster, or a sentence that names what is missing."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.imagery.rasters import open_raster
from sentinel_match_plugin.engine.jobs import PrepareSentinel2Job
from sentinel_match_plugin.engine.sentinel2.prepare import prepare

T29UNU = "S2A_MSIL2A_20221005T115411_N0400_R023_T29UNU_20221005T164454.SAFE"
T31TDH = "S2A_MSIL1C_20180101T105441_N0206_R051_T31TDH_20180101T124911"
# name -> bands that auto takes, pixel size in metres, share of valid pixels
WITH_IMAGES = {
    T29UNU: (["B04", "B03", "B02", "B8A", "B11"], 60, 0.596),
    T31TDH: (["B01"], 60, 0.591),
    f"{T31TDH}.zip": (["B01"], 60, 0.591),
}
# name -> images that its metadata name
ONLY_METADATA = {
    "S2A_MSIL1C_20200717T221941_R029_T01LAC_20200717T234135.SAFE": 14,
    "S2A_MSIL1C_20210908T042701_N0301_R133_T46RER_20210908T070248.SAFE": 14,
    "S2A_MSIL2A_20180721T053721_N0212_R062_T43MDV_20201011T181419.SAFE": 35,
    "S2A_MSIL2A_20190212T192651_N0212_R013_T07HFE_20201007T160857.SAFE": 35,
    "S2A_MSIL2A_20230625T234621_N0509_R073_T01WCP_20230626T022157.SAFE": 36,
    "S2A_MSIL2A_20230625T234621_N0509_R073_T01WCP_20230626T022158.SAFE": 36,
    "S2A_MSIL2A_20230625T234621_N0509_R073_T01WCS_20230626T022157.SAFE": 36,
    "S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825.SAFE": 36,
    "S2B_MSIL2A_20191228T210519_N0212_R071_T01CCV_20201003T104658.SAFE": 35,
    "S2B_MSIL2A_20220413T150759_N0400_R025_T33XWJ_20220414T082126.SAFE": 36,
    "esa_S2B_MSIL2A_20210122T133229_N0214_R081_T22HBD_20210122T155500.SAFE": 35,
}


@pytest.fixture
def safe(shared_data):
    return shared_data / "safe"


def test_no_product_is_left_out_here(safe):
    assert {path.name for path in safe.iterdir()} == {*WITH_IMAGES, *ONLY_METADATA}


@pytest.mark.parametrize("name", WITH_IMAGES)
def test_images_become_a_raster(safe, tmp_path, name):
    bands, metres, share = WITH_IMAGES[name]
    output = tmp_path / "out.tif"
    outcome = prepare(PrepareSentinel2Job(str(safe / name), str(output), resolution_m=240), Events())
    assert outcome.bands == bands
    assert outcome.valid_share == pytest.approx(share, abs=0.002)
    assert any(f"averaged from {metres} m" in text for text in outcome.messages)
    with rasterio.open(output) as raster:
        assert raster.descriptions == tuple(bands)
        assert raster.shape == (458, 458)
    with open_raster(str(safe / name)) as raster:
        assert [band.name for band in raster.info.bands] == bands
        assert raster.info.gsd_m == metres


@pytest.mark.parametrize("name", ONLY_METADATA)
def test_metadata_alone_become_a_sentence(safe, tmp_path, name):
    said = f"holds only metadata: none of the {ONLY_METADATA[name]} images that they name is there.*B02, B03, B04, B08"
    with pytest.raises(InputError, match=said):
        prepare(PrepareSentinel2Job(str(safe / name), str(tmp_path / "out.tif")), Events())
    with pytest.raises(InputError, match=said):
        open_raster(str(next((safe / name).glob("MTD_MSI*.xml"))))
    assert not list(tmp_path.iterdir())


def test_the_offset_of_a_real_product_is_applied_to_every_pixel(safe, tmp_path):
    output = tmp_path / "out.tif"
    prepare(PrepareSentinel2Job(str(safe / T29UNU), str(output), bands="B8A"), Events())
    with rasterio.open(next((safe / T29UNU).rglob("*_B8A_60m.jp2"))) as file:
        numbers = file.read(1).astype(int)
    with rasterio.open(output) as raster:
        np.testing.assert_array_equal(raster.read(1), np.where(numbers == 0, raster.nodata, numbers - 1000))


def test_the_classes_of_a_real_product_mask_its_clouds(safe, tmp_path):
    output = tmp_path / "out.tif"
    job = PrepareSentinel2Job(str(safe / T29UNU), str(output), "B02,SCL", 20, mask_clouds=True)
    outcome = prepare(job, Events())
    assert outcome.valid_share == pytest.approx(0.198, abs=0.03)  # 59.77 % cloudy, 10.3 % shadow of what is not nodata
    with rasterio.open(output) as raster:
        assert not np.isin(raster.read(2), (3, 8, 9, 10)).any()


def test_missing_bands_of_a_real_product_are_named(safe, tmp_path):
    with pytest.raises(
        InputError, match=r"has no B08 among its files. It has 10 m: AOT; 20 m: AOT, SCL; 60 m: AOT, B02"
    ):
        prepare(PrepareSentinel2Job(str(safe / T29UNU), str(tmp_path / "out.tif"), "B04,B08"), Events())
