"""Where the clouds are: by scene classes, probabilities, or the masks of Level-1C, old (polygons) and new (rasters)."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
from rasterio.crs import CRS

from ..errors import InputError
from ..frames.georeference import parse_crs
from ..imagery.area import Area
from ..imagery.polygons import Polygon
from ..results.output_grid import OutputGrid
from .images import IMAGE_ENDINGS, Image
from .markup import Element, parse
from .product import Product
from .reading import Meaning, Source, open_source

# Of the scene classification (ESA, Level-2A algorithm overview): cloud shadow, clouds of medium and high probability,
# thin cirrus. Snow (11) is none of them, and stays.
CLOUDY_CLASSES = (3, 8, 9, 10)
QA60_BITS = (1 << 10) | (1 << 11)  # opaque clouds, cirrus
_ENDINGS = "|".join(re.escape(ending) for ending in IMAGE_ENDINGS)

Mask = Callable[[OutputGrid], np.ndarray]


@dataclass(frozen=True)
class CloudMask:
    """``on(grid)`` is bool ``(height, width)``, True where a pixel has some cloud in it; ``why`` names the source."""

    on: Mask
    why: str


def cloud_mask(product: Product, probability: float, crs: CRS, files: ExitStack) -> CloudMask:
    """The best cloud mask that the product has; its files stay open as long as ``files``.

    ``probability`` above 0: where the probability of cloud is at least that many percent. Else, in this order: scene
    classes, the raster mask (from baseline 04.00), QA60, the polygons (before). Raises InputError, naming what is
    missing, where there is none.
    """
    if probability > 0:
        sizes = sorted(metres for band, metres in product.images if band == "CLD")
        if not sizes:
            raise InputError(
                f"{product.name} has no cloud probabilities (MSK_CLDPRB), which are part of Level-2A: mask by its "
                "classes instead (cloud probability 0)."
            )
        source = open_source(product, product.images["CLD", sizes[0]], files)
        return CloudMask(
            _raster(source, lambda pixels: (np.asarray(pixels[0] >= probability), None)),
            f"cloud where {source.image.name.rpartition('/')[2]} says {probability:g} % or more",
        )
    if any(band == "SCL" for band, _ in product.images):
        source = open_source(product, product.image("SCL"), files)
        return CloudMask(
            _raster(source, lambda pixels: (np.isin(pixels[0], CLOUDY_CLASSES), None)),
            f"cloud, cirrus and cloud shadow by the scene classes of {source.image.name.rpartition('/')[2]}",
        )
    found = _find(product, rf"MSK_CLASSI_B00({_ENDINGS})")
    if found:
        source = open_source(product, Image("CLASSI", 60, found, product.files.gdal_path(found)), files)
        if source.dataset.count < 2:
            raise InputError(
                f"{found} of {product.name} has no band of opaque clouds and one of cirrus: it is damaged."
            )
        return CloudMask(
            _raster(source, lambda pixels: (np.any(pixels[:2] > 0, axis=0), None)),
            f"opaque clouds and cirrus of {found.rpartition('/')[2]}",
        )
    found = _find(product, rf".*QA60({_ENDINGS})")
    if found:
        source = open_source(product, Image("QA60", 60, found, product.files.gdal_path(found)), files)
        return CloudMask(
            _raster(source, lambda pixels: ((pixels[0].astype(np.int64) & QA60_BITS) > 0, None)),
            f"opaque clouds and cirrus of {found.rpartition('/')[2]}",
        )
    found = _find(product, r"(.*_)?MSK_CLOUDS_(.*_)?B00(_.*)?\.gml")
    if found:
        return _polygons(product, found, crs)
    wanted = "SCL or MSK_CLASSI_B00" if product.metadata.level == "L2A" else "MSK_CLASSI_B00 or MSK_CLOUDS_B00"
    raise InputError(
        f"{product.name} has no cloud mask among its files ({wanted}): prepare it without masking clouds, or download "
        "it again, whole."
    )


def _find(product: Product, pattern: str) -> str:
    """A file of the product by its name, that in the tile's folder first; "" where there is none."""
    names = [n for n in product.files.names if re.fullmatch(pattern, n.rpartition("/")[2], re.IGNORECASE)]
    names = [n for n in names if not n.upper().startswith("GRANULE/") or n.startswith(f"{product.granule}/")] or names
    names.sort(key=lambda name: (not name.startswith(f"{product.granule}/"), name.count("/"), name))
    return names[0] if names else ""


def _raster(source: Source, meaning: Meaning) -> Mask:
    def on(grid: OutputGrid) -> np.ndarray:
        values, _ = source.on(grid, meaning, "any")
        return values > 0

    return on


def _polygons(product: Product, name: str, crs: CRS) -> CloudMask:
    label = f"{name.rpartition('/')[2]} of {product.name}"
    root = parse(product.files.read(name), label)
    polygons = []
    for feature in root.all("MaskFeature"):
        kind = feature.value("maskType").upper()
        if kind in ("OPAQUE", "CIRRUS"):
            polygons += [_rings(element, label) for element in feature.all("Polygon")]
    code = next(
        (
            element.attributes["srsname"]
            for element in root.all("Envelope", "Polygon", "MultiSurface")
            if "srsname" in element.attributes
        ),
        "",
    )
    number = re.search(r"(\d{4,6})$", code)
    if polygons and number and parse_crs(f"EPSG:{number.group(1)}") != crs:
        raise InputError(f"The cloud polygons of {label} are in another CRS ({code}) than its images.")
    area = Area(crs, None, tuple(polygons))

    def on(grid: OutputGrid) -> np.ndarray:
        if not polygons:
            return np.zeros((grid.height, grid.width), bool)
        return area.mask(grid.georeference, (grid.height, grid.width))

    return CloudMask(on, f"the {len(polygons)} cloud polygons of {name.rpartition('/')[2]}")


def _rings(polygon: Element, label: str) -> Polygon:
    """The outer ring and the holes of a GML polygon, closed, x and y."""
    rings = []
    for side in ("exterior", "interior"):
        for element in polygon.all(side):
            positions = element.first("posList")
            text = positions.text if positions is not None else ""
            stated = positions.attributes.get("srsdimension") if positions is not None else None
            try:
                dimension = int(stated or 2)
                ring = np.array(text.split(), float).reshape(-1, dimension)[:, :2]
            except ValueError as error:
                raise InputError(f"A polygon of {label} is not proper: {error}.") from error
            if len(ring) < 3 or not np.isfinite(ring).all():
                raise InputError(f"A polygon of {label} has fewer than three corners, or ones that are no numbers.")
            rings.append(ring if (ring[0] == ring[-1]).all() else np.concatenate([ring, ring[:1]]))
    if not rings:
        raise InputError(f"A polygon of {label} has no ring.")
    return rings
