"""``ok``, ``low_confidence`` or ``no_match``: what may be said of a result, and in which words.

A wrong answer given with confidence is the worst bug this program can have, so every rule here can only lower the
status. The constants are first values from geometry and statistics; they are to be measured on right and wrong pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import ConvexHull, QhullError, cKDTree
from scipy.special import gammaln

from .filtering import first_guess, refine
from .reasons import Reason

if TYPE_CHECKING:
    from .accuracy import Accuracy

OK, LOW, NONE = "ok", "low_confidence", "no_match"

# Fewer agreeing points than this are no match: 4 is one more than an affine passes through whatever they are.
FEWEST_POINTS = 4
# Below this the cross-validated error itself is a guess (90 % of 9 held-out points are the first to be a quantile).
FEW_POINTS = 12
# Points whose hull covers less of the area than this tell little about the rest of it: beyond the hull the error grows.
SMALL_COVERAGE = 0.10
# The same where the transformation bends, which nothing says it does not beyond the points: a local field through 236
# points of a third of an image (phase, two summers, a sine of 3 px) was right among them and 8 px off in the median.
BENT_COVERAGE, BENT = 0.40, ("polynomial2", "polynomial3", "thin_plate_spline", "local")
# Share of the candidates that agree. Below the first the points may be the largest accident; the second is suspicious.
HOPELESS_SHARE = 0.05
LOW_SHARE = 0.20
# A second set among the rejected points with at least this share of the first set's members is a rival explanation.
RIVAL_SHARE = 0.40
# Within this distance of one similarity the members of a rival set agree.
THRESHOLD_PX = 1.5
# Held-out distances of 90 % of the points, reference pixels: beyond it, warping may do more harm than good.
LARGE_CE90_PX = 3.0
# Chance that matches at random positions yield as many agreeing points; one wrong alarm in a million jobs.
CHANCE = 1e-6


def coverage(points: np.ndarray, extent: tuple[float, float]) -> float:
    """Area of the points' convex hull over the area of the extent (width, height), 0..1."""
    if len(points) < 3 or min(extent) <= 0:
        return 0.0
    try:
        return min(float(ConvexHull(points).volume) / (extent[0] * extent[1]), 1.0)
    except QhullError:  # all in line
        return 0.0


def largest_rival(
    source: np.ndarray, destination: np.ndarray, inlier: np.ndarray, threshold_px: float, seed: int = 0
) -> int:
    """How many of the points that are not ``inlier`` ``(N,)`` one similarity explains: a second explanation.

    Rejected points displaced much like the inlier next to them (within twice the threshold) are noisy, not rivals.
    """
    source, displacement = np.asarray(source, float), np.asarray(destination, float) - np.asarray(source, float)
    others = ~inlier & np.isfinite(source).all(1) & np.isfinite(displacement).all(1)
    if inlier.any() and others.any():
        _, next_to = cKDTree(source[inlier]).query(source[others])
        difference = displacement[others] - displacement[inlier][next_to]
        others[others] = np.hypot(difference[:, 0], difference[:, 1]) > 2 * threshold_px
    if others.sum() < FEWEST_POINTS:
        return 0
    src, dst = source[others], source[others] + displacement[others]
    guess = first_guess(src, dst, "similarity", threshold_px, seed)
    return int(refine(src, dst, "similarity", threshold_px, guess).sum())


def chance_of_accident(candidates: int, inliers: int, threshold_px: float, search_px: float) -> float:
    """Expected number of affine motions that ``inliers`` of ``candidates`` random matches agree on; 1 at most.

    Each match lies anywhere within ``search_px``, agreement is within ``threshold_px``. The "number of false alarms" of
    the a contrario method (Moisan and Stival, "A probabilistic criterion to detect rigid point matches between two
    images", IJCV 2004): ``(n - 3) C(n, k) C(k, 3) p^(k - 3)``, since an affine passes through any three matches and
    the best of all triples is taken.
    """
    if inliers <= 3:
        return 1.0
    share = min((threshold_px / max(search_px, threshold_px)) ** 2, 1.0)
    logarithm = (
        np.log(max(candidates - 3, 1))
        + _log_choose(candidates, inliers)
        + _log_choose(inliers, 3)
        + (inliers - 3) * np.log(share)
    )
    return float(np.exp(min(logarithm, 0.0)))


