"""A layer becomes a file for the engine: by its path where it has one, written where it has none."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from generated import ORIGIN, PIXEL_M, SIDE_PX, gdal, np, texture, write_tif
from qgis_support import Feedback


@pytest.fixture
def provided(qgis_here, tmp_path):
    """``provided(layer, other_layer, area)`` -> the RasterInput, and what the feedback heard."""
    from qgis.core import QgsProcessingContext

    from sentinel_match_plugin.processing import layers

    context = QgsProcessingContext()
    folder = tmp_path / "run"
    folder.mkdir()

    def provide(layer, other=None, area=None, margin=0.0):
        feedback = Feedback.make()
        source = layers.describe(layer, feedback)
        beside = layers.describe(other, feedback) if other is not None else None
        return layers.provide(source, beside, area, margin, 0, folder, context, feedback), feedback

    return provide


_alive = []  # as the project keeps its layers: a clone of a virtual raster's provider reads through the layer's own


def layer(path, name="a layer", provider="gdal"):
    from qgis.core import QgsRasterLayer

    made = QgsRasterLayer(path, name, provider)
    assert made.isValid(), path
    _alive.append(made)
    return made


def test_a_file_goes_by_its_path_with_the_name_the_user_gave_it(provided, pair):
    raster, feedback = provided(layer(pair.reference, "my summer"))
    assert (raster.path, raster.label) == (pair.reference, "my summer")
    assert not feedback.infos


def test_options_that_qgis_appends_to_a_path_are_not_part_of_it(qgis_here, pair):
    from sentinel_match_plugin.processing.layers import file_of

    assert file_of(layer(f"{pair.reference}|option:NUM_THREADS=2")) == pair.reference


def test_a_crs_that_the_user_gave_the_layer_is_used_and_said(provided, pair):
    from qgis.core import QgsCoordinateReferenceSystem

    changed = layer(pair.reference)
    changed.setCrs(QgsCoordinateReferenceSystem("EPSG:32635"))
    raster, feedback = provided(changed)
    file = gdal.Open(raster.path)
    assert file.GetSpatialRef().GetAuthorityCode(None) == "32635"
    assert np.array_equal(file.ReadAsArray(), gdal.Open(pair.reference).ReadAsArray())
    assert any("EPSG:32635" in text and "EPSG:32636" in text for text in feedback.infos)


def test_a_nodata_value_that_the_user_gave_the_layer_is_used(provided, tmp_path):
    from qgis.core import QgsRasterRange

    path = write_tif(tmp_path / "plain.tif", np.arange(64, dtype=np.uint8).reshape(8, 8))
    changed = layer(path)
    changed.dataProvider().setUserNoDataValue(1, [QgsRasterRange(7, 7)])
    raster, _ = provided(changed)
    assert gdal.Open(raster.path).GetRasterBand(1).GetNoDataValue() == 7
    assert gdal.Open(path).GetRasterBand(1).GetNoDataValue() is None


def test_a_nodata_value_that_the_user_switched_off_is_off(provided, tmp_path):
    changed = layer(write_tif(tmp_path / "plain.tif", np.arange(64, dtype=np.uint8).reshape(8, 8), nodata=0))
    changed.dataProvider().setUseSourceNoDataValue(1, False)
    raster, _ = provided(changed)
    assert gdal.Open(raster.path).GetRasterBand(1).GetNoDataValue() is None


def test_a_range_of_nodata_values_is_not_used_and_that_is_said(provided, pair):
    from qgis.core import QgsRasterRange

    changed = layer(pair.reference)
    changed.dataProvider().setUserNoDataValue(1, [QgsRasterRange(0, 100)])
    raster, feedback = provided(changed)
    assert raster.path == pair.reference
    assert "additional nodata values" in feedback.warnings[0]


def test_a_virtual_raster_is_written_on_its_own_pixels(provided, pair):
    from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

    width = SIDE_PX * PIXEL_M
    extent = f"{ORIGIN[0]},{ORIGIN[1] - width},{ORIGIN[0] + width},{ORIGIN[1]}"
    uri = (
        f"?crs=EPSG:32636&extent={extent}&width={SIDE_PX}&height={SIDE_PX}&formula=%22r@1%22%20*%202"
        f"&r:uri={pair.reference}&r:provider=gdal"
    )
    # A corner that is not on the pixel grid: the pixels written must be those of the layer all the same.
    x, y = ORIGIN[0] + 503, ORIGIN[1] - 1207
    area = (QgsRectangle(x, y - 600, x + 400, y), QgsCoordinateReferenceSystem("EPSG:32636"))
    raster, feedback = provided(layer(uri, "twice", "virtualraster"), None, area)
    file = gdal.Open(raster.path)
    left, top = file.GetGeoTransform()[0], file.GetGeoTransform()[3]
    column, row = (left - ORIGIN[0]) / PIXEL_M, (ORIGIN[1] - top) / PIXEL_M
    assert (column, row) == (50, 120)
    values = file.ReadAsArray()
    assert values.shape == (61, 41)
    expected = gdal.Open(pair.reference).ReadAsArray()[120:181, 50:91]
    assert np.array_equal(values, 2.0 * expected)
    assert "has no file" in feedback.infos[0]


def test_a_raster_in_the_memory_of_qgis_is_written_because_the_engine_cannot_see_it(provided, tmp_path):
    values = (1000 * texture(3, 64)).astype(np.uint16)
    gdal.FileFromMemBuffer("/vsimem/in_memory.tif", Path(write_tif(tmp_path / "m.tif", values, nodata=3)).read_bytes())
    raster, _ = provided(layer("/vsimem/in_memory.tif"))
    assert "/vsimem/" not in raster.path
    file = gdal.Open(raster.path)
    assert np.array_equal(file.ReadAsArray(), values)
    assert file.GetRasterBand(1).GetNoDataValue() == 3
    gdal.Unlink("/vsimem/in_memory.tif")


@pytest.fixture
def tiles(qgis_here, tmp_path):
    """A web map (XYZ) of local files, zoom 12 where the pair lies; red says a tile's column, green its row."""
    from qgis.PyQt.QtGui import QColor, QImage

    for x in range(2436, 2443):
        for y in range(1390, 1401):
            image = QImage(256, 256, QImage.Format.Format_RGB32)
            image.fill(QColor(x % 200, y % 200, 40))
            folder = tmp_path / "12" / str(x)
            folder.mkdir(parents=True, exist_ok=True)
            image.save(str(folder / f"{y}.png"))
    return f"type=xyz&url=file://{tmp_path}/{{z}}/{{x}}/{{y}}.png&zmin=12&zmax=12"


