"""A training set out of co-registered dates, step by step.

Recognise places and dates (layouts.py) -> bands and grid that all dates of a place share (dates.py) -> season and
radiometry, images without clouds, tiles that are good in them, offsets between the dates (place.py) -> splits by place
(splits.py) -> index and pictures.
"""

from __future__ import annotations

import csv
import datetime
import shutil
from collections.abc import Sequence
from pathlib import Path

from .. import __version__
from ..errors import InputError
from ..events import Events, Transcript
from ..jobs import RADIOMETRIES, BuildTrainingSetJob, BuildTrainingSetOutcome, to_json
from ..results.outputs import replacing, write_bytes
from .contact_sheet import contact_sheet
from .dates import LeftOut
from .folder import check_folder, new_folder
from .index import IMAGES, INDEX, SHEET, SPLITS, TABLE, PlaceEntry, SetIndex, write_index
from .layouts import recognise
from .place import TABLE_COLUMNS, Ledger, PlaceBuilder
from .splits import with_splits
from .training_set import Scene

LEAST_TILE_PX, MOST_TILE_PX = 32, 8192
SEASONS = ("winter", "summer", "none")
PICTURES = 0.97  # of the time, when the contact sheet is begun


def run(job: BuildTrainingSetJob, events: Events) -> BuildTrainingSetOutcome:
    """Do a job. Raises InputError, OutputError, Cancelled; what stood at ``job.folder`` before survives all of them."""
    events = Transcript(events)
    seasons = check_options(job)
    target = check_folder(job.folder, [*job.scenes, *([job.area.path] if job.area else [])])
    found = recognise(job.scenes, job.place, events)
    with new_folder(target) as folder:
        builder = PlaceBuilder(job, folder, seasons)
        places: list[PlaceEntry] = []
        reasons: list[str] = []
        for number, place in enumerate(found):
            with events.part(PICTURES * number / len(found), PICTURES * (number + 1) / len(found)) as stage:
                try:
                    places.append(builder.build(place, stage))
                except LeftOut as error:
                    shutil.rmtree(folder / IMAGES / place.name, ignore_errors=True)
                    events.warning(str(error))
                    reasons.append(str(error))
                    builder.ledger.rejected["places"] += 1
        if not places:
            raise InputError(f"No tile is left to train on. {' '.join(reasons[:4])}".strip())
        if builder.ledger.unused_seasons:
            names = ", ".join(sorted(builder.ledger.unused_seasons))
            events.warning(f"Seasons were given for dates that are not there: {names}.")
        mgrs = {place.name: place.mgrs for place in found}
        places = with_splits(
            places, mgrs, job.validation_places, job.test_places, job.validation_share, job.seed, events
        )
        return _finish(job, target, folder, places, builder.ledger, events)


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


def _finish(
    job: BuildTrainingSetJob,
    target: Path,
    folder: Path,
    places: list[PlaceEntry],
    ledger: Ledger,
    events: Transcript,
) -> BuildTrainingSetOutcome:
    tiles = {s: sum(len(p.tiles) for p in places if p.split == s) for s in SPLITS}
    names = {s: [p.name for p in places if p.split == s] for s in tiles}
    for split, some in names.items():
        if some:
            events.info(f"{split}: {tiles[split]} tiles of {', '.join(some)}.")
    if job.contact_sheet:
        events.progress(PICTURES, "Drawing the contact sheet")
        scenes = [Scene(folder, place, tile) for place in places for tile in place.tiles]
        write_bytes(folder / SHEET, contact_sheet(scenes, events))
    _write_table(folder / TABLE, places, ledger.rows)
    made = {"version": __version__, "time": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")}
    index = SetIndex(tuple(places), made, to_json(job), ledger.rejected, tuple(events.said))
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
        rejected=ledger.rejected["tiles of a date"],
        unknown_offsets=sum(not date.offset_known for place in places for date in place.dates),
        messages=events.said,
        **tiles,
    )


def _write_table(path: Path, places: Sequence[PlaceEntry], rows: Sequence[tuple[object, ...]]) -> None:
    """A row for each tile and date, with the split of its place and the offset of its date (empty: not known)."""
    split = {place.name: place.split for place in places}
    known = {(p.name, date.label): date.offset for p in places for date in p.dates if date.offset_known}
    name, label = TABLE_COLUMNS.index("place"), TABLE_COLUMNS.index("date")
    with replacing(path) as file:
        writer = csv.writer(file)
        writer.writerow(["split", *TABLE_COLUMNS, "offset_x_px", "offset_y_px"])
        for row in rows:
            offset = known.get((str(row[name]), str(row[label])), ("", ""))
            writer.writerow([split.get(str(row[name]), ""), *row, *offset])
