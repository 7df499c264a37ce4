"""The images that the pairs of status_pairs.py are cut from: real ones of ../shared/data, and made ones that show
nothing, or the same thing over and over. Needs the engine's Python.

Images are ``(height, width)`` or ``(height, width, 3)``, uint8 unless said otherwise.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import rasterio
from scipy.ndimage import gaussian_filter, map_coordinates, spline_filter

SUBTILE_PX = 512
CARPATHIANS_CLEAR = (0, 1, 3, 7, 8, 9, 10, 11)  # of twelve dates; the others are cloudy (../shared/data/README.md)
DEMARKE_CLEAR = 0.99  # share of valid pixels
# By eye, of the 48 dates: nothing or next to nothing hidden by cloud
OVERVIEWS_CLEAR = {
    "T36UYA": ("20160830", "20190427", "20190606", "20190611", "20190626", "20190825", "20190904"),
    "T36UXA": ("20180810", "20180825", "20180830", "20180904", "20180919", "20190427", "20190606"),
}
OVERVIEW_SNOW = "20160212"  # of T36UYA, clear but for some thin cloud
OVERVIEW_M = 109_800 / 1024  # pixel of an overview, metres


@lru_cache(maxsize=16)
def season(data: Path, tile: str, date: str) -> np.ndarray:
    """The strip of a tile: its subtiles under each other, ``(512 n, 512, 3)``, RGB."""
    files = sorted((data / "seasons" / tile / date).glob("tile_0_*.png"), key=lambda f: int(f.stem.split("_")[2]))
    return np.vstack([cv2.imread(str(file))[..., ::-1] for file in files])


@lru_cache(maxsize=12)
def carpathians(data: Path, number: int) -> np.ndarray:
    """One of the twelve dates, ``(930, 1550, 3)``, RGB."""
    return np.ascontiguousarray(cv2.imread(str(data / "carpathians" / f"image_{number}.png"))[..., 2::-1])


@lru_cache(maxsize=26)
def demarke(data: Path, date: str) -> np.ndarray:
    """NDVI ``(1000, 1000)``, 0 where there is none."""
    with rasterio.open(data / "demarke_ndvi" / f"NDVI-{date}.tif") as raster:
        return raster.read(1)


def demarke_dates(data: Path) -> list[str]:
    """The clear ones."""
    dates = sorted(file.stem.split("-")[1] for file in (data / "demarke_ndvi").glob("NDVI-*.tif"))
    return [date for date in dates if (demarke(data, date) > 0).mean() >= DEMARKE_CLEAR]


@lru_cache(maxsize=48)
def overview(data: Path, tile: str, date: str) -> np.ndarray:
    """A whole tile, gray, ``(1024, 1024)``; 0 outside of the swath."""
    (file,) = (data / "ukraine_overviews").glob(f"{tile}_{date}T*_TCI.jpg")
    return cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)


def overview_dates(data: Path, tile: str) -> list[str]:
    """All dates of a tile, cloudy and almost empty ones too."""
    return sorted(file.name.split("_")[1][:8] for file in (data / "ukraine_overviews").glob(f"{tile}_*.jpg"))


def alps(data: Path, band: str, date: int) -> np.ndarray:
    """``band`` red or nir of date 1 (cloud) or 2 (snow and shadow), ``(512, 512)`` uint16."""
    with rasterio.open(data / "alps_cloud_snow" / f"{band}{date}.tif") as raster:
        return raster.read(1)


def displaced(
    image: np.ndarray, season_pairs: ModuleType, condition: str, box: tuple[int, int, int, int]
) -> np.ndarray:
    """The window ``box`` (left, top, width, height) of ``image`` displaced by a condition of season_pairs.py, cubic."""
    left, top, width, height = box
    pixels = np.stack(np.meshgrid(np.arange(width), np.arange(height)), -1)
    x, y = np.moveaxis(season_pairs.warp(condition, width, height)(pixels), -1, 0)
    bands = np.atleast_3d(image).astype(np.float32)
    moved = [
        map_coordinates(spline_filter(bands[..., k], order=3), [y + top, x + left], order=3, prefilter=False)
        for k in range(bands.shape[2])
    ]
    return to_bytes(np.stack(moved, -1)).reshape(height, width, *image.shape[2:])


def to_bytes(values: np.ndarray) -> np.ndarray:
    """Rounded and clipped to 0..255."""
    return np.clip(np.round(values), 0, 255).astype(np.uint8)


def stretched(values: np.ndarray) -> np.ndarray:
    """Mean 128, standard deviation 40."""
    return to_bytes(128 + 40 * (values - values.mean()) / values.std())


def noise(rng: np.random.Generator, kind: str, shape: tuple[int, int]) -> np.ndarray:
    """``kind``: white; smooth or smoother (Gaussians of 2 and 8 px); cloudy, whose amplitude falls as 1/f, and cloudier
    as 1/f^1.6: natural images lie between those two."""
    values = rng.standard_normal(shape)
    if kind in ("smooth", "smoother"):
        values = gaussian_filter(values, 2 if kind == "smooth" else 8, mode="wrap")
    elif kind in ("cloudy", "cloudier"):
        fy, fx = np.meshgrid(np.fft.fftfreq(shape[0]), np.fft.fftfreq(shape[1]), indexing="ij")
        falling = np.hypot(fy, fx).clip(1 / max(shape)) ** (-1.0 if kind == "cloudy" else -1.6)
        values = np.fft.ifft2(np.fft.fft2(values) * falling).real
    return stretched(values)


def pattern(kind: str, period: float, shape: tuple[int, int], degrees: float, phase: float) -> np.ndarray:
    """Values 0..1 that repeat every ``period`` pixels, turned by ``degrees``, shifted by ``phase`` periods.

    ``kind``: stripes and waves (one direction only), checkerboard, dots (an orchard)."""
    angle = np.deg2rad(degrees)
    y, x = np.mgrid[: shape[0], : shape[1]] / period
    u, v = x * np.cos(angle) + y * np.sin(angle) + phase, y * np.cos(angle) - x * np.sin(angle) + phase
    if kind == "stripes":
        return (u % 1 < 0.5).astype(float)
    if kind == "waves":
        return 0.5 + 0.5 * np.sin(2 * np.pi * u)
    if kind == "checkerboard":
        return ((u % 1 < 0.5) ^ (v % 1 < 0.5)).astype(float)
    return (np.hypot(u % 1 - 0.5, v % 1 - 0.5) < 0.3).astype(float)


def repeated(patch: np.ndarray, shape: tuple[int, int], shift: tuple[int, int]) -> np.ndarray:
    """``patch`` side by side and under each other, beginning at ``shift`` (x, y) of it."""
    rows = (np.arange(shape[0]) + shift[1]) % patch.shape[0]
    columns = (np.arange(shape[1]) + shift[0]) % patch.shape[1]
    return patch[np.ix_(rows, columns)]


def mirrored(image: np.ndarray, how: str) -> np.ndarray:
    """``how``: left_right, up_down or transposed."""
    ways = {
        "left_right": lambda a: a[:, ::-1],
        "up_down": lambda a: a[::-1],
        "transposed": lambda a: a.swapaxes(0, 1),
    }
    return np.ascontiguousarray(ways[how](image))


def swath_edge(shape: tuple[int, int], share: float, slope: float = -0.25) -> np.ndarray:
    """True outside of a swath whose slanting edge cuts off about ``share`` of the width."""
    y, x = np.mgrid[: shape[0], : shape[1]]
    return x + slope * (shape[0] / 2 - y) < share * shape[1]
