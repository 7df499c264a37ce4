"""A Sentinel-2 product where QGIS asks for a raster layer: a .SAFE folder, its zip, or its MTD file.

QGIS opens none of the three as a layer (of an MTD file GDAL offers subdatasets, one of which a person chooses). So a
layer is made of the bands that the engine will take, and remembers the product, which is what the engine gets.
"""

from __future__ import annotations

import hashlib
import os

from qgis.core import QgsRasterLayer

from ..engine.errors import InputError
from ..engine.sentinel2.images import IMAGE_DRIVERS
from ..engine.sentinel2.product import is_product, open_product
from .texts import tr

PRODUCT = "sentinelmatch/product"  # custom property of such a layer: the path of its product


def product_layer(value):
    """A layer of the finest bands of the product that ``value`` names; None if it names none. Main thread only.

    Raises InputError with a sentence where it is one, and its images are missing or cannot be opened.
    """
    if not isinstance(value, str) or not value or not is_product(value):
        return None
    from osgeo import gdal

    product = open_product(value)
    images = product.finest()
    name = hashlib.sha256("|".join(image.path for image in images).encode()).hexdigest()[:16]
    path = f"/vsimem/sentinelmatch-{name}.vrt"
    files, nodata = [image.path for image in images], product.metadata.nodata
    try:  # several files of one band each, or the true-colour image alone; builds of GDAL differ in whether they raise
        for file in files:
            if gdal.OpenEx(file, gdal.OF_RASTER, allowed_drivers=IMAGE_DRIVERS) is None:
                raise RuntimeError(file)
        made = gdal.BuildVRT(path, files, separate=len(files) > 1, VRTNodata=nodata) is not None
    except RuntimeError:
        made = False
    layer = QgsRasterLayer(path, product.name, "gdal")
    if not (made and layer.isValid()):
        raise InputError(
            tr(
                "The images of {name} cannot be opened: they are damaged or cut off. Download the product again."
            ).format(name=product.name)
        )
    layer.setCustomProperty(PRODUCT, os.path.abspath(value) if os.path.exists(value) else value)
    return layer
