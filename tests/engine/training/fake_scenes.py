"""Scenes that are a formula: the same ground at any offset, exact between the pixels."""

from __future__ import annotations

import numpy as np


class WavyScene:
    """A tile of smooth random waves, ``bands`` of them different; each date is displaced by its offset."""

    place, bands, gsd_m = "made", ("B04", "B03", "B08"), 10.0

    def __init__(self, name="a", side=400, dates=("summer", "winter", "autumn"), offsets=None, seed=0, invalid=None):
        self.name, self.shape, self.dates = name, (side, side), tuple(dates)
        self._offsets = offsets or {}
        self._invalid = invalid or {}
        random = np.random.default_rng(seed)
        angle, length = random.uniform(0, 2 * np.pi, 40), np.exp(random.uniform(np.log(10), np.log(60), 40))
        self._waves = 2 * np.pi / length * np.stack([np.cos(angle), np.sin(angle)])
        self._phases, self._weights = random.uniform(0, 2 * np.pi, 40), random.normal(size=(40, 3))
        self.reads = 0

    def offset(self, date):
        return np.array(self._offsets.get(date, (0.0, 0.0)))

    def season(self, date):
        return date if date in ("summer", "winter") else ""

    def read(self, date):
        self.reads += 1
        y, x = np.mgrid[: self.shape[0], : self.shape[1]] + 0.5
        there = np.stack([x, y], -1) - self.offset(date)
        values = np.sin(there @ self._waves + self._phases) @ self._weights
        values = np.clip(0.5 + values / 40, 0, 1).astype(np.float32)
        valid = np.ones(self.shape, bool)
        if date in self._invalid:
            valid[self._invalid[date]] = False
        return np.moveaxis(values, -1, 0), valid
