"""A command run as a whole process: wall time, processor time and peak memory of it and all that it starts. Linux;
standard library only.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from through_qgis import ROOT

SAMPLE_S = 0.05
# Looking for new processes, and reading what several share (the kernel walks their page tables), take milliseconds.
SLOW_SAMPLE_S = 0.5
PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """``wall_s``; ``cpu_s`` user and system, of the process and those that it waited for; ``peak_mb`` resident memory
    (10^6 bytes) of all at once; ``others``: how many cores other work kept busy meanwhile; ``load``: the load average
    at the start. ``code``: the exit code, minus the signal's number if one ended it; ``late``: it was killed at the
    limit.
    """

    wall_s: float
    cpu_s: float
    peak_mb: float
    others: float
    load: float
    code: int
    late: bool
    stdout: str
    stderr: str


def run_measured(command: Sequence[object], limit_s: float) -> Measured:
    """Run ``command`` to its end, or to the limit. Raises OSError if it cannot be started."""
    from sentinel_match_plugin.runtime.child import scrubbed_environment

    load, busy = os.getloadavg()[0], _busy_s()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.monotonic()
        # A session of its own: by it the sampler knows its descendants, and it can be killed as a whole.
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=scrubbed_environment(),
            cwd=ROOT,
            start_new_session=True,
        )
        sampler = Sampler(process.pid, limit_s)
        sampler.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            wall_s = time.monotonic() - started
            sampler.stop.set()
            kill_session(process.pid)
            if process.returncode is None:  # interrupted
                process.wait()
        sampler.join()
        busy = _busy_s() - busy
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode("utf-8", "replace"))
    cpu_s = usage.ru_utime + usage.ru_stime
    others = max(0.0, (busy - cpu_s) / max(wall_s, 1 / TICK))
    peak_mb = sampler.peak / 1e6
    return Measured(wall_s, cpu_s, peak_mb, others, load, process.returncode, sampler.late, *said)


class Sampler(threading.Thread):
    """Watches the session of a process: ``peak`` resident bytes of all its processes together, sampled every 50 ms.

    Of a single process it is the resident set; of several, which share what they had when they were forked, the
    proportional one (each page counted once), read every 500 ms while it may still rise: it is never above the sum of
    the resident sets. Kills all at the limit.
    """

    def __init__(self, session: int, limit_s: float) -> None:
        super().__init__(daemon=True)
        self._session, self._deadline = session, time.monotonic() + limit_s
        self.stop, self.late, self.peak = threading.Event(), False, 0

    def run(self) -> None:
        """Until ``stop``."""
        members, slow_at = [self._session], 0.0
        while not self.stop.wait(SAMPLE_S):
            now = time.monotonic()
            if now > self._deadline:
                self.late = True
                kill_session(self._session)
                return
            slow = now >= slow_at
            if slow:
                members, slow_at = members_of(self._session), now + SLOW_SAMPLE_S
            resident = sum(map(_resident, members))
            if len(members) > 1 and resident > self.peak:
                resident = sum(map(_proportional, members)) if slow else 0
            self.peak = max(self.peak, resident)


def members_of(session: int) -> list[int]:
    """The processes of a session."""
    return [pid for pid, of in _sessions() if of == session]


def kill_session(session: int) -> None:
    """End every process of a session that was started here."""
    for pid in members_of(session):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:  # it ended by itself
            continue


def _sessions() -> list[tuple[int, int]]:
    """Every process and its session; without those that have ended and wait to be collected."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            fields = _read(f"/proc/{entry.name}/stat").rpartition(")")[2].split()
            if len(fields) > 3 and fields[0] != "Z":
                found.append((int(entry.name), int(fields[3])))
    return found


def _resident(pid: int) -> int:
    fields = _read(f"/proc/{pid}/statm").split()
    return int(fields[1]) * PAGE if len(fields) > 1 else 0


def _proportional(pid: int) -> int:
    for line in _read(f"/proc/{pid}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _busy_s() -> float:
    """Processor seconds that this machine's cores have worked since it was started."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, _read("/proc/stat").splitlines()[0].split()[1:])
    return (user + nice + system + irq + softirq) / TICK


def _read(path: str) -> str:
    """Empty where the process has ended."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
