"""``benchmark.py accuracy``: co-register every season pair with defaults, score it against its truth, make one table.

Pairs and results are kept in ``.cache/benchmark``. A run that was stopped goes on where it was; a pair is done again
when the product's code has changed since. ``--peers`` runs other programs on the same pairs (benchmark_peers.py)."""

from __future__ import annotations

import argparse
import json
import threading
import time
from functools import partial
from pathlib import Path
from typing import Callable

import benchmark_peers
from benchmark_runs import CACHE, Engine, code_version, do_all, exit_code, kept_row, say
from benchmark_tables import write_peer_tables, write_tables
from through_qgis import ROOT, Failed, run_algorithm, run_engine_script

OURS = "sentinel-match"  # in the column `method`
SEASON_PAIRS = ROOT.parent / "shared" / "tools" / "season_pairs.py"

# (pair folder, folder for the results) -> status, count, inliers, rmse_m, ce90_m, messages, and the files tie_points,
# warped
Method = Callable[[Path, Path], dict]


def add_command(commands: argparse._SubParsersAction) -> None:
    """The options of ``accuracy``."""
    cli = commands.add_parser("accuracy", help="true errors on the season pairs")
    cli.add_argument("--tiles", nargs="+", default=["T35UNQ"])
    cli.add_argument("--seasons", nargs="+", default=["cross", "same"], choices=["cross", "same"])
    cli.add_argument("--conditions", nargs="+", default=["a", "b", "c", "d", "e"])
    cli.add_argument("--level", default="sub", choices=["sub", "scene"])
    cli.add_argument("--direct", action="store_true", help="the engine alone, without QGIS")
    cli.add_argument("--jobs", type=int, default=1, help="pairs at a time")
    cli.add_argument("--limit", type=int, default=0, help="only the first pairs")
    cli.add_argument("--fresh", action="store_true", help="do again what is already done")
    cli.add_argument("--peers", action="store_true", help="side by side with what users have today")
    cli.add_argument("--peers-only", action="store_true", help="the peers without ours; their results are kept")
    cli.add_argument("--out", type=Path, help="tables are written to OUT.csv and OUT.md")
    cli.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do it; 1 if a run failed."""
    pairs = make_pairs(options.tiles, options.seasons, options.conditions, options.level)
    pairs = pairs[: options.limit or None]
    tasks, methods, not_measured = [], [], {}
    if not options.peers_only:
        method = _direct() if options.direct else _through_qgis()
        results, version = CACHE / "results" / ("direct" if options.direct else "qgis"), code_version()
        tasks += [partial(one_pair, pair, results / pair.name, method, version, options.fresh) for pair in pairs]
        methods.append(OURS)
    if options.peers or options.peers_only:
        peers, not_measured = benchmark_peers.ready(pairs, options.fresh)
        for peer in peers:
            how = (peer.run, peer.version(), options.fresh, peer.name)
            tasks += [partial(one_pair, pair, peer.results(pair), *how) for pair in pairs]
            methods.append(peer.name)
    rows = do_all(tasks, options.jobs, _told)
    rows.sort(key=lambda row: (methods.index(row["method"]), row["pair"]))
    title = f"on the season pairs, level {options.level}"
    by = "engine alone" if options.direct else "qgis_process"
    if options.peers or options.peers_only:
        out = options.out or CACHE / "peers"
        page = write_peer_tables(out, rows, methods, not_measured, f"Peers {title}; ours by {by}")
    else:
        out = options.out or CACHE / "accuracy"
        page = write_tables(out, rows, f"Accuracy {title}, {by}, code {version[:10]}")
    say(f"\n{page}\n{out}.csv\n{out}.md")
    return exit_code(rows)


def _told(row: dict) -> str:
    found = f"{row['status']}, {row.get('inliers', 0)} inliers, warp median {row.get('warp_median', '–')} px"
    return f"{row['method']}: {row['pair']}: {row['error'] or found}, {row['seconds']:.0f} s"


def make_pairs(tiles: list[str], seasons: list[str], conditions: list[str], level: str) -> list[Path]:
    """The folders of the pairs, made where they are missing."""
    if not SEASON_PAIRS.exists():
        raise Failed(f"The tool that makes the pairs is not at {SEASON_PAIRS}.")
    folder = CACHE / "pairs"
    pairs = []
    for tile in tiles:
        for season in seasons:
            wanted = [c for c in conditions if not (folder / f".{tile}_{season}_{level}_{c}").exists()]
            if wanted:
                say(f"Making the pairs of {tile}, {season} season, conditions {' '.join(wanted)} ...")
                selection = ["--tiles", tile, "--seasons", season, "--level", level, "--conditions", *wanted]
                run_engine_script(str(SEASON_PAIRS), "make", folder, *selection)
                for condition in wanted:
                    (folder / f".{tile}_{season}_{level}_{condition}").touch()
            for condition in conditions:
                pairs += sorted(folder.glob(f"{tile}_{season}_{level}*_{condition}"))
    if not pairs:
        raise Failed("There are no pairs with these tiles, seasons and conditions.")
    return pairs


def one_pair(pair: Path, folder: Path, method: Method, version: str, fresh: bool, name: str = OURS) -> dict:
    """The scored row of a pair, ``name`` in its column `method`; ``error`` is empty unless the run failed."""
    truth = json.loads((pair / "truth.json").read_text())
    about = {"pair": pair.name, "method": name}
    about.update({k: truth[k] for k in ("tile", "season", "level", "condition")})

    def scored(folder: Path) -> dict:
        started = time.monotonic()
        row = method(pair, folder)
        row["seconds"] = time.monotonic() - started
        if row.get("ce90_m") is not None:
            row["ce90_px"] = row["ce90_m"] / truth["pixel"]
        files = [f"--{name}={folder / row.pop(name)}" for name in ("tie-points", "warped") if name in row]
        if files:
            ce90 = [f"--ce90={row['ce90_px']}"] if "ce90_px" in row else []
            row.update(json.loads(run_engine_script("benchmark_score.py", SEASON_PAIRS, pair, *files, *ce90)))
        return row

    return kept_row(folder, about, scored, version, fresh)


def _through_qgis() -> Method:
    own = threading.local()
    numbers = iter(range(1000))

    def method(pair: Path, folder: Path) -> dict:
        if not hasattr(own, "profile"):  # processes that run at once do not share a profile
            own.profile = ROOT / ".cache" / f"qgis-profile-{next(numbers)}"
        names = {"TIE_POINTS": "tie_points.gpkg", "OUTPUT": "warped.tif"}
        parameters = {"REFERENCE": pair / "reference.tif", "TARGET": pair / "target.tif"}
        parameters.update({name: folder / file for name, file in names.items()})
        results = run_algorithm("sentinelmatch:coregister", parameters, own.profile)
        keys = {"status": "STATUS", "count": "COUNT", "rmse_m": "RMSE", "ce90_m": "CE90", "messages": "MESSAGES"}
        return {**{k: results.get(v) for k, v in keys.items()}, **_written(folder, "tie_points.gpkg")}

    return method


def _direct() -> Method:
    engine = Engine()

    def method(pair: Path, folder: Path) -> dict:
        match = {side: {"path": str(pair / f"{side}.tif")} for side in ("reference", "target")}
        job = {"match": {**match, "tie_points": str(folder / "tie_points.csv")}, "output": str(folder / "warped.tif")}
        outcome = engine.run("coregister", job)
        found = {key: outcome[key] for key in ("status", "count", "rmse_m", "ce90_m", "messages", "transform")}
        return {**found, **_written(folder, "tie_points.csv")}

    return method


def _written(folder: Path, tie_points: str) -> dict[str, str]:
    names = {"tie-points": tie_points, "warped": "warped.tif"}
    return {key: name for key, name in names.items() if (folder / name).exists()}
