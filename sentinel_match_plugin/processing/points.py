"""Tie points between QGIS and the engine: the contract's fields, their geometries, a layer to the engine's CSV."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from qgis.core import NULL, QgsGeometry, QgsPointXY

from .algorithm import ParameterError
from .texts import tr

# name -> type of the field: the contract's
FIELDS = {
    "id": "Int",
    **dict.fromkeys(("ref_x", "ref_y", "tgt_x", "tgt_y", "dx", "dy", "score", "residual"), "Double"),
    "inlier": "Bool",
}


def point_of(row):
    """Where the point lies in the reference."""
    return QgsGeometry.fromPointXY(QgsPointXY(row["ref_x"], row["ref_y"]))


def vector_of(row):
    """The line from the place in the reference to where the target shows it; None where that is not known."""
    if row["dx"] is None or row["dy"] is None:
        return None
    start = QgsPointXY(row["ref_x"], row["ref_y"])
    return QgsGeometry.fromPolylineXY([start, QgsPointXY(start.x() + row["dx"], start.y() + row["dy"])])


# -- from a layer back to the engine -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """How many points went to the engine, and how many did not: marked as outliers, or without a position."""

    used: int
    outliers: int
    incomplete: int


def write_csv(source, path, feedback) -> Written:
    """Write the points of ``source`` (a QgsProcessingFeatureSource) as the engine's tie-point file.

    The place in the reference is the point itself, so that a point moved on the map counts as moved; the place in the
    target is ``tgt_x``, ``tgt_y``. Points with ``inlier`` false are left out; points without the field, or with nothing
    in it (set by hand), are used. Raises ParameterError if fields are missing or nothing remains.
    """
    names = {field.name().lower(): field.name() for field in source.fields()}
    missing = [name for name in ("tgt_x", "tgt_y") if name not in names]
    if missing:
        raise ParameterError(
            tr(
                "TIE_POINTS: {layer} has no field {fields}: tie points need tgt_x and tgt_y, the place in the raster "
                "to be warped, as Match rasters writes them."
            ).format(layer=source.sourceName(), fields=", ".join(missing))
        )
    used = outliers = incomplete = 0
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(FIELDS)
        for feature in source.getFeatures():
            if feedback.isCanceled():
                raise ParameterError(tr("The job was cancelled."))
            inlier = attribute(feature, names, "inlier")
            if inlier is not None and not is_true(inlier):
                outliers += 1
                continue
            point = single_point(feature)
            target = [number_of(attribute(feature, names, name)) for name in ("tgt_x", "tgt_y")]
            if point is None or None in target:
                incomplete += 1
                continue
            score = number_of(attribute(feature, names, "score"))
            values = [point.x(), point.y(), *target, None, None, score, None]
            used += 1
            rows.writerow([used, *("" if v is None else repr(v) for v in values), 1])
    if not used:
        raise ParameterError(
            tr(
                "TIE_POINTS: {layer} has no point that can be used: {outliers} are marked as outliers, {incomplete} "
                "have no position or no tgt_x, tgt_y."
            ).format(layer=source.sourceName(), outliers=outliers, incomplete=incomplete)
        )
    return Written(used, outliers, incomplete)


def attribute(feature, names, name):
    """The value of a field, None where it has none; ``names``: lower case -> as the layer spells it."""
    if name not in names:
        return None
    value = feature[names[name]]
    return None if value is None or value == NULL else value


def is_true(value):
    """Of ``inlier``: a CSV or Shapefile keeps true as text or number."""
    if isinstance(value, str):
        return value.strip().lower() not in ("0", "false", "f", "no", "n")
    return bool(value)


def number_of(value):
    """A finite number, or None."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if number - number == 0 else None  # neither nan nor infinite


def single_point(feature):
    """The point of a feature, None where it has none."""
    if not feature.hasGeometry():
        return None
    point = next(feature.geometry().vertices(), None)
    return (
        None if point is None or not (number_of(point.x()) is not None and number_of(point.y()) is not None) else point
    )
