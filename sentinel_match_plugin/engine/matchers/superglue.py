"""SuperGlue and LightGlue (transformers): networks that pair SuperPoint's features of two images by looking at all of
them at once.

Source: Sarlin et al., "SuperGlue: learning feature matching with graph neural networks", CVPR 2020; Lindenberger,
Sarlin and Pollefeys, "LightGlue: local feature matching at light speed", ICCV 2023. Weights, from the model store
beside SuperPoint's: SuperGlue Magic Leap's (48 MB, outdoor or indoor), for non-commercial research only; LightGlue's
own (47 MB, Apache-2.0), which still need SuperPoint. Use them where nearest neighbours give too few right pairs, images
turned by less than some 45 degrees. They compare all features with all, so they take 2048 of each image. LightGlue is
the faster one, SuperGlue the one of the papers.

transformers runs both on whole image pairs of one size; here each image has its own size, and its features come from
the detector, off nodata and spread. Its early ends of LightGlue, for pairs and for features, are switched off: they
save time on easy photographs and make an answer depend on what else is in the image. With the same weights and features
it gives the pairs and scores of kornia's LightGlue (a test).

*Pixel frame.* Positions are only inputs here: they go in as the authors count them, pixel centres at integers, and
those that come out are the detector's own, in our frame.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import torch

from ..events import Events
from ..models import load_network, published_or_tuned
from .local_features import FeatureMatcher, Features, Pairs
from .superpoint import SuperPoint

LIMIT = 2048  # features of an image: the attention of 9 or 18 layers compares all with all
# Both networks take positions in units of the longer side, from the image's middle. transformers takes one size for
# both images: positions are brought to an image of this side beforehand, each by its own size.
NOMINAL_PX = 1000


class HubPairing:
    """SuperGlue or LightGlue with weights from the model store, as a pairing (local_features.py)."""

    any_rotation = False

    def __init__(
        self,
        model: str,
        device: torch.device,
        model_folder: str | os.PathLike[str] = "",
        events: Events | None = None,
        threshold: float = 0.2,
        network: Any = None,
    ) -> None:
        """``model``: its name in the store. ``threshold`` 0..1: the least score of a pair. ``network``: one that is
        there already, as in training; None for the store's. Raises WeightsError if the weights are missing or wrong,
        ExtraMissing without transformers.
        """
        network = network or load_network(model, model_folder, events).to(device)
        network.config.matching_threshold = network.filter_threshold = threshold
        self._network, self._device = network, device
        self._takes_scores = model.startswith("superglue")

    @torch.inference_mode()
    def pair(self, reference: Features, target: Features) -> Pairs:
        if not len(reference) or not len(target):
            return Pairs(np.zeros(0, int), np.zeros(0, int), np.zeros(0))
        inputs, mask = self.inputs(reference, target)
        matches, scores = self._network._match_image_pair(*inputs, NOMINAL_PX, NOMINAL_PX, mask=mask)[:2]
        # One row for each image, in either shape that transformers gives them.
        partner = matches.reshape(2, -1)[0, : len(reference)].long().cpu().numpy()
        score = scores.reshape(2, -1)[0, : len(reference)].cpu().double().numpy()
        found = np.flatnonzero((partner >= 0) & (partner < len(target)) & (score > 0))
        return Pairs(found, partner[found], np.clip(score[found], 0, 1))

    def inputs(self, reference: Features, target: Features) -> tuple[list[torch.Tensor], torch.Tensor]:
        """What the network is given of a pair, of as many features as the image with more of them has: keypoints ``(1,
        2, N, 2)``, descriptors ``(1, 2, N, D)`` and, for SuperGlue, responses ``(1, 2, N)``; and which of them are
        features at all, int ``(1, 2, N)``.
        """
        both, most = (reference, target), max(len(reference), len(target))
        arrays = [[_nominal(features) for features in both], [features.unit() for features in both]]
        if self._takes_scores:
            arrays.append([features.response for features in both])
        mask = self._stacked([np.ones(len(features)) for features in both], most).int()
        return [self._stacked(array, most) for array in arrays], mask

    def _stacked(self, arrays: list[np.ndarray], most: int) -> torch.Tensor:
        """``(N, ...)`` and ``(M, ...)`` -> float32 ``(1, 2, most, ...)``, filled with zeros."""
        whole = np.zeros((1, 2, most, *arrays[0].shape[1:]), np.float32)
        for side, array in enumerate(arrays):
            whole[0, side, : len(array)] = array
        return torch.from_numpy(whole).to(self._device)


def _nominal(features: Features) -> np.ndarray:
    """Positions ``(N, 2)`` in a square image of ``NOMINAL_PX``, centre on centre."""
    height, width = features.shape
    return (features.xy - 0.5 - np.array([width, height]) / 2) / max(height, width) * NOMINAL_PX + NOMINAL_PX / 2


def superpoint_superglue(
    device: torch.device,
    folder: str,
    seed: int,
    events: Events,
    weights: str = "outdoor",
    threshold: float = 0.2,
    **options: Any,
) -> FeatureMatcher:
    detector = SuperPoint(device, folder, events, **options)
    pairing = HubPairing(f"superglue_{weights}", device, folder, events, threshold)
    return FeatureMatcher("superpoint-superglue", detector, pairing, LIMIT)


def superpoint_lightglue(
    device: torch.device,
    folder: str,
    seed: int,
    events: Events,
    threshold: float = 0.1,
    weights: str = "published",
    **options: Any,
) -> FeatureMatcher:
    detector = SuperPoint(device, folder, events, **options)
    pairing = HubPairing(published_or_tuned("superpoint_lightglue", weights), device, folder, events, threshold)
    return FeatureMatcher("superpoint-lightglue", detector, pairing, LIMIT)
