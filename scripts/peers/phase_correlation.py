"""Fourier phase correlation (Kuglin and Hines 1975) as a peer: of the whole window, and coarse to fine in small ones.

``phase_correlation.py SETTING REFERENCE TARGET OUT_FOLDER``"""

from __future__ import annotations

import cv2
import numpy as np
from peer_files import Model, Pair, from_command_line, thin_plate
from scipy.spatial import cKDTree

WINDOWS_PX = (192, 128, 64, 48)  # of the steps from coarse to fine
STRIDE_PX = 16
OVERLAP = 0.7  # the share of a window that the target must fill
MIN_RESPONSE = 0.1
NEIGHBOURS = 12
TOLERANCE_PX = 1.5  # from the neighbours' median
SMOOTHING = 3e4
FEWEST = 6


def main() -> None:
    """The command line."""
    setting, pair = from_command_line()
    shift = whole_shift(pair.reference, pair.target)

    def model(pixels: np.ndarray) -> np.ndarray:
        return pixels + shift

    pair.warp(coarse_to_fine(pair, model) if setting == "coarse-to-fine" else model)


def whole_shift(reference: np.ndarray, target: np.ndarray) -> np.ndarray:
    """What is at ``p`` of the reference is at ``p + shift`` of the target, pixels (2,)."""
    first, second = (image - image.mean() for image in (reference.astype(float), target.astype(float)))
    window = cv2.createHanningWindow(first.shape[::-1], cv2.CV_64F)
    return np.array(cv2.phaseCorrelate(first, second, window)[0])


def coarse_to_fine(pair: Pair, model: Model) -> Model:
    """Warp by what is known so far, correlate in smaller windows, keep what goes with its neighbours, lay a smoothed
    thin-plate spline through it, and again. Writes the last windows as tie points."""
    points, moved = np.empty((0, 2)), np.empty((0, 2))
    for size in WINDOWS_PX:
        centres, offsets = correlate(pair.reference, *pair.look(model), size)
        if len(centres) < FEWEST:
            continue
        _, near = cKDTree(centres).query(centres, k=min(NEIGHBOURS, len(centres)))
        agree = np.hypot(*(offsets - np.median(offsets[near], 1)).T) < TOLERANCE_PX
        if agree.sum() < FEWEST:
            continue
        points = centres[agree]
        moved = model(points + offsets[agree])
        spline = thin_plate(points, moved - points, SMOOTHING)

        def model(pixels: np.ndarray, spline: Model = spline) -> np.ndarray:
            return pixels + spline(pixels)

    pair.write_tie_points(points, moved, np.ones(len(points), bool))
    return model


def correlate(reference: np.ndarray, moved: np.ndarray, valid: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """The middles of the windows that could be matched, and how far their content lies off in ``moved``; pixels,
    each ``(N, 2)``."""
    hann = cv2.createHanningWindow((size, size), cv2.CV_64F)
    centres, offsets = [], []
    for y in range(0, reference.shape[0] - size + 1, STRIDE_PX):
        for x in range(0, reference.shape[1] - size + 1, STRIDE_PX):
            box = np.s_[y : y + size, x : x + size]
            if valid[box].mean() < OVERLAP:
                continue
            first, second = reference[box].astype(float), moved[box].astype(float)
            offset, response = cv2.phaseCorrelate(first - first.mean(), second - second.mean(), hann)
            if response >= MIN_RESPONSE and np.hypot(*offset) <= size / 4:
                centres.append((x + (size - 1) / 2, y + (size - 1) / 2))
                offsets.append(offset)
    return np.array(centres).reshape(-1, 2), np.array(offsets).reshape(-1, 2)


if __name__ == "__main__":
    main()
