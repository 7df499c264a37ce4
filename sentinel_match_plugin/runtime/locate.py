"""Where the engine's environment is: the setting, the environment variable, or the default folder if it is whole."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from . import marker
from .errors import HOW_TO_INSTALL, HOW_TO_REPAIR, EnvironmentMissing
from .locking import is_held
from .marker import ENGINE_VERSION, PLUGIN_FOLDER, REQUIREMENTS, environment_python, is_current

__all__ = ["PLUGIN_FOLDER", "REQUIREMENTS", "VARIABLE", "default_folder", "extra_requirements", "find", "is_current"]

VARIABLE = "SENTINEL_MATCH_PYTHON"
_SETTING = "The plugin's setting for the engine's Python"


def find(setting: str = "") -> str:
    """The Python of the engine: ``setting``, else $SENTINEL_MATCH_PYTHON, else the default folder's.

    A setting or variable that names nothing usable is an error, not a reason to go on looking: the user meant it.
    Raises EnvironmentMissing with what to do.
    """
    if setting.strip():
        return _named(setting.strip(), _SETTING)
    variable = os.environ.get(VARIABLE, "").strip()
    if variable:
        return _named(variable, f"The environment variable {VARIABLE}")
    return _default()


def cache_folder(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """The plugin's folder in the user's cache."""
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
    return cache / "sentinel-match"


def default_folder(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """The folder of the environment that `install` makes: in the user's cache, one for each minor engine version."""
    return cache_folder(environment, platform) / ("engine-" + ".".join(ENGINE_VERSION.split(".")[:2]))


def older_folders() -> list[Path]:
    """The environments of other versions of the engine in the user's cache, which an upgrade leaves behind."""
    current = default_folder()
    return [folder for folder in sorted(current.parent.glob("engine-*")) if folder != current and folder.is_dir()]


def extra_requirements(extra: str) -> Path:
    """The list of the optional packages ``extra``."""
    return REQUIREMENTS.with_name(f"requirements-{extra}.txt")


def is_ours(folder: Path) -> bool:
    """True if what is in the folder may be removed: it has a marker, or it is the default one."""
    return marker.is_claimed(folder) or folder == default_folder()


def _named(value: str, source: str) -> str:
    path = Path(value).expanduser()
    if path.is_dir():
        path = environment_python(path)
    elif not path.exists():
        path = Path(shutil.which(value) or path)
    if not path.is_file():
        raise EnvironmentMissing(
            f"{source} is {value}, which is no Python and no environment. Correct it, or leave it empty to use the "
            "environment that the plugin (Settings > Options > Sentinel Match) or `make setup` makes."
        )
    if "qgis" in path.name.lower():  # started as if it were Python, it would open a second QGIS
        raise EnvironmentMissing(
            f"{source} is {value}, which is QGIS itself. Name the Python of the engine's environment, or nothing."
        )
    return str(path)


def _default() -> str:
    folder = default_folder()
    if is_current(folder):
        return str(environment_python(folder))
    if is_held(folder.with_name(folder.name + ".lock")):
        raise EnvironmentMissing(
            "The engine is being installed just now: try again when its installation has ended. Settings > Options > "
            "Sentinel Match shows how far it is."
        )
    made = marker.read(folder)
    if made is None and marker.is_claimed(folder):
        raise EnvironmentMissing(
            f"The engine's environment in {folder} is not complete: its installation did not end. {HOW_TO_REPAIR}"
        )
    if made is None:
        raise EnvironmentMissing(f"The engine's environment is not installed (looked in {folder}). {HOW_TO_INSTALL}")
    if not environment_python(folder).exists():
        raise EnvironmentMissing(
            f"The engine's environment in {folder} has lost its Python{f', {made.base}' if made.base else ''}: it was "
            f"removed or replaced by another version. {HOW_TO_REPAIR}"
        )
    raise EnvironmentMissing(
        f"The engine's environment in {folder} was made for other versions of its packages than this plugin needs. "
        f"{HOW_TO_UPDATE}"
    )


HOW_TO_UPDATE = HOW_TO_REPAIR.replace("> Repair", "> Update").replace("ACTION=repair", "ACTION=install")
