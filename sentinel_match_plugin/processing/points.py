"""Tie points between QGIS and the engine: the contract's fields, the engine's CSV to sinks, a layer to CSV."""

from __future__ import annotations

import csv
import os
from contextlib import contextmanager
from dataclasses import dataclass

from qgis.core import (
    NULL,
    Qgis,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
)

from .algorithm import ParameterError
from .texts import tr

COLUMNS = ("id", "ref_x", "ref_y", "tgt_x", "tgt_y", "dx", "dy", "score", "residual", "inlier")


def tie_point_fields() -> QgsFields:
    """The fields of a tie-point layer: ``id`` whole, ``inlier`` true or false, the others numbers with a fraction."""
    fields = QgsFields()
    for column in COLUMNS:
        fields.append(field(column, {"id": "Int", "inlier": "Bool"}.get(column, "Double")))
    return fields


def field(name, kind):
    """A field of ``kind`` String, Int, Double or Bool; the enumeration of types changed its home in QGIS 3.38."""
    if Qgis.QGIS_VERSION_INT >= 33800:
        from qgis.PyQt.QtCore import QMetaType

        return QgsField(name, getattr(QMetaType.Type, "QString" if kind == "String" else kind))
    from qgis.PyQt.QtCore import QVariant

    return QgsField(name, getattr(QVariant, kind))


def read_csv(path) -> list:
    """The rows of the engine's tie-point file as dictionaries: numbers, booleans, None where a field is empty."""
    with open(path, newline="", encoding="utf-8") as file:
        return [{column: _value(column, row[column]) for column in COLUMNS} for row in csv.DictReader(file)]


def _value(column, text):
    if text == "":
        return None
    if column == "id":
        return int(text)
    return text == "1" if column == "inlier" else float(text)


def point_of(row):
    """Where the point lies in the reference."""
    return QgsGeometry.fromPointXY(QgsPointXY(row["ref_x"], row["ref_y"]))


def vector_of(row):
    """The line from the place in the reference to where the target shows it; None where that is not known."""
    if row["dx"] is None or row["dy"] is None:
        return None
    start = QgsPointXY(row["ref_x"], row["ref_y"])
    return QgsGeometry.fromPolylineXY([start, QgsPointXY(start.x() + row["dx"], start.y() + row["dy"])])


def fill(sink, rows, geometry_of, name, feedback) -> int:
    """Write ``rows`` with the geometries of ``geometry_of``. Returns how many; raises ParameterError if refused."""
    fields, written = tie_point_fields(), 0
    for row in rows:
        geometry = geometry_of(row)
        if geometry is None:
            continue
        feature = QgsFeature(fields)
        feature.setGeometry(geometry)
        feature.setAttributes([NULL if row[column] is None else row[column] for column in COLUMNS])
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise ParameterError(
                tr("{name}: a feature could not be written: {error}.").format(name=name, error=sink.lastError() or "?")
            )
        written += 1
        if feedback.isCanceled():
            raise ParameterError(tr("The job was cancelled."))
    return written


@contextmanager
def existing_file_kept(path):
    """While a vector file is written over ``path``, keep what was there; put it back if writing fails."""
    spare = f"{path}.before"
    kept = bool(path) and os.path.isfile(path)
    if kept:
        os.replace(path, spare)
    try:
        yield
    except BaseException:
        if path and os.path.isfile(path):
            os.remove(path)
        if kept:
            os.replace(spare, path)
        raise
    if kept:
        os.remove(spare)


def check_written(path, count, name):
    """A full disk may only show when the file is closed: open it again and count. Raises ParameterError."""
    layer = QgsVectorLayer(path, name, "ogr")
    if not layer.isValid() or (layer.featureCount() >= 0 and layer.featureCount() != count):
        raise ParameterError(
            tr("{name}: {path} could not be written whole; is the disk full?").format(name=name, path=path)
        )


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
        rows.writerow(COLUMNS)
        for feature in source.getFeatures():
            if feedback.isCanceled():
                raise ParameterError(tr("The job was cancelled."))
            inlier = _attribute(feature, names, "inlier")
            if inlier is not None and not _is_true(inlier):
                outliers += 1
                continue
            point = _single_point(feature)
            target = [_number(_attribute(feature, names, name)) for name in ("tgt_x", "tgt_y")]
            if point is None or None in target:
                incomplete += 1
                continue
            score = _number(_attribute(feature, names, "score"))
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


def _attribute(feature, names, name):
    if name not in names:
        return None
    value = feature[names[name]]
    return None if value is None or value == NULL else value


def _is_true(value):
    """A CSV or Shapefile keeps true as text or number."""
    if isinstance(value, str):
        return value.strip().lower() not in ("0", "false", "f", "no", "n")
    return bool(value)


def _number(value):
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if number - number == 0 else None  # neither nan nor infinite


def _single_point(feature):
    if not feature.hasGeometry():
        return None
    point = next(feature.geometry().vertices(), None)
    return None if point is None or not (_number(point.x()) is not None and _number(point.y()) is not None) else point
