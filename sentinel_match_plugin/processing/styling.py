"""How results look when QGIS loads them: names that say from which rasters they came, styles, where they came from."""

from __future__ import annotations

from collections import deque

from qgis.core import Qgis, QgsMapLayer, QgsProcessingLayerPostProcessorInterface, QgsReadWriteContext
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
        # Above the raster (0), which would hide it. QGIS 3.40 knows the key too, but turns the order round when a
        # layer is selected in the tree; 3.22 has none.
        details.layerSortKey = 1


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
    """A ``dress`` that gives a raster the ``style`` of another one, which had as many ``bands``."""

    def dress(layer):
        document = QDomDocument()
        if style and layer.bandCount() == bands and document.setContent(style):
            layer.importNamedStyle(document, QgsMapLayer.StyleCategory.Symbology)

    return dress
