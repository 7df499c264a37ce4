"""Normalised correlation of dense descriptions, of windows around points and of whole images, by batched FFTs on
torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor

from ..parallel import in_parallel
from .base import Found

WINDOW_SIGMA = 0.35  # of the window's side: how fast its weight falls towards the rim
MINIMUM_VALID = 0.5  # of a window's weight
MINIMUM_OVERLAP = 0.25  # of the smaller image, when whole images are shifted against each other
RIVAL_DISTANCE_PX = 3  # a second peak counts as a rival only this far from the first
FINE_PX = 0.25  # steps at which the correlation is evaluated around its highest whole pixel
BATCH_BYTES = 32 * 2**20


def find(reference: Tensor, target: Tensor, points: np.ndarray, window_px: int, radius_px: int) -> Found:
    """Find the weighted surroundings of ``points`` of one description in another, as ``GuidedMatcher.find`` says.

    The correlation at displacement u is ``sum g a b(u) / sqrt(sum g a^2  sum g v b(u)^2)`` over channels and pixels,
    with g the window's weight, v its valid pixels and a, b the descriptions. Its maximum is looked for at whole pixels,
    then on a grid of quarter pixels, where the correlation is evaluated exactly from its Fourier series (the matrix
    multiplication of Guizar-Sicairos et al., Optics Letters 2008); the rest is the vertex of the paraboloid through the
    3 x 3 values around. The confidence grows with the peak's height and its lead over the best rival (``confidence``).

    ``Found.place`` is where the evidence lies: the mean position in the window of what agrees, ``g max(a b(u), 0)``. A
    window half on bare snow is placed by its other half, and it is there that the displacement holds. Of raw matches
    whose evidence lies 8 px and more from the middle (winter against summer, displacement bending by 3 px), .57 to .69
    are within 1 px of the truth at the middle and .65 to .76 at that place; where it lies within 2 px both are .96.
    """
    channels, height, width = reference.shape
    inside = np.flatnonzero((points >= 0).all(-1) & (points < [width, height]).all(-1))
    side = window_px + 2 * radius_px
    batch = max(1, BATCH_BYTES // (side * side * 4 * (4 * channels + 8)))
    half = window_px // 2
    valid = (reference != 0).any(0, keepdim=True).float()
    padded_reference = functional.pad(torch.cat([reference, valid]), (half,) * 4)
    padded_target = functional.pad(target, (half + radius_px,) * 4)

    def found(rows: np.ndarray) -> Found:
        # A point at pixel coordinate p (centre +0.5) sits in pixel floor(p); the window is centred on that pixel's
        # corner nearest to it, and what it finds is added to p itself: the displacement hardly changes within a pixel.
        corner = torch.round(torch.from_numpy(points[rows])).long()
        row, column = corner[:, 1].clamp(0, height), corner[:, 0].clamp(0, width)
        windows = _windows(padded_reference, column, row, window_px)
        search = _windows(padded_target, column, row, side)
        surfaces = _surfaces(windows[:, :-1], windows[:, -1], search, radius_px)
        peaks = _peaks(surfaces.values)
        x, y = _finer(surfaces, peaks)
        matched = _windows(padded_target, column + peaks.column.cpu(), row + peaks.row.cpu(), window_px)
        good = peaks.inside & (surfaces.share >= MINIMUM_VALID) & (peaks.height > 0)
        evidence = _evidence(windows[:, :-1], matched)[good].cpu().double().numpy()
        shift = torch.stack([x, y], -1)[good].cpu().double().numpy() - radius_px
        sure = confidence(peaks.height, peaks.lead)[good].cpu().double().numpy()
        kept = rows[good.cpu().numpy()]
        return Found(kept, points[kept] + evidence, shift, sure)

    batches = np.array_split(inside, -(-len(inside) // batch)) if len(inside) else []
    each = in_parallel(found, batches) if reference.device.type == "cpu" else map(found, batches)
    return Found.joined([Found.nothing(), *each])


def confidence(height: Tensor, lead: Tensor) -> Tensor:
    """Of a peak's height (0..1) and its lead over the best rival: 0..1, monotonic in both; score.py calibrates it."""
    return torch.sqrt(height.clamp(0, 1) * (lead / 0.3).clamp(0, 1))


