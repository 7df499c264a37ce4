"""Makes the example models that the plugin ships, ``sentinel_match_plugin/models/*.model3``.

Run it with QGIS 3.22, so that every later version reads them:
``QT_QPA_PLATFORM=offscreen /usr/bin/python3 scripts/make_models.py``. They are drawn for the graphical modeller too:
every step has its place in the diagram.
"""

from __future__ import annotations

import headless_qgis
from qgis.core import (
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterBand,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
)
from qgis.PyQt.QtCore import QPointF

source = QgsProcessingModelChildParameterSource
given, made_by, value = source.fromModelParameter, source.fromChildOutput, source.fromStaticValue
FOLDER = headless_qgis.ROOT / "sentinel_match_plugin" / "models"
BASEMAP_SHIFT_M = 300.0
NDVI = "(A.astype(float)-B)/(A.astype(float)+B)"  # a NIR band and a red one
FLOAT32 = 5  # in gdal:rastercalculator's list of data types


def child(algorithm, name, parameters, outputs=(), description="", after=(), at=(0, 0)):
    """A step of the model. Expressions know its outputs as ``@description_OUTPUT``, blanks as ``_``.

    ``outputs``: (child output, its name in the model[, description]); ``after``: (step, its branch or ""), besides
    those whose outputs are used; ``at``: column and row in the diagram."""
    made = QgsProcessingModelChildAlgorithm(algorithm)
    made.setChildId(name)
    made.setDescription(description or name)
    made.setPosition(QPointF(200 + 260 * at[0], 100 + 110 * at[1]))
    for parameter, given_by in parameters.items():
        made.addParameterSources(parameter, given_by if isinstance(given_by, list) else [given_by])
    made.setDependencies([QgsProcessingModelChildDependency(*dependency) for dependency in after])
    finals = {}
    for number, (output, final, *described) in enumerate(outputs):
        result = QgsProcessingModelOutput(final, *(described or [final]))
        result.setChildId(name)
        result.setChildOutputName(output)
        result.setPosition(QPointF(400 + 260 * at[0], 150 + 110 * at[1] + 45 * number))
        finals[final] = result
    made.setModelOutputs(finals)
    return made


def branches(name, conditions, after, at):
    """A fork: branch name -> expression."""
    made = child("native:condition", name, {}, description="?", after=after, at=at)
    made.setConfiguration({"conditions": [{"name": key, "expression": text} for key, text in conditions.items()]})
    return made


def only_if_matched(step, description, sentence):
    """The steps that end the model with ``sentence`` where ``step`` matched nothing; what else there is to do comes
    after the branch yes of ``matched``."""
    status = f"@{description}_STATUS"
    return [
        branches("matched", {"yes": f"{status} <> 'no_match'", "no": f"{status} = 'no_match'"}, [(step, "")], (1, 1)),
        child(
            "native:raiseexception",
            "stop",
            {"MESSAGE": value(sentence)},
            description="Stop",
            after=[("matched", "no")],
            at=(2, 1),
        ),
    ]


def model(title, parameters, steps, explained):
    """``parameters``: (definition, help); ``explained``: what the model is for, HTML."""
    made = QgsProcessingModelAlgorithm(title, "Sentinel Match")
    texts = {"ALG_DESC": explained, "ALG_CREATOR": "Sentinel Match"}
    for row, (definition, help_text) in enumerate(parameters):
        definition.setHelp(help_text)
        texts[definition.name()] = help_text
        component = QgsProcessingModelParameter(definition.name())
        component.setPosition(QPointF(200 + 220 * row, 0))
        made.addModelParameter(definition, component)
    made.setParameterOrder([definition.name() for definition, _ in parameters])
    for step in steps:
        made.addChildAlgorithm(step)
    made.setHelpContent(texts)
    made.updateDestinationParameters()
    return made


def raster(name, description, help_text, optional=False):
    return QgsProcessingParameterRasterLayer(name, description, optional=optional), help_text


