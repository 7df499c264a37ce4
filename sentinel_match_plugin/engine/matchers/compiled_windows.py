"""Windows of one description looked for in another, as windows.py says, compiled for the processor.

Sums over a few dozen displacements, taken directly: gathering windows for batched FFTs took several times as long as
all of it. What the processor needs to be fed well: long loops (a window is laid out in lines as long as those of what
it is looked for in, zeros behind, so that all of its lines are one), and several displacements along both axes at once
(``TILE``), which share what is loaded.
"""

from __future__ import annotations

import numpy as np

from .compiled import ZERO, compiled

TILE = 3  # displacements along each axis whose sums the processor's registers hold
NEAR = 9  # displacements along an axis, around that of the peak, between which the correlation is interpolated


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
    places ``-steps / 2 - 1, ... steps / 2`` steps from it, a pixel having ``steps``, an even number.

    Into ``shift`` ``(N, 2)`` where each is best found, ``evidence`` ``(N, 2)`` where in the window what agrees lies,
    from its middle, both x, y, pixels; ``height`` ``(N,)`` of the peak, 0 where nothing was found; ``lead`` ``(N,)``
    over the best rival.
    """
    channels, side = reference.shape[0], weight.shape[0]
    looked = 2 * radius + 1
    summed = max(NEAR, -(-looked // TILE) * TILE)
    beyond = (summed - looked) // 2  # displacements before those looked at: what a peak in the middle is near to
    around = side + summed - 1
    window = np.zeros((channels, side + 2 * (TILE - 1), around), np.float32)
    valid = np.zeros((1, side + 2 * (TILE - 1), around), np.float32)
    search, square = np.empty((channels, around, around), np.float32), np.empty((1, around, around), np.float32)
    product, energy = np.empty((summed, summed), np.float32), np.empty((summed, summed), np.float32)
    surface = np.empty((looked, looked))
    fine, steps = np.empty((3, 3)), len(interpolation) - 2
    for point in range(len(corners)):
        height[point] = lead[point] = ZERO
        left, top = corners[point, 0] - side // 2, corners[point, 1] - side // 2
        _cut(reference, left, top, side, TILE - 1, window)
        left, top = left - radius - beyond, top - radius - beyond
        _cut(target, left, top, around, 0, search)
        _square(search, square)
        own, share = _weigh(window, weight, valid, square, radius + beyond)
        if share < least_share or own <= 0:
            continue
        _sums(window, search, side, summed, product)
        _sums(valid, square, side, summed, energy)
        row, column, best, rival = _highest(product, energy, beyond, own, rival_px, surface)
        if best <= 0 or not (0 < row < looked - 1 and 0 < column < looked - 1):
            continue
        x, y = _place(window, search, beyond + column, beyond + row, side)
        evidence[point, 0], evidence[point, 1] = x, y
        height[point], lead[point] = best, best - rival
        aside, down = vertex(surface, row, column)
        at_x, at_y = int(np.round((column + aside) * steps)), int(np.round((row + down) * steps))  # in steps
        whole_x, whole_y = (at_x + steps // 2) // steps, (at_y + steps // 2) // steps
        first_x, first_y = beyond + whole_x - NEAR // 2, beyond + whole_y - NEAR // 2
        if not (0 <= first_x <= summed - NEAR and 0 <= first_y <= summed - NEAR):
            _cut(target, left + first_x, top + first_y, around, 0, search)
            _square(search, square)
            _sums(window, search, side, NEAR, product)
            _sums(valid, square, side, NEAR, energy)
            first_x = first_y = 0
        for j in range(3):
            for i in range(3):
                by_x, by_y = at_x - steps * whole_x + steps // 2 + i, at_y - steps * whole_y + steps // 2 + j
                other = _between(energy, first_x, first_y, interpolation, by_x, by_y)
                numerator = _between(product, first_x, first_y, interpolation, by_x, by_y)
                fine[j, i] = numerator / np.sqrt(own * max(other, ZERO) + np.float32(1e-6))
        finer_x, finer_y = vertex(fine, 1, 1)
        shift[point, 0], shift[point, 1] = (at_x + finer_x) / steps - radius, (at_y + finer_y) / steps - radius


@compiled
def _cut(image: np.ndarray, left: int, top: int, side: int, above: int, square: np.ndarray) -> None:
    """The square of ``image`` with ``side`` pixels whose upper left one is given, 0 outside of the image, into the
    first columns of ``square``, ``above`` lines from its top.
    """
    channels, rows, columns = image.shape
    first = min(max(-left, 0), side)
    count = max(min(columns - left, side) - first, 0)
    for channel in range(channels):
        for y in range(side):
            line = square[channel, above + y]
            if first > 0 or count < side or not 0 <= top + y < rows:
                for x in range(side):
                    line[x] = ZERO
            if 0 <= top + y < rows:
                inside, under = line[first:], image[channel, top + y, left + first :]
                for x in range(count):
                    inside[x] = under[x]


@compiled
def _square(search: np.ndarray, square: np.ndarray) -> None:
    """The sum of squares over the channels of ``(channels, n, n)``, into ``(1, n, n)``."""
    square[:] = ZERO
    for channel in range(search.shape[0]):
        for y in range(search.shape[1]):
            for x in range(search.shape[2]):
                square[0, y, x] += search[channel, y, x] * search[channel, y, x]


@compiled
def _weigh(
    window: np.ndarray, weight: np.ndarray, valid: np.ndarray, square: np.ndarray, margin: int
) -> tuple[float, float]:
    """Multiply a window by its weight, and say where it is valid (any channel not 0), weighted too; the window's
    energy, and the share of the weight that is valid in it and, ``margin`` pixels further, in the search area, which
    has squares ``square``.
    """
    energy = share = total = ZERO
    channels, side = window.shape[0], weight.shape[0]
    own = np.empty(side, np.float32)
    for y in range(side):
        for x in range(side):
            own[x] = ZERO
        for channel in range(channels):
            for x in range(side):
                value = window[channel, TILE - 1 + y, x]
                own[x] += value * value
                window[channel, TILE - 1 + y, x] = value * weight[y, x]
        for x in range(side):
            valid[0, TILE - 1 + y, x] = weight[y, x] if own[x] > 0 else ZERO
            energy += weight[y, x] * own[x]
            total += weight[y, x]
            share += valid[0, TILE - 1 + y, x] if square[0, margin + y, margin + x] > 0 else ZERO
    return energy, share / total


@compiled
def _highest(
    product: np.ndarray, energy: np.ndarray, beyond: int, own: float, rival_px: int, surface: np.ndarray
) -> tuple[int, int, float, float]:
    """The correlation ``surface``, float64, of sums from ``beyond`` on, and of it the row, column and height of the
    peak, and the best rival.
    """
    side = len(surface)
    row, column = 0, 0
    for y in range(side):
        for x in range(side):
            other = max(energy[beyond + y, beyond + x], ZERO)
            surface[y, x] = product[beyond + y, beyond + x] / np.sqrt(own * other + np.float32(1e-6))
            if surface[y, x] > surface[row, column]:
                row, column = y, x
    rival = 0.0
    for y in range(side):
        for x in range(side):
            if (abs(y - row) >= rival_px or abs(x - column) >= rival_px) and surface[y, x] > rival:
                rival = surface[y, x]
    return row, column, surface[row, column], rival


@compiled
def _sums(window: np.ndarray, search: np.ndarray, side: int, count: int, sums: np.ndarray) -> None:
    """``sums[j, i]``, ``j`` and ``i`` below ``count``, a multiple of ``TILE``: of the window times what lies under it,
    its upper left at ``i, j`` of ``search`` ``(channels, around, around)``.

    ``window`` ``(channels, side + 2 * (TILE - 1), around)``: the first ``side`` columns, with lines of zeros above and
    below.
    """
    channels, _, around = search.shape
    length = (side + TILE - 2) * around + side  # to the last pixel under the lowest window of a tile
    flat, under = window.reshape(channels, -1), search.reshape(channels, -1)
    for j in range(0, count, TILE):
        for i in range(0, count, TILE):
            a = b = c = d = e = f = g = h = k = ZERO
            for channel in range(channels):
                lowest, middle, upper = flat[channel], flat[channel, around:], flat[channel, 2 * around :]
                here = under[channel, j * around + i :]
                for x in range(length):
                    a += upper[x] * here[x]
                    b += upper[x] * here[x + 1]
                    c += upper[x] * here[x + 2]
                    d += middle[x] * here[x]
                    e += middle[x] * here[x + 1]
                    f += middle[x] * here[x + 2]
                    g += lowest[x] * here[x]
                    h += lowest[x] * here[x + 1]
                    k += lowest[x] * here[x + 2]
            sums[j, i], sums[j, i + 1], sums[j, i + 2] = a, b, c
            sums[j + 1, i], sums[j + 1, i + 1], sums[j + 1, i + 2] = d, e, f
            sums[j + 2, i], sums[j + 2, i + 1], sums[j + 2, i + 2] = g, h, k


@compiled
def _between(values: np.ndarray, left: int, top: int, interpolation: np.ndarray, x: int, y: int) -> float:
    """``NEAR`` by ``NEAR`` of ``values``, from ``left, top`` on, at a place between them, given by its rows of
    ``interpolation``.
    """
    total = 0.0
    for j in range(NEAR):
        line = 0.0
        for i in range(NEAR):
            line += interpolation[x, i] * values[top + j, left + i]
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
def _place(window: np.ndarray, search: np.ndarray, left: int, top: int, side: int) -> tuple[float, float]:
    """Where in the weighted window lies what agrees with its match: x, y from its middle."""
    channels = window.shape[0]
    total = x_sum = y_sum = 0.0
    agreeing = np.empty(side, np.float32)
    for y in range(side):
        for x in range(side):
            agreeing[x] = ZERO
        for channel in range(channels):
            for x in range(side):
                agreeing[x] += window[channel, TILE - 1 + y, x] * search[channel, top + y, left + x]
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
