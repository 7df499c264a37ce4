"""The generated landscape: is the truth that the demo is judged by true?"""

from __future__ import annotations

import json

import numpy as np
import pytest

pytest.importorskip("rasterio")
pytest.importorskip("cv2")
import rasterio
from displacement import local_displacement
from landscape import Truth, make, to_crs
from rasterio.warp import Resampling, reproject
from scipy.ndimage import map_coordinates


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A small landscape, 300 x 300 pixels of the reference."""
    folder = tmp_path_factory.mktemp("landscape")
    make(folder, 300, seed=3)
    return folder


def read(path, band):
    with rasterio.open(path) as raster:
        return raster.read(band).astype(np.float32), raster.transform


def test_the_displacement_is_inverted_exactly():
    truth = Truth((290_000.0, 5_575_000.0))
    places = np.random.default_rng(0).uniform([285_000, 5_570_000], [295_000, 5_580_000], (500, 2))
    assert np.abs(truth.undisplaced(truth.displaced(places)) - places).max() < 1e-5


def test_a_truth_read_back_is_the_same_function(sample):
    truth = Truth.load(sample / "truth.json")
    places = np.array([[286_000.0, 5_579_000.0], [287_500.0, 5_578_000.0]])
    truth.save(sample / "again.json")
    assert np.array_equal(Truth.load(sample / "again.json")(places), truth(places))


def test_a_displacement_too_steep_to_be_inverted_is_refused():
    steep = Truth((0.0, 0.0), amplitude=2000.0, wavelength=3000.0)
    with pytest.raises(ValueError, match="too steep"):
        steep.undisplaced(np.random.default_rng(0).uniform(-5000, 5000, (50, 2)))


def test_the_target_shows_at_the_true_place_what_the_undisplaced_image_shows(sample):
    """Fetched through the truth, the target lies on the original: only its own resampling and noise are left."""
    truth = Truth.load(sample / "truth.json")
    original, here = read(sample / "original.tif", 2)
    target, there = read(sample / "target.tif", 2)
    column, row = np.meshgrid(np.arange(300) + 0.5, np.arange(300) + 0.5)
    x, y = ~there * tuple(truth(np.stack(here * (column, row), -1).reshape(-1, 2)).T)
    fetched = map_coordinates(target, [y - 0.5, x - 0.5], order=3, mode="nearest").reshape(300, 300)
    inside = ((x > 2) & (y > 2) & (x < target.shape[1] - 2) & (y < target.shape[0] - 2)).reshape(300, 300)
    _, offsets = local_displacement(original, fetched.astype(np.float32), inside)
    assert len(offsets) >= 10
    # A twentieth of a pixel is what the measurement itself can do with noise in both images; a convention that is
    # wrong by half a pixel of either raster, or a shift to the wrong side, is ten times that.
    assert np.median(np.hypot(*offsets.T)) < 0.05
    assert np.abs(offsets.mean(0)).max() < 0.03


def test_without_the_truth_the_target_lies_off_by_the_displacement(sample):
    """The georeferencing alone leaves what the truth says, so the demo has something to mend."""
    truth = Truth.load(sample / "truth.json")
    original, here = read(sample / "original.tif", 2)
    target, there = read(sample / "target.tif", 2)
    placed = np.zeros_like(original)
    crs = {"src_crs": truth.target_crs, "dst_crs": truth.reference_crs}
    reproject(target, placed, src_transform=there, dst_transform=here, resampling=Resampling.cubic, **crs)
    centre = np.array([here * (150, 150)])
    expected = (truth.displaced(centre) - centre)[0] / [10, -10]
    x, y = np.round(expected).astype(int)
    piece = np.s_[100:200, 100:200]
    moved = placed[100 + y : 200 + y, 100 + x : 200 + x]
    _, offsets = local_displacement(original[piece], moved, np.ones((100, 100), bool), 18)
    # Whole pixels were taken off; within 50 pixels of the centre the rest of the displacement changes by up to 1.5.
    assert len(offsets) >= 2
    assert np.hypot(*(np.median(offsets, 0) - (expected - [x, y]))) < 1.0


def test_the_seasons_differ_as_real_ones_do(sample):
    """Snow is cut off over a good part of the image, and intensity alone does not tell what is what."""
    snow, _ = read(sample / "reference.tif", 1)
    summer, _ = read(sample / "original.tif", 2)
    assert 0.1 < np.mean(snow > 8900) < 0.65
    assert abs(np.corrcoef(snow.ravel(), summer.ravel())[0, 1]) < 0.6


def test_the_same_seed_gives_the_same_landscape_and_another_seed_another(tmp_path, sample):
    make(tmp_path / "again", 300, seed=3)
    make(tmp_path / "other", 300, seed=4)
    first, _ = read(sample / "reference.tif", 1)
    assert np.array_equal(first, read(tmp_path / "again" / "reference.tif", 1)[0])
    assert not np.array_equal(first, read(tmp_path / "other" / "reference.tif", 1)[0])


def test_the_rasters_differ_in_crs_pixel_size_and_name_their_bands(sample):
    with rasterio.open(sample / "reference.tif") as reference, rasterio.open(sample / "target.tif") as target:
        assert reference.crs.to_epsg() == 32636
        assert target.crs.to_epsg() == 32635
        assert (reference.res[0], target.res[0]) == (10.0, 7.5)
        assert target.descriptions[1].startswith("B04 red")
        assert target.nodata == 0


def test_the_lakes_are_dark_in_summer(sample):
    """The outlines are in longitude and latitude; what they enclose is water."""
    summer, here = read(sample / "original.tif", 3)
    found = json.loads((sample / "lakes.geojson").read_text())["features"]
    values = []
    for lake in found:
        centre = np.mean(lake["geometry"]["coordinates"][0], 0)
        x, y = ~here * tuple(to_crs(centre[None], "EPSG:4326", "EPSG:32636")[0])
        if 0 <= x < 300 and 0 <= y < 300:
            values.append(summer[int(y), int(x)])
    assert values
    assert np.median(values) < 600  # near infrared reflectance below 6 %: water
