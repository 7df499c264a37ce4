"""A folder of wheels, for a computer without a connection."""

from __future__ import annotations

import tempfile
from pathlib import Path

from . import pip_calls
from .building import chosen_base, make_venv
from .order import DEFAULTS, Order, Telling
from .packages import ENGINE, Packages
from .running import IsCancelled, Log, run


def fetch_wheels(
    target: Path,
    order: Order = DEFAULTS,
    wanted: Packages = ENGINE,
    log: Log = lambda text: None,
    is_cancelled: IsCancelled = lambda: False,
) -> None:
    """Fill a folder with the wheels of an installation, for a computer of the same system without a connection."""
    tell = Telling(log, lambda fraction, stage: None, is_cancelled)
    base = chosen_base(order, None, tell)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sentinel-match-") as name:  # the base may have no pip of its own
        python = make_venv(Path(name) / "venv", base, tell)
        pip_calls.renew(python, order, wanted, tell)
        steps = wanted.steps(order.torch or "cpu", base.system)
        for arguments in (("--require-hashes", "-r", str(wanted.locked / "pip.txt")), *(s.arguments for s in steps)):
            command = [*pip_calls.command(python, "download"), "-d", str(target), *arguments]
            run(command, "The wheels could not be fetched", log, is_cancelled, pip_calls.variables(order))
