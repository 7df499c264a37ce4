"""What can be trained: the protocol that the loop asks of a network with its loss, and the table of those there are.

Adding one is one file with a maker, and one entry in ``TRAINEES``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..errors import InputError, WeightsError
from ..events import Events
from ..jobs.training import START_FROM
from ..models.reading import MODEL, load_state, metadata_of
from ..models.tuned_models import goes_on_from

if TYPE_CHECKING:
    import torch

    from ..matchers.base import FreeMatcher
    from .pairs import TrainingPair

LARGEST_MB = 500.0  # of a weights file that training starts from


class Trainee(Protocol):
    """A network and how it learns. ``module`` is the whole of it, frozen parts included, and lies on its device.

    The loop calls ``module.train()`` before steps and ``module.eval()`` before validation. Whatever is drawn at random
    is drawn from torch, whose seed the loop sets at every step: a run that was stopped then goes on as if it had not
    been. Attributes that may be there: ``channels_last = True`` asks for that memory format;
    ``usual_rate`` is the learning rate that suits it, 1e-3 without; ``usual_pairs`` the options of pairs
    (pair_options.py) that suit it, where the user sets none of how pairs move.
    """

    name: str
    module: torch.nn.Module

    def trainable(self) -> list[torch.nn.Parameter]:
        """The parameters that learn; all others stay as they are."""
        ...

    def loss(self, pairs: Sequence[TrainingPair]) -> tuple[torch.Tensor, dict[str, float]]:
        """The mean loss over ``pairs``, a scalar to be minimised, and its parts by name, for the log.

        Called within autocast; ``batch_of`` (tensors.py) brings the pairs to the device. Where the pairs teach nothing,
        the loss needs no gradient (``requires_grad`` False), and the loop leaves them out.
        """
        ...

    def matcher(self) -> FreeMatcher:
        """The network as it is now, as a matcher of the product (not a copy: it is asked for again after steps)."""
        ...

    def save(self, path: Path) -> None:
        """Write the weights as safetensors, atomically, with the note ``sentinel_match.model`` (models/reading.py) that
        tells what they are. Raises OutputError.
        """
        ...


@dataclass(frozen=True)
class TraineeEntry:
    """Something to start from. ``maker`` is ``module:function`` within this package, a function ``(device,
    model_folder, seed, events, weights) -> Trainee``; ``weights`` a file to start from, None for the default of the
    entry (random, or the published ones of the model store: WeightsError if these are missing). Those with published
    weights take ``untrained=True`` besides: random ones, for tests.

    ``models``: what the note ``sentinel_match.model`` of a weights file may say for this entry to go on from it.
    """

    maker: str
    models: tuple[str, ...] = ()


TRAINEES: dict[str, TraineeEntry] = {
    "seasonal": TraineeEntry("seasonal:untrained", ("seasonal",)),
    "seasonal-shipped": TraineeEntry("seasonal:shipped"),
    # Published matchers, under their own names: weights of the model store (models/tuned_models.py)
    "superpoint-superglue": TraineeEntry("superglue:superglue", goes_on_from("superglue_outdoor")),
    "superpoint-lightglue": TraineeEntry("lightglue:superpoint", goes_on_from("superpoint_lightglue")),
    "sift-lightglue": TraineeEntry("lightglue:sift", goes_on_from("sift_lightglue")),
    "aliked-lightglue": TraineeEntry("lightglue:aliked", goes_on_from("aliked_lightglue")),
    "disk-lightglue": TraineeEntry("lightglue:disk", goes_on_from("disk_lightglue")),
    "xfeat-lighterglue": TraineeEntry("lightglue:xfeat", goes_on_from("xfeat-lighterglue")),
    "dedode-lightglue": TraineeEntry("lightglue:dedode", goes_on_from("dedodeb_lightglue")),
    "loftr": TraineeEntry("loftr:loftr", goes_on_from("loftr_outdoor")),
}


def make_trainee(
    start_from: str,
    device: torch.device,
    model_folder: str = "",
    seed: int = 0,
    events: Events | None = None,
    untrained: bool = False,
) -> Trainee:
    """What ``start_from`` names: an entry of ``TRAINEES``, or a weights file, whose notes tell what it holds.

    ``untrained``: with random weights in place of published ones, for tests.

    Raises InputError for what is neither, WeightsError for weights that are missing, damaged or of something that
    cannot be trained.
    """
    events = events if events is not None else Events()
    wanted = start_from.strip()
    if wanted in TRAINEES:
        return _made(TRAINEES[wanted], device, model_folder, seed, events, None, untrained)
    path = Path(wanted).expanduser()
    if not wanted or not (path.exists() or path.suffix or len(path.parts) > 1):
        raise InputError(f"START_FROM: “{start_from}” is neither one of {', '.join(START_FROM)} nor a file of weights.")
    load_state(path, LARGEST_MB)  # a sentence for a file that is missing, damaged or no weights file
    model = metadata_of(path).get(MODEL, "")
    entry = next((entry for entry in TRAINEES.values() if model and model in entry.models), None)
    if entry is None:
        says = (
            f"holds the weights of “{model}”, which cannot be trained here" if model else "does not say what it holds"
        )
        raise WeightsError(
            f"START_FROM: the file {path} {says}. Training goes on from files that it wrote itself, or that "
            "sentinelmatch:models imported, of "
            + ", ".join(sorted({m for e in TRAINEES.values() for m in e.models}))
            + "."
        )
    events.info(f"Training starts from {path} ({model}).")
    return _made(entry, device, model_folder, seed, events, path)


def _made(
    entry: TraineeEntry,
    device: torch.device,
    model_folder: str,
    seed: int,
    events: Events,
    weights: Path | None,
    untrained: bool = False,
) -> Trainee:
    import torch

    torch.manual_seed(seed)  # random weights are those of the seed
    module, function = entry.maker.split(":")
    trainee: Trainee = getattr(import_module(f".{module}", __package__), function)(
        device, model_folder, seed, events, weights, **({"untrained": True} if untrained else {})
    )
    return trainee
