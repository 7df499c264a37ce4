"""How the tie points are spread, and how sure each of them is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from scipy.ndimage import distance_transform_edt

from ..points.status import coverage
from .drawing import INLIERS, OUTLIER, WIDTH_IN, frame, new_figure, show
from .report_content import ReportContent, Scene

CELLS = 8  # along the longer side
SHOWN = 0.5  # share of a cell that both images must show for it to count


@dataclass(frozen=True)
class Spread:
    """Where the inliers lie.

    ``counts`` int ``(rows, columns)`` of cells ``cell_px`` preview pixels wide, -1 where both images show less than
    half; ``hull`` the share 0..1 of what both show that lies within the points' convex hull; ``gap_px`` reference
    pixels from the place farthest from any of them, ``gap_at`` (preview pixels), to the nearest.
    """

    counts: np.ndarray
    cell_px: float
    hull: float
    gap_px: float
    gap_at: tuple[float, float]

    @property
    def cells(self) -> int:
        """How many cells both images show."""
        return int((self.counts >= 0).sum())

    @property
    def filled(self) -> int:
        """How many of them have a tie point."""
        return int((self.counts > 0).sum())


def shown_by_both(scene: Scene) -> np.ndarray:
    """bool ``(h, w)``: pixels of the preview that both images show once the target is in place."""
    seen = scene.reference.valid
    return seen & scene.after.valid if scene.after is not None else seen


def spread_of(content: ReportContent) -> Spread:
    """The spread of the inliers, of which there must be one."""
    preview, seen = content.overview.reference, shown_by_both(content.overview)
    height, width = preview.shape
    places = preview.place(content.points.reference_px[content.points.inlier])
    column, row = np.clip(places, 0, [width - 1, height - 1]).astype(int).T
    cell = max(height, width) / CELLS
    rows, columns = (max(1, round(size / cell)) for size in (height, width))
    counts = np.zeros((rows, columns), int)
    np.add.at(
        counts, (np.minimum(row // cell, rows - 1).astype(int), np.minimum(column // cell, columns - 1).astype(int)), 1
    )
    for i, j in np.ndindex(rows, columns):
        part = seen[int(i * cell) : int((i + 1) * cell), int(j * cell) : int((j + 1) * cell)]
        if part.mean() < SHOWN and not counts[i, j]:
            counts[i, j] = -1
    empty = np.ones((height, width), bool)
    empty[row, column] = False
    distance = np.where(seen, distance_transform_edt(empty), 0.0)
    y, x = np.unravel_index(int(np.argmax(distance)), distance.shape)
    hull = coverage(places, (float(width), float(height))) / max(float(seen.mean()), 1e-6)
    gap = float(distance[y, x]) * preview.scale
    return Spread(counts, cell, min(hull, 1.0), gap, (float(x), float(y)))


def spread_figure(content: ReportContent, spread: Spread) -> Figure:
    """Left how many inliers each part of the image has, and the largest gap; right the scores of all points."""
    preview, points = content.overview.reference, content.points
    ratio = np.clip(preview.shape[0] / preview.shape[1], 0.45, 2.2)
    figure = new_figure(WIDTH_IN, float(np.clip(6.5 * ratio, 4.2, 11)))
    plan, histogram = figure.subplots(1, 2, width_ratios=(1.25, 1))
    show(plan, preview, fade=0.55)
    rows, columns = spread.counts.shape
    counts = np.ma.masked_less(spread.counts, 1)
    drawn = plan.imshow(
        counts,
        extent=(0, columns * spread.cell_px, rows * spread.cell_px, 0),
        cmap="YlGnBu",
        vmin=0,
        vmax=1.6 * max(spread.counts.max(), 1),  # light enough to read the numbers
        alpha=0.6,
        interpolation="nearest",
    )
    for (i, j), count in np.ndenumerate(spread.counts):
        if count >= 0:
            colour = OUTLIER if count == 0 else "black"
            middle = (j + 0.5) * spread.cell_px, (i + 0.5) * spread.cell_px
            plan.text(*middle, f"{count}", ha="center", va="center", fontsize=9, color=colour)
    x, y = spread.gap_at
    radius = spread.gap_px / preview.scale
    angle = np.linspace(0, 2 * np.pi, 90)
    plan.plot(x + radius * np.cos(angle), y + radius * np.sin(angle), color=OUTLIER, linestyle="--", linewidth=1.5)
    frame(plan, preview)
    plan.set_title("Inliers in each part; dashed: the largest gap", fontsize=10, loc="left")
    figure.colorbar(drawn, ax=plan, fraction=0.04, pad=0.02).set_label("inliers", fontsize=9)
    scores = [points.score[points.inlier], points.score[~points.inlier]]
    histogram.hist(
        scores,
        bins=np.linspace(0, 1, 21).tolist(),
        stacked=True,
        color=[INLIERS(0.0), OUTLIER],
        edgecolor="white",
        label=[
            f"{len(s):,} {name}{'s' * (len(s) != 1)}" for s, name in zip(scores, ("inlier", "outlier"), strict=True)
        ],
    )
    histogram.set_xlim(0, 1)
    histogram.set_xlabel("score: how likely the point is right to a pixel")
    histogram.set_ylabel("tie points")
    histogram.spines[["top", "right"]].set_visible(False)
    histogram.margins(y=0.22)  # room for the legend
    histogram.yaxis.get_major_locator().set_params(integer=True)
    histogram.legend(frameon=False, fontsize=9, loc="best")
    histogram.set_title("How sure: scores of all tie points", fontsize=10, loc="left")
    return figure
