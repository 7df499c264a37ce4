"""What a raster of prepared bands says about itself: names, wavelengths, time, baseline, what its numbers mean."""

from __future__ import annotations

from ..jobs import PrepareSentinel2Job
from ..results.raster_writer import Layout
from .normalisation import Scale, Target
from .plan import Band, Plan
from .product import Product
from .tags import band_tags, product_tags

# ESA's colours of the scene classes (Sentinel-2 toolbox).
CLASS_COLOURS: dict[int, tuple[int, ...]] = {
    0: (0, 0, 0, 255), 1: (255, 0, 0, 255), 2: (47, 47, 47, 255), 3: (100, 50, 0, 255), 4: (0, 160, 0, 255),
    5: (255, 230, 90, 255), 6: (0, 0, 255, 255), 7: (128, 128, 128, 255), 8: (192, 192, 192, 255),
    9: (255, 255, 255, 255), 10: (100, 200, 255, 255), 11: (255, 150, 255, 255),
}  # fmt: skip


def layout_of(
    product: Product, plan: Plan, job: PrepareSentinel2Job, target: Target, scales: dict[str, Scale]
) -> Layout:
    """The layout of the raster; a single band of classes gets their colours."""
    tags = {**product_tags(product), "NORMALISATION": job.normalise}
    if job.normalise == "threshold":
        tags["NORMALISATION_THRESHOLD"] = f"{job.threshold:g}"
    tags["CLOUD_MASK"] = plan.clouds.why if plan.clouds else "none"
    shown = {"B04": "red", "B03": "green", "B02": "blue", "TCI_R": "red", "TCI_G": "green", "TCI_B": "blue"}
    names = [band.name for band in plan.bands]
    colours = [shown.get(name, "undefined") for name in names]
    if len({"red", "green", "blue"} & set(colours)) < 3 or any(colours.count(c) > 1 for c in ("red", "green", "blue")):
        colours = ["gray" if index == 0 else "undefined" for index in range(len(names))]
    classes = names == ["SCL"] and target.dtype == "uint8"
    return Layout(
        width=plan.grid.width,
        height=plan.grid.height,
        georeference=plan.grid.georeference,
        dtype=target.dtype,
        nodata=target.nodata,
        descriptions=names,
        colours=["palette"] if classes else colours,
        colour_map=CLASS_COLOURS if classes else None,
        tags=tags,
        band_tags=[_tags(product, band, scales[band.name]) for band in plan.bands],
    )


def _tags(product: Product, band: Band, scale: Scale) -> dict[str, dict[str, str]]:
    tags = {
        **{key: value for key, value in band_tags(product, band.band).items() if not key.endswith("_ADD_OFFSET")},
        "SOURCE_IMAGE": band.source.image.name,
        "SOURCE_PIXEL_M": f"{band.source.metres:g}",
        "OFFSET_APPLIED": f"{product.offset(band.band):g}",  # so that nobody adds it a second time
        "SCALE_FROM_PRODUCT": f"(number {scale.offset:+g}) * {scale.factor:.9g}",
    }
    imagery = {}
    if "WAVELENGTH" in tags:
        imagery["CENTRAL_WAVELENGTH_UM"] = f"{float(tags['WAVELENGTH']) / 1000:g}"
    if "BANDWIDTH" in tags:
        imagery["FWHM_UM"] = f"{float(tags['BANDWIDTH']) / 1000:g}"
    return {"": tags, "IMAGERY": imagery}
