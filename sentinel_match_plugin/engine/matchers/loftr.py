"""LoFTR (kornia): a transformer that compares two images cell by cell, without keypoints; sub-pixel by a fine stage.

Source: Sun et al., "LoFTR: detector-free local feature matching with transformers", CVPR 2021. Weights: the authors'
(Apache-2.0, 46 MB), from the model store: outdoor (MegaDepth), the usual choice; indoor and indoor_new (ScanNet). Use
it between seasons where orientation and pixel size are about equal: many points, spread evenly. 3 s for a pair of 512
px windows on one CPU; made for a GPU.

*Pixel frame.* Coarse cell ``k`` is centred on pixel index ``8k`` (strided convolutions with centred kernels), and LoFTR
names it by the coordinate ``8k``. By the arithmetic alone that pixel's centre is ``8k + 0.5`` in our frame. But the
outdoor model learned from MegaDepth: its matches were made by taking the number ``8k`` through camera matrices of
COLMAP, in which the first pixel's centre is at 0.5, so the coordinate ``8k`` meant, in training, the corner of that
pixel, which is ``8k`` in our frame too. What the network learned to predict on the other side, cell plus fine offset,
is in that same frame (the indoor models are taken alike; nobody measured it). Hence positions are taken as they are.
At equal pixel sizes the question cancels; at a scale of s it decides over 0.5 (1 - s) px, and patches of different
known sizes are brought to the same one here. Padding goes to the right and bottom, so nothing shifts.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import torch
from kornia.feature import LoFTR
from kornia.feature.loftr.loftr import default_cfg

from ..events import Events
from ..models import fit_state, load_model
from .base import Matches, Patch
from .batches import in_batches
from .features import at_pixels, distance_to_nodata, filled, one_per_place, to_common_sampling

CELL_PX = 8
SMALLEST_PX = 6 * CELL_PX  # two cells at each border are never matched
NODATA_MARGIN_PX = 8.0
CUDA_BATCH = 4  # pairs of tiles at once; halved where the memory is full; not tried on a GPU


@dataclass(frozen=True)
class _Input:
    """A pair at one pixel size: ``images`` ``(1, 1, H, W)`` and ``masks`` bool ``(1, H, W)`` of whole cells, the
    ``patches`` they were made of, and the factors back to the pixels of those that came in.
    """

    images: tuple[torch.Tensor, torch.Tensor]
    masks: tuple[torch.Tensor, torch.Tensor]
    patches: tuple[Patch, Patch]
    factors: tuple[np.ndarray, np.ndarray]


class LoftrMatcher:
    """LoFTR with weights from the model store."""

    name = "loftr"
    tile_px = 640  # 6400 cells: their similarity matrix is 164 MB; it grows with the fourth power of the side

    def __init__(
        self,
        device: torch.device,
        model_folder: str | os.PathLike[str] = "",
        events: Events | None = None,
        weights: str = "outdoor",
        threshold: float = 0.2,
        autocast: torch.dtype | None = None,
        network: LoFTR | None = None,
    ) -> None:
        """``weights``: outdoor, indoor, indoor_new or tuned. ``threshold`` 0..1: the least confidence of a match.
        ``autocast``: the type that the network computes in, None for float16 on CUDA and float32 elsewhere;
        torch.bfloat16 halves the time on a CPU (PEERS.md). ``network``: one that is there already, as in training, with
        a threshold of its own; None for the store's. Raises WeightsError if the weights are missing or wrong.
        """
        network = network or _stored(weights, threshold, model_folder, events)
        self._network = network.eval().to(device)
        on_cuda = device.type == "cuda"
        self.batch = CUDA_BATCH if on_cuda else 1
        self._device, self._autocast = device, autocast or (torch.float16 if on_cuda else None)
        self._say = events.info if events is not None else lambda sentence: None

    def match(self, reference: Patch, target: Patch) -> Matches:
        """Matches on a raster of 8 px in the reference; ``score`` is the network's confidence, a product of two
        softmaxes.
        """
        return self.match_many([(reference, target)])[0]

    @torch.inference_mode()
    def match_many(self, pairs: Sequence[tuple[Patch, Patch]]) -> list[Matches]:
        """``match`` of each pair; those of equal sizes are computed together, fewer where memory is full."""
        found = [Matches.none() for _ in pairs]
        inputs = [self._input(*pair) for pair in pairs]
        alike: dict[tuple[torch.Size, torch.Size], list[int]] = {}
        for number, known in enumerate(inputs):
            if known is not None:
                alike.setdefault((known.images[0].shape, known.images[1].shape), []).append(number)
        for numbers in alike.values():

            def work(rows: np.ndarray, numbers: list[int] = numbers) -> list[Matches]:
                return self._matched([known for row in rows if (known := inputs[numbers[row]]) is not None])

            batches = in_batches(work, np.arange(len(numbers)), max(self.batch, 1), self._say, "matches {} tiles")
            for number, matches in zip(numbers, chain.from_iterable(batches), strict=True):
                found[number] = matches
        return found

    def _input(self, reference: Patch, target: Patch) -> _Input | None:
        """What the network sees of a pair; None if there is nothing to see."""
        reference, target, reference_factor, target_factor = to_common_sampling(reference, target)
        if min(*reference.values.shape, *target.values.shape) < SMALLEST_PX:
            return None
        cells = valid_cells(reference.valid), valid_cells(target.valid)
        if not cells[0].any() or not cells[1].any():
            return None
        # kornia reads the upper left pixel of each cell
        masks = [torch.from_numpy(valid.repeat(CELL_PX, 0).repeat(CELL_PX, 1))[None] for valid in cells]
        images = self._image(reference), self._image(target)
        return _Input(images, (masks[0], masks[1]), (reference, target), (reference_factor, target_factor))

    def _matched(self, inputs: list[_Input]) -> list[Matches]:
        """The network's answer to pairs of equal sizes, one after the other."""
        data = {f"image{side}": torch.cat([known.images[side] for known in inputs]).to(self._device) for side in (0, 1)}
        masks = [torch.cat([known.masks[side] for known in inputs]) for side in (0, 1)]
        if not (masks[0].all() and masks[1].all()):
            data |= {f"mask{side}": mask.to(self._device) for side, mask in enumerate(masks)}
        with torch.autocast(self._device.type, self._autocast, enabled=self._autocast is not None):
            answer = self._network(data)
        names = ("keypoints0", "keypoints1", "confidence", "batch_indexes")
        first, second, confidence, of = (answer[name].cpu().double().numpy() for name in names)
        score = np.clip(confidence, 0, 1)
        found = []
        for number, known in enumerate(inputs):
            (reference, target), (reference_factor, target_factor) = known.patches, known.factors
            good = (of == number) & usable(reference.valid, first) & usable(target.valid, second)
            matches = Matches(first[good] * reference_factor, second[good] * target_factor, score[good])
            found.append(one_per_place(matches))
        return found

    def _image(self, patch: Patch) -> torch.Tensor:
        """``(1, 1, H, W)`` with sides of whole cells."""
        height, width = patch.values.shape
        padded = np.pad(filled(patch), ((0, -height % CELL_PX), (0, -width % CELL_PX)), mode="edge")
        return torch.from_numpy(padded)[None, None]


