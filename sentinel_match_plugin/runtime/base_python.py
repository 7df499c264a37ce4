"""Which of the Pythons on this computer can carry the engine's environment, and why the others cannot."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

from . import pythons
from .errors import EngineCancelled, EnvironmentMissing
from .interpreter import OLDEST_PYTHON, probe, version_tuple
from .marker import venv_python
from .packages import System
from .pythons import CONDA, OF_QGIS, Candidate

# For these every pinned package has a wheel (scripts/lock_engine.py asks for each system); the first is preferred.
VERSIONS = ((3, 12), (3, 11), (3, 13), (3, 14))
# What makes a virtual environment, and what pip needs to fetch anything (conda's Python lacks it until activated).
_NEEDED = ("venv", "ensurepip", "ssl")
_TIMEOUT_S = 20.0
_AT_ONCE = 4
_MACHINES = {
    "Linux": ("x86_64", "aarch64"),
    "Windows": ("AMD64", "x86_64"),
    "Darwin": ("arm64",),
}
_OLDEST_MACOS = 14  # of torch's wheels


@dataclass(frozen=True)
class BasePython:
    """A Python that was asked what it is. ``problem``: why it cannot carry the environment, empty if it can."""

    path: str
    source: str = ""
    version: str = ""
    rank: int = 0
    problem: str = ""
    system: System = field(default_factory=lambda: System("", ""))

    def __str__(self) -> str:
        return f"Python {self.version}{f' ({self.source})' if self.source else ''}: {self.path}"


def look(candidate: Candidate, is_cancelled: Callable[[], bool] = lambda: False) -> BasePython:
    """Ask one candidate. Raises EngineCancelled."""
    try:
        answer = probe(candidate.path, _NEEDED, _TIMEOUT_S, is_cancelled)
    except EnvironmentMissing as error:
        return BasePython(candidate.path, candidate.source, rank=candidate.rank, problem=error.reason)
    rank = max(candidate.rank, CONDA) if answer["conda"] else candidate.rank
    source = "conda" if answer["conda"] and not candidate.source else candidate.source
    path = answer["executable"] if os.path.isfile(answer["executable"]) else candidate.path
    system = System(answer["system"], answer["machine"])
    return BasePython(path, source, answer["python"], rank, _unfit(answer), system)


def survey(
    candidates: Iterable[Candidate] | None = None, is_cancelled: Callable[[], bool] = lambda: False
) -> list[BasePython]:
    """Every Python of this computer that answers, each once, the best first; those that will not do come last.

    Takes some seconds: each is started, four at a time. Raises EngineCancelled.
    """
    asked = list(pythons.candidates() if candidates is None else candidates)

    def ask(candidate: Candidate) -> BasePython:
        if is_cancelled():
            raise EngineCancelled("The search for a Python was cancelled.")
        return look(candidate, is_cancelled)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = list(pool.map(ask, asked))
    found: dict[str, BasePython] = {}
    for answer in answers:
        key = os.path.realpath(answer.path)  # python3 and python3.12 are one
        if key not in found or answer.rank < found[key].rank:
            found[key] = answer
    return sorted(found.values(), key=_preference)


def find(
    given: str = "",
    candidates: Iterable[Candidate] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> BasePython:
    """The Python to make the environment with: ``given``, or the best there is.

    Raises EnvironmentMissing, EngineCancelled.
    """
    if given:
        chosen = look(Candidate(_program(given), ""), is_cancelled)
        if chosen.problem:
            raise EnvironmentMissing(
                f"{given} cannot carry the engine's environment: {chosen.problem}. Name a Python 3.11, 3.12, 3.13 or "
                "3.14 (64 bit), or none, to have one looked for."
            )
        return chosen
    seen = survey(candidates, is_cancelled)
    if seen and not seen[0].problem:
        return seen[0]
    tried = "; ".join(f"{one.path}: {one.problem}" for one in seen[:8]) or "none was found"
    raise EnvironmentMissing(
        f"There is no Python to make the engine's environment with ({tried}). {HOW_TO_GET_PYTHON}",
        reason="no fitting Python was found",
    )


def _program(given: str) -> str:
    """A path, the folder of a virtual environment, or a name on PATH."""
    path = Path(given).expanduser()
    if path.is_dir():
        return str(venv_python(path))
    return str(path) if path.exists() else shutil.which(given) or given


HOW_TO_GET_PYTHON = (
    "Install Python 3.12 (64 bit) from python.org, on Debian and Ubuntu with `apt install python3-venv`, on macOS with "
    "`brew install python@3.12`, or with uv (`uv python install 3.12`); or name the Python that you have."
)


def _preference(one: BasePython) -> tuple[bool, int, int, str]:
    version = version_tuple(one.version)[:2]
    return bool(one.problem), one.rank, VERSIONS.index(version) if version in VERSIONS else len(VERSIONS), one.path


def _unfit(answer: dict[str, Any]) -> str:
    """Why the Python that answered cannot be the base of the environment, or nothing."""
    version = version_tuple(answer["python"])
    if version < OLDEST_PYTHON:
        return f"it is Python {answer['python']}, and the engine needs 3.11 or newer"
    if version[:2] not in VERSIONS:
        return f"it is Python {answer['python']}, for which the engine's packages do not exist yet"
    if answer["implementation"] != "cpython":
        return f"it is {answer['implementation']}, not the usual Python (CPython), for which torch is made"
    if answer["bits"] != 64:
        return "it is a 32-bit Python, for which there is no torch"
    if "PythonSoftwareFoundation" in answer["prefix"]:
        return "it is the Microsoft Store's, which hides what it writes from other programs; take python.org's"
    return _unfit_system(answer) or _lacks(answer["failures"])


def _unfit_system(answer: dict[str, Any]) -> str:
    system, machine = answer["system"], answer["machine"]
    if machine not in _MACHINES.get(system, (machine,)):
        if system == "Darwin":
            return "it is a Python for Intel processors, for which torch is no longer made; on Apple silicon take arm64"
        return f"it is a Python for {machine}, for which torch is not made"
    macos = version_tuple(answer["macos"])
    if system == "Darwin" and macos and macos[0] < _OLDEST_MACOS:
        return f"this is macOS {answer['macos']}, and torch needs macOS {_OLDEST_MACOS} or newer"
    return ""


def _lacks(failures: dict[str, str]) -> str:
    if not failures:
        return ""
    names = " and ".join(failures)
    advice = " (Debian and Ubuntu: apt install python3-venv)" if "ensurepip" in failures or "venv" in failures else ""
    return f"it lacks {names}{advice}"


__all__: Sequence[str] = ["CONDA", "OF_QGIS", "VERSIONS", "BasePython", "find", "look", "survey"]
