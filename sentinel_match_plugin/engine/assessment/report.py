"""The report of a comparison of matchers: the table, the curves, and what the figures mean."""

from __future__ import annotations

import html
import shlex
from typing import Any

from ..jobs import AssessJob, AssessOutcome
from ..jobs.assessment import FEWEST_AGREEING, label
from ..results.drawing import png
from ..results.outputs import beside
from ..results.page import bullets, command, image, paragraph, section, write_page
from .curves import sensitivity_figure
from .summary import POINTS

_KNOWN = (
    "Judged by a known warp: a match is right if it lies within the threshold of where the truth puts it. A pair "
    "counts as matched if the transformation fitted to the points kept puts the median place of all that both images "
    "show within the threshold of where it belongs."
)
_CONSENSUS = (
    "Judged by consensus, because no truth is known: a homography is fitted with RANSAC at each threshold, and the "
    "matches within the threshold of it count. This is the protocol of published comparisons, and a weaker claim than "
    "a known warp: matches that are all wrong alike agree too, four matches always agree, and real displacements that "
    f"no homography follows count as wrong. A pair counts as matched if at least {FEWEST_AGREEING} matches agree."
)
_OVER_PAIRS = (
    "Shares are means over the pairs, with the 95 % interval of a bootstrap over pairs; a pair without any match "
    "counts as 0. Numbers of points and times are medians. With fewer than ten pairs the interval is too narrow, "
    "and one of no width says that all pairs were alike, not that the next will be."
)


def write_pictures(job: AssessJob, outcome: AssessOutcome, thresholds_px: tuple[float, ...]) -> None:
    """Write the figure and the report that ``job`` asks for. Raises OutputError."""
    picture = png(sensitivity_figure(outcome, thresholds_px))
    if job.figure:
        with beside(job.figure) as part:
            part.write_bytes(picture)
    if job.report:
        consensus = outcome.judged_by.startswith("consensus")
        about = [paragraph(_CONSENSUS if consensus else _KNOWN)]
        if outcome.pairs > 1:
            about.append(paragraph(_OVER_PAIRS))
        title = _title(job, outcome)
        body = [
            section("How it was judged", paragraph(f"{outcome.judged_by[:1].upper()}{outcome.judged_by[1:]}."), *about),
            *(section(_heading(points), _table(outcome, points, thresholds_px)) for points in POINTS),
            section("Sensitivity", image("Sensitivity curves", picture, "png")),
            bullets("What was said", outcome.messages),
            command(repeat_command(job)),
        ]
        write_page(job.report, title, body)


def repeat_command(job: AssessJob) -> str:
    """The ``qgis_process`` command that does ``job`` again."""
    plain = AssessJob(matchers=())
    given = {"PAIRS": job.pairs} if job.pairs else {}
    for name, raster in (("REFERENCE", job.reference), ("TARGET", job.target)):
        if raster is not None:
            given[name] = raster.path
            if raster.band:
                given[f"{name}_BAND"] = str(raster.band)
    given["MATCHERS"] = ",".join(job.matchers)
    given["THRESHOLDS"] = ",".join(f"{threshold:g}" for threshold in job.thresholds_px)
    for name in ("known_warp", "georeferencing", "max_shift_m", "device", "seed"):
        if getattr(job, name) != getattr(plain, name):
            given[name.removesuffix("_m").upper()] = f"{getattr(job, name)}"
    given["TABLE"] = "matchers.csv"
    lines = ["qgis_process run sentinelmatch:assessmatchers --", *(shlex.quote(f"{k}={v}") for k, v in given.items())]
    return " \\\n    ".join(lines)


def _title(job: AssessJob, outcome: AssessOutcome) -> str:
    what = f"{outcome.pairs} pairs" if job.pairs else outcome.runs[0]["pair"]
    return f"{len(job.matchers)} matcher{'s' * (len(job.matchers) != 1)} on {what}"


def _heading(points: str) -> str:
    return POINTS[points][:1].upper() + POINTS[points][1:]


def _table(outcome: AssessOutcome, points: str, thresholds_px: tuple[float, ...]) -> str:
    consensus = outcome.judged_by.startswith("consensus")
    several = outcome.pairs > 1
    header = ["Matcher", *(["pairs"] if several else []), "points"]
    header += [f"{'agree' if consensus else 'right'} at {threshold:g} px" for threshold in thresholds_px]
    header += [f"matched at {threshold:g} px" for threshold in thresholds_px]
    header += ([] if consensus else ["warp, median px"]) + ["seconds", "weights", "note"]
    lines = []
    for row in (row for row in outcome.rows if row["points"] == points):
        cells = [f"{row['pairs']}"] if several else []
        cells.append(_number(row["count"], 0))
        for what in ("p", "success"):
            cells += [_share(row, f"{what}{label(threshold)}", several, what) for threshold in thresholds_px]
        if not consensus:
            cells.append(_number(row["warp_median"], 2))
        cells += [_number(row["seconds"], 1), row["weights"]]
        figures = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
        lines.append(
            f'<tr><th scope="row">{html.escape(row["matcher"])}</th>{figures}'
            f'<td class="note">{html.escape(row["note"])}</td></tr>'
        )
    head = "".join(f"<th>{html.escape(name)}</th>" for name in header)
    return f'<div class="scroll"><table class="figures"><tr>{head}</tr>{"".join(lines)}</table></div>'


def _share(row: dict[str, Any], name: str, several: bool, what: str) -> str:
    if row[name] is None:
        return "–"
    if not several:
        return f"{100 * row[name]:.1f} %" if what == "p" else ("yes" if row[name] else "no")
    text = f"{100 * row[name]:.0f} %"
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return text if low is None else f"{text} ({100 * low:.0f} to {100 * high:.0f})"


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"
