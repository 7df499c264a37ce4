"""Windows of one description looked for in another, as correlation.py says, compiled for the processor.

Sums over a few dozen displacements, taken directly: 64 of them in .05 ms for five channels of 64 x 64 px on one core (a
Zen 4 shared with other work); gathering windows for batched FFTs took several times as long as all of it.
"""

from __future__ import annotations

import numpy as np

from .compiled import ZERO, compiled

AT_ONCE = 8  # displacements along x whose sums the processor's registers hold
BEFORE = 3  # of the displacements between which the correlation is interpolated, those before the place asked for
BEYOND = 4  # displacements beyond the search that this needs at its edge


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
    ``interpolation`` ``(steps + 2, AT_ONCE)``: the weights of the values ``BEFORE`` before to 4 after a whole
    displacement, for the places ``-1, 0, ... steps`` steps from it, a pixel having ``steps``.

    Into ``shift`` ``(N, 2)`` where each is best found, ``evidence`` ``(N, 2)`` where in the window what agrees lies,
    from its middle, both x, y, pixels; ``height`` ``(N,)`` of the peak, 0 where nothing was found; ``lead`` ``(N,)``
    over the best rival.
    """
    channels, side = reference.shape[0], weight.shape[0]
    looked = 2 * radius + 1
    columns = -(-looked // AT_ONCE) * AT_ONCE
    margin = max(radius + BEYOND, columns - radius)
    around = side + 2 * margin
    window = np.empty((channels, side, side), np.float32)
    search = np.empty((channels, around, around), np.float32)
    valid, square = np.empty((1, side, side), np.float32), np.empty((1, around, around), np.float32)
    product, energy = np.empty((looked, columns), np.float32), np.empty((looked, columns), np.float32)
    near_product, near_energy = np.empty((AT_ONCE, AT_ONCE), np.float32), np.empty((AT_ONCE, AT_ONCE), np.float32)
    surface = np.empty((looked, looked), np.float32)
    fine, steps = np.empty((3, 3)), len(interpolation) - 2
    for point in range(len(corners)):
        height[point] = lead[point] = ZERO
        left, top = corners[point, 0] - side // 2, corners[point, 1] - side // 2
        _cut(reference, left, top, window)
        _cut(target, left - margin, top - margin, search)
        own = _weigh(window, weight, valid)
        _squares(search, square)
        share = ZERO
        for y in range(side):
            for x in range(side):
                if square[0, margin + y, margin + x] > 0:
                    share += valid[0, y, x]
        if share < least_share * weight.sum() or own <= 0:
            continue
        _sums(window, search, margin - radius, margin - radius, product)
        _sums(valid, square, margin - radius, margin - radius, energy)
        row, column = 0, 0
        for y in range(looked):
            for x in range(looked):
                surface[y, x] = product[y, x] / np.sqrt(own * max(energy[y, x], ZERO) + np.float32(1e-6))
                if surface[y, x] > surface[row, column]:
                    row, column = y, x
        if surface[row, column] <= 0 or not (0 < row < looked - 1 and 0 < column < looked - 1):
            continue
        best = surface[row, column]
        rival = ZERO
        for y in range(looked):
            for x in range(looked):
                if (abs(y - row) >= rival_px or abs(x - column) >= rival_px) and surface[y, x] > rival:
                    rival = surface[y, x]
        aside, down = vertex(surface[row - 1 : row + 2, column - 1 : column + 2])
        at_x, at_y = int(np.round((column + aside) * steps)), int(np.round((row + down) * steps))  # in steps
        first_x, first_y = at_x // steps, at_y // steps
        left, top = margin - radius + first_x - BEFORE, margin - radius + first_y - BEFORE
        _sums(window, search, left, top, near_product)
        _sums(valid, square, left, top, near_energy)
        for j in range(3):
            for i in range(3):
                by_x, by_y = interpolation[at_x - steps * first_x + i], interpolation[at_y - steps * first_y + j]
                other = _between(near_energy, by_x, by_y)
                fine[j, i] = _between(near_product, by_x, by_y) / np.sqrt(own * max(other, ZERO) + np.float32(1e-6))
        finer_x, finer_y = vertex(fine)
        shift[point, 0], shift[point, 1] = (at_x + finer_x) / steps - radius, (at_y + finer_y) / steps - radius
        _place(window, search, margin - radius + column, margin - radius + row, evidence[point])
        height[point], lead[point] = best, best - rival


@compiled
def _cut(image: np.ndarray, left: int, top: int, square: np.ndarray) -> None:
    """The square of ``image`` whose upper left pixel is given; 0 outside."""
    _, rows, columns = image.shape
    side = square.shape[1]
    first, last = min(max(-left, 0), side), max(min(columns - left, side), 0)
    for channel in range(len(image)):
        for y in range(side):
            line = square[channel, y]
            if top + y < 0 or top + y >= rows or first >= last:
                line[:] = ZERO
                continue
            line[:first] = ZERO
            line[last:] = ZERO
            line[first:last] = image[channel, top + y, left + first : left + last]


@compiled
def _weigh(window: np.ndarray, weight: np.ndarray, valid: np.ndarray) -> float:
    """Multiply a window by its weight, and say where it is valid (any channel not 0), weighted too; its energy."""
    energy = ZERO
    side = len(weight)
    for y in range(side):
        for x in range(side):
            square = ZERO
            for channel in range(len(window)):
                value = window[channel, y, x]
                square += value * value
                window[channel, y, x] = value * weight[y, x]
            valid[0, y, x] = weight[y, x] if square > 0 else ZERO
            energy += weight[y, x] * square
    return energy


@compiled
def _squares(search: np.ndarray, square: np.ndarray) -> None:
    """The sum of squares over channels."""
    square[:] = ZERO
    for channel in range(len(search)):
        for y in range(search.shape[1]):
            line, values = square[0, y], search[channel, y]
            for x in range(len(line)):
                line[x] += values[x] * values[x]


@compiled
def _sums(window: np.ndarray, search: np.ndarray, left: int, top: int, sums: np.ndarray) -> None:
    """``sums[j, i]``: of the window times what lies under it, its upper left at ``left + i, top + j`` of ``search``."""
    channels, side, _ = window.shape
    for j in range(sums.shape[0]):
        for i in range(0, sums.shape[1], AT_ONCE):
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


@compiled
def _between(values: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
    """``values`` ``(AT_ONCE, AT_ONCE)`` at a place between them, given the weights of columns and rows."""
    total = 0.0
    for j in range(AT_ONCE):
        line = 0.0
        for i in range(AT_ONCE):
            line += x[i] * values[j, i]
        total += y[j] * line
    return total


@compiled
def vertex(around: np.ndarray) -> tuple[float, float]:
    """The vertex x, y, in steps from the middle, of the paraboloid fitted to ``around`` ``(3, 3)``; at most 1."""
    slope_x = slope_y = bend_x = bend_y = 0.0
    for k in range(3):
        slope_x += (around[k, 2] - around[k, 0]) / 6
        slope_y += (around[2, k] - around[0, k]) / 6
        bend_x += (around[k, 0] + around[k, 2] - 2 * around[k, 1]) / 3
        bend_y += (around[0, k] + around[2, k] - 2 * around[1, k]) / 3
    twist = (around[0, 0] + around[2, 2] - around[0, 2] - around[2, 0]) / 4
    determinant = bend_x * bend_y - twist * twist
    if determinant <= 0 or bend_x >= 0:
        return 0.0, 0.0
    x, y = (twist * slope_y - bend_y * slope_x) / determinant, (twist * slope_x - bend_x * slope_y) / determinant
    return min(max(x, -1.0), 1.0), min(max(y, -1.0), 1.0)


@compiled
def _place(window: np.ndarray, search: np.ndarray, left: int, top: int, place: np.ndarray) -> None:
    """Where in the weighted window lies what agrees with its match: x, y from its middle."""
    channels, side, _ = window.shape
    total = x_sum = y_sum = 0.0
    for y in range(side):
        for x in range(side):
            agreeing = ZERO
            for channel in range(channels):
                agreeing += window[channel, y, x] * search[channel, top + y, left + x]
            agreeing = max(agreeing, ZERO)
            total += agreeing
            x_sum += agreeing * x
            y_sum += agreeing * y
    middle = (side - 1) / 2
    place[0], place[1] = x_sum / (total + 1e-6) - middle, y_sum / (total + 1e-6) - middle
