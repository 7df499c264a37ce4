"""A Sentinel-2 product: what it is, which images are really there, and sentences on what is not.

Imported by QGIS too: no numpy here.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from . import container
from .band_names import ALL, BAND_IDS, DEFAULT, ORDER, OTHERS, PROBABILITIES, RESOLUTIONS_M, in_order
from .container import PRODUCT_METADATA, TILE_METADATA, Files
from .images import Image, find_images
from .metadata import Granule, ProductMetadata, TileMetadata, parse_product, parse_tile

SUBDATASET = re.compile(r"SENTINEL2_L(1C|2A)(_TILE)?:(.+):(10m|20m|60m|TCI|PREVIEW):EPSG_(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Product:
    """A product and its images of one tile.

    ``images``: (band, pixel size) -> Image, only those that are there; ``listed``: those that its metadata name.
    ``notes`` are sentences on oddities that the user should know.
    """

    name: str
    files: Files
    metadata: ProductMetadata
    tile: TileMetadata | None
    granule: str
    images: dict[tuple[str, int], Image]
    listed: tuple[tuple[str, int], ...]
    notes: tuple[str, ...] = ()

    @property
    def sensing_time(self) -> str:
        """When the tile was seen, ISO 8601 in UTC; that of the whole data take where the tile's own is not known."""
        return (self.tile.sensing_time if self.tile else "") or self.metadata.sensing_time

    def describe(self) -> str:
        """Name, level, baseline and time in a few words."""
        level = f"Level-{self.metadata.level[1:]}"
        when = self.sensing_time[:16].replace("T", " ")
        parts = [level, f"baseline {self.metadata.baseline}" if self.metadata.baseline else "", f"{when} UTC"]
        return f"{self.name} ({', '.join(part for part in parts if part)})"

    def offset(self, band: str) -> float:
        """What is added to the numbers of ``band`` before they are divided; 0 for what is no reflectance."""
        return self.metadata.offsets.get(band, 0.0)

    def inventory(self) -> str:
        """What is there, for a sentence: "10 m: AOT; 60 m: B02, B03"."""
        here = {
            m: sorted(band for band, metres in self.images if metres == m and band not in PROBABILITIES)
            for m in RESOLUTIONS_M
        }
        return "; ".join(f"{metres} m: {', '.join(bands)}" for metres, bands in here.items() if bands)

    def check_has_images(self) -> None:
        """Raise InputError, naming what is missing, where there are only metadata."""
        if any(band not in PROBABILITIES for band, _ in self.images):
            return
        if not self.listed:
            raise InputError(f"{self.name} has no image, and its metadata name none: download the product again.")
        here = {m: [band for band, metres in self.listed if metres == m] for m in RESOLUTIONS_M}
        wanted = "; ".join(f"{', '.join(bands)} at {metres} m" for metres, bands in here.items() if bands)
        tile = "" if self.tile else " The metadata of its tile (MTD_TL.xml) are missing too."
        raise InputError(
            f"{self.name} holds only metadata: none of the {len(self.listed)} images that they name is there "
            f"({wanted}).{tile} Download the product again, with its GRANULE folder."
        )

    def bands(self, names: list[str]) -> list[str]:
        """``names`` with auto and all replaced by what the product has. Raises InputError, naming what is missing."""
        self.check_has_images()
        here = {band for band, _ in self.images if band not in PROBABILITIES}
        chosen: list[str] = []
        for name in names:
            if name == ALL:
                chosen += [band for band in BAND_IDS if band in here]
            elif name == DEFAULT:
                chosen += [image.band for image in self.finest()]
            else:
                chosen.append(name)
        chosen = list(dict.fromkeys(chosen))
        missing = [name for name in chosen if name not in here]
        if missing:
            raise InputError(self._missing(missing))
        return chosen

    def _missing(self, missing: list[str]) -> str:
        named = {band for band, _ in self.listed}
        never = [band for band in missing if band not in named and self.listed]
        text = f"{self.name} has no {' and no '.join(missing)} among its files. It has {self.inventory()}."
        if never and self.metadata.level == "L2A" and "B10" in never:
            return f"{text} B10 is a band of Level-1C only."
        if never and self.metadata.level == "L1C" and set(never) <= set(OTHERS):
            return f"{text} {', '.join(never)} are images of Level-2A only."
        return f"{text} Choose other bands, or download the product again, whole."

    def image(self, band: str, metres: float = 0.0) -> Image:
        """The image of ``band`` to make pixels of ``metres`` from; 0: the finest.

        That of just this size; else the coarsest of the finer ones, whose averages are nearest to what is wanted; else
        the finest, to interpolate in. Raises InputError where there is none.
        """
        sizes = sorted(m for name, m in self.images if name == band)
        if not sizes:
            raise InputError(self._missing([band]))
        finer = [m for m in sizes if m <= metres] if metres else []
        return self.images[band, finer[-1] if finer else sizes[0]]

    def finest(self) -> list[Image]:
        """The reflectance bands at the smallest pixel size at which there is red, green, blue or near infrared.

        Without these: any reflectance bands, else the true-colour image. Raises InputError where there is nothing.
        """
        self.check_has_images()
        for wanted in (ORDER, BAND_IDS, ("TCI",)):
            for metres in RESOLUTIONS_M:
                here = [band for band, m in self.images if m == metres]
                if any(band in wanted for band in here):
                    usable = ("TCI",) if wanted == ("TCI",) else BAND_IDS
                    return [self.images[band, metres] for band in in_order([b for b in here if b in usable])]
        raise InputError(
            f"{self.name} has no reflectance band and no true-colour image among its files, only "
            f"{self.inventory()}. Download the product again, whole."
        )


