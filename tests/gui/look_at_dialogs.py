"""Open the dialog of every algorithm without a screen and say what is in it, as JSON. Run by test_algorithm_dialog.py.

look_at_dialogs.py REFERENCE TARGET: two rasters for the project.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), "/usr/share/qgis/python/plugins"]


def about(dialog) -> dict:
    """Choices (value -> text), labels, and the line about the pair."""
    from qgis.PyQt.QtWidgets import QComboBox, QDoubleSpinBox

    panel, found = dialog.mainWidget(), {"choices": {}, "labels": {}, "decimals": {}, "may_be_unset": []}
    for name, wrapper in panel.wrappers.items():
        widget = wrapper.wrappedWidget()
        if isinstance(widget, QComboBox) and not hasattr(widget, "layer"):
            items = {widget.itemData(i): widget.itemText(i) for i in range(widget.count()) if widget.itemData(i)}
            found["choices"][name] = {str(value): text for value, text in items.items()}
            if widget.count() and widget.itemData(0) is None:
                found["may_be_unset"].append(name)
        for box in [widget, *widget.findChildren(QDoubleSpinBox)]:
            if isinstance(box, QDoubleSpinBox):
                found["decimals"][name] = box.decimals()
        label = wrapper.wrappedLabel()
        found["labels"][name] = label.text() if label is not None else ""
    for name, several in getattr(dialog, "several_choices", {}).items():
        found["choices"][name] = several_choices(several)
    found["pair"] = dialog.pair_line.text() if dialog.pair_line is not None else None
    inputs = [p.name() for p in panel.algorithm().parameterDefinitions() if not p.isDestination()]
    values = {name: panel.wrappers[name].parameterValue() for name in inputs if name in panel.wrappers}
    found["values"] = {name: value for name, value in values.items() if isinstance(value, (str, int, float, bool))}
    return found


def several_choices(several) -> dict:
    """What the list of a choice of several shows, and what it gives on when all but the first of it is unticked."""
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtWidgets import QAbstractItemView

    dialog = several.dialog()
    model = dialog.findChild(QAbstractItemView).model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    texts = {row.data().partition(":")[0]: row.data() for row in rows}
    ticked = [row.data().partition(":")[0] for row in rows if row.data(Qt.ItemDataRole.CheckStateRole)]
    for row in rows[1:]:
        model.setData(row, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    before = several.line.text()
    several.take(dialog)
    lines = [before, several.line.text()]
    return {**texts, "ticked": ticked, "taken": several._wrapper.parameterValue(), "lines": lines}


def main() -> None:
    """All dialogs; then the one of coregister with values that somebody chose."""
    from qgis.core import QgsApplication, QgsProcessingModelAlgorithm, QgsProject, QgsRasterLayer

    application = QgsApplication([], True)
    application.initQgis()
    from processing.core.Processing import Processing

    Processing.initialize()
    from sentinel_match_plugin.plugin import SentinelMatchPlugin

    project = QgsProject.instance()
    layers = [QgsRasterLayer(path, Path(path).stem) for path in sys.argv[1:3]]
    project.addMapLayers(layers)
    plugin = SentinelMatchPlugin(None)
    plugin.initProcessing()
    registry, found = QgsApplication.processingRegistry(), {}
    for algorithm in registry.providerById("sentinelmatch").algorithms():
        if isinstance(algorithm, QgsProcessingModelAlgorithm):
            continue  # has the dialog of QGIS
        dialog = algorithm.create().createCustomParametersWidget(None)
        found[algorithm.name()] = {"class": type(dialog).__name__, **about(dialog)}
    dialog = registry.createAlgorithmById("sentinelmatch:coregister").createCustomParametersWidget(None)
    dialog.setParameters(
        {"MATCHER": "loftr", "MAX_SHIFT": 1500.0, "TARGET": layers[0].id(), "REFERENCE": layers[1].id()}
    )
    dialog.pair_line.refresh()
    found["given"] = about(dialog)
    found["ids"] = [layer.id() for layer in layers]
    sys.stdout.write("\nFOUND " + json.dumps(found) + "\n")
    sys.stdout.flush()
    os._exit(0)  # QGIS may crash when Python takes it apart


main()
