"""Run a program of the installation to its end: each line told, ended with all that it started when cancelled."""

from __future__ import annotations

import re
import subprocess  # nosec B404 # the installation is made of programs: venv, pip, uv
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Callable

from . import child
from .errors import EngineCancelled, EnvironmentMissing

Log = Callable[[str], None]
IsCancelled = Callable[[], bool]

_ANOTHER_PYTHON = (
    "A package was not found for this Python and system: try another Python (3.11 to 3.14), or another build of torch."
)
_NO_CONNECTION = "There is no connection to {host}: check the network and the proxy, and try again."
_FROM_PYPI = (
    " The other build of torch needs PyPI alone: on Linux CUDA's (3.0 GB; it computes without a card too), on Windows "
    "the CPU's."
)
_MOST_SAID = 600  # characters of what a program said, in a sentence
_HOST = re.compile(r"host='([^']+)'")
_PROXY = (
    "The proxy refused: correct it in QGIS (Settings > Options > Network), in HTTPS_PROXY, or in pip's configuration."
)
# The program's words -> what to do. The first that occurs is told.
_ADVICE = (
    ("No space left on device", "The disk is full. Make room and try again."),
    ("not enough space on the disk", "The disk is full. Make room and try again."),
    ("Disk quota exceeded", "Your quota on this disk is used up. Make room and try again."),
    (
        "THESE PACKAGES DO NOT MATCH THE HASHES",
        "A package that came is not the one that its authors published (its SHA-256 differs), and was refused. A "
        "mirror, a proxy or a damaged file may be the cause: try again, another network or another folder of wheels.",
    ),
    ("Missing dependencies for SOCKS support", "pip cannot use a SOCKS proxy: give an HTTP proxy, or install offline."),
    ("ProxyError", _PROXY),
    ("Tunnel connection failed", _PROXY),
    (
        "CERTIFICATE_VERIFY_FAILED",
        "A connection's certificate is not trusted: an organisation that looks into connections has one of its own. "
        "Set PIP_CERT to its file, or install offline from a folder of wheels.",
    ),
    ("Enable Windows Long Path", "The path is too long for Windows: switch long paths on as the message says."),
    ("NewConnectionError", _NO_CONNECTION),
    ("Temporary failure in name resolution", _NO_CONNECTION),
    ("NameResolutionError", _NO_CONNECTION),
    ("ConnectTimeoutError", _NO_CONNECTION),
    ("ReadTimeoutError", _NO_CONNECTION),
    ("No matching distribution found", _ANOTHER_PYTHON),
    ("Could not find a version", _ANOTHER_PYTHON),
    ("Permission denied", "A file cannot be written: check who owns the folder."),
    ("Access is denied", "A file cannot be written: close what uses it (QGIS, a virus scanner), then try again."),
)


def run(
    command: Sequence[str],
    failure: str,
    on_line: Log,
    is_cancelled: IsCancelled,
    variables: Mapping[str, str] | None = None,
) -> None:
    """Run ``command``; ``on_line`` gets each line. Raises EnvironmentMissing (``failure``, why), EngineCancelled."""
    try:
        process = child.popen(
            command,
            env=dict(variables) if variables is not None else child.scrubbed_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **child.own_group(),
        )
    except OSError as error:
        raise EnvironmentMissing(f"{failure}: {command[0]} cannot be started ({error.strerror or error}).") from error
    lines: deque[str] = deque(maxlen=200)
    reader = threading.Thread(target=_pass_on, args=(process, lines, on_line), daemon=True)
    reader.start()
    try:
        while process.poll() is None:
            if is_cancelled():
                raise EngineCancelled("The installation was cancelled; it can be started again.")
            time.sleep(0.1)
    finally:
        if process.poll() is None:
            child.kill_all(process)
        reader.join(5.0)
    if process.returncode:
        said = "\n".join(lines)
        # Where it is known what to do, what the program said is in the way of it; it is in the log and in the detail.
        why = advice(said) or f"It said: {_last_words(lines)}"
        raise EnvironmentMissing(f"{failure} (code {process.returncode}). {why}", detail=said)


def advice(said: str) -> str:
    """What to do, told from what a program said; empty if that is not known."""
    text = next((text for words, text in _ADVICE if words.lower() in said.lower()), "")
    host = _HOST.search(said)
    at_pytorch = text == _NO_CONNECTION and host is not None and host.group(1) == "download.pytorch.org"
    text = text.replace("{host}", host.group(1) if host else "the package index")
    return text + _FROM_PYPI if at_pytorch else text


def _last_words(lines: Sequence[str]) -> str:
    """The last three lines, or their end."""
    text = " | ".join(list(lines)[-3:])
    return text if len(text) <= _MOST_SAID else "… " + text[-_MOST_SAID:].partition(" ")[2]


def _pass_on(process: subprocess.Popen[bytes], lines: deque[str], on_line: Log) -> None:
    assert process.stdout is not None  # nosec B101 # for mypy: it was opened as a pipe
    with process.stdout as stream:
        for raw in iter(lambda: stream.readline(100_000), b""):
            line = raw.decode("utf-8", "replace").rstrip()
            if line:
                if not line.startswith("Progress "):
                    lines.append(line)
                on_line(line)