def _stored(weights: str, threshold: float, model_folder: str | os.PathLike[str], events: Events | None) -> LoFTR:
    path, state = load_model(f"loftr_{weights}", model_folder, events)
    config: dict[str, Any] = copy.deepcopy(default_cfg)
    config["match_coarse"]["thr"] = threshold
    config["coarse"]["temp_bug_fix"] = weights == "indoor_new"  # what those weights learned with
    network = LoFTR(pretrained=None, config=config)  # a name here would download
    fit_state(network, state, path)
    return network


def valid_cells(valid: np.ndarray) -> np.ndarray:
    """Which coarse cells see valid pixels only, bool ``(ceil(H / 8), ceil(W / 8))``; what is padded is not valid."""
    height, width = valid.shape
    padded = np.pad(valid, ((0, -height % CELL_PX), (0, -width % CELL_PX)))
    return np.asarray(padded.reshape(padded.shape[0] // CELL_PX, CELL_PX, -1, CELL_PX).all((1, 3)))


def usable(valid: np.ndarray, xy: np.ndarray) -> np.ndarray:
    """Which positions lie inside the image and away from nodata."""
    height, width = valid.shape
    inside = (xy >= 0).all(-1) & (xy[:, 0] < width) & (xy[:, 1] < height)
    clear = at_pixels(distance_to_nodata(valid), xy) > NODATA_MARGIN_PX
    return np.asarray(inside & clear)


def loftr_matcher(device: torch.device, folder: str, seed: int, events: Events, **options: Any) -> LoftrMatcher:
    return LoftrMatcher(device, folder, events, **options)
