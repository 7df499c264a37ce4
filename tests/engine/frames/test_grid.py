"""The working grid and the views on it."""

import numpy as np
import pytest
from affine import Affine

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.frames.georeference import Georeference
from sentinel_match_plugin.engine.frames.grid import View, pixel_mapping, working_grid
from sentinel_match_plugin.engine.imagery.area import load_area
from sentinel_match_plugin.engine.imagery.radiometry import Stretch
from sentinel_match_plugin.engine.imagery.rasters import open_raster
from sentinel_match_plugin.engine.jobs import Extent
from tests.engine.known_field import UTM36, KnownField, reference_grid, target_grid

UNCHANGED = Stretch(0.0, 1.0)


def write(write_raster, name, georeference, shape, moved_m=(0, 0)):
    values = KnownField().raster(georeference, shape, moved_m).astype(np.float32)
    return write_raster(name, values, crs=georeference.crs, transform=georeference.transform)


@pytest.mark.parametrize(("pixel_m", "degrees", "tolerance"), [(10.0, 0.0, 0.01), (10.0, 20.0, 0.01), (4.0, 0.0, 0.02)])
def test_the_target_is_seen_where_the_reference_is_whatever_its_crs_pixel_size_and_rotation(
    write_raster, pixel_m, degrees, tolerance
):
    side = round(6000 / pixel_m)
    reference_path = write(write_raster, "reference.tif", reference_grid(), (300, 320))
    target_path = write(write_raster, "target.tif", target_grid(pixel_m, degrees), (side, side))
    with open_raster(reference_path) as reference, open_raster(target_path) as target:
        grid = working_grid(reference.info, target.info, 0.0, None)
        to_target = pixel_mapping(reference.info.georeference, target.info.georeference)
        shape = (grid.height, grid.width)
        seen = View(reference, (1,), UNCHANGED, shape, grid.to_reference, 10.0).read((0, 0, *shape[::-1]))
        sought = View(target, (1,), UNCHANGED, shape, lambda xy: to_target(grid.to_reference(xy)), 10.0).read(
            (0, 0, *shape[::-1])
        )
    both = seen.valid & sought.valid
    assert both.mean() > 0.5
    # Cubic interpolation of detail three pixels wide; averaging 4 m pixels also smooths a little.
    assert np.sqrt(np.mean((seen.values - sought.values)[both] ** 2)) < tolerance


def test_a_coarser_target_sets_the_pixel_size_of_the_grid(write_raster):
    reference_path = write(write_raster, "reference.tif", reference_grid(10), (300, 300))
    target_path = write(write_raster, "target.tif", target_grid(25), (200, 200))
    with open_raster(reference_path) as reference, open_raster(target_path) as target:
        grid = working_grid(reference.info, target.info, 0.0, None)
    assert grid.scale == pytest.approx(2.5, rel=1e-3)
    assert grid.gsd_m == pytest.approx(25, rel=1e-3)


def test_a_decimated_patch_lies_where_the_full_one_does(write_raster):
    path = write(write_raster, "reference.tif", reference_grid(), (300, 320))
    with open_raster(path) as reference:
        view = View(reference, (1,), UNCHANGED, (300, 320), lambda xy: xy, 10.0)
        full, coarse = view.read((20, 40, 276, 232)), view.read((20, 40, 276, 232), 4)
    averaged = full.values.reshape(48, 4, 64, 4).mean((1, 3))
    assert coarse.values.shape == (48, 64)
    assert np.abs(coarse.values - averaged)[2:-2, 2:-2].max() < 0.01


def test_what_lies_outside_of_the_image_is_not_valid(write_raster):
    path = write(write_raster, "reference.tif", reference_grid(), (100, 100))
    with open_raster(path) as reference:
        patch = View(reference, (1,), UNCHANGED, (100, 100), lambda xy: xy, 10.0).read((-20, -20, 50, 50))
    assert not patch.valid[:19].any()
    assert patch.valid[22:, 22:].all()
    assert (patch.values[~patch.valid] == 0).all()


@pytest.mark.parametrize("displaced", [None, lambda xy: xy])
def test_the_image_is_valid_up_to_its_last_pixel_whether_resampled_or_copied(write_raster, displaced):
    path = write(write_raster, "reference.tif", reference_grid(), (100, 100))
    with open_raster(path) as reference:
        patch = View(reference, (1,), UNCHANGED, (100, 100), lambda xy: xy, 10.0).read(
            (-85, -85, 120, 120), 1, displaced
        )
        truth = reference.read([1], (0, 0, 100, 100))[0]
    inside = np.s_[85:185, 85:185]
    assert patch.valid[inside].all()
    assert patch.valid.sum() == 100 * 100
    np.testing.assert_allclose(patch.values[inside], truth, atol=1e-6)


@pytest.mark.parametrize("decimation", [1, 2, 4])
def test_what_is_copied_is_what_resampling_shows(write_raster, decimation):
    path = write(write_raster, "reference.tif", reference_grid(), (200, 220))
    with open_raster(path) as reference:
        view = View(reference, (1,), UNCHANGED, (200, 220), lambda xy: xy + [20, 8], 10.0)
        copied, resampled = (view.read((-16, 8, 216, 200), decimation, how) for how in (None, lambda xy: xy))
    assert (copied.valid == resampled.valid).all()
    np.testing.assert_allclose(copied.values, resampled.values, atol=1e-5)


def test_rasters_that_do_not_overlap_are_refused_with_both_extents(write_raster):
    far = Georeference(UTM36, Affine(10, 0, 500000, 0, -10, 5000000))
    reference_path = write(write_raster, "reference.tif", reference_grid(), (100, 100))
    target_path = write(write_raster, "target.tif", far, (100, 100))
    with (
        open_raster(reference_path) as reference,
        open_raster(target_path) as target,
        pytest.raises(InputError, match=r"do not overlap: the reference covers .* the target covers"),
    ):
        working_grid(reference.info, target.info, 1500.0, None)


def test_an_extent_outside_of_the_overlap_is_refused(write_raster):
    reference_path = write(write_raster, "reference.tif", reference_grid(), (100, 100))
    target_path = write(write_raster, "target.tif", target_grid(10), (300, 300))
    area = load_area(None, Extent((100.0, 100.0, 900.0, 900.0), "EPSG:32636"), UTM36)
    with (
        open_raster(reference_path) as reference,
        open_raster(target_path) as target,
        pytest.raises(InputError, match=r"lies outside the overlap"),
    ):
        working_grid(reference.info, target.info, 0.0, area.bounds)
