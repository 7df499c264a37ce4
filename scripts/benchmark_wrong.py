"""``benchmark.py wrong``: is STATUS honest? Pairs of two different things must never be ``ok``, pairs of one place
should be (at most 1 % not).

The pairs are those of status_pairs.py and the season pairs of the training tiles, of which a result that ``accuracy``
has kept for the same code is taken as it is. An ``ok`` whose tie points are off by more than ``OFF_PX`` is a wrong
answer given with confidence too, and counted apart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
from functools import partial
from itertools import cycle
from pathlib import Path

from benchmark_accuracy import SEASON_PAIRS, make_pairs
from benchmark_files import write_csv, write_markdown
from benchmark_runs import CACHE, Engine, code_version, do_all, exit_code, kept_row, read_row, say
from benchmark_tables import STATUSES
from through_qgis import ROOT, Failed, run_engine_script

SOURCES = ("status_pairs.py", "status_wrong.py", "status_right.py", "status_source.py", "status_images.py")
TRAINING_TILES = ("T36UUA", "T36UUU", "T36UVC")
# The season pairs among the right ones: as the georeferencing says but for 1500 m, 10 degrees and a tenth in scale; and
# turned farther than that, where ``auto`` has to look everywhere
CONDITIONS = {"right_seasons": ("a", "b", "c", "d", "e"), "right_turned": ("r30", "r90", "r180")}
OFF_PX = 3.0  # median error of the tie points of a right pair beyond which ``ok`` is a wrong answer
WANTED_WRONG, MOST_REFUSED = 300, 0.01  # the targets: so many wrong pairs, none ok; so many right ones not ok
COLUMNS = [
    "pair",
    "kind",
    "right",
    "status",
    "count",
    "inliers",
    "transform",
    "ce90_px",
    "median_error",
    "p1",
    "p3",
    "seconds",
    "warnings",
    "messages",
    "error",
]
HEADER = ["kind", "pairs", "ok / low / none / failed", "not as it should be", "ok, but off", "inliers", "seconds"]


def add_command(commands: argparse._SubParsersAction) -> None:
    """The options of ``wrong``."""
    cli = commands.add_parser("wrong", help="pairs that must not match, and pairs that must")
    cli.add_argument("--kinds", nargs="+", help="those of status_pairs.py, right_seasons, right_turned; default: all")
    cli.add_argument("--test-tile", action="store_true", help="also the pairs in which the test tile takes part")
    cli.add_argument("--all-seasons", action="store_true", help="all conditions of each season pair, not one of them")
    cli.add_argument("--limit", type=int, default=0, help="only the first pairs of each kind")
    cli.add_argument("--jobs", type=int, default=1, help="pairs at a time")
    cli.add_argument("--fresh", action="store_true", help="do again what is already done")
    cli.add_argument("--out", type=Path, default=CACHE / "wrong", help="tables are written to OUT.csv and OUT.md")
    cli.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do it; 1 if a run failed."""
    wanted = None if options.kinds is None else set(options.kinds)
    pairs = made_pairs(wanted, options.test_tile, options.limit)
    for kind in CONDITIONS:
        if wanted is None or kind in wanted:
            pairs += season_pairs(kind, options.all_seasons, options.limit)
    if not pairs:
        raise Failed("There are no pairs of these kinds.")
    version, engine = code_version(), Engine()
    tasks = [partial(one_pair, pair, kind, engine, version, options.fresh) for pair, kind in pairs]
    rows = do_all(tasks, options.jobs, _described)
    rows.sort(key=lambda row: row["pair"])
    text = write_tables(options.out, rows, f"Right and wrong pairs, engine alone, code {version[:10]}")
    say(f"\n{text}\n{options.out}.csv\n{options.out}.md")
    return exit_code(rows)


def made_pairs(kinds: set[str] | None, test_tile: bool, limit: int) -> list[tuple[Path, str]]:
    """(folder, kind) of the pairs of status_pairs.py, made anew when the scripts that make them have changed."""
    if not SEASON_PAIRS.exists():
        raise Failed(f"The tool that makes the pairs is not at {SEASON_PAIRS}.")
    scripts = b"".join((ROOT / "scripts" / name).read_bytes() for name in SOURCES)
    folder = CACHE / "status_pairs" / hashlib.sha256(scripts + SEASON_PAIRS.read_bytes()).hexdigest()[:10]
    listed = folder / "pairs.json"
    if not listed.exists():
        say("Making the pairs ...")
        names = json.loads(run_engine_script("status_pairs.py", SEASON_PAIRS, folder))
        listed.write_text(json.dumps(names))
    chosen: dict[str, list[tuple[Path, str]]] = {}
    for name in json.loads(listed.read_text()):
        kind = json.loads((folder / name / "truth.json").read_text())["kind"]
        asked = kind in kinds if kinds is not None else test_tile or not kind.endswith("test_tile")
        if asked:
            chosen.setdefault(kind, []).append((folder / name, kind))
    return [pair for group in chosen.values() for pair in group[: limit or None]]


def season_pairs(kind: str, all_conditions: bool, limit: int) -> list[tuple[Path, str]]:
    """(folder, kind) of the season pairs of the training tiles: of each place and season one condition, in turn."""
    conditions = CONDITIONS[kind]
    pairs = make_pairs(list(TRAINING_TILES), ["cross", "same"], list(conditions), "sub")
    places: dict[str, list[Path]] = {}
    for pair in pairs:
        places.setdefault(pair.name.rpartition("_")[0], []).append(pair)
    if not all_conditions:
        turns = zip(sorted(places.items()), cycle(range(len(conditions))), strict=False)
        places = {place: [found[turn]] for (place, found), turn in turns}
    chosen = [(pair, kind) for found in places.values() for pair in found]
    return chosen[: limit or None]


