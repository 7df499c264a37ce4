"""How pip is called: nothing is built, nothing is asked, nothing of the user's own settings leads it elsewhere."""

from __future__ import annotations

from pathlib import Path

from . import child, environment, packages
from .errors import EnvironmentMissing
from .order import Order, Telling
from .packages import Packages
from .running import run

_RAW_PROGRESS = (24, 1)  # the pip that learnt `--progress-bar raw`


def command(python: Path, verb: str = "install", bar: str = "off") -> list[str]:
    """The start of a command line: only wheels, no questions, nothing but them on the output."""
    called = [str(python), "-I", "-m", "pip", verb, "--no-input", "--disable-pip-version-check"]
    return [*called, "--progress-bar", bar, "--only-binary", ":all:"]


def variables(order: Order) -> dict[str, str]:
    """pip's environment. The proxy may hold a password, so it is no argument, which every user of the computer sees."""
    found = child.scrubbed_environment()
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_HASHES"):  # would install elsewhere than asked
        found.pop(name, None)
    found["PIP_USER"] = "0"
    if order.proxy:
        found["PIP_PROXY"] = order.proxy
    return found


def renew(python: Path, order: Order, wanted: Packages, tell: Telling) -> bool:
    """Bring pip up to date where that can be had; True if it can tell its progress.

    An older one does the work as well; a newer one trusts the certificates that the system trusts.
    """
    arguments = [*packages.offline(order.wheels), "--no-deps", "--require-hashes", "-r", str(wanted.locked / "pip.txt")]
    try:
        run([*command(python), *arguments], "pip", lambda line: None, tell.is_cancelled, variables(order))
    except EnvironmentMissing:
        tell.log("pip stays as this Python brings it along")
    said = child.ask([str(python), "-I", "-m", "pip", "--version"], 60.0).stdout.decode("utf-8", "replace").split()
    return len(said) > 1 and environment.version_tuple(said[1]) >= _RAW_PROGRESS
