"""Reference and target side by side, with what was found in both."""

from __future__ import annotations

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from .drawing import INLIERS, OUTLIER, canvas, caption, colour_bar, dot, residual_scale, scale_bar, short, show, thinned
from .report_content import ReportContent

NARROW_IN = 3.5  # a panel without room for the name of its layer
MOST_LINES, MOST_STRAYS, MOST_DOTS = 60, 15, 2000


def match_figure(content: ReportContent) -> Figure:
    """Reference and target side by side (one above the other where they are wide): the points, inliers coloured by
    residual, and lines for some of them, spread over the image. The legend says how many of how many are shown.
    """
    left, right = content.overview.reference, content.overview.before
    stacked = left.shape[1] > 1.7 * left.shape[0]
    gap = min(0.03 * max(left.shape), 0.2 * min(left.shape))
    offset = np.array([0.0, left.shape[0] + gap] if stacked else [left.shape[1] + gap, 0.0])
    width = max(left.shape[1], right.shape[1]) if stacked else offset[0] + right.shape[1]
    height = offset[1] + right.shape[0] if stacked else max(left.shape[0], right.shape[0])
    figure, axes = canvas(width, height)
    show(axes, left)
    show(axes, right, offset)
    points = content.points
    start, end = left.place(points.reference_px), right.place(points.aligned_px) + offset
    seen = np.isfinite(start).all(-1) & np.isfinite(end).all(-1)
    every = np.flatnonzero(seen & points.inlier), np.flatnonzero(seen & ~points.inlier)
    inlier, outlier = (thinned(index, start, MOST_DOTS) for index in every)
    norm = residual_scale(points.residual_px[points.inlier])
    size = float(np.clip(9000 / max(len(inlier), 1), 5, 30))
    strays = thinned(every[1], start, MOST_STRAYS, points.score)
    axes.add_collection(
        LineCollection(_lines(start, end, strays), colors=OUTLIER, linewidths=0.6, linestyles="dashed", alpha=0.6)
    )
    some = thinned(every[0], start, MOST_LINES, points.score)
    colours = INLIERS(norm(points.residual_px[some]))
    axes.add_collection(LineCollection(_lines(start, end, some), colors=colours, linewidths=0.8, alpha=0.75))
    for places in (start, end):
        axes.scatter(
            places[outlier, 0], places[outlier, 1], s=0.8 * size, c=OUTLIER, marker="x", linewidths=0.8, alpha=0.8
        )
        colours = INLIERS(norm(points.residual_px[inlier]))
        axes.scatter(places[inlier, 0], places[inlier, 1], s=size, c=colours, linewidths=0.3, edgecolors="black")
    panel_in = figure.get_figwidth() * left.shape[1] / width
    names = (
        ("Reference", "Target")
        if panel_in < NARROW_IN
        else (
            f"Reference: {short(content.reference.label)}",
            f"Target as given: {short(content.target.label)}",
        )
    )
    caption(axes, 0, 0, names[0])
    caption(axes, offset[0], offset[1], names[1])
    scale_bar(axes, left, content.gsd_m)
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    if not len(points):
        axes.text(
            width / 2,
            height / 2,
            "no tie points",
            ha="center",
            va="center",
            fontsize=22,
            color=OUTLIER,
            bbox={"facecolor": "white", "edgecolor": OUTLIER, "pad": 8},
        )
    else:
        legend = [
            dot(f"{_of(inlier, every[0], 'inliers')}, coloured by residual", INLIERS(0.0), "o"),
            Line2D(
                [], [], color=INLIERS(0.0), label=f"lines: {_of(some, every[0], 'inliers')}, the surest of each part"
            ),
            dot(_of(outlier, every[1], "outliers"), OUTLIER, "x"),
        ]
        if len(strays):
            lines = f"lines: {_of(strays, every[1], 'outliers')}"
            legend.append(Line2D([], [], color=OUTLIER, linestyle="dashed", linewidth=1, label=lines))
        axes.legend(
            handles=legend,
            loc="upper center",
            bbox_to_anchor=(0.5, -0.005),
            ncols=2 if figure.get_figwidth() > 2 * NARROW_IN else 1,
            frameon=False,
            fontsize=10,
            borderaxespad=0.2,
        )
        if len(inlier):
            colour_bar(figure, axes, norm, "residual (reference pixels)")
    return figure


def _lines(start: np.ndarray, end: np.ndarray, index: np.ndarray) -> list[np.ndarray]:
    return list(np.stack([start[index], end[index]], 1))


def _of(shown: np.ndarray, every: np.ndarray, what: str) -> str:
    """How many of how many, in words."""
    if len(shown) == len(every):
        return f"{'all ' if len(every) > 1 else ''}{len(every):,} {what if len(every) != 1 else what[:-1]}"
    return f"{len(shown):,} of {len(every):,} {what}"
