"""Translated text, and the files of text beside the code."""

from __future__ import annotations

from pathlib import Path

from .language import translations

PLUGIN_FOLDER = Path(__file__).resolve().parent.parent


def tr(text: str) -> str:
    """``text`` in the language of QGIS, where there is a translation."""
    return translations().get(text, text)


HELP_FOLDER = PLUGIN_FOLDER / "processing" / "help"
MORE = "<!-- more -->"  # what comes after it is for the page that the button Help opens, not for the panel


def help_file(algorithm: str) -> Path:
    """The HTML help of an algorithm: ``help/<id>.html``."""
    return HELP_FOLDER / f"{algorithm}.html"


def help_page(algorithm: str) -> Path:
    """The page that the button Help opens; scripts/help_pages.py makes it."""
    return HELP_FOLDER / "pages" / f"{algorithm}.html"


def help_panel(algorithm: str) -> str:
    """The help beside the parameters: a picture, and the text up to ``MORE``, translated line by line.

    Without line breaks, of which QGIS makes paragraphs: in a table they would be empty ones.
    """
    text, _, more = help_file(algorithm).read_text(encoding="utf-8").partition(MORE)
    text = "".join(map(tr, text.splitlines()))
    picture = HELP_FOLDER / "pictures" / f"{algorithm}.jpg"
    if picture.is_file():
        text = f'<p><img src="{picture.as_uri()}"></p>{text}'
    if more:
        text += "<p>" + tr("More, and every parameter: the button <b>Help</b>.") + "</p>"
    return text


def icon_file(name: str) -> str:
    """Path of an icon of the plugin."""
    return str(PLUGIN_FOLDER / "icons" / f"{name}.svg")
