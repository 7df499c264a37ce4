from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from sentinel_match_plugin.runtime import worker_process
from sentinel_match_plugin.runtime.errors import EngineCancelled, EngineError, EnvironmentMissing
from tests.runtime.conftest import GUARD_S, SCRIPTED

posix = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")


def wait_for(path):
    deadline = time.monotonic() + GUARD_S
    while not (path.exists() and path.stat().st_size >= 0):
        assert time.monotonic() < deadline, f"{path} did not appear"
        time.sleep(0.01)


def wait_until_gone(pid):
    deadline = time.monotonic() + GUARD_S
    while os.path.exists(f"/proc/{pid}") and not is_zombie(pid):
        assert time.monotonic() < deadline, f"process {pid} is still there"
        time.sleep(0.02)


def is_zombie(pid):
    try:
        with open(f"/proc/{pid}/stat") as stream:
            return stream.read().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def test_a_job_comes_back_with_its_outcome(scripted):
    outcome = scripted().run("echo", {"path": "/données/été.tif", "none": None})
    assert outcome["path"] == "/données/été.tif"


def test_what_is_not_known_comes_back_as_nan(scripted):
    outcome = scripted().run("numbers", {})
    assert outcome["known"] == 1.5
    assert math.isnan(outcome["unknown"])
    assert math.isnan(outcome["endless"])


def test_two_jobs_use_one_process(scripted):
    worker = scripted()
    assert worker.run("echo", {})["pid"] == worker.run("echo", {})["pid"] == worker.pid


