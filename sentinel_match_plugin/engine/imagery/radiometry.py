"""One image's values brought to 0..1, so that neither snow nor a single bright roof decides about the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import InputError
from .raster_reader import RasterReader

SAMPLE_PIXELS = (
    1_000_000  # enough for a percentile to a thousandth of the range, read in well under a second from overviews
)
PERCENTILES = (1.0, 99.0)
# A value at the very end of the range that so many pixels share is a clipped one, not a brightness. In the training
# pairs' snow scenes 15 to 65 % of the pixels are clipped; a natural histogram has well below 1 % at its maximum, at 8
# bits too.
CLIPPED_SHARE = 0.02
MIN_UNCLIPPED_SHARE = 0.02  # below that, the unclipped rest is noise at the edges of the clipped areas


@dataclass(frozen=True)
class Stretch:
    """``low`` goes to 0, ``high`` to 1; values beyond are clipped.

    ``clipped_share``: share of the valid pixels that the image itself has clipped at its top (saturated snow, say).
    """

    low: float
    high: float
    clipped_share: float = 0.0

    def apply(self, values: np.ndarray, valid: np.ndarray) -> np.ndarray:
        """float32 0..1 of the shape of ``values``; 0 where not ``valid``."""
        span = self.high - self.low
        wide = (
            max(abs(self.low), abs(self.high), span) > float(np.finfo(np.float32).max) / 4
        )  # its differences overflow
        result = np.subtract(values, self.low, dtype=np.float64 if wide else np.float32)
        result /= span
        result = np.clip(result, 0, 1, out=result).astype(np.float32, copy=False)
        if not valid.all():
            result[~valid] = 0
        return result


def measure_stretch(
    reader: RasterReader, bands: Sequence[int], window: tuple[int, int, int, int] | None = None
) -> Stretch:
    """From the 1st to the 99th percentile of the valid pixels that are not clipped, over ``window`` or everything.

    Values clipped at the top or bottom of the image's range are left out before the percentiles are taken (they still
    go to 1 and 0): with 65 % of saturated snow the 99th percentile of everything says nothing on the fields between.
    No value is taken for nodata by this. Raises InputError where no pixel is valid or all are equal.
    """
    info = reader.info
    window = window or (0, 0, info.width, info.height)
    area = (window[2] - window[0]) * (window[3] - window[1])
    values, valid, _ = reader.read(bands, window, max(1.0, float(np.sqrt(area / SAMPLE_PIXELS))))
    return stretch_of(values[valid], info.label)


def stretch_of(values: np.ndarray, label: str = "The image") -> Stretch:
    """The stretch of valid ``values`` of any shape, as in ``measure_stretch``; ``label`` is for its sentences."""
    values = np.asarray(values).ravel()
    if not values.size:
        raise InputError(f"{label} has no valid pixel in the area: all of it is nodata, masked or outside.")
    lowest, highest = values.min(), values.max()
    if lowest == highest:
        raise InputError(f"{label} has the same value everywhere in the area ({lowest:g}): there is nothing to match.")
    at_top, at_bottom = values == highest, values == lowest
    top_share, bottom_share = float(at_top.mean()), float(at_bottom.mean())
    kept = np.ones(values.shape, bool)
    if top_share >= CLIPPED_SHARE:
        kept &= ~at_top
    if bottom_share >= CLIPPED_SHARE:
        kept &= ~at_bottom
    rest = values[kept] if kept.mean() >= MIN_UNCLIPPED_SHARE else values
    low, high = (float(v) for v in np.percentile(rest.astype(np.float64), PERCENTILES))
    if high <= low:  # all but a few are equal: only the whole range tells them apart
        low, high = float(lowest), float(highest)
    return Stretch(low, high, top_share if top_share >= CLIPPED_SHARE else 0.0)
