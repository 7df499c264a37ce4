"""Scenes laid over each other in every position at once: the direction of edges, correlated by Fourier transforms.

Each scene is described once (matchers/structure.py: orientation of the gradient in double and quadruple angle, which
snow does not change) and transformed once; a pair takes one product of spectra. The correlation over all shifts is
divided by what both have in the overlap, and then by its root again: a small overlap must agree better to count as
much. What stands out is told by the highest *rival*, a peak elsewhere: ``lead = 1 - rival / peak`` is near 0 for
different places, whatever their texture, and near 1 for one place in one season. Windows of the overlap are then looked
for one by one, each on its own; by chance, ``(3 / 13)^2`` of them would agree. ``similarity`` is the lead times the
probability that so many would *not* agree by chance. A border without ground, a repeating pattern or the blocks of
jpeg give a peak or a rival or a few windows in line, not all three.

Measured on ukraine_overviews (T36UXA 10 dates, T36UYA 38; longer side 512 px, all shifts with a quarter of the frame in
common). Highest correlation at the right place, of all 748 pairs of one place, and per pair of one core:

=====================================================  ===========  =======
256 px, five channels                                    579          6 ms
512 px, five channels                                    686         31 ms
 + padded for a quarter of overlap, energies coarser     688         18 ms
 + without the magnitude channel                         720         12 ms
 + less what is common within 12 px                      720         10 ms
=====================================================  ===========  =======

The 28 others are of two almost empty dates (19) and mostly of cloud. The last step brings no more pairs but a lower
rival. Of the 510 pairs of the 41 dates that are neither mostly cloud (half of the pixels brighter than 110, ground in
snow aside: 2019-03-28, 07-06, 07-21, 07-26, 08-05) nor nearly empty (2016-04-05, 11-21), .998 have a similarity of .28
and more, .996 of .30. The highest of 4723 pairs of different places was .24: T36UXA against T36UYA, carpathians,
places of T36UUA, T36UUU and T36UVC, demarke_ndvi, alps_cloud_snow, mirrored and turned scenes, noise, blobs, both also
as jpeg of low quality, edges of nodata drawn over different ground, patterns. Hence the threshold of .3.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import scipy.fft
import torch
from scipy.stats import binom

from ..matchers.structure import describe
from ..matchers.windows import find
from ..search.sighting import lattice
from .compiled_peaks import agreement, highest
from .likeness import Likeness, Question
from .picture import Picture

SIDE = 512  # longer side of a picture, pixels
CHANNELS = 4  # of the description that are laid over each other: the magnitude says more of the weather
COMMON_SIGMA_PX = 12.0  # what is the same over such a distance is taken away
COARSER = 4  # the overlap and its energy change slowly: on pixels so many times larger
# Share of the smaller scene's valid (or allowed) pixels that both must have valid, and a floor in pixels of a picture
LEAST_VALID, LEAST_PIXELS = 0.25, 1000
PEAK_PX = 6  # a rival lies farther away than this
WORTH_LOOKING = 0.1  # a lead below this is not looked at by windows
WINDOW_PX, RADIUS_PX, AGREE_PX = 64, 6, 1.5
BY_CHANCE = (2 * AGREE_PX / (2 * RADIUS_PX + 1)) ** 2
LEAST_ALLOWED = 0.5  # windows hold at least this share of the most that any holds of the area


@dataclass(frozen=True)
class Described:
    """A scene as this module compares it. ``channels`` int8 ``(5, h, w)``, 127 being 1; ``valid`` bool ``(h, w)``;
    ``allowed`` uint8 ``(h, w)``, 255 being all of a pixel, None without an area.
    """

    channels: np.ndarray
    valid: np.ndarray
    allowed: np.ndarray | None

    @property
    def shape(self) -> tuple[int, int]:
        """(height, width)."""
        return self.valid.shape[0], self.valid.shape[1]


@dataclass(frozen=True)
class Ready:
    """A scene ready to be laid over others. ``channels`` float32 ``(5, h, w)`` and ``weight`` ``(h, w)`` 0..1, how much
    each pixel counts; transforms padded to ``size`` (height, width): ``spectra`` of the first channels, ``energy`` and
    ``mask`` of their energy and of the weight on coarser pixels. ``limited``: whether there is an area.
    """

    channels: np.ndarray
    weight: np.ndarray
    limited: bool
    size: tuple[int, int]
    spectra: np.ndarray
    energy: np.ndarray
    mask: np.ndarray

    @property
    def shape(self) -> tuple[int, int]:
        """(height, width) of the picture."""
        return self.weight.shape[0], self.weight.shape[1]


def described(picture: Picture) -> Described:
    """Once a scene."""
    channels = describe(torch.from_numpy(picture.values), torch.from_numpy(picture.valid)).numpy()
    whole = np.clip(np.rint(channels * 127), -127, 127).astype(np.int8)
    allowed = None if picture.allowed is None else np.rint(picture.allowed * 255).astype(np.uint8)
    return Described(whole, picture.valid, allowed)


def padded_size(shapes: list[tuple[int, int]], overlap: float) -> tuple[int, int]:
    """A size for the spectra of all scenes that are compared: no shift that leaves ``overlap`` comes round the back."""
    sides = []
    for axis in (0, 1):
        longest = max(shape[axis] for shape in shapes)
        wanted = -(-int(np.ceil((2 - overlap) * longest)) // COARSER)
        sides.append(COARSER * scipy.fft.next_fast_len(wanted, real=True))
    return sides[0], sides[1]


def ready(scene: Described, size: tuple[int, int]) -> Ready:
    """Once a scene, as long as there is room for it: 19 MB at 512 px."""
    channels = scene.channels.astype(np.float32) / 127
    known = scene.valid.astype(np.float32)
    weight = known if scene.allowed is None else known * (scene.allowed.astype(np.float32) / 255)
    around = np.maximum(_blur(known), 1e-3)
    own = np.stack([(c - _blur(c * known) / around) * weight for c in channels[:CHANNELS]])
    coarse = size[0] // COARSER, size[1] // COARSER
    return Ready(
        channels,
        weight,
        scene.allowed is not None,
        size,
        scipy.fft.rfft2(own, size),
        scipy.fft.rfft2(_coarse((own * own).sum(0)), coarse),
        scipy.fft.rfft2(_coarse(weight), coarse),
    )


def _blur(image: np.ndarray) -> np.ndarray:
    return cv2.GaussianBlur(image, (0, 0), COMMON_SIGMA_PX, borderType=cv2.BORDER_CONSTANT)


def _coarse(image: np.ndarray) -> np.ndarray:
    """Sums over squares of ``COARSER`` pixels, float32."""
    image = np.pad(image, [(0, -n % COARSER) for n in image.shape])
    size = image.shape[1] // COARSER, image.shape[0] // COARSER
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA) * np.float32(COARSER**2)


def compare(first: Ready, second: Ready, question: Question) -> Likeness:
    """How far laying ``second`` over ``first`` stands out, and where. See the module's text."""
    found = _best_shift(first, second, question)
    if found is None:
        return Likeness()
    shift, lead = found
    if lead < WORTH_LOOKING:
        return Likeness(similarity=lead / 2, shift=shift.astype(float))
    return _looked_at(first, second, shift, lead)


