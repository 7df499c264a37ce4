"""What a finished match says to the window, if there is one. Nothing here knows who listens."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QObject, pyqtSignal


@dataclass(frozen=True)
class Announcement:
    """``status`` of the match of ``what``, and why, in sentences; where its report and tie points are, if written.

    ``tie_points`` is what Processing calls the layer: a path, or the id of a layer that it will load.
    """

    status: str
    what: str
    text: str
    report: str = ""
    tie_points: str = ""


class _Board(QObject):
    """Algorithms run in other threads: a signal gets to the main one by itself."""

    said = pyqtSignal(object)


board = _Board()


def say(announcement: Announcement):
    """Tell whoever listens; without a window nobody does, and the log has it."""
    board.said.emit(announcement)
