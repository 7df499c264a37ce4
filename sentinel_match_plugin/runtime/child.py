"""How a child Python is started from inside QGIS: what it must not inherit, and no console window."""

from __future__ import annotations

import os
import subprocess  # nosec B404 # the engine is a process of its own, by design (README, "two processes")
from collections.abc import Mapping, Sequence
from typing import Any

# Measured on four QGIS builds: with PYTHONPATH leaked a wrong rasterio was loaded silently; with PROJ_LIB leaked
# every CRS failed, even under `python -I`, which only ignores Python's own variables. QGIS sets these for its own
# libraries.
_REMOVED = frozenset(
    (
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONEXECUTABLE",
        "PYTHONUSERBASE",
        "PYTHONSTARTUP",
        "PYTHONPLATLIBDIR",
        "__PYVENV_LAUNCHER__",  # macOS: makes a venv's Python believe that it is another one
        "PROJ_LIB",
        "PROJ_DATA",
        "GDAL_DATA",
        "GDAL_DRIVER_PATH",
        "LD_LIBRARY_PATH",
        "LD_PRELOAD",
    )
)


def scrubbed_environment(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """``environment`` (this process's) without what would lead the engine to QGIS's Python, PROJ, GDAL or Qt."""
    source = os.environ if environment is None else environment
    return {name: value for name, value in source.items() if not _is_removed(name.upper())}


def _is_removed(name: str) -> bool:
    if name in _REMOVED or name.startswith("DYLD_"):
        return True
    return name.startswith("QT_") and name.endswith("PLUGIN_PATH")


def popen(command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start ``command`` in the scrubbed environment (``env`` overrides it). Raises OSError if it cannot be started."""
    options.setdefault("env", scrubbed_environment())
    options.setdefault("creationflags", getattr(subprocess, "CREATE_NO_WINDOW", 0))  # Windows only
    # A list and no shell; the interpreter is the one that the user's setting names.
    return subprocess.Popen(list(command), **options)  # nosec B603


def ask(command: Sequence[str], timeout_s: float) -> subprocess.CompletedProcess[bytes]:
    """Run ``command`` to its end, its stdin empty. Raises OSError; subprocess.TimeoutExpired, having killed it."""
    process = popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process:
        try:
            out, err = process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return subprocess.CompletedProcess(list(command), process.returncode, out, err)


def last_lines(data: bytes, count: int = 4) -> str:
    """The last lines that say something, for a sentence."""
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines() if line.strip()]
    return " | ".join(lines[-count:])
