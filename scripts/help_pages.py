"""The pages that the button Help of a dialog opens: docs/*.md and docs/reference/*.md as HTML within the plugin.

scripts/help_pages.py            writes sentinel_match_plugin/processing/help/pages/*.html
scripts/help_pages.py --check    only says whether they are up to date (exit code 1: they are not)

A test makes the same comparison. They travel with the plugin, so that help is there without a network. Needs
markdown-it-py, which .venv-engine has for the tests.
"""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path
from string import Template

from made_pages import write_or_compare
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = ROOT / "sentinel_match_plugin" / "processing" / "help" / "pages"
# In the order in which one reads them.
GUIDES = ("tutorial", "matchers", "accuracy", "match_viewer", "engine", "troubleshooting")
PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sentinel Match: $title</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<nav>$links</nav>
<main>
$body
</main>
</body>
</html>
""")


def sources() -> dict[str, Path]:
    """Name of the page, without its ending -> the Markdown that it is made of."""
    found = {name: DOCS / f"{name}.md" for name in GUIDES}
    for path in sorted((DOCS / "reference").glob("*.md")):
        found["reference" if path.stem == "README" else path.stem] = path
    return found


def pages() -> dict[str, str]:
    """Name of the file -> HTML."""
    made = {name: path.read_text(encoding="utf-8") for name, path in sources().items()}
    titles = {name: re.search(r"^# (.+)$", text, re.M)[1] for name, text in made.items()}
    render = MarkdownIt("commonmark", {"html": True}).enable("table").render
    return {
        f"{name}.html": PAGE.substitute(
            title=html.escape(titles[name]), links=_links(name, titles), body=_here(render(text)).strip()
        )
        for name, text in made.items()
    }


def _links(here: str, titles: dict[str, str]) -> str:
    """The guides and the reference, on every page."""
    names = (*GUIDES, "reference")
    return " ".join(
        f"<b>{html.escape(titles[name])}</b>"
        if name == here
        else f'<a href="{name}.html">{html.escape(titles[name])}</a>'
        for name in names
    )


def _here(body: str) -> str:
    """Links and pictures as they lie beside the pages; what is not shipped is left as its words."""
    body = re.sub(r"<!--.*?-->\n?", "", body, flags=re.S)
    body = re.sub(r'src="[^"]*processing/help/pictures/', 'src="../pictures/', body)
    body = re.sub(r'<p><img src="(?!\.\./pictures/)[^>]*></p>\n?', "", body)  # not in the plugin
    known = set(sources()) | {"reference"}

    def link(match: re.Match[str]) -> str:
        target, words = match[1], match[2]
        if target.startswith(("http", "#")):
            return match[0]
        name, _, anchor = target.partition("#")
        name = "reference" if name.endswith(("reference/README.md", "reference/")) else Path(name).stem
        if name not in known:
            return words
        return f'<a href="{name}.html{"#" + anchor if anchor else ""}">{words}</a>'

    return re.sub(r'<a href="([^"]+)">(.*?)</a>', link, body)


def main() -> int:
    """Write the pages, or say which differ."""
    return write_or_compare(pages(), PAGES, ".html", "help_pages.py")


if __name__ == "__main__":
    sys.exit(main())
