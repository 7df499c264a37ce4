"""``benchmark.py scenes``: all pairs of ``ukraine_overviews``, two tiles from snow to summer, are the decisions right,
and how much faster is it than a loop over pairs with AKAZE, measured in turns in the same run?

Which dates are mostly cloud or empty is told from the images alone (``scene_cover.py``), not from what is found.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import tempfile
import time
from pathlib import Path

from benchmark_files import write_csv, write_markdown
from benchmark_runs import CACHE, Engine, code_version, say
from through_qgis import ROOT, Failed, run_engine_script

DATA = ROOT.parent / "shared" / "data" / "ukraine_overviews"
WINTER = ("12", "01", "02")  # months in which bright ground is snow
MOSTLY = 0.5  # share of bright pixels, or of the image that is empty: no judgement is asked of such dates
EMPTY = 0.85
WANTED_SHARE, WANTED_SPEED = 0.97, 20.0
HEADER = ["pairs", "number", "same_place", "share", "wanted"]


def add_command(commands: argparse._SubParsersAction) -> None:
    """The options of ``scenes``."""
    cli = commands.add_parser("scenes", help="all pairs of overviews: decisions and speed")
    cli.add_argument("--matcher", default="auto")
    cli.add_argument("--loop-seconds", type=float, default=60.0, help="for the AKAZE loop; pairs in random order")
    cli.add_argument("--limit", type=int, default=0, help="only so many scenes, spread over both tiles")
    cli.add_argument("--out", type=Path, default=CACHE / "scenes", help="OUT.csv, OUT-pairs.csv, OUT.md, OUT.png")
    cli.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do it; 1 if a decision is wrong or too few are right."""
    files = sorted(DATA.glob("*.jpg"))
    if not files:
        raise Failed(f"The overviews are not at {DATA}.")
    if options.limit:
        files = files[:: -(-len(files) // options.limit)]
    cover = json.loads(run_engine_script("scene_cover.py", *files))
    unclear = {Path(path).stem for path, share in cover.items() if is_unclear(Path(path).stem, **share)}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "pairs.csv"
        figure = options.out.with_name(options.out.name + ".png")
        seconds = compare(files, options.matcher, table, figure)
        loop = json.loads(run_engine_script("scene_loop.py", options.loop_seconds, *files))
        rows = read(table)
    write_csv(options.out.with_name(options.out.name + "-pairs.csv"), list(rows[0]), [row.values() for row in rows])
    lines = judged(rows, unclear)
    write_csv(options.out.with_name(options.out.name + ".csv"), HEADER, lines)
    per_pair, theirs = seconds / len(rows), statistics.mean(row["seconds"] for row in loop)
    notes = "\n\n".join(
        [
            f"{1000 * per_pair:.0f} ms a pair ({seconds:.1f} s for {len(rows)} pairs, reading, table and heat map "
            f"included); AKAZE and brute force {1000 * theirs:.0f} ms a pair (mean of {len(loop)} in random order): "
            f"{theirs / per_pair:.0f} times as fast, wanted {WANTED_SPEED:.0f}.",
            f"Mostly cloud or empty, by their brightness alone: {', '.join(sorted(unclear)) or 'none'}.",
            "Not recognised: " + (", ".join(missed(rows, unclear)) or "none") + ".",
        ]
    )
    title = f"All pairs of {len(files)} overviews, matcher {options.matcher}, code {code_version()[:10]}"
    cells = [[str(cell) for cell in line] for line in lines]
    text = write_markdown(options.out.with_name(options.out.name + ".md"), title, HEADER, cells, notes)
    say(f"\n{text}\n{options.out}.csv\n{options.out}-pairs.csv\n{options.out}.md\n{figure}")
    return 0 if reached(lines) else 1


def compare(files: list[Path], matcher: str, table: Path, figure: Path) -> float:
    """Seconds for all pairs, once the engine runs and its loops are compiled: a first job of two scenes does that."""
    engine = Engine()
    engine.run("scenes", {"inputs": [{"path": str(path)} for path in files[:2]], "matcher": matcher})
    job = {"inputs": [{"path": str(path)} for path in files], "matcher": matcher}
    started = time.monotonic()
    engine.run("scenes", {**job, "pairs": str(table), "matrix_figure": str(figure)})
    return time.monotonic() - started


def is_unclear(name: str, bright: float, empty: float) -> bool:
    """Whether a scene is mostly cloud or empty; ``bright`` is a share of what is not empty."""
    snow = name.split("_")[1][4:6] in WINTER
    return empty > EMPTY or (bright > MOSTLY and not snow)


def read(table: Path) -> list[dict]:
    """The rows of the table of pairs."""
    with open(table, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def judged(rows: list[dict], unclear: set[str]) -> list[list]:
    """Of each kind of pair: how many, how many are taken for one place, which share, and what is wanted."""
    kinds = {
        "one place, both clear": [r for r in rows if _one_place(r) and not unclear & {r["scene_a"], r["scene_b"]}],
        "one place, one mostly cloud or empty": [
            r for r in rows if _one_place(r) and unclear & {r["scene_a"], r["scene_b"]}
        ],
        "two places": [r for r in rows if not _one_place(r)],
    }
    wanted = {"one place, both clear": f"at least {WANTED_SHARE}", "two places": "0"}
    lines = []
    for kind, chosen in kinds.items():
        same = sum(row["same_place"] == "1" for row in chosen)
        share = f"{same / len(chosen):.4f}" if chosen else ""
        lines.append([kind, len(chosen), same, share, wanted.get(kind, "")])
    return lines


def missed(rows: list[dict], unclear: set[str]) -> list[str]:
    """Pairs of clear scenes of one place that were not recognised."""
    return [
        f"{row['scene_a']}–{row['scene_b']} ({float(row['similarity']):.2f})"
        for row in rows
        if _one_place(row) and row["same_place"] != "1" and not unclear & {row["scene_a"], row["scene_b"]}
    ]


def reached(lines: list[list]) -> bool:
    """Whether what is wanted of the decisions holds."""
    by_kind = {line[0]: line for line in lines}
    clear, two = by_kind["one place, both clear"], by_kind["two places"]
    return two[2] == 0 and (not clear[1] or clear[2] >= WANTED_SHARE * clear[1])


def _one_place(row: dict) -> bool:
    return row["scene_a"][:6] == row["scene_b"][:6]
