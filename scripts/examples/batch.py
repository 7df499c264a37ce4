#!/usr/bin/env python3
"""``batch.py REFERENCE FOLDER OUTPUT_FOLDER``: files for *Co-register raster > Run as Batch Process… > Open*.

A row for each GeoTIFF of FOLDER, all onto REFERENCE. Written are ``coregister.batch``, which QGIS 3.40 and later open,
and ``coregister.json`` for those before (the later ones read it too, after a warning: its values are Python). Edit the
rows in the dialog, then run. Any Python 3; standard library only.
"""

import argparse
import json
from pathlib import Path


def rows(reference: Path, folder: Path, output: Path) -> list[dict]:
    """What each row of the batch dialog holds; parameters that are not named keep their defaults."""
    found = []
    for raster in sorted(folder.glob("*.tif")):
        if raster.resolve() == reference.resolve():
            continue
        found.append(
            {
                "PARAMETERS": {
                    "REFERENCE": str(reference),
                    "TARGET": str(raster),
                    "MATCHER": "auto",
                    "MAX_SHIFT": 1500.0,
                },
                "OUTPUTS": {
                    "OUTPUT": str(output / raster.name),
                    "TIE_POINTS": str(output / f"{raster.stem}.gpkg"),
                    "REPORT": str(output / f"{raster.stem}.html"),
                },
            }
        )
    return found


def main() -> None:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("reference", type=Path)
    cli.add_argument("folder", type=Path)
    cli.add_argument("output", type=Path)
    given = cli.parse_args()
    if not given.reference.exists():
        raise SystemExit(f"There is no {given.reference}.")
    made = rows(given.reference.resolve(), given.folder.resolve(), given.output.resolve())
    if not made:
        raise SystemExit(f"There is no GeoTIFF (*.tif) in {given.folder} but the reference.")
    given.output.mkdir(parents=True, exist_ok=True)
    new = {"format": "batch_3.40", "rows": made}
    old = [
        {
            "PARAMETERS": {name: repr(value) for name, value in row["PARAMETERS"].items()},
            "OUTPUTS": {name: repr(value) for name, value in row["OUTPUTS"].items()},
        }
        for row in made
    ]
    for name, content in (("coregister.batch", new), ("coregister.json", old)):
        (given.output / name).write_text(json.dumps(content, indent=2), encoding="utf-8")
        print(given.output / name)


if __name__ == "__main__":
    main()
