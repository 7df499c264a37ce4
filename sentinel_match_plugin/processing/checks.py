"""What can be wrong with the parameters, each as a sentence that says what to do."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterRasterDestination,
    QgsProperty,
)

from ..engine.errors import SentinelMatchError
from .algorithm import ParameterError
from .layers import file_of, is_same_source
from .pair_facts import are_apart, sentence_of_apart
from .products import product_layer
from .texts import tr


@contextmanager
def about(name):
    """The engine's own sentences, said of the parameter ``name``."""
    try:
        yield
    except SentinelMatchError as error:
        raise ParameterError(f"{name}: {error}") from error


def raster_layer(algorithm, parameters, name, context, optional=False):
    """The layer of a raster parameter; None only if optional and not given. Raises ParameterError."""
    if parameters.get(name) in (None, ""):
        if optional:
            return None
        raise ParameterError(tr("No raster was given as {name}.").format(name=name))
    with about(name):
        product = product_layer(parameters[name])
    if product is not None:
        return product
    layer = algorithm.parameterAsRasterLayer(parameters, name, context)
    if layer is not None and layer.isValid():
        return layer
    value = parameters[name]
    if isinstance(value, str) and not os.path.exists(value.split("|")[0]):
        text = tr(
            "{name}: there is no raster “{value}”: give the path of a file, or the name of a layer of the project."
        )
    else:
        text = tr("{name}: “{value}” is not a raster that QGIS can open: the file is of another kind, or damaged.")
    raise ParameterError(text.format(name=name, value=value if isinstance(value, str) else layer and layer.name()))


def band_of(algorithm, parameters, name, context, layer):
    """The band number, 0 where none was given. Raises ParameterError if the raster does not have it."""
    if parameters.get(name) in (None, ""):
        return 0
    band = algorithm.parameterAsInt(parameters, name, context)
    if not 1 <= band <= layer.bandCount():
        raise ParameterError(
            tr("{name}: {layer} has no band {band}; its bands are 1 to {count}.").format(
                name=name, layer=layer.name(), band=parameters[name], count=layer.bandCount()
            )
        )
    return band


def as_given(value, context):
    """The value of a parameter; what is defined by an expression, as the text that it comes to."""
    return value.valueAsString(context.expressionContext(), "")[0] if isinstance(value, QgsProperty) else value


def choice(algorithm, parameters, name, context):
    """The text of an enum parameter. QGIS 3.22 lets any text through, and would go on with the default."""
    definition = algorithm.parameterDefinition(name)
    value = as_given(parameters.get(name), context)
    if value in (None, ""):
        return definition.defaultValue()
    if value not in definition.options():
        raise ParameterError(
            tr("{name}: “{value}” is not one of {options}.").format(
                name=name, value=value, options=", ".join(definition.options())
            )
        )
    return value


def number_in_range(algorithm, parameters, name, context):
    """The value of a number parameter, its default where none was given. Raises ParameterError outside its range."""
    definition = algorithm.parameterDefinition(name)
    if parameters.get(name) in (None, ""):
        return definition.defaultValue()
    value = algorithm.parameterAsDouble(parameters, name, context)
    if not definition.minimum() <= value <= definition.maximum():
        bound = tr("at least {low:g}") if definition.maximum() > 1e9 else tr("{low:g} to {high:g}")
        raise ParameterError(
            tr("{name}: {value} is out of range: it must be {bound}.").format(
                name=name,
                value=parameters[name],
                bound=bound.format(low=definition.minimum(), high=definition.maximum()),
            )
        )
    return value


