"""Windows around points of one dense description looked for in another: normalised correlation, on a processor by
compiled sums (compiled_windows.py), elsewhere by batched FFTs on torch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor

from . import compiled_windows
from .base import MINIMUM_VALID, Found
from .batches import in_batches, on_cores, room
from .correlation import RIVAL_DISTANCE_PX, Peaks, fast_length, peaks_of, vertex

WINDOW_SIGMA = 0.35  # of the window's side: how fast its weight falls towards the rim
FINE_PX = 0.25  # steps at which the correlation is evaluated around its highest whole pixel
# Weights of the values 3 before to 4 after a whole pixel for the one a quarter and half a pixel after it: least squares
# on the correlations of 470 windows of T36UUA and T36UUU, winter and summer, against a sinc of 25 values. The peak is
# then .015 px from where that puts it (root mean square); with Lanczos' window of 3 lobes .032, by a quintic through 6
# values some .1: edges so sharp hold nearly all frequencies that there are.
QUARTER = (-0.0149, 0.0590, -0.1551, 0.8902, 0.2953, -0.1092, 0.0469, -0.0122)
HALF = (-0.0190, 0.0738, -0.1810, 0.6262, 0.6262, -0.1810, 0.0738, -0.0190)


def find(
    reference: Tensor,
    target: Tensor,
    points: np.ndarray,
    window_px: int,
    radius_px: int,
    say: Callable[[str], None] = lambda sentence: None,
) -> Found:
    """Find the weighted surroundings of ``points`` of one description in another, as ``GuidedMatcher.find`` says.

    The correlation at displacement u is ``sum g a b(u) / sqrt(sum g a^2  sum g v b(u)^2)`` over channels and pixels,
    with g the window's weight, v its valid pixels and a, b the descriptions. Its maximum is looked for at whole pixels,
    then on a grid of quarter pixels, where the correlation is interpolated (on a processor) or evaluated exactly from
    its Fourier series (the matrix multiplication of Guizar-Sicairos et al., Optics Letters 2008); the rest is the
    vertex of the paraboloid through the 3 x 3 values around. The confidence grows with the peak's height and its lead
    over the best rival (``confidence``).

    ``Found.place`` is where the evidence lies: the mean position in the window of what agrees, ``g max(a b(u), 0)``. A
    window half on bare snow is placed by its other half, and it is there that the displacement holds. Of raw matches
    whose evidence lies 8 px and more from the middle (winter against summer, displacement bending by 3 px), .57 to .69
    are within 1 px of the truth at the middle and .65 to .76 at that place; where it lies within 2 px both are .96.

    ``say`` is told when a GPU has too little memory and fewer points are looked for at a time.
    """
    asked, corners = centres(points, reference.shape[1:])
    search = _by_sums if reference.device.type == "cpu" else _by_transforms
    found = search(reference, target, corners, window_px, radius_px, say)
    index = asked[found.index]
    return Found(index, points[index] + found.place, found.shift, found.confidence)


def centres(points: np.ndarray, shape: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Which of ``points`` ``(N, 2)`` lie in an image of ``shape`` (height, width), and the pixel corners int ``(M, 2)``
    that their windows are centred on.

    A point at pixel coordinate p (centre +0.5) sits in pixel floor(p); the window is centred on that pixel's corner
    nearest to it, and what it finds is added to p itself: the displacement hardly changes within a pixel.
    """
    height, width = shape
    asked = np.flatnonzero((points >= 0).all(-1) & (points < [width, height]).all(-1))
    return asked, np.clip(np.rint(points[asked]).astype(np.int64), 0, [width, height])


def confidence(height: Tensor, lead: Tensor) -> Tensor:
    """Of a peak's height (0..1) and its lead over the best rival: 0..1, monotonic in both; score.py calibrates it."""
    return torch.sqrt(height.clamp(0, 1) * (lead / 0.3).clamp(0, 1))


