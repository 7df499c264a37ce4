"""A contact sheet shows at each point what the image shows there."""

import numpy as np
import pytest

from sentinel_match_plugin.engine.frames.grid import View
from sentinel_match_plugin.engine.frames.sheet import Sheet
from sentinel_match_plugin.engine.imagery.area import load_area
from sentinel_match_plugin.engine.imagery.radiometry import Stretch
from sentinel_match_plugin.engine.imagery.rasters import open_raster
from sentinel_match_plugin.engine.jobs import Extent
from tests.engine.known_field import KnownField, reference_grid

POINTS = np.array([[60.4, 70.6], [200.0, 90.0], [130.2, 240.9], [250.0, 255.0], [10.0, 10.0]])


def bent(xy):
    xy = np.asarray(xy, float)
    return xy + 3 * np.sin(2 * np.pi * xy[:, ::-1] / 300) + [0.3, -0.6]


@pytest.fixture
def view_of(write_raster):
    opened = []

    def view(area=None):
        georeference = reference_grid()
        values = KnownField().raster(georeference, (300, 320)).astype(np.float32)
        path = write_raster("image.tif", values, crs=georeference.crs, transform=georeference.transform)
        opened.append(open_raster(path))
        return View(opened[-1], (1,), Stretch(0.0, 1.0), (300, 320), lambda xy: xy, 10.0, area, georeference)

    yield view
    for reader in opened:
        reader.close()


@pytest.mark.parametrize("displaced", [None, bent])
@pytest.mark.parametrize("decimation", [1, 2])
def test_the_cells_of_a_sheet_show_what_the_whole_patch_shows(view_of, displaced, decimation):
    view, origin = view_of(), (8, 4)
    whole = view.read((8, 4, 320, 300), decimation, displaced)
    local = (POINTS - origin) / decimation
    sheet = Sheet.around(local, 40)
    patch = view.read_sheet(origin, sheet, decimation, displaced)
    assert patch.values.shape == sheet.shape
    height, width = whole.values.shape
    compared = 0
    for point, shift in zip(local, sheet.shift, strict=True):
        x, y = np.round(point).astype(int)
        there_x, there_y = np.array([x, y]) + shift
        reach = min(20, x, y, width - x, height - y)
        here = np.s_[y - reach : y + reach, x - reach : x + reach]
        there = np.s_[there_y - reach : there_y + reach, there_x - reach : there_x + reach]
        both = whole.valid[here] & patch.valid[there]
        assert (whole.valid[here] == patch.valid[there]).mean() > 0.97
        assert np.abs(whole.values[here] - patch.values[there])[both].max() < 0.01
        compared += both.sum()
    assert compared > 2000 / decimation


def test_a_sheet_keeps_to_the_area(view_of):
    georeference = reference_grid()
    west, north = georeference.transform @ (100.0, 0.0)
    east, south = georeference.transform @ (320.0, 300.0)
    area = load_area(None, Extent((west, south, east, north), "EPSG:32636"), georeference.crs)
    sheet = Sheet.around(np.array([[100.0, 150.0], [250.0, 60.0]]), 40)
    patch = view_of(area).read_sheet((0, 0), sheet, 1, None)
    assert patch.valid[:, :40].mean() == pytest.approx(0.5, abs=0.03)
    assert not patch.valid[:, :19].any()
    assert patch.valid[:, 40:80].all()


def test_a_cell_that_no_point_has_shows_the_last_point_again(view_of):
    sheet = Sheet.around(POINTS, 40)
    assert sheet.shape == (80, 120)
    values = view_of().read_sheet((0, 0), sheet, 1, None).values
    assert (values[40:, 80:] == values[40:, 40:80]).all()


def test_what_a_mapping_leaves_undefined_is_not_valid(view_of):
    def nowhere(xy):
        return np.where(xy[:, :1] > 230, np.nan, xy)

    sheet = Sheet.around(POINTS[:4], 40)
    valid = view_of().read_sheet((0, 0), sheet, 1, nowhere).valid
    assert valid[:40].all()
    assert valid[40:, :40].all()
    assert not valid[40:, 40:].any()
