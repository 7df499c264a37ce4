"""AROSICS (Scheffler et al. 2017), global and local, as a peer of the benchmark.

``arosics_peer.py SETTING REFERENCE TARGET OUT_FOLDER``. Its own warp, cubic; needs the system's GDAL bindings. "By
hand": a search radius that covers the displacement, and a nodata value, because AROSICS takes saturated corners for
nodata; for the local one with small windows also a lower reliability, without which they leave nothing over."""

from __future__ import annotations

import csv
import os
import sys
import warnings
from pathlib import Path

from osgeo import gdal

warnings.filterwarnings("ignore")
from arosics import COREG, COREG_LOCAL  # noqa: E402

BY_HAND = {"max_shift": 80, "nodata": (0, 0)}  # pixels; no season pair holds a zero
GRID = {"grid_res": 32}  # pixels between tie points; it has no default
SETTINGS = {
    "global-defaults": (COREG, {}),
    "global-by-hand": (COREG, {**BY_HAND, "ws": (360, 360)}),
    "local-defaults": (COREG_LOCAL, {**GRID}),
    "local-by-hand": (COREG_LOCAL, {**GRID, **BY_HAND}),
    "local-192-by-hand": (COREG_LOCAL, {**GRID, **BY_HAND, "window_size": (192, 192), "min_reliability": 30}),
    "local-128-by-hand": (COREG_LOCAL, {**GRID, **BY_HAND, "window_size": (128, 128), "min_reliability": 30}),
}


def main() -> None:
    """The command line; ends with a message where AROSICS finds nothing."""
    setting, reference, target, out = sys.argv[1], *map(Path, sys.argv[2:])
    kind, options = SETTINGS[setting]
    shifted = out / "arosics.tif"
    common = {"path_out": str(shifted), "fmt_out": "GTIFF", "align_grids": True, "q": True, "progress": False}
    common["CPUs"] = int(os.environ.get("OMP_NUM_THREADS", "1"))
    registration = kind(str(reference), str(target), **common, **options)
    if kind is COREG:
        registration.calculate_spatial_shifts()
    else:
        write_tie_points(out / "tie_points.csv", registration.CoRegPoints_table)
    if not registration.success:
        raise SystemExit("AROSICS finds no shift")
    registration.correct_shifts()
    nodata = registration.im2shift.nodata if kind is COREG_LOCAL else registration.shift.nodata
    onto_grid(reference, shifted, 0 if nodata is None else nodata, out / "warped.tif")
    shifted.unlink()


def write_tie_points(path: Path, table) -> None:
    """The project's fields from AROSICS's table: a point lies at X_MAP, Y_MAP of the target and goes by
    X_SHIFT_M, Y_SHIFT_M, metres, to where the reference has it."""
    found = table[table["ABS_SHIFT"] != -9999]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["ref_x", "ref_y", "tgt_x", "tgt_y", "score", "inlier"])
        for _, row in found.iterrows():
            x, y = row["X_MAP"], row["Y_MAP"]
            moved = (x + row["X_SHIFT_M"], y + row["Y_SHIFT_M"], x, y)
            writer.writerow([*moved, row["RELIABILITY"] / 100, int(not row["OUTLIER"])])


def onto_grid(reference: Path, raster: Path, nodata: float, out: Path) -> None:
    """``raster``, whose pixels lie on the reference's lattice, cut to its extent; what is not there is masked."""
    like = gdal.Open(str(reference))
    x, width, _, y, _, height = like.GetGeoTransform()
    bounds = (x, y + height * like.RasterYSize, x + width * like.RasterXSize, y)
    gdal.Warp(
        str(out), str(raster), outputBounds=bounds, xRes=width, yRes=-height, dstSRS=like.GetProjection(),
        resampleAlg="near", srcNodata=nodata, dstAlpha=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
