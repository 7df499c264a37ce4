"""Keypoints of a raster of any size, tile by tile, in the order of the work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from ..devices import choose_device
from ..errors import InputError
from ..events import Events
from ..frames.georeference import Georeference
from ..imagery.area import Area, load_area
from ..imagery.bands import choose_bands
from ..imagery.radiometry import Stretch, measure_stretch
from ..imagery.raster_reader import RasterReader
from ..imagery.rasters import open_raster
from ..jobs import KeypointsJob, KeypointsOutcome
from ..matchers import DETECTORS, make_detector
from ..matchers.base import Patch
from ..matchers.features import spread
from ..matchers.local_features import Detector, Features
from ..parallel import in_parallel
from ..results.drawing import png
from ..results.outputs import check_outputs, write_bytes
from .figure import keypoint_figure
from .table import write_keypoints

MARGIN_PX = 64  # around a tile: keypoints up to this from its border are as they would be in the whole image
PER_CELL = 4  # keypoints of each part of the image, as far as there are any
MOST_CELLS = 64  # along a side
CHOICE = 4  # times as many as its share are kept of a tile, so that an empty neighbour's places can be filled

Window = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Source:
    """All that finding the keypoints of a tile takes. ``window`` (x0, y0, x1, y1) is looked at, pixels."""

    reader: RasterReader
    bands: tuple[int, ...]
    stretch: Stretch
    detector: Detector
    area: Area | None
    window: Window
    per_pixel: float
    events: Events


def run(job: KeypointsJob, events: Events) -> KeypointsOutcome:
    """Do it. Raises SentinelMatchError with a sentence; what was there before then survives."""
    if job.max_keypoints < 0:
        raise InputError(f"The number of keypoints must be 0 (all) or more, not {job.max_keypoints}.")
    if job.detector not in DETECTORS:
        raise InputError(f"There is no detector “{job.detector}”: choose one of {', '.join(DETECTORS)}.")
    check_outputs([job.keypoints, job.figure], [job.input.path, job.area.path if job.area else ""])
    with open_raster(job.input.path, job.input.label) as reader:
        info = reader.info
        device, said = choose_device(job.device)
        detector = make_detector(job.detector, device, job.model_folder, job.seed, events, job.options)
        bands = choose_bands(info, info, job.input.band, job.input.band).reference
        said = f"{said} Looking at band{'s' * (len(bands) > 1)} {', '.join(map(str, bands))} of {info.label}."
        messages = [*info.notes, said]
        for message in messages:
            events.info(message)
        area, window = _where(job, reader)
        pixels = (window[2] - window[0]) * (window[3] - window[1])
        per_pixel = CHOICE * job.max_keypoints / pixels if job.max_keypoints else float("inf")
        stretch = measure_stretch(reader, bands, window)
        source = _Source(reader, bands, stretch, detector, area, window, per_pixel, events)
        found = _found(source, events, alone=device.type != "cpu")
        kept = found[_spread(found, window, job.max_keypoints)] if job.max_keypoints else found
        messages.append(_said(job, kept, found))
        events.info(messages[-1])
        outputs = _write(job, source, kept)
    return KeypointsOutcome(len(kept), len(found), job.detector, messages, outputs)


def _where(job: KeypointsJob, reader: RasterReader) -> tuple[Area | None, Window]:
    """The area, None where there is none, and the pixels that it touches. Raises InputError where that is nothing."""
    info = reader.info
    whole = (0, 0, info.width, info.height)
    if job.area is None and job.extent is None:
        return None, whole
    area = load_area(job.area, job.extent, info.georeference.crs)
    area.check_touches(info.georeference, info.width, info.height, info.label)
    if area.bounds is None:
        return area, whole
    low, high = info.georeference.box_to_pixel(area.bounds)
    x0, y0 = np.maximum(np.floor(low), 0).astype(int)
    x1, y1 = np.minimum(np.ceil(high), [info.width, info.height]).astype(int)
    return area, (int(x0), int(y0), max(int(x1), int(x0) + 1), max(int(y1), int(y0) + 1))


def _tiles(window: Window, side: int) -> Iterator[Window]:
    x0, y0, x1, y1 = window
    for top in range(y0, y1, side):
        for left in range(x0, x1, side):
            yield left, top, min(left + side, x1), min(top + side, y1)


def _found(source: _Source, events: Events, alone: bool) -> Features:
    """All keypoints of all tiles, positions in pixels of the raster; ``alone``: one tile at a time."""
    side = max(source.detector.tile_px - 2 * MARGIN_PX, MARGIN_PX)
    tiles = list(_tiles(source.window, side))
    work = partial(_in_tile, source)
    parts = []
    for number, part in enumerate(map(work, tiles) if alone else in_parallel(work, tiles)):
        events.check_cancelled()
        events.progress(0.95 * (number + 1) / len(tiles), "Finding keypoints")
        if len(part):
            parts.append(part)
    if not parts:
        return Features.none((source.reader.info.height, source.reader.info.width))
    names = ("xy", "descriptors", "response", "scale_px", "angle_deg")
    joined = [np.concatenate([getattr(part, name) for part in parts]) for name in names]
    shape = (source.reader.info.height, source.reader.info.width)
    return Features(joined[0], joined[1], joined[2], joined[3], joined[4], shape)


def _in_tile(source: _Source, tile: Window) -> Features:
    """The keypoints whose place lies in ``tile`` and in the area, the strongest of each part of it."""
    source.events.check_cancelled()
    reader = source.reader
    left, top, right, bottom = tile
    nothing = Features.none((bottom - top, right - left))
    allowed = _allowed(source, tile)
    if allowed is not None and not allowed.any():
        return nothing
    x0, y0 = max(0, left - MARGIN_PX), max(0, top - MARGIN_PX)
    x1, y1 = min(reader.info.width, right + MARGIN_PX), min(reader.info.height, bottom + MARGIN_PX)
    values, valid, _ = reader.read(source.bands, (x0, y0, x1, y1))
    if not valid[top - y0 : bottom - y0, left - x0 : right - x0].any():
        return nothing
    patch = Patch(source.stretch.apply(values, valid), valid, reader.info.gsd_m)
    features = source.detector.detect(patch)
    xy = features.xy + [x0, y0]
    inside = ((xy >= [left, top]) & (xy < [right, bottom])).all(-1)
    if allowed is not None:
        column, row = np.clip((xy - [left, top]).astype(int), 0, [right - left - 1, bottom - top - 1]).T
        inside &= allowed[row, column]
    nothing_said = np.zeros((len(xy), 0), np.float32)  # descriptors are not asked for
    moved = Features(xy, nothing_said, features.response, features.scale_px, features.angle_deg, nothing.shape)
    kept = moved[np.flatnonzero(inside)]
    share = source.per_pixel * (right - left) * (bottom - top)
    if len(kept) > share + 1:
        at_most = int(np.ceil(share)) + 1
        kept = kept[spread(kept.xy - [left, top], kept.response, nothing.shape, at_most, _cells(at_most))]
    return kept


def _allowed(source: _Source, tile: Window) -> np.ndarray | None:
    if source.area is None:
        return None
    left, top, right, bottom = tile
    here = source.reader.info.georeference
    moved = here.transform @ type(here.transform).translation(left, top)
    return source.area.mask(Georeference(here.crs, moved), (bottom - top, right - left))


def _cells(count: int) -> int:
    """Along a side, so that each of them has some keypoints."""
    return int(np.clip(round(np.sqrt(count / PER_CELL)), 1, MOST_CELLS))


def _spread(found: Features, window: Window, most: int) -> np.ndarray:
    shape = window[3] - window[1], window[2] - window[0]
    return spread(found.xy - [window[0], window[1]], found.response, shape, most, _cells(most))


def _said(job: KeypointsJob, kept: Features, found: Features) -> str:
    if not len(found):
        return f"{job.detector} found no keypoint: there is no texture, or too little of it is valid."
    if len(kept) == len(found):
        return f"{job.detector} found {len(found):,} keypoints."
    return f"{len(kept):,} keypoints of {job.detector}, the strongest of each part of the image."


def _write(job: KeypointsJob, source: _Source, kept: Features) -> dict[str, str]:
    outputs = {}
    if job.figure:
        figure = keypoint_figure(source.reader, source.bands, source.stretch, source.window, kept, job.detector)
        write_bytes(job.figure, png(figure))
        outputs["figure"] = job.figure
    if job.keypoints:
        write_keypoints(job.keypoints, kept, source.reader.info.georeference)
        outputs["keypoints"] = job.keypoints
    return outputs
