"""What the peers share: reading a pair, warping the target by a model, writing the two files that are scored.

Pixel coordinates are ``(x, y)`` with the centre of the first pixel at 0. Needs numpy, scipy and rasterio."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import numpy as np
import rasterio
from scipy.interpolate import RBFInterpolator
from scipy.ndimage import map_coordinates

PROFILE = ("driver", "width", "height", "count", "dtype", "crs", "transform")

# reference pixels (N, 2) -> where the same spots are in the target, (N, 2)
Model = Callable[[np.ndarray], np.ndarray]


@dataclass
class Pair:
    """Two images on one grid, and where the results go."""

    reference: np.ndarray  # (H, W) uint8
    target: np.ndarray  # (H, W) uint8
    profile: dict  # rasterio's, of the reference
    out: Path

    def look(self, model: Model) -> tuple[np.ndarray, np.ndarray]:
        """The target at ``model(pixel)``, by a cubic spline, and where it has anything; both ``(H, W)``."""
        height, width = self.reference.shape
        grid = np.stack(np.meshgrid(np.arange(width), np.arange(height)), -1).reshape(-1, 2).astype(float)
        x, y = model(grid).T
        moved = map_coordinates(self.target.astype(np.float32), [y, x], order=3, mode="nearest")
        inside = (x >= 0) & (y >= 0) & (x <= width - 1) & (y <= height - 1)
        return moved.reshape(height, width), inside.reshape(height, width)

    def warp(self, model: Model) -> None:
        """Write warped.tif: the target on the reference's grid, masked where it has nothing."""
        self.write(*self.look(model))

    def write(self, image: np.ndarray, valid: np.ndarray) -> None:
        """Write warped.tif from an image on the reference's grid and where it holds anything, both ``(H, W)``."""
        path = self.out / "warped.tif"
        with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "w", **self.profile) as raster:
            raster.write(np.clip(np.round(image), 0, 255).astype(np.uint8), 1)
            raster.write_mask(valid)

    def write_tie_points(self, in_reference: np.ndarray, in_target: np.ndarray, inlier: np.ndarray) -> None:
        """Write tie_points.csv in the project's fields from pixels ``(N, 2)`` and flags ``(N,)``."""
        to_map = self.profile["transform"]
        points = zip(in_reference + 0.5, in_target + 0.5, inlier)
        lines = [[*(to_map * tuple(q)), *(to_map * tuple(p)), int(good)] for q, p, good in points]
        with open(self.out / "tie_points.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([["ref_x", "ref_y", "tgt_x", "tgt_y", "inlier"], *lines])


def from_command_line() -> tuple[str, Pair]:
    """The setting and the pair of ``peer.py SETTING REFERENCE TARGET OUT_FOLDER``."""
    setting, reference, target, out = sys.argv[1], *map(Path, sys.argv[2:])
    with rasterio.open(reference) as first, rasterio.open(target) as second:
        if (first.shape, first.crs, first.transform) != (second.shape, second.crs, second.transform):
            raise SystemExit("this peer is only run on pairs that share a grid")
        profile = {key: first.profile[key] for key in PROFILE}
        return setting, Pair(first.read(1), second.read(1), profile, out)


def affine(matrix: np.ndarray) -> Model:
    """The model of a ``(2, 3)`` matrix that takes reference pixels to target pixels."""
    return lambda pixels: pixels @ matrix[:, :2].T + matrix[:, 2]


def thin_plate(in_reference: np.ndarray, in_target: np.ndarray, smoothing: float) -> Model:
    """A smoothed thin-plate spline through point pairs, each ``(N, 2)`` pixels."""
    return RBFInterpolator(in_reference, in_target, smoothing=smoothing)
