"""What is particular to finding Pythons on Windows: the `py` launcher, the registry, where QGIS lies."""

from __future__ import annotations

import os
import re
import subprocess  # nosec B404 # for the name of its exception
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from . import child

_LAUNCHER_TIMEOUT_S = 10.0
# ` -V:3.12 *        C:\...\python.exe`, of older launchers ` -3.11-64 *  C:\...\python.exe`; paths may hold spaces.
_LISTED = re.compile(r"^\s*-\S+\s+(?:\*\s*)?(?P<path>\S.*?\.exe)\s*$", re.IGNORECASE)
_OF_QGIS = re.compile(r"(osgeo4w|[\\/]qgis[^\\/]*)[\\/](.*[\\/])?apps[\\/]python3\d+[\\/]", re.IGNORECASE)


def from_launcher(variables: Mapping[str, str]) -> list[str]:
    """What `py` lists; empty where there is none, or where it says nothing that is understood."""
    windows = folder(variables, "SystemRoot")
    local = folder(variables, "LOCALAPPDATA")
    places = [windows and windows / "py.exe", local and local / "Programs" / "Python" / "Launcher" / "py.exe"]
    for launcher in filter(None, places):
        if not launcher.is_file():
            continue
        try:
            done = child.ask([str(launcher), "-0p"], _LAUNCHER_TIMEOUT_S)
        except (OSError, subprocess.TimeoutExpired):
            continue
        return listed(done.stdout.decode("utf-8", "replace"))
    return []


def listed(text: str) -> list[str]:
    """The paths in the output of `py -0p`."""
    return [match.group("path") for match in map(_LISTED.match, text.splitlines()) if match]


def from_registry() -> list[str]:
    """The interpreters that are registered as PEP 514 asks: by python.org, Anaconda and others; empty elsewhere."""
    if sys.platform != "win32":
        return []
    import winreg

    found = []
    for hive in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
        for company in _keys(winreg, hive, r"Software\Python"):
            if company.endswith("PyLauncher"):
                continue
            for tag in _keys(winreg, hive, company):
                found += _executable(winreg, hive, tag + r"\InstallPath")
    return found


def _keys(winreg, hive, key: str) -> Iterator[str]:  # type: ignore[no-untyped-def] # winreg has types on Windows alone
    try:
        with winreg.OpenKey(hive, key, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
            count = winreg.QueryInfoKey(opened)[0]
            names = [winreg.EnumKey(opened, number) for number in range(count)]
    except OSError:
        return
    for name in names:
        yield key + "\\" + name


def _executable(winreg, hive, key: str) -> list[str]:  # type: ignore[no-untyped-def]
    try:
        with winreg.OpenKey(hive, key, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
            try:
                return [str(winreg.QueryValueEx(opened, "ExecutablePath")[0])]
            except OSError:
                return [os.path.join(str(winreg.QueryValueEx(opened, "")[0]), "python.exe")]
    except OSError:
        return []


def folder(variables: Mapping[str, str], name: str) -> Path | None:
    """The folder that the environment variable ``name`` holds; names of variables know no case on Windows."""
    for key, value in variables.items():
        if key.upper() == name.upper() and value:
            return Path(value)
    return None


def qgis_prefixes(variables: Mapping[str, str], local: Path) -> list[Path]:
    """Where OSGeo4W and the standalone installers of QGIS put their Python, the newest first."""
    programs = folder(variables, "ProgramFiles")
    drive = folder(variables, "SystemDrive")
    roots: list[Path] = []
    given = folder(variables, "OSGEO4W_ROOT")
    roots += [given] if given else []
    roots += _newest_first(programs, "QGIS *") if programs else []
    # "C:" is no folder but a drive, and joins without a separator.
    roots += [Path(f"{drive}{os.sep}OSGeo4W"), Path(f"{drive}{os.sep}OSGeo4W64")] if drive else []
    roots.append(local / "Programs" / "OSGeo4W")
    return [path for root in roots for path in _newest_first(root / "apps", "Python3*")]


def _newest_first(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern), reverse=True)
    except OSError:  # a folder that may not be read is as good as empty
        return []


def is_of_qgis(path: str) -> bool:
    """True for ``C:\\Program Files\\QGIS 3.44\\apps\\Python312\\python.exe`` and OSGeo4W's."""
    return _OF_QGIS.search(path) is not None


def source_of(path: str) -> str:
    """Where a Python comes from, told from its path."""
    lower = path.lower()
    if is_of_qgis(path):
        return "QGIS's own"
    if "conda" in lower or "miniforge" in lower:
        return "conda"
    if "pyenv" in lower:
        return "pyenv"
    if "python3" in lower or "pythoncore" in lower:
        return "python.org"
    return ""
