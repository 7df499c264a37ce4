"""From the numbers of a date to 0..1: what saturates is decided by reflectance and season, and written down.

A summer scene has almost nothing above a reflectance of .3; in snow nearly everything is. Stretched alike, either the
fields are black or the snow is one white sheet. So what becomes 1 is a threshold of its own with and without snow: the
images that the published figures were measured on have 8000 and 3000 (reflectance times 10000).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import InputError
from ..imagery.radiometry import stretch_of
from .sources import SPECTRAL, About, OpenDate, Pixels

SAMPLE_PX, SQUARE_PX, SQUARES = 1_000_000, 256, 16  # what is looked at: everything, or so many squares
FULL_8, FULL_16 = 255, 10_000
WHITE = 245 / 255  # of 8 bits, in every visible band: snow or cloud
SNOWY_WHITE = 0.05  # share of white pixels in an 8-bit picture from which snow covers much
SNOWY_BRIGHT = 0.25  # share of pixels brighter than the summer threshold in all visible bands; the classes' share too
GROWING = {"north": (5, 6, 7, 8, 9), "south": (11, 12, 1, 2, 3)}  # months


@dataclass(frozen=True)
class Sample:
    """What a date looks like: ``values`` float32 ``(bands, n)`` of valid, cloudless pixels; shares of the pixels looked
    at that are valid and, of these, snow by the date's own classes (None: it has none).
    """

    values: np.ndarray
    valid: float
    snow: float | None


@dataclass(frozen=True)
class Scaling:
    """``low`` goes to 0, ``high`` to ``full_scale``, one for each band; ``words`` say why."""

    low: tuple[float, ...]
    high: tuple[float, ...]
    full_scale: int
    words: str

    @property
    def dtype(self) -> type:
        """Of the stored numbers."""
        return np.uint8 if self.full_scale == FULL_8 else np.uint16

    def stored(self, values: np.ndarray, valid: np.ndarray) -> np.ndarray:
        """``values`` float32 ``(bands, h, w)`` as the numbers to store, 0 where not ``valid`` ``(h, w)``."""
        low, high = (np.array(ends, np.float32)[:, None, None] for ends in (self.low, self.high))
        numbers = (values - low) * (np.float32(self.full_scale) / (high - low))
        return np.where(valid, np.clip(np.rint(numbers), 0, self.full_scale), 0).astype(self.dtype)


def sample(date: OpenDate, bands: tuple[str, ...]) -> Sample:
    """Look at all of a date, or at squares spread over it. Raises InputError where it cannot be read."""
    width, height = date.about.width, date.about.height
    windows = [(0, 0, width, height)]
    if width * height > SAMPLE_PX:
        each = round(SQUARES**0.5)
        xs, ys = (
            sorted({max(0, min(int((i + 0.5) * n / each) - SQUARE_PX // 2, n - SQUARE_PX)) for i in range(each)})
            for n in (width, height)
        )
        windows = [(x, y, min(x + SQUARE_PX, width), min(y + SQUARE_PX, height)) for y in ys for x in xs]
    kept, valid, seen, snow, classified = [], 0, 0, 0, False
    for window in windows:
        pixels: Pixels = date.read(bands, window)
        clear = pixels.valid if pixels.cloud is None else pixels.valid & ~pixels.cloud
        kept.append(pixels.values[:, clear])
        seen, valid = seen + clear.size, valid + int(clear.sum())
        if pixels.snow is not None:
            snow, classified = snow + int((pixels.snow & clear).sum()), True
    return Sample(np.concatenate(kept, 1), valid / seen, snow / max(valid, 1) if classified else None)


def reflectance(about: About, bands: tuple[str, ...], values: np.ndarray) -> np.ndarray | None:
    """``values`` ``(bands, n)`` as reflectance times 10000; None where the numbers are none."""
    if about.factor is None:
        return None
    return (values + _offsets(about, bands)[:, None]) * np.float32(about.factor)


def season_of(
    about: About, bands: tuple[str, ...], seen: Sample, name: str, date: str, summer_threshold: float
) -> tuple[str, str]:
    """winter where snow covers much, summer, or empty; and why, in words.

    By the date's name, by its scene classes, by how much is bright in all visible bands, by the month.
    """
    lower = name.lower()
    for word, season in (("winter", "winter"), ("snow", "winter"), ("summer", "summer")):
        if word in lower:
            return season, "by its name"
    if seen.snow is not None and seen.snow >= SNOWY_BRIGHT:
        return "winter", f"snow by its classes on {seen.snow:.0%}"
    visible = [number for number, band in enumerate(bands) if band in SPECTRAL[:3]]
    if len(visible) >= 2 and seen.values.shape[1]:
        values = seen.values[visible]
        numbers = reflectance(about, bands, seen.values)
        if about.bits == 8:
            white = float((values >= WHITE * FULL_8).all(0).mean())
            if white >= SNOWY_WHITE:
                return "winter", f"{white:.0%} white: snow, or cloud"
        elif numbers is not None and seen.snow is None:
            bright = float((numbers[visible] > summer_threshold).all(0).mean())
            if bright >= SNOWY_BRIGHT:
                return "winter", f"{bright:.0%} brighter than {summer_threshold:g} in all visible bands: snow, or cloud"
    side = "south" if _southern(about) else "north"
    if date and int(date[5:7]) in GROWING[side]:
        return "summer", f"by its month, {side}ern half of the Earth"
    return "", "season not known"


def scaling_of(
    about: About,
    bands: tuple[str, ...],
    seen: Sample,
    season: str,
    asked: str,
    thresholds: tuple[float, float],
) -> Scaling:
    """How the numbers of a date are stored; ``thresholds`` with and without snow, reflectance times 10000.

    Raises InputError where what is ``asked`` cannot be done.
    """
    known = about.factor is not None
    if asked == "auto":
        asked = "as_is" if about.bits == 8 else "threshold" if known else "percentile"
    count = len(bands)
    if asked == "as_is":
        if about.bits != 8:
            raise InputError(
                f"{about.label} has no 8 bits, so its numbers cannot be taken as they are: choose threshold or "
                "percentile."
            )
        return Scaling((0.0,) * count, (255.0,) * count, FULL_8, "8 bits as they are")
    if asked == "threshold":
        if not known:
            raise InputError(
                f"{about.label} has no reflectances (16 bits of bands with known names or wavelengths, or a Sentinel-2 "
                "product), so there are no thresholds for it: choose percentile or auto."
            )
        threshold = thresholds[0] if season == "winter" else thresholds[1]
        offsets = _offsets(about, bands)
        low = tuple(float(-offset) for offset in offsets)
        high = tuple(float(threshold / (about.factor or 1.0) - offset) for offset in offsets)
        snow = "with" if season == "winter" else "without"
        return Scaling(low, high, FULL_16, f"threshold of reflectance {threshold:g} / 10000 ({snow} snow)")
    stretches = [
        stretch_of(values, f"{band} of {about.label}") for band, values in zip(bands, seen.values, strict=True)
    ]
    full = FULL_8 if about.bits == 8 else FULL_16
    return Scaling(
        tuple(s.low for s in stretches), tuple(s.high for s in stretches), full, "1st to 99th percentile of each band"
    )


def _offsets(about: About, bands: tuple[str, ...]) -> np.ndarray:
    of_band = dict(zip(about.bands, about.offsets, strict=True))
    return np.array([of_band[band] for band in bands], np.float32)


def _southern(about: About) -> bool:
    crs = about.georeference.crs
    if crs is None:
        return False
    if crs.is_geographic:
        return bool(about.georeference.transform.f < 0)
    code = crs.to_epsg()
    return code is not None and 32701 <= code <= 32760
