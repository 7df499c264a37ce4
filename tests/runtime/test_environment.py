from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sentinel_match_plugin.runtime import environment, install, locate
from sentinel_match_plugin.runtime.errors import EngineCancelled, EnvironmentMissing

REPOSITORY = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for interpreters")


@pytest.fixture
def whole_default():
    """A stand-in for the installed default environment."""
    folder = locate.default_folder()
    python = locate.venv_python(folder)
    python.parent.mkdir(parents=True)
    python.touch()
    locate.write_marker(folder, locate.REQUIREMENTS, {})
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
    assert environment.find() == str(locate.venv_python(whole_default))
    for name in ("setting", "variable"):
        (tmp_path / name).touch()
    monkeypatch.setenv(locate.VARIABLE, str(tmp_path / "variable"))
    assert environment.find() == str(tmp_path / "variable")
    assert environment.find(str(tmp_path / "setting")) == str(tmp_path / "setting")


def test_the_folder_of_an_environment_may_be_named_instead_of_its_python(whole_default):
    assert environment.find(str(whole_default)) == str(locate.venv_python(whole_default))


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
    locate.write_unfinished_marker(whole_default)
    with pytest.raises(EnvironmentMissing, match=r"not complete.*make setup"):
        environment.find()


def test_an_environment_made_for_other_requirements_is_not_found(whole_default, tmp_path):
    (tmp_path / "older.txt").write_text("torch==1.0\n")
    locate.write_marker(whole_default, tmp_path / "older.txt", {})
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
    probe.write_text(broken + environment._PROBE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(environment, "_PROBE", probe)
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


def test_an_interpreter_that_cannot_be_started_is_a_problem(tmp_path):
    (tmp_path / "python").write_text("not a program")
    status = environment.check(str(tmp_path / "python"))
    assert "cannot be started" in status.problems[0]


@posix
def test_a_python_that_is_too_old_is_a_problem(tmp_path):
    answer = '{"python": "3.9.5", "executable": "", "bits": 64, "versions": {}, "failures": {}}'
    status = environment.check(script(tmp_path / "python", f"echo '{answer}'"))
    assert "is Python 3.9.5; the engine needs 3.11" in status.problems[0]
    with pytest.raises(EnvironmentMissing, match=r"it is Python 3\.9\.5.*Install Python 3\.11"):
        install.find_base_python(str(tmp_path / "python"))


@posix
def test_the_base_python_is_the_first_on_path_that_will_do(tmp_path, monkeypatch):
    script(tmp_path / "python3.11", "exit 1")
    os.symlink(sys.executable, tmp_path / "python3.12")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(install, "_MORE_FOLDERS", ())
    assert install.find_base_python() == str(tmp_path / "python3.12")


@posix
def test_no_base_python_says_which_were_tried_and_what_to_install(tmp_path, monkeypatch):
    old = script(tmp_path / "python3", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(install, "_MORE_FOLDERS", ())
    with pytest.raises(EnvironmentMissing, match=rf"{old}: it does not run as a Python.*python3-venv"):
        install.find_base_python()


def test_an_environment_is_made_once_found_afterwards_and_quick_the_second_time(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("")
    said = []
    options = {"base_python": sys.executable, "requirements": requirements, "modules": {"pip": "pip"}}
    python = install.create(tmp_path / "engine", log=said.append, **options)
    assert locate.is_current(tmp_path / "engine", requirements)
    assert subprocess.run([python, "-c", ""], check=False).returncode == 0
    assert said

    said.clear()
    assert install.create(tmp_path / "engine", log=said.append, **options) == python
    assert said == []

    requirements.write_text("# another comment\n")
    assert locate.is_current(tmp_path / "engine", requirements)
    requirements.write_text("pip>=1\n")  # there already, so that nothing is fetched
    assert not locate.is_current(tmp_path / "engine", requirements)
    install.create(tmp_path / "engine", log=said.append, **options)
    assert "up to date" in said[0]
    assert locate.is_current(tmp_path / "engine", requirements)


def test_a_cancelled_installation_is_not_found_and_is_made_anew_the_next_time(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("")
    folder = tmp_path / "engine"
    options = {"base_python": sys.executable, "requirements": requirements, "modules": {}}
    with pytest.raises(EngineCancelled):
        install.create(folder, is_cancelled=lambda: True, **options)
    assert not locate.is_current(folder, requirements)
    left_over = folder / "left-over"
    left_over.touch()
    install.create(folder, **options)
    assert not left_over.exists()
    assert locate.is_current(folder, requirements)


def test_packages_that_cannot_be_installed_are_a_sentence_and_leave_no_environment_to_be_found(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("there-is-no-such-package-of-ours==1\n")
    with pytest.raises(EnvironmentMissing, match=r"could not be installed.*another Python") as caught:
        install.create(tmp_path / "engine", sys.executable, requirements, {}, pip_options=("--no-index",))
    assert "No matching distribution" in caught.value.detail
    assert not locate.is_current(tmp_path / "engine", requirements)


def test_repair_replaces_an_environment_that_lost_a_package(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("")
    options = {"base_python": sys.executable, "requirements": requirements, "modules": {"pip": "pip"}}
    python = Path(install.create(tmp_path / "engine", **options))
    pip = next((tmp_path / "engine").glob("**/site-packages/pip/__init__.py"))
    pip.unlink()
    install.repair(tmp_path / "engine", **options)
    assert python.exists()
    assert pip.exists()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").touch()
    for make in (install.create, install.repair):
        with pytest.raises(EnvironmentMissing, match="left alone"):
            make(tmp_path, base_python=sys.executable)
    assert (tmp_path / "thesis.txt").exists()


def test_the_command_line_finds_checks_and_says_what_is_wrong(whole_default, capsys):
    assert environment.main(["find"]) == 0
    assert capsys.readouterr().out.strip() == str(locate.venv_python(whole_default))
    assert environment.main(["check"]) == 1  # the stand-in is an empty file
    assert "cannot be started" in capsys.readouterr().err


def packages(lines):
    names = (re.match(r'\s*"?([A-Za-z0-9._-]+)\s*[<>=!~]', line) for line in lines)
    return {found.group(1).lower() for found in names if found}


def test_the_pinned_requirements_are_the_dependencies_of_pyproject_and_what_is_checked():
    pinned = locate.REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    dependencies = project.partition("\ndependencies = [")[2].partition("\n]")[0].splitlines()
    assert packages(pinned) == packages(dependencies) == set(environment.MODULES.values())
    assert all("==" in line for line in pinned if line and not line.startswith("#"))


def test_the_optional_packages_are_those_of_pyproject_and_what_is_checked():
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    optional = project.partition("[project.optional-dependencies]\n")[2].partition("\n[")[0]
    for extra, modules in environment.EXTRAS.items():
        pinned = locate.extra_requirements(extra).read_text(encoding="utf-8").splitlines()
        listed = optional.partition(f"{extra} = [")[2].partition("\n]")[0].splitlines()
        assert packages(pinned) == packages(listed) == set(modules.values())
        assert all("==" in line for line in pinned if line and not line.startswith("#"))


@pytest.fixture
def small(tmp_path, monkeypatch):
    """An environment with nothing in it, and an optional package that is there already, so that nothing is fetched."""
    requirements, optional = tmp_path / "requirements.txt", tmp_path / "requirements-hub.txt"
    requirements.write_text("")
    optional.write_text("pip>=1\n")
    monkeypatch.setattr(locate, "extra_requirements", lambda extra: tmp_path / f"requirements-{extra}.txt")
    monkeypatch.setitem(environment.EXTRAS, "hub", {"pip": "pip"})
    folder = tmp_path / "engine"
    install.create(folder, sys.executable, requirements, {"pip": "pip"})
    return folder, requirements


def test_optional_packages_are_added_and_come_along_when_the_environment_is_brought_up_to_date(small):
    folder, requirements = small
    assert locate.extras_of(folder) == []
    install.add_extra("hub", folder, requirements)
    assert locate.extras_of(folder) == ["hub"]
    assert locate.is_current(folder, requirements)
    requirements.write_text("pip>=2\n")
    install.create(folder, sys.executable, requirements, {"pip": "pip"})
    assert locate.extras_of(folder) == ["hub"]
    requirements.write_text("pip>=3\n")
    locate.extra_requirements("hub").write_text("there-is-no-such-package-of-ours==1\n")
    with pytest.raises(EnvironmentMissing) as caught:
        install.create(folder, sys.executable, requirements, {"pip": "pip"}, ("--no-index",))
    assert "there-is-no-such-package-of-ours" in caught.value.detail


def test_optional_packages_that_cannot_be_installed_leave_the_environment_as_usable_as_it_was(small):
    folder, requirements = small
    locate.extra_requirements("hub").write_text("there-is-no-such-package-of-ours==1\n")
    with pytest.raises(EnvironmentMissing, match="optional packages hub could not be installed"):
        install.add_extra("hub", folder, requirements, ("--no-index",))
    assert locate.is_current(folder, requirements)
    assert locate.extras_of(folder) == []


def test_optional_packages_need_an_environment(tmp_path):
    with pytest.raises(EnvironmentMissing, match=r"no whole environment in .* to add hub to"):
        install.add_extra("hub", tmp_path / "none")
