"""Matcher ``structure``: orientated-gradient channels, correlated densely. Guided; needs no weights.

What survives from snow to summer is where the edges run, not how bright either side is: field bounds, forest edges,
rivers and roads keep their course while their contrast fades, saturates or flips. So each pixel is described by the
*orientation* of its gradient, in the double-angle form ``m cos 2t, m sin 2t`` in which a flipped contrast gives the
same vector (Bigun & Granlund 1987, the structure tensor), its second harmonic ``cos 4t, sin 4t`` (sharper in angle:
it tells a crossing from a single edge) and the magnitude against its surroundings. These few numbers are the low
Fourier terms of the orientated channels of CFOG (Ye et al., "Fast and robust matching for multimodal remote sensing
image registration", IEEE TGRS 2019), at a third of the cost.

Ablation, 9 winter/summer pairs of the training places T36UUA, T36UUU, T36UVC, known shift, raw peaks of all grid
points within +-8 px (no filter at all), share within 1 px / 3 px:

======================================================  ===============
nine CFOG channels, 48 px Gaussian window                 .48 / .72
double angle alone                                        .48 / .72
 + second harmonic                                        .49 / .72
 + magnitude against its surroundings (weight 0.5)        .51 / .74
 + logarithm of the values first                          .54 / .76
 + gradients at sigma 0.4 instead of 0.7, pooled at 0.5   .61 / .76
======================================================  ===============

A window of 64 px, flatter (sigma 0.35 of its side), measured before the sharper gradients: .54 / .76 -> .70 / .88.

With that window, 9 winter/summer and 3 summer/summer pairs of the same places, again all grid points, within 1 px:

======================================================  ================  ================
                                                        winter to summer  summer to summer
gradients at sigma 0.4, on the image's own pixels         .73               .86
 + on pixels half the size, sigma 0.4                     .75               .88
 + sigma 0.3                                              .75               .89
======================================================  ================  ================

It also takes away the pull to whole pixels, see ``_twice_as_fine``. Tried on 7 and 2 of them and left: edges measured
against the median of pixels that have an edge (-.02, -.002), against a floor (0, 0), against their surroundings of 16
px (-.01, -.004), the square root of the magnitude (-.01, +.03).

Several bands where both images have them, red, green and blue: 6 winter/summer and 6 summer/summer pieces of the same
places, 5 pairs of carpathians from snow to leaf; window of 64 px, all grid points, within 1 px. Last column: the first
again, with blue replaced by noise.

==========================================================  ======  ======  ===========  =====
                                                            winter  summer  carpathians  noise
red alone                                                   .81     .88     .90          .81
three descriptions side by side, 3 times the cost           .83     .91     .94          .83
sum of structure tensors (Di Zenzo 1986), in typical edges  .83     .90     .95          .80
the strongest gradient at each pixel                        .84     .91     .95          .04
 + each band in units of its typical edge                   .84     .90     .96          .76
 + as far as it is more than noise (``_clearest``)          .85     .90     .96          .84
==========================================================  ======  ======  ===========  =====

The same end to end, defaults, displaced by a known shift or sine, red -> all three bands. 5 pairs of carpathians: error
of the inliers .26 -> .21 px, p1 .979 -> .997, both better in all 5. 6 pairs of two summers: error .21 -> .19 px, better
in all 6. 18 winter/summer pairs: scatter about their common offset .32 -> .26 px, better in 13, but error .36 -> .49:
from winter to summer the offset itself grows from red to blue, by .2 to .4 px along y at all three places. So it would
if shadows, which point north and are less dark in blue, drew the edges along; the truth was measured on red, to about
.2 px. In all 5 pairs of carpathians the offset is nearer to the truth with three bands than with red.
Red, NIR, green and blue of t33twl_l2a (August, clouds), all grid points: .56 -> .60, NIR alone .70; end to end, the one
pair of three that is found: p1 .998 -> .992. A match with three bands took 1.25 to 1.4 times as long,
before the loops were compiled.

On a processor the edges and the comparison of windows are compiled (compiled_edges.py, compiled_windows.py); elsewhere
torch does the same, which a test compares.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import cv2
import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor

from ..events import Events
from . import windows
from .base import Found, Patch
from .batches import turns
from .compiled import are_kept
from .compiled_edges import TAPS, edges, gradients, settle

# A sinc under a Hann window, at half a pixel; they add up to 1.
HALF_PIXEL_TAPS = (-0.003451, 0.03918, -0.146262, 0.610533, 0.610533, -0.146262, 0.03918, -0.003451)
GRADIENT_SIGMA_PX = 0.3  # smoothing before the gradient
POOLING_SIGMA_PX = 0.5  # smoothing of the channels: the slack that a bent edge gets
SURROUNDINGS_SIGMA_PX = 8.0
SECOND_HARMONIC = 0.7
MAGNITUDE = 0.5
DARKEST = 0.05  # added before the logarithm: noise in shadows is not to be blown up
NO_EDGE = 1e-3  # gradient of the logarithm per pixel, below which there is no edge at all
TINY = 1e-6
ROUNDING = 1e-5  # gradient that float32 makes of a constant
SAMPLED = 3  # every third pixel each way tells what a typical edge is
FLAT = 2.0  # edges this many times weaker than the median edge count for half
# How much of a gradient is left when it is averaged over cells tells ground from noise: of white noise (uniform, normal
# or exponential) .14 to .15, of the bands of training places, carpathians and t33twl_l2a .25 to .65.
CELL_PX = 5
NOISE_LEFT = 0.15


class StructureMatcher:
    """See the module's text. ``device`` is where the channels and correlations are computed; ``say`` is told what
    becomes of it where that has too little memory.
    """

    name = "structure"

    def __init__(self, device: torch.device | str = "cpu", say: Callable[[str], None] = lambda sentence: None) -> None:
        self._device, self._say = torch.device(device), say
        if self._device.type == "cpu" and not are_kept():
            say("The matcher's loops are compiled for this processor: some 10 seconds, this once.")
        self._turn = turns(self._device)

    def describe(self, patch: Patch) -> Tensor:
        """Five channels ``(5, height, width)``: orientation (2), its second harmonic (2), magnitude (1)."""
        values = torch.from_numpy(np.ascontiguousarray(patch.bands)).to(self._device)
        valid = torch.from_numpy(np.ascontiguousarray(patch.valid)).to(self._device)
        with self._turn:
            return describe(values, valid)

    def describe_whole(self, patch: Patch) -> Tensor:
        """The same."""
        return self.describe(patch)

    def quarter_turned(self, described: Tensor) -> Tensor:
        """What ``describe`` makes of the patch turned by ``np.rot90``: angles are less by 90 degrees there."""
        turned = torch.rot90(described, 1, (1, 2)).contiguous()
        turned[:2] *= -1
        return turned

    def find(self, reference: Tensor, target: Tensor, points: np.ndarray, window_px: int, radius_px: int) -> Found:
        """See ``GuidedMatcher.find``."""
        with self._turn:
            return windows.find(reference, target, points, window_px, radius_px, self._say)


def structure_matcher(device: torch.device, folder: str, seed: int, events: Events) -> StructureMatcher:
    return StructureMatcher(device, events.info)


def describe(values: Tensor, valid: Tensor) -> Tensor:
    """Orientation channels of ``values`` in 0..1, ``(height, width)`` or ``(bands, height, width)``, with their
    ``valid`` mask ``(height, width)`` -> ``(5, height, width)``, however many bands there are. Bands after the first
    may be NaN where they have no value.
    """
    bands = values[None] if values.dim() == 2 else values
    known = valid[None] if len(bands) == 1 else valid & bands.isfinite()
    everywhere = bool(known.all())
    sure = torch.ones_like(bands)
    if not everywhere:
        sure = 1 - functional.max_pool2d((~known).float()[None], 5, 1, 2)[0]
        bands = torch.stack([_filled(*band) for band in zip(bands, known, strict=True)])
    compiled = values.device.type == "cpu"
    pooled = (_pooled_compiled if compiled else _pooled)(bands, sure)
    length = _length(pooled[:4, ::SAMPLED, ::SAMPLED])
    length = length.flatten() if everywhere else length[sure[0, ::SAMPLED, ::SAMPLED] > 0]
    typical = float(length.median()) if len(length) else 1.0
    if compiled:
        around = _surroundings(pooled[4].numpy())
        settle(pooled.numpy(), around, sure[0].numpy(), FLAT * typical + TINY, NO_EDGE, MAGNITUDE)
        return pooled
    orientation, strength = pooled[:4], pooled[4]
    orientation /= _length(orientation) + (FLAT * typical + TINY)
    mean = blur(strength[None], SURROUNDINGS_SIGMA_PX)[0]
    strength.sub_(mean).div_(mean + NO_EDGE).clamp_(-1, 2).mul_(MAGNITUDE)
    return pooled.mul_(sure[0])


def _length(vectors: Tensor) -> Tensor:
    """Of vectors along the first axis: ten times as fast as torch's own."""
    return torch.sqrt((vectors * vectors).sum(0))


