#!/usr/bin/python3
"""The way of a new user through a real QGIS window, from the zip to the swipe, with a picture of each step.

    scripts/first_use.py FOLDER [REFERENCE TARGET] [--zip ZIP] [--python PYTHON] [--jpg WIDTH]      or make first-use

QGIS runs under Xvfb with an empty profile and an empty home; all that is done there is done with the mouse and the
keyboard (desk.py), nothing is called in it: the zip is installed, the engine set up (some 440 MB to fetch), copies of
the two rasters are opened, co-registered through the dialog, the result is looked at. FOLDER gets the pictures and
``README.md``, which says what each shows. A step that does not find what it needs ends the walk with a sentence and a
picture of the screen. Without rasters the landscape of landscape.py is made. Needs qgis, chromium and what desk.py
needs (apt).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import desk
from desk import NotSeen
from first_use_steps import STEPS, Walk

ROOT = Path(__file__).resolve().parents[1]
# What opens pages for QGIS. As root, Chromium wants to be told that it may run.
BROWSER = """#!/bin/sh
exec chromium --no-sandbox --no-first-run --test-type --disable-gpu --user-data-dir="$HOME/browser" \\
    --window-size=1400,900 "$@"
"""


def main() -> int:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folder", type=Path, help="gets the pictures")
    cli.add_argument("reference", type=Path, nargs="?")
    cli.add_argument("target", type=Path, nargs="?")
    cli.add_argument("--zip", type=Path, help="else that of `make package`")
    cli.add_argument("--python", default="", help="the Python to choose on the engine's page; else the proposed one")
    cli.add_argument("--jpg", type=int, default=0, metavar="WIDTH", help="JPEGs of this width instead of whole PNGs")
    options = cli.parse_args()
    zips = sorted((ROOT / "dist").glob("sentinel_match_plugin-*.zip"), key=lambda path: path.stat().st_mtime)
    options.zip = (options.zip or (zips[-1] if zips else Path("dist"))).resolve()
    try:
        if options.reference is None:
            options.reference, options.target = landscape(ROOT / "build" / "landscape")
        for path in (options.reference, options.target, options.zip):
            if path is None or not path.is_file():
                raise NotSeen(f"There is no file {path}." + (" Run `make package`." if path == options.zip else ""))
        absent = [*desk.missing(), *(name for name in ("qgis", "chromium") if shutil.which(name) is None)]
        if absent:
            raise NotSeen(f"Missing: {', '.join(absent)} (see the head of {desk.__file__}).")
        options.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="first_use-") as name:
            take(options, Path(name))
    except NotSeen as error:
        sys.stderr.write(f"first_use: {error}\n")
        return 1
    return 0


def landscape(folder: Path) -> tuple[Path, Path]:
    """The made-up pair, its bands so that QGIS shows them well by itself: winter in gray, summer in false colours."""
    from osgeo import gdal

    engine = ROOT / ".venv-engine" / "bin" / "python"
    subprocess.run([engine, ROOT / "scripts" / "landscape.py", "make", folder], check=True)
    made = folder / "winter.tif", folder / "summer.tif"
    for path, source, bands in zip(made, ("reference.tif", "target.tif"), ([1], [3, 2, 1])):
        gdal.Translate(str(path), str(folder / source), bandList=bands).FlushCache()
    return made


def take(options: argparse.Namespace, work: Path) -> None:
    """All steps. Raises NotSeen, with what was on the screen as a picture."""
    walk = Walk(work, options.folder, options.zip, (options.reference, options.target), options.python, options.jpg)
    log = work / "log"
    command = ["qgis", "--noversioncheck", "--nologo", "--profiles-path", str(work / "profile")]
    with desk.desk(command, as_a_new_user(work), log):
        for step in STEPS:
            try:
                step(walk)
            except Exception as error:
                desk.picture(options.folder / "failed.png")
                said = log.read_text(encoding="utf-8", errors="replace")[-1500:]
                title = step.__name__.replace("_", " ")
                raise NotSeen(f"{title}: {error} ({options.folder / 'failed.png'})\nQGIS said:\n{said}") from error
    rows = "".join(f"| [{file}]({file}) | {text} |\n" for file, text in walk.index)
    head = f"From the zip to the swipe, made by `scripts/first_use.py` with {options.zip.name}, clicks and keys only.\n"
    (options.folder / "README.md").write_text(f"# First use\n\n{head}\n| | |\n|---|---|\n{rows}", encoding="utf-8")


def as_a_new_user(work: Path) -> dict[str, str]:
    """The environment of somebody whose home is empty."""
    for name in ("home", "tmp", "run", "bin"):
        (work / name).mkdir(mode=0o700)
    opener = work / "bin" / "xdg-open"
    opener.write_text(BROWSER)
    opener.chmod(0o755)
    dropped = ("XDG_", "QT_", "QGIS_", "PYTHON", "SENTINEL_MATCH_", "LANG", "LC_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    places = {"HOME": "home", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "run", "XDG_CACHE_HOME": "home/.cache"}
    return {
        **kept,
        **{name: str(work / place) for name, place in places.items()},
        "LANG": "C.UTF-8",
        "PATH": f"{opener.parent}:{os.environ['PATH']}",
    }


if __name__ == "__main__":
    sys.exit(main())
