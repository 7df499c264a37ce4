from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

from sentinel_match_plugin.runtime import command_line, environment, interpreter, locate, marker, state
from sentinel_match_plugin.runtime.errors import EnvironmentMissing

posix = pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for interpreters")


@pytest.fixture
def whole_default():
    """A stand-in for the installed default environment."""
    folder = locate.default_folder()
    python = marker.venv_python(folder / "a")
    python.parent.mkdir(parents=True)
    python.touch()
    marker.write(folder, marker.Made("a", "cpu", sys.executable, marker.requirements_hash(), {"torch": "2"}))
    return folder


def script(path, text):
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("platform", "variables", "cache"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, Path("/x")),
        ("linux", {"XDG_CACHE_HOME": "relative"}, Path.home() / ".cache"),
        ("linux", {}, Path.home() / ".cache"),
        ("darwin", {"XDG_CACHE_HOME": "/x"}, Path.home() / "Library" / "Caches"),
        ("win32", {"LOCALAPPDATA": "/local"}, Path("/local")),
    ],
)
def test_the_default_folder_is_in_the_users_cache(platform, variables, cache):
    folder = locate.default_folder(variables, platform)
    assert folder.parent == cache / "sentinel-match"
    assert re.fullmatch(r"engine-\d+\.\d+", folder.name)


def test_the_setting_comes_before_the_variable_and_that_before_the_default(monkeypatch, tmp_path, whole_default):
    assert environment.find() == str(marker.environment_python(whole_default))
    for name in ("setting", "variable"):
        (tmp_path / name).touch()
    monkeypatch.setenv(locate.VARIABLE, str(tmp_path / "variable"))
    assert environment.find() == str(tmp_path / "variable")
    assert environment.find(str(tmp_path / "setting")) == str(tmp_path / "setting")


def test_the_folder_of_an_environment_may_be_named_instead_of_its_python(whole_default):
    assert environment.find(str(whole_default)) == str(marker.environment_python(whole_default))


def test_a_setting_that_names_nothing_is_an_error_although_there_is_a_default(whole_default):
    with pytest.raises(EnvironmentMissing, match=r"setting.*is /no/where, which is no Python"):
        environment.find("/no/where")


def test_a_variable_that_names_nothing_is_an_error_that_names_the_variable(monkeypatch, whole_default):
    monkeypatch.setenv(locate.VARIABLE, "/no/where")
    with pytest.raises(EnvironmentMissing, match="SENTINEL_MATCH_PYTHON is /no/where"):
        environment.find()


def test_qgis_itself_is_refused_as_the_engines_python(tmp_path):
    (tmp_path / "qgis-bin.exe").touch()
    with pytest.raises(EnvironmentMissing, match="QGIS itself"):
        environment.find(str(tmp_path / "qgis-bin.exe"))


def test_a_missing_environment_says_where_it_was_looked_for_and_what_to_do():
    with pytest.raises(EnvironmentMissing) as caught:
        environment.find()
    for words in (str(locate.default_folder()), "not installed", "make setup", "SENTINEL_MATCH_PYTHON"):
        assert words in str(caught.value)
    status = environment.status()
    assert not status.ready
    assert status.problems == (str(caught.value),)


def test_a_half_made_environment_is_not_found(whole_default):
    (whole_default / marker.NAME).write_text('{"whole": false}')
    with pytest.raises(EnvironmentMissing, match=r"not complete.*make setup"):
        environment.find()


def test_an_environment_made_for_other_requirements_is_not_found(whole_default, tmp_path):
    (tmp_path / "older.txt").write_text("torch==1.0\n")
    older = marker.requirements_hash(tmp_path / "older.txt")
    marker.write(whole_default, marker.Made("a", "cpu", sys.executable, older))
    with pytest.raises(EnvironmentMissing, match=r"other versions.*make setup"):
        environment.find()


def test_a_whole_environment_is_ready_with_its_versions():
    status = environment.check(sys.executable, {"json": "json", "pytest": "pytest"})
    assert status.ready
    assert status.problems == ()
    assert status.versions["python"] == ".".join(str(part) for part in sys.version_info[:3])
    assert status.versions["pytest"] == pytest.__version__


def test_an_environment_that_lacks_a_package_says_which():
    status = environment.check(sys.executable, {"json": "json", "no_such_module": "the-package"})
    assert not status.ready
    assert len(status.problems) == 1
    assert re.search(r"package the-package cannot be used: ModuleNotFoundError.*make setup", status.problems[0])


def test_a_package_that_breaks_while_it_is_imported_is_a_problem_not_a_crash(tmp_path, monkeypatch):
    probe = tmp_path / "probe.py"  # -I leaves the current folder out; the module must be put on the path by the script
    broken = "import sys, types\nsys.modules['broken'] = None\n"
    probe.write_text(broken + interpreter.PROBE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(interpreter, "PROBE", probe)
    status = environment.check(sys.executable, {"broken": "broken-package"})
    assert not status.ready
    assert "broken-package" in status.problems[0]


@posix
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("echo cannot open shared object file >&2; exit 127", "code 127 and said: cannot open shared object file"),
        ("echo Hello", "not a working Python"),
        ("echo 1", "not a working Python: it answered 1"),
    ],
)
def test_a_broken_interpreter_is_a_problem_with_what_it_said(tmp_path, text, words):
    status = environment.check(script(tmp_path / "python", text))
    assert not status.ready
    assert words in status.problems[0]