def is_product(path: str) -> bool:
    """Whether ``path`` names a product: a folder or zip with its metadata in it, or one of these metadata files."""
    path, _ = _outside_of_zip(path)
    if os.path.isdir(path):
        return path.rstrip("/\\").upper().endswith(".SAFE") or container.has_product(path)
    name = os.path.basename(path)
    if PRODUCT_METADATA.fullmatch(name) or TILE_METADATA.fullmatch(name):
        return True
    return name.lower().endswith(".zip") and os.path.isfile(path) and container.zip_has_product(path)


def open_product(path: str) -> Product:
    """The product at ``path``: a folder, a zip, a metadata file of either, or a tile's metadata file in the product.

    Raises InputError: nothing there, no product, several, several tiles, metadata that are damaged or hostile.
    """
    files, given = _files(path)
    at_top = [name for name in files.names if "/" not in name and PRODUCT_METADATA.fullmatch(name)]
    # By its exact name first: a second copy is often called MTD_MSIL2A_1.xml or the like.
    at_top.sort(key=lambda name: (name != given, name.lower() not in ("mtd_msil1c.xml", "mtd_msil2a.xml"), name))
    metadata = parse_product(files.read(at_top[0]), f"{at_top[0]} in {files.label}")
    notes = [f"{files.label}: {name} is a second metadata file, which is not used." for name in at_top[1:]]
    label = re.sub(r"\.(SAFE|zip)$", "", Path(files.root or files.place).name, flags=re.IGNORECASE)
    granule = _granule(metadata, given, metadata.uri or label)
    folder = _granule_folder(files, granule, given)
    tile, tile_notes = _tile(files, folder)
    images, listed, image_notes = find_images(files, granule, folder)
    return Product(
        name=metadata.uri or label,
        files=files,
        metadata=metadata,
        tile=tile,
        granule=folder,
        images=images,
        listed=listed,
        notes=(*notes, *tile_notes, *image_notes),
    )


def _outside_of_zip(path: str) -> tuple[str, str]:
    """``/vsizip//a/b.zip/c/MTD_MSIL2A.xml`` -> ``/a/b.zip``, ``c/MTD_MSIL2A.xml``."""
    if not path.startswith("/vsizip/"):
        return path, ""
    rest = path[len("/vsizip/") :]
    found = re.match(r"\{([^}]+)\}/?(.*)", rest) or re.match(r"(.+?\.zip)(?:/(.*))?$", rest, re.IGNORECASE)
    return (found.group(1), found.group(2) or "") if found else (rest, "")


