"""The examples in scripts/examples do what they say."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from qgis_support import REPOSITORY

EXAMPLES = REPOSITORY / "scripts" / "examples"
# The batch dialog of the QGIS that is here, without a screen: opens a file as its button does, and tells what rows say.
LOADER = """
import json, os, sys
from qgis.core import QgsApplication
application = QgsApplication([], True)
application.initQgis()
sys.path.append("/usr/share/qgis/python/plugins")
from processing.core.Processing import Processing
Processing.initialize()
from sentinel_match_plugin.plugin import SentinelMatchPlugin
plugin = SentinelMatchPlugin(None)
plugin.initProcessing()
from qgis.PyQt.QtWidgets import QFileDialog, QMessageBox
from processing.gui import BatchPanel
QFileDialog.getOpenFileName = staticmethod(lambda *arguments: (sys.argv[1], ""))
QMessageBox.exec = lambda box: QMessageBox.StandardButton.Yes
QMessageBox.result = lambda box: QMessageBox.StandardButton.Yes
from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
algorithm = QgsApplication.processingRegistry().createAlgorithmById("sentinelmatch:coregister")
dialog = BatchAlgorithmDialog(algorithm)
panel = dialog.mainWidget()
panel.load()
from qgis.core import Qgis, QgsProcessingContext
BEFORE_CONTEXT = Qgis.QGIS_VERSION_INT < 32600  # it took no context
rows = []
for row in range(panel.batchRowCount()):
    given = {} if BEFORE_CONTEXT else {"context": QgsProcessingContext()}
    values, _ = panel.parametersForRow(row, destinationProject=None, **given)
    rows.append({name: str(getattr(value, "sink", value)) for name, value in values.items()})
print("ROWS" + json.dumps(rows))
sys.stdout.flush()
os._exit(0)
"""


@pytest.fixture(scope="module")
def written(pair, tmp_path_factory):
    """The folder of the batch files for the generated pair."""
    folder = tmp_path_factory.mktemp("batch")
    command = [sys.executable, str(EXAMPLES / "batch.py"), pair.reference, str(pair.folder), str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_the_two_batch_files_say_the_same(written, pair):
    new = json.loads((written / "coregister.batch").read_text())
    old = json.loads((written / "coregister.json").read_text())
    assert new["format"] == "batch_3.40"
    assert len(new["rows"]) == len(old) == 1
    assert new["rows"][0]["PARAMETERS"]["TARGET"] == pair.target
    for part in ("PARAMETERS", "OUTPUTS"):
        assert {name: repr(value) for name, value in new["rows"][0][part].items()} == old[0][part]


def test_the_batch_dialog_opens_the_file_of_its_version(written, pair, qgis_here):
    from qgis.core import Qgis

    name = "coregister.batch" if Qgis.QGIS_VERSION_INT >= 34000 else "coregister.json"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY)}
    environment["QGIS_CUSTOM_CONFIG_PATH"] = str(written)
    command = [sys.executable, "-c", LOADER, str(written / name)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert "ROWS" in done.stdout, done.stderr
    (row,) = json.loads(done.stdout.partition("ROWS")[2])
    assert (row["REFERENCE"], row["TARGET"]) == (pair.reference, pair.target)
    assert f"({written / 'target.tif'})" in row["OUTPUT"]
    assert f"({written / 'target.gpkg'})" in row["TIE_POINTS"]
    assert row["MATCHER"] == "auto"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_the_shell_script_brings_a_folder_onto_its_reference(engine, pair, tmp_path):
    environment = {**os.environ, "HOME": str(tmp_path), "TMPDIR": str(tmp_path), "SENTINEL_MATCH_PYTHON": engine}
    for name in ("QGIS_PLUGINPATH", "QGIS_CUSTOM_CONFIG_PATH", "VIRTUAL_ENV"):
        environment.pop(name, None)
    environment["PATH"] = "/usr/bin:/bin"
    command = ["bash", str(EXAMPLES / "coregister_folder.sh"), pair.reference, str(pair.folder), str(tmp_path / "out")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("target: ok, ")
    assert (tmp_path / "out" / "target.tif").stat().st_size > 10_000
    again = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert again.stdout == "target: already there\n"


def test_the_console_snippet_adds_the_co_registered_layers_to_the_project(qgis_here, engine, pair, monkeypatch):
    import time

    import qgis.utils
    from qgis.core import QgsApplication, QgsProject, QgsRasterLayer

    said = []

    class Window:
        """What the snippet needs of QGIS's window."""

        def activeLayer(self):
            return self.active

        def messageBar(self):
            return self

        def pushWarning(self, title, text):
            said.append(text)

    window, project = Window(), QgsProject.instance()
    project.clear()
    window.active, target = (QgsRasterLayer(path, name) for path, name in ((pair.reference, "a"), (pair.target, "b")))
    project.addMapLayers([window.active, target])
    monkeypatch.setattr(qgis.utils, "iface", window)
    names = {"__name__": "console"}
    exec(compile((EXAMPLES / "console.py").read_text(), "console.py", "exec"), names)
    deadline = time.monotonic() + 120
    while len(project.mapLayers()) < 3 and not said and time.monotonic() < deadline:
        QgsApplication.processEvents()
        time.sleep(0.02)
    assert not said
    (added,) = [layer for layer in project.mapLayers().values() if layer.name() == "b on a"]
    assert added.isValid()
    project.clear()
