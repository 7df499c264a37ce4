"""What stands in the folder of the engine's environment, and the file that says so.

A virtual environment holds absolute paths, so it cannot be built elsewhere and renamed when whole. Each one is built in
a subfolder of its own, and the marker, written last, says which of them counts: until then the one before is used.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..engine import __version__ as ENGINE_VERSION

PLUGIN_FOLDER = Path(__file__).resolve().parents[1]
REQUIREMENTS = PLUGIN_FOLDER / "engine" / "requirements.txt"
NAME = "sentinel-match.json"
# Short, for Windows: torch has files 171 characters below site-packages, and a path may have 260.
SUBFOLDERS = ("a", "b", "c", "d")


@dataclass(frozen=True)
class Made:
    """What an environment was made of. ``folder``: its subfolder; "" for those of early versions, which had none."""

    folder: str
    torch: str  # cpu or cuda
    base: str  # the Python that it was made with
    requirements: str  # requirements_hash
    versions: dict[str, str] = field(default_factory=dict)
    extras: tuple[str, ...] = ()
    engine: str = ENGINE_VERSION
    date: str = field(default_factory=lambda: time.strftime("%Y-%m-%d"))


def venv_python(folder: Path) -> Path:
    """The Python of the virtual environment in ``folder`` itself."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def environment_python(place: Path) -> Path:
    """The Python of the environment that counts in ``place``; of ``place`` itself if it has no marker."""
    made = read(place)
    return venv_python(place / made.folder if made else place)


def requirements_hash(requirements: Path = REQUIREMENTS) -> str:
    """What the marker remembers of the requirements an environment was made with; their comments do not count."""
    lines = (line.partition("#")[0].strip() for line in requirements.read_text(encoding="utf-8").splitlines())
    return hashlib.sha256("\n".join(line for line in lines if line).encode()).hexdigest()


def read(place: Path) -> Made | None:
    """What ``write`` wrote; None if the folder holds no environment that was made to its end."""
    marker = _raw(place)
    if marker is None or marker.get("whole") is not True:
        return None
    versions = marker.get("versions")
    versions = {str(k): str(v) for k, v in versions.items()} if isinstance(versions, dict) else {}
    extras = marker.get("extras")
    return Made(
        folder=str(marker.get("folder", "")),
        torch=str(marker.get("torch") or ("cuda" if "+cu" in versions.get("torch", "") else "cpu")),
        base=str(marker.get("base", "")),
        requirements=str(marker.get("requirements", "")),
        versions=versions,
        extras=tuple(map(str, extras)) if isinstance(extras, list) else (),
        engine=str(marker.get("engine", "")),
        date=str(marker.get("date", "")),
    )


def write(place: Path, made: Made) -> None:
    """Declare the environment in ``place / made.folder`` whole, and the one that counts."""
    _write(place, {"whole": True, **asdict(made), "extras": sorted(set(made.extras))})


def claim(place: Path) -> None:
    """Declare a folder that holds no whole environment ours, before anything is written to it."""
    place.mkdir(parents=True, exist_ok=True)
    if read(place) is None:
        _write(place, {"whole": False})


def is_claimed(place: Path) -> bool:
    """True if the folder has a marker of either kind."""
    return (place / NAME).exists()


def is_current(place: Path, requirements: Path = REQUIREMENTS, torch: str = "") -> bool:
    """True if the environment is whole, made of these requirements and (unless empty) of this build of torch."""
    made = read(place)
    return (
        made is not None
        and made.requirements == requirements_hash(requirements)
        and torch in ("", made.torch)
        and environment_python(place).exists()
    )


def _raw(place: Path) -> dict[str, Any] | None:
    try:
        marker = json.loads((place / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return marker if isinstance(marker, dict) else None


def _write(place: Path, marker: Mapping[str, Any]) -> None:
    part = place / (NAME + ".part")
    part.write_text(json.dumps(marker, indent=1), encoding="utf-8")
    os.replace(part, place / NAME)
