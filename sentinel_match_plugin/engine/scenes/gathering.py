"""Scenes gathered for a comparison: opened, placed, and each looked at once, or taken from what an earlier run kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ..errors import InputError, SentinelMatchError
from ..events import Events
from ..imagery.raster_info import RasterInfo
from ..imagery.rasters import open_raster
from ..jobs import AreaInput, RasterInput
from ..parallel import in_parallel
from .comparers import Comparer
from .picture import take_picture
from .placing import Placement, place
from .store import Store, identity, key_of

THUMBNAIL_PX = 420  # longer side of what the report shows of a scene


@dataclass
class Scene:
    """A scene. ``views``: by name of its placements (placing.py), what the comparer keeps of it; ``keys`` under which
    the store has that, ``thumbnails`` uint8 ``(h, w)``, 0 where not valid. ``trouble``: why it cannot be compared.
    ``shown``: share of the picture that is valid and not empty.
    """

    source: RasterInput
    info: RasterInfo | None = None
    placements: dict[str, Placement] = field(default_factory=dict)
    views: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    thumbnails: dict[str, np.ndarray] = field(default_factory=dict)
    shown: float = 0.0
    reused: bool = False
    trouble: str = ""

    @property
    def label(self) -> str:
        """What the user calls it."""
        return self.source.label


def gather(
    sources: Sequence[RasterInput], area: AreaInput | None, comparer: Comparer, store: Store, events: Events
) -> list[Scene]:
    """All scenes; what is wrong with one is its ``trouble`` and a warning. Raises InputError where fewer than two can
    be compared, with the reasons; Cancelled.
    """
    scenes = [Scene(source) for source in sources]
    for scene in scenes:
        events.check_cancelled()
        try:
            with open_raster(scene.source.path, scene.label) as reader:
                scene.info = reader.info
        except SentinelMatchError as error:
            scene.trouble = str(error)
    for scene, placements in zip(scenes, place([s.info for s in scenes], comparer.side, comparer.several), strict=True):
        scene.placements = placements
        if scene.info is not None and not placements:
            scene.trouble = f"{scene.label} cannot be placed: its CRS leads nowhere from those of the other scenes."
    about_area = _about(area)

    def look(scene: Scene) -> Scene:
        events.check_cancelled()
        if not scene.trouble:
            try:
                _look(scene, area, about_area, comparer, store)
            except InputError as error:
                scene.trouble = str(error)
        return scene

    for number, scene in enumerate(in_parallel(look, scenes)):
        events.check_cancelled()
        events.progress((number + 1) / len(scenes), f"Looking at {scene.label}")
    for scene in scenes:
        if scene.trouble:
            events.warning(f"{scene.label} is left out: {scene.trouble}")
    if sum(not scene.trouble for scene in scenes) < 2:
        reasons = list(dict.fromkeys(scene.trouble for scene in scenes if scene.trouble))
        raise InputError(f"Fewer than two scenes can be compared. {' '.join(reasons[:3])}")
    return scenes


def _about(area: AreaInput | None) -> list[Any] | None:
    """What tells one area from another: QGIS writes its polygons to a new file each time."""
    if area is None:
        return None
    try:
        content = hashlib.sha256(Path(area.path).read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"The area file {area.path} cannot be read: {error.strerror}.") from error
    return [content, area.mode, area.crs]


def _look(scene: Scene, area: AreaInput | None, about_area: Any, comparer: Comparer, store: Store) -> None:
    file = identity(scene.source.path)
    done: dict[str, str] = {}  # what tells a grid from another -> the view that has it
    for view, placement in scene.placements.items():
        crs = placement.georeference.crs
        grid = [placement.shape, list(placement.georeference.transform)[:6], crs.to_wkt() if crs else ""]
        key = key_of(file or id(scene), scene.source.band, about_area, comparer.name, comparer.side, grid)
        scene.keys[view] = key
        if key in done:
            scene.views[view], scene.thumbnails[view] = scene.views[done[key]], scene.thumbnails[done[key]]
            continue
        done[key] = view
        kept = store.scene(key) if file else None
        scene.reused = kept is not None
        if kept is None:
            kept = _taken(scene, placement, area, comparer)
            if file:
                store.keep_scene(key, kept)
        scene.thumbnails[view] = kept.pop("thumbnail")
        scene.shown = float(kept.pop("shown"))
        scene.views[view] = kept


def _taken(scene: Scene, placement: Placement, area: AreaInput | None, comparer: Comparer) -> dict[str, np.ndarray]:
    with open_raster(scene.source.path, scene.label) as reader:
        picture = take_picture(reader, placement, scene.source.band, area)
    height, width = picture.valid.shape
    factor = min(1.0, THUMBNAIL_PX / max(height, width))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    small = cv2.resize(picture.values, size, interpolation=cv2.INTER_AREA)
    known = cv2.resize(picture.valid.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.5
    thumbnail = np.where(known, 1 + np.rint(254 * np.clip(small, 0, 1)), 0).astype(np.uint8)
    return {**comparer.keep(picture), "thumbnail": thumbnail, "shown": np.array(picture.valid.mean())}
