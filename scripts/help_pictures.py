#!/usr/bin/env python3
"""The small pictures at the top of the help panels, each from a real run on the demo's made-up landscape.

scripts/help_pictures.py FOLDER [ID ...]     FOLDER keeps the landscapes and the runs; without IDs all are drawn

Written to processing/help/pictures/<id>.jpg, as wide as QGIS's help panel is. Needs the Python of the engine.
"""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path

import landscape
import numpy as np
import rasterio
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image
from rasterio.warp import Resampling, reproject
from rasterio.windows import Window

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "sentinel_match_plugin" / "processing" / "help" / "pictures"
WIDTH, GAP = 220, 4  # what the panel has beside its scroll bar
CORNER, SIDE = (520, 300), 108  # a window of the reference with roads, forest and fields


def main() -> int:
    """Draw what is asked for."""
    folder = Path(sys.argv[1])
    wanted = sys.argv[2:] or list(DRAWN)
    PICTURES.mkdir(exist_ok=True)
    for name, seed in (("here", 7), ("there", 21)):
        if not (folder / name / "truth.json").exists():
            landscape.make(folder / name, seed=seed)
    for name in wanted:
        DRAWN[name](folder).convert("RGB").save(PICTURES / f"{name}.jpg", quality=85, optimize=True)
    return 0


def do(job):
    """Run a job of the engine."""
    from sentinel_match_plugin.engine.dispatch import do as run
    from sentinel_match_plugin.engine.events import Events

    return run(job, Events())


def job_of(folder: Path):
    """The match of the demo's pair; its files lie in ``folder``."""
    from sentinel_match_plugin.engine.jobs import CoregisterJob, MatchJob, RasterInput

    match = MatchJob(
        RasterInput(str(folder / "here/reference.tif")),
        RasterInput(str(folder / "here/target.tif")),
        tie_points=str(folder / "points.csv"),
    )
    return CoregisterJob(match, str(folder / "warped.tif"))


def matched(folder: Path) -> list[dict[str, float]]:
    """The inliers of the demo's pair, matched once."""
    if not (folder / "points.csv").exists():
        do(job_of(folder))
    with open(folder / "points.csv", encoding="utf-8") as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    return [row for row in rows if row["inlier"]]


def gray(values: np.ndarray, power: float = 0.6) -> np.ndarray:
    """uint8, dark parts brightened; 2 of 100 pixels saturate at each end."""
    low, high = np.percentile(values[values > 0], (1, 99)) if (values > 0).any() else (0, 1)
    return (255 * np.clip((values - low) / (high - low), 0, 1) ** power).astype(np.uint8)


def red(path: Path, corner=CORNER, side=SIDE, band=None) -> np.ndarray:
    """A window of a raster's red band."""
    with rasterio.open(path) as raster:
        band = band or 1 + next(i for i, name in enumerate(raster.descriptions) if name.startswith("B04"))
        return gray(raster.read(band, window=Window(*corner, side, side)).astype(float))


def as_given(folder: Path) -> np.ndarray:
    """The target on the reference's grid, where its georeferencing says."""
    with rasterio.open(folder / "here/reference.tif") as grid, rasterio.open(folder / "here/target.tif") as target:
        out = np.zeros(grid.shape, np.float32)
        reproject(
            rasterio.band(target, 2),
            out,
            dst_transform=grid.transform,
            dst_crs=grid.crs,
            resampling=Resampling.cubic,
        )
    x, y = CORNER
    return gray(out[y : y + SIDE, x : x + SIDE])


def squares(one: np.ndarray, other: np.ndarray, count: int = 4) -> np.ndarray:
    """Both in turn."""
    row, column = np.indices(one.shape) * count // one.shape[0]
    return np.where((row + column) % 2 == 0, one, other)


def beside(*images: np.ndarray) -> Image.Image:
    """Gray or colour images in a row, with a white line between."""
    parts = [np.stack([image] * 3, -1) if image.ndim == 2 else image for image in images]
    gap = np.full((parts[0].shape[0], GAP, 3), 255, np.uint8)
    return Image.fromarray(np.concatenate([piece for part in parts for piece in (part, gap)][:-1], 1))


def draw(height: int, paint) -> Image.Image:
    """A figure of matplotlib as wide as the panel; ``paint`` gets its only axes."""
    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100, facecolor="white")
    canvas = FigureCanvasAgg(figure)
    paint(figure.add_axes((0, 0, 1, 1)))
    canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])


