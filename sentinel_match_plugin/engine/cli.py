"""The command line of the engine.

``python -m sentinel_match_plugin.engine match REFERENCE TARGET --tie-points points.csv``.
"""

from __future__ import annotations

import json
import sys

from . import jobs
from .commands import parser
from .dispatch import do
from .errors import SentinelMatchError
from .events import Events


class Terminal(Events):
    """Progress and messages on standard error."""

    def progress(self, fraction: float, stage: str = "") -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{fraction:4.0%} {stage:<30}")

    def info(self, text: str) -> None:
        sys.stderr.write(f"{text}\n")

    def warning(self, text: str) -> None:
        sys.stderr.write(f"Warning: {text}\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one job.

    Prints its outcome as JSON on standard output. Exit code 0, or 1 with a sentence on standard error.
    """
    options = parser().parse_args(arguments)
    try:
        outcome = do(options.job(options), Terminal())
    except SentinelMatchError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    text = json.dumps(
        {k: None if v != v else v for k, v in jobs.to_json(outcome).items()}, indent=1, ensure_ascii=False
    )
    sys.stdout.write(f"{text}\n")
    return 0
