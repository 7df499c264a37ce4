"""The steps in order.

Rasters -> bands and radiometry -> one grid -> matcher -> tie points -> outliers and model -> results.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .errors import InputError
from .events import Events, Transcript
from .frames.georeference import parse_crs
from .frames.grid import View, WorkingGrid, pixel_mapping
from .imagery.bands import choose_bands
from .imagery.raster_info import RasterInfo
from .imagery.raster_reader import RasterReader
from .imagery.rasters import open_raster
from .jobs import CoregisterJob, MatchJob, Outcome, WarpJob
from .locating import Place, locate
from .matchers import MATCHERS, make_matcher
from .matchers.base import FreeMatcher, GuidedMatcher
from .points.model import Verdict, fit_model, judge
from .points.tie_points import TiePoints, points_on, read_csv, tie_points, write_csv, write_gcp_file
from .preparation import check_options, choose_matcher, georeferenced, look_at, refuse_same, spacing_on_grid
from .results.output_grid import frame_of, output_grid, way_back
from .results.outputs import check_outputs
from .results.raster_writer import check_output
from .results.warp import warp_raster
from .transforms import Transformation

if TYPE_CHECKING:
    import torch

# Of the time, by 10980 x 10980 px: matching within a match, and that within a co-registration.
LOOKED, MATCHED, BEFORE_WARP = 0.12, 0.91, 0.78


def run(job: MatchJob | WarpJob | CoregisterJob, events: Events) -> Outcome:
    """Do a job. Raises SentinelMatchError with a sentence for the user; nothing half-written stays behind."""
    if isinstance(job, MatchJob):
        return match(job, events)[0]
    if isinstance(job, WarpJob):
        return warp(job, events)
    return coregister(job, events)


@dataclass(frozen=True)
class Found:
    """What matching leaves for the steps after it."""

    points: TiePoints
    verdict: Verdict
    reference: RasterInfo
    target: RasterInfo
    open_target: RasterReader | None = None  # as long as ``files_of_caller`` of ``match``


def match(
    job: MatchJob, events: Events, whole: CoregisterJob | None = None, files_of_caller: ExitStack | None = None
) -> tuple[Outcome, Found]:
    """Tie points of two rasters, the model that fits them, and how good it is.

    ``whole``: what ``job`` is the first part of; a raster is to be made of the target, which stays open with its
    working copy in ``files_of_caller``.
    """
    events = Transcript(events)
    check_options(job)
    check_outputs([job.tie_points, job.gcp_file, job.report, job.match_figure], _inputs(job))
    with ExitStack() as files:
        reference = files.enter_context(open_raster(job.reference.path, job.reference.label))
        target = (files_of_caller or files).enter_context(open_raster(job.target.path, job.target.label))
        for note in (*reference.info.notes, *target.info.notes):
            events.info(note)
        refuse_same(job, reference.info, target.info)
        name = choose_matcher(job, reference.info, target.info, events)
        guided = MATCHERS[name].kind != "free"
        if guided:
            _load_ahead()
        # Weights or a device that are missing are said at once; the CPU is there, and torch may take its time.
        made = _matcher(name, job, events) if not guided or job.device not in ("auto", "cpu") else None
        bands = choose_bands(reference.info, target.info, job.reference.band, job.target.band, several=guided)
        events.info(bands.why)
        with events.part(0.0, LOOKED) as stage:
            grid, views = look_at(job, reference, target, bands, stage)
        matcher, device = made or _matcher(name, job, events)
        spacing_px = spacing_on_grid(job, grid, events)
        with events.part(LOOKED, MATCHED) as stage:
            place = Place(grid, views, reference.info, target.info)
            located = locate(job, name, matcher, device, place, spacing_px, stage)
        points = tie_points(
            located.reference_px,
            located.aligned_px,
            located.score,
            reference.info.georeference,
            target.info.georeference,
        )
        points = points[points.score >= job.min_score]
        events.info(f"{located.matcher} found {len(points)} tie points.")
        with events.part(MATCHED, 0.98) as stage:
            found_by, pixel_px = located.matcher, located.pixel_px
            points, verdict = fit_model(
                points, job.transform, job.seed, stage, False, pixel_px, found_by, located.unit_px
            )
        shared = _shared(grid, reference.info, target.info, verdict.model) if verdict.model else 0.0
        extent_px = grid.width * grid.scale, grid.height * grid.scale
        points, verdict = judge(points, verdict, extent_px, located.support, shared)
        if verdict.model is not None:
            events.info(verdict.sentence)
        for reason in verdict.reasons:
            events.warning(reason)
        found = Found(points, verdict, reference.info, target.info, target)
        answered_by = found_by if job.matcher == "auto" else name
        outcome = _outcome(found, events.said, answered_by, str(device))
        shown = (views[0].first_band(), views[1].first_band())
        outcome = replace(outcome, outputs=_write_results(job, found, outcome, shown, grid, whole))
    events.progress(1.0, "done")
    return outcome, found


def _inputs(job: MatchJob) -> list[str]:
    return [job.reference.path, job.target.path, job.area.path if job.area else ""]


def coregister(job: CoregisterJob, events: Events) -> Outcome:
    """Match, then warp the target onto the reference's grid. Without a match there is no raster."""
    check_output(job.output, _inputs(job.match))
    check_outputs([job.output, job.match.tie_points, job.match.gcp_file, job.match.report, job.match.match_figure])
    with ExitStack() as files:  # the target stays open, so that it is not decoded again
        with events.part(0.0, BEFORE_WARP) as stage:
            outcome, found = match(job.match, stage, job, files)
        model = found.verdict.model
        if outcome.status == "no_match" or model is None:
            message = "No raster was written, because no trustworthy match was found."
            events.warning(message)
            return replace(outcome, messages=[*outcome.messages, message])
        grid = output_grid(found.reference, job.match.extent)
        mapping = way_back(grid, found.reference.georeference, model, found.target.georeference)
        with events.part(BEFORE_WARP, 1.0) as stage:
            warp_raster(found.open_target or job.match.target.path, job.output, grid, mapping, job.resampling, stage)
    events.progress(1.0, "done")
    return replace(outcome, outputs={**outcome.outputs, "warped": job.output})


