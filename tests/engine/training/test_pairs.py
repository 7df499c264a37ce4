"""Made pairs: the truth is true to a twentieth of a pixel, and is given only where both images show the ground."""

from __future__ import annotations

import pickle

import cv2
import numpy as np
import pytest

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.training.pairs import (
    PairMaker,
    PairSettings,
    TrainingPair,
    pairs_of_dates,
    truth_of_matches,
)
from sentinel_match_plugin.engine.training.pairs_figure import checkerboard, pairs_figure
from sentinel_match_plugin.engine.training.photometry import UNCHANGED, PhotometrySettings
from sentinel_match_plugin.engine.training.sampling import Tile, draw_mix, mixed, sampled
from sentinel_match_plugin.engine.training.warps import FREE, GUIDED, STILL
from tests.engine.training.fake_scenes import WavyScene

SIZE = 128
OFFSETS = {"winter": (0.8, -0.6), "autumn": (-0.4, 1.1)}


@pytest.fixture(scope="module")
def scene():
    return WavyScene(offsets=OFFSETS)


@pytest.fixture(scope="module")
def gray_scene():
    """One band only, so that two images of it differ in nothing but place."""

    class Gray(WavyScene):
        bands = ("gray",)

        def read(self, date):
            values, valid = super().read(date)
            return values[:1], valid

    return Gray(offsets=OFFSETS)


def maker(scene, warp=FREE, photometry=UNCHANGED, size=SIZE, **settings):
    return PairMaker([scene], size, PairSettings(warp=warp, photometry=photometry, **settings))


def made(maker, count, seed=0):
    generator = np.random.default_rng(seed)
    return [maker.make(generator) for _ in range(count)]


def left_over(pair: TrainingPair) -> np.ndarray:
    """How far the target is displaced from the reference brought onto it by the truth, px (x, y): least squares over
    the image's gradients (Lucas and Kanade 1981), with a gain and an offset of brightness.
    """
    known = np.isfinite(pair.truth[..., 0])
    places = np.where(known[..., None], pair.truth - 0.5, -9).astype(np.float32)
    brought = cv2.remap(pair.reference, places, None, cv2.INTER_CUBIC)
    inner = cv2.erode(known.astype(np.uint8), np.ones((9, 9), np.uint8), borderValue=0) > 0
    inner &= (pair.target > 0.02) & (pair.target < 0.98) & (brought > 0.02) & (brought < 0.98)
    gy, gx = np.gradient(cv2.GaussianBlur(brought, (0, 0), 1.0).astype(float))
    smooth = cv2.GaussianBlur(pair.target, (0, 0), 1.0).astype(float)
    base = cv2.GaussianBlur(brought, (0, 0), 1.0).astype(float)
    columns = np.stack([gx[inner], gy[inner], base[inner], np.ones(inner.sum())], -1)
    solution, *_ = np.linalg.lstsq(columns, smooth[inner], rcond=None)
    return -solution[:2] / solution[2]


@pytest.mark.parametrize("warp", [FREE, GUIDED])
def test_the_truth_is_true_to_a_twentieth_of_a_pixel_whatever_the_dates_own_offsets(gray_scene, warp):
    pairs = made(maker(gray_scene, warp), 25)
    errors = np.array([left_over(pair) for pair in pairs])
    assert np.abs(errors).max() < 0.05
    assert len({pair.name for pair in pairs}) > 3  # of several dates


def test_an_upright_reference_is_made_of_the_dates_own_pixels_whatever_its_offset():
    class Noise(WavyScene):
        bands = ("gray",)

        def read(self, date):
            values = np.random.default_rng(len(date)).uniform(0.2, 0.8, (1, *self.shape))
            return values.astype(np.float32), np.ones(self.shape, bool)

    scene = Noise(offsets=OFFSETS, side=200)
    for pair in made(maker(scene, STILL, reference_turned=0.0), 10):
        values = scene.read(pair.name.split()[1])[0][0]
        likeness = cv2.matchTemplate(values, pair.reference[40:80, 40:80], cv2.TM_CCOEFF_NORMED)
        assert likeness.max() > 0.999  # interpolated noise would be smoother


def test_an_offset_left_in_would_be_seen(gray_scene):
    wrong = WavyScene(offsets=OFFSETS)
    wrong.bands, wrong.read = ("gray",), gray_scene.read
    wrong.offset = lambda date: np.zeros(2)
    pairs = made(maker(wrong, GUIDED, same_date=0.0), 5)
    assert min(np.linalg.norm(left_over(pair)) for pair in pairs) > 0.3


