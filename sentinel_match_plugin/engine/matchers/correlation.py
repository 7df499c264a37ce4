"""Normalised correlation of whole, densely described images, by FFTs on torch; and the peaks of correlations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as functional
from torch import Tensor

MINIMUM_OVERLAP = 0.25  # of the smaller image, when whole images are shifted against each other
RIVAL_DISTANCE_PX = 3  # a second peak counts as a rival only this far from the first


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


class Spectra:
    """The transforms of a description: of its ``channels``, of where it is ``valid`` and of its ``energy``."""

    def __init__(self, described: Tensor, size: tuple[int, int]) -> None:
        """``described`` ``(channels, height, width)``, ``size`` that of the transforms (``transform_size``)."""
        self.shape, self.size = described.shape[1:], size
        valid = (described != 0).any(0).float()
        self.area = float(valid.sum())
        self.channels, self.valid = torch.fft.rfft2(described, s=size), torch.fft.rfft2(valid, s=size)
        self.energy = torch.fft.rfft2((described**2).sum(0), s=size)


def transform_size(
    reference: Sequence[int], target: Sequence[int], offset: tuple[int, int], radius_px: int
) -> tuple[int, int]:
    """Size (height, width) of transforms in which the shifts that ``whole`` looks at do not meet others.

    ``reference``, ``target``: shapes (height, width) of the descriptions.
    """
    return tuple(  # type: ignore[return-value]
        fast_length(max(length - (start - radius_px), start + radius_px + own))
        for own, length, start in zip(reference, target, offset[::-1], strict=True)
    )


def whole(reference: Spectra, target: Spectra, offset: tuple[int, int], radius_px: int, rivals: bool = True) -> Whole:
    """Correlate all of ``reference`` with a larger ``target`` whose pixel ``p + offset`` lies at reference pixel ``p``.

    Looks ``radius_px`` to every side. Masked as windows are (windows.py); shifts that leave too small an overlap are
    not considered. ``rivals``: whether they are looked for.
    """
    reach, size = torch.arange(-radius_px, radius_px + 1, device=reference.energy.device), reference.size
    rows, columns = (reach + offset[1]) % size[0], (reach + offset[0]) % size[1]
    surface, enough = _surface(reference, target, lambda full: full[rows][:, columns])
    best, found = _best(surface, enough, (-radius_px, -radius_px))
    if found is None or not rivals:
        return best
    middle = surface[enough].median()
    rival = (_second_peak(surface, found) - middle) / (found.height[0] - middle + 1e-9)
    return replace(best, rival=float(rival.clamp(0, 1)))


def everywhere(reference: Spectra, target: Spectra) -> Whole:
    """The same at every shift of a ``target`` of any size, less the rival; ``Spectra.size`` holds both side by side."""
    first = 1 - reference.shape[1], 1 - reference.shape[0]
    surface, enough = _surface(reference, target, lambda full: full)
    surface, enough = (torch.roll(full, (-first[1], -first[0]), (0, 1)) for full in (surface, enough))
    return _best(surface, enough, first)[0]


def _surface(reference: Spectra, target: Spectra, part: Callable[[Tensor], Tensor]) -> tuple[Tensor, Tensor]:
    """Normalised correlation at the shifts that ``part`` takes, and where the overlap is large enough."""
    height, width = reference.shape

    def correlate(spectrum: Tensor) -> Tensor:
        return part(torch.fft.irfft2(spectrum, s=reference.size))

    product = correlate((reference.channels.conj() * target.channels).sum(0))
    energy_a = correlate(reference.energy.conj() * target.valid)
    energy_b = correlate(reference.valid.conj() * target.energy)
    overlap = correlate(reference.valid.conj() * target.valid)
    surface = product / torch.sqrt(energy_a.clamp(min=1e-6) * energy_b.clamp(min=1e-6))
    enough = overlap >= MINIMUM_OVERLAP * min(reference.area, target.area)
    # A chance correlation of n pixels scatters like 1 / sqrt(n): weigh, or small overlaps would win by luck.
    weighted = surface * torch.sqrt(overlap.clamp(min=0) / (height * width))
    return torch.where(enough, weighted, surface.new_tensor(-1.0)), enough


def _best(surface: Tensor, enough: Tensor, first: tuple[int, int]) -> tuple[Whole, Peaks | None]:
    """The highest peak of a surface whose first value is of the shift ``first`` (x, y); rivals are not looked for."""
    if not bool(enough.any()):
        return Whole((0.0, 0.0), 0.0, 0.0), None
    found = peaks_of(surface[None])
    sample = surface[enough]
    middle = sample.median()
    spread = 1.4826 * (sample - middle).abs().median() + 1e-9
    x, y = float(found.x[0]) + first[0], float(found.y[0]) + first[1]
    return Whole((x, y), float(found.height[0]), float((found.height[0] - middle) / spread)), found


def _second_peak(surface: Tensor, best: Peaks) -> Tensor:
    """The highest local maximum of a surface ``(height, width)`` apart from the best: its slopes are no rivals."""
    side = 2 * RIVAL_DISTANCE_PX + 1
    summit = surface == functional.max_pool2d(surface[None, None], side, 1, RIVAL_DISTANCE_PX)[0, 0]
    rows, columns = surface.shape
    y, x = torch.arange(rows, device=surface.device), torch.arange(columns, device=surface.device)
    near = ((y - best.y[0]).abs() <= RIVAL_DISTANCE_PX)[:, None] & ((x - best.x[0]).abs() <= RIVAL_DISTANCE_PX)
    return surface.masked_fill(near | ~summit, -1).max()


@dataclass(frozen=True)
class Peaks:
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


def peaks_of(surface: Tensor) -> Peaks:
    """The highest value of each surface ``(N, height, width)``, its sub-pixel place, and its lead over the best
    rival.
    """
    count, rows, columns = surface.shape
    top, flat = surface.flatten(1).max(1)
    y, x = flat // columns, flat % columns
    inside = (x > 0) & (x < columns - 1) & (y > 0) & (y < rows - 1)
    cy, cx, n = y.clamp(1, rows - 2), x.clamp(1, columns - 2), torch.arange(count, device=surface.device)
    around = torch.stack([torch.stack([surface[n, cy + j, cx + i] for i in (-1, 0, 1)], -1) for j in (-1, 0, 1)], 1)
    step_x, step_y = vertex(around)
    i, j = torch.arange(columns, device=surface.device), torch.arange(rows, device=surface.device)
    near = ((i[None, None] - x[:, None, None]).abs() < RIVAL_DISTANCE_PX) & (
        (j[None, :, None] - y[:, None, None]).abs() < RIVAL_DISTANCE_PX
    )
    rival = surface.masked_fill(near, -1).flatten(1).max(1)[0].clamp(min=0)
    return Peaks(y, x, cx + step_x, cy + step_y, top, top - rival, inside)


def vertex(around: Tensor) -> tuple[Tensor, Tensor]:
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


def fast_length(length: int) -> int:
    """The next length whose only factors are 2, 3 and 5."""
    while True:
        rest = length
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return length
        length += 1
