"""Sentinel Match: a QGIS plugin. This file is the door QGIS knocks at, and imports nothing until it does."""


def classFactory(iface):
    """The plugin object; ``iface`` is None under ``qgis_process``."""
    from .plugin import SentinelMatchPlugin

    return SentinelMatchPlugin(iface)
