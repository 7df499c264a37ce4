"""Where Pythons are looked for, on made-up computers of each system."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from sentinel_match_plugin.runtime import pythons, windows_pythons
from sentinel_match_plugin.runtime.pythons import CONDA, OF_QGIS, Computer, candidates, uv_program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the made-up computers have POSIX paths")


@pytest.fixture
def computer(tmp_path):
    """Makes a computer that has the files named, below a folder that stands for the root of its file system."""

    def make(platform, *files, variables=None, prefixes=(), registry=(), launcher=()):
        for file in files:
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return Computer(
            platform=platform,
            variables={k: v.replace("@", str(tmp_path)) for k, v in (variables or {}).items()},
            home=tmp_path / "home",
            root=tmp_path,
            cache=tmp_path / "cache",
            prefixes=tuple(str(tmp_path / prefix) for prefix in prefixes),
            registry=lambda: [str(tmp_path / path) for path in registry],
            launcher=lambda variables: [str(tmp_path / path) for path in launcher],
        )

    return make


def found(computer):
    """[(path below the root, source, rank)]"""
    root = str(computer.root) + "/"
    return [(one.path.replace(root, ""), one.source, one.rank) for one in candidates(computer)]


def test_linux_path_first_then_what_a_desktops_short_path_leaves_out_then_pyenv_uv_and_conda(computer):
    here = computer(
        "linux",
        "opt/mine/python3.11",
        "usr/bin/python3.12",
        "usr/bin/python3",
        "home/.pyenv/versions/3.9.1/bin/python",
        "home/.pyenv/versions/3.13.1/bin/python",
        "home/.pyenv/shims/python3.13",
        "home/.local/share/uv/python/cpython-3.12.4-linux-x86_64-gnu/bin/python3.12",
        "home/miniforge3/bin/python",
        "home/miniforge3/envs/gis/bin/python",
        "srv/conda/bin/python",
        variables={"PATH": "@/opt/mine:relative:@/home/.pyenv/shims:@/nowhere"},
    )
    listed = here.home / ".conda" / "environments.txt"
    listed.parent.mkdir()
    listed.write_text(f"{here.root}/srv/conda\n\n/not/there\n")
    assert found(here) == [
        ("usr/bin/python3.12", "", 0),
        ("opt/mine/python3.11", "", 0),
        ("usr/bin/python3", "", 0),
        ("home/.local/share/uv/python/cpython-3.12.4-linux-x86_64-gnu/bin/python3.12", "uv", 0),
        ("home/.pyenv/versions/3.13.1/bin/python", "pyenv", 0),
        ("home/.pyenv/versions/3.9.1/bin/python", "pyenv", 0),
        ("home/miniforge3/bin/python", "conda", CONDA),
        ("home/miniforge3/envs/gis/bin/python", "conda", CONDA),
        ("srv/conda/bin/python", "conda", CONDA),
    ]


def test_macos_homebrew_python_org_macports_and_the_bundle_last_but_never_apples_own(computer):
    bundle = "Applications/QGIS-LTR.app/Contents"
    here = computer(
        "darwin",
        "opt/homebrew/bin/python3.12",
        "usr/local/opt/python@3.11/bin/python3.11",
        "Library/Frameworks/Python.framework/Versions/3.13/bin/python3.13",
        "opt/local/bin/python3.11",
        "usr/bin/python3",
        "opt/homebrew/Caskroom/miniforge/base/bin/python",
        f"{bundle}/MacOS/bin/python3.12",
        f"{bundle}/MacOS/QGIS",
        f"{bundle}/Frameworks/Python.framework/Versions/3.12/bin/python3.12",
        variables={"PATH": "@/usr/bin:@/usr/bin/"},
        prefixes=(f"{bundle}/MacOS",),
    )
    assert found(here) == [
        ("opt/homebrew/bin/python3.12", "Homebrew", 0),
        ("usr/local/opt/python@3.11/bin/python3.11", "Homebrew", 0),
        ("Library/Frameworks/Python.framework/Versions/3.13/bin/python3.13", "python.org", 0),
        ("opt/local/bin/python3.11", "MacPorts", 0),
        ("opt/homebrew/Caskroom/miniforge/base/bin/python", "conda", CONDA),
        (f"{bundle}/MacOS/bin/python3.12", "QGIS's own", OF_QGIS),
        (f"{bundle}/Frameworks/Python.framework/Versions/3.12/bin/python3.12", "QGIS's own", OF_QGIS),
    ]


def test_windows_launcher_registry_folders_conda_and_qgis_last_but_never_the_store(computer):
    local, programs = "home/AppData/Local", "Program Files"
    here = computer(
        "win32",
        f"{local}/Programs/Python/Python312/python.exe",
        f"{local}/Python/pythoncore-3.14-64/python.exe",
        f"{local}/Microsoft/WindowsApps/python.exe",
        f"{programs}/Python311/python.exe",
        f"{programs}/QGIS 3.44.1/apps/Python312/python.exe",
        f"{programs}/QGIS 3.44.1/bin/qgis-bin.exe",
        "C/OSGeo4W/apps/Python312/python.exe",
        "home/.pyenv/pyenv-win/versions/3.11.9/python.exe",
        "home/AppData/Roaming/uv/python/cpython-3.13.2-windows-x86_64-none/python.exe",
        "home/miniconda3/python.exe",
        "D/Python 3/python.exe",
        variables={
            "Path": "@/nowhere",
            "PATH": f"@/{local}/Microsoft/WindowsApps;@/C/OSGeo4W/apps/Python312",
            "localappdata": f"@/{local}",
            "APPDATA": "@/home/AppData/Roaming",
            "ProgramFiles": f"@/{programs}",
            "SystemDrive": "@/C",
        },
        prefixes=("C/OSGeo4W/apps/Python312",),
        registry=(f"{programs}/Python311/python.exe", "gone/python.exe"),
        launcher=("D/Python 3/python.exe", f"{programs}/QGIS 3.44.1/apps/Python312/python.exe"),
    )
    assert found(here) == [
        ("D/Python 3/python.exe", "", 0),
        (f"{programs}/Python311/python.exe", "python.org", 0),
        (f"{local}/Programs/Python/Python312/python.exe", "python.org", 0),
        (f"{local}/Python/pythoncore-3.14-64/python.exe", "python.org", 0),
        ("home/AppData/Roaming/uv/python/cpython-3.13.2-windows-x86_64-none/python.exe", "uv", 0),
        ("home/.pyenv/pyenv-win/versions/3.11.9/python.exe", "pyenv", 0),
        ("home/miniconda3/python.exe", "conda", CONDA),
        (f"{programs}/QGIS 3.44.1/apps/Python312/python.exe", "QGIS's own", OF_QGIS),
        ("C/OSGeo4W/apps/Python312/python.exe", "QGIS's own", OF_QGIS),
    ]


def test_the_output_of_the_py_launcher_old_and_new_is_understood():
    text = (
        "Installed Pythons found by py Launcher for Windows\n"
        " -3.12-64 *     C:\\Users\\A B\\AppData\\Local\\Programs\\Python\\Python312\\python.exe\n"
        " -V:3.13        C:\\Program Files\\Python313\\python.exe\n"
        " -V:Anaconda/py311_1 C:\\conda\\python.exe\n"
        "No suitable Python runtime found\n"
    )
    assert windows_pythons.listed(text) == [
        "C:\\Users\\A B\\AppData\\Local\\Programs\\Python\\Python312\\python.exe",
        "C:\\Program Files\\Python313\\python.exe",
        "C:\\conda\\python.exe",
    ]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (r"C:\Program Files\QGIS 3.40.6\apps\Python312\python.exe", "QGIS's own"),
        (r"C:\OSGeo4W\apps\Python312\python.exe", "QGIS's own"),
        (r"D:\gis\qgis-ltr\apps\Python39\python.exe", "QGIS's own"),
        (r"C:\Program Files\Python312\python.exe", "python.org"),
        (r"C:\ProgramData\Anaconda3\python.exe", "conda"),
        (r"C:\tools\python.exe", ""),
    ],
)
def test_where_a_windows_python_comes_from_is_told_from_its_path(path, source):
    assert windows_pythons.source_of(path) == source
    assert windows_pythons.is_of_qgis(path) == (source == "QGIS's own")


def test_what_uv_fetched_for_the_plugin_is_found(computer):
    here = computer(
        "linux",
        "cache/python/cpython-3.12.9-linux-x86_64-gnu/bin/python3.12",
        "cache/python/cpython-3.12.9-linux-x86_64-gnu/bin/python3.12-config",
    )
    assert [path for path, source, _ in found(here) if source == "uv"] == [
        "cache/python/cpython-3.12.9-linux-x86_64-gnu/bin/python3.12"
    ]


@pytest.mark.parametrize(
    ("platform", "file"),
    [("linux", "home/.local/bin/uv"), ("darwin", "opt/homebrew/bin/uv"), ("win32", "tools/uv.exe")],
)
def test_uv_is_found_where_it_is_wont_to_lie(computer, platform, file):
    here = computer(platform, file, variables={"PATH": "@/tools"})
    assert uv_program(here) == str(here.root / file)
    (here.root / file).unlink()
    assert uv_program(here) == ""


def test_this_computer_can_be_looked_at():
    assert all(Path(one.path).is_file() for one in candidates())
    assert not [one for one in candidates() if "qgis" in Path(one.path).name.lower()]


def test_a_folder_that_cannot_be_read_is_as_good_as_empty(computer, monkeypatch):
    def refuses(self, pattern):
        raise PermissionError(13, "Permission denied", str(self))
        yield  # a generator, as glob is

    here = computer("linux", "usr/bin/python3.12")
    monkeypatch.setattr(pythons.Path, "glob", refuses)
    assert [path for path, _, _ in found(here)] == ["usr/bin/python3.12"]


def test_the_registry_is_asked_on_windows_alone():
    if sys.platform != "win32":
        assert windows_pythons.from_registry() == []
