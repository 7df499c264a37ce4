"""Builds the engine's environment: a virtual environment of a chosen Python, the locked packages in it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from . import base_python, marker, packages, pip_calls
from .base_python import BasePython
from .errors import EnvironmentMissing
from .order import Order, Telling
from .packages import Packages
from .pip_output import PipProgress, readable
from .running import run

# Of the whole: the virtual environment, pip itself, each call of pip by its megabytes; the look at the result is left.
_VENV, _PIP, BUILT = 0.03, 0.05, 0.93


def build(folder: Path, base: BasePython, order: Order, wanted: Packages, tell: Telling) -> None:
    """Build into ``folder`` what ``order`` says, its build of torch and all extras named. Raises as install.create."""
    steps = wanted.steps(order.torch, base.system, order.extras, order.wheels)
    mb = wanted.download_mb(order.torch, base.system)
    size = "from the folder of wheels" if order.wheels else f"about {packages.gigabytes(mb)} to fetch" if mb else ""
    tell.log(f"Making the engine's environment in {folder} with {base}{f'; {size}' if size else ''}")
    python = make_venv(folder, base, tell)
    tell.progress(_VENV, "Preparing pip")
    raw = pip_calls.renew(python, order, wanted, tell)
    # A call whose size is not known counts as a gigabyte; none counts as nothing.
    weights = [max(1000.0 if step.mb is None else step.mb, 30.0) for step in steps]
    done = 0.0
    for step, weight in zip(steps, weights):

        def report(part: float, stage: str, done: float = done, weight: float = weight) -> None:
            fraction = (done + part * weight) / sum(weights)
            tell.progress(_PIP + (BUILT - _PIP) * fraction, stage)

        tell.log(f"Installing {step.title}")
        report(0.0, f"Installing {step.title}")
        listen = PipProgress(report, step.title, step.mb)

        def on_line(line: str, listen: PipProgress = listen) -> None:
            listen(line)
            if not line.startswith("Progress "):
                tell.log(readable(line))

        command = [*pip_calls.command(python, bar="raw" if raw else "off"), *step.arguments]
        run(command, f"{step.title} could not be installed", on_line, tell.is_cancelled, pip_calls.variables(order))
        done += weight


def chosen_base(order: Order, before: marker.Made | None, tell: Telling) -> BasePython:
    """The Python to build with: the named one; that of the environment before, if it still will do; the best."""
    tell.check()
    if not order.base_python and before is not None and before.base:
        with suppress(EnvironmentMissing):
            return base_python.find(before.base)
    if not order.base_python:
        tell.log("Looking for a Python to make the environment with")
    return base_python.find(order.base_python, is_cancelled=tell.is_cancelled)


def make_venv(folder: Path, base: BasePython, tell: Telling) -> Path:
    """The Python of a new virtual environment in ``folder``. Raises EnvironmentMissing, EngineCancelled."""
    command = [base.path, "-I", "-m", "venv", str(folder)]
    run(command, f"The virtual environment could not be made with {base.path}", tell.log, tell.is_cancelled)
    return marker.venv_python(folder)
