"""``sentinelmatch:matchrasters``: two rasters in, tie points and an honest error out."""

from __future__ import annotations

from .engine_call import run_engine
from .matching import MatchingAlgorithm
from .texts import tr


class MatchRasters(MatchingAlgorithm):
    """Find where each piece of the reference lies in the target."""

    ID = "matchrasters"
    TITLE = "Match rasters"
    SUMMARY = "Finds tie points between two rasters of one place, from any dates, seasons or sensors."
    TAGS = (
        "match,tie points,gcp,displacement,shift,registration,coregistration,accuracy,sentinel-2,season,snow,rmse,ce90"
    )
    ICON = "matchrasters"

    def initAlgorithm(self, configuration=None):
        self.add_inputs(tr("Tie points are looked for in this part of the reference only. Any CRS."))
        self.add_settings()
        self.add_outputs()

    def work(self, collected, parameters, context, feedback, folder):
        job = self.match_job(collected, parameters, context, feedback, folder)
        outcome = run_engine(job, collected.python, feedback)
        return self.match_results(collected, job, outcome, parameters, context, feedback)
