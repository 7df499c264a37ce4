"""DISK (kornia): keypoints and descriptors of one U-Net, learned by reinforcement; paired by mutual nearest neighbours,
or by LightGlue (lightglue.py).

Source: Tyszkiewicz, Fua and Trulls, "DISK: learning local features with policy gradient", NeurIPS 2020. Weights: the
authors' (Apache-2.0, 4.4 MB), those trained with depth, from the model store. Use it for many well spread points
between upright rasters of like pixel size. Score and ratio are those of DISK's own matching, not measured on seasons:
the weights were not at hand where this was written. kornia has the weights trained with epipolar lines too; they are
not offered.

*Pixel frame.* kornia's DISK gives whole pixels whose centres are at integers: + 0.5 gives ours. There is no sub-pixel
stage, so a position is right to some 0.3 px at best.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import torch
import torch.nn.functional as functional
from kornia.geometry.subpix import nms2d

from ..events import Events
from ..models import load_network
from .local_features import FeatureMatcher, MutualNearest
from .networks import Candidates, NetworkDetector

EVIDENCE = 0.15, 0.05  # of 1 - ratio: see probability() in features.py; a guess, not measured
WINDOW = 5, 5  # in which a keypoint must be the strongest


class Disk(NetworkDetector):
    """DISK with weights from the model store."""

    name = "disk"
    multiple = 16
    tile_px = 640

    def __init__(
        self,
        device: torch.device,
        model_folder: str | os.PathLike[str] = "",
        events: Events | None = None,
        keypoint_threshold: float = 0.0,
    ) -> None:
        """``keypoint_threshold``: the least value of the heat map at a keypoint. Raises WeightsError if the weights are
        missing or wrong.
        """
        super().__init__(device)
        self._network: Any = load_network("disk-depth", model_folder, events).to(device)
        self._threshold = keypoint_threshold

    def _candidates(self, image: torch.Tensor, allowed: torch.Tensor) -> Candidates:
        heat, dense = self._network.heatmap_and_dense_descriptors(image.expand(1, 3, -1, -1))
        strongest = nms2d(heat, WINDOW, mask_only=True) & (heat > self._threshold) & allowed
        row, column = strongest[0, 0].nonzero(as_tuple=True)
        xy = torch.stack([column, row], -1).cpu().numpy() + 0.5

        def describe(chosen: np.ndarray) -> torch.Tensor:
            kept = torch.from_numpy(chosen).to(image.device)
            return functional.normalize(dense[0][:, row[kept], column[kept]].T.float(), dim=-1)

        return Candidates(xy, heat[0, 0, row, column].float().cpu().numpy(), describe)


def disk_detector(device: torch.device, folder: str, seed: int, events: Events, **options: Any) -> Disk:
    return Disk(device, folder, events, **options)


def disk_matcher(
    device: torch.device, folder: str, seed: int, events: Events, ratio: float = 0.95, **options: Any
) -> FeatureMatcher:
    return FeatureMatcher("disk", Disk(device, folder, events, **options), MutualNearest(EVIDENCE, max_ratio=ratio))
