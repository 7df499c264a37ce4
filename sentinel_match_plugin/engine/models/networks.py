"""The networks as this program builds them, with random weights: what a file of weights is compared with.

Torch and kornia are imported inside, when a network is wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def loftr() -> torch.nn.Module:
    """LoFTR of kornia; indoor and outdoor weights have the same tensors."""
    from kornia.feature import LoFTR

    return LoFTR(pretrained=None)  # a name here would download


def aliked(variant: str) -> torch.nn.Module:
    """ALIKED of kornia in one of its variants, as ``aliked-n16``."""
    from kornia.feature import ALIKED

    return ALIKED(variant)
