"""A Python by way of uv, where that is installed and the user asks for it: into the plugin's folder in the cache."""

from __future__ import annotations

from pathlib import Path

from . import child, locate, pythons
from .errors import EnvironmentMissing
from .running import IsCancelled, Log, run

VERSION = "3.12"


def folder() -> Path:
    """Where those Pythons lie."""
    return locate.cache_folder() / "python"


def fetch_python(proxy: str = "", log: Log = lambda text: None, is_cancelled: IsCancelled = lambda: False) -> str:
    """Let uv fetch a Python (some 30 MB) and return it. Raises EnvironmentMissing, EngineCancelled."""
    program = pythons.uv_program()
    if not program:
        raise EnvironmentMissing("uv is not installed on this computer (https://docs.astral.sh/uv).")
    variables = child.scrubbed_environment()
    variables["UV_PYTHON_INSTALL_DIR"] = str(folder())
    if proxy:
        variables["HTTPS_PROXY"] = variables["HTTP_PROXY"] = proxy
    log(f"Fetching Python {VERSION} with {program} into {folder()}")
    # uv unpacks beside and renames: when it is stopped, nothing half-made counts.
    command = [program, "--no-config", "python", "install", "--no-bin", VERSION]
    run(command, "uv could not fetch a Python", log, is_cancelled, variables)
    found = pythons.uv_pythons(folder())
    if not found:
        raise EnvironmentMissing(f"uv said that it had fetched a Python, but there is none in {folder()}.")
    return found[0]