def test_pairs_have_the_shapes_and_ranges_that_are_promised(scene):
    for pair in made(maker(scene, photometry=PhotometrySettings()), 20):
        for image, valid in ((pair.reference, pair.reference_valid), (pair.target, pair.target_valid)):
            assert image.shape == valid.shape == (SIZE, SIZE)
            assert (image.dtype, valid.dtype) == (np.float32, np.bool_)
            assert np.isfinite(image).all()
            assert 0 <= image.min() <= image.max() <= 1
        assert pair.truth.shape == (SIZE, SIZE, 2)
        assert pair.truth.dtype == np.float32
        known = pair.truth[np.isfinite(pair.truth).all(-1)]
        assert len(known) > 200
        assert known.min() >= 0
        assert known.max() <= SIZE
        assert np.isfinite(pair.truth).all(-1).sum() == np.isfinite(pair.truth).any(-1).sum()


def test_truth_is_given_only_where_both_are_valid(scene):
    for pair in made(maker(scene, photometry=PhotometrySettings(clouds=1.0, marked=1.0)), 10):
        rows, columns = np.nonzero(np.isfinite(pair.truth[..., 0]))
        x, y = (pair.truth[rows, columns] - 0.5).round().clip(0, SIZE - 1).astype(int).T
        assert pair.target_valid[rows, columns].all()
        assert pair.reference_valid[y, x].all()


def test_under_a_cloud_that_no_mask_knows_there_is_no_truth(scene):
    settings = PhotometrySettings(clouds=1.0, marked=0.0)
    hidden = [np.isfinite(pair.truth[..., 0]).mean() for pair in made(maker(scene, STILL, settings), 6)]
    clear = [np.isfinite(pair.truth[..., 0]).mean() for pair in made(maker(scene, STILL), 6)]
    assert min(clear) > 0.9
    assert np.mean(hidden) < np.mean(clear) - 0.05


def test_what_a_date_does_not_have_is_not_valid_and_not_truth():
    gap = (slice(100, 300), slice(100, 200))
    scene = WavyScene(dates=("summer", "winter"), invalid={"winter": gap})
    crops = maker(scene, STILL, reference_turned=0.0, same_date=0.0, minimum_valid=0.1, minimum_overlap=0.1, mirrored=0)
    seen = 0
    for pair in made(crops, 20):
        winter_first = pair.name.split()[1] == "winter"
        winter = pair.reference_valid if winter_first else pair.target_valid
        image = pair.reference if winter_first else pair.target
        assert np.isnan(pair.truth[~winter]).all()
        assert not image[~winter].any()
        seen += not winter.all()
    assert seen > 5


def test_beyond_the_scene_is_mirrored_and_never_valid():
    small = WavyScene(side=100)
    pairs = made(maker(small, STILL, reference_turned=0.0, mirrored=1.0, minimum_overlap=0.2, minimum_valid=0.2), 5)
    for pair in pairs:
        assert pair.target_valid.sum() <= 100 * 100
        assert pair.target_valid.sum() > 97 * 97
        assert np.isfinite(pair.truth[..., 0]).sum() <= 100 * 100
        assert pair.target[~pair.target_valid].std() > 0.05
        edge = np.nonzero(pair.target_valid.any(0))[0].min()
        assert np.allclose(pair.target[40, edge - 3], pair.target[40, edge + 3], atol=0.2)


def test_a_coarser_sample_averages_what_it_covers():
    y, x = np.indices((100, 100))
    tile = Tile(np.uint8(60 + 120 * ((x + y) % 2))[..., None], np.full((100, 100), 255, np.uint8))
    steps = np.arange(20.5, 80, 2, np.float32)
    places = np.stack(np.meshgrid(steps, steps), -1)
    one = np.array([[1.0], [0.0]])
    picked, _ = sampled(tile, one, places, 1.0)
    averaged, valid = sampled(tile, one, places, 2.0)
    assert np.abs(picked - 120 / 255).min() > 0.2  # one checker of two is picked: all white or all black
    assert np.abs(averaged - 120 / 255).max() < 0.02
    assert valid.all()


def test_the_same_generator_gives_the_same_pairs_whatever_was_made_before(scene):
    first, second = maker(scene, photometry=PhotometrySettings()), maker(scene, photometry=PhotometrySettings())
    made(second, 3, seed=99)
    for one, two in zip(made(first, 5), made(second, 5), strict=True):
        assert one.name == two.name
        assert np.array_equal(one.reference, two.reference)
        assert np.array_equal(one.target, two.target)
        assert np.array_equal(one.truth, two.truth, equal_nan=True)


def test_a_maker_that_was_sent_to_another_process_makes_the_same(scene):
    here = maker(scene)
    there = pickle.loads(pickle.dumps(here))
    assert np.array_equal(made(here, 1)[0].target, made(there, 1)[0].target)


def test_tiles_are_read_once(scene):
    scene.reads = 0
    made(maker(scene), 20)
    assert scene.reads <= len(scene.dates)


