"""Which places and dates lie in what was given: the layouts that people keep co-registered dates in.

====================================  ==================================================================================
what was given                        what it is taken for
====================================  ==================================================================================
.SAFE folder, its zip, MTD file       a date of the place that its MGRS tile names
folder of rasters                     each is a date of one place, which has the folder's name; where their names hold
                                      several MGRS tiles, of a place for each
folder of tile_X_Y.png and the like   one date: a mosaic; X, Y the pixel of the upper left corner
folder of B02.tif, B03.tif, SCL.tif   one date, a file for each band; so are T33TWL_20230810_B02.tif ...
folder of such folders                a place, whose dates they are
folder of any of these                several places
several rasters                       dates of one place, or of a place for each MGRS tile in their names
====================================  ==================================================================================

A date is called by the date in its name (20170215, 2017-02-15), else by the name.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import InputError
from ..events import Events
from ..scenes.listing import ENDINGS
from ..scenes.places import date_of
from ..sentinel2.container import PRODUCT_METADATA
from ..sentinel2.product import is_product, open_product
from .sources import DateSource

DEEPEST = 5  # folders within folders
SUBTILE = re.compile(r"(?:.*[_-])?(?:tile|subtile|patch|crop|window)[_-](\d+)[_-](\d+)", re.IGNORECASE)
BAND = re.compile(r"(.*?)[_.-]?(B\d\d|B8A|SCL)(?:[_-](?:10|20|60)m)?", re.IGNORECASE)
# Letters of MGRS leave out I and O; rows end at V (NGA.STND.0037).
MGRS = re.compile(r"(?:^|[_\-. ])T?(\d\d[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V])(?=$|[_\-. ])")


@dataclass
class PlaceSource:
    """A place as it was found: ``layout`` in a few words, ``mgrs`` the Sentinel-2 tile where a name tells it."""

    name: str
    layout: str
    dates: list[DateSource] = field(default_factory=list)
    mgrs: str = ""


@dataclass
class _Found:
    """What a folder holds: it is a date itself, or there are places in it."""

    date: DateSource | None = None
    places: list[PlaceSource] = field(default_factory=list)


def recognise(scenes: tuple[str, ...], place: str, events: Events) -> list[PlaceSource]:
    """The places in ``scenes``, said. ``place`` names that of rasters given one by one.

    Raises InputError: nothing given, something is not there, no raster in it.
    """
    if not any(scenes):
        raise InputError("No scenes were given: give a folder, rasters of co-registered dates, or Sentinel-2 products.")
    found: list[PlaceSource] = []
    listed: list[Path] = []
    alone: list[DateSource] = []
    for text in dict.fromkeys(os.path.abspath(scene) for scene in scenes if scene):
        path = Path(text)
        if not path.exists():
            raise InputError(f"{path} does not exist: give folders, rasters or Sentinel-2 products that are there.")
        if _is_product(path):
            _add_product(found, path)
        elif path.is_dir():
            inside = _folder(path, DEEPEST, events)
            if inside.date is not None:
                alone.append(inside.date)
            if inside.date is None and not inside.places:
                raise InputError(
                    f"There is nothing to train on in {path}: a folder is searched for {', '.join(ENDINGS[:6])} and "
                    "the like, and for Sentinel-2 products."
                )
            found += inside.places
        else:
            listed.append(path)
    if listed:
        parents = {path.parent for path in listed}
        found += _of_rasters(listed, place or (parents.pop().name if len(parents) == 1 else "place"), bool(place))
    if alone:
        parents = {Path(date.paths[0]).parent.parent for date in alone}
        name = place or (parents.pop().name if len(parents) == 1 else "place")
        found += _of_dates(alone, name, _words(alone), bool(place))
    places = _told_apart(_merged(found, events))
    for one in places:
        labels = ", ".join(date.label for date in one.dates[:6]) + (" ..." if len(one.dates) > 6 else "")
        count = f"{len(one.dates)} dates" if len(one.dates) > 1 else "1 date"
        events.info(f"{one.name}: {one.layout}, {count} ({labels}).")
    return places


def mgrs_of(name: str) -> str:
    """ "36UYA" of "T36UYA_20160212T084052_TCI"; empty where no MGRS tile is named."""
    found = MGRS.search(name)
    return found.group(1) if found else ""


def _folder(folder: Path, deep: int, events: Events) -> _Found:
    try:
        entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise InputError(f"The folder {folder} cannot be searched: {error.strerror}.") from error
    products = [path for path in entries if _is_product(path)]
    rasters = [p for p in entries if p.is_file() and p.suffix.lower() in ENDINGS and p not in products]
    folders = [path for path in entries if path.is_dir() and path not in products]
    others = Counter(p.suffix.lower() or "no ending" for p in entries if p.is_file() and p not in (*products, *rasters))
    if others and not folders:
        kinds = ", ".join(f"{count} {ending}" for ending, count in sorted(others.items()))
        events.info(f"Files of {folder.name} that are no rasters by their names were passed over: {kinds}.")
    places: list[PlaceSource] = []
    for product in products:
        _add_product(places, product)
    if rasters and not products and not folders:
        date = _as_date(folder, rasters)
        if date is not None:
            return _Found(date)
    if rasters:
        places += _of_rasters(rasters, folder.name, False)
    dates = []
    for inner in folders if deep > 0 else []:
        inside = _folder(inner, deep - 1, events)
        places += inside.places
        if inside.date is not None:
            dates.append(inside.date)
    if dates:
        places += _of_dates(dates, folder.name, _words(dates), False)
    return _Found(None, places)


def _as_date(folder: Path, rasters: list[Path]) -> DateSource | None:
    """The folder as one date, a mosaic or a file for each band; None where its rasters are dates themselves."""
    subtiles = {path: SUBTILE.fullmatch(path.stem) for path in rasters}
    if all(subtiles.values()):
        files = {f"{int(m.group(1))}_{int(m.group(2))}": str(path) for path, m in subtiles.items() if m}
        if len(files) < len(rasters):
            raise InputError(f"{folder} has two subtiles at one place, by the pixels in their names.")
        return DateSource("mosaic", folder.name, date_of(folder.name), files)
    by_beginning = _by_beginning(rasters)
    if len(by_beginning) == 1 and sum(name != "SCL" for name in next(iter(by_beginning.values()))) > 1:
        beginning, bands = next(iter(by_beginning.items()))
        return DateSource("bands", folder.name, date_of(folder.name) or date_of(beginning), bands)
    return None


def _by_beginning(rasters: list[Path]) -> dict[str, dict[str, str]]:
    """Files for single bands: what their names begin with -> band -> path."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for path in rasters:
        match = BAND.fullmatch(path.stem)
        if match:
            groups[match.group(1)].setdefault(match.group(2).upper(), str(path))
    return dict(groups)


