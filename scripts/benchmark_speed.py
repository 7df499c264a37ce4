"""``benchmark.py speed``: full-size pairs (speed_pairs.py), each method a whole process, in turns, medians.

*Floor* is what no program can do without: read both images, warp one with GDAL, write it (speed_floor.py).
*Sentinel Match* is the engine's command line with defaults, start-up included. *AROSICS local* runs in its own
environment (peers/arosics_speed.py). A run that fails or takes too long is a line that says so.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import benchmark_peers
from benchmark_accuracy import OURS, SEASON_PAIRS
from benchmark_files import write_csv, write_markdown
from benchmark_runs import CACHE, code_version, exit_code, say
from measured_process import Measured, run_measured
from through_qgis import ROOT, Failed, engine_python, run_engine_script

FOLDER = CACHE / "speed"
ENGINE = ROOT / "sentinel_match_plugin" / "engine" / "__main__.py"
FLOOR, AROSICS = "floor", "AROSICS local, 55 x 55 points"
SUFFIXES = {"gtiff": ".tif", "jp2": ".jp2"}
WANTED_POINTS = 10_000
LIMIT_S = 1800.0
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "GDAL_NUM_THREADS")  # told if set: they slow what is measured
MEASURED = ("wall_s", "cpu_s", "peak_mb")
ERRORS = ("point_median_px", "point_p90_px", "warp_median_px", "warp_p90_px")
COLUMNS = ["season", "format", "size", "method", "repeat", "status", *MEASURED, "points", "inliers", *ERRORS]
COLUMNS += ["ce90_px", "transform", "load", "others", "messages", "error"]
HEADER = ["season", "format", "size", "method", "runs", "wall, s", "x floor", "cpu, s", "peak, MB", "points", "inliers"]
HEADER += ["point error, px", "warp error, px", "load", "others"]
NOTES = f"""\
Medians over the runs that ended well, each a whole process, start-up included; the methods take turns, the other way
round every second time, and both files are in the page cache before each run. `x floor`: wall time over that of the
floor of the same turn. `cpu`: user and system, of all processes. `peak`: resident memory of all processes at once, 10^6
bytes, sampled every 50 ms; of several processes the proportional one, every 500 ms. `point error`, `warp error`: median
/ 90 % of the true errors of the inliers and of the warped raster; what the dates are displaced by themselves is taken
out to about 0.2 px. `load`: load average at the start, which knows the run before too; `others`: cores that other work
kept busy meanwhile. Floor: read both images, GDAL's cubic warp by a shift, write deflate, all threads. At least
{WANTED_POINTS} points are wanted of ours."""


@dataclass(frozen=True)
class Pair:
    """A pair of one season, format and size (pixels a side)."""

    season: str
    format: str
    size: int

    @property
    def folder(self) -> Path:
        """Where it is made and kept."""
        return FOLDER / f"{self.season}_{self.size}"

    @property
    def files(self) -> tuple[Path, Path]:
        """Reference and target."""
        suffix = SUFFIXES[self.format]
        return self.folder / f"reference{suffix}", self.folder / f"target{suffix}"


# (pair, folder for the results) -> what to run; it writes warped.tif and, if it has any, tie_points.csv
Command = Callable[[Pair, Path], list[object]]


def add_command(commands: argparse._SubParsersAction) -> None:
    """The options of ``speed``."""
    cli = commands.add_parser("speed", help="time and memory on full-size pairs, beside the floor")
    cli.add_argument("--sizes", nargs="+", type=int, default=[2745, 5490, 10980], help="pixels a side; also 21960")
    cli.add_argument("--format", nargs="+", default=["gtiff"], choices=list(SUFFIXES))
    cli.add_argument("--season", nargs="+", default=["same"], choices=["same", "cross"])
    cli.add_argument("--repeats", type=int, default=3, help="0 only makes the pairs")
    cli.add_argument("--peers", action="store_true", help="beside AROSICS local, which takes minutes")
    cli.add_argument("--spacing", type=float, default=0.0, help="px between our tie points; 0: the default, 12,000")
    cli.add_argument("--limit-s", type=float, default=LIMIT_S, help="a run that takes longer is killed")
    cli.add_argument("--out", type=Path, default=CACHE / "speed", help="tables are written to OUT.csv and OUT.md")
    cli.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do it; 1 if a run failed."""
    pairs = [
        Pair(season, kind, size)
        for season in options.season
        for kind in options.format
        for size in sorted(options.sizes)
    ]
    for pair in pairs:
        make(pair)
    methods, not_measured = _methods(options.spacing, options.peers)
    title, rows, page = f"Speed, whole processes, code {code_version()[:10]}", [], ""
    for pair in pairs:
        for repeat in range(options.repeats):
            for method in sorted(methods, reverse=repeat % 2 == 1, key=list(methods).index):
                rows.append(one_run(pair, method, methods[method], repeat, options.limit_s))
                say(_told(rows[-1]))
                # After every run: a benchmark of hours may be stopped.
                page = write_tables(options.out, rows, list(methods), not_measured, title)
    if rows:
        say(f"\n{page}\n{options.out}.csv\n{options.out}.md")
    return exit_code(rows)


