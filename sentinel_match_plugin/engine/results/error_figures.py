"""How the target is displaced, and what the fitted transformation leaves over."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from .drawing import (
    INLIERS,
    OUTLIER,
    WIDTH_IN,
    canvas,
    colour_bar,
    frame,
    new_figure,
    residual_scale,
    round_length,
    show,
    thinned,
    three_figures,
)
from .report_content import ReportContent

MOST_ARROWS = 700


def displacement_figure(content: ReportContent) -> Figure:
    """Arrows on the reference: how the target is displaced at each inlier, less the median displacement, which is
    written above.
    """
    preview, points = content.overview.reference, content.points
    figure, axes = canvas(preview.shape[1], preview.shape[0], 8.5)
    show(axes, preview, fade=0.55)
    inlier = np.flatnonzero(points.inlier)
    moved = points.aligned_px[inlier] - points.reference_px[inlier]
    median = np.median(moved, 0)
    some = thinned(inlier, points.reference_px, MOST_ARROWS, points.score)
    rest = points.aligned_px[some] - points.reference_px[some] - median
    length = np.hypot(*rest.T)
    longest = round_length(float(np.percentile(length, 95)))
    step = float(np.sqrt(preview.shape[0] * preview.shape[1] / max(len(some), 1)))
    arrows = axes.quiver(
        *preview.place(points.reference_px[some]).T,
        *rest.T,
        length,
        cmap="plasma",
        angles="xy",
        scale_units="xy",
        scale=longest / (1.6 * step),
        units="inches",
        width=0.02,
        headwidth=4,
        clim=(0, longest),
    )
    metres = f" = {three_figures(longest * content.gsd_m)} m" if np.isfinite(content.gsd_m) else ""
    key = axes.quiverkey(
        arrows,
        0.98 - 1.6 * step / preview.shape[1],  # the tail of an arrow 1.6 steps long
        0.03,
        longest,
        f"{three_figures(longest)} px{metres}",
        labelpos="W",
        coordinates="axes",
        color="black",
    )
    key.text.set_bbox({"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 2})
    whole = f"({median[0]:+.2f}, {median[1]:+.2f}) px"
    if np.isfinite(content.gsd_m):
        whole += f", {three_figures(float(np.hypot(*median)) * content.gsd_m)} m in all"
    axes.set_title(f"Median displacement {whole}; the arrows show what differs from it", fontsize=10, loc="left")
    return figure


def residual_figure(content: ReportContent) -> Figure:
    """Where the residuals are large, and how they are distributed."""
    preview, points = content.overview.reference, content.points
    ratio = np.clip(preview.shape[0] / preview.shape[1], 0.45, 2.2)
    figure = new_figure(WIDTH_IN, float(np.clip(6.5 * ratio, 4.2, 11)))
    plan, histogram = figure.subplots(1, 2, width_ratios=(1.25, 1))
    show(plan, preview, fade=0.55)
    frame(plan, preview)
    inlier, outlier = np.flatnonzero(points.inlier), np.flatnonzero(~points.inlier)
    norm = residual_scale(points.residual_px[inlier])
    size = float(np.clip(12000 / max(len(points), 1), 6, 40))
    places = preview.place(points.reference_px)
    plan.scatter(places[outlier, 0], places[outlier, 1], s=0.7 * size, c=OUTLIER, marker="x", linewidths=0.8, alpha=0.8)
    plan.scatter(
        places[inlier, 0], places[inlier, 1], s=size, c=INLIERS(norm(points.residual_px[inlier])), linewidths=0
    )
    colour_bar(figure, plan, norm, "residual (reference pixels)")
    plan.set_title("Where: inliers by residual, outliers as crosses", fontsize=10, loc="left")
    residual = points.residual_px[inlier]
    top = max(float(np.max(residual, initial=0)), content.outcome.ce90_px if content.outcome.ce90_px < 20 else 0, 0.1)
    histogram.hist(residual, bins=np.linspace(0, 1.05 * top, 40).tolist(), color=INLIERS(0.0), edgecolor="white")
    for value, name, style in (
        (float(np.median(residual)), "median of the residuals", ":"),
        (content.outcome.rmse_px, "RMSE, held-out points", "--"),
        (content.outcome.ce90_px, "CE90, warped image", "-"),
    ):
        if np.isfinite(value):
            histogram.axvline(value, color="#333333", linestyle=style, label=f"{name}: {value:.2f} px")
    histogram.set_xlim(0, 1.05 * top)
    histogram.margins(y=0.22)  # room for the legend
    histogram.yaxis.get_major_locator().set_params(integer=True)
    histogram.set_xlabel("residual to the fitted model (reference pixels)")
    histogram.set_ylabel("inliers")
    histogram.spines[["top", "right"]].set_visible(False)
    histogram.legend(fontsize=9, loc="best", edgecolor="none", framealpha=0.9)
    histogram.set_title("How large: residuals of the inliers", fontsize=10, loc="left")
    return figure
