"""uv fetches a Python into the plugin's folder, when it is there and asked."""

from __future__ import annotations

import os

import pytest

from sentinel_match_plugin.runtime import pythons, uv
from sentinel_match_plugin.runtime.errors import EngineCancelled, EnvironmentMissing

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for uv")


@pytest.fixture
def played(tmp_path, monkeypatch):
    """Makes a uv that runs the given shell text."""

    def make(text):
        program = tmp_path / "uv"
        program.write_text("#!/bin/sh\n" + text)
        program.chmod(0o755)
        monkeypatch.setattr(pythons, "uv_program", lambda: str(program))

    return make


FETCH = (
    'folder="$UV_PYTHON_INSTALL_DIR/cpython-3.12.9-linux-x86_64-gnu/bin"\n'
    'mkdir -p "$folder" && touch "$folder/python3.12"\necho "$HTTPS_PROXY" "$@"\n'
)


def test_a_fetched_python_lies_in_the_plugins_folder_and_is_found_by_the_search(played):
    played(FETCH)
    lines = []
    python = uv.fetch_python("http://me:secret@proxy.example:3128", lines.append)
    assert python == str(uv.folder() / "cpython-3.12.9-linux-x86_64-gnu" / "bin" / "python3.12")
    assert lines[-1] == "http://me:secret@proxy.example:3128 --no-config python install --no-bin 3.12"
    assert python in [one.path for one in pythons.candidates()]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("exit 0", "there is none in"),
        ("echo error: no route to host >&2; exit 2", r"uv could not fetch a Python \(code 2\).*no route to host"),
    ],
)
def test_a_uv_that_fetches_nothing_is_a_sentence(played, text, said):
    played(text)
    with pytest.raises(EnvironmentMissing, match=said):
        uv.fetch_python()


def test_without_uv_and_when_cancelled(played, monkeypatch):
    played("sleep 60")
    with pytest.raises(EngineCancelled):
        uv.fetch_python(is_cancelled=lambda: True)
    monkeypatch.setattr(pythons, "uv_program", lambda: "")
    with pytest.raises(EnvironmentMissing, match="uv is not installed"):
        uv.fetch_python()
