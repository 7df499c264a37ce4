"""The translations are whole, and what reads the code for them sees every sentence."""

from __future__ import annotations

import pytest
import translations


@pytest.fixture(scope="module")
def wanted():
    return translations.sources()


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_text_is_translated_and_keeps_its_placeholders(language, wanted):
    assert translations.problems(language, wanted) == []


@pytest.fixture
def package(tmp_path):
    """``package(text)``: a package of one module."""

    def write(text):
        (tmp_path / "module.py").write_text(text)
        return [source.text for source in translations.sources(tmp_path)]

    return write


def test_texts_are_found_where_tr_is_called_and_where_names_in_capitals_are_given(package):
    code = """
GROUPS = {"a": "First group", "b": "Second group"}
class A:
    TITLE = ""
class B:
    TITLE = "Title of B"
    def f(self, some):
        tr("One " "two")
        tr("Yes" if some else "No")
        return tr(self.TITLE), tr(GROUPS[some])
"""
    assert set(package(code)) == {"First group", "Second group", "Title of B", "One two", "Yes", "No"}


def test_of_the_help_each_line_that_a_panel_shows_is_a_text(tmp_path):
    folder = tmp_path / "processing" / "help"
    folder.mkdir(parents=True)
    (folder / "a.html").write_text(
        "<p>One <b>line</b>.</p>\n<ul>\n<li>Two</li>\n</ul>\n<!-- more -->\n<p>Not shown</p>\n"
    )
    found = [(source.text, source.file) for source in translations.sources(tmp_path)]
    assert found == [("<p>One <b>line</b>.</p>", "processing/help/a.html"), ("<li>Two</li>", "processing/help/a.html")]


@pytest.mark.parametrize("argument", ["text", "f'{text} m'", "'a' + text"])
def test_a_text_that_is_made_while_running_is_refused(package, argument):
    with pytest.raises(translations.Unreadable):
        package(f"def f(text):\n    return tr({argument})\n")


@pytest.mark.parametrize(
    "translation",
    ["{m:.1f} metres", "{n:.2f} <b>Meter</b>", "Meter", "{n:.2f} Meter {m}", "{n} Meter", "{n:.2f} Meter "],
)
def test_placeholders_and_tags_that_differ_are_told(translation, monkeypatch):
    source = translations.Source("{n:.2f} metres", "a.py", 1)
    monkeypatch.setattr(translations, "translated", lambda language: {source.text: translation})
    assert len(translations.problems("de", [source])) == 1


def test_a_text_that_stands_twice_after_a_merge_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    text = translations.Source("Text", "a.py", 1)
    translations.update("de", [text, text], {"Text": "Text"})
    assert translations.problems("de", [text]) == ["de: stands 2 times: Text"]


def test_an_update_keeps_translations_and_drops_what_the_code_no_longer_says(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    old, new = translations.Source("Old & <b>bold</b>", "a.py", 1), translations.Source("New", "a.py", 2)
    translations.update("de", [old, new], {"Old & <b>bold</b>": "Alt & <b>fett</b>", "Gone": "Weg"})
    assert translations.translated("de") == {"Old & <b>bold</b>": "Alt & <b>fett</b>"}
    assert translations.problems("de", [old, new]) == ["de: not translated (a.py:2): New"]
