"""What a report shows, as data: the result, and previews of both images before and after."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..frames.grid import WorkingGrid
from ..frames.lattice import Mapping
from ..imagery.area import Area
from ..imagery.raster_info import RasterInfo
from ..jobs import CoregisterJob, MatchJob, Outcome
from ..matchers.base import Patch
from ..points.tie_points import TiePoints
from ..search.patch_source import PatchSource

PREVIEW_PX = 1000  # the longer side of a preview: what a page shows, and little to compute
DETAIL_PX = 128  # side of a detail in grid pixels: a displacement of two pixels is still plain to see
DETAILS = 3


@dataclass(frozen=True)
class Preview:
    """A small picture of an image.

    ``values`` float32 ``(h, w)`` in 0..1, ``valid`` bool ``(h, w)``. Pixel ``p`` of it lies at ``origin + scale * p``
    of the frame that it shows: reference pixels, or the target's own pixels where that has no CRS."""

    values: np.ndarray
    valid: np.ndarray
    origin: tuple[float, float]
    scale: float

    def place(self, xy: np.ndarray) -> np.ndarray:
        """Points ``(N, 2)`` of the frame in pixels of the preview."""
        return (np.asarray(xy, float) - self.origin) / self.scale

    @property
    def shape(self) -> tuple[int, int]:
        """(height, width)."""
        return self.values.shape[0], self.values.shape[1]


@dataclass(frozen=True)
class Scene:
    """The same place in the reference, in the target as it was given, and in the target moved by the transformation
    (None without).

    All three on one grid, except that a target without a CRS is given in its own pixels (``comparable`` is then False).
    """

    reference: Preview
    before: Preview
    after: Preview | None
    comparable: bool = True


@dataclass(frozen=True)
class ReportContent:
    """Everything that a report and a match figure show.

    ``job`` is what was asked for; ``overview`` is all that was matched, on ``grid``, ``details`` some places of it at
    full resolution; ``transformation`` and ``reasons`` (why the status is what it is) are sentences; ``area`` the
    polygons, if there were any."""

    outcome: Outcome
    job: MatchJob | CoregisterJob
    reference: RasterInfo
    target: RasterInfo
    points: TiePoints
    overview: Scene
    grid: WorkingGrid
    details: tuple[Scene, ...] = ()
    transformation: str = ""
    reasons: tuple[str, ...] = field(default=())
    area: Area | None = None

    @property
    def match(self) -> MatchJob:
        """The match, whether or not a raster was to be warped by it."""
        return self.job.match if isinstance(self.job, CoregisterJob) else self.job

    @property
    def georeferenced(self) -> bool:
        """Whether both rasters have a CRS."""
        return self.reference.georeference.crs is not None and self.target.georeference.crs is not None

    @property
    def gsd_m(self) -> float:
        """Metres in a reference pixel; nan where the reference has no CRS."""
        return self.reference.gsd_m if self.reference.georeference.crs is not None else float("nan")


def look_again(
    views: tuple[PatchSource, PatchSource],
    grid: WorkingGrid,
    points: TiePoints,
    model: Mapping | None,
    comparable: bool,
) -> tuple[Scene, tuple[Scene, ...]]:
    """The overview and the details. ``model`` maps reference pixels to where their content appears, in reference
    pixels too; ``comparable`` tells that both views are on ``grid``.
    """

    displaced: Mapping | None = None
    if model is not None:
        displaced = lambda xy: (model(grid.to_reference(xy)) - grid.origin) / grid.scale  # noqa: E731

    def scene(window: tuple[int, int, int, int], decimation: float, with_before: Preview | None = None) -> Scene:
        reference = _preview(views[0].read(window, decimation), window, decimation, grid)
        before = with_before or _preview(views[1].read(window, decimation), window, decimation, grid)
        after = (
            None if model is None else _preview(views[1].read(window, decimation, displaced), window, decimation, grid)
        )
        return Scene(reference, before, after, comparable)

    whole = (0, 0, grid.width, grid.height)
    own = None
    if not comparable:
        height, width = views[1].shape
        decimation = _decimation(width, height)
        patch = views[1].read((0, 0, width, height), decimation)
        own = Preview(patch.values, patch.valid, (0.0, 0.0), decimation)
    overview = scene(whole, _decimation(grid.width, grid.height), own)
    if model is None or not comparable:
        return overview, ()
    windows = detail_windows(overview, points.reference_px[points.inlier], grid)
    return overview, tuple(scene(window, 1.0) for window in windows)


def _decimation(width: int, height: int) -> float:
    return max(1.0, max(width, height) / PREVIEW_PX)


def _preview(patch: Patch, window: tuple[int, int, int, int], decimation: float, grid: WorkingGrid) -> Preview:
    x, y = grid.to_reference(np.array([window[:2]], float))[0]
    return Preview(patch.values, patch.valid, (float(x), float(y)), grid.scale * decimation)


def detail_windows(overview: Scene, centres: np.ndarray, grid: WorkingGrid) -> list[tuple[int, int, int, int]]:
    """Windows of the grid about some of ``centres`` (reference pixels ``(N, 2)``): from one side of the image to the
    other, in each part the one where there is most to see."""
    side = min(DETAIL_PX, grid.width, grid.height)
    places = (centres - grid.origin) / grid.scale
    corners = np.clip(np.round(places - side / 2), 0, [grid.width - side, grid.height - side]).astype(int)
    if not len(corners):
        return []
    preview, after = overview.reference, overview.after
    seen = preview.valid & after.valid if after is not None else preview.valid
    ratio = grid.scale / preview.scale
    worth = np.array([_worth(preview.values, seen, corner * ratio, side * ratio) for corner in corners])
    axis = 0 if grid.width >= grid.height else 1
    part = np.minimum(DETAILS * (corners[:, axis] + side / 2) / max(grid.width, grid.height), DETAILS - 1).astype(int)
    best = [here[np.argmax(worth[here])] for here in (np.flatnonzero(part == i) for i in range(DETAILS)) if len(here)]
    return [(int(x), int(y), int(x) + side, int(y) + side) for x, y in corners[best]]


def _worth(values: np.ndarray, seen: np.ndarray, corner: np.ndarray, side: float) -> float:
    """How much there is to see in a window: contrast, and nothing missing."""
    x, y = np.floor(corner).astype(int)
    box = np.s_[y : y + max(4, round(side)), x : x + max(4, round(side))]
    piece, known = values[box], seen[box]
    return float(piece[known].std() * known.mean() ** 4) if known.any() else 0.0
