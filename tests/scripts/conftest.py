"""The scripts are run from their folder and import each other by name; the tests do the same."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

SCRIPTS = str(Path(__file__).resolve().parents[2] / "scripts")
if SCRIPTS not in sys.path:
    sys.path.insert(0, SCRIPTS)


@pytest.fixture
def pair(tmp_path):
    """The folder of a season pair of which only the truth is there."""
    folder = tmp_path / "pair"
    folder.mkdir()
    truth = {"tile": "T35UNQ", "season": "cross", "level": "sub", "condition": "a", "pixel": 10.0}
    (folder / "truth.json").write_text(json.dumps(truth))
    return folder
