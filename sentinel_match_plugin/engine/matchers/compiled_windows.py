"""Windows of one description looked for in another, as windows.py says, compiled for the processor.

Sums over a few dozen displacements, taken directly: 64 of them in .05 ms for five channels of 64 x 64 px on one core (a
Zen 4 shared with other work); gathering windows for batched FFTs took several times as long as all of it.
"""

from __future__ import annotations

import numpy as np

from .compiled import ZERO, compiled

AT_ONCE, HALF_AT_ONCE = 8, 4  # displacements along x whose sums the processor's registers hold
NEAR = 9  # displacements along an axis, around that before a place, between which the correlation is interpolated
NEAR_COLUMNS = 12  # as many as are summed at once
BEYOND = 7  # displacements beyond the search that these need at its edge


@compiled
def find(
    reference: np.ndarray,
    target: np.ndarray,
    corners: np.ndarray,
    weight: np.ndarray,
    radius: int,
    rival_px: int,
    least_share: float,
    interpolation: np.ndarray,
    shift: np.ndarray,
    evidence: np.ndarray,
    height: np.ndarray,
    lead: np.ndarray,
) -> None:
    """Look for the weighted surroundings of ``corners`` of ``reference`` in ``target``.

    ``reference``, ``target`` float32 ``(channels, height, width)``; ``corners`` int ``(N, 2)``: the pixel corner x, y
    that each window is centred on; ``weight`` float32 ``(side, side)`` of the window's pixels; ``radius`` to look to
    each side; a rival is a value at least ``rival_px`` away; ``least_share`` of the weight must be valid;
    ``interpolation`` ``(steps + 2, NEAR)``: the weights of the values 4 before to 4 after a whole displacement, for the
    places ``-1, 0, ... steps`` steps from it, a pixel having ``steps``.

    Into ``shift`` ``(N, 2)`` where each is best found, ``evidence`` ``(N, 2)`` where in the window what agrees lies,
    from its middle, both x, y, pixels; ``height`` ``(N,)`` of the peak, 0 where nothing was found; ``lead`` ``(N,)``
    over the best rival.
    """
    channels, side = reference.shape[0], weight.shape[0]
    looked = 2 * radius + 1
    columns = -(-looked // HALF_AT_ONCE) * HALF_AT_ONCE
    margin = max(radius + BEYOND, columns - radius)
    around = side + 2 * margin
    window = np.empty((channels, side, side), np.float32)
    search = np.empty((channels, around, around), np.float32)
    valid, square = np.empty((1, side, side), np.float32), np.empty((1, around, around), np.float32)
    product, energy = np.empty((looked, columns), np.float32), np.empty((looked, columns), np.float32)
    near_product, near_energy = np.empty((NEAR, NEAR_COLUMNS), np.float32), np.empty((NEAR, NEAR_COLUMNS), np.float32)
    surface = np.empty((looked, looked))
    fine, steps = np.empty((3, 3)), len(interpolation) - 2
    for point in range(len(corners)):
        height[point] = lead[point] = ZERO
        left, top = corners[point, 0] - side // 2, corners[point, 1] - side // 2
        _cut(reference, left, top, window)
        _cut(target, left - margin, top - margin, search)
        own, share = _weigh(window, weight, valid, search, square)
        if share < least_share or own <= 0:
            continue
        _correlate(window, search, valid, square, margin - radius, margin - radius, product, energy)
        row, column, best, rival = _highest(product, energy, own, rival_px, surface)
        if best <= 0 or not (0 < row < looked - 1 and 0 < column < looked - 1):
            continue
        aside, down = vertex(surface, row, column)
        at_x, at_y = int(np.round((column + aside) * steps)), int(np.round((row + down) * steps))  # in steps
        first_x, first_y = at_x // steps, at_y // steps
        left, top = margin - radius + first_x - NEAR // 2, margin - radius + first_y - NEAR // 2
        _correlate(window, search, valid, square, left, top, near_product, near_energy)
        for j in range(3):
            for i in range(3):
                by_x, by_y = at_x - steps * first_x + i, at_y - steps * first_y + j
                other = _between(near_energy, interpolation, by_x, by_y)
                numerator = _between(near_product, interpolation, by_x, by_y)
                fine[j, i] = numerator / np.sqrt(own * max(other, ZERO) + np.float32(1e-6))
        finer_x, finer_y = vertex(fine, 1, 1)
        shift[point, 0], shift[point, 1] = (at_x + finer_x) / steps - radius, (at_y + finer_y) / steps - radius
        x, y = _place(window, search, margin - radius + column, margin - radius + row)
        evidence[point, 0], evidence[point, 1] = x, y
        height[point], lead[point] = best, best - rival


@compiled
def _cut(image: np.ndarray, left: int, top: int, square: np.ndarray) -> None:
    """The square of ``image`` whose upper left pixel is given; 0 outside. (Slices would take seconds to compile.)"""
    channels, rows, columns = image.shape
    side = square.shape[1]
    for channel in range(channels):
        for y in range(side):
            if 0 <= top + y < rows:
                for x in range(side):
                    inside = 0 <= left + x < columns
                    square[channel, y, x] = image[channel, top + y, left + x if inside else 0] if inside else ZERO
            else:
                for x in range(side):
                    square[channel, y, x] = ZERO


@compiled
def _weigh(
    window: np.ndarray, weight: np.ndarray, valid: np.ndarray, search: np.ndarray, square: np.ndarray
) -> tuple[float, float]:
    """Multiply a window by its weight, say where it is valid (any channel not 0), weighted too, and sum the squares of
    the search area over its channels; the window's energy, and the share of the weight that is valid in both.
    """
    energy = share = total = ZERO
    channels, side, _ = window.shape
    square[:] = ZERO
    for channel in range(channels):
        for y in range(search.shape[1]):
            for x in range(search.shape[2]):
                square[0, y, x] += search[channel, y, x] * search[channel, y, x]
    margin = (search.shape[1] - side) // 2
    own = np.empty(side, np.float32)
    for y in range(side):
        for x in range(side):
            own[x] = ZERO
        for channel in range(channels):
            for x in range(side):
                value = window[channel, y, x]
                own[x] += value * value
                window[channel, y, x] = value * weight[y, x]
        for x in range(side):
            valid[0, y, x] = weight[y, x] if own[x] > 0 else ZERO
            energy += weight[y, x] * own[x]
            total += weight[y, x]
            share += valid[0, y, x] if square[0, margin + y, margin + x] > 0 else ZERO
    return energy, share / total


@compiled
def _correlate(
    window: np.ndarray,
    search: np.ndarray,
    valid: np.ndarray,
    square: np.ndarray,
    left: int,
    top: int,
    product: np.ndarray,
    energy: np.ndarray,
) -> None:
    """What the correlation at displacements from ``left, top`` on is made of."""
    _sums(window, search, left, top, product)
    _sums(valid, square, left, top, energy)


@compiled
def _highest(
    product: np.ndarray, energy: np.ndarray, own: float, rival_px: int, surface: np.ndarray
) -> tuple[int, int, float, float]:
    """The correlation ``surface``, float64, and of it the row, column and height of the peak, and the best rival."""
    side = len(surface)
    row, column = 0, 0
    for y in range(side):
        for x in range(side):
            surface[y, x] = product[y, x] / np.sqrt(own * max(energy[y, x], ZERO) + np.float32(1e-6))
            if surface[y, x] > surface[row, column]:
                row, column = y, x
    rival = 0.0
    for y in range(side):
        for x in range(side):
            if (abs(y - row) >= rival_px or abs(x - column) >= rival_px) and surface[y, x] > rival:
                rival = surface[y, x]
    return row, column, surface[row, column], rival


@compiled
def _sums(window: np.ndarray, search: np.ndarray, left: int, top: int, sums: np.ndarray) -> None:
    """``sums[j, i]``: of the window times what lies under it, its upper left at ``left + i, top + j`` of ``search``.

    A multiple of ``HALF_AT_ONCE`` columns.
    """
    channels, side, _ = window.shape
    for j in range(sums.shape[0]):
        for i in range(0, sums.shape[1] - AT_ONCE + 1, AT_ONCE):
            a = b = c = d = e = f = g = h = ZERO
            for channel in range(channels):
                for y in range(side):
                    line, under = window[channel, y], search[channel, top + j + y, left + i :]
                    for x in range(side):
                        value = line[x]
                        a += value * under[x]
                        b += value * under[x + 1]
                        c += value * under[x + 2]
                        d += value * under[x + 3]
                        e += value * under[x + 4]
                        f += value * under[x + 5]
                        g += value * under[x + 6]
                        h += value * under[x + 7]
            sums[j, i], sums[j, i + 1], sums[j, i + 2], sums[j, i + 3] = a, b, c, d
            sums[j, i + 4], sums[j, i + 5], sums[j, i + 6], sums[j, i + 7] = e, f, g, h
        if sums.shape[1] % AT_ONCE:
            i = sums.shape[1] - HALF_AT_ONCE
            a = b = c = d = ZERO
            for channel in range(channels):
                for y in range(side):
                    line, under = window[channel, y], search[channel, top + j + y, left + i :]
                    for x in range(side):
                        value = line[x]
                        a += value * under[x]
                        b += value * under[x + 1]
                        c += value * under[x + 2]
                        d += value * under[x + 3]
            sums[j, i], sums[j, i + 1], sums[j, i + 2], sums[j, i + 3] = a, b, c, d


@compiled
def _between(values: np.ndarray, interpolation: np.ndarray, x: int, y: int) -> float:
    """``values`` ``(NEAR, NEAR_COLUMNS)`` at a place between them, given by its rows of ``interpolation``."""
    total = 0.0
    for j in range(NEAR):
        line = 0.0
        for i in range(NEAR):
            line += interpolation[x, i] * values[j, i]
        total += interpolation[y, j] * line
    return total


@compiled
def vertex(surface: np.ndarray, row: int, column: int) -> tuple[float, float]:
    """The vertex x, y of the paraboloid fitted to the 3 x 3 values around a place, from it; at most 1."""
    slope_x = slope_y = bend_x = bend_y = 0.0
    for k in range(-1, 2):
        before, middle, after = surface[row + k, column - 1], surface[row + k, column], surface[row + k, column + 1]
        slope_x += (after - before) / 6
        bend_x += (before + after - 2 * middle) / 3
        above, middle, below = surface[row - 1, column + k], surface[row, column + k], surface[row + 1, column + k]
        slope_y += (below - above) / 6
        bend_y += (above + below - 2 * middle) / 3
    falling = surface[row - 1, column - 1] + surface[row + 1, column + 1]
    twist = (falling - surface[row - 1, column + 1] - surface[row + 1, column - 1]) / 4
    determinant = bend_x * bend_y - twist * twist
    if determinant <= 0 or bend_x >= 0:
        return 0.0, 0.0
    x, y = (twist * slope_y - bend_y * slope_x) / determinant, (twist * slope_x - bend_x * slope_y) / determinant
    return min(max(x, -1.0), 1.0), min(max(y, -1.0), 1.0)


@compiled
def _place(window: np.ndarray, search: np.ndarray, left: int, top: int) -> tuple[float, float]:
    """Where in the weighted window lies what agrees with its match: x, y from its middle."""
    channels, side, _ = window.shape
    total = x_sum = y_sum = 0.0
    agreeing = np.empty(side, np.float32)
    for y in range(side):
        for x in range(side):
            agreeing[x] = ZERO
        for channel in range(channels):
            for x in range(side):
                agreeing[x] += window[channel, y, x] * search[channel, top + y, left + x]
        line = moment = ZERO
        for x in range(side):
            value = max(agreeing[x], ZERO)
            line += value
            moment += value * np.float32(x)
        total += line
        x_sum += moment
        y_sum += line * y
    middle = (side - 1) / 2
    return x_sum / (total + 1e-6) - middle, y_sum / (total + 1e-6) - middle
