"""Settings > Options > Sentinel Match: the engine's environment, how it is made, where weights lie."""

from __future__ import annotations

from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QFormLayout, QGroupBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from ..processing import settings
from ..processing.texts import icon_file, tr
from .build_choice import BuildChoice
from .engine_panel import EnginePanel

PAGE = "SentinelMatchOptions"  # the name by which iface.showOptionsDialog finds it


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page whenever the options dialog opens. ``setup``: the EngineSetup of this session."""

    def __init__(self, setup):
        super().__init__(tr("Sentinel Match"), QIcon(icon_file("sentinel_match")))
        self._setup = setup

    def createWidget(self, parent):
        return OptionsPage(self._setup, parent)


class OptionsPage(QgsOptionsPageWidget):
    """Buttons act at once; the settings are kept when the dialog is left with OK."""

    def __init__(self, setup, parent=None):
        super().__init__(parent)
        self.setObjectName(PAGE)
        self.choice = BuildChoice(setup)
        self.panel = EnginePanel(setup, self.choice)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addWidget(self.panel)
        column.addWidget(self.choice)
        column.addWidget(self._models())
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _models(self):
        from ..engine.models.places import model_folder

        group = QGroupBox(tr("Weights of matchers"))
        form = QFormLayout(group)
        self.models = QgsFileWidget()
        self.models.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.models.setFilePath(settings.model_folder())
        self.models.lineEdit().setPlaceholderText(str(model_folder()))
        self.models.setToolTip(tr("Where the weights of networks lie. Empty: a folder in your user's data."))
        form.addRow(tr("Folder"), self.models)
        note = QLabel(
            tr(
                "Weights are fetched, imported and removed by the algorithm “Weights of matchers” in the Toolbox. "
                "Nothing is downloaded by itself; the default matcher needs none."
            )
        )
        note.setWordWrap(True)
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form.addRow(note)
        return group

    def helpKey(self):
        return ""

    def apply(self):
        self.choice.keep()
        settings.keep(settings.MODEL_FOLDER, self.models.filePath().strip())
