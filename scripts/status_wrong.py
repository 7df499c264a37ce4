"""Pairs of two different things: none of them may be answered ``ok``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice, product
from typing import Callable

import numpy as np
import status_images as images
from status_source import HEIGHT, TEST_TILE, TRAINING_TILES, WIDTH, Pair, Source, cut, red

# Dates of reference and target: across seasons first, since that is the case the program is for
DATES = (("winter", "summer"), ("summer_prev", "summer"), ("summer", "winter"), ("winter", "winter"))


def _other_places(source: Source, across: bool, tiles: tuple[str, ...], count: int) -> Iterator[Pair]:
    for (reference_date, target_date), _ in zip(cycle(DATES), range(count), strict=False):
        here = there = source.place(tiles)
        while there == here or (there[0] == here[0]) == across:
            there = source.place(tiles if across else here[:1])
        shown = red if source.rng.random() < 0.6 else np.array
        first, second = source.crop(here, reference_date), source.crop(there, target_date)
        title = f"{here[0]}.{here[1]}-{reference_date}_{there[0]}.{there[1]}-{target_date}"
        yield Pair(shown(first), shown(second), title)


def places_within(source: Source) -> Iterator[Pair]:
    """Other subtiles of one tile, one land use and one sun."""
    return _other_places(source, False, TRAINING_TILES, 48)


def places_across(source: Source) -> Iterator[Pair]:
    """Subtiles of two tiles."""
    return _other_places(source, True, TRAINING_TILES, 48)


def places_test_tile(source: Source) -> Iterator[Pair]:
    """The test tile's subtiles against each other and against those of the training tiles."""
    yield from _other_places(source, False, (TEST_TILE,), 12)
    across = _other_places(source, True, (*TRAINING_TILES, TEST_TILE), 1000)
    yield from islice((pair for pair in across if TEST_TILE in pair.title), 12)


def places_sizes(source: Source) -> Iterator[Pair]:
    """Other sizes (width, height), and two rasters of different size."""
    sizes = [((256, 256),) * 2, ((512, 512),) * 2, ((128, 128),) * 2, ((512, 1536),) * 2, ((320, 200),) * 2]
    sizes += [((256, 256), (512, 512)), ((512, 512), (256, 256)), ((160, 400), (400, 160)), ((512, 2048), (384, 496))]
    for (size, other), (reference_date, target_date), number in zip(
        cycle(sizes), cycle(DATES), range(36), strict=False
    ):
        here, there = source.place(TRAINING_TILES), source.place(TRAINING_TILES)
        while here[0] == there[0]:  # the highest would overlap within a tile
            there = source.place(TRAINING_TILES)
        shown = red if number % 2 else np.array
        first, second = source.crop(here, reference_date, *size), source.crop(there, target_date, *other)
        title = f"{size[0]}x{size[1]}_{other[0]}x{other[1]}_{here[0]}.{here[1]}_{there[0]}.{there[1]}"
        yield Pair(shown(first), shown(second), title)


def mirror_images(source: Source) -> Iterator[Pair]:
    """A right pair whose target is mirrored, which no turn undoes."""
    ways = ("left_right", "up_down", "transposed")
    for number, (how, date) in enumerate(islice(cycle(product(ways, ("winter", "summer_prev", "summer"))), 54)):
        place = source.place(TRAINING_TILES)
        shown = red if number % 3 else np.array
        # Transposed, a raster that is not square would not cover the same ground
        width, height = (WIDTH, HEIGHT) if how != "transposed" else (448, 448)
        target = images.mirrored(source.crop(place, "summer", width, height), how)
        title = f"{how}_{place[0]}.{place[1]}-{date}"
        yield Pair(shown(source.crop(place, date, width, height)), shown(target), title)


def overviews(source: Source) -> Iterator[Pair]:
    """Tile T36UXA against T36UYA, whatever the weather; every eighth with a search of 15 km."""
    tiles = ("T36UXA", "T36UYA")
    dates = [images.overview_dates(source.data, tile) for tile in tiles]
    for number in range(48):
        chosen = [source.choose(d) for d in dates]
        first, second = (images.overview(source.data, tile, date) for tile, date in zip(tiles, chosen, strict=True))
        if number % 2:
            first, second = second, first
        far = 15_000.0 if number % 8 == 7 else 1500.0
        yield Pair(first, second, "_".join(chosen), images.OVERVIEW_M, far)