def _by_sums(
    reference: Tensor, target: Tensor, corners: np.ndarray, window_px: int, radius_px: int, say: Callable[[str], None]
) -> Found:
    """The surroundings of ``corners`` int ``(N, 2)`` on a processor: the correlation is interpolated between sums.

    ``Found.place`` is counted from the corner.
    """
    weight = _weight(window_px, reference).numpy()
    settings = (weight, radius_px, RIVAL_DISTANCE_PX, MINIMUM_VALID, _interpolation())

    def found(rows: np.ndarray) -> Found:
        count = len(rows)
        shift, evidence = np.empty((count, 2)), np.empty((count, 2))
        top, lead = np.empty(count, np.float32), np.empty(count, np.float32)
        compiled_windows.find(reference.numpy(), target.numpy(), corners[rows], *settings, shift, evidence, top, lead)
        good = top > 0
        sure = confidence(torch.from_numpy(top), torch.from_numpy(lead)).double().numpy()
        return Found(rows[good], evidence[good], shift[good], sure[good])

    return Found.joined([Found.nothing(), *on_cores(found, len(corners))])


def _interpolation() -> np.ndarray:
    """The weights at every quarter of a pixel from three before to two after a whole one, float64 ``(6, 9)``.

    Those of a place and of its mirror image are mirrored: the peak of what is symmetric must not lean to a side.
    """
    before = [[*QUARTER, 0.0], [*HALF[::-1], 0.0], [*QUARTER[::-1], 0.0]]
    return np.array([*before, np.eye(9)[4], [0.0, *QUARTER], [0.0, *HALF]])


