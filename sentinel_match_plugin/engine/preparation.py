"""Before matching: is the question sound, which matcher answers it, and what do both images look like on one grid?"""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np

from .errors import InputError
from .events import Events
from .frames.grid import View, WorkingGrid, pixel_mapping, working_grid
from .imagery.area import load_area
from .imagery.bands import BandChoice
from .imagery.radiometry import Stretch, measure_stretch
from .imagery.raster_info import RasterInfo
from .imagery.raster_reader import RasterReader
from .jobs import TRANSFORMS, MatchJob
from .matchers import MATCHERS, options_of
from .parallel import in_parallel

ANYWHERE = "seasonal"  # what auto takes where no georeferencing helps
FEWEST_SPACING_PX, MOST_POINTS = 16.0, 12_000  # default spacing: dense on small areas, bounded on whole tiles
AROUND_PX = 256  # around what is looked at: windows at its edge


def check_options(job: MatchJob) -> None:
    """Raise InputError, naming the option, where a number or a choice makes no sense."""
    numbers = (
        (
            job.max_shift_m,
            np.inf,
            "The largest shift to look for must be zero or a positive number of metres, not {:g}.",
        ),
        (
            job.spacing_px,
            np.inf,
            "The spacing between tie points must be a positive number of pixels (0 chooses), not {:g}.",
        ),
        (job.min_score, 1.0, "The lowest score of a tie point must be a number from 0 to 1, not {:g}."),
    )
    for number, highest, sentence in numbers:
        if not (np.isfinite(number) and 0 <= number <= highest):
            raise InputError(sentence.format(number))
    choices = (("matcher", job.matcher, ("auto", *MATCHERS)), ("transformation", job.transform, TRANSFORMS))
    for name, choice, known in choices:
        if choice not in known:
            raise InputError(f"The {name} “{choice}” is not known: use one of {', '.join(known)}.")
    if job.matcher != "auto":
        options_of(job.matcher, job.matcher_options)
    elif job.matcher_options.strip():
        raise InputError(
            f"The matcher options “{job.matcher_options}” belong to one matcher: choose it in place of auto."
        )


def georeferenced(reference: RasterInfo, target: RasterInfo) -> bool:
    """Whether both rasters know where they are."""
    return reference.georeference.crs is not None and target.georeference.crs is not None


def choose_matcher(job: MatchJob, reference: RasterInfo, target: RasterInfo, events: Events) -> str:
    """The matcher's name for ``job.matcher``, said in the log. Raises InputError where a CRS is needed and missing."""
    if georeferenced(reference, target):
        name = "structure" if job.matcher == "auto" else job.matcher
        if job.matcher == "auto":
            events.info("Matcher: structure, since both rasters are georeferenced.")
        return name
    without = [i for i in (reference, target) if i.georeference.crs is None]
    names = " and ".join(i.label for i in without) + (" has" if len(without) == 1 else " have")
    if job.matcher == "auto":
        events.info(
            f"Matcher: {ANYWHERE}, at any rotation, scale and shift, since {names} no CRS; refined by structure."
        )
        return ANYWHERE
    if MATCHERS[job.matcher].kind != "guided":
        return job.matcher
    raise InputError(
        f"{names} no CRS, which {job.matcher} needs. Assign one (Raster > Projections > Assign Projection), or choose "
        "a matcher that needs no georeferencing: auto, sift, akaze, aliked or loftr."
    )


def refuse_same(job: MatchJob, reference: RasterInfo, target: RasterInfo) -> None:
    """Raise InputError where both inputs are one file (matching it with itself tells nothing) and no bands set them
    apart.
    """
    same = job.reference.path == job.target.path
    if not same and os.path.exists(job.reference.path) and os.path.exists(job.target.path):
        same = os.path.samefile(job.reference.path, job.target.path)
    if same and (job.reference.band == job.target.band or not (job.reference.band and job.target.band)):
        raise InputError(
            f"Reference and target are the same raster ({reference.label}): choose two different rasters, or two bands "
            "of this one."
        )


