"""A tie point in a line of text."""

from __future__ import annotations

import numpy as np
from qgis.core import QgsUnitTypes

from ..processing.texts import tr
from .places import displacement
from .tie_points import INLIER, OUTLIER


def describe_point(pairs, index, frames, places):
    """What is known of the pair at ``index``. ``places`` its two places on the canvases, which ``frames`` belong to."""
    parts = [tr("Point {number:g}").format(number=pairs.number[index])] if np.isfinite(pairs.number[index]) else []
    if np.isfinite(pairs.score[index]):
        parts.append(tr("score {score:.2f}").format(score=pairs.score[index]))
    if np.isfinite(pairs.residual[index]):
        parts.append(tr("residual {residual:.2f} px").format(residual=pairs.residual[index]))
    shift = displacement(frames, *places)
    if shift is not None:
        unit = QgsUnitTypes.toAbbreviatedString(frames[0].crs.mapUnits())
        parts.append(tr("shift {dx:+.5g}, {dy:+.5g} {unit}").format(dx=shift[0], dy=shift[1], unit=unit))
    parts.append({INLIER: tr("inlier"), OUTLIER: tr("outlier")}.get(int(pairs.inlier[index]), tr("used")))
    return ", ".join(parts)
