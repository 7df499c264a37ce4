"""The example models in ``models``, as algorithms of the provider: chains to run as they are, and to learn from.

``scripts/make_models.py`` makes the files. To change one, open it in the graphical modeller (*Open model…*) and save it
as your own.
"""

from __future__ import annotations

from qgis.core import QgsProcessingModelAlgorithm, QgsXmlUtils
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtXml import QDomDocument

from .texts import PLUGIN_FOLDER, icon_file, tr

FOLDER = PLUGIN_FOLDER / "models"
NAMES = ("timeseries", "ndvichange", "basemapreference")
TEXTS = ("description", "component_description", "help", "MESSAGE")  # what people read in a model file
STEP = "alg_id"  # only a step has it; its own description is a name to the expressions of the model


class ExampleModel(QgsProcessingModelAlgorithm):
    """One of ``NAMES``, in the language of QGIS."""

    def __init__(self, file_name):
        super().__init__()
        self.file_name = file_name
        path = FOLDER / f"{file_name}.model3"
        document = QDomDocument()
        document.setContent(path.read_text(encoding="utf-8"))
        self._content = _translated(QgsXmlUtils.readVariant(document.firstChildElement()))
        self.attach()
        self.setSourceFilePath(str(path))

    def attach(self):
        """Take the content, again: the outputs of a step are known once the provider of its algorithm is there."""
        if not self.loadVariant(self._content):
            raise ValueError(f"{self.file_name}.model3 is no model that this QGIS reads.")

    def createInstance(self):
        return type(self)(self.file_name)

    def name(self):
        return self.file_name

    def displayName(self):
        return tr(super().name())

    def group(self):
        return tr("Examples (models)")

    def groupId(self):
        return "examples"

    def icon(self):
        return QIcon(icon_file("model"))

    def svgIconPath(self):
        return icon_file("model")


def _translated(part, is_text=False):
    """A part of a model, its descriptions and help in the language of QGIS."""
    if isinstance(part, dict):
        texts = TEXTS[2:] if STEP in part else TEXTS
        return {key: _translated(value, is_text or key in texts) for key, value in part.items()}
    if isinstance(part, list):
        return [_translated(value, is_text) for value in part]
    return tr(part) if is_text and isinstance(part, str) else part
