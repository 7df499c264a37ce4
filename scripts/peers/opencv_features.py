"""OpenCV's keypoints and descriptors as peers: SIFT, AKAZE, ORB with ratio test and RANSAC, and SIFT tuned by hand.

``opencv_features.py SETTING REFERENCE TARGET OUT_FOLDER``. An affine model: it is what the season pairs call for, and
far steadier than the homography that is often taken."""

from __future__ import annotations

import cv2
import numpy as np
from peer_files import affine, from_command_line, thin_plate

RATIO = 0.75  # Lowe 2004 has 0.8; OpenCV's own tutorials 0.7 to 0.75
TOLERANCE_PX = 3.0
FEWEST = 4

# By hand
SEARCH_PX = 80.0  # how far the georeferencing may be off, along each axis
RATIO_BY_HAND = 0.95  # among the candidates within SEARCH_PX
TOLERANCE_BY_HAND_PX = 5.0
SMOOTHING = 1e5


def main() -> None:
    """The command line; ends with a message where too few points agree."""
    setting, pair = from_command_line()
    by_hand = setting == "sift-by-hand"
    if by_hand:
        q, p = sift_by_hand(pair.reference, pair.target)
    else:
        kind = {"sift": cv2.SIFT_create, "akaze": cv2.AKAZE_create, "orb": lambda: cv2.ORB_create(5000)}[setting]
        q, p = ratio_test(kind(), pair.reference, pair.target)
    if len(q) < FEWEST:
        raise SystemExit(f"{len(q)} matches")
    cv2.setRNGSeed(0)
    how, tolerance = (cv2.USAC_MAGSAC, TOLERANCE_BY_HAND_PX) if by_hand else (cv2.RANSAC, TOLERANCE_PX)
    matrix, inlier = cv2.estimateAffine2D(q, p, method=how, ransacReprojThreshold=tolerance, maxIters=20000)
    inlier = np.zeros(len(q), bool) if inlier is None else inlier.ravel() > 0
    pair.write_tie_points(q, p, inlier)
    if matrix is None or inlier.sum() < FEWEST:
        raise SystemExit(f"{inlier.sum()} points agree")
    model = affine(matrix)
    if by_hand:
        bend = thin_plate(q[inlier], p[inlier] - model(q[inlier]), SMOOTHING)
        pair.warp(lambda pixels: model(pixels) + bend(pixels))
    else:
        pair.warp(model)


def ratio_test(features: cv2.Feature2D, reference: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Matches whose nearest descriptor is clearly nearer than the second, as ``(N, 2)`` pixels of either image."""
    first, described_first = features.detectAndCompute(reference, None)
    second, described_second = features.detectAndCompute(target, None)
    if not first or len(second) < 2:
        return np.empty((0, 2)), np.empty((0, 2))
    norm = cv2.NORM_L2 if described_first.dtype == np.float32 else cv2.NORM_HAMMING
    found = cv2.BFMatcher(norm).knnMatch(described_first, described_second, k=2)
    good = [best for best, next_best in found if best.distance < RATIO * next_best.distance]
    return (
        np.array([first[match.queryIdx].pt for match in good]).reshape(-1, 2),
        np.array([second[match.trainIdx].pt for match in good]).reshape(-1, 2),
    )


def sift_by_hand(reference: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """SIFT with what helps from snow to summer: equalised contrast, a low contrast threshold, small features without
    rotation, RootSIFT (Arandjelovic and Zisserman 2012), matches only within SEARCH_PX and nearest both ways."""
    (first, a), (second, b) = (upright_sift(image) for image in (reference, target))
    likeness = a @ b.T
    for axis in (0, 1):
        likeness[np.abs(first[:, None, axis] - second[None, :, axis]) > SEARCH_PX] = -1
    best = likeness.argmax(1)
    rows = np.flatnonzero(likeness.argmax(0)[best] == np.arange(len(a)))
    second_best, nearest = np.sqrt(np.clip(2 - 2 * np.sort(likeness[rows], 1)[:, -2:], 0, None)).T  # distances
    rows = rows[nearest < RATIO_BY_HAND * second_best]
    return first[rows], second[best[rows]]


def upright_sift(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places ``(N, 2)`` and unit descriptors ``(N, 128)``; ends with a message where there are none."""
    even = cv2.createCLAHE(2.0, (8, 8)).apply(image)
    sift = cv2.SIFT_create(contrastThreshold=0.01, edgeThreshold=20)
    keypoints = [key for key in sift.detect(even) if key.size < 30]
    if len(keypoints) < FEWEST:
        raise SystemExit(f"{len(keypoints)} keypoints")
    for key in keypoints:
        key.angle = 0.0
    keypoints, described = sift.compute(even, keypoints)
    return np.array([key.pt for key in keypoints]), np.sqrt(described / described.sum(1, keepdims=True))


if __name__ == "__main__":
    main()
