"""``sentinelmatch:warpraster``: warp a raster by tie points, found by the plugin or set by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSource

from ..engine.jobs import WarpJob
from . import checks, points, provenance, styling
from . import parameters as define
from .algorithm import SentinelMatchAlgorithm
from .areas import engine_extent
from .engine_call import number, run_engine
from .layers import RasterSource, crs_text, describe, provide
from .settings import engine_python
from .texts import tr


@dataclass
class WarpInputs:
    """Everything a warp needs, resolved in the main thread. ``extent`` is a rectangle and its CRS."""

    raster: RasterSource
    grid: RasterSource | None
    points: Any
    transform: str
    resampling: str
    extent: tuple | None
    python: str
    origin: provenance.Origin


class WarpRaster(SentinelMatchAlgorithm):
    """Warp a raster by its tie points."""

    ID = "warpraster"
    TITLE = "Warp raster by tie points"
    SUMMARY = "Fits a transformation to tie points and warps a raster with it."
    TAGS = "warp,tie points,gcp,rubber sheet,georeference,resample,thin plate spline,polynomial,coregistration"
    ICON = "warpraster"

    INPUT, TIE_POINTS, REFERENCE = "INPUT", "TIE_POINTS", "REFERENCE"
    TRANSFORM, RESAMPLING, EXTENT, OUTPUT = "TRANSFORM", "RESAMPLING", "EXTENT", "OUTPUT"

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            define.raster(
                self.INPUT,
                tr("Raster to warp"),
                tr("The target raster of the match, or one with the same geometry, as another band of the same scene."),
            )
        )
        tie_points = QgsProcessingParameterFeatureSource(
            self.TIE_POINTS, tr("Tie points"), [QgsProcessing.SourceType.TypeVectorPoint]
        )
        tie_points.setHelp(
            tr(
                "Points as Match rasters writes them: the point lies where the content belongs, its fields tgt_x and "
                "tgt_y say where the raster shows it, in the raster's CRS. Points whose field inlier is false are "
                "left out; points moved, deleted or added by hand count as they are."
            )
        )
        self.addParameter(tie_points)
        self.addParameter(
            define.raster(
                self.REFERENCE,
                tr("Raster whose pixel grid the result takes"),
                tr("Left empty, the result has the pixel grid of the raster to warp."),
                optional=True,
            )
        )
        self.addParameter(define.transform(self.TRANSFORM, is_advanced=False))
        self.addParameter(define.resampling(self.RESAMPLING))
        self.addParameter(
            define.advanced(define.extent(self.EXTENT, tr("Only this part of the grid is written. Any CRS.")))
        )
        self.addParameter(
            define.raster_output(
                self.OUTPUT, tr("Warped raster"), tr("All bands of the raster, warped: a cloud-optimised GeoTIFF.")
            )
        )

    def check(self, parameters, context):
        raster = checks.raster_layer(self, parameters, self.INPUT, context)
        grid = checks.raster_layer(self, parameters, self.REFERENCE, context, optional=True)
        checks.extent_of(self, parameters, self.EXTENT, context, (grid or raster).crs())
        for name in (self.TRANSFORM, self.RESAMPLING):
            checks.choice(self, parameters, name, context)
        inputs = [checks.file_of(layer) for layer in (raster, grid) if layer is not None]
        inputs.append(checks.vector_file(self, parameters, self.TIE_POINTS, context))
        checks.destinations(self, parameters, context, inputs)

    def collect(self, parameters, context, feedback):
        raster = checks.raster_layer(self, parameters, self.INPUT, context)
        grid = checks.raster_layer(self, parameters, self.REFERENCE, context, optional=True)
        source = checks.vector_source(self, parameters, self.TIE_POINTS, context)
        return WarpInputs(
            raster=describe(raster, feedback),
            grid=None if grid is None else describe(grid, feedback),
            points=source,
            transform=checks.choice(self, parameters, self.TRANSFORM, context),
            resampling=checks.choice(self, parameters, self.RESAMPLING, context),
            extent=checks.extent_of(self, parameters, self.EXTENT, context, (grid or raster).crs()),
            python=engine_python(),
            origin=self._origin(parameters, context),
        )

    def _origin(self, parameters, context):
        """Where the result comes from: that of the points, edits by hand included, and this run."""
        origin = provenance.origin_of(self, parameters, context)
        layer = self.parameterAsVectorLayer(parameters, self.TIE_POINTS, context)
        if layer is not None:
            known = provenance.metadata_of(layer)
            origin.history = [*known.history(), *origin.history]
            origin.links = [(link.name, link.description, link.url, link.format) for link in known.links()]
            origin.links.append((provenance.TIE_POINTS, layer.name(), layer.publicSource(), layer.providerType()))
        return origin

    def work(self, collected, parameters, context, feedback, folder):
        table = folder / "tie_points.csv"
        written = points.write_csv(collected.points, table, feedback)
        feedback.pushInfo(
            tr("{used} tie points are used; {outliers} are marked as outliers, {incomplete} are not complete.").format(
                used=written.used, outliers=written.outliers, incomplete=written.incomplete
            )
        )
        extent = collected.extent
        raster = provide(collected.raster, collected.grid, extent, 0.0, 0, folder, context, feedback)
        grid = None
        if collected.grid is not None:
            grid = provide(collected.grid, collected.raster, extent, 0.0, 0, folder, context, feedback)
        output = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)
        job = WarpJob(
            input=raster,
            tie_points=str(table),
            tie_points_crs=crs_text(collected.points.sourceCrs()),
            output=output,
            grid=grid,
            transform=collected.transform,
            resampling=collected.resampling,
            extent=engine_extent(extent),
        )
        outcome = run_engine(job, collected.python, feedback)
        figures = ""
        if number(outcome.rmse_m) is not None:
            figures = tr(
                "Cross-validated error of the transformation ({kind}): RMSE {rmse:.2f} m, CE90 {ce90:.2f} m."
            ).format(kind=outcome.transform, rmse=outcome.rmse_m, ce90=outcome.ce90_m)
            feedback.pushInfo(figures)
        self._describe(collected, output, figures, context, feedback)
        return {self.OUTPUT: output}

    def _describe(self, collected, output, figures, context, feedback):
        """Name, look and metadata of the result."""
        raster, grid, origin = collected.raster, collected.grid, collected.origin
        name = tr("{raster} warped").format(raster=raster.name)
        if grid is not None:
            name = tr("{raster} warped onto {grid}").format(raster=raster.name, grid=grid.name)
        named = [provenance.raster_link(provenance.TARGET, raster)]
        if grid is not None:
            named.append(provenance.raster_link(provenance.REFERENCE, grid))
        names = {link[0] for link in named}
        origin.links = [link for link in origin.links if link[0] not in names] + named
        points_name = collected.points.sourceName()
        abstract = tr("{raster}, warped by the tie points {points}.").format(raster=raster.name, points=points_name)
        metadata = origin.metadata(name, f"{abstract} {figures}".strip(), grid.crs if grid else raster.crs)
        provenance.keep(output, "gdal", metadata, context, feedback)
        dress = styling.as_raster(raster.style, raster.bands)
        title = self.parameterDefinition(self.OUTPUT).description()
        styling.dress_when_loaded(context, output, title, name, dress, metadata)
