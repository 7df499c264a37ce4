"""The rasters of a layer of tie points: in the project, where the layer's metadata say, or beside it."""

from __future__ import annotations

import os

from qgis.core import QgsProject, QgsRasterLayer

from ..engine.errors import SentinelMatchError
from ..processing import provenance
from ..processing.layers import source_of
from ..processing.products import product_layer


def find_raster(points_layer, name):
    """``(layer, where)`` of the raster ``name`` (provenance.REFERENCE, TARGET).

    ``layer`` is of the project, or opened here, or None; ``where`` the place that the metadata name, "" if none.
    """
    link = provenance.link_of(provenance.metadata_of(points_layer), name)
    if link is None:
        return None, ""
    found = _in_project(link.url)
    if found is None:
        beside = os.path.join(os.path.dirname(points_layer.source().split("|")[0]), os.path.basename(link.url))
        found = _opened(link.url, link.format) or _in_project(beside) or _opened(beside, link.format)
    return found, link.url


def find_warped(points_layer):
    """A raster of the project that was warped by the match or the points of ``points_layer``; None if there is none.

    The newest where there are several.
    """
    target = provenance.link_of(provenance.metadata_of(points_layer), provenance.TARGET)
    if target is None:
        return None
    found = []
    for layer in QgsProject.instance().mapLayers().values():
        if isinstance(layer, QgsRasterLayer):
            metadata = provenance.metadata_of(layer)
            link = provenance.link_of(metadata, provenance.TARGET)
            if link is not None and _same(link.url, target.url):
                times = [entry for entry in metadata.history() if entry[:2] == "20"]
                found.append((max(times, default=""), layer))
    return max(found, key=lambda item: item[0])[1] if found else None


def _in_project(source):
    layers = QgsProject.instance().mapLayers().values()
    rasters = [layer for layer in layers if isinstance(layer, QgsRasterLayer) and layer.isValid()]
    return next((layer for layer in rasters if _same(source_of(layer)[0], source)), None)


def _same(one, other):
    if one == other:
        return True
    return os.path.exists(one) and os.path.exists(other) and os.path.realpath(one) == os.path.realpath(other)


def _opened(source, provider):
    """The raster at ``source``, None if there is none any more."""
    if provider == "gdal" and not source.startswith("/vsi") and ":" not in source[2:] and not os.path.exists(source):
        return None
    try:
        layer = product_layer(source) if provider == "gdal" else None
    except SentinelMatchError:
        return None
    if layer is None:
        title = os.path.splitext(os.path.basename(source))[0] if provider == "gdal" else source
        layer = QgsRasterLayer(source, title, provider or "gdal")
    return layer if layer.isValid() else None
