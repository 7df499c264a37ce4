"""One date of a place, to be read by windows, whatever it lies in: a raster, a mosaic of subtiles, a file for each
band, a Sentinel-2 product.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import rasterio

from ..errors import InputError
from ..frames.georeference import Georeference
from ..imagery.raster_info import PIXEL_AND_MINUS_LINE, RasterInfo
from ..imagery.raster_reader import RasterReader
from ..imagery.rasters import open_raster
from ..imagery.spectra import describe_band
from ..results.output_grid import OutputGrid
from ..sentinel2.cloud_masks import CLOUDY_CLASSES, CloudMask, cloud_mask
from ..sentinel2.product import open_product
from ..sentinel2.reading import Meaning, Source, colour, numbers, open_source

Window = tuple[int, int, int, int]
"""x0, y0, x1, y1, whole pixels inside of the image."""

MOST_BANDS = 4
SPECTRAL = ("red", "green", "blue", "nir")  # the order in which they are kept; others come after them
KNOWN = (*SPECTRAL, "rededge", "swir", "coastal", "pan")  # names that say the numbers may be reflectances
SNOW_CLASS = 11
SUBTILE = re.compile(r".*?(\d+)[_-](\d+)$")  # tile_512_1024: upper left at column 512, row 1024
BAND_FILE = re.compile(r"(?:^|.*[_.-])(B\d\d|B8A|SCL)(?:[_-](?:10|20|60)m)?$", re.IGNORECASE)


@dataclass(frozen=True)
class DateSource:
    """A date of a place, not yet opened. ``kind``: raster, mosaic, bands or product; ``files`` by what each is: the
    subtile's "x_y", the band's name, or "" of the only one. ``label`` names it, ``date`` is YYYY-MM-DD or empty.
    """

    kind: str
    label: str
    date: str
    files: Mapping[str, str]

    @property
    def paths(self) -> tuple[str, ...]:
        """All its files."""
        return tuple(self.files.values())

    def opened(self, files: ExitStack) -> OpenDate:
        """Ready to read, as long as ``files``. Raises InputError."""
        kinds: dict[str, Callable[[DateSource, ExitStack], OpenDate]] = {
            "raster": _Raster,
            "mosaic": _Mosaic,
            "bands": _BandFiles,
            "product": _Product,
        }
        return kinds[self.kind](self, files)


@dataclass
class About:
    """What an open date is.

    ``bands``: names of the bands, told apart; ``whole_numbers`` of ``bits`` bits (0: floats); ``factor`` and
    ``offset`` by which a number becomes a reflectance times 10000, ``(number + offset) * factor``, None where that is
    not known. ``clouds`` says what its cloud mask is by, empty where there is none.
    """

    label: str
    width: int
    height: int
    georeference: Georeference
    gsd_m: float | None
    bands: tuple[str, ...]
    bits: int
    factor: float | None = None
    offsets: tuple[float, ...] = ()
    product: str = ""
    clouds: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Pixels:
    """``values`` float32 ``(bands, h, w)`` as in the file; ``valid`` bool ``(h, w)``; ``cloud`` and ``snow`` bool
    ``(h, w)`` by the date's own mask, None where it has none.
    """

    values: np.ndarray
    valid: np.ndarray
    cloud: np.ndarray | None = None
    snow: np.ndarray | None = None


class OpenDate(Protocol):
    """A date that can be read."""

    about: About

    def read(self, bands: tuple[str, ...], window: Window) -> Pixels:
        """Those bands over a window inside of the image. Raises InputError where the file cannot be read."""
        ...


class _Raster:
    """One file: GDAL's formats; alpha is the mask, and pixels that are 0 in three bands of 8 bits are none."""

    def __init__(self, source: DateSource, files: ExitStack) -> None:
        self._reader = files.enter_context(open_raster(source.files[""]))
        info = self._reader.info
        self._numbers = named_bands(info)
        self._black_is_none = is_black_none(info)
        self.about = _about(info, tuple(self._numbers))

    def read(self, bands: tuple[str, ...], window: Window) -> Pixels:
        return Pixels(*_read(self._reader, [self._numbers[band] for band in bands], window, self._black_is_none))


