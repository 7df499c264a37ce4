"""Score one result with season_pairs.py and, beyond that, the true error of the warp against the reported CE90.

``benchmark_score.py SEASON_PAIRS PAIR [--tie-points FILE] [--warped FILE] [--ce90 PIXELS]`` prints one JSON object:
what ``season_pairs.py score`` prints, and ``true_median``, ``true_p90`` (pixels, over windows of the raster) and
``within_ce90`` (share of the windows). Needs the engine's Python."""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import json
import sys
from pathlib import Path

import numpy as np
import rasterio
from displacement import local_displacement


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


def main() -> None:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("season_pairs", type=Path)
    cli.add_argument("pair", type=Path)
    cli.add_argument("--tie-points", type=Path)
    cli.add_argument("--warped", type=Path)
    cli.add_argument("--ce90", type=float)
    options = cli.parse_args()
    spec = importlib.util.spec_from_file_location("season_pairs", options.season_pairs)
    assert spec is not None
    assert spec.loader is not None
    season_pairs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(season_pairs)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        season_pairs.score(options.pair, options.tie_points, options.warped)
    result = json.loads(said.getvalue())
    if options.warped:
        errors = true_errors(options.pair, options.warped)
        if len(errors):
            result.update(true_median=float(np.median(errors)), true_p90=float(np.percentile(errors, 90)))
            if options.ce90 is not None:
                result["within_ce90"] = float(np.mean(errors <= options.ce90))
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
