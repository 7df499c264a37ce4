"""What can be asked of the engine, as data that travels as JSON. The pipeline does it; nothing here computes."""

from __future__ import annotations

import types
import typing
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from typing import Any, Union

from .errors import InputError

MATCHERS = ("auto", "structure", "sift", "akaze", "loftr", "aliked")
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
DEVICES = ("auto", "cpu", "cuda", "mps")
AREA_MODES = ("inside", "outside")


@dataclass(frozen=True)
class RasterInput:
    """A raster GDAL can open. ``band`` counts from 1, 0 lets the engine choose. ``label`` is what the user calls it."""

    path: str
    band: int = 0
    label: str = ""


@dataclass(frozen=True)
class Extent:
    """A rectangle ``(xmin, ymin, xmax, ymax)`` in ``crs`` (WKT or an authority code such as EPSG:32636)."""

    bounds: tuple[float, float, float, float]
    crs: str


@dataclass(frozen=True)
class AreaInput:
    """Polygons in a GeoJSON file. ``crs`` overrides the file's own; without either, lon/lat (RFC 7946)."""

    path: str
    mode: str = "inside"
    crs: str = ""


@dataclass(frozen=True)
class MatchJob:
    """Find tie points. Output paths that are empty are not written.

    ``max_shift_m`` metres the target may be displaced; ``spacing_px`` reference pixels between tie points, 0 chooses;
    ``min_score`` 0..1, points below it are left out. ``tie_points`` is CSV with the contract's fields (tie_points.py).
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


JOBS: dict[str, type] = {"match": MatchJob, "warp": WarpJob, "coregister": CoregisterJob}
Job = Union[MatchJob, WarpJob, CoregisterJob]
# QGIS imports this file too, and some builds of it run Python 3.9: no `X | Y` that is evaluated there.
_UNIONS = (Union, getattr(types, "UnionType", Union))


@dataclass(frozen=True)
class Outcome:
    """What came out. Lengths in metres and reference pixels; ``nan`` where there is nothing to measure.

    ``status`` is ok, low_confidence or no_match; ``messages`` are sentences saying why and what was chosen.
    ``shift_x``, ``shift_y``: median displacement of the target, reference CRS units. ``outputs``: what was written,
    name -> path.
    """

    status: str = "ok"
    messages: list[str] = field(default_factory=list)
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


def to_json(job: Job | Outcome) -> dict[str, Any]:
    """Plain dictionaries and lists, ready for ``json.dumps``."""
    return asdict(job)


def from_json(cls: type, data: dict[str, Any]) -> Any:
    """The inverse of ``to_json``. Raises InputError naming a key that ``cls`` does not have or lacks."""
    hints = typing.get_type_hints(cls)
    unknown = set(data) - set(hints)
    if unknown:
        raise InputError(f"{cls.__name__} has no parameter {', '.join(sorted(unknown))}.")
    try:
        return cls(**{name: _decode(hints[name], value) for name, value in data.items()})
    except TypeError as error:
        missing = [f.name for f in fields(cls) if f.name not in data]
        raise InputError(f"{cls.__name__} is not complete: {error} (missing: {', '.join(missing)}).") from error


def _decode(hint: Any, value: Any) -> Any:
    if typing.get_origin(hint) in _UNIONS:
        if value is None:
            return None
        hint = next(a for a in typing.get_args(hint) if a is not type(None))
    if is_dataclass(hint) and isinstance(value, dict):
        return from_json(typing.cast(type, hint), value)
    if typing.get_origin(hint) is tuple:
        return tuple(value)
    return value