class _Mosaic:
    """Subtiles of one image by the pixel of their upper left corner; where none lies is nodata."""

    def __init__(self, source: DateSource, files: ExitStack) -> None:
        self._parts: dict[tuple[int, int, int, int], str] = {}
        first: RasterInfo | None = None
        for corner, path in source.files.items():
            x, y = (int(number) for number in corner.split("_"))
            with open_raster(path) as reader:
                info = reader.info
            first = first or info
            if (tuple(named_bands(info)), info.dtypes[0]) != (tuple(named_bands(first)), first.dtypes[0]):
                raise InputError(f"{path} has other bands or numbers than {first.path}: they are not one image.")
            here = (x, y, x + info.width, y + info.height)
            for other in self._parts:
                if min(here[2], other[2]) > max(here[0], other[0]) and min(here[3], other[3]) > max(here[1], other[1]):
                    raise InputError(
                        f"{path} and {self._parts[other]} would lie on each other, by the pixels in their names."
                    )
            self._parts[here] = path
        if first is None:
            raise InputError(f"{source.label} has no subtile.")
        self.origin = min(part[0] for part in self._parts), min(part[1] for part in self._parts)
        self.about = _about(first, tuple(named_bands(first)))
        self.about.label = source.label
        self.about.width = max(part[2] for part in self._parts)
        self.about.height = max(part[3] for part in self._parts)
        self.about.georeference = Georeference(None, PIXEL_AND_MINUS_LINE)
        self.about.gsd_m = None

    def read(self, bands: tuple[str, ...], window: Window) -> Pixels:
        x0, y0, x1, y1 = window
        values = np.zeros((len(bands), y1 - y0, x1 - x0), np.float32)
        valid = np.zeros(values.shape[1:], bool)
        for (left, top, right, bottom), path in self._parts.items():
            a, b, c, d = max(x0, left), max(y0, top), min(x1, right), min(y1, bottom)
            if c <= a or d <= b:
                continue
            with open_raster(path) as reader:
                ours = [named_bands(reader.info)[band] for band in bands]
                part, known = _read(reader, ours, (a - left, b - top, c - left, d - top), is_black_none(reader.info))
            values[:, b - y0 : d - y0, a - x0 : c - x0] = part
            valid[b - y0 : d - y0, a - x0 : c - x0] = known
        return Pixels(values, valid)


class _BandFiles:
    """A file for each band, B04.tif and so on, of one grid; SCL, which may have larger pixels, is its cloud mask."""

    def __init__(self, source: DateSource, files: ExitStack) -> None:
        readers = {name: files.enter_context(open_raster(path)) for name, path in source.files.items()}
        self._classes = readers.pop("SCL", None)
        if not readers:
            raise InputError(f"{source.label} has no band among its files, only classes.")
        finest = min(reader.info.gsd_m for reader in readers.values())
        self._readers: dict[str, RasterReader] = {}
        coarser = []
        for name, reader in sorted(readers.items()):
            if reader.info.gsd_m < finest * 1.01:
                self._readers.setdefault(_colour(name), reader)
            else:
                coarser.append(name)
        first = next(iter(self._readers.values())).info
        for reader in self._readers.values():
            if grid_of(reader.info) != grid_of(first):
                raise InputError(f"{reader.info.path} does not lie on the pixels of {first.path}.")
        self.about = _about(first, _in_order(tuple(self._readers)))
        self.about.label = source.label
        if coarser:
            self.about.notes.append(f"{source.label}: {', '.join(coarser)} not used: their pixels are larger.")
        if self._classes is not None:
            self.about.clouds = "cloud, cirrus and cloud shadow by the scene classes of SCL"

    def read(self, bands: tuple[str, ...], window: Window) -> Pixels:
        parts = [_read(self._readers[band], [1], window, False) for band in bands]
        values, valid = np.concatenate([part[0] for part in parts]), np.all([part[1] for part in parts], axis=0)
        if self._classes is None:
            return Pixels(values, valid)
        classes = _nearest(self._classes, window, (self.about.width, self.about.height))
        return Pixels(values, valid & (classes != 0), np.isin(classes, CLOUDY_CLASSES), classes == SNOW_CLASS)


class _Product:
    """A Sentinel-2 product: its finest bands, with the offset and the cloud mask that its metadata give."""

    def __init__(self, source: DateSource, files: ExitStack) -> None:
        product = open_product(source.files[""])
        images = product.finest()[:MOST_BANDS]
        opened = [open_source(product, image, files) for image in images]
        first = opened[0]
        self._grid = Georeference(first.crs, first.transform)
        self._bands: dict[str, tuple[Source, Meaning]] = {}
        if images[0].band == "TCI":
            self._bands = {name: (first, colour(index)) for index, name in enumerate(SPECTRAL[:3])}
        else:
            for image, one in zip(images, opened, strict=True):
                self._bands.setdefault(_colour(image.band), (one, numbers(product.metadata.nodata)))
        self._clouds: CloudMask | None = None
        self._classes: Source | None = None
        self.about = About(
            product.name,
            first.dataset.width,
            first.dataset.height,
            self._grid,
            first.metres,
            _in_order(tuple(self._bands)),
            8 if images[0].band == "TCI" else 16,
            product=product.name,
            notes=list(product.notes),
        )
        if images[0].band != "TCI" and product.metadata.quantification:
            self.about.factor = 10_000.0 / product.metadata.quantification
            self.about.offsets = tuple(product.offset(self._bands[name][0].image.band) for name in self.about.bands)
        try:
            self._clouds = cloud_mask(product, 0.0, first.crs, files)
            self.about.clouds = self._clouds.why
        except InputError as error:
            self.about.notes.append(str(error).partition(":")[0] + ": clouds are told by brightness.")
        if any(band == "SCL" for band, _ in product.images):
            self._classes = open_source(product, product.image("SCL"), files)

    def read(self, bands: tuple[str, ...], window: Window) -> Pixels:
        x0, y0, x1, y1 = window
        here = Georeference(self._grid.crs, self._grid.transform @ rasterio.Affine.translation(x0, y0))
        grid = OutputGrid(here, x1 - x0, y1 - y0)
        parts = [self._bands[band][0].on(grid, self._bands[band][1], "mean") for band in bands]
        cloud = self._clouds.on(grid) if self._clouds is not None else None
        snow = None
        if self._classes is not None:
            snow = self._classes.on(grid, lambda pixels: (pixels[0], None), "nearest")[0] == SNOW_CLASS
        return Pixels(np.stack([p[0] for p in parts]), np.all([p[1] for p in parts], axis=0), cloud, snow)


