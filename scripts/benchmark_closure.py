"""``benchmark.py closure``: a test that needs no truth. The dates of ``demarke_ndvi`` are displaced against each other
by real geolocation errors that nobody knows; but the displacement from A to B, from B to C and from C back to A must
add up to nothing.

Every two clear dates are matched with defaults, each pair on its own. What does not close is the error of three
displacements together, looked at in three ways: the shift of a pair (median displacement of its inliers), which is what
a fitted shift would take away; the median in each cell of a coarse grid, as a smooth local model would; and cells
that hold about one tie point. Errors that come with a *date*, such as shadows that move with the sun, close and are
not seen.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import statistics
from collections.abc import Iterable
from functools import partial
from itertools import combinations
from pathlib import Path

from benchmark_files import write_csv, write_markdown
from benchmark_runs import CACHE, Engine, code_version, do_all, exit_code, kept_row, say
from through_qgis import ROOT, Failed, run_engine_script

DATA = ROOT.parent / "shared" / "data" / "demarke_ndvi"
PIXEL_M = 10.0
CLEAR = 0.99  # share of valid pixels of a date: 15 of the 26 dates, the others have .96 and less
# Side of the cells, metres -> fewest tie points that a cell needs. About 36 and about one tie point lie in them; single
# points are compared by cells too, since no two pairs have theirs at exactly the same places.
CELLS_M = {1000.0: 5, 160.0: 1}
WANTED_MEDIAN, WANTED_P95 = 0.12, 0.40  # px
COLUMNS = ["pair", "first", "second", "status", "shift_x_px", "shift_y_px", "count", "inliers", "transform", "ce90_px"]
COLUMNS += ["closure_px", "seconds", "warnings", "error"]
HEADER = ["closure of", "triples", "cases", "median, px", "95 %, px", "largest, px"]
WORST = 5  # pairs and dates named in the summary

Place = tuple[float, float]
Field = dict[Place, tuple[float, float]]  # a place of the reference, map units -> displacement there, pixels (x, y)
Triple = tuple[str, str, str]


def add_command(commands: argparse._SubParsersAction) -> None:
    """The options of ``closure``."""
    cli = commands.add_parser("closure", help="do the displacements A to B to C to A add up to nothing?")
    cli.add_argument("--clear", type=float, default=CLEAR, help="least share of valid pixels of a date")
    cli.add_argument("--dates", nargs="+", help="only these, as 20170215")
    cli.add_argument("--jobs", type=int, default=1, help="pairs at a time")
    cli.add_argument("--fresh", action="store_true", help="do again what is already done")
    cli.add_argument("--out", type=Path, default=CACHE / "closure", help="tables are written to OUT.csv and OUT.md")
    cli.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do it; 1 if a run failed."""
    dates = clear_dates(DATA, options.clear)
    if options.dates:
        dates = [date for date in dates if date in options.dates]
    if len(dates) < 3:
        raise Failed(f"There are no three dates with at least {options.clear:.0%} valid pixels in {DATA}.")
    version, engine = code_version(), Engine()
    pairs = list(combinations(dates, 2))
    rows = do_all([partial(one_pair, pair, engine, version, options.fresh) for pair in pairs], options.jobs, _described)
    rows.sort(key=lambda row: row["pair"])
    text = write_tables(options.out, rows, dates, version)
    say(f"\n{text}\n{options.out}.csv\n{options.out}.md")
    return exit_code(rows)


def clear_dates(data: Path, least: float) -> list[str]:
    """Those of which at least that share of the pixels is valid."""
    files = sorted(data.glob("NDVI-*.tif"))
    if not files:
        raise Failed(f"The dates are not at {data}.")
    shares = json.loads(run_engine_script("valid_share.py", *files))
    return [Path(path).stem.partition("-")[2] for path, share in shares.items() if share >= least]


def one_pair(pair: tuple[str, str], engine: Engine, version: str, fresh: bool) -> dict:
    """The row of a pair; its tie points stay beside it."""
    about = {"pair": "-".join(pair), "first": pair[0], "second": pair[1]}

    def matched(folder: Path) -> dict:
        sides = zip(("reference", "target"), pair, strict=True)
        job: dict[str, object] = {side: {"path": str(DATA / f"NDVI-{date}.tif")} for side, date in sides}
        outcome = engine.run("match", {**job, "tie_points": str(_points(folder))})
        wanted = ("status", "count", "inliers", "transform", "ce90_px", "warnings")
        return {key: outcome[key] for key in wanted}

    row = kept_row(_folder(about["pair"]), about, matched, version, fresh)
    if row.get("inliers"):
        (shift,) = in_cells(read_field(_points(_folder(row["pair"])))).values()
        row["shift_x_px"], row["shift_y_px"] = shift
    return row


def _folder(pair: str) -> Path:
    return CACHE / "results" / "closure" / pair


def _points(folder: Path) -> Path:
    return folder / "tie_points.csv"


def read_field(tie_points: Path, pixel_m: float = PIXEL_M) -> Field:
    """The displacement at each inlier of a tie-point file, pixels, y down."""
    with open(tie_points, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["inlier"] == "1"]
    return {
        (round(float(row["ref_x"]), 2), round(float(row["ref_y"]), 2)): (
            float(row["dx"]) / pixel_m,
            -float(row["dy"]) / pixel_m,
        )
        for row in rows
    }


