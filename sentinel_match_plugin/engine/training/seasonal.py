"""Teaching the network of ``seasonal``: the loss of seasonal_loss.py on pairs of dates, and its weights as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as functional

from ..events import Events
from ..matchers.seasonal import SeasonalMatcher
from ..models.reading import MODEL
from ..models.storing import write
from ..seasonal.inputs import seen
from ..seasonal.network import Description
from ..seasonal.weights import SHIPPED_NAME, UNTRAINED, load_seasonal
from .seasonal_loss import coarse_loss, fine_loss
from .tensors import batch_of

if TYPE_CHECKING:
    from .pairs import TrainingPair  # type: ignore[import-not-found, unused-ignore]

FINE, RELIABILITY = 0.5, 0.1  # their parts in the loss, beside the coarse one


class SeasonalTrainee:
    """See the module's text, and ``Trainee``."""

    name = "seasonal"
    channels_last = True

    def __init__(self, device: torch.device, seed: int, events: Events, weights: str | Path) -> None:
        self._device, self._seed = device, seed
        self.usual_rate = 1.5e-3 if str(weights) == UNTRAINED else 3e-4
        self.module = load_seasonal(weights, events).to(device)

    def trainable(self) -> list[torch.nn.Parameter]:
        """All of it."""
        return list(self.module.parameters())

    def loss(self, pairs: Sequence[TrainingPair]) -> tuple[torch.Tensor, dict[str, float]]:
        """The mean loss over ``pairs``; its parts, the share of cells that are ``found`` among all of the other image,
        and of windows that are found to a pixel.
        """
        truth = batch_of(pairs, self._device).truth
        with torch.autocast(self._device.type, enabled=False):
            images = [seen(pair.reference, pair.reference_valid, self._device) for pair in pairs]
            images += [seen(pair.target, pair.target_valid, self._device) for pair in pairs]
            batch = torch.stack(images).contiguous(memory_format=torch.channels_last)
        both = self.module(batch)
        half = len(pairs)
        reference, target = (
            Description(both.fine[part], both.coarse[part], both.reliability[part])
            for part in (slice(0, half), slice(half, None))
        )
        with torch.autocast(self._device.type, enabled=False):
            coarse, found, known = coarse_loss(self.module, reference, target, truth)
            fine, to_a_pixel = fine_loss(self.module, reference, target, truth)
            sure = functional.binary_cross_entropy_with_logits(target.reliability.flatten(1), found.float())
        parts = {
            "coarse": float(coarse.detach()),
            "fine": float(fine.detach()),
            "reliability": float(sure.detach()),
            "found": float(found[known].float().mean()),
            "to_a_pixel": to_a_pixel,
        }
        return coarse + FINE * fine + RELIABILITY * sure, parts

    def matcher(self) -> SeasonalMatcher:
        """The network as it is, as a matcher that does not turn the target: pairs are made as it would have turned them
        (``STEPPED``), and what it does in each of some eighty copies shows in one.
        """
        return SeasonalMatcher(self.module, self._device, self._seed, upright=True)

    def save(self, path: Path) -> None:
        """See ``Trainee.save``."""
        write(Path(path), self.module.state_dict(), {MODEL: self.name, "licence": "GPL-3.0-or-later"})


def untrained(
    device: torch.device, model_folder: str, seed: int, events: Events, weights: Path | None
) -> SeasonalTrainee:
    return SeasonalTrainee(device, seed, events, weights or UNTRAINED)


def shipped(
    device: torch.device, model_folder: str, seed: int, events: Events, weights: Path | None
) -> SeasonalTrainee:
    return SeasonalTrainee(device, seed, events, weights or SHIPPED_NAME)
