"""The engine's place in QGIS's window: the options page, the menu entry that opens it, and what is said unasked."""

from __future__ import annotations

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ..processing.settings import engine_python
from ..processing.texts import icon_file, tr
from ..runtime import state
from . import engine_setup, messages
from .options_page import PAGE, OptionsFactory

_LOG = "Sentinel Match"


class EngineGui:
    """``start`` with the window, ``stop`` with the plugin."""

    def __init__(self, iface):
        self._iface = iface
        self._setup = engine_setup.EngineSetup(iface.mainWindow())
        self._factory = OptionsFactory(self._setup)
        self._action = QAction(QIcon(icon_file("environment")), tr("Engine and settings…"), iface.mainWindow())
        self._action.triggered.connect(lambda *_: self.open_page())
        self._shown = None  # in the message bar

    def start(self):
        """Add the page and the menu entry; say so if the engine is not installed yet, or must be updated."""
        self._iface.registerOptionsWidgetFactory(self._factory)
        self._iface.addPluginToRasterMenu(tr("Sentinel Match"), self._action)
        self._setup.ended.connect(lambda *ended: QTimer.singleShot(messages.AFTER_QGIS_MS, lambda: self._tell(*ended)))
        if self._iface.mainWindow().isVisible():
            self._say_what_is_missing()
        else:  # QGIS is starting, and would cover the message with its own
            self._iface.initializationCompleted.connect(self._say_what_is_missing)

    def stop(self):
        """Take everything away again; what is being installed is cancelled."""
        self._setup.cancel()
        self._iface.unregisterOptionsWidgetFactory(self._factory)
        self._iface.removePluginRasterMenu(tr("Sentinel Match"), self._action)

    def open_page(self):
        """The options dialog with the plugin's page in front."""
        self._iface.showOptionsDialog(self._iface.mainWindow(), PAGE)

    def _say_what_is_missing(self):
        now = state.state(engine_python())
        if now.kind == state.READY:
            return
        texts = {
            state.MISSING: tr("Before it can match, its engine has to be installed once."),
            state.OUTDATED: tr("The plugin was updated, and its engine has to be updated too."),
            state.BROKEN: tr("Its engine cannot be used and has to be looked after."),
        }
        self._push(texts[now.kind], Qgis.MessageLevel.Info, tr("Set up the engine…"))

    def _tell(self, what, problem):
        if what not in (engine_setup.INSTALL, engine_setup.REPAIR):
            return
        if problem:
            self._push(problem, Qgis.MessageLevel.Warning, tr("Show…"))
        else:
            self._push(tr("The engine is installed: the algorithms can be run now."), Qgis.MessageLevel.Success, "")
        QgsApplication.messageLog().logMessage(
            "\n".join(self._setup.lines), _LOG, Qgis.MessageLevel.Warning if problem else Qgis.MessageLevel.Info
        )

    def _push(self, text, level, button):
        bar = self._iface.messageBar()
        if self._shown in bar.items():  # what it said is over
            bar.popWidget(self._shown)
        buttons = [(button, self._open_page_instead)] if button else []
        self._shown = messages.show(bar, tr("Sentinel Match"), text, level, 0 if button else 8, buttons)

    def _open_page_instead(self):
        self._iface.messageBar().popWidget(self._shown)
        self.open_page()
