"""``sentinelmatch:buildtrainingset``: co-registered dates of places, made ready to train a matcher on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
    QgsProcessingUtils,
)

from ..engine.jobs import RADIOMETRIES, BuildTrainingSetJob
from . import checks
from . import parameters as define
from .algorithm import ParameterError, SentinelMatchAlgorithm
from .areas import write_area
from .engine_call import run_engine
from .layers import file_of
from .settings import engine_python
from .texts import tr

DEFAULT = BuildTrainingSetJob((), "")


@dataclass
class TrainingSetInputs:
    """Everything the job needs, resolved in the main thread. ``scenes`` are paths."""

    scenes: tuple
    area: Any
    values: dict
    python: str


class BuildTrainingSet(SentinelMatchAlgorithm):
    """Tiles of places at several dates, their offsets measured, split by place."""

    ID = "buildtrainingset"
    TITLE = "Build training set"
    SUMMARY = "Cuts co-registered dates of places into tiles that a matcher can be trained on."
    TAGS = "training set,data set,tiles,patches,deep learning,network,dates,season,time series,split,tie points"
    ICON = "buildtrainingset"
    GROUP = "matchers"

    SCENES, SCENES_FOLDER, TILE_SIZE, STRIDE, AREA = "SCENES", "SCENES_FOLDER", "TILE_SIZE", "STRIDE", "AREA"
    RADIOMETRY, SNOW_THRESHOLD, SUMMER_THRESHOLD = "RADIOMETRY", "SNOW_THRESHOLD", "SUMMER_THRESHOLD"
    SEASONS, MASK_CLOUDS, MAX_INVALID = "SEASONS", "MASK_CLOUDS", "MAX_INVALID"
    VALIDATION_PLACES, TEST_PLACES, VALIDATION_SHARE = "VALIDATION_PLACES", "TEST_PLACES", "VALIDATION_SHARE"
    PLACE, PIXEL_SIZE, OFFSETS, CONTACT_SHEET = "PLACE", "PIXEL_SIZE", "OFFSETS", "CONTACT_SHEET"
    DEVICE, SEED, FOLDER, INDEX = "DEVICE", "SEED", "FOLDER", "INDEX"
    PLACES, DATES, TILES, TRAIN, VALIDATION, TEST = "PLACES", "DATES", "TILES", "TRAIN", "VALIDATION", "TEST"
    REJECTED, UNKNOWN_OFFSETS, SHEET, MESSAGES = "REJECTED", "UNKNOWN_OFFSETS", "SHEET", "MESSAGES"
    NUMBERS = (TILE_SIZE, STRIDE, SNOW_THRESHOLD, SUMMER_THRESHOLD, MAX_INVALID, VALIDATION_SHARE, PIXEL_SIZE, SEED)
    TEXTS = (SEASONS, VALIDATION_PLACES, TEST_PLACES, PLACE)
    SWITCHES = (MASK_CLOUDS, OFFSETS, CONTACT_SHEET)

    def initAlgorithm(self, configuration=None):
        scenes = QgsProcessingParameterMultipleLayers(
            self.SCENES, tr("Scenes (rasters, products, folders)"), QgsProcessing.SourceType.TypeFile, optional=True
        )
        scenes.setHelp(
            tr(
                "Dates that lie on one pixel grid: rasters, Sentinel-2 products (zip or MTD file), or folders of any "
                "of these, one for each place or one for all. The help says which layouts are known."
            )
        )
        self.addParameter(scenes)
        folder = QgsProcessingParameterFile(
            self.SCENES_FOLDER, tr("Folder of scenes"), QgsProcessingParameterFile.Behavior.Folder, optional=True
        )
        folder.setHelp(tr("A folder of places or of dates, besides the scenes named above."))
        self.addParameter(folder)
        self.addParameter(
            define.number(
                self.TILE_SIZE,
                tr("Tile size (pixels)"),
                DEFAULT.tile_size,
                tr("Width and height of a tile. Places smaller than a tile are left out."),
                minimum=32,
                maximum=8192,
                integer=True,
            )
        )
        self.addParameter(
            define.number(
                self.STRIDE,
                tr("Stride (pixels from tile to tile)"),
                DEFAULT.stride,
                tr("Less than the tile size: tiles overlap. What is left over at the right and below has tiles too."),
                minimum=1,
                integer=True,
            )
        )
        self.addParameter(
            define.area(
                self.AREA,
                tr(
                    "Polygons outside of which nothing is used, in any CRS: a layer, its selected features, or a file. "
                    "A GeoJSON file that names no CRS is in longitude and latitude."
                ),
            )
        )
        self._add_radiometry()
        self._add_splits()
        self._add_outputs()

    def _add_radiometry(self):
        self.addParameter(
            define.choice(
                self.RADIOMETRY,
                tr("Radiometry"),
                RADIOMETRIES,
                DEFAULT.radiometry,
                tr(
                    "threshold: reflectance up to a threshold, one with and one without snow. percentile: the 1st to "
                    "the 99th percentile of each band. as_is: 8 bits as they are. auto: as_is for 8 bits, threshold "
                    "for reflectances, else percentile."
                ),
                "radiometries",
            )
        )
        for name, title, default, help_text in (
            (
                self.SNOW_THRESHOLD,
                tr("Threshold with snow (reflectance times 10000)"),
                DEFAULT.snow_threshold,
                tr("What is saturated in dates in which snow covers much: fields stay dark, snow keeps its texture."),
            ),
            (
                self.SUMMER_THRESHOLD,
                tr("Threshold without snow (reflectance times 10000)"),
                DEFAULT.summer_threshold,
                tr("What is saturated in all other dates."),
            ),
        ):
            parameter = define.number(name, title, default, help_text, minimum=1.0, maximum=100_000.0)
            self.addParameter(define.advanced(parameter))
        self._add_text(
            self.SEASONS,
            tr("Seasons, where the measure is wrong"),
            tr(
                "For example 2018-02-07=winter T36UUA/summer_prev=summer image_4=none. Left empty, names, scene "
                "classes, brightness and the month decide; the log says how."
            ),
        )
        mask = QgsProcessingParameterBoolean(self.MASK_CLOUDS, tr("Leave clouds out"), True, optional=True)
        mask.setHelp(
            tr(
                "By the cloud mask of a product (SCL). Other dates without snow: what is white in them and in no other "
                "such date."
            )
        )
        self.addParameter(mask)
        self.addParameter(
            define.number(
                self.MAX_INVALID,
                tr("Most cloud and nodata in a tile (share, 0 to 1)"),
                DEFAULT.max_invalid,
                tr("A tile is rejected in the dates in which it has more. It needs two dates to be kept."),
                minimum=0.0,
                maximum=0.99,
            )
        )

    def _add_splits(self):
        self._add_text(
            self.VALIDATION_PLACES,
            tr("Places to validate on"),
            tr(
                "Names with commas between. Left empty, a share of the places is drawn by the seed; the log says which."
            ),
            is_advanced=False,
        )
        self._add_text(
            self.TEST_PLACES,
            tr("Places to test on"),
            tr("Names with commas between; nothing of them is ever trained on."),
            is_advanced=False,
        )
        share = define.number(
            self.VALIDATION_SHARE,
            tr("Share of the places to validate on (where none is named)"),
            DEFAULT.validation_share,
            tr("At least one place of two and more; 0: none."),
            minimum=0.0,
            maximum=0.99,
        )
        self.addParameter(define.advanced(share))
        self._add_text(
            self.PLACE,
            tr("Name of the place"),
            tr("Of rasters that are given one by one. Left empty, their folder's name."),
        )
        size = define.number(
            self.PIXEL_SIZE,
            tr("Pixel size without a CRS (metres, 0 = not known)"),
            DEFAULT.gsd_m,
            tr("Of pictures that have no CRS; 10 for most Sentinel-2 bands."),
            minimum=0.0,
        )
        self.addParameter(define.advanced(size))
        for name, title, help_text in (
            (
                self.OFFSETS,
                tr("Measure the offsets between dates"),
                tr("How far dates of a place lie off each other, to be taken away in training; a few seconds a pair."),
            ),
            (
                self.CONTACT_SHEET,
                tr("Draw a contact sheet"),
                tr("A picture of tiles and dates in the training set's folder: look at it before you train."),
            ),
        ):
            switch = QgsProcessingParameterBoolean(name, title, True, optional=True)
            switch.setHelp(help_text)
            self.addParameter(define.advanced(switch))
        self.addParameter(define.device(self.DEVICE))
        self.addParameter(define.seed(self.SEED))

    def _add_outputs(self):
        folder = QgsProcessingParameterFolderDestination(self.FOLDER, tr("Training set"))
        folder.setHelp(
            tr(
                "The folder to write: a new or empty one, or a training set, which is replaced when the new one is "
                "whole. A folder of anything else is left alone."
            )
        )
        self.addParameter(folder)
        self.addOutput(QgsProcessingOutputFile(self.INDEX, tr("Index of the training set")))
        self.addOutput(QgsProcessingOutputFile(self.SHEET, tr("Contact sheet")))
        for name, title in (
            (self.PLACES, tr("Number of places")),
            (self.DATES, tr("Number of dates, all places together")),
            (self.TILES, tr("Number of tiles")),
            (self.TRAIN, tr("Number of tiles to train on")),
            (self.VALIDATION, tr("Number of tiles to validate on")),
            (self.TEST, tr("Number of tiles to test on")),
            (self.REJECTED, tr("Number of tiles of single dates that were rejected")),
            (self.UNKNOWN_OFFSETS, tr("Number of dates whose offset could not be measured")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))
        self.addOutput(QgsProcessingOutputString(self.MESSAGES, tr("Messages")))

    def _add_text(self, name, title, help_text, is_advanced=True):
        parameter = QgsProcessingParameterString(name, title, optional=True)
        parameter.setHelp(help_text)
        self.addParameter(define.advanced(parameter) if is_advanced else parameter)

    # -- in the main thread --------------------------------------------------------------------------------------------

    def check(self, parameters, context):
        if not self._scenes(parameters, context):
            raise ParameterError(tr("SCENES, SCENES_FOLDER: give rasters, Sentinel-2 products, or a folder of them."))
        for name in (self.RADIOMETRY, self.DEVICE):
            checks.choice(self, parameters, name, context)
        for name in self.NUMBERS:
            checks.number_in_range(self, parameters, name, context)
        checks.vector_file(self, parameters, self.AREA, context)

    def left_to_qgis(self, parameters):
        """Without the scenes, which may be folders."""
        return {name: value for name, value in parameters.items() if name != self.SCENES}

    def collect(self, parameters, context, feedback):
        values = {name: checks.choice(self, parameters, name, context) for name in (self.RADIOMETRY, self.DEVICE)}
        values |= {name: checks.number_in_range(self, parameters, name, context) for name in self.NUMBERS}
        values |= {name: self.parameterAsString(parameters, name, context) for name in self.TEXTS}
        values |= {name: self.parameterAsBoolean(parameters, name, context) for name in self.SWITCHES}
        return TrainingSetInputs(
            scenes=tuple(self._scenes(parameters, context)),
            area=checks.vector_source(self, parameters, self.AREA, context),
            values=values,
            python=engine_python(),
        )

    def _scenes(self, parameters, context):
        """Paths, of files and folders alike; a layer of the project is its file. Raises ParameterError."""
        given = checks.as_given(parameters.get(self.SCENES), context)
        if isinstance(given, str):
            given = [given] if os.path.exists(given) else given.split(";")
        found = []
        for value in [given] if isinstance(given, QgsMapLayer) else given or []:
            if isinstance(value, str) and not os.path.exists(value.strip()):
                layer = QgsProcessingUtils.mapLayerFromString(value, context, False)  # of the project, by name or id
                value = layer if layer is not None else value.strip()
            if isinstance(value, QgsMapLayer):
                path = file_of(value)
                if not path:
                    raise ParameterError(
                        tr("SCENES: {name} has no file behind it: save it as a raster first.").format(name=value.name())
                    )
                value = path
            if not value:
                continue
            value = value.strip()
            if not os.path.exists(value):
                raise ParameterError(tr("SCENES: there is no file or folder “{value}”.").format(value=value))
            found.append(os.path.abspath(value))
        folder = self.parameterAsString(parameters, self.SCENES_FOLDER, context)
        if folder and not os.path.isdir(folder):
            raise ParameterError(tr("SCENES_FOLDER: the folder {folder} does not exist.").format(folder=folder))
        return [*found, os.path.abspath(folder)] if folder else found

    # -- in the background ---------------------------------------------------------------------------------------------

    def work(self, collected, parameters, context, feedback, folder):
        values = collected.values
        job = BuildTrainingSetJob(
            scenes=collected.scenes,
            folder=self.parameterAsString(parameters, self.FOLDER, context),
            tile_size=int(values[self.TILE_SIZE]),
            stride=int(values[self.STRIDE]),
            area=write_area(collected.area, "inside", str(folder / "area.geojson"), feedback),
            place=values[self.PLACE],
            radiometry=values[self.RADIOMETRY],
            snow_threshold=float(values[self.SNOW_THRESHOLD]),
            summer_threshold=float(values[self.SUMMER_THRESHOLD]),
            seasons=values[self.SEASONS],
            max_invalid=float(values[self.MAX_INVALID]),
            mask_clouds=values[self.MASK_CLOUDS],
            gsd_m=float(values[self.PIXEL_SIZE]),
            validation_places=_names(values[self.VALIDATION_PLACES]),
            test_places=_names(values[self.TEST_PLACES]),
            validation_share=float(values[self.VALIDATION_SHARE]),
            offsets=values[self.OFFSETS],
            contact_sheet=values[self.CONTACT_SHEET],
            device=values[self.DEVICE],
            seed=int(values[self.SEED]),
        )
        outcome = run_engine(job, collected.python, feedback)
        return {
            self.FOLDER: outcome.folder,
            self.INDEX: outcome.index,
            self.SHEET: outcome.contact_sheet or None,
            self.PLACES: outcome.places,
            self.DATES: outcome.dates,
            self.TILES: outcome.tiles,
            self.TRAIN: outcome.train,
            self.VALIDATION: outcome.validation,
            self.TEST: outcome.test,
            self.REJECTED: outcome.rejected,
            self.UNKNOWN_OFFSETS: outcome.unknown_offsets,
            self.MESSAGES: "\n".join(outcome.messages),
        }


def _names(text):
    """The words of a list with commas or semicolons between."""
    return tuple(word.strip() for word in text.replace(";", ",").split(",") if word.strip())
