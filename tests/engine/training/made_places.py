"""Places of made-up ground at several dates, displaced by offsets that are known exactly."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from rasterio.errors import NotGeoreferencedWarning

from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.jobs import BuildTrainingSetJob
from sentinel_match_plugin.engine.training.building import run
from tests.engine.known_texture import Texture

GSD_M = 10.0
CRS, WEST, NORTH = "EPSG:32636", 600000.0, 5500000.0


def ground(seed: int, offset=(0.0, 0.0), shape=(160, 160)) -> np.ndarray:
    """float32 0..1: what lies at pixel p without an offset is at p + offset (x, y)."""
    return Texture(seed).render(GSD_M, (500 - offset[0] * GSD_M, 500 - offset[1] * GSD_M), shape)


def write(path: Path, array: np.ndarray, crs=CRS, west=WEST, nodata=None, driver="", **options) -> Path:
    """``(h, w)`` or ``(bands, h, w)``, by the ending of its name; ``crs`` None: without georeferencing."""
    array = array[None] if array.ndim == 2 else array
    path.parent.mkdir(parents=True, exist_ok=True)
    where = {} if crs is None else {"crs": crs, "transform": Affine(GSD_M, 0, west, 0, -GSD_M, NORTH)}
    kind = driver or {".png": "PNG", ".tif": "GTiff"}[path.suffix]
    shape = {"count": len(array), "height": array.shape[1], "width": array.shape[2], "dtype": array.dtype.name}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path, "w", driver=kind, nodata=nodata, **shape, **where, **options) as raster:
            raster.write(array)
    return path


def rgb(gray: np.ndarray, high: float = 255, dtype=np.uint8) -> np.ndarray:
    """Three bands of ``gray`` 0..1, which differ a little."""
    bands = np.stack([gray, 0.9 * gray + 0.02, 0.8 * gray + 0.03])
    return (high * bands.clip(0.01, 1)).round().astype(dtype)


def place(folder: Path, seed: int = 0, dates=("20180207", "20180706"), crs=None, west=WEST, shape=(160, 160)) -> Path:
    """A folder of one PNG or GeoTIFF a date, without offsets."""
    for number, date in enumerate(dates):
        gray = ground(seed, shape=shape)
        name = f"scene_{date}.{'png' if crs is None else 'tif'}"
        write(folder / name, rgb(gray if number % 2 else 0.9 * (1 - gray)), crs, west)
    return folder


class Listener(Events):
    """Keeps what is said; ``cancel_at``: cancelled from that progress on."""

    def __init__(self, cancel_at: float = 2.0) -> None:
        self.infos: list[str] = []
        self.warnings: list[str] = []
        self._cancel_at, self._reached = cancel_at, 0.0

    def progress(self, fraction: float, stage: str = "") -> None:
        self._reached = max(self._reached, fraction)

    def info(self, text: str) -> None:
        self.infos.append(text)

    def warning(self, text: str) -> None:
        self.warnings.append(text)

    @property
    def cancelled(self) -> bool:
        return self._reached >= self._cancel_at

    def said(self, part: str) -> bool:
        return any(part in text for text in (*self.infos, *self.warnings))


def build(scenes, folder: Path, events: Events | None = None, **options):
    """Run a job with small tiles and, unless asked for, without offsets and contact sheet."""
    paths = tuple(str(path) for path in ([scenes] if isinstance(scenes, (str, Path)) else scenes))
    small = {"tile_size": 64, "stride": 48, "offsets": False, "contact_sheet": False, **options}
    return run(BuildTrainingSetJob(paths, str(folder), **small), events or Listener())
