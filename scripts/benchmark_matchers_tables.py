"""From runs of matchers on pairs to tables: a CSV line for each run, Markdown with bootstrap intervals over pairs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from benchmark_files import write_csv, write_markdown
from benchmark_tables import TEST_TILE
from through_qgis import ROOT  # noqa: F401  # puts the product on the path

from sentinel_match_plugin.engine.assessment.summary import median, precision, success, with_interval

COLUMNS = ["pair", "matcher", "kind", "weights", "tile", "season", "level", "condition", "status", "seconds"]
COLUMNS += ["found", "kept", "judged_found", "judged_kept", "right_found", "right_kept", "warp_median", "transform"]
COLUMNS += ["note", "error"]
NOT_MEANINGFUL = "random: runs, not meaningful"
KEPT, FOUND = ("kept", "Tie points kept after outliers are rejected"), ("found", "Matches as found")
SUCCESS_PX = (1.0, 3.0)
NOTES = """\
Judged by the known displacement of each pair. `points`, `seconds`: medians over the pairs. `p1` to `p10`: share of the
points within so many pixels of the truth, the mean over the pairs, a pair without any point counting as 0. `success`:
share of the pairs in which the transformation fitted to the points kept puts the median place of all that both images
show within 1 and 3 px of where it belongs; a pair without a transformation is none. `warp`: that median error, pixels,
the median over the pairs (∞: half of them have no transformation, or more). In brackets 95 % intervals, by bootstrap
over the pairs; one of no width says that all pairs were alike, and of n alike the next may still differ once in n / 3.
`weights`: none needed, real, or random: these are not on this computer, the matcher is run with random
numbers in their place to show that it runs, and its figures mean nothing. `seconds` are those of the match alone, with
the matcher's libraries loaded."""


def write_matcher_tables(
    path: Path, rows: list[dict], matchers: Sequence[str], thresholds_px: Sequence[float], title: str
) -> str:
    """Write ``path``.csv (runs), ``path``-summary.csv and ``path``.md; return the Markdown."""
    write_csv(path.with_name(path.name + ".csv"), COLUMNS, [[row.get(name, "") for name in COLUMNS] for row in rows])
    head = header(thresholds_px)
    tables = []
    for (points, words), by_condition in ((KEPT, False), (FOUND, False), (KEPT, True)):
        lines = summarise(rows, matchers, thresholds_px, points, by_condition)
        tables.append((words + (", each condition" if by_condition else ", all conditions"), lines))
    every = [[points, *line] for (points, _), (_, lines) in zip((KEPT, FOUND, KEPT), tables) for line in lines]
    write_csv(path.with_name(path.name + "-summary.csv"), ["which", *head], every)
    first, *others = tables
    notes = [NOTES, *failures(rows)]
    for words, lines in others:
        table = "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *lines))
        notes.append(f"## {words}\n\n{table}")
    return write_markdown(path.with_name(path.name + ".md"), f"{title}. {first[0]}", head, first[1], "\n\n".join(notes))


def header(thresholds_px: Sequence[float]) -> list[str]:
    """The names of the columns of a summary."""
    shares = [f"p{threshold:g}" for threshold in thresholds_px]
    return [
        *("matcher", "kind", "weights", "place", "season", "condition", "pairs", "failed", "points"),
        *shares,
        *(f"success {threshold:g} px" for threshold in SUCCESS_PX),
        *("warp", "seconds"),
    ]


def summarise(
    rows: list[dict], matchers: Sequence[str], thresholds_px: Sequence[float], points: str, by_condition: bool
) -> list[list[str]]:
    """The cells of a summary, for each place and season, and each condition or all of them, a line for each matcher."""
    groups: dict[tuple[str, str, str, str], list[dict]] = {}
    for row in rows:
        place = TEST_TILE if row["tile"] == TEST_TILE else "other tiles"
        condition = row["condition"] if by_condition else "all"
        groups.setdefault((place, row["season"], condition, row["matcher"]), []).append(row)
    ordered = sorted(groups, key=lambda key: (*key[:3], matchers.index(key[3])))
    return [[key[3], *_cells(groups[key], key[:3], thresholds_px, points)] for key in ordered]


def _cells(rows: list[dict], group: tuple[str, ...], thresholds_px: Sequence[float], points: str) -> list[str]:
    ran = [row for row in rows if not row["error"]]
    weights = NOT_MEANINGFUL if rows[0]["weights"] == "random" else rows[0]["weights"]
    shares = [_interval([precision(row, points, i) for row in ran], 3) for i in range(len(thresholds_px))]
    matched = [
        _interval([float(success(row, i, threshold, "known warp")) for row in ran], 2)
        for i, threshold in enumerate(SUCCESS_PX)
    ]
    warp = median([math.inf if row["warp_median"] is None else row["warp_median"] for row in ran])
    return [
        rows[0]["kind"],
        weights,
        *group,
        str(len(rows)),
        str(len(rows) - len(ran)),
        _number(median([row[points] for row in ran]), 0),
        *shares,
        *matched,
        _number(warp, 2),
        _number(median([row["seconds"] for row in ran]), 1),
    ]


def failures(rows: list[dict]) -> list[str]:
    """A line for each matcher that failed, with the first reason."""
    first: dict[str, str] = {}
    for row in rows:
        if row["error"]:
            first.setdefault(row["matcher"], row["error"])
    return ["\n".join(f"- {matcher} did not run: {why}" for matcher, why in first.items())] if first else []


def _interval(values: list[float], digits: int) -> str:
    found = list(with_interval("x", values, seed=0).values())
    if found[0] is None:
        return "–"
    text = [f"{value:.{digits}f}".removeprefix("0") for value in found if value is not None]
    return text[0] if len(text) == 1 else f"{text[0]} ({text[1]} to {text[2]})"


def _number(value: float | None, digits: int) -> str:
    if value is None:
        return "–"
    return "∞" if math.isinf(value) else f"{value:,.{digits}f}"
