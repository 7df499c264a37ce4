"""What the tests of the bridge share: an interpreter, workers that do told things, and a clean environment."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sentinel_match_plugin.runtime.worker_process import EngineWorker

SCRIPTED = Path(__file__).with_name("scripted_worker.py")
# Far above what any step takes on a busy machine; a test that reaches it hangs, it is not slow.
GUARD_S = 60.0


@pytest.fixture(autouse=True)
def _no_choice_of_the_user(monkeypatch, tmp_path):
    """Neither the variable nor the cache of whoever runs the tests may decide what they find."""
    monkeypatch.delenv("SENTINEL_MATCH_PYTHON", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))


@pytest.fixture
def scripted():
    """Makes workers that run scripted_worker.py: the product's, with other jobs than matching."""
    workers = []

    def make(*arguments: str, script: Path = SCRIPTED, python: str = sys.executable) -> EngineWorker:
        worker = EngineWorker(python, script, arguments)
        workers.append(worker)
        return worker

    yield make
    for worker in workers:
        worker.close()
