"""The engine's worker with another job than matching: it does what the test asks, good or bad."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sentinel_match_plugin.engine import worker
from sentinel_match_plugin.engine.errors import InputError


def run(name, job, events):
    if name == "echo":
        return {"pid": os.getpid(), **job}
    if name == "numbers":
        return {"known": 1.5, "unknown": float("nan"), "endless": float("inf")}
    if name == "talk":
        events.info("an info")
        events.warning("a warning")
        for step in range(20_000):
            events.progress(step / 20_000, f"step {step}")
        events.progress(1.0, "end")
        return {}
    if name == "print":
        print('{"type": "result", "id": 1, "outcome": {"forged": true}}', flush=True)
        os.write(1, b"printed by a C library\n")
        os.system("echo printed by a grandchild")
        os.write(2, b"noise\n" * 200_000)  # more than a pipe holds: it must be read all the time
        return {"stdin": sys.stdin.read()}
    if name == "wait":  # a job that asks whether it was cancelled
        Path(job["started"]).touch()
        while True:
            events.check_cancelled()
            time.sleep(0.01)
    if name == "hang":  # a job that never asks
        Path(job["started"]).write_text(str(os.getpid()))
        time.sleep(600)
    if name == "refuse":
        raise InputError("The band 7 does not exist.")
    if name == "fail":
        if job["how"] == "own import":
            from sentinel_match_plugin.engine.worker import no_such_name  # noqa: F401
        raise {"zero": ZeroDivisionError, "memory": MemoryError, "import": ModuleNotFoundError}[job["how"]]("told to")
    if name == "die":
        os.write(2, b"the last words\n")
        os.kill(os.getpid(), getattr(signal, job["signal"]))
        time.sleep(600)
    if name == "exit":
        os._exit(job["code"])
    raise AssertionError(name)


if __name__ == "__main__":
    idle_s = float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    sys.exit(worker.main(run, idle_s))