def test_a_small_cache_holds_no_more_than_it_may():
    scene = WavyScene(side=64)
    one_tile = 64 * 64 * 4
    small = PairMaker([scene], 48, PairSettings(photometry=UNCHANGED), cache_bytes=one_tile)
    made(small, 10)
    assert scene.reads > 5
    assert len(small._tiles._held) == 1


def test_dates_are_drawn_as_the_settings_say(scene):
    pairs = pairs_of_dates(scene)
    assert set(pairs.crossing) == {("summer", "winter"), ("winter", "summer")}
    assert len(pairs.others) == 4
    generator = np.random.default_rng(0)
    drawn = [pairs.draw(PairSettings(cross_season=0.7, same_date=0.05), generator) for _ in range(4000)]
    assert np.mean([a == b for a, b in drawn]) == pytest.approx(0.05, abs=0.015)
    assert np.mean([pair in pairs.crossing for pair in drawn]) == pytest.approx(0.95 * 0.7, abs=0.03)


def test_a_single_date_is_paired_with_itself():
    for pair in made(maker(WavyScene(dates=("summer",))), 3):
        assert pair.name.split()[1:] == ["summer", "summer"]
        assert np.isfinite(pair.truth).any()


def test_scenes_without_ground_in_common_are_refused_with_a_sentence():
    blind = WavyScene(dates=("summer", "winter"), invalid={"winter": (slice(None), slice(None))})
    with pytest.raises(InputError, match="No training pair came about"):
        maker(blind, same_date=0.0).make(np.random.default_rng(0))
    with pytest.raises(InputError, match="no scene"):
        PairMaker([], SIZE)


def test_images_of_nothing_but_snow_are_not_taken():
    class Snow(WavyScene):
        def read(self, date):
            values, valid = super().read(date)
            return np.where(np.indices(self.shape)[1] < 300, 1, values).astype(np.float32), valid

    for pair in made(maker(Snow(), GUIDED, reference_turned=0.0), 20):
        assert np.mean(pair.reference >= 1) < 0.9
        assert np.mean(pair.target >= 1) < 0.9


def test_truth_of_matches_is_the_truth_between_the_pixels_and_nan_where_there_is_none(gray_scene):
    pair = made(maker(gray_scene, GUIDED, reference_turned=0.0), 1)[0]
    rows, columns = np.nonzero(np.isfinite(pair.truth[..., 0]))
    xy = np.stack([columns, rows], -1) + 0.5
    assert np.allclose(truth_of_matches(pair, xy), pair.truth[rows, columns], atol=1e-4)
    inner = pair.truth[60:62, 60:62].reshape(4, 2).mean(0)
    assert np.allclose(truth_of_matches(pair, np.array([[61.0, 61.0]])), inner, atol=1e-4)
    assert np.isnan(truth_of_matches(pair, np.array([[-1.0, 5.0], [5.0, SIZE + 1.0]]))).all()
    pair.truth[60, 60] = np.nan
    assert np.isnan(truth_of_matches(pair, np.array([[60.6, 60.6]]))).all()
    assert truth_of_matches(pair, np.zeros((0, 2))).shape == (0, 2)


def test_a_mix_of_bands_is_convex_or_an_index_and_stays_in_range():
    values = np.random.default_rng(0).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    generator = np.random.default_rng(1)
    for _ in range(30):
        mix = draw_mix(("B04", "B03", "B08"), 0.0, generator)
        assert mix[0].sum() == pytest.approx(1)
        assert mix.min() >= 0
        assert 0 <= mixed(values, mix).min() <= mixed(values, mix).max() <= 1
    indices = [draw_mix(("B04", "B03", "B08"), 1.0, generator) for _ in range(40)]
    ndvi = [mix for mix in indices if np.array_equal(mix, [[-1, 0, 1], [1, 0, 1]])]
    assert 20 < len(ndvi) < 40
    red, infrared = values[..., 0] / 255, values[..., 2] / 255
    expected = 0.5 + 0.5 * (infrared - red) / np.maximum(infrared + red, 1 / 255)
    assert np.allclose(mixed(values, ndvi[0]), expected, atol=1e-5)


def test_the_checkerboard_of_a_pair_of_one_date_is_the_target_itself(gray_scene):
    pair = made(maker(gray_scene, STILL, same_date=1.0, reference_turned=0.0), 1)[0]
    known = np.isfinite(pair.truth[..., 0])
    assert np.abs(checkerboard(pair) - pair.target)[known].max() < 0.02


def test_the_figure_has_a_row_for_each_pair(scene, tmp_path):
    figure = pairs_figure(made(maker(scene, photometry=PhotometrySettings()), 2))
    figure.savefig(tmp_path / "pairs.png")
    assert (tmp_path / "pairs.png").stat().st_size > 20_000
    assert len(figure.axes) == 6
