"""What ``matchrasters`` and ``coregister`` share: the parameters of a match, its job, and its results."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsWkbTypes,
)

from ..engine.jobs import MatchJob
from . import announcements, checks, points, provenance, sinks, styling, symbols
from . import parameters as define
from .algorithm import SentinelMatchAlgorithm
from .areas import engine_extent, named_area, write_area
from .engine_call import files_written, number
from .layers import RasterSource, crs_text, describe, provide
from .settings import engine_python, model_folder
from .texts import tr


@dataclass
class MatchInputs:
    """Everything a match needs, resolved in the main thread. ``extent`` is a rectangle and its CRS."""

    reference: RasterSource
    target: RasterSource
    reference_band: int
    target_band: int
    extent: tuple | None
    area: Any
    named_area: str
    choices: dict
    python: str
    model_folder: str
    origin: provenance.Origin

    @property
    def names(self):
        """Target and reference, as layers are named."""
        return f"{self.target.name} → {self.reference.name}"


class MatchingAlgorithm(SentinelMatchAlgorithm):
    """Base of the algorithms that match two rasters."""

    REFERENCE, TARGET = "REFERENCE", "TARGET"
    REFERENCE_BAND, TARGET_BAND = "REFERENCE_BAND", "TARGET_BAND"
    EXTENT, AREA, AREA_MODE = "EXTENT", "AREA", "AREA_MODE"
    MATCHER, MAX_SHIFT, SPACING, TRANSFORM = "MATCHER", "MAX_SHIFT", "SPACING", "TRANSFORM"
    MIN_SCORE, DEVICE, SEED, MATCHER_OPTIONS = "MIN_SCORE", "DEVICE", "SEED", "MATCHER_OPTIONS"
    TIE_POINTS, SHIFT_VECTORS = "TIE_POINTS", "SHIFT_VECTORS"
    GCP_FILE, REPORT, MATCH_FIGURE = "GCP_FILE", "REPORT", "MATCH_FIGURE"
    COUNT, INLIERS, RMSE, CE90 = "COUNT", "INLIERS", "RMSE", "CE90"
    SHIFT_X, SHIFT_Y, STATUS, MESSAGES = "SHIFT_X", "SHIFT_Y", "STATUS", "MESSAGES"

    def add_inputs(self, extent_help):
        """The two rasters, how far and where to look."""
        self.addParameter(
            define.raster(self.REFERENCE, tr("Reference raster"), tr("The raster that counts as right; it stays put."))
        )
        self.addParameter(
            define.raster(
                self.TARGET,
                tr("Target raster"),
                tr("The raster whose displacement is measured: any date, season, sensor, pixel size and CRS."),
            )
        )
        self.addParameter(define.matcher(self.MATCHER))
        self.addParameter(define.max_shift(self.MAX_SHIFT))
        self.addParameter(define.extent(self.EXTENT, extent_help))
        self.addParameter(define.area(self.AREA))
        self.addParameter(define.area_mode(self.AREA_MODE))

    def add_settings(self):
        """What is well chosen without anybody: folded away."""
        self.addParameter(define.transform(self.TRANSFORM))
        self.addParameter(define.advanced(define.band(self.REFERENCE_BAND, tr("Reference band"), self.REFERENCE)))
        self.addParameter(define.advanced(define.band(self.TARGET_BAND, tr("Target band"), self.TARGET)))
        self.addParameter(define.matcher_options(self.MATCHER_OPTIONS))
        self.addParameter(define.spacing(self.SPACING))
        self.addParameter(define.min_score(self.MIN_SCORE))
        self.addParameter(define.device(self.DEVICE))
        self.addParameter(define.seed(self.SEED))

    def add_outputs(self):
        """The files and figures of a match."""
        self.addParameter(
            define.vector_output(
                self.TIE_POINTS,
                tr("Tie points"),
                QgsProcessing.SourceType.TypeVectorPoint,
                tr(
                    "Points in the reference, with where the target shows them, the score, and the distance to the "
                    "model."
                ),
                by_default=True,
            )
        )
        self.addParameter(
            define.vector_output(
                self.SHIFT_VECTORS,
                tr("Shift vectors"),
                QgsProcessing.SourceType.TypeVectorLine,
                tr("Lines from the place in the reference to where the target shows it, in the CRS of the reference."),
                by_default=False,
            )
        )
        self.addParameter(
            define.file_output(
                self.GCP_FILE,
                tr("Ground control points for the Georeferencer"),
                tr("Georeferencer points (*.points)"),
                tr(
                    "Open the target in the Georeferencer (menu Layer; in QGIS 3.22 menu Raster) and load this file, "
                    "to work on the points by hand."
                ),
            )
        )
        self.addParameter(
            define.file_output(
                self.REPORT,
                tr("Report"),
                tr("HTML files (*.html)"),
                tr("What was done and chosen, how good the result is, and pictures of it, in one file."),
                by_default=True,
            )
        )
        self.addParameter(
            define.file_output(
                self.MATCH_FIGURE,
                tr("Match figure"),
                tr("PNG files (*.png)"),
                tr("A picture of both rasters side by side, with lines between the tie points."),
            )
        )
        for name, description in (
            (self.COUNT, tr("Number of tie points")),
            (self.INLIERS, tr("Number of tie points that agree with the transformation")),
            (self.RMSE, tr("RMSE, cross-validated (metres)")),
            (self.CE90, tr("CE90, cross-validated (metres)")),
            (self.SHIFT_X, tr("Median displacement of the target in x (units of the reference's CRS)")),
            (self.SHIFT_Y, tr("Median displacement of the target in y (units of the reference's CRS)")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, description))
        self.addOutput(QgsProcessingOutputString(self.STATUS, tr("Status: ok, low_confidence or no_match")))
        self.addOutput(QgsProcessingOutputString(self.MESSAGES, tr("Messages")))

    # -- in the main thread --------------------------------------------------------------------------------------------

    def check(self, parameters, context):
        reference = checks.raster_layer(self, parameters, self.REFERENCE, context)
        target = checks.raster_layer(self, parameters, self.TARGET, context)
        bands = (
            checks.band_of(self, parameters, self.REFERENCE_BAND, context, reference),
            checks.band_of(self, parameters, self.TARGET_BAND, context, target),
        )
        checks.different_rasters(reference, target, bands)
        checks.rasters_that_meet(reference, target, context)
        checks.extent_of(self, parameters, self.EXTENT, context, reference.crs())
        for name in (self.AREA_MODE, self.MATCHER, self.TRANSFORM, self.DEVICE):
            checks.choice(self, parameters, name, context)
        for name in (self.MAX_SHIFT, self.SPACING, self.MIN_SCORE, self.SEED):
            checks.number_in_range(self, parameters, name, context)
        inputs = [checks.file_of(reference), checks.file_of(target)]
        inputs.append(checks.vector_file(self, parameters, self.AREA, context))
        checks.destinations(self, parameters, context, inputs)

    def collect(self, parameters, context, feedback):
        reference = checks.raster_layer(self, parameters, self.REFERENCE, context)
        target = checks.raster_layer(self, parameters, self.TARGET, context)
        choices = {name: checks.choice(self, parameters, name, context) for name in (self.AREA_MODE, self.MATCHER)}
        choices.update({name: checks.choice(self, parameters, name, context) for name in (self.TRANSFORM, self.DEVICE)})
        for name in (self.MAX_SHIFT, self.SPACING, self.MIN_SCORE, self.SEED):
            choices[name] = checks.number_in_range(self, parameters, name, context)
        choices[self.MATCHER_OPTIONS] = self.parameterAsString(parameters, self.MATCHER_OPTIONS, context)
        return MatchInputs(
            reference=describe(reference, feedback),
            target=describe(target, feedback),
            reference_band=checks.band_of(self, parameters, self.REFERENCE_BAND, context, reference),
            target_band=checks.band_of(self, parameters, self.TARGET_BAND, context, target),
            extent=checks.extent_of(self, parameters, self.EXTENT, context, reference.crs()),
            area=checks.vector_source(self, parameters, self.AREA, context),
            named_area=named_area(self, parameters, self.AREA, context),
            choices=choices,
            python=engine_python(),
            model_folder=model_folder(),
            origin=provenance.origin_of(self, parameters, context),
        )

    # -- in the background ---------------------------------------------------------------------------------------------

    def match_job(self, inputs, parameters, context, feedback, folder):
        """The job for the engine. Layers without a file are written to ``folder`` here."""
        chosen, margin = inputs.choices, inputs.choices[self.MAX_SHIFT]
        reference = provide(
            inputs.reference, inputs.target, inputs.extent, margin, inputs.reference_band, folder, context, feedback
        )
        target = provide(
            inputs.target, inputs.reference, inputs.extent, margin, inputs.target_band, folder, context, feedback
        )
        return MatchJob(
            reference=reference,
            target=target,
            extent=engine_extent(inputs.extent),
            area=write_area(
                inputs.area, chosen[self.AREA_MODE], str(folder / "area.geojson"), feedback, inputs.named_area
            ),
            matcher=chosen[self.MATCHER],
            max_shift_m=float(chosen[self.MAX_SHIFT]),
            spacing_px=float(chosen[self.SPACING]),
            transform=chosen[self.TRANSFORM],
            min_score=float(chosen[self.MIN_SCORE]),
            device=chosen[self.DEVICE],
            seed=int(chosen[self.SEED]),
            model_folder=inputs.model_folder,
            matcher_options=chosen[self.MATCHER_OPTIONS],
            tie_points=str(folder / "tie_points.csv"),
            gcp_file=self.parameterAsFileOutput(parameters, self.GCP_FILE, context),
            report=self.parameterAsFileOutput(parameters, self.REPORT, context),
            match_figure=self.parameterAsFileOutput(parameters, self.MATCH_FIGURE, context),
        )

    def match_results(self, inputs, job, outcome, parameters, context, feedback):
        """Fill the sinks from the engine's table and return every result of a match."""
        rows = list(sinks.rows_of(job.tie_points, points.FIELDS)) if os.path.exists(job.tie_points) else []
        point, line = QgsWkbTypes.Type.Point, QgsWkbTypes.Type.LineString
        crs, report = inputs.reference.crs, files_written({self.REPORT: job.report})[self.REPORT]
        _remember(inputs, outcome, report)

        def written(name, geometry_type, geometry_of, make_renderer, abstract):
            types = points.FIELDS
            place = sinks.write(self, name, types, rows, parameters, context, feedback, geometry_type, geometry_of, crs)
            if place is not None:
                description = self.parameterDefinition(name).description()
                title = f"{description}: {inputs.names}"
                metadata = inputs.origin.metadata(title, f"{abstract} {self.findings(outcome)}", crs)
                provenance.keep(place, "ogr", metadata, context, feedback)
                dress = styling.with_renderer(make_renderer)
                styling.dress_when_loaded(context, place, description, title, dress, metadata, on_top=True)
            return place

        results = {
            self.TIE_POINTS: written(
                self.TIE_POINTS,
                point,
                points.point_of,
                lambda: symbols.tie_point_renderer(rows, crs),
                tr("Tie points: where pieces of {reference} are found in {target}.").format(
                    reference=inputs.reference.name, target=inputs.target.name
                ),
            ),
            self.SHIFT_VECTORS: written(
                self.SHIFT_VECTORS,
                line,
                points.vector_of,
                lambda: symbols.shift_vector_renderer(rows, crs),
                tr("Shift vectors: from each place in {reference} to where {target} shows it.").format(
                    reference=inputs.reference.name, target=inputs.target.name
                ),
            ),
            self.COUNT: outcome.count,
            self.INLIERS: outcome.inliers,
            self.RMSE: number(outcome.rmse_m),
            self.CE90: number(outcome.ce90_m),
            self.SHIFT_X: number(outcome.shift_x),
            self.SHIFT_Y: number(outcome.shift_y),
            self.STATUS: outcome.status,
            self.MESSAGES: "\n".join(outcome.messages),
        }
        files = {self.GCP_FILE: job.gcp_file, self.REPORT: job.report, self.MATCH_FIGURE: job.match_figure}
        results.update(files_written(files))
        if results[self.SHIFT_VECTORS] is not None and any(points.vector_of(row) is None for row in rows):
            feedback.pushWarning(
                tr("There are no shift vectors: the rasters have no common CRS to measure a shift in.")
            )
        self._say(inputs, outcome, results, feedback)
        return results

    def findings(self, outcome):
        """The result in a sentence or two, for people."""
        figures = _agreeing(outcome)
        if number(outcome.rmse_m) is not None:
            figures += tr("; cross-validated RMSE {rmse:.2f} m ({px:.2f} pixels), CE90 {ce90:.2f} m").format(
                rmse=outcome.rmse_m, px=outcome.rmse_px, ce90=outcome.ce90_m
            )
        return f"{figures}."

    def _say(self, inputs, outcome, results, feedback):
        """The status: in the log, and where there is a window, as a message there."""
        figures = self.findings(outcome)
        if outcome.status == "ok":
            feedback.pushInfo(tr("Status ok: {figures}").format(figures=figures))
        elif outcome.status == "low_confidence":
            feedback.pushWarning(tr("LOW CONFIDENCE, look before you use it: {figures}").format(figures=figures))
        else:
            feedback.pushWarning(tr("NO MATCH: {figures}").format(figures=figures))
        announcements.say(
            announcements.Announcement(
                status=outcome.status,
                what=inputs.names,
                text=_in_short(outcome),
                report=os.path.abspath(results[self.REPORT]) if results[self.REPORT] else "",
                tie_points=results[self.TIE_POINTS] or "",
            )
        )


