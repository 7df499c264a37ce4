"""Pairs with a known truth, made of registered dates: what the networks are taught.

The reference is a square of one date, upright or turned a little; the target is another date of the same place (or,
rarely, the same date) through a random known warp (warps.py); each is changed in brightness by itself (photometry.py).
The dates' own offsets are taken out, so that the truth is the warp alone. Pixel frame: centre of the first pixel at
(0.5, 0.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

import cv2
import numpy as np

from ..errors import InputError
from .photometry import PhotometrySettings, changed, restretched, sample
from .sampling import Scene, TileCache, draw_mix, looked_up, sampled
from .warps import FREE, Warp, WarpSettings, draw_warp

TRIES = 60
LATTICE = 20  # places along each side at which a drawn geometry is tried before anything is sampled


@dataclass(frozen=True)
class PairSettings:
    """What pairs are made.

    ``warp``: the known transformation. ``reference_warp`` (its local displacement and tilt are not used): with the
    probability ``reference_turned`` the reference is no upright crop either. ``cross_season``: of the pairs of a place
    with dates of both seasons, the share of one from each; ``same_date``: the share of one date with itself.
    ``index_share``: the share of images that are a normalised difference of two bands. ``minimum_overlap``: the share
    of the smaller footprint that both show; ``minimum_valid``: the share of each image that is valid; ``most_blank``:
    the share of its valid pixels that may be clipped, as snow is, before anything is changed. ``mirrored``: the
    probability that pixels that are not valid keep what lies there, beyond the tile its mirror image, instead of 0,
    which the product's patches have there.
    """

    warp: WarpSettings = FREE
    photometry: PhotometrySettings = field(default_factory=PhotometrySettings)
    reference_warp: WarpSettings = field(default_factory=lambda: WarpSettings(rotation_deg=180.0, scale=1.3))
    reference_turned: float = 0.5
    cross_season: float = 0.7
    same_date: float = 0.05
    index_share: float = 0.1
    minimum_overlap: float = 0.35
    minimum_valid: float = 0.5
    most_blank: float = 0.85
    mirrored: float = 0.3


@dataclass(frozen=True)
class TrainingPair:
    """Two images of one ground and where each target pixel lies in the reference.

    ``reference``, ``target`` float32 ``(height, width)`` 0..1; ``reference_valid``, ``target_valid`` bool of that
    shape; ``truth`` float32 ``(height, width, 2)``: the reference pixel (x, y) that shows what the centre of target
    pixel [row, column] shows, NaN where there is none: outside of the reference, not valid in either, or hidden by a
    made cloud, marked or not.
    """

    reference: np.ndarray
    target: np.ndarray
    reference_valid: np.ndarray
    target_valid: np.ndarray
    truth: np.ndarray
    name: str


@dataclass(frozen=True)
class Geometry:
    """What of which dates a pair shows. ``crop``: reference pixel -> place pixel; ``warp``: target -> reference."""

    scene: Scene
    dates: tuple[str, str]
    crop: Warp
    warp: Warp


class PairMaker:
    """Makes pairs of ``size_px`` a side from scenes, as ``settings`` say; tiles are held in memory up to
    ``cache_bytes``. A maker can be sent to worker processes; each then reads for itself.
    """

    def __init__(
        self,
        scenes: Sequence[Scene],
        size_px: int = 256,
        settings: PairSettings | None = None,
        cache_bytes: int = 1 << 30,
    ) -> None:
        if not scenes:
            raise InputError("There is no scene to make training pairs of: is the training set empty?")
        self.scenes = list(scenes)
        self.size_px = size_px
        self.settings = settings or PairSettings()
        self._tiles = TileCache(cache_bytes)
        self._dates: dict[int, DatePairs] = {}

    def make(self, generator: np.random.Generator) -> TrainingPair:
        """The next pair; the same generator state gives the same pair, whatever was made before.

        Raises InputError where the scenes have too little that is valid in two dates.
        """
        for _ in range(TRIES):
            geometry = self._drawn(generator)
            if not self._promising(geometry):
                continue
            pair = self._made(geometry, generator)
            if pair is None:
                continue
            seen = np.isfinite(pair.truth[..., 0]).mean() * max(1.0, geometry.warp.scale**2)
            valid = min(pair.reference_valid.mean(), pair.target_valid.mean())
            if seen >= 0.6 * self.settings.minimum_overlap and valid >= 0.6 * self.settings.minimum_valid:
                return pair  # a made cloud may take some of what was promised
        raise InputError(
            f"No training pair came about in {TRIES} draws: the scenes have too little ground that is valid at two "
            f"dates for images of {self.size_px} x {self.size_px} pixels. Take smaller images or clearer dates."
        )

    def _drawn(self, generator: np.random.Generator) -> Geometry:
        index = int(generator.integers(len(self.scenes)))
        scene = self.scenes[index]
        if index not in self._dates:
            self._dates[index] = pairs_of_dates(scene)
        dates = self._dates[index].draw(self.settings, generator)
        settings = WarpSettings()
        if generator.random() < self.settings.reference_turned:
            settings = self.settings.reference_warp
            settings = WarpSettings(rotation_deg=settings.rotation_deg, scale=settings.scale, stretch=settings.stretch)
        crop = draw_warp(settings, self.size_px, generator)
        spare = np.array(scene.shape[::-1]) - self.size_px
        start = np.where(spare > 0, np.rint(generator.uniform(0, np.maximum(spare, 1))), np.floor(spare / 2))
        # Whole pixels of the reference's date: an upright reference is not interpolated, as it is not in use.
        crop = replace(crop, shift=start - scene.offset(dates[0]))
        return Geometry(scene, dates, crop, draw_warp(self.settings.warp, self.size_px, generator))

    def _promising(self, geometry: Geometry) -> bool:
        """Whether overlap and valid shares suffice, on a lattice."""
        steps = (np.arange(LATTICE) + 0.5) * self.size_px / LATTICE
        lattice = np.stack(np.meshgrid(steps, steps), -1)
        there = geometry.warp(lattice)
        first, second = (
            _sound(self._tiles.tile(geometry.scene, date).sound, places + geometry.scene.offset(date))
            for date, places in zip(geometry.dates, (geometry.crop(lattice), geometry.crop(there)), strict=True)
        )
        if min(first.mean(), second.mean()) < self.settings.minimum_valid:
            return False
        inside = np.all((there >= 0) & (there < self.size_px), -1)
        seen = second & inside & _sound(first.astype(np.uint8), there * LATTICE / self.size_px)
        return bool(seen.mean() * max(1.0, geometry.warp.scale**2) >= self.settings.minimum_overlap)

    def _made(self, geometry: Geometry, generator: np.random.Generator) -> TrainingPair | None:
        """The pair, or None where an image shows hardly anything."""
        scene, (first, second), size = geometry.scene, geometry.dates, self.size_px
        truth = geometry.warp.on_grid()
        crop = geometry.crop
        from_zero = crop.shift + size / 2 - crop.matrix @ np.full(2, size / 2)
        plain = crop.on_grid()
        through = cv2.transform(truth, np.column_stack([crop.matrix, from_zero]))
        images = []
        for date, places, scale in (
            (first, plain, crop.scale),
            (second, through, crop.scale * geometry.warp.scale),
        ):
            mix = draw_mix(scene.bands, self.settings.index_share, generator)
            places = places + scene.offset(date).astype(np.float32)
            values, valid = sampled(self._tiles.tile(scene, date), mix, places, scale)
            values = restretched(values, valid)
            few = sample(values)[sample(valid)]
            if not few.size or np.mean((few <= 0) | (few >= 1)) > self.settings.most_blank:
                return None
            image = changed(values, valid, self.settings.photometry, generator)
            if generator.random() >= self.settings.mirrored:
                image.values[~image.valid] = 0
            images.append(image)
        reference, target = images
        known = (reference.valid & reference.shown).astype(np.uint8)
        seen = looked_up(known, truth, cv2.INTER_NEAREST) > 0
        x, y = truth[..., 0], truth[..., 1]  # numpy's "all" over an axis of two is ten times as slow
        inside = (x >= 0) & (x <= size) & (y >= 0) & (y <= size)
        truth[~(seen & inside & target.valid & target.shown)] = np.nan
        name = f"{scene.name} {first} {second}"
        return TrainingPair(reference.values, target.values, reference.valid, target.valid, truth, name)


@dataclass(frozen=True)
class DatePairs:
    """The pairs of dates of a scene: ``same`` one date twice, ``crossing`` of two seasons, ``others`` any other two."""

    same: list[tuple[str, str]]
    crossing: list[tuple[str, str]]
    others: list[tuple[str, str]]

    def draw(self, settings: PairSettings, generator: np.random.Generator) -> tuple[str, str]:
        """The dates of reference and target, by chance; one date twice where there is no other."""
        alike, cross = generator.random(2)
        choice = self.crossing if cross < settings.cross_season else self.others
        choice = choice or self.others or self.crossing or self.same
        if alike < settings.same_date:
            choice = self.same
        return choice[int(generator.integers(len(choice)))]


def pairs_of_dates(scene: Scene) -> DatePairs:
    """All pairs of dates of a scene, by what they ask of a matcher."""
    seasons = {date: scene.season(date) for date in scene.dates}
    two = list(permutations(scene.dates, 2))
    crossing = [(a, b) for a, b in two if seasons[a] and seasons[b] and seasons[a] != seasons[b]]
    others = [pair for pair in two if pair not in set(crossing)]
    return DatePairs([(date, date) for date in scene.dates], crossing, others)


def truth_of_matches(pair: TrainingPair, target_xy: np.ndarray) -> np.ndarray:
    """Where target points ``(N, 2)`` truly lie in the reference: ``(N, 2)`` float64, NaN where that is not known.

    Between pixel centres bilinear; up to half a pixel beyond the outermost centres by the same plane.
    """
    height, width = pair.truth.shape[:2]
    xy = np.asarray(target_xy, float).reshape(-1, 2)
    inside = np.all((xy >= 0) & (xy <= [width, height]), -1)
    place = np.where(inside[:, None], xy, 1.0) - 0.5
    corner = np.clip(np.floor(place).astype(int), 0, [width - 2, height - 2])
    (u, v), (x, y) = (place - corner).T, corner.T
    found = np.zeros((len(xy), 2))
    for down, across, weight in ((0, 0, (1 - u) * (1 - v)), (0, 1, u * (1 - v)), (1, 0, (1 - u) * v), (1, 1, u * v)):
        value = pair.truth[y + down, x + across].astype(float)
        found += np.where(weight[:, None] == 0, 0.0, weight[:, None] * value)
    found[~inside] = np.nan
    return found


def _sound(mask: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Whether a mask holds at places ``(..., 2)``; not beyond it."""
    x, y = np.moveaxis(np.floor(places).astype(int), -1, 0)
    height, width = mask.shape
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    return inside & (mask[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)] > 0)
