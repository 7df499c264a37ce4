"""The Match viewer: what is seen, clicked, edited and saved. The mouse is Qt's own, on canvases without a screen."""

from __future__ import annotations

import os
import sqlite3

import numpy as np
import pytest
from generated import ORIGIN, PIXEL_M
from gui_support import SHIFT


def raster(path, name):
    from qgis.core import QgsProject, QgsRasterLayer

    layer = QgsRasterLayer(path, name)
    assert layer.isValid()
    return QgsProject.instance().addMapLayer(layer)


def click(canvas, x, y, ctrl=False):
    """A click on a place of the map."""
    from qgis.PyQt.QtCore import QPoint, Qt
    from qgis.PyQt.QtTest import QTest

    at = QPoint(*(round(value) for value in canvas.on_screen(x, y)))
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, modifier, at)


@pytest.fixture
def shown(viewer, settle, make_points):
    """``shown(**how)`` -> the viewer with a layer of ``make_points``, drawn."""

    def show(**how):
        viewer.set_layer(make_points(**how))
        settle(viewer.reference_canvas, viewer.target_canvas)
        return viewer

    return show


def reopened(layer):
    """What is in the file of ``layer``, by ``id``."""
    from qgis.core import QgsVectorLayer

    again = QgsVectorLayer(layer.source(), "", layer.providerType())
    return {int(feature["id"]): feature for feature in again.getFeatures()}, again


# -- seeing ------------------------------------------------------------------------------------------------------------


def test_the_rasters_are_found_where_the_layer_says_and_not_added_to_the_project(shown):
    from qgis.core import QgsProject

    viewer = shown()
    assert viewer.reference_box.currentLayer().name() == "winter"
    assert viewer.target_box.currentLayer().name() == "summer"
    assert [layer.name() for layer in QgsProject.instance().mapLayers().values()] == ["points"]
    assert viewer.bar.currentItem() is None


def test_rasters_of_the_project_are_taken_rather_than_opened_again(viewer, make_points, tmp_path):
    layer = make_points()
    mine = raster(str(tmp_path / "winter.tif"), "my winter")
    viewer.set_layer(layer)
    assert viewer.reference_box.currentLayer() is mine


def test_points_moved_with_their_rasters_to_another_folder_find_them(viewer, make_points, tmp_path):
    from qgis.core import QgsProject, QgsVectorLayer

    QgsProject.instance().removeMapLayer(make_points().id())
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for name in ("points.gpkg", "winter.tif", "summer.tif"):
        os.replace(tmp_path / name, moved / name)
    layer = QgsVectorLayer(str(moved / "points.gpkg"), "moved", "ogr")
    QgsProject.instance().addMapLayer(layer)
    viewer.set_layer(layer)
    assert viewer.target_box.currentLayer().source() == str(moved / "summer.tif")


def test_a_layer_that_says_nothing_lets_the_user_choose(viewer, settle, make_points, tmp_path):
    layer = make_points(metadata=False)
    winter, summer = raster(str(tmp_path / "winter.tif"), "winter"), raster(str(tmp_path / "summer.tif"), "summer")
    viewer.set_layer(layer)
    assert "does not say where its reference and target is" in viewer.bar.currentItem().text()
    assert not viewer.actions_bar.add.isEnabled()
    viewer.reference_box.setLayer(winter)
    viewer.target_box.setLayer(summer)
    settle(viewer.reference_canvas, viewer.target_canvas)
    assert viewer.actions_bar.add.isEnabled()
    assert "25 of 25" in viewer.filter.count.text()


def test_only_layers_of_tie_points_can_be_chosen(viewer, make_points):
    from qgis.core import QgsProject, QgsVectorLayer

    layer = make_points()
    QgsProject.instance().addMapLayer(QgsVectorLayer("Point?field=name:string", "villages", "memory"))
    offered = [viewer.layer_box.itemText(index) for index in range(viewer.layer_box.count())]
    assert offered == ["", "points"]
    assert viewer.first_layer() is layer


