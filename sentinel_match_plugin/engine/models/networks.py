"""The networks as this program builds them, with random weights: what a file of weights is compared with.

Torch and kornia are imported inside, when a network is wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

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


def disk() -> torch.nn.Module:
    """DISK of kornia, as published for depth supervision."""
    from kornia.feature import DISK

    return DISK()


def xfeat() -> torch.nn.Module:
    """The network within kornia's XFeat."""
    from kornia.feature.xfeat import XFeatModel

    return XFeatModel()


def dedode_detector() -> torch.nn.Module:
    """DeDoDe's detector L; it computes in half precision on CUDA."""
    from kornia.feature.dedode.dedode_models import get_detector

    return _without_classifier(partial(get_detector, "L"))


def dedode_descriptor() -> torch.nn.Module:
    """DeDoDe's descriptor B; it computes in half precision on CUDA."""
    from kornia.feature.dedode.dedode_models import get_descriptor

    return _without_classifier(partial(get_descriptor, "B"))


def _without_classifier(build: Callable[[], torch.nn.Module]) -> torch.nn.Module:
    """kornia draws 120 million numbers for the classifier of VGG-19 and drops them, which takes seconds: built without
    memory first, only what is kept is drawn.
    """
    import torch

    with torch.device("meta"):
        network = build()
    network.to_empty(device="cpu")
    for module in network.modules():
        reset = getattr(module, "reset_parameters", None)
        if callable(reset):
            reset()
    return network


def lightglue(features: str) -> torch.nn.Module:
    """LightGlue of kornia as it is configured for ``features`` (kornia's name: sift, aliked, disk, xfeat, dedodeb)."""
    from kornia.feature import LightGlue

    # With features=None nothing is downloaded; with weights=None nothing is looked for in kornia's own folder.
    settings: dict[str, Any] = {**LightGlue.features[features], "features": None, "weights": None}
    return LightGlue(**settings)
