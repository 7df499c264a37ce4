"""A contact sheet: squares around points that lie far apart, side by side in one small image.

Where tie points are sparse, resampling and describing what lies between them would be most of the work.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.chebyshev import chebvander

from .lattice import Mapping

# Where a mapping is evaluated in a cell, each way; between lies a polynomial. Cells of 92 px of a sine of 3 px every
# 300 px are then good to 0.001 px, at half the resolution too.
NODES = 7


@dataclass(frozen=True)
class Sheet:
    """Cells of ``side`` pixels, laid row by row, ``columns`` in a row.

    ``corners`` int ``(N, 2)``: the pixel (x, y) of the image that is the upper left one of each cell.
    """

    corners: np.ndarray
    side: int
    columns: int

    @classmethod
    def around(cls, points: np.ndarray, side: int) -> Sheet:
        """A cell around each of ``points`` ``(N, 2)``, N at least 1, with the point in its middle."""
        return cls(np.round(points).astype(int) - side // 2, side, int(np.ceil(np.sqrt(len(points)))))

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the sheet, pixels."""
        return -(-len(self.corners) // self.columns) * self.side, self.columns * self.side

    @property
    def _places(self) -> np.ndarray:
        """``(N, 2)``: the pixel (x, y) of the sheet that is the upper left one of each cell."""
        number = np.arange(len(self.corners))
        return self.side * np.stack([number % self.columns, number // self.columns], -1)

    @property
    def shift(self) -> np.ndarray:
        """``(N, 2)``: what is added to pixel coordinates of the image to find them in the cell of each point."""
        return self._places - self.corners

    def positions(self, mapping: Mapping) -> tuple[np.ndarray, np.ndarray]:
        """Where ``mapping`` puts the pixel centres of the cells: x and y, float64 ``(N * side, side)``, one cell below
        the other.

        By the polynomial through Chebyshev's nodes; a cell with an undefined node is undefined as a whole.
        """
        chebyshev = -np.cos(np.pi * (np.arange(NODES) + 0.5) / NODES)  # of -1..1
        at = (1 + chebyshev) / 2 * self.side
        nodes = self.corners[:, None, None] + np.stack(np.meshgrid(at, at), -1)
        there = np.asarray(mapping(nodes.reshape(-1, 2)), float).reshape(nodes.shape)
        pixels = (2 * np.arange(self.side) + 1) / self.side - 1
        weight = chebvander(pixels, NODES - 1) @ np.linalg.inv(chebvander(chebyshev, NODES - 1))
        x, y = ((weight @ there[..., axis]).reshape(-1, NODES) @ weight.T for axis in (0, 1))
        return x, y

    def laid_out(self, cells: np.ndarray) -> np.ndarray:
        """Cells ``(bands, N * side, side)``, one below the other -> the sheet ``(bands, height, width)``."""
        return self._filled(cells, np.arange(len(self.corners))[:, None] * [0, self.side])

    def cut_out(self, image: np.ndarray, origin: np.ndarray) -> np.ndarray:
        """The sheet ``(bands, height, width)`` of an ``image`` ``(bands, H, W)`` whose first pixel is ``origin``; all
        cells lie inside of it.
        """
        return self._filled(image, self.corners - origin)

    def _filled(self, source: np.ndarray, corners: np.ndarray) -> np.ndarray:
        """The sheet of the squares of ``source`` at ``corners`` ``(N, 2)`` x, y.

        What is left of its last row shows the last cell again: a sheet that is valid everywhere is described faster.
        """
        sheet, side = np.empty((len(source), *self.shape), source.dtype), self.side
        for (x, y), (column, row) in zip(corners.tolist(), self._places.tolist(), strict=True):
            sheet[:, row : row + side, column : column + side] = source[:, y : y + side, x : x + side]
        last = sheet[:, -side:, column : column + side]
        for rest in range(column + side, sheet.shape[2], side):
            sheet[:, -side:, rest : rest + side] = last
        return sheet
