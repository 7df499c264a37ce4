"""The index of a training set: which places, dates and tiles it has, where everything came from, what was decided.

A training set is a folder::

    index.json                     everything, as ``SetIndex`` says
    tiles.csv                      a row for each tile and date, also those that were rejected, for people
    contact_sheet.png              what was made, at a glance
    images/PLACE/DATE.tif          one GeoTIFF for each date of a place, all of a place on one pixel grid

A tile is a window of the images of its place: tiles that overlap are stored once. The number ``full_scale`` of an
image stands for 1.0; its mask band says which pixels are valid (neither nodata nor cloud).
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..jobs import from_json
from ..results.outputs import replacing

FORMAT, VERSION = "sentinel-match training set", 1
INDEX, TABLE, SHEET, IMAGES = "index.json", "tiles.csv", "contact_sheet.png", "images"
SPLITS = ("train", "validation", "test")


@dataclass(frozen=True)
class DateEntry:
    """One date of a place.

    ``label`` names it in its place; ``date`` is YYYY-MM-DD, or empty; ``season`` is winter (snow covers much), summer,
    or empty. ``file`` is relative to the set. ``offset`` (x, y) pixels: what lies at pixel p of the place is at p +
    offset in this date, 0 for the reference date of the place and where it could not be measured (``offset_known``);
    ``offset_scatter`` pixels: the spread of single points around it, ``offset_points`` how many agree, ``closure``
    pixels: how far offsets measured against several dates contradict each other (None: only one was measured).

    Where it came from: ``sources`` (files), ``product`` (its name, for Sentinel-2), ``radiometry`` in words, with
    ``low`` and ``high``, the numbers of the source that become 0 and 1 (one for each band), ``clouds``: what decided
    that. Shares 0..1 of the pixels that are valid before clouds are left out: ``cloud``, ``saturated`` (the number
    ``high`` or more in all bands); and of all pixels, ``valid`` in the end.
    """

    label: str
    date: str
    season: str
    file: str
    full_scale: int
    sources: tuple[str, ...]
    product: str = ""
    radiometry: str = ""
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    clouds: str = ""
    valid: float = 1.0
    cloud: float = 0.0
    saturated: float = 0.0
    offset: tuple[float, ...] = (0.0, 0.0)
    offset_known: bool = False
    offset_scatter: float | None = None
    offset_points: int = 0
    closure: float | None = None


@dataclass(frozen=True)
class TileEntry:
    """A window of the images of a place: ``x``, ``y`` its upper left pixel, and the ``dates`` in which it is good."""

    name: str
    x: int
    y: int
    width: int
    height: int
    dates: tuple[str, ...]


@dataclass(frozen=True)
class PlaceEntry:
    """A place: one pixel grid, seen at several dates.

    ``group``: places of one group show some of the same ground, and are in the same split. ``gsd_m`` metres of a
    pixel, None: not known. ``crs`` (WKT) and ``transform`` (six numbers, as GDAL's affine a to f) are empty without
    georeferencing. ``footprint`` (west, south, east, north) degrees.
    """

    name: str
    group: str
    split: str
    width: int
    height: int
    gsd_m: float | None
    bands: tuple[str, ...]
    reference_date: str
    crs: str = ""
    transform: tuple[float, ...] = ()
    footprint: tuple[float, ...] = ()
    layout: str = ""
    dates: tuple[DateEntry, ...] = ()
    tiles: tuple[TileEntry, ...] = ()

    def date(self, label: str) -> DateEntry:
        """The date of that label. Raises KeyError."""
        for entry in self.dates:
            if entry.label == label:
                return entry
        raise KeyError(f"{self.name} has no date {label}: it has {', '.join(d.label for d in self.dates)}.")


@dataclass(frozen=True)
class SetIndex:
    """The whole index. ``made`` says when and by which version, ``options`` with which choices; ``messages`` are the
    sentences that were said on the way.
    """

    places: tuple[PlaceEntry, ...]
    made: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    messages: tuple[str, ...] = ()


def write_index(folder: Path, index: SetIndex) -> Path:
    """Write ``index.json``; its path. Raises OutputError."""
    path = folder / INDEX
    with replacing(path) as file:
        json.dump({"format": FORMAT, "version": VERSION, **asdict(index)}, file, indent=1, ensure_ascii=False)
        file.write("\n")
    return path


def read_index(folder: str | Path) -> SetIndex:
    """The index of the set in ``folder``. Raises InputError: no folder, no training set, damaged, of a later version,
    a file of it is missing, a place in two splits.
    """
    folder = Path(folder)
    if folder.is_file() and folder.name == INDEX:
        folder = folder.parent
    if not folder.is_dir():
        raise InputError(f"The training set {folder} does not exist: make it with Build training set.")
    path = folder / INDEX
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(
            f"{folder} is no training set: it has no {INDEX}. Make one with Build training set."
        ) from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise InputError(f"{path} is damaged: {error}. Make the training set again.") from error
    if not isinstance(data, dict) or data.pop("format", "") != FORMAT:
        raise InputError(f"{path} is not the index of a training set.")
    if (version := data.pop("version", 0)) != VERSION:
        raise InputError(f"{path} is of version {version}, and this program reads version {VERSION}: make it again.")
    try:
        index: SetIndex = from_json(SetIndex, data)
        labels = [[date.label for date in place.dates] for place in index.places]
    except (InputError, TypeError, AttributeError, ValueError) as error:
        raise InputError(f"{path} is damaged: make the training set again. ({error})") from error
    for place, some in zip(index.places, labels, strict=True):
        _check_place(folder, place, some)
    check_splits(index.places)
    return index


def check_splits(places: tuple[PlaceEntry, ...]) -> None:
    """Raise InputError where ground is in two splits, which would make every figure on held-out places worthless."""
    of_group: dict[str, PlaceEntry] = {}
    for place in places:
        if place.split not in SPLITS:
            raise InputError(f"{place.name} is in the split “{place.split}”: it must be one of {', '.join(SPLITS)}.")
        first = of_group.setdefault(place.group, place)
        if first.split != place.split:
            raise InputError(
                f"{first.name} ({first.split}) and {place.name} ({place.split}) show some of the same ground, so they "
                "must be in the same split."
            )


def _check_place(folder: Path, place: PlaceEntry, labels: list[str]) -> None:
    if len(set(labels)) < len(labels) or place.reference_date not in labels:
        raise InputError(f"The index of {folder} is damaged: the dates of {place.name} are not told apart.")
    for date in place.dates:
        if len(date.offset) != 2 or not all(math.isfinite(value) for value in date.offset) or date.full_scale < 1:
            raise InputError(f"The index of {folder} is damaged: {place.name}, {date.label}.")
        if not (folder / date.file).is_file():
            raise InputError(f"The training set {folder} is not whole: {date.file} is missing. Make it again.")
    for tile in place.tiles:
        inside = min(tile.x, tile.y) >= 0 and tile.x + tile.width <= place.width
        if not inside or tile.y + tile.height > place.height or not set(tile.dates) <= set(labels):
            raise InputError(f"The index of {folder} is damaged: the tile {tile.name} of {place.name}.")
