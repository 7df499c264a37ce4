"""One place of a training set: season and radiometry of its dates, its images, its tiles, the offsets."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from ..errors import InputError
from ..events import Events
from ..imagery.area import Area, load_area
from ..jobs import BuildTrainingSetJob
from ..matchers.base import GuidedMatcher
from .dates import Dates, LeftOut, open_dates
from .images import DateToWrite, write_images
from .index import IMAGES, DateEntry, PlaceEntry, TileEntry
from .layouts import PlaceSource
from .offsets import DateOffset, measure_offsets, squares_of
from .radiometry import sample, scaling_of, season_of
from .sources import About, DateSource, Window
from .splits import footprint
from .training_set import Scene

MUCH_SATURATED = 0.2  # of a date without snow
WRITTEN = 0.6  # of the time of a place, when its images are written
TABLE_COLUMNS = ("place", "tile", "x", "y", "width", "height", "date", "season", "valid", "kept", "rejected_for")


@dataclass
class Ledger:
    """What is counted and kept of all places: rows of the table (``TABLE_COLUMNS``), how much was rejected, and which
    of the seasons that were asked for are of no date.
    """

    rows: list[tuple[object, ...]] = field(default_factory=list)
    rejected: dict[str, int] = field(
        default_factory=lambda: {"tiles of a date": 0, "tiles": 0, "dates": 0, "places": 0}
    )
    unused_seasons: set[str] = field(default_factory=set)


class PlaceBuilder:
    """Builds place after place in ``folder``. ``seasons``: "label" or "place/label" -> winter, summer or none."""

    def __init__(self, job: BuildTrainingSetJob, folder: Path, seasons: dict[str, str]) -> None:
        self._job, self._folder, self._seasons = job, folder, seasons
        self._matcher: GuidedMatcher | None = None
        self.ledger = Ledger(unused_seasons=set(seasons))

    def build(self, place: PlaceSource, events: Events) -> PlaceEntry:
        """Write the images of ``place``; its entry, in the split train.

        Raises LeftOut where no tile is left; InputError, OutputError, Cancelled.
        """
        with ExitStack() as files:
            dates = open_dates(place, files, events)
            self.ledger.rejected["dates"] += dates.unusable
            about = dates.opened[0].about
            tiles = tile_windows(about.width, about.height, self._job.tile_size, self._job.stride)
            if not tiles:
                raise LeftOut(
                    f"{place.name} is left out: with {about.width} x {about.height} pixels it is smaller than a tile "
                    f"of {self._job.tile_size}."
                )
            area = self._area(place.name, about)
            todo, reasons = self._prepared(place.name, dates, events)
            with events.part(0.0, WRITTEN) as stage:
                counts = write_images(todo, dates.bands, tiles, area, self._job.mask_clouds, stage)
        sources = {source.label: source for source in dates.sources}
        entry = self._entry(place, sources, todo, dates.bands, tiles, counts, events)
        with events.part(WRITTEN, 1.0) as stage:
            entry = self._with_offsets(entry, stage)
        self._say(entry, reasons, events)
        return entry

    def _area(self, name: str, about: About) -> Area | None:
        if self._job.area is None:
            return None
        area = load_area(self._job.area, None, about.georeference.crs)
        try:
            area.check_touches(about.georeference, about.width, about.height, name)
        except InputError as error:
            raise LeftOut(f"{name} is left out: {error}") from error
        return area

    def _prepared(self, name: str, dates: Dates, events: Events) -> tuple[list[DateToWrite], dict[str, str]]:
        """The dates with their season and radiometry, and why each has its season."""
        job, todo, reasons = self._job, [], {}
        thresholds = (job.snow_threshold, job.summer_threshold)
        for source, date in zip(dates.sources, dates.opened, strict=True):
            events.check_cancelled()
            events.progress(0.0, f"Looking at {name}, {source.label}")
            seen = sample(date, dates.bands)
            asked = next((key for key in (f"{name}/{source.label}", source.label) if key in self._seasons), "")
            if asked:
                season, why = self._seasons[asked].replace("none", ""), "as asked for"
                self.ledger.unused_seasons.discard(asked)
            else:
                season, why = season_of(date.about, dates.bands, seen, source.label, source.date, job.summer_threshold)
            trouble = "" if seen.values.shape[1] else "no pixel that was looked at is valid"
            trouble = trouble or ("it has the same value everywhere" if not np.ptp(seen.values) else "")
            if trouble:
                events.warning(f"{name}, {source.label} is left out: {trouble}.")
                self.ledger.rejected["dates"] += 1
                continue
            scaling = scaling_of(date.about, dates.bands, seen, season, job.radiometry, thresholds)
            reasons[source.label] = why
            path = self._folder / IMAGES / name / f"{source.label}.tif"
            todo.append(DateToWrite(date, source.label, season, scaling, path))
        if not todo:
            raise LeftOut(f"{name} is left out: none of its dates has anything to show.")
        return todo, reasons

    def _entry(
        self,
        place: PlaceSource,
        sources: dict[str, DateSource],
        dates: Sequence[DateToWrite],
        bands: tuple[str, ...],
        tiles: Sequence[Window],
        counts: np.ndarray,
        events: Events,
    ) -> PlaceEntry:
        """Tiles with at least two good dates (one, where the place has no more), and the dates they are good in."""
        good = counts >= (1 - self._job.max_invalid) * self._job.tile_size**2
        good &= counts > 0
        wanted = min(2, len(dates))
        kept = good.sum(1) >= wanted
        self.ledger.rejected["tiles of a date"] += int((~good).sum())
        self.ledger.rejected["tiles"] += int((~kept).sum())
        self._note(place.name, dates, tiles, counts, good, kept)
        if not kept.any():
            raise LeftOut(
                f"{place.name} is left out: none of its {len(tiles)} tiles has {wanted} "
                f"date{'s' if wanted > 1 else ''} with at most {self._job.max_invalid:.0%} of cloud and nodata."
            )
        used = [int(column) for column in np.flatnonzero(good[kept].any(0))]
        for column, date in enumerate(dates):
            if column not in used:
                events.warning(f"{place.name}, {date.label} is left out: too much cloud or nodata in every tile.")
                self.ledger.rejected["dates"] += 1
                date.path.unlink(missing_ok=True)
        about = dates[0].source.about
        crs = about.georeference.crs
        entry = PlaceEntry(
            name=place.name,
            group=place.name,
            split="train",
            width=about.width,
            height=about.height,
            gsd_m=about.gsd_m or self._job.gsd_m or None,
            bands=bands,
            reference_date="",
            crs=crs.to_wkt() if crs is not None else "",
            transform=tuple(about.georeference.transform[:6]) if crs is not None else (),
            layout=place.layout,
            dates=tuple(self._date(dates[column], sources[dates[column].label]) for column in used),
            tiles=tuple(
                TileEntry(_name(tile), *_box(tile), tuple(dates[c].label for c in used if good[row, c]))
                for row, tile in enumerate(tiles)
                if kept[row]
            ),
        )
        events.info(
            f"{entry.name}: {len(entry.tiles)} tiles of {self._job.tile_size} x {self._job.tile_size} pixels in "
            f"{len(entry.dates)} dates, bands {', '.join(bands)}; rejected for cloud or nodata: "
            f"{int((~kept).sum())} tiles, and {int((~good[kept]).sum())} times a tile in one of its dates."
        )
        return replace(entry, footprint=footprint(entry), reference_date=_reference(entry))

    def _date(self, date: DateToWrite, source: DateSource) -> DateEntry:
        about, size = date.source.about, date.source.about.width * date.source.about.height
        clouds = "not looked for"
        if self._job.mask_clouds:
            clouds = about.clouds or date.clouds
        return DateEntry(
            label=date.label,
            date=source.date,
            season=date.season,
            file=date.path.relative_to(self._folder).as_posix(),
            full_scale=date.scaling.full_scale,
            sources=source.paths,
            product=about.product,
            radiometry=date.scaling.words,
            low=date.scaling.low,
            high=date.scaling.high,
            clouds=clouds,
            valid=date.kept / size,
            cloud=date.cloud / max(date.valid, 1),
            saturated=date.saturated / max(date.kept, 1),
        )

    def _with_offsets(self, entry: PlaceEntry, events: Events) -> PlaceEntry:
        labels = [date.label for date in entry.dates]
        if not self._job.offsets or len(labels) < 2:
            known = tuple(replace(date, offset_known=date.label == entry.reference_date) for date in entry.dates)
            return replace(entry, dates=known)
        if self._matcher is None:
            self._matcher = _structure(self._job, events)

        def read(number: int, square: Window) -> tuple[np.ndarray, np.ndarray]:
            return Scene(self._folder, entry, TileEntry("", *_box(square), ())).read(labels[number])

        most = max(len(tile.dates) for tile in entry.tiles)
        clear = [(t.x, t.y, t.x + t.width, t.y + t.height) for t in entry.tiles if len(t.dates) > most // 2]
        squares = squares_of(clear, (entry.width, entry.height))
        reference = labels.index(entry.reference_date)
        found = measure_offsets(len(labels), reference, squares, read, self._matcher, events)
        return replace(entry, dates=tuple(_with_offset(d, o) for d, o in zip(entry.dates, found, strict=True)))

    def _note(
        self,
        name: str,
        dates: Sequence[DateToWrite],
        tiles: Sequence[Window],
        counts: np.ndarray,
        good: np.ndarray,
        kept: np.ndarray,
    ) -> None:
        for row, tile in enumerate(tiles):
            box = _box(tile)
            for column, date in enumerate(dates):
                why = "" if good[row, column] else "cloud or nodata"
                why = why or ("" if kept[row] else "no other date")
                share = round(float(counts[row, column]) / (box[2] * box[3]), 4)
                self.ledger.rows.append((name, _name(tile), *box, date.label, date.season, share, int(not why), why))

    def _say(self, entry: PlaceEntry, reasons: dict[str, str], events: Events) -> None:
        for date in entry.dates:
            off = "is the reference of offsets" if date.label == entry.reference_date else _offset_words(date)
            events.info(
                f"{entry.name}, {date.label}: {date.season or 'no season'} ({reasons[date.label]}); {date.radiometry}, "
                f"{date.saturated:.1%} saturated, {date.cloud:.1%} cloud; {off}."
            )
            if date.saturated > MUCH_SATURATED and date.season != "winter" and "threshold" in date.radiometry:
                events.warning(
                    f"{entry.name}, {date.label}: {date.saturated:.0%} is saturated. If that is snow, say so (Seasons: "
                    f"{date.label}=winter); else choose a higher threshold, or percentile."
                )
        unknown = [date.label for date in entry.dates if not date.offset_known]
        if self._job.offsets and unknown and len(entry.dates) > 1:
            events.warning(f"{entry.name}: the offset of {', '.join(unknown)} could not be measured and counts as 0.")
        if len(entry.dates) == 1:
            events.warning(
                f"{entry.name} has only one date: pairs can only be made of it and itself, which teaches no season."
            )


def tile_windows(width: int, height: int, size: int, stride: int) -> list[Window]:
    """Windows of ``size`` every ``stride`` pixels, and along the right and lower edge, so that nothing is left over;
    none where the image is smaller.
    """

    def starts(length: int) -> list[int]:
        last = length - size
        return [] if last < 0 else sorted({*range(0, last + 1, stride), last})

    return [(x, y, x + size, y + size) for y in starts(height) for x in starts(width)]


def _name(tile: Window) -> str:
    return f"x{tile[0]}_y{tile[1]}"


def _box(tile: Window) -> tuple[int, int, int, int]:
    """x, y, width, height."""
    return tile[0], tile[1], tile[2] - tile[0], tile[3] - tile[1]


def _structure(job: BuildTrainingSetJob, events: Events) -> GuidedMatcher:
    from ..devices import choose_device  # imports torch
    from ..matchers.structure import StructureMatcher

    device, sentence = choose_device(job.device)
    events.info(sentence)
    return StructureMatcher(device, events.info)


def _reference(entry: PlaceEntry) -> str:
    """The date that shows most, without snow if there is one; of equals the first."""
    return max(entry.dates, key=lambda date: (date.season != "winter", round(date.valid - date.saturated, 2))).label


def _with_offset(date: DateEntry, found: DateOffset) -> DateEntry:
    x, y = (round(float(value), 4) for value in found.shift)
    return replace(
        date,
        offset=(x, y),
        offset_known=found.known,
        offset_scatter=None if found.scatter is None else round(found.scatter, 4),
        offset_points=found.points,
        closure=None if found.closure is None else round(found.closure, 4),
    )


def _offset_words(date: DateEntry) -> str:
    if not date.offset_known:
        return "offset not known"
    closure = f", closure {date.closure:.2f}" if date.closure is not None else ""
    scatter = f", scatter {date.offset_scatter:.2f}" if date.offset_scatter is not None else ""
    return f"offset {date.offset[0]:+.2f} {date.offset[1]:+.2f} px ({date.offset_points} points{scatter}{closure})"
