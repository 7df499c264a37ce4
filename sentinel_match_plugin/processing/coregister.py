"""``sentinelmatch:coregister``: match, then warp the target onto the reference, in one step."""

from __future__ import annotations

from ..engine.jobs import CoregisterJob
from . import checks, provenance, styling
from . import parameters as define
from .engine_call import run_engine
from .matching import MatchingAlgorithm
from .texts import tr


class Coregister(MatchingAlgorithm):
    """Bring the target into place on the reference's grid."""

    ID = "coregister"
    TITLE = "Co-register raster"
    SUMMARY = "Matches the target with the reference and warps it onto the reference's pixel grid."
    TAGS = (
        "coregister,co-registration,registration,align,warp,match,tie points,shift,georeference,sentinel-2,season,snow"
    )
    ICON = "coregister"

    RESAMPLING, OUTPUT = "RESAMPLING", "OUTPUT"

    def initAlgorithm(self, configuration=None):
        self.add_inputs(tr("Only this part of the reference is matched, and written. Any CRS."))
        self.addParameter(define.resampling(self.RESAMPLING))
        self.add_settings()
        self.addParameter(
            define.raster_output(
                self.OUTPUT,
                tr("Co-registered raster"),
                tr(
                    "The target on the pixel grid of the reference, with all its bands: a cloud-optimised GeoTIFF. "
                    "Without a trustworthy match (STATUS no_match) nothing is written."
                ),
            )
        )
        self.add_outputs()

    def check(self, parameters, context):
        super().check(parameters, context)
        checks.choice(self, parameters, self.RESAMPLING, context)

    def collect(self, parameters, context, feedback):
        collected = super().collect(parameters, context, feedback)
        collected.choices[self.RESAMPLING] = checks.choice(self, parameters, self.RESAMPLING, context)
        return collected

    def work(self, collected, parameters, context, feedback, folder):
        output = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)
        job = CoregisterJob(
            match=self.match_job(collected, parameters, context, feedback, folder),
            output=output,
            resampling=collected.choices[self.RESAMPLING],
        )
        outcome = run_engine(job, collected.python, feedback)
        results = self.match_results(collected, job.match, outcome, parameters, context, feedback)
        if outcome.status == "no_match":
            styling.do_not_load(context, output)
            feedback.pushWarning(tr("No raster was written, because no trustworthy match was found."))
            results[self.OUTPUT] = None
        else:
            target, reference = collected.target, collected.reference
            title = tr("{target} on {reference}").format(target=target.name, reference=reference.name)
            abstract = tr("{target}, warped onto the pixel grid of {reference}.").format(
                target=target.name, reference=reference.name
            )
            metadata = collected.origin.metadata(title, f"{abstract} {self.findings(outcome)}", reference.crs)
            provenance.keep(output, "gdal", metadata, context, feedback)
            description = self.parameterDefinition(self.OUTPUT).description()
            dress = styling.as_raster(target.style, target.bands)
            styling.dress_when_loaded(context, output, description, title, dress, metadata)
            results[self.OUTPUT] = output
        return results
