"""How a match is done again: its parameters by the names that QGIS knows them by."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..jobs import CoregisterJob, Extent, MatchJob, RasterInput

Given = list[tuple[str, object]]
# Parameters of the algorithms and what the job calls them; those that are not given have the job's default.
_SETTINGS = (
    ("MATCHER", "matcher"),
    ("MATCHER_OPTIONS", "matcher_options"),
    ("MAX_SHIFT", "max_shift_m"),
    ("SPACING", "spacing_px"),
    ("TRANSFORM", "transform"),
    ("MIN_SCORE", "min_score"),
    ("DEVICE", "device"),
    ("SEED", "seed"),
)
_UNITS = {"MAX_SHIFT": "m", "SPACING": "reference pixels"}
_BY_ITSELF = {"SPACING": 0.0, "MATCHER_OPTIONS": ""}  # what leaves the choice to the program


def parameters_of(job: MatchJob | CoregisterJob) -> tuple[str, Given]:
    """The algorithm that does ``job``, and the parameters to give it: what differs from the defaults."""
    match = job.match if isinstance(job, CoregisterJob) else job
    given = _inputs(match)
    plain = MatchJob(match.reference, match.target)
    given += [
        (name, getattr(match, attribute))
        for name, attribute in _SETTINGS
        if getattr(match, attribute) != getattr(plain, attribute)
    ]
    outputs: Given = [("TIE_POINTS", "tie_points.gpkg"), ("REPORT", "report.html")]
    if not isinstance(job, CoregisterJob):
        return "matchrasters", given + outputs
    if job.resampling != CoregisterJob(match, "").resampling:
        given.append(("RESAMPLING", job.resampling))
    return "coregister", [*given, ("OUTPUT", _kept(job.output, "coregistered.tif")), *outputs]


def settings_of(job: MatchJob | CoregisterJob) -> list[tuple[str, str, str]]:
    """Every setting for a table: parameter, value in words, and whether it is the default."""
    match = job.match if isinstance(job, CoregisterJob) else job
    plain = MatchJob(match.reference, match.target)
    rows = [("EXTENT", extent_text(match.extent) if match.extent else "all that both show", match.extent is None)]
    area = "none" if match.area is None else f"{match.area.mode} of {match.area.source or match.area.path}"
    rows.append(("AREA, AREA_MODE", area, match.area is None))
    for name, attribute in _SETTINGS:
        value = getattr(match, attribute)
        text = f"{value:g}" if isinstance(value, float) else str(value)
        text = f"{text} {_UNITS[name]}" if name in _UNITS else text
        if name in _BY_ITSELF and value == _BY_ITSELF[name]:
            text = "chosen by the program"
        rows.append((name, text, value == getattr(plain, attribute)))
    if isinstance(job, CoregisterJob):
        rows.append(("RESAMPLING", job.resampling, job.resampling == CoregisterJob(match, "").resampling))
    return [(name, text, "default" if default else "given") for name, text, default in rows]


def extent_text(extent: Extent) -> str:
    """As QGIS reads a rectangle: xmin,xmax,ymin,ymax [CRS]."""
    x0, y0, x1, y1 = extent.bounds
    return f"{x0!r},{x1!r},{y0!r},{y1!r} [{extent.crs}]"


def _inputs(match: MatchJob) -> Given:
    given: Given = [("REFERENCE", _place(match.reference)), ("TARGET", _place(match.target))]
    for name, raster in (("REFERENCE_BAND", match.reference), ("TARGET_BAND", match.target)):
        if raster.band:
            given.append((name, raster.band))
    if match.extent is not None:
        given.append(("EXTENT", extent_text(match.extent)))
    if match.area is not None:
        given += [("AREA", match.area.source or match.area.path), ("AREA_MODE", match.area.mode)]
    return given


def _place(raster: RasterInput) -> str:
    return raster.source or raster.path


def _kept(path: str, name: str) -> str:
    """``path``, or just ``name`` where it lies in a folder that will not be there the next time."""
    temporary = Path(os.path.realpath(tempfile.gettempdir()))
    return name if temporary in Path(os.path.realpath(path)).parents else path
