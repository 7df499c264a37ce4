"""ALIKED (kornia): a light network that finds keypoints and describes them; paired by mutual nearest neighbours, or by
LightGlue (lightglue.py).

Source: Zhao et al., "ALIKED: a lighter keypoint and descriptor extraction network via deformable transformation", IEEE
TIM 2023. Weights: the authors' (BSD-3-Clause; 0.8 to 3.9 MB), from the model store: n16; n16rot, which
learned from turned images too; n32 with more samples a descriptor; t16, a third of the size. Use it
between seasons where rotation is below some 20 degrees and pixel sizes are known or alike; 0.6 s for a pair of 512 px
windows on one CPU core.

*Pixel frame.* kornia's ALIKED counts pixel centres at integers: + 0.5 gives ours. That is what the arithmetic says;
where the *trained* detector puts its points was measured by known scale changes of real images (2 networks, 4 dates,
scales 0.6 to 1.3, SIFT as a control at 0.01 px): they lie a further +0.2 px (0.0 to 0.4, by content and axis) to the
lower right of the spot that both images agree on. A constant for it would be half wrong on the next image, so there is
none. It cancels between equal pixel sizes, and patches of different known sizes are brought to the same one here.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import torch
from kornia.feature import ALIKED

from ..events import Events
from ..models import fit_state, load_model
from .local_features import FeatureMatcher, MutualNearest
from .networks import Candidates, NetworkDetector

# The network's own 0.2 gives a third fewer right matches, at the same share of right ones (15 windows, snow and summer)
DETECTION_THRESHOLD = 0.05
EVIDENCE = 0.75, 0.075  # of the similarity: see probability() in features.py


class Aliked(NetworkDetector):
    """ALIKED with weights from the model store."""

    name = "aliked"
    tile_px = 640  # 128 float32 channels at full resolution: 210 MB, and about four times that at the peak

    def __init__(
        self,
        device: torch.device,
        model_folder: str | os.PathLike[str] = "",
        events: Events | None = None,
        weights: str = "n16",
        keypoint_threshold: float = DETECTION_THRESHOLD,
    ) -> None:
        """``weights``: which of the published networks, n16, n16rot, n32 or t16. ``keypoint_threshold`` 0..1: the least
        score of a keypoint. Raises WeightsError if the weights are missing or wrong.
        """
        super().__init__(device)
        variant = f"aliked-{weights}"
        path, state = load_model(variant, model_folder, events)
        network = ALIKED(variant, max_num_keypoints=4 * self.limit, detection_threshold=keypoint_threshold)
        fit_state(network, state, path, optional=("dkd.hw_grid",))  # a fixed grid of offsets, not learned
        self._network = network.eval().to(device)

    def _candidates(self, image: torch.Tensor, allowed: torch.Tensor) -> Candidates:
        # The steps of ALIKED.forward, taken one by one: it offers no mask, and with no keypoint at all it fails.
        features, scores = self._network.extract_dense_map(image.expand(1, 3, -1, -1))
        keypoints, strengths, _ = self._network.dkd(scores * allowed)
        height, width = image.shape[-2:]
        xy = (keypoints[0].cpu().numpy().astype(float) + 1) / 2 * [width - 1, height - 1] + 0.5

        def describe(chosen: np.ndarray) -> torch.Tensor:
            kept = keypoints[0][torch.from_numpy(chosen).to(image.device)]
            return torch.as_tensor(self._network.desc_head(features, [kept])[0][0])

        return Candidates(xy, strengths[0].cpu().numpy(), describe)


def aliked_detector(device: torch.device, folder: str, seed: int, events: Events, **options: Any) -> Aliked:
    return Aliked(device, folder, events, **options)


def aliked_matcher(
    device: torch.device, folder: str, seed: int, events: Events, similarity: float = 0.5, **options: Any
) -> FeatureMatcher:
    pairing = MutualNearest(EVIDENCE, min_similarity=similarity, by_similarity=True)
    return FeatureMatcher("aliked", Aliked(device, folder, events, **options), pairing)