def _by_transforms(
    reference: Tensor, target: Tensor, corners: np.ndarray, window_px: int, radius_px: int, say: Callable[[str], None]
) -> Found:
    """As ``_by_sums``, by batched FFTs, on any device."""
    channels = len(reference)
    side = window_px + 2 * radius_px
    batch = max(1, room(reference.device) // (side * side * 4 * (4 * channels + 8)))
    half = window_px // 2
    valid = (reference != 0).any(0, keepdim=True).float()
    padded_reference = functional.pad(torch.cat([reference, valid]), (half,) * 4)
    padded_target = functional.pad(target, (half + radius_px,) * 4)

    def found(rows: np.ndarray) -> Found:
        here = torch.from_numpy(corners[rows])
        windows = squares(padded_reference, here, window_px)
        search = squares(padded_target, here, side)
        surfaces = _surfaces(windows[:, :-1], windows[:, -1], search, radius_px)
        peaks = peaks_of(surfaces.values)
        x, y = _finer(surfaces, peaks)
        matched = squares(padded_target, here + torch.stack([peaks.column, peaks.row], -1).cpu(), window_px)
        good = peaks.inside & (surfaces.share >= MINIMUM_VALID) & (peaks.height > 0)
        evidence = _evidence(windows[:, :-1], matched)[good].cpu().double().numpy()
        shift = torch.stack([x, y], -1)[good].cpu().double().numpy() - radius_px
        sure = confidence(peaks.height, peaks.lead)[good].cpu().double().numpy()
        return Found(rows[good.cpu().numpy()], evidence, shift, sure)

    return Found.joined([Found.nothing(), *in_batches(found, np.arange(len(corners)), batch, say)])


@dataclass(frozen=True)
class _Surfaces:
    """Correlations ``values`` ``(N, 2 r + 1, 2 r + 1)`` of windows within their search areas, the valid ``share`` of
    each window, and what they were made of: the spectra ``product`` and ``energy`` ``(N, side, side // 2 + 1)`` of
    numerator and target energy, and the reference's energy ``(N,)``. ``side`` is that of the transforms.
    """

    values: Tensor
    share: Tensor
    product: Tensor
    energy: Tensor
    reference: Tensor


def squares(padded: Tensor, corners: Tensor, side: int) -> Tensor:
    """Squares of ``side`` px whose upper left is at ``corners`` ``(N, 2)`` x, y of the padded image: ``(N, channels,
    side, side)``.
    """
    view = padded.unfold(1, side, 1).unfold(2, side, 1)
    column, row = corners.T.to(padded.device)
    return view[:, row.clamp(0, view.shape[1] - 1), column.clamp(0, view.shape[2] - 1)].transpose(0, 1)


def _weight(side: int, like: Tensor) -> Tensor:
    """The Gaussian weight of a window's pixels, ``(side, side)``."""
    x = (torch.arange(side, dtype=like.dtype, device=like.device) - (side - 1) / 2) / (side * WINDOW_SIGMA)
    return torch.exp(-0.5 * (x[:, None] ** 2 + x[None] ** 2))


def _surfaces(windows: Tensor, valid: Tensor, search: Tensor, radius: int) -> _Surfaces:
    """Correlate each window with its search area."""
    side = search.shape[-1]
    weight = _weight(windows.shape[-1], windows)
    shape, looked = (fast_length(side),) * 2, 2 * radius + 1
    product = (torch.fft.rfft2(windows * weight, s=shape).conj() * torch.fft.rfft2(search, s=shape)).sum(1)
    numerator = torch.fft.irfft2(product, s=shape)[:, :looked, :looked]
    known = (search != 0).any(1)
    everywhere = bool(known.all()) and bool(valid.all())  # then one mask, already known to be full, serves all windows
    mask = torch.fft.rfft2(weight[None] if everywhere else weight * valid, s=shape).conj()
    energy = mask * torch.fft.rfft2((search * search).sum(1), s=shape)
    energy_target = torch.fft.irfft2(energy, s=shape)[:, :looked, :looked]
    energy_reference = ((windows * windows).sum(1) * weight).sum((-1, -2))
    values = numerator / torch.sqrt(energy_reference[:, None, None] * energy_target.clamp(min=0) + 1e-6)
    share = torch.ones_like(energy_reference)
    if not everywhere:
        seen = torch.fft.irfft2(mask * torch.fft.rfft2(known.float(), s=shape), s=shape)[:, radius, radius]
        share = seen / weight.sum()
    return _Surfaces(values, share, product, energy, energy_reference)


def _finer(surfaces: _Surfaces, peaks: Peaks) -> tuple[Tensor, Tensor]:
    """The peaks' places ``x``, ``y`` ``(N,)``, refined on a grid of ``FINE_PX`` around where they were."""
    side = surfaces.product.shape[1]
    steps = torch.tensor([-FINE_PX, 0.0, FINE_PX], device=peaks.x.device)
    x, y = (torch.round(at / FINE_PX) * FINE_PX for at in (peaks.x, peaks.y))
    frequency = 2 * torch.pi * torch.fft.fftfreq(side, device=x.device)
    columns = surfaces.product.shape[2]
    twice = torch.full((columns,), 2.0, device=x.device)  # the half of the spectrum that rfft2 leaves out
    twice[0] = 1
    if side % 2 == 0:
        twice[-1] = 1
    along_y = torch.exp(1j * (y[:, None] + steps)[..., None] * frequency)
    along_x = torch.exp(1j * (x[:, None] + steps)[..., None] * frequency[:columns]) * twice

    def at_steps(spectrum: Tensor) -> Tensor:
        """The Fourier series of a spectrum at the 3 x 3 places around each peak."""
        return ((along_y @ spectrum) @ along_x.transpose(1, 2)).real / side**2

    energy = at_steps(surfaces.energy).clamp(min=0) * surfaces.reference[:, None, None]
    step_x, step_y = vertex(at_steps(surfaces.product) / torch.sqrt(energy + 1e-6))
    return x + FINE_PX * step_x, y + FINE_PX * step_y


def _evidence(windows: Tensor, matched: Tensor) -> Tensor:
    """Where in each window ``(N, channels, side, side)`` lies what agrees with its match: ``(N, 2)`` x, y from its
    middle.
    """
    side = windows.shape[-1]
    agreeing = (windows * matched).sum(1).clamp(min=0) * _weight(side, windows)
    total = agreeing.sum((1, 2)) + 1e-6
    position = torch.arange(side, dtype=windows.dtype, device=windows.device) - (side - 1) / 2
    return torch.stack([agreeing.sum(1) @ position, agreeing.sum(2) @ position], -1) / total[:, None]
