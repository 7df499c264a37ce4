"""The plugin speaks the language of QGIS, and no module of the QGIS side is out of reach of Qt 6."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def language():
    from sentinel_match_plugin.processing import language

    return language


def test_a_locale_of_a_country_goes_on_to_its_language():
    german = language().read_language("de_AT")
    assert german == language().read_language("de")
    assert german["Reference raster"] != "Reference raster"


@pytest.mark.parametrize("locale", ["en", "en_GB", "C", "", "../uk"])
def test_without_a_file_all_stays_english(locale):
    assert language().read_language(locale) == {}


def test_a_damaged_file_leaves_the_rest_english():
    whole = (language().FOLDER / "sentinel_match_uk.ts").read_bytes()
    assert 0 < len(language()._read(whole[: len(whole) // 2])) < len(language()._read(whole))


def test_qgis_in_ukrainian_shows_the_provider_in_ukrainian(qgis_process):
    done = qgis_process("list", LC_ALL="uk_UA.UTF-8", LANG="uk_UA.UTF-8")
    assert "sentinelmatch:coregister" in done.stdout
    title = language().read_language("uk")["Co-register raster"]
    assert title in done.stdout


@pytest.fixture(scope="module")
def qt6_check(qgis_here):
    sys.path.insert(0, str(SCRIPTS))
    import qt6_check

    return qt6_check


def test_the_qgis_side_is_written_for_qt_5_and_6(qt6_check):
    assert qt6_check.check_package() == []


@pytest.mark.parametrize(
    "code",
    [
        "from qgis.PyQt.QtCore import Qt\nQt.AlignLeft",
        "from qgis.PyQt.QtWidgets import QDialog\nQDialog.Accepted",
        "from qgis.core import QgsProcessing\nQgsProcessing.TypeVectorPoint",
        "from qgis.core import QgsProcessingAlgorithm\nclass A(QgsProcessingAlgorithm):\n"
        "    def flags(self):\n        return self.FlagHideFromToolbox",
        "def f():\n    from qgis.core import QgsWkbTypes\n    return QgsWkbTypes.Point",
        "from qgis.PyQt.QtWidgets import QDialog\ndef f():\n    QDialog().exec_()",
        "from qgis.PyQt.QtWidgets import QUndoStack",
        "from qgis.PyQt.QtCore import QVariant",
        "from PyQt5.QtCore import Qt",
        "from qgis.core import Qgis\ndef f():\n    return Qgis.NoSuchThing",
    ],
)
def test_what_qt_6_does_not_run_is_told(qt6_check, tmp_path, code, request):
    import importlib.util

    path = tmp_path / "bad.py"
    path.write_text(code + "\n")
    spec = importlib.util.spec_from_file_location("bad", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert len(qt6_check.check(path, "bad.py", module)) == 1
