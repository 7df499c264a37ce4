"""Pairs worth looking at: the surest, and those where the decision is nearest or surprises, with what agrees drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from ..results.drawing import canvas, caption, short, show, thinned
from ..results.report_content import Preview
from .comparison import Comparison
from .gathering import Scene
from .likeness import Likeness
from .pairing import Compared

EACH = 6  # pairs of each kind
ONCE = 2  # pairs of one kind in which a scene may be
MOST_LINES = 40
AGREES = "#ff2d95"  # on gray ground, green forest and snow alike


@dataclass(frozen=True)
class Choice:
    """Some pairs under a heading."""

    title: str
    text: str
    pairs: list[Compared]


def chosen(comparison: Comparison) -> list[Choice]:
    """The kinds of pairs that the report shows, without those that have none."""
    compared = [pair for pair in comparison.pairs if pair.view]
    threshold = comparison.job.threshold
    together = {pair: place for place in comparison.places for pair in _all(place)}
    surest = sorted(compared, key=lambda pair: -pair.likeness.similarity)
    same = [pair for pair in surest if pair.likeness.similarity >= threshold]
    other = [pair for pair in surest if pair.likeness.similarity < threshold]
    missed = [pair for pair in other if (pair.first, pair.second) in together]
    apart = [pair for pair in other if (pair.first, pair.second) not in together]
    kinds = (
        ("Surest pairs of one place", "The highest similarities, a scene in at most two of them.", same),
        (
            "Least sure pairs of one place",
            "Just above the threshold. Look whether they do show the same place.",
            same[::-1],
        ),
        (
            "Pairs that were not recognised",
            "Below the threshold, though both are linked to the same place by other scenes: mostly cloud, or scenes "
            "of which different parts are empty.",
            missed[::-1],
        ),
        (
            "Nearest pairs of different places",
            "The highest similarities below the threshold. Look whether they do show different places.",
            apart,
        ),
    )
    found = [Choice(title, text, _varied(pairs)) for title, text, pairs in kinds]
    return [choice for choice in found if choice.pairs]


def _all(place: list[int]) -> list[tuple[int, int]]:
    return [(a, b) for a in place for b in place if a < b]


def _varied(pairs: list[Compared]) -> list[Compared]:
    """The first ones, none of whose scenes is there too often."""
    seen: dict[int, int] = {}
    kept: list[Compared] = []
    for pair in pairs:
        if len(kept) == EACH:
            break
        if max(seen.get(pair.first, 0), seen.get(pair.second, 0)) < ONCE:
            kept.append(pair)
            for number in (pair.first, pair.second):
                seen[number] = seen.get(number, 0) + 1
    return kept


def pair_figure(first: Scene, second: Scene, view: str, likeness: Likeness) -> Figure:
    """Both scenes side by side, with lines between what agrees."""
    left, right = (_preview(scene, view) for scene in (first, second))
    gap = 0.03 * max(left.shape)
    offset = np.array([left.shape[1] + gap, 0.0])
    figure, axes = canvas(offset[0] + right.shape[1], max(left.shape[0], right.shape[0]), 6.2)
    show(axes, left)
    show(axes, right, tuple(offset))
    start, end = left.place(likeness.first), right.place(likeness.second) + offset
    kept: np.ndarray = np.arange(len(start))
    if len(start):
        kept = thinned(kept, start, MOST_LINES)
    for a, b in zip(start[kept], end[kept], strict=True):
        axes.plot([a[0], b[0]], [a[1], b[1]], color=AGREES, linewidth=0.5, alpha=0.55)
    for places in (start, end):
        axes.scatter(places[kept, 0], places[kept, 1], s=9, facecolors="none", edgecolors=AGREES, linewidths=0.9)
    caption(axes, 0, 0, short(first.label, 34))
    caption(axes, offset[0], 0, short(second.label, 34))
    axes.set_xlim(0, offset[0] + right.shape[1])
    axes.set_ylim(max(left.shape[0], right.shape[0]), 0)
    return figure


def _preview(scene: Scene, view: str) -> Preview:
    small = scene.thumbnails[view]
    values = np.maximum(small.astype(np.float32) - 1, 0) / 254
    return Preview(values, small > 0, (0.0, 0.0), scene.placements[view].shape[1] / small.shape[1])
