"""The pictures of a report, drawn with matplotlib's objects alone: no window system, no state that two jobs could
share.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from .report_content import Preview, ReportContent, Scene

DPI = 110
WIDTH_IN = 13.0
# Stands out from black forest and from white snow, and is safe for the colour blind: blue to orange.
INLIERS: Colormap = LinearSegmentedColormap.from_list("residual", ["#00a8d8", "#ffd60a", "#f3722c"])
OUTLIER = "#d6006d"
NOT_VALID = (0.87, 0.85, 0.81)
TALLEST_IN = 18.0
NARROW_IN = 3.5  # a panel without room for the name of its layer
MOST_LINES, MOST_DOTS, MOST_ARROWS = 60, 4000, 700
CHECKERS = 8  # squares along the longer side


def match_figure(content: ReportContent) -> Figure:
    """Reference and target side by side (one above the other where they are wide): every point, inliers coloured by
    residual, and lines for some of them, spread over the image.
    """
    left, right = content.overview.reference, content.overview.before
    stacked = left.shape[1] > 1.7 * left.shape[0]
    gap = min(0.03 * max(left.shape), 0.2 * min(left.shape))
    offset = np.array([0.0, left.shape[0] + gap] if stacked else [left.shape[1] + gap, 0.0])
    width = max(left.shape[1], right.shape[1]) if stacked else offset[0] + right.shape[1]
    height = offset[1] + right.shape[0] if stacked else max(left.shape[0], right.shape[0])
    figure, axes = _canvas(width, height)
    _show(axes, left)
    _show(axes, right, offset)
    points = content.points
    start, end = left.place(points.reference_px), right.place(points.aligned_px) + offset
    seen = np.isfinite(start).all(-1) & np.isfinite(end).all(-1)
    inlier, outlier = np.flatnonzero(seen & points.inlier), np.flatnonzero(seen & ~points.inlier)
    inlier, outlier = _thinned(inlier, start, MOST_DOTS), _thinned(outlier, start, MOST_DOTS)
    norm = _residual_scale(points.residual_px[points.inlier])
    size = float(np.clip(9000 / max(len(inlier), 1), 5, 30))
    for places in (start, end):
        axes.scatter(
            places[outlier, 0], places[outlier, 1], s=0.8 * size, c=OUTLIER, marker="x", linewidths=0.8, alpha=0.8
        )
        axes.scatter(
            places[inlier, 0],
            places[inlier, 1],
            s=size,
            c=INLIERS(norm(points.residual_px[inlier])),
            linewidths=0.3,
            edgecolors="black",
        )
    some = _thinned(inlier, start, MOST_LINES, points.score)
    pairs = np.stack([start[some], end[some]], 1)
    axes.add_collection(
        LineCollection(list(pairs), colors=INLIERS(norm(points.residual_px[some])), linewidths=0.8, alpha=0.75)
    )
    panel_in = figure.get_figwidth() * left.shape[1] / width
    names = (
        ("Reference", "Target")
        if panel_in < NARROW_IN
        else (
            f"Reference: {_short(content.reference.label)}",
            f"Target as given: {_short(content.target.label)}",
        )
    )
    _caption(axes, 0, 0, names[0])
    _caption(axes, offset[0], offset[1], names[1])
    _scale_bar(axes, left, content.gsd_m)
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
            _dot(f"{int(points.inlier.sum())} inliers, coloured by residual", INLIERS(0.0), "o"),
            _dot(f"{int((~points.inlier).sum())} outliers", OUTLIER, "x"),
            Line2D([], [], color=INLIERS(0.0), label=f"where {len(some)} of the inliers are found"),
        ]
        axes.legend(
            handles=legend,
            loc="upper center",
            bbox_to_anchor=(0.5, -0.005),
            ncols=3 if figure.get_figwidth() > 2 * NARROW_IN else 1,
            frameon=False,
            fontsize=10,
            borderaxespad=0.2,
        )
        if len(inlier):
            _colour_bar(figure, axes, norm, "residual (reference pixels)")
    return figure


def displacement_figure(content: ReportContent) -> Figure:
    """Arrows on the reference: how the target is displaced at each inlier, less the median displacement, which is
    written above.
    """
    preview, points = content.overview.reference, content.points
    figure, axes = _canvas(preview.shape[1], preview.shape[0], 8.5)
    _show(axes, preview, fade=0.55)
    inlier = np.flatnonzero(points.inlier)
    moved = points.aligned_px[inlier] - points.reference_px[inlier]
    median = np.median(moved, 0)
    some = _thinned(inlier, points.reference_px, MOST_ARROWS, points.score)
    rest = points.aligned_px[some] - points.reference_px[some] - median
    length = np.hypot(*rest.T)
    longest = _round_length(float(np.percentile(length, 95)))
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
    metres = f" = {_figures(longest * content.gsd_m)} m" if np.isfinite(content.gsd_m) else ""
    key = axes.quiverkey(
        arrows,
        0.98 - 1.6 * step / preview.shape[1],  # the tail of an arrow 1.6 steps long
        0.03,
        longest,
        f"{_figures(longest)} px{metres}",
        labelpos="W",
        coordinates="axes",
        color="black",
    )
    key.text.set_bbox({"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 2})
    whole = f"({median[0]:+.2f}, {median[1]:+.2f}) px"
    if np.isfinite(content.gsd_m):
        whole += f", {_figures(float(np.hypot(*median)) * content.gsd_m)} m in all"
    axes.set_title(f"Median displacement {whole}; the arrows show what differs from it", fontsize=10, loc="left")
    return figure


def residual_figure(content: ReportContent) -> Figure:
    """Where the residuals are large, and how they are distributed."""
    preview, points = content.overview.reference, content.points
    ratio = np.clip(preview.shape[0] / preview.shape[1], 0.45, 2.2)
    figure = _figure(WIDTH_IN, float(np.clip(6.5 * ratio, 4.2, 11)))
    plan, histogram = figure.subplots(1, 2, width_ratios=(1.25, 1))
    _show(plan, preview, fade=0.55)
    _frame(plan, preview)
    inlier, outlier = np.flatnonzero(points.inlier), np.flatnonzero(~points.inlier)
    norm = _residual_scale(points.residual_px[inlier])
    size = float(np.clip(12000 / max(len(points), 1), 6, 40))
    places = preview.place(points.reference_px)
    plan.scatter(places[outlier, 0], places[outlier, 1], s=0.7 * size, c=OUTLIER, marker="x", linewidths=0.8, alpha=0.8)
    plan.scatter(
        places[inlier, 0], places[inlier, 1], s=size, c=INLIERS(norm(points.residual_px[inlier])), linewidths=0
    )
    _colour_bar(figure, plan, norm, "residual (reference pixels)")
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
    histogram.set_xlabel("residual to the fitted model (reference pixels)")
    histogram.set_ylabel("inliers")
    histogram.spines[["top", "right"]].set_visible(False)
    histogram.legend(frameon=False, fontsize=9)
    histogram.set_title("How large: residuals of the inliers", fontsize=10, loc="left")
    return figure


def checkerboard_figure(scene: Scene) -> Figure:
    """Squares of the reference and of the target in turn, before and after: lines run on across the edges where they
    fit.
    """
    height, width = scene.reference.shape
    stacked = width > 1.7 * height
    rows, columns = (2, 1) if stacked else (1, 2)
    figure = _figure(WIDTH_IN, float(np.clip(WIDTH_IN / columns * rows * height / width, 3, 22)) + 0.3)
    for axes, target, title in zip(
        figure.subplots(rows, columns).ravel(),
        (scene.before, scene.after),
        ("Before: reference and target as given", "After: reference and target moved onto it"),
        strict=True,
    ):
        if target is not None:
            _show(axes, checkerboard(scene.reference, target))
        _frame(axes, scene.reference)
        axes.set_title(title, fontsize=10, loc="left")
    return figure


def details_figure(scenes: tuple[Scene, ...], gsd_m: float) -> Figure:
    """Places at full resolution: the reference, and the checkerboards before and after."""
    figure = _figure(WIDTH_IN, 4.4 * len(scenes))
    grid = figure.subplots(len(scenes), 3, squeeze=False)
    for row, scene in zip(grid, scenes, strict=True):
        pictures = [scene.reference, checkerboard(scene.reference, scene.before, 4)]
        if scene.after is not None:
            pictures.append(checkerboard(scene.reference, scene.after, 4))
        for axes, picture, title in zip(row, pictures, ("Reference", "Before", "After"), strict=False):
            _show(axes, picture, smooth=False)
            _frame(axes, scene.reference)
            axes.set_title(title, fontsize=10, loc="left")
        _scale_bar(row[0], scene.reference, gsd_m)
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


def png(figure: Figure) -> bytes:
    """The figure as a PNG file."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI, bbox_inches="tight", pad_inches=0.08)
    return buffer.getvalue()


