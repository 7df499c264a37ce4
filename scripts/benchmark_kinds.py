"""Writes pairs of kinds that no training saw: another band, another quantity, other sensors' dates, clouds, snow.

``benchmark_kinds.py SEASON_PAIRS OUT [--data DIR] [--conditions b r30 s14]`` writes a folder for each pair as
season_pairs.py does (reference, target, original, truth), the target displaced by its conditions, and prints the names
as JSON; what is there already is left. The dates of one place are taken to be registered by their producer; two bands
of one date are. The kind of a pair stands in ``season`` of its truth. Needs the engine's Python.

- ``red-nir``: B04 against B08 of one clear date (T33TWL, 120 m); red against NIR of each date of the Alps (10 m: one is
  clouds, one snow and shadow)
- ``ndvi-red``: NDVI of one clear date against B04 of the other (T33TWL)
- ``dates``: B04 of two clear dates, five days apart (T33TWL)
- ``clouds``: B04 of a cloudy date against a clear one (T33TWL), red of a cloudy date against snow (Alps): where little
  of the ground is seen the right answer is none
- ``snow``: red of a snowy and a summer true-colour image, JPEG 2000 (T36UYA, 110 m, white and partly cloudy), in
  windows and as a whole
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import numpy as np
import rasterio
from benchmark_windows import SHARED, moved
from rasterio.transform import from_origin
from scipy.ndimage import spline_filter
from season_tool import load_season_pairs

SIDE_PX, WHOLE_PX, EPSG, X0, Y0 = 384, 872, 32633, 300_000.0, 5_200_000.0
CLEAR, CLOUDY = ("S2A_33TWL_20230815", "S2B_33TWL_20230820"), "S2B_33TWL_20230810"
T33_M, TCI_M = 120.0, 109.8
SNOW, SUMMER = "T36UYA_20160212T084052", "T36UYA_20190611T083609"
REACH_PX = 100  # how far a guided search looks: condition b displaces by 69 px


@dataclass(frozen=True)
class Images:
    """Two images of one shape, ``(height, width)``, that show one place pixel by pixel."""

    kind: str
    place: str
    title: str
    reference: np.ndarray
    target: np.ndarray
    pixel_m: float
    side_px: int = SIDE_PX  # of the windows that are cut out


def every(data: Path) -> Iterator[Images]:
    """The images that pairs are cut from."""
    for date in CLEAR:
        yield _t33("red-nir", f"{_day(date)}-B04-B08", band(data, date, "B04"), band(data, date, "B08"))
    for number in (1, 2):
        red, nir = (_read(data / "alps_cloud_snow" / f"{name}{number}.tif") for name in ("red", "nir"))
        yield Images("red-nir", "alps", f"{number}-red-nir", red, nir, 10.0)
    for one, other in (CLEAR, CLEAR[::-1]):
        yield _t33("ndvi-red", f"{_day(one)}-{_day(other)}", ndvi(data, one), band(data, other, "B04"))
    yield _t33("dates", f"{_day(CLEAR[0])}-{_day(CLEAR[1])}", *(band(data, date, "B04") for date in CLEAR))
    for date in CLEAR:
        yield _t33("clouds", f"{_day(CLOUDY)}-{_day(date)}", band(data, CLOUDY, "B04"), band(data, date, "B04"))
    cloudy, snowy = (_read(data / "alps_cloud_snow" / f"red{number}.tif") for number in (1, 2))
    yield Images("clouds", "alps", "1-2-red", cloudy, snowy, 10.0)
    snow, summer = (_read(data / "t36uya_jp2" / f"{name}_TCI.jp2") for name in (SNOW, SUMMER))
    yield Images("snow", "t36uya", "2016-2019", snow, summer, TCI_M)
    yield Images("snow", "t36uya-whole", "2016-2019", snow, summer, TCI_M, WHOLE_PX)


def _t33(kind: str, title: str, reference: np.ndarray, target: np.ndarray) -> Images:
    return Images(kind, "t33twl", title, reference, target, T33_M)


def _day(date: str) -> str:
    return date[-4:]


@lru_cache(maxsize=6)
def band(data: Path, date: str, name: str) -> np.ndarray:
    """A band of a date of T33TWL, uint16."""
    return _read(data / "t33twl_l2a" / f"{date}_0_L2A" / f"{name}.tif")


def ndvi(data: Path, date: str) -> np.ndarray:
    """(NIR - red) / (NIR + red) of a date of T33TWL as 0..200 for -1..1, uint8."""
    red, nir = (band(data, date, name).astype(np.float32) for name in ("B04", "B08"))
    return np.round(100 * ((nir - red) / np.maximum(nir + red, 1) + 1)).astype(np.uint8)


def _read(path: Path) -> np.ndarray:
    with rasterio.open(path) as raster:
        return raster.read(1)


def corners(shape: tuple[int, ...], margin: int, side_px: int = SIDE_PX) -> list[tuple[int, int]]:
    """(left, top) of the windows: spread evenly, as many as fit with no more than half of each in the next."""
    lefts, tops = (_starts(size - 2 * margin - side_px, side_px // 2, margin) for size in (shape[1], shape[0]))
    return [(left, top) for top in tops for left in lefts]


def _starts(room: int, step: int, margin: int) -> list[int]:
    count = room // step
    return [margin + room * number // count for number in range(count + 1)] if count else [margin + room // 2]


def write(path: Path, image: np.ndarray, dtype: np.dtype, pixel_m: float) -> None:
    """One band, rounded and clipped to the values of ``dtype``."""
    limits = np.iinfo(dtype)
    height, width = image.shape
    profile = {"crs": f"EPSG:{EPSG}", "transform": from_origin(X0, Y0, pixel_m, pixel_m), "compress": "deflate"}
    with rasterio.open(
        path, "w", driver="GTiff", width=width, height=height, count=1, dtype=dtype, **profile
    ) as raster:
        raster.write(np.clip(np.round(image), limits.min, limits.max).astype(dtype), 1)


def make(tool: ModuleType, out: Path, images: Images, conditions: list[str]) -> list[str]:
    """Write the pairs of two images; their names."""
    side, coefficients = images.side_px, None
    names = []
    for number, (left, top) in enumerate(corners(images.reference.shape, tool.MARGIN, side)):
        for condition in conditions:
            names.append(f"{images.kind}_{images.place}_{images.title}_{number}_{condition}")
            folder = out / names[-1]
            if (folder / "truth.json").exists():
                continue
            folder.mkdir(parents=True, exist_ok=True)
            if coefficients is None:
                coefficients = spline_filter(images.target.astype(np.float32), order=3)
            box = np.s_[top : top + side, left : left + side]
            warp = tool.warp(condition, side, side)
            displaced = moved(coefficients, warp, (left, top, side, side))
            write(folder / "reference.tif", images.reference[box], images.reference.dtype, images.pixel_m)
            write(folder / "original.tif", images.target[box], images.target.dtype, images.pixel_m)
            write(folder / "target.tif", displaced, images.target.dtype, images.pixel_m)
            truth = {
                "tile": images.place,
                "season": f"{images.kind} {images.place}",
                "level": f"{side}x{side}",
                "condition": condition,
                "width": side,
                "height": side,
                "origin": [X0, Y0],
                "pixel": images.pixel_m,
                "offset": [0.0, 0.0],
                "max_shift_m": REACH_PX * images.pixel_m,
            }
            (folder / "truth.json").write_text(json.dumps(truth))  # last: a pair that has it is whole
    return names


def main() -> None:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("season_pairs", type=Path)
    cli.add_argument("out", type=Path)
    cli.add_argument("--data", type=Path, default=SHARED / "data")
    cli.add_argument("--conditions", nargs="+", default=["b", "r30", "s14"])
    options = cli.parse_args()
    tool = load_season_pairs(options.season_pairs)
    names = []
    for images in every(options.data):
        names += make(tool, options.out, images, options.conditions)
    sys.stdout.write(json.dumps(names))


if __name__ == "__main__":
    main()
