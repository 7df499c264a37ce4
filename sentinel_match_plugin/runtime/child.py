"""How a child Python is started from inside QGIS: what it must not inherit, and no console window."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess  # nosec B404 # the engine is a process of its own, by design (README, "two processes")
import threading
import time
from collections.abc import Mapping, Sequence
from typing import IO, Any, Callable

from .errors import EngineCancelled

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


def ask(
    command: Sequence[str],
    timeout_s: float,
    limit: int = 1_000_000,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> subprocess.CompletedProcess[bytes]:
    """Run ``command`` to its end, its stdin empty, and keep up to ``limit`` bytes of each of its outputs.

    Raises OSError if it cannot be started; having killed it and what it started: subprocess.TimeoutExpired if it does
    not end or says more than that (whatever was named as a Python is run here, and not everything is one),
    EngineCancelled.
    """
    process = popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **own_group())
    said: list[bytes] = [b"", b""]

    def read(number: int, stream: IO[bytes]) -> None:
        with stream:
            said[number] = stream.read(limit)
            if len(said[number]) == limit:
                kill_all(process)

    assert process.stdout is not None  # nosec B101 # for mypy: both were opened as pipes
    assert process.stderr is not None  # nosec B101
    readers = [
        threading.Thread(target=read, args=(number, stream), daemon=True)
        for number, stream in enumerate((process.stdout, process.stderr))
    ]
    for reader in readers:
        reader.start()
    deadline = time.monotonic() + timeout_s
    while process.poll() is None:
        if is_cancelled():
            kill_all(process)
            raise EngineCancelled
        if time.monotonic() > deadline:
            kill_all(process)
            raise subprocess.TimeoutExpired(list(command), timeout_s)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
    for reader in readers:
        reader.join(2.0)  # something that it left behind may hold the pipe open
    if any(len(one) == limit for one in said):
        raise subprocess.TimeoutExpired(list(command), timeout_s)
    return subprocess.CompletedProcess(list(command), process.returncode, *said)


def own_group() -> dict[str, Any]:
    """The options for ``popen`` with which ``kill_all`` reaches what the child itself starts."""
    return {} if os.name == "nt" else {"start_new_session": True}


def kill_all(process: subprocess.Popen[bytes]) -> None:
    """Kill a child that was started with ``own_group`` and all that it started, and wait for its end."""
    if os.name == "nt":
        taskkill = os.path.join(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        with contextlib.suppress(OSError):
            quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            popen([taskkill, "/F", "/T", "/PID", str(process.pid)], **quiet).wait()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.poll() is None:
        process.kill()
    process.wait()


def last_lines(data: bytes, count: int = 4) -> str:
    """The last lines that say something, for a sentence."""
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines() if line.strip()]
    return " | ".join(lines[-count:])
