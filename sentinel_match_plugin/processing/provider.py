"""The provider: the list of algorithms."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..engine import __version__
from .assess_matchers import AssessMatchers
from .build_training_set import BuildTrainingSet
from .compare_scenes import CompareScenes
from .coregister import Coregister
from .detect_keypoints import DetectKeypoints
from .environment import Environment
from .example_models import NAMES, ExampleModel
from .match_rasters import MatchRasters
from .models import Models
from .prepare_sentinel2 import PrepareSentinel2
from .texts import icon_file, tr
from .train_matcher import TrainMatcher
from .warp_raster import WarpRaster

ALGORITHMS = (
    MatchRasters,
    WarpRaster,
    Coregister,
    AssessMatchers,
    CompareScenes,
    DetectKeypoints,
    Models,
    BuildTrainingSet,
    TrainMatcher,
    PrepareSentinel2,
    Environment,
)


class SentinelMatchProvider(QgsProcessingProvider):
    """Everything under *Sentinel Match* in the Toolbox."""

    def __init__(self):
        super().__init__()
        self.models = []
        # The steps of the models are of this provider and of others: they are known once those are registered.
        QgsApplication.processingRegistry().providerAdded.connect(self._attach_models)

    def _attach_models(self, provider=""):
        for model in self.models:
            model.attach()

    def id(self):
        return "sentinelmatch"

    def name(self):
        return tr("Sentinel Match")

    def longName(self):
        return f"{self.name()} {__version__}"

    def versionInfo(self):
        return __version__

    def icon(self):
        return QIcon(icon_file("sentinel_match"))

    def svgIconPath(self):
        return icon_file("sentinel_match")

    def loadAlgorithms(self):
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
        self.models = [ExampleModel(name) for name in NAMES]
        for model in self.models:
            self.addAlgorithm(model)

    def supportedOutputRasterLayerExtensions(self):
        """The engine writes cloud-optimised GeoTIFF and nothing else."""
        return ["tif", "tiff"]

    def defaultRasterFileExtension(self, hasRaster=True):
        return "tif"
