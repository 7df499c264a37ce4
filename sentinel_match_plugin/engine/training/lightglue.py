"""LightGlue trained further on the features of a detector, which stay as they are (START_FROM=aliked-lightglue and its
kin).

Source: Lindenberger, Sarlin and Pollefeys, "LightGlue: local feature matching at light speed", ICCV 2023: each layer
predicts an assignment, a double softmax times the matchability of both features, and each is told the truth
(equation 11, deep supervision): log-likelihood of the true pairs, and of being unmatchable for features without a
partner. The classifiers that end the network early learn, beside it and without influence on it, whether a layer
already says what the last one says (section 3.3); they must follow, or matching would end too early. While it learns
the network takes all its layers and keeps all its features.

kornia's network is trained for SIFT, ALIKED, DISK, XFeat and DeDoDe, transformers' for SuperPoint, each with its own
forward: what every layer leaves is caught by hooks, so nothing is computed otherwise than in matching.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
import torch.nn.functional as functional
from torch import Tensor

from ..events import Events
from ..matchers import make_detector
from ..matchers.lightglue import LIMIT, LightGluePairing
from ..matchers.local_features import Detector, FeatureMatcher, Features
from ..matchers.superglue import NOMINAL_PX, HubPairing
from .assignment import assignment
from .fine_tuning import FEATURES, FineTuned, Start, features_of, mean_of, start
from .pairs import truth_of_matches
from .superglue import transport_loss

if TYPE_CHECKING:
    from .pairs import TrainingPair


class LightGlueTrainee(FineTuned):
    """kornia's LightGlue or LighterGlue that learns, a detector that does not."""

    def __init__(self, name: str, start: Start, detector: Detector, limit: int = FEATURES) -> None:
        """``limit``: features of an image in training; matching takes more (lightglue.LIMIT)."""
        super().__init__(name, start)
        self.detector, self.limit = detector, limit
        self.pairing = self._pairing(start.model)

    def loss(self, pairs: Sequence[TrainingPair]) -> tuple[Tensor, dict[str, float]]:
        self._learning()
        losses, parts = [], []
        for pair in pairs:
            reference, target = features_of(self.detector, pair, self.limit, self.device)
            known = assignment(reference.xy, truth_of_matches(pair, target.xy))
            if not len(known.pairs):
                continue
            layers = self.layers(reference, target)
            told = [transport_loss(assigned, known) for assigned, _ in layers]
            supervised = torch.stack([loss for loss, _ in told]).mean()
            confidence = confidence_loss(layers)
            losses.append(supervised + confidence)
            parts.append(
                told[-1][1] | {"all_layers": float(supervised.detach()), "confidence": float(confidence.detach())}
            )
        return mean_of(losses, parts)

    def layers(self, reference: Features, target: Features) -> list[tuple[Tensor, list[Tensor]]]:
        """For each layer the logarithm of its assignment, float32 ``(M + 1, N + 1)``, the last row and column those of
        what has no partner; and how sure it is to say what the last layer says, for the features of each image ``(M,)``
        and ``(N,)`` 0..1 (nothing for the last one).
        """
        left: list[tuple[Tensor, Tensor]] = []
        with _caught(self.module.transformers, left.append), self._whole():
            self.module(self.pairing.inputs(reference, target))
        found = []
        for number, (first, second) in enumerate(left):
            with torch.autocast(self.device.type, enabled=False):
                assigned = self.module.log_assignment[number](first.float(), second.float())[0][0]
                sure = number < len(self.module.token_confidence)
                states = (first.float(), second.float())
                tokens = [token[0] for token in self.module.token_confidence[number](*states)] if sure else []
            found.append((assigned, tokens))
        return found

    def matcher(self) -> FeatureMatcher:
        self.module.eval()
        return FeatureMatcher(self.name, self.detector, self.pairing, LIMIT)

    def _pairing(self, model: str) -> Any:
        return LightGluePairing(model, self.device, network=self.module)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Within it no layer and no feature is left out."""
        conf = self.module.conf
        usual = conf.depth_confidence, conf.width_confidence
        conf.depth_confidence = conf.width_confidence = -1
        try:
            yield
        finally:
            conf.depth_confidence, conf.width_confidence = usual


class HubLightGlueTrainee(LightGlueTrainee):
    """transformers' LightGlue for SuperPoint: the same under other names. Matching never ends it early (superglue.py of
    the matchers), so its classifiers stay as they are.
    """

    def layers(self, reference: Features, target: Features) -> list[tuple[Tensor, list[Tensor]]]:
        inputs, mask = self.pairing.inputs(reference, target)
        left: list[Tensor] = []
        with _caught(self.module.transformer_layers, lambda output: left.append(output[0])):
            self.module._match_image_pair(*inputs, NOMINAL_PX, NOMINAL_PX, mask=mask)
        most = mask.shape[-1]  # both are filled up to the number of the richer image
        rows, columns = (torch.tensor([*range(len(f)), most], device=self.device) for f in (reference, target))
        with torch.autocast(self.device.type, enabled=False):
            assign = zip(self.module.match_assignment_layers, left, strict=True)
            return [(layer(states.float(), mask)[0][rows][:, columns], []) for layer, states in assign]

    def _pairing(self, model: str) -> Any:
        return HubPairing(model, self.device, threshold=0.1, network=self.module)


@contextmanager
def _caught(layers: Iterable[torch.nn.Module], take: Callable[[Any], None]) -> Iterator[None]:
    """Within it, ``take`` is given what each of ``layers`` computes."""
    hooks = [layer.register_forward_hook(lambda layer, inputs, output: take(output)) for layer in layers]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


def confidence_loss(layers: Sequence[tuple[Tensor, list[Tensor]]]) -> Tensor:
    """How wrong layers are about whether they say of a feature what the last one says: mean binary cross entropy."""
    last = layers[-1][0].detach()
    losses = []
    for assigned, tokens in layers[:-1]:
        for axis, sure in enumerate(tokens, 1):
            # The partner of each feature of the reference (axis 1), of the target (axis 0), or none: the last index
            same = (assigned.detach().argmax(2 - axis) == last.argmax(2 - axis))[:-1]
            with torch.autocast(sure.device.type, enabled=False):
                losses.append(functional.binary_cross_entropy(sure.float(), same.float()))
    return torch.stack(losses).mean() if losses else last.new_zeros(())


def lightglue(
    name: str,
    model: str,
    device: torch.device,
    folder: str,
    seed: int,
    events: Events,
    weights: Path | None = None,
    untrained: bool = False,
    **options: Any,
) -> LightGlueTrainee:
    """The trainee ``name``, that of the matcher of this name: its detector comes as it is, LightGlue is ``model``."""
    if model == "dedodeb_lightglue":
        from ..matchers.dedode import DeDoDe

        detector: Detector = DeDoDe(device, folder, events, unit_length=False)
    else:
        detector = make_detector(name.split("-")[0], device, folder, seed, events)
    kind = HubLightGlueTrainee if model == "superpoint_lightglue" else LightGlueTrainee
    return kind(name, start(model, device, folder, events, weights, untrained), detector, **options)


sift = partial(lightglue, "sift-lightglue", "sift_lightglue")
aliked = partial(lightglue, "aliked-lightglue", "aliked_lightglue")
disk = partial(lightglue, "disk-lightglue", "disk_lightglue")
xfeat = partial(lightglue, "xfeat-lighterglue", "xfeat-lighterglue")
dedode = partial(lightglue, "dedode-lightglue", "dedodeb_lightglue")
superpoint = partial(lightglue, "superpoint-lightglue", "superpoint_lightglue")
