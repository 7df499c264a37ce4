"""A contact sheet: squares around points that lie far apart, side by side in one small image.

Where tie points are sparse, resampling and describing what lies between them would be most of the work.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .lattice import Mapping

# Between places where a mapping is evaluated: a sine of 3 px every 300 px is then good to 0.01 px (at a decimation of
# d, to d times as much, in pixels of the sheet).
NODES_PX = 8


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
    def shift(self) -> np.ndarray:
        """``(N, 2)``: what is added to pixel coordinates of the image to find them in the cell of each point."""
        number = np.arange(len(self.corners))
        return self.side * np.stack([number % self.columns, number // self.columns], -1) - self.corners

    def positions(self, mapping: Mapping) -> tuple[np.ndarray, np.ndarray]:
        """Where ``mapping`` puts the pixel centres of the cells: x and y, float64 ``(N * side, side)``, one cell below
        the other.

        As ``lattice.positions``, but at a fixed spacing, and a cell with an undefined node is undefined as a whole.
        """
        count = -(-self.side // NODES_PX) + 1
        at = np.linspace(0.5, self.side - 0.5, count)
        nodes = self.corners[:, None, None] + np.stack(np.meshgrid(at, at), -1)
        there = np.asarray(mapping(nodes.reshape(-1, 2)), float).reshape(nodes.shape)
        place = np.linspace(0, count - 1, self.side)
        first = np.minimum(place.astype(int), count - 2)
        weight = np.zeros((self.side, count))
        weight[np.arange(self.side), first], weight[np.arange(self.side), first + 1] = first + 1 - place, place - first
        x, y = ((weight @ there[..., axis]).reshape(-1, count) @ weight.T for axis in (0, 1))
        return x, y

    def laid_out(self, cells: np.ndarray) -> np.ndarray:
        """Cells ``(N * side, side)``, one below the other, or ``(N, side, side)`` -> the sheet.

        What is left of its last row shows the last cell again: a sheet that is valid everywhere is described faster.
        """
        sheet = np.empty(self.shape, cells.dtype)
        places = sheet.reshape(-1, self.side, self.columns, self.side).swapaxes(1, 2)
        number = np.arange(places.shape[0] * self.columns)
        cell = np.minimum(number, len(self.corners) - 1)
        places[number // self.columns, number % self.columns] = cells.reshape(-1, self.side, self.side)[cell]
        return sheet

    def cut_out(self, image: np.ndarray, origin: np.ndarray) -> np.ndarray:
        """The sheet of an ``image`` whose first pixel is ``origin``; all cells lie inside of it."""
        column, row = (self.corners - origin).T
        return self.laid_out(sliding_window_view(image, (self.side, self.side))[row, column])
