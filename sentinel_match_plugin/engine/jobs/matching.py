"""Match two rasters, warp one, or both: what can be asked, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..matchers import catalogue
from .inputs import AreaInput, Extent, RasterInput

MATCHERS = ("auto", *catalogue.MATCHERS)
TRANSFORMS = (
    "auto",
    "shift",
    "similarity",
    "affine",
    "homography",
    "polynomial2",
    "polynomial3",
    "thin_plate_spline",
    "local",
)
RESAMPLINGS = ("nearest", "bilinear", "cubic", "lanczos")


@dataclass(frozen=True)
class MatchJob:
    """Find tie points. Output paths that are empty are not written.

    ``max_shift_m`` metres the target may be displaced; ``spacing_px`` reference pixels between tie points, 0 chooses;
    ``min_score`` 0..1, points below it are left out. ``matcher_options`` what only this matcher understands, as
    ``weights=indoor threshold=0.4`` (matchers/options.py). ``tie_points`` is CSV with the contract's fields
    (tie_points.py).
    """

    reference: RasterInput
    target: RasterInput
    extent: Extent | None = None
    area: AreaInput | None = None
    matcher: str = "auto"
    max_shift_m: float = 1500.0
    spacing_px: float = 0.0
    transform: str = "auto"
    min_score: float = 0.0
    device: str = "auto"
    seed: int = 0
    model_folder: str = ""
    matcher_options: str = ""
    tie_points: str = ""
    gcp_file: str = ""
    report: str = ""
    match_figure: str = ""


@dataclass(frozen=True)
class WarpJob:
    """Warp ``input`` so that it lies on the reference.

    ``tie_points`` is a CSV file (tie_points.py) whose reference coordinates are in ``tie_points_crs``. ``grid`` is a
    raster whose pixel grid the output takes; empty: the input's own grid.
    """

    input: RasterInput
    tie_points: str
    tie_points_crs: str
    output: str
    grid: RasterInput | None = None
    transform: str = "auto"
    resampling: str = "cubic"
    extent: Extent | None = None


@dataclass(frozen=True)
class CoregisterJob:
    """Match, then warp the target onto the reference's grid with the transformation found."""

    match: MatchJob
    output: str
    resampling: str = "cubic"


@dataclass(frozen=True)
class Outcome:
    """What came out. Lengths in metres and reference pixels; ``nan`` where there is nothing to measure.

    ``status`` is ok, low_confidence or no_match; ``messages`` are sentences saying why and what was chosen, ``reasons``
    those of them that say why it is not ok.
    ``shift_x``, ``shift_y``: median displacement of the target, reference CRS units. ``outputs``: what was written,
    name -> path.
    """

    status: str = "ok"
    messages: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    count: int = 0
    inliers: int = 0
    rmse_m: float = float("nan")
    ce90_m: float = float("nan")
    rmse_px: float = float("nan")
    ce90_px: float = float("nan")
    shift_x: float = float("nan")
    shift_y: float = float("nan")
    matcher: str = ""
    transform: str = ""
    device: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
