"""What the kinds of pairs (status_wrong.py, status_right.py) share: the pair itself and how places are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
import status_images as images

TRAINING_TILES, TEST_TILE = ("T36UUA", "T36UUU", "T36UVC"), "T35UNQ"
WIDTH, HEIGHT = 384, 496  # of a season pair, as season_pairs.py cuts it out of a subtile


@dataclass(frozen=True)
class Pair:
    """``reference``, ``target``: ``(height, width)`` or ``(height, width, 3)``, their centres at one nominal place.

    ``condition`` what displaces the target of a right pair; ``offset`` px (x, y) that the dates have by themselves.
    """

    reference: np.ndarray
    target: np.ndarray
    title: str = ""
    pixel_m: float = 10.0
    max_shift_m: float = 1500.0
    nodata: int | None = None
    condition: str = ""
    offset: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Source:
    """What the kinds of pairs are made from."""

    data: Path
    season_pairs: ModuleType
    rng: np.random.Generator

    def choose(self, values):
        """One of them."""
        return values[int(self.rng.integers(len(values)))]

    def place(self, tiles: tuple[str, ...]) -> tuple[str, int]:
        """A tile and the number of a subtile in it."""
        tile = self.choose(tiles)
        return tile, int(self.rng.integers(len(images.season(self.data, tile, "summer")) // images.SUBTILE_PX))

    def crop(self, place: tuple[str, int], date: str, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
        """A piece around the centre of the subtile of ``place``; one higher than a subtile goes on into the next."""
        strip = images.season(self.data, place[0], date)
        left = (images.SUBTILE_PX - width) // 2
        top = place[1] * images.SUBTILE_PX + max(0, (images.SUBTILE_PX - height) // 2)
        top = min(top, len(strip) - height)
        return strip[top : top + height, left : left + width]

    def window(self, image: np.ndarray, width: int, height: int, margin: int = 0) -> tuple[int, int, int, int]:
        """A box (left, top, width, height) anywhere in ``image``, at least ``margin`` from its edges."""
        left = int(self.rng.integers(margin, image.shape[1] - width - margin + 1))
        return left, int(self.rng.integers(margin, image.shape[0] - height - margin + 1)), width, height


def cut(image: np.ndarray, box: tuple[int, int, int, int]) -> np.ndarray:
    """The window ``box`` (left, top, width, height)."""
    left, top, width, height = box
    return image[top : top + height, left : left + width]


def red(image: np.ndarray) -> np.ndarray:
    """Band 1 alone."""
    return image[..., 0]
