"""Which scenes there are to compare, and what to call them."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

from ..errors import InputError
from ..events import Events
from ..jobs import RasterInput

# What is taken of a folder. Anything else that GDAL opens can be given by name.
ENDINGS = (".tif", ".tiff", ".jp2", ".j2k", ".jpg", ".jpeg", ".png", ".img", ".vrt", ".webp", ".bmp", ".gif", ".hdr")
FEWEST, MOST = 2, 500  # 500 scenes are 124,750 pairs


def list_scenes(inputs: tuple[RasterInput, ...], folder: str, events: Events) -> list[RasterInput]:
    """``inputs`` and the rasters in ``folder`` by name, each file once, each with a label of its own.

    Raises InputError where the folder is missing or there are fewer than two scenes.
    """
    found = list(inputs)
    if folder:
        found += [RasterInput(str(path)) for path in _rasters_in(Path(folder), events)]
    once: dict[str, RasterInput] = {}
    for scene in found:
        once.setdefault(os.path.realpath(scene.path) if os.path.exists(scene.path) else scene.path, scene)
    if len(once) < len(found):
        twice = len(found) - len(once)
        events.info(f"{twice} scene{'s were' if twice > 1 else ' was'} given twice: each scene is compared once.")
    scenes = _labelled(list(once.values()))
    if len(scenes) < FEWEST:
        where = f" in {folder}" if folder else ""
        what = "only one raster" if scenes else "no raster"
        raise InputError(
            f"There is {what}{where}: give at least two to compare (a folder is searched for "
            f"{', '.join(ENDINGS[:6])} and the like, not for what lies in folders within it)."
        )
    if len(scenes) > MOST:
        raise InputError(
            f"{len(scenes)} scenes are {len(scenes) * (len(scenes) - 1) // 2:,} pairs: compare at most {MOST} at once."
        )
    return scenes


def _rasters_in(folder: Path, events: Events) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        reason = "does not exist" if isinstance(error, FileNotFoundError) else error.strerror or "cannot be read"
        raise InputError(f"The folder {folder} cannot be searched for scenes: {reason}.") from error
    rasters = [path for path in files if path.suffix.lower() in ENDINGS]
    rasters += sorted(path for path in folder.iterdir() if path.is_dir() and path.suffix.upper() == ".SAFE")
    others = Counter(path.suffix.lower() or "no ending" for path in files if path not in rasters)
    if others:
        kinds = ", ".join(f"{count} {ending}" for ending, count in sorted(others.items()))
        events.info(f"Files of {folder.name or folder} that are no rasters by their names were passed over: {kinds}.")
    return rasters


def _labelled(scenes: list[RasterInput]) -> list[RasterInput]:
    """Labels that the user gave, else the file's name without its ending; of equal ones, the folder's name before."""
    labels = [scene.label or Path(scene.path).stem or scene.path for scene in scenes]
    for attempt in range(2):
        count = Counter(labels)
        for number, (scene, label) in enumerate(zip(scenes, labels, strict=True)):
            if count[label] > 1:
                path = Path(scene.path)
                labels[number] = f"{path.parent.name}/{path.name}" if attempt == 0 else f"{label} ({number + 1})"
    return [replace(scene, label=label) for scene, label in zip(scenes, labels, strict=True)]
