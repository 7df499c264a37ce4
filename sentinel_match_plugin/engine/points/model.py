"""From tie points to a model: outliers, the transformation, its held-out error, and whether to believe it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..errors import TransformationError
from ..events import Events
from ..search.score import precision
from ..search.support import LIKELY_CHANCE, SUPPORT_WINDOW_PX, Support
from ..transforms import Transformation, enlarged, fit
from .accuracy import TUNE_ONCE, Accuracy, choose_transformation, cross_validate, error_of_the_model, judge_status
from .filtering import agree_with_neighbours, consensus
from .reasons import Reason
from .status import FEWEST_POINTS
from .tie_points import TiePoints

GLOBAL_KINDS = ("shift", "similarity", "affine", "homography")
CONSENSUS_PX = (
    3.0  # the widest distance at which MAGSAC, which looks for the noise level itself, may call a point an inlier
)
INLIER_SIGMAS = 3.0
INLIER_RANGE_PX = (0.75, 3.0)  # a point within the first is never an outlier, one beyond the second never an inlier
# Tie points nearer to each other than this share error: their 64 px windows overlap by more than half. Of 15 training
# pairs (conditions a, c, d), without / with 32 / 48 px: median true error of the model .39 / .17 / .08 px, 90 % of it
# 1.13 / .27 / .22 px (because auto no longer takes the flexible field where a shift is right), and the pairs whose true
# 90 % lies within the reported CE90 0 / .87 / .93.
SHARED_ERROR_PX = 40.0
# Share of the best fit that another shift reaches: patterns that repeat .83 and more, real pairs .1 to .6
REPEATED = 0.75
LOW_SUPPORT = 0.3  # share of separate windows that agree; right pairs of the training places have 0.5 and more
RAYLEIGH_MEDIAN = 1.1774  # median distance of a two-dimensional Gaussian error, in standard deviations of one axis


@dataclass(frozen=True)
class Verdict:
    """What a match comes to.

    The model (None: there is none), its held-out error, a sentence on what was chosen, the status with its reasons;
    ``unit_px`` as for ``fit_model``.
    """

    model: Transformation | None
    accuracy: Accuracy | None
    sentence: str
    status: str = "no_match"
    reasons: tuple[str, ...] = ()
    unit_px: float = 1.0


def fit_model(
    points: TiePoints,
    kind: str,
    seed: int,
    events: Events,
    trusted: bool = False,
    pixel_px: float = 1.0,
    matcher: str = "",
    unit_px: float = 1.0,
) -> tuple[TiePoints, Verdict]:
    """Reject outliers, choose and fit the transformation, cross-validate it; the points come back judged.

    First the neighbours vote, so that local motion survives; where a global model is asked for, MAGSAC; then the
    residuals to the model itself. ``pixel_px`` reference pixels in one pixel that was matched. ``trusted`` points (a
    table that a person has filtered) are all used. ``matcher`` found them: CE90 depends on it. ``unit_px``: about how
    many target pixels a reference pixel is wide where the points lead to those, so that errors are reference pixels.
    """
    source, destination, weights = points.reference_px, points.aligned_px / unit_px, precision(points.score)
    reach_px = SHARED_ERROR_PX * pixel_px
    try:
        kept = np.ones(len(points), bool)
        if not trusted:
            kept = agree_with_neighbours(source, destination, weights)
            if kept.sum() < FEWEST_POINTS:  # a few right ones among many wrong have no neighbours: ask for one motion
                kept = consensus(source, destination, "affine", CONSENSUS_PX, seed)
            elif kind in GLOBAL_KINDS:
                kept[kept] = consensus(source[kept], destination[kept], kind, CONSENSUS_PX, seed)
        chosen, smoothness = kind, None
        if kind == "auto":
            with events.part(0.0, 0.8) as stage:
                known = (source[kept], destination[kept], weights[kept])
                chosen, tried = choose_transformation(*known, seed, stage, reach_px)
                smoothness = tried[chosen].smoothness if chosen in tried else None
        model = fit(chosen, source[kept], destination[kept], weights[kept], smoothness, reach_px)
        residual = _distance(model, source, destination)
        if not trusted:
            sigma = float(np.median(residual[kept])) / RAYLEIGH_MEDIAN
            near = residual <= float(np.clip(INLIER_SIGMAS * sigma, *INLIER_RANGE_PX))
            if not near[kept].all():
                kept &= near
                # one number taken from so many points is the same without the few that are rejected here
                smoothness = getattr(model, "smoothness", None) if kept.sum() >= TUNE_ONCE else None
                model = fit(chosen, source[kept], destination[kept], weights[kept], smoothness, reach_px)
                residual = _distance(model, source, destination)
        with events.part(0.8, 1.0) as stage:
            known = (source[kept], destination[kept], weights[kept])
            accuracy = cross_validate(chosen, *known, seed, stage, reach_px, getattr(model, "smoothness", None))
            accuracy = replace(accuracy, ce90_px=error_of_the_model(model, *known, reach_px, matcher))
    except TransformationError as error:
        nothing = points.judged(np.full(len(points), np.nan), np.zeros(len(points), bool))
        return nothing, Verdict(None, None, str(error))
    model = enlarged(model, unit_px)
    how = "chosen by cross-validation" if kind == "auto" else "as asked for"
    return points.judged(residual, kept), Verdict(model, accuracy, f"{model.describe()} ({how})", unit_px=unit_px)


def _distance(model: Transformation, source: np.ndarray, destination: np.ndarray) -> np.ndarray:
    return np.hypot(*(model(source) - destination).T)


def judge(
    points: TiePoints,
    verdict: Verdict,
    extent_px: tuple[float, float],
    support: Support | None,
    shared: float = 1.0,
) -> tuple[TiePoints, Verdict]:
    """May a person rely on it? Where there is no match, no point is an inlier, no model and no error remain.

    ``extent_px`` width and height of the area matched, reference pixels; ``shared`` 0..1: the share of it that the
    target shows too; ``support`` of a guided match. A free match
    (None) was looked for all over the area, each point on its own: there the odds of chance agreement are judged from
    the points.
    """
    if support is not None and not support.enough:
        text = (
            f"No match: what both images show is too small to tell a match from an accident ({support.windows} "
            f"separate windows of {SUPPORT_WINDOW_PX} x {SUPPORT_WINDOW_PX} pixels). Use a larger area or extent, or "
            "rasters of finer pixels."
        )
        return _no_match(points, verdict, Reason(text, "too_small"))
    if support is not None and support.chance > LIKELY_CHANCE:
        text = (
            f"No match: only {support.agreeing} of {support.windows} separate windows agree on one motion, which could "
            "be chance. The images may not show the same place, or too little of it (cloud, water, bare snow)."
        )
        return _no_match(points, verdict, Reason(text, "chance"))
    if verdict.model is None:
        return _no_match(points, verdict, Reason(f"No match: {verdict.sentence}", "no_model"))
    search_px = float("nan") if support is not None else max(extent_px) / 2
    status, reasons = judge_status(
        points.reference_px,
        points.aligned_px / verdict.unit_px,
        points.inlier,
        extent_px,
        verdict.accuracy,
        search_px,
        kind=verdict.model.kind,
        shared=shared,
    )
    if status == "no_match":
        return _no_match(points, verdict, *reasons)
    if support is not None and support.share < LOW_SUPPORT:
        text = f"Only {support.agreeing} of {support.windows} separate windows agree on one motion."
        reasons = [*reasons, Reason(text, "low_support")]
        status = "low_confidence"
    if support is not None and support.rival > REPEATED:
        text = (
            "The images repeat themselves, so another displacement or rotation fits about as well: lower the largest "
            "displacement to look for, or choose another area."
        )
        reasons = [*reasons, Reason(text, "repeats")]
        status = "low_confidence"
    return points, replace(verdict, status=status, reasons=tuple(reasons))


def _no_match(points: TiePoints, verdict: Verdict, *reasons: str) -> tuple[TiePoints, Verdict]:
    nothing = points.judged(np.full(len(points), np.nan), np.zeros(len(points), bool))
    return nothing, Verdict(None, None, verdict.sentence, "no_match", reasons)
