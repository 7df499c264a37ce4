"""An image of a product on any pixel grid of its CRS: averaged where pixels get larger, interpolated where smaller."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import rasterio
from rasterio.crs import CRS
from rasterio.errors import RasterioError

from ..errors import InputError
from ..frames.resampling import resample
from ..imagery.averaging import Cells, ReadPixels, average
from ..imagery.gdal import read_pixels
from ..results.output_grid import OutputGrid
from .as_raster import cannot_open, open_image, place_of
from .band_names import CLASSES
from .images import Image
from .product import Product

SAME_SIZE = 1e-6  # relative: pixel sizes are whole metres
BESIDE_PX = 2  # source pixels around a block that interpolation looks at

Meaning = Callable[[np.ndarray], tuple[np.ndarray, "np.ndarray | None"]]
"""Pixels as they are in the file ``(bands, h, w)`` -> values ``(h, w)`` and which of them are valid (None: all)."""


@dataclass
class Source:
    """An image of a product, open, and where it lies."""

    image: Image
    dataset: rasterio.DatasetReader
    transform: rasterio.Affine
    crs: CRS
    label: str

    @property
    def metres(self) -> float:
        """Pixel size."""
        return float(self.transform.a)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """xmin, ymin, xmax, ymax in its CRS."""
        right, bottom = self.transform @ (self.dataset.width, self.dataset.height)
        return float(self.transform.c), float(bottom), float(right), float(self.transform.f)

    def on(self, grid: OutputGrid, meaning: Meaning, how: str) -> tuple[np.ndarray, np.ndarray]:
        """Values float32 and valid bool, both ``(height, width)``, on ``grid``, which is upright and in this CRS.

        ``how`` is mean (area-weighted over larger pixels, bilinear between pixels for smaller ones), nearest, or any
        (the greatest part counts: above 0 where a pixel has some of it).
        """
        place, step = grid.georeference.transform, float(grid.georeference.transform.a) / self.metres
        x = Cells((place.c - self.transform.c) / self.metres, step, grid.width)
        y = Cells((self.transform.f - place.f) / self.metres, step, grid.height)
        x, y = _settled(x), _settled(y)
        read = self._reader(meaning)
        shape = (self.dataset.height, self.dataset.width)
        if x.are_pixels and y.are_pixels:
            return average(read, shape, x, y)
        if how != "nearest" and step > 1:
            return average(read, shape, x, y)
        return self._between(read, shape, x, y, "nearest" if how in ("nearest", "any") else "bilinear")

    def _reader(self, meaning: Meaning) -> ReadPixels:
        def read(x0: int, y0: int, x1: int, y1: int) -> tuple[np.ndarray, np.ndarray | None]:
            window = (x0, y0, x1, y1)
            bands = [read_pixels(self.dataset, number, window, self.label)[0] for number in self.dataset.indexes]
            values, valid = meaning(np.stack(bands))
            return values.astype(np.float32, copy=False), valid

        return read

    @staticmethod
    def _between(
        read: ReadPixels, shape: tuple[int, int], x: Cells, y: Cells, resampling: str
    ) -> tuple[np.ndarray, np.ndarray]:
        """The values at the centres of the cells."""
        centres = [cells.start + (np.arange(cells.count) + 0.5) * cells.step for cells in (x, y)]
        low = [max(0, int(np.floor(at[0])) - BESIDE_PX) for at in centres]
        high = [min(size, int(np.ceil(at[-1])) + BESIDE_PX) for at, size in zip(centres, shape[::-1], strict=True)]
        if high[0] <= low[0] or high[1] <= low[1]:
            return np.zeros((y.count, x.count), np.float32), np.zeros((y.count, x.count), bool)
        values, valid = read(low[0], low[1], high[0], high[1])
        at_x, at_y = np.meshgrid(*centres)
        found, there = resample(values, valid, at_x, at_y, resampling, (low[0], low[1]))
        return np.where(there, found, 0).astype(np.float32, copy=False), there


def open_source(product: Product, image: Image, files: ExitStack) -> Source:
    """An image, open as long as ``files``. Raises InputError where it cannot be, or is turned."""
    try:
        with rasterio.Env(GDAL_NUM_THREADS="ALL_CPUS"):
            dataset = files.enter_context(open_image(image))
    except RasterioError as error:
        raise cannot_open(product, image, error) from error
    transform, crs = dataset.transform, dataset.crs
    if crs is None or transform.is_identity:
        transform, crs = place_of(product, image)
    if transform.b or transform.d or transform.a <= 0 or abs(transform.a + transform.e) > SAME_SIZE * transform.a:
        raise InputError(f"{image.name} of {product.name} is turned or has no square pixels, as no product has.")
    return Source(image, dataset, transform, crs, f"{image.name} of {product.name}")


def numbers(nodata: int) -> Meaning:
    """The number in the file; ``nodata`` is not valid."""
    return lambda pixels: (pixels[0], pixels[0] != nodata)


def colour(index: int) -> Meaning:
    """One of red, green and blue of the true-colour image; black is not valid, single zeros are dark ground."""
    return lambda pixels: (pixels[index], (pixels != 0).any(0))


def how_to_read(band: str) -> str:
    """Classes have no mean."""
    return "nearest" if band in CLASSES else "mean"


def _settled(cells: Cells) -> Cells:
    """Cells without the last digits of a division: pixel lies on pixel where it was meant to."""
    start, step = round(cells.start * 1e6) / 1e6, round(cells.step * 1e9) / 1e9
    return Cells(start, 1.0 if abs(step - 1) < SAME_SIZE else step, cells.count)
