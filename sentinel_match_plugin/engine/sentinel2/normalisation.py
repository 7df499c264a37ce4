"""From the numbers of a product to those of the raster to write: offset, reflectance, brightness of 8 bits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import InputError
from .band_names import NATIVE_M
from .product import Product

LOW_PERCENT, HIGH_PERCENT = 2.0, 98.0
REFLECTANCE_10000 = 10_000.0  # what thresholds are given in, whatever the product's quantification value
INT16_NODATA = -32768


@dataclass(frozen=True)
class Target:
    """What the written numbers are: their type, and the one that means no data."""

    dtype: str
    nodata: float
    whole: bool = True


@dataclass(frozen=True)
class Scale:
    """Number in the file -> number to write: ``(number + offset) * factor``, rounded where whole, clipped.

    ``low`` and ``high`` are the least and greatest number that a valid pixel may get.
    """

    offset: float
    factor: float
    low: float
    high: float


def target_of(product: Product, bands: list[str], normalise: str) -> Target:
    """The type to write.

    none: uint8 for nothing but classes and colours, uint16 with nodata 0 as in the product; int16 with nodata -32768
    where an offset makes dark pixels negative, as it does from baseline 04.00 on. reflectance: float32, nodata nan.
    threshold and percentile: uint8, nodata 0, as in ESA's own true-colour images.
    """
    if normalise == "reflectance":
        return Target("float32", float("nan"), whole=False)
    if normalise in ("threshold", "percentile") or all(band in ("SCL", "TCI") for band in bands):
        return Target("uint8", 0)
    if any(product.offset(band) < 0 for band in bands):
        return Target("int16", INT16_NODATA)
    return Target("uint16", 0)


def limits(target: Target) -> tuple[float, float]:
    """The least and greatest number of a valid pixel."""
    if not target.whole:
        return -np.inf, np.inf
    ends = np.iinfo(target.dtype)
    return float(ends.min + 1), float(ends.max)  # the least is nodata


def scale_of(
    product: Product,
    band: str,
    normalise: str,
    threshold: float,
    target: Target,
    percentiles: tuple[float, float] | None,
) -> Scale:
    """How ``band`` is written. ``percentiles``: the 2nd and 98th of the numbers in the file, for percentile.

    Raises InputError: the metadata do not say the quantification value; a threshold of what is no reflectance.
    """
    low, high = limits(target)
    if band in ("SCL", "TCI"):  # classes and colours stay what they are
        return Scale(0.0, 1.0, low, high)
    offset = product.offset(band)
    if normalise == "none":
        return Scale(offset, 1.0, low, high)
    if normalise == "percentile":
        if percentiles is None:
            raise InputError(f"{band} of {product.name} has no pixel to take percentiles of.")
        first, last = percentiles
        return Scale(-first, 255.0 / max(last - first, 1.0), low, high)
    if band not in NATIVE_M:
        if normalise == "threshold":
            raise InputError(
                f"{band} is no reflectance, so there is no threshold for it: normalise by percentile, or take it in a "
                "raster of its own."
            )
        return Scale(0.0, 1.0 / product.metadata.other_quantifications.get(band, 1.0), low, high)
    quantification = product.metadata.quantification
    if quantification is None:
        raise InputError(
            f"The metadata of {product.name} do not say the quantification value, so its reflectances are not known: "
            "use none or percentile."
        )
    if normalise == "reflectance":
        return Scale(offset, 1.0 / quantification, low, high)
    return Scale(offset, 255.0 * REFLECTANCE_10000 / quantification / threshold, low, high)


def written(values: np.ndarray, valid: np.ndarray, scale: Scale, target: Target) -> np.ndarray:
    """``values`` float32 as the numbers to write, of the target's type; nodata where not ``valid``."""
    numbers = (values.astype(np.float64) + scale.offset) * scale.factor
    if target.whole:
        numbers = np.clip(np.rint(numbers), scale.low, scale.high)
    return np.where(valid, numbers, target.nodata).astype(target.dtype)


class Histogram:
    """How often each whole number occurs in a band: percentiles that are exact, in bounded memory."""

    SIZE = 1 << 16

    def __init__(self) -> None:
        self._counts = np.zeros(self.SIZE, np.int64)

    def add(self, values: np.ndarray) -> None:
        """Count valid numbers, 0..65535, rounded."""
        numbers = np.clip(np.rint(values), 0, self.SIZE - 1).astype(np.int64)
        self._counts += np.bincount(numbers.ravel(), minlength=self.SIZE)

    def percentiles(self, label: str) -> tuple[float, float] | None:
        """The 2nd and 98th; None where nothing was counted. Raises InputError where all is one number."""
        total = int(self._counts.sum())
        if not total:
            return None
        summed = np.cumsum(self._counts)
        low, high = (
            float(np.searchsorted(summed, np.ceil(total * percent / 100))) for percent in (LOW_PERCENT, HIGH_PERCENT)
        )
        if high > low:
            return low, high
        there = np.flatnonzero(self._counts)
        if there[0] == there[-1]:
            raise InputError(f"{label} has the same value everywhere ({there[0]}): it has no percentiles to stretch.")
        return float(there[0]), float(there[-1])  # all but a few are equal
