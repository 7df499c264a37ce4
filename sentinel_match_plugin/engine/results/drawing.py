"""What the pictures have in common, drawn with matplotlib's objects alone: no window system, no state that two jobs
could share.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from .report_content import Preview

DPI = 110
WIDTH_IN = 13.0
# Stands out from black forest and from white snow, and is safe for the colour blind: blue to orange.
INLIERS: Colormap = LinearSegmentedColormap.from_list("residual", ["#00a8d8", "#ffd60a", "#f3722c"])
OUTLIER = "#d6006d"
MAP_COLOURS = {"reference": "#0072b2", "target": "#d55e00", "matched": "#1d2530", "area": "#f0e442"}
NOT_VALID = (0.87, 0.85, 0.81)
TALLEST_IN = 18.0
MIDDLE_GRAY, DARKEST = 0.35, 0.5  # where the median of a dark image is lifted to, and the smallest exponent for it


def new_figure(width_in: float, height_in: float) -> Figure:
    """A white figure of so many inches, for charts: axes and words find their room by themselves."""
    figure = Figure(figsize=(width_in, height_in), dpi=DPI, layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def canvas(width: float, height: float, width_in: float = WIDTH_IN) -> tuple[Figure, Axes]:
    """One picture of this many image pixels that fills the figure; words around it widen what is saved (``png``)."""
    width_in = min(width_in, TALLEST_IN * width / height)
    figure = Figure(figsize=(width_in, width_in * height / width), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    return figure, axes


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

    image = Image.fromarray(rgb(preview))
    image.thumbnail((longest_px, longest_px))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def rgb(preview: Preview, fade: float = 0.0) -> np.ndarray:
    """uint8 ``(h, w, 3)``, dark images brightened; ``fade`` 0..1 towards white. What is not valid is beige."""
    gray = np.clip(preview.values, 0, 1)
    gray = gray ** brightening(gray[preview.valid])
    gray = gray[..., None].repeat(3, -1) * (1 - fade) + fade
    gray = np.where(preview.valid[..., None], gray, np.array(NOT_VALID))
    return (255 * gray).round().astype(np.uint8)


def brightening(values: np.ndarray) -> float:
    """The exponent that makes ``values`` in 0..1 bright enough to see: forest beside snow would be black."""
    median = float(np.median(values)) if len(values) else 1.0
    return float(np.clip(np.log(MIDDLE_GRAY) / np.log(np.clip(median, 1e-3, 0.999)), DARKEST, 1.0))


def show(
    axes: Axes,
    preview: Preview,
    offset: np.ndarray | tuple[float, float] = (0, 0),
    fade: float = 0.0,
    smooth: bool = True,
) -> None:
    """Draw ``preview`` with its upper left corner at ``offset``, pixels of the picture; ``fade`` 0..1 towards white.

    ``smooth``: pixels run into each other where they are enlarged.
    """
    height, width = preview.shape
    x, y = offset
    axes.imshow(
        rgb(preview, fade),
        extent=(x, x + width, y + height, y),
        interpolation="antialiased" if smooth else "nearest",
        aspect="equal",
    )


def frame(axes: Axes, preview: Preview) -> None:
    """Limits of the axes to the pixels of ``preview``, without ticks."""
    axes.set_xlim(0, preview.shape[1])
    axes.set_ylim(preview.shape[0], 0)
    axes.set_xticks([])
    axes.set_yticks([])


def thinned(index: np.ndarray, places: np.ndarray, most: int, score: np.ndarray | None = None) -> np.ndarray:
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


def residual_scale(residual: np.ndarray) -> Normalize:
    """Colours of residuals ``(N,)``, reference pixels, from 0 to what 98 of 100 stay below; nan is passed over."""
    known = residual[np.isfinite(residual)]
    return Normalize(0, max(0.5, float(np.percentile(known, 98))) if len(known) else 1.0, clip=True)


def colour_bar(figure: Figure, axes: Axes, norm: Normalize, label: str) -> None:
    """The scale of ``INLIERS`` to the right of a picture made by ``canvas``."""
    width_in = axes.get_position().width * figure.get_figwidth()
    bar = figure.colorbar(
        ScalarMappable(norm, INLIERS), cax=axes.inset_axes((1 + 0.12 / width_in, 0, 0.16 / width_in, 1))
    )
    bar.set_label(label, fontsize=9)


def caption(axes: Axes, x: float, y: float, text: str) -> None:
    """Words on a white box whose upper left corner is at ``x``, ``y``, pixels of the picture."""
    axes.annotate(
        text,
        (x, y),
        (6, -6),
        textcoords="offset points",
        va="top",
        fontsize=11,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 3},
    )


def scale_bar(axes: Axes, preview: Preview, gsd_m: float) -> None:
    """A bar of a round length, ``gsd_m`` metres being a pixel of the raster; none where that is nan."""
    if not np.isfinite(gsd_m):
        return
    height, width = preview.shape
    metres = round_length(0.25 * width * preview.scale * gsd_m)
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


def dot(label: str, colour: Any, marker: str) -> Line2D:
    """An entry of a legend."""
    return Line2D([], [], color=colour, marker=marker, linestyle="none", label=label)


def round_length(length: float) -> float:
    """1, 2 or 5 times a power of ten, near ``length``."""
    if not np.isfinite(length) or length <= 0:
        return 0.01
    power = 10.0 ** np.floor(np.log10(length))
    return float(power * min((1, 2, 5, 10), key=lambda step: abs(np.log(step * power / length))))


def three_figures(value: float) -> str:
    """Three figures, as a person writes them."""
    if not np.isfinite(value):
        return "–"
    digits = max(0, 2 - int(np.floor(np.log10(abs(value)))) if value else 2)
    return f"{value:,.{min(digits, 3)}f}"


def short(label: str, most: int = 60) -> str:
    """``label`` in at most so many characters: of a path that is longer the name of the file, cut if need be."""
    name = label if len(label) <= most else Path(label).name
    return name if len(name) <= most else f"{name[: most - 1]}…"
