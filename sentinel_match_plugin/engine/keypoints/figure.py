"""The raster with its keypoints."""

from __future__ import annotations

import numpy as np
from matplotlib.collections import EllipseCollection
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from ..imagery.radiometry import Stretch
from ..imagery.raster_reader import RasterReader
from ..matchers.features import spread
from ..matchers.local_features import Features
from ..results.drawing import INLIERS, canvas, caption, scale_bar, short, show
from ..results.report_content import Preview

PREVIEW_PX = 1200
MOST_SHOWN = 6000
LEAST_PX, MOST_PX = 3.0, 80.0  # diameter of a circle in the figure, pixels of the preview


def keypoint_figure(
    reader: RasterReader,
    bands: tuple[int, ...],
    stretch: Stretch,
    window: tuple[int, int, int, int],
    features: Features,
    detector: str,
) -> Figure:
    """Circles as large as the places, coloured by rank of their response; of very many, some of each part."""
    x0, y0, x1, y1 = window
    scale = max(1.0, max(x1 - x0, y1 - y0) / PREVIEW_PX)
    values, valid, _ = reader.read(bands, window, scale)
    preview = Preview(stretch.apply(values, valid), valid, (x0, y0), scale)
    figure, axes = canvas(preview.shape[1], preview.shape[0], 10.0)
    show(axes, preview)
    index = spread(features.xy - [x0, y0], features.response, (y1 - y0, x1 - x0), MOST_SHOWN, 40)
    shown = features[index]
    places = preview.place(shown.xy)
    diameter = np.nan_to_num(shown.scale_px / scale, nan=2 * LEAST_PX).clip(LEAST_PX, MOST_PX)
    rank = np.argsort(np.argsort(shown.response, kind="stable")) / max(len(shown) - 1, 1)
    circles = EllipseCollection(
        diameter,
        diameter,
        np.zeros(len(shown)),
        units="xy",
        offsets=places,
        offset_transform=axes.transData,
        facecolors="none",
        linewidths=0.8,
    )
    circles.set_edgecolor(INLIERS(Normalize(0, 1)(rank)))
    axes.add_collection(circles)
    said = f"{len(features):,} {detector} keypoints in {short(reader.info.label)}"
    if len(shown) < len(features):
        said += f", {len(shown):,} shown"
    caption(axes, 0, 0, f"{said}; orange: strongest, blue: weakest")
    if reader.info.georeference.crs is not None:
        scale_bar(axes, preview, reader.info.gsd_m)
    axes.set_xlim(0, preview.shape[1])
    axes.set_ylim(preview.shape[0], 0)
    return figure
