"""What the descriptions of ``seasonal`` should say of a pair whose truth is known, as a loss.

*Coarse*: each cell of one image should be more like the cell that shows the same ground than like all others of the
other image, and than like none of them where there is no such cell: InfoNCE (van den Oord et al., 2018) in both
directions. The right answer lies between cells, so it is shared among the four around it, bilinearly.

*Fine*: a window of one image is looked for in the other as the matcher does it (normalised correlation over a few
pixels), and the correlation as a softmax should be a narrow bell around the true place, to a fraction of a pixel.
Windows in which the truth turns or stretches more than windows stand are left out.

*Reliability*: whether a cell was found again, as it stands (nothing flows back into the descriptions).
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import Tensor

from ..seasonal.network import CELL, Description, SeasonalNetwork

FOUND_CELLS = 1.5  # cells: so near a cell's best answer is right
NO_MATCH_WEIGHT = 0.3  # of a cell without a counterpart, against one that has one
WINDOW_PX, SEARCH_PX, ASIDE_PX = 25, 6, 3  # side of a fine window; how far it is looked for, and how far it may lie
WINDOWS = 32  # of a pair
BELL_PX = 0.6  # sigma of the right answer of a fine window
STANDS = 0.2  # departure of the truth's derivative from the identity that a fine window stands


def coarse_loss(
    network: SeasonalNetwork, reference: Description, target: Description, truth: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """The loss of the coarse descriptions; whether each target cell was found ``(N, cells)``; and which have a
    counterpart ``(N, cells)``.
    """
    rows, columns = reference.coarse.shape[2:]
    # The middle of a cell is a corner of four pixels.
    corners = [truth[:, CELL // 2 - i :: CELL, CELL // 2 - j :: CELL] for i in (0, 1) for j in (0, 1)]
    place = (torch.stack(corners).mean(0) / CELL - 0.5).flatten(1, 2)  # in cells, NaN where there is none
    labels = bilinear(place, rows, columns)
    first, second = reference.coarse.flatten(2).float(), target.coarse.flatten(2).float()
    scale = network.coarse_scale.clamp(max=5.0).exp()
    likeness = second.transpose(1, 2) @ first * scale  # (N, target cells, reference cells)
    none = network.no_match * scale
    forward, known = told_apart(likeness, labels, none)
    backward, _ = told_apart(likeness.transpose(1, 2), labels.transpose(1, 2), none)
    loss = forward + backward
    best = likeness.detach().argmax(2)
    answer = torch.stack([best % columns, best // columns], -1).float()
    miss = (answer - place.nan_to_num(1e6)).norm(dim=-1)
    return loss / 2, miss < FOUND_CELLS, known


def bilinear(place: Tensor, rows: int, columns: int) -> Tensor:
    """Shares ``(N, K, rows * columns)`` of the cells around places ``(N, K, 2)`` x, y in cells; none for NaN."""
    known = place.isfinite().all(-1) & (place > -0.5).all(-1)
    known &= (place[..., 0] < columns - 0.5) & (place[..., 1] < rows - 0.5)
    x, y = torch.where(known[..., None], place, 0.0).unbind(-1)
    across = (1 - (x[..., None] - torch.arange(columns, device=place.device)).abs()).clamp(min=0)
    down = (1 - (y[..., None] - torch.arange(rows, device=place.device)).abs()).clamp(min=0)
    shares = (down[..., :, None] * across[..., None, :]).flatten(-2) * known[..., None]
    return shares / shares.sum(-1, keepdim=True).clamp(min=1e-6)


def told_apart(likeness: Tensor, labels: Tensor, none: Tensor) -> tuple[Tensor, Tensor]:
    """How badly the cells of one image are told apart by their ``likeness`` ``(N, K, L)`` to those of the other, and to
    ``none`` of them; which have a counterpart ``(N, K)``. ``labels`` ``(N, K, L)``: the shares of the right answers.
    """
    total = labels.sum(-1, keepdim=True)
    known = total[..., 0] > 0.5
    logarithm = functional.log_softmax(torch.cat([likeness, none.expand(*likeness.shape[:2], 1)], 2), 2)
    found = -(labels / total.clamp(min=1e-6) * logarithm[..., :-1]).sum(-1)
    loss = torch.where(known, found, -logarithm[..., -1])
    return weighted(loss, torch.where(known, 1.0, NO_MATCH_WEIGHT)), known


def weighted(values: Tensor, weights: Tensor) -> Tensor:
    return (values * weights).sum() / weights.sum().clamp(min=1e-6)


def fine_loss(
    network: SeasonalNetwork, reference: Description, target: Description, truth: Tensor
) -> tuple[Tensor, float]:
    """The loss of the fine descriptions, and the share of windows whose highest value lies within a pixel."""
    first, second, wanted = fine_windows(reference.fine, target.fine, truth)
    if not len(first):
        return target.fine.sum() * 0, float("nan")
    surface = correlated(first, second)
    side = surface.shape[-1]
    grid = torch.arange(side, device=surface.device, dtype=torch.float32) - SEARCH_PX
    bell_x = torch.exp(-((grid - wanted[:, :1]) ** 2) / (2 * BELL_PX**2))
    bell_y = torch.exp(-((grid - wanted[:, 1:]) ** 2) / (2 * BELL_PX**2))
    bell = (bell_y[:, :, None] * bell_x[:, None, :]).flatten(1)
    bell = bell / bell.sum(1, keepdim=True)
    logits = surface.flatten(1) * network.fine_scale.clamp(max=5.0).exp()
    loss = -(bell * functional.log_softmax(logits, 1)).sum(1).mean()
    best = logits.detach().argmax(1)
    miss = torch.stack([best % side - SEARCH_PX, best // side - SEARCH_PX], -1).float() - wanted
    return loss, float((miss.abs().amax(1) <= 1).float().mean())


def fine_windows(reference: Tensor, target: Tensor, truth: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Windows of the target ``(K, C, WINDOW_PX, WINDOW_PX)``, of the reference around about the same spot, larger by
    the search, and where in it each truly lies ``(K, 2)`` x, y pixels from the middle.
    """
    count, _, height, width = target.shape
    half, around = WINDOW_PX // 2, WINDOW_PX // 2 + SEARCH_PX
    along_x, along_y = truth[:, 1:-1, 2:] - truth[:, 1:-1, :-2], truth[:, 2:, 1:-1] - truth[:, :-2, 1:-1]
    unit = torch.eye(2, device=truth.device) * 2
    departure = torch.maximum((along_x - unit[0]).norm(dim=-1), (along_y - unit[1]).norm(dim=-1)) / 2
    here = truth[:, 1:-1, 1:-1]
    usable = here.isfinite().all(-1) & (departure < STANDS)
    usable &= (
        (here > around + ASIDE_PX).all(-1)
        & (here[..., 0] < width - around - ASIDE_PX)
        & (here[..., 1] < height - around - ASIDE_PX)
    )
    usable[:, :half] = usable[:, -half:] = False
    usable[:, :, :half] = usable[:, :, -half:] = False
    chosen = []
    for pair in range(count):
        candidates = usable[pair].flatten().nonzero()[:, 0]
        if len(candidates):
            drawn = candidates[torch.randint(len(candidates), (WINDOWS,), device=truth.device)]
            rows, columns = drawn // (width - 2) + 1, drawn % (width - 2) + 1
            chosen.append(torch.stack([torch.full_like(rows, pair), rows, columns], 1))
    if not chosen:
        return target[:0], target[:0], truth[:0, 0, 0]
    number, row, column = torch.cat(chosen).unbind(1)
    aside = torch.randint(-ASIDE_PX, ASIDE_PX + 1, (len(number), 2), device=truth.device)
    place = truth[number, row, column] - 0.5  # in indices of pixels
    whole = place.round().long() + aside
    return (
        _squares(target, number, row, column, half),
        _squares(reference, number, whole[:, 1], whole[:, 0], around),
        place - whole,
    )


