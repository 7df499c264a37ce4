"""What to do about a result: for each kind of doubt, and for a good one, the next step."""

from __future__ import annotations

from collections.abc import Sequence

from ..jobs import MatchJob
from ..matchers.catalogue import MATCHERS

_SEE = "See below, where both stand side by side, whether they show one place"
_ALIKE = "choose the bands that look most alike (REFERENCE_BAND, TARGET_BAND)"
_CLOUD = "leave cloud, water and bare snow out by polygons (AREA, with AREA_MODE=outside)"
_FARTHER = "raise the largest displacement (MAX_SHIFT)"
_NARROWER = "Lower the largest displacement (MAX_SHIFT) to what the georeferencing can be wrong by"
_DENSER = "a smaller spacing of the tie points (SPACING)"
_PART = (
    "Use only the part of the result that has points (EXTENT), or a transformation that runs on straight beyond them"
)
# By the kind of a Reason (points/reasons.py); a test sees to it that none is missing.
ADVICE = {
    "nothing": f"{_SEE}, free of cloud; {_ALIKE}; or try another matcher (MATCHER).",
    "too_few_agree": f"{_SEE}. If they do: {_CLOUD}; {_FARTHER} if the target may lie farther off than that.",
    "accident": "Do not use the points. A guided matcher (MATCHER=auto, both rasters with a CRS) needs fewer of them "
    "to be sure; a larger part of the image (EXTENT) gives more.",
    "few": f"Set {_DENSER}, use a larger EXTENT or AREA, or take a date with less cloud. Ask so few points for no more "
    "than TRANSFORM=shift or similarity.",
    "low_share": f"Look which points were rejected: if they lie together, {_CLOUD}; else {_ALIKE}, or take dates that "
    "look more alike.",
    "small_coverage": f"{_PART} (TRANSFORM=shift, similarity or affine).",
    "bent_coverage": f"{_PART} (TRANSFORM=affine). With {_DENSER} or another matcher (MATCHER) points may be found in "
    "the rest.",
    "rival": f"{_NARROWER}, and look at the flicker below: does it jump everywhere, or only where the other points "
    "lie? If the ground itself moved there, leave it out (AREA).",
    "unchecked": f"Set {_DENSER} or use a larger EXTENT; until then take the error as not known.",
    "disagree": "If the arrows of the displacement bend from place to place, ask for TRANSFORM=local; if neighbouring "
    "arrows contradict each other, the points are wrong: take another matcher (MATCHER), or other bands.",
    "too_small": "Use a larger EXTENT or AREA, or rasters of finer pixels.",
    "chance": f"{_SEE}. If the target may lie farther off, {_FARTHER}; {_CLOUD}.",
    "no_model": f"{_SEE}; set {_DENSER}.",
    "low_support": f"Look at the details below. If they fit, the rest may have changed too much to tell: {_CLOUD}.",
    "repeats": f"{_NARROWER}: less than the distance at which the pattern repeats itself.",
}
NEXT = (
    "Look at the checkerboards and the flicker: lines must run on, nothing may jump.",
    "Other bands or rasters of the same scene: run “Warp raster by tie points” with these tie points, so that all of "
    "them move alike.",
    "For a stricter result, select the tie points by score or residual, save the selection, and warp with that.",
)
_LOOK = "Look at the checkerboards, the details and the flicker below before you use the result."
_AUTO_HAS_TRIED = (
    "The matcher auto has looked where the georeferencing says and, where nothing matched there, at every place, "
    "rotation and scale. A date or bands that look more alike help more now than other settings; loftr and aliked see "
    "other things in an image (MATCHER; “Weights of matchers” fetches what they need)."
)


def advice_for(reason: str) -> str:
    """What to do about one reason; empty where nothing is known."""
    return ADVICE.get(getattr(reason, "kind", ""), "")


def next_steps(status: str, job: MatchJob, georeferenced: bool) -> Sequence[str]:
    """What to do now, beyond the advice for each reason: by what was asked for."""
    if status == "ok":
        return NEXT
    steps = [_LOOK] if status == "low_confidence" else []
    entry = MATCHERS.get(job.matcher)
    if entry is not None and entry.kind == "free" and georeferenced:
        steps.append(
            f"Both rasters are georeferenced, and {job.matcher} makes no use of that: try MATCHER=auto, which compares "
            "the directions of edges, so that snow and summer may differ; or MATCHER_OPTIONS=refine=yes."
        )
    elif job.matcher == "phase":
        steps.append("Phase correlation is for dates that look alike: try MATCHER=auto, or seasonal.")
    elif job.matcher == "auto" and status == "no_match":
        steps.append(_AUTO_HAS_TRIED)
    elif job.matcher in ("auto", "structure"):
        steps.append("Try MATCHER=seasonal, a network that learned from snow and summer; it comes with the plugin.")
    if job.min_score > 0:
        steps.append(f"Points below a score of {job.min_score:g} were left out (MIN_SCORE): try without.")
    if georeferenced and steps[-1:] != [_AUTO_HAS_TRIED]:
        steps.append(
            f"Where the georeferencing itself may be wrong: {_FARTHER}, or give a copy of one raster without a "
            "CRS, for which every place, rotation and scale is tried."
        )
    return steps
