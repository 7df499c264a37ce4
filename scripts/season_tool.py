"""The tool that defines the season pairs and their displacements (../shared/tools/season_pairs.py), as a module."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType


def load_season_pairs(path: Path) -> ModuleType:
    """The tool that defines the displacements, as a module."""
    spec = importlib.util.spec_from_file_location("season_pairs", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
