"""Rasters of a generated landscape with a known displacement."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal

# The target of the generated pair shows everything this many metres farther east and north.
SHIFT_M = (34.0, -26.0)
PIXEL_M, SIDE_PX, ORIGIN = 10.0, 320, (600000.0, 5500000.0)


def texture(seed: int = 1, side: int = SIDE_PX):
    """A periodic landscape of patches, float ``(side, side)`` in about 0..1, with structure at every scale."""
    random = np.random.default_rng(seed)
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(side), np.fft.fftfreq(side))) + 1.0 / side
    noise = [
        np.fft.ifft2(np.fft.fft2(random.standard_normal((side, side))) / frequency**power).real for power in (1.0, 1.6)
    ]
    patches = np.digitize(noise[1], np.quantile(noise[1], np.linspace(0.1, 0.9, 9))) / 9.0
    return 0.75 * patches + 0.25 * (noise[0] - noise[0].min()) / np.ptp(noise[0])


def shifted(image, dx: float, dy: float):
    """The periodic ``image`` with its content moved ``(dx, dy)`` pixels right and down, exactly (Fourier shift)."""
    fx, fy = np.meshgrid(np.fft.fftfreq(image.shape[1]), np.fft.fftfreq(image.shape[0]))
    return np.fft.ifft2(np.fft.fft2(image) * np.exp(-2j * np.pi * (fx * dx + fy * dy))).real


def write_tif(path: Path, bands, origin=ORIGIN, pixel=PIXEL_M, epsg: int | None = 32636, nodata=None) -> str:
    """A GeoTIFF of one array or several, of their dtype."""
    bands = [bands] if getattr(bands, "ndim", 3) == 2 else list(bands)
    kinds = {"uint8": 1, "uint16": 2, "float32": 6, "float64": 7, "complex64": 10}
    rows, columns = bands[0].shape
    file = gdal.GetDriverByName("GTiff").Create(str(path), columns, rows, len(bands), kinds[bands[0].dtype.name])
    file.SetGeoTransform((origin[0], pixel, 0, origin[1], 0, -pixel))
    if epsg:
        from osgeo import osr

        crs = osr.SpatialReference()
        crs.ImportFromEPSG(epsg)
        file.SetProjection(crs.ExportToWkt())
    for number, band in enumerate(bands, 1):
        file.GetRasterBand(number).WriteArray(band)
        if nodata is not None:
            file.GetRasterBand(number).SetNoDataValue(nodata)
    file.FlushCache()
    return str(path)