def make(pair: Pair) -> None:
    """Make the pair, unless it is there."""
    if not SEASON_PAIRS.exists():
        raise Failed(f"The tool that knows the season pairs is not at {SEASON_PAIRS}.")
    if not all(path.exists() for path in pair.files):
        say(f"Making {pair.folder.name}, {pair.format} ...")
    run_engine_script("speed_pairs.py", "make", pair.folder, pair.size, pair.season, pair.format, SEASON_PAIRS)


def _methods(spacing_px: float, peers: bool) -> tuple[dict[str, Command], dict[str, str]]:
    """What is run, by name, and why something is not."""
    engine = engine_python()

    def floor(pair: Pair, folder: Path) -> list[object]:
        return [engine, ROOT / "scripts" / "speed_floor.py", *pair.files, folder / "warped.tif"]

    def ours(pair: Pair, folder: Path) -> list[object]:
        files = [*pair.files, folder / "warped.tif", "--tie-points", folder / "tie_points.csv"]
        return [engine, "-I", ENGINE, "coregister", *files, "--spacing", spacing_px]

    def arosics(pair: Pair, folder: Path) -> list[object]:
        python = benchmark_peers.ENVIRONMENTS / "arosics" / "bin" / "python"
        return [python, benchmark_peers.FOLDER / "arosics_speed.py", *pair.files, folder]

    methods: dict[str, Command] = {FLOOR: floor, OURS: ours}
    if not peers:
        return methods, {}
    try:
        benchmark_peers.make_environment("arosics")
    except Failed as error:
        return methods, {AROSICS: str(error)}
    return {**methods, AROSICS: arosics}, {}


def one_run(pair: Pair, method: str, command: Command, repeat: int, limit_s: float) -> dict:
    """The row of one run; ``error`` is empty unless it failed, and then says why."""
    row: dict = {"season": pair.season, "format": pair.format, "size": pair.size, "method": method, "repeat": repeat}
    folder = FOLDER / "results"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _into_page_cache(pair.files)
    row.update(status="failed", error="")
    try:
        done = run_measured(command(pair, folder), limit_s)
        row.update({name: getattr(done, name) for name in (*MEASURED, "load", "others")})
        row["error"] = _what_went_wrong(done, limit_s)
        if not row["error"]:
            row.update({"status": "ok", **(_said(done.stdout) if method == OURS else {})})
            if not (folder / "warped.tif").exists():
                row["error"] = f"It wrote no raster: {row['status']}. {row.get('messages', '')}".strip()
            elif method != FLOOR:
                row.update(_true_errors(pair, folder))
    except (OSError, ValueError, KeyError, Failed) as error:  # ValueError, KeyError: it said something else
        row["error"] = str(error)
    shutil.rmtree(folder)
    return row


def _into_page_cache(files: Iterable[Path]) -> None:
    for path in files:
        with open(path, "rb") as file:
            while file.read(1 << 24):
                pass


def _what_went_wrong(done: Measured, limit_s: float) -> str:
    if done.late:
        return f"It was killed after {limit_s:.0f} s."
    if done.code:
        said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        return f"It ended with code {done.code}: {said[-1] if said else 'it said nothing'}"
    return ""


def _said(stdout: str) -> dict:
    outcome = json.loads(stdout)
    return {
        **{name: outcome[name] for name in ("status", "inliers", "ce90_px", "transform")},
        "points": outcome["count"],
        "messages": " ".join(outcome["messages"]),
    }


def _true_errors(pair: Pair, folder: Path) -> dict:
    points = folder / "tie_points.csv"
    files = [f"--warped={folder / 'warped.tif'}", *([f"--tie-points={points}"] if points.exists() else [])]
    return json.loads(run_engine_script("speed_pairs.py", "score", pair.folder, SEASON_PAIRS, *files))