def _best_shift(first: Ready, second: Ready, question: Question) -> tuple[np.ndarray, float] | None:
    """The shift ``(x, y)`` int at which the two agree best, and its lead; None where none leaves enough overlap."""
    size = first.size
    product = scipy.fft.irfft2(agreement(first.spectra, second.spectra), size)
    coarse = size[0] // COARSER, size[1] // COARSER
    products = (first.energy, second.mask), (first.mask, second.energy), (first.mask, second.mask)
    of_first, of_second, both = (scipy.fft.irfft2(np.conj(a) * b, coarse) for a, b in products)
    smaller = min(float(first.weight.sum()), float(second.weight.sum()))
    limited = first.limited or second.limited  # polygons may be small: then the floor is of their own size
    least = max(LEAST_VALID * smaller, min(LEAST_PIXELS, 0.5 * smaller) if limited else LEAST_PIXELS)
    norm = np.sqrt(np.maximum(both, 0) / np.maximum(of_first * of_second, 1e-3)) * (both >= least)
    down, across = (np.fft.fftfreq(n, 1 / n) for n in size)
    shown_down, shown_across = (
        _overlaps(first.shape[i], second.shape[i], shift) for i, shift in enumerate((down, across))
    )
    least_shown = question.overlap * min(np.prod(first.shape), np.prod(second.shape))
    near_across, near_down = (
        np.abs(shift - wanted) <= question.reach
        for shift, wanted in zip((across, down), question.expected, strict=True)
    )
    shown = shown_down, shown_across, float(least_shown)
    norm = norm.astype(np.float32)
    y, x, peak, rival = highest(product, norm, *shown, near_down, near_across, COARSER, PEAK_PX)
    if y < 0:
        return None
    return np.array([across[x], down[y]]).round().astype(int), max(0.0, 1 - rival / peak)


def _overlaps(first: int, second: int, shift: np.ndarray) -> np.ndarray:
    """Pixels along one axis that two frames share, for each shift of what is in the first."""
    return np.clip(np.minimum(first, second - shift) - np.maximum(0, -shift), 0, None)


def _looked_at(first: Ready, second: Ready, shift: np.ndarray, lead: float) -> Likeness:
    """Windows of the overlap, each looked for on its own."""
    x, y = (int(s) for s in shift)
    left, right = max(0, -x), min(first.shape[1], second.shape[1] - x)
    top, bottom = max(0, -y), min(first.shape[0], second.shape[0] - y)
    one = np.ascontiguousarray(first.channels[:, top:bottom, left:right])
    other = np.ascontiguousarray(second.channels[:, top + y : bottom + y, left + x : right + x])
    points = lattice((bottom - top, right - left), WINDOW_PX)
    if first.limited or second.limited:
        weight = first.weight[top:bottom, left:right] * second.weight[top + y : bottom + y, left + x : right + x]
        points = points[_within_area(weight, points)]
    found = find(torch.from_numpy(one), torch.from_numpy(other), points, WINDOW_PX, RADIUS_PX)
    agree = (np.abs(found.shift) <= AGREE_PX).all(-1)
    count = int(agree.sum())
    by_chance = float(binom.sf(count - 1, len(found), BY_CHANCE)) if len(found) else 1.0
    finer = np.median(found.shift[agree], 0) if count else np.zeros(2)
    places = points[found.index[agree]] + [left, top]
    return Likeness(lead * (1 - by_chance), count, shift + finer, places, places + shift + found.shift[agree])


def _within_area(weight: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Which windows hold enough of the area, where the polygons may be far smaller than a window."""
    held = cv2.blur(weight, (WINDOW_PX, WINDOW_PX), borderType=cv2.BORDER_CONSTANT)
    height, width = weight.shape
    column, row = np.clip(points.astype(int), 0, [width - 1, height - 1]).T
    held = held[row, column]
    return held >= LEAST_ALLOWED * max(float(held.max(initial=0)), 1e-6)
