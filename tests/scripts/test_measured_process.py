"""Measuring a process: is what its children do counted, is pages' sharing, and does a limit end all of them?"""

from __future__ import annotations

import sys
import time

import pytest
from measured_process import members_of, run_measured

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")


def python(script, limit_s=60.0):
    return run_measured([sys.executable, "-c", script], limit_s)


def test_what_a_process_says_and_how_it_ends_is_told():
    done = python("import sys; print('out'); sys.stderr.write('err'); sys.exit(3)")
    assert (done.stdout, done.stderr, done.code, done.late) == ("out\n", "err", 3, False)
    assert python("import os; os.kill(os.getpid(), 9)").code == -9


def test_time_asleep_is_wall_time_and_work_of_a_child_is_processor_time():
    asleep = python("import time; time.sleep(0.5)")
    assert 0.5 <= asleep.wall_s < 20
    assert asleep.cpu_s < 0.4
    child = "import time; e = time.process_time() + 0.5\nwhile time.process_time() < e: pass"
    assert python(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])").cpu_s >= 0.5


def test_the_peak_is_that_of_the_most_memory_at_once_even_if_it_is_given_back():
    done = python("import time; a = bytearray(200_000_000); time.sleep(0.4); del a; time.sleep(0.4)")
    assert 200 < done.peak_mb < 260


def test_memory_of_processes_adds_up_but_what_they_share_counts_once():
    own = "import os, time; os.fork(); a = bytearray(100_000_000); time.sleep(2.5)"
    assert 200 < python(own).peak_mb < 260
    shared = "import os, time; a = bytearray(100_000_000); os.fork(); time.sleep(2.5)"
    assert 100 < python(shared).peak_mb < 180


def test_at_the_limit_the_process_and_its_children_are_ended():
    script = "import os, time; os.fork(); print(os.getsid(0), flush=True); time.sleep(60)"
    started = time.monotonic()
    done = python(script, limit_s=3.0)
    assert done.late
    assert 3.0 <= done.wall_s < 30
    assert time.monotonic() - started < 30
    session, patience = int(done.stdout.split()[0]), time.monotonic() + 10
    while members_of(session) and time.monotonic() < patience:  # a signal takes its time on a busy machine
        time.sleep(0.05)
    assert members_of(session) == []


def test_a_program_that_is_not_there_is_an_os_error():
    with pytest.raises(OSError, match="No such file"):
        run_measured(["/no/such/program"], 1)
