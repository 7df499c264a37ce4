"""``benchmark.py matchers``: every matcher on every season pair, judged by the pair's truth; one table of all.

A matcher whose weights are not on this computer is run with random ones (benchmark_weights.py), on a few pairs, to show
that it runs; its figures mean nothing, and its rows say so. Results are kept in ``.cache/benchmark`` and taken from
there until the product's code, or the weights, change; a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path

from benchmark_accuracy import make_pairs
from benchmark_matchers_tables import write_matcher_tables
from benchmark_runs import CACHE, Engine, code_version, do_all, exit_code, kept_row, say
from through_qgis import ROOT, Failed, run_engine_script

THRESHOLDS_PX = (1.0, 3.0, 5.0, 10.0)
REAL_WEIGHTS = ROOT.parent / "shared" / "data" / "weights"


def add_command(commands: argparse._SubParsersAction) -> None:
    """The options of ``matchers``."""
    cli = commands.add_parser("matchers", help="every matcher on the season pairs")
    cli.add_argument("--tiles", nargs="+", default=["T35UNQ"])
    cli.add_argument("--seasons", nargs="+", default=["cross", "same"], choices=["cross", "same"])
    cli.add_argument("--conditions", nargs="+", default=["a", "b", "c", "d", "e"])
    cli.add_argument("--level", default="sub", choices=["sub", "scene"])
    cli.add_argument("--matchers", nargs="+", default=[], help="some of them; all by default")
    cli.add_argument(
        "--georeferencing",
        default="use",
        choices=["use", "ignore"],
        help="ignore: only matchers that need none, on copies without CRS",
    )
    cli.add_argument("--jobs", type=int, default=1, help="runs at a time")
    cli.add_argument("--limit", type=int, default=0, help="only the first pairs")
    cli.add_argument("--random-pairs", type=int, default=2, help="pairs for a matcher with random weights; 0: all")
    cli.add_argument("--fresh", action="store_true", help="do again what is already done")
    cli.add_argument("--device", default="auto")
    cli.add_argument("--out", type=Path, help="tables are written to OUT.csv and OUT.md")
    cli.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do it; 1 if a run failed."""
    pairs = make_pairs(options.tiles, options.seasons, options.conditions, options.level)[: options.limit or None]
    folder = CACHE / "models" / options.georeferencing
    known = json.loads(run_engine_script("benchmark_weights.py", folder, REAL_WEIGHTS))
    chosen = choose(options.matchers, known["matchers"], options.georeferencing)
    weights = {name: weights_of(known["matchers"][name]["weights"], known["models"]) for name in chosen}
    engine, version = Engine(), code_version()
    results = CACHE / "results" / "matchers" / options.georeferencing
    tasks = [
        partial(
            one_run,
            pair,
            name,
            results / name / pair.name,
            engine,
            {"georeferencing": options.georeferencing, "device": options.device, "model_folder": str(folder)},
            {"kind": known["matchers"][name]["kind"], "weights": weights[name]},
            f"{version} {options.device} {weights[name]}",
            options.fresh,
        )
        for name in chosen  # one after the other: a worker keeps what a matcher needs
        for pair in pairs_for(weights[name], pairs, options.random_pairs)
    ]
    rows = do_all(tasks, options.jobs, _told)
    rows.sort(key=lambda row: (chosen.index(row["matcher"]), row["pair"]))
    hidden = ", georeferencing hidden" if options.georeferencing == "ignore" else ""
    out = options.out or CACHE / f"matchers-{options.georeferencing}"
    title = f"Matchers on the season pairs, level {options.level}{hidden}, engine alone, code {version[:10]}"
    page = write_matcher_tables(out, rows, chosen, THRESHOLDS_PX, title)
    say(f"\n{page}\n{out}.csv\n{out}.md")
    return exit_code(rows)


def choose(names: list[str], known: dict[str, dict], georeferencing: str) -> list[str]:
    """The matchers to run, all where none is named. Raises Failed for an unknown name, or where none is left."""
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Failed(f"There is no matcher {', '.join(unknown)}; known are {', '.join(known)}.")
    chosen = names or list(known)
    if georeferencing == "ignore":
        chosen = [name for name in chosen if known[name]["kind"] != "guided"]
    if not chosen:
        raise Failed("None of these matchers works without georeferencing.")
    return chosen


def pairs_for(weights: str, pairs: list[Path], most_random: int) -> list[Path]:
    """The pairs for a matcher with these weights: few are enough to show that random ones run."""
    return pairs[:most_random] if weights == "random" and most_random else pairs


def weights_of(models: list[str], states: dict[str, str]) -> str:
    """``none`` needed, ``real``, ``random`` if any is, else ``missing``."""
    found = {states[name] for name in models}
    if not found <= {"real", "random"}:
        return "missing"
    return "random" if "random" in found else "real" if found else "none"


def one_run(
    pair: Path, matcher: str, folder: Path, engine: Engine, settings: dict, known: dict, version: str, fresh: bool
) -> dict:
    """The row of a matcher on a pair; ``error`` is empty unless it could not run."""
    truth = json.loads((pair / "truth.json").read_text())
    about = {"pair": pair.name, "matcher": matcher, **known}
    about.update({key: truth[key] for key in ("tile", "season", "level", "condition")})

    def assessed(_: Path) -> dict:
        sides = {side: {"path": str(pair / f"{side}.tif")} for side in ("reference", "target")}
        job = {"matchers": [matcher], **sides, "known_warp": str(pair), "thresholds_px": list(THRESHOLDS_PX)}
        (found,) = engine.run("assess", {**job, **settings})["runs"]
        return {key: value for key, value in found.items() if key not in about}

    return kept_row(folder, about, assessed, version, fresh)


def _told(row: dict) -> str:
    if row["error"]:
        return f"{row['matcher']}: {row['pair']}: {row['error']}"
    within = f"{row['right_kept'][0]} of {row['kept']} kept within 1 px"
    return f"{row['matcher']}: {row['pair']}: {row['status']}, {row['found']} found, {within}, {row['seconds']:.1f} s"
