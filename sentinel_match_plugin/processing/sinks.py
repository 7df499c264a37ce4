"""Rows to the sinks of QGIS: fields, the engine's CSV, features in a file that is replaced when it is whole."""

from __future__ import annotations

import csv
import os
from contextlib import contextmanager

from qgis.core import (
    NULL,
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProcessingException,
    QgsVectorLayer,
    QgsWkbTypes,
)

from . import checks
from .algorithm import ParameterError
from .texts import tr


def fields_of(types) -> QgsFields:
    """The fields of a layer or table, ``types``: name -> String, Int, Double or Bool."""
    fields = QgsFields()
    for name, kind in types.items():
        fields.append(_field(name, kind))
    return fields


def _field(name, kind):
    """The enumeration of types changed its home in QGIS 3.38."""
    if Qgis.QGIS_VERSION_INT >= 33800:
        from qgis.PyQt.QtCore import QMetaType

        return QgsField(name, getattr(QMetaType.Type, "QString" if kind == "String" else kind))
    from qgis.PyQt.QtCore import QVariant

    return QgsField(name, getattr(QVariant, kind))


def rows_of(path, types):
    """The rows of a CSV file of the engine, one after the other, as dictionaries with the keys of ``types``.

    Texts as they are; numbers and booleans (1, 0), None where a cell is empty.
    """
    read = {"Double": float, "Int": int, "Bool": lambda text: text == "1"}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {
                name: row[name] if kind == "String" else read[kind](row[name]) if row[name] else None
                for name, kind in types.items()
            }


def write(
    algorithm,
    name,
    types,
    rows,
    parameters,
    context,
    feedback,
    geometry_type=QgsWkbTypes.Type.NoGeometry,
    geometry_of=None,
    crs=None,
):
    """Write ``rows``, dictionaries with the keys of ``types``, to the sink parameter ``name``; returns its destination.

    ``geometry_of`` makes a row's geometry of ``geometry_type`` in ``crs``; without it the sink is a table. None without
    the output. A file that is there already is replaced when the new one is whole. Raises ParameterError.
    """
    if parameters.get(name) in (None, ""):
        return None
    path = checks.destination_file(parameters[name], context)
    known = crs if crs is not None and crs.isValid() else QgsCoordinateReferenceSystem()
    with existing_file_kept(path):
        sink, destination = algorithm.parameterAsSink(parameters, name, context, fields_of(types), geometry_type, known)
        if sink is None:
            raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
        written = fill(sink, types, rows, name, feedback, geometry_of)
        del sink  # closes the file
        if path:
            check_written(destination, written, name)
    return destination


def fill(sink, types, rows, name, feedback, geometry_of=None) -> int:
    """Write ``rows``, without those whose geometry is None. Returns how many; raises ParameterError if refused."""
    fields, written = fields_of(types), 0
    for row in rows:
        feature = QgsFeature(fields)
        if geometry_of is not None:
            geometry = geometry_of(row)
            if geometry is None:
                continue
            feature.setGeometry(geometry)
        feature.setAttributes([NULL if row[field] is None else row[field] for field in types])
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
