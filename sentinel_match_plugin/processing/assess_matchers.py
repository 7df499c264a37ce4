"""``sentinelmatch:assessmatchers``: matchers side by side, on a pair of rasters or on a folder of pairs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..engine.jobs import MATCHERS, AssessJob
from ..engine.jobs.assessment import GEOREFERENCING, check_thresholds, columns, read_thresholds
from . import checks, sinks
from . import parameters as define
from .algorithm import ParameterError, SentinelMatchAlgorithm
from .areas import engine_extent, named_area, write_area
from .engine_call import files_written, run_engine
from .layers import RasterSource, describe, provide
from .settings import engine_python, model_folder
from .texts import tr

CHOICES = tuple(name for name in MATCHERS if name != "auto")
BY_DEFAULT = ("structure", "sift", "akaze", "orb")  # those that need no weights
KINDS = {str: "String", int: "Int", float: "Double"}


@dataclass
class AssessInputs:
    """Everything a comparison needs, resolved in the main thread; both rasters are None with a folder of pairs."""

    reference: RasterSource | None
    target: RasterSource | None
    bands: tuple
    extent: tuple | None
    area: Any
    named_area: str
    matchers: tuple
    thresholds: tuple
    choices: dict
    options: str
    known_warp: str
    pairs: str
    python: str
    model_folder: str


class AssessMatchers(SentinelMatchAlgorithm):
    """Count how many matches of each matcher are right."""

    ID = "assessmatchers"
    TITLE = "Compare matchers"
    SUMMARY = "Runs several matchers on a pair of rasters, or on many pairs, and counts how many matches are right."
    TAGS = "compare,assess,evaluate,benchmark,matcher,precision,sensitivity,ransac,tie points,sift,loftr,superglue"
    ICON = "assessmatchers"
    GROUP = "matchers"

    REFERENCE, TARGET = "REFERENCE", "TARGET"
    MATCHERS, THRESHOLDS, KNOWN_WARP = "MATCHERS", "THRESHOLDS", "KNOWN_WARP"
    PAIRS, GEOREFERENCING = "PAIRS", "GEOREFERENCING"
    REFERENCE_BAND, TARGET_BAND = "REFERENCE_BAND", "TARGET_BAND"
    EXTENT, AREA, AREA_MODE = "EXTENT", "AREA", "AREA_MODE"
    MATCHER_OPTIONS, MAX_SHIFT, DEVICE, SEED = "MATCHER_OPTIONS", "MAX_SHIFT", "DEVICE", "SEED"
    TABLE, FIGURE, REPORT = "TABLE", "FIGURE", "REPORT"
    PAIR_COUNT, JUDGED_BY, MESSAGES = "PAIR_COUNT", "JUDGED_BY", "MESSAGES"

    def initAlgorithm(self, configuration=None):
        help_text = tr("The raster whose pieces are looked for. Leave both rasters empty for a folder of pairs.")
        self.addParameter(define.raster(self.REFERENCE, tr("Reference raster"), help_text, optional=True))
        help_text = tr("The raster in which they are to be found.")
        self.addParameter(define.raster(self.TARGET, tr("Target raster"), help_text, optional=True))
        self._add_questions()
        self.addParameter(define.max_shift(self.MAX_SHIFT))
        help_text = tr("Only this part of the reference is matched and judged. Any CRS. Not for a folder of pairs.")
        self.addParameter(define.extent(self.EXTENT, help_text))
        self.addParameter(define.area(self.AREA))
        self.addParameter(define.area_mode(self.AREA_MODE))
        self.addParameter(define.advanced(define.band(self.REFERENCE_BAND, tr("Reference band"), self.REFERENCE)))
        self.addParameter(define.advanced(define.band(self.TARGET_BAND, tr("Target band"), self.TARGET)))
        self.addParameter(
            define.matcher_options(
                self.MATCHER_OPTIONS,
                tr("Options of the matchers"),
                tr(
                    "name=value, with spaces between: refine=yes is for all of the matchers that have this option, "
                    "loftr.weights=indoor for one alone. The help of Match rasters has a table of them."
                ),
            )
        )
        self.addParameter(define.device(self.DEVICE))
        self.addParameter(define.seed(self.SEED))
        self._add_outputs()

    def _add_questions(self):
        help_text = tr(
            "As many as you like; on the command line, names separated by commas. One that cannot run, because its "
            "weights are missing or the rasters have no CRS, is a row of the table that says what to do."
        )
        self.addParameter(
            define.several(self.MATCHERS, tr("Matchers"), CHOICES, BY_DEFAULT, help_text, kind="matchers")
        )
        thresholds = QgsProcessingParameterString(
            self.THRESHOLDS, tr("Thresholds (reference pixels)"), "1,3,5,10", optional=True
        )
        thresholds.setHelp(
            tr("How far from its place a match may lie and count as right; numbers with commas between.")
        )
        self.addParameter(thresholds)
        # Without a filter QGIS asks for a dot in the name: identity would be refused.
        every = tr("All files (*)")
        warp = QgsProcessingParameterFile(self.KNOWN_WARP, tr("Known warp"), optional=True, fileFilter=every)
        warp.setHelp(
            tr(
                "What is true. Left empty, or none: nothing is known, and the share of the matches that agree with one "
                "homography (RANSAC) is counted, a weaker claim. identity: the pair is already registered. Or a file: "
                "a matrix of 2 x 3 or 3 x 3 numbers (JSON or CSV) that takes reference pixels to target pixels; a "
                "raster of the reference's size whose bands say how far right and down each pixel moved; a season "
                "pair's truth.json."
            )
        )
        self.addParameter(warp)
        pairs = QgsProcessingParameterFile(
            self.PAIRS, tr("Folder of pairs"), QgsProcessingParameterFile.Behavior.Folder, optional=True
        )
        pairs.setHelp(
            tr(
                "In place of the two rasters: a folder of folders, each with reference.tif, target.tif and truth.json. "
                "The shares then come with 95 % intervals over the pairs."
            )
        )
        self.addParameter(pairs)
        self.addParameter(
            define.choice(
                self.GEOREFERENCING,
                tr("Georeferencing"),
                GEOREFERENCING,
                "use",
                tr("use: as the rasters have it. ignore: hidden from the matchers, as if it were not known."),
                "georeferencing",
            )
        )

    def _add_outputs(self):
        self.addParameter(
            define.vector_output(
                self.TABLE,
                tr("Comparison of matchers"),
                QgsProcessing.SourceType.TypeVector,
                tr("Two rows a matcher: its matches as found, and the tie points kept after outliers were rejected."),
                by_default=True,
            )
        )
        self.addParameter(
            define.file_output(
                self.FIGURE,
                tr("Sensitivity curves"),
                tr("PNG files (*.png)"),
                tr("Which share of the matches is right, by how strictly one asks."),
            )
        )
        self.addParameter(
            define.file_output(
                self.REPORT,
                tr("Report"),
                tr("HTML files (*.html)"),
                tr("The table, the curves, and what the figures mean, in one file."),
                by_default=True,
            )
        )
        self.addOutput(QgsProcessingOutputNumber(self.PAIR_COUNT, tr("Number of pairs")))
        self.addOutput(QgsProcessingOutputString(self.JUDGED_BY, tr("What was taken for the truth")))
        self.addOutput(QgsProcessingOutputString(self.MESSAGES, tr("Messages")))

    # -- in the main thread --------------------------------------------------------------------------------------------

    def check(self, parameters, context):
        self._matchers(parameters, context)
        self._thresholds(parameters, context)
        reference, target = self._layers(parameters, context)
        pairs = self.parameterAsString(parameters, self.PAIRS, context)
        if pairs and not os.path.isdir(pairs):
            raise ParameterError(tr("PAIRS: the folder {folder} does not exist.").format(folder=pairs))
        if pairs and (reference or target):
            raise ParameterError(tr("PAIRS: give a reference and a target, or a folder of pairs, not both."))
        if not pairs and not (reference and target):
            raise ParameterError(tr("REFERENCE, TARGET: two rasters are needed, or a folder of pairs (PAIRS)."))
        bands = self._bands(parameters, context, reference, target)
        hidden = checks.choice(self, parameters, self.GEOREFERENCING, context) == "ignore"
        if not pairs:
            checks.different_rasters(reference, target, bands)
            if not hidden:
                checks.rasters_that_meet(reference, target, context)
        given = [name for name in (self.EXTENT, self.AREA) if parameters.get(name) not in (None, "")]
        if given and (pairs or hidden):
            raise ParameterError(
                tr("{name}: only for two rasters whose georeferencing is used; leave it empty.").format(name=given[0])
            )
        checks.extent_of(self, parameters, self.EXTENT, context, reference.crs() if reference else None)
        warp = self._known_warp(parameters, context)
        if warp not in ("", "none", "identity") and not os.path.exists(warp):
            raise ParameterError(
                tr("KNOWN_WARP: “{warp}” is neither none nor identity, and there is no such file.").format(warp=warp)
            )
        for name in (self.AREA_MODE, self.DEVICE):
            checks.choice(self, parameters, name, context)
        for name in (self.MAX_SHIFT, self.SEED):
            checks.number_in_range(self, parameters, name, context)
        inputs = [checks.file_of(layer) for layer in (reference, target) if layer]
        inputs.append(checks.vector_file(self, parameters, self.AREA, context))
        checks.destinations(self, parameters, context, [*inputs, warp if os.path.isfile(warp) else ""])

    def collect(self, parameters, context, feedback):
        reference, target = self._layers(parameters, context)
        names = (self.GEOREFERENCING, self.AREA_MODE, self.DEVICE)
        choices = {name: checks.choice(self, parameters, name, context) for name in names}
        for name in (self.MAX_SHIFT, self.SEED):
            choices[name] = checks.number_in_range(self, parameters, name, context)
        return AssessInputs(
            reference=describe(reference, feedback) if reference else None,
            target=describe(target, feedback) if target else None,
            bands=self._bands(parameters, context, reference, target),
            extent=checks.extent_of(self, parameters, self.EXTENT, context, reference.crs() if reference else None),
            area=checks.vector_source(self, parameters, self.AREA, context),
            named_area=named_area(self, parameters, self.AREA, context),
            matchers=self._matchers(parameters, context),
            thresholds=self._thresholds(parameters, context),
            choices=choices,
            options=self.parameterAsString(parameters, self.MATCHER_OPTIONS, context),
            known_warp=self._known_warp(parameters, context),
            pairs=self.parameterAsString(parameters, self.PAIRS, context),
            python=engine_python(),
            model_folder=model_folder(),
        )

    def _layers(self, parameters, context):
        names = (self.REFERENCE, self.TARGET)
        return tuple(checks.raster_layer(self, parameters, name, context, optional=True) for name in names)

    def _bands(self, parameters, context, reference, target):
        given = ((self.REFERENCE_BAND, reference), (self.TARGET_BAND, target))
        return tuple(checks.band_of(self, parameters, n, context, layer) if layer else 0 for n, layer in given)

    def _matchers(self, parameters, context):
        value = checks.as_given(parameters.get(self.MATCHERS), context)
        if value is None:
            value = list(BY_DEFAULT)
        names = value.split(",") if isinstance(value, str) else [str(name) for name in value]
        names = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
        if not names:
            raise ParameterError(
                tr("MATCHERS: none was chosen; name at least one of {options}.").format(options=", ".join(CHOICES))
            )
        for name in names:
            if name not in CHOICES:
                raise ParameterError(
                    tr("MATCHERS: “{name}” is not one of {options}.").format(name=name, options=", ".join(CHOICES))
                )
        return names

    def _thresholds(self, parameters, context):
        text = self.parameterAsString(parameters, self.THRESHOLDS, context) or "1,3,5,10"
        with checks.about(self.THRESHOLDS):
            return check_thresholds(read_thresholds(text))

    def _known_warp(self, parameters, context):
        text = self.parameterAsString(parameters, self.KNOWN_WARP, context).strip()
        return os.path.abspath(text) if os.path.exists(text) else text

    # -- in the background ---------------------------------------------------------------------------------------------

    def work(self, collected, parameters, context, feedback, folder):
        chosen = collected.choices
        rasters = [None, None]
        if not collected.pairs:
            both, margin = (collected.reference, collected.target), chosen[self.MAX_SHIFT]
            rasters = [
                provide(one, other, collected.extent, margin, band, folder, context, feedback)
                for one, other, band in zip(both, both[::-1], collected.bands)
            ]
        job = AssessJob(
            matchers=collected.matchers,
            reference=rasters[0],
            target=rasters[1],
            pairs=collected.pairs,
            thresholds_px=collected.thresholds,
            known_warp=collected.known_warp,
            georeferencing=chosen[self.GEOREFERENCING],
            extent=engine_extent(collected.extent),
            area=write_area(
                collected.area, chosen[self.AREA_MODE], str(folder / "area.geojson"), feedback, collected.named_area
            ),
            matcher_options=collected.options,
            max_shift_m=float(chosen[self.MAX_SHIFT]),
            device=chosen[self.DEVICE],
            seed=int(chosen[self.SEED]),
            model_folder=collected.model_folder,
            figure=self.parameterAsFileOutput(parameters, self.FIGURE, context),
            report=self.parameterAsFileOutput(parameters, self.REPORT, context),
        )
        outcome = run_engine(job, collected.python, feedback)
        fields = {name: KINDS[kind] for name, kind in columns(collected.thresholds)}
        return {
            self.TABLE: sinks.write(self, self.TABLE, fields, outcome.rows, parameters, context, feedback),
            self.PAIR_COUNT: outcome.pairs,
            self.JUDGED_BY: outcome.judged_by,
            self.MESSAGES: "\n".join(outcome.messages),
            **files_written({self.FIGURE: job.figure, self.REPORT: job.report}),
        }