def look_at(
    job: MatchJob, reference: RasterReader, target: RasterReader, bands: BandChoice, events: Events
) -> tuple[WorkingGrid, tuple[View, View]]:
    """The working grid, and both images as seen on it; without a CRS each image on its own pixels."""
    info, other = reference.info, target.info
    crs = info.georeference.crs
    if not georeferenced(info, other):
        if job.extent or job.area:
            raise InputError("An extent or area cannot be used where a raster has no CRS.")
        grid = WorkingGrid((0.0, 0.0), 1.0, info.width, info.height, info.gsd_m)
        _keep((reference, target), [_all_of(info), _all_of(other)], bands, events)
        views = tuple(
            View(r, b, measure_stretch(r, b), (r.info.height, r.info.width), lambda xy: xy, float("nan"))
            for r, b in ((reference, bands.reference), (target, bands.target))
        )
        return grid, (views[0], views[1])
    area = load_area(job.area, job.extent, crs)
    area.check_touches(info.georeference, info.width, info.height, info.label)
    grid = working_grid(info, other, job.max_shift_m, area.bounds)
    events.info(
        f"Working grid: {grid.width} x {grid.height} pixels of {grid.gsd_m:.4g} m "
        f"(reference {info.gsd_m:.4g} m, target {other.gsd_m:.4g} m)."
    )
    shape = (grid.height, grid.width)
    to_target = pixel_mapping(info.georeference, other.georeference)
    here = grid.georeference(info.georeference)
    window = _window(grid.to_reference(np.array([[0, 0], [grid.width, grid.height]])))
    corners = to_target(grid.to_reference(np.array([[x, y] for x in (0, grid.width) for y in (0, grid.height)])))
    windows = window, _clipped(_window(corners), other)
    reach = int(min(np.ceil(job.max_shift_m / other.gsd_m), max(other.width, other.height)))  # beyond its place
    kept = _clipped(_widened(window, AROUND_PX), info), _clipped(_widened(windows[1], AROUND_PX + reach), other)
    _keep((reference, target), kept, bands, events)
    (first, *firsts), (second, *seconds) = _stretched((reference, target), windows, bands, events)
    seen = View(
        reference,
        *first,
        shape,
        grid.to_reference,
        grid.gsd_m,
        area if job.area or job.extent else None,
        here,
        firsts,
    )
    sought = View(
        target,
        *second,
        shape,
        lambda xy: to_target(grid.to_reference(xy)),
        grid.gsd_m,
        others=seconds,
    )
    return grid, (seen, sought)


def _keep(
    readers: tuple[RasterReader, RasterReader],
    windows: Sequence[tuple[int, int, int, int]],
    bands: BandChoice,
    events: Events,
) -> None:
    """Read a window of each raster once, side by side."""
    groups, stages = [(bands.reference, bands.target), *(((a,), (b,)) for a, b in bands.others)], events.together(2)
    for _ in in_parallel(lambda i: readers[i].keep([pair[i] for pair in groups], windows[i], stages[i]), (0, 1)):
        events.check_cancelled()


def _all_of(info: RasterInfo) -> tuple[int, int, int, int]:
    return 0, 0, info.width, info.height


def _stretched(
    readers: tuple[RasterReader, RasterReader],
    windows: tuple[tuple[int, int, int, int], tuple[int, int, int, int]],
    bands: BandChoice,
    events: Events,
) -> list[list[tuple[tuple[int, ...], Stretch]]]:
    """The bands of each raster with their stretch over its window.

    A pair of several is left out, which is said, where one of its bands is empty or the same everywhere: the others
    tell as much. Raises InputError, that of the first pair, where none is left.
    """
    pairs = [(bands.reference, bands.target), *(((a,), (b,)) for a, b in bands.others)]
    kept, left_out = [], []
    for pair in pairs:
        try:
            kept.append([(b, measure_stretch(r, b, w)) for r, b, w in zip(readers, pair, windows, strict=True)])
        except InputError as error:
            left_out.append((pair, error))
    if not kept:
        raise left_out[0][1]
    for (first, second), why in left_out:
        events.info(f"Bands {first[0]} and {second[0]} are left out: {why}")
    return [[stretched[i] for stretched in kept] for i in (0, 1)]


def _window(corners: np.ndarray) -> tuple[int, int, int, int]:
    low, high = np.floor(np.nanmin(corners, 0)).astype(int), np.ceil(np.nanmax(corners, 0)).astype(int)
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def _widened(window: tuple[int, int, int, int], px: int) -> tuple[int, int, int, int]:
    return window[0] - px, window[1] - px, window[2] + px, window[3] + px


def _clipped(window: tuple[int, int, int, int], info: RasterInfo) -> tuple[int, int, int, int]:
    return max(0, window[0]), max(0, window[1]), min(info.width, window[2]), min(info.height, window[3])


def spacing_on_grid(job: MatchJob, grid: WorkingGrid, events: Events) -> float:
    """Pixels of the working grid between tie points."""
    if job.spacing_px > 0:
        return max(2.0, job.spacing_px / grid.scale)
    spacing = max(FEWEST_SPACING_PX, float(np.sqrt(grid.width * grid.height / MOST_POINTS)))
    events.info(f"A tie point every {spacing * grid.scale:.0f} reference pixels.")
    return spacing
