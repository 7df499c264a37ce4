"""The picture of made pairs, from a training set on the disk."""

from __future__ import annotations

import sys

import show_pairs

from tests.engine.training.tiny_set import write_tiny_set


def test_a_training_set_becomes_a_picture_or_a_sentence(tmp_path, monkeypatch, capsys):
    folder, picture = write_tiny_set(tmp_path / "set"), tmp_path / "pairs.png"
    command = ["show_pairs.py", str(folder), str(picture), "--pairs", "2", "--size", "48"]
    monkeypatch.setattr(sys, "argv", [*command, "--options", "motion=guided"])
    assert show_pairs.main() == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "2 pairs of" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", [*command, "--options", "motion=sideways"])
    assert show_pairs.main() == 1
    assert "motion" in capsys.readouterr().err
