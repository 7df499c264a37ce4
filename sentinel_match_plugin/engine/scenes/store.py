"""What is already done: scenes' features and pairs' results in a folder, so that a run that was stopped goes on.

Everything is kept under a key made of what it depends on: which file (path, size, time of change), the area, the grid
and the matcher. A changed scene is another key and is done again. Files take their names when they are whole; results
of pairs are lines added at the end of one file, of which a torn last one is passed over.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import OutputError
from ..results.outputs import beside, cannot_write

VERSION = "1"  # of what is kept: another one is done again
PAIRS = "pairs.jsonl"


def key_of(*parts: Any) -> str:
    """A name for what depends on ``parts``."""
    return hashlib.sha256(json.dumps([VERSION, *parts], sort_keys=True, default=str).encode()).hexdigest()[:32]


def identity(path: str) -> list[Any] | None:
    """Which file it is, and which state of it; None where that cannot be told (a service, a file in an archive)."""
    try:
        about = os.stat(path)
    except OSError:
        return None
    return [os.path.realpath(path), about.st_size, about.st_mtime_ns]


class Store:
    """``folder``, or nothing at all where that is empty: then everything is done anew. ``resumed``: it was there."""

    resumed = False

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder) if folder else None
        self._pairs: dict[str, dict[str, Any]] = {}
        self._lines: Any = None
        if self._folder is not None:
            self.resumed = self._folder.is_dir()
            try:
                self._folder.mkdir(exist_ok=True)
                self._pairs = _read_pairs(self._folder / PAIRS)
            except OSError as error:
                raise cannot_write(self._folder, error) from error

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *about: object) -> None:
        if self._lines is not None:
            self._lines.close()

    def scene(self, key: str) -> dict[str, np.ndarray] | None:
        """The arrays kept under ``key``; None where there are none, or they cannot be read."""
        if self._folder is None:
            return None
        try:
            with np.load(self._folder / f"{key}.npz", allow_pickle=False) as kept:
                return {name: kept[name] for name in kept.files}
        except (OSError, ValueError, EOFError, zipfile.BadZipFile):
            return None

    def keep_scene(self, key: str, arrays: dict[str, np.ndarray]) -> None:
        """Keep ``arrays``. Raises OutputError where there is no room."""
        if self._folder is not None:
            with beside(self._folder / f"{key}.npz") as part:
                np.savez(part, **arrays)  # type: ignore[arg-type]  # numpy's stubs take any keyword for allow_pickle

    def pair(self, key: str) -> dict[str, Any] | None:
        """What was kept under ``key``."""
        return self._pairs.get(key)

    def keep_pair(self, key: str, result: dict[str, Any]) -> None:
        """Keep plain numbers. Raises OutputError where there is no room."""
        if self._folder is None:
            return
        try:
            if self._lines is None:
                self._lines = open(self._folder / PAIRS, "a", encoding="utf-8")  # noqa: SIM115  closed by __exit__
                self._lines.write("\n")  # ends a line that was torn
            self._lines.write(json.dumps({"key": key, **result}) + "\n")
            self._lines.flush()
        except OSError as error:
            raise cannot_write(self._folder / PAIRS, error) from error

    def remove(self) -> None:
        """The folder and what this program put there; anything else stays, and the folder with it."""
        if self._folder is None:
            return
        self.__exit__()
        self._lines = None
        for path in [*self._folder.glob("*.npz"), self._folder / PAIRS]:
            path.unlink(missing_ok=True)
        try:
            self._folder.rmdir()
        except OSError:
            return


def check_cache(folder: str) -> None:
    """Raise OutputError unless ``folder`` is one, or can be made."""
    path = Path(folder)
    if path.exists() and not path.is_dir():
        raise OutputError(f"The cache {folder} is a file: give the name of a folder.")
    if not path.parent.is_dir():
        raise OutputError(f"The cache {folder} cannot be made: the folder {path.parent} does not exist.")


def _read_pairs(path: Path) -> dict[str, dict[str, Any]]:
    pairs: dict[str, dict[str, Any]] = {}
    if not path.is_file():
        return pairs
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            result = json.loads(line)
            pairs[result.pop("key")] = result
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return pairs
