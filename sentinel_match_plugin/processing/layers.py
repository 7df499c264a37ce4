"""From a QGIS raster layer to a file that the engine can open.

A layer with a file behind it goes by its path, never copied; where the user gave the layer another CRS or nodata than
the file has, by a VRT of a few lines that says so. A layer without a file (WMS, XYZ, ArcGIS, WCS, PostGIS, virtual, in
memory) is written to a temporary GeoTIFF over the area that matters.
"""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass, field
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsDistanceArea,
    QgsPointXY,
    QgsRasterBlock,
    QgsRasterBlockFeedback,
    QgsRasterFileWriter,
    QgsRasterPipe,
    QgsRectangle,
)

from ..engine.jobs import RasterInput
from .algorithm import ParameterError
from .products import PRODUCT
from .styling import style_of
from .texts import tr

# What is asked of a tile server at most: 6000 x 6000 pixels are some 550 tiles. Data without a file may be a whole
# Sentinel-2 tile and a little more.
MAX_IMAGE_PIXELS = 36_000_000
MAX_DATA_PIXELS = 150_000_000

# What ``publicSource`` leaves of web services.
_PASSWORD = re.compile(r"[&\s]?password=('[^']*'|[^&\s]*)")
_OPTION_MARKS = ("|option:", "|layername=", "|credential:", "|authcfg=")


@dataclass
class RasterSource:
    """All that a background thread needs of a layer, taken in the main thread.

    ``path`` is what GDAL opens, "" if there is no file; ``provider`` is a clone to read from then. ``pixel`` is the
    pixel size ``(x, y)`` in ``crs`` units, None where the layer has no pixels of its own. ``overrides`` are what the
    user changed. ``public_source`` and ``provider_key`` say where it is, without passwords; ``style`` how it looks
    (styling.py).
    """

    name: str
    crs: QgsCoordinateReferenceSystem
    extent: QgsRectangle
    path: str = ""
    open_options: list = field(default_factory=list)
    overrides: dict = field(default_factory=dict)
    pixel: tuple[float, float] | None = None
    provider: Any = None
    is_image: bool = False
    public_source: str = ""
    provider_key: str = ""
    style: str = ""
    bands: int = 0


def describe(layer, feedback) -> RasterSource:
    """What is behind ``layer``. Main thread only."""
    provider = layer.dataProvider()
    source = RasterSource(layer.name(), layer.crs(), layer.extent(), path=file_of(layer), bands=layer.bandCount())
    source.public_source, source.provider_key = source_of(layer)
    if layer.width() > 0 and layer.height() > 0:  # 0 where the layer has no pixels of its own
        source.pixel = (layer.extent().width() / layer.width(), layer.extent().height() / layer.height())
    if source.path:
        source.open_options = [p[len("option:") :] for p in layer.source().split("|")[1:] if p.startswith("option:")]
        source.overrides = _overrides(layer, feedback)
        source.style = style_of(layer)
    else:
        source.provider = provider.clone()
        source.is_image = _gives_colours(provider)
    return source


def file_of(layer) -> str:
    """What GDAL or OGR opens for ``layer``: a path, a subdataset, a ``/vsi`` path; "" if there is no such thing.

    ``/vsimem`` and ``MEM`` live in the memory of QGIS, where the engine's process does not see them.
    """
    product = layer.customProperty(PRODUCT)
    if product:
        return product
    if layer.dataProvider() is None or layer.dataProvider().name() not in ("gdal", "ogr"):
        return ""
    path = layer.source()
    cut = min((i for i in (path.lower().find(mark) for mark in _OPTION_MARKS) if i >= 0), default=len(path))
    path = path[:cut]
    if "/vsimem/" in path or path.startswith("MEM:"):
        return ""
    return os.path.abspath(path) if os.path.exists(path) else path


def source_of(layer) -> tuple[str, str]:
    """Where the data of a layer are, without passwords, and the key of the provider that reads them."""
    path = file_of(layer)
    if path:
        return path, "gdal"
    return _PASSWORD.sub("", layer.publicSource()), layer.providerType()


def is_same_source(first, second) -> bool:
    """Whether two layers show the same file or service."""
    if first.id() == second.id():
        return True
    if first.customProperty(PRODUCT) and second.customProperty(PRODUCT):
        return first.source() == second.source()  # of the same images, whatever form of the product was named
    a, b = file_of(first), file_of(second)
    if a and b:
        return os.path.realpath(a) == os.path.realpath(b) if os.path.exists(a) else a == b
    return first.providerType() == second.providerType() and first.source() == second.source()


