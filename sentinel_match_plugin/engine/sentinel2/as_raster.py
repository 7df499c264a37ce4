"""A product, or one of the subdatasets that GDAL's driver makes of it, where a raster is asked for.

The driver itself knows neither a zip without a .SAFE folder nor oddly cased metadata, declares no nodata, so that half
a swath would be matched as black ground, and shows images that are missing as black too. So the subdatasets that QGIS
offers for an MTD file (``SENTINEL2_L2A:...MTD_MSIL2A.xml:10m:EPSG_32629``) are put together here as well, with the
driver's own numbering of the bands.
"""

from __future__ import annotations

from dataclasses import dataclass

import rasterio
from rasterio.errors import RasterioError

from ..errors import InputError
from .band_names import NATIVE_M, RESOLUTIONS_M
from .images import IMAGE_DRIVERS, Image
from .product import SUBDATASET, Product, is_product, open_product
from .tags import band_tags, product_tags
from .virtual_raster import COLOURS, VirtualBand, virtual_raster

# The bands of the subdatasets in the order of GDAL's driver (frmts/sentinel2).
_ATMOSPHERE = ("AOT", "CLD", "SCL", "SNW", "WVP")
_DRIVER_ORDER = {
    ("1C", "10m"): ("B04", "B03", "B02", "B08"),
    ("1C", "20m"): ("B05", "B06", "B07", "B8A", "B11", "B12"),
    ("1C", "60m"): ("B01", "B09", "B10"),
    ("2A", "10m"): ("B04", "B03", "B02", "B08", "AOT", "WVP"),
    ("2A", "20m"): ("B05", "B06", "B07", "B8A", "B11", "B12", *_ATMOSPHERE),
    ("2A", "60m"): ("B01", "B09", *_ATMOSPHERE),
}


@dataclass(frozen=True)
class ProductRaster:
    """A product seen as a raster: the text of a VRT, what to call it, and what was chosen, in sentences."""

    vrt: str
    name: str
    notes: tuple[str, ...]


def as_raster(path: str) -> ProductRaster | None:
    """The raster that stands for the product or subdataset at ``path``, None where it is neither.

    A product becomes its finest reflectance bands with red, green, blue or near infrared among them, red first; their
    numbers are those in the files (the offset of baseline 04.00 is in the bands' metadata). Nodata is what the
    product's metadata say. Raises InputError, naming what is missing.
    """
    subdataset = SUBDATASET.fullmatch(path)
    if subdataset:
        return None if subdataset.group(4).upper() == "PREVIEW" else _of_subdataset(path, *subdataset.groups())
    if not is_product(path):
        return None
    product = open_product(path)
    images = product.finest()
    names = ", ".join(image.band for image in images)
    stored = _as_stored(product, images)
    finer = [f"{m} m" for m in RESOLUTIONS_M if m < images[0].metres]
    why = f" (none of {' or '.join(finer)} is among its files)" if finer else ""
    said = (
        f"{product.describe()}: {names} at {images[0].metres} m {'are' if len(images) > 1 else 'is'} used{why}{stored}."
    )
    return ProductRaster(_vrt(product, [(i.band, i) for i in images]), product.name, (said, *product.notes))


def _of_subdataset(path: str, level: str, _: str, place: str, kind: str, __: str) -> ProductRaster:
    product = open_product(place)
    product.check_has_images()
    if kind.upper() == "TCI":
        image = product.image("TCI")
        said = f"{product.describe()}: the true-colour image at {image.metres} m is used."
        return ProductRaster(_vrt(product, [("TCI", image)]), product.name, (said, *product.notes))
    metres, names = int(kind[:-1]), _DRIVER_ORDER[level.upper(), kind.lower()]
    images = [(name, product.images.get((name, metres))) for name in names]
    there = [image for name, image in images if image is not None and name in NATIVE_M]
    missing = [name for name, image in images if image is None and name in NATIVE_M]
    if not there:
        raise InputError(
            f"{path.rpartition(':MTD')[0][-80:] or product.name}: none of {', '.join(missing)} at {metres} m is among "
            f"the files of {product.name}, which has {product.inventory()}. Give the product itself (its MTD file or "
            "folder), and the finest bands that are there are taken."
        )
    left_out = f" ({', '.join(missing)} are not among its files and count as nodata)" if missing else ""
    said = f"{product.describe()}: its subdataset of {metres} m is used{left_out}{_as_stored(product, there)}."
    return ProductRaster(_vrt(product, images), product.name, (said, *product.notes))


