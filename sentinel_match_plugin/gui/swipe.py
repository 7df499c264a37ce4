"""Before and after on the main canvas: two layers with a line between them that the mouse moves."""

from __future__ import annotations

from qgis.core import QgsMapRendererParallelJob, QgsMapSettings, QgsPointXY
from qgis.gui import QgsMapCanvasItem, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QLineF, QPointF, QRectF, Qt, QTimer
from qgis.PyQt.QtGui import QColor, QCursor, QPainter, QPen, QPolygonF

HANDLE_PX = 9


class SwipeTool(QgsMapTool):
    """Shows ``before`` on the left (or top) and ``after`` on the other side while it is the canvas's tool.

    A drag, or a click, moves the line; the wheel zooms; the middle button pans, as with any tool.
    """

    def __init__(self, canvas, before, after, horizontal=False):
        super().__init__(canvas)
        self._layers, self._names = [before, after], [before.name(), after.name()]
        self._horizontal = horizontal
        self._share = 0.5
        self._item = None
        self._jobs = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(50)
        self._soon.timeout.connect(self._render)
        self._set_cursor()

    @property
    def share(self) -> float:
        """Where the line is, 0 (left, top) to 1."""
        return self._share

    def set_share(self, share):
        """Move the line."""
        self._share = min(max(share, 0.0), 1.0)
        if self._item is not None:
            self._item.set_line(self._share, self._horizontal)

    def set_horizontal(self, horizontal):
        """Whether the line lies, with ``before`` above it, instead of standing."""
        self._horizontal = horizontal
        self._set_cursor()
        self.set_share(self._share)

    @property
    def ready(self) -> bool:
        """Whether both sides have been drawn for the present view."""
        return self._item is not None and not self._jobs and not self._soon.isActive() and self._item.has_images

    # -- what QGIS calls -----------------------------------------------------------------------------------------------

    def activate(self):
        super().activate()
        canvas = self.canvas()
        self._item = _SwipeItem(canvas, self._names)
        self.set_share(self._share)
        canvas.extentsChanged.connect(self._soon.start)
        canvas.rotationChanged.connect(self._soon.start)
        canvas.destinationCrsChanged.connect(self._soon.start)
        for layer in self._layers:
            layer.repaintRequested.connect(self._soon.start)
            layer.willBeDeleted.connect(self._gone)
        self._render()

    def deactivate(self):
        canvas = self.canvas()
        if self._item is not None:
            self._soon.stop()
            self._cancel()
            for signal in (canvas.extentsChanged, canvas.rotationChanged, canvas.destinationCrsChanged):
                signal.disconnect(self._soon.start)
            for layer in self._layers:
                if sip.isdeleted(layer):  # it is leaving, which is why the tool does
                    continue
                layer.repaintRequested.disconnect(self._soon.start)
                layer.willBeDeleted.disconnect(self._gone)
            canvas.scene().removeItem(self._item)
            self._item = None
        super().deactivate()

    def canvasPressEvent(self, event):
        self._move(event)

    def canvasMoveEvent(self, event):
        self._move(event)

    def _move(self, event):
        if event.buttons() & Qt.MouseButton.LeftButton:
            canvas, at = self.canvas(), event.pos()
            self.set_share(at.y() / max(canvas.height(), 1) if self._horizontal else at.x() / max(canvas.width(), 1))

    def _set_cursor(self):
        self.setCursor(QCursor(Qt.CursorShape.SplitVCursor if self._horizontal else Qt.CursorShape.SplitHCursor))

    def _gone(self):
        """A layer leaves the project: nothing is left to compare."""
        if self.canvas() is not None:
            self.canvas().unsetMapTool(self)

    # -- drawing the two sides -----------------------------------------------------------------------------------------

    def _render(self):
        """Draw both layers for the present view, away from the main thread."""
        self._cancel()
        canvas = self.canvas()
        extent = canvas.extent()
        for side, layer in enumerate(self._layers):
            settings = QgsMapSettings(canvas.mapSettings())
            settings.setLayers([layer])
            settings.setBackgroundColor(canvas.canvasColor())
            job = QgsMapRendererParallelJob(settings)
            job.finished.connect(lambda side=side, job=job: self._drawn(side, job, extent))
            self._jobs.append(job)
        for job in list(self._jobs):
            job.start()

    def _drawn(self, side, job, extent):
        if job in self._jobs:
            self._jobs.remove(job)
            if self._item is not None:
                self._item.set_image(side, job.renderedImage(), extent)
        _ending.discard(job)
        job.deleteLater()

    def _cancel(self):
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            _ending.add(job)
            job.cancelWithoutBlocking()


