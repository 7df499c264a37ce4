"""Matcher ``seasonal``: the network that this project trained on pairs of dates, and ships. Guided and free.

*Guided*, its fine description takes the place of the channels of ``structure``; everything else is the same.

*Free*, nothing is known of shift, rotation and scale. The network is not invariant to rotation, and is not hoped to be:
the target is turned by every angle of the full circle in steps of ``STEP_DEG`` and scaled in steps of ``STEP_SCALE``,
described each time, and its cells are paired with those of the reference (mutual nearest neighbours, weighed by their
reliability). The pairs that agree on one similarity are votes; the copy with the most of them wins. Around it both
images are paired once more at full resolution, and each pair is brought to a fraction of a pixel by comparing windows
of the fine description. Training shows the network turns of up to 20 degrees and scales of up to 1.25 between two
images, more than half a step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor

from ..errors import TransformationError
from ..events import Events
from ..points.filtering import consensus
from ..seasonal.inputs import seen, stacked
from ..seasonal.network import CELL, SeasonalNetwork
from ..seasonal.weights import SHIPPED_NAME, load_seasonal
from ..transforms import fit
from . import windows
from .base import Found, Matches, Patch
from .batches import has_bf16, turns
from .features import mutual_nearest, one_per_place, to_common_sampling
from .turning import pulled

STEP_DEG = 30.0
RATIOS = (1.0, 0.8, 1.25, 0.63, 1.6, 0.5, 2.0)  # target pixels made of a reference pixel's worth of ground
OVERVIEW_PX = 256  # longer side at which the copies are compared
AGREE_CELLS = 1.5
FEWEST_VOTES = 8
AT_ONCE = 6  # copies described together
WINDOW_PX, RADIUS_PX = 32, 8  # of the fine comparison
# What reliability and the fine comparison say together, as the probability of being within 1 px: a logistic through the
# shares of 12,234 matches of 40 pairs of the training places (.32 at .15, .71 at .25, .92 at .35, .98 at .45).
SCORE = (-3.05, 15.5)
LEAST_SCORE = 0.5
CELL_VALID = 0.9  # of a cell's pixels


class SeasonalMatcher:
    """See the module's text. It follows both protocols of base.py."""

    name = "seasonal"
    tile_px = 512
    any_rotation = True

    def __init__(
        self,
        network: SeasonalNetwork,
        device: torch.device | str = "cpu",
        seed: int = 0,
        say: Callable[[str], None] = lambda sentence: None,
        upright: bool = False,
    ) -> None:
        """``upright``: the target is not turned and scaled, because it is known to lie nearly as the reference does."""
        self._device, self._seed, self._say = torch.device(device), seed, say
        self._ratios = (1.0,) if upright else RATIOS
        self._angles = np.zeros(1) if upright else np.arange(0.0, 360.0, STEP_DEG)
        self._network = network.eval().to(self._device)
        self._turn = turns(self._device)
        self._quick = has_bf16(self._device)

    # guided

    def describe(self, patch: Patch) -> Tensor:
        """The fine description ``(FINE, height, width)``."""
        height, width = patch.values.shape
        with self._turn:
            fine, _ = self._described([patch])[0]
        return fine[:, :height, :width].contiguous()

    def describe_whole(self, patch: Patch) -> Tensor:
        """The same."""
        return self.describe(patch)

    def find(self, reference: Tensor, target: Tensor, points: np.ndarray, window_px: int, radius_px: int) -> Found:
        """See ``GuidedMatcher.find``."""
        with self._turn:
            return windows.find(reference, target, points, window_px, radius_px, self._say)

    # free

    def match(self, reference: Patch, target: Patch) -> Matches:
        """Pairs of places, one for each cell of the reference at most; none where no copy of the target gets votes."""
        reference, target, reference_factor, target_factor = to_common_sampling(reference, target)
        similarity = self._best_turn(reference, target)
        if similarity is None:
            return Matches.none()
        found = self._finely(reference, target, similarity)
        return one_per_place(Matches(found.reference * reference_factor, found.target * target_factor, found.score))

    def _best_turn(self, reference: Patch, target: Patch) -> np.ndarray | None:
        """The similarity, reference pixels to target pixels ``(2, 3)``, that most pairs of cells agree on."""
        overview = min(1.0, OVERVIEW_PX / max(*reference.values.shape, *target.values.shape))
        best, votes = None, FEWEST_VOTES - 1
        for ratio in self._ratios:
            # Neither image is enlarged: the finer one is averaged.
            own, shape = turned(reference, 0.0, overview * min(1.0, 1 / ratio))
            cells = self._cells_of([_seen_through(reference, own, shape)])[0]
            for angles in _groups(self._angles, AT_ONCE):
                ways = [turned(target, float(angle), overview * min(1.0, ratio)) for angle in angles]
                others = self._cells_of([_seen_through(target, *way) for way in ways])
                for (way, _), other in zip(ways, others, strict=True):
                    answer = self._vote(cells, other, np.linalg.inv(_square(own)), np.linalg.inv(_square(way)))
                    if answer is not None and answer[1] > votes:
                        best, votes = answer
        return best

    def _vote(self, cells: _Cells, other: _Cells, home: np.ndarray, there: np.ndarray) -> tuple[np.ndarray, int] | None:
        pairs = mutual_nearest(cells.descriptions, other.descriptions)
        if len(pairs.reference) < FEWEST_VOTES:
            return None
        first, second = cells.xy[pairs.reference], other.xy[pairs.target]
        try:
            agree = consensus(first, second, "similarity", AGREE_CELLS * CELL, self._seed)
            if agree.sum() < FEWEST_VOTES:
                return None
            source = _applied(home, first[agree]), _applied(there, second[agree])
            model = fit("similarity", *source)
        except TransformationError:
            return None
        at, along_x, along_y = model(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))
        return np.column_stack([along_x - at, along_y - at, at]), int(agree.sum())

    def _finely(self, reference: Patch, target: Patch, similarity: np.ndarray) -> Matches:
        """Pairs at full resolution, the target turned and scaled upright."""
        scale = float(np.sqrt(abs(np.linalg.det(similarity[:, :2]))))  # target pixels in a reference pixel
        own = scaled(min(1.0, scale))
        height, width = reference.values.shape
        way = (_square(own) @ np.linalg.inv(_square(similarity)))[:2]
        shape = round(height * own[1, 1]), round(width * own[0, 0])
        upright = _seen_through(reference, own, shape), _seen_through(target, way, shape)
        (fine, first), (other_fine, second) = self._described(list(upright))
        pairs = mutual_nearest(first.descriptions, second.descriptions)
        likely = np.sqrt(first.sure[pairs.reference] * second.sure[pairs.target])
        start = first.xy[pairs.reference]
        near = np.abs(second.xy[pairs.target] - start).max(-1, initial=0) <= RADIUS_PX + CELL
        start, likely = start[near], likely[near]
        found = windows.find(fine, other_fine, start, WINDOW_PX, RADIUS_PX, self._say)
        evidence = np.sqrt(likely[found.index] * found.confidence)
        score = 1 / (1 + np.exp(-(SCORE[0] + SCORE[1] * evidence)))
        kept = score >= LEAST_SCORE
        found, score = found[kept], score[kept]
        first_xy = _applied(np.linalg.inv(_square(own)), found.place)
        second_xy = _applied(np.linalg.inv(_square(way)), found.place + found.shift)
        return Matches(first_xy, second_xy, score)

    @torch.inference_mode()
    def _cells_of(self, patches: list[Patch]) -> list[_Cells]:
        """The cells of each patch. Votes need no more digits than bf16 has."""
        batch, shapes = self._batch(patches)
        with torch.autocast(self._device.type, torch.bfloat16, enabled=self._quick):
            coarse, reliability = self._network.cells(batch)
        sure = torch.sigmoid(reliability)
        return [
            _cells(coarse[n, :, :rows, :columns], sure[n, :rows, :columns], patch)
            for n, (patch, (rows, columns)) in enumerate(zip(patches, shapes, strict=True))
        ]

    @torch.inference_mode()
    def _described(self, patches: list[Patch]) -> list[tuple[Tensor, _Cells]]:
        """Of each patch the fine description ``(FINE, height, width)`` of its whole cells, and these."""
        batch, shapes = self._batch(patches)
        found = self._network(batch)
        sure = torch.sigmoid(found.reliability)
        return [
            (
                found.fine[n, :, : rows * CELL, : columns * CELL].contiguous(),
                _cells(found.coarse[n, :, :rows, :columns], sure[n, :rows, :columns], patch),
            )
            for n, (patch, (rows, columns)) in enumerate(zip(patches, shapes, strict=True))
        ]

    def _batch(self, patches: list[Patch]) -> tuple[Tensor, list[tuple[int, int]]]:
        """What the network sees of them, and how many rows and columns of cells each has."""
        images = [seen(patch.values, patch.valid, self._device) for patch in patches]
        shapes = [(image.shape[1] // CELL, image.shape[2] // CELL) for image in images]
        return stacked(images).contiguous(memory_format=torch.channels_last), shapes


@dataclass(frozen=True)
class _Cells:
    """Cells of a patch that are valid: their centres ``(N, 2)`` x, y pixels of the patch, their ``descriptions`` ``(N,
    D)`` of unit length, and how ``sure`` ``(N,)`` 0..1 they are to be found again.
    """

    xy: np.ndarray
    descriptions: np.ndarray
    sure: np.ndarray


def _cells(coarse: Tensor, reliability: Tensor, patch: Patch) -> _Cells:
    rows, columns = reliability.shape
    height, width = patch.valid.shape
    valid = np.pad(patch.valid, ((0, rows * CELL - height), (0, columns * CELL - width)))
    full = valid.reshape(rows, CELL, columns, CELL).mean((1, 3)) >= CELL_VALID
    row, column = np.nonzero(full)
    descriptions = coarse.permute(1, 2, 0).cpu().numpy()[row, column]
    centres = (np.stack([column, row], -1) + 0.5) * CELL
    return _Cells(centres, np.ascontiguousarray(descriptions), reliability.cpu().numpy()[row, column].astype(float))


def _groups(values: np.ndarray, size: int) -> Iterator[np.ndarray]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def scaled(factor: float) -> np.ndarray:
    """The affine ``(2, 3)`` that multiplies pixel coordinates."""
    return np.array([[factor, 0.0, 0.0], [0.0, factor, 0.0]])


def turned(patch: Patch, degrees: float, factor: float) -> tuple[np.ndarray, tuple[int, int]]:
    """The affine ``(2, 3)`` that turns and scales a patch, and the (height, width) that then hold all of it."""
    height, width = patch.values.shape
    angle = np.deg2rad(degrees)
    matrix = factor * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]]) @ matrix.T
    low, high = corners.min(0), corners.max(0)
    columns, rows = np.maximum(np.ceil(high - low - 1e-6).astype(int), 1)
    return np.column_stack([matrix, -low]), (int(rows), int(columns))


