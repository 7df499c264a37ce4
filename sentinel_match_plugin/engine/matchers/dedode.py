"""DeDoDe (kornia): one network that says where, another that says what is there; paired by mutual nearest neighbours,
or by LightGlue (lightglue.py).

Source: Edstedt, Bökman, Wadenbäck and Felsberg, "DeDoDe: detect, don't describe - describe, don't detect for local
feature matching", 3DV 2024; detector v2: "DeDoDe v2", CVPR workshops 2024. Weights: the authors' detector L v2 and
descriptor B (MIT, 58 and 54 MB), from the model store. Use it on a GPU, between upright rasters of like pixel size: two
networks as large as VGG-19 at full resolution are slow on a CPU. The descriptor G (DINOv2, over a gigabyte) and the
steered ones that stand rotation, which kornia has too, are not offered. Score and similarity were not measured on
seasons: the weights were not at hand where this was written.

*Pixel frame.* DeDoDe samples the centres of whole pixels and gives them at + 0.5, which is our frame. There is no
sub-pixel stage, so a position is right to some 0.3 px at best.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import torch
import torch.nn.functional as functional
from kornia.feature.dedode.utils import sample_keypoints

from ..events import Events
from ..models import load_network
from .local_features import FeatureMatcher, MutualNearest
from .networks import Candidates, NetworkDetector

EVIDENCE = 0.15, 0.05  # of 1 - ratio: see probability() in features.py; a guess, not measured
CANDIDATES = 10_000  # DeDoDe's own number
IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of red, green, blue


class DeDoDe(NetworkDetector):
    """Detector L v2 and descriptor B with weights from the model store."""

    name = "dedode"
    multiple = 8
    tile_px = 640

    def __init__(
        self,
        device: torch.device,
        model_folder: str | os.PathLike[str] = "",
        events: Events | None = None,
        unit_length: bool = True,
    ) -> None:
        """``unit_length``: False leaves descriptors as they are, which LightGlue learned from. Raises WeightsError if
        the weights are missing or wrong.
        """
        super().__init__(device)
        self._detector = load_network("dedode_detector_L_v2", model_folder, events).to(device)
        self._descriptor = load_network("dedode_descriptor_B", model_folder, events).to(device)
        self._unit_length = unit_length

    def _candidates(self, image: torch.Tensor, allowed: torch.Tensor) -> Candidates:
        mean, deviation = (torch.tensor(c, device=image.device)[:, None, None] for c in (IMAGENET_MEAN, IMAGENET_STD))
        colours = (image.expand(1, 3, -1, -1) - mean) / deviation
        height, width = image.shape[-2:]
        logits = self._detector(colours).float().reshape(1, height, width)
        chances = logits.flatten(1).softmax(-1).reshape(1, height, width) * allowed
        places, strength = sample_keypoints(chances, CANDIDATES)  # -1..1 of the image, at centres of pixels
        dense = self._descriptor(colours).float()

        def describe(chosen: np.ndarray) -> torch.Tensor:
            kept = places[:, torch.from_numpy(chosen).to(image.device)]
            found = functional.grid_sample(dense, kept[:, None], mode="bilinear", align_corners=False)[0, :, 0].T
            return functional.normalize(found, dim=-1) if self._unit_length else found

        xy = (places[0].cpu().double().numpy() + 1) / 2 * [width, height]
        return Candidates(xy, strength[0].cpu().numpy(), describe)


def dedode_matcher(
    device: torch.device, folder: str, seed: int, events: Events, ratio: float = 0.95, **options: Any
) -> FeatureMatcher:
    return FeatureMatcher("dedode", DeDoDe(device, folder, events, **options), MutualNearest(EVIDENCE, max_ratio=ratio))
