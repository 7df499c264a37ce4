"""What a band shows: its name, central wavelength and colour, from whatever the file says about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# Central wavelengths in nm. Sentinel-2A (ESA, Sentinel-2 Spectral Response Functions, rounded); 2B and 2C differ by
# at most 8 nm.
SENTINEL2_NM = {
    "B01": 443, "B02": 492, "B03": 560, "B04": 665, "B05": 704, "B06": 740, "B07": 783, "B08": 833, "B8A": 865,
    "B09": 945, "B10": 1374, "B11": 1614, "B12": 2202,
}  # fmt: skip
# USGS, "What are the band designations for the Landsat satellites?" (middles of the ranges): the same numbers mean
# other colours.
LANDSAT_8_9_NM = {"B1": 443, "B2": 482, "B3": 562, "B4": 655, "B5": 865, "B6": 1609, "B7": 2201, "B8": 590, "B9": 1374}
LANDSAT_4_7_NM = {"B1": 485, "B2": 560, "B3": 660, "B4": 835, "B5": 1650, "B7": 2220, "B8": 710}
# Words that name a band. The order matters: "near infrared" and "red edge" both contain "red".
WORDS: tuple[tuple[str, str, float | None], ...] = (
    (r"red[ _-]?edge|veg\w*[ _-]red", "rededge", 705.0),
    (r"swir|short[ _-]?wave", "swir", None),
    (r"\bnir\d?\b|near[ _-]?infra[ _-]?red|\binfra[ _-]?red\b", "nir", 842.0),
    (r"coastal|\baerosol\b", "coastal", 443.0),
    (r"\bred\d?\b", "red", 665.0),
    (r"\bgreen\b", "green", 560.0),
    (r"\bblue\b", "blue", 492.0),
    (r"\bpan(chromatic)?\b", "pan", None),
)
# Colour by wavelength, nm: the widths take in the usual sensors' bands of that name.
RANGES = (
    ("coastal", 400, 450), ("blue", 450, 520), ("green", 520, 600), ("red", 620, 690), ("rededge", 690, 760),
    ("nir", 760, 960), ("swir", 1300, 2500),
)  # fmt: skip
WAVELENGTH_KEYS = (
    "central_wavelength_nm",
    "center_wavelength_nm",
    "central_wavelength",
    "center_wavelength",
    "wavelength",
)


@dataclass(frozen=True)
class Band:
    """A band of a raster.

    ``index`` counts from 1; ``name`` is what the file calls it (else "band 3"); ``wavelength_nm`` central wavelength,
    None if not known; ``colour`` is red, green, blue, nir, rededge, swir, coastal, pan, gray, palette, alpha or
    undefined.
    """

    index: int
    name: str
    wavelength_nm: float | None
    colour: str


def describe_band(
    index: int, description: str | None, tags: Mapping[str, str], colour: str, file_name: str, alone: bool
) -> Band:
    """The band as far as its metadata tell.

    ``tags`` are those of the band, domains merged. ``colour`` is GDAL's colour interpretation: it says how to *show*
    a band (a false-colour composite shows NIR as red), so a name or wavelength wins over it. ``file_name`` says more
    where the band is ``alone`` in its file, as T33TWL_20230801_B04.tif does.
    """
    lower = {key.lower(): value for key, value in tags.items()}
    text = " ".join(part for part in (description, lower.get("bandname"), lower.get("band_name")) if part)
    name = text.strip() or f"band {index}"
    if colour == "palette":
        return Band(index, name, None, colour)
    wavelength = _tagged_wavelength(lower) or _wavelength_in_text(text)
    named, named_wavelength = _named(text, file_name)
    if colour == "alpha" and named is None and wavelength is None:
        return Band(index, name, None, colour)  # else GDAL's guess on a fourth byte band, which is NIR in many a stack
    if named is None and alone and not text and wavelength is None:
        stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", file_name)
        named, named_wavelength = _named(re.sub(r"_", " ", stem), file_name)
        if named is not None:
            name = f"{name} ({_code(stem) or named} by the file's name)"
    wavelength = wavelength or named_wavelength
    by_wavelength = next((kind for kind, low, high in RANGES if wavelength and low <= wavelength < high), None)
    if wavelength is None:
        typical = {"red": 665.0, "green": 560.0, "blue": 492.0, "nir": 842.0}
        wavelength = typical.get(named or colour)
    return Band(index, name, wavelength, named or by_wavelength or colour)


def _tagged_wavelength(lower: Mapping[str, str]) -> float | None:
    micrometres = lower.get("central_wavelength_um")
    if micrometres and (number := _number(micrometres)):
        return number * 1000
    unit = (lower.get("wavelength_unit") or lower.get("wavelength_units") or "").lower()
    for key in WAVELENGTH_KEYS:
        number = _number(lower.get(key, ""))
        if number:
            # Without a unit the size tells: no optical band lies below 100 nm or above 100 micrometres.
            return number * 1000 if unit.startswith(("mic", "um", "µm")) or number < 100 else number
    return None


def _number(text: str) -> float | None:
    found = re.match(r"\s*(\d+(\.\d*)?([eE][+-]?\d+)?)", text)
    return float(found.group(1)) if found and float(found.group(1)) > 0 else None


def _wavelength_in_text(text: str) -> float | None:
    found = re.search(r"(\d+(?:\.\d+)?)\s*(nm|nanomet\w*|um|µm|micromet\w*)\b", text, re.IGNORECASE)
    if not found:
        return None
    return float(found.group(1)) * (1.0 if found.group(2).lower().startswith("n") else 1000.0)


def _code(text: str) -> str | None:
    found = re.search(r"(?:^|[\s_\-.])B(?:and)?[ _-]?(8A|\d{1,2})(?=$|[\s_\-.(:,])", text, re.IGNORECASE)
    return f"B{found.group(1).upper()}" if found else None


def _named(text: str, file_name: str) -> tuple[str | None, float | None]:
    """Kind and wavelength that a text names: words first, since "B4 Red" is red whatever B4 means on that satellite."""
    for pattern, kind, wavelength in WORDS:
        if re.search(pattern, text, re.IGNORECASE):
            exact = _code_wavelength(text, file_name)
            agrees = exact is not None and any(k == kind and low <= exact < high for k, low, high in RANGES)
            return kind, exact if agrees else wavelength
    exact = _code_wavelength(text, file_name)
    kinds = [kind for kind, low, high in RANGES if exact is not None and low <= exact < high]
    return (kinds[0], exact) if kinds else (None, exact)


def _code_wavelength(text: str, file_name: str) -> float | None:
    code = _code(text)
    if code is None:
        return None
    landsat = re.match(r"L[COETM]0?([4-9])_", file_name, re.IGNORECASE)
    if landsat:
        table = LANDSAT_8_9_NM if landsat.group(1) in "89" else LANDSAT_4_7_NM
        return float(table[code]) if code in table else None
    padded = code if code == "B8A" else f"B{int(code[1:]):02d}"
    # "B1", "B2" without the leading zero is also how people number the bands of any file: only Sentinel-2's own
    # spelling counts, unless it is GDAL's Sentinel-2 driver or a file of such a name that says so.
    if code != padded and not re.search(r"S2[A-D]_|SENTINEL2|T\d\d[A-Z]{3}|sentinel-?2", file_name, re.IGNORECASE):
        return None
    return float(SENTINEL2_NM[padded]) if padded in SENTINEL2_NM else None
