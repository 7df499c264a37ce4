"""The full-size pairs of ``benchmark.py speed``: made from real season pairs, displaced by a known smooth motion.

``speed_pairs.py make FOLDER SIZE SEASON FORMAT SEASON_PAIRS`` writes ``reference`` and ``target`` (``.tif`` or
``.jp2``) and truth.json. ``speed_pairs.py score FOLDER SEASON_PAIRS --tie-points FILE --warped FILE`` prints the true
errors of a result as JSON. Needs the engine's Python.

A scene is a mosaic of 512 px pieces of the strips of T36UUA and T36UVC (training places, so that whoever makes things
faster may look at the errors too; T36UUU's dates do not lie on each other), each flipped or transposed at random, the
same way for both dates; neighbours overlap by 32 px, over which one fades into the other, so that there are no seams to
match. Values are reflectances as the 8 bit pictures had them, plus noise of one of their steps: without the bits that
they had lost the files would be far easier to decode than real ones.

The target shows at pixel p what the reference has at W(p): a shift of 4 px, a rotation and a scale that make at most
1 px at 10980, and a sine of 1.5 px and 4000 px. It is sampled once, by a cubic spline, from the strips, and what the
producer's co-registration had left between the dates (season_pairs.py: known to 0.2 px) is taken out in the same step:
a flip would turn it round from piece to piece, which no smooth model should follow.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import rasterio
import rasterio.shutil
from displacement import WINDOW_PX, local_displacement
from rasterio.transform import from_origin
from rasterio.windows import Window
from scipy.ndimage import map_coordinates, spline_filter
from season_tool import load_season_pairs

RECIPE = 1  # raised when pairs made before are to be made again
TILES = ("T36UUA", "T36UVC")
PIECE_PX, FADE_PX = 512, 32
PITCH_PX = PIECE_PX - FADE_PX
FULL_SCALE = {"winter": 8000.0, "summer": 3000.0, "summer_prev": 3000.0}  # reflectance times 10000 of the value 255
SHIFT_PX, DEGREES, SCALE = (3.4, -2.3), 0.004, 1.00005
AMPLITUDE_PX, WAVELENGTH_PX = 1.5, 4000.0
BLOCK_PX = 1024
CRS, PIXEL_M, ORIGIN = "EPSG:32635", 10.0, (600000.0, 5600040.0)
GEOTIFF = {"driver": "GTiff", "tiled": True, "blockxsize": 512, "blockysize": 512, "compress": "deflate"}
GEOTIFF |= {"predictor": 2, "num_threads": "ALL_CPUS", "bigtiff": "IF_SAFER"}
# As Sentinel-2's own: tiles of 1024 px, six resolutions, nothing lost.
JPEG2000 = {"QUALITY": "100", "REVERSIBLE": "YES", "BLOCKXSIZE": 1024, "BLOCKYSIZE": 1024, "RESOLUTIONS": 6}
PLACES = 24  # squared: windows in which the error of a warped raster is measured


@dataclass(frozen=True)
class Piece:
    """What a cell of the mosaic shows: a square of a strip from line ``top`` on, transposed, then flipped."""

    tile: str
    top: int
    transposed: bool
    flipped_x: bool
    flipped_y: bool

    def in_strip(self, u: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Column and line of the strip for columns and lines of the cell; first pixel's centre at 0 in both."""
        u = PIECE_PX - 1 - u if self.flipped_x else u
        v = PIECE_PX - 1 - v if self.flipped_y else v
        return (v, u + self.top) if self.transposed else (u, v + self.top)