def one_pair(pair: Path, kind: str, engine: Engine, version: str, fresh: bool) -> dict:
    """The row of a pair."""
    about = {"pair": pair.name, "kind": kind, "right": kind.startswith("right")}
    if kind == "right_seasons" and not fresh:
        for mode in ("direct", "qgis"):
            row = read_row(CACHE / "results" / mode / pair.name, version)
            if row is not None:
                return {**row, **about}

    def matched(folder: Path) -> dict:
        truth = json.loads((pair / "truth.json").read_text())
        job = {side: {"path": str(pair / f"{side}.tif")} for side in ("reference", "target")}
        points = folder / "tie_points.csv"
        far = {"max_shift_m": truth["max_shift_m"]} if "max_shift_m" in truth else {}
        outcome = engine.run("match", {**job, **far, "tie_points": str(points)})
        wanted = ("status", "count", "inliers", "transform", "ce90_px", "warnings", "messages")
        row = {key: outcome[key] for key in wanted}
        if about["right"] and outcome["inliers"]:
            scored = run_engine_script("benchmark_score.py", SEASON_PAIRS, pair, f"--tie-points={points}")
            row.update(json.loads(scored))
        points.unlink(missing_ok=True)
        return row

    # The parent's name changes with what made the pair
    return kept_row(CACHE / "results" / "status" / pair.parent.name / pair.name, about, matched, version, fresh)


def is_off(row: dict) -> bool:
    """Whether a right pair was answered ``ok`` with tie points that are wrong."""
    return row["right"] and row["status"] == "ok" and row.get("median_error", 0.0) > OFF_PX


def is_amiss(row: dict) -> bool:
    """Whether the status is not what it should be."""
    return (row["status"] != "ok") if row["right"] else (row["status"] not in ("low_confidence", "no_match"))


def summarise(rows: list[dict]) -> list[list[str]]:
    """The cells of the summary: a line a kind, and one each for all wrong and all right ones."""
    groups: dict[str, list[dict]] = {}
    for row in rows:
        groups.setdefault(row["kind"], []).append(row)
    ordered = sorted(groups, key=lambda kind: (not kind.startswith("wrong"), kind))
    totals = {"all wrong": [r for r in rows if not r["right"]], "all right": [r for r in rows if r["right"]]}
    lines = [(kind, groups[kind]) for kind in ordered] + [(name, group) for name, group in totals.items() if group]
    return [[name, *_cells(group)] for name, group in lines]


def _cells(rows: list[dict]) -> list[str]:
    amiss = sum(map(is_amiss, rows))
    inliers = [row["inliers"] for row in rows if row.get("inliers") is not None]
    return [
        str(len(rows)),
        " / ".join(str(sum(row["status"] == status for row in rows)) for status in STATUSES),
        f"{amiss} ({100 * amiss / len(rows):.1f} %)",
        str(sum(map(is_off, rows))) if rows[0]["right"] else "–",
        f"{statistics.median(inliers):.0f}" if inliers else "–",
        f"{statistics.median(row['seconds'] for row in rows):.1f}",
    ]


def write_tables(path: Path, rows: list[dict], title: str) -> str:
    """Write ``path``.csv (pairs), ``path``-summary.csv and ``path``.md; return the Markdown."""
    summary = summarise(rows)
    cells = [[_flat(row.get(name, "")) for name in COLUMNS] for row in rows]
    write_csv(path.with_name(path.name + ".csv"), COLUMNS, cells)
    write_csv(path.with_name(path.name + "-summary.csv"), HEADER, summary)
    wrong, right = ([row for row in rows if row["right"] == side] for side in (False, True))
    notes = []
    if wrong:
        believed = sum(row["status"] == "ok" for row in wrong)
        notes.append(f"Wrong pairs answered `ok`: {believed} of {len(wrong)} (wanted: 0 of at least {WANTED_WRONG}).")
    if right:
        refused = sum(map(is_amiss, right))
        notes.append(
            f"Right pairs not `ok`: {refused} of {len(right)}, {100 * refused / len(right):.1f} % (wanted: at most "
            f"{100 * MOST_REFUSED:.0f} %); `ok` with tie points off by more than {OFF_PX:.0f} px in the median: "
            f"{sum(map(is_off, right))}."
        )
    for row in rows:
        if is_amiss(row) or is_off(row):
            why = " ".join(row.get("warnings") or []) or row["error"]
            if is_off(row):
                why = f"The tie points are off by {row['median_error']:.1f} px (median)."
            notes.append(f"- `{row['pair']}`: {row['status']}, {row.get('inliers', 0)} inliers. {why}".rstrip())
    return write_markdown(path.with_name(path.name + ".md"), title, HEADER, summary, "\n".join(notes))


def _flat(value: object) -> object:
    return " | ".join(map(str, value)) if isinstance(value, list) else value


def _described(row: dict) -> str:
    verdict = "  <-- NOT AS IT SHOULD BE" if is_amiss(row) or is_off(row) else ""
    return f"{row['pair']}: {row['error'] or row['status']}, {row.get('inliers', 0)} inliers{verdict}"
