"""What the Match viewer's buttons and clicks do to the layer of tie points."""

from __future__ import annotations

import numpy as np
from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QMessageBox

from ..processing.texts import tr
from .places import displacement
from .tie_points import OUTLIER, EditError


class Editing:
    """The part of the Match viewer that changes its layer; edits are those of ``TiePoints``."""

    def _set_adding(self, on):
        for canvas in (self.reference_canvas, self.target_canvas):
            canvas.set_adding(on)
        self._forget_clicks()

    def _forget_clicks(self):
        self._clicks = {}
        for canvas in (self.reference_canvas, self.target_canvas):
            canvas.marks.set_pair(None, None)
        self.about.setText(self._about())

    def _place(self, canvas, x, y):
        """A click while a pair is being set: the first shows on the other canvas where to look."""
        self._clicks[canvas] = (x, y)
        here, there = self._clicks.get(self.reference_canvas), self._clicks.get(self.target_canvas)
        self.reference_canvas.marks.set_pair(here, None if here else self.link.to_reference(*there))
        self.target_canvas.marks.set_pair(there, None if there else self.link.to_target(*here))
        self.about.setText(self._about())
        if here is None or there is None:
            return
        reference, target = (frame.from_canvas(place)[0] for frame, place in zip(self._frames, (here, there)))
        self._forget_clicks()
        fid = self._try(
            lambda: self._points.add(
                (float(reference[0]), float(reference[1])),
                (float(target[0]), float(target[1])),
                displacement(self._frames, here, there),
            )
        )
        if fid is not None:
            self._points.read()
            self.select([fid], look=False)

    def _keyed(self, name):
        """A key on one of the canvases: what its button does, if that can be pressed."""
        action = getattr(self.actions_bar, name, None)
        if action is None:
            self._escape()
        elif action.isEnabled():
            action.trigger()

    def _escape(self):
        if self._clicks:
            self._forget_clicks()
        else:
            self.actions_bar.add.setChecked(False)
            self.select([], look=False)

    def delete(self, *_):
        """Delete the selected points."""
        if self._selected:
            self._edit(lambda: self._points.delete(self._selected))

    def delete_hidden(self, *_):
        """Delete the points that the filter does not show."""
        hidden = self.pairs.fid[~self._shown].tolist()
        if hidden:
            self._edit(lambda: self._points.delete(hidden))
            self.say(tr("{count} points deleted; not saved yet.").format(count=len(hidden)), Qgis.MessageLevel.Info)

    def turn(self, *_):
        """Inliers among the selected points become outliers; if there are none, all become inliers."""
        if self._selected:
            chosen = np.isin(self.pairs.fid, self._selected)
            inlier = bool((self.pairs.inlier[chosen] == OUTLIER).all())
            self._edit(lambda: self._points.set_inlier(self._selected, inlier))

    def undo(self, *_):
        """Undo the last edit of the layer."""
        self.layer.undoStack().undo()
        self._points.read()

    def redo(self, *_):
        """Do it again."""
        self.layer.undoStack().redo()
        self._points.read()

    def save(self, *_):
        """Save the edits into the layer."""
        trouble = self._try(self._points.save)
        if trouble is not None:
            text = tr("{layer} is saved.").format(layer=self.layer.name())
            level = Qgis.MessageLevel.Warning if trouble else Qgis.MessageLevel.Success
            self.say(f"{text} {trouble}".strip(), level)

    def discard(self, *_):
        """Discard the edits, when the user is sure."""
        question = tr("Discard all edits of {layer} since the last save?").format(layer=self.layer.name())
        buttons = QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel
        if QMessageBox.question(self, tr("Match viewer"), question, buttons) == QMessageBox.StandardButton.Discard:
            self._points.discard()

    def _edit(self, edit):
        self._try(edit)
        self._points.read()

    def _try(self, edit):
        try:
            return edit()
        except EditError as error:
            self.say(str(error), Qgis.MessageLevel.Critical)
            return None

    def warp(self, *_):
        """Open the dialog that warps the target with these points, filled in."""
        import processing

        parameters = {
            "INPUT": _value_of(self.target_box.currentLayer()),
            "TIE_POINTS": self.layer.id(),
            "REFERENCE": _value_of(self.reference_box.currentLayer()),
        }
        dialog = processing.createAlgorithmDialog("sentinelmatch:warpraster", parameters)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs = [dialog]
        dialog.show()
        return dialog


def _value_of(raster):
    """How Processing finds a raster: by its id in the project, else by where it is."""
    if QgsProject.instance().mapLayer(raster.id()) is not None:
        return raster.id()
    return raster.source()