@pytest.mark.parametrize("target_epsg", [32636, 32635, None])
def test_a_click_on_a_point_shows_its_partner_at_the_same_spot_of_the_other_canvas(shown, settle, target_epsg):
    viewer = shown(target_epsg=target_epsg)
    here, there = viewer._places
    click(viewer.reference_canvas, *here[7])
    settle(viewer.reference_canvas, viewer.target_canvas)
    assert viewer.selected == [viewer.pairs.fid[7]]
    assert viewer.target_canvas.on_screen(*there[7]) == pytest.approx(
        viewer.reference_canvas.on_screen(*here[7]), abs=2.0
    )
    assert "Point 8" in viewer.about.text()
    assert viewer.target_canvas.nearest(*there[7]) == 7


def test_each_canvas_follows_the_other_and_stays_when_they_are_not_linked(shown, settle):
    viewer = shown(target_epsg=32635)
    here, there = viewer._places
    viewer.reference_canvas.look_at(*here[3], 2.0)
    settle(viewer.reference_canvas, viewer.target_canvas)
    centre = viewer.target_canvas.center()
    assert (centre.x(), centre.y()) == pytest.approx(tuple(there[3]), abs=1.0)
    assert viewer.target_canvas.mapUnitsPerPixel() == pytest.approx(2.0, rel=0.01)
    viewer.target_canvas.look_at(*there[20])
    settle(viewer.reference_canvas, viewer.target_canvas)
    assert viewer.reference_canvas.center().x() == pytest.approx(here[20][0], abs=1.0)
    viewer.actions_bar.link.setChecked(False)
    viewer.target_canvas.look_at(*there[0])
    assert viewer.reference_canvas.center().x() == pytest.approx(here[20][0], abs=1.0)


def test_resizing_the_dock_keeps_the_place_and_the_scale(shown, settle):
    viewer = shown()
    here, there = viewer._places
    viewer.link.look_at_pair(here[12], there[12], 3.0)
    for size in ((900, 420), (700, 500), (1200, 800)):
        viewer.resize(*size)
        settle(viewer.reference_canvas, viewer.target_canvas)
    for canvas, place in ((viewer.reference_canvas, here[12]), (viewer.target_canvas, there[12])):
        assert canvas.mapUnitsPerPixel() == pytest.approx(3.0, rel=0.01)
        assert (canvas.center().x(), canvas.center().y()) == pytest.approx(tuple(place), abs=1.0)


def test_content_that_is_turned_in_the_target_is_seen_upright(qgis, viewer, settle, make_points):
    """Pixel and line of a target turned by 90 degrees: north of the reference is up on both canvases."""
    layer = make_points(ending="memory", target_epsg=None)
    layer.startEditing()
    names = layer.fields()
    for feature in list(layer.getFeatures()):
        column = (feature["ref_x"] - ORIGIN[0]) / PIXEL_M
        line = (ORIGIN[1] - feature["ref_y"]) / PIXEL_M
        layer.changeAttributeValue(feature.id(), names.indexOf("tgt_x"), line)
        layer.changeAttributeValue(feature.id(), names.indexOf("tgt_y"), 120 - column)
    assert layer.commitChanges()
    viewer.set_layer(layer)
    settle(viewer.reference_canvas, viewer.target_canvas)
    here, there = viewer._places
    steps = []
    for canvas, places in ((viewer.reference_canvas, here), (viewer.target_canvas, there)):
        first, last = (np.array(canvas.on_screen(*place)) for place in (places[0], places[4]))
        steps.append(last - first)
    assert steps[0][0] > 20
    assert steps[1] == pytest.approx(steps[0], abs=2.0)


def test_the_filter_hides_points_from_sight_and_from_the_mouse(shown, settle):
    viewer = shown()
    here = viewer._places[0]
    viewer.filter.score.setValue(0.8)
    assert "10 of 25" in viewer.filter.count.text()
    assert viewer.reference_canvas.nearest(*here[0]) == -1
    assert viewer.reference_canvas.nearest(*here[20]) == 20
    viewer.filter.residual.setValue(2.0)
    assert "6 of 25" in viewer.filter.count.text()
    viewer.filter.reset()
    viewer.filter.kind.setCurrentIndex(2)
    assert "2 of 25" in viewer.filter.count.text()


