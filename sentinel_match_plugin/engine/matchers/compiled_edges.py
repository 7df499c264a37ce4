"""The edges of an image, smoothed and pooled as structure.py says, compiled for the processor: in one pass, row by row,
so that what lies between stays in its cache.

On one core .018 s/Mpx, where the same steps one after another took .112 (a Zen 4 shared with other work). Constants are
given, not imported: numba's cache would not notice that they have changed.
"""

from __future__ import annotations

import numpy as np

from .compiled import ZERO, compiled

TAPS = 11  # of the filters that smooth and derive, centred on a pixel; known here, so that loops over them unroll
POOLING_TAPS = 7  # half pixels
PAD = 2  # pixels on both sides of a row that is pooled
RING = 8  # rows of half pixels that are kept, at least as many as are pooled


@compiled
def gradients(band: np.ndarray, smooth: np.ndarray, slope: np.ndarray, out: np.ndarray) -> None:
    """The gradient of ``band`` at its pixels, into ``out`` ``(2, height, width)``: x, y.

    ``band`` float32 ``(TAPS // 2 + height + TAPS // 2, width)``, the image with rows above and below it.

    ``smooth``, ``slope`` float32 ``(2, TAPS)``: what smooths along one axis and what derives, at a pixel and halfway to
    the next one. The ends of rows are replicated.
    """
    _, height, width = out.shape
    smoothed, derived = np.empty(width + TAPS - 1, np.float32), np.empty(width + TAPS - 1, np.float32)
    for y in range(height):
        _down(band, y, smooth[0], slope[0], smoothed, derived)
        _across(smoothed, derived, smooth[0], slope[0], np.float32(1), out[0, y], out[1, y])


