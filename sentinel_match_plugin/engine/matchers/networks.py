"""What detectors that are networks share: the image they see, features kept off nodata, spread over the patch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from .base import Patch
from .features import at_pixels, distance_to_nodata, filled, spread
from .local_features import Features

NODATA_MARGIN_PX = 8.0


@dataclass(frozen=True)
class Candidates:
    """What a network found in an image: ``xy`` float64 ``(N, 2)`` in the frame of base.py, ``strength`` ``(N,)``, and
    ``describe``, which makes float32 descriptors ``(K, D)`` of the candidates with the given indices.
    """

    xy: np.ndarray
    strength: np.ndarray
    describe: Callable[[np.ndarray], torch.Tensor]


class NetworkDetector:
    """A detector (local_features.py) around a network. Subclasses load it and implement ``_candidates``."""

    name = ""
    tile_px = 640
    any_rotation = False
    limit = 4000
    smallest_px = 64
    multiple = 1  # of which the sides of the image must be; it grows to the right and bottom, so nothing shifts

    def __init__(self, device: torch.device) -> None:
        self.device = device

    @torch.inference_mode()
    def detect(self, patch: Patch, limit: int | None = None) -> Features:
        height, width = patch.values.shape
        nothing = Features.none((height, width))
        if min(height, width) < self.smallest_px or not patch.valid.any() or not np.ptp(patch.values[patch.valid]):
            return nothing
        whole = ((0, -height % self.multiple), (0, -width % self.multiple))
        image = torch.from_numpy(np.pad(filled(patch), whole, mode="edge"))[None, None].to(self.device)
        allowed = distance_to_nodata(patch.valid) > NODATA_MARGIN_PX
        found = self._candidates(image, torch.from_numpy(np.pad(allowed, whole)).to(self.device))
        if not len(found.xy):
            return nothing
        x, y = found.xy.T
        inside = np.flatnonzero(at_pixels(allowed, found.xy) & (x >= 0) & (y >= 0) & (x < width) & (y < height))
        most = limit or self.limit
        chosen = inside[spread(found.xy[inside], found.strength[inside], (height, width), most)]
        if not len(chosen):
            return nothing
        unknown = np.full(len(chosen), np.nan)
        descriptors = found.describe(chosen).float().cpu().numpy()
        strength = found.strength[chosen].astype(float)
        return Features(found.xy[chosen].astype(float), descriptors, strength, unknown, unknown, (height, width))

    def _candidates(self, image: torch.Tensor, allowed: torch.Tensor) -> Candidates:
        """Of ``image`` float32 ``(1, 1, H, W)`` 0..1, where ``allowed`` bool ``(H, W)``, before they are spread."""
        raise NotImplementedError