def test_stepping_goes_from_the_worst_point_to_better_ones(shown):
    viewer = shown()
    viewer.next()
    viewer.next()
    assert viewer.selected == [viewer.pairs.fid[np.argsort(-viewer.pairs.residual)[1]]]
    viewer.previous()
    assert viewer.pairs.residual[viewer.pairs.fid == viewer.selected[0]] == viewer.pairs.residual.max()


def test_keys_on_a_canvas_do_what_the_buttons_do(shown):
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtTest import QTest

    viewer = shown()
    canvas = viewer.target_canvas
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    worst = viewer.selected
    assert len(worst) == 1
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(viewer.pairs) == 24
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(viewer.pairs) == 25
    viewer.actions_bar.add.setChecked(True)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not viewer.actions_bar.add.isChecked()


# -- editing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp", "fgb", "memory"])
def test_points_are_deleted_brought_back_and_saved(shown, ending):
    viewer = shown(ending=ending)
    layer = viewer.layer
    ids = viewer.pairs.number[:2].astype(int).tolist()
    viewer.select(viewer.pairs.fid[:2].tolist(), look=False)
    viewer.delete()
    assert len(viewer.pairs) == 23
    if ending != "memory":
        assert len(reopened(layer)[0]) == 25, "nothing is in the file before Save"
    viewer.undo()
    assert len(viewer.pairs) == 25
    viewer.redo()
    viewer.save()
    assert "is saved" in viewer.bar.currentItem().text()
    assert not layer.isModified()
    assert layer.featureCount() == 23
    assert "2 points deleted" in layer.metadata().history()[-1]
    if ending == "memory":
        return
    rows, again = reopened(layer)
    assert set(rows) == set(range(1, 26)) - set(ids)
    from sentinel_match_plugin.processing.provenance import metadata_of

    assert "2 points deleted" in metadata_of(again).history()[-1]
    assert not [name for name in os.listdir(os.path.dirname(layer.source().split("|")[0])) if "before" in name]


@pytest.mark.parametrize(
    ("ending", "target_epsg"), [("gpkg", 32636), ("memory", 32635), ("shp", 32635), ("gpkg", None)]
)
def test_a_pair_added_by_two_clicks_has_every_field_of_the_contract(shown, settle, ending, target_epsg):
    viewer = shown(ending=ending, target_epsg=target_epsg)
    layer = viewer.layer
    viewer.actions_bar.add.setChecked(True)
    spot = ORIGIN[0] + 610.0, ORIGIN[1] - 590.0
    viewer.link.look_at_pair(spot, viewer.link.to_target(*spot), 0.5)
    settle(viewer.reference_canvas, viewer.target_canvas)
    partner = viewer.link.to_target(*spot)
    click(viewer.target_canvas, *partner)  # in any order
    assert "Now click the same spot on the reference" in viewer.about.text()
    assert viewer.reference_canvas.marks.expected == pytest.approx(spot, abs=2.0)
    click(viewer.reference_canvas, *spot)
    assert len(viewer.pairs) == 26
    feature = next(f for f in layer.getFeatures() if f["id"] == 26)
    place = next(feature.geometry().vertices())
    near = 0.5  # a pixel of the canvas
    assert (place.x(), place.y()) == (feature["ref_x"], feature["ref_y"]) == pytest.approx(spot, abs=near)
    assert feature["score"] == 1.0
    assert feature["inlier"] in (True, 1)
    from qgis.core import NULL

    assert feature["residual"] == NULL
    if target_epsg is None:
        pixel = [(spot[0] - ORIGIN[0] + SHIFT[0]) / PIXEL_M, (ORIGIN[1] - spot[1] + SHIFT[1]) / PIXEL_M]
        assert [feature["tgt_x"], feature["tgt_y"]] == pytest.approx(pixel, abs=2 * near / PIXEL_M)
        assert feature["dx"] == NULL
    else:
        assert (feature["tgt_x"], feature["tgt_y"]) == pytest.approx(partner, abs=near)
        assert (feature["dx"], feature["dy"]) == pytest.approx(SHIFT, abs=2 * near)
    viewer.save()
    assert layer.featureCount() == 26
    assert "1 points added" in layer.metadata().history()[-1]
    viewer.undo()  # after a save there is nothing to undo, and nothing happens
    assert len(viewer.pairs) == 26


