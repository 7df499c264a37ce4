"""Tables without geometry: fields, and rows to a sink."""

from __future__ import annotations

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsProcessingException,
    QgsWkbTypes,
)

from . import checks, points
from .algorithm import ParameterError
from .texts import tr


def fields_of(types) -> QgsFields:
    """The fields of a table, ``types``: name -> String, Int, Double or Bool."""
    fields = QgsFields()
    for name, kind in types.items():
        fields.append(points.field(name, kind))
    return fields


def write(algorithm, name, types, rows, parameters, context, feedback):
    """Write ``rows``, dictionaries with the keys of ``types``, to the sink parameter ``name``; returns its destination.

    None without the output. A file that is there already is replaced when the new one is whole. Raises ParameterError.
    """
    if parameters.get(name) in (None, ""):
        return None
    path = checks.destination_file(parameters[name], context)
    fields = fields_of(types)
    with points.existing_file_kept(path):
        sink, destination = algorithm.parameterAsSink(
            parameters, name, context, fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem()
        )
        if sink is None:
            raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
        for row in rows:
            feature = QgsFeature(fields)
            feature.setAttributes([NULL if row[field] is None else row[field] for field in types])
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise ParameterError(
                    tr("{name}: a row could not be written: {error}.").format(name=name, error=sink.lastError() or "?")
                )
            if feedback.isCanceled():
                raise ParameterError(tr("The job was cancelled."))
        del sink  # closes the file
        if path:
            points.check_written(destination, len(rows), name)
    return destination
