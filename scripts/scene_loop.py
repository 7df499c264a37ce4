"""``scene_loop.py SECONDS FILE ...``: what users do without this program. Each pair of images anew: AKAZE on both,
brute-force matching with a ratio test, RANSAC; one line of JSON with the seconds of each pair. Stops after SECONDS.
Needs the engine's Python.
"""

from __future__ import annotations

import json
import random
import sys
import time
from itertools import combinations

import cv2
import numpy as np

RATIO, TOLERANCE_PX, FEWEST = 0.75, 3.0, 4


def compare(first: str, second: str) -> int:
    """Keypoints that agree on one similarity."""
    features = cv2.AKAZE_create()
    images = [cv2.imread(path, cv2.IMREAD_GRAYSCALE) for path in (first, second)]
    (here, of_here), (there, of_there) = (features.detectAndCompute(image, None) for image in images)
    if of_here is None or of_there is None or len(there) < 2:
        return 0
    found = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(of_here, of_there, k=2)
    good = [best for best, second_best in found if best.distance < RATIO * second_best.distance]
    if len(good) < FEWEST:
        return 0
    a = np.array([here[match.queryIdx].pt for match in good])
    b = np.array([there[match.trainIdx].pt for match in good])
    _, kept = cv2.estimateAffinePartial2D(a, b, method=cv2.RANSAC, ransacReprojThreshold=TOLERANCE_PX)
    return 0 if kept is None else int(kept.sum())


def main() -> None:
    """A random order, so that those that there is time for stand for all."""
    budget, files = float(sys.argv[1]), sys.argv[2:]
    pairs = list(combinations(files, 2))
    random.Random(0).shuffle(pairs)
    rows, started = [], time.monotonic()
    for first, second in pairs:
        began = time.monotonic()
        inliers = compare(first, second)
        rows.append({"first": first, "second": second, "inliers": inliers, "seconds": time.monotonic() - began})
        if time.monotonic() - started > budget:
            break
    sys.stdout.write(json.dumps(rows))


if __name__ == "__main__":
    main()
