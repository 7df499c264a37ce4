"""From runs of methods on pairs (benchmark_learned.py) to tables: a CSV line for each run, Markdown with intervals.

Shares of pairs and means over pairs have 95 % intervals by bootstrap over the pairs. Standard library only.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Callable

from benchmark_files import write_csv, write_markdown
from through_qgis import ROOT  # noqa: F401  # puts the product on the path

from sentinel_match_plugin.engine.assessment.bootstrap import mean_interval

Picture = tuple[Path, dict]
# (OUT, rows, labels of the methods in order, what to say of the code, figures) -> Markdown, written to files as well
Page = Callable[[Path, list[dict], list[str], str, Sequence[Picture]], str]
Table = tuple[str, list[str], list[list[str]]]  # title, header, lines

COLUMNS = ["pair", "method", "matcher", "options", "mode", "tile", "season", "level", "condition", "top", "status"]
COLUMNS += ["transform", "seconds", "count", "inliers", "p1", "p3", "p5", "p10", "median_error", "coverage"]
COLUMNS += ["warp_share", "warp_median", "warp_p95", "model_median", "raw_count", "raw_1", "raw_3", "error"]
LIMITS_PX = (3.0, 1.0)
ORDER = ("z", "a", "b", "c", "d", "e", "g", "r30", "r90", "r180", "s07", "s14")
STATUSES = ("ok", "low_confidence", "no_match")
NOTES = """\
Each line: means and shares over all pairs, failed ones among them, with 95 % intervals by bootstrap over the pairs; one
of no width says that all pairs were alike, and of n alike the next may still differ once in n / 3. `below 3 px`, `below
1 px`: share of the pairs whose warped target lies, in the median over its windows, within so much of where it belongs
(season_pairs.py score, after the georeferencing is put back); a pair without a raster, or without any window that can
be measured, is in neither. `warp`: that median, pixels, the median over the pairs (∞: half of them have none). `model`:
the same of the transformation itself, over all that both images show. `p1`, `p3`: share of the tie points kept within
1 and 3 px of the truth, 0 for a pair without any. `ok but wrong`: status `ok` with `warp` or `model` not below 3 px.
`points`, `s`: medians; seconds of the match alone, in a process that is warm."""


def below(row: dict, limit_px: float) -> bool:
    """Whether a pair was matched to ``limit_px``."""
    return distance(row) < limit_px


def distance(row: dict) -> float:
    """How far off the warped target is, pixels; infinite where there is none."""
    off = row.get("warp_median")
    return math.inf if off is None else off


def is_wrong(row: dict) -> bool:
    """A wrong answer given with confidence."""
    model = row.get("model_median")
    off = max(distance(row), math.inf if model is None else model)
    return not row["error"] and row["status"] == "ok" and not off < LIMITS_PX[0]


def free_page(path: Path, rows: list[dict], methods: list[str], code: str, _: Sequence[Picture] = ()) -> str:
    """How many pairs are matched, in all and by condition."""
    tables = [("All conditions", HEADER, lines(rows, methods)), by_condition(rows, methods)]
    tables.append(("Each condition", HEADER, lines(rows, methods, ("season", "condition"))))
    return _write(path, rows, f"Without georeferencing, {code}", tables, [NOTES, over_places(rows, methods)])


def trained_page(path: Path, rows: list[dict], methods: list[str], code: str, _: Sequence[Picture] = ()) -> str:
    """The first method beside each of the others, on the same pairs."""
    measures = {
        "raw matches within 1 px": lambda row: row.get("raw_1", 0.0),
        "raw matches within 3 px": lambda row: row.get("raw_3", 0.0),
        "pairs below 3 px": lambda row: float(below(row, 3.0)),
        "pairs below 1 px": lambda row: float(below(row, 1.0)),
    }
    tables = [("Differences on the same pairs", DIFFERENCE, differences(rows, methods, measures))]
    tables += [("All conditions", HEADER, lines(rows, methods)), by_condition(rows, methods)]
    note = "`raw`: what the network alone says of the two whole images, before any vote, fit or refinement."
    return _write(path, rows, f"{methods[0]} beside {', '.join(methods[1:])}, {code}", tables, [NOTES, note])


def published_page(path: Path, rows: list[dict], methods: list[str], code: str, _: Sequence[Picture] = ()) -> str:
    """Number of matches, agreement with a homography, and truth."""
    header = ["method", "points", "pairs", "matches", "fewest", "agree 3 px", "agree 1 px", "true 1 px", "true 3 px"]
    ran = [row for row in rows if not row["error"]]
    cells = []
    for name in methods:
        mine = [row for row in ran if row["method"] == name]
        for which in ("found", "kept", "most"):
            counts = [len(errors_of(row, which)) for row in mine]
            if not mine or (which == "most" and not any("most" in row["agree"] for row in mine)):
                continue
            agree = [interval([row["agree"][which][i] for row in mine]) for i in (1, 0)]
            true = [interval([share(errors_of(row, which), px) for row in mine]) for px in (1, 3)]
            numbers = [str(len(mine)), f"{statistics.median(counts):.0f}", str(min(counts))]
            cells.append([name, {"most": "surest of the kept"}.get(which, which), *numbers, *agree, *true])
    notes = (
        "`agree`: share of the matches within so many pixels of a homography that RANSAC fits to them at that "
        "threshold, the published measure; `true`: within so many of where they belong, the offset between the dates "
        "removed. `found`: all points; `kept`: without outliers. Undisplaced pairs: even weak matchers agree."
    )
    return _write(path, rows, f"The published protocol, {code}", [("Matches a pair", header, cells)], [notes])


def guided_page(path: Path, rows: list[dict], methods: list[str], code: str, _: Sequence[Picture] = ()) -> str:
    """Share of right points at equal number of points, and the difference."""
    equal = equal_precision(rows)
    measures = {
        "p1 at equal number of points": lambda row: equal.get((row["method"], row["pair"]), 0.0),
        "p1": lambda row: row.get("p1") or 0.0,
        "warp median, px": lambda row: min(distance(row), 10.0),
    }
    tables = [
        ("Differences on the same pairs", DIFFERENCE, differences(rows, methods, measures, ("season", "condition"))),
        ("All conditions", HEADER, lines(rows, methods)),
        ("Each condition", HEADER, lines(rows, methods, ("season", "condition"))),
    ]
    note = (
        "At equal number: of each pair the surest points of either method, as many as the method with fewer kept. "
        "A warp median counts as 10 px where it is more, or where there is none."
    )
    return _write(path, rows, f"With georeferencing, {code}", tables, [NOTES, note])


def kinds_page(path: Path, rows: list[dict], methods: list[str], code: str, pictures: Sequence[Picture] = ()) -> str:
    """Success by kind, and the failures."""
    brief, each = lines(rows, methods), lines(rows, methods, ("season", "condition"))
    tables = [("All conditions", HEADER, brief), by_condition(rows, methods), ("Each condition", HEADER, each)]
    tables = [(title, ["kind" if name == "season" else name for name in head], body) for title, head, body in tables]
    failed = [
        f"- {row['method']} ({row['mode']}), `{row['pair']}`: {_how(row)}"
        for row in rows
        if not below(row, LIMITS_PX[0])
    ]
    shown = [f"![{row['pair']}, {row['mode']}: {_how(row)}]({file.name})" for file, row in pictures]
    notes = ["Not below 3 px:", *([] if failed else ["none"])]
    return _write(path, rows, f"Kinds that no training saw, {code}", tables, [NOTES, "\n".join(notes + failed), *shown])


def _how(row: dict) -> str:
    if row["error"]:
        return f"did not run. {row['error']}"
    off = row.get("warp_median")
    far = "no raster" if row["status"] == "no_match" else "nothing to measure" if off is None else f"{off:.1f} px off"
    return f"{row['status']}, {row.get('inliers', 0)} points, {far}"


HEADER = ["method", "season", "condition", "pairs", "not run", "below 3 px", "below 1 px", "warp", "model", "p1", "p3"]
HEADER += ["points", "ok / low / none", "ok but wrong", "s"]
DIFFERENCE = ["measure", "season", "condition", "pairs", "method", "other", "of it", "of the other", "difference"]


def lines(rows: Iterable[dict], methods: Sequence[str], keys: Sequence[str] = ("season",)) -> list[list[str]]:
    """A line for each method and mode in each group of rows alike in ``keys`` (season, condition)."""
    found = []
    for group, mine in grouped(rows, keys):
        for name in methods:
            for mode in ("free", "guided"):
                own = [row for row in mine if row["method"] == name and row["mode"] == mode]
                if own:
                    label = name if len({row["mode"] for row in mine}) == 1 else f"{name}, {mode}"
                    found.append([label, group[0], group[1] if len(group) > 1 else "all", *_cells(own)])
    return found


def grouped(rows: Iterable[dict], keys: Sequence[str]) -> list[tuple[tuple[str, ...], list[dict]]]:
    """The rows by what they have in ``keys``, in order."""
    groups: dict[tuple[str, ...], list[dict]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    places = {condition: number for number, condition in enumerate(ORDER)}
    return sorted(groups.items(), key=lambda item: [(places.get(key, -1), key) for key in item[0]])


def _cells(rows: list[dict]) -> list[str]:
    ran = [row for row in rows if not row["error"]]
    models = [math.inf if row.get("model_median") is None else row["model_median"] for row in rows]
    return [
        str(len(rows)),
        str(len(rows) - len(ran)),
        *(interval([float(below(row, limit)) for row in rows], percent=True) for limit in LIMITS_PX),
        number(statistics.median(map(distance, rows)), 2),
        number(statistics.median(models), 2),
        *(interval([row.get(name) or 0.0 for row in rows]) for name in ("p1", "p3")),
        number(statistics.median(row.get("inliers", 0) for row in ran), 0) if ran else "–",
        " / ".join(str(sum(row["status"] == status for row in ran)) for status in STATUSES),
        str(sum(map(is_wrong, rows))),
        number(statistics.median(row["seconds"] for row in ran), 1) if ran else "–",
    ]


def by_condition(rows: Sequence[dict], methods: Sequence[str]) -> Table:
    """In brief: a line for each season, method and mode, a column for each condition."""
    conditions = sorted({row["condition"] for row in rows}, key=ORDER.index)
    table = []
    for (season, mode), mine in grouped(rows, ("season", "mode")):
        for name in methods:
            own = [row for row in mine if row["method"] == name]
            if not own:
                continue
            cells = []
            for condition in conditions:
                some = [row for row in own if row["condition"] == condition]
                shares = (
                    f"{100 * statistics.fmean(below(row, limit) for row in some):.0f}" for limit in LIMITS_PX if some
                )
                cells.append(f"{' / '.join(shares)} ({len(some)})" if some else "–")
            table.append([name, season, mode, *cells])
    title = "Share of the pairs below 3 / 1 px, % (pairs)"
    return title, ["method", "season", "mode", *conditions], table


def over_places(rows: Sequence[dict], methods: Sequence[str]) -> str:
    """The intervals once more, over places of 512 rows in place of pairs: windows overlap, and each is displaced in
    several ways, so pairs are not independent.
    """
    told = []
    for (season,), mine in grouped([row for row in rows if "top" in row], ("season",)):
        for name in methods:
            own = [row for row in mine if row["method"] == name]
            places = grouped([{**row, "place": f"{row['tile']} {row['top'] // 512}"} for row in own], ("place",))
            if not own:
                continue
            shares = (
                interval([statistics.fmean(below(row, limit) for row in some) for _, some in places], percent=True)
                for limit in LIMITS_PX
            )
            told.append(f"{name}, {season}: {' and '.join(shares)} in {len(places)} place{'s' * (len(places) != 1)}")
    what = "Below 3 px and below 1 px, means over places of 512 rows, with intervals over the places"
    return f"{what}: {'; '.join(told)}." if told else ""


def differences(
    rows: Sequence[dict],
    methods: Sequence[str],
    measures: dict[str, Callable[[dict], float]],
    keys: Sequence[str] = ("season",),
) -> list[list[str]]:
    """The first method less each of the others, on the pairs that both have, with the interval of the paired bootstrap;
    for each group, and for all together.
    """
    table = []
    groups = [*([] if len(keys) < 2 else grouped(rows, keys)), *grouped(rows, ("season",)), ((), list(rows))]
    for group, mine in groups:
        by_pair = {name: {row["pair"]: row for row in mine if row["method"] == name} for name in methods}
        for other in methods[1:]:
            pairs = sorted(by_pair[methods[0]].keys() & by_pair[other].keys())
            if not pairs:
                continue
            for what, value in measures.items():
                of_it, of_other = ([value(by_pair[name][pair]) for pair in pairs] for name in (methods[0], other))
                gap = interval([a - b for a, b in zip(of_it, of_other)], signed=True)
                where = [group[0] if group else "all", group[1] if len(group) > 1 else "all"]
                means = [f"{statistics.fmean(values):.3f}" for values in (of_it, of_other)]
                table.append([what, *where, str(len(pairs)), methods[0], other, *means, gap])
    return table


def equal_precision(rows: Sequence[dict], limit_px: float = 1.0) -> dict[tuple[str, str], float]:
    """(method, pair) -> share of its surest kept points that is right, as many as the method with the fewest kept."""
    shares = {}
    for (pair,), mine in grouped([row for row in rows if not row["error"]], ("pair",)):
        kept = {row["method"]: errors_of(row, "kept") for row in mine}
        fewest = min(map(len, kept.values()))
        shares.update({(name, pair): share(errors[:fewest], limit_px) for name, errors in kept.items()})
    return shares


def errors_of(row: dict, which: str) -> list[float]:
    """Errors of points, the surest first: all ``found``, those ``kept``, or the surest of these (``most``)."""
    if which == "found":
        return [error for error, _ in row["errors"]]
    kept = [error for error, inlier in row["errors"] if inlier]
    return kept[: row.get("most", len(kept))] if which == "most" else kept


def share(errors: Sequence[float], limit_px: float) -> float:
    """The share within a limit, 0 of none."""
    return sum(error <= limit_px for error in errors) / len(errors) if errors else 0.0


def interval(values: Sequence[float], percent: bool = False, signed: bool = False) -> str:
    """The mean and its interval: ``.95 (.91 to .98)``, ``95 % (91 to 98)``, ``+.03 (+.01 to +.05)``."""
    if not values:
        return "–"
    numbers = [statistics.fmean(values), *(mean_interval(values) or ())]
    if percent:
        texts = [f"{100 * value:.0f}" for value in numbers]
        texts[0] += " %"
    else:
        texts = [f"{value:{'+' if signed else ''}.3f}".replace("0.", ".", 1) for value in numbers]
    return texts[0] if len(texts) == 1 else f"{texts[0]} ({texts[1]} to {texts[2]})"


def number(value: float, digits: int) -> str:
    """∞ for what is infinite."""
    return "∞" if math.isinf(value) else f"{value:,.{digits}f}"


def _write(path: Path, rows: list[dict], title: str, tables: Sequence[Table], notes: Sequence[str]) -> str:
    """``path``.csv, the runs, ``path``.md, the tables; the Markdown."""
    write_csv(path.with_name(path.name + ".csv"), COLUMNS, [[row.get(name, "") for name in COLUMNS] for row in rows])
    (first, header, cells), *others = tables
    parts = list(notes)
    for words, head, body in others:
        table = "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *body))
        parts.append(f"## {words}\n\n{table}")
    reasons: dict[str, str] = {}
    for row in rows:
        if row["error"]:
            reasons.setdefault(row["method"], row["error"])
    parts.append("\n".join(f"- {name} did not run on every pair: {why}" for name, why in reasons.items()))
    text = "\n\n".join(part for part in parts if part)
    return write_markdown(path.with_name(path.name + ".md"), f"{title}. {first}", header, cells, text)
