"""What was made, at a glance: tiles of each place below each other, its dates side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..errors import InputError
from ..events import Events
from ..results.drawing import brightening, new_figure, png
from .training_set import Scene

TILES, DATES = 4, 8  # at most, of each place
MOST_PLACES = 12
CELL_IN, TITLE_IN = 1.15, 0.28
NOT_VALID = np.array([0.87, 0.85, 0.81])
SPLIT_COLOURS = {"train": "#2f6f3e", "validation": "#b06a00", "test": "#a01c4b"}


def contact_sheet(scenes: Sequence[Scene], events: Events) -> bytes:
    """A PNG. Every place has its own rows, as many tiles and dates as there is room for, spread over all; missing cells
    are dates in which the tile was rejected. Raises InputError where a tile cannot be read.
    """
    places: dict[str, list[Scene]] = {}
    for scene in scenes:
        places.setdefault(scene.place, []).append(scene)
    shown = _spread(list(places.values()), MOST_PLACES)
    if not shown:
        raise InputError("The training set has no tile to show.")
    rows = [(_spread(some, TILES), _spread([d.label for d in some[0].entry.dates], DATES)) for some in shown]
    columns = max(len(dates) for _, dates in rows)
    heights = [height for tiles, _ in rows for height in (TITLE_IN + 0.2, *([CELL_IN] * len(tiles)))]
    figure = new_figure(0.4 + CELL_IN * max(columns, 4), sum(heights))
    figure.set_layout_engine("none")
    grid = figure.add_gridspec(len(heights), columns, height_ratios=heights, wspace=0.03, hspace=0.03)
    grid.update(left=0.01, right=0.99, top=0.995, bottom=0.005)
    row = 0
    for tiles, dates in rows:
        _title(figure, grid[row, :], tiles[0], len(places[tiles[0].place]), dates, columns)
        for number, scene in enumerate(tiles, row + 1):
            for column, date in enumerate(dates):
                events.check_cancelled()
                axes = figure.add_subplot(grid[number, column])
                axes.set_axis_off()
                if date in scene.dates:
                    axes.imshow(picture(*scene.read(date), bands=scene.bands), interpolation="antialiased")
                else:
                    axes.text(0.5, 0.5, "rejected", ha="center", va="center", fontsize=6, color="#8a857c")
        row += len(tiles) + 1
    return png(figure)


def _title(figure, where, scene: Scene, count: int, dates: list[str], columns: int) -> None:  # type: ignore[no-untyped-def]
    axes = figure.add_subplot(where)
    axes.set_axis_off()
    axes.set(xlim=(0, columns), ylim=(0, 1))
    entry = scene.entry
    gsd = f"{entry.gsd_m:g} m" if entry.gsd_m else "pixel size not known"
    words = f"{entry.name}: {entry.split}, {count} tiles, {len(entry.dates)} dates, {', '.join(entry.bands)}, {gsd}"
    axes.text(0.02, 0.62, words, fontsize=8, weight="bold", color=SPLIT_COLOURS.get(entry.split, "black"), va="center")
    for column, label in enumerate(dates):
        date = entry.date(label)
        x, y = date.offset
        off = "reference" if label == entry.reference_date else f"{x:+.2f} {y:+.2f} px" if date.offset_known else "?"
        words = f"{label if len(label) <= 16 else label[:15] + '…'} {date.season}\n{off}"
        axes.text(column + 0.03, 0.2, words, fontsize=5, va="center", linespacing=1.1)


def picture(values: np.ndarray, valid: np.ndarray, *, bands: tuple[str, ...]) -> np.ndarray:
    """float ``(h, w, 3)`` 0..1 of a tile: its colours, else its first band in gray, brightened; not valid is beige."""
    order = [bands.index(name) for name in ("red", "green", "blue") if name in bands]
    shown = values[order] if len(order) == 3 else np.repeat(values[:1], 3, axis=0)
    shown = shown ** brightening(shown[0][valid])
    return np.where(valid[..., None], np.moveaxis(shown, 0, -1), NOT_VALID)


def _spread(items: list, most: int) -> list:
    """At most ``most`` of them, evenly."""
    if len(items) <= most:
        return items
    return [items[int(i)] for i in np.linspace(0, len(items) - 1, most).round()]
