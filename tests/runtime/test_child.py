from __future__ import annotations

import json
import os
import sys

import pytest

from sentinel_match_plugin.runtime import child

LEAKS = [
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONEXECUTABLE",
    "PYTHONUSERBASE",
    "PROJ_LIB",
    "PROJ_DATA",
    "GDAL_DATA",
    "GDAL_DRIVER_PATH",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "DYLD_LIBRARY_PATH",
    "DYLD_INSERT_LIBRARIES",
    "QT_PLUGIN_PATH",
    "QT_QPA_PLATFORM_PLUGIN_PATH",
]


@pytest.mark.parametrize("name", LEAKS)
def test_the_engine_does_not_inherit(name):
    assert child.scrubbed_environment({name: "/qgis", "PATH": "/bin"}) == {"PATH": "/bin"}


def test_the_engine_inherits_what_is_the_users():
    kept = {
        "PATH": "/bin",
        "HOME": "/h",
        "HTTPS_PROXY": "p",
        "OMP_NUM_THREADS": "1",
        "PIP_INDEX_URL": "u",
        "TMPDIR": "/t",
    }
    assert child.scrubbed_environment(kept) == kept


def test_a_child_sees_none_of_them_and_finds_its_own_coordinate_systems(monkeypatch):
    for name in LEAKS[:8]:
        monkeypatch.setenv(name, "/nowhere")
    code = "import json, os, sys; json.dump([dict(os.environ), sys.flags.isolated], sys.stdout)"
    done = child.ask([sys.executable, "-I", "-c", code], 60)
    environment, isolated = json.loads(done.stdout)
    assert isolated == 1
    assert not set(LEAKS) & set(environment)


def test_a_child_that_does_not_end_is_killed():
    with pytest.raises(child.subprocess.TimeoutExpired):
        child.ask([sys.executable, "-c", "import time; time.sleep(600)"], 0.5)


def test_the_last_lines_are_those_that_say_something():
    text = os.linesep.join(["one", "two", "", "  three ", ""]).encode()
    assert child.last_lines(text, 2) == "two | three"
