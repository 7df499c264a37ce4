"""What the network sees of an image: brightness, its contrast to the surroundings, the channels of ``structure``, and
where the image is valid.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor

from ..matchers.structure import blur, describe
from .network import CELL

AROUND_PX = 12.0  # sigma of what a pixel's brightness is compared with
DARKEST = 0.05  # as in ``structure``: values are seen on a logarithmic scale
LEAST_CONTRAST = 0.05


def seen(values: np.ndarray, valid: np.ndarray, device: torch.device | str = "cpu") -> Tensor:
    """The input of the network, float32 ``(SEEN, height', width')``, both sides filled up to multiples of CELL.

    ``values`` float32 ``(height, width)`` in 0..1 (imagery/radiometry.py), ``valid`` bool of that shape.
    """
    height, width = values.shape
    fill = ((0, -height % CELL), (0, -width % CELL))
    image = torch.from_numpy(np.pad(np.ascontiguousarray(values, np.float32), fill)).to(device)
    known = torch.from_numpy(np.pad(np.ascontiguousarray(valid), fill)).to(device)
    edges = describe(image, known)
    weight = known.float()[None]
    logarithm = torch.log(image + DARKEST)[None] * weight
    share = blur(weight, AROUND_PX).clamp(min=1e-3)
    mean = blur(logarithm, AROUND_PX) / share
    spread = torch.sqrt((blur(logarithm**2, AROUND_PX) / share - mean**2).clamp(min=0))
    contrast = ((logarithm - mean) / (spread + LEAST_CONTRAST)).clamp(-3, 3) * weight
    brightness = (image[None] * 2 - 1) * weight
    return torch.cat([brightness, contrast, edges, weight])


def stacked(images: list[Tensor]) -> Tensor:
    """Inputs of several images of any size in one batch, filled up with what is not valid."""
    height, width = (max(image.shape[axis] for image in images) for axis in (1, 2))
    return torch.stack([functional.pad(i, (0, width - i.shape[2], 0, height - i.shape[1])) for i in images])
