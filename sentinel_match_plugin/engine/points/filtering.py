"""Which tie points to believe: agreement with the neighbours, then with one model for all where one is asked for.

``agree_with_neighbours`` needs no global model, so a sine, relief or the two sides of a step survive it; ``consensus``
finds the largest set that one transformation explains. Both only say yes or no; nothing is moved. They are
deterministic (``consensus`` by its seed).
"""

from __future__ import annotations

import cv2
import numpy as np

from ..errors import TransformationError
from ..transforms import MINIMUM_POINTS, fit
from .neighbours import local_residuals

# Neighbours are compared by threshold = SIGMAS robust standard deviations (per axis) of the points' distances to what
# their neighbours predict. 1 of 1000 right points lies beyond 3.7 (Rayleigh distribution).
SIGMAS = 3.7
# The threshold is never below FLOOR_PX: matchers are good to some tenths of a pixel, and a point half a pixel off is
# no mistake.
FLOOR_PX = 0.5
# ... and never above CEILING_PX: where neighbours agree no better than that, they do not agree.
CEILING_PX = 3.0
# A field of fewer points than this has no neighbourhoods; see ``_agree_few``.
FEW_POINTS = 8
ROUNDS = 4
RAYLEIGH_25, RAYLEIGH_50 = 0.7585, 1.1774  # quantiles of a Rayleigh distribution in standard deviations

MAGSAC_ITERATIONS = 10_000
MAGSAC_CONFIDENCE = 0.9999
# Flexible kinds: how far from the common affine a right point may lie, in robust standard deviations of those distances
WIDE_SIGMAS = 6.0


def agree_with_neighbours(
    source: np.ndarray,
    destination: np.ndarray,
    weights: np.ndarray | None = None,
    floor_px: float = FLOOR_PX,
    ceiling_px: float = CEILING_PX,
) -> np.ndarray:
    """Which points ``(N,)`` are displaced as their neighbours say; true also on the two sides of a step.

    ``source``, ``destination`` ``(N, 2)`` pixels; ``weights`` ``(N,)`` >= 0, how much a point counts as a neighbour
    (0: is judged, but not listened to). What the neighbours in all directions predict is first the affine motion most
    of them agree on, found among many triplets (so that half of them may be wrong); then, with the rejected ones left
    out, their weighted least-squares affine, several rounds. The threshold comes from the points themselves, between
    ``floor_px`` and ``ceiling_px``: give a larger ceiling where reference pixels are much finer than what the matcher
    worked on.

    With 3 to 7 points: the largest set that one similarity explains to ``ceiling_px``, none if that has fewer than 3
    members. With 1 or 2 points nothing can be compared: they are all kept. Points that are not finite are never kept.
    """
    source, destination = np.asarray(source, float), np.asarray(destination, float)
    keep = np.isfinite(source).all(1) & np.isfinite(destination).all(1)
    use = np.flatnonzero(keep)
    if len(use) < 3:
        return keep
    weights = np.ones(len(source)) if weights is None else np.asarray(weights, float)
    keep[use] = _agree(source[use], destination[use] - source[use], weights[use], floor_px, ceiling_px)
    return keep


def _agree(
    source: np.ndarray, displacement: np.ndarray, weights: np.ndarray, floor_px: float, ceiling_px: float
) -> np.ndarray:
    if len(source) < FEW_POINTS:
        return _agree_few(source, displacement, ceiling_px)
    everyone = np.ones(len(source), bool)
    residual = local_residuals(source, displacement, weights, everyone, robust=True)
    # the lowest quarter gives the scale: up to three quarters may be wrong
    sigma = np.quantile(residual, 0.25) / RAYLEIGH_25
    keep = residual <= np.clip(SIGMAS * sigma, 2 * floor_px, ceiling_px)
    for _ in range(ROUNDS):
        if keep.sum() < FEW_POINTS:
            break
        residual = local_residuals(source, displacement, weights, keep, robust=False)
        sigma = np.median(residual[keep]) / RAYLEIGH_50
        before, keep = keep, residual <= np.clip(SIGMAS * sigma, floor_px, ceiling_px)
        if (keep == before).all():
            break
    if keep.sum() < FEW_POINTS:
        few = np.flatnonzero(keep)
        keep[few] = _agree_few(source[few], displacement[few], ceiling_px)
    return keep