def _files(path: str) -> tuple[Files, str]:
    """The files of the product, and the metadata file that was given, relative to its root ("" if none was)."""
    if not path:
        raise InputError("No Sentinel-2 product was given.")
    path, within = _outside_of_zip(os.fspath(path))
    if not os.path.exists(path):
        raise InputError(f"{Path(path).name}: there is no file or folder {path}.")
    if os.path.isdir(path):
        return container.folder_of(path), ""
    name = os.path.basename(path)
    if PRODUCT_METADATA.fullmatch(name) or TILE_METADATA.fullmatch(name):
        folder = os.path.dirname(os.path.abspath(path))
        for _ in range(4):  # a tile's lie in GRANULE/<tile>
            if any(PRODUCT_METADATA.fullmatch(entry) for entry in os.listdir(folder)):
                files = container.folder_of(folder)
                return files, os.path.relpath(os.path.abspath(path), files.root).replace(os.sep, "/")
            folder = os.path.dirname(folder)
        raise InputError(
            f"{name} are the metadata of a tile, and those of its product (MTD_MSIL1C.xml or MTD_MSIL2A.xml) are not "
            "above it: they say what the numbers mean. Give the whole product."
        )
    if not name.lower().endswith(".zip"):
        raise InputError(
            f"{name} is no Sentinel-2 product: give a .SAFE folder, its zip, or its MTD_MSIL1C.xml or MTD_MSIL2A.xml."
        )
    zipped = container.zip_of(path, within)
    root = f"{zipped.root}/" if zipped.root else ""
    return zipped, within[len(root) :] if within.startswith(root) else ""


def _granule(metadata: ProductMetadata, given: str, name: str) -> Granule:
    """The tile that is meant. Raises InputError where there are several (until 2016) and none was chosen."""
    granules = [granule for granule in metadata.granules if granule.images] or list(metadata.granules)
    if not granules:
        return Granule("", ())
    if len(granules) == 1:
        return granules[0]
    chosen = [granule for granule in granules if granule.tile and f"T{granule.tile}" in given]
    if chosen:
        return chosen[0]
    tiles = ", ".join(granule.tile or granule.identifier for granule in granules[:12])
    raise InputError(
        f"{name} holds {len(granules)} tiles ({tiles}): give the metadata file of one of them, which lies in the "
        "tile's folder in GRANULE."
    )


def _granule_folder(files: Files, granule: Granule, given: str) -> str:
    """The folder of the tile among the product's files, such as ``GRANULE/L2A_T29UNU_A038058_20221005T115407``."""
    folders = {
        "/".join(name.split("/")[:2]) for name in files.names if re.match(r"GRANULE/[^/]+/", name, re.IGNORECASE)
    }
    if given.count("/") >= 2 and "/".join(given.split("/")[:2]) in folders:
        return "/".join(given.split("/")[:2])
    named = {"/".join(image.split("/")[:2]) for image in granule.images if image.count("/") >= 2}
    for folder in sorted(folders):
        if folder in named or folder.rpartition("/")[2] == granule.identifier:
            return folder
    of_tile = sorted(folder for folder in folders if granule.tile and f"T{granule.tile}" in folder)
    return of_tile[0] if of_tile else sorted(folders)[0] if len(folders) == 1 else ""


def _tile(files: Files, folder: str) -> tuple[TileMetadata | None, list[str]]:
    found = [name for name in files.names if TILE_METADATA.fullmatch(name.rpartition("/")[2])]
    found.sort(key=lambda name: (name.rpartition("/")[0] != folder, name.count("/"), name))
    if not found:
        return None, []
    notes = [
        f"{files.label}: {name} is a stray copy of the tile's metadata, which is not used."
        for name in found[1:]
        if not re.match(r"GRANULE/", name, re.IGNORECASE)
    ]
    return parse_tile(files.read(found[0]), f"{found[0]} in {files.label}"), notes
