"""``train-matcher``: a network learns from a training set."""

from __future__ import annotations

import argparse
from typing import Any

from .. import jobs
from .options import add_engine


def add(commands: Any) -> None:
    """Add the command to ``commands``, what ``ArgumentParser.add_subparsers`` gave."""
    command = commands.add_parser("train-matcher", help="train a matcher on a training set")
    add_options(command)
    command.set_defaults(job=training_job)


def add_options(command: argparse.ArgumentParser) -> None:
    """Every setting of a training, for this command and for scripts/train.py; read them with ``training_job``."""
    default = jobs.TrainMatcherJob("")
    command.add_argument("training_set", help="a folder that build-training-set wrote")
    command.add_argument(
        "--start-from", default=default.start_from, help=f"{', '.join(jobs.START_FROM)}, or a weights file"
    )
    command.add_argument("--epochs", type=float, default=0.0, help="times the pictures of the set")
    command.add_argument("--steps", type=int, default=0, help="in place of --epochs")
    command.add_argument("--minutes", type=float, default=0.0, help="of work, at most; pauses do not count")
    command.add_argument("--batch", type=int, default=default.batch, help="pairs in memory at once")
    command.add_argument("--accumulate", type=int, default=1, help="batches a step")
    command.add_argument("--learning-rate", type=float, default=0.0, help="0: usual for that start")
    command.add_argument("--size", type=int, default=default.size_px, help="of the pairs, pixels a side")
    command.add_argument("--options", default="", help="of the pairs: name=value ...")
    command.add_argument("--precision", choices=jobs.PRECISIONS, default="auto")
    command.add_argument("--validate-minutes", type=float, default=default.validate_minutes)
    command.add_argument("--validation-pairs", type=int, default=default.validation_pairs, help="during training")
    command.add_argument("--test-pairs", type=int, default=default.test_pairs, help="before and after")
    command.add_argument("--keep", choices=jobs.KEEP, default="best", help="which weights are written")
    command.add_argument("--workers", type=int, default=-1, help="processes that make pairs; -1: chosen by the device")
    command.add_argument("--run-folder", default="", help="keeps what a stopped run goes on from")
    command.add_argument("--weights", default="", help="safetensors; a model card and the log are written beside it")
    command.add_argument("--log-figure", default="", help="PNG")
    add_engine(command)


def training_job(options: argparse.Namespace) -> jobs.TrainMatcherJob:
    """What ``add_options`` was given."""
    return jobs.TrainMatcherJob(
        training_set=options.training_set,
        start_from=options.start_from,
        epochs=options.epochs,
        steps=options.steps,
        minutes=options.minutes,
        batch=options.batch,
        accumulate=options.accumulate,
        learning_rate=options.learning_rate,
        size_px=options.size,
        options=options.options,
        precision=options.precision,
        validate_minutes=options.validate_minutes,
        validation_pairs=options.validation_pairs,
        test_pairs=options.test_pairs,
        keep=options.keep,
        workers=options.workers,
        device=options.device,
        seed=options.seed,
        model_folder=options.models,
        run_folder=options.run_folder,
        weights=options.weights,
        log_figure=options.log_figure,
    )
