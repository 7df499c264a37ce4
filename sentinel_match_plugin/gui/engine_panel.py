"""The part of the options page that says how the engine stands, and has the buttons that change it."""

from __future__ import annotations

from html import escape

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFontDatabase, QTextCursor
from qgis.PyQt.QtWidgets import (
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
)

from ..processing.texts import tr
from ..runtime import state
from . import engine_setup

_ICONS = {
    state.READY: "mIconSuccess.svg",
    state.MISSING: "mIconInfo.svg",
    state.OUTDATED: "mIconWarning.svg",
    state.BROKEN: "mIconWarning.svg",
}


class EnginePanel(QGroupBox):
    """``setup`` does the work, ``choice`` (BuildChoice) says what is wanted."""

    def __init__(self, setup, choice, parent=None):
        super().__init__(tr("Engine"), parent)
        self._setup, self._choice = setup, choice
        self._problem = setup.problem  # the page may be opened because of it
        column = QVBoxLayout(self)
        top = QHBoxLayout()
        self.icon, self.sentence = QLabel(), _text()
        top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.sentence, 1)
        column.addLayout(top)
        self.details = _text()
        column.addWidget(self.details)
        buttons = QHBoxLayout()
        self.install = QPushButton(tr("Install"))
        self.repair = QPushButton(tr("Repair"))
        self.check = QPushButton(tr("Check and test devices"))
        self.cancel = QPushButton(tr("Stop"))  # the dialog has a “Cancel”, which does not stop this
        self.repair.setToolTip(tr("Makes the environment anew; the old one stays until the new one works."))
        self.check.setToolTip(tr("Imports every package and computes on every device. Takes some seconds."))
        for button in (self.install, self.repair, self.check, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.bar, self.stage = QProgressBar(), _text()
        self.bar.setTextVisible(False)
        column.addWidget(self.bar)
        column.addWidget(self.stage)
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setMaximumBlockCount(2000)
        self.log.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.log.setMinimumHeight(150)
        column.addWidget(self.log)
        self.install.clicked.connect(lambda *_: self._begin(engine_setup.INSTALL))
        self.repair.clicked.connect(lambda *_: self._begin(engine_setup.REPAIR))
        self.check.clicked.connect(lambda *_: self._begin(engine_setup.CHECK))
        self.cancel.clicked.connect(lambda *_: self._stop())
        choice.changed.connect(self._show)
        setup.line.connect(self._add)
        setup.progressed.connect(self._move)
        setup.began.connect(self._began)
        setup.ended.connect(self._ended)
        # The page may be opened while something is under way.
        self.log.setPlainText("\n".join(setup.lines))
        self.log.setVisible(bool(setup.lines))
        self.log.moveCursor(QTextCursor.MoveOperation.End)
        self._move(-1.0, "")
        self._show()

    def _begin(self, what):
        self._setup.start(what, self._choice.order(), self._choice.own_python())

    def _stop(self):
        self.cancel.setEnabled(False)
        self.stage.setText(tr("Stopping…"))
        self._setup.cancel()

    def _began(self, what):
        self._problem = ""
        self.log.clear()
        self.log.show()
        self._move(-1.0, "")
        self._show()

    def _add(self, line):
        self.log.appendPlainText(line)
        self.log.verticalScrollBar().setValue(self.log.verticalScrollBar().maximum())

    def _move(self, fraction, stage):
        self.bar.setRange(0, 0 if fraction < 0 else 1000)
        if fraction >= 0:
            self.bar.setValue(round(1000 * fraction))
        self.stage.setText(stage)

    def _ended(self, what, problem):
        self._problem = problem
        self._show()

    def _show(self):
        busy = self._setup.busy
        own = self._choice.own_python()
        now = state.state(own)
        unnamed = self._choice.own.isChecked() and not own
        kind = state.MISSING if unnamed or busy else now.kind
        self.icon.setPixmap(QgsApplication.getThemeIcon(_ICONS[kind]).pixmap(22, 22))
        headline = tr("Name the Python of your environment below.") if unnamed else _headline(now, busy)
        self.sentence.setText(f"<b>{headline}</b>")
        details = () if unnamed else (*_details(now, own, self._setup.devices), "" if busy else self._complaint(now))
        self.details.setText("<br>".join(filter(None, details)))
        self.details.setVisible(any(details))
        order = self._choice.order()
        changes = now.made is not None and (
            now.made.torch != order.torch or not set(order.extras) <= set(now.made.extras)
        )
        titles = {
            state.OUTDATED: tr("Update"),
            state.READY: tr("Install what was chosen") if changes else tr("Install"),
        }
        self.install.setText(titles.get(now.kind, tr("Install")))
        self.install.setEnabled(not busy and not own and (now.kind != state.READY or changes or bool(now.chosen)))
        self.install.setVisible(not self._choice.own.isChecked())
        self.repair.setVisible(not self._choice.own.isChecked())
        self.repair.setEnabled(not busy and not own and now.kind in (state.READY, state.BROKEN, state.OUTDATED))
        self.check.setEnabled(not busy and not unnamed and now.kind == state.READY)
        self.cancel.setEnabled(bool(busy))
        for widget in (self.cancel, self.bar, self.stage):
            widget.setVisible(bool(busy))

    def _complaint(self, now):
        """What went wrong last, else what is wrong with the environment."""
        text = self._problem or (now.problem if now.kind == state.BROKEN else "")
        return f'<span style="color:#c0392b">{escape(text)}</span>' if text else ""


def _headline(now, busy):
    if busy in (engine_setup.INSTALL, engine_setup.REPAIR):
        return tr("The engine is being installed. This dialog may be closed meanwhile.")
    if now.kind == state.READY:
        return tr("The engine is installed.") if not now.chosen else tr("Your own environment is used.")
    if now.kind == state.MISSING:
        return tr(
            "The engine is not installed yet. Matching needs it: choose below what it computes on, then press Install. "
            "This is done once."
        )
    if now.kind == state.OUTDATED:
        return tr("The plugin was updated and needs other versions of the engine's packages: press Update.")
    return tr("The engine cannot be used.")


def _details(now, own, devices):
    made = now.made if not now.chosen else None
    if now.kind == state.READY:
        yield escape(tr("Python: {python}").format(python=now.python))
        if now.chosen and not own:
            yield tr("The environment variable SENTINEL_MATCH_PYTHON names it; what is made here is not used.")
    if made is not None and made.versions:
        shown = [
            f"{name} {made.versions[name]}"
            for name in ("python", "torch", "kornia", "rasterio")
            if name in made.versions
        ]
        if made.base:
            yield escape(tr("Made {date} with {base}").format(date=made.date, base=made.base))
        yield escape(", ".join(shown))
    yield from map(escape, devices.get(now.python, ()))


def _text():
    label = QLabel()
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
