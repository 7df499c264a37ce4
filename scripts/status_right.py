"""Pairs that show one place twice, displaced by conditions of season_pairs.py: all but a few should be ``ok``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, cycle, islice
from typing import Callable

import status_images as images
from status_source import TRAINING_TILES, Pair, Source, cut, red

MARGIN = 64  # of real image around what a displaced window shows


def right_sizes(source: Source) -> Iterator[Pair]:
    """Season pairs of other sizes, the last two with a reference that is smaller and larger than the target."""
    sizes = [
        ((256, 256),) * 2,
        ((256, 384),) * 2,
        ((384, 1008),) * 2,
        ((256, 256), (384, 496)),
        ((384, 496), (256, 256)),
    ]
    seasons = source.season_pairs.SEASONS
    for (size, other), season, condition, _ in zip(
        cycle(sizes), cycle(seasons), cycle(("a", "c", "d", "e")), range(40), strict=False
    ):
        place = source.place(TRAINING_TILES)
        strip = red(images.season(source.data, place[0], "summer"))
        width, height = other
        reach = max(height, size[1]) // 2 + MARGIN
        row = min(max(place[1] * images.SUBTILE_PX + images.SUBTILE_PX // 2, reach), len(strip) - reach)
        box, around = ((images.SUBTILE_PX // 2 - w // 2, row - h // 2, w, h) for w, h in (other, size))
        target = images.displaced(strip, source.season_pairs, condition, box)
        reference = cut(red(images.season(source.data, place[0], seasons[season])), around)
        title = f"{size[0]}x{size[1]}_{width}x{height}_{place[0]}.{place[1]}_{season}_{condition}"
        offset = source.season_pairs.OFFSET[place[0], season]
        yield Pair(reference, target, title, condition=condition, offset=offset)


def right_carpathians(source: Source) -> Iterator[Pair]:
    """Every two clear dates of the mountains, displaced."""
    pairs = list(combinations(images.CARPATHIANS_CLEAR, 2))
    source.rng.shuffle(pairs)
    for (one, other), condition in zip(pairs, cycle("abcde"), strict=False):
        if source.rng.random() < 0.5:
            one, other = other, one
        reference, target = images.carpathians(source.data, one), images.carpathians(source.data, other)
        box = source.window(reference, 512, 512, MARGIN)
        moved = images.displaced(target, source.season_pairs, condition, box)
        yield Pair(cut(reference, box), moved, f"{one}_{other}_{condition}", condition=condition)


def right_demarke(source: Source) -> Iterator[Pair]:
    """45 pairs of clear NDVI dates, displaced on top of what displaces them already (up to 1.3 px)."""
    pairs = list(combinations(images.demarke_dates(source.data), 2))
    source.rng.shuffle(pairs)
    for (one, other), condition in zip(pairs[:45], cycle("abcde"), strict=False):
        reference, target = images.demarke(source.data, one), images.demarke(source.data, other)
        box = source.window(reference, 512, 512, MARGIN)
        moved = images.displaced(target, source.season_pairs, condition, box)
        yield Pair(cut(reference, box), moved, f"{one}_{other}_{condition}", nodata=0, condition=condition)


def _same_tile(source: Source, dates: list[tuple[str, str, str]]) -> Iterator[Pair]:
    """Conditions that fit in a search of 1500 m (14 px) with the default, the others with 15 km."""
    source.rng.shuffle(dates)
    for (tile, one, other), condition in zip(dates, cycle("adadc"), strict=False):
        box = (MARGIN, MARGIN, 896, 896)
        moved = images.displaced(images.overview(source.data, tile, other), source.season_pairs, condition, box)
        far = 1500.0 if condition in "ad" else 15_000.0
        reference = cut(images.overview(source.data, tile, one), box)
        title = f"{tile}_{one}_{other}_{condition}"
        yield Pair(reference, moved, title, images.OVERVIEW_M, far, condition=condition)


def right_overviews(source: Source) -> Iterator[Pair]:
    """Two clear dates of a whole tile without snow, displaced."""
    dates = [(tile, *two) for tile, clear in images.OVERVIEWS_CLEAR.items() for two in combinations(clear, 2)]
    return islice(_same_tile(source, dates), 30)


def right_overviews_snow(source: Source) -> Iterator[Pair]:
    """The clear dates of T36UYA against the one of snow."""
    dates = [("T36UYA", images.OVERVIEW_SNOW, clear) for clear in images.OVERVIEWS_CLEAR["T36UYA"]]
    return _same_tile(source, dates)


RIGHT: dict[str, Callable[[Source], Iterator[Pair]]] = {
    "sizes": right_sizes,
    "carpathians": right_carpathians,
    "demarke": right_demarke,
    "overviews": right_overviews,
    "overviews_snow": right_overviews_snow,
}
