"""What the bridge raises. ``str(error)`` is a sentence for the user: what happened, and what to do."""

from __future__ import annotations

HOW_TO_INSTALL = (
    "From a checkout of Sentinel Match, run `make setup`. Elsewhere, run "
    "`python3 -m sentinel_match_plugin.runtime.environment install` in the folder that holds the plugin, with Python "
    "3.11 or newer. An environment of your own (engine/requirements.txt) is used when the plugin's setting or the "
    "environment variable SENTINEL_MATCH_PYTHON names its Python."
)
HOW_TO_REPAIR = (
    "From a checkout, run `make setup`; if that does not help, run "
    "`python3 -m sentinel_match_plugin.runtime.environment repair` in the folder that holds the plugin."
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
    """The engine's environment is not there, or is not what it should be."""

    def __init__(self, text: str, detail: str = "") -> None:
        super().__init__(text, kind="environment", detail=detail)
