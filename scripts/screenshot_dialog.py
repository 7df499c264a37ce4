#!/usr/bin/env python3
"""Open an algorithm's dialog in a real QGIS window and take a picture of it.

    scripts/screenshot_dialog.py OUT.png [--algorithm sentinelmatch:coregister] [--parameters '{"MATCHER": "sift"}']
                                 [--layers a.tif b.tif] [--advanced] [--run [--window]]

Needs qgis, xvfb and imagemagick (apt). QGIS runs under Xvfb with a throwaway profile in which only this plugin is on.
``--run`` presses Run and waits for the end; ``--window`` then pictures the map with what was loaded.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from virtual_screen import virtual_screen

REPOSITORY = Path(__file__).resolve().parents[1]
SIZE = "1500x1000"
PATIENCE_S = 240

# Runs inside QGIS. It writes READY when there is something to see, or FAILED and why.
STARTUP = """
import json, os, traceback
from qgis.PyQt.QtCore import QTimer
from qgis.core import QgsProject, QgsRasterLayer
from qgis.utils import iface

TASK = json.loads(os.environ["SENTINEL_MATCH_TASK"])

def say(word, text=""):
    with open(TASK["answer"] + ".part", "w") as file:
        file.write(word + "\\n" + text)
    os.replace(TASK["answer"] + ".part", TASK["answer"])

def guarded(step):
    def run():
        try:
            step()
        except Exception:
            say("FAILED", traceback.format_exc())
    return run

def show():
    import processing
    for path in TASK["layers"]:
        layer = QgsRasterLayer(path, os.path.splitext(os.path.basename(path))[0])
        if not layer.isValid():
            raise RuntimeError("no raster: " + path)
        QgsProject.instance().addMapLayer(layer)
    iface.mainWindow().resize(1500, 1000)
    iface.mainWindow().move(0, 0)
    global dialog
    dialog = processing.createAlgorithmDialog(TASK["algorithm"], TASK["parameters"])
    dialog.resize(1100, 960)
    dialog.move(200, 10)
    dialog.show()
    dialog.raise_()
    if TASK["advanced"]:
        QTimer.singleShot(600, guarded(unfold))
    if TASK["run"]:
        QTimer.singleShot(1000, guarded(start))
    else:
        QTimer.singleShot(2500, lambda: say("READY"))

def unfold():  # once the dialog is seen: showing it folds the box that remembers so
    from qgis.PyQt.QtWidgets import QGroupBox
    for box in dialog.findChildren(QGroupBox):
        box.setProperty("collapsed", False)  # Python sees a plain group box
    QTimer.singleShot(400, guarded(scroll_down))

def scroll_down():
    from qgis.PyQt.QtWidgets import QScrollArea
    for area in dialog.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())

def start():
    dialog.runButton().click() if hasattr(dialog, "runButton") else dialog.runAlgorithm()
    QTimer.singleShot(500, guarded(wait))

def wait():
    if not dialog.wasExecuted():
        QTimer.singleShot(300, guarded(wait))
        return
    QTimer.singleShot(3000, guarded(finish))

def finish():
    layers = QgsProject.instance().mapLayers().values()
    names = [layer.name() for layer in layers]
    if TASK["window"]:
        dialog.hide()
        for layer in layers:
            node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
            node.setExpanded(layer.type() == 0)
        iface.mapCanvas().zoomToFullExtent()
    QTimer.singleShot(3000, lambda: say("READY", "\\n".join(names)))

