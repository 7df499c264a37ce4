"""What every test may use: the real data beside the repository, and rasters written in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def shared_data() -> Path:
    """The folder of real data, ``../shared/data`` beside the repository; tests that ask for it skip without it."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the real data are not at {SHARED_DATA}")
    return SHARED_DATA


@pytest.fixture
def write_raster(tmp_path: Path) -> Callable[..., str]:
    """``write_raster(name, array, **options) -> path``: a raster in the test's own folder.

    ``array`` is ``(height, width)`` or ``(bands, height, width)``. Options: ``crs``, ``transform``, ``nodata``,
    ``mask`` (bool, True is valid: an internal mask band), ``descriptions``, ``colours`` (names of colour
    interpretations), ``band_tags`` (one dictionary a band), ``overviews`` (factors) with ``overview_resampling``, and
    any creation option of the driver (``driver`` is GTiff).
    """

    def write(name: str, array, **options) -> str:
        import warnings

        import numpy as np
        import rasterio
        from rasterio.enums import ColorInterp, Resampling
        from rasterio.errors import NotGeoreferencedWarning

        array = np.asarray(array)
        array = array[None] if array.ndim == 2 else array
        mask = options.pop("mask", None)
        descriptions = options.pop("descriptions", None)
        colours = options.pop("colours", None)
        band_tags = options.pop("band_tags", ())
        overviews = options.pop("overviews", ())
        overview_resampling = options.pop("overview_resampling", "average")
        path = tmp_path / name
        profile = {"driver": "GTiff", "dtype": array.dtype.name, **options}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with (
                rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
                rasterio.open(
                    path, "w", count=len(array), height=array.shape[1], width=array.shape[2], **profile
                ) as raster,
            ):
                if colours:
                    raster.colorinterp = [ColorInterp[colour] for colour in colours]
                raster.write(array)
                if mask is not None:
                    raster.write_mask(np.asarray(mask, bool))
                for index, description in enumerate(descriptions or (), 1):
                    raster.set_band_description(index, description)
                for index, tags in enumerate(band_tags, 1):
                    raster.update_tags(index, **tags)
            if overviews:
                with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as raster:
                    raster.build_overviews(list(overviews), Resampling[overview_resampling])
        return str(path)

    return write
