"""What to do about a result: for each kind of doubt, and for a good one, the next step."""

from __future__ import annotations

from collections.abc import Sequence

from ..jobs import MatchJob
from ..matchers.catalogue import MATCHERS

_SEE = "See in the map of the overlap whether both show one place"
_ALIKE = "name the bands that look most alike (REFERENCE_BAND, TARGET_BAND)"
_CLOUD = "leave cloud, water and bare snow out by polygons (AREA, AREA_MODE=outside)"
# By the kind of a Reason (points/reasons.py); a test sees to it that none is missing.
ADVICE = {
    "nothing": f"{_SEE}, free of cloud; {_ALIKE}; or try another MATCHER.",
    "too_few_agree": f"{_SEE}. If they do: {_CLOUD}; raise MAX_SHIFT if the target may lie farther off than that.",
    "accident": "Do not use the points. A guided matcher (MATCHER=auto, both rasters with a CRS) needs fewer of them "
    "to be sure; a larger EXTENT gives more.",
    "few": "Set a smaller SPACING, use a larger EXTENT or AREA, or take a date with less cloud. Ask for no more than "
    "TRANSFORM=shift or similarity of so few points.",
    "low_share": f"Look which points were rejected: if they lie together, {_CLOUD}; else {_ALIKE}, or take dates that "
    "look more alike.",
    "small_coverage": "Use only the part of the result that has points (EXTENT), or a TRANSFORM that runs on straight "
    "beyond them (shift, similarity, affine).",
    "bent_coverage": "Use only the part of the result that has points (EXTENT), or a TRANSFORM that runs on straight "
    "beyond them (affine). A smaller SPACING or another MATCHER may find points in the rest.",
    "rival": "Lower MAX_SHIFT to what the georeferencing can be wrong by, and look at the flicker below: does it jump "
    "everywhere, or only where the other points lie? If the ground itself moved there, leave it out (AREA).",
    "unchecked": "Set a smaller SPACING or use a larger EXTENT; until then take the error as not known.",
    "disagree": "If the arrows of the displacement bend from place to place, ask for TRANSFORM=local; if neighbouring "
    "arrows contradict each other, the points are wrong: take another MATCHER, or other bands.",
    "too_small": "Use a larger EXTENT or AREA, or rasters of finer pixels.",
    "chance": f"{_SEE}. If the target may lie farther off than MAX_SHIFT, raise it; {_CLOUD}.",
    "no_model": f"{_SEE}; set a smaller SPACING.",
    "low_support": f"Look at the details below. If they fit, the rest may have changed too much to tell: {_CLOUD}.",
    "repeats": "Lower MAX_SHIFT to what the georeferencing can be wrong by: less than the distance at which the "
    "pattern repeats itself.",
}
NEXT = (
    "Look at the checkerboards and the flicker: lines must run on, nothing may jump.",
    "Other bands or rasters of the same scene: run “Warp raster by tie points” with these tie points, so that all of "
    "them move alike.",
    "For a stricter result, select the tie points by score or residual, save the selection, and warp with that.",
)


def advice_for(reason: str) -> str:
    """What to do about one reason; empty where nothing is known."""
    return ADVICE.get(getattr(reason, "kind", ""), "")


def next_steps(status: str, job: MatchJob, georeferenced: bool) -> Sequence[str]:
    """What to do now, beyond the advice for each reason: by what was asked for."""
    if status == "ok":
        return NEXT
    steps = []
    entry = MATCHERS.get(job.matcher)
    if entry is not None and entry.kind == "free" and georeferenced:
        steps.append(
            f"Both rasters are georeferenced, and {job.matcher} makes no use of that: try MATCHER=auto, which compares "
            "the directions of edges, so that snow and summer may differ; or MATCHER_OPTIONS=refine=yes."
        )
    elif job.matcher == "phase":
        steps.append("Phase correlation is for dates that look alike: try MATCHER=auto, or seasonal.")
    elif job.matcher in ("auto", "structure"):
        steps.append("Try MATCHER=seasonal, a network that learned from snow and summer; it comes with the plugin.")
    if job.min_score > 0:
        steps.append(f"Points below a score of {job.min_score:g} were left out (MIN_SCORE): try without.")
    if georeferenced:
        steps.append(
            "Where the georeferencing itself may be wrong: raise MAX_SHIFT, or give a copy of one raster without a "
            "CRS, for which every place, rotation and scale is tried."
        )
    if status == "low_confidence":
        steps.append("Look at the checkerboards, the details and the flicker below before you use the result.")
    return steps
