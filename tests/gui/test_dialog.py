"""The dialog of an algorithm in a real QGIS window under Xvfb, run to the end, with the results loaded."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def screenshot():
    """``scripts/screenshot_dialog.py`` as a function; skipped where there is no QGIS window to be had."""
    for program in ("qgis", "Xvfb", "import"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (apt-get install qgis xvfb imagemagick)")
    sys.path.insert(0, str(REPOSITORY / "scripts"))
    from screenshot_dialog import screenshot

    return screenshot


@pytest.fixture
def season_pair(tmp_path):
    """A real pair, winter against summer, displaced by 7.3 and 4.6 pixels."""
    from sentinel_match_plugin.runtime import environment
    from sentinel_match_plugin.runtime.errors import EngineError

    tool = REPOSITORY.parent / "shared" / "tools" / "season_pairs.py"
    if not tool.exists():
        pytest.skip(f"the tool that makes season pairs is not at {tool}")
    try:
        python = environment.find("")
    except EngineError as error:
        pytest.skip(f"the engine's environment is missing: {error}")
    command = [python, tool, "make", tmp_path, "--tiles", "T35UNQ", "--conditions", "a"]
    subprocess.run(command, check=True, capture_output=True)
    return tmp_path / "T35UNQ_cross_sub0_a"


def test_the_dialog_runs_and_loads_styled_layers_that_say_from_what_they_are(screenshot, season_pair, tmp_path):
    picture = tmp_path / "window.png"
    names = screenshot(
        picture,
        parameters={"REFERENCE": "reference", "TARGET": "target"},
        layers=(season_pair / "reference.tif", season_pair / "target.tif"),
        run=True,
        window=True,
    )
    assert {"target on reference", "Tie points: target → reference"} <= set(names)
    assert picture.stat().st_size > 50_000, "an empty window compresses to less"
    sys.stdout.write(f"{picture}\n")
