"""Where the engine's environment is: the setting, the environment variable, or the default folder if it is whole."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..engine import __version__ as ENGINE_VERSION
from .errors import HOW_TO_INSTALL, HOW_TO_REPAIR, EnvironmentMissing

VARIABLE = "SENTINEL_MATCH_PYTHON"
PLUGIN_FOLDER = Path(__file__).resolve().parents[1]
REQUIREMENTS = PLUGIN_FOLDER / "engine" / "requirements.txt"
# A virtual environment holds absolute paths, so it cannot be built elsewhere and renamed when whole. It is built in
# its place, and this file says whether it is whole: `"whole": true` is written last.
_MARKER = "sentinel-match.json"


def find(setting: str = "") -> str:
    """The Python of the engine: ``setting``, else $SENTINEL_MATCH_PYTHON, else the default folder's.

    A setting or variable that names nothing usable is an error, not a reason to go on looking: the user meant it.
    Raises EnvironmentMissing with what to do.
    """
    if setting.strip():
        return _named(setting.strip(), "The plugin's setting for the engine's Python")
    variable = os.environ.get(VARIABLE, "").strip()
    if variable:
        return _named(variable, f"The environment variable {VARIABLE}")
    return _default()


def default_folder(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """The folder of the environment that `install` makes: in the user's cache, one for each minor engine version."""
    variables = os.environ if environment is None else environment
    home = Path.home()
    if platform == "win32":
        cache = Path(variables.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif platform == "darwin":
        cache = home / "Library" / "Caches"
    else:
        given = variables.get("XDG_CACHE_HOME", "")
        cache = (
            Path(given) if os.path.isabs(given) else home / ".cache"
        )  # the XDG rules: a relative path is to be ignored
    return cache / "sentinel-match" / ("engine-" + ".".join(ENGINE_VERSION.split(".")[:2]))


def venv_python(folder: Path) -> Path:
    """The Python of the virtual environment in ``folder``."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def requirements_hash(requirements: Path = REQUIREMENTS) -> str:
    """What the marker remembers of the requirements an environment was made with; their comments do not count."""
    lines = (line.partition("#")[0].strip() for line in requirements.read_text(encoding="utf-8").splitlines())
    return hashlib.sha256("\n".join(line for line in lines if line).encode()).hexdigest()


def read_marker(folder: Path) -> dict[str, Any] | None:
    """What ``write_marker`` wrote, or None if the folder holds no whole environment."""
    try:
        marker = json.loads((folder / _MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(marker, dict) and marker.get("whole") is True and venv_python(folder).exists()
    return marker if whole else None


def write_marker(folder: Path, requirements: Path, versions: Mapping[str, str], extras: Sequence[str] = ()) -> None:
    """Declare the environment in ``folder`` whole; ``extras``: the optional packages that it has as well."""
    _write_marker(
        folder,
        {
            "whole": True,
            "engine": ENGINE_VERSION,
            "requirements": requirements_hash(requirements),
            "versions": dict(versions),
            "extras": sorted(set(extras)),
        },
    )


def extras_of(folder: Path) -> list[str]:
    """The optional packages that were added to the environment in ``folder``."""
    return list((read_marker(folder) or {}).get("extras", []))


def extra_requirements(extra: str) -> Path:
    """The list of the optional packages ``extra``."""
    return REQUIREMENTS.with_name(f"requirements-{extra}.txt")


def write_unfinished_marker(folder: Path) -> None:
    """Declare the environment in ``folder`` ours, and being changed."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_marker(folder, {"whole": False})


def is_ours(folder: Path) -> bool:
    """True if the folder may be removed: it has a marker of either kind, or it is the default one."""
    return (folder / _MARKER).exists() or folder == default_folder()


def _write_marker(folder: Path, marker: Mapping[str, Any]) -> None:
    part = folder / (_MARKER + ".part")
    part.write_text(json.dumps(marker, indent=1), encoding="utf-8")
    os.replace(part, folder / _MARKER)


def is_current(folder: Path, requirements: Path = REQUIREMENTS) -> bool:
    """True if the environment is whole and was made with these requirements."""
    marker = read_marker(folder)
    return marker is not None and marker.get("requirements") == requirements_hash(requirements)


def _named(value: str, source: str) -> str:
    path = Path(value).expanduser()
    if path.is_dir():
        path = venv_python(path)
    elif not path.exists():
        path = Path(shutil.which(value) or path)
    if not path.is_file():
        raise EnvironmentMissing(
            f"{source} is {value}, which is no Python and no environment. Correct it, or leave it empty to use the "
            f"environment that `make setup` makes."
        )
    if "qgis" in path.name.lower():  # started as if it were Python, it would open a second QGIS
        raise EnvironmentMissing(
            f"{source} is {value}, which is QGIS itself. Name the Python of the engine's environment, or nothing."
        )
    return str(path)


def _default() -> str:
    folder = default_folder()
    if is_current(folder):
        return str(venv_python(folder))
    if not folder.exists():
        raise EnvironmentMissing(f"The engine's environment is not installed (looked in {folder}). {HOW_TO_INSTALL}")
    if read_marker(folder) is None:
        raise EnvironmentMissing(
            f"The engine's environment in {folder} is not complete: its installation did not end. {HOW_TO_REPAIR}"
        )
    raise EnvironmentMissing(
        f"The engine's environment in {folder} was made for other versions of its packages than this plugin needs. "
        f"{HOW_TO_REPAIR}"
    )