@dataclass(frozen=True)
class Whole:
    """The best shift of a whole image.

    ``shift`` (x, y) pixels such that target(p + shift) shows reference(p); ``height`` of the
    correlation's peak; ``sharpness``: how many robust standard deviations it stands above the surface; ``rival``: how
    high the next best peak stands above the surface, as a share of the best (1: another shift fits as well)."""

    shift: tuple[float, float]
    height: float
    sharpness: float
    rival: float = 0.0


def whole(reference: Tensor, target: Tensor, offset: tuple[int, int], radius_px: int) -> Whole:
    """Correlate all of ``reference`` with a larger ``target`` whose pixel ``p + offset`` lies at reference pixel ``p``.

    Looks ``radius_px`` to every side. Masked as in ``find``; shifts that leave too small an overlap are not considered.
    """
    height, width = reference.shape[1:]
    size = tuple(_fast_length(a + b) for a, b in zip(reference.shape[1:], target.shape[1:], strict=True))
    valid_a, valid_b = (reference != 0).any(0).float(), (target != 0).any(0).float()
    fa, fb = torch.fft.rfft2(reference, s=size), torch.fft.rfft2(target, s=size)

    def correlate(a: Tensor, b: Tensor) -> Tensor:
        """Correlation at the shifts looked at, (2 r + 1, 2 r + 1)."""
        full = torch.fft.irfft2(a.conj() * b, s=size)
        rows = (torch.arange(-radius_px, radius_px + 1, device=full.device) + offset[1]) % size[0]
        columns = (torch.arange(-radius_px, radius_px + 1, device=full.device) + offset[0]) % size[1]
        return full[rows][:, columns]

    product = correlate(fa[0], fb[0])
    for a, b in zip(fa[1:], fb[1:], strict=True):
        product = product + correlate(a, b)
    mask_a, mask_b = torch.fft.rfft2(valid_a, s=size), torch.fft.rfft2(valid_b, s=size)
    energy_a = correlate(torch.fft.rfft2((reference**2).sum(0), s=size), mask_b)
    energy_b = correlate(mask_a, torch.fft.rfft2((target**2).sum(0), s=size))
    overlap = correlate(mask_a, mask_b)
    surface = product / torch.sqrt(energy_a.clamp(min=1e-6) * energy_b.clamp(min=1e-6))
    enough = overlap >= MINIMUM_OVERLAP * min(float(valid_a.sum()), float(valid_b.sum()))
    # A chance correlation of n pixels scatters like 1 / sqrt(n): weigh, or small overlaps would win by luck.
    surface = torch.where(
        enough, surface * torch.sqrt(overlap.clamp(min=0) / (height * width)), surface.new_tensor(-1.0)
    )
    if not bool(enough.any()):
        return Whole((0.0, 0.0), 0.0, 0.0)
    found = _peaks(surface[None])
    sample = surface[enough]
    middle = sample.median()
    spread = 1.4826 * (sample - middle).abs().median() + 1e-9
    x, y = float(found.x[0]) - radius_px, float(found.y[0]) - radius_px
    lead = found.height[0] - middle
    rival = (_second_peak(surface, found) - middle) / (lead + 1e-9)
    return Whole((x, y), float(found.height[0]), float(lead / spread), float(rival.clamp(0, 1)))


def _second_peak(surface: Tensor, best: _Peaks) -> Tensor:
    """The highest local maximum of a surface ``(height, width)`` apart from the best: its slopes are no rivals."""
    side = 2 * RIVAL_DISTANCE_PX + 1
    summit = surface == functional.max_pool2d(surface[None, None], side, 1, RIVAL_DISTANCE_PX)[0, 0]
    rows, columns = surface.shape
    y, x = torch.arange(rows, device=surface.device), torch.arange(columns, device=surface.device)
    near = ((y - best.y[0]).abs() <= RIVAL_DISTANCE_PX)[:, None] & ((x - best.x[0]).abs() <= RIVAL_DISTANCE_PX)
    return surface.masked_fill(near | ~summit, -1).max()


@dataclass(frozen=True)
class _Peaks:
    """Of each surface: the whole-pixel ``row`` and ``column`` of its highest value, its place to a fraction ``y``,
    ``x``, the ``height``, its ``lead`` over the best rival, and whether it lies ``inside``, not on the rim.
    """

    row: Tensor
    column: Tensor
    x: Tensor
    y: Tensor
    height: Tensor
    lead: Tensor
    inside: Tensor


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


