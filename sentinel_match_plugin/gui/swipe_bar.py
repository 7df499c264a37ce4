"""The row that starts the swipe on the main canvas."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ..processing.texts import tr
from .controls import layer_box, row
from .swipe import SwipeTool


class SwipeBar(QWidget):
    """Two layers and a button; ``canvas`` is the main one. ``say`` takes a sentence for the user."""

    def __init__(self, canvas, say):
        super().__init__()
        self._canvas, self._say = canvas, say
        self._tool = self._tool_before = None
        self.before = layer_box("RasterLayer", tr("Left (or top) of the line on the map"))
        self.after = layer_box("RasterLayer", tr("Right (or bottom) of the line on the map"))
        self.button = QPushButton(QgsApplication.getThemeIcon("/mActionSplitFeatures.svg"), tr("Swipe on the map"))
        self.button.setCheckable(True)
        self.button.setToolTip(tr("Show both layers on the main map with a line between them, and drag the line"))
        self.flip = QPushButton("⇄")
        self.flip.setToolTip(tr("Exchange the two sides"))
        self.turn = QPushButton("◫")
        self.turn.setCheckable(True)
        self.turn.setToolTip(tr("A line that lies instead of one that stands"))
        for button in (self.flip, self.turn):
            button.setMaximumWidth(30)
        sides = ((self.before, 1), self.flip, (self.after, 1))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row(self.button, QLabel(tr("left")), *sides, QLabel(tr("right")), self.turn))
        self.button.toggled.connect(self._toggle)
        self.flip.clicked.connect(self._flip)
        self.turn.toggled.connect(self._turn)
        for box in (self.before, self.after):
            box.layerChanged.connect(self._restart)
        canvas.mapToolSet.connect(self._tool_set)

    @property
    def tool(self):
        """The map tool while it is on, else None."""
        return self._tool

    def end(self):
        """Take the tool off the canvas, and listen no longer."""
        self.button.setChecked(False)
        self._canvas.mapToolSet.disconnect(self._tool_set)

    def propose(self, before, after, private=()):
        """Fill in what there is to compare, unless it is already being compared.

        ``private`` layers are not in the project; who calls keeps them alive.
        """
        if self._tool is None:
            for box in (self.before, self.after):
                box.setAdditionalLayers(list(private))
            self.before.setLayer(before)
            self.after.setLayer(after)

    def _toggle(self, on):
        if not on:
            tool, self._tool = self._tool, None
            if tool is not None:
                self._canvas.unsetMapTool(tool)
                if self._tool_before is not None:
                    self._canvas.setMapTool(self._tool_before)
                tool.deleteLater()
            return
        before, after = self.before.currentLayer(), self.after.currentLayer()
        if before is None or after is None:
            self.button.setChecked(False)
            self._say(tr("Choose two rasters of the project to swipe between, one for each side."))
            return
        self._tool_before = self._canvas.mapTool()
        self._tool = SwipeTool(self._canvas, before, after, self.turn.isChecked())
        self._canvas.setMapTool(self._tool)

    def _tool_set(self, new, _old=None):
        """Another tool was chosen in the main window."""
        if self._tool is not None and new is not self._tool:
            self._tool_before = None
            self.button.setChecked(False)

    def _restart(self, *_):
        if self._tool is not None and self.before.currentLayer() and self.after.currentLayer():
            share, before = self._tool.share, self._tool_before
            tool = SwipeTool(self._canvas, self.before.currentLayer(), self.after.currentLayer(), self.turn.isChecked())
            tool.set_share(share)
            old, self._tool = self._tool, tool
            self._canvas.setMapTool(tool)
            self._tool_before = before
            old.deleteLater()

    def _flip(self):
        before, after = self.before.currentLayer(), self.after.currentLayer()
        for box in (self.before, self.after):
            box.blockSignals(True)
        self.before.setLayer(after)
        self.after.setLayer(before)
        for box in (self.before, self.after):
            box.blockSignals(False)
        self._restart()

    def _turn(self, horizontal):
        if self._tool is not None:
            self._tool.set_horizontal(horizontal)