def carpathians(source: Source) -> Iterator[Pair]:
    """Mountains against the plains of Ukraine, and one side of the mountains against the other."""
    for number in range(32):
        width, height = (512, 512) if number % 3 else (WIDTH, HEIGHT)
        one, other = source.choose(images.CARPATHIANS_CLEAR), source.choose(images.CARPATHIANS_CLEAR)
        image, far = images.carpathians(source.data, one), images.carpathians(source.data, other)
        here = cut(image[:, :700], source.window(image[:, :700], width, height))
        if number % 2:
            place, date = source.place(TRAINING_TILES), source.choose(("winter", "summer"))
            there, title = source.crop(place, date, width, height), f"{one}_{place[0]}.{place[1]}-{date}"
        else:
            there, title = cut(far[:, 800:], source.window(far[:, 800:], width, height)), f"{one}_{other}"
        if number % 4 > 1:
            here, there = there, here
        yield Pair(here, there, title) if number % 5 else Pair(red(here), red(there), title)


def demarke(source: Source) -> Iterator[Pair]:
    """NDVI of Dutch fields against other Dutch fields, Ukrainian fields and mountains."""
    dates = images.demarke_dates(source.data)
    for number in range(36):
        date, other = source.choose(dates), source.choose(dates)
        image = images.demarke(source.data, date)
        if number % 3 == 0:
            first, second = (image, images.demarke(source.data, other))
            left, right = (0, 500) if number % 2 else (500, 0)
            first, second = (a[s : s + 500, t : t + 500] for a, s, t in ((first, 0, left), (second, 500, right)))
            title = f"{date}_{other}"
        elif number % 3 == 1:
            place, season = source.place(TRAINING_TILES), source.choose(("winter", "summer"))
            first, second = image[244:756, 244:756], red(source.crop(place, season, 512, 512))
            title = f"{date}_{place[0]}.{place[1]}-{season}"
        else:
            number_there = source.choose(images.CARPATHIANS_CLEAR)
            first, second = image[:930], red(images.carpathians(source.data, number_there))[:, 300:1300]
            title = f"{date}_carpathians-{number_there}"
        if number % 4 > 1:
            first, second = second, first
        yield Pair(first, second, title, nodata=0)


def alps(source: Source) -> Iterator[Pair]:
    """Cloud against snow: one place, of which there is next to nothing to see in common."""
    for (band, other), dates in product(product(("red", "nir"), repeat=2), ((1, 2), (2, 1))):
        first, second = images.alps(source.data, band, dates[0]), images.alps(source.data, other, dates[1])
        yield Pair(first, second, f"{band}{dates[0]}_{other}{dates[1]}")


def noise(source: Source) -> Iterator[Pair]:
    """Noise of every colour against noise, and against fields."""
    kinds = ("white", "smooth", "smoother", "cloudy", "cloudier")
    for one, other in product(kinds, kinds):
        shape = source.choose([(HEIGHT, WIDTH), (512, 512), (256, 256)])
        yield Pair(images.noise(source.rng, one, shape), images.noise(source.rng, other, shape), f"{one}_{other}")
    for kind, date in product(kinds, ("winter", "summer")):
        real = red(source.crop(source.place(TRAINING_TILES), date))
        pair = [images.noise(source.rng, kind, real.shape), real]
        if source.rng.random() < 0.5:
            pair.reverse()
        yield Pair(*pair, f"{kind}_{date}")