def warp(job: WarpJob, events: Events) -> Outcome:
    """Warp a raster by given tie points, onto the grid of another raster or its own."""
    events = Transcript(events)
    grids = [job.grid.path] if job.grid else []
    check_output(job.output, [job.input.path, job.tie_points, *grids])
    table = read_csv(job.tie_points)
    with open_raster(job.input.path, job.input.label) as file:
        source = file.info
    onto = source
    if job.grid:
        with open_raster(job.grid.path, job.grid.label) as file:
            onto = file.info
    grid = output_grid(onto, job.extent)
    if not job.tie_points_crs:
        raise InputError("The tie points have no CRS: set that of the reference on their layer.")
    frame = frame_of(parse_crs(job.tie_points_crs), source, onto)
    points = points_on(table, frame, source)
    with events.part(0.0, 0.3) as stage:
        points, verdict = fit_model(points, job.transform, 0, stage, trusted=True)
    if verdict.model is None:
        raise InputError(f"The tie points determine no transformation. {verdict.sentence}")
    events.info(verdict.sentence)
    with events.part(0.3, 1.0) as stage:
        mapping = way_back(grid, frame, verdict.model, source.georeference)
        warp_raster(job.input.path, job.output, grid, mapping, job.resampling, stage)
    events.progress(1.0, "done")
    # The points are a person's: nothing is there to doubt, and a raster was written.
    outcome = _outcome(Found(points, replace(verdict, status="ok"), onto, source), events.said, "", "")
    return replace(outcome, outputs={"warped": job.output})


def _load_ahead() -> None:
    """Import torch and the guided matcher, which takes seconds, while the files are read."""

    def load() -> None:
        from . import devices  # noqa: F401
        from .matchers import structure  # noqa: F401

    threading.Thread(target=load, daemon=True).start()


def _matcher(name: str, job: MatchJob, events: Events) -> tuple[FreeMatcher | GuidedMatcher, torch.device]:
    """The matcher, and the device it runs on."""
    from .devices import choose_device  # imports torch

    device, sentence = choose_device(job.device)
    events.info(sentence)
    return make_matcher(name, device, job.model_folder, job.seed, events, job.matcher_options), device


def _shared(grid: WorkingGrid, reference: RasterInfo, target: RasterInfo, model: Transformation) -> float:
    """The share 0..1 of the working grid that lies inside the target, by ``model``."""
    columns, rows = ((np.arange(32) + 0.5) / 32 * size for size in (grid.width, grid.height))
    nodes = grid.to_reference(np.stack(np.meshgrid(columns, rows), -1).reshape(-1, 2))
    there = model(nodes)
    if georeferenced(reference, target):  # else the model leads to the target's own pixels
        there = pixel_mapping(reference.georeference, target.georeference)(there)
    return float(((there >= 0) & (there < [target.width, target.height])).all(1).mean())


def _outcome(found: Found, messages: list[str], matcher: str, device: str) -> Outcome:
    points, verdict, gsd_m = found.points, found.verdict, found.reference.gsd_m
    inliers = int(points.inlier.sum())
    shift = np.median(points.displacement[points.inlier], 0) if inliers else np.full(2, np.nan)
    error = verdict.accuracy
    rmse_px, ce90_px = (error.rmse_px, error.ce90_px) if error else (float("nan"), float("nan"))
    return Outcome(
        status=verdict.status,
        messages=messages,
        reasons=[str(reason) for reason in verdict.reasons],
        count=len(points),
        inliers=inliers,
        rmse_px=rmse_px,
        ce90_px=ce90_px,
        rmse_m=rmse_px * gsd_m,
        ce90_m=ce90_px * gsd_m,
        shift_x=float(shift[0]),
        shift_y=float(shift[1]),
        matcher=matcher,
        transform=verdict.model.kind if verdict.model else "",
        device=device,
    )


def _write_results(
    job: MatchJob,
    found: Found,
    outcome: Outcome,
    views: tuple[View, View],
    grid: WorkingGrid,
    whole: CoregisterJob | None,
) -> dict[str, str]:
    """Write what the job asks for; name -> path."""
    if job.tie_points:
        write_csv(job.tie_points, found.points)
    if job.gcp_file:
        target_has_crs = found.target.georeference.crs is not None
        write_gcp_file(job.gcp_file, found.points, found.reference.georeference, target_has_crs)
    if job.report or job.match_figure:
        from .results.report import write_pictures  # matplotlib takes most of a second: only for who wants pictures

        write_pictures(whole or job, found, outcome, views, grid)
    paths = {name: getattr(job, name) for name in ("tie_points", "gcp_file", "report", "match_figure")}
    return {name: path for name, path in paths.items() if path}
