"""The engine's worker, seen from QGIS: start it, give it jobs, pass on what it says, stop it."""

from __future__ import annotations

import atexit
import contextlib
import queue
import subprocess  # nosec B404 # for the names of its types; child.py starts the process
import threading
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Callable

from . import child, messages
from .death import describe_death
from .errors import HOW_TO_REPAIR, EngineCancelled, EngineError, EnvironmentMissing
from .marker import PLUGIN_FOLDER

ENGINE_MAIN = PLUGIN_FOLDER / "engine" / "__main__.py"
# Together below a second: how long the worker may take to stop a cancelled job by itself (it then stays alive and
# cleans up after itself), and how often the caller is asked.
CANCEL_PATIENCE_S = 0.7
_POLL_S = 0.1
# Python, not yet torch, is loaded when it says hello; a cold disk with a virus scanner takes tens of seconds.
START_PATIENCE_S = 120.0

_STDERR_LINES = 60


class EngineWorker:
    """One child process of the engine. It starts with the first job, stays for the next, and ends with QGIS.

    Jobs of several threads are done one after the other. ``script`` and its ``arguments`` are what ``python -I`` runs.
    """

    def __init__(self, python: str, script: Path = ENGINE_MAIN, arguments: Sequence[str] = ("worker",)) -> None:
        self.python = python
        self._command = [python, "-I", str(script), *arguments]
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._inbox: queue.Queue[messages.Message | None] = queue.Queue()
        self._stderr: deque[str] = deque(maxlen=_STDERR_LINES)
        self._stderr_reader: threading.Thread | None = None
        self._job_id = 0
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id while it lives."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def run(
        self,
        name: str,
        job: dict[str, Any],
        on_progress: Callable[[float, str], None] | None = None,
        on_info: Callable[[str], None] | None = None,
        on_warning: Callable[[str], None] | None = None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> dict[str, Any]:
        """Do a job and return its outcome (engine/jobs.py, ``Outcome`` as a dictionary, ``nan`` for what is not known).

        ``on_progress(fraction, stage)``, ``on_info(text)``, ``on_warning(text)`` are called in this thread.
        ``is_cancelled`` is asked about ten times a second; the job ends within a second of its True. Raises
        EngineCancelled; EngineError with the engine's own sentence, or one that says how the engine died;
        EnvironmentMissing if it cannot be started.
        """
        while not self._turn.acquire(timeout=_POLL_S):
            if is_cancelled():
                raise EngineCancelled
        try:
            say = _Listener(on_progress, on_info, on_warning)
            try:
                return self._do(name, job, say, is_cancelled)
            except _LeftWhileIdle:  # its idle time ran out just as the job came: nothing was begun
                return self._do(name, job, say, is_cancelled)  # in a fresh child, which cannot raise that again
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the child for good. A job that runs in another thread ends with EngineCancelled."""
        self._closed = True
        process = self._process
        if process is None:
            return
        with contextlib.suppress(OSError, ValueError):
            self._send(process, messages.Shutdown())
        with contextlib.suppress(OSError, ValueError):
            _pipe(process.stdin).close()
        try:
            process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def close_if_idle(self) -> None:
        """``close``, unless a job is running."""
        if self._turn.acquire(blocking=False):
            try:
                self.close()
            finally:
                self._turn.release()

    def _do(self, name: str, job: dict[str, Any], say: _Listener, is_cancelled: Callable[[], bool]) -> dict[str, Any]:
        if is_cancelled():
            raise EngineCancelled
        finished = False
        reused = self.pid is not None
        try:
            process = self._started(say, is_cancelled)
            self._job_id += 1
            with contextlib.suppress(OSError):  # it died: the end of its messages tells how
                self._send(process, messages.Job(self._job_id, name, job))
            outcome = self._wait(process, reused, say, is_cancelled)
            finished = True
            return outcome
        except EngineError as error:
            finished = error.kind not in ("environment", "memory", "died", "protocol")
            raise
        finally:
            if not finished:  # also when a callback raised: a job that nobody listens to must not go on
                self._kill()

    def _wait(
        self, process: subprocess.Popen[bytes], reused: bool, say: _Listener, is_cancelled: Callable[[], bool]
    ) -> dict[str, Any]:
        job_id = self._job_id
        deadline: float | None = None
        heard = False
        while True:
            if deadline is None and is_cancelled():
                deadline = time.monotonic() + CANCEL_PATIENCE_S
                with contextlib.suppress(OSError):
                    self._send(process, messages.Cancel(job_id))
            if deadline is not None and time.monotonic() > deadline:
                self._kill()
                raise EngineCancelled
            try:
                message = self._inbox.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if message is None:
                if deadline is not None or self._closed:
                    raise EngineCancelled
                if reused and not heard and self._end_of(process) == 0:
                    raise _LeftWhileIdle
                raise self._death(process)
            if getattr(message, "id", None) != job_id:
                continue
            heard = True
            if isinstance(message, (messages.Progress, messages.Info, messages.Warn)):
                say(message)
            elif isinstance(message, messages.Cancelled):
                raise EngineCancelled
            elif isinstance(message, messages.Failure):
                raise EngineError(message.text, message.kind, message.detail)
            elif isinstance(message, messages.Result):
                if deadline is not None or is_cancelled():
                    raise EngineCancelled
                return message.outcome

    def _started(self, say: _Listener, is_cancelled: Callable[[], bool]) -> subprocess.Popen[bytes]:
        """The running child, started and greeted if need be."""
        if self._closed:
            raise EngineCancelled("The engine was closed with the plugin.")
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._inbox = queue.Queue()
        self._stderr = deque(maxlen=_STDERR_LINES)
        pipe = subprocess.PIPE
        try:
            process = child.popen(self._command, stdin=pipe, stdout=pipe, stderr=pipe)
        except OSError as error:
            raise EnvironmentMissing(
                f"The engine's Python, {self.python}, cannot be started: {error.strerror or error}. {HOW_TO_REPAIR}"
            ) from error
        self._process = process
        threading.Thread(target=_read_messages, args=(process, self._inbox, self._stderr), daemon=True).start()
        self._stderr_reader = threading.Thread(target=_read_stderr, args=(process, self._stderr), daemon=True)
        self._stderr_reader.start()
        with contextlib.suppress(OSError):
            self._send(process, messages.Hello())
        hello = self._hello(process, is_cancelled)
        say(messages.Info(0, f"The engine {hello.engine} runs in {self.python} (Python {hello.python})."))
        return process

    def _hello(self, process: subprocess.Popen[bytes], is_cancelled: Callable[[], bool]) -> messages.Hello:
        deadline = time.monotonic() + START_PATIENCE_S
        while time.monotonic() < deadline:
            if is_cancelled():
                self._kill()
                raise EngineCancelled
            try:
                message = self._inbox.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if message is None:
                code = self._end_of(process)
                raise EnvironmentMissing(
                    f"The engine's Python, {self.python}, ended before it answered (code {code}). It said: "
                    f"{self._last_words() or 'nothing'}. {HOW_TO_REPAIR}",
                    detail="\n".join(self._stderr),
                )
            if isinstance(message, messages.Hello):
                if message.protocol == messages.PROTOCOL:
                    return message
                raise EngineError(
                    f"The engine speaks version {message.protocol} of its messages and this plugin version "
                    f"{messages.PROTOCOL}: the plugin was updated while QGIS was running. Restart QGIS.",
                    kind="protocol",
                )
        raise EnvironmentMissing(
            f"The engine's Python, {self.python}, did not answer within {START_PATIENCE_S:.0f} s. Is the machine very "
            f"busy? Try again; else: {HOW_TO_REPAIR}",
            detail="\n".join(self._stderr),
        )

    def _send(self, process: subprocess.Popen[bytes], message: messages.Message) -> None:
        stream = _pipe(process.stdin)
        stream.write(messages.encode(message))
        stream.flush()

    def _end_of(self, process: subprocess.Popen[bytes]) -> int:
        """The exit code of a child whose messages have ended."""
        try:
            code = process.wait(timeout=2.0)
        except subprocess.TimeoutExpired:  # it closed its output and goes on
            process.kill()
            code = process.wait()
        if self._stderr_reader is not None:
            self._stderr_reader.join(1.0)
        return code

    def _death(self, process: subprocess.Popen[bytes]) -> EngineError:
        text = describe_death(self._end_of(process), self._last_words())
        return EngineError(text, kind="died", detail="\n".join(self._stderr))

    def _last_words(self) -> str:
        return " | ".join(list(self._stderr)[-3:])

    def _kill(self) -> None:
        process = self._process
        if process is None:
            return
        if process.poll() is None:
            process.kill()
            process.wait()
        with contextlib.suppress(OSError):
            _pipe(process.stdin).close()


class _LeftWhileIdle(Exception):
    """The child ended in good order before it read the job."""


class _Listener:
    """The caller's three callbacks."""

    def __init__(
        self,
        on_progress: Callable[[float, str], None] | None,
        on_info: Callable[[str], None] | None,
        on_warning: Callable[[str], None] | None,
    ) -> None:
        self._progress, self._info, self._warning = on_progress, on_info, on_warning

    def __call__(self, message: messages.Message) -> None:
        if isinstance(message, messages.Progress) and self._progress is not None:
            self._progress(message.fraction, message.stage)
        elif isinstance(message, messages.Info) and self._info is not None:
            self._info(message.text)
        elif isinstance(message, messages.Warn) and self._warning is not None:
            self._warning(message.text)


