"""Which Pythons there may be on this computer, by where they are wont to lie. Nothing is started but the `py` launcher.

QGIS is never started: `sys.executable` inside QGIS is often QGIS itself, and is not looked at.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

from . import windows_pythons
from .locate import cache_folder

# A Python of its own comes first; conda's misses its libraries on Windows unless it is activated; the one that QGIS
# brings along vanishes, and the environment with it, when QGIS is replaced by another version.
ALONE, CONDA, OF_QGIS = 0, 1, 2
_NAMES = (*(f"python3.{minor}" for minor in (12, 11, 13, 14, *range(15, 20))), "python3", "python")
_CONDAS = ("miniforge3", "mambaforge", "miniconda3", "anaconda3", "Miniconda3", "Anaconda3", "micromamba")


@dataclass(frozen=True)
class Candidate:
    """What may be a Python. ``source`` says to a person where it comes from; the lower ``rank``, the better."""

    path: str
    source: str
    rank: int = ALONE


@dataclass(frozen=True)
class Computer:
    """What the search depends on; a test gives its own. ``root`` stands before every absolute path of this file."""

    platform: str = sys.platform
    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)
    home: Path = field(default_factory=Path.home)
    root: Path = Path("/")
    cache: Path = field(default_factory=cache_folder)  # in which uv.py keeps what it fetched
    prefixes: tuple[str, ...] = (sys.base_prefix, sys.base_exec_prefix)  # of the Python that QGIS runs
    registry: Callable[[], list[str]] = windows_pythons.from_registry
    launcher: Callable[[Mapping[str, str]], list[str]] = windows_pythons.from_launcher

    def at(self, path: str) -> Path:
        """An absolute POSIX path on this computer."""
        return self.root / path.lstrip("/")


def candidates(computer: Computer | None = None) -> list[Candidate]:
    """Every file that may be a Python >= 3.11, each once, the most fitting first. Not all of them need be good."""
    here = Computer() if computer is None else computer
    search = {"win32": _windows, "darwin": _macos}.get(here.platform, _linux)
    seen: dict[str, Candidate] = {}
    for candidate in search(here):
        if not _is_file(candidate.path):
            continue
        key = os.path.normcase(candidate.path)
        if key not in seen or candidate.rank < seen[key].rank:
            seen[key] = candidate
    return sorted(seen.values(), key=lambda one: one.rank)  # stable: the order of the search within a rank


def uv_program(computer: Computer | None = None) -> str:
    """The program `uv`, which can fetch a Python when the user asks for it; empty if it is not there."""
    here = Computer() if computer is None else computer
    name = "uv.exe" if here.platform == "win32" else "uv"
    folders = [Path(entry) for entry in _path(here)]
    folders += [here.home / ".local" / "bin", here.home / ".cargo" / "bin", here.at("/opt/homebrew/bin")]
    for folder in folders:
        if _is_file(folder / name):
            return str(folder / name)
    return ""


def uv_pythons(folder: Path, windows: bool = os.name == "nt") -> list[str]:
    """The Pythons in a folder in which uv keeps them."""
    pattern = "cpython-3.*/python.exe" if windows else "cpython-3.*/bin/python3.*"
    return [str(path) for path in _newest_first(folder.glob(pattern)) if not path.name.endswith("-config")]


def _linux(here: Computer) -> Iterator[Candidate]:
    # A program started from the desktop has a short PATH; these are where distributions and people install.
    folders = [*_path(here), str(here.at("/usr/local/bin")), str(here.at("/usr/bin")), str(here.home / ".local/bin")]
    yield from _on_path(folders)
    yield from _common(here, here.home / ".local" / "share" / "uv" / "python")
    yield from _condas([here.home, here.at("/opt")], here)


def _macos(here: Computer) -> Iterator[Candidate]:
    for prefix in ("/opt/homebrew", "/usr/local"):
        yield from _named(here.at(prefix) / "bin", "Homebrew" if prefix == "/opt/homebrew" else "")
        for path in _newest_first(here.at(prefix).glob("opt/python@3.*/bin/python3.*")):
            yield Candidate(str(path), "Homebrew")
    for path in _newest_first(here.at("/Library/Frameworks/Python.framework/Versions").glob("3.*/bin/python3.*")):
        yield Candidate(str(path), "python.org")
    yield from _named(here.at("/opt/local/bin"), "MacPorts")
    # /usr/bin/python3 is left out: where Apple's developer tools are missing, starting it opens a window that asks for
    # them, and where they are not, it is Python 3.9.
    apples = str(here.at("/usr/bin"))
    yield from _on_path([entry for entry in _path(here) if entry.rstrip("/") != apples])
    yield from _common(here, here.home / ".local" / "share" / "uv" / "python")
    casks = [here.at(prefix) / "Caskroom" for prefix in ("/opt/homebrew", "/usr/local")]
    yield from _condas([here.home, here.home / "opt", here.at("/opt"), *casks], here)
    bundles = [Path(prefix) for prefix in here.prefixes if ".app/" in f"{prefix}/"]
    for applications in (here.at("/Applications"), here.home / "Applications"):
        bundles += [app / "Contents" / "MacOS" for app in _newest_first(applications.glob("QGIS*.app"))]
    for bundle in bundles:
        contents = next((up for up in (bundle, *bundle.parents) if up.name == "Contents"), bundle)
        frameworks = contents / "Frameworks"
        for folder in (bundle / "bin", contents / "MacOS" / "bin", contents / "MacOS", frameworks / "bin"):
            yield from _named(folder, "QGIS's own", OF_QGIS)
        for path in _newest_first(frameworks.glob("Python.framework/Versions/3.*/bin/python3*")):
            yield Candidate(str(path), "QGIS's own", OF_QGIS)


def _windows(here: Computer) -> Iterator[Candidate]:
    local = windows_pythons.folder(here.variables, "LOCALAPPDATA") or here.home / "AppData" / "Local"
    roaming = windows_pythons.folder(here.variables, "APPDATA") or here.home / "AppData" / "Roaming"
    for listed in (*here.launcher(here.variables), *here.registry()):
        yield Candidate(listed, windows_pythons.source_of(listed), _windows_rank(listed, here))
    programs = [local / "Programs" / "Python", windows_pythons.folder(here.variables, "ProgramFiles")]
    for folder in filter(None, programs):
        for path in _newest_first(folder.glob("Python3*/python.exe")):
            yield Candidate(str(path), "python.org")
    for path in _newest_first((local / "Python").glob("pythoncore-3.*/python.exe")):  # the Python install manager's
        yield Candidate(str(path), "python.org")
    for entry in _path(here):
        # Windows' own python.exe in WindowsApps is no Python: it opens the Microsoft Store.
        if "windowsapps" not in entry.lower():
            path = Path(entry) / "python.exe"
            yield Candidate(str(path), windows_pythons.source_of(str(path)), _windows_rank(str(path), here))
    yield from _common(here, roaming / "uv" / "python")
    data = windows_pythons.folder(here.variables, "ProgramData")
    yield from _condas([folder for folder in (here.home, local, data) if folder], here)
    for prefix in (*here.prefixes, *map(str, windows_pythons.qgis_prefixes(here.variables, local))):
        yield Candidate(str(Path(prefix) / "python.exe"), "QGIS's own", OF_QGIS)


def _windows_rank(path: str, here: Computer) -> int:
    if windows_pythons.is_of_qgis(path) or any(Path(path).parent == Path(prefix) for prefix in here.prefixes):
        return OF_QGIS
    return CONDA if "conda" in path.lower() or "miniforge" in path.lower() else ALONE


def _common(here: Computer, uv: Path) -> Iterator[Candidate]:
    """pyenv and uv, which people use on every system."""
    windows = here.platform == "win32"
    given = here.variables.get("UV_PYTHON_INSTALL_DIR", "")
    for folder in (here.cache / "python", Path(given) if given else uv):
        for fetched in uv_pythons(folder, windows):
            yield Candidate(fetched, "uv")
    shims = [str(Path(entry).parent) for entry in _path(here) if _is_shims(entry)]
    root = next(filter(None, (here.variables.get("PYENV_ROOT"), here.variables.get("PYENV"), *shims)), "")
    folder = Path(root) if root else here.home / ".pyenv" / ("pyenv-win" if windows else "")
    for path in _newest_first((folder / "versions").glob("3.*/python.exe" if windows else "3.*/bin/python")):
        yield Candidate(str(path), "pyenv")


def _condas(parents: list[Path], here: Computer) -> Iterator[Candidate]:
    """Miniconda and its kin: their base first, then the environments that conda remembers."""
    inside = "python.exe" if here.platform == "win32" else "bin/python"
    roots = [parent / name for parent in parents for name in _CONDAS]
    roots += [parent / name / "base" for parent in parents for name in ("miniforge", "miniconda", "anaconda")]
    try:
        listed = (here.home / ".conda" / "environments.txt").read_text(encoding="utf-8", errors="replace")
    except OSError:
        listed = ""
    roots += [Path(line.strip()) for line in listed.splitlines() if line.strip()]
    for root in roots:
        yield Candidate(str(root / inside), "conda", CONDA)
        for path in sorted(_quietly((root / "envs").glob(f"*/{inside}"))):
            yield Candidate(str(path), "conda", CONDA)


def _on_path(folders: list[str]) -> Iterator[Candidate]:
    for name in _NAMES:  # by version before folder: a newer name says more than an earlier place
        for folder in folders:
            if _is_shims(folder):
                continue
            path = Path(folder) / name
            yield Candidate(str(path), "conda" if "conda" in folder else "", CONDA if "conda" in folder else ALONE)


def _is_shims(folder: str) -> bool:
    """pyenv's stand-ins, which refuse where their version is not the chosen one; the versions are found themselves."""
    return Path(folder).name == "shims" and "pyenv" in folder


def _named(folder: Path, source: str, rank: int = ALONE) -> Iterator[Candidate]:
    for name in _NAMES:
        yield Candidate(str(folder / name), source, rank)


def _path(here: Computer) -> list[str]:
    separator = ";" if here.platform == "win32" else ":"
    entries = [entry.strip().strip('"') for entry in here.variables.get("PATH", "").split(separator)]
    # A relative entry means another folder in another program.
    return [entry for entry in entries if Path(entry).is_absolute()]


def _newest_first(paths: Iterator[Path]) -> list[Path]:
    return sorted(_quietly(paths), key=lambda path: [_number(part) for part in path.parts], reverse=True)


def _number(part: str) -> tuple[int, ...]:
    """``cpython-3.12.4-linux`` -> (3, 12, 4): so that 3.9 comes before 3.11."""
    digits = "".join(letter if letter.isdigit() else " " for letter in part)
    return tuple(int(number) for number in digits.split()[:3])


def _quietly(paths: Iterator[Path]) -> Iterator[Path]:
    """What can be listed: a folder that may not be read is as good as empty."""
    try:
        yield from paths
    except OSError:
        return


def _is_file(path: str | Path) -> bool:
    try:
        return os.path.isfile(path)
    except (OSError, ValueError):
        return False
