"""Where weights lie: the folder that the user chose, the user's data folder, and what ships with the plugin."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ..errors import WeightsError
from .catalogue import spec_of
from .spec import ModelSpec

FOLDER_VARIABLE = "SENTINEL_MATCH_MODELS"
SHIPPED = Path(__file__).parents[1] / "weights"


def model_folder(folder: str | os.PathLike[str] = "") -> Path:
    """The folder that holds weights: ``folder`` if given, else the variable SENTINEL_MATCH_MODELS, else the user's data
    folder.
    """
    chosen = str(folder) or os.environ.get(FOLDER_VARIABLE, "")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "sentinel-match" / "models"


def find(spec: ModelSpec, folder: Path) -> Path | None:
    """The weights file of a model, in ``folder`` or else among those that ship with the plugin; None without one."""
    candidates = (place / file for place in (folder, SHIPPED) for file in spec.files)
    return next((path for path in candidates if path.is_file()), None)


def locate(name: str, folder: str | os.PathLike[str] = "") -> Path:
    """The weights file of the model ``name``, in ``model_folder(folder)`` or among those that ship with the plugin.

    Raises WeightsError with what to do if no such file is there, or if no such model is known.
    """
    spec, chosen = spec_of(name), model_folder(folder)
    found = find(spec, chosen)
    if found is not None:
        return found
    accept, why = (" ACCEPT_LICENCE=true", f" {spec.non_commercial}") if spec.non_commercial else ("", "")
    if not spec.urls:
        raise WeightsError(
            f"There are no weights of your own called {spec.name} in {chosen}: they are {spec.source}. Train "
            f"them, then run sentinelmatch:models with ACTION=import MODEL={name}{accept} FILE=<that file>.{why}"
        )
    raise WeightsError(
        f"The weights of {spec.title} are not on this computer, and nothing is downloaded by itself. Run "
        f"sentinelmatch:models with ACTION=download MODEL={spec.name}{accept} (about {spec.size_mb:g} MB, licence: "
        f"{spec.licence}).{why} Or fetch {spec.source} yourself, and run it with "
        f"ACTION=import MODEL={spec.name}{accept} FILE=<that file>, or put it as {spec.files[-1]} into the "
        f"folder {chosen}. Or choose what needs no weights: structure, phase, sift, akaze, orb."
    )