def _seen_through(patch: Patch, way: np.ndarray, shape: tuple[int, int]) -> Patch:
    """``patch`` moved by the affine ``way`` ``(2, 3)`` onto ``shape`` (height, width); averaged where coarser."""
    factor = float(np.sqrt(abs(np.linalg.det(way[:, :2]))))
    weight = patch.valid.astype(np.float32)
    values = patch.values * weight
    sigma = 0.5 * np.sqrt(max(1 / factor**2 - 1, 0.0))  # a Gaussian about as wide as a box of the new pixels
    if sigma > 0.1:
        weight = np.asarray(cv2.GaussianBlur(weight, (0, 0), sigma), np.float32)
        blurred = np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)
        values = (blurred / np.maximum(weight, 1e-6)).astype(np.float32)
    return pulled(values, weight, np.linalg.inv(_square(way))[:2], shape, patch.gsd_m / factor)


def _square(way: np.ndarray) -> np.ndarray:
    return np.vstack([way, [0.0, 0.0, 1.0]])


def _applied(way: np.ndarray, xy: np.ndarray) -> np.ndarray:
    return xy @ way[:2, :2].T + way[:2, 2]


def seasonal_matcher(
    device: torch.device, folder: str, seed: int, events: Events, weights: str = SHIPPED_NAME
) -> SeasonalMatcher:
    return SeasonalMatcher(load_seasonal(weights, events), device, seed, events.info)
