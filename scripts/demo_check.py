"""What the demo needs the engine's Python for: the true error of a result, and a picture of before and after.

``demo_check.py truth SAMPLE --tie-points FILE --warped FILE``   prints one JSON object
``demo_check.py picture REFERENCE TARGET WARPED PNG``
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np
import rasterio
from displacement import local_displacement
from landscape import REFERENCE_M, Truth

sys.path.append(str(Path(__file__).resolve().parents[1]))

from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.frames.grid import View, pixel_mapping
from sentinel_match_plugin.engine.imagery.bands import choose_bands
from sentinel_match_plugin.engine.imagery.radiometry import measure_stretch
from sentinel_match_plugin.engine.imagery.rasters import open_raster
from sentinel_match_plugin.engine.jobs import MatchJob, RasterInput
from sentinel_match_plugin.engine.preparation import look_at
from sentinel_match_plugin.engine.results.checkerboards import checkerboard_figure, details_figure
from sentinel_match_plugin.engine.results.drawing import png
from sentinel_match_plugin.engine.results.outputs import beside
from sentinel_match_plugin.engine.results.report_content import PREVIEW_PX, Preview, Scene, detail_windows

BAND = 2  # of target.tif, original.tif and the warped raster: B04


def true_errors(sample: Path, tie_points: Path, warped: Path) -> dict[str, float]:
    """Errors in reference pixels: of the inliers against the truth, and of the warped raster against the image
    undisplaced.
    """
    truth = Truth.load(sample / "truth.json")
    with closing(sqlite3.connect(f"file:{tie_points}?mode=ro", uri=True)) as table:
        layer = table.execute("select table_name from gpkg_contents where data_type = 'features'").fetchone()[0]
        rows = table.execute(f'select ref_x, ref_y, tgt_x, tgt_y from "{layer}" where inlier').fetchall()
    points = np.array(rows, float).reshape(-1, 4)
    of_points = np.hypot(*(points[:, 2:] - truth(points[:, :2])).T) / REFERENCE_M
    with rasterio.open(sample / "original.tif") as original, rasterio.open(warped) as moved:
        valid = (original.dataset_mask() > 0) & (moved.dataset_mask() > 0)
        _, offsets = local_displacement(
            original.read(BAND).astype(np.float32), moved.read(BAND).astype(np.float32), valid
        )
    of_raster = np.hypot(*offsets.T)
    return {**_summary("points", of_points), **_summary("raster", of_raster)}


def _summary(name: str, errors: np.ndarray) -> dict[str, float]:
    if not len(errors):
        raise SystemExit(f"Nothing could be measured: no {name}.")
    return {
        f"{name}_measured": len(errors),
        f"{name}_median": float(np.median(errors)),
        f"{name}_p90": float(np.percentile(errors, 90)),
        f"{name}_within_1_px": float(np.mean(errors <= 1)),
    }


def picture(reference_path: str, target_path: str, warped_path: str, png_path: Path) -> None:
    """Checkerboards of the reference with the target, before and after: the whole, and some places at full
    resolution.
    """
    with (
        open_raster(reference_path) as reference,
        open_raster(target_path) as target,
        open_raster(warped_path) as warped,
    ):
        bands = choose_bands(reference.info, target.info)
        job = MatchJob(RasterInput(reference_path), RasterInput(warped_path), max_shift_m=0.0)
        grid, (seen, after) = look_at(job, reference, warped, bands, Events())
        views = [seen, after]
        if target.info.georeference.crs is not None:
            to_target = pixel_mapping(reference.info.georeference, target.info.georeference)
            stretch = measure_stretch(target, bands.target)
            views.append(
                View(target, bands.target, stretch, seen.shape, lambda xy: to_target(grid.to_reference(xy)), grid.gsd_m)
            )

        def scene(window: tuple[int, int, int, int], decimation: float) -> Scene:
            patches = [view.read(window, decimation) for view in views]
            origin = tuple(grid.to_reference(np.array([window[:2]], float))[0])
            first, moved, *given = [Preview(p.values, p.valid, origin, grid.scale * decimation) for p in patches]
            empty = Preview(0 * first.values, np.zeros_like(first.valid), first.origin, first.scale)
            return Scene(first, given[0] if given else empty, moved)

        whole = scene((0, 0, grid.width, grid.height), max(1.0, max(grid.width, grid.height) / PREVIEW_PX))
        lattice = np.stack(np.meshgrid(np.arange(40, grid.width, 40), np.arange(40, grid.height, 40)), -1).reshape(
            -1, 2
        )
        places = detail_windows(whole, grid.to_reference(lattice), grid)[:2]
        pictures = [png(checkerboard_figure(whole))]
        if places:
            details = tuple(scene(window, 1.0) for window in places)
            pictures.append(png(details_figure(details, reference.info.gsd_m)))
    images = [cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) for data in pictures]
    width = max(image.shape[1] for image in images)
    padded = [cv2.copyMakeBorder(i, 0, 0, 0, width - i.shape[1], cv2.BORDER_CONSTANT, value=(255,) * 3) for i in images]
    with beside(png_path) as part:
        part.write_bytes(cv2.imencode(".png", np.vstack(padded))[1].tobytes())


def main() -> None:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = cli.add_subparsers(dest="command", required=True)
    truth = commands.add_parser("truth")
    truth.add_argument("sample", type=Path)
    truth.add_argument("--tie-points", type=Path, required=True)
    truth.add_argument("--warped", type=Path, required=True)
    look = commands.add_parser("picture")
    for name in ("reference", "target", "warped"):
        look.add_argument(name)
    look.add_argument("png", type=Path)
    options = cli.parse_args()
    if options.command == "truth":
        sys.stdout.write(json.dumps(true_errors(options.sample, options.tie_points, options.warped)))
    else:
        picture(options.reference, options.target, options.warped, options.png)


if __name__ == "__main__":
    main()