def test_a_library_that_windows_does_not_find_has_its_own_advice(monkeypatch):
    failures = {"torch": "OSError: [WinError 126] The specified module could not be found. Error loading c10.dll"}
    answer = {"python": "3.12.1", "bits": 64, "versions": {}, "failures": failures}
    monkeypatch.setattr(environment, "probe", lambda *arguments, **options: answer)
    assert "Visual C++ Redistributable" in environment.check("python.exe").problems[0]


def test_an_interpreter_that_cannot_be_started_is_a_problem(tmp_path):
    (tmp_path / "python").write_text("not a program")
    status = environment.check(str(tmp_path / "python"))
    assert "cannot be started" in status.problems[0]


@posix
def test_a_python_that_is_too_old_is_a_problem(tmp_path):
    answer = (
        '{"python": "3.9.5", "executable": "", "prefix": "", "implementation": "cpython", "bits": 64, "system": "", '
        '"machine": "", "macos": "", "conda": false, "versions": {}, "failures": {}}'
    )
    status = environment.check(script(tmp_path / "python", f"echo '{answer}'"))
    assert "is Python 3.9.5; the engine needs 3.11" in status.problems[0]


def test_the_command_line_finds_checks_and_says_what_is_wrong(whole_default, capsys):
    assert command_line.main(["find"]) == 0
    assert capsys.readouterr().out.strip() == str(marker.environment_python(whole_default))
    assert command_line.main(["check"]) == 1  # the stand-in is an empty file
    assert "cannot be started" in capsys.readouterr().err


def test_an_environment_of_an_early_version_which_lay_in_the_folder_itself_is_still_found(tmp_path):
    folder = locate.default_folder()
    python = marker.venv_python(folder)
    python.parent.mkdir(parents=True)
    python.touch()
    old = {"whole": True, "requirements": marker.requirements_hash(), "versions": {"torch": "2.13.0+cpu"}, "extras": []}
    (folder / marker.NAME).write_text(json.dumps(old))
    assert environment.find() == str(python)
    assert marker.read(folder).torch == "cpu"


def test_an_environment_whose_python_was_removed_says_so(whole_default):
    marker.environment_python(whole_default).unlink()
    with pytest.raises(EnvironmentMissing, match=r"has lost its Python, .*replaced by another version.*make setup"):
        environment.find()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"whole": true, "versions": 3, "extras": 5}', '{"whole": "yes"}'])
def test_a_damaged_marker_is_no_environment_and_no_crash(whole_default, text):
    (whole_default / marker.NAME).write_text(text)
    with pytest.raises(EnvironmentMissing):
        environment.find()


def test_the_state_is_told_from_files_alone(whole_default, tmp_path, monkeypatch):
    assert (state.state().kind, state.state().made.torch) == (state.READY, "cpu")
    older = marker.Made("a", "cuda", sys.executable, "of other requirements")
    marker.write(whole_default, older)
    assert (state.state().kind, state.state().made) == (state.OUTDATED, older)
    marker.environment_python(whole_default).unlink()
    assert state.state().kind == state.BROKEN
    (whole_default / marker.NAME).unlink()
    assert state.state().kind == state.MISSING
    assert state.state("/no/where").kind == state.BROKEN
    monkeypatch.setenv(locate.VARIABLE, sys.executable)
    assert (state.state().kind, state.state().chosen) == (state.READY, sys.executable)


def test_environments_that_other_versions_left_behind_are_told(whole_default):
    assert locate.older_folders() == []
    older = whole_default.with_name("engine-0.0")
    older.mkdir()
    whole_default.with_name("engine-0.1.lock").touch()
    assert locate.older_folders() == [older]


@posix
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("""echo '{"sentences": ["CPU: 8 cores, works", "CUDA: NVIDIA RTX 4070, 12 GB, works"]}'""", "RTX 4070, 12 GB"),
        ("echo oops", "could not be tested.*oops"),
        ("kill -KILL $$", "could not be tested.*killed from outside"),
    ],
)
def test_the_devices_are_told_in_sentences_even_when_a_driver_ends_the_test(tmp_path, text, told):
    sentences = environment.devices(script(tmp_path / "python", text))
    assert re.search(told, " ".join(sentences), re.DOTALL)


def test_the_command_line_lists_pythons_and_wants_a_folder_for_wheels(capsys, monkeypatch):
    from sentinel_match_plugin.runtime import base_python, nvidia

    monkeypatch.setattr(base_python, "survey", lambda: [base_python.BasePython("/p", "uv", "3.12.1")])
    monkeypatch.setattr(nvidia, "detect", lambda: None)
    assert command_line.main(["pythons"]) == 0
    assert capsys.readouterr().out == "Python 3.12.1 (uv): /p\nNVIDIA: no driver was found\n"
    assert command_line.main(["wheels"]) == 2
    assert "name the folder" in capsys.readouterr().err
