"""The report of a comparison of matchers: the table, the curves, and what the figures mean."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from ..jobs import AssessJob, AssessOutcome
from ..jobs.assessment import FEWEST_AGREEING, label
from ..results.drawing import png
from ..results.outputs import write_bytes
from ..results.page import bullets, image, paragraph, repeat, section, write_page
from ..results.repeating import extent_text
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
        write_bytes(job.figure, picture)
    if job.report:
        consensus = outcome.judged_by.startswith("consensus")
        about = [paragraph(_CONSENSUS if consensus else _KNOWN)]
        if outcome.pairs > 1:
            about.append(paragraph(_OVER_PAIRS))
        title = _title(job, outcome)
        body = [
            section("How it was judged", paragraph(f"{outcome.judged_by[:1].upper()}{outcome.judged_by[1:]}."), *about),
            *(section(_heading(points), _shares(outcome, points, thresholds_px)) for points in POINTS),
            section(
                "Pairs matched" if outcome.pairs > 1 else "Was the pair matched?", _matched(outcome, thresholds_px)
            ),
            bullets("Not run, or nothing found", _notes(outcome)),
            section("Sensitivity", image("Sensitivity curves", picture, "png")),
            bullets("What was said", outcome.messages),
            repeat("assessmatchers", parameters_of(job)),
        ]
        write_page(job.report, title, body)


def parameters_of(job: AssessJob) -> list[tuple[str, object]]:
    """What to give to the algorithm to do ``job`` again."""
    plain = AssessJob(matchers=())
    given: dict[str, object] = {"PAIRS": job.pairs} if job.pairs else {}
    for name, raster in (("REFERENCE", job.reference), ("TARGET", job.target)):
        if raster is not None:
            given[name] = raster.source or raster.path
            if raster.band:
                given[f"{name}_BAND"] = raster.band
    given["MATCHERS"] = ",".join(job.matchers)
    given["THRESHOLDS"] = ",".join(f"{threshold:g}" for threshold in job.thresholds_px)
    if job.extent is not None:
        given["EXTENT"] = extent_text(job.extent)
    if job.area is not None:
        given.update(AREA=job.area.source or job.area.path, AREA_MODE=job.area.mode)
    for name in ("known_warp", "georeferencing", "matcher_options", "max_shift_m", "device", "seed"):
        if getattr(job, name) != getattr(plain, name):
            given[name.removesuffix("_m").upper()] = getattr(job, name)
    given["TABLE"] = "matchers.csv"
    return list(given.items())


def _title(job: AssessJob, outcome: AssessOutcome) -> str:
    what = f"{outcome.pairs} pairs" if job.pairs else outcome.runs[0]["pair"]
    return f"{len(job.matchers)} matcher{'s' * (len(job.matchers) != 1)} on {what}"


def _heading(points: str) -> str:
    return POINTS[points][:1].upper() + POINTS[points][1:]


def _shares(outcome: AssessOutcome, points: str, thresholds_px: tuple[float, ...]) -> str:
    """How many of one kind of points there are, and which share of them is right."""
    words = "agree within" if outcome.judged_by.startswith("consensus") else "right within"

    def cells(row: dict[str, Any]) -> list[str]:
        shares = (_share(row, f"p{label(px)}", outcome.pairs > 1) for px in thresholds_px)
        return [_number(row["count"], 0), *shares]

    rows = [row for row in outcome.rows if row["points"] == points]
    return _table(rows, outcome.pairs, (["points"], words, ["weights"]), thresholds_px, cells, ("weights",))


def _matched(outcome: AssessOutcome, thresholds_px: tuple[float, ...]) -> str:
    """Whether, or in how many pairs, the whole thing worked; and the time it took."""
    known = not outcome.judged_by.startswith("consensus")

    def cells(row: dict[str, Any]) -> list[str]:
        if outcome.pairs > 1:
            matched = [_share(row, f"success{label(px)}", True) for px in thresholds_px]
        else:
            matched = [{None: "–", 0: "no", 1: "yes"}[row[f"success{label(px)}"]] for px in thresholds_px]
        return [*matched, *([_number(row["warp_median"], 2)] if known else []), _number(row["seconds"], 1)]

    rows = [row for row in outcome.rows if row["points"] == "kept"]
    after = [*(["warp, median px"] if known else []), "seconds"]
    return _table(rows, outcome.pairs, ([], "matched to", after), thresholds_px, cells)


def _table(
    rows: list[dict[str, Any]],
    pairs: int,
    head: tuple[list[str], str, list[str]],
    thresholds_px: tuple[float, ...],
    cells: Callable[[dict[str, Any]], list[str]],
    texts: tuple[str, ...] = (),
) -> str:
    """A row a matcher: the columns before the thresholds, theirs under one heading, those after; last the row's
    ``texts``.
    """
    before, group, after = head
    lead = ["Matcher", *(["pairs"] if pairs > 1 else []), *before]
    top = "".join(f'<th rowspan="2">{name}</th>' for name in lead)
    top += f'<th class="group" colspan="{len(thresholds_px)}">{group}</th>'
    top += "".join(f'<th rowspan="2">{name}</th>' for name in after)
    below = "".join(f"<th>{threshold:g} px</th>" for threshold in thresholds_px)
    lines = []
    for row in rows:
        figures = [*([f"{row['pairs']}"] if pairs > 1 else []), *cells(row), *(row[name] for name in texts)]
        inner = "".join(f"<td>{html.escape(text)}</td>" for text in figures)
        lines.append(f'<tr><th scope="row">{html.escape(row["matcher"])}</th>{inner}</tr>')
    return f'<div class="scroll"><table class="figures"><tr>{top}</tr><tr>{below}</tr>{"".join(lines)}</table></div>'


def _notes(outcome: AssessOutcome) -> list[str]:
    """Why matchers did not run, or found nothing, each once."""
    return list(dict.fromkeys(f"{row['matcher']}: {row['note']}" for row in outcome.rows if row["note"]))


def _share(row: dict[str, Any], name: str, several: bool) -> str:
    if row[name] is None:
        return "–"
    if not several:
        return f"{100 * row[name]:.1f} %"
    text = f"{100 * row[name]:.0f} %"
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return text if low is None else f"{text} ({100 * low:.0f} to {100 * high:.0f})"


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"
