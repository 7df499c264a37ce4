"""Interpreters are asked what they are, and whatever they answer, a sentence or a Python comes of it."""

from __future__ import annotations

import json
import os
import sys
import time

import pytest

from sentinel_match_plugin.runtime import base_python, interpreter
from sentinel_match_plugin.runtime.base_python import find, look, survey
from sentinel_match_plugin.runtime.errors import EngineCancelled, EnvironmentMissing
from sentinel_match_plugin.runtime.pythons import CONDA, OF_QGIS, Candidate

pytestmark = pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for interpreters")

ANSWER = {
    "python": "3.12.4",
    "executable": "",
    "prefix": "/usr",
    "implementation": "cpython",
    "bits": 64,
    "system": "Linux",
    "machine": "x86_64",
    "macos": "",
    "conda": False,
    "versions": {},
    "failures": {},
}


@pytest.fixture
def played(tmp_path):
    """Makes a program that answers as a Python would, with the changes given, or runs the given shell text."""

    def make(name="python3.12", text=None, **changes):
        path = tmp_path / name
        answer = json.dumps({**ANSWER, **changes})
        path.write_text("#!/bin/sh\n" + (f"/bin/cat <<'END'\n{answer}\nEND\n" if text is None else text))
        path.chmod(0o755)
        return Candidate(str(path), "")

    return make


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, ""),
        ({"python": "3.9.5"}, "it is Python 3.9.5, and the engine needs 3.11 or newer"),
        ({"python": "3.19.0"}, "it is Python 3.19.0, for which the engine's packages do not exist yet"),
        ({"implementation": "pypy"}, "it is pypy, not the usual Python"),
        ({"bits": 32}, "it is a 32-bit Python, for which there is no torch"),
        ({"prefix": r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12"}, "Microsoft Store"),
        ({"system": "Darwin", "machine": "x86_64", "macos": "14.1"}, "for Intel processors"),
        ({"system": "Darwin", "machine": "arm64", "macos": "13.6"}, "this is macOS 13.6, and torch needs macOS 14"),
        ({"system": "Darwin", "machine": "arm64", "macos": "14.1"}, ""),
        ({"system": "Windows", "machine": "ARM64"}, "for ARM64, for which torch is not made"),
        ({"failures": {"ensurepip": "ModuleNotFoundError"}}, r"it lacks ensurepip (Debian and Ubuntu: apt install"),
        ({"failures": {"ssl": "ImportError"}}, "it lacks ssl"),
    ],
)
def test_a_python_that_will_not_do_says_why(played, changes, problem):
    answer = look(played(**changes))
    assert problem in answer.problem
    assert bool(answer.problem) == bool(problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("exit 127", "not a working Python: it ended with code 127 and said: nothing"),
        ("echo libpython3.12.so: cannot open >&2; exit 127", "libpython3.12.so: cannot open"),
        ("echo '[]'", "it answered []"),
        ("echo '{\"python\": 3}'", "not a working Python"),
        ("echo '" + json.dumps({**ANSWER, "python": "three"}) + "'", "Python three, which is no version"),
        ("kill -SEGV $$", "ended with code -11"),
    ],
)
def test_what_is_no_python_is_a_sentence(played, text, problem):
    assert problem in look(played(text=text)).problem


def test_a_program_that_hangs_or_floods_is_ended_with_what_it_started(played, tmp_path, monkeypatch):
    monkeypatch.setattr(base_python, "_TIMEOUT_S", 0.5)
    left = tmp_path / "left"
    began = time.monotonic()
    hanging = look(played(text=f"(sleep 2; touch {left}) &\nsleep 60\n"))
    assert "did not answer within" in hanging.problem
    monkeypatch.setattr(base_python, "_TIMEOUT_S", 30.0)
    flooding = look(played(text="while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done"))
    assert "or said something else" in flooding.problem
    assert time.monotonic() - began < 25
    time.sleep(max(0.0, began + 3 - time.monotonic()))
    assert not left.exists(), "what it started went on"


def test_a_file_that_is_no_program_and_qgis_itself_are_never_taken(tmp_path):
    (tmp_path / "python3.12").write_text("not a program")
    assert "cannot be started" in look(Candidate(str(tmp_path / "python3.12"), "")).problem
    started = tmp_path / "started"
    (tmp_path / "qgis-bin").write_text(f"#!/bin/sh\ntouch {started}\n")
    (tmp_path / "qgis-bin").chmod(0o755)
    assert "QGIS itself" in look(Candidate(str(tmp_path / "qgis-bin"), "")).problem
    assert not started.exists()


def test_the_best_is_a_python_of_its_own_in_the_preferred_version_and_each_is_listed_once(played):
    of_qgis = played("a", python="3.12.9")
    conda, new = played("b", python="3.12.1", conda=True), played("c", python="3.13.1")
    old, good = played("d", python="3.10.1"), played("e", python="3.11.2")
    asked = [Candidate(of_qgis.path, "QGIS's own", OF_QGIS), conda, new, old, good, good]
    seen = survey(asked)
    assert [one.path for one in seen] == [one.path for one in (good, new, conda, of_qgis, old)]
    assert (seen[2].source, seen[2].rank) == ("conda", CONDA)
    assert find(candidates=asked).path == good.path
    assert str(seen[0]) == f"Python 3.11.2: {good.path}"


def test_no_fitting_python_says_which_were_tried_and_how_to_get_one(played):
    with pytest.raises(EnvironmentMissing, match=r"it is Python 3\.9\.5.*python\.org.*apt install.*brew.*uv"):
        find(candidates=[played(python="3.9.5")])
    with pytest.raises(EnvironmentMissing, match="none was found"):
        find(candidates=[])


def test_a_named_python_is_taken_or_refused_but_never_replaced(played, tmp_path, monkeypatch):
    assert find(sys.executable).version.startswith("3.")
    with pytest.raises(EnvironmentMissing, match=r"cannot carry .*it is Python 3\.9\.5.*or none"):
        find(played(python="3.9.5").path)
    with pytest.raises(EnvironmentMissing, match="cannot be started"):
        find("/no/where/python")
    named = played("python3.77", python="3.12.2")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find("python3.77").path == named.path


def test_of_a_virtual_environment_the_python_behind_it_is_taken():
    chosen = find(sys.executable)
    assert os.path.realpath(chosen.path) == os.path.realpath(sys.executable)
    assert not os.path.exists(os.path.join(os.path.dirname(os.path.dirname(chosen.path)), "pyvenv.cfg"))


def test_the_search_can_be_cancelled(played):
    slow = [played(f"slow{number}", text="sleep 60") for number in range(3)]
    began = time.monotonic()
    with pytest.raises(EngineCancelled):
        survey(slow, is_cancelled=lambda: time.monotonic() > began + 0.3)
    assert time.monotonic() - began < 20


def test_the_probe_runs_in_any_old_python():
    source = interpreter.PROBE.read_text(encoding="utf-8")
    assert 'f"' not in source
    assert "import annotations" not in source
