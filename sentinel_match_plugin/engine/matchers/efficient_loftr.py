"""EfficientLoFTR (transformers): LoFTR with a lighter backbone and attention over aggregated cells; sub-pixel by two
fine stages.

Source: Wang et al., "Efficient LoFTR: semi-dense local feature matching with sparse-like speed", CVPR 2024. Weights:
the authors' outdoor model (Apache-2.0, 64 MB), from the model store. Use it as LoFTR, between seasons where orientation
and pixel size are about equal: many points, spread evenly.

The layers are those of transformers' EfficientLoFTRForKeypointMatching; what picks matches from their features, and has
no weights, is here, after the paper. transformers' own (5.23) lists the partner of each target cell beside that of each
reference cell as if they were one pair, which holds only where nothing moved, and weighs fine matches against those of
other cells (its softmax runs over the matches). It also takes no mask, two images of one size, and sides that are whole
numbers of 32 px. Here nodata is left out where cells are compared; the attention still sees it, filled with the mean.

*Pixel frame.* As LoFTR (loftr.py): a coarse cell ``k`` is called ``8k`` and a fine pixel ``j`` of it ``8k + j - 3.5``,
numbers that went through COLMAP's camera matrices in training, where the first pixel's centre is at 0.5: positions are
taken as they are. By the arithmetic of windows fine pixel ``j`` is ``8k + j + 0.5`` in our frame; the 4 px between the
two are the same on both sides, and cancel at equal pixel sizes, to which patches of known sizes are brought here. Which
of them the published network answers for has not been measured: its weights were not on the machines it was built on.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor

from ..events import Events
from ..models import load_network
from .base import Matches, Patch
from .features import filled, one_per_place, to_common_sampling
from .loftr import CELL_PX, usable, valid_cells

MULTIPLE_PX = 32  # four cells are aggregated into one
BORDER_CELLS = 2  # never matched, as the authors do
SMALLEST_PX = (2 * BORDER_CELLS + 2) * CELL_PX
TEMPERATURE = 0.1  # of the coarse similarities
FINE_TEMPERATURE = 10.0
FINE_CHANNELS = 8  # the last ones of the fine features, which the second stage compares
IMPOSSIBLE = -1e9


class EfficientLoftrMatcher:
    """EfficientLoFTR with weights from the model store."""

    name = "efficient-loftr"
    tile_px = 640  # 6400 cells: their similarity matrix is 164 MB; it grows with the fourth power of the side

    def __init__(
        self,
        device: torch.device,
        model_folder: str | os.PathLike[str] = "",
        events: Events | None = None,
        threshold: float = 0.2,
    ) -> None:
        """``threshold`` 0..1: matches of less confidence are left out. Raises WeightsError if the weights are missing
        or wrong, ExtraMissing without transformers.
        """
        network: Any = load_network("efficient_loftr", model_folder, events).to(device)
        self._network, self._device, self._threshold = network, device, threshold

    @torch.inference_mode()
    def match(self, reference: Patch, target: Patch) -> Matches:
        """Matches of cells of 8 px in the reference; ``score`` is the network's confidence, a product of two softmaxes
        over cells.
        """
        reference, target, reference_factor, target_factor = to_common_sampling(reference, target)
        shapes = np.array([reference.values.shape, target.values.shape])
        if shapes.min() < SMALLEST_PX:
            return Matches.none()
        height, width = -(-shapes.max(0) // MULTIPLE_PX) * MULTIPLE_PX
        images = torch.from_numpy(np.stack([_padded(patch, height, width) for patch in (reference, target)]))
        backbone = self._network.efficientloftr(images[None, :, None].to(self._device))
        coarse, *residual = backbone.feature_maps
        across = width // CELL_PX
        cells = [_cells(patch, coarse.shape[-2:]) for patch in (reference, target)]
        first, second, score = self._pairs(coarse.flatten(3)[0].transpose(1, 2), cells)
        if not len(first):
            return Matches.none()
        fine_first, fine_second = self._network.refinement_layer(coarse / coarse.shape[2] ** 0.5, residual)
        offsets = _offsets(fine_first[0, first], fine_second[0, second])
        places = [
            torch.stack([index % across, index // across], -1) * CELL_PX + offset
            for index, offset in zip((first, second), offsets, strict=True)
        ]
        reference_xy, target_xy = (place.cpu().double().numpy() for place in places)
        good = usable(reference.valid, reference_xy) & usable(target.valid, target_xy)
        return one_per_place(
            Matches(
                reference_xy[good] * reference_factor,
                target_xy[good] * target_factor,
                np.clip(score.cpu().double().numpy()[good], 0, 1),
            )
        )

    def _pairs(self, features: Tensor, cells: list[np.ndarray]) -> tuple[Tensor, Tensor, Tensor]:
        """Cells that are each other's best match: their indices in both images and the confidence, each ``(N,)``.

        ``features`` ``(2, cells, channels)``; ``cells`` bool ``(rows, columns)`` of both: which may be matched.
        """
        features = features / features.shape[-1] ** 0.5
        similarity = features[0] @ features[1].T / TEMPERATURE
        for axis, allowed in enumerate(cells):
            refused = torch.from_numpy(~allowed.ravel()).to(similarity.device)
            similarity = similarity.masked_fill(refused[:, None] if axis == 0 else refused[None], IMPOSSIBLE)
        confidence = functional.softmax(similarity, 0) * functional.softmax(similarity, 1)
        inside = [torch.from_numpy(_inner(allowed).ravel()).to(similarity.device) for allowed in cells]
        score, partner = confidence.max(1)
        mutual = confidence.argmax(0)[partner] == torch.arange(len(partner), device=partner.device)
        kept = torch.nonzero(mutual & (score > self._threshold) & inside[0] & inside[1][partner])[:, 0]
        return kept, partner[kept], score[kept]


def _offsets(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    """Of matched cells, how far from the cell's number the match lies in the reference and in the target, pixels, each
    ``(N, 2)`` x, y.

    ``first`` ``(N, 64, channels)`` the fine features of the 8 x 8 px of a cell, ``second`` ``(N, 100, channels)`` those
    of its partner and a pixel around it. The first stage takes the most confident pair of pixels. The second adds a
    fraction in the target: the mean of 3 x 3 positions by the softmax of how well the last channels fit.
    """
    count, side, channels = len(first), CELL_PX, first.shape[-1]
    wide = side + 2
    similarity = first[..., :-FINE_CHANNELS] @ second[..., :-FINE_CHANNELS].transpose(1, 2) / channels
    confidence = functional.softmax(similarity, 1) * functional.softmax(similarity, 2)
    confidence = confidence.reshape(count, side * side, wide, wide)[..., 1:-1, 1:-1].reshape(count, -1)
    best = confidence.argmax(1)
    at, there = best // side**2, best % side**2
    pixel = torch.stack([torch.stack([index % side, index // side], -1) for index in (at, there)])
    offset = pixel + 0.5 - side / 2
    finer = first[..., -FINE_CHANNELS:][torch.arange(count, device=first.device), at][:, None]
    fit = (finer @ second[..., -FINE_CHANNELS:].transpose(1, 2) / FINE_CHANNELS**0.5).reshape(count, wide, wide)
    step = torch.arange(-1, 2, device=first.device)
    # The pixel's number counts without the rim, the table with it: the authors do not add the rim, so the network
    # learned on positions that lie one pixel to the upper left, and wrap around.
    row, column = (pixel[1][:, axis, None] + step for axis in (1, 0))
    around = fit[torch.arange(count, device=first.device)[:, None, None], row[:, :, None], column[:, None]]
    weight = functional.softmax(around.flatten(1) / FINE_TEMPERATURE, -1).reshape(count, 3, 3)
    fraction = torch.stack([weight.sum(1) @ step.to(weight), weight.sum(2) @ step.to(weight)], -1)
    return offset[0], offset[1] + fraction


def _padded(patch: Patch, height: int, width: int) -> np.ndarray:
    """The image, float32 ``(height, width)``, grown to the right and bottom."""
    rows, columns = patch.values.shape
    return np.pad(filled(patch), ((0, height - rows), (0, width - columns)), mode="edge")


def _cells(patch: Patch, shape: tuple[int, int]) -> np.ndarray:
    """Which cells of the padded image see valid pixels only, bool of ``shape``."""
    cells = valid_cells(patch.valid)
    return np.pad(cells, ((0, shape[0] - cells.shape[0]), (0, shape[1] - cells.shape[1])))


def _inner(cells: np.ndarray) -> np.ndarray:
    """Those that are not at the image's border, the padded one included."""
    inner = np.zeros_like(cells)
    here = np.s_[BORDER_CELLS:-BORDER_CELLS, BORDER_CELLS:-BORDER_CELLS]
    inner[here] = cells[here]
    return inner


def efficient_loftr_matcher(
    device: torch.device, folder: str, seed: int, events: Events, **options: Any
) -> EfficientLoftrMatcher:
    return EfficientLoftrMatcher(device, folder, events, **options)
