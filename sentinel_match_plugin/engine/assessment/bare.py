"""A raster with its georeferencing hidden: a virtual one of a few lines, with the same pixels."""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path

import rasterio
import rasterio.shutil
from rasterio.errors import NotGeoreferencedWarning

from ..errors import InputError

# Whatever tells where the pixels lie: the CRS, the transform, control points, polynomial coefficients.
_PLACE = re.compile(
    r"<SRS\b.*?</SRS>|<GeoTransform>.*?</GeoTransform>|<GCPList\b.*?</GCPList>"
    r'|<Metadata domain="(?:RPC|GEOLOCATION)">.*?</Metadata>',
    re.DOTALL,
)


def without_georeferencing(path: str, folder: str | os.PathLike[str], name: str) -> str:
    """The path of a VRT in ``folder``, ``name``.vrt, that shows the raster ``path`` as if it had no CRS."""
    copy = Path(folder) / f"{name}.vrt"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            source = os.path.abspath(path) if os.path.exists(path) else path
            rasterio.shutil.copy(source, str(copy), driver="VRT")
    except rasterio.errors.RasterioError as error:
        raise InputError(f"The raster {path} cannot be read: {error}.") from error
    copy.write_text(_PLACE.sub("", copy.read_text(encoding="utf-8")), encoding="utf-8")
    return str(copy)
