"""Clouds become nodata by whatever mask a product has, old or new; snow stays."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.jobs import PrepareSentinel2Job
from sentinel_match_plugin.engine.sentinel2.prepare import prepare
from tests.engine.sentinel2.made_product import ORIGIN, make_product, plain

RED = {("B04", 10): plain(10)}


def kept(tmp_path, product, **options) -> tuple[np.ndarray, str]:
    """Which pixels are left, and what was said."""
    output = str(tmp_path / "out.tif")
    outcome = prepare(PrepareSentinel2Job(str(product), output, bands="B04", mask_clouds=True, **options), Events())
    with rasterio.open(output) as raster:
        return raster.read(1) != raster.nodata, " ".join(outcome.messages)


def squares(side: int, *values: int) -> np.ndarray:
    """uint8 ``(side, side)`` of 5, with a square of each value, 10 x 10 pixels, along the diagonal."""
    image = np.full((side, side), 5, np.uint8)
    for number, value in enumerate(values):
        image[10 * number : 10 * number + 10, 10 * number : 10 * number + 10] = value
    return image


def test_scene_classes_mask_clouds_cirrus_and_shadow_and_keep_snow(tmp_path):
    classes = squares(60, 3, 8, 9, 10, 11, 6)
    left, said = kept(tmp_path, make_product(tmp_path, {**RED, ("SCL", 20): classes}))
    np.testing.assert_array_equal(left, ~np.kron(np.isin(classes, (3, 8, 9, 10)), np.ones((2, 2), bool)))
    assert "cloud, cirrus and cloud shadow by the scene classes" in said


def test_a_pixel_larger_than_the_mask_is_cloud_if_any_of_it_is(tmp_path):
    classes = np.full((60, 60), 4, np.uint8)
    classes[10, 10] = 9
    left, _ = kept(tmp_path, make_product(tmp_path, {**RED, ("SCL", 20): classes}), resolution_m=60)
    assert not left[3, 3]
    assert left.sum() == left.size - 1


def test_probabilities_mask_from_the_percentage_on(tmp_path):
    probability = squares(60, 39, 40, 100)
    product = make_product(
        tmp_path, {**RED, ("SCL", 20): np.full((60, 60), 4, np.uint8)}, masks={"MSK_CLDPRB_20m.jp2": probability}
    )
    left, said = kept(tmp_path, product, cloud_probability=40)
    np.testing.assert_array_equal(left, ~np.kron(probability >= 40, np.ones((2, 2), bool)))
    assert "40 % or more" in said
    with pytest.raises(InputError, match="no cloud probabilities"):
        kept(tmp_path, make_product(tmp_path / "b", RED), cloud_probability=40)


def test_the_raster_mask_of_level_1c_masks_opaque_clouds_and_cirrus(tmp_path):
    mask = np.zeros((3, 20, 20), np.uint8)
    mask[0, 2], mask[1, 5], mask[2, 9] = 1, 1, 1  # the third is snow
    left, said = kept(tmp_path, make_product(tmp_path, RED, "L1C", masks={"MSK_CLASSI_B00.jp2": mask}))
    np.testing.assert_array_equal(left, ~np.kron(mask[:2].any(0), np.ones((6, 6), bool)))
    assert "opaque clouds and cirrus of MSK_CLASSI_B00.jp2" in said


def test_qa60_masks_by_its_bits(tmp_path):
    bits = np.zeros((20, 20), np.uint16)
    bits[2], bits[5], bits[9] = 1 << 10, 1 << 11, 1 << 9
    left, _ = kept(tmp_path, make_product(tmp_path, RED, "L1C", masks={"T36UUA_QA60.tif": bits}))
    np.testing.assert_array_equal(left, ~np.kron((bits >= 1 << 10), np.ones((6, 6), bool)))


def gml(features: str, code: str = "32636") -> str:
    return (
        '<eop:Mask xmlns:eop="http://www.opengis.net/eop/2.0" xmlns:gml="http://www.opengis.net/gml/3.2">'
        f'<gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG:8.7.1:{code}"/></gml:boundedBy>'
        f"<eop:maskMembers>{features}</eop:maskMembers></eop:Mask>"
    )


def feature(
    kind: str, box: tuple[int, int, int, int], hole: tuple[int, int, int, int] | None = None, dimension: int = 2
) -> str:
    """A rectangle of pixels of 10 m, x0, y0, x1, y1."""

    def ring(side: str, corners: tuple[int, int, int, int]) -> str:
        x0, x1 = (ORIGIN[0] + 10 * x for x in corners[::2])
        y0, y1 = (ORIGIN[1] - 10 * y for y in corners[1::2])
        height = " 0" if dimension == 3 else ""
        positions = " ".join(f"{x} {y}{height}" for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)))
        return (
            f"<gml:{side}><gml:LinearRing><gml:posList srsDimension='{dimension}'>{positions}</gml:posList>"
            f"</gml:LinearRing></gml:{side}>"
        )

    return (
        f"<eop:MaskFeature><eop:maskType>{kind}</eop:maskType><eop:extentOf><gml:Polygon>"
        f"{ring('exterior', box)}{ring('interior', hole) if hole else ''}"
        "</gml:Polygon></eop:extentOf></eop:MaskFeature>"
    )


@pytest.mark.parametrize(
    "name", ["MSK_CLOUDS_B00.gml", "S2A_OPER_MSK_CLOUDS_L1C_TL_EPA__20160605_A0_T36UUA_B00_MSIL1C.gml"]
)
def test_the_polygons_of_old_products_mask_with_their_holes(tmp_path, name):
    text = gml(
        feature("OPAQUE", (10, 20, 40, 60), hole=(20, 30, 25, 35))
        + feature("CIRRUS", (70, 0, 90, 10), dimension=3)
        + feature("SNOW", (100, 100, 110, 110))
    )
    left, said = kept(tmp_path, make_product(tmp_path, RED, "L1C", "02.06", None, masks={name: text}))
    cloud = np.zeros((120, 120), bool)
    cloud[20:60, 10:40], cloud[30:35, 20:25], cloud[0:10, 70:90] = True, False, True
    np.testing.assert_array_equal(left, ~cloud)
    assert "the 2 cloud polygons" in said


def test_a_mask_without_polygons_is_a_clear_sky(tmp_path):
    text = gml("").replace("<eop:maskMembers></eop:maskMembers>", "")
    left, _ = kept(tmp_path, make_product(tmp_path, RED, "L1C", "02.06", None, masks={"MSK_CLOUDS_B00.gml": text}))
    assert left.all()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (gml(feature("OPAQUE", (0, 0, 9, 9)), "32637"), "in another CRS"),
        (
            gml(feature("OPAQUE", (0, 0, 9, 9))).replace("posList srs", "posLost srs"),
            "fewer than three corners|not proper",
        ),
        (gml(feature("OPAQUE", (0, 0, 9, 9))).replace(" 5499930.0", " here"), "not proper"),
        ("<!DOCTYPE a><a/>", "declares a document type"),
        ("cut off", "not proper XML"),
    ],
)
def test_polygons_that_cannot_be_right_are_refused(tmp_path, text, sentence):
    product = make_product(tmp_path, RED, "L1C", "02.06", None, masks={"MSK_CLOUDS_B00.gml": text})
    with pytest.raises(InputError, match=sentence):
        kept(tmp_path, product)


def test_a_product_without_a_mask_says_which_is_missing(tmp_path):
    with pytest.raises(InputError, match=r"no cloud mask among its files \(SCL or MSK_CLASSI_B00\)"):
        kept(tmp_path, make_product(tmp_path, RED))
    with pytest.raises(InputError, match=r"no cloud mask among its files \(MSK_CLASSI_B00 or MSK_CLOUDS_B00\)"):
        kept(tmp_path, make_product(tmp_path, RED, "L1C"))
