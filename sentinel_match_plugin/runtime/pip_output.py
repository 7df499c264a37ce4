"""What pip says while it works, as progress: it is asked to tell its downloads as lines (`--progress-bar raw`)."""

from __future__ import annotations

import re
from typing import Callable

Progress = Callable[[float, str], None]

_RAW = re.compile(r"^Progress (\d+) of (\d+)$")
_FILE = re.compile(r"^\s*(?:Downloading|Using cached)\s+(?P<name>\S+).*?\((?P<size>[\d.]+)\s*(?P<unit>[kMG]?B|bytes)\)")
_FROM = re.compile(r"\s*\(from .*-r .+ \(line \d+\)\)")
_UNITS = {"bytes": 1e-6, "B": 1e-6, "kB": 1e-3, "MB": 1.0, "GB": 1e3}
# Of a step's progress: what is fetched, and what is then unpacked, which takes torch a minute on a slow disk.
_FETCHED = 0.85


def readable(line: str) -> str:
    """A line of pip without the file that asked for the package, which is longer than all the rest."""
    return _FROM.sub("", line)


class PipProgress:
    """Turns the lines of one call of pip into ``tell(fraction of the call, stage)``; ``__call__`` takes a line."""

    def __init__(self, tell: Progress, title: str, total_mb: float | None) -> None:
        self._tell, self._title = tell, title
        self._total_mb = total_mb or 0.0
        self._done_mb = 0.0
        self._file, self._file_mb, self._part_mb = "", 0.0, 0.0

    def __call__(self, line: str) -> None:
        raw = _RAW.match(line)
        if raw:
            self._part_mb, self._file_mb = int(raw.group(1)) / 1e6, int(raw.group(2)) / 1e6
            self._say()
            return
        self._done_mb += self._file_mb
        self._file, self._file_mb, self._part_mb = "", 0.0, 0.0
        file = _FILE.match(line)
        if file:
            self._file = file.group("name").rpartition("/")[2].partition("-")[0]
            self._file_mb = float(file.group("size")) * _UNITS[file.group("unit")]
            self._say()
        elif line.startswith("Installing collected packages"):
            self._tell(_FETCHED, f"Unpacking {self._title}: takes a minute or two")
        elif line.startswith("Successfully installed"):
            self._tell(1.0, f"Unpacking {self._title}")

    def _say(self) -> None:
        done = self._done_mb + self._part_mb
        total = max(self._total_mb, self._done_mb + self._file_mb, 1e-6)
        self._tell(
            _FETCHED * min(done / total, 1.0), f"Fetching {self._file or self._title}: {done:.0f} of {total:.0f} MB"
        )
