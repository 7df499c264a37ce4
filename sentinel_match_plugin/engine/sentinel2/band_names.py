"""What the images of a Sentinel-2 product are called, and what people call them.

Imported by QGIS too: no numpy here.
"""

from __future__ import annotations

import re

from ..errors import InputError

# Pixel size in metres at which the instrument takes each band (ESA, Sentinel-2 MSI user guide).
NATIVE_M = {
    "B01": 60, "B02": 10, "B03": 10, "B04": 10, "B05": 20, "B06": 20, "B07": 20, "B08": 10, "B8A": 20, "B09": 60,
    "B10": 60, "B11": 20, "B12": 20,
}  # fmt: skip
BAND_IDS = tuple(NATIVE_M)  # the metadata count them from 0 in this order
# Other images: true colour; scene classes, aerosol optical thickness and water vapour (Level-2A only).
OTHERS = ("TCI", "SCL", "AOT", "WVP")
PROBABILITIES = ("CLD", "SNW")  # of cloud and of snow, percent: masks, not bands to be asked for
CLASSES = ("SCL",)  # values without a mean
RESOLUTIONS_M = (10, 20, 60)
PRESETS = {
    "RGB": ("B04", "B03", "B02"),
    "CIR": ("B08", "B04", "B03"),
    "SWIR": ("B12", "B8A", "B04"),
    "RGBN": ("B04", "B03", "B02", "B08"),
    "10M": ("B02", "B03", "B04", "B08"),
    "20M": ("B05", "B06", "B07", "B8A", "B11", "B12"),
    "60M": ("B01", "B09"),
}
DEFAULT = "auto"  # the finest reflectance bands that the product has
ALL = "all"  # every reflectance band that it has
# Those that show most of the ground, red first: as GDAL's driver orders them, so that a viewer shows true colours.
ORDER = ("B04", "B03", "B02", "B08", "B8A")


def parse_bands(text: str) -> list[str]:
    """Band names out of a list such as "RGB, b8 SCL"; presets are taken apart, auto and all stay as they are.

    Separators are commas, semicolons, plus signs and blanks; case and a missing zero do not matter. Raises InputError
    for a name that Sentinel-2 does not have.
    """
    names: list[str] = []
    for word in re.split(r"[\s,;+]+", text.strip()) if text.strip() else [DEFAULT]:
        if not word:
            continue
        if word.lower() in (DEFAULT, ALL):
            names.append(word.lower())
        elif word.upper() in PRESETS:
            names += PRESETS[word.upper()]
        else:
            names.append(band_name(word))
    return list(dict.fromkeys(names)) or [DEFAULT]


def band_name(word: str) -> str:
    """ "B04" of "b4", "B8A" of "8a", "SCL" of "scl". Raises InputError for what is no band."""
    found = re.fullmatch(r"(?:B|BAND)?0?(\d{1,2}A?)", word.strip().upper())
    name = word.strip().upper()
    if found:
        number = found.group(1)
        name = "B8A" if number == "8A" else f"B{int(number):02d}" if number.isdigit() else name
    if name not in NATIVE_M and name not in OTHERS:
        raise InputError(
            f"“{word}” is no band of Sentinel-2: use names such as {', '.join(BAND_IDS)}, {', '.join(OTHERS)}, or one "
            f"of {', '.join((DEFAULT, ALL, *PRESETS))}."
        )
    return name


def in_order(names: list[str]) -> list[str]:
    """Bands with red, green, blue and near infrared first."""
    return sorted(names, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))
