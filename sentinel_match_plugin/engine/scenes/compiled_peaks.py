"""The two passes over spectra and over shifts that a pair takes, compiled: no arrays between their steps."""

from __future__ import annotations

import numpy as np

from ..matchers.compiled import compiled


@compiled
def agreement(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The sum over channels of ``conj(first) second``, complex64 ``(channels, h, w)`` each -> ``(h, w)``."""
    channels, height, width = first.shape
    total = np.empty((height, width), np.complex64)
    for y in range(height):
        for x in range(width):
            total[y, x] = np.conj(first[0, y, x]) * second[0, y, x]
        for c in range(1, channels):
            for x in range(width):
                total[y, x] += np.conj(first[c, y, x]) * second[c, y, x]
    return total


@compiled
def highest(
    product: np.ndarray,
    norm: np.ndarray,
    shown_down: np.ndarray,
    shown_across: np.ndarray,
    least_shown: float,
    near_down: np.ndarray,
    near_across: np.ndarray,
    coarser: int,
    apart: int,
) -> tuple[int, int, float, float]:
    """The highest value of ``product * norm`` and its rival: ``(y, x, value, rival)``; y is -1 where there is none.

    ``product`` float32 ``(h, w)``, shifts that wrap around; ``norm`` the same on pixels ``coarser`` times as large, 0
    where too little is valid. Only shifts count that show ``least_shown`` pixels, ``shown_down`` ``(h,)`` times
    ``shown_across`` ``(w,)``; the highest is one of ``near_down`` ``(h,)`` and ``near_across`` ``(w,)``, bool. The
    rival, at least 0, is more than ``apart`` pixels away along an axis.
    """
    height, width = product.shape
    half = coarser // 2
    top, best_y, best_x = np.float32(0.0), -1, -1
    for y in range(height):
        if not near_down[y]:
            continue
        row = norm[((y + half) // coarser) % norm.shape[0]]
        for x in range(width):
            if near_across[x] and shown_down[y] * shown_across[x] >= least_shown:
                value = product[y, x] * row[((x + half) // coarser) % norm.shape[1]]
                if value > top:
                    top, best_y, best_x = value, y, x
    rival = np.float32(0.0)
    for y in range(height):
        row = norm[((y + half) // coarser) % norm.shape[0]]
        dy = abs(y - best_y)
        dy = min(dy, height - dy)
        for x in range(width):
            if shown_down[y] * shown_across[x] >= least_shown:
                value = product[y, x] * row[((x + half) // coarser) % norm.shape[1]]
                if value > rival:
                    dx = abs(x - best_x)
                    if dy > apart or min(dx, width - dx) > apart:
                        rival = value
    return best_y, best_x, float(top), float(rival)