QTimer.singleShot(2500, guarded(show))
"""


def screenshot(
    output: Path,
    algorithm: str = "sentinelmatch:coregister",
    parameters: dict | None = None,
    layers: tuple = (),
    advanced: bool = False,
    run: bool = False,
    window: bool = False,
) -> list[str]:
    """Write the picture to ``output``. Returns the names of the layers of the project after a run.

    ``window`` hides the dialog after a run, so that the map is seen. Raises RuntimeError with what QGIS said.
    """
    task = {"algorithm": algorithm, "parameters": parameters or {}, "layers": [str(path) for path in layers]}
    task.update(advanced=advanced, run=run, window=window)
    with QgisWindow(STARTUP, task, PATIENCE_S) as qgis:
        word, _, text = qgis.answered().partition("\n")
        qgis.picture(output)
        if word != "READY":
            raise RuntimeError(text)
        return text.splitlines()


class QgisWindow:
    """A QGIS under Xvfb, with a throwaway profile in which only this plugin is on; ``with`` opens and closes it.

    Its script ``startup`` finds ``task`` as JSON in ``$SENTINEL_MATCH_TASK``, and writes the file that is called
    ``answer`` there when there is something to see or to say. Raises RuntimeError where a program is missing.
    """

    def __init__(self, startup: str, task: dict, patience_s: float):
        for program in ("qgis", "Xvfb", "import"):
            if shutil.which(program) is None:
                raise RuntimeError(f"{program} is missing: apt-get install qgis xvfb imagemagick")
        self._startup, self._task, self._patience_s = startup, task, patience_s

    def __enter__(self) -> QgisWindow:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sentinel-match-gui-")))
            self.answer, self._log = folder / "answer", folder / "log"
            (folder / "startup.py").write_text(self._startup)
            settings = folder / "profile" / "profiles" / "default" / "QGIS"
            settings.mkdir(parents=True)
            # Without the last lines the first thing to see are a welcome page, tips and a question about updates.
            (settings / "QGIS3.ini").write_text(
                "[PythonPlugins]\nsentinel_match_plugin=true\nprocessing=true\n[app]\ncheckVersion=false\n"
                "projections\\unknownCrsBehavior=NoAction\n[qgis]\nshowTips=false\n"
            )
            display = stack.enter_context(virtual_screen(SIZE))
            dropped = ("PYTHONPATH", "PYTHONHOME", "QT_QPA_PLATFORM")
            self._environment = {name: value for name, value in os.environ.items() if name not in dropped}
            self._environment.update(
                DISPLAY=display,
                QGIS_PLUGINPATH=str(REPOSITORY),
                XDG_RUNTIME_DIR=str(folder),
                SENTINEL_MATCH_TASK=json.dumps({**self._task, "answer": str(self.answer)}),
            )
            command = ["qgis", "--noversioncheck", "--nologo", "--profiles-path", str(folder / "profile")]
            command += ["--profile", "default", "--code", str(folder / "startup.py")]
            with open(self._log, "w") as log:
                self._qgis = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
            stack.callback(self._qgis.wait)
            stack.callback(self._qgis.kill)
            self._deadline = time.monotonic() + self._patience_s
            self._closing = stack.pop_all()
        return self

    def __exit__(self, *_) -> None:
        self._closing.close()

    def answered(self) -> str:
        """What the script writes; it stays until the caller takes it away. Raises RuntimeError where nothing comes."""
        while not self.answer.exists():
            if self._qgis.poll() is not None or time.monotonic() > self._deadline:
                raise RuntimeError(f"QGIS ended, or did not get on:\n{self._log.read_text()[-3000:]}")
            time.sleep(0.2)
        return self.answer.read_text()

    def picture(self, path: Path) -> None:
        """Of the whole screen."""
        subprocess.run(["import", "-window", "root", str(path)], env=self._environment, check=True)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("--algorithm", default="sentinelmatch:coregister")
    parser.add_argument("--parameters", type=json.loads, default={})
    parser.add_argument("--layers", nargs="*", default=[])
    parser.add_argument("--advanced", action="store_true", help="unfold the advanced parameters")
    parser.add_argument("--run", action="store_true", help="press Run and wait for the end")
    parser.add_argument("--window", action="store_true", help="after the run, hide the dialog and show the map")
    given = parser.parse_args()
    names = screenshot(**vars(given))
    sys.stdout.write("\n".join([str(given.output), *names]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