def _agreeing(outcome):
    return tr("{inliers} of {count} tie points agree").format(inliers=outcome.inliers, count=outcome.count)


def _in_short(outcome):
    """The result for a message that is two lines high; why there is none, where there is none."""
    if outcome.status == "no_match" and outcome.reasons:
        return " ".join(reason.replace("No match: ", "", 1) for reason in outcome.reasons)
    text = _agreeing(outcome)
    if number(outcome.ce90_m) is not None:
        text += tr(", CE90 {ce90:.2f} m ({px:.2f} px)").format(ce90=outcome.ce90_m, px=outcome.ce90_px)
    return " ".join([*outcome.reasons, f"{text}."])


def _remember(inputs, outcome, report):
    """What the inputs were and what came out, for the metadata of every result."""
    origin = inputs.origin
    origin.links = [
        provenance.raster_link(provenance.REFERENCE, inputs.reference),
        provenance.raster_link(provenance.TARGET, inputs.target),
    ]
    if report:
        origin.links.append((provenance.REPORT, tr("Report of the match"), os.path.abspath(report), ""))
    origin.target_crs = crs_text(inputs.target.crs)
    parts = [outcome.status, *(part for part in (outcome.matcher, outcome.transform, outcome.device) if part)]
    origin.add(tr("Result: {parts}.").format(parts=", ".join(parts)))
    origin.history += outcome.messages
