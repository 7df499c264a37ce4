"""LoFTR trained further (START_FROM=loftr): the whole of it, cells and fine stage.

Source: Sun et al., "LoFTR: detector-free local feature matching with transformers", CVPR 2021 (section 3.5): the truth
of the coarse stage are cells of 1/8 that are each other's nearest; their confidence, a product of two softmaxes, gets
the focal loss (Lin et al., "Focal loss for dense object detection", ICCV 2017; alpha .25, gamma 2), true pairs and all
others alike, each by its mean. Pairs of cells less than a cell and a half from the truth that are not the nearest count
as neither. The fine stage gets the squared distance to the true place, weighed by the inverse of the variance that it
claims itself (through which nothing flows back). It learns at true pairs only, a share of them drawn at random; the
authors add those that the coarse stage found.

*Pixel frame.* That of the matcher (matchers/loftr.py): cell ``k`` and what the fine stage adds to it are positions in
our frame as they are, ``8k``; so the truth is asked for there. What the published network learned goes on.

The two images change places: the truth says for the target where the reference shows it, and LoFTR refines in its
second image. A pair is a pair either way.

kornia's own forward for training wants its truth from camera poses and depths, so its layers are taken one by one here;
a test compares with what it gives in matching.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as functional
from scipy.spatial import KDTree
from torch import Tensor

from ..errors import InputError
from ..events import Events
from ..matchers.base import Patch
from ..matchers.features import filled
from ..matchers.loftr import CELL_PX, LoftrMatcher, valid_cells
from .assignment import assignment
from .fine_tuning import FineTuned, Start, start
from .pairs import truth_of_matches

if TYPE_CHECKING:
    from .pairs import TrainingPair

MODEL = "loftr_outdoor"
ALPHA, GAMMA = 0.25, 2.0
NEAR_PX = 1.5 * CELL_PX
FINE_PAIRS = 512  # of a step and pair: the windows of both images are 50 x 128 numbers each
SUREST = 0.05  # the least standard deviation that is believed, in units of the window's half: 0.2 px
IMPOSSIBLE = -1e9


@dataclass(frozen=True)
class Truth:
    """What is true of the cells of a pair, L of the target and S of the reference, row by row.

    ``pairs`` int64 ``(K, 2)`` cell of the target, cell of the reference; ``offset`` float32 ``(K, 2)`` how far the true
    place lies from the reference's cell, pixels; ``neither`` int64 ``(J, 2)`` cells that are near and no pair;
    ``cells`` bool ``(L,)`` and ``(S,)``: which see valid pixels only.
    """

    pairs: Tensor
    offset: Tensor
    neither: Tensor
    cells: tuple[Tensor, Tensor]


def truth_of(pair: TrainingPair, device: torch.device) -> Truth:
    """The truth of a pair whose sides are whole cells."""
    rows, columns = (side // CELL_PX for side in pair.target.shape)
    grid = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).reshape(-1, 2) * float(CELL_PX)
    cells = [valid_cells(valid).ravel() for valid in (pair.target_valid, pair.reference_valid)]
    shown = np.where(cells[0][:, None], truth_of_matches(pair, grid), np.nan)
    usable = np.flatnonzero(cells[1])
    known = assignment(grid[usable], shown, within_px=CELL_PX / 2**0.5)
    first, second = known.pairs[:, 1], usable[known.pairs[:, 0]]
    seen = np.flatnonzero(np.isfinite(shown).all(1))
    near = KDTree(shown[seen]).sparse_distance_matrix(KDTree(grid), NEAR_PX, output_type="coo_matrix")
    neither = np.stack([seen[near.row], near.col], 1)

    def moved(array: np.ndarray) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(array)).to(device)

    return Truth(
        moved(np.stack([first, second], 1)),
        moved((shown[first] - grid[second]).astype(np.float32)),
        moved(neither.astype(np.int64)),
        (moved(cells[0]), moved(cells[1])),
    )


class LoftrTrainee(FineTuned):
    """LoFTR that learns, all of it."""

    def __init__(self, start: Start, fine_pairs: int = FINE_PAIRS) -> None:
        super().__init__("loftr", start)
        self.fine_pairs = fine_pairs

    def loss(self, pairs: Sequence[TrainingPair]) -> tuple[Tensor, dict[str, float]]:
        self._learning()
        self._check(pairs)
        truths = [truth_of(pair, self.device) for pair in pairs]
        taught = [number for number, truth in enumerate(truths) if len(truth.pairs)]
        if not taught:
            return torch.zeros(()), {}
        pairs, truths = [pairs[number] for number in taught], [truths[number] for number in taught]
        coarse, fine = self.features(pairs, truths)
        coarse_losses, found = [], []
        for number, truth in enumerate(truths):
            confidence = self.log_confidence(coarse[0][number], coarse[1][number], truth.cells)
            coarse_losses.append(focal_loss(confidence, truth))
            found.append((confidence.detach().argmax(1)[truth.pairs[:, 0]] == truth.pairs[:, 1]).float().mean())
        loss = torch.stack(coarse_losses).mean()
        parts = {"coarse": float(loss.detach()), "found": float(torch.stack(found).mean())}
        answer, wanted = self.fine(coarse, fine, truths)
        if len(wanted):
            fine_part, error_px = fine_loss(answer, wanted)
            loss = loss + fine_part
            parts |= {"fine": float(fine_part.detach()), "fine_error_px": error_px}
        return loss, parts | {"true_pairs": sum(len(truth.pairs) for truth in truths) / len(truths)}

    def features(
        self, pairs: Sequence[TrainingPair], truths: Sequence[Truth]
    ) -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor]]:
        """Of targets and references: coarse features after the transformer ``(B, cells, C)``, fine ones of the backbone
        ``(B, C, H / 2, W / 2)``.
        """
        network = self.module

        def images(patches: list[Patch]) -> Tensor:
            return torch.from_numpy(np.stack([filled(patch) for patch in patches]))[:, None].to(self.device)

        first = images([Patch(pair.target, pair.target_valid) for pair in pairs])
        second = images([Patch(pair.reference, pair.reference_valid) for pair in pairs])
        seen = network._pair_features({"image0": first, "image1": second})
        cells = [torch.stack([truth.cells[side] for truth in truths]) for side in (0, 1)]
        masks = cells if not all(bool(known.all()) for known in cells) else (None, None)
        tokens = [features["coarse"].flatten(2).transpose(1, 2).contiguous() for features in seen]
        coarse = network.loftr_coarse(*tokens, *masks)
        return coarse, (seen[0]["fine"], seen[1]["fine"])

    def log_confidence(self, first: Tensor, second: Tensor, cells: tuple[Tensor, Tensor]) -> Tensor:
        """The logarithm of the confidence of each pair of cells, float32 ``(L, S)``; very low where one is invalid."""
        with torch.autocast(self.device.type, enabled=False):
            similarity = first.float() @ second.float().T / first.shape[-1] / self.module.coarse_matching.temperature
            similarity = similarity.masked_fill(~(cells[0][:, None] & cells[1][None]), IMPOSSIBLE)
            return functional.log_softmax(similarity, 0) + functional.log_softmax(similarity, 1)

    def fine(
        self, coarse: tuple[Tensor, Tensor], fine: tuple[Tensor, Tensor], truths: Sequence[Truth]
    ) -> tuple[Tensor, Tensor]:
        """What the fine stage says of true pairs of cells, ``(M, 3)``: x, y in units of the window's half and their
        standard deviations, summed; and what is true, ``(M, 2)``.
        """
        network = self.module
        half_px = network.config["resolution"][1] * (network.config["fine_window_size"] // 2)
        chosen = []
        for number, truth in enumerate(truths):
            within = torch.nonzero((truth.offset.abs() <= half_px).all(1))[:, 0]
            drawn = within[torch.randperm(len(within))[: self.fine_pairs].to(within.device)]
            which = torch.full((len(drawn), 1), number, device=self.device)
            chosen.append((torch.cat([which, truth.pairs[drawn]], 1), truth.offset[drawn] / half_px))
        index, wanted = (torch.cat(parts) for parts in zip(*chosen, strict=True))
        if not len(index):
            return coarse[0].new_zeros((0, 3)), wanted
        data: dict[str, Any] = dict(zip(("b_ids", "i_ids", "j_ids"), index.unbind(1), strict=True))
        data |= dict(zip(("stride_c", "stride_f"), network.config["resolution"], strict=True))
        windows = network.loftr_fine(*network.fine_preprocess(*fine, *coarse, data))
        nowhere = wanted.new_zeros((len(wanted), 2))
        with torch.autocast(self.device.type, enabled=False):
            data |= {"mkpts0_c": nowhere, "mkpts1_c": nowhere, "mconf": nowhere[:, 0]}
            network.fine_matching(*(window.float() for window in windows), data)
        return data["expec_f"], wanted

    def matcher(self) -> LoftrMatcher:
        return LoftrMatcher(self.device, network=self.module)

    def _check(self, pairs: Sequence[TrainingPair]) -> None:
        shapes = {image.shape for pair in pairs for image in (pair.reference, pair.target)}
        if len(shapes) != 1 or any(side % CELL_PX for side in next(iter(shapes))):
            raise InputError(
                f"LoFTR learns from images of one size whose sides are whole cells of {CELL_PX} px, not of "
                f"{', '.join(f'{width} x {height}' for height, width in sorted(shapes))} px."
            )


def focal_loss(log_confidence: Tensor, truth: Truth) -> Tensor:
    """True pairs should be believed, others not: the mean over pairs, and over cells of what they believe wrongly."""
    right = log_confidence[truth.pairs[:, 0], truth.pairs[:, 1]]
    paired = -((1 - right.exp()) ** GAMMA * right).mean()
    # Where it is impossible to be wrong nothing is to be learned
    known = torch.cat([truth.pairs, truth.neither])
    wrong = log_confidence.exp().index_put((known[:, 0], known[:, 1]), log_confidence.new_zeros(()))
    others = -(wrong**GAMMA * torch.log1p(-wrong.clamp(max=1 - 1e-6))).sum() / max(len(wrong), 1)
    return ALPHA * (paired + others)


def fine_loss(answer: Tensor, wanted: Tensor) -> tuple[Tensor, float]:
    """The squared distance of ``answer`` ``(M, 3)`` from ``wanted`` ``(M, 2)``, weighed by the certainty claimed; and
    the median distance in pixels.
    """
    weight = answer[:, 2].detach().clamp(min=SUREST) ** -2
    square = ((answer[:, :2] - wanted) ** 2).sum(1)
    distance = float(square.detach().sqrt().median()) * CELL_PX / 2
    return (weight / weight.mean() * square).mean(), distance


def loftr(
    device: torch.device,
    folder: str,
    seed: int,
    events: Events,
    weights: Path | None = None,
    untrained: bool = False,
    **options: Any,
) -> LoftrTrainee:
    return LoftrTrainee(start(MODEL, device, folder, events, weights, untrained), **options)
