"""The report of a match: one HTML file that needs nothing else, prints well, and says what its figures mean."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..frames.grid import View, WorkingGrid
from ..imagery.area import load_area
from ..imagery.raster_info import RasterInfo
from ..jobs import CoregisterJob, MatchJob, Outcome
from .advice import advice_for, next_steps
from .drawing import png, three_figures
from .match_figure import match_figure
from .outputs import write_bytes
from .overlap_figure import overlap
from .page import bullets, key_figures, note, repeat, section, table, write_page
from .repeating import parameters_of, settings_of
from .report_content import Preview, ReportContent, Scene, look_again
from .report_pictures import overlap_map, pictures, spread_section
from .spread_figure import Spread, spread_of

if TYPE_CHECKING:
    from ..pipeline import Found

__all__ = ["Preview", "ReportContent", "Scene", "write_match_figure", "write_pictures", "write_report"]

_STATUS = {
    "ok": (
        "OK",
        "Enough points, spread over the image, agree with each other, and the error was measured on points that were"
        " held out from the fit.",
    ),
    "low_confidence": ("Low confidence", "A result was found, but not one to rely on without looking. Why:"),
    "no_match": ("No match", "The images could not be brought together, and no raster was written. Why:"),
}
_WHAT_CE90_MEANS = (
    "CE90 is the circular error at 90 %: nine tenths of the warped image lie within this distance of where they "
    "belong. It comes from fits to two halves of the points that do not know each other, from how well neighbouring "
    "points agree, and from what two dates disagree by themselves; of 270 pairs whose displacement was known it held "
    "for 88.5 %. RMSE is about the tie points: how far one that was held out, in a whole block with its neighbours, "
    "lies from where the transformation puts it; it contains the points' own noise and can be larger than CE90. "
    "Neither can show an error of the reference itself."
)
_COMPASS = ("east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east")


def write_pictures(
    job: MatchJob | CoregisterJob, found: Found, outcome: Outcome, views: tuple[View, View], grid: WorkingGrid
) -> None:
    """Write the report and the match figure that ``job`` asks for.

    Raises OutputError where a file cannot be written; what stood there before then survives.
    """
    match = job.match if isinstance(job, CoregisterJob) else job
    crs = found.reference.georeference.crs
    comparable = crs is not None and found.target.georeference.crs is not None
    overview, details = look_again(views, grid, found.points, found.verdict.model, comparable)
    content = ReportContent(
        outcome,
        job,
        found.reference,
        found.target,
        found.points,
        overview,
        grid,
        details,
        found.verdict.sentence,
        tuple(found.verdict.reasons),
        load_area(match.area, match.extent, crs) if match.area is not None else None,
    )
    if match.match_figure:
        write_match_figure(match.match_figure, content)
    if match.report:
        write_report(match.report, content)


def write_match_figure(path: str | Path, content: ReportContent) -> None:
    """The match figure as PNG (match_figure). Raises OutputError."""
    write_bytes(path, png(match_figure(content)))


def write_report(path: str | Path, content: ReportContent) -> None:
    """The whole report as one HTML file. Raises OutputError."""
    spread = spread_of(content) if content.points.inlier.any() else None
    body = [
        _status(content),
        _result(content, spread),
        section("Inputs", _inputs(content.reference, content.target), _overlap(content)),
        *pictures(content, "" if spread is None else spread_section(content, spread)),
        bullets("What was done and chosen", [text for text in content.outcome.messages if text not in content.reasons]),
        _repeat(content),
    ]
    write_page(path, f"{content.target.label} onto {content.reference.label}", body)


def _status(content: ReportContent) -> str:
    title, words = _STATUS[content.outcome.status]
    reasons = []
    for reason in content.reasons:
        advice = advice_for(reason)
        reasons.append(f"<li>{html.escape(reason)}{f'<div>{html.escape(advice)}</div>' if advice else ''}</li>")
    why = f'<ul class="reasons">{"".join(reasons)}</ul>' if reasons else ""
    steps = next_steps(content.outcome.status, content.match, content.georeferenced)
    return (
        f'<section class="status {content.outcome.status}"><h2>{title}</h2><p>{html.escape(words)}</p>{why}'
        f"<h3>What next</h3><ul>{''.join(f'<li>{html.escape(step)}</li>' for step in steps)}</ul></section>"
    )


def _result(content: ReportContent, spread: Spread | None) -> str:
    rows = _numbers(content)
    if spread is None:
        return section("Result", table(rows))
    return section("Result", key_figures(_key_figures(content, spread)), table(rows), note(_WHAT_CE90_MEANS))


def _key_figures(content: ReportContent, spread: Spread) -> list[tuple[str, str, str]]:
    """The four that tell most: how wrong, how far, by how many points, and how these are spread."""
    outcome = content.outcome
    x, y = _median_displacement(content)
    pixels = float(np.hypot(x, y))
    if np.isfinite(outcome.shift_x) and np.isfinite(content.gsd_m):
        octant = round(np.arctan2(outcome.shift_y, outcome.shift_x) / (np.pi / 4)) % 8
        far = f"{three_figures(pixels * content.gsd_m)} m", f"to the {_COMPASS[octant]}; {pixels:.1f} pixels"
    else:
        far = f"{pixels:.1f} px", _right_and_down(x, y)
    error = _both(outcome.ce90_m, outcome.ce90_px, content).partition(" = ")
    agree = outcome.inliers / max(outcome.count, 1)
    return [
        ("Error (CE90)", error[0], error[2]),
        ("The target lies off by", *far),
        ("Tie points that agree", f"{outcome.inliers:,}", f"{agree:.0%} of {outcome.count:,}"),
        ("Parts with points", f"{spread.filled} of {spread.cells}", f"{spread.hull:.0%} of the ground lies among them"),
    ]


def _median_displacement(content: ReportContent) -> tuple[float, float]:
    """Of the inliers, of which there must be one: reference pixels to the right and down."""
    inlier = content.points.inlier
    x, y = np.median(content.points.aligned_px[inlier] - content.points.reference_px[inlier], 0)
    return float(x), float(y)


def _right_and_down(x: float, y: float) -> str:
    return f"{abs(x):.2f} px to the {'right' if x > 0 else 'left'}, {abs(y):.2f} px {'down' if y > 0 else 'up'}"


def _numbers(content: ReportContent) -> list[tuple[str, str]]:
    outcome = content.outcome
    share = f" ({100 * outcome.inliers / outcome.count:.0f} %)" if outcome.count else ""
    rows = [
        ("Tie points", f"{outcome.count:,}"),
        ("of them inliers", f"{outcome.inliers:,}{share}"),
        ("RMSE, held-out points", _both(outcome.rmse_m, outcome.rmse_px, content)),
        ("CE90, warped image", _both(outcome.ce90_m, outcome.ce90_px, content)),
    ]
    if content.points.inlier.any():
        where = _right_and_down(*_median_displacement(content))
        in_map = ""
        if np.isfinite(outcome.shift_x) and np.isfinite(content.gsd_m):
            in_map = f"; {outcome.shift_x:+.4g} east, {outcome.shift_y:+.4g} north in units of the reference's CRS"
        rows.append(("Median displacement of the target", where + in_map))
    rows.append(("Transformation", content.transformation or "none"))
    rows.append(("Matcher, device", " on ".join(part for part in (outcome.matcher, outcome.device) if part)))
    return rows


def _both(metres: float, pixels: float, content: ReportContent) -> str:
    if not np.isfinite(pixels):
        return "not known"
    if not np.isfinite(content.gsd_m):
        return f"{pixels:.2f} px (no CRS: no metres)"
    return f"{metres:.3g} m = {pixels:.2f} reference pixels"


def _inputs(reference: RasterInfo, target: RasterInfo) -> str:
    rows = [("", "Reference", "Target")]
    for name, tell in (
        ("Layer", lambda i: i.label),
        ("File", lambda i: i.path),
        ("Size", lambda i: f"{i.width:,} x {i.height:,} pixels, {len(i.bands)} band{'s' * (len(i.bands) != 1)}"),
        ("Bands", lambda i: _few([band.name for band in i.bands])),
        ("Pixel size", lambda i: f"{i.gsd_m:.4g} m" if i.georeference.crs is not None else "not known"),
        ("Extent", lambda i: i.describe_extent()),
        ("Data type", lambda i: ", ".join(dict.fromkeys(i.dtypes))),
        ("No data", lambda i: ", ".join(dict.fromkeys("none" if v is None else f"{v:g}" for v in i.nodata))),
    ):
        rows.append((name, tell(reference), tell(target)))
    return table(rows, header=True)


def _few(names: list[str], most: int = 6) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _overlap(content: ReportContent) -> str:
    """What both have in common, in words and as a map."""
    if not content.georeferenced:
        return note("Without a CRS on both, where they overlap is not known before they are matched.")
    common = overlap(content.reference, content.target)
    area = f"{common.area_m2 / 1e6:,.3g} km²" if common.area_m2 >= 1e5 else f"{common.area_m2:,.0f} m²"
    return "<h3>Overlap</h3>" + overlap_map(
        content,
        f"Both cover {area}: {common.of_reference:.0%} of the reference and {common.of_target:.0%} of the target, by "
        "the georeferencing as it was given.",
    )


def _repeat(content: ReportContent) -> str:
    rows = [("Parameter", "Value", "")]
    rows += [(name, value, word) for name, value, word in settings_of(content.job)]
    layers = [raster.source for raster in (content.match.reference, content.match.target) if raster.source]
    words = (
        f"{' and '.join(layers)}: as used, there is no file of it. Run this where its project is open, or save it as a "
        "raster first."
    )
    return repeat(*parameters_of(content.job), table(rows, header=True, short=True), note(words) if layers else "")