def coregister(folder: Path) -> Image.Image:
    """Checkerboards before and after."""
    matched(folder)
    snow = red(folder / "here/reference.tif")
    return beside(squares(snow, as_given(folder)), squares(snow, red(folder / "warped.tif")))


def matchrasters(folder: Path) -> Image.Image:
    """Both images with tie points and lines between."""
    points, (x0, y0) = matched(folder), CORNER
    both = beside(red(folder / "here/reference.tif"), as_given(folder))
    with rasterio.open(folder / "here/reference.tif") as raster:
        to_pixel = ~raster.transform

    def paint(axes):
        axes.imshow(both)
        axes.set_axis_off()
        for row in points[::3]:
            x, y = to_pixel * (row["ref_x"], row["ref_y"])
            u, v = to_pixel * (row["ref_x"] + row["dx"], row["ref_y"] + row["dy"])
            if 4 < x - x0 < SIDE - 4 and 4 < y - y0 < SIDE - 4 and 4 < u - x0 < SIDE - 4 and 4 < v - y0 < SIDE - 4:
                ends = [x - x0, u - x0 + SIDE + GAP], [y - y0, v - y0]
                axes.plot(*ends, color="#ffd60a", linewidth=0.7)
                axes.plot(*ends, "o", color="#00a8d8", markersize=3)

    return draw(SIDE, paint)


def warpraster(folder: Path) -> Image.Image:
    """How the target is displaced, beyond the median."""
    points = matched(folder)[::6]
    with rasterio.open(folder / "here/reference.tif") as raster:
        image = gray(raster.read(1, out_shape=(500, 500)).astype(float))
        to_pixel = ~raster.transform
    places = np.array([to_pixel * (row["ref_x"], row["ref_y"]) for row in points]) / 2
    moved = np.array([[row["dx"], -row["dy"]] for row in points])
    moved = moved - np.median(moved, 0)

    def paint(axes):
        axes.imshow(image, extent=(0, 500, 500, 0), cmap="gray", vmin=-250)
        axes.quiver(*places.T, *moved.T, color="#d6006d", angles="xy", scale_units="xy", scale=1.6, width=0.007)
        axes.set_xlim(70, 430)
        axes.set_ylim(390, 115)
        axes.set_axis_off()

    return draw(168, paint)


def detectkeypoints(folder: Path) -> Image.Image:
    """Keypoints as circles of their size."""
    from sentinel_match_plugin.engine.jobs import KeypointsJob, RasterInput

    table = folder / "keypoints.csv"
    if not table.exists():
        do(KeypointsJob(RasterInput(str(folder / "here/original.tif")), keypoints=str(table), max_keypoints=3000))
    with open(table, encoding="utf-8") as file:
        rows = [{k: float(v or "nan") for k, v in row.items()} for row in csv.DictReader(file)]
    image = red(folder / "here/original.tif", (300, 400), WIDTH)[:150]

    def paint(axes):
        axes.imshow(image, cmap="gray", extent=(300, 300 + WIDTH, 550, 400))
        size = np.array([row["scale"] for row in rows])
        axes.scatter(
            [row["column"] for row in rows],
            [row["row"] for row in rows],
            s=(0.72 * size) ** 2,
            facecolors="none",
            edgecolors="#ffd60a",
            linewidths=0.9,
        )
        axes.set_xlim(300, 300 + WIDTH)
        axes.set_ylim(550, 400)
        axes.set_axis_off()

    return draw(150, paint)


