"""SuperPoint (transformers): a network that finds corners and describes them, the detector that SuperGlue was made for.

Source: DeTone, Malisiewicz and Rabinovich, "SuperPoint: self-supervised interest point detection and description",
CVPR workshops 2018. Weights: Magic Leap's, 5.2 MB, from the model store, for non-commercial research only: neither the
weights nor what is trained from them may be used otherwise, which is why they never ship and the store asks first. Use
it with SuperGlue or LightGlue, where an image is turned by less than some 45 degrees.

*Pixel frame.* Each cell of 8 x 8 px has one score for each of its pixels, row by row (and one for "none of them"): a
keypoint is a whole pixel of index (x, y), whose centre is at + 0.5 in our frame. There is no sub-pixel step, in the
paper or in transformers: a keypoint is .3 px off along each axis (the error of rounding), which the fit of many
averages out. The descriptors are interpolated between cells where the keypoint is, as the authors do.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import torch

from ..events import Events
from ..models import load_network
from .networks import Candidates, NetworkDetector


class SuperPoint(NetworkDetector):
    """SuperPoint with weights from the model store."""

    name = "superpoint"
    tile_px = 640
    smallest_px = 64
    multiple = 8

    def __init__(
        self,
        device: torch.device,
        model_folder: str | os.PathLike[str] = "",
        events: Events | None = None,
        keypoint_threshold: float = 0.005,
    ) -> None:
        """``keypoint_threshold`` 0..1: the least score of a keypoint. Raises WeightsError if the weights are missing or
        wrong, ExtraMissing without transformers.
        """
        super().__init__(device)
        network: Any = load_network("superpoint", model_folder, events).to(device)
        network.keypoint_decoder.keypoint_threshold = keypoint_threshold
        self._network = network

    def _candidates(self, image: torch.Tensor, allowed: torch.Tensor) -> Candidates:
        # The steps of SuperPointForKeypointDetection.forward, taken one by one: it offers no mask, and describes what
        # is not kept.
        encoded = self._network.encoder(image)[0]
        decoder = self._network.keypoint_decoder
        keypoints, scores = decoder._extract_keypoints(decoder._get_pixel_scores(encoded) * allowed)
        xy = keypoints.cpu().double().numpy() + 0.5

        def describe(chosen: np.ndarray) -> torch.Tensor:
            kept = keypoints[torch.from_numpy(chosen).to(image.device)]
            return torch.as_tensor(self._network.descriptor_decoder(encoded, kept[None]))

        return Candidates(xy, scores.cpu().double().numpy(), describe)


def superpoint_detector(device: torch.device, folder: str, seed: int, events: Events, **options: Any) -> SuperPoint:
    return SuperPoint(device, folder, events, **options)
