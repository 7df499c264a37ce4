"""Rasters out: written beside, block by block, made into a cloud-optimised GeoTIFF, and put in place when whole."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import rasterio.shutil
from rasterio._err import CPLE_BaseError  # what rasterio.shutil.copy lets through when GDAL cannot write
from rasterio.drivers import driver_from_extension
from rasterio.enums import ColorInterp, Resampling
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.windows import Window

from ..errors import OutputError
from ..events import Events
from ..frames.georeference import Georeference
from .outputs import cannot_write, check_outputs

BLOCK_PX = 512  # tiles of the output; blocks to write are best multiples of it
GEOTIFF = (".tif", ".tiff")
# What the drivers need to keep the values as they are.
LOSSLESS: dict[str, dict[str, str]] = {
    "JP2OpenJPEG": {"QUALITY": "100", "REVERSIBLE": "YES"},
    "WEBP": {"LOSSLESS": "YES"},
}
# Refers to other files; changes values; at most 256 colours; called .xml, as are the metadata of other images, and with
# its pixels in a second file that would take the place of whatever has its name.
NOT_WRITTEN = ("VRT", "JPEG", "GIF", "PDS4")
WRITE_ERRORS = (RasterioError, CPLE_BaseError, OSError)


@dataclass(frozen=True)
class Layout:
    """What a raster is like apart from its pixels. Lists have one entry for each band.

    ``colours`` are GDAL's names of colour interpretations; ``colour_map`` value -> RGBA of band 1, or None; ``tags``
    of the dataset, ``band_tags`` of the bands by domain (empty name: the default one); ``bits`` 1..7 for packed small
    integers, else 0.
    """

    width: int
    height: int
    georeference: Georeference
    dtype: str
    nodata: float | None
    descriptions: Sequence[str | None]
    colours: Sequence[str]
    colour_map: dict[int, tuple[int, ...]] | None = None
    scales: Sequence[float] = ()
    offsets: Sequence[float] = ()
    units: Sequence[str | None] = ()
    tags: dict[str, str] = field(default_factory=dict)
    band_tags: Sequence[dict[str, dict[str, str]]] = ()
    bits: int = 0

    @property
    def count(self) -> int:
        """Number of bands."""
        return len(self.colours)


def check_output(path: str, inputs: Sequence[str] = ()) -> str:
    """The GDAL driver for ``path``. Raises OutputError where it could not be written, before any work is lost.

    That is: an extension of no format that can be written, or what ``check_outputs`` refuses.
    """
    if not path:
        raise OutputError("No output file was named.")
    driver = _driver(Path(path))
    check_outputs([path], inputs)
    return driver


def _driver(target: Path) -> str:
    if target.suffix.lower() in GEOTIFF:
        return "COG"
    try:
        driver = str(driver_from_extension(target))
    except ValueError:
        driver = ""
    if not driver or driver in NOT_WRITTEN:
        raise OutputError(
            f"{target.name}: a raster with the ending “{target.suffix or 'none'}” cannot be written without loss. "
            "Use .tif (recommended), .img, .jp2 or .png."
        )
    return driver


class BlockWriter:
    """Takes the blocks of a new raster, in any order, each once; made by ``new_raster``."""

    def __init__(self, dataset: Any) -> None:
        self._dataset = dataset
        self._whole: list[Window] = []
        self._masked = False

    def write(self, band: int, x0: int, y0: int, values: np.ndarray) -> None:
        """Pixels ``(h, w)`` of a band (from 1) with their upper left at ``x0, y0``."""
        self._dataset.write(values, band, window=Window(x0, y0, values.shape[1], values.shape[0]))

    def write_mask(self, x0: int, y0: int, valid: np.ndarray) -> None:
        """Which pixels of a block are valid. A mask band is made only if one of the blocks is not whole."""
        window = Window(x0, y0, valid.shape[1], valid.shape[0])
        if not self._masked and valid.all():
            self._whole.append(window)
            return
        for earlier in self._whole:
            self._dataset.write_mask(np.full((earlier.height, earlier.width), 255, np.uint8), window=earlier)
        self._whole, self._masked = [], True
        self._dataset.write_mask(valid.astype(np.uint8) * 255, window=window)


@contextmanager
def new_raster(path: str, layout: Layout, events: Events) -> Iterator[BlockWriter]:
    """A raster to be written by blocks; it appears at ``path`` when the ``with`` block ends well, with overviews.

    ``path`` was checked by ``check_output``. Everything is first written into a hidden ``.part`` folder beside it,
    which never stays; an existing file is replaced only by a whole one. On the way the pixels lie there twice, once
    not compressed. Raises OutputError, with the reason, where writing fails; Cancelled.
    """
    target = Path(path)
    driver = _driver(target)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        raw, final = folder / "blocks.tif", folder / target.name
        with _settings():
            with _create(raw, layout) as dataset:
                yield BlockWriter(dataset)
            check_whole(raw)
        _copy(raw, final, driver, layout, events)
        if driver == "COG":
            check_whole(final)
        raw.unlink()
        _put_in_place(folder, target)
    except WRITE_ERRORS as error:
        raise cannot_write(path, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _settings() -> Iterator[None]:
    with warnings.catch_warnings(), rasterio.Env(GDAL_TIFF_INTERNAL_MASK="YES"):
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        yield


def _create(raw: Path, layout: Layout) -> Any:
    where: dict[str, Any] = {}
    transform, crs = layout.georeference.transform, layout.georeference.crs
    if crs is not None or (transform.a, transform.b, transform.c, transform.d, transform.e, transform.f) != (
        1,
        0,
        0,
        0,
        -1,
        0,
    ):
        where = {"crs": crs, "transform": transform}  # pixel and minus line is what a file without any stands for
    if layout.bits:
        where["nbits"] = layout.bits
    dataset = rasterio.open(
        raw,
        "w",
        driver="GTiff",
        width=layout.width,
        height=layout.height,
        count=layout.count,
        dtype=layout.dtype,
        nodata=layout.nodata,
        tiled=True,
        blockxsize=BLOCK_PX,
        blockysize=BLOCK_PX,
        interleave="band",  # not compressed: a third of the processor time, all steps together
        bigtiff="IF_SAFER",
        **where,
    )
    try:
        dataset.colorinterp = [ColorInterp[colour] for colour in layout.colours]
        for index in dataset.indexes:
            if layout.descriptions[index - 1]:
                dataset.set_band_description(index, layout.descriptions[index - 1])
        if layout.colour_map:
            dataset.write_colormap(1, layout.colour_map)
        if any(scale != 1 for scale in layout.scales) or any(layout.offsets):
            dataset.scales, dataset.offsets = tuple(layout.scales), tuple(layout.offsets)
        if any(layout.units):
            dataset.units = tuple(unit or "" for unit in layout.units)
        dataset.update_tags(**layout.tags)
        for index, domains in enumerate(layout.band_tags, 1):
            for domain, tags in domains.items():
                dataset.update_tags(index, ns=domain or None, **tags)
    except BaseException:
        dataset.close()
        raise
    return dataset


def check_whole(path: Path) -> None:
    """Raise OSError if a block is missing: blocks that GDAL flushed on closing fail without an error."""
    with _settings(), rasterio.open(path) as dataset:
        # At any compression a block has an offset, and GDAL leaves none out unless it is told to.
        for band in (1, dataset.count):
            rows, columns = dataset.block_shapes[band - 1]
            for j in range(-(-dataset.height // rows)):
                for i in range(-(-dataset.width // columns)):
                    if dataset.get_tag_item(f"BLOCK_OFFSET_{i}_{j}", "TIFF", bidx=band) is None:
                        raise OSError(f"block {i}, {j} of band {band} was not written")


def _copy(raw: Path, final: Path, driver: str, layout: Layout, events: Events) -> None:
    """Make the final file out of the blocks, in a thread, since GDAL cannot be asked to stop.

    On a cancel the thread is left behind: it ends by itself, at the latest when its files are gone.
    """
    options: dict[str, Any] = dict(LOSSLESS.get(driver, {}))
    if driver == "COG":
        options = {
            "COMPRESS": "DEFLATE",
            "LEVEL": 1,  # half the time of 6; real uint16 mosaics are 2 % smaller, 8-bit images up to 15 % larger
            "PREDICTOR": "NO" if layout.bits else "YES",  # not possible with packed bits
            "BLOCKSIZE": BLOCK_PX,
            "BIGTIFF": "IF_SAFER",
            "NUM_THREADS": "ALL_CPUS",
        }
    done, left_behind = threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def copy() -> None:
        try:
            with _settings():
                if driver == "COG":
                    _build_overviews(raw, layout)
                rasterio.shutil.copy(raw, final, driver=driver, **options)
        except WRITE_ERRORS as error:
            failures.append(error)
        finally:
            done.set()
            if left_behind.is_set():
                shutil.rmtree(raw.parent, ignore_errors=True)

    threading.Thread(target=copy, name="raster copy", daemon=True).start()
    while not done.wait(0.1):
        if events.cancelled:
            left_behind.set()
            events.check_cancelled()
    if failures:
        raise failures[0]


def _build_overviews(raw: Path, layout: Layout) -> None:
    """Averages over 2, 4, ... pixels (of classes: single ones) until they fit into a tile; the COG driver takes over.

    It would make the same ones, but compress and read them once more: twice the processor time of the whole copy.
    """
    factors = [2]
    while max(layout.width, layout.height) // factors[-1] > BLOCK_PX:
        factors.append(2 * factors[-1])
    if max(layout.width, layout.height) > BLOCK_PX:
        with rasterio.Env(GDAL_NUM_THREADS="ALL_CPUS"), rasterio.open(raw, "r+") as dataset:
            dataset.build_overviews(factors, Resampling.nearest if layout.colour_map else Resampling.average)


def _put_in_place(folder: Path, target: Path) -> None:
    """Move the file and what belongs to it; the file itself last, so that it never stands there without them."""
    for leftover in (".aux.xml", ".ovr", ".msk"):  # of a file that is replaced: they would speak of the old one
        Path(f"{target}{leftover}").unlink(missing_ok=True)
    made = sorted(folder.iterdir(), key=lambda file: file.name == target.name)
    for file in made:
        os.replace(file, target.parent / file.name)
