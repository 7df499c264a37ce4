"""``sentinelmatch:detectkeypoints``: places that one raster alone makes known, as points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..engine.jobs import DETECTORS, MAX_KEYPOINTS, KeypointsJob
from . import checks, provenance, sinks, styling
from . import parameters as define
from .algorithm import SentinelMatchAlgorithm
from .areas import engine_extent, write_area
from .engine_call import files_written, run_engine
from .layers import RasterSource, describe, provide
from .settings import engine_python, model_folder
from .texts import tr

# name -> type of the field; the engine's table has these columns besides x and y (engine/keypoints/table.py)
FIELDS = {
    "id": "Int",
    "response": "Double",
    "scale": "Double",
    "angle": "Double",
    "column": "Double",
    "row": "Double",
}


@dataclass
class KeypointsInputs:
    """Everything that finding keypoints takes, resolved in the main thread."""

    raster: RasterSource
    band: int
    extent: tuple | None
    area: Any
    choices: dict
    options: str
    python: str
    model_folder: str
    origin: provenance.Origin


class DetectKeypoints(SentinelMatchAlgorithm):
    """Find keypoints in one raster."""

    ID = "detectkeypoints"
    TITLE = "Detect keypoints"
    SUMMARY = "Finds keypoints in one raster, spread over it, as points with response, scale and angle."
    TAGS = "keypoints,features,detector,sift,akaze,orb,aliked,disk,xfeat,superpoint,corners,blobs,tie points"
    ICON = "detectkeypoints"
    GROUP = "matchers"

    INPUT, BAND, EXTENT, AREA, AREA_MODE = "INPUT", "BAND", "EXTENT", "AREA", "AREA_MODE"
    DETECTOR, MAX_KEYPOINTS, OPTIONS = "DETECTOR", "MAX_KEYPOINTS", "OPTIONS"
    DEVICE, SEED, KEYPOINTS, KEYPOINT_FIGURE = "DEVICE", "SEED", "KEYPOINTS", "KEYPOINT_FIGURE"
    COUNT, MESSAGES = "COUNT", "MESSAGES"

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            define.raster(self.INPUT, tr("Raster"), tr("Of any size, with or without a CRS; it is read tile by tile."))
        )
        self.addParameter(
            define.choice(
                self.DETECTOR,
                tr("Detector"),
                DETECTORS,
                "sift",
                tr(
                    "sift: blobs of any size, to a tenth of a pixel. akaze: fewer, at edges. orb: corners, fastest. "
                    "aliked, disk, xfeat, superpoint: networks, whose weights must be in the model store."
                ),
                "detectors",
            )
        )
        self.addParameter(
            define.number(
                self.MAX_KEYPOINTS,
                tr("Most keypoints (0 = all)"),
                MAX_KEYPOINTS,
                tr("The strongest of each part of the raster are kept, so that a city does not take them all."),
                minimum=0,
                integer=True,
            )
        )
        self.addParameter(define.extent(self.EXTENT, tr("Keypoints are looked for in this rectangle. Any CRS.")))
        self.addParameter(
            define.area(
                self.AREA,
                tr(
                    "Polygons within which keypoints are kept, in any CRS: a layer, its selected features, or a file. "
                    "A GeoJSON file that names no CRS is in longitude and latitude."
                ),
            )
        )
        self.addParameter(define.area_mode(self.AREA_MODE))
        band_help = tr(
            "The band to look at. Left empty, it is chosen by name and wavelength: red, else near infrared, else gray. "
            "The log says which."
        )
        self.addParameter(define.advanced(define.band(self.BAND, tr("Band"), self.INPUT, band_help)))
        options = QgsProcessingParameterString(self.OPTIONS, tr("Options of the detector"), "", optional=True)
        options.setHelp(
            tr(
                "name=value, with spaces between, such as contrast=0.005 for sift. A name that the detector does not "
                "know is refused, with a list of those that it does."
            )
        )
        self.addParameter(define.advanced(options))
        self.addParameter(define.device(self.DEVICE))
        self.addParameter(define.seed(self.SEED))
        self.addParameter(
            define.vector_output(
                self.KEYPOINTS,
                tr("Keypoints"),
                QgsProcessing.SourceType.TypeVectorPoint,
                tr("Points in the CRS of the raster; of a raster without one, where QGIS shows it."),
                by_default=True,
            )
        )
        self.addParameter(
            define.file_output(
                self.KEYPOINT_FIGURE,
                tr("Keypoint figure"),
                tr("PNG files (*.png)"),
                tr("The raster with its keypoints as circles of their size, coloured by response."),
            )
        )
        self.addOutput(QgsProcessingOutputNumber(self.COUNT, tr("Number of keypoints")))
        self.addOutput(QgsProcessingOutputString(self.MESSAGES, tr("Messages")))

    # -- in the main thread --------------------------------------------------------------------------------------------

    def check(self, parameters, context):
        raster = checks.raster_layer(self, parameters, self.INPUT, context)
        checks.band_of(self, parameters, self.BAND, context, raster)
        checks.extent_of(self, parameters, self.EXTENT, context, raster.crs())
        for name in (self.AREA_MODE, self.DETECTOR, self.DEVICE):
            checks.choice(self, parameters, name, context)
        for name in (self.MAX_KEYPOINTS, self.SEED):
            checks.number_in_range(self, parameters, name, context)
        inputs = [checks.file_of(raster)]
        inputs.append(checks.vector_file(self, parameters, self.AREA, context))
        checks.destinations(self, parameters, context, inputs)

    def collect(self, parameters, context, feedback):
        raster = checks.raster_layer(self, parameters, self.INPUT, context)
        names = (self.AREA_MODE, self.DETECTOR, self.DEVICE)
        choices = {name: checks.choice(self, parameters, name, context) for name in names}
        for name in (self.MAX_KEYPOINTS, self.SEED):
            choices[name] = checks.number_in_range(self, parameters, name, context)
        return KeypointsInputs(
            raster=describe(raster, feedback),
            band=checks.band_of(self, parameters, self.BAND, context, raster),
            extent=checks.extent_of(self, parameters, self.EXTENT, context, raster.crs()),
            area=checks.vector_source(self, parameters, self.AREA, context),
            choices=choices,
            options=self.parameterAsString(parameters, self.OPTIONS, context),
            python=engine_python(),
            model_folder=model_folder(),
            origin=provenance.origin_of(self, parameters, context),
        )

    # -- in the background ---------------------------------------------------------------------------------------------

    def work(self, collected, parameters, context, feedback, folder):
        chosen = collected.choices
        raster = provide(collected.raster, None, collected.extent, 0.0, collected.band, folder, context, feedback)
        job = KeypointsJob(
            input=raster,
            extent=engine_extent(collected.extent),
            area=write_area(collected.area, chosen[self.AREA_MODE], str(folder / "area.geojson"), feedback),
            detector=chosen[self.DETECTOR],
            max_keypoints=int(chosen[self.MAX_KEYPOINTS]),
            options=collected.options,
            device=chosen[self.DEVICE],
            seed=int(chosen[self.SEED]),
            model_folder=collected.model_folder,
            keypoints=str(folder / "keypoints.csv"),
            figure=self.parameterAsFileOutput(parameters, self.KEYPOINT_FIGURE, context),
        )
        outcome = run_engine(job, collected.python, feedback)
        return {
            self.KEYPOINTS: self._sink(collected, job.keypoints, outcome, parameters, context, feedback),
            **files_written({self.KEYPOINT_FIGURE: job.figure}),
            self.COUNT: outcome.count,
            self.MESSAGES: "\n".join(outcome.messages),
        }

    def _sink(self, collected, table, outcome, parameters, context, feedback):
        raster, origin = collected.raster, collected.origin
        rows = sinks.rows_of(table, {**FIELDS, "x": "Double", "y": "Double"})
        point = QgsWkbTypes.Type.Point
        destination = sinks.write(
            self, self.KEYPOINTS, FIELDS, rows, parameters, context, feedback, point, _point_of, raster.crs
        )
        if destination is not None:
            title = self.parameterDefinition(self.KEYPOINTS).description()
            name = f"{title}: {raster.name}"
            origin.links = [provenance.raster_link(provenance.RASTER, raster)]
            origin.history += outcome.messages
            abstract = tr("Keypoints of {raster}, found by {detector}.").format(
                raster=raster.name, detector=outcome.detector
            )
            metadata = origin.metadata(name, abstract, raster.crs)
            provenance.keep(destination, "ogr", metadata, context, feedback)
            styling.dress_when_loaded(context, destination, title, name, metadata=metadata)
        return destination


def _point_of(row):
    return QgsGeometry.fromPointXY(QgsPointXY(row["x"], row["y"]))