def _as_stored(product: Product, images: list[Image]) -> str:
    if not any(product.offset(image.band) for image in images):
        return ""
    return (
        f", as stored: their {product.metadata.offset_name}, which does not matter to matching, is not added (Prepare "
        "Sentinel-2 product does that)"
    )


def _vrt(product: Product, images: list[tuple[str, Image | None]]) -> str:
    """The VRT of images of one pixel size; those that are None become bands of nothing but nodata."""
    bands: list[VirtualBand] = []
    frame = None
    for name, image in images:
        if image is None:
            bands.append(VirtualBand(name, "", 1, "uint16", product.metadata.nodata, tags=band_tags(product, name)))
            continue
        try:
            with open_image(image) as dataset:
                here = (dataset.width, dataset.height, dataset.transform, dataset.crs)
                dtypes, blocks = dataset.dtypes, dataset.block_shapes
        except RasterioError as error:
            raise cannot_open(product, image, error) from error
        if here[3] is None or here[2].is_identity:
            here = (*here[:2], *place_of(product, image))
        if frame is not None and here != frame:
            raise InputError(
                f"The images of {product.name} do not lie on one grid: {image.name} has {here[0]} x {here[1]} pixels, "
                f"the others {frame[0]} x {frame[1]}, or it lies elsewhere. The product is damaged."
            )
        frame = here
        for number in range(1, len(dtypes) + 1):
            several = len(dtypes) > 1
            colour = ("Red", "Green", "Blue", "Undefined")[min(number - 1, 3)] if several else COLOURS.get(name)
            bands.append(
                VirtualBand(
                    f"{name}_{'RGB'[number - 1]}" if several and number <= 3 else name,
                    image.path,
                    number,
                    dtypes[number - 1],
                    product.metadata.nodata,
                    colour or "Undefined",
                    blocks[number - 1],
                    band_tags(product, name),
                )
            )
    if frame is None:
        raise InputError(f"{product.name} has no image to open.")
    return virtual_raster(bands, *frame[:3], frame[3].to_wkt(), product_tags(product))


def open_image(image: Image) -> rasterio.DatasetReader:
    """An image of a product, by a driver for images alone. Raises RasterioError."""
    if image.path.lower().endswith(".jp2"):
        with rasterio.Env() as environment:
            known = environment.drivers()
        driver = next((name for name in IMAGE_DRIVERS if name in known), "")
    else:
        driver = "GTiff"
    return rasterio.open(image.path, driver=driver)


def place_of(product: Product, image: Image) -> tuple[rasterio.Affine, rasterio.crs.CRS]:
    """Transform and CRS of an image that has none itself, from the tile's metadata. Raises InputError."""
    if product.tile is None:
        raise InputError(
            f"{image.name} of {product.name} is not georeferenced, and the tile's metadata (MTD_TL.xml) are missing: "
            "download the product again, whole."
        )
    x, y = product.tile.origin
    return rasterio.Affine(image.metres, 0, x, 0, -image.metres, y), rasterio.crs.CRS.from_user_input(product.tile.crs)


def cannot_open(product: Product, image: Image, error: BaseException) -> InputError:
    """The InputError for an image that is there and cannot be opened."""
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return InputError(
        f"{image.name} of {product.name} cannot be opened: it is damaged or cut off. Download the product again. "
        f"({reason[:200]})"
    )
