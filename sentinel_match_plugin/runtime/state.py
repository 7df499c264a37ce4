"""How the engine's environment stands, told from files alone: quick enough for every opening of a page."""

from __future__ import annotations

import os
from dataclasses import dataclass

from . import locate, marker
from .errors import EnvironmentMissing

READY, MISSING, OUTDATED, BROKEN = "ready", "missing", "outdated", "broken"


@dataclass(frozen=True)
class State:
    """``kind``: one of the four. ``problem``: the sentence of the error, empty if ready.

    ``made``: what the environment in the cache was made of, if one is there. ``chosen``: what the setting or the
    variable SENTINEL_MATCH_PYTHON names; then ``made`` is not the one that is used.
    """

    kind: str
    python: str = ""
    problem: str = ""
    made: marker.Made | None = None
    chosen: str = ""


def state(setting: str = "") -> State:
    """The state of what ``locate.find(setting)`` would find."""
    folder = locate.default_folder()
    made = marker.read(folder)
    chosen = setting.strip() or os.environ.get(locate.VARIABLE, "").strip()
    try:
        return State(READY, locate.find(setting), "", made, chosen)
    except EnvironmentMissing as error:
        if chosen:
            kind = BROKEN
        elif made is not None and marker.environment_python(folder).exists():
            kind = OUTDATED
        else:
            kind = BROKEN if marker.is_claimed(folder) else MISSING
        return State(kind, "", str(error), made, chosen)
