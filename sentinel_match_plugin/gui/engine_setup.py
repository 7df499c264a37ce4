"""Work on the engine's environment behind QGIS's window: one piece at a time, outliving the page that began it."""

from __future__ import annotations

import threading
from collections import deque

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..processing.engine_call import stop_engine
from ..processing.texts import tr

CHECK, INSTALL, REPAIR, FETCH_PYTHON = "check", "install", "repair", "fetch_python"


class EngineSetup(QObject):
    """Starts the work and tells what happens. All signals arrive in the main thread.

    ``ended(what, sentence)``: the sentence is empty if all went well.
    """

    line = pyqtSignal(str)
    progressed = pyqtSignal(float, str)
    began = pyqtSignal(str)
    ended = pyqtSignal(str, str)
    surveyed = pyqtSignal(object, object)  # list of BasePython, nvidia.Card or None

    def __init__(self, parent=None):
        super().__init__(parent)
        self.lines = deque(maxlen=2000)
        self.problem = ""  # of what was done last
        self.devices = {}  # Python of the engine -> the sentences of its last device test
        self._task = None
        self._found = None

    @property
    def busy(self):
        """What is being done, or nothing."""
        return self._task.what if self._task is not None else ""

    def start(self, what, order=None, setting=""):
        """Begin ``what``. ``order`` (runtime/order.py) is for install and repair, ``setting`` for check."""
        if self._task is not None:
            return
        if what in (INSTALL, REPAIR):
            stop_engine()  # it holds files of the environment that is replaced
        self.lines.clear()
        self.problem = ""
        self._task = _EngineTask(self, what, order, setting)
        self._task.said.connect(self._keep)
        self._task.moved.connect(self.progressed)
        self.began.emit(what)
        QgsApplication.taskManager().addTask(self._task)

    def cancel(self):
        """Stop what is being done; ``ended`` tells when it has."""
        if self._task is not None:
            self._task.cancel()

    def look_for_pythons(self):
        """``surveyed`` tells which Pythons and which NVIDIA card there are; at once the second time."""
        if self._found is not None:
            self.surveyed.emit(*self._found)
            return
        threading.Thread(target=self._survey, daemon=True).start()

    def forget_pythons(self):
        """The next search looks anew."""
        self._found = None

    def _survey(self):
        from ..runtime import base_python, nvidia

        try:
            self._found = base_python.survey(), nvidia.detect()
        except OSError as error:  # a home that cannot be read; a page without Pythons says what to do
            self.line.emit(str(error))
            self._found = [], None
        self.surveyed.emit(*self._found)

    def _keep(self, text):
        self.lines.append(text)
        self.line.emit(text)

    def end(self, what, problem):
        """The task's last word."""
        self._task = None
        self.problem = problem
        if what in (INSTALL, REPAIR, FETCH_PYTHON):
            self.forget_pythons()
        if problem:
            self._keep(problem)
        self.ended.emit(what, problem)


class _EngineTask(QgsTask):
    said = pyqtSignal(str)
    moved = pyqtSignal(float, str)

    def __init__(self, setup, what, order, setting):
        titles = {
            CHECK: tr("Testing the engine of Sentinel Match"),
            INSTALL: tr("Installing the engine of Sentinel Match"),
            REPAIR: tr("Repairing the engine of Sentinel Match"),
            FETCH_PYTHON: tr("Fetching a Python for Sentinel Match"),
        }
        super().__init__(titles[what])
        self.what = what
        self._setup, self._order, self._setting = setup, order, setting
        self._problem = ""

    def run(self):
        """In the background: every error becomes a sentence."""
        from ..runtime.errors import EngineCancelled, EngineError

        try:
            self._work()
        except EngineCancelled:
            self._problem = tr("Cancelled. What was there before is as it was.")
        except EngineError as error:
            self._problem = str(error)
        except Exception as error:  # whatever it was, the page must say it and not wait for ever
            self._problem = f"{type(error).__name__}: {error}"
        return not self._problem

    def finished(self, result):
        """In the main thread."""
        problem = self._problem if not result else ""
        if not result and not problem:  # cancelled before it began
            problem = tr("Cancelled. What was there before is as it was.")
        self._setup.end(self.what, problem)

    def _work(self):
        from ..runtime import environment, install, uv
        from ..runtime.errors import EnvironmentMissing

        if self.what == FETCH_PYTHON:
            uv.fetch_python(self._order.proxy, self.said.emit, self.isCanceled)
            return
        if self.what == CHECK:
            self.moved.emit(-1.0, tr("Starting the engine's Python and loading its libraries"))
            found = environment.status(self._setting, self.isCanceled)
            python = found.python
            for name, version in found.versions.items():
                self.said.emit(f"{name} {version}")
            if not found.ready:
                raise EnvironmentMissing(" ".join(found.problems))
        else:
            self.moved.emit(-1.0, self.description())
            make = install.create if self.what == INSTALL else install.repair
            python = make(order=self._order, log=self.said.emit, progress=self._move, is_cancelled=self.isCanceled)
        self.moved.emit(-1.0, tr("Testing the devices"))
        sentences = environment.devices(python, self.isCanceled)
        self._setup.devices[python] = sentences
        for sentence in sentences:
            self.said.emit(sentence)

    def _move(self, fraction, stage):
        self.setProgress(100 * fraction)
        self.moved.emit(fraction, stage)
