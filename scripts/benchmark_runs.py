"""What every benchmark needs: a version of the product's code, results kept until it changes, and the engine without
QGIS. Standard library only.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Callable

from through_qgis import ROOT, Failed, engine_python

CACHE = ROOT / ".cache" / "benchmark"
TRAINING = ROOT / "sentinel_match_plugin" / "engine" / "training"
CODE = ("sentinel_match_plugin/engine", "sentinel_match_plugin/processing", "sentinel_match_plugin/runtime")


def code_version() -> str:
    """A hash of the product's code, but for that of training, which shows in the weights."""
    digest = hashlib.sha256()
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if TRAINING in path.parents:
                continue
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def kept_row(folder: Path, about: dict, work: Callable[[Path], dict], version: str, fresh: bool = False) -> dict:
    """``about`` and what ``work(folder)`` says, with ``code``, ``status``, ``seconds`` and ``error``, empty unless it
    raised Failed.

    The row is kept in ``folder`` and comes back from there until ``version`` changes or it had failed.
    """
    kept = folder / "result.json"
    if not fresh:
        row = read_row(folder, version)
        if row is not None:
            return row
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    row = {**about, "code": version, "error": "", "status": "failed"}
    started = time.monotonic()
    try:
        row.update(work(folder))
    except Failed as error:
        row["error"] = str(error)
    row.setdefault("seconds", time.monotonic() - started)
    kept.write_text(json.dumps(row, indent=1))
    return row


def read_row(folder: Path, version: str) -> dict | None:
    """The row kept in ``folder``; None where there is none of this version that did not fail."""
    try:
        row = json.loads((folder / "result.json").read_text())
    except (OSError, ValueError):
        return None
    return row if row["code"] == version and not row["error"] else None


class Engine:
    """The engine's worker without QGIS: one child process for each thread that asks."""

    def __init__(self) -> None:
        self._python = engine_python()
        self._own = threading.local()

    def run(self, name: str, job: dict) -> dict:
        """Do a job of engine/jobs.py; its outcome, None for figures that are not known, and ``warnings``: the sentences
        among its messages that doubt it. Raises Failed.
        """
        from sentinel_match_plugin.runtime.errors import EngineError
        from sentinel_match_plugin.runtime.worker_process import EngineWorker

        if not hasattr(self._own, "worker"):
            self._own.worker = EngineWorker(self._python)
        warnings: list[str] = []
        try:
            outcome = self._own.worker.run(name, job, on_warning=warnings.append)
        except EngineError as error:
            raise Failed(str(error)) from error
        known = {key: None if value != value else value for key, value in outcome.items()}  # nan: not known
        return {**known, "warnings": warnings}


class Served:
    """A script of this folder that answers questions, a JSON object a line each, with the engine's Python: one process
    for each thread that asks.
    """

    def __init__(self, script: str, *arguments: object) -> None:
        from sentinel_match_plugin.engine import thread_settings

        thread_settings.settle()  # it is asked before the child imports numpy
        self._command = [engine_python(), str(ROOT / "scripts" / script), *map(str, arguments)]
        self._own = threading.local()

    def ask(self, question: dict) -> dict:
        """The answer. Raises Failed with the script's sentence, or where its process ended (the next one starts it)."""
        from sentinel_match_plugin.runtime.child import scrubbed_environment

        if getattr(self._own, "process", None) is None:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self._own.process = subprocess.Popen(self._command, text=True, env=scrubbed_environment(), **pipes)
        process = self._own.process
        line = ""
        try:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            pass
        if not line:
            self._own.process = None
            raise Failed(f"{Path(self._command[1]).name} ended with code {process.wait()} and no answer.")
        answer = json.loads(line)
        if "failed" in answer:
            raise Failed(answer["failed"])
        return answer


def do_all(tasks: Sequence[Callable[[], dict]], jobs: int, describe: Callable[[dict], str]) -> list[dict]:
    """The rows of all tasks, ``jobs`` at a time, each told with its number as it is done."""
    # Several processes that each take all cores get into each other's way.
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // jobs)))
    rows = []
    with ThreadPoolExecutor(jobs) as pool:
        for number, done in enumerate(as_completed([pool.submit(task) for task in tasks]), 1):
            rows.append(done.result())
            say(f"[{number}/{len(tasks)}] {describe(rows[-1])}")
    return rows


def exit_code(rows: Sequence[dict]) -> int:
    """1, and a sentence, if a run failed; else 0."""
    failed = [row for row in rows if row["error"]]
    if failed:
        sys.stderr.write(f"benchmark: {len(failed)} of {len(rows)} runs failed; the first: {failed[0]['error']}\n")
    return 1 if failed else 0


def say(text: str) -> None:
    """A line for the person who waits."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
