"""Score one result with season_pairs.py and, beyond that, the true error of the warp against the reported CE90.

``benchmark_score.py SEASON_PAIRS PAIR [--tie-points FILE] [--warped FILE] [--ce90 PIXELS]`` prints one JSON object:
what ``season_pairs.py score`` prints, and ``true_median``, ``true_p90`` (pixels, over windows of the raster) and
``within_ce90`` (share of the windows). Needs the engine's Python."""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import sqlite3
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import rasterio
from displacement import local_displacement
from season_tool import load_season_pairs


def true_errors(pair: Path, warped: Path) -> np.ndarray:
    """How far the warped raster is off at each window, pixels; the offset that the two dates have by themselves
    removed.
    """
    offset = np.array(json.loads((pair / "truth.json").read_text())["offset"])
    with rasterio.open(pair / "original.tif") as original, rasterio.open(warped) as moved:
        if original.shape != moved.shape:
            raise SystemExit(f"{warped} is not on the reference's grid.")
        valid = moved.dataset_mask() > 0
        _, offsets = local_displacement(
            original.read(1).astype(np.float32), moved.read(1).astype(np.float32), valid, 32
        )
    return np.hypot(*(offsets - offset).T)


def of_points(pair: Path, tie_points: Path, season_pairs: ModuleType) -> dict[str, list]:
    """What the tables tell of the points: ``deciles``, for each tenth of the scores the points in it, the sum of their
    scores and how many are right to a pixel; ``fractions``, how many inliers' displacements have a fraction of a pixel
    in each tenth, x and y together.
    """
    truth = json.loads((pair / "truth.json").read_text())
    names = ("ref_x", "ref_y", "tgt_x", "tgt_y", "score", "inlier")
    if tie_points.suffix == ".gpkg":
        with sqlite3.connect(f"file:{tie_points}?mode=ro", uri=True) as db:
            layer = db.execute("select table_name from gpkg_contents where data_type='features'").fetchone()[0]
            rows = db.execute(f'select {", ".join(names)} from "{layer}"').fetchall()
    else:
        with open(tie_points, newline="", encoding="utf-8") as file:
            rows = [
                [row[name].lower().replace("true", "1").replace("false", "0") for name in names]
                for row in csv.DictReader(file)
            ]
    ref_x, ref_y, tgt_x, tgt_y, score, inlier = np.array(rows, float).reshape(-1, 6).T
    to_pixel = np.array([1, -1]) / truth["pixel"]
    seen, place = ((np.stack(xy, -1) - truth["origin"]) * to_pixel for xy in ((ref_x, ref_y), (tgt_x, tgt_y)))
    warp = season_pairs.warp(truth["condition"], truth["width"], truth["height"])
    right = np.hypot(*(seen - 0.5 - warp(place - 0.5) - truth["offset"]).T) <= 1
    tenth = np.minimum((score * 10).astype(int), 9)
    deciles = [np.bincount(tenth, weights, 10).tolist() for weights in (np.ones(len(tenth)), score, right)]
    fractions = ((place - seen)[inlier > 0] % 1).ravel()
    return {"deciles": deciles, "fractions": np.histogram(fractions, 10, (0, 1))[0].tolist()}


def scored(
    pair: Path, season_pairs: ModuleType, tie_points: Path | None, warped: Path | None, ce90: float | None = None
) -> dict:
    """All that is said of one result; ``ce90`` in pixels."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        season_pairs.score(pair, tie_points, warped)
    result = json.loads(said.getvalue())
    if tie_points:
        result.update(of_points(pair, tie_points, season_pairs))
    if warped:
        errors = true_errors(pair, warped)
        if len(errors):
            result.update(true_median=float(np.median(errors)), true_p90=float(np.percentile(errors, 90)))
            if ce90 is not None:
                result["within_ce90"] = float(np.mean(errors <= ce90))
    return result


def main() -> None:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("season_pairs", type=Path)
    cli.add_argument("pair", type=Path)
    cli.add_argument("--tie-points", type=Path)
    cli.add_argument("--warped", type=Path)
    cli.add_argument("--ce90", type=float)
    options = cli.parse_args()
    tool = load_season_pairs(options.season_pairs)
    result = scored(options.pair, tool, options.tie_points, options.warped, options.ce90)
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
