"""What the dialog says of two layers before they are matched."""

from __future__ import annotations

import numpy as np
import pytest
from generated import write_tif


@pytest.fixture
def layer(qgis_here, tmp_path):
    """``layer(name, **options of write_tif)``: a layer of 400 x 400 pixels of 10 m."""
    from qgis.core import QgsRasterLayer

    def make(name, **options):
        return QgsRasterLayer(write_tif(tmp_path / f"{name}.tif", np.ones((400, 400), np.uint16), **options), name)

    return make


@pytest.fixture
def facts(qgis_here):
    """``pair_facts`` in an empty context."""
    from qgis.core import QgsProcessingContext

    from sentinel_match_plugin.processing.pair_facts import pair_facts

    return lambda *layers, **more: pair_facts(*layers, QgsProcessingContext(), **more)


def test_the_overlap_and_the_pixels_are_told(facts, layer):
    one = layer("one")
    said = facts(one, layer("moved", origin=(602_000.0, 5_500_000.0)), max_shift_m=1500.0)
    assert not said.trouble
    assert said.pixel_m == pytest.approx(10, rel=0.01)
    assert "2 x 4 km, 50% of the reference" in said.sentence
    assert "1500 m are 150 pixels" in said.sentence


def test_rasters_that_do_not_meet_are_trouble(facts, layer):
    one = layer("one")
    said = facts(one, layer("moved", origin=(609_000.0, 5_500_000.0)))
    assert said.trouble
    assert "moved and one do not overlap" in said.sentence


def test_one_raster_twice_is_trouble_unless_two_bands_were_chosen(facts, layer):
    one = layer("one")
    assert facts(one, one).trouble
    assert not facts(one, one, one_raster=True).trouble


def test_a_raster_without_a_crs_is_no_trouble(facts, layer):
    said = facts(layer("one"), layer("moved", epsg=None))
    assert not said.trouble
    assert "No CRS: moved." in said.sentence


def test_a_map_of_the_world_shows_all_of_a_raster_in_utm(facts, layer, qgis_here):
    from qgis.core import QgsRasterLayer

    web = QgsRasterLayer("type=xyz&url=file:///none/{z}/{x}/{y}.png&zmin=0&zmax=18", "web", "wms")
    for said in (facts(layer("one"), web), facts(web, layer("two"))):
        assert not said.trouble
        assert said.sentence.startswith("Both show 4")
    assert "100% of the reference" in facts(layer("one"), web).sentence


def test_a_crs_without_a_place_in_it_is_none(facts, layer):
    """As the engine sees it: such a raster is looked for anywhere."""
    from osgeo import gdal
    from qgis.core import QgsProcessingContext

    from sentinel_match_plugin.processing.pair_facts import are_apart

    one, nowhere = layer("one"), layer("nowhere", origin=(609_000.0, 5_500_000.0))
    assert are_apart(one, nowhere, QgsProcessingContext())
    path = nowhere.source()
    file = gdal.Open(path, gdal.GA_Update)
    file.SetGeoTransform((0, 1, 0, 0, 0, 1))
    file = None
    assert not are_apart(one, nowhere, QgsProcessingContext())
    assert facts(one, nowhere).sentence.startswith("No CRS: nowhere.")


@pytest.mark.parametrize(
    ("pixel_m", "metres"), [(10.0, 1500.0), (0.5, 75.0), (0.1, 15.0), (20.0, 3000.0), (30.0, 5000.0), (None, 1500.0)]
)
def test_the_largest_displacement_suits_the_pixels(qgis_here, pixel_m, metres):
    from sentinel_match_plugin.processing.pair_facts import usual_max_shift

    assert usual_max_shift(pixel_m) == pytest.approx(metres)
