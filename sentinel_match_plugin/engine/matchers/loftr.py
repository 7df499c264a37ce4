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
from typing import Any

import numpy as np
import torch
from kornia.feature import LoFTR
from kornia.feature.loftr.loftr import default_cfg

from ..events import Events
from ..models import fit_state, load_model
from .base import Matches, Patch
from .features import at_pixels, distance_to_nodata, filled, one_per_place, to_common_sampling

CELL_PX = 8
SMALLEST_PX = 6 * CELL_PX  # two cells at each border are never matched
NODATA_MARGIN_PX = 8.0


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
    ) -> None:
        """``weights``: outdoor, indoor or indoor_new. ``threshold`` 0..1: matches of less confidence are left out.
        ``autocast``: torch.bfloat16 halves the time on a CPU (PEERS.md), None computes in float32. Raises WeightsError
        if the weights are missing or wrong.
        """
        path, state = load_model(f"loftr_{weights}", model_folder, events)
        config: dict[str, Any] = copy.deepcopy(default_cfg)
        config["match_coarse"]["thr"] = threshold
        config["coarse"]["temp_bug_fix"] = weights == "indoor_new"  # what those weights learned with
        network = LoFTR(pretrained=None, config=config)  # a name here would download
        fit_state(network, state, path)
        self._network = network.eval().to(device)
        self._device, self._autocast = device, autocast

    @torch.inference_mode()
    def match(self, reference: Patch, target: Patch) -> Matches:
        """Matches on a raster of 8 px in the reference; ``score`` is the network's confidence, a product of two
        softmaxes.
        """
        reference, target, reference_factor, target_factor = to_common_sampling(reference, target)
        if min(*reference.values.shape, *target.values.shape) < SMALLEST_PX:
            return Matches.none()
        cells = valid_cells(reference.valid), valid_cells(target.valid)
        if not cells[0].any() or not cells[1].any():
            return Matches.none()
        data = {"image0": self._image(reference), "image1": self._image(target)}
        if not (cells[0].all() and cells[1].all()):
            for number, valid in enumerate(cells):  # kornia reads the upper left pixel of each cell
                mask = valid.repeat(CELL_PX, 0).repeat(CELL_PX, 1)
                data[f"mask{number}"] = torch.from_numpy(mask)[None].to(self._device)
        with torch.autocast(self._device.type, self._autocast, enabled=self._autocast is not None):
            found = self._network(data)
        reference_xy = found["keypoints0"].double().cpu().numpy()
        target_xy = found["keypoints1"].double().cpu().numpy()
        score = np.clip(found["confidence"].double().cpu().numpy(), 0, 1)
        good = usable(reference.valid, reference_xy) & usable(target.valid, target_xy)
        return one_per_place(
            Matches(reference_xy[good] * reference_factor, target_xy[good] * target_factor, score[good])
        )

    def _image(self, patch: Patch) -> torch.Tensor:
        """``(1, 1, H, W)`` with sides of whole cells."""
        height, width = patch.values.shape
        padded = np.pad(filled(patch), ((0, -height % CELL_PX), (0, -width % CELL_PX)), mode="edge")
        return torch.from_numpy(padded)[None, None].to(self._device)


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
