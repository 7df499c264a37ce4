"""What a learned matcher is judged by: ``benchmark.py free``, ``trained``, ``published``, ``guided`` and ``kinds``.

free        rasters whose georeferencing is hidden, turned, scaled and displaced: which share of the pairs is matched?
trained     the same, the trained network beside the untrained one: is the difference more than chance?
published   the protocol of published comparisons: undisplaced winter and summer, 512 x 512
guided      with georeferencing, ``seasonal`` beside ``structure`` at equal number of points
kinds       pairs of kinds that no training saw: other bands, sensors' other dates, clouds

A method is a matcher, or a matcher with options: ``seasonal:weights=untrained``. All of them answer in one process
(benchmark_measure.py); a result is kept in ``.cache/benchmark`` until the product's code, or the weights, change, and a
run that was stopped goes on where it was. Standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import benchmark_learned_tables as tables
from benchmark_accuracy import SEASON_PAIRS
from benchmark_runs import CACHE, Served, code_version, do_all, exit_code, kept_row, say
from through_qgis import ROOT, Failed, run_engine_script

WEIGHTS = ROOT.parent / "shared" / "data" / "weights"
SHIPPED = ROOT / "sentinel_match_plugin" / "engine" / "weights"
FREE = ["b", "c", "e", "r30", "r90", "r180", "s07", "s14"]
GUIDED = ["a", "b", "c", "d", "e"]
OTHERS = ["b", "r30", "s14"]
BASELINES = ["sift", "akaze", "aliked"]
TRAINED = ["seasonal", "seasonal:weights=untrained"]


@dataclass(frozen=True)
class Method:
    """A matcher with options, on rasters whose georeferencing is ``hidden`` or not."""

    matcher: str
    options: str = ""
    hidden: bool = False

    @property
    def label(self) -> str:
        """What tables call it; of a file the last two parts of its path."""
        short = re.sub(r"\S*?([^/\s]+/[^/\s]+)(?=\s|$)", r"\1", self.options)
        return f"{self.matcher} {short}".strip()

    @property
    def weights(self) -> str:
        """A hash of the weights that its figures depend on; empty for a matcher without any."""
        files = [Path(word) for word in re.split(r"[\s=]+", self.options) if Path(word).is_file()]
        if self.matcher in ("seasonal", "auto") and "weights" not in self.options:
            files += sorted(SHIPPED.glob("*.safetensors"))
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10] if files else ""


def method(text: str, hidden: bool) -> Method:
    """``sift``, or ``seasonal:weights=untrained``."""
    matcher, _, options = text.partition(":")
    return Method(matcher, options, hidden)


@dataclass(frozen=True)
class Study:
    """A subcommand: its defaults, and the tables made of its rows."""

    help: str
    methods: Sequence[str]
    conditions: Sequence[str]
    page: tables.Page
    hidden: bool = False
    raw: bool = False
    seasons: Sequence[str] = ("cross", "same")
    size: tuple[int, int] = (384, 496)
    step: int = 128
    spacing_px: float = 0.0
    points: int = 0


STUDIES = {
    "free": Study("without georeferencing", [*BASELINES, "seasonal"], FREE, tables.free_page, hidden=True),
    "trained": Study("trained beside untrained", TRAINED, FREE, tables.trained_page, hidden=True, raw=True),
    "published": Study(
        "undisplaced winter and summer",
        ["seasonal", "structure", "aliked", "sift"],
        ["z"],
        tables.published_page,
        seasons=("cross",),
        size=(512, 512),
        step=512,
        spacing_px=9.0,
        points=2000,
    ),
    "guided": Study("seasonal beside structure", ["seasonal", "structure"], GUIDED, tables.guided_page),
    "kinds": Study(
        "pairs of kinds that no training saw", ["seasonal", "aliked", "sift"], OTHERS, tables.kinds_page, hidden=True
    ),
}


def add_commands(commands: argparse._SubParsersAction) -> None:
    """The options of all of them."""
    for name, study in STUDIES.items():
        cli = commands.add_parser(name, help=study.help)
        cli.add_argument("--matchers", nargs="+", default=list(study.methods), help="with options: NAME:OPTION=VALUE")
        cli.add_argument("--weights", nargs="+", default=[], help="also seasonal with these: files, or untrained")
        cli.add_argument("--conditions", nargs="+", default=list(study.conditions))
        if name == "kinds":
            cli.add_argument("--guided", nargs="*", default=["seasonal", "structure"], help="with georeferencing, on b")
            cli.add_argument("--figures", type=int, default=4, help="match figures of so many of the worst")
        else:
            cli.add_argument("--tiles", nargs="+", default=["T35UNQ"])
            cli.add_argument("--seasons", nargs="+", default=list(study.seasons), choices=["cross", "same"])
            cli.add_argument("--step", type=int, default=study.step, help="rows from one window to the next")
            cli.add_argument("--size", type=int, nargs=2, default=study.size, help="columns and rows of a window")
        cli.add_argument("--spacing", type=float, default=study.spacing_px, help="of guided methods, pixels")
        cli.add_argument("--limit", type=int, default=0, help="so many pairs of each season or kind, spread over all")
        cli.add_argument("--jobs", type=int, default=1, help="runs at a time")
        cli.add_argument("--fresh", action="store_true", help="do again what is already done")
        cli.add_argument("--device", default="auto")
        cli.add_argument("--models", type=Path, default=WEIGHTS, help="folder of the weights of other matchers")
        cli.add_argument("--out", type=Path, help="tables are written to OUT.csv and OUT.md")
        cli.set_defaults(run=partial(run, name))


def run(name: str, options: argparse.Namespace) -> int:
    """Do it; 1 if a run failed."""
    study = STUDIES[name]
    pairs = part_of(kinds(options) if name == "kinds" else windows(options), options.limit)
    methods = [method(text, study.hidden) for text in named(options)]
    served = Served("benchmark_measure.py", SEASON_PAIRS)
    todo = [(pair, one) for one in methods for pair in pairs]  # what a matcher needs is loaded once
    if name == "kinds":
        todo += [(pair, method(text, False)) for text in options.guided for pair in pairs if is_guided(pair)]
    rows = measured(study, todo, served, options)
    labels = list(dict.fromkeys(one.label for _, one in todo))
    out = options.out or CACHE / name
    pictures = (
        worst(rows, dict(zip([pair.name for pair in pairs], pairs)), out, served, options) if name == "kinds" else ()
    )
    page = study.page(out, rows, labels, f"code {code_version()[:10]}", pictures)
    say(f"\n{page}\n{out}.csv\n{out}.md")
    return exit_code(rows)


def named(options: argparse.Namespace) -> list[str]:
    """The methods asked for, each once."""
    wanted = [*options.matchers, *(f"seasonal:weights={weights}" for weights in options.weights)]
    return list(dict.fromkeys(wanted))


def windows(options: argparse.Namespace) -> list[Path]:
    """The pairs, made where they are missing."""
    if not SEASON_PAIRS.exists():
        raise Failed(f"The tool that makes the pairs is not at {SEASON_PAIRS}.")
    folder = CACHE / "windows"
    size = [str(side) for side in options.size]
    wanted = ["--tiles", *options.tiles, "--seasons", *options.seasons, "--conditions", *options.conditions]
    wanted += ["--step", str(options.step), "--size", *size]
    names = json.loads(run_engine_script("benchmark_windows.py", SEASON_PAIRS, folder, *wanted))
    if not names:
        raise Failed("There are no pairs with these tiles, seasons, conditions and sizes.")
    return [folder / name for name in names]


def kinds(options: argparse.Namespace) -> list[Path]:
    """The pairs of other kinds, made where they are missing."""
    if not SEASON_PAIRS.exists():
        raise Failed(f"The tool that makes the pairs is not at {SEASON_PAIRS}.")
    folder = CACHE / "kinds"
    names = run_engine_script("benchmark_kinds.py", SEASON_PAIRS, folder, "--conditions", *options.conditions)
    return [folder / name for name in json.loads(names)]


def part_of(pairs: Sequence[Path], limit: int) -> list[Path]:
    """The first ``limit`` pairs of each group (season or kind), 0: all, in an order that takes the conditions in turn,
    has nothing to do with places, and never changes: a part is like the whole, and a larger one holds a smaller.
    """
    groups: dict[str, list[tuple[int, int, Path]]] = {}
    turns: Counter[tuple[str, str]] = Counter()
    for place, pair in enumerate(sorted(pairs, key=lambda pair: hashlib.sha256(pair.name.encode()).digest())):
        truth = json.loads((pair / "truth.json").read_text())
        group = f"{truth['tile']} {truth['season']}"
        groups.setdefault(group, []).append((turns[group, truth["condition"]], place, pair))
        turns[group, truth["condition"]] += 1
    return [pair for _, group in sorted(groups.items()) for _, _, pair in sorted(group)[: limit or None]]


def is_guided(pair: Path) -> bool:
    """Whether the georeferencing of a pair tells where to look."""
    return json.loads((pair / "truth.json").read_text())["condition"] in GUIDED


def measured(
    study: Study, todo: Sequence[tuple[Path, Method]], served: Served, options: argparse.Namespace
) -> list[dict]:
    """The rows of every method on every pair, in the order of the methods."""
    code = code_version()
    shared = {"points": study.points, "spacing_px": options.spacing, "device": options.device}
    version = f"{code} {json.dumps(shared)}"
    shared["model_folder"] = linked(options.models)
    tasks = [
        partial(one_run, pair, one, served, shared, study.raw, f"{version} {one.weights}", options.fresh)
        for pair, one in todo
    ]
    rows = do_all(tasks, options.jobs, _described)
    order = {one.label: number for number, (_, one) in enumerate(todo)}
    return sorted(rows, key=lambda row: (order[row["method"]], row["mode"], row["pair"]))


def worst(
    rows: Sequence[dict], pairs: dict[str, Path], out: Path, served: Served, options: argparse.Namespace
) -> list[tuple[Path, dict]]:
    """Match figures of the first method's worst pairs, one of each kind and mode first: (file, row)."""
    if not rows:
        return []
    mine = [row for row in rows if row["method"] == rows[0]["method"] and not row["error"]]
    amiss = sorted((row for row in mine if not tables.below(row, 3.0)), key=tables.distance, reverse=True)
    seen: dict[tuple, int] = {}
    for row in amiss:
        key = (row["season"], row["mode"])
        row["turn"] = seen[key] = seen.get(key, -1) + 1
    drawn = []
    for row in sorted(amiss, key=lambda row: row["turn"])[: options.figures]:
        file = out.with_name(f"{out.name}-{row['mode']}-{row['pair']}.png")
        question = {"pair": str(pairs[row["pair"]]), "matcher": row["matcher"], "matcher_options": row["options"]}
        more = {"hidden": row["mode"] == "free", "figure": str(file), "model_folder": linked(options.models)}
        out.parent.mkdir(parents=True, exist_ok=True)
        served.ask({**question, **more, "spacing_px": options.spacing, "device": options.device})
        drawn.append((file, row))
    return drawn


