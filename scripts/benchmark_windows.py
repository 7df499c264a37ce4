"""Writes season pairs of windows that overlap: more of them on a tile than season_pairs.py cuts, by its own rules.

``benchmark_windows.py SEASON_PAIRS OUT [--data DIR] [--tiles T35UNQ ...] [--seasons cross same] [--conditions b ...]
[--step 128] [--size 384 496]`` writes a folder for each pair as season_pairs.py does (reference, target, original,
truth), a window every ``--step`` rows, and prints the names as JSON; what is there already is left. Windows keep the
tool's margin where the strip is wide enough for it; one as wide as the strip (``--size 512 512``) has none, which suits
condition z only. Needs the engine's Python.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
from scipy.ndimage import map_coordinates, spline_filter
from season_tool import load_season_pairs

SHARED = Path(__file__).resolve().parents[2] / "shared"


def tops(rows: int, height: int, margin: int, step: int) -> list[int]:
    """First rows of the windows in a strip of ``rows``, ``margin`` rows left above and below."""
    return list(range(margin, rows - margin - height + 1, step))


def moved(
    coefficients: np.ndarray, warp: Callable[[np.ndarray], np.ndarray], box: tuple[int, int, int, int]
) -> np.ndarray:
    """The window ``box`` (left, top, width, height) of an image as its warp shows it, cubic, mirrored at the edges.

    ``coefficients``: ``spline_filter`` of the image. ``warp`` as ``season_pairs.warp`` gives it.
    """
    left, top, width, height = box
    pixels = np.stack(np.meshgrid(np.arange(width), np.arange(height)), -1)
    x, y = np.moveaxis(warp(pixels), -1, 0)
    return map_coordinates(coefficients, [y + top, x + left], order=3, prefilter=False, mode="mirror")


def make(
    tool: ModuleType,
    out: Path,
    data: Path,
    tile: str,
    season: str,
    conditions: list[str],
    step: int,
    size: tuple[int, int],
) -> list[str]:
    """Write the pairs of a tile and season; their names."""
    width, height = size
    target, first_row = tool.strip(data, tile, "summer")
    reference, _ = tool.strip(data, tile, tool.SEASONS[season])
    margin = tool.MARGIN if width + 2 * tool.MARGIN <= target.shape[1] else 0
    coefficients = None
    names = []
    for top in tops(len(target), height, margin, step):
        for condition in conditions:
            names.append(f"{tile}_{season}_w{width}x{height}_{first_row + top:04d}_{condition}")
            folder = out / names[-1]
            if (folder / "truth.json").exists():
                continue
            folder.mkdir(parents=True, exist_ok=True)
            if coefficients is None:
                coefficients = spline_filter(target, order=3)
            x, y = tool.X0 + tool.PIXEL * margin, tool.Y0 - tool.PIXEL * (first_row + top)
            epsg = 32635 if tile.startswith("T35") else 32636
            box = np.s_[top : top + height, margin : margin + width]
            displaced = moved(coefficients, tool.warp(condition, width, height), (margin, top, width, height))
            for name, image in (("reference", reference[box]), ("original", target[box]), ("target", displaced)):
                tool.write(folder / f"{name}.tif", image, epsg, x, y)
            truth = {
                "tile": tile,
                "season": season,
                "level": f"{width}x{height}",
                "condition": condition,
                "top": first_row + top,
                "width": width,
                "height": height,
                "origin": [x, y],
                "pixel": tool.PIXEL,
                "offset": tool.OFFSET.get((tile, season), (0.0, 0.0)),
            }
            (folder / "truth.json").write_text(json.dumps(truth))  # last: a pair that has it is whole
    return names


def main() -> None:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("season_pairs", type=Path)
    cli.add_argument("out", type=Path)
    cli.add_argument("--data", type=Path, default=SHARED / "data" / "seasons")
    cli.add_argument("--tiles", nargs="+", default=["T35UNQ"])
    cli.add_argument("--seasons", nargs="+", default=["cross", "same"])
    cli.add_argument("--conditions", nargs="+", default=["b"])
    cli.add_argument("--step", type=int, default=128)
    cli.add_argument("--size", type=int, nargs=2, default=[384, 496])
    options = cli.parse_args()
    tool = load_season_pairs(options.season_pairs)
    names = []
    for tile in options.tiles:
        for season in options.seasons:
            names += make(
                tool, options.out, options.data, tile, season, options.conditions, options.step, tuple(options.size)
            )
    sys.stdout.write(json.dumps(names))


if __name__ == "__main__":
    main()
