"""Makes the engine's environment: a virtual environment of a Python >= 3.11 with the pinned packages."""

from __future__ import annotations

import os
import shutil
import subprocess  # nosec B404 # pip is run as a process of its own
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Callable

from . import child, environment, locate
from .errors import HOW_TO_INSTALL, EngineCancelled, EnvironmentMissing
from .locking import try_lock

Log = Callable[[str], None]
_NAMES = ("python3.11", "python3.12", "python3.13", "python3.14", "python3", "python")
# A program started from the desktop has a short PATH; these are where Homebrew, python.org and distributions install.
_MORE_FOLDERS = ("/opt/homebrew/bin", "/usr/local/bin", "/usr/bin")
# pip's words -> what to do. The first that occurs is told.
_ANOTHER_PYTHON = "A package does not exist for this Python or system; try another Python (3.11 to 3.13)."
_NO_CONNECTION = "There is no connection to the package index: check the network and the proxy, and try again."
_ADVICE = (
    ("No space left on device", "The disk is full: the environment needs about 2 GB. Make room and try again."),
    ("ProxyError", "The proxy refused: set HTTPS_PROXY, or pip's own configuration, and try again."),
    ("CERTIFICATE_VERIFY_FAILED", "A connection's certificate is not trusted: set PIP_CERT to your organisation's."),
    ("NewConnectionError", _NO_CONNECTION),
    ("Temporary failure in name resolution", _NO_CONNECTION),
    ("ConnectTimeoutError", _NO_CONNECTION),
    ("Permission denied", "A file cannot be written: check who owns the folder."),
    ("No matching distribution found", _ANOTHER_PYTHON),
    ("Could not find a version", _ANOTHER_PYTHON),
)


