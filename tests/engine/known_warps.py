"""What the tests of the warp share: a place, plain mappings, and an ear for what is said."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from affine import Affine

from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.imagery.raster_info import RasterInfo
from sentinel_match_plugin.engine.imagery.rasters import open_raster

UTM = {"crs": "EPSG:32636", "transform": Affine(10, 0, 600000, 0, -10, 5500000)}


class Log(Events):
    """Keeps what was said; cancels when the progress reaches ``cancel_at``."""

    def __init__(self, cancel_at: float = 2.0) -> None:
        self.fractions: list[float] = []
        self.warnings: list[str] = []
        self._cancel_at = cancel_at

    def progress(self, fraction: float, stage: str = "") -> None:
        self.fractions.append(fraction)

    def warning(self, text: str) -> None:
        self.warnings.append(text)

    @property
    def cancelled(self) -> bool:
        return bool(self.fractions) and self.fractions[-1] >= self._cancel_at


def info_of(path: str) -> RasterInfo:
    with open_raster(path) as raster:
        return raster.info


def shift(dx: float, dy: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda xy: xy + [dx, dy]
