"""What the bridge raises. ``str(error)`` is a sentence for the user: what happened, and what to do."""

from __future__ import annotations

HOW_TO_INSTALL = (
    "In QGIS: Settings > Options > Sentinel Match > Install, or the algorithm “Engine: check, install, repair” "
    "(`sentinelmatch:environment`, ACTION=install). From a checkout: `make setup`. An environment of your own "
    "(engine/requirements.txt) is used when that page or the variable SENTINEL_MATCH_PYTHON names its Python."
)
HOW_TO_REPAIR = (
    "In QGIS: Settings > Options > Sentinel Match > Repair, or the algorithm “Engine: check, install, repair” "
    "(`sentinelmatch:environment`, ACTION=repair). From a checkout: `make setup`."
)


class EngineError(Exception):
    """The engine could not do what it was asked.

    ``kind`` is the class name of the engine's own error (``InputError``, ``OutputError``, ...), ``environment``,
    ``memory``, ``died``, ``protocol`` or ``internal``. ``detail`` is for the log: a traceback, the last lines of
    stderr.
    """

    def __init__(self, text: str, kind: str = "internal", detail: str = "") -> None:
        super().__init__(text)
        self.kind = kind
        self.detail = detail


class EngineCancelled(EngineError):
    """The caller asked to stop, and the engine did (or was made to)."""

    def __init__(self, text: str = "The job was cancelled.") -> None:
        super().__init__(text, kind="cancelled")


class EnvironmentMissing(EngineError):
    """The engine's environment is not there, or is not what it should be.

    ``reason``: what is wrong as a part of a sentence, without what to do about it.
    """

    def __init__(self, text: str, detail: str = "", reason: str = "") -> None:
        super().__init__(text, kind="environment", detail=detail)
        self.reason = reason or text
