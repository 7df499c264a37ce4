"""The pictures of a report, each with its heading and a sentence on how to read it."""

from __future__ import annotations

import numpy as np

from ..points.accuracy import BETWEEN_DATES_PX
from .checkerboards import checkerboard_figure, details_figure
from .drawing import jpeg, photograph, three_figures
from .error_figures import displacement_figure, residual_figure
from .match_figure import match_figure
from .overlap_figure import overlap_figure
from .page import embedded, image, paragraph, section
from .report_content import Preview, ReportContent, Scene
from .spread_figure import Spread, spread_figure


def overlap_map(content: ReportContent, words: str) -> str:
    """``words`` and the map; both rasters must have a CRS."""
    figure = overlap_figure(content.reference, content.target, content.overview.reference, content.grid, content.area)
    return paragraph(words) + image("Overlap", jpeg(figure), wide=False)


def spread_section(content: ReportContent, spread: Spread) -> str:
    """Where the tie points lie, in words and pictures."""
    gap = f"{three_figures(spread.gap_px)} px"
    if content.gsd_m == content.gsd_m:
        gap = f"{three_figures(spread.gap_px * content.gsd_m)} m ({gap})"
    words = (
        f"Of {spread.cells} parts that both images show, {spread.filled} have tie points that agree; the place "
        f"farthest from one lies {gap} away. Where there are none, the transformation is what the points around say."
    )
    return _section("Spread of the points", words, jpeg(spread_figure(content, spread)))


def pictures(content: ReportContent, spread: str) -> list[str]:
    """The sections with pictures, in the order in which one looks at a match; ``spread`` as ``spread_section``."""
    scene = content.overview
    words = "Left the reference, right the target as it was given. "
    words += (
        "Each dot is a piece of the reference and where it was found in the target."
        if len(content.points)
        else "Do they show one place, and what of it is to be seen in both?"
    )
    parts = [_section("Tie points", words, jpeg(match_figure(content)))]
    if content.points.inlier.any():
        parts.append(spread)
        parts.append(
            _section(
                "Displacement",
                "How far each piece of the target is displaced, beyond the median. " + about_arrows(content),
                jpeg(displacement_figure(content)),
                wide=False,
            )
        )
        parts.append(
            _section(
                "Residuals",
                "What the fitted transformation leaves over at each point. The residuals of the points that it was "
                "fitted to are always a little smaller than the error at other places; RMSE comes from "
                "points held out.",
                jpeg(residual_figure(content)),
            )
        )
    if scene.after is not None:
        if scene.comparable:
            parts.append(
                _section(
                    "Before and after",
                    "Squares of the reference and of the target in turn: roads, rivers and edges of forests run on "
                    "across the squares where the two fit.",
                    jpeg(checkerboard_figure(scene)),
                )
            )
            if content.details:
                parts.append(
                    _section(
                        "Details",
                        "Places at full resolution: the reference, and the checkerboards before and after.",
                        jpeg(details_figure(content.details, content.gsd_m)),
                    )
                )
        parts.append(_flicker(scene, scene.after))
    return parts


def about_arrows(content: ReportContent) -> str:
    """What to make of the arrows: the picture shows the smallest ones large."""
    points = content.points
    moved = points.aligned_px[points.inlier] - points.reference_px[points.inlier]
    beyond = float(np.quantile(np.hypot(*(moved - np.median(moved, 0)).T), 0.9))
    if beyond < BETWEEN_DATES_PX:
        return (
            f"Mind the scale: nine tenths of the arrows stand for less than {beyond:.2f} px, as little as two dates "
            "often disagree by themselves."
        )
    return "Neighbouring arrows of a trustworthy match agree."


def _section(title: str, text: str, picture: bytes, wide: bool = True) -> str:
    return section(title, paragraph(text), image(title, picture, wide=wide))


def _flicker(scene: Scene, after: Preview) -> str:
    """The two images in turn on one place; on paper and without animation, the reference alone stays out of the way."""
    boxes = []
    reference = embedded(photograph(scene.reference))
    pairs = (("Before", scene.before), ("After", after)) if scene.comparable else (("After", after),)
    for name, target in pairs:
        picture = embedded(photograph(target))
        boxes.append(
            f'<figure><div class="flicker"><img alt="{name}: reference" src="{reference}">'
            f'<img alt="{name}: target" src="{picture}"></div><figcaption>{name}</figcaption></figure>'
        )
    return (
        '<section class="screen"><h2>Flicker</h2><p>Reference and target in turn; under the mouse, the reference '
        "alone. What jumps does not fit; what only changes its colour does.</p>"
        f'<div class="pair">{"".join(boxes)}</div></section>'
    )
