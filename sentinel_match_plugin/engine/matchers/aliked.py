"""ALIKED (kornia): a light network that finds keypoints and describes them; mutual nearest neighbours of the
descriptors.

Source: Zhao et al., "ALIKED: a lighter keypoint and descriptor extraction network via deformable transformation", IEEE
TIM 2023. Weights: the authors' (BSD-3-Clause, 2.7 MB for n16, 0.8 MB for t16), from the model store. Use it between
seasons where rotation is below some 20 degrees and pixel sizes are known or alike; 0.6 s for a pair of 512 px windows
on one CPU core.

*Pixel frame.* kornia's ALIKED counts pixel centres at integers: + 0.5 gives ours. That is what the arithmetic says;
where the *trained* detector puts its points was measured by known scale changes of real images (2 networks, 4 dates,
scales 0.6 to 1.3, SIFT as a control at 0.01 px): they lie a further +0.2 px (0.0 to 0.4, by content and axis) to the
lower right of the spot that both images agree on. A constant for it would be half wrong on the next image, so there is
none. It cancels between equal pixel sizes, and patches of different known sizes are brought to the same one here.
"""

from __future__ import annotations

import os

import numpy as np
import torch
from kornia.feature import ALIKED

from ..events import Events
from ..models import fit_state, load_model
from .base import Matches, Patch
from .features import (
    at_pixels,
    distance_to_nodata,
    filled,
    mutual_nearest,
    one_per_place,
    probability,
    spread,
    to_common_sampling,
)

MAX_KEYPOINTS = 4000
# The network's own 0.2 gives a third fewer right matches, at the same share of right ones (15 windows, snow and summer)
DETECTION_THRESHOLD = 0.05
SMALLEST_PX = 64
EVIDENCE = 0.75, 0.075  # of the similarity: see probability()
NODATA_MARGIN_PX = 8.0


class AlikedMatcher:
    """ALIKED with weights from the model store. ``variant`` is ``aliked-n16`` (default) or ``aliked-t16`` (a third of
    the size).
    """

    name = "aliked"
    tile_px = 640  # 128 float32 channels at full resolution: 210 MB, and about four times that at the peak

    def __init__(
        self,
        device: torch.device,
        model_folder: str | os.PathLike[str] = "",
        events: Events | None = None,
        variant: str = "aliked-n16",
        min_similarity: float = 0.5,
        max_ratio: float = 1.0,
    ) -> None:
        """``min_similarity``: cosine below which two descriptors are no match. ``max_ratio`` of the distances to the
        best and the second best, 1 for no such test. Raises WeightsError if the weights are missing or wrong.
        """
        path, state = load_model(variant, model_folder, events)
        network = ALIKED(variant, max_num_keypoints=4 * MAX_KEYPOINTS, detection_threshold=DETECTION_THRESHOLD)
        fit_state(network, state, path, optional=("dkd.hw_grid",))  # a fixed grid of offsets, not learned
        self._network = network.eval().to(device)
        self._device, self._min_similarity, self._max_ratio = device, min_similarity, max_ratio

    def match(self, reference: Patch, target: Patch) -> Matches:
        """Mutual nearest neighbours; ``score`` from the similarity of their descriptors."""
        reference, target, reference_factor, target_factor = to_common_sampling(reference, target)
        reference_xy, reference_descriptors = self._features(reference)
        target_xy, target_descriptors = self._features(target)
        pairs = mutual_nearest(reference_descriptors, target_descriptors)
        ratio = np.sqrt(np.maximum(1 - pairs.similarity, 0) / np.maximum(1 - pairs.second, 1e-9))
        good = (pairs.similarity > self._min_similarity) & (ratio <= self._max_ratio)
        score = probability(pairs.similarity[good], *EVIDENCE)
        return one_per_place(
            Matches(
                reference_xy[pairs.reference[good]] * reference_factor,
                target_xy[pairs.target[good]] * target_factor,
                score,
            )
        )

    @torch.inference_mode()
    def _features(self, patch: Patch) -> tuple[np.ndarray, np.ndarray]:
        """Positions ``(N, 2)`` and descriptors of unit length float32 ``(N, D)``, none near nodata."""
        nothing = np.zeros((0, 2)), np.zeros((0, 1), np.float32)
        if min(patch.values.shape) < SMALLEST_PX or not patch.valid.any():
            return nothing
        image = torch.from_numpy(filled(patch))[None, None].to(self._device)
        # The steps of ALIKED.forward, taken one by one: it offers no mask, and with no keypoint at all it fails.
        features, scores = self._network.extract_dense_map(image.expand(1, 3, -1, -1))
        margin = distance_to_nodata(patch.valid) > NODATA_MARGIN_PX
        scores = scores * torch.from_numpy(margin).to(self._device, scores.dtype)
        keypoints, strengths, _ = self._network.dkd(scores)
        if not len(keypoints[0]):
            return nothing
        height, width = patch.values.shape
        normalised = keypoints[0].cpu().numpy().astype(float)
        xy = (normalised + 1) / 2 * [width - 1, height - 1] + 0.5
        inside = np.flatnonzero(at_pixels(margin, xy))
        chosen = inside[spread(xy[inside], strengths[0].cpu().numpy()[inside], (height, width), MAX_KEYPOINTS)]
        if not len(chosen):
            return nothing
        descriptors, _ = self._network.desc_head(features, [keypoints[0][torch.from_numpy(chosen).to(self._device)]])
        return xy[chosen], descriptors[0].float().cpu().numpy()
