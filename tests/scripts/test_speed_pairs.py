"""The full-size pairs: is their truth true, are there no seams, is nothing left of a build that was stopped?"""

from __future__ import annotations

import json
from functools import lru_cache
from types import SimpleNamespace

import pytest

np = pytest.importorskip("numpy")
rasterio = pytest.importorskip("rasterio")
cv2 = pytest.importorskip("cv2")
pytest.importorskip("scipy")

import speed_pairs  # noqa: E402

LENGTH = 5120
LEFT = (0.4, -0.3)  # px, what lies between the dates of a strip by themselves


@lru_cache
def smooth(seed):
    values = cv2.GaussianBlur(np.random.default_rng(seed).normal(size=(LENGTH, 512)), (0, 0), 3)
    return (128 + 40 * values / values.std()).clip(0, 255).astype(np.float32)


def strip(_, tile, date):
    """The same ground at both dates, the target's where the producer would have left it."""
    ground = smooth(speed_pairs.TILES.index(tile))
    if date == "summer":  # what is at p there is at p + LEFT of the reference
        ground = cv2.warpAffine(ground, np.float32([[1, 0, -LEFT[0]], [0, 1, -LEFT[1]]]), (512, LENGTH), borderMode=4)
    return ground, 0


def similarity(centre, degrees, scale, shift):
    angle = np.deg2rad(degrees)
    matrix = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return lambda xy: (xy - centre) @ matrix.T + centre + shift


def sine(xy, amplitude, wavelength):
    return amplitude * np.sin(2 * np.pi * xy[..., ::-1] / wavelength)


SEASON_PAIRS = SimpleNamespace(
    SEASONS={"same": "summer_prev"},
    OFFSET={(tile, "same"): LEFT for tile in speed_pairs.TILES},
    similarity=similarity,
    sine=sine,
    strip=strip,
)


def scene(size=700):
    return speed_pairs.Scene(size, "same", None, SEASON_PAIRS)


def test_cells_that_touch_show_different_ground():
    pieces = scene(3000).pieces
    for line in range(1, len(pieces)):
        for column in range(1, len(pieces)):
            here = pieces[line][column]
            for other in (pieces[line - 1][column - 1], pieces[line - 1][column], pieces[line][column - 1]):
                assert here.tile != other.tile or abs(here.top - other.top) >= 512
    assert len({(p.transposed, p.flipped_x, p.flipped_y) for cells in pieces for p in cells}) == 8


def test_neighbouring_cells_fade_into_each_other_and_their_weights_add_up_to_one():
    flat = scene()
    for tile in speed_pairs.TILES:
        for date in ("summer", "summer_prev"):
            flat._strips[tile, date] = np.full((LENGTH, 512), 255, np.float32)
    shown = flat.show("summer", 0, 0, 700, 700, moved=True)
    assert shown == pytest.approx(np.full((700, 700), speed_pairs.FULL_SCALE["summer"]), rel=1e-4)
    steps = np.abs(np.diff(scene().show("summer", 0, 0, 700, 700), axis=1)).max(0)
    assert steps[440:520].max() < 1.5 * steps[:400].max()  # the cells meet at 464 to 496


def test_a_window_of_a_scene_is_the_same_however_it_is_cut():
    whole = scene().show("summer", 0, 0, 700, 700, moved=True)
    part = scene().show("summer", 430, 100, 90, 80, moved=True)
    assert part == pytest.approx(whole[100:180, 430:520], abs=0.01)


def test_the_target_shows_what_the_reference_has_where_the_motion_says():
    # In windows of the target the reference, sampled through W, is the same picture: to a tenth of a pixel, of which
    # most is the bilinear resampling that made this test's target.
    here = scene()
    moved = here.show("summer", 200, 300, 128, 128, moved=True)
    grid = np.stack(np.meshgrid(np.arange(200.0, 328), np.arange(300.0, 428)), -1)
    seen = here.motion(grid).astype(np.float32)
    reference = here.show("summer_prev", 0, 0, 700, 700)
    expected = cv2.remap(reference, seen[..., 0], seen[..., 1], cv2.INTER_CUBIC)
    _, offsets = speed_pairs.local_displacement(expected, moved, np.ones((128, 128), bool), 64)
    assert len(offsets) == 4
    assert np.abs(offsets).max() < 0.1


def test_a_pair_is_written_with_its_truth_and_a_perfect_result_has_no_error(tmp_path):
    here = scene()
    speed_pairs.make(tmp_path / "pair", here, ".jp2")
    with rasterio.open(tmp_path / "pair" / "target.tif") as tif, rasterio.open(tmp_path / "pair" / "target.jp2") as jp2:
        assert (tif.dtypes, tif.shape, tif.crs, tif.res) == (
            ("uint16",),
            (700, 700),
            rasterio.CRS.from_epsg(32635),
            (10, 10),
        )
        assert tif.block_shapes == [(512, 512)]
        assert (tif.read() == jp2.read()).all()
        assert jp2.transform == tif.transform
    assert json.loads((tmp_path / "pair" / "truth.json").read_text())["size"] == 700
    p = np.random.default_rng(0).uniform(50, 650, (200, 2))
    q = here.motion(p)
    to_map = np.array([10.0, -10.0])
    rows = np.hstack([(q + 0.5) * to_map + speed_pairs.ORIGIN, (p + 0.5) * to_map + speed_pairs.ORIGIN])
    assert speed_pairs.point_errors(here, rows).max() < 1e-6
    assert speed_pairs.point_errors(here, rows + [20.0, 0, 0, 0]) == pytest.approx(np.full(200, 2.0))
    still = tmp_path / "still.tif"
    speed_pairs.write_scene(still, here, "summer", moved=False)
    assert np.median(speed_pairs.warp_errors(here, still)) < 0.05
    off = speed_pairs.warp_errors(here, tmp_path / "pair" / "target.tif")  # not warped: off by the motion
    centre = np.array([[349.5, 349.5]])
    assert np.median(off) == pytest.approx(float(np.hypot(*(here.motion(centre) - centre).T)[0]), abs=0.7)


def test_a_pair_that_was_made_otherwise_is_made_again_and_one_that_is_whole_is_not(tmp_path):
    here = scene(64)
    speed_pairs.make(tmp_path, here, ".tif")
    first = (tmp_path / "target.tif").stat().st_mtime_ns
    (tmp_path / "reference.tif").unlink()  # as if it had been stopped
    speed_pairs.make(tmp_path, here, ".tif")
    assert (tmp_path / "reference.tif").exists()
    assert (tmp_path / "target.tif").stat().st_mtime_ns == first
    speed_pairs.make(tmp_path, scene(80), ".tif")
    with rasterio.open(tmp_path / "target.tif") as raster:
        assert raster.shape == (80, 80)
