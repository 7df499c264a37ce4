"""The translations of the plugin, read from the ``.ts`` files in ``i18n``.

Qt would have them compiled; the files of two languages are read in some milliseconds, once, and so a checkout and the
zip speak alike, with nothing compiled in either. ``scripts/translations.py`` keeps the files in step with the code.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QXmlStreamReader

FOLDER = Path(__file__).resolve().parent.parent / "i18n"


@lru_cache(maxsize=1)
def translations() -> dict[str, str]:
    """English text -> text in the language of QGIS; empty where it is English, or has no file."""
    return read_language(QgsApplication.locale())


def read_language(locale: str) -> dict[str, str]:
    """The translations into ``locale``: "de_AT" goes on to "de" where it has no file of its own."""
    for name in (locale, locale.partition("_")[0]):
        path = FOLDER / f"sentinel_match_{name}.ts"
        if path.is_file():
            return _read(path.read_bytes())
    return {}


def _read(data: bytes) -> dict[str, str]:
    """A damaged file gives what stands before the damage: the rest stays English."""
    reader, source, found = QXmlStreamReader(data), "", {}
    while not reader.atEnd():
        reader.readNext()
        if reader.isStartElement() and reader.name() == "source":
            source = reader.readElementText()
        elif reader.isStartElement() and reader.name() == "translation":
            text = reader.readElementText()
            if text:
                found[source] = text
    return found
