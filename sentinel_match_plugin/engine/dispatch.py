"""Who does a job: the one table that both front doors (cli.py, worker.py) go through is jobs.JOBS."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from . import thread_settings
from .events import Events
from .jobs import JOBS, kind_of


def do(job: Any, events: Events) -> Any:
    """Do a job of any kind in ``jobs.JOBS`` and return its outcome. Raises SentinelMatchError with a sentence.

    What does it is imported here, once there is work: torch and its kin take seconds.
    """
    thread_settings.settle()
    module, function = JOBS[kind_of(job)].doer.split(":")
    return getattr(import_module(f".{module}", __package__), function)(job, events)
