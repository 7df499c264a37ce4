"""Where weights lie: the folder that the user chose, the user's data folder, and what ships with the plugin."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ..errors import WeightsError
from .catalogue import spec_of

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


def locate(name: str, folder: str | os.PathLike[str] = "") -> Path:
    """The weights file of the model ``name``, in ``model_folder(folder)`` or among those that ship with the plugin.

    Raises WeightsError with what to do if no such file is there, or if no such model is known.
    """
    spec = spec_of(name)
    chosen = model_folder(folder)
    for place in (chosen, SHIPPED):
        for file in spec.files:
            if (place / file).is_file():
                return place / file
    raise WeightsError(
        f"The weights of {spec.title} are not on this computer, and nothing is downloaded by itself. Put the file "
        f"{spec.files[-1]} (about {spec.size_mb:g} MB, licence {spec.licence}: {spec.source}) into the folder "
        f"{chosen}, or choose a matcher that needs no weights (structure, sift, akaze)."
    )
