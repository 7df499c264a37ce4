"""``sentinelmatch:preparesentinel2``: bands of a Sentinel-2 product as one raster, ready for use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..engine.jobs import NORMALISATIONS, PrepareSentinel2Job
from ..engine.sentinel2.band_names import parse_bands
from ..engine.sentinel2.product import Product, open_product
from . import checks, provenance, styling
from . import parameters as define
from .algorithm import ParameterError, SentinelMatchAlgorithm
from .areas import engine_extent, write_area
from .engine_call import run_engine
from .settings import engine_python
from .texts import tr


@dataclass
class PrepareInputs:
    """Everything the job needs, resolved in the main thread. ``extent`` is a rectangle and its CRS."""

    product: str
    extent: tuple | None
    area: Any
    values: dict
    python: str
    origin: provenance.Origin


class PrepareSentinel2(SentinelMatchAlgorithm):
    """Bands of a Sentinel-2 product, on one grid, in reflectance, without clouds, cut out."""

    ID = "preparesentinel2"
    TITLE = "Prepare Sentinel-2 product"
    SUMMARY = "Makes one GeoTIFF of the bands of a Sentinel-2 product: in reflectance, without clouds, cut out."
    TAGS = "sentinel-2,safe,l1c,l2a,bands,stack,cloud mask,scl,reflectance,resample,clip,product,zip,tie points"
    ICON = "preparesentinel2"
    GROUP = "scenes"

    PRODUCT, BANDS, RESOLUTION, EXTENT, AREA = "PRODUCT", "BANDS", "RESOLUTION", "EXTENT", "AREA"
    MASK_CLOUDS, CLOUD_PROBABILITY = "MASK_CLOUDS", "CLOUD_PROBABILITY"
    NORMALISE, THRESHOLD, OUTPUT = "NORMALISE", "THRESHOLD", "OUTPUT"

    def initAlgorithm(self, configuration=None):
        product = QgsProcessingParameterFile(
            self.PRODUCT, tr("Sentinel-2 product (.SAFE folder, its zip, or its MTD_MSIL1C.xml or MTD_MSIL2A.xml)")
        )
        product.setFileFilter(tr("Sentinel-2 products (MTD_*.xml *MTD_*.xml *.zip);;All files (*)"))
        product.setHelp(
            tr(
                "Level-1C or Level-2A of any processing baseline. The path of the .SAFE folder can be typed or pasted; "
                "in the file dialog choose the MTD file in it, or the zip, which is read where it lies."
            )
        )
        self.addParameter(product)
        bands = QgsProcessingParameterString(self.BANDS, tr("Bands"), defaultValue="auto", optional=True)
        bands.setHelp(
            tr(
                "Names such as B04,B8A,SCL, in the order of the result: B01 to B12, B8A, TCI, SCL, AOT, WVP; or RGB, "
                "RGBN, CIR (B08 B04 B03), SWIR (B12 B8A B04), 10m, 20m, 60m, all. auto: the finest reflectance bands "
                "that the product has."
            )
        )
        self.addParameter(bands)
        self.addParameter(
            define.number(
                self.RESOLUTION,
                tr("Pixel size (metres, 0 = that of the finest of the bands)"),
                0.0,
                tr(
                    "All bands get this pixel size: finer ones are averaged, coarser ones interpolated, classes take "
                    "the nearest pixel."
                ),
                minimum=0.0,
            )
        )
        self.addParameter(define.extent(self.EXTENT, tr("Only this part is written, by whole pixels. Any CRS.")))
        self.addParameter(
            define.area(
                self.AREA,
                tr(
                    "Polygons outside of which everything becomes nodata; the result is cut to their bounds. A layer, "
                    "its selected features, or a file, in any CRS. A GeoJSON file that names no CRS is in longitude "
                    "and latitude."
                ),
            )
        )
        mask = QgsProcessingParameterBoolean(self.MASK_CLOUDS, tr("Clouds become nodata"), False, optional=True)
        mask.setHelp(
            tr(
                "Level-2A: by the scene classes (cloud, cirrus, cloud shadow; snow stays). Level-1C: by its mask of "
                "clouds, raster or polygons. The log says which."
            )
        )
        self.addParameter(mask)
        self.addParameter(
            define.advanced(
                define.number(
                    self.CLOUD_PROBABILITY,
                    tr("Probability from which a pixel counts as cloud (percent, 0 = by the scene classes)"),
                    0.0,
                    tr("Level-2A only: clouds become nodata by their probability (MSK_CLDPRB) instead of the classes."),
                    minimum=0.0,
                    maximum=100.0,
                )
            )
        )
        self.addParameter(
            define.choice(
                self.NORMALISE,
                tr("Pixel values of the result"),
                NORMALISATIONS,
                "none",
                tr(
                    "none: reflectance times 10000, whole numbers, the offset of baseline 04.00 and later added. "
                    "reflectance: 0 to 1. threshold: 0 to the threshold as 1 to 255. percentile: the 2nd to the 98th "
                    "percentile of each band as 1 to 255."
                ),
                "normalisations",
            )
        )
        self.addParameter(
            define.advanced(
                define.number(
                    self.THRESHOLD,
                    tr("Threshold (reflectance times 10000)"),
                    3000.0,
                    tr("What becomes 255 with threshold: 3000 suits summer, 8000 snow."),
                    minimum=1.0,
                    maximum=100_000.0,
                )
            )
        )
        self.addParameter(
            define.raster_output(
                self.OUTPUT,
                tr("Prepared bands"),
                tr(
                    "A cloud-optimised GeoTIFF with the bands' names, wavelengths and nodata; time, product, baseline "
                    "and offset are in its metadata."
                ),
            )
        )

    def check(self, parameters, context):
        product = self._product(parameters, context)
        with checks.about(self.BANDS):
            product.bands(parse_bands(self.parameterAsString(parameters, self.BANDS, context)))
        checks.extent_of(self, parameters, self.EXTENT, context, _crs(product))
        checks.choice(self, parameters, self.NORMALISE, context)
        for name in (self.RESOLUTION, self.CLOUD_PROBABILITY, self.THRESHOLD):
            checks.number_in_range(self, parameters, name, context)
        inputs = [self._path(parameters, context), *(image.path for image in product.images.values())]
        inputs.append(checks.vector_file(self, parameters, self.AREA, context))
        checks.destinations(self, parameters, context, inputs)

    def collect(self, parameters, context, feedback):
        values = {
            name: float(checks.number_in_range(self, parameters, name, context))
            for name in (self.RESOLUTION, self.CLOUD_PROBABILITY, self.THRESHOLD)
        }
        values[self.BANDS] = self.parameterAsString(parameters, self.BANDS, context)
        values[self.MASK_CLOUDS] = self.parameterAsBoolean(parameters, self.MASK_CLOUDS, context)
        values[self.NORMALISE] = checks.choice(self, parameters, self.NORMALISE, context)
        crs = _crs(self._product(parameters, context))
        return PrepareInputs(
            product=self._path(parameters, context),
            extent=checks.extent_of(self, parameters, self.EXTENT, context, crs),
            area=checks.vector_source(self, parameters, self.AREA, context),
            values=values,
            python=engine_python(),
            origin=provenance.origin_of(self, parameters, context),
        )

    def work(self, collected, parameters, context, feedback, folder):
        values = collected.values
        output = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)
        job = PrepareSentinel2Job(
            product=collected.product,
            output=output,
            bands=values[self.BANDS],
            resolution_m=values[self.RESOLUTION],
            extent=engine_extent(collected.extent),
            area=write_area(collected.area, "inside", str(folder / "area.geojson"), feedback),
            mask_clouds=values[self.MASK_CLOUDS],
            cloud_probability=values[self.CLOUD_PROBABILITY],
            normalise=values[self.NORMALISE],
            threshold=values[self.THRESHOLD],
        )
        outcome = run_engine(job, collected.python, feedback)
        what = tr("{bands}: {width} x {height} pixels of {metres:g} m, {share:.1%} of them valid.").format(
            bands=", ".join(outcome.bands),
            width=outcome.width,
            height=outcome.height,
            metres=outcome.resolution_m,
            share=outcome.valid_share,
        )
        feedback.pushInfo(what)
        name = f"{outcome.product} {' '.join(outcome.bands)}"
        collected.origin.links = [(provenance.PRODUCT, outcome.product, collected.product, "gdal")]
        abstract = tr("Bands of the Sentinel-2 product {product}. {what}").format(product=outcome.product, what=what)
        metadata = collected.origin.metadata(name, abstract)
        provenance.keep(output, "gdal", metadata, context, feedback)
        title = self.parameterDefinition(self.OUTPUT).description()
        styling.dress_when_loaded(context, output, title, name, metadata=metadata)
        return {self.OUTPUT: output}

    def _path(self, parameters, context):
        return self.parameterAsString(parameters, self.PRODUCT, context)

    def _product(self, parameters, context) -> Product:
        path = self._path(parameters, context)
        if not path:
            raise ParameterError(tr("No Sentinel-2 product was given as {name}.").format(name=self.PRODUCT))
        with checks.about(self.PRODUCT):
            product = open_product(path)
            product.check_has_images()
        return product


def _crs(product):
    """The CRS in which an extent that names none is taken to be."""
    return QgsCoordinateReferenceSystem(product.tile.crs if product.tile else "")
