"""Made pairs as a person sees them: what the network is taught, and whether it is true."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch

from ..results.drawing import NOT_VALID, new_figure
from .pairs import TrainingPair
from .sampling import looked_up

ROW_IN, PANELS = 3.1, 3
SQUARES = 8  # of the checkerboard, along each side
COLOURS = ("#00a8d8", "#ffd60a", "#f3722c", "#d6006d", "#7ae582", "#b79ced")


def pairs_figure(pairs: Sequence[TrainingPair], lines: int = 6) -> Figure:
    """A row for each pair: the reference, the target, true correspondences as lines between, and a checkerboard of the
    target and of the reference brought onto it by the truth, on which roads and shores must run on.
    """
    figure = new_figure(PANELS * ROW_IN, len(pairs) * (ROW_IN + 0.25))
    rows = figure.subplots(len(pairs), PANELS, squeeze=False)
    for pair, (left, middle, right) in zip(pairs, rows, strict=True):
        _show(left, pair.reference, pair.reference_valid)
        _show(middle, pair.target, pair.target_valid)
        _show(right, checkerboard(pair), np.ones(pair.target.shape, bool))
        left.set_title(pair.name, fontsize=8, loc="left")
        known = float(np.isfinite(pair.truth[..., 0]).mean())
        middle.set_title(f"target: {known:.0%} has its place in the reference", fontsize=8, loc="left")
        right.set_title("checkerboard by the truth", fontsize=8, loc="left")
        for number, (x, y) in enumerate(spread_places(pair, lines)):
            colour, start = COLOURS[number % len(COLOURS)], pair.truth[int(y), int(x)]
            for axes, place in ((left, start), (middle, (x, y))):
                axes.plot(
                    *place, "o", markersize=5, markerfacecolor="none", markeredgecolor=colour, markeredgewidth=1.5
                )
            line = ConnectionPatch(start, (x, y), "data", axesA=left, axesB=middle, color=colour, linewidth=0.8)
            figure.add_artist(line)
    return figure


def checkerboard(pair: TrainingPair) -> np.ndarray:
    """Squares of the target and of the reference as the truth brings it onto the target; where there is no truth, the
    target darkened. Float32 of the target's shape.
    """
    height, width = pair.target.shape
    known = np.isfinite(pair.truth[..., 0])
    brought = looked_up(pair.reference, np.where(known[..., None], pair.truth, -1), cv2.INTER_LINEAR)
    rows, columns = np.arange(height) * SQUARES // height, np.arange(width) * SQUARES // width
    ours = (rows[:, None] + columns[None]) % 2 == 0
    return np.where(known, np.where(ours, pair.target, brought), 0.4 * pair.target)


def spread_places(pair: TrainingPair, count: int) -> np.ndarray:
    """Up to ``count`` target pixel centres ``(N, 2)`` with a truth, far from each other."""
    y, x = np.nonzero(np.isfinite(pair.truth[..., 0]))
    if not len(x):
        return np.zeros((0, 2))
    places = np.stack([x, y], -1)[:: max(1, len(x) // 2000)] + 0.5
    chosen = [places[len(places) // 2]]
    far = np.full(len(places), np.inf)
    while len(chosen) < min(count, len(places)):
        far = np.minimum(far, np.linalg.norm(places - chosen[-1], axis=1))
        chosen.append(places[int(far.argmax())])
    return np.array(chosen)


def _show(axes: Axes, values: np.ndarray, valid: np.ndarray) -> None:
    height, width = values.shape
    picture = np.repeat(values[..., None], 3, -1)
    picture[~valid] = 0.5 * picture[~valid] + 0.5 * np.array(NOT_VALID, np.float32)
    axes.imshow(picture, vmin=0, vmax=1, extent=(0, width, height, 0), interpolation="nearest")
    axes.set_axis_off()