def _agree_few(source: np.ndarray, displacement: np.ndarray, ceiling_px: float) -> np.ndarray:
    """The largest set within ``ceiling_px`` of the similarity through one pair of the points, if it has 3 members."""
    count = len(source)
    if count < 3:
        return np.zeros(count, bool)
    z, image = source @ [1, 1j], (source + displacement) @ [1, 1j]
    first, second = np.triu_indices(count, 1)
    apart = z[second] - z[first]
    factor = (image[second] - image[first]) / np.where(apart == 0, np.nan, apart)
    miss = np.abs(image[first, None] + factor[:, None] * (z - z[first, None]) - image)
    members = miss <= ceiling_px  # nan compares false
    # ties: the pair that fits its members best
    best = np.lexsort((np.where(members, miss, 0).sum(1), -members.sum(1)))[0]
    return members[best] if members[best].sum() >= 3 else np.zeros(count, bool)


def consensus(source: np.ndarray, destination: np.ndarray, kind: str, threshold_px: float, seed: int = 0) -> np.ndarray:
    """The largest set ``(N,)`` of points within ``threshold_px`` of one transformation; all false if there is none.

    ``homography`` and ``affine``: MAGSAC (OpenCV's USAC framework). ``similarity``: RANSAC (OpenCV has no MAGSAC for
    it). ``shift``: the densest place of the displacements, exactly. Their masks are not trusted: the transformation is
    fitted again to them by least squares, and again who lies within the threshold, until that no longer changes.

    The flexible kinds (polynomials, spline, local field) follow wrong points as well as right ones, so a consensus on
    them would prove nothing: here they ask that a point agrees with its neighbours to ``threshold_px`` and is no stray
    from the affine consensus, which takes away patches that agree only among themselves.
    """
    source, destination = np.asarray(source, float), np.asarray(destination, float)
    finite = np.isfinite(source).all(1) & np.isfinite(destination).all(1)
    use = np.flatnonzero(finite)
    mask = np.zeros(len(source), bool)
    if kind not in MINIMUM_POINTS:
        raise TransformationError(f"There is no transformation “{kind}”; choose one of {', '.join(MINIMUM_POINTS)}.")
    if len(use) < MINIMUM_POINTS[kind]:
        return mask
    source, destination = source[use], destination[use]
    if kind in ("shift", "similarity", "affine", "homography"):
        mask[use] = refine(
            source, destination, kind, threshold_px, first_guess(source, destination, kind, threshold_px, seed)
        )
    else:
        mask[use] = _flexible(source, destination, threshold_px, seed)
    return mask


def first_guess(source: np.ndarray, destination: np.ndarray, kind: str, threshold_px: float, seed: int) -> np.ndarray:
    """A mask ``(N,)`` of the points one transformation of a global ``kind`` seems to explain; to be refined."""
    nobody = np.zeros(len(source), bool)
    if kind == "shift":
        return _densest(destination - source, threshold_px)
    if len(source) == MINIMUM_POINTS[kind]:
        return ~nobody
    # OpenCV computes in float32: small numbers keep thousandths of a pixel on rasters of any size
    src, dst = source - source.mean(0), destination - destination.mean(0)
    try:
        if kind == "similarity":
            cv2.setRNGSeed(seed)
            found = cv2.estimateAffinePartial2D(
                src,
                dst,
                method=cv2.RANSAC,
                ransacReprojThreshold=threshold_px,
                maxIters=MAGSAC_ITERATIONS,
                confidence=0.9999,
            )
        else:
            estimate = cv2.findHomography if kind == "homography" else cv2.estimateAffine2D
            found = estimate(src, dst, _magsac(threshold_px, seed))
    except cv2.error:  # no model at all (all points in line, for example) is an error in some versions, None in others
        return nobody
    return nobody if found[0] is None or found[1] is None else found[1].ravel().astype(bool)


