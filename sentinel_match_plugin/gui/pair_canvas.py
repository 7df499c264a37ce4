"""One of the two canvases: a raster, the tie points on it, and what the mouse does there."""

from __future__ import annotations

import numpy as np
from qgis.core import QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsMapTool
from qgis.PyQt.QtCore import QEvent, QPointF, QRectF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QCursor, QKeySequence, QPainter, QPen, QPolygonF

from ..processing.symbols import OUTLIER_COLOUR, RESIDUAL_COLOURS, RESIDUAL_LIMITS, UNMEASURED_COLOUR
from .tie_points import OUTLIER

COLOURS = (*RESIDUAL_COLOURS, UNMEASURED_COLOUR, OUTLIER_COLOUR)
UNMEASURED, NOT_USED = len(RESIDUAL_COLOURS), len(RESIDUAL_COLOURS) + 1
POINT_SIZE, LEAST_POINT_SIZE, NEAR_PX, DRAG_PX = 8.0, 2.0, 9.0, 4
EXPECTED_PX = 22.0


KEYS = {
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_PageDown: "next",
    Qt.Key.Key_PageUp: "previous",
    Qt.Key.Key_Escape: "escape",
}


def _meaning(event):
    """What a key is for here, "" if nothing."""
    if event.matches(QKeySequence.StandardKey.Undo):
        return "undo"
    if event.matches(QKeySequence.StandardKey.Redo):
        return "redo"
    return KEYS.get(event.key(), "")


def colour_index(pairs):
    """Of each pair, the index of its colour in ``COLOURS``: the same classes as the style of the layer."""
    index = np.searchsorted(RESIDUAL_LIMITS, np.nan_to_num(pairs.residual), side="right")
    index[~np.isfinite(pairs.residual)] = UNMEASURED
    index[pairs.inlier == OUTLIER] = NOT_USED
    return index


class PairCanvas(QgsMapCanvas):
    """Shows one raster of the pair.

    ``picked(x, y, add)``: a click there, ``add`` with Ctrl or Shift; ``hovered(x, y)``: the mouse is there;
    ``left``: it went away; ``keyed(name)``: a key of ``KEYS``, or undo, redo. Map coordinates of this canvas.
    """

    picked = pyqtSignal(float, float, bool)
    hovered = pyqtSignal(float, float)
    left = pyqtSignal()
    keyed = pyqtSignal(str)

    def __init__(self, parent=None):
        self.resizing = False
        super().__init__(parent)
        self.setCanvasColor(QColor(255, 255, 255))
        self.enableAntiAliasing(True)
        self.setMinimumSize(160, 120)
        self.points = _PointsItem(self)
        self.marks = _MarksItem(self)
        self._tool = _PickTool(self)
        self.setMapTool(self._tool)

    def set_adding(self, adding):
        """The cursor says what a click does."""
        cursor = QCursor(Qt.CursorShape.CrossCursor if adding else Qt.CursorShape.ArrowCursor)
        self._tool.setCursor(cursor)
        self.setCursor(cursor)

    def event(self, event):
        # The main window has shortcuts of its own for these, for whatever layer is active there: ours come first.
        if event.type() == QEvent.Type.ShortcutOverride and _meaning(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event):
        name = _meaning(event)
        if name:
            self.keyed.emit(name)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event):
        """Keep the middle and the scale: QGIS would zoom out a little at every change, and the other canvas with it."""
        centre, step = self.center(), self.mapUnitsPerPixel()
        self.resizing = True
        try:
            super().resizeEvent(event)
            if step > 0 and self.layers():
                self.look_at(centre.x(), centre.y(), step)
        finally:
            self.resizing = False

    def leaveEvent(self, event):
        self.left.emit()
        super().leaveEvent(event)

    def look_at(self, x, y, map_units_per_pixel=None):
        """Put a place into the middle, at the given or the present scale."""
        step = map_units_per_pixel or self.mapUnitsPerPixel()
        size = self.viewport().size()  # without the frame
        extent = QgsRectangle.fromCenterAndSize(QgsPointXY(x, y), size.width() * step, size.height() * step)
        self.setExtent(extent, False)
        self.refresh()

    def on_screen(self, x, y):
        """Pixel position of a place, ``(x, y)``."""
        point = self.points.toCanvasCoordinates(QgsPointXY(x, y))
        return point.x(), point.y()

    def nearest(self, x, y):
        """Index of the visible point under the mouse at ``(x, y)``, -1 if there is none."""
        return self.points.nearest(x, y)

    def close_items(self):
        """Take the items off before the canvas goes: QGIS deletes what is still on it, and Python what it holds."""
        self.unsetMapTool(self._tool)
        for item in (self.points, self.marks):
            self.scene().removeItem(item)


class _Overlay(QgsMapCanvasItem):
    """An item as large as the canvas that stays where it is and draws in pixels."""

    def __init__(self, canvas):
        super().__init__(canvas)
        self.canvas = canvas

    def boundingRect(self):
        return QRectF(0, 0, self.canvas.width(), self.canvas.height())

    def updatePosition(self):
        self.prepareGeometryChange()
        self.update()

    def pixels(self, places):
        """``(N, 2)`` map coordinates -> ``(N, 2)`` pixels, also while the map is dragged or turned."""
        corner, step = self.canvas.center(), self.canvas.mapUnitsPerPixel() or 1.0
        corners = [(0.0, 0.0), (step, 0.0), (0.0, step)]
        at = [self.toCanvasCoordinates(QgsPointXY(corner.x() + x, corner.y() + y)) for x, y in corners]
        origin = np.array([at[0].x(), at[0].y()])
        matrix = np.array([[p.x() - origin[0], p.y() - origin[1]] for p in at[1:]])
        return (np.asarray(places, float) - [corner.x(), corner.y()]) / step @ matrix + origin


