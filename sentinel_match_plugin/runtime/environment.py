"""The engine's environment: is it whole, and what can it compute on?

Its small command line, which `make setup` uses, is command_line.py:
``python3 -m sentinel_match_plugin.runtime.environment find | check | pythons | install | repair | wheels FOLDER``
"""

from __future__ import annotations

import json
import subprocess  # nosec B404 # for the name of its exception
import sys
from dataclasses import dataclass
from typing import Callable

from . import child
from .child import scrubbed_environment
from .death import describe_death
from .errors import HOW_TO_REPAIR, EnvironmentMissing
from .interpreter import OLDEST_PYTHON, probe, version_tuple
from .locate import default_folder, find
from .marker import PLUGIN_FOLDER
from .packages import EXTRAS, MODULES

__all__ = [
    "EXTRAS",
    "MODULES",
    "EnvironmentStatus",
    "check",
    "default_folder",
    "devices",
    "find",
    "scrubbed_environment",
    "status",
]

_DEVICES_PATIENCE_S = 180.0
# torch's libraries for Windows are made with Microsoft's compiler, whose own library not every computer has.
_OF_A_DLL = ("DLL load failed", "WinError 126", "WinError 127", "WinError 1114")
_MISSING_DLL = (
    "Windows did not find a library that it needs: install Microsoft's Visual C++ Redistributable (2015 to 2022, x64) "
    "from microsoft.com, then check again."
)


@dataclass(frozen=True)
class EnvironmentStatus:
    """``ready`` if the engine can run. ``versions``: module -> version, with ``python``. ``problems``: sentences."""

    ready: bool
    python: str
    versions: dict[str, str]
    problems: tuple[str, ...]


def status(setting: str = "", is_cancelled: Callable[[], bool] = lambda: False) -> EnvironmentStatus:
    """``check`` of what ``find`` finds; an environment that is missing is a status too."""
    try:
        return check(find(setting), is_cancelled=is_cancelled)
    except EnvironmentMissing as error:
        return EnvironmentStatus(False, "", {}, (str(error),))


def check(
    python: str, modules: dict[str, str] | None = None, is_cancelled: Callable[[], bool] = lambda: False
) -> EnvironmentStatus:
    """Import every package of the engine in a child ``python`` and say what is there and what is not. Takes seconds.

    Raises EngineCancelled.
    """
    wanted = MODULES if modules is None else modules
    try:
        answer = probe(python, list(wanted), is_cancelled=is_cancelled)
    except EnvironmentMissing as error:
        return EnvironmentStatus(False, python, {}, (str(error),))
    problems = []
    if version_tuple(answer["python"]) < OLDEST_PYTHON:
        problems.append(f"{python} is Python {answer['python']}; the engine needs 3.11 or newer. {HOW_TO_REPAIR}")
    if answer["bits"] != 64:
        problems.append(f"{python} is a 32-bit Python, for which there is no torch; install a 64-bit Python.")
    for module, failure in answer["failures"].items():
        package = wanted.get(module, module)
        advice = _MISSING_DLL if any(words in failure for words in _OF_A_DLL) else HOW_TO_REPAIR
        problems.append(f"The package {package} cannot be used: {failure}. {advice}")
    versions = {"python": answer["python"], **answer["versions"]}
    return EnvironmentStatus(not problems, python, versions, tuple(problems))


def devices(python: str, is_cancelled: Callable[[], bool] = lambda: False) -> list[str]:
    """What the engine of ``python`` can compute on, a sentence each, seen by computing. Raises EngineCancelled.

    In a process of its own: a driver that does not fit may end it.
    """
    command = [python, "-I", str(PLUGIN_FOLDER / "engine" / "__main__.py"), "devices"]
    try:
        done = child.ask(command, _DEVICES_PATIENCE_S, is_cancelled=is_cancelled)
    except OSError as error:
        return [f"The devices could not be tested: {python} cannot be started ({error.strerror or error})."]
    except subprocess.TimeoutExpired:
        return [f"The devices could not be tested: no answer came within {_DEVICES_PATIENCE_S:.0f} s."]
    if done.returncode:
        return ["The devices could not be tested. " + describe_death(done.returncode, child.last_lines(done.stderr))]
    try:
        return [str(sentence) for sentence in json.loads(done.stdout)["sentences"]]
    except (ValueError, KeyError, TypeError):
        return [f"The devices could not be tested: {python} said {child.last_lines(done.stdout)[:200]}."]


if __name__ == "__main__":
    from sentinel_match_plugin.runtime.command_line import main

    sys.exit(main())
