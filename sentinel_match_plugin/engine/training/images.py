"""The images of a place: read block by block, stretched, clouds left out, written; and what each tile has of them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import rasterio
from rasterio.errors import NotGeoreferencedWarning
from rasterio.windows import Window as RasterWindow

from ..events import Events
from ..frames.georeference import Georeference
from ..imagery.area import Area
from ..results.outputs import cannot_write
from ..results.raster_writer import WRITE_ERRORS, check_whole
from .radiometry import WHITE, Scaling
from .sources import SPECTRAL, OpenDate, Pixels, Window

BLOCK_PX, SMALL_BLOCK_PX, MANY_DATES = 1024, 512, 24  # the pixels of all dates of a block are in memory at once
STORED_BLOCK_PX = 256
LEAST_VISIBLE = 2  # of red, green and blue, to tell what is white
CLOUD_RIM_PX = 4  # around white pixels, which are the middle of a cloud


@dataclass
class DateToWrite:
    """A date, how it is stored and where. Filled while it is written: ``clouds``, what they were told by, if not by the
    date's own mask; numbers of pixels ``valid`` in the source, of them ``cloud``, ``saturated``, in the end ``kept``.
    """

    source: OpenDate
    label: str
    season: str
    scaling: Scaling
    path: Path
    clouds: str = ""
    valid: int = 0
    cloud: int = 0
    saturated: int = 0
    kept: int = 0


def write_images(
    dates: Sequence[DateToWrite],
    bands: tuple[str, ...],
    tiles: Sequence[Window],
    area: Area | None,
    mask_clouds: bool,
    events: Events,
) -> np.ndarray:
    """Write the images of a place; int64 ``(tiles, dates)``: how many pixels of each tile are valid.

    Raises InputError where a file cannot be read, OutputError where one cannot be written; Cancelled.
    """
    about = dates[0].source.about
    counts = np.zeros((len(tiles), len(dates)), np.int64)
    visible = [number for number, band in enumerate(bands) if band in SPECTRAL[:3]]
    _say_how(dates, visible)
    boxes = np.array(tiles, np.int64).reshape(-1, 4)
    side = BLOCK_PX if len(dates) <= MANY_DATES else SMALL_BLOCK_PX
    blocks = [
        (x, y, min(x + side, about.width), min(y + side, about.height))
        for y in range(0, about.height, side)
        for x in range(0, about.width, side)
    ]
    with _settings(), ExitStack() as files:
        writers = [_created(date, bands, files) for date in dates]
        for number, block in enumerate(blocks):
            events.progress(number / len(blocks), "Writing images")
            used = _used(area, about.georeference, block)
            read: list[tuple[np.ndarray, Pixels]] = []
            for date in dates:
                events.check_cancelled()
                pixels = date.source.read(bands, block)
                valid = pixels.valid & used
                read.append((date.scaling.stored(pixels.values, valid), Pixels(pixels.values[:0], valid, pixels.cloud)))
            clouds = _clouds(dates, read, visible) if mask_clouds else [None] * len(dates)
            for column, (date, writer, (stored, pixels), cloud) in enumerate(
                zip(dates, writers, read, clouds, strict=True)
            ):
                kept = pixels.valid if cloud is None else pixels.valid & ~cloud
                date.valid += int(pixels.valid.sum())
                date.cloud += int(pixels.valid.sum() - kept.sum())
                date.saturated += int((kept & (stored == date.scaling.full_scale).all(0)).sum())
                date.kept += int(kept.sum())
                counts[:, column] += _counted(kept, block, boxes)
                stored[:, ~kept] = 0
                _write(date.path, writer, stored, kept, block)
    for date in dates:
        try:
            with _settings():
                check_whole(date.path)
        except WRITE_ERRORS as error:
            raise cannot_write(date.path, error) from error
    return counts


@contextmanager
def _settings() -> Iterator[None]:
    with warnings.catch_warnings(), rasterio.Env(GDAL_TIFF_INTERNAL_MASK="YES"):
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        yield


def _created(date: DateToWrite, bands: tuple[str, ...], files: ExitStack) -> Any:
    about = date.source.about
    where: dict[str, Any] = {}
    if about.georeference.crs is not None:
        where = {"crs": about.georeference.crs, "transform": about.georeference.transform}
    try:
        date.path.parent.mkdir(parents=True, exist_ok=True)
        dataset = files.enter_context(
            rasterio.open(
                date.path,
                "w",
                driver="GTiff",
                width=about.width,
                height=about.height,
                count=len(bands),
                dtype=np.dtype(date.scaling.dtype).name,
                tiled=True,
                blockxsize=STORED_BLOCK_PX,
                blockysize=STORED_BLOCK_PX,
                compress="deflate",
                predictor=2,
                zlevel=1,  # half the time of 6
                interleave="pixel",
                photometric="RGB" if bands[:3] == SPECTRAL[:3] else "MINISBLACK",
                alpha="NO",  # the fourth band is near infrared
                bigtiff="IF_SAFER",
                **where,
            )
        )
        for index, band in enumerate(bands, 1):
            dataset.set_band_description(index, band)
    except WRITE_ERRORS as error:
        raise cannot_write(date.path, error) from error
    return dataset


def _write(path: Path, writer: Any, stored: np.ndarray, kept: np.ndarray, block: Window) -> None:
    window = RasterWindow(block[0], block[1], block[2] - block[0], block[3] - block[1])
    try:
        writer.write(stored, window=window)
        writer.write_mask(kept.astype(np.uint8) * 255, window=window)
    except WRITE_ERRORS as error:
        raise cannot_write(path, error) from error


def _used(area: Area | None, georeference: Georeference, block: Window) -> np.ndarray:
    shape = (block[3] - block[1], block[2] - block[0])
    if area is None:
        return np.ones(shape, bool)
    here = Georeference(georeference.crs, georeference.transform @ rasterio.Affine.translation(block[0], block[1]))
    return area.mask(here, shape)


def _say_how(dates: Sequence[DateToWrite], visible: Sequence[int]) -> None:
    others = sum(date.season != "winter" for date in dates)
    for date in dates:
        if len(visible) < LEAST_VISIBLE:
            date.clouds = "not told: fewer than two visible bands"
        elif date.season == "winter":
            date.clouds = "not told: under snow, white is no sign of cloud"
        elif others < 2:
            date.clouds = "not told: no other date without snow"
        else:
            date.clouds = "white, and in no other date without snow"


def _clouds(
    dates: Sequence[DateToWrite], read: Sequence[tuple[np.ndarray, Pixels]], visible: Sequence[int]
) -> list[np.ndarray | None]:
    """Where each date has cloud: by its own mask; without one, see ``bright_alone``."""
    white: list[np.ndarray | None] = []
    for date, (stored, pixels) in zip(dates, read, strict=True):
        told = len(visible) >= LEAST_VISIBLE
        bright = (stored[list(visible)] >= WHITE * date.scaling.full_scale).all(0)
        white.append(bright & pixels.valid if told else None)
    seasons = [date.season for date in dates]
    return [
        pixels.cloud if pixels.cloud is not None else bright_alone(number, white, seasons)
        for number, (_, pixels) in enumerate(read)
    ]


def bright_alone(number: int, white: Sequence[np.ndarray | None], seasons: Sequence[str]) -> np.ndarray | None:
    """The cloud of a date that has no mask: what is white in it and in no other date without snow, with a rim.

    None where that cannot be said: under snow much is white, and with no other date to compare roofs would be clouds.
    """
    own = white[number]
    others = [w for k, w in enumerate(white) if k != number and w is not None and seasons[k] != "winter"]
    if own is None or seasons[number] == "winter" or not others:
        return None
    alone = own & ~np.any(others, axis=0)
    if not alone.any():
        return alone
    size = 2 * CLOUD_RIM_PX + 1
    rim = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    opened = cv2.morphologyEx(alone.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))  # not single pixels
    return cv2.dilate(opened, rim) > 0


def _counted(kept: np.ndarray, block: Window, boxes: np.ndarray) -> np.ndarray:
    """How many pixels of a block are kept in each of ``boxes`` ``(N, 4)``, by the integral image."""
    summed = np.zeros((kept.shape[0] + 1, kept.shape[1] + 1), np.int64)
    np.cumsum(np.cumsum(kept, 0, dtype=np.int64), 1, out=summed[1:, 1:])
    x0, x1 = (np.clip(boxes[:, k] - block[0], 0, kept.shape[1]) for k in (0, 2))
    y0, y1 = (np.clip(boxes[:, k] - block[1], 0, kept.shape[0]) for k in (1, 3))
    return summed[y1, x1] - summed[y0, x1] - summed[y1, x0] + summed[y0, x0]
