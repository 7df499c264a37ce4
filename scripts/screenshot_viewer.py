#!/usr/bin/env python3
"""A pair co-registered in a real QGIS window, then the Match viewer and the swipe at work, with a picture of each step.

    scripts/screenshot_viewer.py FOLDER REFERENCE TARGET

Needs qgis, xvfb and imagemagick (apt). QGIS runs under Xvfb with a throwaway profile in which only this plugin is on;
results and pictures go to FOLDER, and the rasters are opened where they are (QGIS may write ``.aux.xml`` beside them).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from screenshot_dialog import QgisWindow

PATIENCE_S = 300

# Runs inside QGIS. A step is a function that yields when there is something to see (the name of a picture), or to wait
# (a function that says when to go on). The answer file says which; it is removed when the picture is taken.
STARTUP = """
import json, os, traceback
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QPushButton
from qgis.core import QgsProject, QgsRasterLayer
from qgis.utils import iface, plugins

TASK = json.loads(os.environ["SENTINEL_MATCH_TASK"])

def say(text):
    with open(TASK["answer"] + ".part", "w") as file:
        file.write(text)
    os.replace(TASK["answer"] + ".part", TASK["answer"])

def click(canvas, x, y):
    at = QPoint(*(round(value) for value in canvas.on_screen(x, y)))
    QTest.mouseClick(canvas.viewport(), Qt.LeftButton, Qt.NoModifier, at)

def steps():
    import processing
    layers = []
    for path in TASK["rasters"]:
        layer = QgsRasterLayer(path, os.path.splitext(os.path.basename(path))[0])
        layers.append(QgsProject.instance().addMapLayer(layer))
    iface.mainWindow().resize(1500, 1000)
    iface.mainWindow().move(0, 0)
    files = {name: os.path.join(TASK["folder"], file) for name, file in TASK["files"].items()}
    parameters = {"REFERENCE": layers[0].id(), "TARGET": layers[1].id(), **files}
    dialog = processing.createAlgorithmDialog("sentinelmatch:coregister", parameters)
    dialog.show()
    yield 1.5
    dialog.runButton().click() if hasattr(dialog, "runButton") else dialog.runAlgorithm()
    yield dialog.wasExecuted
    yield 2.0
    yield "log"
    dialog.close()
    for layer in QgsProject.instance().mapLayers().values():
        QgsProject.instance().layerTreeRoot().findLayer(layer.id()).setExpanded(layer.type() == 0)
    iface.mapCanvas().zoomToFullExtent()
    yield 4.0
    yield "layers"
    iface.mapCanvas().zoomByFactor(0.2)
    yield 4.0
    yield "arrows"
    for name in ("Match viewer",):
        buttons = [b for b in iface.messageBar().findChildren(QPushButton) if b.text() == name]
        buttons[0].click()
    iface.messageBar().clearWidgets()
    viewer = plugins["sentinel_match_plugin"].window.viewer()
    iface.mainWindow().resizeDocks([viewer], [640], Qt.Vertical)
    yield 1.0
    viewer.whole()
    yield 4.0
    yield "viewer"
    viewer.filter.score.setValue(0.9)
    viewer.filter.residual.setValue(0.25)
    yield 1.0
    yield "filtered"
    viewer.filter.reset()
    viewer.next()
    yield 3.0
    click(viewer.reference_canvas, *viewer._places[0][viewer.pairs.fid == viewer.selected[0]][0])
    yield 2.0
    yield "selected"
    viewer.delete()
    viewer.actions_bar.add.setChecked(True)
    centre = viewer.reference_canvas.center()
    step = viewer.reference_canvas.mapUnitsPerPixel()
    x, y = centre.x() + 60 * step, centre.y() + 40 * step
    click(viewer.reference_canvas, x, y)
    yield 1.0
    yield "adding"
    click(viewer.target_canvas, *viewer.link.to_target(x, y))
    viewer.actions_bar.add.setChecked(False)
    yield 2.0
    yield "added"
    viewer.save()
    yield 1.0
    yield "saved"
    iface.mapCanvas().zoomToFullExtent()
    iface.mapCanvas().zoomByFactor(0.12)
    iface.mainWindow().resizeDocks([viewer], [420], Qt.Vertical)
    viewer.swipe.button.setChecked(True)
    yield lambda: viewer.swipe.tool.ready
    yield 2.0
    yield "swipe"
    viewer.swipe.turn.setChecked(True)
    viewer.swipe.before.setLayer(layers[0])
    yield lambda: viewer.swipe.tool.ready
    yield 1.0
    yield "swipe_lying"
    viewer.swipe.button.setChecked(False)
    warp = viewer.warp()
    warp.resize(1000, 700)
    warp.move(250, 100)
    yield 2.0
    yield "warp"
    warp.close()

running = steps()

def go_on(waiting=None):
    try:
        if callable(waiting) and not waiting():
            QTimer.singleShot(300, lambda: go_on(waiting))
            return
        if isinstance(waiting, str):
            if os.path.exists(TASK["answer"]):
                QTimer.singleShot(100, lambda: go_on(waiting))
                return
        wanted = next(running, None)
        if wanted is None:
            say("DONE")
        elif isinstance(wanted, float):
            QTimer.singleShot(int(1000 * wanted), go_on)
        else:
            if isinstance(wanted, str):
                say(wanted)
            QTimer.singleShot(100, lambda: go_on(wanted))
    except Exception:
        say("FAILED" + traceback.format_exc())

QTimer.singleShot(2500, go_on)
"""


def pictures(folder: Path, reference: Path, target: Path) -> list[Path]:
    """Take them. Raises RuntimeError with what QGIS said."""
    files = {"OUTPUT": "warped.tif", "TIE_POINTS": "tie_points.gpkg", "SHIFT_VECTORS": "shift_vectors.gpkg"}
    files["REPORT"] = "report.html"
    folder.mkdir(parents=True, exist_ok=True)
    for name in files.values():
        (folder / name).unlink(missing_ok=True)
    taken = []
    task = {"folder": str(folder.resolve()), "files": files}
    task["rasters"] = [str(path.resolve()) for path in (reference, target)]
    with QgisWindow(STARTUP, task, PATIENCE_S) as qgis:
        while (word := qgis.answered()) != "DONE":
            failed = word.startswith("FAILED")
            taken.append(folder / f"{len(taken) + 1:02d}_{'failed' if failed else word}.png")
            qgis.picture(taken[-1])
            if failed:
                raise RuntimeError(word)
            qgis.answer.unlink()
    return taken


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("folder", "reference", "target"):
        parser.add_argument(name, type=Path)
    for path in pictures(**vars(parser.parse_args())):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
