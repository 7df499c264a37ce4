"""LightGlue (kornia): a transformer that pairs local features of two images by looking at all of them at once, for
SIFT, ALIKED, DISK and DeDoDe; LighterGlue, its small sister, for XFeat.

Source: Lindenberger, Sarlin and Pollefeys, "LightGlue: local feature matching at light speed", ICCV 2023; LighterGlue:
the authors of XFeat. Weights (Apache-2.0, 47.6 MB for each kind of feature, LighterGlue 4.5 MB) from the model store,
beside those of the detector. Use it where nearest neighbours give too few right pairs: it learned to leave out what has
no partner, and its score is a probability of its own. It compares all features with all, so it takes 2048 of each
image. It learned from upright photographs: no rotation beyond some 30 degrees, even with SIFT.

kornia has LightGlue for SuperPoint and HardNet as well; SuperPoint itself it has not (superpoint-lightglue goes through
transformers), and HardNet, KeyNet and DeDoDe G are not offered.

*Pixel frame.* Positions are only inputs here: they go in as each detector counted them when the weights were learned,
and those that come out are the detector's own, in our frame. A quarter of a thousandth of the image's side, which half
a pixel is, does not move a pair.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import torch

from ..events import Events
from ..models import load_network, published_or_tuned
from .local_features import Detector, FeatureMatcher, Features, Pairs

LIMIT = 2048  # features of an image: the attention of 9 layers compares all with all


class LightGluePairing:
    """LightGlue with weights from the model store, as a pairing (local_features.py)."""

    any_rotation = False

    def __init__(
        self,
        model: str,
        device: torch.device,
        model_folder: str | os.PathLike[str] = "",
        events: Events | None = None,
        threshold: float = 0.1,
        network: Any = None,
    ) -> None:
        """``model``: its name in the store. ``threshold`` 0..1: the least score of a pair. ``network``: one that is
        there already, as in training; None for the store's. Raises WeightsError if the weights are missing or wrong.
        """
        network = network or load_network(model, model_folder, events).to(device)
        network.conf.filter_threshold = threshold
        self._network, self._device = network, device

    @torch.inference_mode()
    def pair(self, reference: Features, target: Features) -> Pairs:
        if not len(reference) or not len(target):
            return Pairs(np.zeros(0, int), np.zeros(0, int), np.zeros(0))
        answer = self._network(self.inputs(reference, target))
        first, second = answer["matches"][0].cpu().numpy().T
        return Pairs(first, second, answer["scores"][0].cpu().double().numpy())

    def inputs(self, reference: Features, target: Features) -> dict[str, dict[str, torch.Tensor]]:
        """What the network is given of a pair."""
        return {"image0": self._input(reference), "image1": self._input(target)}

    def _input(self, features: Features) -> dict[str, torch.Tensor]:
        height, width = features.shape
        # The detectors count pixel centres at integers; half a pixel beyond the edge is refused
        keypoints = np.clip(features.xy - 0.5, 0, [width, height])
        data = {"keypoints": keypoints, "descriptors": features.unit(), "image_size": np.array([width, height])}
        if self._network.conf.add_scale_ori:
            # SIFT's learned from COLMAP: scale is sigma, half of OpenCV's diameter; the angle that of the image's
            # x axis towards its y axis, -pi..pi (kornia.feature.integrated)
            angle = np.radians(features.angle_deg)
            data |= {"scales": features.scale_px / 2, "oris": np.where(angle > np.pi, angle - 2 * np.pi, angle)}
        return {name: torch.from_numpy(a).to(self._device, torch.float32)[None] for name, a in data.items()}


def _matcher(
    name: str,
    detector: Detector,
    model: str,
    device: torch.device,
    folder: str,
    events: Events,
    threshold: float,
    weights: str,
) -> FeatureMatcher:
    """``weights``: published, or tuned (models/tuned_models.py)."""
    pairing = LightGluePairing(published_or_tuned(model, weights), device, folder, events, threshold)
    return FeatureMatcher(name, detector, pairing, LIMIT)


def sift_lightglue(
    device: torch.device,
    folder: str,
    seed: int,
    events: Events,
    threshold: float = 0.1,
    weights: str = "published",
    **options: Any,
) -> FeatureMatcher:
    from .opencv_features import Sift

    return _matcher("sift-lightglue", Sift(**options), "sift_lightglue", device, folder, events, threshold, weights)


def aliked_lightglue(
    device: torch.device,
    folder: str,
    seed: int,
    events: Events,
    threshold: float = 0.1,
    weights: str = "published",
    **options: Any,
) -> FeatureMatcher:
    from .aliked import Aliked

    detector = Aliked(device, folder, events, **options)
    return _matcher("aliked-lightglue", detector, "aliked_lightglue", device, folder, events, threshold, weights)


def disk_lightglue(
    device: torch.device,
    folder: str,
    seed: int,
    events: Events,
    threshold: float = 0.1,
    weights: str = "published",
    **options: Any,
) -> FeatureMatcher:
    from .disk import Disk

    detector = Disk(device, folder, events, **options)
    return _matcher("disk-lightglue", detector, "disk_lightglue", device, folder, events, threshold, weights)


def xfeat_lighterglue(
    device: torch.device,
    folder: str,
    seed: int,
    events: Events,
    threshold: float = 0.1,
    weights: str = "published",
    **options: Any,
) -> FeatureMatcher:
    from .xfeat import XFeat

    detector = XFeat(device, folder, events, **options)
    return _matcher("xfeat-lighterglue", detector, "xfeat-lighterglue", device, folder, events, threshold, weights)


def dedode_lightglue(
    device: torch.device,
    folder: str,
    seed: int,
    events: Events,
    threshold: float = 0.1,
    weights: str = "published",
    **options: Any,
) -> FeatureMatcher:
    from .dedode import DeDoDe

    detector = DeDoDe(device, folder, events, unit_length=False, **options)
    return _matcher("dedode-lightglue", detector, "dedodeb_lightglue", device, folder, events, threshold, weights)
