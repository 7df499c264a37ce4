"""``sentinelmatch:detectkeypoints``: places that one raster alone makes known, as points."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..engine.jobs import DETECTORS, MAX_KEYPOINTS, KeypointsJob
from . import checks, points, styling, tables
from . import parameters as define
from .algorithm import ParameterError, SentinelMatchAlgorithm
from .areas import write_area
from .engine_call import run_engine
from .layers import RasterSource, describe, provide
from .matching import engine_extent
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
        self.addParameter(define.band(self.BAND, tr("Band"), self.INPUT))
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
        self.addParameter(
            define.choice(
                self.DETECTOR,
                tr("Detector"),
                DETECTORS,
                "sift",
                tr(
                    "sift: blobs of any size, to a tenth of a pixel. akaze: fewer, at edges. orb: corners, at once. "
                    "aliked, disk, xfeat, superpoint: networks, whose weights must be in the model store."
                ),
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
        options = QgsProcessingParameterString(self.OPTIONS, tr("Options of the detector"), "", optional=True)
        options.setHelp(
            tr("name=value, with spaces between, such as contrast=0.005 for sift. A name that it has not is answered.")
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
        if parameters.get(self.AREA) not in (None, ""):
            inputs.append(checks.vector_file(self, parameters, self.AREA, context))
        checks.destinations(self, parameters, context, inputs)

    def collect(self, parameters, context, feedback):
        raster = checks.raster_layer(self, parameters, self.INPUT, context)
        area = None
        if parameters.get(self.AREA) not in (None, ""):
            area = self.parameterAsSource(parameters, self.AREA, context)
            if area is None:
                raise QgsProcessingException(self.invalidSourceError(parameters, self.AREA))
        names = (self.AREA_MODE, self.DETECTOR, self.DEVICE)
        choices = {name: checks.choice(self, parameters, name, context) for name in names}
        for name in (self.MAX_KEYPOINTS, self.SEED):
            choices[name] = checks.number_in_range(self, parameters, name, context)
        return KeypointsInputs(
            raster=describe(raster, feedback),
            band=checks.band_of(self, parameters, self.BAND, context, raster),
            extent=checks.extent_of(self, parameters, self.EXTENT, context, raster.crs()),
            area=area,
            choices=choices,
            options=self.parameterAsString(parameters, self.OPTIONS, context),
            python=engine_python(),
            model_folder=model_folder(),
        )

    # -- in the background ---------------------------------------------------------------------------------------------

    def work(self, collected, parameters, context, feedback, folder):
        chosen, area = collected.choices, None
        if collected.area is not None:
            area = write_area(collected.area, chosen[self.AREA_MODE], str(folder / "area.geojson"), feedback)
        raster = provide(collected.raster, None, collected.extent, 0.0, collected.band, folder, context, feedback)
        job = KeypointsJob(
            input=raster,
            extent=engine_extent(collected.extent),
            area=area,
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
            self.KEYPOINTS: self._sink(collected.raster, job.keypoints, parameters, context, feedback),
            self.KEYPOINT_FIGURE: job.figure if job.figure and os.path.exists(job.figure) else None,
            self.COUNT: outcome.count,
            self.MESSAGES: "\n".join(outcome.messages),
        }

    def _sink(self, raster, table, parameters, context, feedback):
        if parameters.get(self.KEYPOINTS) in (None, ""):
            return None
        path = checks.destination_file(parameters[self.KEYPOINTS], context)
        fields = tables.fields_of(FIELDS)
        crs = raster.crs if raster.crs.isValid() else QgsCoordinateReferenceSystem()
        with points.existing_file_kept(path):
            sink, destination = self.parameterAsSink(
                parameters, self.KEYPOINTS, context, fields, QgsWkbTypes.Type.Point, crs
            )
            if sink is None:
                raise QgsProcessingException(self.invalidSinkError(parameters, self.KEYPOINTS))
            written = 0
            for place, values in _rows(table):
                feature = QgsFeature(fields)
                feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*place)))
                feature.setAttributes(values)
                if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                    raise ParameterError(
                        tr("{name}: a feature could not be written: {error}.").format(
                            name=self.KEYPOINTS, error=sink.lastError() or "?"
                        )
                    )
                if feedback.isCanceled():
                    raise ParameterError(tr("The job was cancelled."))
                written += 1
            del sink  # closes the file
            if path:
                points.check_written(destination, written, self.KEYPOINTS)
        title = self.parameterDefinition(self.KEYPOINTS).description()
        styling.name_when_loaded(context, destination, title, f"{title}: {raster.name}")
        return destination


def _rows(path):
    """Of the engine's table, the place ``(x, y)`` and the attributes of each keypoint."""
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            values = [int(row["id"])]
            values += [float(row[name]) if row[name] else points.NULL for name in FIELDS if name != "id"]
            yield (float(row["x"]), float(row["y"])), values
