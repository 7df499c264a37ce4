"""What is ordered of an installation of the engine, and to whom its course is told."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import EngineCancelled
from .pip_output import Progress
from .running import IsCancelled, Log

_CANCELLED = "The installation was cancelled; it can be started again."


@dataclass(frozen=True)
class Order:
    """What is wanted.

    ``torch``: cpu or cuda; empty: the build that is there, else cpu. ``base_python``: empty: the best is looked for.
    ``wheels``: a folder of wheels, from which alone everything is taken. ``proxy``: an address
    with user and password in it. ``anew``: also where a whole environment is there. ``extras``: optional packages
    (packages.EXTRAS) to have as well; those that are there stay.
    """

    torch: str = ""
    base_python: str = ""
    wheels: str = ""
    proxy: str = ""
    anew: bool = False
    extras: tuple[str, ...] = ()


DEFAULTS = Order()


@dataclass(frozen=True)
class Telling:
    """To whom it is told, and who may stop it."""

    log: Log
    progress: Progress
    is_cancelled: IsCancelled

    def check(self) -> None:
        """Raises EngineCancelled if it was stopped."""
        if self.is_cancelled():
            raise EngineCancelled(_CANCELLED)
