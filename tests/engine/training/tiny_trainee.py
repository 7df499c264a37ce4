"""The smallest network that can learn to match, and pairs of noise whose shift is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from scipy.ndimage import gaussian_filter

from sentinel_match_plugin.engine.matchers.base import Matches, Patch
from sentinel_match_plugin.engine.training.pairs import TrainingPair
from sentinel_match_plugin.engine.training.tensors import batch_of

SIZE_PX, MOST_PX = 40, 6


def known_pair(generator: np.random.Generator, name: str = "noise") -> TrainingPair:
    """Smooth noise, the target turned dark to bright and displaced by whole pixels: reference = target + shift."""
    wide = SIZE_PX + 2 * MOST_PX
    ground = gaussian_filter(generator.standard_normal((wide, wide)), 1.5)
    ground = ((ground - ground.min()) / np.ptp(ground)).astype(np.float32)
    dx, dy = generator.integers(-MOST_PX, MOST_PX + 1, 2)
    inner = slice(MOST_PX, MOST_PX + SIZE_PX)
    reference = ground[inner, inner]
    target = 1 - ground[MOST_PX + dy : MOST_PX + dy + SIZE_PX, MOST_PX + dx : MOST_PX + dx + SIZE_PX]
    y, x = np.mgrid[:SIZE_PX, :SIZE_PX] + 0.5
    truth = np.stack([x + dx, y + dy], -1).astype(np.float32)
    truth[((truth < 0) | (truth > SIZE_PX)).any(-1)] = np.nan
    valid = np.ones((SIZE_PX, SIZE_PX), bool)
    return TrainingPair(reference, target, valid, valid, truth, name)


def source(number: int) -> TrainingPair:
    """Pairs by number; a function of a module, so that worker processes find it."""
    return known_pair(np.random.default_rng([3, number]), f"noise {number}")


class Describer(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layers = torch.nn.Sequential(
            torch.nn.Conv2d(1, 16, 5, padding=2), torch.nn.ReLU(), torch.nn.Conv2d(16, 16, 5, padding=2)
        )

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.normalize(self.layers(image - image.mean((2, 3), keepdim=True)), dim=1)


class TinyMatcher:
    name, tile_px = "tiny", SIZE_PX

    def __init__(self, module: torch.nn.Module) -> None:
        self.module = module

    def match(self, reference: Patch, target: Patch) -> Matches:
        with torch.no_grad():
            first, second = (
                self.module(torch.from_numpy(patch.values)[None, None])[0].flatten(1).float()
                for patch in (reference, target)
            )
        width = reference.values.shape[1]
        asked = np.arange(len(second.T)).reshape(-1, width)[::3, ::3].ravel()  # every third place along each axis
        likeness = (second.T[asked] @ first).numpy()
        best = likeness.argmax(1)
        mutual = np.flatnonzero(likeness.argmax(0)[best] == np.arange(len(best)))

        def places(index: np.ndarray) -> np.ndarray:
            return np.stack([index % width, index // width], -1) + 0.5

        score = np.clip(likeness[mutual, best[mutual]], 0, 1)
        return Matches(places(best[mutual]), places(asked[mutual]), score)


@dataclass
class TinyTrainee:
    """Learns to tell 64 places of a pair from each other. ``spoil`` changes the loss of a call, by its number."""

    seed: int = 0
    name: str = "tiny"
    spoil: dict = field(default_factory=dict)
    most_pairs: int = 10**9

    def __post_init__(self) -> None:
        torch.manual_seed(self.seed)
        self.module = Describer()
        self.calls = 0
        self.batches: list[list[str]] = []

    def trainable(self) -> list[torch.nn.Parameter]:
        return list(self.module.parameters())

    def loss(self, pairs):
        self.calls += 1
        if len(pairs) > self.most_pairs:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        self.batches.append([pair.name for pair in pairs])
        batch = batch_of(pairs, torch.device("cpu"))
        first, second = self.module(batch.reference), self.module(batch.target)
        losses = []
        for reference, target, truth in zip(first, second, batch.truth, strict=True):
            known = torch.nonzero(~truth[..., 0].isnan().flatten())[:, 0]
            chosen = known[torch.randint(len(known), (64,))]
            there = truth.reshape(-1, 2)[chosen].floor().long()
            wanted = there[:, 1] * SIZE_PX + there[:, 0]
            likeness = target.flatten(1).T[chosen] @ reference.flatten(1) / 0.07
            losses.append(torch.nn.functional.cross_entropy(likeness, wanted))
        loss = torch.stack(losses).mean()
        return loss * self.spoil.get(self.calls, 1.0), {"coarse": float(loss.detach())}

    def matcher(self) -> TinyMatcher:
        return TinyMatcher(self.module)

    def save(self, path: Path) -> None:
        from safetensors.torch import save_file

        save_file(self.module.state_dict(), str(path), metadata={"sentinel_match.model": "tiny"})
