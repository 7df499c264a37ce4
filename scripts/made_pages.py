"""Pages that a script makes and the repository keeps: written, or compared with those there. Standard library only."""

from __future__ import annotations

import sys
from pathlib import Path


def write_or_compare(made: dict[str, str], folder: Path, suffix: str, script: str) -> int:
    """Make the files of ``folder`` that end in ``suffix`` those of ``made`` (name -> text); others of them go.

    With ``--check`` on the command line nothing is written: the exit code says whether they differ, stderr which.
    """
    old = {path.name: path.read_text(encoding="utf-8") for path in folder.glob(f"*{suffix}")} if folder.exists() else {}
    if "--check" in sys.argv[1:]:
        stale = sorted(name for name in made.keys() | old.keys() if made.get(name) != old.get(name))
        if stale:
            sys.stderr.write(f"not up to date: {', '.join(stale)}; run scripts/{script}\n")
        return int(bool(stale))
    folder.mkdir(parents=True, exist_ok=True)
    for name in old.keys() - made.keys():
        (folder / name).unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0
