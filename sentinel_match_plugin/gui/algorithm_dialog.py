"""The dialog of an algorithm: QGIS's own, with choices that explain themselves and what the layers say of each other.

Only the dialog is touched. The parameters, their values and what the command line, models and batch see stay as they
are; where QGIS's dialog is built differently than known here, it is shown as it is.
"""

from __future__ import annotations

from processing.gui.AlgorithmDialog import AlgorithmDialog
from qgis.core import Qgis, QgsMessageLog, QgsProcessingParameterEnum
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QComboBox

from ..engine.matchers.catalogue import DETECTORS, MATCHERS
from ..processing import choices
from ..processing.texts import tr
from .pair_line import PairLine
from .several_choices import SeveralChoices

SIZE = (920, 740)  # before the user chooses another, which QGIS remembers; its own shows a third of the parameters


class SentinelMatchDialog(AlgorithmDialog):
    """What ``createCustomParametersWidget`` of every algorithm returns."""

    def __init__(self, algorithm, parent=None):
        super().__init__(algorithm, parent=parent)
        self.pair_line, self.several_choices = None, {}
        room = QGuiApplication.primaryScreen().availableSize() * 0.9
        self.resize(QSize(*SIZE).boundedTo(room))
        try:
            panel = self.mainWidget()
            explain_choices(panel)
            drop_optional(panel)
            if {"REFERENCE", "TARGET"} <= set(panel.wrappers):
                self.pair_line = PairLine(panel)
            self.several_choices = explain_several(panel)
        except Exception as error:  # the plain dialog does all that this one does
            text = tr("The dialog is shown without explanations: {error}").format(error=error)
            QgsMessageLog.logMessage(text, "Sentinel Match", Qgis.MessageLevel.Warning)

    def setParameters(self, parameters):
        """Values that somebody gave: of the history, or of a script. They are not replaced by what layers suggest."""
        if self.pair_line is not None:
            self.pair_line.keep(parameters)
        super().setParameters(parameters)


def explain_choices(panel):
    """Say beside the name of each choice what it means; the name stays its value."""
    for definition in panel.algorithm().parameterDefinitions():
        texts = choices.explained(definition)
        combo = _combo(panel, definition.name())
        if not texts or combo is None:
            continue
        for index in range(combo.count()):
            name = combo.itemData(index)
            if name in texts:
                combo.setItemText(index, choices.shown(name, texts[name]))
                entry = MATCHERS.get(name) or DETECTORS.get(name)
                if entry is not None:
                    combo.setItemData(index, entry.when, Qt.ItemDataRole.ToolTipRole)
        if combo.itemData(0) is None and choices.unset(definition):
            combo.setItemText(0, choices.unset(definition))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(30)


def explain_several(panel):
    """The same where any number may be chosen; name of the parameter -> SeveralChoices."""
    several = {}
    for definition in panel.algorithm().parameterDefinitions():
        if choices.explained(definition) and definition.allowMultiple():
            wrapper = panel.wrappers[definition.name()]
            several[definition.name()] = SeveralChoices(wrapper, definition, panel.processing_context)
    return several


def drop_optional(panel):
    """No “[optional]”, and no “[Not selected]” to choose, where a value is there from the start: they ask a question
    that nobody has.
    """
    for definition in panel.algorithm().parameterDefinitions():
        wrapper = panel.wrappers.get(definition.name())
        has_value = definition.defaultValue() not in (None, "") and not definition.isDestination()
        if wrapper is None or not (has_value or isinstance(definition, QgsProcessingParameterEnum)):
            continue
        combo = _combo(panel, definition.name()) if has_value else None
        if combo is not None and isinstance(definition, QgsProcessingParameterEnum) and combo.itemData(0) is None:
            combo.removeItem(0)
        label = wrapper.wrappedLabel() if hasattr(wrapper, "wrappedLabel") else None
        if label is not None:
            label.setText(definition.description())
        elif hasattr(wrapper.wrappedWidget(), "setText") and definition.type() == "boolean":
            wrapper.wrappedWidget().setText(definition.description())


def _combo(panel, name):
    wrapper = panel.wrappers.get(name)
    widget = wrapper.wrappedWidget() if hasattr(wrapper, "wrappedWidget") else None
    return widget if isinstance(widget, QComboBox) else None
