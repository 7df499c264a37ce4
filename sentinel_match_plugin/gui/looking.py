"""What the Match viewer's canvases show: where they look, and which points are selected."""

from __future__ import annotations

import numpy as np
from qgis.core import QgsCoordinateTransform, QgsCsException, QgsProject, QgsRectangle

CLOSE_PX = 40  # pixels of the reference beside a point that is looked at closely


class Looking:
    """The part of the Match viewer that looks around; nothing of the layer changes by it."""

    def whole(self, *_):
        """All points in sight."""
        if self._frames is None:
            return
        if not self.isVisible() or self.reference_canvas.width() < 2:
            self._fit_when_shown = True
            return
        places = self._places[0][self._shown]
        box = self._raster_extent()
        if len(places) > 1:
            (x0, y0), (x1, y1) = places.min(0), places.max(0)
            box = QgsRectangle(x0, y0, x1, y1)
            box.grow(0.06 * max(box.width(), box.height()))
        canvas = self.reference_canvas
        step = max(box.width() / max(canvas.width(), 1), box.height() / max(canvas.height(), 1))
        centre = box.center()
        other = self.link.to_target(centre.x(), centre.y())
        if step > 0:
            self.link.look_at_pair((centre.x(), centre.y()), other, step)

    def select(self, fids, look=True):
        """Select features; ``look``: both canvases go there, closer if they are far away."""
        self._selected = [int(fid) for fid in fids]
        self._filter_changed()
        if look and len(self._selected) == 1:
            (index,) = np.flatnonzero(self.pairs.fid == self._selected[0])
            close = self._reference_pixel() * 2 * CLOSE_PX / max(self.reference_canvas.width(), 1)
            step = min(self.reference_canvas.mapUnitsPerPixel(), 4 * close)
            self.link.look_at_pair(self._places[0][index], self._places[1][index], step)

    def _reference_pixel(self):
        """The pixel size of the reference on its canvas."""
        raster, extent = self.reference_box.currentLayer(), self._raster_extent()
        return extent.width() / raster.width() if raster.width() else extent.width() / 1000

    def next(self, *_):
        """The next worse point of those shown; the worst of all at first."""
        self._step(1)

    def previous(self, *_):
        """The one before."""
        self._step(-1)

    def _step(self, by):
        if self._frames is None or not self._shown.any():
            return
        indices = np.flatnonzero(self._shown)
        worst_first = indices[np.argsort(-np.nan_to_num(self.pairs.residual[indices], nan=-1.0), kind="stable")]
        fids = self.pairs.fid[worst_first].tolist()
        at = fids.index(self._selected[-1]) + by if self._selected and self._selected[-1] in fids else 0
        self.select([fids[at % len(fids)]])

    def _picked(self, canvas, x, y, also):
        if self._frames is None:
            return
        if self.actions_bar.add.isChecked():
            self._place(canvas, x, y)
            return
        index = canvas.nearest(x, y)
        fid = int(self.pairs.fid[index]) if index >= 0 else None
        if also and fid is not None:
            chosen = [f for f in self._selected if f != fid] if fid in self._selected else [*self._selected, fid]
            self.select(chosen, look=False)
            return
        self.select([] if fid is None else [fid], look=False)
        if fid is not None:
            sides = (0, 1) if canvas is self.reference_canvas else (1, 0)
            self.link.align(canvas, *(self._places[side][index] for side in sides))

    def _raster_extent(self):
        """Of the reference's raster, on its canvas."""
        raster = self.reference_box.currentLayer()
        change = QgsCoordinateTransform(raster.crs(), self._frames[0].crs, QgsProject.instance())
        try:
            return change.transformBoundingBox(raster.extent())
        except QgsCsException:
            return QgsRectangle()
