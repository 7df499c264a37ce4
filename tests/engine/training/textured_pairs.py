"""Training pairs of a generated texture: the target is moved by a known affine map, brighter ground becomes darker."""

from __future__ import annotations

import numpy as np

from sentinel_match_plugin.engine.training.pairs import TrainingPair
from tests.engine.known_texture import Texture

REFERENCE_M = np.array([600.0, 600.0])


def textured_pair(
    seed: int = 0,
    side_px: int = 128,
    origin_m=(713.0, 547.0),
    target_gsd_m: float = 10.0,
    reference_valid: np.ndarray | None = None,
    target_valid: np.ndarray | None = None,
    sizes_m=(12.0, 60.0),
) -> TrainingPair:
    """The reference has pixels of 10 m and begins at ``REFERENCE_M``, the target at ``origin_m`` with its own."""
    texture, shape = Texture(seed, count=1500, sizes_m=sizes_m), (side_px, side_px)
    everywhere = np.ones(shape, bool)
    valid = [everywhere if given is None else given for given in (reference_valid, target_valid)]
    images = [texture.render(10.0, REFERENCE_M, shape), 1 - texture.render(target_gsd_m, origin_m, shape)]
    centres = np.stack(np.meshgrid(*[np.arange(side_px) + 0.5] * 2), -1)
    truth = (np.asarray(origin_m) + centres * target_gsd_m - REFERENCE_M) / 10.0
    inside = ((truth >= 0) & (truth < side_px)).all(-1)
    index = np.clip(truth, 0, side_px - 1).astype(int)
    seen = inside & valid[0][index[..., 1], index[..., 0]] & valid[1]
    truth[~seen] = np.nan
    images = [np.where(known, image, 0).astype(np.float32) for image, known in zip(images, valid, strict=True)]
    return TrainingPair(images[0], images[1], valid[0], valid[1], truth.astype(np.float32), f"texture {seed}")


def on_reference(xy: np.ndarray, origin_m=(713.0, 547.0), target_gsd_m: float = 10.0) -> np.ndarray:
    """Where the reference shows places ``(N, 2)`` of the target."""
    return (np.asarray(origin_m) + xy * target_gsd_m - REFERENCE_M) / 10.0
