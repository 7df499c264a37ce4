"""Which images of a product are really there, by the paths that its metadata name and by their names.

Imported by QGIS too: no numpy here.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from ..errors import InputError
from .band_names import NATIVE_M, OTHERS
from .container import Files, leads_out
from .metadata import Granule

IMAGE_ENDINGS = (".jp2", ".tif", ".tiff")  # the second: products that were converted, as Esri's
# What an image may be opened with: GDAL goes by the content, and a virtual raster called .jp2 could name any file or
# address there is.
IMAGE_DRIVERS = ["JP2OpenJPEG", "JP2KAK", "JP2ECW", "JP2MrSID", "GTiff"]
# T32TQR_20180101T101401_B02_10m, ..._B02, S2A_USER_SCL_L2A_TL_..._20m, L2A_T32TQR_..._AOT_10m
_CODE = re.compile(r"(?:^|_)(B\d\d|B8A|TCI|SCL|AOT|WVP|CLD|SNW)(?=_|$)", re.IGNORECASE)
_METRES = re.compile(r"_(10|20|60)m$", re.IGNORECASE)
_PROBABILITY = re.compile(r"MSK_(CLDPRB|SNWPRB)_(20|60)m", re.IGNORECASE)


@dataclass(frozen=True)
class Image:
    """An image of the product: ``band``, pixel size in metres, its name among the product's files, what GDAL opens."""

    band: str
    metres: int
    name: str
    path: str


def find_images(
    files: Files, granule: Granule, folder: str
) -> tuple[dict[tuple[str, int], Image], tuple[tuple[str, int], ...], list[str]]:
    """The images that are there, those that the metadata list, and notes.

    Where there are several of one band and size: that at the path which the metadata name, then one of that name in
    another folder, then whatever lies in the tile's IMG_DATA.
    """
    listed: dict[tuple[str, int], str] = {}
    for image in granule.images:
        if leads_out(image):
            raise InputError(
                f"The metadata of {files.label} name an image outside of the product (“{image[:80]}”): it is not read."
            )
        key = _key(image.rpartition("/")[2])
        if key is not None:
            listed.setdefault(key, image)
    paths = {image.lower() for image in granule.images}
    names = {path.rpartition("/")[2] for path in paths}
    candidates = []
    for name in files.names:
        stem, ending = os.path.splitext(name)
        key = _key(stem.rpartition("/")[2])
        if key is None or ending.lower() not in IMAGE_ENDINGS or (folder and not _belongs(name, folder)):
            continue
        rank = 0 if stem.lower() in paths else 1 if stem.lower().rpartition("/")[2] in names else 2
        if rank == 2 and not re.search(r"(^|/)(IMG_DATA|QI_DATA)/", name, re.IGNORECASE):
            continue
        candidates.append((rank, name.count("/"), name, key))
    images: dict[tuple[str, int], Image] = {}
    notes = []
    for _, _, name, key in sorted(candidates):
        if key in images:
            notes.append(f"{files.label}: {name} is a second {key[0]} at {key[1]} m, which is not used.")
        else:
            images[key] = Image(*key, name, files.gdal_path(name))
    return images, tuple(listed), notes


def _belongs(name: str, folder: str) -> bool:
    """Whether a file is of the tile in ``folder``: in it, or in the folder of no tile."""
    return name.startswith(f"{folder}/") or not re.match(r"GRANULE/", name, re.IGNORECASE)


def _key(stem: str) -> tuple[str, int] | None:
    """Band and pixel size by an image's name; None for what is no image of the ground."""
    probability = _PROBABILITY.fullmatch(stem)
    if probability:
        return {"CLDPRB": "CLD", "SNWPRB": "SNW"}[probability.group(1).upper()], int(probability.group(2))
    if "MSK_" in stem.upper() or "_PVI" in stem.upper():
        return None
    codes, metres = _CODE.findall(stem), _METRES.search(stem)
    if not codes:
        return None
    band = codes[-1].upper()
    if band not in NATIVE_M and band not in OTHERS:
        return None
    return band, int(metres.group(1)) if metres else NATIVE_M.get(band, 10)
