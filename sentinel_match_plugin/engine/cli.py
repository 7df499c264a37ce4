"""The command line of the engine.

``python -m sentinel_match_plugin.engine match REFERENCE TARGET --tie-points points.csv``.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from . import jobs
from .commands import parser
from .dispatch import do
from .errors import Cancelled, SentinelMatchError
from .events import Events


class Terminal(Events):
    """Progress and messages on standard error; Ctrl+C cancels the job, a second one ends it at once."""

    def __init__(self) -> None:
        self._stopped = False

    def progress(self, fraction: float, stage: str = "") -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{fraction:4.0%} {stage:<30}")

    def info(self, text: str) -> None:
        sys.stderr.write(f"{text}\n")

    def warning(self, text: str) -> None:
        sys.stderr.write(f"Warning: {text}\n")

    @property
    def cancelled(self) -> bool:
        return self._stopped

    @contextmanager
    def heeding_ctrl_c(self) -> Iterator[None]:
        """Within: the job is told to stop, so that it tidies up and keeps what can be gone on from."""

        def stop(number: int, frame: Any) -> None:
            self._stopped = True
            signal.signal(signal.SIGINT, signal.default_int_handler)

        before = signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)


def main(arguments: list[str] | None = None) -> int:
    """Run one job.

    Prints its outcome as JSON on standard output. Exit code 0, or 1 with a sentence on standard error, or 130 for
    Ctrl+C, as shells expect.
    """
    options = parser().parse_args(arguments)
    terminal = Terminal()
    try:
        with terminal.heeding_ctrl_c():
            outcome = do(options.job(options), terminal)
    except (Cancelled, KeyboardInterrupt):
        sys.stderr.write("The job was cancelled.\n")
        return 130
    except SentinelMatchError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    text = json.dumps(
        {k: None if v != v else v for k, v in jobs.to_json(outcome).items()}, indent=1, ensure_ascii=False
    )
    sys.stdout.write(f"{text}\n")
    return 0