def _surroundings(strength: np.ndarray) -> np.ndarray:
    """The mean around each pixel of ``(height, width)``: ``blur``, of pixels twice as wide.

    Averaging and interpolating them smooth too, by a variance of 1/4 and 2/3 of a pixel.
    """
    height, width = strength.shape
    coarse = cv2.resize(strength, ((width + 1) // 2, (height + 1) // 2), interpolation=cv2.INTER_AREA)
    sigma = np.sqrt(SURROUNDINGS_SIGMA_PX**2 - 1 / 4 - 2 / 3) / 2
    mean = cv2.GaussianBlur(coarse, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    return cv2.resize(mean, (width, height), interpolation=cv2.INTER_LINEAR)


def _filled(values: Tensor, valid: Tensor) -> Tensor:
    """A band whose invalid pixels take the mean; everything that their edge touches is dropped by the caller."""
    mean = values[valid].mean() if bool(valid.any()) else values.new_tensor(0.5)
    return torch.where(valid, values, mean)


def _pooled(values: Tensor, sure: Tensor) -> Tensor:
    """What the gradients of the logarithm of ``values`` ``(bands, height, width)`` come to at each pixel, ``(5, height,
    width)``.

    ``sure`` ``(bands, height, width)``: 1 where a band's gradient is one of the image, else 0.
    """
    found = [_gradient(band) for band in torch.log(values + DARKEST)]
    weights = _weights([gradient[:, ::2, ::2] for gradient in found], sure)
    taps = _gaussian(2 * POOLING_SIGMA_PX)
    padded = functional.pad(_clearest(found, sure, weights)[None], (len(taps) // 2,) * 4, mode="replicate")[0]
    channels = _channels(*padded)
    return _weighted_sum(_weighted_sum(channels, taps, 1, every=2), taps, 2, every=2)


def _pooled_compiled(values: Tensor, sure: Tensor) -> Tensor:
    """``_pooled`` on a processor, seven times as fast; at the rim half pixels are replicated there, here pixels."""
    count, height, width = values.shape
    bands = np.empty((count, height + TAPS - 1, width), np.float32)
    first, last = TAPS // 2, TAPS // 2 + height
    np.log(values.numpy() + np.float32(DARKEST), out=bands[:, first:last])
    bands[:, :first], bands[:, last:] = bands[:, first : first + 1], bands[:, last - 1 : last]
    weights = [1.0]
    if count > 1:
        found = np.empty((count, 2, height, width), np.float32)
        for band, gradient in zip(bands, found, strict=True):
            gradients(band, *_filters(), gradient)
        weights = _weights(list(torch.from_numpy(found)), sure)
    pooled = np.empty((5, height, width), np.float32)
    taps = np.array(_gaussian(2 * POOLING_SIGMA_PX), np.float32)
    factors = np.array(weights, np.float32)
    edges(bands, sure.numpy(), factors, *_filters(), taps, SECOND_HARMONIC, ROUNDING, pooled)
    return torch.from_numpy(pooled)


def _weights(gradients: list[Tensor], sure: Tensor) -> list[float]:
    """By which the gradients ``(2, height, width)`` of each band are multiplied before they are compared; the greatest
    is 1, so that what counts as no edge stays what it is.
    """
    if len(gradients) == 1:
        return [1.0]
    weights = [_weight(*gradient * own) for gradient, own in zip(gradients, sure, strict=True)]
    return [weight / max(*weights, 1e-9) for weight in weights]


def _clearest(gradients: list[Tensor], sure: Tensor, weights: list[float]) -> Tensor:
    """Of the gradients ``(2, height, width)`` of several bands, at each pixel that of the band in which it stands out
    most: is greatest when multiplied by its weight.

    ``sure`` ``(bands, height / 2, width / 2)`` as for ``_pooled``. Where the first band is sure, the others count only
    if they are.
    """
    best = weights[0] * gradients[0]
    for gradient, weight, own in zip(gradients[1:], weights[1:], sure[1:], strict=True):
        here = torch.where(own < sure[0], 0.0, weight).repeat_interleave(2, 0).repeat_interleave(2, 1)
        weighted = here * gradient
        best = torch.where((weighted * weighted).sum(0) > (best * best).sum(0), weighted, best)
    return best


def _channels(x: Tensor, y: Tensor) -> Tensor:
    """The magnitude of a gradient times ``cos 2t, sin 2t, cos 4t, sin 4t, 1``, the second pair weighted: ``(5, height,
    width)``.
    """
    channels = x.new_empty((5, *x.shape))
    square = torch.mul(x, x).addcmul_(y, y)
    torch.sub(torch.sqrt(square), ROUNDING, out=channels[4]).clamp_(min=0)
    reciprocal = square.add_(1e-12).reciprocal_()
    cos2 = torch.mul(x, x).addcmul_(y, y, value=-1).mul_(reciprocal)
    sin2 = torch.mul(x, y).mul_(2).mul_(reciprocal)
    torch.mul(cos2, channels[4], out=channels[0])
    torch.mul(sin2, channels[4], out=channels[1])
    torch.mul(channels[0], cos2, out=channels[2]).addcmul_(channels[1], sin2, value=-1).mul_(SECOND_HARMONIC)
    torch.mul(channels[0], sin2, out=channels[3]).mul_(2 * SECOND_HARMONIC)
    return channels


def _weight(gx: Tensor, gy: Tensor) -> float:
    """How much of a band's gradient ``(height, width)`` is more than noise, in units of its own typical edge.

    Pixels without any edge (saturated ones) do not say what is typical; a band without edges weighs nothing.
    """
    strength = torch.sqrt(gx * gx + gy * gy)
    edges = strength[strength > NO_EDGE]
    if not len(edges):
        return 0.0
    x, y, all_of_it = functional.avg_pool2d(torch.stack([gx, gy, strength]), CELL_PX, ceil_mode=True)
    left = torch.sqrt(x * x + y * y).sum() / all_of_it.sum()
    return float((left - NOISE_LEFT).clamp(min=1e-3) / edges.median())


def blur(channels: Tensor, sigma: float) -> Tensor:
    """Gaussian smoothing of ``(channels, height, width)``, edges replicated."""
    taps = _gaussian(sigma)
    padded = functional.pad(channels[None], (len(taps) // 2,) * 4, mode="replicate")[0]
    return _weighted_sum(_weighted_sum(padded, taps, 1), taps, 2)


def _gaussian(sigma: float) -> list[float]:
    """An odd number of weights that add up to 1."""
    radius = max(1, int(3 * sigma + 0.5))
    kernel = torch.exp(-(torch.arange(-radius, radius + 1, dtype=torch.float32) ** 2) / (2 * sigma * sigma))
    return (kernel / kernel.sum()).tolist()


def _weighted_sum(padded: Tensor, taps: Sequence[float], axis: int, every: int = 1) -> Tensor:
    """Correlation with ``taps`` along one axis, as a sum of slices: on a CPU ten times faster than torch's own."""
    length = (padded.shape[axis] - len(taps)) // every * every + 1

    def slid(start: int) -> Tensor:
        window = [slice(None)] * padded.ndim
        window[axis] = slice(start, start + length, every)
        return padded[tuple(window)]

    total = taps[0] * slid(0)
    for start, tap in enumerate(taps[1:], 1):
        total.add_(slid(start), alpha=tap)
    return total


def _twice_as_fine(image: Tensor) -> Tensor:
    """``(height, width)`` interpolated to twice the pixels each way; pixel [i, j] stays, as [2 i, 2 j].

    The orientation of a gradient is not linear in the image: it has twice its bandwidth. Computed on the image's own
    pixels it folds back into a pattern that is tied to them, and the correlation peak with it: on summer images
    displaced by a quarter of a pixel the peak was 0.10 px nearer to the whole pixel than the truth, now 0.045 px.
    """
    left = len(HALF_PIXEL_TAPS) // 2 - 1
    for axis in (1, 0):
        around = (left, left + 1, 0, 0) if axis == 1 else (0, 0, left, left + 1)
        padded = functional.pad(image[None, None], around, mode="replicate")[0, 0]
        image = torch.stack([image, _weighted_sum(padded, HALF_PIXEL_TAPS, axis)], axis + 1).flatten(axis, axis + 1)
    return image


def _gradient(image: Tensor) -> Tensor:
    """Central differences along x and y of ``(height, width)``, smoothed, on twice the pixels each way: ``(2, 2 height,
    2 width)``, per pixel.
    """
    fine = blur(_twice_as_fine(image)[None], 2 * GRADIENT_SIGMA_PX)
    padded = functional.pad(fine[None], (1, 1, 1, 1), mode="replicate")[0, 0]
    gradient = padded.new_empty((2, *fine.shape[1:]))
    torch.sub(padded[1:-1, 2:], padded[1:-1, :-2], out=gradient[0])
    torch.sub(padded[2:, 1:-1], padded[:-2, 1:-1], out=gradient[1])
    return gradient


@cache
def _filters() -> tuple[np.ndarray, np.ndarray]:
    """``_gradient`` as filters of the image's own pixels: what smooths along an axis and what derives, float32 ``(2,
    TAPS)`` each, at a pixel and halfway to the next one.
    """
    size = 4 * TAPS
    line = torch.zeros(size, size)
    line[:, size // 2] = 1
    smoothed = blur(_twice_as_fine(line)[None], 2 * GRADIENT_SIGMA_PX)[0, size]
    seen_from = 2 * (size // 2 + TAPS // 2 - torch.arange(TAPS))  # pixels that see the line at each tap
    smooth, slope = (torch.stack([row[seen_from], row[seen_from + 1]]) for row in (smoothed, _gradient(line)[0, size]))
    return smooth.numpy(), slope.numpy()
