"""What the plugin adds to the QGIS window, what it says there, and that it takes all of it away again."""

from __future__ import annotations

import threading

import pytest


class Iface:
    """The part of QGIS's interface that the plugin uses, remembered."""

    def __init__(self):
        from qgis.gui import QgsMapCanvas, QgsMessageBar
        from qgis.PyQt.QtWidgets import QMainWindow

        self.window, self.canvas, self.bar = QMainWindow(), QgsMapCanvas(), QgsMessageBar()
        self.window.setCentralWidget(self.canvas)
        self.buttons, self.entries, self.docks, self.active = [], [], [], None
        self.layer_actions = {}

    def mainWindow(self):
        return self.window

    def mapCanvas(self):
        return self.canvas

    def messageBar(self):
        return self.bar

    def activeLayer(self):
        return self.active

    def addToolBarIcon(self, action):
        self.buttons.append(action)

    def removeToolBarIcon(self, action):
        self.buttons.remove(action)

    def addPluginToRasterMenu(self, menu, action):
        self.entries.append(action)

    def removePluginRasterMenu(self, menu, action):
        self.entries.remove(action)

    def addCustomActionForLayerType(self, action, menu, kind, for_all):
        self.layer_actions[action] = []

    def removeCustomActionForLayerType(self, action):
        del self.layer_actions[action]

    def addCustomActionForLayer(self, action, layer):
        self.layer_actions[action].append(layer.name())

    def addDockWidget(self, area, dock):
        self.window.addDockWidget(area, dock)
        self.docks.append(dock)

    def removeDockWidget(self, dock):
        self.window.removeDockWidget(dock)
        self.docks.remove(dock)


@pytest.fixture
def iface(qgis, settle):
    made = Iface()
    made.window.resize(900, 700)
    made.window.show()
    settle()
    yield made
    settle(made.canvas)
    made.window.deleteLater()
    settle()


@pytest.fixture
def window(iface, settle, monkeypatch):
    from sentinel_match_plugin.gui import messages
    from sentinel_match_plugin.gui.window import Window

    monkeypatch.setattr(messages, "AFTER_QGIS_MS", 0)  # there is no QGIS that says something of its own
    made = Window(iface)
    yield made
    if iface.entries:
        made.close()
        settle()


def announcement(status="ok", **more):
    from sentinel_match_plugin.processing.announcements import Announcement

    return Announcement(status, "summer → winter", "12 of 14 tie points agree.", **more)


def test_the_action_opens_and_closes_the_viewer_on_the_active_layer(iface, window, make_points, settle):
    iface.active = make_points()
    assert iface.docks == [], "nothing is made before it is wanted"
    window.action.trigger()
    settle()
    (dock,) = iface.docks
    assert dock.isVisible()
    assert dock.layer is iface.active
    dock.close()
    settle()
    assert not window.action.isChecked()
    window.action.trigger()
    settle()
    assert dock.isVisible()


def test_the_menu_of_a_layer_of_tie_points_and_of_no_other_opens_it(iface, window, make_points, settle):
    from qgis.core import QgsProject, QgsVectorLayer

    iface.active = make_points()
    QgsProject.instance().addMapLayer(QgsVectorLayer("Point?field=a:int", "villages", "memory"))
    ((action, names),) = iface.layer_actions.items()
    assert names == ["points"]
    action.trigger()
    settle()
    assert window.viewer().layer is iface.active
    assert window.action.isChecked()


def test_unloading_takes_everything_away_while_it_is_in_use(iface, window, make_points, settle):
    from qgis.core import QgsProject, QgsVectorLayer

    from sentinel_match_plugin.processing import announcements

    layer = make_points()
    window.show_layer(layer)
    settle()
    viewer = window.viewer()
    viewer.select([viewer.pairs.fid[0]], look=False)
    viewer.delete()
    window.close()
    settle()
    assert (iface.buttons, iface.entries, iface.docks, iface.layer_actions) == ([], [], [], {})
    announcements.say(announcement())
    settle()
    assert iface.bar.currentItem() is None
    assert layer.isModified(), "edits that were not saved are still in the layer"
    layer.rollBack()
    QgsProject.instance().addMapLayer(QgsVectorLayer("Point?field=a:int", "later", "memory"))
    settle()


@pytest.mark.parametrize(
    ("status", "title", "level"),
    [("ok", "Matched", 3), ("low_confidence", "Low confidence", 1), ("no_match", "No match", 1)],
)
def test_the_status_is_a_message_in_the_window_and_in_the_log(iface, window, settle, status, title, level):
    from qgis.core import QgsApplication

    heard = []
    QgsApplication.messageLog().messageReceived[str, str, type(_level(level))].connect(lambda *said: heard.append(said))
    window.announce(announcement(status))
    settle(until=lambda: iface.bar.currentItem() is not None)
    item = iface.bar.currentItem()
    assert title in item.title()
    assert "12 of 14 tie points agree" in item.text()
    assert "summer → winter" in item.toolTip()
    assert int(getattr(item.level(), "value", item.level())) == level
    assert any(tag == "Sentinel Match" and "summer → winter" in text for text, tag, _level in heard)


def test_a_long_message_is_cut_between_words_and_whole_under_the_mouse(iface, settle):
    from sentinel_match_plugin.gui import messages

    text = "The proxy refused & said <why>. " * 20
    item = messages.show(iface.bar, "Title", text, _level(1))
    assert item.text().endswith("…")
    assert "&lt;why&gt;" in item.toolTip()
    assert len(item.toolTip()) > len(text)


def test_where_there_is_no_match_there_are_no_points_to_look_at(iface, window, settle):
    from qgis.PyQt.QtWidgets import QPushButton

    window.announce(announcement("no_match", tie_points="points.gpkg", report="report.html"))
    settle(until=lambda: iface.bar.currentItem() is not None)
    buttons = [button.text() for button in iface.bar.currentItem().findChildren(QPushButton)]
    assert "Report" in buttons
    assert "Match viewer" not in buttons


def _level(number):
    from qgis.core import Qgis

    return Qgis.MessageLevel(number)


def test_an_algorithm_in_another_thread_reaches_the_window(iface, window, settle):
    from sentinel_match_plugin.processing import announcements

    thread = threading.Thread(target=announcements.say, args=(announcement(),))
    thread.start()
    thread.join()
    settle(until=lambda: iface.bar.currentItem() is not None)


def test_the_message_leads_to_the_tie_points_and_the_report(iface, window, make_points, settle, monkeypatch, tmp_path):
    from qgis.PyQt.QtGui import QDesktopServices
    from qgis.PyQt.QtWidgets import QPushButton

    layer, opened = make_points(), []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    report = str(tmp_path / "report.html")
    window.announce(announcement(tie_points=layer.source().split("|")[0], report=report))
    settle(until=lambda: iface.bar.currentItem() is not None)
    buttons = {button.text(): button for button in iface.bar.currentItem().findChildren(QPushButton)}
    buttons["Report"].click()
    assert opened[0].toLocalFile() == report
    buttons["Match viewer"].click()
    settle()
    assert window.viewer().layer is layer
