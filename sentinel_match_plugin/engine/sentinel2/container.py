"""The files of a product, in a folder or in a zip that is read where it lies and never unpacked.

Imported by QGIS too: no numpy here.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from ..errors import InputError

# Names of a product's metadata, old (until 2016) and new; "MTD_MSIL2a.xml" exists too.
PRODUCT_METADATA = re.compile(r"(S2[A-Z]_[A-Z]{4}_)?MTD_(MSI|SAF)L(1C|2A)\w*\.xml", re.IGNORECASE)
TILE_METADATA = re.compile(r"(MTD_TL|S2[A-Z]_[A-Z]{4}_MTD_L(1C|2A)_TL_\w+)(\.N\d\d\.\d\d)?\.xml", re.IGNORECASE)
MAX_METADATA_BYTES = 32_000_000  # those of a real tile have 0.7 MB; a member of a zip may claim less than it holds
MAX_FILES = 50_000  # the greatest old products have some thousands
ZIP_ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError)


class Files:
    """The files below the root of a product: names relative to it, with forward slashes.

    ``place`` is what the user gave; ``root`` the folder of the product's metadata, in a zip relative to its top.
    """

    def __init__(self, place: str, root: str, names: Iterable[str]) -> None:
        self.place, self.root = place, root
        self.names = sorted(names)
        self._by_name = {name.lower(): name for name in reversed(self.names)}

    @property
    def label(self) -> str:
        """What the user calls it."""
        return Path(self.place).name

    def named(self, name: str) -> str:
        """The file of that name whatever its case, "" where there is none."""
        return self._by_name.get(name.lower(), "")

    def gdal_path(self, name: str) -> str:
        """What GDAL opens."""
        raise NotImplementedError

    def read(self, name: str) -> bytes:
        """A small file. Raises InputError where it cannot be read or is larger than metadata are."""
        raise NotImplementedError

    def _checked(self, data: bytes, name: str) -> bytes:
        if len(data) > MAX_METADATA_BYTES:
            raise InputError(f"{name} in {self.label} is larger than the metadata of any product: it is not read.")
        return data


class Folder(Files):
    """A product in a folder, usually named ``*.SAFE``."""

    def gdal_path(self, name: str) -> str:
        return os.path.join(self.root, *name.split("/"))

    def read(self, name: str) -> bytes:
        try:
            with open(self.gdal_path(name), "rb") as file:
                return self._checked(file.read(MAX_METADATA_BYTES + 1), name)
        except OSError as error:
            raise InputError(f"{name} in {self.label} cannot be read: {error.strerror}.") from error


class Zip(Files):
    """A product in a zip file, with or without a ``.SAFE`` folder in it."""

    def gdal_path(self, name: str) -> str:
        # The braces say where the file's name ends, whatever its ending.
        return f"/vsizip/{{{os.path.abspath(self.place)}}}/{_joined(self.root, name)}"

    def read(self, name: str) -> bytes:
        try:
            with zipfile.ZipFile(self.place) as file, file.open(_joined(self.root, name)) as member:
                return self._checked(member.read(MAX_METADATA_BYTES + 1), name)
        except ZIP_ERRORS as error:
            raise InputError(f"{name} in {self.label} cannot be read: {error}.") from error


def folder_of(path: str) -> Folder:
    """The product in a folder: its metadata lie there, or in the one folder in it that has some.

    Raises InputError where there is none or several.
    """
    roots = [path] if _has_metadata(path) else [p for p in _folders_in(path) if _has_metadata(p)]
    if not roots:
        raise InputError(_none_in(path))
    if len(roots) > 1:
        some = ", ".join(os.path.basename(root) for root in roots[:4])
        raise InputError(f"{Path(path).name} holds {len(roots)} products: give one of them, for example {some}.")
    root = os.path.abspath(roots[0])
    names: list[str] = []
    for folder, folders, files in os.walk(root):
        folders.sort()
        within = os.path.relpath(folder, root).replace(os.sep, "/")
        names += [_joined("" if within == "." else within, name) for name in files if not _is_junk(name)]
        if len(names) > MAX_FILES:
            raise InputError(f"{Path(path).name} holds more than {MAX_FILES} files, which no product does.")
    return Folder(path, root, names)


def zip_of(path: str, within: str = "") -> Zip:
    """The product in a zip file; ``within`` says which where it holds several. Raises InputError."""
    names = _members(path)
    metadata = [name for name in names if PRODUCT_METADATA.fullmatch(name.rpartition("/")[2])]
    roots = sorted({name.rpartition("/")[0] for name in metadata}, key=lambda root: (root.count("/"), root))
    if within:
        roots = [root for root in roots if within == root or within.startswith(f"{root}/" if root else "")]
    if not roots:
        raise InputError(_none_in(path))
    root = roots[0]
    beside = [other for other in roots if other.count("/") == root.count("/")] if root else [root]
    if len(beside) > 1 and not within:
        raise InputError(
            f"{Path(path).name} holds {len(beside)} products ({', '.join(beside[:4])}): make a zip of one of them, or "
            "unpack it and give the folder of one."
        )
    prefix = f"{root}/" if root else ""
    return Zip(path, root, [name[len(prefix) :] for name in names if name.startswith(prefix)])


def zip_has_product(path: str) -> bool:
    """Whether a file is a zip with the metadata of a product in it."""
    try:
        return any(PRODUCT_METADATA.fullmatch(name.rpartition("/")[2]) for name in _members(path))
    except InputError:
        return False


def has_product(folder: str) -> bool:
    """Whether a folder, or one in it, has the metadata of a product."""
    return _has_metadata(folder) or any(_has_metadata(inner) for inner in _folders_in(folder))


def _members(path: str) -> list[str]:
    try:
        with zipfile.ZipFile(path) as file:
            infos = file.infolist()
    except ZIP_ERRORS as error:
        raise InputError(
            f"{Path(path).name} is not a zip file that can be read ({error}): download it again."
        ) from error
    if len(infos) > MAX_FILES:
        raise InputError(f"{Path(path).name} holds more than {MAX_FILES} files, which no product does.")
    names = [info.filename for info in infos if not info.is_dir()]
    # Nothing is unpacked, so a name that leads out of the zip does no harm; it is no file of a product either.
    return [name for name in names if not leads_out(name) and not _is_junk(name.rpartition("/")[2])]


def leads_out(name: str) -> bool:
    """Whether a relative name is none, or leads out of the folder that it is relative to."""
    return name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name)


def _is_junk(name: str) -> bool:
    return name.startswith("._") or name == ".DS_Store"  # what macOS leaves beside files


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _has_metadata(folder: str) -> bool:
    try:
        return any(PRODUCT_METADATA.fullmatch(name) for name in os.listdir(folder))
    except OSError:
        return False


def _folders_in(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.path for entry in entries if entry.is_dir())
    except OSError:
        return []


def _none_in(path: str) -> str:
    return (
        f"{Path(path).name} holds no Sentinel-2 product: there is no MTD_MSIL1C.xml or MTD_MSIL2A.xml in it. Give the "
        ".SAFE folder, its zip, or that file."
    )
