"""How results look when QGIS loads them: names that say from which rasters they came, and styles."""

from __future__ import annotations

from collections import deque

from qgis.core import Qgis, QgsMapLayer, QgsProcessingLayerPostProcessorInterface

from .texts import PLUGIN_FOLDER

# QGIS takes no ownership of post-processors; without a reference here Python would delete them before they are called.
_alive: deque = deque(maxlen=200)


class _Style(QgsProcessingLayerPostProcessorInterface):
    """Gives a loaded layer the style of a file. Called in the main thread."""

    def __init__(self, path):
        super().__init__()
        self._path = path

    def postProcessLayer(self, layer, context, feedback):
        message, fine = layer.loadNamedStyle(self._path, categories=QgsMapLayer.StyleCategory.Symbology)
        if not fine:
            feedback.pushWarning(message)
        layer.triggerRepaint()


def style_when_loaded(context, destination, style, title, name):
    """``name`` and the style ``styles/<style>.qml`` for a result, if QGIS is going to load it."""
    if context.willLoadLayerOnCompletion(destination):
        processor = _Style(str(PLUGIN_FOLDER / "processing" / "styles" / f"{style}.qml"))
        _alive.append(processor)
        details = context.layerToLoadOnCompletionDetails(destination)
        details.setPostProcessor(processor)
        if Qgis.QGIS_VERSION_INT >= 34400:
            # Above the raster (0), which would hide it. QGIS 3.40 knows the key too, but turns the order round when a
            # layer is selected in the tree; 3.22 has none.
            details.layerSortKey = 1
        name_when_loaded(context, destination, title, name)


def name_when_loaded(context, destination, title, name):
    """``name`` for a result, unless a model or the user gave it one: ``title`` is what QGIS would call it by itself."""
    if context.willLoadLayerOnCompletion(destination):
        details = context.layerToLoadOnCompletionDetails(destination)
        if details.name in ("", title):
            details.name = name


def do_not_load(context, destination):
    """A result that was announced but not made."""
    layers = context.layersToLoadOnCompletion()
    if layers.pop(destination, None) is not None:
        context.setLayersToLoadOnCompletion(layers)
