"""Any number of choices in a dialog: QGIS's own list of them, with what each means beside its name."""

from __future__ import annotations

from qgis.gui import QgsProcessingMultipleSelectionDialog
from qgis.PyQt.QtWidgets import QLineEdit, QToolButton

from ..processing import choices


class SeveralChoices:
    """Takes over the button beside the line of names, whose list would show nothing but these. The value stays names.

    Raises ValueError where QGIS's widget has no such button.
    """

    def __init__(self, wrapper, definition, context):
        self._wrapper, self._definition, self._context = wrapper, definition, context
        self.button = wrapper.wrappedWidget().findChild(QToolButton)
        self.line = wrapper.wrappedWidget().findChild(QLineEdit)
        if self.button is None:
            raise ValueError(definition.name())
        self.button.clicked.disconnect()
        self.button.clicked.connect(self._choose)
        wrapper.widgetValueHasChanged.connect(self._name)
        self._name()

    def dialog(self):
        """The list with what is chosen ticked; ``take`` reads it."""
        texts, chosen = self._texts(), set(self._wrapper.parameterValue() or ())
        ticked = [text for name, text in texts.items() if name in chosen]
        dialog = QgsProcessingMultipleSelectionDialog(list(texts.values()), ticked, self.button.window())
        dialog.setWindowTitle(self._definition.description())
        dialog.resize(1000, 480)
        return dialog

    def take(self, dialog):
        """What is ticked in ``dialog`` becomes the value."""
        ticked = set(dialog.selectedOptions())
        names = [name for name, text in self._texts().items() if text in ticked]
        self._wrapper.setParameterValue(names, self._context)

    def _texts(self):
        return {name: choices.shown(name, text) for name, text in choices.explained(self._definition).items()}

    def _name(self, *_):
        """Which are chosen: QGIS 3.22 says how many."""
        if self.line is not None:
            self.line.setText(", ".join(self._wrapper.parameterValue() or ()))

    def _choose(self, *_):
        dialog = self.dialog()
        if dialog.exec():
            self.take(dialog)
        dialog.deleteLater()
