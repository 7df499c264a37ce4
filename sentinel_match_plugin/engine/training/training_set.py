"""A training set, opened for reading: scenes, each a tile of a place that is seen at several dates."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.windows import Window

from ..errors import InputError
from .index import SPLITS, PlaceEntry, SetIndex, TileEntry, read_index


@dataclass(frozen=True)
class Scene:
    """One tile of one place. It holds no open file, so that it can be sent to another process.

    ``place`` the name of its place, ``name`` that of the scene, unique in the set; ``shape`` (height, width);
    ``gsd_m`` metres of a pixel, nan if not known; ``dates`` those in which the tile is good, earliest first where they
    are known; ``bands`` as red, green, blue, nir, ndvi or gray; ``split`` train, validation or test.
    """

    folder: Path
    entry: PlaceEntry
    tile: TileEntry

    @property
    def place(self) -> str:
        return self.entry.name

    @property
    def name(self) -> str:
        return f"{self.entry.name}/{self.tile.name}"

    @property
    def split(self) -> str:
        return self.entry.split

    @property
    def shape(self) -> tuple[int, int]:
        return self.tile.height, self.tile.width

    @property
    def gsd_m(self) -> float:
        return float("nan") if self.entry.gsd_m is None else self.entry.gsd_m

    @property
    def dates(self) -> tuple[str, ...]:
        return self.tile.dates

    @property
    def bands(self) -> tuple[str, ...]:
        return self.entry.bands

    def read(self, date: str) -> tuple[np.ndarray, np.ndarray]:
        """Values float32 ``(bands, height, width)`` 0..1, 0 where not valid, and valid bool ``(height, width)``.

        Raises KeyError for a date that the place does not have; InputError where the file cannot be read.
        """
        about, tile = self.entry.date(date), self.tile
        path = self.folder / about.file
        window = Window(tile.x, tile.y, tile.width, tile.height)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", NotGeoreferencedWarning)
                with rasterio.open(path) as dataset:
                    numbers, mask = dataset.read(window=window), dataset.read_masks(1, window=window)
        except RasterioError as error:
            raise InputError(f"{path} cannot be read: make the training set again. ({error})") from error
        valid = mask > 0
        values = numbers.astype(np.float32) / np.float32(about.full_scale)
        values[:, ~valid] = 0
        return values, valid

    def offset(self, date: str) -> np.ndarray:
        """float64 ``(2,)`` pixels (x, y): what lies at pixel p of the place is at p + offset in ``date``.

        0 for the reference date of the place, and where it could not be measured (``offset_known``).
        """
        return np.array(self.entry.date(date).offset, float)

    def offset_known(self, date: str) -> bool:
        """Whether the offset was measured; True for the reference date."""
        return self.entry.date(date).offset_known

    def season(self, date: str) -> str:
        """winter where snow covers much, summer, or empty where that is not known."""
        return self.entry.date(date).season


class TrainingSet:
    """The set in ``folder``, as buildtrainingset wrote it. Raises InputError as ``index.read_index`` does."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder) if Path(folder).is_dir() or Path(folder).suffix != ".json" else Path(folder).parent
        self.index: SetIndex = read_index(self.folder)

    def places(self, split: str = "") -> list[str]:
        """Names of the places of a split, or of all."""
        return [place.name for place in self.index.places if split in ("", place.split)]

    def scenes(self, split: str) -> list[Scene]:
        """The scenes of ``split``: train, validation or test, place after place. Raises InputError for another."""
        if split not in SPLITS:
            raise InputError(f"There is no split “{split}”: choose one of {', '.join(SPLITS)}.")
        return [
            Scene(self.folder, place, tile)
            for place in self.index.places
            if place.split == split
            for tile in place.tiles
        ]
