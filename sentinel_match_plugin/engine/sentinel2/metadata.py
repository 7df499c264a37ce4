"""What the XML of a product says: level, baseline, quantification, offsets, wavelengths, images, where the tile lies.

Element names are those of ESA's product specification (S2-PDGS-TAS-DI-PSD, issues 13 to 15), also as Sen2Cor wrote
them until 2017 (``L2A_...``). Imported by QGIS too: no numpy here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..errors import InputError
from .band_names import BAND_IDS, RESOLUTIONS_M
from .markup import Element, parse

IMAGE_ELEMENTS = ("IMAGE_FILE", "IMAGE_FILE_2A", "IMAGE_ID", "IMAGE_ID_2A")
TILE = re.compile(r"_T?(\d{2}[A-Z]{3})(?=_|\.|$)")


@dataclass(frozen=True)
class Wavelength:
    """Central wavelength and the ends of the band, nanometres."""

    central_nm: float
    min_nm: float
    max_nm: float


@dataclass(frozen=True)
class Granule:
    """A tile as the product's metadata list it: its identifier, and its images (paths or names without an ending)."""

    identifier: str
    images: tuple[str, ...]

    @property
    def tile(self) -> str:
        """ "32TQR", "" where the identifier names none."""
        found = TILE.search(self.identifier)
        return found.group(1) if found else ""


@dataclass(frozen=True)
class ProductMetadata:
    """What the product's own XML says.

    ``level`` is L1C or L2A. ``quantification``: reflectance is (number in the file + offset) / quantification;
    ``offsets`` by band, empty before baseline 04.00. ``nodata`` is the number in the files that means no data.
    """

    level: str
    uri: str
    baseline: str
    spacecraft: str
    sensing_time: str
    generation_time: str
    orbit: str
    orbit_direction: str
    quantification: float | None
    offsets: dict[str, float]
    nodata: int
    wavelengths: dict[str, Wavelength]
    granules: tuple[Granule, ...]
    other_quantifications: dict[str, float] = field(default_factory=dict)

    @property
    def offset_name(self) -> str:
        """What the offset is called in the product's metadata."""
        return "RADIO_ADD_OFFSET" if self.level == "L1C" else "BOA_ADD_OFFSET"


@dataclass(frozen=True)
class TileMetadata:
    """What the tile's XML says. ``crs`` is an EPSG code; ``origin`` the upper left corner (x, y) in it.

    ``sizes``: pixel size in metres -> (width, height) in pixels.
    """

    identifier: str
    sensing_time: str
    crs: str
    origin: tuple[float, float]
    sizes: dict[int, tuple[int, int]]


def parse_product(data: bytes, label: str) -> ProductMetadata:
    """The product's metadata. Raises InputError where these are of something else, or damaged."""
    root = parse(data, label)
    found = re.fullmatch(r"level-(1c|2a)p?_user_product", root.name)
    if found is None:
        raise InputError(
            f"{label} is not the metadata of a Sentinel-2 product of Level-1C or Level-2A (its root is {root.name!r})."
        )
    level = f"L{found.group(1).upper()}"
    return ProductMetadata(
        level=level,
        uri=re.sub(r"\.SAFE$", "", root.value("PRODUCT_URI", f"PRODUCT_URI_{level[1:]}"), flags=re.IGNORECASE),
        baseline=root.value("PROCESSING_BASELINE"),
        spacecraft=root.value("SPACECRAFT_NAME"),
        sensing_time=root.value("PRODUCT_START_TIME") or root.value("DATATAKE_SENSING_START"),
        generation_time=root.value("GENERATION_TIME"),
        orbit=root.value("SENSING_ORBIT_NUMBER"),
        orbit_direction=root.value("SENSING_ORBIT_DIRECTION"),
        quantification=_quantification(root, level, label),
        offsets=_offsets(root, label),
        nodata=_nodata(root, label),
        wavelengths=_wavelengths(root),
        granules=tuple(_granules(root)),
        other_quantifications=_other_quantifications(root, label),
    )


