"""A real summer without a CRS, turned and scaled by a known amount, put on its winter through the real QGIS."""

from __future__ import annotations

from pathlib import Path

import pytest
from generated import gdal, np

SEASONS = Path(__file__).resolve().parents[3] / "shared" / "data" / "seasons" / "T36UUA"
SIDE, DEGREES, SCALE = 320, 130.0, 1.2
WINTER_OFFSET_PX = np.array([0.05, -0.31])  # left by the producer between the dates (season_pairs.py)


def red(date):
    """The red band of one subtile."""
    return gdal.Open(str(SEASONS / date / "tile_0_1024.png")).ReadAsArray()[0]


def there(pixels):
    """Target pixels ``(..., 2)`` to the reference pixels that show the same."""
    angle = np.deg2rad(DEGREES)
    linear = SCALE * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return (pixels - SIDE / 2) @ linear.T + SIDE / 2


def write(path, values, located):
    raster = gdal.GetDriverByName("GTiff").Create(str(path), SIDE, SIDE, 1, gdal.GDT_Byte)
    if located:
        from osgeo import osr

        crs = osr.SpatialReference()
        crs.ImportFromEPSG(32636)
        raster.SetProjection(crs.ExportToWkt())
        raster.SetGeoTransform((600000.0, 10.0, 0.0, 5500000.0, 0.0, -10.0))
    raster.GetRasterBand(1).WriteArray(values)
    raster = None
    return str(path)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    if not SEASONS.is_dir():
        pytest.skip(f"the real data are not at {SEASONS}")
    folder = tmp_path_factory.mktemp("bare")
    corner = (512 - SIDE) // 2
    cut = np.s_[corner : corner + SIDE, corner : corner + SIDE]
    summer = red("summer").astype(float)
    pixels = np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE)), -1) + 0.5
    x, y = np.moveaxis(np.clip(there(pixels) + corner - 0.5, 0, 510.99), -1, 0)
    column, row = x.astype(int), y.astype(int)
    a, b = x - column, y - row
    turned = (
        (1 - b) * ((1 - a) * summer[row, column] + a * summer[row, column + 1])
        + b * ((1 - a) * summer[row + 1, column] + a * summer[row + 1, column + 1])
    )  # fmt: skip
    reference = write(folder / "winter.tif", red("winter")[cut], True)
    return folder, reference, write(folder / "turned.tif", np.round(turned).astype(np.uint8), False)


def test_auto_puts_a_turned_summer_without_a_crs_on_its_winter(qgis_process, engine, files):
    folder, reference, target = files
    points, warped = folder / "points.gpkg", folder / "warped.tif"
    answer = qgis_process.run("coregister", REFERENCE=reference, TARGET=target, TIE_POINTS=points, OUTPUT=warped)
    assert answer.code == 0, answer.said
    assert answer.results["STATUS"] == "ok", answer.results["MESSAGES"]
    assert "at any rotation, scale and shift" in answer.results["MESSAGES"]
    from osgeo import ogr

    table = ogr.Open(str(points))  # which must outlive its layer
    rows = [feature for feature in table.GetLayer() if feature["inlier"]]
    seen = np.array([((f["ref_x"] - 600000) / 10, (5500000 - f["ref_y"]) / 10) for f in rows])
    found = np.array([(f["tgt_x"], f["tgt_y"]) for f in rows])
    errors = np.hypot(*(there(found) + WINTER_OFFSET_PX - seen).T)
    assert len(errors) > 60
    assert np.median(errors) < 0.7
    assert (errors < 3).mean() > 0.98
    assert gdal.Open(str(warped)).GetGeoTransform()[:2] == (600000.0, 10.0)


def test_a_guided_matcher_says_what_to_do_without_a_crs(qgis_process, engine, files):
    _, reference, target = files
    answer = qgis_process.run("matchrasters", REFERENCE=reference, TARGET=target, MATCHER="phase")
    assert answer.code != 0
    assert "no CRS, which phase needs" in answer.said
    assert "auto" in answer.said
