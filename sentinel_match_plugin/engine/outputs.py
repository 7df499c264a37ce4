"""Files are written beside their name and take it when they are whole;

what stood there before survives every failure.
"""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .errors import OutputError


def check_outputs(paths: Iterable[str | Path], inputs: Iterable[str | Path] = ()) -> None:
    """Refuse, before any work, outputs that cannot be written or would overwrite an input; empty paths are no outputs.

    Raises OutputError: folder missing or read-only, the path is a folder, one path given twice, the same file as an
    input.
    """
    wanted = [Path(path) for path in paths if path]
    taken = [Path(path) for path in inputs if path]
    for number, path in enumerate(wanted):
        folder = path.parent
        if not folder.is_dir():
            raise OutputError(
                f"{path} cannot be written: there is no folder {folder}. Create it or choose another one."
            )
        if path.is_dir():
            raise OutputError(f"{path} cannot be written: it is a folder. Give a file name in it.")
        if not os.access(folder, os.W_OK):
            raise OutputError(f"{path} cannot be written: the folder {folder} is read-only. Choose another one.")
        if any(_same(path, other) for other in taken):
            raise OutputError(f"{path} is an input of this job: choose another output, so that no data is lost.")
        if any(_same(path, other) for other in wanted[:number]):
            raise OutputError(f"{path} is given for two outputs: choose a name for each.")


def _same(a: Path, b: Path) -> bool:
    if a.exists() and b.exists():
        return a.samefile(b)
    return os.path.realpath(a) == os.path.realpath(b)


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
        raise OutputError(why_not(path, error)) from error
    finally:
        part.unlink(missing_ok=True)


def why_not(path: str | Path, error: OSError) -> str:
    """The sentence for a file-system error while writing ``path``."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{path} cannot be written: the disk is full. What was there before is untouched."
    return f"{path} cannot be written: {error.strerror or error}."


@contextmanager
def replacing(path: str | Path) -> Iterator[IO[str]]:
    """A UTF-8 text file written beside ``path`` (see ``beside``)."""
    with beside(path) as part, open(part, "w", encoding="utf-8", newline="") as file:
        yield file
