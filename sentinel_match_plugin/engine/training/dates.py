"""The dates of a place, opened: those that can be read, the bands they share, and the one grid they lie on."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

import numpy as np

from ..errors import InputError
from ..events import Events
from .layouts import PlaceSource
from .sources import DateSource, OpenDate, grid_of


class LeftOut(InputError):
    """A place has nothing to train on; the others may."""


@dataclass(frozen=True)
class Dates:
    """``sources`` and ``opened``, one for each date; ``bands``, which all of them have; ``unusable``: how many others
    there were.
    """

    sources: tuple[DateSource, ...]
    opened: tuple[OpenDate, ...]
    bands: tuple[str, ...]
    unusable: int


def open_dates(place: PlaceSource, files: ExitStack, events: Events) -> Dates:
    """Those of ``place`` that can be used, open as long as ``files``; what is left out is said.

    Raises LeftOut where none can be read; InputError where they do not lie on one pixel grid.
    """
    pairs: list[tuple[DateSource, OpenDate]] = []
    reasons = []
    for source in place.dates:
        events.check_cancelled()
        events.progress(0.0, f"Opening {place.name}, {source.label}")
        try:
            pairs.append((source, source.opened(files)))
        except InputError as error:
            events.warning(f"{place.name}, {source.label} is left out: {error}")
            reasons.append(str(error))
    if not pairs:
        raise LeftOut(f"{place.name} is left out: none of its dates can be read. {' '.join(reasons[:2])}")
    mosaics = [date.about for source, date in pairs if source.kind == "mosaic"]
    for about in mosaics:  # a date may lack the last subtiles
        about.width, about.height = max(a.width for a in mosaics), max(a.height for a in mosaics)
    pairs, bands = _common_bands(place.name, pairs, events)
    _check_grid(place.name, pairs)
    for _, date in pairs:
        for note in date.about.notes:
            events.info(note)
    days = [source.date for source, _ in pairs]  # also where another of the same day was left out
    sources = tuple(replace(s, label=s.date) if s.date and days.count(s.date) == 1 else s for s, _ in pairs)
    return Dates(sources, tuple(date for _, date in pairs), bands, len(place.dates) - len(pairs))


def _common_bands(
    name: str, pairs: list[tuple[DateSource, OpenDate]], events: Events
) -> tuple[list[tuple[DateSource, OpenDate]], tuple[str, ...]]:
    """The dates that have bands in common, and these; where not all have any, those of most."""
    common = [band for band in pairs[0][1].about.bands if all(band in date.about.bands for _, date in pairs)]
    if not common:
        kinds = [date.about.bands for _, date in pairs]
        most = max(dict.fromkeys(kinds), key=kinds.count)
        others = [source.label for source, date in pairs if not set(most) & set(date.about.bands)]
        if not others:
            raise InputError(
                f"The dates of {name} have no band in common: {'; '.join(', '.join(kind) for kind in kinds[:6])}."
            )
        events.warning(
            f"{name}: {', '.join(others)} left out: {'it has' if len(others) == 1 else 'they have'} none of the bands "
            f"of the {len(pairs) - len(others)} other dates ({', '.join(most)})."
        )
        return _common_bands(name, [pair for pair in pairs if pair[0].label not in others], events)
    lost = sorted({band for _, date in pairs for band in date.about.bands} - set(common))
    if lost:
        events.info(f"{name}: {', '.join(lost)} not used, since not all dates have it.")
    return pairs, tuple(common)


def _check_grid(name: str, pairs: Sequence[tuple[DateSource, OpenDate]]) -> None:
    first, first_date = pairs[0]
    for source, date in pairs[1:]:
        if grid_of(date.about) != grid_of(first_date.about):
            raise InputError(
                f"The dates of {name} do not lie on one pixel grid: {first.label} has {_extent(first_date)}, "
                f"{source.label} {_extent(date)}. Bring them onto one grid first (Co-register, or Warp raster), or put "
                "different places into different folders."
            )


def _extent(date: OpenDate) -> str:
    about, crs = date.about, date.about.georeference.crs
    size = f"{about.width} x {about.height} pixels"
    if crs is None:
        return f"{size} without a CRS"
    corner = about.georeference.to_map(np.zeros((1, 2)))[0]
    authority = crs.to_authority()
    named = ":".join(authority) if authority else crs.to_string()[:40]
    return f"{size} of {about.gsd_m:g} m from x {corner[0]:.2f}, y {corner[1]:.2f} ({named})"