def _pipe(stream: Any) -> Any:
    if stream is None:
        raise ValueError("The child was started without this pipe.")
    return stream


def _read_messages(
    process: subprocess.Popen[bytes], inbox: queue.Queue[messages.Message | None], stderr: deque[str]
) -> None:
    with _pipe(process.stdout) as stream:
        for line in stream:
            try:
                inbox.put(messages.decode(line))
            except (
                messages.ProtocolError
            ):  # printed before the worker could guard its stdout, by a .pth file for example
                stderr.append(line.decode("utf-8", "replace").rstrip())
    inbox.put(None)


def _read_stderr(process: subprocess.Popen[bytes], stderr: deque[str]) -> None:
    """Always read, so that a talkative library never fills the pipe and stops the engine."""
    with _pipe(process.stderr) as stream:
        for line in stream:
            text = line.decode("utf-8", "replace").rstrip()
            if text:
                stderr.append(text)


_shared: EngineWorker | None = None
_shared_guard = threading.Lock()


def shared_worker(python: str) -> EngineWorker:
    """The one worker of this QGIS session; another ``python`` than last time gets another worker.

    The worker is made, not started: a child runs from the first job on.
    """
    global _shared
    with _shared_guard:
        if _shared is None or _shared.python != python:
            if _shared is not None:
                _shared.close_if_idle()  # else it ends by itself, after its job and some idle minutes
            _shared = EngineWorker(python)
        return _shared


def close_shared_worker() -> None:
    """End the session's worker; for the plugin's ``unload``."""
    global _shared
    with _shared_guard:
        if _shared is not None:
            _shared.close()
            _shared = None


atexit.register(close_shared_worker)
