"""The network of ``seasonal``: an image in, its descriptions at two resolutions and their reliability out.

It starts from what is known to work. Its input is the image *and* the channels of ``structure`` (orientations of edges,
which stay when snow comes), and both of its descriptions are these channels, plus what it learns, which has little
weight at first: before any training it is nearly the hand-made matcher, and whatever training brings can be measured
against that. Two descriptions come out:

* **fine**, at full resolution: ``FINE`` channels that windows are compared by, as those of ``structure`` are
  (matchers/windows.py). The first five begin as those of ``structure``.
* **coarse**, one of ``COARSE`` numbers for each cell of ``CELL`` x ``CELL`` pixels: what lies around the cell, to be
  found again anywhere in another image. Its first part is hand-made: the mean orientations of 5 x 5 cells around
  it, as in DAISY (Tola et al., IEEE TPAMI 2010); its second part is learned. ``reliability`` says, for each cell, how
  likely it is to be found again (a logit).

Neither is invariant to rotation: a turned image is described turned, for a set of angles (matchers/seasonal.py), which
keeps what direction tells. About 1.3 million parameters.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

CELL = 8  # pixels of an image along the side of a cell
SEEN = 8  # channels of the input: brightness, its contrast to the surroundings, five of ``structure``, validity
HAND_MADE = 5  # channels of ``structure``
FINE = 8
REACH = 2  # cells around one in the hand-made description
LEARNED = 96
COARSE = HAND_MADE * (2 * REACH + 1) ** 2 + LEARNED
WIDTHS = (32, 64, 128)  # channels at 1/2, 1/4 and 1/8 of the resolution
NEIGHBOUR_SIGMA = 1.5  # cells: how fast those around a cell count less


@dataclass(frozen=True)
class Description:
    """Of images ``(N, ...)`` of ``height`` x ``width`` pixels, both multiples of CELL.

    ``fine`` ``(N, FINE, height, width)``; ``coarse`` ``(N, COARSE, height / CELL, width / CELL)`` of unit length;
    ``reliability`` ``(N, height / CELL, width / CELL)``, logits.
    """

    fine: Tensor
    coarse: Tensor
    reliability: Tensor


class SeasonalNetwork(nn.Module):
    """See the module's text. Call it with what ``inputs.seen`` makes of images, ``(N, SEEN, height, width)``."""

    def __init__(self) -> None:
        super().__init__()
        half, quarter, eighth = WIDTHS
        self.enter = nn.Sequential(nn.Conv2d(4 * SEEN, half, 3, padding=1), nn.ReLU(), _Residual(half))
        self.to_quarter = nn.Sequential(_down(half, quarter), _Residual(quarter), _Residual(quarter))
        self.to_eighth = nn.Sequential(_down(quarter, eighth), *(_Residual(eighth, reach) for reach in (1, 2, 4)))
        self.up_quarter = _Join(eighth, quarter, quarter)
        self.up_half = _Join(quarter, half, half)
        self.fine = nn.Conv2d(half, 4 * FINE, 3, padding=1, bias=False)
        self.coarse = nn.Conv2d(eighth, LEARNED, 1)
        self.reliability = nn.Conv2d(eighth, 1, 1)
        # Nothing learned yet: descriptions that are nearly the hand-made ones. Not quite, because what multiplies zero
        # on both sides of a comparison would stay zero.
        nn.init.normal_(self.fine.weight, std=0.002)
        self.learned_share = nn.Parameter(torch.tensor(-1.2))  # logarithm; the hand-made part's is 0
        # Of training only, but kept with the weights: how sharply similarities are told apart, and how alike two cells
        # have to be to be better than none.
        self.coarse_scale = nn.Parameter(torch.tensor(2.7))  # logarithms
        self.fine_scale = nn.Parameter(torch.tensor(3.0))
        self.no_match = nn.Parameter(torch.tensor(0.0))

    def forward(self, seen: Tensor) -> Description:
        half, quarter, eighth, coarse = self._cells(seen)
        decoded = self.up_half(self.up_quarter(eighth, quarter), half)
        learned = functional.pixel_shuffle(self.fine(decoded).float(), 2)
        hand_made = seen[:, 2 : 2 + HAND_MADE]
        fine = torch.cat([hand_made + learned[:, :HAND_MADE], learned[:, HAND_MADE:]], 1)
        return Description(fine * seen[:, -1:], coarse, self.reliability(eighth).float()[:, 0])

    def cells(self, seen: Tensor) -> tuple[Tensor, Tensor]:
        """The coarse description and the reliability alone, at two thirds of the cost."""
        *_, eighth, coarse = self._cells(seen)
        return coarse, self.reliability(eighth).float()[:, 0]

    def _cells(self, seen: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        # Four pixels become one with four times the channels: layers at full resolution would cost the most.
        half = self.enter(functional.pixel_unshuffle(seen, 2))
        quarter = self.to_quarter(half)
        eighth = self.to_eighth(quarter)
        learned = functional.normalize(self.coarse(eighth).float(), dim=1) * self.learned_share.exp()
        coarse = torch.cat([around(seen[:, 2 : 2 + HAND_MADE]), learned], 1)
        return half, quarter, eighth, functional.normalize(coarse, dim=1)


def around(channels: Tensor) -> Tensor:
    """The hand-made description of each cell: means of ``channels`` ``(N, C, height, width)`` in the cells around it,
    those farther away counting less, ``(N, C * (2 * REACH + 1)^2, height / CELL, width / CELL)``, of unit length.
    """
    side = 2 * REACH + 1
    # Cells that overlap by half: a small displacement changes little.
    means = functional.avg_pool2d(channels.float(), 2 * CELL, CELL, CELL // 2, count_include_pad=False)
    count, depth, height, width = means.shape
    beside = functional.unfold(means, side, padding=REACH).view(count, depth, side * side, height, width)
    steps = torch.arange(-REACH, REACH + 1, device=channels.device, dtype=torch.float32) / NEIGHBOUR_SIGMA
    weight = torch.exp(-(steps[:, None] ** 2 + steps**2) / 4).flatten()  # on both sides: its square is a Gaussian
    weighted = (beside * weight[:, None, None]).flatten(1, 2)
    return functional.normalize(weighted, dim=1)


def _down(inside: int, outside: int) -> nn.Module:
    return nn.Sequential(nn.Conv2d(inside, outside, 3, stride=2, padding=1), nn.ReLU())


class _Residual(nn.Module):
    """Two convolutions beside a way past them, ``reach`` pixels from tap to tap."""

    def __init__(self, width: int, reach: int = 1) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=reach, dilation=reach)
        self.second = nn.Conv2d(width, width, 3, padding=1, bias=False)
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(functional.relu(self.first(x))))


class _Join(nn.Module):
    """What is known at half the resolution, with what was seen at this one."""

    def __init__(self, coarse: int, fine: int, outside: int) -> None:
        super().__init__()
        self.reduce = nn.Conv2d(coarse, outside, 1)
        self.mix = nn.Conv2d(outside + fine, outside, 3, padding=1)

    def forward(self, coarse: Tensor, fine: Tensor) -> Tensor:
        larger = functional.interpolate(self.reduce(coarse), scale_factor=2, mode="bilinear", align_corners=False)
        return functional.relu(self.mix(torch.cat([larger, fine], 1)))