@compiled
def edges(
    bands: np.ndarray,
    sure: np.ndarray,
    weights: np.ndarray,
    smooth: np.ndarray,
    slope: np.ndarray,
    pooling: np.ndarray,
    harmonic: float,
    rounding: float,
    out: np.ndarray,
) -> None:
    """What the gradients of ``bands`` (each as for ``gradients``) come to at each pixel, into ``out`` ``(5, height,
    width)``: the magnitude times ``cos 2t, sin 2t, cos 4t, sin 4t, 1``, the second pair times ``harmonic``.

    Taken on twice the pixels each way, at each from the band where it is greatest when multiplied by its weight
    float32 ``(bands,)``; from other bands than the first only where they are as ``sure`` ``(bands, height, width)``.
    Then smoothed with ``pooling`` ``(POOLING_TAPS,)`` and seen at every second of the half pixels. ``smooth`` and
    ``slope`` as for ``gradients``; ``rounding`` is taken off the magnitude.
    """
    count, height, width = sure.shape
    smoothed, derived = np.empty(width + TAPS - 1, np.float32), np.empty(width + TAPS - 1, np.float32)
    best, here = np.empty((2, 2, width), np.float32), np.empty((2, width), np.float32)
    halves = np.empty((2, 5, width + 2 * PAD), np.float32)  # pixels, and halfway to the next one
    ring = np.empty((RING, 5, width), np.float32)
    for row in range(2 * height):
        y, below = row // 2, row % 2
        for band in range(count):
            _down(bands[band], y, smooth[below], slope[below], smoothed, derived)
            for beside in range(2):
                gradient = here if band else best[beside]
                _across(smoothed, derived, smooth[beside], slope[beside], weights[band], gradient[0], gradient[1])
                if band:
                    _take_greater(best[beside], here, sure[0, y], sure[band, y])
        for beside in range(2):
            _orientations(best[beside], np.float32(harmonic), np.float32(rounding), halves[beside])
        _pool_across(halves, pooling, ring[row % RING])
        if row % 2 and row > 2:
            _pool_down(ring, pooling, row // 2 - 1, out)
    _pool_down(ring, pooling, height - 1, out)


@compiled
def settle(
    channels: np.ndarray, around: np.ndarray, sure: np.ndarray, flat: float, no_edge: float, magnitude: float
) -> None:
    """Make of pooled edges ``(5, height, width)`` what windows are compared by: orientations in units of their length
    plus ``flat``; strength against its surroundings ``around`` ``(height, width)``, from -1 to 2, times ``magnitude``;
    both 0 where not ``sure`` ``(height, width)``.
    """
    height, width = around.shape
    least, floor, factor = np.float32(flat), np.float32(no_edge), np.float32(magnitude)
    for y in range(height):
        a, b, c, d, strength = channels[0, y], channels[1, y], channels[2, y], channels[3, y], channels[4, y]
        mean, kept = around[y], sure[y]
        for x in range(width):
            scale = kept[x] / (np.sqrt(a[x] * a[x] + b[x] * b[x] + c[x] * c[x] + d[x] * d[x]) + least)
            a[x] *= scale
            b[x] *= scale
            c[x] *= scale
            d[x] *= scale
            above = (strength[x] - mean[x]) / (mean[x] + floor)
            strength[x] = kept[x] * factor * min(max(above, np.float32(-1)), np.float32(2))


@compiled
def _down(
    band: np.ndarray, y: int, smooth: np.ndarray, slope: np.ndarray, smoothed: np.ndarray, derived: np.ndarray
) -> None:
    """Row ``y`` of a band, before which there are ``TAPS // 2`` others, smoothed and derived along y."""
    width = band.shape[1]
    reach = TAPS // 2
    rows = band[y : y + TAPS]
    for x in range(width):
        with_smooth = with_slope = ZERO
        for k in range(TAPS):
            with_smooth += smooth[k] * rows[k, x]
            with_slope += slope[k] * rows[k, x]
        smoothed[x + reach], derived[x + reach] = with_smooth, with_slope
    last = reach + width - 1
    for x in range(reach):
        smoothed[x], derived[x] = smoothed[reach], derived[reach]
        smoothed[last + 1 + x], derived[last + 1 + x] = smoothed[last], derived[last]


@compiled
def _across(
    smoothed: np.ndarray,
    derived: np.ndarray,
    smooth: np.ndarray,
    slope: np.ndarray,
    weight: np.float32,
    along_x: np.ndarray,
    along_y: np.ndarray,
) -> None:
    """What is smoothed along y, derived along x, and the other way round; times ``weight``."""
    for x in range(len(along_x)):
        by_x = by_y = ZERO
        for k in range(TAPS):
            by_x += slope[k] * smoothed[x + k]
            by_y += smooth[k] * derived[x + k]
        along_x[x], along_y[x] = weight * by_x, weight * by_y


@compiled
def _take_greater(best: np.ndarray, here: np.ndarray, sure_first: np.ndarray, sure_here: np.ndarray) -> None:
    for x in range(best.shape[1]):
        greater = here[0, x] * here[0, x] + here[1, x] * here[1, x] > best[0, x] * best[0, x] + best[1, x] * best[1, x]
        taken = greater and sure_here[x] >= sure_first[x]
        best[0, x] = here[0, x] if taken else best[0, x]
        best[1, x] = here[1, x] if taken else best[1, x]


@compiled
def _orientations(gradient: np.ndarray, harmonic: np.float32, rounding: np.float32, channels: np.ndarray) -> None:
    """Of a row of gradients ``(2, width)``, into ``channels`` ``(5, PAD + width + PAD)``."""
    for x in range(gradient.shape[1]):
        gx, gy = gradient[0, x], gradient[1, x]
        square = gx * gx + gy * gy
        magnitude = max(np.sqrt(square) - rounding, ZERO)
        reciprocal = np.float32(1) / (square + np.float32(1e-12))
        cos2, sin2 = (gx * gx - gy * gy) * reciprocal, np.float32(2) * gx * gy * reciprocal
        second = harmonic * magnitude
        channels[0, x + PAD] = magnitude * cos2
        channels[1, x + PAD] = magnitude * sin2
        channels[2, x + PAD] = second * (cos2 * cos2 - sin2 * sin2)
        channels[3, x + PAD] = second * np.float32(2) * cos2 * sin2
        channels[4, x + PAD] = magnitude


@compiled
def _pool_across(halves: np.ndarray, taps: np.ndarray, pooled: np.ndarray) -> None:
    """A row of half pixels ``(2, 5, PAD + width + PAD)`` smoothed and seen at its pixels, its ends replicated."""
    width = pooled.shape[1]
    for channel in range(5):
        at, beside, row = halves[0, channel], halves[1, channel], pooled[channel]
        first, last = at[PAD], beside[PAD + width - 1]
        for x in range(PAD):
            at[x] = beside[x] = first
            at[PAD + width + x] = beside[PAD + width + x] = last
        for x in range(width):
            row[x] = (
                taps[0] * beside[x]
                + taps[1] * at[x + 1]
                + taps[2] * beside[x + 1]
                + taps[3] * at[x + 2]
                + taps[4] * beside[x + 2]
                + taps[5] * at[x + 3]
                + taps[6] * beside[x + 3]
            )


@compiled
def _pool_down(ring: np.ndarray, taps: np.ndarray, y: int, out: np.ndarray) -> None:
    """Row ``y`` of ``out`` ``(5, height, width)``, of the rows of half pixels around it, the last ``RING`` of which are
    in ``ring``; the first and last ones are replicated.
    """
    last = 2 * out.shape[1] - 1
    a, b, c = _in_ring(ring, 2 * y - 3, last), _in_ring(ring, 2 * y - 2, last), _in_ring(ring, 2 * y - 1, last)
    d = _in_ring(ring, 2 * y, last)
    e, f, g = _in_ring(ring, 2 * y + 1, last), _in_ring(ring, 2 * y + 2, last), _in_ring(ring, 2 * y + 3, last)
    for channel in range(5):
        row = out[channel, y]
        for x in range(len(row)):
            row[x] = (
                taps[0] * a[channel, x]
                + taps[1] * b[channel, x]
                + taps[2] * c[channel, x]
                + taps[3] * d[channel, x]
                + taps[4] * e[channel, x]
                + taps[5] * f[channel, x]
                + taps[6] * g[channel, x]
            )


@compiled
def _in_ring(ring: np.ndarray, row: int, last: int) -> np.ndarray:
    return ring[min(max(row, 0), last) % RING]
