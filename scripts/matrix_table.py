"""``matrix_table.py README ROW... [--code COMMIT]``: the table of QGIS versions, between its markers.

The rows are the JSON files of ``matrix_here.py``; ``make matrix`` calls this when every QGIS went well. Standard
library only.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import datetime, timezone
from pathlib import Path

START, END = "<!-- matrix: written by make matrix -->", "<!-- end of the matrix -->"
HEADER = (
    "| QGIS | Qt, Python, GDAL | zip in an empty profile | QGIS-side tests | coregister, winter to summer | "
    "models |\n|---|---|---|---|---|---|\n"
)


def line(row: dict) -> str:
    """A row of ``matrix_here.py`` as one of the table."""
    version = re.search(r"\d+\.\d+\.\d+", row["qgis"])
    versions, pair = row["versions"], row["pair"]
    gdal = re.search(r"\d+\.\d+\.\d+", versions["gdal"])
    around = f"{versions['qt']}, {row['python']}, {gdal[0] if gdal else '?'}"
    match = f"{pair['STATUS']}, {pair['INLIERS']} of {pair['COUNT']} points, CE90 {pair['CE90']:.1f} m"
    model = "ok" if not row["model"].startswith("skipped") else "one skipped (no GDAL programs)"
    tests = re.sub(r" in [\d.:() s]+$", "", row["tests"])
    return f"| {version[0] if version else row['qgis']} | {around} | loads | {tests} | {match} | {model} |\n"


def written(text: str, rows: list[dict], day: str, code: str = "") -> str:
    """``text`` with the table between its markers. Raises ValueError where it has none."""
    source = f"`{rows[0]['zip']}`" + (f" of {code}" if code else "")
    table = f"{START}\n{HEADER}{''.join(map(line, rows))}\n{source}, {day}.\n{END}"
    parts = re.split(f"{re.escape(START)}.*?{re.escape(END)}", text, flags=re.S)
    if len(parts) != 2:
        raise ValueError(f"there must be one line {START}, and {END} after it")
    return parts[0] + table + parts[1]


def main() -> int:
    """The command line: the table goes to the terminal too."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("readme", type=Path)
    cli.add_argument("rows", type=Path, nargs="+")
    cli.add_argument("--code", default="", help="the commit that the zip was made of")
    options = cli.parse_args()
    rows = [json.loads(path.read_text("utf-8")) for path in options.rows]
    day = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    sys.stdout.write(HEADER + "".join(map(line, rows)))
    try:
        options.readme.write_text(written(options.readme.read_text("utf-8"), rows, day, options.code), "utf-8")
    except ValueError as error:
        sys.stderr.write(f"matrix_table: {options.readme} is left as it is: {error}.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