def comparescenes(folder: Path) -> Image.Image:
    """The heat map of three places, each under snow and in summer."""
    from sentinel_match_plugin.engine.jobs import CompareScenesJob

    scenes = folder / "scenes"
    if not (folder / "matrix.png").exists():
        scenes.mkdir(exist_ok=True)
        parts = (("here", 0, "north"), ("here", 500, "south"), ("there", 0, "east"))
        for place, row, name in parts:
            for source, season in (("reference", "snow"), ("original", "summer")):
                with rasterio.open(folder / place / f"{source}.tif") as raster:
                    window = Window(0, row, 1000, 500)
                    profile = {**raster.profile, "height": 500, "transform": raster.window_transform(window)}
                    with rasterio.open(scenes / f"{name}_{season}.tif", "w", **profile) as out:
                        out.write(raster.read(window=window))
        do(
            CompareScenesJob(
                folder=str(scenes), pairs=str(folder / "pairs.csv"), matrix_figure=str(folder / "matrix.png")
            )
        )
    with Image.open(folder / "matrix.png") as picture:
        return picture.convert("RGB").resize((WIDTH, WIDTH * picture.height // picture.width), Image.Resampling.LANCZOS)


def assessmatchers(folder: Path) -> Image.Image:
    """Sensitivity curves of a snow and summer pair."""
    from sentinel_match_plugin.engine.jobs import AssessJob, RasterInput

    pair = [RasterInput(str(folder / "here" / f"{name}.tif")) for name in ("reference", "original")]
    outcome = do(AssessJob(("structure", "sift", "akaze", "orb"), *pair, known_warp="identity"))

    def paint(axes):
        axes.set_position((0.16, 0.22, 0.81, 0.74))
        for run in outcome.runs:
            axes.plot(outcome.curve_px, run["curve_found"], label=run["matcher"], linewidth=1.5)
        axes.set_ylim(0, 1)
        axes.set_xlim(0, 10)
        axes.tick_params(labelsize=6)
        axes.set_xlabel("threshold (pixels)", fontsize=7)
        axes.set_ylabel("share that is right", fontsize=7)
        axes.legend(fontsize=6, frameon=False, loc="center right")
        axes.spines[["top", "right"]].set_visible(False)

    return draw(160, paint)


def training_set(folder: Path) -> Path:
    """Two places, each under snow and in summer, as a training set."""
    from sentinel_match_plugin.engine.jobs import BuildTrainingSetJob

    made = folder / "set"
    if not made.exists():
        for place in ("here", "there"):
            dates = folder / "dates" / place
            dates.mkdir(parents=True, exist_ok=True)
            for source, date in (("reference", "20180207_winter"), ("original", "20180714_summer")):
                shutil.copy(folder / place / f"{source}.tif", dates / f"{date}.tif")
        do(
            BuildTrainingSetJob(
                (str(folder / "dates"),), str(made), tile_size=256, stride=256, seasons="2018-02-07=winter"
            )
        )
    return made


def buildtrainingset(folder: Path) -> Image.Image:
    """A tile under snow and in summer, thrice."""
    training_set(folder)
    rows = []
    for corner in ((60, 80), (520, 300)):
        rows.append(beside(*(red(folder / f"here/{name}.tif", corner) for name in ("reference", "original"))))
    whole = Image.new("RGB", (rows[0].width, 2 * rows[0].height + GAP), "white")
    for number, row in enumerate(rows):
        whole.paste(row, (0, number * (row.height + GAP)))
    return whole


def trainmatcher(folder: Path) -> Image.Image:
    """A pair as training makes it, with what corresponds."""
    from sentinel_match_plugin.engine.results.drawing import png
    from sentinel_match_plugin.engine.training.pair_options import options_of, pair_settings
    from sentinel_match_plugin.engine.training.pairs import PairMaker
    from sentinel_match_plugin.engine.training.pairs_figure import pairs_figure
    from sentinel_match_plugin.engine.training.stream import NumberedPairs
    from sentinel_match_plugin.engine.training.training_set import TrainingSet

    scenes = TrainingSet(str(training_set(folder))).scenes("train")
    pairs = NumberedPairs(PairMaker(scenes, 256, pair_settings(options_of("cross_season=1"))), 0)
    (folder / "pairs.png").write_bytes(png(pairs_figure([pairs(number) for number in range(2)])))
    with Image.open(folder / "pairs.png") as picture:
        return picture.convert("RGB").resize((WIDTH, WIDTH * picture.height // picture.width), Image.Resampling.LANCZOS)


def preparesentinel2(folder: Path) -> Image.Image:
    """Three bands and their colours."""
    side, corner = 70, (430, 330)
    with rasterio.open(folder / "here/target.tif") as raster:
        green, red_, nir = (gray(raster.read(i, window=Window(*corner, side, side)).astype(float)) for i in (1, 2, 3))
    top = beside(nir, red_, green)
    with rasterio.open(folder / "here/target.tif") as raster:
        wide = Window(corner[0] - 60, corner[1] - 20, WIDTH - 4, 100)
        colours = np.stack([gray(raster.read(i, window=wide).astype(float)) for i in (3, 2, 1)], -1)
    whole = Image.new("RGB", (top.width, top.height + GAP + 100), "white")
    whole.paste(top, (0, 0))
    whole.paste(Image.fromarray(colours).crop((0, 0, top.width, 100)), (0, top.height + GAP))
    return whole


DRAWN = {
    drawn.__name__: drawn
    for drawn in (
        *(coregister, matchrasters, warpraster, detectkeypoints, comparescenes, assessmatchers, buildtrainingset),
        *(trainmatcher, preparesentinel2),
    )
}

if __name__ == "__main__":
    sys.exit(main())
