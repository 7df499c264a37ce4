"""Writes the pairs that measure STATUS: those of two different things, which must never be answered ``ok``
(status_wrong.py), and those that show one place twice, which should be (status_right.py). Needs the engine's Python.

``status_pairs.py SEASON_PAIRS OUT [--data DIR] [--kinds KIND ...] [--limit N]`` writes a folder for each pair,
``reference.tif``, ``target.tif`` and ``truth.json``, and prints their names as JSON. Both rasters of a pair have one
nominal position: their georeferencing says nothing about whether they belong together. A right pair is displaced by a
condition of season_pairs.py, so that season_pairs.py can score its tie points too.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import ModuleType

import numpy as np
import rasterio
from rasterio.transform import from_origin
from season_tool import load_season_pairs
from status_right import RIGHT
from status_source import Pair, Source
from status_wrong import WRONG

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED = 3
X0, Y0, EPSG = 600_000.0, 5_500_020.0, 32636
KINDS = {f"wrong_{name}": make for name, make in WRONG.items()}
KINDS.update({f"right_{name}": make for name, make in RIGHT.items()})


def pairs_of(kind: str, data: Path, season_pairs: ModuleType, limit: int | None = None) -> Iterator[Pair]:
    """The first ``limit`` pairs of a kind, none twice; always the same ones, whatever other kinds are made."""
    rng = np.random.default_rng([SEED, zlib.crc32(kind.encode())])
    return islice(_distinct(KINDS[kind](Source(data, season_pairs, rng))), limit)


def _distinct(pairs: Iterator[Pair]) -> Iterator[Pair]:
    """Places and dates are drawn at random, so a pair may come again: it would be counted twice."""
    seen = set()
    for pair in pairs:
        pixels = (pair.reference.shape, pair.reference.tobytes(), pair.target.shape, pair.target.tobytes())
        if hash(pixels) not in seen:
            seen.add(hash(pixels))
            yield pair


def write(pair: Pair, kind: str, folder: Path) -> None:
    """``reference.tif``, ``target.tif``, ``truth.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    height, width = pair.target.shape[:2]
    for name, image in (("reference", pair.reference), ("target", pair.target)):
        bands = np.moveaxis(np.atleast_3d(image), -1, 0)
        # Centres on one another, on whole pixels
        left = X0 + pair.pixel_m * ((width - bands.shape[2]) // 2)
        top = Y0 - pair.pixel_m * ((height - bands.shape[1]) // 2)
        profile = {"crs": f"EPSG:{EPSG}", "transform": from_origin(left, top, pair.pixel_m, pair.pixel_m)}
        if len(bands) == 3:
            profile["photometric"] = "RGB"
        with rasterio.open(
            folder / f"{name}.tif",
            "w",
            driver="GTiff",
            count=len(bands),
            height=bands.shape[1],
            width=bands.shape[2],
            dtype=bands.dtype,
            compress="deflate",
            nodata=pair.nodata,
            **profile,
        ) as raster:
            raster.write(bands)
    truth = {
        "kind": kind,
        "right": kind.startswith("right"),
        "max_shift_m": pair.max_shift_m,
        "condition": pair.condition,
        "width": width,
        "height": height,
        "origin": [X0, Y0],
        "pixel": pair.pixel_m,
        "offset": pair.offset,
    }
    (folder / "truth.json").write_text(json.dumps(truth))


def main() -> None:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("season_pairs", type=Path)
    cli.add_argument("out", type=Path)
    cli.add_argument("--data", type=Path, default=SHARED / "data")
    cli.add_argument("--kinds", nargs="+", default=list(KINDS), choices=list(KINDS))
    cli.add_argument("--limit", type=int, default=0, help="pairs of a kind; 0: all")
    options = cli.parse_args()
    season_pairs = load_season_pairs(options.season_pairs)
    made = []
    for kind in options.kinds:
        for number, pair in enumerate(pairs_of(kind, options.data, season_pairs, options.limit or None)):
            name = f"{kind}_{number:02d}_{pair.title}"
            write(pair, kind, options.out / name)
            made.append(name)
    sys.stdout.write(json.dumps(made))


if __name__ == "__main__":
    main()
