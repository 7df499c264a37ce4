"""``devices``: what this computer can compute on."""

from __future__ import annotations

from typing import Any

from .. import jobs


def add(commands: Any) -> None:
    """Add the command to ``commands``, what ``ArgumentParser.add_subparsers`` gave."""
    command = commands.add_parser("devices", help="test what this computer can compute on: CPU, CUDA, Apple's GPU")
    command.set_defaults(job=lambda options: jobs.DevicesJob())
