"""Where to look, for the engine: a rectangle, and polygons of any source as a GeoJSON file."""

from __future__ import annotations

import json

from qgis.core import (
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsWkbTypes,
)

from ..engine.jobs import AreaInput, Extent
from . import checks
from .algorithm import ParameterError
from .layers import crs_text
from .texts import tr


def engine_extent(extent):
    """The engine's form of a rectangle and its CRS, None of None."""
    if extent is None:
        return None
    rectangle, crs = extent
    bounds = (rectangle.xMinimum(), rectangle.yMinimum(), rectangle.xMaximum(), rectangle.yMaximum())
    return Extent(bounds, crs_text(crs))


def named_area(algorithm, parameters, name, context):
    """What a person would give as the polygons again: the file, else the layer; in words where only some features of it
    count, which no text can ask for.
    """
    value = parameters.get(name)
    layer = algorithm.parameterAsVectorLayer(parameters, name, context) if value not in (None, "") else None
    given = checks.vector_file(algorithm, parameters, name, context) or (layer.name() if layer is not None else "")
    if isinstance(value, QgsProcessingFeatureSourceDefinition) and value.selectedFeaturesOnly:
        return tr("<the selected features of {layer}, saved as a file>").format(layer=given)
    return given


def write_area(source, mode, path, feedback, given=""):
    """Write the polygons of ``source`` (a QgsProcessingFeatureSource) to ``path``, in the source's CRS; returns its
    AreaInput, None without a source. ``given`` is what ``named_area`` says.

    Curves become line segments, invalid polygons are made valid, what is no polygon is left out. Raises ParameterError
    if nothing remains or the source has no CRS.
    """
    if source is None:
        return None
    name = source.sourceName()
    if not source.sourceCrs().isValid():
        raise ParameterError(
            tr("AREA: {name} has no CRS, so nobody knows where its polygons lie: assign one to the layer.").format(
                name=name
            )
        )
    request = QgsFeatureRequest().setSubsetOfAttributes([])
    skip = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks  # they are mended here, not refused
    count, mended = 0, 0
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [\n')
        for feature in source.getFeatures(request, skip):
            if feedback.isCanceled():
                raise ParameterError(tr("The job was cancelled."))
            if not feature.hasGeometry():
                continue
            geometry = feature.geometry()
            if geometry.constGet().hasCurvedSegments():
                geometry = QgsGeometry(geometry.constGet().segmentize())
            if not geometry.isGeosValid():
                geometry, mended = geometry.makeValid(), mended + 1
            for polygon in _polygons(geometry):
                file.write(",\n" if count else "")
                file.write(json.dumps({"type": "Feature", "properties": {}, "geometry": polygon}))
                count += 1
        file.write("\n]}\n")
    if not count:
        raise ParameterError(
            tr("AREA: {name} has no polygon with an area (none at all, none selected, or only empty ones).").format(
                name=name
            )
        )
    if mended:
        feedback.pushInfo(
            tr("AREA: {count} invalid polygons (crossing themselves) of {name} were made valid.").format(
                count=mended, name=name
            )
        )
    return AreaInput(path=str(path), mode=mode, crs=crs_text(source.sourceCrs()), source=given)


def _polygons(geometry):
    """The polygons of a geometry with an area, as GeoJSON dictionaries with full precision."""
    for part in geometry.asGeometryCollection():
        if QgsWkbTypes.geometryType(part.wkbType()) != QgsWkbTypes.GeometryType.PolygonGeometry or not part.area() > 0:
            continue
        part.get().dropZValue()
        part.get().dropMValue()
        yield json.loads(part.asJson(17))
