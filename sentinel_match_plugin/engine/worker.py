"""The engine's front door for QGIS: jobs come in on stdin, what happens goes out on stdout (runtime/messages.py).

Ends when told to, when stdin closes (QGIS is gone), and after some idle minutes.
"""

from __future__ import annotations

import contextlib
import errno
import faulthandler
import os
import platform
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from ..runtime import messages
from ..runtime.errors import HOW_TO_REPAIR
from . import __version__, jobs
from .dispatch import do
from .errors import Cancelled, InputError, SentinelMatchError
from .events import Events

IDLE_S = 600.0
# From closed stdin to the end of the process: what a job gets to stop by itself and to remove its half-written files.
LAST_BREATH_S = 0.8
_PROGRESS_S = 0.1

Run = Callable[[str, dict[str, Any], Events], dict[str, Any]]


def run_job(name: str, data: dict[str, Any], events: Events) -> dict[str, Any]:
    """Do the job called ``name`` (jobs.JOBS) and return its outcome, both as jobs.to_json makes them."""
    if name not in jobs.JOBS:
        raise InputError(f"The engine knows no job called {name}; it knows {', '.join(jobs.JOBS)}.")
    job = jobs.from_json(jobs.JOBS[name].job, data)
    events.progress(0.0, "Loading the engine's libraries")
    return jobs.to_json(do(job, events))


def main(run: Run = run_job, idle_s: float = IDLE_S) -> int:
    """Serve until told to stop. ``run`` does the jobs (tests give their own); returns the exit code."""
    # Ctrl+C reaches every process of a terminal; what to do about it is for QGIS to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with _taken_streams() as (incoming, outgoing):
        channel = _Channel(outgoing)
        inbox = _Inbox()
        threading.Thread(target=inbox.fill, args=(incoming,), daemon=True).start()
        channel.send(messages.Hello(messages.PROTOCOL, __version__, platform.python_version()))
        while True:
            try:
                job = inbox.jobs.get(timeout=idle_s)
            except queue.Empty:
                return 0
            if job is None:
                return 0
            channel.send(_do(job, run, channel, inbox))


def _do(job: messages.Job, run: Run, channel: _Channel, inbox: _Inbox) -> messages.Message:
    """The one message that ends the job."""
    with _WorkerEvents(job.id, channel, inbox) as events:
        try:
            events.check_cancelled()
            return messages.Result(job.id, run(job.name, job.job, events))
        except Cancelled:
            return messages.Cancelled(job.id)
        except SentinelMatchError as error:
            # Says what to do in a sentence: where in the program it was raised is no help to who reads the log.
            return messages.Failure(job.id, type(error).__name__, str(error), "")
        except Exception as error:  # the front door: whatever went wrong must reach the user as a sentence
            kind, text = _explain(error)
            return messages.Failure(job.id, kind, text, traceback.format_exc())


def _explain(error: Exception) -> tuple[str, str]:
    """(kind, sentence) for an error that is not one of ours."""
    told = f"{type(error).__name__}: {error}"
    if isinstance(error, ImportError) and not (error.name or "").startswith(__package__.partition(".")[0]):
        return "environment", f"The engine's environment is not whole ({told}). {HOW_TO_REPAIR}"
    if isinstance(error, MemoryError) or _is_out_of_memory(error):
        return "memory", (
            "There is not enough memory for this job. Choose a smaller EXTENT, a larger SPACING or DEVICE=cpu, or "
            f"close other programs, and run it again. ({told})"
        )
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return (
            "OutputError",
            f"The disk is full ({error}). Make room, or choose another output folder, and run it again.",
        )
    return "internal", (
        f"The engine met an error that it should not have ({told}). This is a fault in Sentinel Match: please report "
        "it with the log."
    )


def _is_out_of_memory(error: Exception) -> bool:
    """torch and OpenCV raise RuntimeErrors of their own; told by name and words, so that neither is imported here."""
    words = str(error).lower()
    return type(error).__name__ == "OutOfMemoryError" or (
        not isinstance(error, OSError)
        and any(part in words for part in ("can't allocate memory", "out of memory", "insufficient memory"))
    )


@contextlib.contextmanager
def _taken_streams() -> Iterator[tuple[int, BinaryIO]]:
    """stdin and stdout for the messages alone.

    Descriptor 1 is pointed at stderr, so that what any library prints, from C too, cannot reach the messages.
    Descriptor 0 is pointed at nothing, so that no library and no grandchild can read them; on Windows, loading some
    DLLs also hangs while another thread reads descriptor 0.
    """
    incoming, outgoing = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - for the rest of the process
    sys.stdout = sys.stderr
    with open(outgoing, "wb") as writer:
        yield incoming, writer


def _lines(descriptor: int) -> Iterator[bytes]:
    """The lines of a stream. A buffered reader holds its lock while it waits, and the idle worker could not end."""
    rest = b""
    while chunk := os.read(descriptor, 1 << 16):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines


class _Channel:
    """Sends messages, from any thread."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._guard = threading.Lock()

    def send(self, message: messages.Message) -> None:
        line = messages.encode(message)
        # A reader that is gone has closed stdin as well, which ends the worker (_Inbox.fill): nothing more to do here.
        with self._guard, contextlib.suppress(OSError, ValueError):
            self._stream.write(line)
            self._stream.flush()


class _Inbox:
    """What came in: jobs to do (None: leave), and which of them were cancelled."""

    def __init__(self) -> None:
        self.jobs: queue.Queue[messages.Job | None] = queue.Queue()
        self._cancelled: set[int] = set()
        self._closing = False

    def is_cancelled(self, job_id: int) -> bool:
        return self._closing or job_id in self._cancelled

    def fill(self, descriptor: int) -> None:
        """Read until the end of stdin or ``shutdown``; then see that the process ends, whatever the job is doing."""
        for line in _lines(descriptor):
            try:
                message = messages.decode(line)
            except messages.ProtocolError as error:
                sys.stderr.write(f"{error}\n")
                continue
            if isinstance(message, messages.Job):
                self.jobs.put(message)
            elif isinstance(message, messages.Cancel):
                self._cancelled.add(message.id)
            elif isinstance(message, messages.Shutdown):
                break
        self._closing = True
        self.jobs.put(None)
        # Its watchdog is a C thread that calls _exit: it needs neither the interpreter lock nor the job's good will.
        faulthandler.dump_traceback_later(LAST_BREATH_S, exit=True, file=open(os.devnull, "w"))  # noqa: SIM115


class _WorkerEvents(Events):
    """Sends what a job says. Progress may be told thousands of times a second; a ticker sends the latest ten times."""

    def __init__(self, job_id: int, channel: _Channel, inbox: _Inbox) -> None:
        self._id, self._channel, self._inbox = job_id, channel, inbox
        self._latest: messages.Progress | None = None
        self._ended = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> _WorkerEvents:
        self._ticker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._ticker.join()
        self._send_latest()

    def progress(self, fraction: float, stage: str = "") -> None:
        self._latest = messages.Progress(self._id, min(max(float(fraction), 0.0), 1.0), stage)

    def info(self, text: str) -> None:
        self._channel.send(messages.Info(self._id, text))

    def warning(self, text: str) -> None:
        self._channel.send(messages.Warn(self._id, text))

    @property
    def cancelled(self) -> bool:
        return self._inbox.is_cancelled(self._id)

    def _tick(self) -> None:
        while not self._ended.wait(_PROGRESS_S):
            self._send_latest()

    def _send_latest(self) -> None:
        latest, self._latest = self._latest, None
        if latest is not None:
            self._channel.send(latest)
