"""The symbols of tie points and shift vectors: colour by residual, outliers apart, arrows with their scale."""

from __future__ import annotations

import math

from qgis.core import (
    QgsArrowSymbolLayer,
    QgsGeometryGeneratorSymbolLayer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsProperty,
    QgsRuleBasedRenderer,
    QgsUnitTypes,
)
from qgis.PyQt.QtGui import QColor

from .texts import tr

# Residual in reference pixels: below each limit the colour before it; from the last limit on, the last colour.
RESIDUAL_LIMITS = (0.25, 0.5, 1.0, 2.0)
RESIDUAL_COLOURS = ("#1a9850", "#91cf60", "#fee08b", "#fc8d59", "#d73027")
UNMEASURED_COLOUR, OUTLIER_COLOUR = "#6baed6", "#787878"
CIRCLE_MM, LEAST_CIRCLE_MM = 2.4, 0.6
# Circles as wide as this share of the distance between points let the image be seen.
CIRCLE_SHARE = 0.5
# Arrows as long as this share of the distance between points do not run into each other.
ARROW_SHARE = 0.9


def residual_classes():
    """``[(label, colour, expression)]`` of the inliers, from the smallest residual to the largest."""
    bounds = (0.0, *RESIDUAL_LIMITS, None)
    classes = []
    for low, high, colour in zip(bounds, bounds[1:], RESIDUAL_COLOURS):
        condition = f'"inlier" AND "residual" >= {low:g}' + ("" if high is None else f' AND "residual" < {high:g}')
        if not low:
            label = tr("inlier, residual below {high:g} px").format(high=high)
        elif high is None:
            label = tr("inlier, residual {low:g} px and more").format(low=low)
        else:
            label = tr("inlier, residual {low:g} to {high:g} px").format(low=low, high=high)
        classes.append((label, colour, condition))
    return classes


def tie_point_renderer(rows, crs):
    """Circles by residual, crosses for outliers, diamonds for what a person set; smaller where the map shows so many of
    the circles that they would hide it.
    """
    circle = {"name": "circle", "size": f"{CIRCLE_MM:g}", "outline_color": "35,35,35,200", "outline_width": "0.2"}
    diamond = {**circle, "name": "diamond", "size": "3.2"}
    cross = {"name": "cross2", "size": "2", "outline_color": OUTLIER_COLOUR, "outline_width": "0.4"}
    rules = [(*named, QgsMarkerSymbol.createSimple({**circle, "color": named[1]})) for named in residual_classes()]
    size = _circle_size(rows, crs)
    for *_named, symbol in rules if size else ():
        symbol.setDataDefinedSize(QgsProperty.fromExpression(size))
    rules += [
        (
            tr("inlier set by hand, or without a residual"),
            UNMEASURED_COLOUR,
            '"inlier" AND "residual" IS NULL',
            QgsMarkerSymbol.createSimple({**diamond, "color": UNMEASURED_COLOUR}),
        ),
        (
            tr("outlier, not used"),
            OUTLIER_COLOUR,
            'NOT "inlier"',
            QgsMarkerSymbol.createSimple({**cross, "color": OUTLIER_COLOUR}),
        ),
        (
            tr("neither inlier nor outlier: used"),
            UNMEASURED_COLOUR,
            '"inlier" IS NULL',
            QgsMarkerSymbol.createSimple({**diamond, "color": "#8da0cb"}),
        ),
    ]
    return _renderer(rules)


def shift_vector_renderer(rows, crs):
    """Arrows by residual, all drawn ``arrow_scale`` times as long as the shift; the legend says so."""
    scale = arrow_scale(rows)
    rules = [(arrow_legend(rows, scale, crs), "", "FALSE", None)]
    rules += [(*named, _arrow(named[1], scale)) for named in residual_classes()]
    rules += [
        (
            tr("inlier without a residual"),
            UNMEASURED_COLOUR,
            '"inlier" AND "residual" IS NULL',
            _arrow(UNMEASURED_COLOUR, scale),
        ),
        (tr("outlier, not used"), OUTLIER_COLOUR, 'NOT coalesce("inlier", FALSE)', _arrow(OUTLIER_COLOUR, scale, 140)),
    ]
    return _renderer(rules)


