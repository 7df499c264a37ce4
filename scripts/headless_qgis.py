"""QGIS without a window, with Processing and the plugin's provider, for the scripts that make files with it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]


def start():
    """What must be kept as long as QGIS is used. Needs the Python of QGIS."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path[:0] = [str(ROOT), "/usr/share/qgis/python/plugins"]
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    from processing.core.Processing import Processing

    from sentinel_match_plugin.plugin import SentinelMatchPlugin

    Processing.initialize()
    plugin = SentinelMatchPlugin(None)
    plugin.initProcessing()
    return application, plugin


def save_model(made, path: Path) -> None:
    """Write a model of the modeller, or end with what is wrong with it."""
    fine, problems = made.validate()
    if not fine:
        raise SystemExit("\n".join(problems))
    path.parent.mkdir(exist_ok=True)
    made.toFile(str(path))


def leave(code: int = 0) -> NoReturn:
    """End at once: QGIS 3.22 crashes now and then while Python takes it apart."""
    sys.stdout.flush()
    os._exit(code)
