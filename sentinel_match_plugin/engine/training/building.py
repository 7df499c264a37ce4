"""A training set out of co-registered dates, step by step.

Recognise places and dates -> bands and grid that all dates of a place share -> season and radiometry -> images without
clouds, and the tiles that are good in them -> offsets between the dates -> splits by place -> index and pictures.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np

from .. import __version__
from ..errors import InputError
from ..events import Events, Transcript
from ..imagery.area import Area, load_area
from ..jobs import RADIOMETRIES, BuildTrainingSetJob, BuildTrainingSetOutcome, to_json
from ..matchers.base import GuidedMatcher
from ..results.outputs import replacing, write_bytes
from .contact_sheet import contact_sheet
from .folder import check_folder, new_folder
from .images import DateToWrite, write_images
from .index import IMAGES, INDEX, SHEET, TABLE, DateEntry, PlaceEntry, SetIndex, TileEntry, write_index
from .layouts import PlaceSource, recognise
from .offsets import DateOffset, measure_offsets, squares_of
from .radiometry import Sample, sample, scaling_of, season_of
from .sources import DateSource, OpenDate, Window, grid_of
from .splits import footprint, with_splits
from .training_set import Scene

LEAST_TILE_PX, MOST_TILE_PX = 32, 8192
SEASONS = ("winter", "summer", "none")
PICTURES = 0.97  # of the time, when the contact sheet is begun
WRITTEN = 0.6  # of the time of a place, when its images are written


def run(job: BuildTrainingSetJob, events: Events) -> BuildTrainingSetOutcome:
    """Do a job. Raises InputError, OutputError, Cancelled; what stood at ``job.folder`` before survives all of them."""
    events = Transcript(events)
    seasons = check_options(job)
    inputs = [*job.scenes, *([job.area.path] if job.area else [])]
    target = check_folder(job.folder, inputs)
    found = recognise(job.scenes, job.place, events)
    unused = set(seasons)
    with new_folder(target) as folder:
        builder = _Builder(job, folder, seasons, unused, events)
        for number, place in enumerate(found):
            start, each = PICTURES * number / len(found), PICTURES / len(found)
            with events.part(start, start + each) as stage:
                builder.add(place, Transcript(stage))
        if not builder.places:
            raise InputError(f"No tile is left to train on. {' '.join(builder.reasons[:4])}".strip())
        if unused:
            events.warning(f"Seasons were given for dates that are not there: {', '.join(sorted(unused))}.")
        places = with_splits(
            builder.places,
            builder.mgrs,
            job.validation_places,
            job.test_places,
            job.validation_share,
            job.seed,
            events,
        )
        return _finish(job, target, folder, places, builder, events)


def check_options(job: BuildTrainingSetJob) -> dict[str, str]:
    """The seasons that the job names: "label" or "place/label" -> winter, summer or none. Raises InputError."""
    if not LEAST_TILE_PX <= job.tile_size <= MOST_TILE_PX:
        raise InputError(f"The tile size must be {LEAST_TILE_PX} to {MOST_TILE_PX} pixels, not {job.tile_size}.")
    if job.stride < 1:
        raise InputError(f"The stride must be at least 1 pixel, not {job.stride}: it is the way from tile to tile.")
    if job.stride < job.tile_size // 16:
        raise InputError(
            f"A stride of {job.stride} pixels makes hundreds of tiles of the same ground: take at least a sixteenth of "
            f"the tile size, {job.tile_size // 16}."
        )
    if job.radiometry not in RADIOMETRIES:
        raise InputError(f"The radiometry “{job.radiometry}” is not known: use one of {', '.join(RADIOMETRIES)}.")
    for threshold in (job.snow_threshold, job.summer_threshold):
        if not 1 <= threshold <= 100_000:
            raise InputError(
                "A threshold is a reflectance times 10000 and must be 1 to 100000 (3000 for summer, 8000 for snow), "
                f"not {threshold:g}."
            )
    for name, value in (("share of cloud and nodata", job.max_invalid), ("validation share", job.validation_share)):
        if not 0 <= value < 1:
            raise InputError(f"The {name} must be 0 to less than 1, not {value:g}.")
    if not 0 <= job.gsd_m <= 100_000:
        raise InputError(f"The pixel size must be a positive number of metres, or 0 (not known), not {job.gsd_m:g}.")
    both = {name.lower() for name in job.validation_places} & {name.lower() for name in job.test_places}
    if both:
        raise InputError(f"{', '.join(sorted(both))} is named for validation and for test: it can only be one.")
    seasons = {}
    for word in job.seasons.replace(",", " ").replace(";", " ").split():
        label, sign, season = word.partition("=")
        if not sign or season.lower() not in SEASONS:
            raise InputError(
                f"“{word}” is no season: write DATE=winter, DATE=summer or DATE=none, with blanks between."
            )
        seasons[label] = season.lower()
    return seasons


class _Builder:
    """What grows while place after place is added."""

    def __init__(
        self, job: BuildTrainingSetJob, folder: Path, seasons: dict[str, str], unused: set[str], events: Events
    ) -> None:
        self._job, self._folder, self._seasons, self._unused, self._events = job, folder, seasons, unused, events
        self._matcher: GuidedMatcher | None = None
        self.places: list[PlaceEntry] = []
        self.mgrs: dict[str, str] = {}
        self.rows: list[dict[str, object]] = []
        self.reasons: list[str] = []
        self.rejected = {"tiles of a date": 0, "tiles": 0, "dates": 0, "places": 0}

    def add(self, place: PlaceSource, events: Events) -> None:
        """Write the images of ``place``; one that has nothing to train on is left out, which is said."""
        with ExitStack() as files:
            opened = self._open(place, files)
            opened, bands = _common_bands(place.name, opened, self._events)
            opened = _by_date(opened)
            self._check_grid(place.name, opened)
            about = opened[0][1].about
            tiles = tile_windows(about.width, about.height, self._job.tile_size, self._job.stride)
            if not tiles:
                self._leave_out(
                    f"{place.name} is left out: with {about.width} x {about.height} pixels it is smaller than a tile "
                    f"of {self._job.tile_size}."
                )
                return
            area: Area | None = None
            if self._job.area is not None:
                area = load_area(self._job.area, None, about.georeference.crs)
                try:
                    area.check_touches(about.georeference, about.width, about.height, place.name)
                except InputError as error:
                    self._leave_out(f"{place.name} is left out: {error}")
                    return
            dates, notes = self._prepared(place, opened, bands, events)
            with events.part(0.0, WRITTEN) as stage:
                counts = write_images(dates, bands, tiles, area, self._job.mask_clouds, stage)
        good = counts >= (1 - self._job.max_invalid) * self._job.tile_size**2
        self._keep(place, [source for source, _ in opened], dates, notes, bands, tiles, counts, good, events)

    def _open(self, place: PlaceSource, files: ExitStack) -> list[tuple[DateSource, OpenDate]]:
        opened = []
        for source in place.dates:
            self._events.check_cancelled()
            try:
                opened.append((source, source.opened(files)))
            except InputError as error:
                self._events.warning(f"{place.name}, {source.label} is left out: {error}")
                self.reasons.append(str(error))
                self.rejected["dates"] += 1
        if not opened:
            raise InputError(f"No date of {place.name} can be read. {' '.join(self.reasons[-2:])}")
        mosaics = [date.about for source, date in opened if source.kind == "mosaic"]
        for about in mosaics:  # a date may lack the last subtiles
            about.width, about.height = max(a.width for a in mosaics), max(a.height for a in mosaics)
        return opened

    def _check_grid(self, name: str, opened: Sequence[tuple[DateSource, OpenDate]]) -> None:
        first = opened[0]
        for source, date in opened[1:]:
            if grid_of(date.about) != grid_of(first[1].about):
                raise InputError(
                    f"The dates of {name} do not lie on one pixel grid: {first[0].label} has {_extent(first[1])}, "
                    f"{source.label} {_extent(date)}. Bring them onto one grid first (Co-register, or Warp raster), or "
                    "put different places into different folders."
                )

    def _prepared(
        self, place: PlaceSource, opened: Sequence[tuple[DateSource, OpenDate]], bands: tuple[str, ...], events: Events
    ) -> tuple[list[DateToWrite], dict[str, str]]:
        """Season and radiometry of each date; and, by label, both in words."""
        job, dates, notes = self._job, [], {}
        for source, date in opened:
            events.check_cancelled()
            events.progress(0.0, f"Looking at {place.name}, {source.label}")
            for note in date.about.notes:
                self._events.info(note)
            seen: Sample = sample(date, bands)
            names = (f"{place.name}/{source.label}", source.label)
            asked = next((name for name in names if name in self._seasons), "")
            if asked:
                season, why = self._seasons[asked].replace("none", ""), "as asked for"
                self._unused.discard(asked)
            else:
                season, why = season_of(date.about, bands, seen, source.label, source.date, job.summer_threshold)
            if not seen.values.shape[1]:
                self._events.warning(f"{place.name}, {source.label} is left out: no pixel that was looked at is valid.")
                self.rejected["dates"] += 1
                continue
            try:
                scaling = scaling_of(
                    date.about, bands, seen, season, job.radiometry, (job.snow_threshold, job.summer_threshold)
                )
            except InputError as error:
                if "same value everywhere" not in str(error):
                    raise
                self._events.warning(f"{place.name}, {source.label} is left out: {error}")
                self.rejected["dates"] += 1
                continue
            notes[source.label] = why
            path = self._folder / IMAGES / place.name / f"{source.label}.tif"
            dates.append(DateToWrite(date, source.label, season, scaling, path))
        if not dates:
            raise InputError(f"No date of {place.name} has anything to show.")
        return dates, notes

    def _keep(
        self,
        place: PlaceSource,
        sources: Sequence[DateSource],
        dates: Sequence[DateToWrite],
        notes: dict[str, str],
        bands: tuple[str, ...],
        tiles: Sequence[Window],
        counts: np.ndarray,
        good: np.ndarray,
        events: Events,
    ) -> None:
        """Tiles with at least two good dates (one, where the place has no more), and the dates they are good in."""
        wanted = min(2, len(dates))
        kept = good.sum(1) >= wanted
        used = good[kept].any(0)
        self.rejected["tiles of a date"] += int((~good).sum())
        self.rejected["tiles"] += int((~kept).sum())
        self._table(place.name, dates, tiles, counts, good, kept)
        if not kept.any():
            self._leave_out(
                f"{place.name} is left out: none of its {len(tiles)} tiles has {wanted} "
                f"date{'s' if wanted > 1 else ''} with at most {self._job.max_invalid:.0%} of cloud and nodata."
            )
            for date in dates:
                date.path.unlink(missing_ok=True)
            return
        for date, use in zip(dates, used, strict=True):
            if not use:
                self._events.warning(f"{place.name}, {date.label} is left out: too much cloud or nodata in every tile.")
                self.rejected["dates"] += 1
                date.path.unlink(missing_ok=True)
        columns = [int(column) for column in np.flatnonzero(used)]
        of_label = {source.label: source for source in sources}
        about = dates[0].source.about
        entry = PlaceEntry(
            name=place.name,
            group=place.name,
            split="train",
            width=about.width,
            height=about.height,
            gsd_m=about.gsd_m or self._job.gsd_m or None,
            bands=bands,
            reference_date="",
            crs=about.georeference.crs.to_wkt() if about.georeference.crs is not None else "",
            transform=tuple(about.georeference.transform[:6]) if about.georeference.crs is not None else (),
            layout=place.layout,
            dates=tuple(self._date(dates[c], of_label[dates[c].label]) for c in columns),
            tiles=tuple(
                TileEntry(
                    f"x{x0}_y{y0}", x0, y0, x1 - x0, y1 - y0, tuple(dates[c].label for c in columns if good[row, c])
                )
                for row, (x0, y0, x1, y1) in enumerate(tiles)
                if kept[row]
            ),
        )
        entry = replace(entry, footprint=footprint(entry), reference_date=_reference(entry))
        with events.part(WRITTEN, 1.0) as stage:
            entry = self._with_offsets(entry, stage)
        self.places.append(entry)
        self.mgrs[entry.name] = place.mgrs
        self._say(entry, notes, int((~kept).sum()), int((~good).sum()))

    def _date(self, date: DateToWrite, source: DateSource) -> DateEntry:
        about, size = date.source.about, date.source.about.width * date.source.about.height
        by_brightness = "white in no other date without snow" if self._job.mask_clouds else "not looked for"
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
            clouds=about.clouds if about.clouds and self._job.mask_clouds else by_brightness,
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
            self._matcher = _structure(self._job, self._events)
        matcher = self._matcher

        def read(number: int, square: Window) -> tuple[np.ndarray, np.ndarray]:
            x0, y0, x1, y1 = square
            return Scene(self._folder, entry, TileEntry("", x0, y0, x1 - x0, y1 - y0, ())).read(labels[number])

        most = max((tile for tile in entry.tiles), key=lambda tile: len(tile.dates))
        clear = [tile for tile in entry.tiles if len(tile.dates) > len(most.dates) // 2] or list(entry.tiles)
        squares = squares_of([(t.x, t.y, t.x + t.width, t.y + t.height) for t in clear], (entry.width, entry.height))
        reference = labels.index(entry.reference_date)
        found = measure_offsets(len(labels), reference, squares, read, matcher, events)
        return replace(entry, dates=tuple(_with_offset(d, o) for d, o in zip(entry.dates, found, strict=True)))

    def _say(self, entry: PlaceEntry, notes: dict[str, str], tiles: int, pieces: int) -> None:
        size = f"{self._job.tile_size} x {self._job.tile_size}"
        self._events.info(
            f"{entry.name}: {len(entry.tiles)} tiles of {size} pixels in {len(entry.dates)} dates, bands "
            f"{', '.join(entry.bands)}; {tiles} tiles, and {pieces} of single dates, were rejected for cloud or nodata."
        )
        for date in entry.dates:
            off = "is the reference of offsets" if date.label == entry.reference_date else _offset_words(date)
            self._events.info(
                f"{entry.name}, {date.label}: {date.season or 'no season'} ({notes[date.label]}); {date.radiometry}, "
                f"{date.saturated:.1%} saturated, {date.cloud:.1%} cloud; {off}."
            )
        if self._job.offsets and len(entry.dates) > 1:
            unknown = [date.label for date in entry.dates if not date.offset_known]
            if unknown:
                self._events.warning(
                    f"{entry.name}: the offset of {', '.join(unknown)} could not be measured and counts as 0."
                )
        if len(entry.dates) == 1:
            self._events.warning(
                f"{entry.name} has only one date: pairs can only be made of it and itself, which teaches no season."
            )

    def _leave_out(self, sentence: str) -> None:
        self._events.warning(sentence)
        self.reasons.append(sentence)
        self.rejected["places"] += 1

    def _table(
        self,
        name: str,
        dates: Sequence[DateToWrite],
        tiles: Sequence[Window],
        counts: np.ndarray,
        good: np.ndarray,
        kept: np.ndarray,
    ) -> None:
        for row, (x0, y0, x1, y1) in enumerate(tiles):
            for column, date in enumerate(dates):
                why = "" if good[row, column] else "cloud or nodata"
                why = why or ("" if kept[row] else "no other date")
                share = counts[row, column] / ((x1 - x0) * (y1 - y0))
                self.rows.append(
                    {"place": name, "tile": f"x{x0}_y{y0}", "x": x0, "y": y0, "width": x1 - x0, "height": y1 - y0}
                    | {"date": date.label, "season": date.season, "valid": round(float(share), 4)}
                    | {"kept": int(not why), "rejected_for": why}
                )


def _structure(job: BuildTrainingSetJob, events: Events) -> GuidedMatcher:
    from ..devices import choose_device  # imports torch
    from ..matchers.structure import StructureMatcher

    device, sentence = choose_device(job.device)
    events.info(sentence)
    return StructureMatcher(device, events.info)


def tile_windows(width: int, height: int, size: int, stride: int) -> list[Window]:
    """Windows of ``size`` every ``stride`` pixels, and along the right and lower edge, so that nothing is left over;
    none where the image is smaller.
    """

    def starts(length: int) -> list[int]:
        last = length - size
        return [] if last < 0 else sorted({*range(0, last + 1, stride), last})

    return [(x, y, x + size, y + size) for y in starts(height) for x in starts(width)]


def _common_bands(
    name: str, opened: list[tuple[DateSource, OpenDate]], events: Events
) -> tuple[list[tuple[DateSource, OpenDate]], tuple[str, ...]]:
    """The dates that have bands in common, and these; where not all have any, those of most."""
    common = [b for b in opened[0][1].about.bands if all(b in date.about.bands for _, date in opened)]
    if not common:
        kinds = [date.about.bands for _, date in opened]
        most = max(dict.fromkeys(kinds), key=kinds.count)
        others = [source.label for source, date in opened if not set(most) & set(date.about.bands)]
        events.warning(
            f"{name}: {', '.join(others)} left out: {'it has' if len(others) == 1 else 'they have'} none of the bands "
            f"of the {len(opened) - len(others)} other dates ({', '.join(most)})."
        )
        return _common_bands(name, [pair for pair in opened if pair[0].label not in others], events)
    lost = sorted({band for _, date in opened for band in date.about.bands} - set(common))
    if lost:
        events.info(f"{name}: {', '.join(lost)} not used, since not all dates have it.")
    return opened, tuple(common)


def _by_date(opened: list[tuple[DateSource, OpenDate]]) -> list[tuple[DateSource, OpenDate]]:
    """Called by their dates also where another of the same day was left out."""
    days = [source.date for source, _ in opened]
    return [(replace(s, label=s.date) if s.date and days.count(s.date) == 1 else s, date) for s, date in opened]


def _extent(date: OpenDate) -> str:
    about, crs = date.about, date.about.georeference.crs
    size = f"{about.width} x {about.height} pixels"
    if crs is None:
        return f"{size} without a CRS"
    corner = about.georeference.to_map(np.zeros((1, 2)))[0]
    authority = crs.to_authority()
    named = ":".join(authority) if authority else crs.to_string()[:40]
    return f"{size} of {about.gsd_m:g} m from x {corner[0]:.2f}, y {corner[1]:.2f} ({named})"


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


def _finish(
    job: BuildTrainingSetJob,
    target: Path,
    folder: Path,
    places: list[PlaceEntry],
    builder: _Builder,
    events: Transcript,
) -> BuildTrainingSetOutcome:
    tiles = {s: sum(len(p.tiles) for p in places if p.split == s) for s in ("train", "validation", "test")}
    names = {s: [p.name for p in places if p.split == s] for s in tiles}
    for split, some in names.items():
        if some:
            events.info(f"{split}: {tiles[split]} tiles of {', '.join(some)}.")
    if job.contact_sheet:
        events.progress(PICTURES, "Drawing the contact sheet")
        scenes = [Scene(folder, place, tile) for place in places for tile in place.tiles]
        write_bytes(folder / SHEET, contact_sheet(scenes, events))
    _write_table(folder / TABLE, places, builder.rows)
    made = {"version": __version__, "time": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")}
    index = SetIndex(tuple(places), made, to_json(job), builder.rejected, tuple(events.said))
    write_index(folder, index)
    events.check_cancelled()
    events.progress(1.0, "done")
    return BuildTrainingSetOutcome(
        folder=str(target),
        index=str(target / INDEX),
        contact_sheet=str(target / SHEET) if job.contact_sheet else "",
        places=len(places),
        dates=sum(len(place.dates) for place in places),
        tiles=sum(tiles.values()),
        rejected=builder.rejected["tiles of a date"],
        unknown_offsets=sum(not date.offset_known for place in places for date in place.dates),
        messages=events.said,
        **tiles,
    )


def _write_table(path: Path, places: Sequence[PlaceEntry], rows: Sequence[dict[str, object]]) -> None:
    split = {place.name: place.split for place in places}
    offsets = {(place.name, date.label): date for place in places for date in place.dates}
    with replacing(path) as file:
        writer = csv.writer(file)
        columns = list(rows[0])
        writer.writerow(["split", *columns, "offset_x_px", "offset_y_px"])
        for row in rows:
            date = offsets.get((str(row["place"]), str(row["date"])))
            shift = list(date.offset) if date is not None and date.offset_known else ["", ""]
            writer.writerow([split.get(str(row["place"]), ""), *row.values(), *shift])
