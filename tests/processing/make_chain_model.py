"""Makes ``chain.model3``: clip -> matchrasters -> filter on score -> warpraster.

Run it with QGIS 3.22, so that the names of child outputs work in every later version:
``QT_QPA_PLATFORM=offscreen /usr/bin/python3 tests/processing/make_chain_model.py``
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "scripts"))

import headless_qgis  # noqa: E402
from qgis.core import (  # noqa: E402
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterExtent,
    QgsProcessingParameterRasterLayer,
)


def child(algorithm, name, parameters, outputs=()):
    """A step of the model; ``outputs`` are (child output, name in the model)."""
    made = QgsProcessingModelChildAlgorithm(algorithm)
    made.setChildId(name)
    made.setDescription(name)
    for parameter, source in parameters.items():
        made.addParameterSources(parameter, [source])
    finals = {}
    for output, final in outputs:
        result = QgsProcessingModelOutput(final, final)
        result.setChildId(name)
        result.setChildOutputName(output)
        finals[final] = result
    made.setModelOutputs(finals)
    return made


def chain():
    """The model."""
    source = QgsProcessingModelChildParameterSource
    given, made_by, value = source.fromModelParameter, source.fromChildOutput, source.fromStaticValue
    model = QgsProcessingModelAlgorithm("Clip, match, filter, warp", "Sentinel Match")
    for definition in (
        QgsProcessingParameterRasterLayer("reference", "Reference"),
        QgsProcessingParameterRasterLayer("target", "Target"),
        QgsProcessingParameterExtent("extent", "Extent"),
    ):
        model.addModelParameter(definition, QgsProcessingModelParameter(definition.name()))
    for step in (
        child(
            "gdal:cliprasterbyextent",
            "clip",
            {
                "INPUT": given("reference"),
                "PROJWIN": given("extent"),
                "OVERCRS": value(False),  # 3.22 wants every mandatory parameter, defaults included
                "DATA_TYPE": value(0),
            },
        ),
        child(
            "sentinelmatch:matchrasters",
            "match",
            {
                "REFERENCE": made_by("clip", "OUTPUT"),
                "TARGET": given("target"),
                "MATCHER": value("structure"),
                "MAX_SHIFT": value(200),
            },
        ),
        child(
            "native:extractbyexpression",
            "filter",
            {"INPUT": made_by("match", "TIE_POINTS"), "EXPRESSION": value('"score" >= 0.3')},
            [("OUTPUT", "points")],
        ),
        child(
            "sentinelmatch:warpraster",
            "warp",
            {
                "INPUT": given("target"),
                "TIE_POINTS": made_by("filter", "OUTPUT"),
                "REFERENCE": made_by("clip", "OUTPUT"),
                "TRANSFORM": value("shift"),
                "RESAMPLING": value("bilinear"),
            },
            [("OUTPUT", "warped")],
        ),
    ):
        model.addChildAlgorithm(step)
    model.updateDestinationParameters()
    return model


def main():
    """Write the model beside this file."""
    kept = headless_qgis.start()
    headless_qgis.save_model(chain(), HERE / "chain.model3")
    del kept
    headless_qgis.leave()


if __name__ == "__main__":
    main()
