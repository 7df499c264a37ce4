"""AROSICS local on a full-size pair: 55 x 55 tie points, all cores, its own warp; the peer of ``benchmark.py speed``.

``arosics_speed.py REFERENCE TARGET OUT_FOLDER`` writes tie_points.csv and warped.tif. Defaults but for a search radius
that covers the displacement, and nodata, which it would guess (arosics_peer.py)."""

from __future__ import annotations

import sys
from pathlib import Path

from arosics_peer import write_tie_points  # first: it keeps the warnings of the next one quiet

from arosics import COREG_LOCAL  # isort: skip
from osgeo import gdal

POINTS = 55  # squared
SEARCH_PX = 20


def main() -> None:
    """The command line; ends with a message where AROSICS finds nothing."""
    reference, target, out = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    spacing_px = -(-gdal.Open(reference).RasterXSize // POINTS)
    files = {"path_out": str(out / "warped.tif"), "fmt_out": "GTIFF", "align_grids": True}
    search = {"max_shift": SEARCH_PX, "nodata": (0, 0)}
    registration = COREG_LOCAL(reference, target, grid_res=spacing_px, q=True, progress=False, **files, **search)
    write_tie_points(out / "tie_points.csv", registration.CoRegPoints_table)
    if not registration.success:
        raise SystemExit("AROSICS finds no shift")
    registration.correct_shifts()


if __name__ == "__main__":
    main()
