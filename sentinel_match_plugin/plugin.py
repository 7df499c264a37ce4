"""What QGIS asks of a plugin: start, with or without a window, and stop."""

from __future__ import annotations

from qgis.core import QgsApplication

from .processing.provider import SentinelMatchProvider


class SentinelMatchPlugin:
    """Adds the Processing provider to QGIS and takes it away again."""

    def __init__(self, iface=None):
        """``iface`` is the QGIS window, None under ``qgis_process``."""
        self.iface = iface
        self.provider = None
        self.window = None
        self.engine_gui = None

    def initProcessing(self):
        """Called alone by ``qgis_process``, which has no window."""
        if self.provider is None:
            self.provider = SentinelMatchProvider()
            QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self):
        """Called by the QGIS window."""
        self.initProcessing()
        from .gui.engine_gui import EngineGui
        from .gui.window import Window

        self.window = Window(self.iface)
        self.engine_gui = EngineGui(self.iface)
        self.engine_gui.start()

    def unload(self):
        """Remove what was added and let the engine's process, if one was started, end."""
        if self.engine_gui is not None:
            self.engine_gui.stop()
            self.engine_gui = None
        if self.window is not None:
            self.window.close()
            self.window = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        from .processing.engine_call import stop_engine

        stop_engine()