def arrow_scale(rows):
    """How many times as long as the shift an arrow is drawn, 1, 2 or 5 times a power of ten.

    Nine tenths of the arrows are then shorter than the distance between points. 1 where there is nothing to go by.
    """
    known = [row for row in rows if row["dx"] is not None and row["dy"] is not None and row["inlier"]]
    lengths = sorted(math.hypot(row["dx"], row["dy"]) for row in known)
    spacing = _spacing(known)
    if not spacing or not lengths[(9 * len(lengths)) // 10]:
        return 1.0
    wanted = ARROW_SHARE * spacing / lengths[(9 * len(lengths)) // 10]
    power = 10.0 ** math.floor(math.log10(wanted))
    return max(step for step in (1, 2, 5) if step <= wanted / power * (1 + 1e-9)) * power


def _spacing(rows):
    """How far apart points are, in the mean and in units of the reference; 0 if that cannot be said."""
    if len(rows) < 2:
        return 0.0
    width, height = (max(row[n] for row in rows) - min(row[n] for row in rows) for n in ("ref_x", "ref_y"))
    return math.sqrt(width * height / len(rows)) or max(width, height) / len(rows)


def _circle_size(rows, crs):
    """Millimetres, as an expression on the map's scale; empty where nothing says how far apart points are."""
    metres = QgsUnitTypes.fromUnitToUnitFactor(crs.mapUnits(), QgsUnitTypes.DistanceUnit.DistanceMeters)
    apart_mm = 1000 * metres * _spacing([row for row in rows if row["inlier"]])
    if not crs.isValid() or not apart_mm:
        return ""
    return f"clamp({LEAST_CIRCLE_MM:g}, {CIRCLE_SHARE * apart_mm:.6g} / @map_scale, {CIRCLE_MM:g})"


def arrow_legend(rows, scale, crs):
    """What the arrows mean, for the legend."""
    lengths = sorted(math.hypot(r["dx"], r["dy"]) for r in rows if r["dx"] is not None and r["inlier"])
    if not lengths:
        return tr("no shifts")
    if scale == 1:
        size = tr("arrows as long as the shift")
    else:
        size = tr("arrows {scale:g} × as long as the shift").format(scale=scale)
    unit = QgsUnitTypes.toAbbreviatedString(crs.mapUnits()) if crs.isValid() else tr("units")
    return tr("{size} (median {median:.3g} {unit})").format(size=size, median=lengths[len(lengths) // 2], unit=unit)


def _arrow(colour, scale, opacity=255):
    """A straight arrow from the point along its shift, lengthened."""
    arrow = QgsArrowSymbolLayer.create(
        {
            "is_curved": "0",
            "is_repeated": "0",
            "arrow_width": "0.4",
            "arrow_start_width": "0.4",
            "head_length": "1.6",
            "head_thickness": "1.1",
        }
    )
    fill = QColor(colour)
    fill.setAlpha(opacity)
    arrow.setColor(fill)
    outline = arrow.subSymbol().symbolLayer(0)
    outline.setStrokeColor(QColor(35, 35, 35, 180 * opacity // 255))
    outline.setStrokeWidth(0.1)
    if scale == 1:
        return _line(arrow)
    start, end = "start_point($geometry)", "end_point($geometry)"
    far = f"translate({start}, {scale:g} * (x({end}) - x({start})), {scale:g} * (y({end}) - y({start})))"
    lengthened = QgsGeometryGeneratorSymbolLayer.create(
        {"SymbolType": "Line", "geometryModifier": f"make_line({start}, {far})"}
    )
    lengthened.setSubSymbol(_line(arrow))
    return _line(lengthened)


def _line(layer):
    """A symbol of one layer. Not ``QgsLineSymbol([layer])``: QGIS 3.22 deletes the layer of such a symbol twice."""
    symbol = QgsLineSymbol()
    symbol.changeSymbolLayer(0, layer)
    return symbol


def _renderer(rules):
    """A rule-based renderer of ``[(label, colour, expression, symbol)]``."""
    root = QgsRuleBasedRenderer.Rule(None)
    for label, _colour, expression, symbol in rules:
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, filterExp=expression, label=label))
    return QgsRuleBasedRenderer(root)
