"""What the plugin adds to the QGIS window: the Match viewer with its menu entry and button, and the messages."""

from __future__ import annotations

from qgis.core import Qgis, QgsApplication, QgsMapLayerType, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QIcon
from qgis.PyQt.QtWidgets import QAction

from ..processing import announcements
from ..processing.texts import icon_file, tr
from . import messages
from .match_viewer import MatchViewer
from .tie_points import is_tie_point_layer

# Seconds that a good result is shown; what should be looked at stays until it is closed.
GOOD_FOR_S = 15
FIT_MS = 300


class Window(QObject):
    """Everything of ours in the window ``iface``, and the way out of it."""

    def __init__(self, iface):
        super().__init__(iface.mainWindow())
        self._iface = iface
        self._viewer = None
        self._closed = False
        self.action = QAction(QIcon(icon_file("match_viewer")), tr("Match viewer"), iface.mainWindow())
        self.action.setObjectName("sentinelMatchViewer")
        self.action.setToolTip(tr("Match viewer: tie points on both rasters, to look at and to edit"))
        self.action.setCheckable(True)
        self.action.toggled.connect(self._show)
        iface.addToolBarIcon(self.action)
        iface.addPluginToRasterMenu(tr("Sentinel Match"), self.action)
        # In the menu of layers of tie points, which are told one by one.
        self._on_layer = QAction(self.action.icon(), tr("Open in the Match viewer"), iface.mainWindow())
        self._on_layer.triggered.connect(self._open_active)
        iface.addCustomActionForLayerType(self._on_layer, "", QgsMapLayerType.VectorLayer, False)
        self._layers_added(QgsProject.instance().mapLayers().values())
        QgsProject.instance().layersAdded.connect(self._layers_added)
        announcements.board.said.connect(self.announce)

    def close(self):
        """Take everything out again."""
        self._closed = True
        announcements.board.said.disconnect(self.announce)
        QgsProject.instance().layersAdded.disconnect(self._layers_added)
        self._iface.removeCustomActionForLayerType(self._on_layer)
        self._on_layer.deleteLater()
        self._iface.removeToolBarIcon(self.action)
        self._iface.removePluginRasterMenu(tr("Sentinel Match"), self.action)
        if self._viewer is not None:
            self._viewer.end()
            self._iface.removeDockWidget(self._viewer)
            self._viewer.deleteLater()
            self._viewer = None
        self.action.deleteLater()
        self.deleteLater()

    # -- the Match viewer ----------------------------------------------------------------------------------------------

    def viewer(self):
        """The dock, made when it is first wanted."""
        if self._viewer is None:
            self._viewer = MatchViewer(self._iface.mapCanvas(), self._iface.mainWindow())
            self._iface.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self._viewer)
            window = self._iface.mainWindow()
            # Half of the window: by itself Qt leaves the two canvases a strip of it.
            window.resizeDocks([self._viewer], [window.height() // 2], Qt.Orientation.Vertical)
            # Not before the canvases have that size.
            QTimer.singleShot(FIT_MS, self._viewer.whole)
            self._viewer.visibilityChanged.connect(self._visible)
        return self._viewer

    def _layers_added(self, layers):
        for layer in layers:
            if is_tie_point_layer(layer):
                self._iface.addCustomActionForLayer(self._on_layer, layer)

    def _open_active(self, *_):
        layer = self._iface.activeLayer()
        if is_tie_point_layer(layer):
            self.show_layer(layer)

    def _show(self, shown):
        if shown:
            viewer = self.viewer()
            viewer.show()
            viewer.raise_()
            if viewer.layer is None:
                active = self._iface.activeLayer()
                viewer.set_layer(active if is_tie_point_layer(active) else viewer.first_layer())
        elif self._viewer is not None:
            self._viewer.hide()

    def _visible(self, _visible):
        """A dock behind another one in the same place is not closed."""
        if self._viewer is not None:
            self.action.setChecked(self._viewer.isVisible() or not self._viewer.isHidden())

    def show_layer(self, layer):
        """Open the Match viewer on ``layer``."""
        self.action.setChecked(True)
        self.viewer().set_layer(layer)

    # -- messages ------------------------------------------------------------------------------------------------------

    def announce(self, announcement):
        """The status of a match, in the message bar and the log."""
        level, title = {
            "ok": (Qgis.MessageLevel.Success, tr("Matched")),
            "low_confidence": (Qgis.MessageLevel.Warning, tr("Low confidence")),
        }.get(announcement.status, (Qgis.MessageLevel.Warning, tr("No match")))
        text = f"{announcement.what}: {announcement.text}"
        QgsApplication.messageLog().logMessage(f"{title}. {text}", "Sentinel Match", level, False)
        QTimer.singleShot(messages.AFTER_QGIS_MS, lambda: self._push(announcement, title, text, level))

    def _push(self, announcement, title, text, level):
        if self._closed:
            return
        buttons = []
        if announcement.tie_points and announcement.status != "no_match":
            buttons.append((tr("Match viewer"), lambda: self._open_points(announcement.tie_points)))
        if announcement.report:
            url = QUrl.fromLocalFile(announcement.report)
            buttons.append((tr("Report"), lambda: QDesktopServices.openUrl(url)))
        seconds = GOOD_FOR_S if announcement.status == "ok" else 0
        # In a narrow window there is room for some seventy letters: the names, which the layers have too, are left out.
        messages.show(self._iface.messageBar(), title, announcement.text, level, seconds, buttons, text)

    def _open_points(self, place):
        """The tie points that Processing named ``place``: a layer of the project, or a file that was not loaded."""
        project = QgsProject.instance()
        layer = project.mapLayer(place)
        if layer is None:
            layers = [one for one in project.mapLayers().values() if is_tie_point_layer(one)]
            path = place.split("|")[0]
            layer = next((one for one in layers if one.source().split("|")[0] == path), None)
        if layer is None:
            layer = QgsVectorLayer(place, tr("Tie points"), "ogr")
            if not layer.isValid():
                text = tr("The tie points {place} are not there any more.").format(place=place)
                self._iface.messageBar().pushMessage(text, level=Qgis.MessageLevel.Warning)
                return
            project.addMapLayer(layer)
        self.show_layer(layer)
