"""The engine's environment: is it whole? And its small command line, which `make setup` uses.

``python3 -m sentinel_match_plugin.runtime.environment find | check | install | repair``

``install --extra hub`` also brings the optional packages ``hub`` (the library transformers, for SuperPoint and others).
"""

from __future__ import annotations

import argparse
import json
import subprocess  # nosec B404 # for the name of its exception
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import child
from .child import scrubbed_environment
from .errors import HOW_TO_REPAIR, EngineError, EnvironmentMissing
from .locate import default_folder, find

__all__ = ["EnvironmentStatus", "check", "default_folder", "find", "scrubbed_environment", "status"]

OLDEST_PYTHON = (3, 11)
# The modules to import, and the packages (of requirements.txt) that bring them.
MODULES = {
    "numpy": "numpy",
    "scipy": "scipy",
    "numba": "numba",
    "torch": "torch",
    "kornia": "kornia",
    "cv2": "opencv-python-headless",
    "affine": "affine",
    "rasterio": "rasterio",
    "safetensors": "safetensors",
    "matplotlib": "matplotlib",
}
# Optional packages: the modules of each, and the packages (of engine/requirements-NAME.txt) that bring them.
EXTRAS = {"hub": {"transformers": "transformers"}}
_PROBE = Path(__file__).with_name("probe.py")
_PROBE_TIMEOUT_S = 180.0  # the first import of torch from a cold disk, with a virus scanner at work, takes a minute


@dataclass(frozen=True)
class EnvironmentStatus:
    """``ready`` if the engine can run. ``versions``: module -> version, with ``python``. ``problems``: sentences."""

    ready: bool
    python: str
    versions: dict[str, str]
    problems: tuple[str, ...]


def status(setting: str = "") -> EnvironmentStatus:
    """``check`` of what ``find`` finds; an environment that is missing is a status too."""
    try:
        return check(find(setting))
    except EnvironmentMissing as error:
        return EnvironmentStatus(False, "", {}, (str(error),))


def check(python: str, modules: dict[str, str] | None = None) -> EnvironmentStatus:
    """Import every package of the engine in a child ``python`` and say what is there and what is not. Takes seconds."""
    wanted = MODULES if modules is None else modules
    try:
        answer = probe(python, list(wanted))
    except EnvironmentMissing as error:
        return EnvironmentStatus(False, python, {}, (str(error),))
    problems = []
    if version_tuple(answer["python"]) < OLDEST_PYTHON:
        problems.append(f"{python} is Python {answer['python']}; the engine needs 3.11 or newer. {HOW_TO_REPAIR}")
    if answer["bits"] != 64:
        problems.append(f"{python} is a 32-bit Python, for which there is no torch; install a 64-bit Python.")
    for module, failure in answer["failures"].items():
        problems.append(f"The package {wanted[module]} cannot be used: {failure}. {HOW_TO_REPAIR}")
    versions = {"python": answer["python"], **answer["versions"]}
    return EnvironmentStatus(not problems, python, versions, tuple(problems))


def probe(python: str, modules: Sequence[str]) -> dict[str, Any]:
    """What probe.py, run by ``python``, reports. Raises EnvironmentMissing if it is no Python that runs."""
    try:
        done = child.ask([python, "-I", str(_PROBE), *modules], _PROBE_TIMEOUT_S)
    except OSError as error:
        raise EnvironmentMissing(f"{python} cannot be started: {error.strerror or error}. {HOW_TO_REPAIR}") from error
    except subprocess.TimeoutExpired as error:
        raise EnvironmentMissing(f"{python} did not answer within {_PROBE_TIMEOUT_S:.0f} s. {HOW_TO_REPAIR}") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        said = child.last_lines(done.stderr) or "nothing"
        raise EnvironmentMissing(
            f"{python} is not a working Python: it ended with code {done.returncode} and said: {said}. {HOW_TO_REPAIR}"
        ) from error
    if not isinstance(answer, dict):
        raise EnvironmentMissing(f"{python} is not a working Python: it answered {answer!r}. {HOW_TO_REPAIR}")
    return answer


def version_tuple(version: str) -> tuple[int, ...]:
    """``"3.11.2"`` -> ``(3, 11, 2)``."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 if the environment is (now) as it should be, 1 with the reason on stderr if not."""
    from . import install

    parser = argparse.ArgumentParser(prog="sentinel_match_plugin.runtime.environment", description=__doc__)
    parser.add_argument("action", choices=("find", "check", "install", "repair"))
    parser.add_argument(
        "--python", default="", help="the Python to make the environment with (or, for check, to look at)"
    )
    parser.add_argument(
        "--folder", type=Path, default=None, help="where the environment is or goes; default: the cache"
    )
    parser.add_argument("--extra", choices=sorted(EXTRAS), default="", help="optional packages, to install as well")
    options = parser.parse_args(arguments)

    def say(text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    try:
        if options.action in ("install", "repair"):
            make = install.create if options.action == "install" else install.repair
            made = make(folder=options.folder, base_python=options.python, log=say)
            if options.extra:
                install.add_extra(options.extra, options.folder, log=say)
            say(made)
            return 0
        python = options.python or str(options.folder or "")
        if options.action == "find":
            say(find(python))
            return 0
        found = status(python)
    except EngineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    say(found.python)
    for name, version in found.versions.items():
        say(f"  {name} {version}")
    for problem in found.problems:
        sys.stderr.write(problem + "\n")
    return 0 if found.ready else 1


if __name__ == "__main__":
    sys.exit(main())