# Cancelled jobs that still run: deleting one would wait for it.
_ending: set = set()


class _SwipeItem(QgsMapCanvasItem):
    """The two images, each on its side of the line."""

    def __init__(self, canvas, names):
        super().__init__(canvas)
        self._canvas, self._names = canvas, names
        self._images, self._share, self._horizontal = [None, None], 0.5, False
        self._extents = [None, None]
        self.setZValue(50)

    @property
    def has_images(self):
        return all(image is not None for image in self._images)

    def set_line(self, share, horizontal):
        self._share, self._horizontal = share, horizontal
        self.update()

    def set_image(self, side, image, extent):
        """``image`` of ``extent`` as the canvas showed it; it stays in its place on the map when that is moved."""
        self._images[side], self._extents[side] = image, extent
        self.updatePosition()

    def boundingRect(self):
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())

    def updatePosition(self):
        self.prepareGeometryChange()
        self.update()

    def paint(self, painter, *_):
        if not self.has_images:
            return
        width, height = self._canvas.width(), self._canvas.height()
        at = (height if self._horizontal else width) * self._share
        if self._horizontal:
            sides = [QRectF(0, 0, width, at), QRectF(0, at, width, height - at)]
            line, handle = QLineF(0, at, width, at), QPointF(width / 2, at)
        else:
            sides = [QRectF(0, 0, at, height), QRectF(at, 0, width - at, height)]
            line, handle = QLineF(at, 0, at, height), QPointF(at, height / 2)
        for image, extent, side in zip(self._images, self._extents, sides):
            painter.save()
            painter.setClipRect(side)
            painter.drawImage(self._where(extent), image)
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, pen_width in ((QColor(0, 0, 0, 160), 4.0), (QColor(255, 255, 255), 2.0)):
            painter.setPen(QPen(colour, pen_width))
            painter.drawLine(line)
        self._draw_handle(painter, handle)
        for name, side, far in zip(self._names, sides, (False, True)):
            self._draw_name(painter, name, side, far)

    def _where(self, extent):
        """Where an image of ``extent`` lies now: while the map is dragged or zoomed it moves with it."""
        if self._canvas.rotation():
            return QRectF(0, 0, self._canvas.width(), self._canvas.height())
        upper_left = self.toCanvasCoordinates(QgsPointXY(extent.xMinimum(), extent.yMaximum()))
        return QRectF(upper_left, self.toCanvasCoordinates(QgsPointXY(extent.xMaximum(), extent.yMinimum())))

    def _draw_handle(self, painter, at):
        painter.setPen(QPen(QColor(60, 60, 60), 1.2))
        painter.setBrush(QColor(255, 255, 255))
        painter.drawEllipse(at, HANDLE_PX + 3, HANDLE_PX + 3)
        painter.setBrush(QColor(60, 60, 60))
        painter.setPen(Qt.PenStyle.NoPen)
        for sign in (-1, 1):
            tip, base, half = sign * HANDLE_PX, sign * 3, 4
            corners = [(tip, 0), (base, half), (base, -half)]
            if self._horizontal:
                corners = [(y, x) for x, y in corners]
            painter.drawPolygon(QPolygonF([QPointF(at.x() + x, at.y() + y) for x, y in corners]))

    def _draw_name(self, painter, name, side, far):
        """The layer's name in its side's outer upper corner (lower, for the lower side)."""
        metrics = painter.fontMetrics()
        room = side.width() - 40
        if room < 30 or side.height() < 34:
            return
        text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, int(room))
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 16, metrics.height() + 8)
        box.moveTop(side.bottom() - box.height() - 8 if far and self._horizontal else side.top() + 8)
        box.moveLeft(side.right() - box.width() - 8 if far and not self._horizontal else side.left() + 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(255, 255, 255))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