class _PointsItem(_Overlay):
    """All tie points, those selected with a ring; thousands of them are drawn a colour at a time."""

    def __init__(self, canvas):
        super().__init__(canvas)
        self.setZValue(10)
        self.show_points(np.zeros((0, 2)), np.zeros(0, int), np.zeros(0, bool), np.zeros(0, bool))

    def show_points(self, places, colour, visible, selected):
        """``places`` ``(N, 2)`` map coordinates, ``colour`` index of ``COLOURS``, two masks."""
        self._places, self._colour, self._visible, self._selected = places, colour, visible, selected
        self.update()

    def nearest(self, x, y):
        if not self._visible.any():
            return -1
        distance = np.hypot(*(self.pixels(self._places) - self.pixels([[x, y]])).T)
        distance[~self._visible] = np.inf
        index = int(distance.argmin())
        return index if distance[index] <= NEAR_PX else -1

    def paint(self, painter, *_):
        if not len(self._places):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where = self.pixels(self._places)
        inside = ((where > -20) & (where < [self.canvas.width() + 20, self.canvas.height() + 20])).all(1)
        shown = inside & self._visible
        # So many points in sight that they would hide the image are drawn smaller.
        size = float(np.clip(0.3 * _room(where[shown]), LEAST_POINT_SIZE, POINT_SIZE))
        for index in reversed(range(len(COLOURS))):
            there = where[shown & (self._colour == index)]
            if index == NOT_USED:
                _draw_crosses(painter, there, size)
            else:
                _draw_dots(painter, there, size, QColor(COLOURS[index]))
        for x, y in where[self._selected & inside]:
            for colour, width in (("#000000", 4.0), ("#00e5ff", 2.0)):
                painter.setPen(QPen(QColor(colour), width))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(x, y), size, size)


def _room(places):
    """How far apart points are, in the mean, where there are any."""
    return float(np.sqrt(np.ptp(places, 0).prod() / len(places))) if len(places) > 1 else POINT_SIZE / 0.3


def _draw_dots(painter, places, size, colour):
    """A round pen draws a dot at each point: the outline first, a little larger."""
    polygon = QPolygonF([QPointF(x, y) for x, y in places])
    for pen_colour, width in ((QColor(30, 30, 30), size + min(1.6, 0.25 * size)), (colour, size)):
        painter.setPen(QPen(pen_colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(polygon)


def _draw_crosses(painter, places, size):
    arm = size / 2
    for colour, width in (("#ffffff", 3.0), (OUTLIER_COLOUR, 1.6)):
        painter.setPen(QPen(QColor(colour), width))
        for x, y in places:
            painter.drawLine(QPointF(x - arm, y - arm), QPointF(x + arm, y + arm))
            painter.drawLine(QPointF(x - arm, y + arm), QPointF(x + arm, y - arm))


class _MarksItem(_Overlay):
    """The mouse on the other canvas, the place of a pair that is being set, and where its partner is expected."""

    def __init__(self, canvas):
        super().__init__(canvas)
        self.setZValue(20)
        self._mouse = self._placed = self.expected = None

    def set_mouse(self, place):
        """``(x, y)`` or None."""
        self._mouse = place
        self.update()

    def set_pair(self, placed, expected):
        """Each ``(x, y)`` or None."""
        self._placed, self.expected = placed, expected
        self.update()

    def paint(self, painter, *_):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, colour, arm in ((self._mouse, "#ffff00", 9), (self._placed, "#ff00ff", 13)):
            if place is None:
                continue
            ((x, y),) = self.pixels([place])
            for pen, width in (("#000000", 3.4), (colour, 1.6)):
                painter.setPen(QPen(QColor(pen), width))
                for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                    painter.drawLine(QPointF(x + 3 * dx, y + 3 * dy), QPointF(x + arm * dx, y + arm * dy))
        if self.expected is not None:
            ((x, y),) = self.pixels([self.expected])
            for pen, width, style in (("#000000", 3.4, Qt.PenStyle.SolidLine), ("#ff00ff", 1.6, Qt.PenStyle.DashLine)):
                painter.setPen(QPen(QColor(pen), width, style))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(x, y), EXPECTED_PX, EXPECTED_PX)


class _PickTool(QgsMapTool):
    """A click picks, a drag pans, the wheel zooms (which the canvas does itself)."""

    def __init__(self, canvas):
        super().__init__(canvas)
        self._pressed = None
        self._panning = False
        self.setCursor(QCursor(Qt.CursorShape.ArrowCursor))

    def canvasPressEvent(self, event):
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._panning = event.pos(), False

    def canvasMoveEvent(self, event):
        canvas = self.canvas()
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if (event.pos() - self._pressed).manhattanLength() > DRAG_PX:
                self._panning = True
            if self._panning:
                canvas.panAction(event)
                return
        point = self.toMapCoordinates(event.pos())
        canvas.hovered.emit(point.x(), point.y())

    def canvasReleaseEvent(self, event):
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        panned, self._pressed, self._panning = self._panning, None, False
        if panned:
            self.canvas().panActionEnd(event.pos())
            return
        point = self.toMapCoordinates(event.pos())
        also = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self.canvas().picked.emit(point.x(), point.y(), bool(also))
