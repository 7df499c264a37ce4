"""The dock *Match viewer*: both rasters of a layer of tie points side by side, the points on both, to be edited."""

from __future__ import annotations

import numpy as np
from qgis.core import Qgis, QgsProject
from qgis.gui import QgsDockWidget, QgsMessageBar
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from ..processing import provenance
from ..processing.texts import icon_file, tr
from .controls import Actions, Filter, layer_box, legend, row
from .editing import Editing
from .linking import Link, correspondences
from .looking import Looking
from .pair_canvas import PairCanvas, colour_index
from .places import reference_frame, target_frame
from .point_text import describe_point
from .rasters import find_raster, find_warped
from .swipe_bar import SwipeBar
from .tie_points import INLIER, OUTLIER, TiePoints, is_tie_point_layer


class MatchViewer(Editing, Looking, QgsDockWidget):
    """Shows one layer of tie points at a time. ``main_canvas`` is the map of the window, for the swipe."""

    def __init__(self, main_canvas, parent=None):
        super().__init__(tr("Match viewer"), parent)
        self.setObjectName("SentinelMatchViewer")
        self._points = None
        self._frames = None
        self._selected: list[int] = []  # ids of features
        self._places = (np.zeros((0, 2)), np.zeros((0, 2)))
        self._shown = np.zeros(0, bool)
        self._clicks: dict = {}
        self._dialogs: list = []
        self._fit_when_shown = False
        self._build(main_canvas)
        project = QgsProject.instance()
        project.layersAdded.connect(self._offer_layers)
        project.layersRemoved.connect(self._offer_layers)
        self._offer_layers()
        self._update_actions()

    def _build(self, main_canvas):
        self.bar = QgsMessageBar()
        self.layer_box = layer_box("PointLayer", tr("A layer of tie points, as Match rasters writes them"))
        self.reference_box = layer_box("RasterLayer", tr("The raster that the points lie on"))
        self.target_box = layer_box("RasterLayer", tr("The raster that tgt_x and tgt_y point into"))
        self.reference_canvas, self.target_canvas = PairCanvas(), PairCanvas()
        self.link = Link(self.reference_canvas, self.target_canvas, self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for title, box, canvas in (
            (tr("Reference"), self.reference_box, self.reference_canvas),
            (tr("Target"), self.target_box, self.target_canvas),
        ):
            side = QWidget()
            layout = QVBoxLayout(side)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(2)
            layout.addWidget(row(QLabel(f"<b>{title}</b>"), (box, 1)))
            layout.addWidget(canvas, 1)
            self.splitter.addWidget(side)
        self.filter = Filter(self._filter_changed)
        names = [
            "whole",
            "previous",
            "next",
            "delete",
            "delete_hidden",
            "turn",
            "undo",
            "redo",
            "save",
            "discard",
            "warp",
        ]
        does = {name: getattr(self, name) for name in names}
        self.actions_bar = Actions({**does, "link": self.link.set_on, "add": self._set_adding})
        self.actions_bar.link.setChecked(True)
        self.swipe = SwipeBar(main_canvas, self.say)
        self.warp_button = QPushButton(QIcon(icon_file("warpraster")), tr("Warp …"))
        self.warp_button.setToolTip(tr("Warp the target with the points as they are now: opens the dialog, filled in"))
        self.warp_button.clicked.connect(self.warp)
        self.about = QLabel()
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(3)
        layout.addWidget(self.bar)
        layout.addWidget(
            row(QLabel(f"<b>{tr('Tie points')}</b>"), (self.layer_box, 1), (self.about, 2), self.warp_button)
        )
        layout.addWidget(self.actions_bar)
        layout.addWidget(self.filter)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(legend())
        layout.addWidget(self.swipe)
        self.setWidget(whole)
        self.layer_box.layerChanged.connect(self.set_layer)
        self.reference_box.layerChanged.connect(self._rasters_changed)
        self.target_box.layerChanged.connect(self._rasters_changed)
        self.reference_canvas.picked.connect(lambda x, y, also: self._picked(self.reference_canvas, x, y, also))
        self.target_canvas.picked.connect(lambda x, y, also: self._picked(self.target_canvas, x, y, also))
        for canvas in (self.reference_canvas, self.target_canvas):
            canvas.keyed.connect(self._keyed)

    def showEvent(self, event):
        super().showEvent(event)
        if self._fit_when_shown:
            self._fit_when_shown = False
            QTimer.singleShot(0, self.whole)

    def end(self):
        """Before the dock goes: nothing of it may be called any more. Edits stay in the layer."""
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._offer_layers)
        project.layersRemoved.disconnect(self._offer_layers)
        self.swipe.end()
        self._forget_layer()
        for canvas in (self.reference_canvas, self.target_canvas):
            canvas.close_items()

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def layer(self):
        """The layer of tie points, None if none is shown."""
        return None if self._points is None else self._points.layer

    @property
    def pairs(self):
        """Its pairs (``tie_points.Pairs``), as edited."""
        return self._points.pairs

    @property
    def selected(self):
        """The ids of the selected features."""
        return list(self._selected)

    def first_layer(self):
        """The newest layer of tie points of the project, None if there is none."""
        layers = [node.layer() for node in QgsProject.instance().layerTreeRoot().findLayers()]
        return next((layer for layer in layers if is_tie_point_layer(layer)), None)

    def set_layer(self, layer):
        """Show the tie points of ``layer``, on the rasters that its metadata name."""
        if layer is self.layer:
            return
        self._forget_layer()
        self.layer_box.blockSignals(True)
        self.layer_box.setLayer(layer)
        self.layer_box.blockSignals(False)
        if layer is not None and is_tie_point_layer(layer):
            self._points = TiePoints(layer, self)
            self._points.changed.connect(self._points_changed)
            self._points.gone.connect(self._layer_gone)
            layer.undoStack().indexChanged.connect(self._update_actions)
            self.filter.reset()
            self._find_rasters()
        self._rasters_changed()

    def set_rasters(self, reference, target):
        """Show the points on these rasters."""
        self._put_rasters(reference, target)
        self._rasters_changed()

    def _put_rasters(self, *rasters):
        """Choose the reference and the target in their boxes, without saying so to anybody."""
        for box, raster in zip((self.reference_box, self.target_box), rasters):
            box.blockSignals(True)
            box.setAdditionalLayers(_private([raster]))
            box.setLayer(raster)
            box.blockSignals(False)

    def _find_rasters(self):
        found, missing = [], []
        for name, title in ((provenance.REFERENCE, tr("reference")), (provenance.TARGET, tr("target"))):
            raster, where = find_raster(self.layer, name)
            found.append(raster)
            if raster is None:
                missing.append(tr("{title} ({where})").format(title=title, where=where) if where else title)
        # They live in the boxes only, as long as nobody adds them to the project.
        self._kept_rasters = found
        self._put_rasters(*found)
        if missing:
            self.say(
                tr(
                    "{layer} does not say where its {missing} is, or it is not there: choose it above the canvas."
                ).format(layer=self.layer.name(), missing=tr(" and ").join(missing))
            )
        self.swipe.propose(found[1], find_warped(self.layer) or found[0], _private(found))

    def _rasters_changed(self, *_):
        """New rasters, or a new layer: the frames, the link, everything."""
        reference, target = self.reference_box.currentLayer(), self.target_box.currentLayer()
        ready = self.layer is not None and reference is not None and target is not None
        self._frames = (reference_frame(self.layer, reference), target_frame(self.layer, target)) if ready else None
        for canvas, raster, frame in zip(
            (self.reference_canvas, self.target_canvas), (reference, target), self._frames or (None, None)
        ):
            if frame is not None:
                canvas.setDestinationCrs(frame.crs)
            canvas.setLayers([raster] if frame is not None else [])
            canvas.refresh()
        self._points_changed()
        if ready:
            self.whole()

    def _points_changed(self):
        """The pairs were edited, here or elsewhere."""
        if self._frames is None:
            self._places = (np.zeros((0, 2)), np.zeros((0, 2)))
            self._selected = []
            self.link.set_correspondences(None, None)
        else:
            pairs, (here, there) = self.pairs, self._frames
            self._places = (here.to_canvas(pairs.reference), there.to_canvas(pairs.target))
            known = set(pairs.fid.tolist())
            self._selected = [fid for fid in self._selected if fid in known]
            extent = self._raster_extent()
            self.link.set_correspondences(*correspondences(*self._places, pairs.inlier, self._frames, extent))
        self._filter_changed()

    def _filter_changed(self, *_):
        if self._frames is None:
            self._shown = np.zeros(0, bool)
            self.filter.count.setText("")
        else:
            self._shown = self.filter.passes(self.pairs, INLIER, OUTLIER)
            self._shown |= np.isin(self.pairs.fid, self._selected)
            text = tr("{shown} of {count} points").format(shown=int(self._shown.sum()), count=len(self.pairs))
            self.filter.count.setText(f"<b>{text}</b>")
        self._draw()

    def _draw(self):
        """The points on both canvases, and what is said of the selected one."""
        if self._frames is None:
            colour, chosen = np.zeros(0, int), np.zeros(0, bool)
        else:
            colour, chosen = colour_index(self.pairs), np.isin(self.pairs.fid, self._selected)
        for canvas, places in zip((self.reference_canvas, self.target_canvas), self._places):
            canvas.points.show_points(places, colour, self._shown, chosen)
        self.about.setText(self._about())
        self._update_actions()

    def _about(self):
        """What is being done, or what is selected."""
        if self.actions_bar.add.isChecked():
            if not self._clicks:
                return tr("Click a spot that you recognise, on either raster.")
            other = tr("target") if self.reference_canvas in self._clicks else tr("reference")
            return tr("Now click the same spot on the {other}: it is expected in the circle.").format(other=other)
        if self._frames is None or not self._selected:
            return ""
        if len(self._selected) > 1:
            return tr("{count} points selected").format(count=len(self._selected))
        (index,) = np.flatnonzero(self.pairs.fid == self._selected[0])
        return describe_point(self.pairs, index, self._frames, [places[index] for places in self._places])

    # -- around it -----------------------------------------------------------------------------------------------------

    def say(self, text, level=Qgis.MessageLevel.Warning):
        """A sentence in the dock's own message bar."""
        self.bar.clearWidgets()
        short = level in (Qgis.MessageLevel.Success, Qgis.MessageLevel.Info)
        self.bar.pushMessage("", text, level, 6 if short else 0)

    def _update_actions(self, *_):
        bar, ready = self.actions_bar, self._frames is not None
        stack = self.layer.undoStack() if self.layer is not None else None
        for action in (bar.whole, bar.previous, bar.next, bar.add, self.warp_button):
            action.setEnabled(ready)
        for action in (bar.delete, bar.turn):
            action.setEnabled(ready and bool(self._selected))
        bar.delete_hidden.setEnabled(ready and not self._shown.all())
        bar.undo.setEnabled(stack is not None and stack.canUndo())
        bar.redo.setEnabled(stack is not None and stack.canRedo())
        for action in (bar.save, bar.discard):
            action.setEnabled(self._points is not None and self._points.unsaved)

    def _offer_layers(self, *_):
        """Of the project's point layers, only those of tie points can be chosen."""
        layers = QgsProject.instance().mapLayers().values()
        self.layer_box.blockSignals(True)
        self.layer_box.setExceptedLayerList([layer for layer in layers if not is_tie_point_layer(layer)])
        self.layer_box.setLayer(self.layer)
        self.layer_box.blockSignals(False)

    def _forget_layer(self):
        self.actions_bar.add.setChecked(False)
        if self._points is not None:
            if self.layer is not None:
                self.layer.undoStack().indexChanged.disconnect(self._update_actions)
            self._points.close()
            self._points.deleteLater()
        self._points = self._frames = None
        self._selected = []
        self.bar.clearWidgets()

    def _layer_gone(self):
        self._forget_layer()
        self._rasters_changed()


def _private(layers):
    """Those that are not in the project."""
    project = QgsProject.instance()
    return [layer for layer in layers if layer is not None and project.mapLayer(layer.id()) is None]
