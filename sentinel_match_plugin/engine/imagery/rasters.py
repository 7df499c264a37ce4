"""Rasters in: opened, whatever the format, data type or way of saying "no data"; bad ones told in a sentence."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from rasterio.errors import RasterioIOError
from rasterio.io import MemoryFile

from ..errors import InputError
from ..sentinel2.as_raster import ProductRaster, as_raster
from .gdal import first_line, opened
from .raster_info import describe
from .raster_reader import RasterReader


def open_raster(path: str | os.PathLike[str], label: str = "") -> RasterReader:
    """Open anything that GDAL reads: files, ``/vsizip/...``, subdatasets such as ``NETCDF:"a.nc":b``.

    A Sentinel-2 product (.SAFE folder, its zip, its MTD file) is its finest bands (sentinel2/as_raster.py).
    ``label`` is what messages call it; the file's name by default. Raises InputError where there is no file, it is
    not a raster, holds several rasters of which one is to be chosen, or complex numbers.
    """
    path = os.fspath(path)
    product = as_raster(path)
    if product is not None:
        return _open_product(product, path, label)
    label = label or Path(path).name or path
    is_plain_path = not re.match(r"^(/vsi|[A-Za-z][A-Za-z0-9_]+:|<)", path)
    if not path:
        raise InputError("No raster was given.")
    if is_plain_path and not Path(path).exists():
        raise InputError(f"{label}: the file {path} does not exist.")
    try:
        dataset = opened(path)
    except RasterioIOError as error:
        if is_plain_path and not os.access(path, os.R_OK):
            raise InputError(f"{label}: the file {path} may not be read. Check its permissions.") from error
        if is_plain_path and Path(path).is_file() and Path(path).stat().st_size == 0:
            raise InputError(f"{label}: the file {path} is empty.") from error
        raise InputError(
            f"{label}: {path} is not a raster that can be opened, or it is damaged. ({first_line(error)})"
        ) from error
    try:
        return RasterReader(dataset, describe(dataset, path, label))
    except BaseException:
        dataset.close()
        raise


def _open_product(product: ProductRaster, path: str, label: str) -> RasterReader:
    """The bands of a product, put together by a VRT in memory, which lives as long as the reader."""
    memory = MemoryFile(product.vrt.encode(), filename="product.vrt")
    try:
        dataset = opened(memory.name)
        info = describe(dataset, path, label or product.name)
    except RasterioIOError as error:
        memory.close()
        raise InputError(f"The images of {product.name} cannot be opened. ({first_line(error)})") from error
    except BaseException:
        memory.close()
        raise
    return RasterReader(dataset, replace(info, notes=(*product.notes, *info.notes)), memory)
