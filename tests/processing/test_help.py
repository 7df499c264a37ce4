"""The help of the dialogs: the panel, the page that the button opens, and the reference made of the same."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
from qgis_support import REPOSITORY
from test_contract import CONTRACT, algorithm

WITHOUT_PICTURE = {"models", "environment"}


@pytest.mark.parametrize("name", CONTRACT)
def test_the_panel_shows_a_picture_and_leaves_the_long_tables_to_the_page(qgis_here, name):
    from sentinel_match_plugin.processing.texts import help_file

    panel, whole = algorithm(name).shortHelpString(), help_file(name).read_text(encoding="utf-8")
    assert "\n" not in panel  # QGIS would make an empty paragraph of it, within tables too
    if name not in WITHOUT_PICTURE:
        source = panel.partition('<img src="')[2].partition('"')[0]
        assert Path(unquote(urlparse(source).path)).is_file()
    assert len(panel) < 4500
    assert ("button <b>Help</b>" in panel) == ("<!-- more -->" in whole)


@pytest.mark.parametrize("locale", ["de", "uk"])
def test_the_panel_speaks_the_language_of_qgis(qgis_here, monkeypatch, locale):
    from sentinel_match_plugin.processing import language, texts

    known = language.read_language(locale)
    monkeypatch.setattr(texts, "translations", lambda: known)
    for name in CONTRACT:
        panel = algorithm(name).shortHelpString()
        shown = texts.help_file(name).read_text(encoding="utf-8").partition(texts.MORE)[0].splitlines()
        sentences = [line for line in shown if re.search(r"[a-z]{2}.* ", re.sub("<.*?>", "", line))]
        assert sentences
        assert not [line for line in sentences if line in panel], name


@pytest.mark.parametrize("name", CONTRACT)
def test_the_button_opens_a_page_that_comes_with_the_plugin(qgis_here, name):
    path = Path(unquote(urlparse(algorithm(name).helpUrl()).path))
    page = path.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert algorithm(name).displayName() in page


def test_the_reference_is_made_of_the_help_and_the_parameters_as_they_are(qgis_here):
    sys.path.insert(0, str(REPOSITORY / "scripts"))
    import reference

    made = reference.pages()
    kept = {path.name: path.read_text(encoding="utf-8") for path in reference.FOLDER.glob("*.md")}
    stale = {name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name)}
    assert not stale, "run scripts/reference.py with the Python of QGIS, then scripts/help_pages.py"


def test_help_becomes_markdown_that_says_the_same():
    sys.path.insert(0, str(REPOSITORY / "scripts"))
    import reference

    html = "<p>A <b>bold</b> a_b.</p><h3>Head</h3><ul><li>one</li>\n<li>two</li></ul>"
    html += "<table><tr><td>a|b</td><td>c</td></tr></table>"
    assert reference.markdown(html) == (
        "A **bold** a\\_b.\n\n## Head\n\n- one\n- two\n\n|  |  |\n|---|---|\n| a\\|b | c |"
    )
