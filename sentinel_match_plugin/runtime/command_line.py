"""The small command line of the engine's environment, for set-ups and for computers without QGIS's window.

``python3 -m sentinel_match_plugin.runtime.environment find | check | pythons | install | repair | wheels FOLDER``

``install --extra hub`` also brings the optional packages ``hub`` (the library transformers, for SuperPoint).
``wheels FOLDER`` fetches what an installation needs, for ``install --wheels FOLDER`` without a connection.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from . import base_python, environment, install, nvidia, packages, wheels
from .errors import EngineError
from .order import Order


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 0 if the environment is (now) as it should be, 1 with the reason on stderr if not."""
    options = _parser().parse_args(arguments)
    if options.action == "wheels" and not options.target:
        sys.stderr.write("wheels: name the folder that they are to be put in\n")
        return 2
    if threading.current_thread() is threading.main_thread():
        # As Ctrl+C: what is half-made is removed. By default the process would end where it stands.
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        return _do(options)
    except EngineError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sentinel_match_plugin.runtime.environment", description=__doc__)
    parser.add_argument("action", choices=("find", "check", "pythons", "install", "repair", "wheels"))
    parser.add_argument("target", nargs="?", type=Path, default=None, help="for wheels: the folder to fill")
    parser.add_argument(
        "--python", default="", help="the Python to make the environment with (or, for check, to look at)"
    )
    parser.add_argument(
        "--folder", type=Path, default=None, help="where the environment is or goes; default: the cache"
    )
    parser.add_argument("--torch", choices=packages.TORCHES, default="", help="the build of torch; default: cpu")
    parser.add_argument("--wheels", default="", help="a folder of wheels, from which alone everything is taken")
    parser.add_argument("--extra", choices=sorted(packages.EXTRAS), default="", help="optional packages, as well")
    return parser


def _do(options: argparse.Namespace) -> int:
    extras = (options.extra,) if options.extra else ()
    order = Order(options.torch, options.python, options.wheels, extras=extras)
    if options.action == "pythons":
        for one in base_python.survey():
            _say(f"{one.path}: {one.problem}" if one.problem else str(one))
        card = nvidia.detect()
        _say(f"NVIDIA: {card}{f': {card.problem}' if card.problem else ''}" if card else "NVIDIA: no driver was found")
        return 0
    if options.action == "wheels":
        wheels.fetch_wheels(options.target, order, log=_say)
        return 0
    if options.action in ("install", "repair"):
        make = install.create if options.action == "install" else install.repair
        made = make(options.folder, order, log=_say)
        _say(made)
        return 0
    python = options.python or str(options.folder or "")
    if options.action == "find":
        _say(environment.find(python))
        return 0
    return _check(python)


def _check(python: str) -> int:
    found = environment.status(python)
    _say(found.python)
    for name, version in found.versions.items():
        _say(f"  {name} {version}")
    if found.ready:
        for sentence in environment.devices(found.python):
            _say(f"  {sentence}")
    for problem in found.problems:
        sys.stderr.write(problem + os.linesep)
    return 0 if found.ready else 1


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
