"""Settings > Options > Sentinel Match: a tiny engine is installed, cancelled and tested by its buttons."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("qgis.gui", reason="the options page needs a Python that has qgis")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "runtime"))

from tiny_wheels import tiny_plugin


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What the driver saw of the page."""
    folder = tmp_path_factory.mktemp("options")
    tiny = tiny_plugin(folder)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SENTINEL_MATCH")},
        "PYTHONPATH": f"{folder / 'plugins'}:/usr/share/qgis/python",
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    driver = Path(__file__).with_name("options_page_driver.py")
    done = subprocess.run(
        [sys.executable, driver, tiny.wheels, sys.executable],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "SEEN" in done.stdout, done.stdout + done.stderr
    return json.loads(done.stdout.partition("SEEN")[2])


def test_without_an_engine_the_page_says_what_to_do_and_offers_pythons_and_builds_with_their_size(seen):
    assert "not installed yet" in seen["missing"]["sentence"]
    assert seen["missing"]["buttons"] == ["Install"]
    assert any(text.startswith("The best one: Python 3.") for text in seen["pythons"])
    assert [("CPU" in seen["builds"][0]), ("CUDA" in seen["builds"][1])] == [True, True]
    assert "to fetch" in seen["builds"][0]


def test_an_installation_can_be_watched_and_cancelled_and_leaves_nothing(seen):
    assert seen["busy"]["buttons"] == ["Stop"]
    assert "Making the engine's environment" in seen["busy"]["log"]
    assert "Cancelled. What was there before is as it was." in seen["cancelled"]["details"]
    assert seen["cancelled"]["buttons"] == ["Install"]


def test_a_match_started_meanwhile_is_told_to_wait_and_not_to_repair(seen):
    assert "is being installed just now" in seen["found while busy"]
    assert "Repair" not in seen["found while busy"]


def test_a_page_that_is_opened_later_says_what_went_wrong_and_works(seen):
    assert "Cancelled. What was there before is as it was." in seen["opened again"]["details"]
    assert seen["opened again"]["buttons"] == ["Install"]


def test_an_installed_engine_is_told_with_its_versions_to_every_page_that_is_open(seen):
    assert seen["installed"]["sentence"] == seen["second page"] == "<b>The engine is installed.</b>"
    assert "torch 2.0+cpu" in seen["installed"]["details"]
    assert "Successfully installed tiny-1.0" in seen["installed"]["log"]
    assert seen["installed"]["buttons"] == ["Repair", "Check and test devices"]


def test_the_other_build_can_be_chosen_later(seen):
    assert "Install what was chosen" in seen["other build chosen"]["buttons"]


def test_an_environment_of_ones_own_is_used_and_nothing_is_installed_into_it(seen):
    assert seen["own"]["sentence"] == "<b>Your own environment is used.</b>"
    assert seen["own"]["buttons"] == ["Check and test devices"]
    assert sys.executable in seen["own"]["details"]


def test_the_settings_are_kept_and_forgotten(seen):
    own, wheels, models = seen["settings"]
    assert own == sys.executable
    assert wheels.endswith("wheels")
    assert models == "/my/models"
    assert seen["settings of the plugin's"] == ""