def max_shift(default):
    """As in the algorithms."""
    kind = QgsProcessingParameterNumber.Type.Double
    definition = QgsProcessingParameterNumber(
        "MAX_SHIFT", "Largest displacement looked for (metres)", kind, default, minValue=0.0
    )
    definition.setFlags(definition.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return definition, "How far the images may lie off. A smaller value is faster and surer."


def time_series():
    """Up to four dates onto one reference: each date has its own step, run where the date is given."""
    dates = (1, 2, 3, 4)
    parameters = [raster("REFERENCE", "Reference raster", "The date that counts as right; it stays put.")]
    for date in dates:
        parameters.append(
            raster(f"DATE_{date}", f"Date {date}", "A raster to bring onto the reference.", optional=date > 1)
        )
    steps = [branches("given", {f"date {n}": f"@DATE_{n}_minx is not null" for n in dates[1:]}, (), (2, 1))]
    for date in dates:
        steps.append(
            child(
                "sentinelmatch:coregister",
                f"coregister_{date}",
                {"REFERENCE": given("REFERENCE"), "TARGET": given(f"DATE_{date}"), "MAX_SHIFT": given("MAX_SHIFT")},
                [("OUTPUT", f"DATE_{date}_ON_REFERENCE", f"Date {date} on the reference")],
                f"Co-register date {date}",
                [("given", f"date {date}")] if date > 1 else (),
                (date, 2 + date),
            )
        )
    explained = (
        "Brings up to four dates of one place onto the pixel grid of one reference, each on its own, so that an error "
        "of one is not passed on to the next. For more dates run Co-register raster as a batch."
    )
    return model("Time series onto one reference", [*parameters, max_shift(1500.0)], steps, explained)


def ndvi_change():
    """Register, stack, subtract; an exception with a sentence where the images do not match."""

    def band(name, description, of):
        definition = QgsProcessingParameterBand(name, description, parentLayerParameterName=of)
        return definition, "Sentinel-2: B04 is red, B08 near infrared."

    def ndvi(name, image, nir, red, description, at, **more):
        return child(
            "gdal:rastercalculator",
            name,
            {
                "INPUT_A": image,
                "BAND_A": given(nir),
                "INPUT_B": image,
                "BAND_B": given(red),
                "FORMULA": value(NDVI),
                "NO_DATA": value(-9999.0),
                "RTYPE": value(FLOAT32),
            },
            description=description,
            at=at,
            **more,
        )

    parameters = [
        raster("BEFORE", "Image before", "The reference; it stays put."),
        band("BEFORE_RED", "Red band of the image before", "BEFORE"),
        band("BEFORE_NIR", "Near infrared band of the image before", "BEFORE"),
        raster("AFTER", "Image after", "Is brought onto the pixel grid of the image before."),
        band("AFTER_RED", "Red band of the image after", "AFTER"),
        band("AFTER_NIR", "Near infrared band of the image after", "AFTER"),
        max_shift(1500.0),
    ]
    matched = [("matched", "yes")]
    steps = [
        child(
            "sentinelmatch:coregister",
            "coregister",
            {"REFERENCE": given("BEFORE"), "TARGET": given("AFTER"), "MAX_SHIFT": given("MAX_SHIFT")},
            [
                ("OUTPUT", "AFTER_ON_BEFORE", "Image after on the image before"),
                ("REPORT", "MATCH_REPORT", "Report of the match"),
            ],
            "Register",
            at=(0, 1),
        ),
        *only_if_matched(
            "coregister", "Register", "The two images do not match, so there is no difference that means anything."
        ),
        ndvi("ndvi_before", given("BEFORE"), "BEFORE_NIR", "BEFORE_RED", "NDVI before", (0, 3), after=matched),
        ndvi(
            "ndvi_after",
            made_by("coregister", "OUTPUT"),
            "AFTER_NIR",
            "AFTER_RED",
            "NDVI after",
            (1, 3),
            after=matched,
        ),
        child(
            "gdal:merge",
            "stack",
            {
                "INPUT": [made_by("ndvi_before", "OUTPUT"), made_by("ndvi_after", "OUTPUT")],
                "SEPARATE": value(True),
                "PCT": value(False),
                "NODATA_INPUT": value(-9999),
                "NODATA_OUTPUT": value(-9999),
                "DATA_TYPE": value(FLOAT32),
            },
            [("OUTPUT", "NDVI_STACK", "NDVI before and after")],
            "Stack",
            at=(0, 5),
        ),
        child(
            "gdal:rastercalculator",
            "difference",
            {
                "INPUT_A": made_by("stack", "OUTPUT"),
                "BAND_A": value(1),
                "INPUT_B": made_by("stack", "OUTPUT"),
                "BAND_B": value(2),
                "FORMULA": value("B-A"),
                "NO_DATA": value(-9999.0),
                "RTYPE": value(FLOAT32),
            },
            [("OUTPUT", "NDVI_DIFFERENCE", "NDVI difference, after less before")],
            "Difference",
            at=(1, 5),
        ),
    ]
    explained = (
        "Brings the image after onto the image before, stacks the NDVI of both and subtracts them. Without the first "
        "step every field border shows as a change. Where the two do not match it stops and says so."
    )
    return model("NDVI difference of two dates", parameters, steps, explained)


def basemap():
    """Match with a map service, keep the sure points, warp on the raster's own grid."""
    parameters = [
        raster("RASTER", "Raster to move", "The raster that lies off."),
        raster(
            "BASEMAP",
            "Basemap (WMS, WMTS, XYZ or any raster)",
            "What counts as right. A service is rendered over the raster, at its pixel size. Mind its terms of use, "
            "and that a basemap has an error of its own, often several metres.",
        ),
        max_shift(BASEMAP_SHIFT_M),
    ]
    steps = [
        child(
            "sentinelmatch:matchrasters",
            "match",
            {"REFERENCE": given("BASEMAP"), "TARGET": given("RASTER"), "MAX_SHIFT": given("MAX_SHIFT")},
            [("REPORT", "MATCH_REPORT", "Report of the match")],
            "Match",
            at=(0, 1),
        ),
        *only_if_matched("match", "Match", "The raster does not match the basemap; nothing was moved."),
        child(
            "native:extractbyexpression",
            "sure",
            {"INPUT": made_by("match", "TIE_POINTS"), "EXPRESSION": value('"inlier" and "score" >= 0.5')},
            [("OUTPUT", "TIE_POINTS", "Tie points that were used")],
            "Keep the sure points",
            [("matched", "yes")],
            (0, 3),
        ),
        child(
            "sentinelmatch:warpraster",
            "warp",
            {"INPUT": given("RASTER"), "TIE_POINTS": made_by("sure", "OUTPUT")},
            [("OUTPUT", "RASTER_ON_BASEMAP", "Raster moved onto the basemap")],
            "Warp on its own pixel grid",
            at=(1, 4),
        ),
    ]
    explained = (
        "Moves a raster to where a basemap shows the same ground: matches the two, keeps the sure tie points, and "
        "warps the raster on a grid of its own CRS and pixel size."
    )
    return model("Basemap as reference", parameters, steps, explained)


MODELS = {"timeseries": time_series, "ndvichange": ndvi_change, "basemapreference": basemap}


def main():
    """Write the models."""
    kept = headless_qgis.start()
    for name, make in MODELS.items():
        headless_qgis.save_model(make(), FOLDER / f"{name}.model3")
    del kept
    headless_qgis.leave()


if __name__ == "__main__":
    main()
