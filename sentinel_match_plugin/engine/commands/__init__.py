"""What can be typed: one file per kind of job, each adding its commands to the parser of cli.py.

A command sets ``job``, a function from the parsed options to a job of jobs.py.
"""

from __future__ import annotations

import argparse

from . import assessment, devices, keypoints, matching, models, scenes, sentinel2, training, training_set

FAMILIES = (matching, assessment, scenes, keypoints, models, sentinel2, training_set, training, devices)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands. ``options.job(options)`` is the job that was asked for."""
    made = argparse.ArgumentParser(
        prog="sentinel-match", description="Matches two satellite images of one place, and the tools around it."
    )
    commands = made.add_subparsers(dest="command", required=True)
    for family in FAMILIES:
        family.add(commands)
    return made
