"""The networks of the library transformers as this program builds them, with random weights (as networks.py does for
kornia's).

Built from their configurations alone: no name of the hub is ever given to transformers, which would download it.
SuperGlue and LightGlue come with a SuperPoint inside; it is a model of its own here, and left out of them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch


def superpoint() -> torch.nn.Module:
    """SuperPoint with the authors' settings: 8 px cells, descriptors of 256."""
    library = _transformers()
    network: torch.nn.Module = library.SuperPointForKeypointDetection(library.SuperPointConfig())
    return network


def superglue() -> torch.nn.Module:
    """SuperGlue for SuperPoint's features; indoor and outdoor weights have the same tensors."""
    library = _transformers()
    # 20 iterations are what the authors' own program takes, and enough: 100 is transformers' default.
    config = library.SuperGlueConfig(sinkhorn_iterations=20)
    return _without_detector(library.SuperGlueForKeypointMatching(config))


def lightglue() -> torch.nn.Module:
    """LightGlue for SuperPoint's features, all of its layers for all features."""
    library = _transformers()
    config = library.LightGlueConfig(depth_confidence=-1.0, width_confidence=-1.0)
    return _without_detector(library.LightGlueForKeypointMatching(config))


def efficient_loftr() -> torch.nn.Module:
    """EfficientLoFTR with the authors' settings."""
    library = _transformers()
    network: torch.nn.Module = library.EfficientLoFTRForKeypointMatching(library.EfficientLoFTRConfig())
    return network


def _transformers() -> Any:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the library is imported
    import transformers

    return transformers


def _without_detector(network: Any) -> torch.nn.Module:
    del network.keypoint_detector
    matcher: torch.nn.Module = network
    return matcher
