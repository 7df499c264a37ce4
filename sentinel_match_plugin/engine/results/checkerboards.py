"""Squares of the reference and of the target in turn: does one run on in the other?"""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from .drawing import WIDTH_IN, frame, new_figure, scale_bar, show
from .report_content import Preview, Scene

CHECKERS = 8  # squares along the longer side


def checkerboard_figure(scene: Scene) -> Figure:
    """Squares of the reference and of the target in turn, before and after: lines run on across the edges where they
    fit.
    """
    height, width = scene.reference.shape
    stacked = width > 1.7 * height
    rows, columns = (2, 1) if stacked else (1, 2)
    figure = new_figure(WIDTH_IN, float(np.clip(WIDTH_IN / columns * rows * height / width, 3, 22)) + 0.3)
    for axes, target, title in zip(
        figure.subplots(rows, columns).ravel(),
        (scene.before, scene.after),
        ("Before: reference and target as given", "After: reference and target moved onto it"),
        strict=True,
    ):
        if target is not None:
            show(axes, checkerboard(scene.reference, target))
        frame(axes, scene.reference)
        axes.set_title(title, fontsize=10, loc="left")
    return figure


def details_figure(scenes: tuple[Scene, ...], gsd_m: float) -> Figure:
    """Places at full resolution: the reference, and the checkerboards before and after."""
    figure = new_figure(WIDTH_IN, 4.4 * len(scenes))
    grid = figure.subplots(len(scenes), 3, squeeze=False)
    for row, scene in zip(grid, scenes, strict=True):
        pictures = [scene.reference, checkerboard(scene.reference, scene.before, 4)]
        if scene.after is not None:
            pictures.append(checkerboard(scene.reference, scene.after, 4))
        for axes, picture, title in zip(row, pictures, ("Reference", "Before", "After"), strict=False):
            show(axes, picture, smooth=False)
            frame(axes, scene.reference)
            axes.set_title(title, fontsize=10, loc="left")
        scale_bar(row[0], scene.reference, gsd_m)
        x, y = scene.reference.origin
        row[0].set_ylabel(f"column {x:.0f}, row {y:.0f}", fontsize=9)
    return figure


def checkerboard(first: Preview, second: Preview, squares: int = CHECKERS) -> Preview:
    """The two previews, which must be on one grid, in squares in turn."""
    height, width = first.shape
    side = max(height, width) / squares
    row, column = np.ogrid[:height, :width]
    take = ((row // side + column // side) % 2).astype(bool)
    return Preview(
        np.where(take, second.values, first.values),
        np.where(take, second.valid, first.valid),
        first.origin,
        first.scale,
    )
