"""One matcher on one pair: its matches, as the product finds and keeps them, judged and timed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from affine import Affine

from ..errors import Cancelled, SentinelMatchError
from ..events import Events
from ..frames.georeference import Georeference
from ..frames.grid import pixel_mapping
from ..imagery.area import load_area
from ..imagery.raster_info import RasterInfo
from ..imagery.rasters import open_raster
from ..jobs import AreaInput, Extent, MatchJob, RasterInput
from ..matchers import MATCHERS, make_matcher
from ..pipeline import Found, match
from ..preparation import georeferenced
from .judging import Judge
from .known_warp import KnownWarp, known_warp

MASK_PX = 2048  # side of the mask that says which places lie within an area
# Where the sensitivity curves are measured, beside the thresholds asked for, reference pixels.
CURVE_PX = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0)


@dataclass(frozen=True)
class PairToJudge:
    """Two rasters and how matches between them are judged.

    ``reference``, ``target`` are what matchers see; ``known`` the truth in own pixels of both, None for consensus.
    """

    name: str
    reference: RasterInput
    target: RasterInput
    known: KnownWarp | None


def look_up(
    name: str,
    reference: RasterInput,
    target: RasterInput,
    warp: str,
    extent: Extent | None = None,
    area: AreaInput | None = None,
) -> PairToJudge:
    """The pair, with its known warp, of which only what lies in ``extent`` and ``area`` counts. Raises InputError where
    a raster, the warp, or the area cannot be used.
    """
    with open_raster(reference.path, reference.label) as first, open_raster(target.path, target.label) as second:
        known = None if warp == "none" else known_warp(warp, first.info, second.info)
        if known is not None and (extent or area):
            known = _within(known, first.info, extent, area)
    return PairToJudge(name, reference, target, known)


def _within(known: KnownWarp, info: RasterInfo, extent: Extent | None, area: AreaInput | None) -> KnownWarp:
    """``known`` with those of its places that may be used."""
    here, scale = info.georeference, max(1.0, max(info.width, info.height) / MASK_PX)
    coarse = Georeference(here.crs, here.transform @ Affine.scale(scale))
    shape = int(np.ceil(info.height / scale)), int(np.ceil(info.width / scale))
    mask = load_area(area, extent, here.crs).mask(coarse, shape)
    column, row = np.clip(np.floor(known.places / scale).astype(int), 0, [shape[1] - 1, shape[0] - 1]).T
    return replace(known, places=known.places[mask[row, column]])


def unavailable(matcher: str, job: MatchJob) -> str:
    """Why the matcher cannot run here at all, with the step to take; empty if it can. Its libraries are loaded by it,
    which then does not count as its time.
    """
    from ..devices import choose_device

    device, _ = choose_device(job.device)
    try:
        make_matcher(matcher, device, job.model_folder, job.seed, options=job.matcher_options)
    except Cancelled:
        raise
    except (SentinelMatchError, ImportError, RuntimeError) as error:
        return _sentence(error)
    return ""


def measure(
    pair: PairToJudge,
    matcher: str,
    job: MatchJob,
    thresholds_px: Sequence[float],
    curve_px: Sequence[float],
    events: Events,
) -> dict[str, Any]:
    """A run as in ``AssessOutcome.runs``. ``job`` holds the settings of the match. Raises Cancelled only."""
    run = not_run(pair.name, matcher, "")
    quiet = _Quietly(events)
    started = time.monotonic()
    try:
        job = replace(job, reference=pair.reference, target=pair.target, matcher=matcher)
        outcome, found = match(job, quiet)
    except Cancelled:
        raise
    except (SentinelMatchError, ImportError, RuntimeError, MemoryError, cv2.error) as error:
        return {**run, "note": _sentence(error)}
    run.update(state="ran", seconds=time.monotonic() - started, status=outcome.status, transform=outcome.transform)
    run.update(judged(pair.known, found, thresholds_px, curve_px))
    if outcome.status == "no_match":
        run["note"] = " ".join(found.verdict.reasons)
    return run


def judged(
    known: KnownWarp | None, found: Found, thresholds_px: Sequence[float], curve_px: Sequence[float] = ()
) -> dict[str, Any]:
    """The part of a run (``AssessOutcome.runs``) that says how much of what matching found is right."""
    run: dict[str, Any] = {}
    reference_px, there, kept = found.points.reference_px, target_pixels(found), found.points.inlier
    judge = Judge(known)
    for which, chosen in (("found", np.ones(len(kept), bool)), ("kept", kept)):
        answer = judge.judge(reference_px[chosen], there[chosen], thresholds_px)
        curve = judge.judge(reference_px[chosen], there[chosen], curve_px)
        run.update({which: answer.count, f"judged_{which}": answer.judged, f"right_{which}": list(answer.right)})
        run[f"curve_{which}"] = curve.shares()
    run["warp_median"] = _warp_median(known, found)
    return run


def not_run(pair: str, matcher: str, why: str) -> dict[str, Any]:
    """A run that did not take place."""
    entry = MATCHERS[matcher]
    return {
        "pair": pair,
        "matcher": matcher,
        "kind": entry.kind,
        "weights": "real" if entry.weights else "none",
        "state": "not run",
        "note": why,
        "status": "",
        "transform": "",
        "seconds": None,
        "warp_median": None,
    }


def target_pixels(found: Found) -> np.ndarray:
    """The matches' places in the target's own pixels, ``(N, 2)``."""
    here = found.target.georeference
    return found.points.target_xy if here.crs is None else here.to_pixel(found.points.target_xy)


def _warp_median(known: KnownWarp | None, found: Found) -> float | None:
    """Median error of the fitted transformation over all that both images show, reference pixels; None without a truth
    or a transformation.
    """
    model = found.verdict.model
    if known is None or model is None or not len(known.places):
        return None
    carried = model(known.places)
    if georeferenced(found.reference, found.target):
        carried = pixel_mapping(found.reference.georeference, found.target.georeference)(carried)
    errors = known.errors(known.places, carried)
    errors = np.where(np.isfinite(errors), errors, np.inf)  # thrown beyond every horizon
    return float(np.median(errors))


def _sentence(error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if isinstance(error, SentinelMatchError) else f"{type(error).__name__}: {text[:300]}"


class _Quietly(Events):
    """Progress and cancelling without the words: a dozen matchers on a hundred pairs say too much."""

    def __init__(self, events: Events) -> None:
        self._events = events

    def progress(self, fraction: float, stage: str = "") -> None:
        self._events.progress(fraction)

    def info(self, text: str) -> None:
        pass

    def warning(self, text: str) -> None:
        pass

    @property
    def cancelled(self) -> bool:
        return self._events.cancelled