def _windows(padded: Tensor, columns: Tensor, rows: Tensor, side: int) -> Tensor:
    """Squares of ``side`` px whose upper left is at the given place of the padded image, ``(N, channels, side,
    side)``.
    """
    view = padded.unfold(1, side, 1).unfold(2, side, 1)
    rows, columns = rows.clamp(max=view.shape[1] - 1), columns.clamp(max=view.shape[2] - 1)
    return view[:, rows.to(padded.device), columns.to(padded.device)].transpose(0, 1)


def _weight(side: int, like: Tensor) -> Tensor:
    """The Gaussian weight of a window's pixels, ``(side, side)``."""
    x = (torch.arange(side, dtype=like.dtype, device=like.device) - (side - 1) / 2) / (side * WINDOW_SIGMA)
    return torch.exp(-0.5 * (x[:, None] ** 2 + x[None] ** 2))


def _surfaces(windows: Tensor, valid: Tensor, search: Tensor, radius: int) -> _Surfaces:
    """Correlate each window with its search area."""
    side = search.shape[-1]
    weight = _weight(windows.shape[-1], windows)
    shape, looked = (_fast_length(side),) * 2, 2 * radius + 1
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


def _finer(surfaces: _Surfaces, peaks: _Peaks) -> tuple[Tensor, Tensor]:
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
    step_x, step_y = _vertex(at_steps(surfaces.product) / torch.sqrt(energy + 1e-6))
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


def _peaks(surface: Tensor) -> _Peaks:
    """The highest value of each surface ``(N, height, width)``, its sub-pixel place, and its lead over the best
    rival.
    """
    count, rows, columns = surface.shape
    top, flat = surface.flatten(1).max(1)
    y, x = flat // columns, flat % columns
    inside = (x > 0) & (x < columns - 1) & (y > 0) & (y < rows - 1)
    cy, cx, n = y.clamp(1, rows - 2), x.clamp(1, columns - 2), torch.arange(count, device=surface.device)
    around = torch.stack([torch.stack([surface[n, cy + j, cx + i] for i in (-1, 0, 1)], -1) for j in (-1, 0, 1)], 1)
    step_x, step_y = _vertex(around)
    i, j = torch.arange(columns, device=surface.device), torch.arange(rows, device=surface.device)
    near = ((i[None, None] - x[:, None, None]).abs() < RIVAL_DISTANCE_PX) & (
        (j[None, :, None] - y[:, None, None]).abs() < RIVAL_DISTANCE_PX
    )
    rival = surface.masked_fill(near, -1).flatten(1).max(1)[0].clamp(min=0)
    return _Peaks(y, x, cx + step_x, cy + step_y, top, top - rival, inside)


def _vertex(around: Tensor) -> tuple[Tensor, Tensor]:
    """The vertex x, y ``(N,)``, in steps from the middle, of the paraboloids fitted to ``around`` ``(N, 3, 3)``."""
    slope_x, slope_y = (around[:, :, 2] - around[:, :, 0]).sum(1) / 6, (around[:, 2] - around[:, 0]).sum(1) / 6
    bend_x = (around[:, :, 0] + around[:, :, 2] - 2 * around[:, :, 1]).sum(1) / 3
    bend_y = (around[:, 0] + around[:, 2] - 2 * around[:, 1]).sum(1) / 3
    twist = (around[:, 0, 0] + around[:, 2, 2] - around[:, 0, 2] - around[:, 2, 0]) / 4
    determinant = bend_x * bend_y - twist * twist
    usable = (determinant > 0) & (bend_x < 0)
    safe = torch.where(usable, determinant, torch.ones_like(determinant))
    step_x = torch.where(usable, (twist * slope_y - bend_y * slope_x) / safe, torch.zeros_like(safe)).clamp(-1, 1)
    step_y = torch.where(usable, (twist * slope_x - bend_x * slope_y) / safe, torch.zeros_like(safe)).clamp(-1, 1)
    return step_x, step_y


def _fast_length(length: int) -> int:
    """The next length whose only factors are 2, 3 and 5."""
    while True:
        rest = length
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return length
        length += 1
