"""Optional libraries: what a network needs beyond the engine's own packages, and the step that brings it."""

from __future__ import annotations

from importlib.util import find_spec

from ...runtime.environment import EXTRAS
from ..errors import SentinelMatchError


class ExtraMissing(SentinelMatchError):
    """An optional library is not in the engine's environment."""


def is_installed(extra: str) -> bool:
    """Whether the modules of ``extra`` (runtime/environment.py) are there; ``""`` needs none. Nothing is imported."""
    return all(find_spec(module) is not None for module in EXTRAS.get(extra, ()))


def require(extra: str, what: str) -> None:
    """Raise ExtraMissing, naming the step, if ``what`` (a title) needs libraries that are not there."""
    if not is_installed(extra):
        raise ExtraMissing(
            f"{what} needs the library {' and '.join(EXTRAS[extra])}, which is not in the engine's environment. "
            + how_to_install(extra)
        )


def how_to_install(extra: str) -> str:
    """The step that installs ``extra``, a sentence."""
    return (
        "In QGIS: tick it under Settings > Options > Sentinel Match and press Install, or run "
        "`sentinelmatch:environment` with ACTION=install and EXTRAS=true. Elsewhere: "
        f"`python3 -m sentinel_match_plugin.runtime.environment install --extra {extra}` in the folder that holds the "
        f"plugin, from a checkout `make setup EXTRAS={extra}`, into an environment of your own "
        f"`pip install -r requirements-{extra}.txt` of the plugin's folder engine."
    )
