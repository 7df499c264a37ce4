"""Where both rasters lie, what of them was matched, and how much they have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch as Swatch
from matplotlib.patches import Polygon as Shape
from matplotlib.ticker import MaxNLocator

from ..frames.grid import EDGE_POINTS, WorkingGrid, pixel_mapping
from ..imagery.area import Area
from ..imagery.raster_info import RasterInfo
from .drawing import MAP_COLOURS, new_figure, rgb
from .report_content import Preview

SAMPLES = 120  # along each side: shares are good to about a hundredth


@dataclass(frozen=True)
class Overlap:
    """What two georeferenced rasters have in common: the share 0..1 of each, and its area in square metres."""

    of_reference: float
    of_target: float
    area_m2: float


def overlap(reference: RasterInfo, target: RasterInfo) -> Overlap:
    """By the georeferencing as it was given, before anything was matched; both rasters must have a CRS."""
    of_reference = _share(reference, target)
    size = reference.width * reference.height * reference.gsd_m**2
    return Overlap(of_reference, _share(target, reference), of_reference * size)


def overlap_figure(
    reference: RasterInfo, target: RasterInfo, preview: Preview, grid: WorkingGrid, area: Area | None
) -> Figure:
    """The outlines of both in the CRS of the reference, the part that was matched, and the polygons of the area."""
    outlines = [reference.georeference.to_map(_edges(reference.width, reference.height))]
    carried = pixel_mapping(target.georeference, reference.georeference)(_edges(target.width, target.height))
    outlines.append(reference.georeference.to_map(carried[np.isfinite(carried).all(1)]))
    low, high = np.min([o.min(0) for o in outlines], 0), np.max([o.max(0) for o in outlines], 0)
    width, height = high - low
    figure = new_figure(7.0, float(np.clip(6.4 * height / width, 2.6, 6.5)))
    axes = figure.subplots()
    _underlay(axes, reference, preview)
    matched = grid.to_reference(_edges(grid.width, grid.height))
    shapes: list[tuple[np.ndarray, str, Literal["-", "--"], float, str]] = [
        (outlines[0], MAP_COLOURS["reference"], "-", 0.0, "reference"),
        (outlines[1], MAP_COLOURS["target"], "-", 0.10, "target, as it was given"),
        (reference.georeference.to_map(matched), MAP_COLOURS["matched"], "--", 0.0, "looked at"),
    ]
    for ring, colour, style, fill, _ in shapes:
        axes.add_patch(Shape(ring, closed=True, facecolor=(colour, fill), edgecolor=colour, linestyle=style, lw=2))
    handles = [
        Swatch(facecolor=(c, f), edgecolor=c, linestyle=s, linewidth=1.5, label=label) for _, c, s, f, label in shapes
    ]
    if area is not None and area.polygons is not None:
        for polygon in area.polygons:
            axes.add_patch(Shape(polygon[0], closed=True, facecolor=(MAP_COLOURS["area"], 0.25), edgecolor="black"))
        what = "left out" if area.outside else "the area asked for"
        handles.append(Swatch(facecolor=(MAP_COLOURS["area"], 0.25), edgecolor="black", label=what))
    margin = 0.04 * max(width, height)
    axes.set_xlim(low[0] - margin, high[0] + margin)
    axes.set_ylim(low[1] - margin, high[1] + margin)
    axes.set_aspect("equal" if not _degrees(reference) else 1 / np.cos(np.deg2rad((low[1] + high[1]) / 2)))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(5))
        axis.get_major_formatter().set_useOffset(False)  # type: ignore[attr-defined]
        axis.get_major_formatter().set_scientific(False)  # type: ignore[attr-defined]
    axes.tick_params(labelsize=8)
    axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.07), ncols=4, frameon=False, fontsize=9)
    return figure


def _underlay(axes: Axes, reference: RasterInfo, preview: Preview) -> None:
    """The reference, faint, where its rows run along the map's x; a turned one is left as an outline."""
    transform = reference.georeference.transform
    if transform.b or transform.d:
        return
    height, width = preview.shape
    corners = np.array([[0, 0], [width, height]]) * preview.scale + preview.origin
    (left, top), (right, bottom) = reference.georeference.to_map(corners)
    axes.imshow(rgb(preview, fade=0.45), extent=(left, right, bottom, top), interpolation="antialiased")


def _edges(width: int, height: int) -> np.ndarray:
    """A closed ring about so many pixels, with points along each edge: they bend between CRSs."""
    t = np.linspace(0, 1, EDGE_POINTS)[:-1]
    sides = [(t, 0 * t), (0 * t + 1, t), (1 - t, 0 * t + 1), (0 * t, 1 - t)]
    return np.concatenate([np.stack(side, -1) for side in sides]) * [width, height]


def _share(one: RasterInfo, other: RasterInfo) -> float:
    """The share of ``one`` that lies within ``other``."""
    columns, rows = ((np.arange(SAMPLES) + 0.5) / SAMPLES * size for size in (one.width, one.height))
    places = np.stack(np.meshgrid(columns, rows), -1).reshape(-1, 2)
    there = pixel_mapping(one.georeference, other.georeference)(places)
    return float(((there >= 0) & (there < [other.width, other.height])).all(1).mean())


def _degrees(raster: RasterInfo) -> bool:
    return raster.georeference.crs is not None and raster.georeference.crs.is_geographic
