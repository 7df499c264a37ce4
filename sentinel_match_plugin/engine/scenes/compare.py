"""All pairs of many scenes, in order: list, look at each once, compare each two, decide, write."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..errors import Cancelled, InputError
from ..events import Events, Transcript
from ..imagery.polygons import read_polygons
from ..jobs import CompareScenesJob, CompareScenesOutcome, RasterInput
from ..results.drawing import png
from ..results.outputs import check_outputs, write_bytes
from . import pairing
from .comparers import Comparer, make_comparer
from .comparison import Comparison
from .gathering import Scene, gather
from .listing import list_scenes
from .matrix_figure import matrix_figure
from .places import ordered, places
from .report import write_report
from .store import Store, check_cache
from .table import Row, write_pairs

WORTH_RESUMING = 200  # pairs from which it is said that a run without a cache begins again


def run(job: CompareScenesJob, events: Events) -> CompareScenesOutcome:
    """Do it. Raises SentinelMatchError with a sentence; what was written before, and what is done, survives."""
    events = told = Transcript(events)
    _check(job)
    sources = list_scenes(job.inputs, job.folder, events)
    area = [job.area.path] if job.area else []
    check_outputs([job.pairs, job.matrix_figure, job.report], [*area, *(source.path for source in sources)])
    if job.area is not None:
        read_polygons(job.area.path)  # what is wrong with the file is no fault of each scene
    comparer = make_comparer(job, events)
    cache = job.cache or (f"{Path(job.pairs).with_suffix('')}.scenes-cache" if job.pairs else "")
    if not cache and len(sources) * (len(sources) - 1) // 2 > WORTH_RESUMING:
        events.info("A run that is stopped begins again: name a file for the pairs, or a cache, to go on from there.")
    with Store(cache) as store:
        try:
            comparison = _compared(job, sources, comparer, store, events)
        except Cancelled:
            if cache:
                events.info(f"What is done is kept in {cache}: the same run goes on from there.")
            raise
        except InputError:
            if not job.keep_cache and not store.resumed:
                store.remove()  # there is nothing to go on from: the next run has other scenes
            raise
        with events.part(0.95, 1.0) as writing:
            writing.progress(0, "Writing")
            outputs = _write(job, comparison)
        if not job.keep_cache:
            store.remove()
    return _outcome(comparison, told.said, outputs)


def _check(job: CompareScenesJob) -> None:
    for value, name in ((job.threshold, "threshold"), (job.min_overlap, "least overlap")):
        if not 0 <= value <= 1:
            raise InputError(f"The {name} must be a number from 0 to 1, not {value:g}.")
    if job.min_overlap < 0.05:
        raise InputError("The least overlap must be at least 0.05: less is no common ground to compare.")
    if not (np.isfinite(job.max_shift_m) and job.max_shift_m >= 0):
        raise InputError(
            f"The largest shift to look for must be zero or a positive number of metres, not {job.max_shift_m:g}."
        )
    if job.cache:
        check_cache(job.cache)


def _compared(
    job: CompareScenesJob, sources: list[RasterInput], comparer: Comparer, store: Store, events: Events
) -> Comparison:
    with events.part(0.0, 0.3) as looking:
        scenes = gather(sources, job.area, comparer, store, looking)
    _say_how(scenes, events)
    work = pairing.Pairing(job, scenes, comparer, store)
    with events.part(0.3, 0.95) as comparing:
        pairs = work.all(comparing)
    return decided(job, scenes, pairs, work, comparer.name)


def _say_how(scenes: list[Scene], events: Events) -> None:
    reused = sum(scene.reused for scene in scenes if not scene.trouble)
    if reused:
        events.info(f"{reused} of {len(scenes)} scenes were already looked at by an earlier run.")
    usable = [scene for scene in scenes if not scene.trouble and scene.info]
    unplaced = [scene for scene in usable if scene.info and scene.info.georeference.crs is None]
    if unplaced:
        sizes = {(scene.info.width, scene.info.height) for scene in unplaced if scene.info}
        how = ""
        if len(sizes) > 1:
            how = " They differ in size, and are compared as showing one extent and as having one pixel size."
        events.info(
            f"{len(unplaced)} of {len(usable)} scenes have no CRS: shifts between them are in pixels of scene a, to "
            f"the right and down.{how}"
        )
    if len(unplaced) < len(usable):
        events.info(
            "Georeferenced scenes are compared where they overlap: shifts are what the georeferencing does not "
            "explain, east and north, in units of the CRS of the first scene of each region."
        )


def decided(
    job: CompareScenesJob, scenes: list[Scene], pairs: list[pairing.Compared], work: pairing.Pairing, matcher: str
) -> Comparison:
    """Rows of the table, and the places they make."""
    count = len(scenes)
    similarity = np.full((count, count), np.nan)
    same = np.zeros((count, count), bool)
    known = {(pair.first, pair.second): pair for pair in pairs}
    rows = []
    for first in range(count):
        for second in range(first + 1, count):
            row = _row(job, scenes, first, second, known.get((first, second)))
            rows.append(row)
            if row.similarity is not None:
                similarity[first, second] = similarity[second, first] = row.similarity
            same[first, second] = same[second, first] = bool(row.same_place)
    labels = [scene.label for scene in scenes]
    groups = [group for group in places(same) if len(group) > 1]
    return Comparison(job, matcher, scenes, pairs, rows, similarity, same, ordered(same, labels), groups, work)


def _row(job: CompareScenesJob, scenes: list[Scene], first: int, second: int, pair: pairing.Compared | None) -> Row:
    a, b = scenes[first], scenes[second]
    if pair is None:
        return Row(a.label, b.label, note=" ".join(scene.trouble for scene in (a, b) if scene.trouble))
    if pair.apart:
        share = f"less than {job.min_overlap:.0%} of the smaller scene"
        return Row(a.label, b.label, 0.0, 0, same_place=False, note=f"By their georeferencing they share {share}.")
    like = pair.likeness
    shift, unit = _shift_in_units(a, b, pair)
    return Row(a.label, b.label, like.similarity, like.inliers, shift, like.similarity >= job.threshold, unit)


def _shift_in_units(a: Scene, b: Scene, pair: pairing.Compared) -> tuple[tuple[float, float] | None, str]:
    if not pair.view or not np.isfinite(pair.likeness.shift).all():
        return None, ""
    first, second = a.placements[pair.view], b.placements[pair.view]
    crs = first.georeference.crs
    if crs is None:
        x, y = pair.likeness.shift * first.pixel
        return (float(x), float(y)), "pixels"
    x, y = second.origin - first.origin + pair.likeness.shift * first.pixel * [1, -1]
    authority = crs.to_authority()
    return (float(x), float(y)), ":".join(authority) if authority else "units of the CRS"


def _write(job: CompareScenesJob, comparison: Comparison) -> dict[str, str]:
    outputs = {}
    if job.matrix_figure:
        write_bytes(job.matrix_figure, png(matrix_figure(comparison)))
        outputs["matrix_figure"] = job.matrix_figure
    if job.report:
        write_report(job.report, comparison)
        outputs["report"] = job.report
    if job.pairs:
        write_pairs(job.pairs, comparison.rows)
        outputs["pairs"] = job.pairs
    return outputs


def _outcome(comparison: Comparison, messages: list[str], outputs: dict[str, str]) -> CompareScenesOutcome:
    return CompareScenesOutcome(
        count=len(comparison.rows),
        same_place=sum(bool(row.same_place) for row in comparison.rows),
        scenes=len(comparison.scenes),
        unusable=sum(bool(scene.trouble) for scene in comparison.scenes),
        places=len(comparison.places),
        reused=comparison.work.reused,
        matcher=comparison.matcher,
        messages=messages,
        outputs=outputs,
    )
