"""Files are written beside their name and take it when they are whole.

What stood there before survives every failure.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..errors import OutputError

NEARLY_FULL_BYTES = 1_000_000  # less than that free after a failed write: the disk is full, whatever the error says


def check_outputs(paths: Iterable[str | Path], inputs: Iterable[str | Path] = ()) -> None:
    """Refuse, before any work, outputs that cannot be written or would overwrite an input; empty paths are no outputs.

    Raises OutputError: the folder is missing or read-only, the path is a folder or is given twice, or it is one of
    ``inputs`` or, where one of these is a folder, a file in it (also through links).
    """
    wanted = [Path(path) for path in paths if path]
    used = [Path(path) for path in inputs if path]
    for number, path in enumerate(wanted):
        folder = path.parent
        if not folder.is_dir():
            raise OutputError(f"The output folder {folder} does not exist: create it, or choose another.")
        if path.is_dir():
            raise OutputError(f"The output {path} is a folder: give the name of a file.")
        if path.exists() and not path.is_file():  # a device or a pipe: renaming onto it would take its place
            raise OutputError(
                f"The output {path} is no ordinary file, so nothing is written there: choose another name."
            )
        if any(_same(path, other) for other in used):
            raise OutputError(
                f"The output {path} is the same file as an input, which would be lost: choose another name."
            )
        within = next((other for other in used if path.exists() and _is_in(path, other)), None)
        if within is not None:
            raise OutputError(
                f"The output {path} is a file of the input {within}, which would be damaged: choose another name."
            )
        if any(_same(path, other) for other in wanted[:number]):
            raise OutputError(f"{path} is named for two outputs: choose a name for each.")
        try:
            with tempfile.TemporaryDirectory(prefix=f".{path.name}.", suffix=".part", dir=folder):
                pass
        except OSError as error:
            raise cannot_write(path, error) from error


def _same(a: Path, b: Path) -> bool:
    if a.exists() and b.exists():
        return a.samefile(b)
    return os.path.realpath(a) == os.path.realpath(b)


def _is_in(path: Path, folder: Path) -> bool:
    return folder.is_dir() and Path(os.path.realpath(folder)) in Path(os.path.realpath(path)).parents


def cannot_write(path: str | Path, error: BaseException) -> OutputError:
    """The OutputError, with its reason, for a failure while writing ``path``."""
    folder = Path(path).parent
    reason = (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).splitlines()
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        free = NEARLY_FULL_BYTES
    refused = isinstance(error, OSError) and error.errno in (13, 30)  # not permitted, read-only: no matter how full
    if not refused and (free < NEARLY_FULL_BYTES or (isinstance(error, OSError) and error.errno in (28, 122))):
        return OutputError(f"{path} cannot be written: the disk is full. Free some space, or choose another folder.")
    if refused or isinstance(error, PermissionError):
        return OutputError(
            f"{path} cannot be written: the folder or file is read-only, or open in another program. "
            f"Choose another place. ({reason[0] if reason else ''})"
        )
    return OutputError(f"{path} cannot be written: {reason[0] if reason else type(error).__name__}.")


@contextmanager
def beside(path: str | Path) -> Iterator[Path]:
    """A name in the same folder to write to; it replaces ``path`` at the end, or is removed where anything failed.

    The name keeps the ending of ``path``, from which writers tell the format. Raises OutputError for failures of the
    file system.
    """
    path = Path(path)
    part = path.with_name(f".{path.stem[:80]}.{uuid.uuid4().hex[:8]}.part{path.suffix}")
    try:
        yield part
        os.replace(part, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def write_bytes(path: str | Path, content: bytes) -> None:
    """A file such as a picture, written beside ``path`` (see ``beside``). Raises OutputError."""
    with beside(path) as part:
        part.write_bytes(content)


@contextmanager
def replacing(path: str | Path) -> Iterator[IO[str]]:
    """A UTF-8 text file written beside ``path`` (see ``beside``)."""
    with beside(path) as part, open(part, "w", encoding="utf-8", newline="") as file:
        yield file
