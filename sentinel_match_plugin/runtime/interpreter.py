"""Ask an interpreter what it is and what it holds, whatever it turns out to be."""

from __future__ import annotations

import json
import subprocess  # nosec B404 # for the name of its exception
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Callable

from . import child
from .errors import HOW_TO_REPAIR, EnvironmentMissing

OLDEST_PYTHON = (3, 11)
PROBE = Path(__file__).with_name("probe.py")
# The first import of torch from a cold disk, with a virus scanner at work, takes a minute.
PATIENCE_S = 180.0
# What probe.py answers: name -> type.
_ANSWER: dict[str, type] = {
    "python": str,
    "executable": str,
    "prefix": str,
    "implementation": str,
    "bits": int,
    "system": str,
    "machine": str,
    "macos": str,
    "conda": bool,
    "versions": dict,
    "failures": dict,
}


def probe(
    python: str,
    modules: Sequence[str],
    patience_s: float = PATIENCE_S,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> dict[str, Any]:
    """What probe.py, run by ``python``, reports of itself and of ``modules``, which it imports.

    Raises EnvironmentMissing if that is no Python that runs (it may be anything, a program that hangs, floods or lies),
    EngineCancelled.
    """
    if "qgis" in Path(python).name.lower():  # started as if it were Python, it would open a second QGIS
        raise _refused(python, "it is QGIS itself")
    try:
        done = child.ask([python, "-I", str(PROBE), *modules], patience_s, is_cancelled=is_cancelled)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise _refused(python, f"it cannot be started ({why})") from error
    except subprocess.TimeoutExpired as error:
        raise _refused(python, f"it did not answer within {patience_s:.0f} s, or said something else") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        said = child.last_lines(done.stderr)[-400:] or "nothing"
        raise _refused(
            python, f"it is not a working Python: it ended with code {done.returncode} and said: {said}"
        ) from error
    if not isinstance(answer, dict) or any(not isinstance(answer.get(key), kind) for key, kind in _ANSWER.items()):
        raise _refused(python, f"it is not a working Python: it answered {str(answer)[:200]}")
    if not version_tuple(answer["python"]):
        raise _refused(python, f"it says that it is Python {answer['python'][:40]}, which is no version")
    for key in ("versions", "failures"):
        answer[key] = {str(name): str(value) for name, value in answer[key].items()}
    return answer


def version_tuple(version: str) -> tuple[int, ...]:
    """``"3.11.2"`` -> ``(3, 11, 2)``."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _refused(python: str, reason: str) -> EnvironmentMissing:
    return EnvironmentMissing(f"{python} cannot be used as the engine's Python: {reason}. {HOW_TO_REPAIR}", "", reason)
