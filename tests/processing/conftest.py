"""QGIS for the tests: the real ``qgis_process`` as a child, QGIS in this process, and a pair with a known shift."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="the tests of the QGIS side need a Python that has qgis")
sys.path.insert(0, str(Path(__file__).parent))  # for the two modules beside this file
os.environ.setdefault("GDAL_PAM_ENABLED", "NO")  # QGIS would write .aux.xml beside the real data that it opens

import numpy as np
from generated import PIXEL_M, SHIFT_M, shifted, texture, write_tif
from qgis_support import REPOSITORY, QgisProcess, start_qgis


@pytest.fixture(scope="session")
def qgis_process(tmp_path_factory) -> QgisProcess:
    """The real ``qgis_process``."""
    return QgisProcess(tmp_path_factory.mktemp("profile"))


@pytest.fixture(scope="session")
def engine() -> str:
    """The Python of the engine; a test that matches something is skipped, saying so, where there is none."""
    sys.path.insert(0, str(REPOSITORY))
    from sentinel_match_plugin.runtime import environment
    from sentinel_match_plugin.runtime.errors import EngineError

    try:
        return environment.find("")
    except EngineError as error:
        pytest.skip(f"the engine's environment is missing: {error}")


@dataclass(frozen=True)
class Pair:
    """Paths of a generated pair; the target shows everything displaced by ``SHIFT_M``."""

    reference: str
    target: str
    folder: Path


@pytest.fixture(scope="session")
def pair(tmp_path_factory) -> Pair:
    """Two uint16 rasters of one landscape, the second with other contrast and displaced by ``SHIFT_M`` metres."""
    folder = tmp_path_factory.mktemp("pair")
    summer = texture()
    # East is right; north is up, that is minus down.
    moved = shifted(summer, SHIFT_M[0] / PIXEL_M, -SHIFT_M[1] / PIXEL_M)
    reference = write_tif(folder / "reference.tif", (2000 + 4000 * summer).astype(np.uint16))
    target = [(1000 + 6000 * np.clip(moved, 0, 1) ** 1.5).astype(np.uint16), (500 + 3000 * moved).astype(np.uint16)]
    return Pair(reference, write_tif(folder / "target.tif", target), folder)


@pytest.fixture(scope="session", autouse=True)
def qgis_here(tmp_path_factory):
    """QGIS with Processing and the plugin's provider in this process; returns the ``processing`` module.

    Before every other test: the first layer of a process makes the list of data providers, for good, and only in a QGIS
    that has started does that list have those of web maps and virtual rasters.
    """
    return start_qgis(tmp_path_factory.mktemp("profile_here"))
