"""The heat map of all pairs, scenes of one place together, each by date."""

from __future__ import annotations

import re

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Patch as Swatch
from matplotlib.patches import Rectangle

from ..results.drawing import new_figure
from .comparison import Comparison

CELL_IN, LEAST_IN, MOST_IN = 0.2, 2.6, 22.0
FONT = 7.5
UNKNOWN = "#c9c5bd"
# White is nothing in common; the colour changes its hue at the threshold, which is where the decision is.
BELOW, AT, ABOVE = ("#ffffff", "#d8dde4"), "#9fd3c0", "#00503c"
LONGEST_LABEL = 34


def matrix_figure(comparison: Comparison) -> Figure:
    """Both halves show the same; a cell is a pair, dark where it surely shows one place. Lines part the places."""
    order, labels = comparison.order, short_labels([scene.label for scene in comparison.scenes])
    count = len(order)
    values = comparison.similarity[np.ix_(order, order)]
    side = float(np.clip(CELL_IN * count, LEAST_IN, MOST_IN))
    room = 0.075 * max(len(labels[number]) for number in order) + 0.3
    figure = new_figure(side + room + 1.1, side + room + 0.5)
    axes = figure.add_subplot()
    colours = _colours(comparison.job.threshold).with_extremes(bad=UNKNOWN)
    shown = np.ma.masked_invalid(np.where(np.eye(count, dtype=bool), 1.0, values))
    picture = axes.imshow(shown, cmap=colours, norm=Normalize(0, 1), interpolation="nearest", aspect="equal")
    font = float(np.clip(72 * side / count * 0.62, 2.5, FONT))
    ticks = np.arange(count)
    axes.set_xticks(ticks, [labels[number] for number in order], rotation=90, fontsize=font)
    axes.set_yticks(ticks, [labels[number] for number in order], fontsize=font)
    axes.tick_params(length=0, pad=2)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks(ticks[1:] - 0.5, minor=True)
    axes.set_yticks(ticks[1:] - 0.5, minor=True)
    axes.grid(which="minor", color="white", linewidth=0.6 if count <= 80 else 0.2)
    axes.tick_params(which="minor", length=0)
    _frame_places(axes, comparison)
    bar = figure.colorbar(picture, ax=axes, shrink=min(1.0, 4.0 / side), aspect=18, pad=0.02)
    bar.set_label("similarity", fontsize=8)
    threshold = comparison.job.threshold
    ticks_of_bar = sorted({0.0, 0.5, 1.0} - {t for t in (0.5,) if abs(t - threshold) < 0.08} | {threshold})
    bar.set_ticks(ticks_of_bar, labels=[f"{t:.2g}" + (" same place" if t == threshold else "") for t in ticks_of_bar])
    bar.ax.tick_params(labelsize=7.5)
    bar.outline.set_visible(False)
    # Title and legend belong to the figure, which keeps room for them: few scenes make a map narrower than its title.
    figure.suptitle(_title(comparison), fontsize=10, x=0.02, ha="left")
    if any(scene.trouble for scene in comparison.scenes):
        swatch = Swatch(facecolor=UNKNOWN, label="not compared (see the report)")
        figure.legend(handles=[swatch], loc="outside lower left", fontsize=7.5, frameon=False)
    return figure


def _title(comparison: Comparison) -> str:
    same = sum(bool(row.same_place) for row in comparison.rows)
    count, found = len(comparison.scenes), len(comparison.places)
    return f"{count} scenes, {len(comparison.rows):,} pairs: {same:,} of the same place, {found} place" + "s" * (
        found != 1
    )


def _colours(threshold: float) -> LinearSegmentedColormap:
    at = float(np.clip(threshold, 0.01, 0.99))
    stops = [(0.0, BELOW[0]), (at, BELOW[1]), (min(at + 1e-3, 0.999), AT), (1.0, ABOVE)]
    return LinearSegmentedColormap.from_list("similarity", stops, N=1024)


def _frame_places(axes, comparison: Comparison) -> None:  # type: ignore[no-untyped-def]
    position = {number: at for at, number in enumerate(comparison.order)}
    for place in comparison.places:
        at = sorted(position[number] for number in place)
        corner, side = at[0] - 0.5, len(at)
        axes.add_patch(Rectangle((corner, corner), side, side, fill=False, edgecolor="#1d2530", linewidth=1.2))


def short_labels(labels: list[str]) -> list[str]:
    """Without the words that all of them end with, and no longer than there is room for."""
    ends = [re.split(r"(?=[_\-. ])", label)[1:] for label in labels]
    while len(labels) > 1 and all(ends) and len({end[-1] for end in ends}) == 1:
        labels = [label.removesuffix(end.pop()) for label, end in zip(labels, ends, strict=True)]
    return [label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…" for label in labels]