def _magsac(threshold_px: float, seed: int) -> cv2.UsacParams:
    """The settings of cv2.USAC_MAGSAC, spelled out since only so the seed can be given."""
    params = cv2.UsacParams()
    params.threshold = float(threshold_px)
    params.confidence = MAGSAC_CONFIDENCE
    params.maxIterations = MAGSAC_ITERATIONS
    params.randomGeneratorState = int(seed)
    params.sampler = cv2.SAMPLING_UNIFORM
    params.score = cv2.SCORE_METHOD_MAGSAC
    params.loMethod = cv2.LOCAL_OPTIM_SIGMA
    params.loIterations = 10
    params.final_polisher = cv2.MAGSAC
    params.final_polisher_iterations = 3
    params.isParallel = False
    return params


def _densest(displacement: np.ndarray, threshold_px: float) -> np.ndarray:
    """The points within the threshold of the densest place: a histogram of 3 x 3 cells, then mean shift."""
    cells = np.floor(displacement / (threshold_px / 2)).astype(np.int64)
    cells -= cells.min(0)
    if (cells.max(0) > 1e9).any():
        cells = np.minimum(cells, 10**9)
    width = int(cells[:, 1].max()) + 3
    keys, counts = np.unique((cells[:, 0] + 1) * width + cells[:, 1] + 1, return_counts=True)
    around = np.zeros(len(keys))
    for step in [i * width + j for i in (-1, 0, 1) for j in (-1, 0, 1)]:
        at = np.minimum(np.searchsorted(keys, keys + step), len(keys) - 1)
        around += np.where(keys[at] == keys + step, counts[at], 0)
    peak = keys[np.argmax(around)]
    centre = (np.array([peak // width - 1, peak % width - 1]) + 0.5) * (threshold_px / 2)
    centre = centre + np.floor(displacement / (threshold_px / 2)).min(0) * (threshold_px / 2)
    near = np.hypot(*(displacement - centre).T) <= threshold_px
    for _ in range(20):
        if not near.any():
            break
        before = near
        near = np.hypot(*(displacement - displacement[near].mean(0)).T) <= threshold_px
        if (near == before).all():
            break
    return near


def refine(source: np.ndarray, destination: np.ndarray, kind: str, threshold_px: float, mask: np.ndarray) -> np.ndarray:
    """Fit to the mask, take who lies within the threshold, again until it stays; all false if nothing is left."""
    nobody = np.zeros(len(source), bool)
    for _ in range(10):
        try:
            model = fit(kind, source[mask], destination[mask])
        except TransformationError:
            return nobody
        distance = np.hypot(*(model(source) - destination).T)
        before, mask = mask, distance <= threshold_px  # nan compares false
        if (mask == before).all():
            break
    return mask if mask.sum() >= MINIMUM_POINTS[kind] else nobody


def _flexible(source: np.ndarray, destination: np.ndarray, threshold_px: float, seed: int) -> np.ndarray:
    neighbourly = agree_with_neighbours(
        source, destination, floor_px=min(FLOOR_PX, threshold_px), ceiling_px=threshold_px
    )
    if neighbourly.sum() < MINIMUM_POINTS["affine"]:
        return np.zeros(len(source), bool)
    src, dst = source[neighbourly], destination[neighbourly]
    # a first affine that half of the points agree on: the threshold is the median distance of an earlier, wider one
    reach = 3 * threshold_px
    for _ in range(12):
        core = refine(src, dst, "affine", reach, first_guess(src, dst, "affine", reach, seed))
        if core.sum() >= 0.5 * len(src):
            break
        reach *= 1.5
    else:
        return neighbourly
    model = fit("affine", src[core], dst[core])
    distance = np.hypot(*(model(source) - destination).T)
    sigma = np.median(distance[neighbourly]) / RAYLEIGH_50
    return neighbourly & (distance <= max(WIDE_SIGMAS * sigma, 3 * threshold_px))
