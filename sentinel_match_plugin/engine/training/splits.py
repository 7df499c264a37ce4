"""Which places are trained on, and which are held out: by place, so that no ground is in two splits."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from affine import Affine

from ..errors import InputError
from ..events import Events
from ..frames.georeference import Georeference, change_crs, parse_crs
from .index import PlaceEntry

POINTS = 9  # along each side of a tile, looked up in the tiles of another place


def with_splits(
    places: Sequence[PlaceEntry],
    mgrs: dict[str, str],
    validation: tuple[str, ...],
    test: tuple[str, ...],
    share: float,
    seed: int,
    events: Events,
) -> list[PlaceEntry]:
    """``places`` with their group and split, said. ``mgrs``: place -> Sentinel-2 tile, where its name tells one.

    Named places are validation and test; where none is named, ``share`` of the groups is validation, at least one of
    two and more, drawn by ``seed``. Raises InputError: a name that is no place, or that would part a group.
    """
    group = _groups(places, mgrs)
    for name in dict.fromkeys(group.values()):
        same = [place for place in group if group[place] == name]
        if len(same) > 1:
            events.info(f"{', '.join(same)} show some of the same ground, or may: they count as one place.")
    split: dict[str, str] = {}
    for wanted, names in (("validation", validation), ("test", test)):
        for name in names:
            for place in _named(name, places, mgrs):
                if split.setdefault(group[place], wanted) != wanted:
                    raise InputError(
                        f"{place} is to be {wanted}, and it, or ground that it shows, {split[group[place]]}: one place "
                        "cannot be in two splits."
                    )
    if not split and share > 0:
        groups = sorted(set(group.values()), key=lambda name: hashlib.sha256(f"{seed}/{name}".encode()).hexdigest())
        drawn = groups[: max(1, round(share * len(groups)))] if len(groups) > 1 else []
        split = dict.fromkeys(drawn, "validation")
        if drawn:
            events.info(f"Drawn for validation by seed {seed}: {', '.join(sorted(drawn))} of {len(groups)} places.")
        else:
            events.warning(
                f"There is only one place ({groups[0]}), so none is held out: validation will say nothing. Give more "
                "places."
            )
    done = [replace(place, group=group[place.name], split=split.get(group[place.name], "train")) for place in places]
    if all(place.split != "train" for place in done):
        events.warning("No place is left to train on: all are validation or test.")
    return done


def _named(name: str, places: Sequence[PlaceEntry], mgrs: dict[str, str]) -> list[str]:
    wanted = name.strip().lower()
    found = [place.name for place in places if place.name.lower() == wanted]
    found = found or [p.name for p in places if mgrs.get(p.name) and wanted.lstrip("t") == mgrs[p.name].lower()]
    if not found:
        raise InputError(f"There is no place “{name}”: the places are {', '.join(place.name for place in places)}.")
    return found


def _groups(places: Sequence[PlaceEntry], mgrs: dict[str, str]) -> dict[str, str]:
    """Place -> the first place that is linked to it by ground that both show."""
    group = {place.name: place.name for place in places}
    for number, a in enumerate(places):
        for b in places[:number]:
            if group[a.name] != group[b.name] and _show_the_same(a, b, mgrs):
                old, new = group[a.name], group[b.name]
                group = {name: new if of == old else of for name, of in group.items()}
    return group


def _show_the_same(a: PlaceEntry, b: PlaceEntry, mgrs: dict[str, str]) -> bool:
    """By where their tiles lie; where that is not known of one, by the MGRS tile in their names, and by the files."""
    if a.footprint and b.footprint:
        (west, south, east, north), (w, s, e, n) = a.footprint, b.footprint
        return min(east, e) > max(west, w) and min(north, n) > max(south, s) and (_covers(a, b) or _covers(b, a))
    files = [{source for date in place.dates for source in date.sources} for place in (a, b)]
    return bool(files[0] & files[1]) or (bool(mgrs.get(a.name)) and mgrs[a.name] == mgrs.get(b.name, ""))


def _covers(a: PlaceEntry, b: PlaceEntry) -> bool:
    """Whether a point of a tile of ``b``, of a grid of points, lies in a tile of ``a``."""
    here, there = (Georeference(parse_crs(p.crs), Affine(*p.transform)) for p in (a, b))
    along = (np.arange(POINTS) + 0.5) / POINTS
    grid = np.stack(np.meshgrid(along, along), -1).reshape(-1, 2)
    points = np.concatenate([np.array([t.x, t.y]) + grid * [t.width, t.height] for t in b.tiles])
    if here.crs is None or there.crs is None:
        return False
    seen = here.to_pixel(change_crs(there.to_map(points), there.crs, here.crs))
    return any(bool(((seen >= [t.x, t.y]) & (seen < [t.x + t.width, t.y + t.height])).all(1).any()) for t in a.tiles)


def footprint(place: PlaceEntry) -> tuple[float, ...]:
    """(west, south, east, north) in degrees of all tiles of a place; empty without a CRS."""
    if not place.crs or not place.tiles:
        return ()
    left, top = min(t.x for t in place.tiles), min(t.y for t in place.tiles)
    right, bottom = max(t.x + t.width for t in place.tiles), max(t.y + t.height for t in place.tiles)
    along = np.linspace(0, 1, 21)
    rim = np.concatenate([np.stack([along, 0 * along + k], -1) for k in (0, 1)])
    rim = np.concatenate([rim, rim[:, ::-1]]) * [right - left, bottom - top] + [left, top]
    crs = parse_crs(place.crs)
    degrees = change_crs(Georeference(crs, Affine(*place.transform)).to_map(rim), crs, parse_crs("EPSG:4326"))
    if not np.isfinite(degrees).all():
        return ()
    return (*(float(v) for v in degrees.min(0)), *(float(v) for v in degrees.max(0)))
