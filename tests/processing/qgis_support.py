"""The real ``qgis_process`` with a throwaway profile, and a feedback that remembers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass
class Answer:
    """What a run of ``qgis_process`` left: exit code, results (JSON), everything it said."""

    code: int
    results: dict
    said: str


class QgisProcess:
    """The real program with a throwaway profile in which only this plugin is enabled."""

    def __init__(self, profile: Path):
        program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
        if program is None:
            pytest.skip("qgis_process is not installed")
        self.program = program
        settings = profile / "profiles" / "default" / "QGIS"
        settings.mkdir(parents=True)
        (settings / "QGIS3.ini").write_text("[PythonPlugins]\nsentinel_match_plugin=true\n")
        dropped = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
        self.environment = {name: value for name, value in os.environ.items() if name not in dropped}
        self.environment.update(
            QGIS_CUSTOM_CONFIG_PATH=str(profile),
            QGIS_PLUGINPATH=str(REPOSITORY),
            QT_QPA_PLATFORM="offscreen",
            XDG_RUNTIME_DIR=str(profile),
        )

    def __call__(self, *arguments: str, timeout: float = 300, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self.program, *arguments],
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def run(self, algorithm: str, environment: dict | None = None, **parameters: Any) -> Answer:
        """``qgis_process --json run sentinelmatch:ALGORITHM``; other providers' ids and model files work too."""
        name = algorithm if ":" in algorithm or algorithm.endswith(".model3") else f"sentinelmatch:{algorithm}"
        pairs = [f"{key}={value}" for key, value in parameters.items()]
        done = self("--json", "run", name, "--", *pairs, **(environment or {}))
        text = done.stdout[done.stdout.find("{") :]
        results = json.loads(text)["results"] if done.returncode == 0 and text else {}
        return Answer(done.returncode, results, done.stdout + done.stderr)


class Feedback:
    """Makes a QgsProcessingFeedback that keeps what it is told; ``cancel_at`` cancels at that progress (percent)."""

    @staticmethod
    def make(cancel_at: float | None = None):
        from qgis.core import QgsProcessingFeedback

        class Kept(QgsProcessingFeedback):
            def __init__(self):
                super().__init__(False)
                self.infos, self.warnings, self.errors = [], [], []

            def pushInfo(self, info):
                self.infos.append(info)

            def pushWarning(self, warning):
                self.warnings.append(warning)

            def reportError(self, error, fatalError=False):
                self.errors.append(error)

            def setProgress(self, progress):
                super().setProgress(progress)
                if cancel_at is not None and progress >= cancel_at:
                    self.cancel()

        return Kept()


def start_qgis(profile: Path) -> Any:
    """QGIS with Processing and the plugin's provider in this process; returns the ``processing`` module.

    Once a process, however often it is called: ``profile`` is that of the first call.
    """
    core = pytest.importorskip("qgis.core")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for folder in (str(REPOSITORY), "/usr/share/qgis/python/plugins"):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    global _application  # QGIS must live as long as this process: Python would delete it with the fixture
    _application = core.QgsApplication.instance()
    if _application is None:
        os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(profile)
        _application = core.QgsApplication([], False)
        _application.initQgis()
    import processing
    from processing.core.Processing import Processing

    Processing.initialize()
    if core.QgsApplication.processingRegistry().providerById("sentinelmatch") is None:
        from sentinel_match_plugin.plugin import SentinelMatchPlugin

        global _plugin
        _plugin = SentinelMatchPlugin(None)
        _plugin.initProcessing()
    return processing


_application: Any = None
_plugin: Any = None
