"""``run_notebooks.py [--quick] [NOTEBOOK ...]``: runs the notebooks of this folder from end to end.

What they show goes to ``build/notebooks``; the notebooks themselves stay without outputs. ``--quick`` sets ``QUICK`` in
their cell of parameters, as the tests do. Needs the tests' environment of the engine (nbclient, ipykernel).
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

SCRIPTS = Path(__file__).resolve().parent
NOTEBOOKS = ("dataset.ipynb", "demo.ipynb")
PARAMETERS = "parameters"  # tag of the cell after which other values are set
PATIENCE_S = 900  # a cell


def run(path: Path, **values: object) -> nbformat.NotebookNode:
    """The notebook with its outputs. ``values`` are set after its cell of parameters. Raises CellExecutionError."""
    notebook = nbformat.read(path, as_version=4)
    tagged = [n for n, cell in enumerate(notebook.cells) if PARAMETERS in cell.metadata.get("tags", ())]
    if values:
        code = "\n".join(f"{name} = {value!r}" for name, value in values.items())
        notebook.cells.insert(tagged[0] + 1, nbformat.v4.new_code_cell(code))
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    client = NotebookClient(
        notebook,
        timeout=PATIENCE_S,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    return client.execute()


def main() -> int:
    """The command line; 1 where a cell fails."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("notebooks", nargs="*", type=Path, default=[SCRIPTS / name for name in NOTEBOOKS])
    cli.add_argument("--quick", action="store_true")
    cli.add_argument("--folder", type=Path, default=SCRIPTS.parent / "build" / "notebooks")
    options = cli.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for path in options.notebooks:
        started = time.monotonic()
        try:
            done = run(path, **({"QUICK": True} if options.quick else {}))
        except CellExecutionError as error:
            sys.stderr.write(f"run_notebooks: {path.name} failed:\n{error}\n")
            return 1
        output = options.folder / path.name
        nbformat.write(done, output)
        sys.stdout.write(f"{path.name}: {time.monotonic() - started:.0f} s, with its outputs in {output}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
