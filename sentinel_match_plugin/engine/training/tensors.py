"""Pairs as tensors on the device of the network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

if TYPE_CHECKING:
    from .pairs import TrainingPair


@dataclass(frozen=True)
class Batch:
    """N pairs of one size: ``reference``, ``target`` float32 ``(N, 1, H, W)`` 0..1, as the pairs have them;
    ``reference_valid``, ``target_valid`` bool ``(N, 1, H, W)``; ``truth`` float32 ``(N, H, W, 2)``: the reference pixel
    ``(x, y)`` that shows what the centre of a target pixel shows, centre of the first pixel at (0.5, 0.5), NaN where
    there is none.
    """

    reference: torch.Tensor
    target: torch.Tensor
    reference_valid: torch.Tensor
    target_valid: torch.Tensor
    truth: torch.Tensor

    def __len__(self) -> int:
        return len(self.reference)


def batch_of(pairs: Sequence[TrainingPair], device: torch.device) -> Batch:
    """``pairs``, all of one size, on ``device``; to a CUDA card from pinned memory, without waiting for it."""

    def moved(arrays: list[np.ndarray], channel: bool) -> torch.Tensor:
        tensor = torch.from_numpy(np.stack(arrays))
        tensor = tensor[:, None] if channel else tensor
        if device.type == "cuda":
            return tensor.pin_memory().to(device, non_blocking=True)
        return tensor.to(device)

    return Batch(
        reference=moved([pair.reference for pair in pairs], True),
        target=moved([pair.target for pair in pairs], True),
        reference_valid=moved([pair.reference_valid for pair in pairs], True),
        target_valid=moved([pair.target_valid for pair in pairs], True),
        truth=moved([pair.truth for pair in pairs], False),
    )
