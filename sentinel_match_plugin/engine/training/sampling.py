"""Images of dates read through a warp: tiles kept in memory, one band mixed of all, sampled once.

Pixel frame: centre of the first pixel at (0.5, 0.5).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

RED = frozenset({"b04", "b4", "red", "r"})
INFRARED = frozenset({"b08", "b8", "b8a", "nir", "n"})
MARGIN_PX = 3  # the cubic kernel's reach, and one for rounding
# Averaging where a target pixel covers more than one of the tile's: a Gaussian of this times sqrt(scale^2 - 1) pixels.
# A pixel twice as large then keeps 55 % of the contrast at its own Nyquist frequency, and aliases little.
AVERAGING = 0.4
NO_SECOND_MAP = np.zeros(0, np.float32)


class Scene(Protocol):
    """One tile of one place at several dates, as training_set.py reads it; ``read`` gives float32 ``(bands, height,
    width)`` in 0..1 and bool ``(height, width)``; what lies at place pixel p is at ``p + offset(date)`` in that date.
    """

    @property
    def place(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def shape(self) -> tuple[int, int]: ...

    @property
    def dates(self) -> tuple[str, ...]: ...

    @property
    def bands(self) -> tuple[str, ...]: ...

    def read(self, date: str) -> tuple[np.ndarray, np.ndarray]: ...

    def offset(self, date: str) -> np.ndarray: ...

    def season(self, date: str) -> str: ...


@dataclass(frozen=True)
class Tile:
    """A date of a scene: ``values`` uint8 ``(height, width, bands)``; ``sound`` uint8 ``(height, width)``, 255 where
    the pixel and its eight neighbours are valid, so that an interpolated value is of valid pixels alone, else 0.
    """

    values: np.ndarray
    sound: np.ndarray

    @property
    def bytes(self) -> int:
        """What it takes in memory."""
        return self.values.nbytes + self.sound.nbytes


class TileCache:
    """The last tiles that were read, up to ``most_bytes``."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._held: OrderedDict[tuple[str, str, str], Tile] = OrderedDict()
        self._bytes = 0

    def __getstate__(self) -> dict:  # a worker process reads for itself
        return {"most_bytes": self.most_bytes, "_held": OrderedDict(), "_bytes": 0}

    def tile(self, scene: Scene, date: str) -> Tile:
        """The date of a scene, from memory if it is there."""
        key = (scene.place, scene.name, date)
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        found = read_tile(scene, date)
        self._held[key] = found
        self._bytes += found.bytes
        while self._bytes > self.most_bytes and len(self._held) > 1:
            self._bytes -= self._held.popitem(last=False)[1].bytes
        return found


def read_tile(scene: Scene, date: str) -> Tile:
    """A date from the disk."""
    values, valid = scene.read(date)
    whole = np.rint(np.clip(np.nan_to_num(values), 0, 1) * 255).astype(np.uint8)
    sound = cv2.erode(valid.astype(np.uint8) * 255, np.ones((3, 3), np.uint8))
    return Tile(np.ascontiguousarray(np.moveaxis(whole, 0, -1)), sound)


def draw_mix(names: tuple[str, ...], index_share: float, generator: np.random.Generator) -> np.ndarray:
    """How one band is made of all, by chance: ``(2, bands)``, the weights of a sum and of what it is divided by.

    Half of the draws are one band alone, the others convex mixes; with probability ``index_share`` a normalised
    difference of two bands: NDVI where red and infrared are there, else, a quarter as often, of any two (bands of
    visible light differ so little that 8 bits leave much noise). A divisor of zeros: none.
    """
    count = len(names)
    weights = np.zeros((2, count))
    lower = [name.lower() for name in names]
    pair = [next((i for i, name in enumerate(lower) if name in kind), -1) for kind in (INFRARED, RED)]
    vegetation = min(pair) >= 0
    if count > 1 and generator.random() < (index_share if vegetation else index_share / 4):
        if not vegetation or generator.random() < 0.3:
            pair = list(generator.permutation(count)[:2])
        weights[0, pair], weights[1, pair] = (1, -1), (1, 1)
        return weights
    if generator.random() < 0.5:
        weights[0, generator.integers(count)] = 1
    else:
        weights[0] = generator.dirichlet(np.ones(count))
    return weights


def mixed(values: np.ndarray, mix: np.ndarray) -> np.ndarray:
    """One band float32 ``(height, width)`` 0..1 of uint8 ``(height, width, bands)``, by ``draw_mix``'s weights."""
    if not mix[1].any():
        return cv2.transform(values.astype(np.float32), (mix[:1] / 255).astype(np.float32)).reshape(values.shape[:2])
    two = cv2.transform(values.astype(np.float32), mix.astype(np.float32))
    return np.clip(0.5 + 0.5 * two[..., 0] / np.maximum(two[..., 1], 1), 0, 1)


def sampled(tile: Tile, mix: np.ndarray, places: np.ndarray, scale: float) -> tuple[np.ndarray, np.ndarray]:
    """One band of a tile at ``places`` ``(height, width, 2)``, tile pixels (x, y): values float32, valid bool.

    Cubic interpolation, read once, of the part of the tile that is needed; where ``scale`` (tile pixels a sample) is
    above 1, after averaging over what a sample covers. Beyond the tile its mirror image, not valid. OpenCV rounds
    positions to 1/32 px: an error of .009 px (root mean square) along each axis, as noise.
    """
    height, width = tile.sound.shape
    spread = AVERAGING * np.sqrt(max(scale * scale - 1, 0))
    margin = MARGIN_PX + int(np.ceil(3 * spread))
    x, y = places[..., 0], places[..., 1]
    low = np.floor([x.min(), y.min()]).astype(int) - margin
    high = np.ceil([x.max(), y.max()]).astype(int) + margin
    x0, y0 = np.clip(low, 0, [max(width - 8, 0), max(height - 8, 0)])
    x1, y1 = np.clip(high, [min(x0 + 8, width), min(y0 + 8, height)], [width, height])
    part = mixed(tile.values[y0:y1, x0:x1], mix)
    sound = tile.sound[y0:y1, x0:x1]
    if spread > 0.05:
        part = cv2.GaussianBlur(part, (0, 0), spread, borderType=cv2.BORDER_REFLECT_101)
        reach = 2 * int(np.ceil(2 * spread)) + 1
        sound = cv2.erode(sound, np.ones((reach, reach), np.uint8))
    there = places - np.array([x0, y0], np.float32)
    values = looked_up(part, there, cv2.INTER_CUBIC, cv2.BORDER_REFLECT_101)
    return values, looked_up(sound, there, cv2.INTER_LINEAR) == 255


def looked_up(
    image: np.ndarray, places: np.ndarray, interpolation: int, border: int = cv2.BORDER_CONSTANT
) -> np.ndarray:
    """``image`` ``(height, width)`` at pixels ``places`` ``(..., 2)``, as OpenCV's constants say."""
    there = places.astype(np.float32, copy=False) - np.float32(0.5)  # OpenCV counts centres from 0
    return cv2.remap(image, there, NO_SECOND_MAP, interpolation, borderMode=border, borderValue=0)