def provide(source: RasterSource, other: RasterSource | None, area, margin_m, band, folder, context, feedback):
    """The layer as ``RasterInput`` for the engine, written to a file in ``folder`` where it has none. Any thread.

    What is written covers ``area`` (rectangle and CRS), else the extent of ``other``, grown by ``margin_m`` metres for
    what is displaced across the border, at the layer's own pixel size, else at that of ``other``.
    """
    if source.path and not (source.overrides or source.open_options):
        return RasterInput(path=source.path, band=band, label=source.name)
    if source.path:
        path = _overriding_vrt(source, os.path.join(folder, f"{len(os.listdir(folder))}.vrt"))
    else:
        path = os.path.join(folder, f"{len(os.listdir(folder))}.tif")
        _write(source, other, area, margin_m, path, context, feedback)
    return RasterInput(path=path, band=band, label=source.name, source=source.name)


def crs_text(crs) -> str:
    """A CRS as the engine reads it: an EPSG code where it has one, else WKT; "" for none."""
    if not crs.isValid():
        return ""
    if crs.authid().startswith("EPSG:"):
        return crs.authid()
    return crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED)


def _gives_colours(provider):
    return QgsRasterBlock.typeIsColor(provider.dataType(1))


# -- what the user changed on a layer with a file ----------------------------------------------------------------------


def _overrides(layer, feedback):
    """CRS and nodata that the layer has and its file has not: ``{"crs": wkt, "nodata": {band: value or None}}``."""
    provider, changed = layer.dataProvider(), {}
    if layer.crs() != provider.crs():
        changed["crs"] = layer.crs().toWkt() if layer.crs().isValid() else ""
        feedback.pushInfo(
            tr("{name}: the layer's CRS {layer} is used, not its file's {file}.").format(
                name=layer.name(),
                layer=layer.crs().authid() or tr("(none)"),
                file=provider.crs().authid() or tr("(none)"),
            )
        )
    nodata = {}
    for band in range(1, layer.bandCount() + 1):
        own = provider.userNoDataValues(band)
        uses_file = provider.sourceHasNoDataValue(band) and provider.useSourceNoDataValue(band)
        if len(own) == 1 and own[0].min() == own[0].max() and not uses_file:
            nodata[band] = own[0].min()
        elif own:
            feedback.pushWarning(
                tr(
                    "{name}, band {band}: the additional nodata values set in the layer properties are not used: only "
                    "one value can be. Write them into the file first (gdal:translate)."
                ).format(name=layer.name(), band=band)
            )
        elif provider.sourceHasNoDataValue(band) and not uses_file:
            nodata[band] = None
    if nodata:
        changed["nodata"] = nodata
    return changed


def _overriding_vrt(source, path):
    from osgeo import gdal

    file = gdal.OpenEx(source.path, gdal.OF_RASTER, open_options=source.open_options)
    vrt = file and gdal.GetDriverByName("VRT").CreateCopy(path, file)
    if not vrt:
        raise ParameterError(tr("{name}: {path} cannot be opened.").format(name=source.name, path=source.path))
    if "crs" in source.overrides:
        vrt.SetProjection(source.overrides["crs"])
    for band, value in source.overrides.get("nodata", {}).items():
        if value is None:
            vrt.GetRasterBand(band).DeleteNoDataValue()
        else:
            vrt.GetRasterBand(band).SetNoDataValue(value)
    vrt.FlushCache()
    del vrt, file  # closing is what writes the VRT
    return path


# -- layers without a file ---------------------------------------------------------------------------------------------