@dataclass(frozen=True)
class Scene:
    """A mosaic of ``size`` x ``size`` pixels and the motion of its target; coordinates ``(..., 2)`` are x, y with the
    first pixel's centre at 0.
    """

    size: int
    season: str  # cross or same, as in season_pairs.py
    data: Path
    season_pairs: ModuleType
    _strips: dict[tuple[str, str], np.ndarray] = field(default_factory=dict)

    @property
    def dates(self) -> dict[str, str]:
        """reference and target -> the date that they show."""
        return {"reference": self.season_pairs.SEASONS[self.season], "target": "summer"}

    def motion(self, xy: np.ndarray) -> np.ndarray:
        """W: where the reference has what the target shows at ``xy``."""
        centre = np.array([(self.size - 1) / 2] * 2)
        turned = self.season_pairs.similarity(centre, DEGREES, SCALE, np.array(SHIFT_PX))
        return turned(xy) + self.season_pairs.sine(xy, AMPLITUDE_PX, WAVELENGTH_PX)

    @cached_property
    def pieces(self) -> list[list[Piece]]:
        """The cells, line by line, one more on every side; no two that touch show the same ground."""
        rng, count = np.random.default_rng(0), -(-self.size // PITCH_PX) + 2
        cells: list[list[Piece]] = []
        for line in range(count):
            cells.append([])
            for column in range(count):
                above = cells[line - 1][max(0, column - 1) : column + 2] if line else []
                near = above + cells[line][-1:]
                while True:  # the four that can be near take less than half of what there is
                    tile = TILES[rng.integers(len(TILES))]
                    top = int(rng.integers(len(self._strip(tile, "summer")) - PIECE_PX + 1))
                    if all(other.tile != tile or abs(other.top - top) >= PIECE_PX for other in near):
                        break
                cells[line].append(Piece(tile, top, *(bool(way) for way in rng.integers(2, size=3))))
        return cells

    def show(self, date: str, x0: int, y0: int, width: int, height: int, moved: bool = False) -> np.ndarray:
        """Reflectances of a window, float32 ``(height, width)``; ``moved``: as the target has them, displaced."""
        grid = np.stack(np.meshgrid(x0 + np.arange(width, dtype=float), y0 + np.arange(height, dtype=float)), -1)
        seen = self.motion(grid) if moved else grid
        low, high = (seen - grid).min((0, 1)), (seen - grid).max((0, 1))
        sums = np.zeros((height, width), np.float32)
        for line in range(len(self.pieces)):
            rows = _touched(line, low[1], high[1], y0, height)
            for column in range(len(self.pieces)) if rows.start < rows.stop else ():
                columns = _touched(column, low[0], high[0], x0, width)
                if columns.start < columns.stop:
                    sums[rows, columns] += self._cell(date, line, column, seen[rows, columns])
        return sums

    def _cell(self, date: str, line: int, column: int, seen: np.ndarray) -> np.ndarray:
        """What the cell adds at mosaic positions ``seen``: its values times its weights, 0 outside of it."""
        piece = self.pieces[line][column]
        u, v = seen[..., 0] - _start(column), seen[..., 1] - _start(line)
        weight = _weight(u) * _weight(v)
        inside = weight > 0
        x, y = piece.in_strip(u[inside], v[inside])
        if date == self.dates["target"]:
            left = self.season_pairs.OFFSET[piece.tile, self.season]
            x, y = x - left[0], y - left[1]
        values = map_coordinates(self._strip(piece.tile, date), [y, x], order=3, prefilter=False, mode="mirror")
        added = np.zeros(weight.shape, np.float32)
        added[inside] = values * weight[inside] * (FULL_SCALE[date] / 255)
        return added

    def _strip(self, tile: str, date: str) -> np.ndarray:
        """The spline coefficients of a strip, 512 px wide."""
        if (tile, date) not in self._strips:
            values, _ = self.season_pairs.strip(self.data, tile, date)
            self._strips[tile, date] = spline_filter(values, order=3, output=np.float32)
        return self._strips[tile, date]


def _start(number: int) -> int:
    """First pixel of a column or line of cells; the first one lies outside."""
    return (number - 1) * PITCH_PX - FADE_PX // 2


def _touched(number: int, low: float, high: float, start: int, length: int) -> slice:
    """The pixels of a window that can show a cell, if they are displaced by ``low`` to ``high``."""
    first = _start(number)
    return slice(max(0, int(first - high - start) - 1), max(0, min(length, int(first + PIECE_PX - low - start) + 2)))


def _weight(u: np.ndarray) -> np.ndarray:
    """1 inside of a cell, falling to 0 over the pixels that its neighbour shows too; the two add up to 1."""
    return np.clip(np.minimum(u + 0.5, PIECE_PX - 0.5 - u) / FADE_PX, 0, 1)


def make(folder: Path, scene: Scene, suffix: str) -> None:
    """Write what is missing of a pair; a file appears when it is whole."""
    motion = {"shift_px": SHIFT_PX, "degrees": DEGREES, "scale": SCALE}
    motion |= {"amplitude_px": AMPLITUDE_PX, "wavelength_px": WAVELENGTH_PX}
    about = {"recipe": RECIPE, "size": scene.size, "season": scene.season, "tiles": TILES, **motion}
    text = json.dumps({**about, "dates": scene.dates}, indent=1)
    truth = folder / "truth.json"
    folder.mkdir(parents=True, exist_ok=True)
    if not truth.exists() or truth.read_text() != text:
        for path in folder.iterdir():
            path.unlink()
        truth.write_text(text)
    for side, date in scene.dates.items():
        raster = folder / f"{side}.tif"
        if not raster.exists():
            part = folder / f"{side}.part.tif"
            write_scene(part, scene, date, side == "target")
            os.replace(part, raster)
        if suffix == ".jp2" and not (folder / f"{side}.jp2").exists():
            part = folder / f"{side}.part.jp2"
            with rasterio.Env(GDAL_NUM_THREADS="ALL_CPUS"):
                rasterio.shutil.copy(raster, part, driver="JP2OpenJPEG", **JPEG2000)
            os.replace(part, folder / f"{side}.jp2")


def write_scene(path: Path, scene: Scene, date: str, moved: bool) -> None:
    """One date of the scene as a GeoTIFF, uint16."""
    about: dict[str, Any] = {"width": scene.size, "height": scene.size, "count": 1, "dtype": "uint16", "crs": CRS}
    step = FULL_SCALE[date] / 255
    with rasterio.open(path, "w", transform=from_origin(*ORIGIN, PIXEL_M, PIXEL_M), **about, **GEOTIFF) as raster:
        for y in range(0, scene.size, BLOCK_PX):
            for x in range(0, scene.size, BLOCK_PX):
                window = Window(x, y, min(BLOCK_PX, scene.size - x), min(BLOCK_PX, scene.size - y))
                values = scene.show(date, x, y, window.width, window.height, moved)
                rng = np.random.default_rng((sorted(FULL_SCALE).index(date), x, y))
                values += step * (rng.random(values.shape, np.float32) - 0.5)
                raster.write(np.clip(np.rint(values), 1, 10000).astype(np.uint16), 1, window=window)


def point_errors(scene: Scene, tie_points: np.ndarray) -> np.ndarray:
    """How far tie points ``(N, 4)`` (x, y of the reference, x, y of the target, map units) are off, pixels."""
    pixels = (tie_points.reshape(-1, 2, 2) - ORIGIN) * np.array([1, -1]) / PIXEL_M - 0.5
    return np.hypot(*(pixels[:, 0] - scene.motion(pixels[:, 1])).T)


def warp_errors(scene: Scene, warped: Path) -> np.ndarray:
    """How far a warped raster is off where it can be measured, pixels, in windows spread evenly over the scene."""
    side, half = WINDOW_PX, WINDOW_PX // 2
    centres = ((np.arange(PLACES) + 0.5) * scene.size / PLACES).astype(int)
    shown, found, valid = [], [], []
    with rasterio.open(warped) as raster:
        # AROSICS cuts its output: its first pixel is another one, but on the same lattice.
        left, top = (raster.transform.c - ORIGIN[0]) / PIXEL_M, (ORIGIN[1] - raster.transform.f) / PIXEL_M
        if raster.crs != rasterio.CRS.from_string(CRS) or abs(left - round(left)) + abs(top - round(top)) > 1e-3:
            raise SystemExit(f"{warped} is not on the reference's grid.")
        for y in centres - half:
            for x in centres - half:
                window = Window(int(x) - round(left), int(y) - round(top), side, side)
                if min(window.col_off, window.row_off) < 0 or x < 0 or y < 0:
                    continue
                if window.col_off + side > raster.width or window.row_off + side > raster.height:
                    continue
                shown.append(scene.show(scene.dates["target"], int(x), int(y), side, side))
                found.append(raster.read(1, window=window).astype(np.float32))
                valid.append(raster.dataset_mask(window=window) > 0)
    if not shown:
        return np.zeros(0)
    # Under each other, so that every window is one of the places and all are judged by one measure of contrast.
    _, offsets = local_displacement(np.vstack(shown), np.vstack(found), np.vstack(valid), step_px=side)
    return np.hypot(*offsets.T)


def score(scene: Scene, tie_points: Path | None, warped: Path | None, read_points: Any) -> dict[str, float]:
    """points, inliers, and median and 90 % of the true errors of the inliers and of the raster, pixels."""
    result: dict[str, float] = {}
    if tie_points:
        rows = read_points(tie_points)
        kept = rows[rows[:, 4] > 0]
        result.update(points=len(rows), inliers=len(kept), **_spread("point", point_errors(scene, kept[:, :4])))
    if warped:
        result.update(_spread("warp", warp_errors(scene, warped)))
    return result


def _spread(name: str, errors: np.ndarray) -> dict[str, float]:
    if not len(errors):
        return {}
    return {f"{name}_median_px": float(np.median(errors)), f"{name}_p90_px": float(np.percentile(errors, 90))}


def main() -> None:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = cli.add_subparsers(dest="command", required=True)
    build = commands.add_parser("make")
    build.add_argument("folder", type=Path)
    build.add_argument("size", type=int)
    build.add_argument("season", choices=["cross", "same"])
    build.add_argument("format", choices=["gtiff", "jp2"])
    build.add_argument("season_pairs", type=Path)
    judge = commands.add_parser("score")
    judge.add_argument("folder", type=Path)
    judge.add_argument("season_pairs", type=Path)
    judge.add_argument("--tie-points", type=Path)
    judge.add_argument("--warped", type=Path)
    options = cli.parse_args()
    season_pairs = load_season_pairs(options.season_pairs)
    data = options.season_pairs.resolve().parents[1] / "data" / "seasons"
    if options.command == "make":
        scene = Scene(options.size, options.season, data, season_pairs)
        make(options.folder, scene, ".jp2" if options.format == "jp2" else ".tif")
        return
    truth = json.loads((options.folder / "truth.json").read_text())
    scene = Scene(truth["size"], truth["season"], data, season_pairs)
    sys.stdout.write(json.dumps(score(scene, options.tie_points, options.warped, season_pairs.read_points)))


if __name__ == "__main__":
    main()
