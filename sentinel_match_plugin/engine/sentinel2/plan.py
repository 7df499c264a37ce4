"""What a raster of bands is made of, and its pixels block after block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import rasterio

from ..events import Events
from ..frames.georeference import Georeference
from ..imagery.area import Area
from ..results.output_grid import OutputGrid
from .cloud_masks import CloudMask
from .reading import Meaning, Source, how_to_read

BLOCK_PX = 1024  # with 13 bands 55 MB of float32


@dataclass
class Band:
    """A band to write: its name, the image it comes from, and what its pixels mean."""

    band: str
    name: str
    source: Source
    meaning: Meaning
    clipped: bool = False  # whether a pixel was too bright for the type written


@dataclass
class Plan:
    """Everything that stays the same from block to block."""

    bands: list[Band]
    grid: OutputGrid
    area: Area | None
    clouds: CloudMask | None

    def blocks(
        self, events: Events, stage: str
    ) -> Iterator[tuple[int, int, list[tuple[np.ndarray, np.ndarray]], np.ndarray]]:
        """x0, y0, (values, valid) of each band, and where pixels may be used, block after block."""
        grid = self.grid
        corners = [(x, y) for y in range(0, grid.height, BLOCK_PX) for x in range(0, grid.width, BLOCK_PX)]
        for number, (x0, y0) in enumerate(corners):
            block = _part(grid, x0, y0)
            shape = (block.height, block.width)
            used = np.ones(shape, bool) if self.area is None else self.area.mask(block.georeference, shape)
            if self.clouds is not None and used.any():
                used &= ~self.clouds.on(block)
            read = []
            for band in self.bands:
                events.check_cancelled()
                if used.any():
                    values, valid = band.source.on(block, band.meaning, how_to_read(band.band))
                    read.append((values, valid & used))
                else:
                    read.append((np.zeros(shape, np.float32), used))
            yield x0, y0, read, used
            events.progress((number + 1) / len(corners), stage)


def _part(grid: OutputGrid, x0: int, y0: int) -> OutputGrid:
    transform = grid.georeference.transform @ rasterio.Affine.translation(x0, y0)
    return OutputGrid(
        Georeference(grid.georeference.crs, transform), min(BLOCK_PX, grid.width - x0), min(BLOCK_PX, grid.height - y0)
    )