def parse_tile(data: bytes, label: str) -> TileMetadata:
    """The tile's metadata. Raises InputError where they do not say where the tile lies."""
    root = parse(data, label)
    sizes = {}
    for size in root.all("Size"):
        metres = _whole(size.attributes.get("resolution", ""))
        shape = _whole(size.value("NCOLS")), _whole(size.value("NROWS"))
        if metres in RESOLUTIONS_M and min(shape) > 0:
            sizes[metres] = shape
    place = root.first("Geoposition")
    try:
        origin = (float(place.value("ULX")), float(place.value("ULY"))) if place is not None else None
    except ValueError:
        origin = None
    crs = root.value("HORIZONTAL_CS_CODE")
    if origin is None or not sizes or not re.fullmatch(r"EPSG:\d{4,6}", crs):
        raise InputError(f"{label} does not say where the tile lies: it is damaged. Download the product again.")
    return TileMetadata(root.value("TILE_ID", "TILE_ID_2A"), root.value("SENSING_TIME"), crs, origin, sizes)


def _quantification(root: Element, level: str, label: str) -> float | None:
    names = (
        ("QUANTIFICATION_VALUE",)
        if level == "L1C"
        else ("BOA_QUANTIFICATION_VALUE", "L2A_BOA_QUANTIFICATION_VALUE", "L1C_TOA_QUANTIFICATION_VALUE")
    )
    values = [root.value(name) for name in names if root.first(name) is not None]
    if not values:
        return None
    value = _number(values[0], names[0], label)
    if value <= 0:
        raise InputError(f"{label} says that the quantification value is {values[0]}: it must be above zero.")
    return value


def _other_quantifications(root: Element, label: str) -> dict[str, float]:
    found = {}
    for name in ("AOT", "WVP"):
        text = root.value(f"{name}_QUANTIFICATION_VALUE", f"L2A_{name}_QUANTIFICATION_VALUE")
        if text:
            found[name] = _number(text, f"{name}_QUANTIFICATION_VALUE", label)
    return found


def _offsets(root: Element, label: str) -> dict[str, float]:
    offsets = {}
    for element in root.all("RADIO_ADD_OFFSET", "BOA_ADD_OFFSET"):
        number = _whole(element.attributes.get("band_id", element.attributes.get("bandid", "")))
        if not 0 <= number < len(BAND_IDS):
            raise InputError(f"{label} has a radiometric offset of a band {number} that Sentinel-2 does not have.")
        offsets[BAND_IDS[number]] = _number(element.text, element.name.upper(), label)
    return offsets


def _nodata(root: Element, label: str) -> int:
    for values in root.all("Special_Values"):
        if values.value("SPECIAL_VALUE_TEXT").upper() == "NODATA":
            return int(_number(values.value("SPECIAL_VALUE_INDEX"), "SPECIAL_VALUE_INDEX", label))
    return 0  # as every issue of the specification has it


def _wavelengths(root: Element) -> dict[str, Wavelength]:
    found = {}
    for element in root.all("Spectral_Information"):
        number = _whole(element.attributes.get("bandid", ""))
        try:
            wavelength = Wavelength(*(float(element.value(name)) for name in ("CENTRAL", "MIN", "MAX")))
        except ValueError:
            continue
        if 0 <= number < len(BAND_IDS):
            found[BAND_IDS[number]] = wavelength
    return found


def _granules(root: Element) -> list[Granule]:
    """One for each tile: the same may be listed in several lists."""
    images: dict[str, list[str]] = {}
    for element in root.all("Granule", "Granules"):
        identifier = element.attributes.get("granuleidentifier", "")
        names = [image.text for image in element.all(*IMAGE_ELEMENTS) if image.text]
        images.setdefault(identifier, []).extend(names)
    return [Granule(identifier, tuple(dict.fromkeys(names))) for identifier, names in images.items()]


def _number(text: str, name: str, label: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e9:  # nan too
        raise InputError(f"{label} says that {name} is “{text[:40]}”, which is no number: it is damaged.")
    return value


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\s*\d{1,7}\s*", text) else -1
