"""``speed_floor.py REFERENCE TARGET OUTPUT``: what any program that moves an image onto another has to do at the least.

Both are read whole, once, by GDAL with all threads; the target is warped by GDAL with all threads, cubic, by a shift of
a third of a pixel, and written as a tiled GeoTIFF, deflate. Needs the engine's Python, so that it is the same GDAL.
"""

from __future__ import annotations

import os
import sys

import numpy as np
import rasterio
from rasterio.enums import Resampling
from rasterio.warp import reproject
from rasterio.windows import Window
from speed_pairs import GEOTIFF

LINES = 2048  # read at once: two lines of tiles, which GDAL decodes in parallel
WARP_MEMORY_MB = 256


def read(path: str, keep: bool) -> np.ndarray | None:
    """Band 1, if it is to be kept."""
    with rasterio.open(path) as raster:
        whole = np.empty(raster.shape, raster.dtypes[0]) if keep else None
        for top in range(0, raster.height, LINES):
            window = Window(0, top, raster.width, min(LINES, raster.height - top))
            lines = raster.read(1, window=window)
            if whole is not None:
                whole[top : top + LINES] = lines
    return whole


def main() -> None:
    """The command line."""
    reference, target, output = sys.argv[1:]
    with rasterio.Env(GDAL_NUM_THREADS="ALL_CPUS"):
        read(reference, keep=False)
        image = read(target, keep=True)
        with rasterio.open(target) as raster:
            crs, source = raster.crs, raster.transform
        with rasterio.open(reference) as raster:
            about = {"width": raster.width, "height": raster.height, "count": 1, "dtype": raster.dtypes[0], "crs": crs}
        moved = source @ rasterio.Affine.translation(1 / 3, 1 / 3)
        with rasterio.open(output, "w", transform=source, **about, **GEOTIFF) as raster:
            reproject(
                image,
                rasterio.band(raster, 1),
                src_transform=moved,
                src_crs=crs,
                resampling=Resampling.cubic,
                num_threads=os.cpu_count() or 1,
                warp_mem_limit=WARP_MEMORY_MB,
            )


if __name__ == "__main__":
    main()
