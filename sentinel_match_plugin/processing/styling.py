"""How results look when QGIS loads them: names that say from which rasters they came, styles, where they came from."""

from __future__ import annotations

from collections import deque

from qgis.core import (
    Qgis,
    QgsMapLayer,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
    QgsRasterLayer,
    QgsReadWriteContext,
)
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtXml import QDomDocument

# QGIS takes no ownership of post-processors; without a reference here Python would delete them before they are called.
_alive: deque = deque(maxlen=200)


class _Dress(QgsProcessingLayerPostProcessorInterface):
    """Does ``dress(layer)`` to a loaded layer, and tells it where it came from. Called in the main thread."""

    def __init__(self, dress, metadata):
        super().__init__()
        self._dress, self._metadata = dress, metadata

    def postProcessLayer(self, layer, context, feedback):
        if self._metadata is not None:
            layer.setMetadata(self._metadata)
        if self._dress is not None:
            self._dress(layer)
        layer.triggerRepaint()
        if Qgis.QGIS_VERSION_INT < 34400 and layer.metadata().history():
            run = layer.metadata().history()[0]  # with the time: no other run has the same
            QTimer.singleShot(0, lambda: _raster_below_points(run))


def _raster_below_points(run):
    """Of the layers of one run, those of vectors come above the raster, which would hide them.

    Before QGIS 3.44 an algorithm has no reliable say in the order (3.22 has none; 3.40 turns it round when a layer is
    selected in the tree), so it is mended when a layer is there.
    """
    nodes = [
        node
        for node in QgsProject.instance().layerTreeRoot().findLayers()
        if node.layer() is not None and node.layer().metadata().history()[:1] == [run]
    ]
    for raster in [node for node in nodes if isinstance(node.layer(), QgsRasterLayer)]:
        group = raster.parent()
        rows = group.children()
        last = max((rows.index(node) for node in nodes if node in rows and node is not raster), default=-1)
        if last > rows.index(raster):
            group.insertChildNode(last + 1, raster.clone())
            group.removeChildNode(raster)


def dress_when_loaded(context, destination, title, name, dress=None, metadata=None, on_top=False):
    """``name``, look and metadata for a result, if QGIS is going to load it.

    ``title`` is what QGIS would call it by itself: a name that a model or the user gave it stays. ``dress`` takes the
    loaded layer.
    """
    if not context.willLoadLayerOnCompletion(destination):
        return
    processor = _Dress(dress, metadata)
    _alive.append(processor)
    details = context.layerToLoadOnCompletionDetails(destination)
    details.setPostProcessor(processor)
    if details.name in ("", title):
        details.name = name
    if on_top and Qgis.QGIS_VERSION_INT >= 34400:
        details.layerSortKey = 1  # above the raster (0), which would hide it


def do_not_load(context, destination):
    """A result that was announced but not made."""
    layers = context.layersToLoadOnCompletion()
    if layers.pop(destination, None) is not None:
        context.setLayersToLoadOnCompletion(layers)


# -- looks -------------------------------------------------------------------------------------------------------------


def with_renderer(make):
    """A ``dress`` that sets the renderer which ``make()`` returns.

    A clone of it, which Python has never seen: of rules made in Python, Python keeps addresses that it goes on using
    after QGIS has deleted them with the layer (a crash in QGIS 3.22).
    """
    return lambda layer: layer.setRenderer(make().clone())


def style_of(layer) -> str:
    """The symbology of ``layer`` as text that travels between threads. Main thread only."""
    document = QDomDocument()
    layer.exportNamedStyle(document, QgsReadWriteContext(), QgsMapLayer.StyleCategory.Symbology)
    return document.toString()


def as_raster(style, bands):
    """A ``dress`` that gives a raster the ``style`` of another one, which had as many ``bands``; an alpha band that the
    raster has besides (where all values are taken and none is left for nodata) goes on hiding what is not there.
    """

    def dress(layer):
        alpha = layer.renderer().alphaBand() if layer.renderer() is not None else -1
        added = layer.bandCount() == bands + 1 == alpha
        document = QDomDocument()
        if style and (layer.bandCount() == bands or added) and document.setContent(style):
            layer.importNamedStyle(document, QgsMapLayer.StyleCategory.Symbology)
            if added:
                layer.renderer().setAlphaBand(alpha)

    return dress
