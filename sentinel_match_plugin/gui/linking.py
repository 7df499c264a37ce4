"""Two canvases that show the same place: what one shows, the other follows, by the pairs."""

from __future__ import annotations

import numpy as np
from qgis.core import QgsCoordinateTransform, QgsCsException, QgsPointXY, QgsProject
from qgis.PyQt.QtCore import QObject

from .places import Correspondence
from .tie_points import OUTLIER


def correspondences(reference_places, target_places, inlier, frames, extent):
    """From the reference's canvas to the target's, and back, by the points that are used.

    Too few of them are helped out by the georeferencing, if both canvases have one: ``frames`` of the two, ``extent``
    of the reference's raster on its canvas.
    """
    used = inlier != OUTLIER
    if not used.any():
        used = np.ones(len(inlier), bool)
    here, there = reference_places[used], target_places[used]
    if len(here) < 3:
        grid, moved = _by_georeferencing(frames, extent)
        if len(grid):
            forth = Correspondence(grid, moved)
            shift = (there - [forth(x, y) for x, y in here]).mean(0) if len(here) else 0.0
            here, there = grid, moved + shift
    return Correspondence(here, there), Correspondence(there, here)


def _by_georeferencing(frames, extent):
    """A grid of places over ``extent``, and where the CRS of the other canvas has them; empty if it cannot be said."""
    nothing = np.zeros((0, 2))
    if not all(frame.crs.isValid() for frame in frames) or frames[1].transform is not None or extent.isEmpty():
        return nothing, nothing
    x = np.linspace(extent.xMinimum(), extent.xMaximum(), 3)
    y = np.linspace(extent.yMinimum(), extent.yMaximum(), 3)
    grid = np.stack(np.meshgrid(x, y), -1).reshape(-1, 2)
    change = QgsCoordinateTransform(frames[0].crs, frames[1].crs, QgsProject.instance())
    try:
        moved = [change.transform(QgsPointXY(*place)) for place in grid]
    except QgsCsException:
        return nothing, nothing
    return grid, np.array([(point.x(), point.y()) for point in moved])


class Link(QObject):
    """Keeps two ``PairCanvas`` on the same place while it is ``on``."""

    def __init__(self, reference, target, parent=None):
        super().__init__(parent)
        self._reference, self._target = reference, target
        self._forth = self._back = None
        self._busy = False
        self._on = True
        reference.extentsChanged.connect(lambda: self._follow(reference))
        target.extentsChanged.connect(lambda: self._follow(target))
        reference.hovered.connect(lambda x, y: self._show_mouse(target, self._forth, x, y))
        target.hovered.connect(lambda x, y: self._show_mouse(reference, self._back, x, y))
        for canvas, other in ((reference, target), (target, reference)):
            canvas.left.connect(lambda other=other: other.marks.set_mouse(None))

    def set_correspondences(self, forth, back):
        """From the reference to the target, and back; None, None while there is no pair of rasters."""
        self._forth, self._back = forth, back
        if forth is not None:
            self._target.setRotation(_upright(forth.rotation))

    def set_on(self, on):
        """Follow or not; on: the target goes where the reference is."""
        self._on = on
        if on:
            self._follow(self._reference)

    def to_target(self, x, y):
        """Where a place of the reference's canvas lies on the target's."""
        return self._forth(x, y)

    def to_reference(self, x, y):
        """Where a place of the target's canvas lies on the reference's."""
        return self._back(x, y)

    def look_at_pair(self, reference_place, target_place, step=None):
        """Both places of a pair in the middle; ``step`` map units of the reference a pixel."""
        self._busy = True
        try:
            step = step or self._reference.mapUnitsPerPixel()
            self._reference.look_at(*reference_place, step)
            self._target.look_at(*target_place, step * self._forth.scale)
        finally:
            self._busy = False

    def align(self, canvas, here, there):
        """The other canvas shows ``there`` at the spot of the screen where ``canvas`` shows ``here``."""
        dx, dy = np.subtract(there, self._way_from(canvas)[1](*here))
        self._lead(canvas, dx, dy)

    def _follow(self, canvas):
        if self._busy or canvas.resizing or not self._on or self._forth is None:
            return
        self._lead(canvas)

    def _way_from(self, canvas):
        """The canvas beside ``canvas``, and how places get there."""
        return (self._target, self._forth) if canvas is self._reference else (self._reference, self._back)

    def _lead(self, canvas, dx=0.0, dy=0.0):
        """The other canvas shows what ``canvas`` shows, ``dx``, ``dy`` of its own map units beside it."""
        other, way = self._way_from(canvas)
        centre = canvas.center()
        x, y = way(centre.x(), centre.y())
        self._busy = True
        try:
            other.look_at(x + dx, y + dy, canvas.mapUnitsPerPixel() * way.scale)
        finally:
            self._busy = False

    def _show_mouse(self, other, way, x, y):
        if way is not None:
            other.marks.set_mouse(way(x, y))


def _upright(degrees):
    """The canvas rotation that undoes a turn of the content; none for what is no more than a tilt.

    To a tenth of a degree: turned by a right angle and a rounding error, QGIS 3.40 and 3.44 crash while drawing.
    """
    return round(degrees, 1) if abs(degrees) > 0.5 else 0.0
