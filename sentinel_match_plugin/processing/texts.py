"""Translated text, and the files of text beside the code."""

from __future__ import annotations

from pathlib import Path

from .language import translations

PLUGIN_FOLDER = Path(__file__).resolve().parent.parent


def tr(text: str) -> str:
    """``text`` in the language of QGIS, where there is a translation."""
    return translations().get(text, text)


def help_file(algorithm: str) -> Path:
    """The HTML help of an algorithm: ``help/<id>.html``."""
    return PLUGIN_FOLDER / "processing" / "help" / f"{algorithm}.html"


def icon_file(name: str) -> str:
    """Path of an icon of the plugin."""
    return str(PLUGIN_FOLDER / "icons" / f"{name}.svg")
