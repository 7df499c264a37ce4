"""Corners tracked by optical flow (Lucas and Kanade 1981, pyramidal: Bouguet 2001) as a peer: KARIOS is built on it.

``klt.py SETTING REFERENCE TARGET OUT_FOLDER``. KARIOS itself is in no package registry. This is the same idea written
anew on OpenCV and set by hand: one shift for all by phase correlation, then Shi and Tomasi's corners tracked between
the images' Laplacians, kept where the way back leads home."""

from __future__ import annotations

import cv2
import numpy as np
from peer_files import Model, affine, from_command_line, thin_plate
from phase_correlation import whole_shift
from scipy.spatial import cKDTree

WINDOW_PX = 25
LEVELS = 3
HOME_PX = 0.3  # how far from its start a corner may end up after the way there and back
AFFINE_TOLERANCE_PX = 3.0
LOCAL_TOLERANCE_PX = 8.0  # from the affine, where the model may bend
NEIGHBOURS = 16
NEIGHBOUR_TOLERANCE_PX = 2.0
SMOOTHING = 1e4
FEWEST = 6


def main() -> None:
    """The command line; ends with a message where too few points agree."""
    setting, pair = from_command_line()
    q, p = track(pair.reference, pair.target)
    if len(q) < FEWEST:
        raise SystemExit(f"{len(q)} corners could be tracked")
    tolerance = AFFINE_TOLERANCE_PX if setting == "affine" else LOCAL_TOLERANCE_PX
    cv2.setRNGSeed(0)
    matrix, inlier = cv2.estimateAffine2D(q, p, method=cv2.RANSAC, ransacReprojThreshold=tolerance, maxIters=5000)
    if matrix is None:
        raise SystemExit("no affine transform fits")
    model, good = affine(matrix), inlier.ravel() > 0
    if setting == "thin-plate":
        model, good = bent(model, q, p, good)
    pair.write_tie_points(q, p, good)
    if good.sum() < FEWEST:
        raise SystemExit(f"{good.sum()} points agree")
    pair.warp(model)


def track(reference: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Corners of the reference and where they are in the target, each ``(N, 2)`` pixels."""
    shift = np.round(whole_shift(reference, target))
    move = np.array([[1, 0, shift[0]], [0, 1, shift[1]]])
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(target, move, target.shape[::-1], flags=flags, borderMode=cv2.BORDER_REFLECT)
    first, second = laplacian(reference), laplacian(moved)
    start = cv2.goodFeaturesToTrack(first, 20000, qualityLevel=0.01, minDistance=5, blockSize=15)
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 30, 0.03)
    how = {"winSize": (WINDOW_PX, WINDOW_PX), "maxLevel": LEVELS, "criteria": stop}
    there, found, _ = cv2.calcOpticalFlowPyrLK(first, second, start, None, **how)
    home, found_back, _ = cv2.calcOpticalFlowPyrLK(second, first, there, None, **how)
    good = (np.abs(home - start).reshape(-1, 2).max(1) < HOME_PX) & (found.ravel() > 0) & (found_back.ravel() > 0)
    return start.reshape(-1, 2)[good].astype(float), there.reshape(-1, 2)[good].astype(float) + shift


def laplacian(image: np.ndarray) -> np.ndarray:
    """The Laplacian as uint8, its 95th percentile at the ends of the scale."""
    edges = cv2.Laplacian(image, cv2.CV_32F, ksize=7)
    return np.clip(127.5 + 127.5 * edges / np.percentile(np.abs(edges), 95), 0, 255).astype(np.uint8)


def bent(model: Model, q: np.ndarray, p: np.ndarray, good: np.ndarray) -> tuple[Model, np.ndarray]:
    """The model with a smoothed thin-plate spline through what it leaves, and the points that go with their
    neighbours."""
    kept = np.flatnonzero(good)
    rest = p[kept] - model(q[kept])
    _, near = cKDTree(q[kept]).query(q[kept], k=min(NEIGHBOURS, len(kept)))
    agree = np.hypot(*(rest - np.median(rest[near], 1)).T) < NEIGHBOUR_TOLERANCE_PX
    good = np.zeros(len(q), bool)
    good[kept[agree]] = True
    if good.sum() < FEWEST:
        return model, good
    bend = thin_plate(q[good], rest[agree], SMOOTHING)
    return lambda pixels: model(pixels) + bend(pixels), good


if __name__ == "__main__":
    main()
