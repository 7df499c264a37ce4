"""What a raster made of a product says about itself: metadata by names that GDAL's Sentinel-2 driver uses too."""

from __future__ import annotations

from ..imagery.spectra import SENTINEL2_NM
from .product import Product


def product_tags(product: Product) -> dict[str, str]:
    """Of the whole raster."""
    metadata = product.metadata
    tags = {
        "PRODUCT_URI": product.name,
        "PROCESSING_LEVEL": f"Level-{metadata.level[1:]}",
        "PROCESSING_BASELINE": metadata.baseline,
        "ACQUISITION_TIME": product.sensing_time,
        "DATATAKE_SENSING_START": metadata.sensing_time,
        "GENERATION_TIME": metadata.generation_time,
        "SPACECRAFT_NAME": metadata.spacecraft,
        "SENSING_ORBIT_NUMBER": metadata.orbit,
        "SENSING_ORBIT_DIRECTION": metadata.orbit_direction,
        "TILE_ID": product.tile.identifier if product.tile else "",
        "QUANTIFICATION_VALUE": "" if metadata.quantification is None else f"{metadata.quantification:g}",
    }
    return {key: value for key, value in tags.items() if value}


def band_tags(product: Product, band: str) -> dict[str, str]:
    """Of a band: its wavelengths in nm, and the offset that its numbers in the product have."""
    tags = {}
    wavelength = product.metadata.wavelengths.get(band)
    if wavelength is not None:
        tags["WAVELENGTH"] = f"{wavelength.central_nm:g}"
        tags["WAVELENGTH_MIN"], tags["WAVELENGTH_MAX"] = f"{wavelength.min_nm:g}", f"{wavelength.max_nm:g}"
        tags["BANDWIDTH"] = f"{wavelength.max_nm - wavelength.min_nm:g}"
    elif band in SENTINEL2_NM:
        tags["WAVELENGTH"] = f"{SENTINEL2_NM[band]:g}"
    if "WAVELENGTH" in tags:
        tags["WAVELENGTH_UNIT"] = "nm"
    if band in product.metadata.offsets:
        tags[product.metadata.offset_name] = f"{product.offset(band):g}"
    return tags
