"""XFeat (kornia): small and fast keypoints and descriptors for weak computers; paired by mutual nearest neighbours, or
by LighterGlue (lightglue.py).

Source: Potje, Cadar, Araujo, Martins and Nascimento, "XFeat: accelerated features for lightweight image matching", CVPR
2024. Weights: the authors' (Apache-2.0, 6.2 MB), from the model store. Use it where ALIKED is too slow, between upright
rasters of like pixel size. kornia's semi-dense XFeat* is not offered: its positions are cells of 8 px, refined on one
side only. Similarity and score are those of XFeat's own matching, not measured on seasons: the weights were not at
hand where this was written.

*Pixel frame.* Keypoints are whole pixels whose centres kornia counts at integers: + 0.5 gives ours. kornia shrinks an
image to sides of multiples of 32, which moves positions by up to half a pixel; here the image grows to them at the
right and bottom, and nothing moves. There is no sub-pixel stage, so a position is right to some 0.3 px at best.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import torch
import torch.nn.functional as functional
from kornia.feature.xfeat import InterpolateSparse2d
from kornia.geometry.subpix import nms2d

from ..events import Events
from ..models import load_network
from .local_features import FeatureMatcher, MutualNearest
from .networks import Candidates, NetworkDetector

EVIDENCE = 0.9, 0.04  # of the similarity: see probability() in features.py; a guess, not measured
CELL_PX = 8
WINDOW = 5, 5  # in which a keypoint must be the strongest


class XFeat(NetworkDetector):
    """XFeat with weights from the model store."""

    name = "xfeat"
    multiple = 32
    tile_px = 1024

    def __init__(
        self,
        device: torch.device,
        model_folder: str | os.PathLike[str] = "",
        events: Events | None = None,
        keypoint_threshold: float = 0.05,
    ) -> None:
        """``keypoint_threshold`` 0..1: the least value of the heat map at a keypoint. Raises WeightsError if the
        weights are missing or wrong.
        """
        super().__init__(device)
        self._network = load_network("xfeat", model_folder, events).to(device)
        self._bicubic, self._bilinear = InterpolateSparse2d("bicubic"), InterpolateSparse2d("bilinear")
        self._threshold = keypoint_threshold

    def _candidates(self, image: torch.Tensor, allowed: torch.Tensor) -> Candidates:
        dense, logits, reliability = (output.float() for output in self._network(image))
        heat = functional.pixel_shuffle(logits.softmax(1)[:, :-1], CELL_PX)  # the last channel says: no keypoint here
        strongest = nms2d(heat, WINDOW, mask_only=True) & (heat > self._threshold) & allowed
        row, column = strongest[0, 0].nonzero(as_tuple=True)
        places = torch.stack([column, row], -1)[None].float()
        height, width = image.shape[-2:]
        if not len(row):
            return Candidates(np.zeros((0, 2)), np.zeros(0), lambda chosen: torch.zeros((0, dense.shape[1])))
        strength = heat[0, 0, row, column] * self._bilinear(reliability, places, height, width)[0, :, 0]
        directions = functional.normalize(dense, dim=1)

        def describe(chosen: np.ndarray) -> torch.Tensor:
            kept = places[:, torch.from_numpy(chosen).to(image.device)]
            return functional.normalize(self._bicubic(directions, kept, height, width)[0], dim=-1)

        return Candidates(places[0].cpu().double().numpy() + 0.5, strength.cpu().numpy(), describe)


def xfeat_detector(device: torch.device, folder: str, seed: int, events: Events, **options: Any) -> XFeat:
    return XFeat(device, folder, events, **options)


def xfeat_matcher(
    device: torch.device, folder: str, seed: int, events: Events, similarity: float = 0.82, **options: Any
) -> FeatureMatcher:
    pairing = MutualNearest(EVIDENCE, min_similarity=similarity, by_similarity=True)
    return FeatureMatcher("xfeat", XFeat(device, folder, events, **options), pairing)
