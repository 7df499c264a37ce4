"""Normalised correlation of dense descriptions, of windows around points and of whole images, by batched FFTs on
torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor

from .base import Matches

WINDOW_SIGMA = 0.35  # of the window's side: how fast its weight falls towards the rim
MINIMUM_VALID = 0.5  # of a window's weight
MINIMUM_OVERLAP = 0.25  # of the smaller image, when whole images are shifted against each other
RIVAL_DISTANCE_PX = 3  # a second peak counts as a rival only this far from the first
BATCH_BYTES = 256 * 2**20


def find(reference: Tensor, target: Tensor, points: np.ndarray, window_px: int, radius_px: int) -> Matches:
    """Find the weighted surroundings of ``points`` of one description in another, as ``GuidedMatcher.find`` says.

    The correlation at displacement u is ``sum g a b(u) / sqrt(sum g a^2  sum g v b(u)^2)`` over channels and pixels,
    with g the window's weight, v its valid pixels and a, b the descriptions. The sub-pixel part is the vertex of the
    paraboloid fitted to the 3 x 3 values around the peak. The score grows with the peak's height and its lead over
    the best rival (``confidence``).
    """
    channels, height, width = reference.shape
    inside = (points >= 0).all(-1) & (points < [width, height]).all(-1)
    kept_reference, kept_target, kept_score = [], [], []
    side = window_px + 2 * radius_px
    batch = max(1, BATCH_BYTES // (side * side * 4 * (3 * channels + 6)))
    half = window_px // 2
    valid = (reference != 0).any(0, keepdim=True).float()
    padded_reference = functional.pad(torch.cat([reference, valid]), (half,) * 4)
    padded_target = functional.pad(target, (half + radius_px,) * 4)
    for chunk in torch.from_numpy(points[inside]).split(batch):
        # A point at pixel coordinate p (centre +0.5) sits in pixel floor(p); the window is centred on that pixel's
        # corner nearest
        # to it, and what it finds is added to p itself: the displacement hardly changes within a pixel.
        corner = torch.round(chunk).long()
        rows, columns = corner[:, 1].clamp(0, height), corner[:, 0].clamp(0, width)
        windows = _windows(padded_reference, columns, rows, window_px)
        search = _windows(padded_target, columns, rows, side)
        surface, share = _surfaces(windows[:, :-1], windows[:, -1], search, radius_px)
        found = _peaks(surface)
        good = (found.inside & (share >= MINIMUM_VALID) & (found.height > 0)).cpu().numpy()
        shift = torch.stack([found.x, found.y], -1).double().cpu().numpy() - radius_px
        at = chunk.numpy()[good]
        kept_reference.append(at)
        kept_target.append(at + shift[good])
        kept_score.append(confidence(found.height, found.lead).double().cpu().numpy()[good])
    if not kept_score:
        return Matches.none()
    return Matches(np.concatenate(kept_reference), np.concatenate(kept_target), np.concatenate(kept_score))


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
    x: Tensor
    y: Tensor
    height: Tensor
    lead: Tensor
    inside: Tensor


def _windows(padded: Tensor, columns: Tensor, rows: Tensor, side: int) -> Tensor:
    """Squares of ``side`` px whose upper left is at the given place of the padded image, ``(N, channels, side,
    side)``.
    """
    view = padded.unfold(1, side, 1).unfold(2, side, 1)
    rows, columns = rows.clamp(max=view.shape[1] - 1), columns.clamp(max=view.shape[2] - 1)
    return view[:, rows.to(padded.device), columns.to(padded.device)].transpose(0, 1)


def _surfaces(windows: Tensor, valid: Tensor, search: Tensor, radius: int) -> tuple[Tensor, Tensor]:
    """Correlation ``(N, 2 r + 1, 2 r + 1)`` of each window within its search area, and its valid share."""
    side = search.shape[-1]
    count = windows.shape[-1]
    x = (torch.arange(count, dtype=windows.dtype, device=windows.device) - (count - 1) / 2) / (count * WINDOW_SIGMA)
    weight = torch.exp(-0.5 * (x[:, None] ** 2 + x[None] ** 2))
    weighted = weight * valid
    shape, looked = (side, side), 2 * radius + 1
    product = (torch.fft.rfft2(windows * weight, s=shape).conj() * torch.fft.rfft2(search)).sum(1)
    numerator = torch.fft.irfft2(product, s=shape)[:, :looked, :looked]
    energy = torch.fft.rfft2(weighted, s=shape).conj() * torch.fft.rfft2((search * search).sum(1))
    energy_target = torch.fft.irfft2(energy, s=shape)[:, :looked, :looked]
    energy_reference = ((windows * windows).sum(1) * weight).sum((-1, -2))
    scale = energy_reference[:, None, None] * energy_target.clamp(min=0)
    seen = torch.fft.irfft2(
        torch.fft.rfft2(weighted, s=shape).conj() * torch.fft.rfft2((search != 0).any(1).float()), s=shape
    )[:, radius, radius]
    return numerator / torch.sqrt(scale + 1e-6), seen / weight.sum()


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
    slope_x, slope_y = (around[:, :, 2] - around[:, :, 0]).sum(1) / 6, (around[:, 2] - around[:, 0]).sum(1) / 6
    bend_x = (around[:, :, 0] + around[:, :, 2] - 2 * around[:, :, 1]).sum(1) / 3
    bend_y = (around[:, 0] + around[:, 2] - 2 * around[:, 1]).sum(1) / 3
    twist = (around[:, 0, 0] + around[:, 2, 2] - around[:, 0, 2] - around[:, 2, 0]) / 4
    determinant = bend_x * bend_y - twist * twist
    usable = (determinant > 0) & (bend_x < 0)
    safe = torch.where(usable, determinant, torch.ones_like(determinant))
    step_x = torch.where(usable, (twist * slope_y - bend_y * slope_x) / safe, torch.zeros_like(safe)).clamp(-1, 1)
    step_y = torch.where(usable, (twist * slope_x - bend_x * slope_y) / safe, torch.zeros_like(safe)).clamp(-1, 1)
    i, j = torch.arange(columns, device=surface.device), torch.arange(rows, device=surface.device)
    near = ((i[None, None] - x[:, None, None]).abs() < RIVAL_DISTANCE_PX) & (
        (j[None, :, None] - y[:, None, None]).abs() < RIVAL_DISTANCE_PX
    )
    rival = surface.masked_fill(near, -1).flatten(1).max(1)[0].clamp(min=0)
    return _Peaks(cx + step_x, cy + step_y, top, top - rival, inside)


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
