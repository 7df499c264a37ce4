"""The plugin's settings in the user's QGIS profile. The options page writes them, the algorithms read them."""

from __future__ import annotations

from qgis.core import QgsSettings

ENGINE_PYTHON = "sentinelmatch/engine_python"
MODEL_FOLDER = "sentinelmatch/model_folder"


def engine_python() -> str:
    """The Python of the engine's environment that the user chose; empty: look in the usual places."""
    return str(QgsSettings().value(ENGINE_PYTHON, "") or "")


def model_folder() -> str:
    """The folder of the model store that the user chose; empty: the engine's default."""
    return str(QgsSettings().value(MODEL_FOLDER, "") or "")
