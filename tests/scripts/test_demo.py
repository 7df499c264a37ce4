"""The demo ends with a sentence and a code when it cannot be done."""

from __future__ import annotations

import sys

import demo
import pytest
import through_qgis


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--reference", "a.tif"], "Give both, REFERENCE and TARGET, or neither."),
        (["--reference", "/no/such/a.tif", "--target", "/no/such/b.tif"], "There is no raster /no/such/a.tif."),
    ],
)
def test_wrong_arguments_end_with_a_sentence(arguments, sentence, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(sys, "argv", ["demo.py", *arguments, "--output", str(tmp_path)])
    assert demo.main() == 1
    assert sentence in capsys.readouterr().err


def test_without_qgis_the_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("QGIS_PROCESS", raising=False)
    with pytest.raises(through_qgis.Failed, match="apt install qgis"):
        through_qgis.qgis_process()


def test_no_match_is_a_failure_of_the_demo(monkeypatch, capsys, tmp_path):
    raster = tmp_path / "a.tif"
    raster.touch()
    answer = {"STATUS": "no_match", "COUNT": 0, "INLIERS": 0, "MESSAGES": "Too few points agree."}
    monkeypatch.setattr(demo, "run_algorithm", lambda *_: answer)
    monkeypatch.setattr(
        sys, "argv", ["demo.py", "--reference", str(raster), "--target", str(raster), "--output", str(tmp_path / "o")]
    )
    assert demo.main() == 1
    assert "Too few points agree." in capsys.readouterr().err


def test_the_profile_enables_the_plugin_and_keeps_what_is_there(tmp_path):
    settings = through_qgis.profile_with_plugin(tmp_path) / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    assert "sentinel_match_plugin=true" in settings.read_text()
    settings.write_text("mine")
    through_qgis.profile_with_plugin(tmp_path)
    assert settings.read_text() == "mine"