def in_cells(field: Field, cell_m: float = math.inf, fewest: int = 1) -> Field:
    """The median displacement in each cell that holds at least ``fewest`` points; inf: one cell for all."""
    cells: dict[Place, list[tuple[float, float]]] = {}
    for (x, y), moved in field.items():
        cell = (0.0, 0.0) if math.isinf(cell_m) else (x // cell_m, y // cell_m)
        cells.setdefault(cell, []).append(moved)
    return {
        cell: (statistics.median(x for x, _ in moved), statistics.median(y for _, y in moved))
        for cell, moved in cells.items()
        if len(moved) >= fewest
    }


def closures(fields: dict[tuple[str, str], Field]) -> dict[Triple, list[float]]:
    """For every three dates whose three pairs are known: ``|AB + BC - AC|``, pixels, at each place that all three have.

    The second leg is read at the same place as the first, not where that leads: the dates lie within two pixels of each
    other and their displacement does not change over such distances.
    """
    dates = sorted({date for pair in fields for date in pair})
    found = {}
    for a, b, c in combinations(dates, 3):
        if not {(a, b), (b, c), (a, c)} <= fields.keys():
            continue
        ab, bc, ac = fields[a, b], fields[b, c], fields[a, c]
        found[a, b, c] = [
            ((ab[p][0] + bc[p][0] - ac[p][0]) ** 2 + (ab[p][1] + bc[p][1] - ac[p][1]) ** 2) ** 0.5
            for p in ab
            if p in bc and p in ac
        ]
    return found


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least ``share`` of them do not exceed; nan without any."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def blame(found: dict[Triple, list[float]], size: int) -> dict[tuple[str, ...], float]:
    """For every ``size`` dates (1: a date, 2: a pair) the median closure of the triples it takes part in."""
    shares: dict[tuple[str, ...], list[float]] = {}
    for triple, values in found.items():
        for part in combinations(triple, size):
            shares.setdefault(part, []).extend(values)
    return {part: statistics.median(values) for part, values in shares.items() if values}


def write_tables(path: Path, rows: list[dict], dates: list[str], version: str) -> str:
    """Write ``path``.csv (pairs), ``path``-summary.csv and ``path``.md; return the Markdown."""
    known = [row for row in rows if row.get("inliers")]
    points = {(row["first"], row["second"]): read_field(_points(_folder(row["pair"]))) for row in known}
    levels = {"the shift of the pairs": {pair: in_cells(field) for pair, field in points.items()}}
    for cell_m, fewest in CELLS_M.items():
        levels[f"cells of {cell_m:.0f} m"] = {pair: in_cells(field, cell_m, fewest) for pair, field in points.items()}
    found = {name: closures(fields) for name, fields in levels.items()}
    shifts = next(iter(found.values()))
    to_blame = blame(shifts, 2)
    for row in rows:
        row["closure_px"] = to_blame.get((row["first"], row["second"]))
    summary = [[name, *_cells(triples)] for name, triples in found.items()]
    write_csv(path.with_name(path.name + ".csv"), COLUMNS, [[_flat(row.get(name)) for name in COLUMNS] for row in rows])
    write_csv(path.with_name(path.name + "-summary.csv"), HEADER, summary)
    title = (
        f"Closure of the displacements between {len(dates)} dates of demarke_ndvi, engine alone, code {version[:10]}"
    )
    return write_markdown(path.with_name(path.name + ".md"), title, HEADER, summary, _notes(rows, dates, shifts))


def _notes(rows: list[dict], dates: list[str], shifts: dict[Triple, list[float]]) -> str:
    values = [value for triple in shifts.values() for value in triple]
    not_ok = [row for row in rows if row["status"] != "ok"]
    notes = [
        f"Wanted of the shifts: median at most {WANTED_MEDIAN} px, 95 % at most {WANTED_P95} px; found "
        f"{percentile(values, 0.5):.3f} and {percentile(values, 0.95):.3f} px.",
        f"Dates: {', '.join(dates)}. Pairs: {len(rows)}, of them not ok: {len(not_ok)}"
        + "".join(
            f"; `{row['pair']}` {row['status']} ({' '.join(row.get('warnings') or [row['error']])})" for row in not_ok
        )
        + ".",
    ]
    for size, name in ((1, "Dates"), (2, "Pairs")):
        worst = sorted(blame(shifts, size).items(), key=lambda item: -item[1])[:WORST]
        told = ", ".join(f"`{'-'.join(part)}` {value:.3f}" for part, value in worst)
        notes.append(f"{name} whose triples close worst (median, px): {told}.")
    return "\n\n".join(notes)


def _cells(triples: dict[Triple, list[float]]) -> list[str]:
    values = [value for triple in triples.values() for value in triple]
    figures = (percentile(values, 0.5), percentile(values, 0.95), max(values, default=float("nan")))
    return [str(len(triples)), str(len(values)), *(f"{figure:.3f}" for figure in figures)]


def _flat(value: object) -> object:
    return " | ".join(map(str, value)) if isinstance(value, list) else "" if value is None else value


def _described(row: dict) -> str:
    if row["error"] or not row.get("inliers"):
        return f"{row['pair']}: {row['error'] or row['status']}"
    return (
        f"{row['pair']}: {row['status']}, {row['shift_x_px']:.2f}, {row['shift_y_px']:.2f} px, {row['inliers']} inliers"
    )