def grid_of(info: RasterInfo | About) -> tuple[int, int, str, tuple[float, ...]]:
    """What must be equal for pixels to lie on pixels: size, CRS, and transform to a thousandth of a pixel."""
    crs, transform = info.georeference.crs, info.georeference.transform
    if crs is None:
        return info.width, info.height, "", ()
    unit = abs(transform.a) + abs(transform.b)
    return info.width, info.height, crs.to_wkt(), tuple(round(value / unit, 3) for value in transform[:6])


def named_bands(info: RasterInfo) -> dict[str, int]:
    """The bands by name, at most four, red, green, blue and near infrared first -> their numbers in the file.

    A band is called by its colour; the only band of a file that has NDVI in its name, ndvi; one of which nothing is
    known, gray if it is the only one, else band1, band2 ...
    """
    shown = [band for band in info.bands if band.colour != "alpha"] or list(info.bands)
    if len(shown) == 1:
        band = shown[0]
        stem = Path(info.path).stem.lower()
        name = "ndvi" if "ndvi" in stem else band.colour if band.colour in KNOWN else "gray"
        return {name: band.index}
    names: dict[str, int] = {}
    for band in shown:
        name = band.colour if band.colour in KNOWN and band.colour not in names else f"band{band.index}"
        names[name] = band.index
    return {name: names[name] for name in _in_order(tuple(names))}


def _in_order(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda n: SPECTRAL.index(n) if n in SPECTRAL else len(SPECTRAL))[:MOST_BANDS])


def _colour(band: str) -> str:
    """What a band of Sentinel-2 shows: red of B04."""
    return describe_band(1, band, {}, "gray", f"S2A_{band}", True).colour


def is_black_none(info: RasterInfo) -> bool:
    """Whether 0 in all bands means nodata, as in ESA's true-colour images: three bands of 8 bits, nothing declared."""
    colours = [band for band in info.bands if band.colour != "alpha"]
    declared = any(value is not None for value in info.nodata) or len(colours) < len(info.bands)
    return len(colours) >= 3 and info.dtypes[0] == "uint8" and not declared


def _about(info: RasterInfo, bands: tuple[str, ...]) -> About:
    dtype = np.dtype(info.dtypes[0])
    known = info.georeference.crs is not None
    bits = 8 * dtype.itemsize if np.issubdtype(dtype, np.integer) else 0
    about = About(info.label, info.width, info.height, info.georeference, info.gsd_m if known else None, bands, bits)
    if bits == 16 and all(band in KNOWN for band in bands):
        about.factor, about.offsets = 1.0, (0.0,) * len(bands)
    about.notes = list(info.notes)
    return about


def _read(reader: RasterReader, bands: list[int], window: Window, black_is_none: bool) -> tuple[np.ndarray, np.ndarray]:
    parts = [reader.read([band], window)[:2] for band in bands]
    values, valid = np.stack([part[0] for part in parts]), np.all([part[1] for part in parts], axis=0)
    if black_is_none:
        valid &= (values != 0).any(0)
    return values, valid


def _nearest(reader: RasterReader, window: Window, size: tuple[int, int]) -> np.ndarray:
    """The pixels of a raster of the same ground, of another pixel size, nearest to those of a grid of ``size``."""
    x0, y0, x1, y1 = window
    at = []
    for low, high, theirs, ours in ((x0, x1, reader.info.width, size[0]), (y0, y1, reader.info.height, size[1])):
        at.append(np.floor((np.arange(low, high) + 0.5) * theirs / ours).astype(int))
    box = (int(at[0][0]), int(at[1][0]), int(at[0][-1]) + 1, int(at[1][-1]) + 1)
    values = reader.read([1], box)[0]
    return values[np.ix_(at[1] - box[1], at[0] - box[0])]


__all__ = ["About", "DateSource", "OpenDate", "Pixels", "Window", "grid_of", "named_bands"]