def test_a_web_map_is_rendered_over_the_other_raster_at_its_pixel_size(provided, tiles, pair):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsProject

    reference = layer(pair.reference)
    raster, _ = provided(layer(tiles, "web map", "wms"), reference, None, 100.0)
    file = gdal.Open(raster.path)
    assert file.GetSpatialRef().GetAuthorityCode(None) == "3857"
    assert file.RasterCount >= 3
    left, step, _, top, _, _ = file.GetGeoTransform()
    web = QgsCoordinateReferenceSystem("EPSG:3857")
    there = QgsCoordinateTransform(web, reference.crs(), QgsProject.instance())
    centre = QgsPointXY(left + step * file.RasterXSize / 2, top - step * file.RasterYSize / 2)
    pixel_m = there.transform(centre).distance(there.transform(QgsPointXY(centre.x() + step, centre.y())))
    assert pixel_m == pytest.approx(PIXEL_M, rel=0.02)
    # The colour under a point is that of the tile it lies in: position and rendering are right.
    side = 2 * 20037508.342789244 / 4096
    values = file.ReadAsArray()
    for fraction in (0.2, 0.5, 0.8):
        row, column = int(fraction * values.shape[1]), int(fraction * values.shape[2])
        x, y = left + (column + 0.5) * step, top - (row + 0.5) * step
        tile = int((x + 20037508.342789244) // side), int((20037508.342789244 - y) // side)
        assert tuple(values[:2, row, column]) == (tile[0] % 200, tile[1] % 200)
    # It covers the other raster and the margin.
    assert file.RasterXSize * pixel_m >= SIDE_PX * PIXEL_M + 2 * 100


def test_a_web_map_is_not_fetched_beyond_reason(provided, tiles, tmp_path):
    from sentinel_match_plugin.processing.algorithm import ParameterError

    large = layer(write_tif(tmp_path / "large.tif", np.zeros((8, 9000), np.uint8), pixel=3.0))
    large_square = layer(write_tif(tmp_path / "square.tif", np.zeros((9000, 9000), np.uint8), pixel=0.3))
    with pytest.raises(ParameterError, match="at most 36 million are: set a smaller EXTENT"):
        provided(layer(tiles, "web map", "wms"), large_square)
    provided(layer(tiles, "web map", "wms"), large)


def test_two_layers_without_pixels_of_their_own_are_refused_with_a_sentence(provided, tiles):
    from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

    from sentinel_match_plugin.processing.algorithm import ParameterError

    web = layer(tiles, "web map", "wms")
    with pytest.raises(ParameterError, match="set EXTENT"):
        provided(web, web)
    area = (QgsRectangle(600000, 5490000, 610000, 5500000), QgsCoordinateReferenceSystem("EPSG:32636"))
    with pytest.raises(ParameterError, match="Neither raster has pixels of its own"):
        provided(web, web, area)


def test_an_area_outside_a_layer_without_file_is_refused_with_its_extent(provided, pair):
    from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

    from sentinel_match_plugin.processing.algorithm import ParameterError

    uri = (
        "?crs=EPSG:32636&extent=600000,5496800,603200,5500000&width=320&height=320&formula=%22r@1%22"
        f"&r:uri={pair.reference}&r:provider=gdal"
    )
    area = (QgsRectangle(100000, 5490000, 101000, 5500000), QgsCoordinateReferenceSystem("EPSG:32636"))
    with pytest.raises(ParameterError, match="does not cover the area"):
        provided(layer(uri, "virtual", "virtualraster"), None, area)


def test_a_web_map_is_fetched_in_the_background_when_the_dialog_runs_an_algorithm(qgis_here, tiles, pair, monkeypatch):
    """As the dialog does it: prepared here, worked on in another thread, where the tiles are fetched."""
    from qgis.core import (
        QgsApplication,
        QgsProcessingAlgRunnerTask,
        QgsProcessingContext,
        QgsProject,
    )
    from qgis.PyQt.QtCore import QEventLoop, QTimer

    from sentinel_match_plugin.engine.errors import SentinelMatchError
    from sentinel_match_plugin.processing import match_rasters

    seen = []

    def played(job, python, feedback):
        seen.append((threading.current_thread() is threading.main_thread(), gdal.Open(job.target.path).ReadAsArray()))
        raise SentinelMatchError("enough seen")

    monkeypatch.setattr(match_rasters, "run_engine", played)
    project, feedback = QgsProject(), Feedback.make()
    web = layer(tiles, "web map", "wms").clone()
    project.addMapLayer(web)
    context = QgsProcessingContext()
    context.setProject(project)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("sentinelmatch:matchrasters")
    parameters = {"REFERENCE": pair.reference, "TARGET": web.id(), "TIE_POINTS": "TEMPORARY_OUTPUT"}
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    loop, answers = QEventLoop(), []
    task.executed.connect(lambda fine, results: (answers.append(fine), loop.quit()))
    QTimer.singleShot(60_000, loop.quit)
    QgsApplication.taskManager().addTask(task)
    loop.exec()
    assert answers == [False]
    assert any("enough seen" in error for error in feedback.errors)
    in_main_thread, values = seen[0]
    assert not in_main_thread
    assert (values[2] == 40).mean() > 0.99, "every pixel came from a tile"
