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
from pathlib import Path

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
    for program in ("qgis", "Xvfb", "import"):
        if shutil.which(program) is None:
            raise RuntimeError(f"{program} is missing: apt-get install qgis xvfb imagemagick")
    with tempfile.TemporaryDirectory(prefix="sentinel-match-gui-") as name:
        folder = Path(name)
        answer = folder / "answer"
        task = {"answer": str(answer), "algorithm": algorithm, "parameters": parameters or {}}
        task.update(layers=[str(path) for path in layers], advanced=advanced, run=run, window=window)
        (folder / "startup.py").write_text(STARTUP)
        settings = folder / "profile" / "profiles" / "default" / "QGIS"
        settings.mkdir(parents=True)
        # Without the last lines the first thing to see are a welcome page, tips and a question about updates.
        (settings / "QGIS3.ini").write_text(
            "[PythonPlugins]\nsentinel_match_plugin=true\nprocessing=true\n[app]\ncheckVersion=false\n"
            "projections\\unknownCrsBehavior=NoAction\n[qgis]\nshowTips=false\n"
        )
        screen, display = _virtual_screen()
        environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "QT_QPA_PLATFORM")}
        environment.update(
            DISPLAY=display,
            QGIS_PLUGINPATH=str(REPOSITORY),
            XDG_RUNTIME_DIR=str(folder),
            SENTINEL_MATCH_TASK=json.dumps(task),
        )
        command = ["qgis", "--noversioncheck", "--nologo", "--profiles-path", str(folder / "profile")]
        command += ["--profile", "default", "--code", str(folder / "startup.py")]
        with open(folder / "log", "w") as log:
            qgis = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + PATIENCE_S
            while not answer.exists():
                if qgis.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"QGIS did not get ready:\n{(folder / 'log').read_text()[-3000:]}")
                time.sleep(0.3)
            word, _, text = answer.read_text().partition("\n")
            subprocess.run(["import", "-window", "root", str(output)], env=environment, check=True)
            if word != "READY":
                raise RuntimeError(text)
            return text.splitlines()
        finally:
            qgis.kill()
            qgis.wait()
            screen.terminate()
            screen.wait()


def _virtual_screen() -> tuple:
    """An X server without a screen, on a number that is free."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{SIZE}x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    if not number:
        raise RuntimeError("Xvfb did not start.")
    return screen, f":{number}"


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