def _write(source, other, area, margin_m, path, context, feedback):
    extent = _needed_extent(source, other, area, margin_m, context)
    pixel = source.pixel or _pixel_of_other(source, other, extent, context)
    columns, rows = max(1, math.ceil(extent.width() / pixel[0])), max(1, math.ceil(extent.height() / pixel[1]))
    limit = MAX_IMAGE_PIXELS if source.is_image else MAX_DATA_PIXELS
    if columns * rows > limit:
        raise ParameterError(
            tr(
                "{name} has no file, and {columns} x {rows} pixels of it would have to be fetched; at most {limit} "
                "million are: set a smaller EXTENT, or save the part you need as GeoTIFF and use that."
            ).format(name=source.name, columns=columns, rows=rows, limit=limit // 1_000_000)
        )
    extent = QgsRectangle(
        extent.xMinimum(),
        extent.yMaximum() - rows * pixel[1],
        extent.xMinimum() + columns * pixel[0],
        extent.yMaximum(),
    )
    feedback.pushInfo(
        tr("{name} has no file: {columns} x {rows} pixels of it are written to a temporary one.").format(
            name=source.name, columns=columns, rows=rows
        )
    )
    pipe = QgsRasterPipe()
    # Not a clone of the clone: in QGIS 3.22 that of a virtual raster reads freed memory.
    if not pipe.set(source.provider):
        raise ParameterError(tr("{name}: the layer cannot be read.").format(name=source.name))
    block_feedback = QgsRasterBlockFeedback()
    feedback.canceled.connect(block_feedback.cancel)
    writer = QgsRasterFileWriter(path)
    writer.setOutputFormat("GTiff")
    # The method got a new name, and a warning at the old one, in QGIS 3.44.
    set_options = getattr(writer, "setCreationOptions", None) or writer.setCreateOptions
    set_options(["TILED=YES", "COMPRESS=DEFLATE", "BIGTIFF=IF_SAFER"])
    error = writer.writeRaster(pipe, columns, rows, extent, source.crs, context.transformContext(), block_feedback)
    if feedback.isCanceled():
        raise ParameterError(tr("The job was cancelled."))
    code = int(getattr(error, "value", error))  # a number in QGIS 3.22, an enumeration later; 0 is success in all
    if code != 0:
        raise ParameterError(
            tr("{name}: the layer could not be written to a temporary file (error {error}; {details}).").format(
                name=source.name, error=code, details="; ".join(block_feedback.errors()) or path
            )
        )
    if block_feedback.errors():
        feedback.pushWarning(
            tr("{name}: parts could not be read: {details}").format(
                name=source.name, details="; ".join(dict.fromkeys(block_feedback.errors()))
            )
        )


def _needed_extent(source, other, area, margin_m, context):
    """In the CRS of ``source``: the area asked for and a margin, within the layer; on its pixel grid if it has one."""
    if area is not None:
        rectangle, crs = area
    elif other is not None and other.pixel is not None:
        rectangle, crs = other.extent, other.crs
    elif source.pixel is not None:
        rectangle, crs = source.extent, source.crs
    else:
        raise ParameterError(
            tr("{name} covers the world and has no pixels of its own: set EXTENT.").format(name=source.name)
        )
    try:
        needed = QgsCoordinateTransform(crs, source.crs, context.transformContext()).transformBoundingBox(rectangle)
    except QgsCsException as error:
        raise ParameterError(
            tr("{name}: the area cannot be expressed in the layer's CRS: {error}").format(name=source.name, error=error)
        ) from error
    # Of a margin wider than a quarter of the area, most would be fetched for nothing.
    margin = min(
        margin_m / metres_per_unit(source.crs, needed.center(), context), max(needed.width(), needed.height()) / 4
    )
    needed = (
        needed.buffered(margin).intersect(source.extent) if not source.extent.isEmpty() else needed.buffered(margin)
    )
    if needed.isEmpty():
        raise ParameterError(
            tr("{name} does not cover the area that is needed: it covers {extent} ({crs}).").format(
                name=source.name, extent=source.extent.toString(2), crs=source.crs.authid()
            )
        )
    if source.pixel is None:
        return needed
    (px, py), origin = source.pixel, source.extent
    x0 = origin.xMinimum() + math.floor((needed.xMinimum() - origin.xMinimum()) / px + 1e-6) * px
    y1 = origin.yMaximum() - math.floor((origin.yMaximum() - needed.yMaximum()) / py + 1e-6) * py
    return QgsRectangle(x0, needed.yMinimum(), needed.xMaximum(), y1)


def _pixel_of_other(source, other, extent, context):
    """A square pixel that covers as much ground as one of ``other``, in the units of ``source``'s CRS."""
    if other is None or other.pixel is None:
        raise ParameterError(
            tr(
                "Neither raster has pixels of its own: save {name} over the part you need as GeoTIFF, and use that."
            ).format(name=source.name)
        )
    transform = QgsCoordinateTransform(other.crs, source.crs, context.transformContext())
    centre = other.extent.center()
    steps = [
        centre,
        QgsPointXY(centre.x() + other.pixel[0], centre.y()),
        QgsPointXY(centre.x(), centre.y() + other.pixel[1]),
    ]
    at, right, up = (transform.transform(point) for point in steps)
    side = math.sqrt(at.distance(right) * at.distance(up))
    return side, side


def metres_per_unit(crs, place, context):
    """On the ground at ``place``: a metre of Web Mercator is much less than one away from the equator."""
    measure = QgsDistanceArea()
    measure.setSourceCrs(crs, context.transformContext())
    measure.setEllipsoid(crs.ellipsoidAcronym() or "EPSG:7030")
    unit = 1e-3 if crs.isGeographic() else 1.0
    metres = measure.measureLine(place, QgsPointXY(place.x(), place.y() + unit)) / unit
    return metres if metres > 0 else 1.0