def test_a_layer_on_the_map_has_its_points_after_a_save(shown, settle):
    """The map reads a GeoPackage by connections of its own, which must outlive what a save does to the file."""
    viewer = shown()
    layer, canvas = viewer.layer, viewer.main_canvas
    canvas.setDestinationCrs(layer.crs())
    canvas.setExtent(layer.extent())
    canvas.setLayers([layer])
    canvas.show()
    settle(canvas)
    for left in (24, 23):
        viewer.select([viewer.pairs.fid[0]], look=False)
        viewer.delete()
        settle(canvas)
        viewer.save()
        settle(canvas)
        canvas.refresh()
        settle(canvas)
        assert len(list(layer.getFeatures())) == len(viewer.pairs) == left
    canvas.setLayers([])
    settle(canvas)


def test_an_outlier_is_made_an_inlier_and_back(shown):
    viewer = shown()
    viewer.select([viewer.pairs.fid[24]], look=False)
    viewer.turn()
    assert viewer.pairs.inlier[24] == 1
    viewer.turn()
    assert viewer.pairs.inlier[24] == 0


def test_what_the_filter_hides_is_deleted_as_one_edit(shown):
    viewer = shown()
    viewer.filter.score.setValue(0.8)
    viewer.delete_hidden()
    assert len(viewer.pairs) == 10
    viewer.undo()
    assert len(viewer.pairs) == 25


def test_a_save_that_fails_keeps_every_edit_and_says_why(shown, tmp_path):
    viewer = shown()
    layer = viewer.layer
    with sqlite3.connect(tmp_path / "points.gpkg") as file:
        file.execute("CREATE TRIGGER full BEFORE DELETE ON points BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    viewer.select([viewer.pairs.fid[0]], look=False)
    viewer.delete()
    viewer.save()
    assert "Your edits are not lost" in viewer.bar.currentItem().text()
    assert layer.isModified()
    assert len(viewer.pairs) == 24
    with sqlite3.connect(tmp_path / "points.gpkg") as file:
        file.execute("DROP TRIGGER full")
    viewer.save()
    assert not layer.isModified()
    assert len(reopened(layer)[0]) == 24


def test_a_layer_that_cannot_be_edited_says_what_to_do(shown):
    viewer = shown(ending="geojson")
    viewer.layer.setReadOnly(True)
    viewer.select([viewer.pairs.fid[0]], look=False)
    viewer.delete()
    assert "save it as GeoPackage first" in viewer.bar.currentItem().text()
    assert len(viewer.pairs) == 25


def test_edits_made_in_the_main_window_are_seen(shown, settle):
    viewer = shown()
    layer = viewer.layer
    layer.startEditing()
    layer.deleteFeature(int(viewer.pairs.fid[0]))
    settle(until=lambda: len(viewer.pairs) == 24)
    assert viewer.actions_bar.save.isEnabled()
    layer.rollBack()
    settle(until=lambda: len(viewer.pairs) == 25)
    assert not viewer.actions_bar.save.isEnabled()


def test_a_layer_removed_from_the_project_leaves_an_empty_viewer(shown, settle):
    from qgis.core import QgsProject

    viewer = shown()
    viewer.actions_bar.add.setChecked(True)
    QgsProject.instance().removeMapLayer(viewer.layer.id())
    settle(viewer.reference_canvas, viewer.target_canvas)
    assert viewer.layer is None
    assert not viewer.actions_bar.add.isEnabled()
    assert viewer.reference_canvas.layers() == []


def test_the_warp_dialog_opens_filled_in(shown, qgis, tmp_path, monkeypatch):
    import processing

    viewer = shown()
    asked = []
    monkeypatch.setattr(processing, "createAlgorithmDialog", lambda *given: asked.append(given) or _Dialog())
    viewer.warp()
    name, parameters = asked[0]
    assert name == "sentinelmatch:warpraster"
    assert parameters == {
        "INPUT": str(tmp_path / "summer.tif"),
        "TIE_POINTS": viewer.layer.id(),
        "REFERENCE": str(tmp_path / "winter.tif"),
    }


class _Dialog:
    def setAttribute(self, *_):
        pass

    def show(self):
        pass