def extent_of(algorithm, parameters, name, context, crs):
    """``(QgsRectangle, QgsCoordinateReferenceSystem)`` or None; ``crs`` where the extent names none."""
    if parameters.get(name) in (None, ""):
        return None
    rectangle = algorithm.parameterAsExtent(parameters, name, context)
    if rectangle.isNull() or not rectangle.isFinite() or rectangle.width() <= 0 or rectangle.height() <= 0:
        raise ParameterError(
            tr(
                "{name}: the extent “{value}” is empty: give xmin,xmax,ymin,ymax with xmin below xmax and ymin below "
                "ymax, and the CRS in brackets, for example 600000,610000,5490000,5500000 [EPSG:32636]."
            ).format(name=name, value=parameters[name] if isinstance(parameters[name], str) else rectangle.toString(2))
        )
    own = algorithm.parameterAsExtentCrs(parameters, name, context)
    return rectangle, (own if own.isValid() else crs)


def destinations(algorithm, parameters, context, inputs):
    """Refuse an output that cannot be written, or would overwrite one of ``inputs`` (paths) or another output."""
    taken = {os.path.realpath(path): tr("an input") for path in inputs if path}
    for definition in algorithm.destinationParameterDefinitions():
        path = destination_file(parameters.get(definition.name()), context)
        if not path:
            continue
        name, real = definition.name(), os.path.realpath(path)
        if real in taken:
            raise ParameterError(
                tr("{name}: {path} is also {what}: choose another file, nothing was written.").format(
                    name=name, path=path, what=taken[real]
                )
            )
        taken[real] = name
        if isinstance(definition, QgsProcessingParameterRasterDestination) and not path.lower().endswith(
            (".tif", ".tiff")
        ):
            raise ParameterError(
                tr("{name}: the raster is written as GeoTIFF: give a name that ends in .tif, not {path}.").format(
                    name=name, path=path
                )
            )
        _check_folder(name, path)


def destination_file(value, context):
    """The path of a file output, "" for anything else (no output, a temporary one, a table of a database)."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink
    value = as_given(value, context)
    if not isinstance(value, str) or value == QgsProcessing.TEMPORARY_OUTPUT:
        return ""
    if value.startswith(("ogr:", "memory:", "postgis:")) or "dbname=" in value:
        return ""
    return os.path.abspath(value) if value else ""


def _check_folder(name, path):
    folder = os.path.dirname(path)
    if os.path.isdir(path):
        raise ParameterError(
            tr("{name}: {path} is a folder: give the name of a file in it.").format(name=name, path=path)
        )
    if not os.path.isdir(folder):
        raise ParameterError(
            tr("{name}: the folder {folder} does not exist: create it, or choose another.").format(
                name=name, folder=folder
            )
        )
    try:  # asking the system for its permissions is not enough: root may do anything, except on a read-only disk
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ParameterError(
            tr("{name}: nothing can be written in the folder {folder} ({reason}): choose another.").format(
                name=name, folder=folder, reason=error.strerror
            )
        ) from error


def different_rasters(reference, target, bands):
    """Refuse one raster as both layers, unless ``bands`` (two numbers, 0: chosen by the engine) name two of it."""
    if is_same_source(reference, target) and (0 in bands or bands[0] == bands[1]):
        raise ParameterError(
            tr(
                "The reference and the target are the same raster ({name}): choose two different rasters, or two "
                "different bands of this one."
            ).format(name=reference.name())
        )


def rasters_that_meet(reference, target, context):
    """Refuse two rasters that share no ground by their georeferencing, of which nothing is read but the extents."""
    if are_apart(reference, target, context):
        raise ParameterError(sentence_of_apart(reference, target))


def vector_source(algorithm, parameters, name, context):
    """The source of a vector parameter, None where none was given. Raises QgsProcessingException. Main thread only."""
    if parameters.get(name) in (None, ""):
        return None
    source = algorithm.parameterAsSource(parameters, name, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, name))
    return source


def vector_file(algorithm, parameters, name, context):
    """The file behind a vector source, "" if there is none."""
    value = parameters.get(name)
    if isinstance(value, str) and os.path.exists(value.split("|")[0]):
        return value.split("|")[0]
    layer = algorithm.parameterAsVectorLayer(parameters, name, context) if value not in (None, "") else None
    return file_of(layer) if layer is not None else ""
