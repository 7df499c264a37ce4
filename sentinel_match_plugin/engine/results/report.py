"""The report of a match: one HTML file that needs nothing else, prints well, and says what its figures mean."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..frames.grid import View, WorkingGrid
from ..imagery.rasters import RasterInfo
from ..jobs import MatchJob, Outcome
from .checkerboards import checkerboard_figure, details_figure
from .drawing import jpeg, photograph, png
from .error_figures import displacement_figure, residual_figure
from .match_figure import match_figure
from .outputs import write_bytes
from .page import bullets, command, embedded, image, note, paragraph, qgis_process, section, table, write_page
from .report_content import Preview, ReportContent, Scene, look_again

if TYPE_CHECKING:
    from ..pipeline import Found

__all__ = [
    "Preview",
    "ReportContent",
    "Scene",
    "repeat_command",
    "write_match_figure",
    "write_pictures",
    "write_report",
]

_STATUS = {
    "ok": (
        "OK",
        "Enough points, spread over the image, agree with each other, and the error was measured on points that were"
        " held out from the fit. Look at the checkerboards below before you rely on it.",
    ),
    "low_confidence": (
        "Low confidence",
        "A result was found, but not one to rely on without looking. Compare the checkerboards below. If they do not"
        " fit: give an AREA that leaves out cloud and water, name the bands that look most alike, lower MAX_SHIFT to"
        " what is possible, or choose another MATCHER.",
    ),
    "no_match": (
        "No match",
        "The images could not be brought together, and no raster was written. Check that both show the same place, "
        "that MAX_SHIFT is not smaller than the displacement, and that enough is free of cloud; name the bands that "
        "look most alike, or choose another MATCHER.",
    ),
}
_WHAT_CE90_MEANS = (
    "CE90 is the circular error at 90 %: nine tenths of the warped image lie within this distance of where they "
    "belong. It comes from fits to two halves of the points that do not know each other, from how well neighbouring "
    "points agree, and from factors measured on images whose displacement was known: there it held for about nine "
    "pairs in ten. RMSE is about the tie points: how far one that was held out, in a whole block with its neighbours, "
    "lies from where the transformation puts it; it contains the points' own noise and can be larger than CE90. "
    "Neither can show an error of the reference itself."
)


def write_pictures(
    job: MatchJob, found: Found, outcome: Outcome, views: tuple[View, View], grid: WorkingGrid, warped: str = ""
) -> None:
    """Write the report and the match figure that ``job`` asks for. ``warped`` is the raster of ``coregister``, if that
    was asked for.

    Raises OutputError where a file cannot be written; what stood there before then survives.
    """
    comparable = found.reference.georeference.crs is not None and found.target.georeference.crs is not None
    overview, details = look_again(views, grid, found.points, found.verdict.model, comparable)
    content = ReportContent(
        outcome,
        found.reference,
        found.target,
        found.points,
        overview,
        details,
        found.verdict.sentence,
        tuple(found.verdict.reasons),
        repeat_command(job, warped),
    )
    if job.match_figure:
        write_match_figure(job.match_figure, content)
    if job.report:
        write_report(job.report, content)


def write_match_figure(path: str | Path, content: ReportContent) -> None:
    """The match figure as PNG (match_figure). Raises OutputError."""
    write_bytes(path, png(match_figure(content)))


def write_report(path: str | Path, content: ReportContent) -> None:
    """The whole report as one HTML file. Raises OutputError."""
    body = [
        _status(content),
        section("Result", _numbers(content), note(_WHAT_CE90_MEANS)),
        section("Inputs", _inputs(content.reference, content.target)),
        *_pictures(content),
        bullets("What was chosen, and why", [text for text in content.outcome.messages if text not in content.reasons]),
        command(content.command),
    ]
    write_page(path, f"{content.target.label} onto {content.reference.label}", body)


def _status(content: ReportContent) -> str:
    title, advice = _STATUS[content.outcome.status]
    reasons = "".join(f"<li>{html.escape(reason)}</li>" for reason in content.reasons)
    return (
        f'<section class="status {content.outcome.status}"><h2>{title}</h2>'
        f"{f'<ul>{reasons}</ul>' if reasons else ''}{paragraph(advice)}</section>"
    )


def repeat_command(job: MatchJob, warped: str = "") -> str:
    """The ``qgis_process`` command that does ``job`` again; ``coregister`` with ``warped`` as its output, else
    ``matchrasters``.
    """
    given = {"REFERENCE": job.reference.path, "TARGET": job.target.path}
    plain = MatchJob(job.reference, job.target)
    if job.reference.band:
        given["REFERENCE_BAND"] = str(job.reference.band)
    if job.target.band:
        given["TARGET_BAND"] = str(job.target.band)
    if job.extent is not None:
        x0, y0, x1, y1 = job.extent.bounds
        given["EXTENT"] = f"{x0!r},{x1!r},{y0!r},{y1!r} [{job.extent.crs}]"
    if job.area is not None:
        given["AREA"] = job.area.path
        given["AREA_MODE"] = job.area.mode
    for name in ("matcher", "max_shift_m", "spacing_px", "transform", "min_score", "device", "seed"):
        if getattr(job, name) != getattr(plain, name):
            given[name.removesuffix("_m").removesuffix("_px").upper()] = f"{getattr(job, name)}"
    given["TIE_POINTS"] = "tie_points.gpkg"
    if warped:
        given["OUTPUT"] = warped
    algorithm = "coregister" if warped else "matchrasters"
    return qgis_process(algorithm, given.items())


def _numbers(content: ReportContent) -> str:
    outcome, points = content.outcome, content.points
    share = f" ({100 * outcome.inliers / outcome.count:.0f} %)" if outcome.count else ""
    rows = [
        ("Tie points", f"{outcome.count:,}"),
        ("of them inliers", f"{outcome.inliers:,}{share}"),
        ("RMSE, held-out points", _both(outcome.rmse_m, outcome.rmse_px, content)),
        ("CE90, warped image", _both(outcome.ce90_m, outcome.ce90_px, content)),
    ]
    if points.inlier.any():
        x, y = np.median(points.aligned_px[points.inlier] - points.reference_px[points.inlier], 0)
        where = f"{abs(x):.2f} px to the {'right' if x > 0 else 'left'}, {abs(y):.2f} px {'down' if y > 0 else 'up'}"
        in_map = ""
        if np.isfinite(outcome.shift_x) and np.isfinite(content.gsd_m):
            in_map = f"; {outcome.shift_x:+.4g} east, {outcome.shift_y:+.4g} north in units of the reference's CRS"
        rows.append(("Median displacement of the target", where + in_map))
    rows.append(("Transformation", content.transformation or "none"))
    rows.append(("Matcher, device", " on ".join(part for part in (outcome.matcher, outcome.device) if part)))
    return table(rows)


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
        ("Pixel size", lambda i: f"{i.gsd_m:.4g} m" if i.georeference.crs is not None else "not known"),
        ("Extent", lambda i: i.describe_extent()),
        ("Data type", lambda i: ", ".join(dict.fromkeys(i.dtypes))),
        ("No data", lambda i: ", ".join(dict.fromkeys("none" if v is None else f"{v:g}" for v in i.nodata))),
    ):
        rows.append((name, tell(reference), tell(target)))
    return table(rows, header=True)


def _pictures(content: ReportContent) -> list[str]:
    scene, parts = content.overview, []
    parts.append(
        _section(
            "Tie points",
            "Left the reference, right the target as it was given. Each dot is a piece of the reference and where it"
            " was found in the target.",
            jpeg(match_figure(content)),
        )
    )
    if content.points.inlier.any():
        parts.append(
            _section(
                "Displacement",
                "How far each piece of the target is displaced, beyond the median. Neighbouring arrows of a "
                "trustworthy match agree.",
                jpeg(displacement_figure(content)),
            )
        )
        parts.append(
            _section(
                "Residuals",
                "What the fitted transformation leaves over at each point. The residuals of the points that it was "
                "fitted to are always a little smaller than the error at other places; RMSE comes from "
                "points held out.",
                jpeg(residual_figure(content)),
            )
        )
    if scene.after is not None:
        if scene.comparable:
            parts.append(
                _section(
                    "Before and after",
                    "Squares of the reference and of the target in turn: roads, rivers and edges of forests run on "
                    "across the squares where the two fit.",
                    jpeg(checkerboard_figure(scene)),
                )
            )
            if content.details:
                parts.append(
                    _section(
                        "Details",
                        "Places at full resolution: the reference, and the checkerboards before and after.",
                        jpeg(details_figure(content.details, content.gsd_m)),
                    )
                )
        parts.append(_flicker(scene, scene.after))
    return parts


def _section(title: str, text: str, picture: bytes) -> str:
    return section(title, paragraph(text), image(title, picture))


def _flicker(scene: Scene, after: Preview) -> str:
    """The two images in turn on one place; on paper and without animation, the reference alone stays out of the way."""
    boxes = []
    reference = embedded(photograph(scene.reference))
    pairs = (("Before", scene.before), ("After", after)) if scene.comparable else (("After", after),)
    for name, target in pairs:
        picture = embedded(photograph(target))
        boxes.append(
            f'<figure><div class="flicker"><img alt="{name}: reference" src="{reference}">'
            f'<img alt="{name}: target" src="{picture}"></div><figcaption>{name}</figcaption></figure>'
        )
    return (
        '<section class="screen"><h2>Flicker</h2><p>Reference and target in turn; under the mouse, the reference '
        "alone. What jumps does not fit; what only changes its colour does.</p>"
        f'<div class="pair">{"".join(boxes)}</div></section>'
    )
