"""``models``: the model store."""

from __future__ import annotations

import argparse
from typing import Any

from .. import jobs


def add(commands: Any) -> None:
    """Add the command to ``commands``, what ``ArgumentParser.add_subparsers`` gave."""
    command = commands.add_parser("models", help="list, download, import or remove weights of networks")
    command.add_argument("action", choices=jobs.ACTIONS, nargs="?", default="list")
    command.add_argument("model", choices=jobs.MODEL_CHOICES, nargs="?", default="all", metavar="model")
    command.add_argument("--file", default="", help="weights to import")
    command.add_argument("--accept-licence", action="store_true", help="for models that are not for commercial use")
    command.add_argument("--models", default="", help="folder with weights")
    command.add_argument("--proxy", default="", help="http://host:port, direct, or nothing for the system's")
    command.set_defaults(job=_models)


def _models(options: argparse.Namespace) -> jobs.ModelsJob:
    return jobs.ModelsJob(
        action=options.action,
        model=options.model,
        file=options.file,
        accept_licence=options.accept_licence,
        model_folder=options.models,
        proxy=options.proxy,
    )
