"""The whole street on rasters with known truth."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio

from sentinel_match_plugin.engine.errors import Cancelled, InputError, OutputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.jobs import (
    AreaInput,
    CoregisterJob,
    Extent,
    MatchJob,
    RasterInput,
    WarpJob,
)
from sentinel_match_plugin.engine.pipeline import run
from sentinel_match_plugin.engine.points.tie_points import read_csv
from tests.engine.known_field import UTM36, KnownField, reference_grid, target_grid

MOVED_M = (123.0, -77.0)  # east, north: what the target's content is displaced by


class Listener(Events):
    """Remembers what was said; asks to stop at a given stage."""

    def __init__(self, stop_at: str = "never") -> None:
        self.said: list[str] = []
        self.fractions: list[float] = []
        self._stop_at, self._stopped = stop_at, False

    def progress(self, fraction, stage=""):
        self.fractions.append(fraction)
        self._stopped |= stage == self._stop_at

    def info(self, text):
        self.said.append(text)

    warning = info

    @property
    def cancelled(self):
        return self._stopped


@pytest.fixture(scope="session")
def pair(tmp_path_factory) -> tuple[str, str]:
    """A reference at 10 m and a target at 15 m in the neighbouring zone, its content displaced by ``MOVED_M``."""
    folder = tmp_path_factory.mktemp("pair")
    field = KnownField()
    paths = []
    for name, grid, shape, moved in (
        ("reference.tif", reference_grid(10.0), (400, 420), (0, 0)),
        ("target.tif", target_grid(15.0), (380, 380), MOVED_M),
    ):
        values = np.round(field.raster(grid, shape, moved) * 4000 + 500).astype(np.uint16)
        paths.append(str(folder / name))
        with rasterio.open(
            paths[-1],
            "w",
            driver="GTiff",
            width=shape[1],
            height=shape[0],
            count=1,
            dtype="uint16",
            crs=grid.crs,
            transform=grid.transform,
            nodata=0,
        ) as raster:
            raster.write(values, 1)
    return paths[0], paths[1]


def match_job(pair, **options) -> MatchJob:
    return MatchJob(RasterInput(pair[0]), RasterInput(pair[1]), **options)


@pytest.mark.parametrize("matcher", ["structure", "phase"])
def test_guided_matching_finds_a_known_sub_pixel_shift_between_two_crs_and_pixel_sizes(pair, tmp_path, matcher):
    outcome = run(match_job(pair, matcher=matcher, tie_points=str(tmp_path / "points.csv")), Listener())
    points = read_csv(tmp_path / "points.csv")
    assert outcome.status == "ok"
    assert outcome.inliers > 200
    # A tenth of the coarser pixel: half a pixel of wrong frame on either side would show as 5 or 7.5 m.
    assert outcome.shift_x == pytest.approx(MOVED_M[0], abs=1.5)
    assert outcome.shift_y == pytest.approx(MOVED_M[1], abs=1.5)
    assert len(points.score) == outcome.inliers


def test_coregister_puts_the_target_where_the_reference_is(pair, tmp_path):
    job = CoregisterJob(match_job(pair), str(tmp_path / "warped.tif"))
    outcome = run(job, Listener())
    with rasterio.open(pair[0]) as reference, rasterio.open(tmp_path / "warped.tif") as warped:
        assert (warped.crs, warped.transform, warped.shape) == (reference.crs, reference.transform, reference.shape)
        first, second, valid = reference.read(1).astype(float), warped.read(1).astype(float), warped.dataset_mask() > 0
    assert outcome.outputs["warped"] == job.output
    assert valid.mean() > 0.9
    inner = np.zeros_like(valid)
    inner[20:-20, 20:-20] = True
    assert np.corrcoef(first[valid & inner], second[valid & inner])[0, 1] > 0.99


def test_tie_points_alone_are_enough_to_warp_with_later(pair, tmp_path):
    points = str(tmp_path / "points.csv")
    run(match_job(pair, tie_points=points), Listener())
    job = WarpJob(RasterInput(pair[1]), points, "EPSG:32636", str(tmp_path / "warped.tif"))
    run(replace(job, grid=RasterInput(pair[0])), Listener())
    with rasterio.open(pair[0]) as reference, rasterio.open(job.output) as warped:
        first, second, valid = reference.read(1).astype(float), warped.read(1).astype(float), warped.dataset_mask() > 0
    valid[:20] = valid[-20:] = False
    assert np.corrcoef(first[valid], second[valid])[0, 1] > 0.99


def test_warped_onto_its_own_grid_the_target_keeps_its_crs_and_moves_back(pair, tmp_path):
    points = str(tmp_path / "points.csv")
    run(match_job(pair, tie_points=points), Listener())
    run(WarpJob(RasterInput(pair[1]), points, "EPSG:32636", str(tmp_path / "own.tif")), Listener())
    grid = target_grid(15.0)
    with rasterio.open(pair[1]) as target, rasterio.open(tmp_path / "own.tif") as warped:
        assert (warped.crs, warped.transform, warped.shape) == (target.crs, target.transform, target.shape)
        second, valid = warped.read(1).astype(float), warped.dataset_mask() > 0
    truth = KnownField().raster(grid, second.shape) * 4000 + 500
    inner = np.zeros_like(valid)
    inner[60:-60, 60:-60] = True
    assert np.sqrt(np.mean((truth - second)[valid & inner] ** 2)) < 40  # of a range of 4000


def test_the_extent_limits_where_tie_points_are(pair, tmp_path):
    west, south, east, north = 302000.0, 5595200.0, 304500.0, 5597500.0
    points = str(tmp_path / "points.csv")
    run(match_job(pair, extent=Extent((west, south, east, north), "EPSG:32636"), tie_points=points), Listener())
    xy = read_csv(points).reference_xy
    assert len(xy) > 20
    assert ((xy >= [west, south]) & (xy <= [east, north])).all()


@pytest.mark.parametrize("mode", ["inside", "outside"])
def test_polygons_say_where_tie_points_may_be(pair, tmp_path, mode):
    west, south, east, north = 302000.0, 5595000.0, 304000.0, 5598000.0
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    area = tmp_path / "area.geojson"
    area.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    points = str(tmp_path / "points.csv")
    run(match_job(pair, area=AreaInput(str(area), mode, "EPSG:32636"), tie_points=points), Listener())
    xy = read_csv(points).reference_xy
    inside = ((xy > [west, south]) & (xy < [east, north])).all(-1)
    assert len(xy) > 20
    # A window that is mostly usable may stand a little across the border.
    assert inside.mean() > 0.9 if mode == "inside" else inside.mean() < 0.1


@pytest.mark.parametrize(
    "kind", ["shift", "similarity", "affine", "homography", "polynomial2", "thin_plate_spline", "local"]
)
def test_every_transformation_can_be_asked_for(pair, kind):
    outcome = run(match_job(pair, transform=kind, spacing_px=40), Listener())
    assert outcome.transform == kind
    assert outcome.status == "ok"
    # The zones' norths differ by 4 degrees, but both places are compared in the reference's frame: even a shift fits.
    assert outcome.ce90_px < 0.5


def test_choices_are_said(pair):
    listener = Listener()
    outcome = run(match_job(pair), listener)
    text = " ".join(listener.said)
    for word in ("Comparing", "Device:", "Matcher: structure", "Working grid", "tie point every"):
        assert word in text
    assert outcome.messages == listener.said


def test_progress_never_goes_back_and_ends_at_one(pair, tmp_path):
    listener = Listener()
    run(CoregisterJob(match_job(pair), str(tmp_path / "warped.tif")), listener)
    assert np.all(np.diff(listener.fractions) >= -1e-9)
    assert listener.fractions[-1] == 1.0


@pytest.mark.parametrize("stage", ["coarse look", "support", "tie points"])
def test_a_cancelled_job_ends_and_leaves_nothing(pair, tmp_path, stage):
    job = CoregisterJob(match_job(pair, tie_points=str(tmp_path / "points.csv")), str(tmp_path / "warped.tif"))
    with pytest.raises(Cancelled):
        run(job, Listener(stop_at=stage))
    assert list(tmp_path.iterdir()) == []


def test_unrelated_images_of_one_place_are_no_match_and_write_no_raster(pair, tmp_path):
    other = KnownField(seed=99).raster(target_grid(15.0), (380, 380))
    path = tmp_path / "other.tif"
    grid = target_grid(15.0)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=380,
        height=380,
        count=1,
        dtype="float32",
        crs=grid.crs,
        transform=grid.transform,
    ) as raster:
        raster.write(other.astype(np.float32), 1)
    job = CoregisterJob(match_job((pair[0], str(path))), str(tmp_path / "warped.tif"))
    outcome = run(job, Listener())
    assert outcome.status == "no_match"
    assert not Path(job.output).exists()
    assert "warped" not in outcome.outputs


def test_the_same_raster_twice_is_refused(pair):
    with pytest.raises(InputError, match="are the same raster"):
        run(match_job((pair[0], pair[0])), Listener())


def test_without_a_crs_the_guided_matcher_says_what_to_do(pair, write_raster):
    with rasterio.open(pair[1]) as target:
        bare = write_raster("bare.tif", target.read())
    with pytest.raises(InputError, match=r"bare.tif has no CRS, which structure needs\. Assign one.*auto"):
        run(match_job((pair[0], bare), matcher="structure"), Listener())


def test_an_output_that_is_an_input_is_refused_before_any_work(pair):
    with pytest.raises(OutputError, match="is the same file as an input"):
        run(CoregisterJob(match_job(pair), pair[1]), Listener())


def test_tie_points_of_another_raster_are_refused(pair, tmp_path):
    points = tmp_path / "points.csv"
    points.write_text("ref_x,ref_y,tgt_x,tgt_y\n" + "".join(f"{i},{i},{i * 2},{i % 3}\n" for i in range(9)))
    with pytest.raises(InputError, match="nowhere near"):
        run(WarpJob(RasterInput(pair[1]), str(points), "EPSG:32636", str(tmp_path / "w.tif")), Listener())


@pytest.mark.parametrize("condition", ["b", "c", "d"])
@pytest.mark.parametrize("season", ["cross", "same"])
def test_real_sentinel_2_pairs_are_matched_across_seasons(shared_data, tmp_path, capsys, season, condition):
    sys.path.insert(0, str(shared_data.parent / "tools"))
    import season_pairs

    season_pairs.make(tmp_path, shared_data / "seasons", ["T36UUA"], [season], [condition], "sub")
    folder = min(tmp_path.iterdir())
    points, warped = str(tmp_path / "points.csv"), str(tmp_path / "warped.tif")
    match = match_job((str(folder / "reference.tif"), str(folder / "target.tif")), tie_points=points)
    outcome = run(CoregisterJob(match, warped), Listener())
    capsys.readouterr()
    season_pairs.score(folder, points, warped)
    score = json.loads(capsys.readouterr().out)
    assert outcome.status == "ok"
    assert score["warp_median"] < 1.0  # pixels of 10 m
    assert score["p3"] > 0.95
    points = season_pairs.read_points(points)
    cells = season_pairs_cells(season_pairs, json.loads((folder / "truth.json").read_text()))
    seen = {(int(x // 640), int(y // 640)) for x, y in (points[points[:, 4] > 0, :2] - corner(folder)) * [1, -1]}
    assert len(cells & seen) >= 0.95 * len(cells)


def corner(folder) -> np.ndarray:
    with rasterio.open(folder / "reference.tif") as reference:
        return np.array([reference.transform.c, reference.transform.f])


def season_pairs_cells(season_pairs, truth: dict) -> set[tuple[int, int]]:
    """The cells of 64 x 64 reference pixels (column, row) that the target shows whole."""
    width, height = truth["width"], truth["height"]
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    x, y = season_pairs.warp(truth["condition"], width, height)(np.stack([columns, rows], -1)).reshape(-1, 2).T // 64
    inside = (x >= 0) & (y >= 0) & (x < -(-width // 64)) & (y < -(-height // 64))
    count = np.zeros((-(-height // 64), -(-width // 64)))
    np.add.at(count, (y[inside].astype(int), x[inside].astype(int)), 1)
    area = np.outer(np.bincount(np.arange(height) // 64), np.bincount(np.arange(width) // 64))
    return {(int(column), int(row)) for row, column in np.argwhere(count > 0.95 * area)}


def test_reference_crs_is_the_crs_of_the_points(pair):
    with rasterio.open(pair[0]) as reference:
        assert reference.crs == UTM36