def jpeg(figure: Figure, quality: int = 88) -> bytes:
    """The figure as a JPEG file: a quarter of the size for photographs."""
    buffer = io.BytesIO()
    figure.savefig(
        buffer,
        format="jpeg",
        dpi=DPI,
        bbox_inches="tight",
        pad_inches=0.08,
        pil_kwargs={"quality": quality, "subsampling": 0},
    )
    return buffer.getvalue()


def photograph(preview: Preview, longest_px: int = 760) -> bytes:
    """The preview alone as a JPEG file, without any axes, so that two of them lie exactly on each other."""
    from PIL import Image

    image = Image.fromarray(_rgb(preview))
    image.thumbnail((longest_px, longest_px))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


# --- parts -----------------------------------------------------------------------------------------------------------


def _figure(width_in: float, height_in: float) -> Figure:
    figure = Figure(figsize=(width_in, height_in), dpi=DPI, layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def _canvas(width: float, height: float, width_in: float = WIDTH_IN) -> tuple[Figure, Axes]:
    """One picture of this many image pixels that fills the figure; words around it widen what is saved (``png``)."""
    width_in = min(width_in, TALLEST_IN * width / height)
    figure = Figure(figsize=(width_in, width_in * height / width), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    return figure, axes


def _rgb(preview: Preview, fade: float = 0.0) -> np.ndarray:
    gray = np.clip(preview.values, 0, 1)[..., None].repeat(3, -1)
    gray = gray * (1 - fade) + fade
    gray = np.where(preview.valid[..., None], gray, np.array(NOT_VALID))
    return (255 * gray).round().astype(np.uint8)


def _show(
    axes: Axes,
    preview: Preview,
    offset: np.ndarray | tuple[float, float] = (0, 0),
    fade: float = 0.0,
    smooth: bool = True,
) -> None:
    height, width = preview.shape
    x, y = offset
    axes.imshow(
        _rgb(preview, fade),
        extent=(x, x + width, y + height, y),
        interpolation="antialiased" if smooth else "nearest",
        aspect="equal",
    )


def _frame(axes: Axes, preview: Preview) -> None:
    axes.set_xlim(0, preview.shape[1])
    axes.set_ylim(preview.shape[0], 0)
    axes.set_xticks([])
    axes.set_yticks([])


def _thinned(index: np.ndarray, places: np.ndarray, most: int, score: np.ndarray | None = None) -> np.ndarray:
    """At most about ``most`` of ``index``, spread over the image: the best (or the first) of each cell of a grid."""
    if len(index) <= most:
        return index
    xy = places[index]
    low, size = xy.min(0), np.maximum(np.ptp(xy, axis=0), 1e-9)
    cell = float(np.sqrt(size[0] * size[1] / most))
    keys = np.floor((xy - low) / cell).astype(np.int64)
    number = keys[:, 1] * (keys[:, 0].max() + 1) + keys[:, 0]
    order = np.arange(len(index)) if score is None else np.argsort(-score[index], kind="stable")
    _, first = np.unique(number[order], return_index=True)
    return index[order[first]]


def _residual_scale(residual: np.ndarray) -> Normalize:
    known = residual[np.isfinite(residual)]
    return Normalize(0, max(0.5, float(np.percentile(known, 98))) if len(known) else 1.0, clip=True)


def _colour_bar(figure: Figure, axes: Axes, norm: Normalize, label: str) -> None:
    width_in = axes.get_position().width * figure.get_figwidth()
    bar = figure.colorbar(
        ScalarMappable(norm, INLIERS), cax=axes.inset_axes((1 + 0.12 / width_in, 0, 0.16 / width_in, 1))
    )
    bar.set_label(label, fontsize=9)


def _caption(axes: Axes, x: float, y: float, text: str) -> None:
    axes.annotate(
        text,
        (x, y),
        (6, -6),
        textcoords="offset points",
        va="top",
        fontsize=11,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 3},
    )


def _scale_bar(axes: Axes, preview: Preview, gsd_m: float) -> None:
    if not np.isfinite(gsd_m):
        return
    height, width = preview.shape
    metres = _round_length(0.25 * width * preview.scale * gsd_m)
    length = metres / gsd_m / preview.scale
    x, y = 0.03 * width, height - 0.03 * height
    axes.plot([x, x + length], [y, y], color="white", linewidth=5, solid_capstyle="butt")
    axes.plot([x, x + length], [y, y], color="black", linewidth=2.5, solid_capstyle="butt")
    text = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    axes.annotate(
        text,
        (x, y),
        (0, 6),
        textcoords="offset points",
        fontsize=9,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
    )


def _dot(label: str, colour: Any, marker: str) -> Line2D:
    return Line2D([], [], color=colour, marker=marker, linestyle="none", label=label)


def _round_length(length: float) -> float:
    """1, 2 or 5 times a power of ten, near ``length``."""
    if not np.isfinite(length) or length <= 0:
        return 0.01
    power = 10.0 ** np.floor(np.log10(length))
    return float(power * min((1, 2, 5, 10), key=lambda step: abs(np.log(step * power / length))))


def _figures(value: float) -> str:
    """Three figures, as a person writes them."""
    if not np.isfinite(value):
        return "–"
    digits = max(0, 2 - int(np.floor(np.log10(abs(value)))) if value else 2)
    return f"{value:,.{min(digits, 3)}f}"


def _short(label: str, most: int = 60) -> str:
    name = label if len(label) <= most else Path(label).name
    return name if len(name) <= most else f"{name[: most - 1]}…"
