"""The folder of a training set: written beside its name, put in place when whole; what is not a training set stays."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import InputError, OutputError
from ..results.outputs import cannot_write
from .index import IMAGES, INDEX, SHEET, TABLE, read_index

OURS = {INDEX, TABLE, SHEET, IMAGES}


def check_folder(folder: str, inputs: Iterable[str]) -> Path:
    """The folder to write, as an absolute path. Raises OutputError where it cannot be, or something would be lost."""
    if not folder:
        raise OutputError("No folder for the training set was named.")
    target = Path(os.path.abspath(folder))
    if not target.parent.is_dir():
        raise OutputError(f"The folder {target.parent} does not exist: create it, or choose another.")
    real = Path(os.path.realpath(target))
    for path in inputs:
        given = Path(os.path.realpath(path))
        if given.is_dir() and (real == given or given in real.parents):
            raise OutputError(
                f"The training set would lie in the scenes' own folder {given}, and the next run would take it for "
                "scenes: choose a folder outside of it."
            )
        if real in given.parents or real == given:
            raise OutputError(f"{path} lies in {target}, which would be replaced: choose another folder.")
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target} is a file: give the name of a folder.")
    if target.is_dir():
        _check_replaceable(target)
    return target


def _check_replaceable(target: Path) -> None:
    """An empty folder and a training set may be replaced."""
    there = {path.name for path in target.iterdir()}
    if not there:
        return
    if INDEX in there:
        try:
            read_index(target)
        except InputError as error:
            damaged = "is not the index" not in str(error)
            if not damaged:
                raise OutputError(f"{target} holds other files: choose a new folder.") from error
    others = sorted(there - OURS)
    if INDEX not in there or others:
        some = ", ".join(others[:4])
        raise OutputError(f"{target} holds other files ({some}), which would be lost: choose a new folder.")


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A hidden folder beside ``target`` to write into; it takes its place when the block ends well, else it is removed.

    Raises OutputError for failures of the file system.
    """
    try:
        part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise cannot_write(target, error) from error
    try:
        yield part
        os.chmod(part, 0o777 & ~_umask())
        _put_in_place(part, target)
    except OutputError as error:  # people know the folder by the name that they gave
        raise OutputError(str(error).replace(str(part), str(target))) from error
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _put_in_place(part: Path, target: Path) -> None:
    if not target.exists():
        os.replace(part, target)
        return
    aside = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.old")
    os.replace(target, aside)
    try:
        os.replace(part, target)
    except OSError:
        os.replace(aside, target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
