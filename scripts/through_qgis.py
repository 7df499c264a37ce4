"""How the scripts run an algorithm through the real ``qgis_process``, in a profile of their own. Standard library
only.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


class Failed(Exception):
    """A step could not be done; the text says why and what to do."""


def qgis_process() -> str:
    """The program: $QGIS_PROCESS, else ``qgis_process.bin`` (Debian 12's wrapper of it is broken), else
    ``qgis_process``.
    """
    for name in (os.environ.get("QGIS_PROCESS", ""), "qgis_process.bin", "qgis_process"):
        found = shutil.which(name) if name else None
        if found:
            return found
    raise Failed(
        "There is no qgis_process here. Install QGIS 3.22 or newer (on Debian: apt install qgis python3-qgis)."
    )


def engine_python() -> str:
    """The Python of the engine's environment. Raises Failed with the sentence of what to do."""
    from sentinel_match_plugin.runtime.environment import find
    from sentinel_match_plugin.runtime.errors import EngineError

    try:
        return find()
    except EngineError as error:
        raise Failed(str(error)) from error


def run_engine_script(script: str, *arguments: object) -> str:
    """Run a script of this folder with the engine's Python; what it printed."""
    from sentinel_match_plugin.runtime.child import scrubbed_environment

    command = [engine_python(), str(ROOT / "scripts" / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=scrubbed_environment())
    if done.returncode:
        raise Failed(f"{script} {' '.join(map(str, arguments[:1]))} failed: {_last_line(done.stderr)}")
    return done.stdout


def profile_with_plugin(folder: Path) -> Path:
    """A QGIS profile in which the plugin is enabled, and nothing else."""
    settings = folder / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("[PythonPlugins]\nsentinel_match_plugin=true\n", encoding="utf-8")
    return folder


def run_algorithm(algorithm: str, parameters: dict[str, object], profile: Path) -> dict:
    """Run ``algorithm`` and return its results. Raises Failed with what QGIS wrote when it ends with an error."""
    command = [qgis_process(), "run", algorithm, "--json", "--"]
    command += [f"{name}={value}" for name, value in parameters.items()]
    environment = {
        **os.environ,
        "QGIS_CUSTOM_CONFIG_PATH": str(profile_with_plugin(profile).resolve()),
        "QGIS_PLUGINPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run(command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Failed(f"{algorithm} ended with code {done.returncode}: {_last_line(done.stderr)}")
    try:
        return json.loads(done.stdout[done.stdout.index("{") :])["results"]
    except (ValueError, KeyError) as error:
        said = _last_line(done.stderr) or _last_line(done.stdout)
        raise Failed(f"{algorithm} gave no results: {said}") from error


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    # QGIS ends an algorithm's own message with these, and starts with noise about its surroundings.
    useful = [line for line in lines if not line.startswith(("ERROR 4", "Warning", "QStandardPaths", "-----"))]
    return useful[-1] if useful else "it said nothing"