def _squares(images: Tensor, number: Tensor, row: Tensor, column: Tensor, half: int) -> Tensor:
    reach = torch.arange(-half, half + 1, device=images.device)
    rows = (row[:, None] + reach).clamp(0, images.shape[2] - 1)
    columns = (column[:, None] + reach).clamp(0, images.shape[3] - 1)
    return images.permute(0, 2, 3, 1)[number[:, None, None], rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


def correlated(windows: Tensor, around: Tensor) -> Tensor:
    """Normalised correlation of ``windows`` ``(K, C, s, s)`` with every place in ``around`` ``(K, C, S, S)``:
    ``(K, S - s + 1, S - s + 1)``, each window under a Gaussian (as in matchers/windows.py).
    """
    small, large = windows.shape[-1], around.shape[-1]
    steps = (torch.arange(small, device=windows.device) - small // 2) / (0.35 * small)
    line = torch.exp(-(steps**2) / 2)
    weight = line[:, None] * line
    size = (large, large)

    def sums(first: Tensor, second: Tensor) -> Tensor:
        product = torch.fft.rfft2(second, s=size) * torch.fft.rfft2(first, s=size).conj()
        return torch.fft.irfft2(product.sum(1), s=size)[:, : large - small + 1, : large - small + 1]

    numerator = sums(windows * weight, around)
    energy = sums(weight[None, None], (around**2).sum(1, keepdim=True))
    own = (windows**2 * weight).sum((1, 2, 3))
    return numerator / torch.sqrt(energy.clamp(min=1e-4) * own[:, None, None].clamp(min=1e-4))