def linked(models: Path) -> str:
    """A folder of links to the weights in ``models``: nothing is ever written beside them."""
    folder = CACHE / "models" / "linked"
    folder.mkdir(parents=True, exist_ok=True)
    for file in models.glob("*") if models.is_dir() else ():
        link = folder / file.name
        if not link.exists():
            os.symlink(file.resolve(), link)
    return str(folder)


def one_run(pair: Path, one: Method, served: Served, shared: dict, raw: bool, version: str, fresh: bool) -> dict:
    """The row of a method on a pair; ``error`` is empty unless it could not run. ``raw`` matches are kept apart, so
    that studies with and without them share the rest.
    """
    truth = json.loads((pair / "truth.json").read_text())
    mode = "free" if one.hidden else "guided"
    about = {"pair": pair.name, "method": one.label, "matcher": one.matcher, "options": one.options, "mode": mode}
    about.update({key: truth[key] for key in ("tile", "season", "level", "condition", "top") if key in truth})
    question = {"pair": str(pair), "matcher": one.matcher, "matcher_options": one.options, "hidden": one.hidden}
    key = hashlib.sha256(f"{one} {shared['points']} {shared['spacing_px']}".encode()).hexdigest()[:8]
    folder = CACHE / "results" / "learned" / f"{one.matcher}-{key}"

    def answer(what: str) -> dict:
        asked = lambda _: served.ask({**shared, **question, "what": what})  # noqa: E731
        return kept_row(folder / what / pair.name, about, asked, version, fresh)

    row = answer("match")
    if raw and not row["error"]:
        found = answer("raw")
        row.update({key: value for key, value in found.items() if key.startswith("raw_") or key == "error"})
    return row


def _described(row: dict) -> str:
    if row["error"]:
        return f"{row['method']}: {row['pair']}: {row['error']}"
    off = row.get("warp_median")
    found = f"{row['inliers']} inliers, warp median {'–' if off is None else off} px"
    return f"{row['method']} ({row['mode']}): {row['pair']}: {row['status']}, {found}, {row['seconds']:.1f} s"