def _log_choose(n: int, k: int) -> float:
    return float(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))


def judge_status(
    source: np.ndarray,
    destination: np.ndarray,
    inlier: np.ndarray,
    extent_px: tuple[float, float],
    accuracy: Accuracy | None = None,
    search_px: float = float("nan"),
    threshold_px: float = THRESHOLD_PX,
    seed: int = 0,
    kind: str = "",
    shared: float = 1.0,
) -> tuple[str, list[str]]:
    """The status and the reasons for it, sentences for the user; no reasons when ``ok``.

    ``source``, ``destination`` ``(N, 2)``: all tie points before any filter, pixels; ``inlier`` ``(N,)`` those that
    the model explains; ``extent_px`` width and height that points could have come from; ``accuracy`` of the chosen
    transformation. ``search_px``: radius in which each point was looked for independently of the others, for the odds
    of chance (nan: those are not judged; leave it so where a coarser level has already told the points where to look).
    ``kind`` of transformation; ``shared`` 0..1: the share of the extent that both images show.
    """
    inlier = np.asarray(inlier, bool)
    candidates, count = len(inlier), int(inlier.sum())
    if candidates == 0:
        return NONE, [
            Reason("No tie point was found: the images share no texture, or do not show the same place.", "nothing")
        ]
    share = count / candidates
    agree = f"{count} of {candidates} tie points ({share:.0%}) agree with each other"
    if count < FEWEST_POINTS or share < HOPELESS_SHARE:
        return NONE, [Reason(f"Only {agree}: no match.", "too_few_agree")]
    if np.isfinite(search_px):
        chance = chance_of_accident(candidates, count, threshold_px, search_px)
        if chance > CHANCE:
            text = f"{agree}, but so many could by accident (probability {chance:.1g}): no match."
            return NONE, [Reason(text, "accident")]
    reasons: list[str] = []
    if count < FEW_POINTS:
        text = f"Few tie points: {count} agree with each other, at least {FEW_POINTS} are wanted."
        reasons.append(Reason(text, "few"))
    if share < LOW_SHARE:
        reasons.append(Reason(f"Only {agree}.", "low_share"))
    covered = coverage(np.asarray(source, float)[inlier], extent_px)
    if covered < SMALL_COVERAGE:
        text = f"The tie points cover only {covered:.0%} of the area: elsewhere the result is extrapolated."
        reasons.append(Reason(text, "small_coverage"))
    elif kind in BENT and covered < BENT_COVERAGE * shared:
        text = (
            f"The tie points cover only {covered / shared:.0%} of what both images show, and the displacement bends: "
            "elsewhere nothing tells how."
        )
        reasons.append(Reason(text, "bent_coverage"))
    rival = largest_rival(source, destination, inlier, threshold_px, seed)
    if rival >= max(RIVAL_SHARE * count, FEWEST_POINTS):
        text = (
            f"There is a second explanation: {rival} other tie points agree on another displacement (against {count})."
        )
        reasons.append(Reason(text, "rival"))
    if accuracy is not None and not np.isfinite(accuracy.points_ce90_px):
        text = "The error could not be checked: there are too few tie points to hold any out."
        reasons.append(Reason(text, "unchecked"))
    elif accuracy is not None and accuracy.points_ce90_px > LARGE_CE90_PX:
        text = (
            f"The tie points disagree: the cross-validated error (CE90) is {accuracy.points_ce90_px:.2f} px, "
            f"more than {LARGE_CE90_PX:.0f} px."
        )
        reasons.append(Reason(text, "disagree"))
    return (LOW, reasons) if reasons else (OK, [])
