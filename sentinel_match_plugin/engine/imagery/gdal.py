"""The door to GDAL: files opened, pixels read as they are, with their validity; errors in one line."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import rasterio
from rasterio.enums import MaskFlags
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.windows import Window

from ..errors import InputError


def opened(path: str) -> rasterio.DatasetReader:
    with quiet(), rasterio.Env(GDAL_NUM_THREADS="ALL_CPUS"):  # blocks of one reading are decoded side by side
        return rasterio.open(path)


def read_pixels(
    dataset: rasterio.DatasetReader, band: int, window: tuple[int, int, int, int], label: str, dtype: type | None = None
) -> tuple[np.ndarray, np.ndarray | None]:
    """One band over a window inside the dataset, and which pixels are valid (None: all), as ``dtype`` or as they are.

    Raises InputError naming the rows where the file cannot be read.
    """
    x0, y0, x1, y1 = window
    where = Window(x0, y0, x1 - x0, y1 - y0)
    try:
        # libjpeg only warns of a file that breaks off and fills up with gray, which would then be matched.
        with rasterio.Env(GDAL_ERROR_ON_LIBJPEG_WARNING="TRUE"):
            values = dataset.read(band, window=where, out_dtype=dtype)
            unmasked = MaskFlags.all_valid in dataset.mask_flag_enums[band - 1]
            valid = None if unmasked else dataset.read_masks(band, window=where) > 0
    except RasterioError as error:
        raise InputError(
            f"{label} could not be read at rows {y0} to {y1}: the file looks damaged or incomplete. "
            f"Copy or download it again. ({first_line(error)})"
        ) from error
    if np.issubdtype(values.dtype, np.floating):
        finite = np.isfinite(values)
        if not finite.all():
            valid = finite if valid is None else valid & finite
    if valid is not None and valid.all():
        valid = None
    return values, valid


@contextmanager
def quiet() -> Iterator[None]:
    """A raster without georeferencing is an ordinary input here, not worth a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        yield


def first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
