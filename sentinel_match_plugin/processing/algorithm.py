"""What every algorithm of the plugin has in common: look, help, and errors that are sentences."""

from __future__ import annotations

import shutil
import tempfile
import traceback
from contextlib import contextmanager
from pathlib import Path

from qgis.core import QgsProcessingAlgorithm, QgsProcessingException, QgsProcessingParameterRasterLayer
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QIcon

from ..engine.errors import SentinelMatchError
from .products import product_layer
from .settings import engine_python
from .texts import help_page, help_panel, icon_file, tr

# Where in the Toolbox: id -> title.
GROUPS = {
    "coregistration": "Co-registration",
    "scenes": "Scenes and products",
    "matchers": "Matchers and their weights",
    "engine": "Engine",
}


class ParameterError(SentinelMatchError):
    """A parameter cannot be used; the text says why and what to do."""


def engine_there(python: str) -> None:
    """Raise ParameterError with what to do where the engine's environment is missing; asked before a run begins."""
    from ..runtime import locate
    from ..runtime.errors import EngineError

    try:
        locate.find(python)
    except EngineError as error:
        raise ParameterError(str(error)) from error


class SentinelMatchAlgorithm(QgsProcessingAlgorithm):
    """A thin algorithm: ``check`` and ``collect`` run in the main thread, ``work`` in the background.

    Subclasses set the class constants and implement ``initAlgorithm``, ``check``, ``collect`` and ``work``. What
    ``collect`` returns is all that ``work`` gets; nothing else outlives a step.
    """

    ID = ""
    TITLE = ""
    SUMMARY = ""
    TAGS = ""
    ICON = "sentinel_match"
    GROUP = "coregistration"  # of GROUPS
    NEEDS_ENGINE = True

    def check(self, parameters, context):
        """Raise ParameterError when the parameters cannot work, whoever calls (dialog, model, batch, command line)."""

    def left_to_qgis(self, parameters):
        """The parameters as QGIS is to check them, which refuses a layer that it cannot open."""
        return parameters

    def collect(self, parameters, context, feedback):
        """Resolve layers and sources, which only the main thread may do. Returns whatever ``work`` needs."""
        raise NotImplementedError

    def work(self, collected, parameters, context, feedback, folder):
        """Do it, and return every declared output. ``folder`` is a temporary ``Path``, gone afterwards."""
        raise NotImplementedError

    def as_qgis_knows_it(self, parameters):
        """The parameters for QGIS's own check: it takes a Sentinel-2 product for no raster, so here it is a layer."""
        rasters = [p.name() for p in self.parameterDefinitions() if isinstance(p, QgsProcessingParameterRasterLayer)]
        layers = {name: product_layer(parameters.get(name)) for name in rasters}
        return {**parameters, **{name: layer for name, layer in layers.items() if layer is not None}}

    # -- what QGIS asks ------------------------------------------------------------------------------------------------

    def createInstance(self):
        return type(self)()

    def name(self):
        return self.ID

    def displayName(self):
        return tr(self.TITLE)

    def group(self):
        return tr(GROUPS[self.GROUP])

    def groupId(self):
        return self.GROUP

    def tags(self):
        return [tag.strip() for tag in tr(self.TAGS).split(",")]

    def icon(self):
        return QIcon(icon_file(self.ICON))

    def svgIconPath(self):
        return icon_file(self.ICON)

    def shortDescription(self):
        return tr(self.SUMMARY)

    def shortHelpString(self):
        return help_panel(self.ID)

    def helpUrl(self):
        return QUrl.fromLocalFile(str(help_page(self.ID))).toString()

    def createCustomParametersWidget(self, parent=None):
        """QGIS asks for the dialog; without a window system, or where it is another than known, it makes its own."""
        try:
            from ..gui.algorithm_dialog import SentinelMatchDialog
        except ImportError:
            return None
        return SentinelMatchDialog(self, parent)

    def checkParameterValues(self, parameters, context):
        try:
            self.check(parameters, context)
            if self.NEEDS_ENGINE:
                engine_there(engine_python())
            parameters = self.as_qgis_knows_it(parameters)
        except SentinelMatchError as error:
            return False, str(error)
        return super().checkParameterValues(self.left_to_qgis(parameters), context)

    def prepareAlgorithm(self, parameters, context, feedback):
        with _errors_for_people(feedback):
            self.check(parameters, context)  # children of a model get here without checkParameterValues
            self._collected = self.collect(parameters, context, feedback)
        return True

    def processAlgorithm(self, parameters, context, feedback):
        collected, self._collected = self._collected, None
        with _errors_for_people(feedback), _temporary_folder() as folder:
            return self.work(collected, parameters, context, feedback, folder)


@contextmanager
def _errors_for_people(feedback):
    """Every exception leaves as a QgsProcessingException: Processing prints the traceback of any other to the user."""
    try:
        yield
    except QgsProcessingException:
        raise
    except SentinelMatchError as error:
        raise QgsProcessingException(str(error)) from error
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise QgsProcessingException(
            tr("A file could not be read or written: {reason}{where}.").format(
                reason=error.strerror or error, where=where
            )
        ) from error
    except Exception as error:
        feedback.pushDebugInfo(traceback.format_exc())
        raise QgsProcessingException(
            tr(
                "Something went wrong inside Sentinel Match ({kind}: {error}). Please report it with the log above."
            ).format(kind=type(error).__name__, error=error)
        ) from error


@contextmanager
def _temporary_folder():
    folder = Path(tempfile.mkdtemp(prefix="sentinel-match-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # a file still open on Windows is left to the system's own cleaning
