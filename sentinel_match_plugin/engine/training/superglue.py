"""SuperGlue trained further on SuperPoint's features, which stay as they are (START_FROM=superpoint-superglue).

Source: Sarlin et al., "SuperGlue: learning feature matching with graph neural networks", CVPR 2020: the loss is the
negative log-likelihood of the true assignment in the optimal-transport matrix with its dustbins (equation 11). There it
is a sum over all features; here the mean over true pairs and the mean over features without a partner count half each,
because two seasons share few features, and the dustbins would drown the pairs. The layers are those of transformers'
SuperGlueForKeypointMatching, whose own forward gives matches only; they are taken one by one here, and a test compares.

Positions are encoded and the transport is iterated in full precision, though training runs in less: bfloat16 knows a
position to 1/256 of the image.

Magic Leap's weights are for non-commercial research, and so is everything that is trained from them: the notes of the
file that training writes say so, and the model store asks before it takes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from ..events import Events
from ..matchers.features import spread
from ..matchers.local_features import Detector, FeatureMatcher, Features
from ..matchers.superglue import LIMIT, NOMINAL_PX, HubPairing
from ..matchers.superpoint import SuperPoint
from .assignment import Assignment, assignment
from .fine_tuning import FEATURES, FineTuned, Start, features_of, mean_of, start
from .pairs import truth_of_matches

if TYPE_CHECKING:
    from .pairs import TrainingPair

MODEL = "superglue_outdoor"


class SuperGlueTrainee(FineTuned):
    """SuperGlue that learns; SuperPoint, or another detector of 256 numbers a feature, that does not."""

    def __init__(self, start: Start, detector: Detector, limit: int = FEATURES) -> None:
        """``limit``: features of an image in training; matching takes more (superglue.LIMIT)."""
        super().__init__("superpoint-superglue", start)
        self.detector, self.limit = detector, limit
        self.pairing = HubPairing(MODEL, self.device, network=self.module)

    def loss(self, pairs: Sequence[TrainingPair]) -> tuple[Tensor, dict[str, float]]:
        self._learning()
        losses, parts = [], []
        for pair in pairs:
            reference, target = _as_many(*features_of(self.detector, pair, self.limit, self.device))
            known = assignment(reference.xy, truth_of_matches(pair, target.xy))
            if len(known.pairs):
                loss, part = transport_loss(self.log_transport(reference, target), known)
                losses.append(loss)
                parts.append(part)
        return mean_of(losses, parts)

    def log_transport(self, reference: Features, target: Features) -> Tensor:
        """The logarithm of the optimal transport, float32 ``(N + 1, N + 1)``, dustbins last; as many features in both
        images.
        """
        from transformers.models.superglue.modeling_superglue import log_optimal_transport, normalize_keypoints

        network = self.module
        keypoints, descriptors, responses = (tensor[0] for tensor in self.pairing.inputs(reference, target)[0])
        with torch.autocast(self.device.type, enabled=False):
            places = normalize_keypoints(keypoints, NOMINAL_PX, NOMINAL_PX)
            seen = descriptors + network.keypoint_encoder(places, responses)[0]
        projected = network.final_projection(network.gnn(seen)[0])
        with torch.autocast(self.device.type, enabled=False):
            first, second = projected.float() / network.config.hidden_size**0.25
            similarity = (first @ second.T)[None]
            steps = network.config.sinkhorn_iterations
            transport: Tensor = log_optimal_transport(similarity, network.bin_score, iterations=steps)[0]
        return transport

    def matcher(self) -> FeatureMatcher:
        self.module.eval()
        return FeatureMatcher(self.name, self.detector, self.pairing, LIMIT)


def transport_loss(transport: Tensor, known: Assignment) -> tuple[Tensor, dict[str, float]]:
    """How unlikely the truth is by the logarithm of a transport ``(M + 1, N + 1)``, in nats; its parts by name.

    Half is the mean over pairs, half the mean over the features of both images that belong into a dustbin.
    """
    indices = known.pairs, known.lone_reference, known.lone_target
    pairs, rows, columns = (torch.from_numpy(index).to(transport.device) for index in indices)
    paired = -transport[pairs[:, 0], pairs[:, 1]].mean()
    alone = -torch.cat([transport[rows, -1], transport[-1, columns]])
    found = (transport.detach()[:-1, :-1].argmax(1)[pairs[:, 0]] == pairs[:, 1]).float().mean()
    loss = paired / 2 + alone.mean() / 2 if len(alone) else paired
    parts = {"pairs_nll": float(paired.detach()), "found": float(found), "true_pairs": float(len(pairs))}
    return loss, parts | ({"alone_nll": float(alone.detach().mean())} if len(alone) else {})


def _as_many(reference: Features, target: Features) -> tuple[Features, Features]:
    """Both with the number that the poorer image has, the strongest of each part: filled up with zeros, as for
    matching, they would spoil the statistics of batch normalisation.
    """
    most = min(len(reference), len(target))

    def chosen(features: Features) -> Features:
        return features[spread(features.xy, features.response, features.shape, most)]

    return chosen(reference), chosen(target)


def superglue(
    device: torch.device,
    folder: str,
    seed: int,
    events: Events,
    weights: Path | None = None,
    untrained: bool = False,
    **options: Any,
) -> SuperGlueTrainee:
    """SuperPoint comes from the model store in any case."""
    detector = SuperPoint(device, folder, events)
    return SuperGlueTrainee(start(MODEL, device, folder, events, weights, untrained), detector, **options)
