"""The parameters that the algorithms share, each with its help. Names and choices are the contract of the provider."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBand,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..engine.jobs import AREA_MODES, DEVICES, MATCHERS, RESAMPLINGS, TRANSFORMS
from . import choices
from .texts import tr

MATCHER_DEFAULT, TRANSFORM_DEFAULT, RESAMPLING_DEFAULT = "auto", "auto", "cubic"
MAX_SHIFT_DEFAULT = 1500.0


def raster(name, description, help_text, optional=False):
    """A raster layer: a layer of the project, its name, or a path."""
    return _with_help(QgsProcessingParameterRasterLayer(name, description, optional=optional), help_text)


def band(name, description, parent, help_text=""):
    """A band of the raster parameter ``parent``; left empty, the engine chooses. ``help_text``: not that of a pair."""
    parameter = QgsProcessingParameterBand(name, description, parentLayerParameterName=parent, optional=True)
    return _with_help(
        parameter,
        help_text
        or tr(
            "The band to look at. Left empty, the pair of bands that fits best is chosen by their names and "
            "wavelengths: red, then near infrared, then gray; structure also compares the others of red, near "
            "infrared, green and blue that both have. The log says which."
        ),
    )


def extent(name, help_text):
    """A rectangle in any CRS."""
    return _with_help(QgsProcessingParameterExtent(name, tr("Extent"), optional=True), help_text)


def area(name, help_text=None):
    """Polygons that say where to look; another ``help_text`` where they say something else."""
    parameter = QgsProcessingParameterFeatureSource(
        name, tr("Area (polygons)"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
    )
    return _with_help(
        parameter,
        help_text
        or tr(
            "Polygons that limit where tie points are looked for, in any CRS: a layer, its selected features, or a "
            "file. A GeoJSON file that names no CRS is in longitude and latitude."
        ),
    )


def area_mode(name):
    """Whether the polygons are to be used or to be avoided."""
    return choice(
        name,
        tr("Look inside or outside the area"),
        AREA_MODES,
        "inside",
        tr(
            "inside: only within the polygons. outside: everywhere else, as for clouds, water or forest that was "
            "felled."
        ),
        "area_modes",
    )


def matcher(name):
    """How correspondences are found."""
    return choice(
        name,
        tr("Matcher"),
        MATCHERS,
        MATCHER_DEFAULT,
        tr(
            "auto: guided by the georeferencing; where one raster has none, or nothing matches where it says, any "
            "rotation, scale and shift. "
            "structure: guided; compares the orientation of edges, so snow and summer match; needs no weights. "
            "phase: guided; phase correlation, for images of like season. "
            "sift, akaze, orb: free; classic keypoints, for images of one season. "
            "All others: free; networks, whose weights must be in the model store. The help has a table of them."
        ),
        "matchers",
    )


def matcher_options(name, description="", help_text=""):
    """What only the chosen matcher understands; another description and help where there are several."""
    parameter = QgsProcessingParameterString(name, description or tr("Options of the matcher"), optional=True)
    help_text = help_text or tr(
        "Options that the chosen matcher has and others have not, with spaces between, as weights=indoor "
        "threshold=0.4. Left empty, each has its default. The table of matchers in the help says which there are."
    )
    return advanced(_with_help(parameter, help_text))


def max_shift(name):
    """The search radius in metres."""
    return number(
        name,
        tr("Largest displacement looked for (metres)"),
        MAX_SHIFT_DEFAULT,
        tr("How far the target may lie off. Guided matchers look no further. A smaller value is faster and surer."),
        minimum=0.0,
    )


def spacing(name):
    """Reference pixels between tie points."""
    parameter = number(
        name,
        tr("Spacing of the tie points (reference pixels, 0 = chosen from the size)"),
        0.0,
        tr("The distance between the places where a tie point is tried. Smaller means more points and more time."),
        minimum=0.0,
    )
    return advanced(parameter)


def transform(name, is_advanced=True):
    """The transformation that is fitted to the tie points."""
    parameter = choice(
        name,
        tr("Transformation"),
        TRANSFORMS,
        TRANSFORM_DEFAULT,
        tr(
            "auto: the simplest one whose cross-validated error is not significantly worse than the best. shift, "
            "similarity, affine, homography, polynomial2, polynomial3: one formula for the whole image. "
            "thin_plate_spline, local: follow displacements that change over the image."
        ),
        "transforms",
    )
    return advanced(parameter) if is_advanced else parameter


def min_score(name):
    """Tie points that are less sure are left out."""
    parameter = number(
        name,
        tr("Smallest score (0 to 1)"),
        0.0,
        tr("Tie points with a score below this are left out of everything. The score says how sure a point is."),
        minimum=0.0,
        maximum=1.0,
    )
    return advanced(parameter)


def device(name):
    """Where the computation runs."""
    help_text = tr("auto: a CUDA card, else Apple's graphics (mps), else the processor (cpu). The log says which.")
    return advanced(choice(name, tr("Device"), DEVICES, "auto", help_text, "devices"))


def seed(name):
    """The seed of everything random."""
    help_text = tr("The same seed, rasters and parameters give the same result again.")
    return advanced(number(name, tr("Random seed"), 0, help_text, minimum=0, integer=True))


def resampling(name):
    """How the warped raster takes its values."""
    return choice(
        name,
        tr("Resampling"),
        RESAMPLINGS,
        RESAMPLING_DEFAULT,
        tr(
            "nearest keeps the values as they are (classes, masks); bilinear, cubic and lanczos are smoother, for "
            "images."
        ),
        "resamplings",
    )


def vector_output(name, description, source_type, help_text, by_default):
    """An optional vector result."""
    parameter = QgsProcessingParameterFeatureSink(
        name, description, source_type, optional=True, createByDefault=by_default
    )
    return _with_help(parameter, help_text)


def file_output(name, description, file_filter, help_text, by_default=False):
    """An optional file result."""
    parameter = QgsProcessingParameterFileDestination(
        name, description, file_filter, optional=True, createByDefault=by_default
    )
    return _with_help(parameter, help_text)


def raster_output(name, description, help_text):
    """The warped raster."""
    return _with_help(QgsProcessingParameterRasterDestination(name, description), help_text)


def advanced(parameter):
    """The same parameter, folded away in the dialog."""
    parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return parameter


def choice(name, description, options, default, help_text, kind=""):
    """One of ``options``, whose names work on the command line and in models; ``kind``: the table of choices.py that
    tells in the dialog what each means.
    """
    parameter = QgsProcessingParameterEnum(
        name, description, options=list(options), defaultValue=default, optional=True, usesStaticStrings=True
    )
    parameter.setMetadata({choices.KIND: kind})
    return _with_help(parameter, help_text)


def several(name, description, options, default, help_text, kind):
    """Any number of ``options``; everything else as in ``choice``."""
    parameter = QgsProcessingParameterEnum(
        name,
        description,
        options=list(options),
        allowMultiple=True,
        defaultValue=list(default),
        optional=True,
        usesStaticStrings=True,
    )
    parameter.setMetadata({choices.KIND: kind})
    return _with_help(parameter, help_text)


def number(name, description, default, help_text, minimum, maximum=None, integer=False):
    """A number of at least ``minimum``, in the unit that ``description`` names."""
    kind = QgsProcessingParameterNumber.Type.Integer if integer else QgsProcessingParameterNumber.Type.Double
    parameter = QgsProcessingParameterNumber(name, description, kind, default, optional=True, minValue=minimum)
    if maximum is not None:
        parameter.setMaximum(maximum)
    if not integer:
        parameter.setMetadata({"widget_wrapper": {"decimals": 2 if maximum is not None and maximum <= 1 else 1}})
    return _with_help(parameter, help_text)


def _with_help(parameter, help_text):
    parameter.setHelp(help_text)
    return parameter