def patterns(source: Source) -> Iterator[Pair]:
    """What repeats, displaced by a part of its period, under noise of its own in each image; a piece of a real field
    side by side with itself; and stripes that a real image of the same place has none of."""
    shape = (HEIGHT, WIDTH)
    for kind, period in product(("stripes", "waves", "checkerboard", "dots"), (9.0, 24.0, 40.0, 75.0)):
        for strength in (15.0, 60.0):
            angle, phase = float(source.choose([0, 0, 17, 45, 90])), float(source.choose([0, 0.5, 0.3]))
            pair = [
                images.to_bytes(
                    100 + strength * images.pattern(kind, period, shape, angle, p) + source.rng.normal(0, 6, shape)
                )
                for p in (0.0, phase)
            ]
            yield Pair(*pair, f"{kind}_{period:.0f}_{angle:.0f}deg_{strength:.0f}")
    for side, shift in product((40, 64, 100), ((0, 0), (17, 11))):
        field = red(source.crop(source.place(TRAINING_TILES), "summer", side, side)).astype(float)
        pair = [
            images.to_bytes(images.repeated(field, shape, s) + source.rng.normal(0, 3, shape)) for s in ((0, 0), shift)
        ]
        yield Pair(*pair, f"field_{side}_{shift[0]}")
    for kind in ("stripes", "checkerboard", "dots", "waves"):
        real = red(source.crop(source.place(TRAINING_TILES), "winter"))
        made = images.to_bytes(60 + 120 * images.pattern(kind, 30.0, shape, 20.0, 0.0) + source.rng.normal(0, 6, shape))
        yield Pair(real, made, f"winter_{kind}")


def flat(source: Source) -> Iterator[Pair]:
    """Water, snowfield, thick cloud: one value, or one slope, and the noise of the sensor."""
    shape = (HEIGHT, WIDTH)
    slope = np.linspace(0, 60, shape[1])[None].repeat(shape[0], 0)
    for strength, ramp in product((0.5, 1.0, 3.0, 10.0), (0 * slope, slope)):
        pair = [images.to_bytes(100 + ramp + source.rng.normal(0, strength, shape)) for _ in range(2)]
        yield Pair(*pair, f"noise{strength:g}_{'slope' if ramp.any() else 'level'}")
    for date in ("winter", "summer", "summer_prev", "winter"):
        real = red(source.crop(source.place(TRAINING_TILES), date))
        pair = [real, images.to_bytes(100 + source.rng.normal(0, 3, shape))]
        if source.rng.random() < 0.5:
            pair.reverse()
        yield Pair(*pair, f"{date}_level")


def shared_frames(source: Source) -> Iterator[Pair]:
    """Two places that share something which is not the ground: the edge of a swath that nobody declared nodata, the
    same edge declared, one cloud mask, and the stripes that a detector draws over everything."""
    clouds = ("20170506", "20170923", "20180304")
    for number in range(24):
        way = ("black_edge", "declared_edge", "one_mask", "detector")[number % 4]
        dates = DATES[number // 4 % len(DATES)]
        here, there = source.place(TRAINING_TILES), source.place(TRAINING_TILES)
        while there == here:
            there = source.place(TRAINING_TILES)
        pair = [red(source.crop(p, d, 480, 480)).clip(1) for p, d in zip((here, there), dates, strict=True)]
        if way in ("black_edge", "declared_edge"):
            outside = images.swath_edge((480, 480), float(source.rng.uniform(0.15, 0.5)))
            pair = [np.where(outside, 0, image).astype(np.uint8) for image in pair]
        elif way == "one_mask":
            hidden = images.demarke(source.data, clouds[number // 4 % len(clouds)])[:480, :480] == 0
            pair = [np.where(hidden, 0, image).astype(np.uint8) for image in pair]
        else:
            columns = np.repeat(source.rng.normal(0, 4, 40), 12)[None]
            pair = [images.to_bytes(image + columns) for image in pair]
        nodata = 0 if way in ("declared_edge", "one_mask") else None
        yield Pair(*pair, f"{way}_{here[0]}.{here[1]}_{there[0]}.{there[1]}", nodata=nodata)


WRONG: dict[str, Callable[[Source], Iterator[Pair]]] = {
    "places_within": places_within,
    "places_across": places_across,
    "places_sizes": places_sizes,
    "places_test_tile": places_test_tile,
    "mirrored": mirror_images,
    "overviews": overviews,
    "carpathians": carpathians,
    "demarke": demarke,
    "alps": alps,
    "noise": noise,
    "patterns": patterns,
    "flat": flat,
    "shared_frames": shared_frames,
}
