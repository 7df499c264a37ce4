"""bands.py and spectra.py: the pair of bands that shows the ground most alike."""

from __future__ import annotations

import numpy as np
import pytest

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.imagery.bands import choose_bands
from sentinel_match_plugin.engine.imagery.raster_info import RasterInfo
from sentinel_match_plugin.engine.imagery.rasters import open_raster


@pytest.fixture
def info(write_raster):
    def make(name: str, count: int = 1, **options) -> RasterInfo:
        with open_raster(write_raster(name, np.zeros((count, 4, 4), "uint8"), **options)) as raster:
            return raster.info

    return make


RGB = {"count": 3, "colours": ["red", "green", "blue"], "photometric": "RGB"}
RGBA = {"count": 4, "colours": ["red", "green", "blue", "alpha"], "photometric": "RGB"}


def test_red_is_matched_with_red_by_name(info):
    choice = choose_bands(
        info("a.tif", 4, descriptions=["B02", "B03", "B04", "B08"]),
        info("b.tif", 3, descriptions=["near infrared", "Vegetation red edge", "B4 Red"]),
    )
    assert (choice.reference, choice.target) == ((3,), (3,))
    assert "both are red" in choice.why


def test_near_infrared_is_next_and_the_closest_pair_of_it(info):
    choice = choose_bands(
        info("a.tif", 3, descriptions=["B08", "B8A", "B11"]), info("b.tif", 3, descriptions=["B02", "B08", "B8A"])
    )
    assert (choice.reference, choice.target) == ((2,), (3,))  # B8A before B08
    choice = choose_bands(info("c.tif", 2, descriptions=["B08", "B8A"]), info("d.tif", 2, descriptions=["B02", "B08"]))
    assert (choice.reference, choice.target) == ((1,), (2,))
    assert "near infrared" in choice.why


def test_then_the_closest_wavelengths_within_a_limit(info):
    reference = info(
        "a.tif", 2, band_tags=[{"wavelength": "0.56", "wavelength_units": "Micrometers"}, {"wavelength": "1610"}]
    )
    target = info("b.tif", 2, band_tags=[{"CENTRAL_WAVELENGTH_NM": "1575"}, {"CENTRAL_WAVELENGTH_NM": "2200"}])
    choice = choose_bands(reference, target)
    assert (choice.reference, choice.target) == ((2,), (1,))
    assert "1610 and 1575 nm" in choice.why
    far = info("c.tif", 2, band_tags=[{"CENTRAL_WAVELENGTH_NM": "1375"}, {"CENTRAL_WAVELENGTH_NM": "2200"}])
    assert "gray" in choose_bands(reference, far).why


@pytest.mark.parametrize(
    ("tags", "nanometres"),
    [
        ({"wavelength": "665"}, 665),
        ({"WAVELENGTH": "0.665"}, 665),
        ({"CENTRAL_WAVELENGTH_NM": "664.6"}, 664.6),
        ({"WAVELENGTH": "665", "WAVELENGTH_UNIT": "nm"}, 665),
        ({"wavelength": "0.8", "wavelength_units": "Micrometers"}, 800),
        ({"comment": "none"}, None),
    ],
)
def test_wavelengths_are_read_in_nanometres(info, tags, nanometres):
    assert info("a.tif", 2, band_tags=[tags, {}]).bands[0].wavelength_nm == (nanometres and pytest.approx(nanometres))


def test_colour_interpretation_gives_red_and_alpha_is_never_chosen(info):
    choice = choose_bands(info("a.tif", **RGBA), info("b.tif", 2, descriptions=["B03", "B04"]))
    assert (choice.reference, choice.target) == ((1,), (2,))
    gray_alpha = info("c.tif", 2, colours=["gray", "alpha"])
    choice = choose_bands(info("d.tif", **RGBA), gray_alpha)
    assert (choice.reference, choice.target) == ((1, 2, 3), (1,))
    assert "mean of bands 1, 2, 3" in choice.why


def test_a_name_wins_over_the_colour_a_band_is_shown_in(info):
    false_colour = info("a.tif", descriptions=["B08", "B04", "B03"], **RGB)
    assert choose_bands(false_colour, info("b.tif", **RGB)).reference == (2,)


@pytest.mark.parametrize(
    ("name", "colour", "nanometres"),
    [
        ("T33TWL_20230801_B04.tif", "red", 665),
        ("T29UNU_20221005T115411_B8A_60m.tif", "nir", 865),
        ("B08.tif", "nir", 833),
        ("LC08_L1TP_190024_20200101_B4.tif", "red", 655),
        ("LC08_L1TP_190024_20200101_B5.tif", "nir", 865),
        ("LE07_L1TP_190024_20200101_B4.tif", "nir", 835),
        ("AB04_2.tif", "gray", None),
        ("plan_b4.tif", "gray", None),
        ("red1.tif", "red", 665),
    ],
)
def test_the_name_of_a_file_of_one_band_tells_which_it_is(info, name, colour, nanometres):
    band = info(name).bands[0]
    assert (band.colour, band.wavelength_nm) == (colour, nanometres)


def test_the_only_band_is_taken_and_said(info):
    choice = choose_bands(info("a.tif"), info("b.tif"))
    assert (choice.reference, choice.target) == ((1,), (1,))
    assert "band 1 of a.tif (its only one)" in choice.why


def test_without_any_knowledge_the_first_three_bands_are_gray(info):
    assert choose_bands(info("a.tif", 5), info("b.tif", 2)).reference == (1, 2, 3)
    assert choose_bands(info("a.tif", 5), info("b.tif", 2)).target == (1,)


def test_a_band_that_is_asked_for_is_taken_and_the_other_fits_it(info):
    names = {"count": 4, "descriptions": ["B02", "B03", "B04", "B08"]}
    assert choose_bands(info("a.tif", **names), info("b.tif", **names), 2, 1).target == (1,)
    choice = choose_bands(info("a.tif", **names), info("b.tif", **names), 2)
    assert (choice.reference, choice.target) == ((2,), (2,))
    choice = choose_bands(info("a.tif", **names), info("b.tif", **names), 0, 4)
    assert (choice.reference, choice.target) == ((4,), (4,))


def test_a_band_that_does_not_exist_is_refused_with_the_number_there_are(info):
    with pytest.raises(InputError, match=r"a\.tif has no band 7: it has 4 bands"):
        choose_bands(info("a.tif", 4), info("b.tif"), 7)
    with pytest.raises(InputError, match=r"b\.tif has no band 2: it has 1 band\."):
        choose_bands(info("a.tif", 4), info("b.tif"), 0, 2)


def test_real_files_are_understood(shared_data):
    folder = shared_data / "t33twl_l2a" / "S2A_33TWL_20230815_0_L2A"
    with open_raster(folder / "B04.tif") as a, open_raster(shared_data / "carpathians" / "image_8.png") as b:
        choice = choose_bands(a.info, b.info)
    assert (choice.reference, choice.target) == ((1,), (1,))
    assert "both are red" in choice.why
