"""From scored pairs to tables: one CSV line a pair, and a Markdown summary per place, season and condition; for several
methods side by side another one.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from pathlib import Path

from benchmark_files import write_csv, write_markdown

TEST_TILE = "T35UNQ"  # never trained on, reported apart
SUB_PIXEL = 1.0
ENOUGH_POINTS = 200  # in a tenth of the scores, to say how many of them are right
BENT = ("d", "e")  # conditions whose displacements take every fraction of a pixel about equally often
COLUMNS = [
    "pair",
    "method",
    "tile",
    "season",
    "level",
    "condition",
    "status",
    "seconds",
    "count",
    "inliers",
    "points",
    "p1",
    "p3",
    "p5",
    "p10",
    "median_error",
    "coverage",
    "warp_share",
    "warp_median",
    "warp_p95",
    "true_median",
    "true_p90",
    "rmse_m",
    "ce90_m",
    "ce90_px",
    "within_ce90",
    "transform",
    "messages",
    "error",
]
STATUSES = ("ok", "low_confidence", "no_match", "failed")
HEADER = [
    "method",
    "place",
    "season",
    "condition",
    "pairs",
    "warp median < 1 px",
    "warp median",
    "warp p95",
    "p1",
    "p3",
    "inliers",
    "coverage",
    "CE90 reported",
    "true p90",
    "true p90 within CE90",
    "windows within CE90",
    "ok / low / none / failed",
    "seconds",
]
NOTES = """\
Medians over the pairs, pixels, unless a share. `warp`: what is left between the warped target and the
undisplaced original of the same date (season_pairs.py score); a pair without a raster counts as not below 1
px. `p1`, `p3`: share of the inliers within 1 and 3 px of the truth. `CE90 reported`: by the program, from
held-out points. `true p90`: 90 % of the windows of the warped raster are off by less. `true p90 within
CE90`: share of the pairs; `windows within CE90`: share of all windows, which should be near 0.9 or above."""

PEER_HEADER = [
    "place",
    "season",
    "method",
    "condition",
    "pairs",
    "failed",
    "warp median < 1 px",
    "warp median < 3 px",
    "warp median",
    "warp p95",
    "p1",
    "points",
    "seconds",
]
PEER_NOTES = """\
Every method is judged by the same scorer on the same pairs (season_pairs.py score). `warp median` and `warp p95`:
what is left between the warped target and the undisplaced original, pixels, of each pair over its windows; then the
median over the pairs, in which a failed pair, one without a raster or with one in which no window can be measured,
counts as infinitely far off (∞: half of the pairs failed, or more). `< 1 px`, `< 3 px`: share of all pairs, failed
ones among the others. `p1`: share of the tie points that the method keeps within 1 px of the truth; `points`: how
many they are; medians over the pairs with tie points, – where the method has none. `seconds`: with start-up; results
are kept, so those of one table may be of several days."""
BRIEF = ("warp median < 1 px", "warp median < 3 px", "warp median")
OVERVIEW_NOTE = (
    "Share of the pairs, %, with a warp median below 1 / 3 px · median over the pairs of the warp median, px."
)


def summarise(rows: list[dict]) -> list[list[str]]:
    """The cells of the summary, a line for each method, place, season and condition, and one for all conditions of a
    season.
    """
    groups: dict[tuple[str, str, str, str], list[dict]] = {}
    for row in rows:
        place = TEST_TILE if row["tile"] == TEST_TILE else "other tiles"
        for condition in (row["condition"], "all"):
            groups.setdefault((row["method"], place, row["season"], condition), []).append(row)
    ordered = sorted(groups, key=lambda key: (*key[:3], key[3] == "all", key[3]))
    return [[*key, *_cells(groups[key])] for key in ordered]


def _cells(rows: list[dict]) -> list[str]:
    good = [row.get("warp_median") is not None and row["warp_median"] < SUB_PIXEL for row in rows]
    judged = [row for row in rows if row.get("true_p90") is not None and row.get("ce90_px") is not None]
    covered = [row["true_p90"] <= row["ce90_px"] for row in judged]
    within = [row["within_ce90"] for row in judged if row.get("within_ce90") is not None]
    return [
        str(len(rows)),
        _share(good),
        *(_median(rows, name, 2) for name in ("warp_median", "warp_p95")),
        *(_median(rows, name, 3) for name in ("p1", "p3")),
        _median(rows, "inliers", 0),
        *(_median(rows, name, 2) for name in ("coverage", "ce90_px", "true_p90")),
        _share(covered),
        f"{statistics.fmean(within):.2f}" if within else "–",
        " / ".join(str(sum(row["status"] == status for row in rows)) for status in STATUSES),
        _median(rows, "seconds", 0),
    ]


def _median(rows: Iterable[dict], name: str, digits: int) -> str:
    values = [row[name] for row in rows if row.get(name) is not None]
    return f"{statistics.median(values):.{digits}f}" if values else "–"


def _share(flags: list[bool]) -> str:
    return f"{100 * sum(flags) / len(flags):.0f} %" if flags else "–"


def write_tables(path: Path, rows: list[dict], title: str) -> str:
    """Write ``path``.csv (pairs), ``path``-summary.csv and ``path``.md; return the Markdown."""
    summary = summarise(rows)
    write_csv(path.with_name(path.name + ".csv"), COLUMNS, [[row.get(name, "") for name in COLUMNS] for row in rows])
    write_csv(path.with_name(path.name + "-summary.csv"), HEADER, summary)
    return write_markdown(path.with_name(path.name + ".md"), title, HEADER, summary, NOTES + told_of_points(rows))


def told_of_points(rows: list[dict]) -> str:
    """Paragraphs on all points together: are the scores probabilities, and is any fraction of a pixel preferred?"""
    told = []
    for season in sorted({row["season"] for row in rows}):
        deciles = [row["deciles"] for row in rows if row["season"] == season and row.get("deciles")]
        tenths = zip(*(map(sum, zip(*part, strict=True)) for part in zip(*deciles, strict=True)), strict=True)
        cells = [f"{s / n:.2f} / {right / n:.2f} ({n:.0f})" for n, s, right in tenths if n >= ENOUGH_POINTS]
        told.append(
            f"Mean score / share within 1 px (points), {season} season: {', '.join(cells) or 'too few points'}."
        )
    bent = [row["fractions"] for row in rows if row["condition"] in BENT and row.get("fractions")]
    if bent:
        counts = [sum(part) for part in zip(*bent, strict=True)]
        shares = " ".join(f"{count / max(sum(counts), 1):.3f}" for count in counts)
        told.append(f"Fractions of the displacements, in tenths of a pixel, conditions {' and '.join(BENT)}: {shares}.")
    return "".join(f"\n\n{text}" for text in told)


def summarise_peers(rows: list[dict], methods: list[str]) -> list[list[str]]:
    """The cells of the table of several methods, a line for each place, season, method (in the order of ``methods``)
    and condition.
    """
    groups: dict[tuple[str, str, str, str], list[dict]] = {}
    for row in rows:
        place = TEST_TILE if row["tile"] == TEST_TILE else "other tiles"
        groups.setdefault((place, row["season"], row["method"], row["condition"]), []).append(row)
    ordered = sorted(groups, key=lambda key: (*key[:2], methods.index(key[2]), key[3]))
    return [[*key, *_peer_cells(groups[key])] for key in ordered]


def _peer_cells(rows: list[dict]) -> list[str]:
    medians, p95s = (
        [row[name] if row.get(name) is not None else math.inf for row in rows] for name in ("warp_median", "warp_p95")
    )
    return [
        str(len(rows)),
        str(medians.count(math.inf)),
        *(_share([median < limit for median in medians]) for limit in (SUB_PIXEL, 3 * SUB_PIXEL)),
        *(f"{statistics.median(values):.2f}".replace("inf", "∞") for values in (medians, p95s)),
        _median(rows, "p1", 3),
        _median(rows, "inliers", 0),
        _median(rows, "seconds", 0),
    ]


def write_peer_tables(
    path: Path, rows: list[dict], methods: list[str], not_measured: dict[str, str], title: str
) -> str:
    """Write ``path``.csv (pairs), ``path``-summary.csv and ``path``.md; return the Markdown."""
    summary = summarise_peers(rows, methods)
    write_csv(path.with_name(path.name + ".csv"), COLUMNS, [[row.get(name, "") for name in COLUMNS] for row in rows])
    write_csv(path.with_name(path.name + "-summary.csv"), PEER_HEADER, summary)
    long = "\n".join(f"| {' | '.join(cells)} |" for cells in (PEER_HEADER, ["---"] * len(PEER_HEADER), *summary))
    notes = "\n".join([PEER_NOTES, "", *(f"- {name}: not measured. {why}" for name, why in not_measured.items())])
    return write_markdown(
        path.with_name(path.name + ".md"), title, *overview(summary), f"{OVERVIEW_NOTE}\n\n{long}\n\n{notes}"
    )


def overview(summary: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Header and lines of the same in brief: a line for each place, season and method, a column for each condition."""
    column = {name: PEER_HEADER.index(name) for name in ("condition", *BRIEF)}
    conditions = sorted({line[column["condition"]] for line in summary})
    cells: dict[tuple[str, ...], dict[str, str]] = {}
    for line in summary:
        below_1, below_3, median = (line[column[name]].removesuffix(" %") for name in BRIEF)
        cells.setdefault(tuple(line[:3]), {})[line[column["condition"]]] = f"{below_1} / {below_3} · {median}"
    lines = [[*key, *(found.get(condition, "–") for condition in conditions)] for key, found in cells.items()]
    return [*PEER_HEADER[:3], *conditions], lines