def _told(row: dict) -> str:
    where = f"{row['season']} {row['format']} {row['size']}, {row['method']}, run {row['repeat'] + 1}"
    if "wall_s" not in row:
        return f"{where}: {row['error']}"
    cost = f"{row['wall_s']:.1f} s, cpu {row['cpu_s']:.1f} s, {row['peak_mb']:.0f} MB"
    return f"{where}: {cost}{', ' if row['error'] else ''}{row['error']}"


def write_tables(path: Path, rows: list[dict], methods: list[str], not_measured: dict[str, str], title: str) -> str:
    """Write ``path``.csv (runs), ``path``-summary.csv and ``path``.md; return the Markdown."""
    lines = summarise(rows, methods)
    write_csv(path.with_name(path.name + ".csv"), COLUMNS, [[row.get(name, "") for name in COLUMNS] for row in rows])
    write_csv(path.with_name(path.name + "-summary.csv"), HEADER, lines)
    notes = [NOTES, *growth(rows, methods), *failures(rows)]
    notes += [f"{name}: not measured. {why}" for name, why in not_measured.items()]
    notes += [f"{name}={os.environ[name]} was set." for name in THREADS if name in os.environ]
    return write_markdown(path.with_name(path.name + ".md"), title, HEADER, lines, "\n\n".join(notes))


def summarise(rows: list[dict], methods: list[str]) -> list[list[str]]:
    """The cells of the summary: a line for each season, format, size and method."""
    lines = []
    for key, group in _grouped(rows, methods).items():
        good = [row for row in group if not row["error"]]
        floors = {row["repeat"]: row for row in rows if _case(row) == key[:3] and row["method"] == FLOOR}
        ratios = [
            row["wall_s"] / floors[row["repeat"]]["wall_s"]
            for row in good
            if row["repeat"] in floors and not floors[row["repeat"]]["error"]
        ]
        runs = str(len(group)) if len(good) == len(group) else f"{len(good)} of {len(group)}"
        cells = [_median(good, "wall_s", 1), _number(ratios, 2), _median(good, "cpu_s", 1), _median(good, "peak_mb", 0)]
        cells += [_median(good, "points", 0), _median(good, "inliers", 0)]
        cells += [
            f"{_median(good, f'{of}_median_px', 2)} / {_median(good, f'{of}_p90_px', 2)}" for of in ("point", "warp")
        ]
        lines.append([*map(str, key), runs, *cells, *(_median(group, name, 1) for name in ("load", "others"))])
    return lines


def growth(rows: list[dict], methods: list[str]) -> list[str]:
    """How the cost of each method grows from the smallest to the largest size."""
    told = []
    known: dict[tuple, dict[int, list[dict]]] = {}
    for (season, kind, size, method), group in _grouped(rows, methods).items():
        good = [row for row in group if not row["error"]]
        if good:
            known.setdefault((season, kind, method), {})[size] = good
    for (season, kind, method), sizes in known.items():
        first, last = min(sizes), max(sizes)
        if first == last:
            continue
        factors = [
            f"{name} {_of(sizes[last], key) / _of(sizes[first], key):.2f}"
            for name, key in zip(("wall", "cpu", "peak"), MEASURED, strict=True)
        ]
        told.append(
            f"{method}, {season}, {kind}, from {first} to {last}: pixels x {(last / first) ** 2:.2f}, "
            f"{', '.join(factors)}."
        )
    return told


def failures(rows: list[dict]) -> list[str]:
    """A sentence for each run that failed."""
    return [f"Failed: {_told(row)}" for row in rows if row["error"]]


def _case(row: dict) -> tuple:
    return row["season"], row["format"], row["size"]


def _grouped(rows: list[dict], methods: list[str]) -> dict[tuple, list[dict]]:
    groups: dict[tuple, list[dict]] = {}
    for row in sorted(rows, key=lambda row: (*_case(row), methods.index(row["method"]))):
        groups.setdefault((*_case(row), row["method"]), []).append(row)
    return groups


def _of(rows: list[dict], name: str) -> float:
    return statistics.median(row[name] for row in rows)


def _median(rows: list[dict], name: str, digits: int) -> str:
    return _number([row[name] for row in rows if row.get(name) is not None], digits)


def _number(values: Sequence[float], digits: int) -> str:
    return f"{statistics.median(values):.{digits}f}" if values else "–"