def _of_rasters(rasters: list[Path], name: str, named: bool) -> list[PlaceSource]:
    """Places of rasters that are dates, or bands of dates. ``named``: by the user, so that it is one place."""
    dates = []
    for beginning, bands in _by_beginning(rasters).items():
        if sum(band != "SCL" for band in bands) > 1:
            dates.append(DateSource("bands", beginning or name, date_of(beginning), bands))
    used = {path for date in dates for path in date.paths}
    for path in rasters:
        if str(path) not in used and not path.stem.upper().endswith("SCL"):
            dates.append(DateSource("raster", path.stem, date_of(path.stem), {"": str(path)}))
    return _of_dates(dates, name, _words(dates), named)


def _of_dates(dates: list[DateSource], name: str, layout: str, named: bool) -> list[PlaceSource]:
    by_tile: dict[str, list[DateSource]] = defaultdict(list)
    for date in dates:
        by_tile[mgrs_of(date.label)].append(date)
    if named or len(by_tile) == 1:
        tiles = {tile for tile in by_tile if tile} or {mgrs_of(name)}
        return [PlaceSource(name, layout, dates, tiles.pop() if len(tiles) == 1 else "")]
    return [
        PlaceSource(f"T{tile}" if tile else name, layout, some, tile or mgrs_of(name)) for tile, some in by_tile.items()
    ]


