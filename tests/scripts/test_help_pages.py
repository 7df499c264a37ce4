"""The pages that the button Help opens are made of the documentation as it is."""

from __future__ import annotations

import re

import pytest

help_pages = pytest.importorskip("help_pages", reason="markdown-it-py makes the pages")


def test_the_pages_in_the_plugin_are_those_of_the_documentation():
    made = help_pages.pages()
    kept = {path.name: path.read_text(encoding="utf-8") for path in help_pages.PAGES.glob("*.html")}
    stale = {name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name)}
    assert not stale, "run scripts/help_pages.py"


def test_every_link_and_picture_of_a_page_is_there():
    for path in help_pages.PAGES.glob("*.html"):
        for target in re.findall(r'(?:href|src)="([^"#]+)', path.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (path.parent / target).is_file(), f"{path.name}: {target}"


def test_every_link_and_picture_of_the_documentation_is_there():
    for path in help_pages.sources().values():
        for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (path.parent / target).is_file(), f"{path.name}: {target}"
