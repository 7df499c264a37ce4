"""A mapping of pixels evaluated on a lattice and interpolated, as finely as it needs to be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Mapping = Callable[[np.ndarray], np.ndarray]
"""Pixel coordinates ``(N, 2)`` to pixel coordinates ``(N, 2)``, nan where undefined."""

FIRST_STEP_PX = 32
TOLERANCE_PX = 0.02  # what interpolating may cost; OpenCV's rounding of positions is of that size


def positions(mapping: Mapping, x0: int, y0: int, width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """Where ``mapping`` puts the pixel centres of a block: x and y, float64 ``(height, width)``.

    The mapping is evaluated on a lattice; another one between its nodes measures what bilinear interpolation costs,
    and the spacing is halved until that is below 0.02 pixels. Pixels next to undefined nodes are evaluated one by
    one; an island of defined pixels smaller than the lattice among undefined ones is not seen.
    """
    step = FIRST_STEP_PX
    while True:
        columns, rows = _nodes(x0, width, step), _nodes(y0, height, step)
        if len(columns) >= width or len(rows) >= height or step < 4:
            columns, rows = x0 + 0.5 + np.arange(width), y0 + 0.5 + np.arange(height)
            fine = _evaluate(mapping, columns, rows)
            return fine[..., 0], fine[..., 1]
        fine = _evaluate(mapping, columns, rows)
        undefined = np.isnan(fine).any(-1)
        if undefined.all():
            nowhere = np.full((height, width), np.nan)
            return nowhere, nowhere.copy()
        errors = np.abs(_between(fine[::2, ::2]) - fine)
        if np.isnan(errors).all() or np.nanmax(errors) <= TOLERANCE_PX:
            break
        step //= 2
    across = np.linspace(0, len(columns) - 1, width)
    down = np.linspace(0, len(rows) - 1, height)
    known = np.where(undefined[..., None], 0.0, fine)
    x, y = (_expand(known[..., axis], across, down) for axis in (0, 1))
    if undefined.any():
        share = _expand(undefined.astype(float), across, down)
        x[share > 1 - 1e-9] = y[share > 1 - 1e-9] = np.nan
        partly = (share > 0) & (share <= 1 - 1e-9)
        row, column = np.nonzero(partly)
        exact = mapping(np.stack([x0 + 0.5 + column, y0 + 0.5 + row], -1))
        x[partly], y[partly] = exact[:, 0], exact[:, 1]
    return x, y


def _nodes(start: int, length: int, step: int) -> np.ndarray:
    """An odd number of positions from the first to the last pixel centre, every second one at most ``step`` apart."""
    gaps = max(1, -(-(length - 1) // step))
    return start + np.linspace(0.5, length - 0.5, 2 * gaps + 1)


def _evaluate(mapping: Mapping, columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
    grid = np.stack(np.meshgrid(columns, rows), -1)
    return np.asarray(mapping(grid.reshape(-1, 2)), float).reshape(grid.shape)


def _between(nodes: np.ndarray) -> np.ndarray:
    """Bilinear values on the lattice of twice the density, ``(2n - 1, 2m - 1, 2)``."""
    rows, columns = nodes.shape[:2]
    dense = np.empty((2 * rows - 1, 2 * columns - 1, 2))
    dense[::2, ::2] = nodes
    dense[::2, 1::2] = (nodes[:, :-1] + nodes[:, 1:]) / 2
    dense[1::2] = (dense[:-2:2] + dense[2::2]) / 2
    return dense


def _expand(field: np.ndarray, across: np.ndarray, down: np.ndarray) -> np.ndarray:
    """Bilinear values of ``field`` at fractional node numbers."""
    i, j = np.minimum(across.astype(int), field.shape[1] - 2), np.minimum(down.astype(int), field.shape[0] - 2)
    u, v = across - i, (down - j)[:, None]
    rows = field[:, i] * (1 - u) + field[:, i + 1] * u
    slopes = np.diff(rows, axis=0)
    expanded = np.empty((len(down), len(across)))
    starts = np.append(np.flatnonzero(np.diff(j, prepend=-1)), len(j))
    for start, end in zip(starts[:-1], starts[1:], strict=True):  # between two rows of nodes, which stay in the cache
        part = np.multiply(v[start:end], slopes[j[start]], out=expanded[start:end])
        part += rows[j[start]]
    return expanded
