"""``sentinelmatch:comparescenes``: which of many scenes show the same place?"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingUtils,
)

from ..engine.jobs import SAME_PLACE_THRESHOLD, SCENE_MATCHERS, CompareScenesJob, RasterInput
from . import checks, sinks
from . import parameters as define
from .algorithm import ParameterError, SentinelMatchAlgorithm
from .areas import named_area, write_area
from .engine_call import files_written, run_engine
from .layers import describe, file_of, provide
from .settings import engine_python, model_folder
from .texts import tr

# name -> type of the field; the engine's table has the same columns (engine/scenes/table.py)
FIELDS = {
    "scene_a": "String",
    "scene_b": "String",
    "similarity": "Double",
    "inliers": "Int",
    "shift_x": "Double",
    "shift_y": "Double",
    "same_place": "Bool",
    "shift_unit": "String",
    "note": "String",
}


@dataclass
class ScenesInputs:
    """Everything a comparison needs, resolved in the main thread: ``scenes`` are RasterSource or paths."""

    scenes: list
    area: Any
    named_area: str
    choices: dict
    folder: str
    cache: str
    python: str
    model_folder: str


class CompareScenes(SentinelMatchAlgorithm):
    """All pairs of many scenes."""

    ID = "comparescenes"
    TITLE = "Compare scenes"
    SUMMARY = "Compares all pairs of many scenes and says which of them show the same place."
    TAGS = "compare,scenes,similarity,matrix,all pairs,same place,duplicates,time series,heat map,tie points,season"
    ICON = "comparescenes"
    GROUP = "scenes"

    INPUTS, FOLDER, AREA, AREA_MODE = "INPUTS", "FOLDER", "AREA", "AREA_MODE"
    MATCHER, THRESHOLD, MAX_SHIFT, MIN_OVERLAP = "MATCHER", "THRESHOLD", "MAX_SHIFT", "MIN_OVERLAP"
    DEVICE, SEED, CACHE = "DEVICE", "SEED", "CACHE"
    PAIRS, MATRIX_FIGURE, REPORT = "PAIRS", "MATRIX_FIGURE", "REPORT"
    COUNT, SAME_PLACE, SCENES, UNUSABLE = "COUNT", "SAME_PLACE", "SCENES", "UNUSABLE"
    PLACES, MESSAGES = "PLACES", "MESSAGES"

    def initAlgorithm(self, configuration=None):
        inputs = QgsProcessingParameterMultipleLayers(
            self.INPUTS, tr("Scenes"), QgsProcessing.SourceType.TypeRaster, optional=True
        )
        inputs.setHelp(
            tr(
                "Rasters of any dates, sensors and sizes, with or without a CRS. A file that cannot be read is a "
                "warning and rows that name it."
            )
        )
        self.addParameter(inputs)
        folder = QgsProcessingParameterFile(
            self.FOLDER, tr("Folder of scenes"), QgsProcessingParameterFile.Behavior.Folder, optional=True
        )
        folder.setHelp(tr("All rasters of this folder, besides those named above; not of folders within it."))
        self.addParameter(folder)
        self.addParameter(
            define.area(
                self.AREA,
                tr(
                    "Polygons to which the comparison is limited, in any CRS: a layer, its selected features, or a "
                    "file. A GeoJSON file that names no CRS is in longitude and latitude. Scenes that none of them "
                    "touches are left out; scenes without a CRS need polygons in their pixels."
                ),
            )
        )
        self.addParameter(define.area_mode(self.AREA_MODE))
        self._add_settings()
        self._add_outputs()

    def _add_settings(self):
        self.addParameter(
            define.choice(
                self.MATCHER,
                tr("Matcher"),
                SCENE_MATCHERS,
                "auto",
                tr(
                    "auto, structure: lays the directions of edges over each other in every position; finds snow and "
                    "summer alike, for scenes of like orientation. The others find keypoints once a scene and look "
                    "for one motion between those of two: any rotation and scale, but one season."
                ),
                "scene_matchers",
            )
        )
        self.addParameter(
            define.number(
                self.THRESHOLD,
                tr("Same place from this similarity (0 to 1)"),
                SAME_PLACE_THRESHOLD,
                tr(
                    "Pairs of at least this similarity are taken for the same place. The default was measured: no pair "
                    "of different places came near it. Lower it to find more pairs of mostly cloudy scenes."
                ),
                minimum=0.0,
                maximum=1.0,
            )
        )
        self.addParameter(define.advanced(define.max_shift(self.MAX_SHIFT)))
        self.addParameter(
            define.advanced(
                define.number(
                    self.MIN_OVERLAP,
                    tr("Least overlap (share of the smaller scene, 0.05 to 1)"),
                    0.25,
                    tr(
                        "What two scenes must show in common to count as one place. Neighbouring Sentinel-2 tiles "
                        "share a tenth."
                    ),
                    minimum=0.05,
                    maximum=1.0,
                )
            )
        )
        self.addParameter(define.device(self.DEVICE))
        self.addParameter(define.seed(self.SEED))
        cache = QgsProcessingParameterFile(
            self.CACHE, tr("Cache"), QgsProcessingParameterFile.Behavior.Folder, optional=True
        )
        cache.setHelp(
            tr(
                "A folder that keeps what is done, so that a stopped run goes on and another with more scenes begins "
                "with what is known. Left empty: one beside the table of pairs, until that is written."
            )
        )
        self.addParameter(define.advanced(cache))

    def _add_outputs(self):
        self.addParameter(
            define.vector_output(
                self.PAIRS,
                tr("Pairs of scenes"),
                QgsProcessing.SourceType.TypeVector,
                tr("One row a pair: similarity, inliers, shift, and whether both show the same place."),
                by_default=True,
            )
        )
        self.addParameter(
            define.file_output(
                self.MATRIX_FIGURE,
                tr("Heat map"),
                tr("PNG files (*.png)"),
                tr("The similarity of all pairs, scenes of one place together, by date."),
            )
        )
        self.addParameter(
            define.file_output(
                self.REPORT,
                tr("Report"),
                tr("HTML files (*.html)"),
                tr("The heat map, the places, and pairs to look at with what agrees drawn in, in one file."),
                by_default=True,
            )
        )
        for name, title in (
            (self.COUNT, tr("Number of pairs")),
            (self.SAME_PLACE, tr("Number of pairs of the same place")),
            (self.SCENES, tr("Number of scenes")),
            (self.UNUSABLE, tr("Number of scenes that could not be compared")),
            (self.PLACES, tr("Number of places with at least two scenes")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))
        self.addOutput(QgsProcessingOutputString(self.MESSAGES, tr("Messages")))

    # -- in the main thread --------------------------------------------------------------------------------------------

    def check(self, parameters, context):
        values = self._values(parameters, context)
        folder = self.parameterAsString(parameters, self.FOLDER, context)
        if folder and not os.path.isdir(folder):
            raise ParameterError(tr("FOLDER: the folder {folder} does not exist.").format(folder=folder))
        if not folder and len(values) < 2:
            raise ParameterError(tr("INPUTS, FOLDER: give at least two rasters, or a folder of them."))
        for name in (self.AREA_MODE, self.MATCHER, self.DEVICE):
            checks.choice(self, parameters, name, context)
        for name in (self.THRESHOLD, self.MAX_SHIFT, self.MIN_OVERLAP, self.SEED):
            checks.number_in_range(self, parameters, name, context)
        inputs = [file_of(value) if isinstance(value, QgsMapLayer) else value for value in values]
        inputs.append(checks.vector_file(self, parameters, self.AREA, context))
        checks.destinations(self, parameters, context, inputs)

    def left_to_qgis(self, parameters):
        """Without the scenes: one file among fifty that cannot be opened is no reason to refuse them all."""
        return {name: value for name, value in parameters.items() if name != self.INPUTS}

    def collect(self, parameters, context, feedback):
        names = (self.AREA_MODE, self.MATCHER, self.DEVICE)
        choices = {name: checks.choice(self, parameters, name, context) for name in names}
        for name in (self.THRESHOLD, self.MAX_SHIFT, self.MIN_OVERLAP, self.SEED):
            choices[name] = checks.number_in_range(self, parameters, name, context)
        return ScenesInputs(
            scenes=[self._source(value, feedback) for value in self._values(parameters, context)],
            area=checks.vector_source(self, parameters, self.AREA, context),
            named_area=named_area(self, parameters, self.AREA, context),
            choices=choices,
            folder=self.parameterAsString(parameters, self.FOLDER, context),
            cache=self.parameterAsString(parameters, self.CACHE, context),
            python=engine_python(),
            model_folder=model_folder(),
        )

    def _values(self, parameters, context):
        """Of INPUTS, layers of the project as such, and everything else as it was given: a path, readable or not."""
        given = checks.as_given(parameters.get(self.INPUTS), context)
        if given in (None, ""):
            return []
        if isinstance(given, str):
            given = [given] if os.path.exists(given) else given.split(";")
        found = []
        for value in [given] if isinstance(given, QgsMapLayer) else given:
            if isinstance(value, str) and not os.path.exists(value):
                layer = QgsProcessingUtils.mapLayerFromString(value, context, False)  # of the project, by name or id
                value = layer if layer is not None else value.strip()
            if value not in (None, ""):
                found.append(value)
        return found

    def _source(self, value, feedback):
        if not isinstance(value, QgsMapLayer):
            return os.path.abspath(value) if os.path.exists(value) else value
        source = describe(value, feedback)
        if not source.path:
            raise ParameterError(
                tr("INPUTS: {name} has no file behind it: save it as a raster first.").format(name=source.name)
            )
        return source

    # -- in the background ---------------------------------------------------------------------------------------------

    def work(self, collected, parameters, context, feedback, folder):
        chosen = collected.choices
        scenes = [
            RasterInput(scene)
            if isinstance(scene, str)
            else provide(scene, None, None, 0.0, 0, folder, context, feedback)
            for scene in collected.scenes
        ]
        table = checks.destination_file(parameters.get(self.PAIRS), context)
        beside = f"{os.path.splitext(table)[0]}.scenes-cache" if table else ""
        job = CompareScenesJob(
            inputs=tuple(scenes),
            folder=collected.folder,
            area=write_area(
                collected.area, chosen[self.AREA_MODE], str(folder / "area.geojson"), feedback, collected.named_area
            ),
            matcher=chosen[self.MATCHER],
            threshold=float(chosen[self.THRESHOLD]),
            max_shift_m=float(chosen[self.MAX_SHIFT]),
            min_overlap=float(chosen[self.MIN_OVERLAP]),
            device=chosen[self.DEVICE],
            seed=int(chosen[self.SEED]),
            model_folder=collected.model_folder,
            cache=collected.cache or beside,
            keep_cache=bool(collected.cache),
            pairs=str(folder / "pairs.csv"),
            matrix_figure=self.parameterAsFileOutput(parameters, self.MATRIX_FIGURE, context),
            report=self.parameterAsFileOutput(parameters, self.REPORT, context),
        )
        outcome = run_engine(job, collected.python, feedback)
        rows = sinks.rows_of(job.pairs, FIELDS)
        results = {
            self.PAIRS: sinks.write(self, self.PAIRS, FIELDS, rows, parameters, context, feedback),
            self.COUNT: outcome.count,
            self.SAME_PLACE: outcome.same_place,
            self.SCENES: outcome.scenes,
            self.UNUSABLE: outcome.unusable,
            self.PLACES: outcome.places,
            self.MESSAGES: "\n".join(outcome.messages),
            **files_written({self.MATRIX_FIGURE: job.matrix_figure, self.REPORT: job.report}),
        }
        said = tr("{same} of {count} pairs show the same place; {places} places with at least two scenes.")
        feedback.pushInfo(said.format(same=outcome.same_place, count=outcome.count, places=outcome.places))
        return results