def _words(dates: list[DateSource]) -> str:
    kinds = {"raster": "a raster for each date", "mosaic": "a folder of subtiles for each date"}
    kinds |= {"bands": "a file for each band and date", "product": "Sentinel-2 products"}
    return ", ".join(kinds[kind] for kind in dict.fromkeys(date.kind for date in dates))


def _is_product(path: Path) -> bool:
    if not path.is_dir():
        return is_product(str(path))
    if path.name.upper().endswith(".SAFE"):
        return True
    try:
        return any(PRODUCT_METADATA.fullmatch(entry) for entry in os.listdir(path))
    except OSError:
        return False


def _add_product(places: list[PlaceSource], path: Path) -> None:
    product = open_product(str(path))
    tile = mgrs_of(product.name) or mgrs_of(product.granule) or next((g.tile for g in product.metadata.granules), "")
    name = f"T{tile}" if tile else path.stem
    date = DateSource("product", product.name, product.sensing_time[:10] or date_of(product.name), {"": str(path)})
    for place in places:
        if place.name == name:
            place.dates.append(date)
            return
    places.append(PlaceSource(name, "Sentinel-2 products", [date], tile))


def _merged(places: list[PlaceSource], events: Events) -> list[PlaceSource]:
    """Products of one tile are one place wherever they lie; dates once, by date and name."""
    products: dict[str, PlaceSource] = {}
    kept: list[PlaceSource] = []
    for place in places:
        if place.layout == "Sentinel-2 products" and place.name in products:
            products[place.name].dates += place.dates
            continue
        if place.layout == "Sentinel-2 products":
            products[place.name] = place
        kept.append(place)
    for place in kept:
        once: dict[object, DateSource] = {}
        for date in place.dates:  # a product may lie there as a folder and as its zip
            paths = tuple(os.path.realpath(path) for path in date.paths)
            first = once.setdefault(date.label if date.kind == "product" else paths, date)
            if first is not date:
                events.info(f"{place.name}: {date.label} is there twice; {first.paths[0]} is used.")
        place.dates = _labelled(sorted(once.values(), key=lambda date: (date.date, _by_number(date.label))))
    return kept


def _labelled(dates: list[DateSource]) -> list[DateSource]:
    """Called by their dates where these differ, else by their names; no two alike, and fit for the name of a file."""
    by_date = Counter(date.date for date in dates)
    labels: list[str] = []
    for date in dates:
        label = date.date if date.date and by_date[date.date] == 1 else date.label
        label = re.sub(r"[^\w.+-]+", "_", label).strip("._")[:80] or "date"
        while label.lower() in (other.lower() for other in labels):
            number = re.search(r"_(\d+)$", label)
            label = f"{label[: number.start()]}_{int(number.group(1)) + 1}" if number else f"{label}_2"
        labels.append(label)
    return [replace(date, label=label) for date, label in zip(dates, labels, strict=True)]


def _by_number(name: str) -> tuple[tuple[int, str], ...]:
    """image_2 before image_10."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name))


def _told_apart(places: list[PlaceSource]) -> list[PlaceSource]:
    """Names fit for folders, no two alike: the second "site" is called by the folder that it lies in."""
    taken: set[str] = set()
    for place in places:
        name = re.sub(r"[^\w.+-]+", "_", place.name).strip("._") or "place"
        if name.lower() in taken:
            above = Path(place.dates[0].paths[0]).parents
            parent = next((p.name for p in above if p.name and p.name.lower() not in (name.lower(), "")), "other")
            name = re.sub(r"[^\w.+-]+", "_", f"{parent}_{name}")
        number = 2
        while name.lower() in taken:
            name, number = f"{re.sub(r'~[0-9]+$', '', name)}~{number}", number + 1
        taken.add(name.lower())
        place.name = name
    return places