def test_jobs_of_several_threads_are_done_one_after_the_other_in_one_process(scripted):
    worker = scripted()
    pids = []
    threads = [threading.Thread(target=lambda: pids.append(worker.run("echo", {})["pid"])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(GUARD_S)
    assert len(pids) == 4
    assert len(set(pids)) == 1


def test_what_a_job_says_is_passed_on_and_progress_is_thinned(scripted):
    infos, warnings, steps = [], [], []
    scripted().run("talk", {}, lambda *step: steps.append(step), infos.append, warnings.append)
    assert infos[-1] == "an info"
    assert sys.executable in infos[0]  # the start of the engine is said, too
    assert warnings == ["a warning"]
    assert steps[-1] == (1.0, "end")
    assert [fraction for fraction, _ in steps] == sorted(fraction for fraction, _ in steps)
    assert len(steps) < 2_000  # of 20 000: ten a second are sent


def test_what_libraries_print_reaches_neither_the_messages_nor_blocks_the_engine(scripted):
    worker = scripted()
    assert worker.run("print", {}) == {"stdin": ""}  # nor can a library read the messages
    assert worker.run("echo", {"still": "there"})["still"] == "there"


def test_what_is_printed_before_the_worker_guards_its_stdout_is_ignored(scripted, tmp_path):
    script = tmp_path / "talkative.py"
    script.write_text(
        f"print('hello from a .pth file', flush=True)\n{SCRIPTED.read_text()}".replace(
            "from __future__ import annotations\n", ""
        ).replace("Path(__file__)", f"Path({str(SCRIPTED)!r})")
    )
    assert scripted(script=script).run("echo", {"a": 1})["a"] == 1


def test_an_error_of_the_engine_comes_with_its_own_sentence_and_the_worker_stays(scripted):
    worker = scripted()
    with pytest.raises(EngineError, match=r"^The band 7 does not exist\.$") as caught:
        worker.run("refuse", {})
    assert caught.value.kind == "InputError"
    assert not caught.value.detail  # the log shows it: a traceback is for errors that are not the user's
    pid = worker.pid
    assert worker.run("echo", {})["pid"] == pid


def test_an_unknown_job_and_an_unknown_parameter_are_refused_by_the_real_worker(scripted):
    worker = scripted("worker", script=worker_process.ENGINE_MAIN)
    with pytest.raises(EngineError, match="no job called dance"):
        worker.run("dance", {})
    with pytest.raises(EngineError, match="no parameter steps"):
        worker.run("match", {"steps": 3})


@pytest.mark.parametrize(
    ("how", "kind", "words", "stays"),
    [
        ("zero", "internal", "ZeroDivisionError: told to.*report", True),
        ("memory", "memory", "not enough memory.*smaller EXTENT", False),
        ("own import", "internal", "ImportError.*no_such_name.*report", True),
        ("import", "environment", "environment is not whole.*told to.*make setup", False),
    ],
)
def test_an_error_that_is_not_the_engines_is_explained(scripted, how, kind, words, stays):
    worker = scripted()
    with pytest.raises(EngineError, match=words) as caught:
        worker.run("fail", {"how": how})
    assert caught.value.kind == kind
    assert "Traceback" in caught.value.detail
    assert (worker.pid is not None) is stays  # a worker with no memory, or half its packages, is not used again


def test_a_cancelled_job_ends_and_the_worker_stays_for_the_next(scripted, tmp_path):
    worker = scripted()
    started = tmp_path / "started"
    with pytest.raises(EngineCancelled, match=r"^The job was cancelled\.$"):
        worker.run("wait", {"started": str(started)}, is_cancelled=started.exists)
    pid = worker.pid
    assert pid is not None
    assert worker.run("echo", {})["pid"] == pid


def test_a_job_that_does_not_listen_is_ended_by_force_when_cancelled(scripted, tmp_path):
    worker = scripted()
    started = tmp_path / "started"
    with pytest.raises(EngineCancelled):
        worker.run("hang", {"started": str(started)}, is_cancelled=started.exists)
    assert worker.pid is None
    assert worker.run("echo", {"again": 1})["again"] == 1


def test_a_job_that_waits_for_its_turn_can_be_cancelled(scripted, tmp_path):
    worker = scripted()
    started, stop = tmp_path / "started", threading.Event()

    def first():
        with pytest.raises(EngineCancelled):
            worker.run("wait", {"started": str(started)}, is_cancelled=stop.is_set)

    thread = threading.Thread(target=first)
    thread.start()
    wait_for(started)
    with pytest.raises(EngineCancelled):
        worker.run("echo", {}, is_cancelled=lambda: True)
    assert thread.is_alive()
    stop.set()
    thread.join(GUARD_S)


def test_a_callback_that_fails_ends_the_job(scripted):
    worker = scripted()

    def broken(text):
        raise RuntimeError("the dialog is gone")

    with pytest.raises(RuntimeError, match="the dialog is gone"):
        worker.run("talk", {}, on_info=broken)
    assert worker.run("echo", {"again": 1})["again"] == 1


@posix
@pytest.mark.parametrize(
    ("name", "words"), [("SIGKILL", "memory ran out.*smaller EXTENT"), ("SIGSEGV", "SIGSEGV, a crash.*Run it again")]
)
def test_a_worker_killed_in_mid_job_is_a_sentence_and_the_next_job_gets_a_new_one(scripted, name, words):
    worker = scripted()
    with pytest.raises(EngineError, match=f"stopped in the middle of the job.*{words}.*the last words") as caught:
        worker.run("die", {"signal": name})
    assert caught.value.kind == "died"
    assert worker.run("echo", {"again": 1})["again"] == 1


@posix
def test_a_worker_killed_from_outside_while_it_works_is_a_sentence(scripted, tmp_path):
    worker = scripted()
    started = tmp_path / "started"

    def kill():
        wait_for(started)
        os.kill(worker.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(EngineError, match="killed from outside"):
        worker.run("wait", {"started": str(started)})
    killer.join(GUARD_S)


@pytest.mark.parametrize("code", [0, 3])
def test_a_worker_that_exits_in_mid_job_is_a_sentence(scripted, code):
    with pytest.raises(EngineError, match="stopped in the middle of the job"):
        scripted().run("exit", {"code": code})


def test_a_worker_that_left_while_idle_is_started_again(scripted):
    worker = scripted("0.2")
    first = worker.run("echo", {})["pid"]
    worker._process.wait(GUARD_S)
    assert worker.run("echo", {})["pid"] != first


def test_a_job_that_comes_as_the_worker_leaves_is_done_by_a_new_one(scripted, monkeypatch):
    worker = scripted()
    first = worker.run("echo", {})["pid"]
    send = worker._send

    def leave_first(process, message):  # the race, made certain: the worker goes between the look and the job
        monkeypatch.setattr(worker, "_send", send)
        process.stdin.close()
        process.wait(GUARD_S)
        raise BrokenPipeError

    monkeypatch.setattr(worker, "_send", leave_first)
    assert worker.run("echo", {})["pid"] != first


def test_an_interpreter_that_does_not_exist_is_a_sentence(scripted, tmp_path):
    with pytest.raises(EnvironmentMissing, match=r"python-of-mars, cannot be started.*make setup"):
        scripted(python=str(tmp_path / "python-of-mars")).run("echo", {})


@posix
def test_an_interpreter_that_breaks_down_is_a_sentence_with_what_it_said(scripted, tmp_path):
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho libpython3.11.so: not found >&2\nexit 127\n")
    broken.chmod(0o755)
    with pytest.raises(EnvironmentMissing, match=r"code 127.*libpython3\.11\.so: not found.*make setup"):
        scripted(python=str(broken)).run("echo", {})


def test_a_worker_of_another_protocol_is_a_sentence(scripted, tmp_path):
    script = tmp_path / "later.py"
    script.write_text('import time\nprint(\'{"type": "hello", "protocol": 999}\', flush=True)\ntime.sleep(600)\n')
    worker = scripted(script=script)
    with pytest.raises(EngineError, match=r"version 999.*Restart QGIS") as caught:
        worker.run("echo", {})
    assert caught.value.kind == "protocol"
    assert worker.pid is None


def test_a_worker_that_never_answers_is_a_sentence(scripted, tmp_path, monkeypatch):
    monkeypatch.setattr(worker_process, "START_PATIENCE_S", 0.5)
    script = tmp_path / "mute.py"
    script.write_text("import time\ntime.sleep(600)\n")
    worker = scripted(script=script)
    with pytest.raises(EnvironmentMissing, match="did not answer"):
        worker.run("echo", {})
    assert worker.pid is None


def test_closing_ends_an_idle_worker_in_good_order(scripted):
    worker = scripted()
    worker.run("echo", {})
    worker.close()
    assert worker.pid is None
    assert worker._process.returncode == 0
    with pytest.raises(EngineCancelled, match="closed"):
        worker.run("echo", {})


def test_closing_ends_a_job_that_hangs(scripted, tmp_path):
    worker = scripted()
    started = tmp_path / "started"
    outcomes = []

    def job():
        try:
            worker.run("hang", {"started": str(started)})
        except EngineError as error:
            outcomes.append(error)

    thread = threading.Thread(target=job)
    thread.start()
    wait_for(started)
    worker.close()
    thread.join(GUARD_S)
    assert [type(outcome) for outcome in outcomes] == [EngineCancelled]


@posix
@pytest.mark.parametrize("job", ["wait", "hang"])
def test_the_worker_leaves_when_qgis_is_killed_in_mid_job(tmp_path, job):
    started = tmp_path / "started"
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; sys.path[:0] = [sys.argv[1]]\n"
            "from pathlib import Path\n"
            "from sentinel_match_plugin.runtime.worker_process import EngineWorker\n"
            "worker = EngineWorker(sys.executable, Path(sys.argv[2]), ())\n"
            "print(worker.run('echo', {})['pid'], flush=True)\n"
            "worker.run(sys.argv[4], {'started': sys.argv[3]})\n",
            str(SCRIPTED.parents[2]),
            str(SCRIPTED),
            str(started),
            job,
        ],
        stdout=subprocess.PIPE,
    )
    with parent:
        pid = int(parent.stdout.readline())
        wait_for(started)
        parent.kill()
    wait_until_gone(pid)


def test_the_shared_worker_is_one_until_the_interpreter_changes():
    try:
        first = worker_process.shared_worker("/a/python")
        assert worker_process.shared_worker("/a/python") is first
        assert worker_process.shared_worker("/b/python") is not first
    finally:
        worker_process.close_shared_worker()
    assert worker_process.shared_worker("/b/python") is not first
    worker_process.close_shared_worker()
