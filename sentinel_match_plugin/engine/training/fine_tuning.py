"""What the published matchers share when they are trained further: where their weights come from, and how they are
kept.

They start from the published weights in the model store, or from a file that training wrote; random numbers only where
that is asked for, which is for tests: these networks took their authors weeks. What is written is the whole network
under its own names, with notes, and is a model of the store by itself (models/tuned_models.py): sentinelmatch:models
with ACTION=import takes it, and the matcher uses it with the option ``weights=tuned``, beside the published ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from ..errors import WeightsError
from ..events import Events
from ..models import fit_state, load_network, load_state, locate, sha256_of, spec_of, tuned_name
from ..models.extras import require
from ..models.reading import MODEL, SOURCE, metadata_of
from ..models.storing import write
from ..models.tuned_models import goes_on_from

if TYPE_CHECKING:
    from ..matchers.local_features import Detector, Features
    from ..models.spec import ModelSpec
    from .pairs import TrainingPair

FEATURES = 512  # of an image, while training: what the papers take for synthetic warps; a match takes 2048


@dataclass(frozen=True)
class Start:
    """A network to train: ``model`` its name in the store; ``source`` where its weights come from, part of a sentence;
    ``untrained`` whether they are random numbers.
    """

    model: str
    network: Any
    source: str
    untrained: bool = False


def start(
    model: str, device: torch.device, folder: str, events: Events, weights: Path | None, untrained: bool = False
) -> Start:
    """The network of ``model`` with the weights of the file ``weights``, of the model store (None), or random ones,
    from torch's seed, where ``untrained``. Raises WeightsError (what to download, or what is wrong), ExtraMissing.
    """
    spec = spec_of(model)
    if spec.non_commercial:
        events.warning(
            f"{spec.title}: {spec.non_commercial} What is trained from it, or on its features, may be used for nothing "
            "else either."
        )
    if untrained:
        events.warning(f"{spec.title} starts from random numbers, as asked: fit for a test of the training only.")
        return Start(model, _built(spec).to(device), "random numbers", True)
    if weights is None:
        path = locate(model, folder)
        network = load_network(model, folder, events)
    else:
        path = weights
        network = _from_file(model, weights)
    return Start(model, network.to(device), f"{spec.title}, {path} (SHA-256 {sha256_of(path)})")


def _from_file(model: str, path: Path) -> torch.nn.Module:
    spec = spec_of(model)
    says = metadata_of(path).get(MODEL, model)
    if says not in goes_on_from(model):
        raise WeightsError(f"The file {path} holds the weights of {says}, not of {model}.")
    state = load_state(path)
    network = _built(spec)
    fit_state(network, spec.convert(state) if spec.convert else state, path, spec.optional)
    return network


def _built(spec: ModelSpec) -> torch.nn.Module:
    require(spec.extra, spec.title)
    if spec.network is None:
        raise WeightsError(f"{spec.title} is not a network of its own.")
    return spec.network()


class FineTuned:
    """A published network that learns (trainee.py). Subclasses say what its loss is and which matcher it makes.

    Means and variances of batch normalisation stay as published: a step sees too few pairs for better ones. A network
    of random weights has none worth keeping and learns them too.
    """

    usual_pairs: Mapping[str, float] = {"rotation": 30.0, "scale": 1.5}  # all of them expect upright images

    def __init__(self, name: str, start: Start) -> None:
        self.name, self._start = name, start
        self.usual_rate = 1e-3 if start.untrained else 1e-4
        self.module: Any = start.network
        self.device = next(self.module.parameters()).device

    def trainable(self) -> list[torch.nn.Parameter]:
        return [parameter for parameter in self.module.parameters() if parameter.requires_grad]

    def save(self, path: Path) -> None:
        """Write the weights to ``path`` as the tuned model of the store. Raises OutputError."""
        spec = spec_of(tuned_name(self._start.model))
        notes = {MODEL: spec.name, "title": spec.title, "licence": spec.licence}
        if spec.non_commercial:
            notes["non_commercial"] = spec.non_commercial
        write(Path(path), self.module.state_dict(), notes | {SOURCE: f"training that began with {self._start.source}"})

    def _learning(self) -> None:
        """The network as it learns, whatever mode it was in."""
        self.module.train()
        if not self._start.untrained:
            for part in self.module.modules():
                if isinstance(part, torch.nn.modules.batchnorm._BatchNorm):
                    part.eval()


def features_of(detector: Detector, pair: TrainingPair, limit: int, device: torch.device) -> tuple[Features, Features]:
    """The features of reference and target as in matching: in full precision, though training runs in less."""
    from ..matchers.base import Patch

    with torch.autocast(device.type, enabled=False):
        return (
            detector.detect(Patch(pair.reference, pair.reference_valid), limit),
            detector.detect(Patch(pair.target, pair.target_valid), limit),
        )


def mean_of(losses: Sequence[torch.Tensor], parts: Sequence[dict[str, float]]) -> tuple[torch.Tensor, dict[str, float]]:
    """The mean loss of the pairs that taught something, and of its parts; without any, a loss without gradient."""
    if not losses:
        return torch.zeros(()), {}
    names = {name for part in parts for name in part}
    means = {
        name: sum(values) / len(values) for name in sorted(names) if (values := [p[name] for p in parts if name in p])
    }
    return torch.stack(list(losses)).mean(), means
