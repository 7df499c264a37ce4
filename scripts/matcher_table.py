"""The table of matchers in the help of matchrasters, from the engine's catalogue of matchers and models.

scripts/matcher_table.py            writes it between the marks in processing/help/matchrasters.html
scripts/matcher_table.py --check    only says whether it is up to date (exit code 1: it is not)

A test makes the same comparison. Needs the Python of the engine, whose packages import numpy.
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HELP = ROOT / "sentinel_match_plugin" / "processing" / "help" / "matchrasters.html"
BEGIN, END = "<!-- table of matchers: scripts/matcher_table.py -->", "<!-- end of the table of matchers -->"


def table() -> str:
    """HTML: name, title, when to use it, weights with size, licence and source, options with defaults."""
    sys.path.insert(0, str(ROOT))
    from sentinel_match_plugin.engine.matchers.catalogue import MATCHERS, REFINE
    from sentinel_match_plugin.engine.models import MODELS

    rows = ["<tr><th>Matcher</th><th>When to use it</th><th>Weights</th><th>Options</th></tr>"]
    for entry in MATCHERS.values():
        weights = [
            f"<b>{escape(name)}</b>: {MODELS[name].size_mb:g} MB, {escape(MODELS[name].licence)}; "
            f"{escape(MODELS[name].source, quote=False)}"
            + (f". {escape(MODELS[name].non_commercial, quote=False)}" if MODELS[name].non_commercial else "")
            for name in entry.weights
        ]
        options = [
            f"<b>{option.name}</b> ({option.range}; {option.default}): {escape(option.what, quote=False)}"
            for option in entry.options
            if option != REFINE  # which all free ones have; the text above the table tells
        ]
        cells = (
            f"<b>{entry.name}</b><br>{escape(entry.title, quote=False)}; {entry.kind}; licence {escape(entry.licence)}",
            escape(entry.when, quote=False),
            "<br>".join(weights) or "none",
            "<br>".join(options) or "none",
        )
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def with_table(page: str) -> str:
    """``page`` with the table between its marks as it should be."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    page = HELP.read_text(encoding="utf-8")
    wanted = with_table(page)
    if "--check" in sys.argv[1:]:
        sys.exit(0 if page == wanted else f"{HELP} is not up to date: run scripts/matcher_table.py")
    HELP.write_text(wanted, encoding="utf-8")
