"""The tables of the benchmarks as files, CSV and Markdown, written beside and renamed."""

from __future__ import annotations

import csv
import os
import platform
import time
from collections.abc import Iterable, Sequence
from pathlib import Path


def write_csv(path: Path, header: Iterable[str], lines: Iterable[Iterable[object]]) -> None:
    """A header and lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with open(part, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)
    os.replace(part, path)


def write_markdown(path: Path, title: str, header: Sequence[str], lines: Iterable[Sequence[str]], notes: str) -> str:
    """A page: the title, the day and the machine, one table, ``notes``. Returns its text."""
    where = f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {os.cpu_count()} cores"
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(header), *lines))
    text = f"# {title}\n\n{where}\n\n{table}\n\n{notes}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
    return text