def create(
    folder: Path | None = None,
    base_python: str = "",
    requirements: Path = locate.REQUIREMENTS,
    modules: Mapping[str, str] | None = None,
    pip_options: Sequence[str] = (),
    log: Log = lambda text: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> str:
    """Make the environment in ``folder`` (the default one), unless it is there already; returns its Python.

    ``base_python`` is the Python to make it with; empty: one is looked for. ``modules`` (module -> package) must be
    importable in the end. ``pip_options`` go to ``pip install``, which also honours pip's own configuration. A
    half-made environment is made anew, one with other versions is brought up to date. Raises EnvironmentMissing with
    what to do, EngineCancelled.
    """
    place = locate.default_folder() if folder is None else Path(folder)
    python = locate.venv_python(place)
    if locate.is_current(place, requirements):
        return str(python)
    with _alone(place, is_cancelled):
        if locate.is_current(place, requirements):  # another process made it while this one waited
            return str(python)
        extras = locate.extras_of(place)
        if locate.read_marker(place) is None:
            base = find_base_python(base_python)
            log(f"Making the engine's environment in {place} with {base}")
            remove(place)
            _mark_unfinished(place)
            _run([base, "-I", "-m", "venv", str(place)], "The virtual environment could not be made", log, is_cancelled)
        else:
            log(f"Bringing the engine's environment in {place} up to date")
            _mark_unfinished(place)
        wanted = [requirements, *(locate.extra_requirements(extra) for extra in extras)]
        options = [*pip_options, *(word for file in wanted for word in ("-r", str(file)))]
        _run(_pip(python, options), "The engine's packages could not be installed", log, is_cancelled)
        found = environment.check(str(python), None if modules is None else dict(modules))
        if not found.ready:
            raise EnvironmentMissing("The environment was made, but does not work. " + " ".join(found.problems))
        locate.write_marker(place, requirements, found.versions, extras)
    log(f"The engine's environment is ready: {python}")
    return str(python)


def add_extra(
    extra: str,
    folder: Path | None = None,
    requirements: Path = locate.REQUIREMENTS,
    pip_options: Sequence[str] = (),
    log: Log = lambda text: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Add the optional packages ``extra`` (environment.EXTRAS) to the environment in ``folder`` (the default one).

    The engine's own packages keep their versions; whatever happens, the environment stays as usable as it was. It
    remembers its extras when it is brought up to date. Raises EnvironmentMissing with what to do, EngineCancelled.
    """
    place = locate.default_folder() if folder is None else Path(folder)
    if not locate.is_current(place, requirements):
        raise EnvironmentMissing(f"There is no whole environment in {place} to add {extra} to. {HOW_TO_INSTALL}")
    with _alone(place, is_cancelled):
        python, modules = locate.venv_python(place), environment.EXTRAS[extra]
        log(f"Adding {', '.join(modules.values())} to the engine's environment in {place}")
        options = [*pip_options, "-c", str(requirements), "-r", str(locate.extra_requirements(extra))]
        _run(_pip(python, options), f"The optional packages {extra} could not be installed", log, is_cancelled)
        found = environment.check(str(python), dict(modules))
        if not found.ready:
            raise EnvironmentMissing(f"{extra} was installed, but does not work. " + " ".join(found.problems))
        marker = locate.read_marker(place) or {}
        versions = {**marker.get("versions", {}), **found.versions}
        locate.write_marker(place, requirements, versions, [*locate.extras_of(place), extra])


def _pip(python: Path, options: Sequence[str]) -> list[str]:
    command = [str(python), "-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    return [*command, "--progress-bar", "off", "--only-binary", ":all:", *options]


def repair(folder: Path | None = None, base_python: str = "", log: Log = lambda text: None, **options: object) -> str:
    """Remove the environment in ``folder`` and make it anew; arguments, result and errors as for ``create``."""
    place = locate.default_folder() if folder is None else Path(folder)
    if place.exists() and locate.is_ours(place):
        _mark_unfinished(place)
    return create(place, base_python, log=log, **options)  # type: ignore[arg-type]


def remove(folder: Path) -> None:
    """Delete an environment. Refuses a folder that holds something else. Raises EnvironmentMissing if it cannot."""
    if not folder.exists():
        return
    if not locate.is_ours(folder) and any(folder.iterdir()):
        raise EnvironmentMissing(
            f"{folder} is not empty and holds nothing that Sentinel Match made; it is left alone. Name another folder."
        )
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise EnvironmentMissing(
            f"The old environment in {folder} cannot be removed ({error}). Close what uses it, then try again."
        ) from error


def _mark_unfinished(folder: Path) -> None:
    try:
        locate.write_unfinished_marker(folder)
    except OSError as error:
        raise EnvironmentMissing(f"{folder} cannot be written ({error.strerror}). Name another folder.") from error


def find_base_python(given: str = "") -> str:
    """A Python of 3.11 or newer that can make virtual environments: ``given``, or the first found on PATH.

    Never ``sys.executable``: inside QGIS that is often QGIS itself. Raises EnvironmentMissing.
    """
    refused = []
    for candidate in [given] if given else _candidates():
        problem = _unfit(candidate)
        if problem is None:
            return candidate
        refused.append(f"{candidate}: {problem}")
    tried = "; ".join(refused) or "none was found on PATH"
    raise EnvironmentMissing(
        f"No Python to make the engine's environment with ({tried}). Install Python 3.11, 3.12 or 3.13 (64 bit) with "
        "its venv module (Debian: apt install python3-venv), or name one with --python."
    )


def _candidates() -> Iterator[str]:
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *_MORE_FOLDERS])
    seen = set()
    for name in _NAMES:
        found = shutil.which(name, path=path)
        if found and found not in seen:
            seen.add(found)
            yield found


def _unfit(python: str) -> str | None:
    """Why ``python`` cannot be the base of the environment, or None."""
    try:
        answer = environment.probe(python, ("venv", "ensurepip"))
    except EnvironmentMissing:
        return "it does not run as a Python"
    if environment.version_tuple(answer["python"]) < environment.OLDEST_PYTHON:
        return f"it is Python {answer['python']}"
    if answer["bits"] != 64:
        return "it is a 32-bit Python"
    if answer["failures"]:
        return f"it lacks {' and '.join(answer['failures'])}"
    return None


def _run(command: Sequence[str], failure: str, log: Log, is_cancelled: Callable[[], bool]) -> None:
    """Run to the end, each line to ``log``; kill when cancelled. Raises EnvironmentMissing, EngineCancelled."""
    variables = child.scrubbed_environment()
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_USER"):  # would install elsewhere than asked
        variables.pop(name, None)
    try:
        process = child.popen(
            command, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except OSError as error:
        raise EnvironmentMissing(f"{failure}: {command[0]} cannot be started ({error.strerror or error}).") from error
    lines: deque[str] = deque(maxlen=50)
    reader = threading.Thread(target=_pass_on, args=(process, lines, log), daemon=True)
    reader.start()
    try:
        while process.poll() is None:
            if is_cancelled():
                raise EngineCancelled("The installation was cancelled; it can be started again.")
            time.sleep(0.1)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        reader.join(5.0)
    if process.returncode:
        said = "\n".join(lines)
        advice = next((text for words, text in _ADVICE if words in said), "")
        last = " | ".join(list(lines)[-3:])
        raise EnvironmentMissing(f"{failure} (code {process.returncode}). {advice} It said: {last}", detail=said)


def _pass_on(process: subprocess.Popen[bytes], lines: deque[str], log: Log) -> None:
    assert process.stdout is not None  # nosec B101 # for mypy: it was opened as a pipe
    for raw in process.stdout:
        line = raw.decode("utf-8", "replace").rstrip()
        if line:
            lines.append(line)
            log(line)


@contextmanager
def _alone(folder: Path, is_cancelled: Callable[[], bool]) -> Iterator[None]:
    """Two processes must not make one environment at once: the second waits. A dead process leaves no lock behind."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stream = open(folder.with_name(folder.name + ".lock"), "a+b")  # noqa: SIM115 - held open to the end
    except OSError as error:
        raise EnvironmentMissing(
            f"{folder.parent} cannot be written ({error.strerror}). Name another folder."
        ) from error
    with stream:
        while not try_lock(stream.fileno()):
            if is_cancelled():
                raise EngineCancelled("The installation was cancelled; another one is under way.")
            time.sleep(0.2)
        yield
