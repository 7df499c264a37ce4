"""The hand-made channels: what they ignore, and that their correlation finds a known sub-pixel shift."""

import numpy as np
import pytest
import torch
from scipy.ndimage import gaussian_filter

from sentinel_match_plugin.engine.matchers import batches, correlation, structure, windows
from sentinel_match_plugin.engine.matchers.base import Found, Patch
from sentinel_match_plugin.engine.matchers.structure import StructureMatcher, describe
from tests.engine.known_noise import POINTS, patch, shifted, texture


def found(reference: Patch, target: Patch, window: int = 48, radius: int = 8) -> Found:
    matcher = StructureMatcher()
    return matcher.find(matcher.describe(reference), matcher.describe(target), POINTS, window, radius)


@pytest.mark.parametrize(("x", "y"), [(0.0, 0.0), (2.3, -1.6), (-0.5, 0.5), (4.75, 3.25)])
def test_a_known_sub_pixel_shift_is_found_at_every_point(x, y):
    values = texture()
    matches = found(patch(values), patch(shifted(values, x, y)))
    assert len(matches) == len(POINTS)
    error = matches.shift - [x, y]
    assert np.abs(np.median(error, 0)).max() < 0.05
    assert np.hypot(*error.T).max() < 0.15


def test_the_peak_is_not_drawn_to_whole_pixels():
    values = texture()
    fractions = np.linspace(0, 1, 9)
    bias = [np.median(found(patch(values), patch(shifted(values, x, 0))).shift[:, 0]) - x for x in fractions]
    assert np.abs(bias).max() < 0.05
    assert abs(bias[4]) < 0.01  # half a pixel, where a paraboloid through whole pixels errs most


@pytest.mark.parametrize("smooth", [0.0, 1.0, 2.0, 4.0])
def test_a_description_found_in_itself_is_where_it_is_to_a_thousandth(smooth):
    noise = gaussian_filter(np.random.default_rng(5).standard_normal((256, 256)), smooth, mode="wrap")
    itself = patch(((noise - noise.min()) / np.ptp(noise)).astype(np.float32))
    matches = found(itself, itself, 64, 3)
    assert len(matches) == len(POINTS)
    assert np.abs(matches.shift.mean(0)).max() < 0.001


def test_a_match_is_placed_where_its_evidence_lies():
    values = texture()
    values[:, 100:] = 0.5  # bare snow: nothing to see but left of column 100
    matches = found(patch(values), patch(shifted(values, 0.5, 0.5)))
    beside = matches.index[POINTS[matches.index, 0] == 110]
    assert len(beside)
    place = matches.place[np.isin(matches.index, beside), 0]
    assert (place < 101).all()
    assert (place > 80).all()


def test_reversed_contrast_changes_nothing_about_where_a_point_is_found():
    values = texture()
    matches = found(patch(values), patch(1 - shifted(values, 1.4, -2.2)))
    assert len(matches) == len(POINTS)
    assert np.hypot(*(matches.shift - [1.4, -2.2]).T).max() < 0.5


def test_a_brightness_curve_changes_nothing_about_where_a_point_is_found():
    values = texture()
    matches = found(patch(values), patch(np.clip(shifted(values, -3.2, 0.8), 0, 1) ** 2.5))
    assert np.median(np.hypot(*(matches.shift - [-3.2, 0.8]).T)) < 0.15


def test_the_channels_of_a_constant_image_are_zero_and_no_point_is_found_in_it():
    flat = patch(np.full((256, 256), 0.5, np.float32))
    assert float(describe(torch.from_numpy(flat.values), torch.from_numpy(flat.valid)).abs().max()) == 0
    assert len(found(flat, flat)) == 0


def test_points_whose_surroundings_are_not_valid_are_left_out():
    values = texture()
    valid = np.ones(values.shape, bool)
    valid[:, :128] = False
    matches = found(patch(values, valid), patch(values))
    assert len(matches)
    assert matches.place[:, 0].min() > 120


def test_the_edge_of_a_mask_does_not_attract_the_match():
    values = texture()
    valid = np.ones(values.shape, bool)
    valid[100:140, 100:140] = False
    holed = np.where(valid, shifted(values, 3, 2), 0.9).astype(np.float32)
    matches = found(patch(values, valid), patch(holed, valid))
    assert np.hypot(*(matches.shift - [3, 2]).T).max() < 0.3


def test_unrelated_images_get_lower_scores_than_the_same_place():
    values = texture()
    right = found(patch(values), patch(shifted(values, 1, 1)))
    wrong = found(patch(values), patch(texture(seed=2)))
    assert np.median(right.confidence) > 0.8
    assert np.median(wrong.confidence) < 0.5


def test_the_whole_image_correlation_finds_a_shift_beyond_any_window():
    values = texture(size=400)
    matcher = StructureMatcher()
    part = matcher.describe(patch(values[100:300, 100:300]))
    larger = matcher.describe(patch(values[37:300, 141:400]))
    size = correlation.transform_size(part.shape[1:], larger.shape[1:], (0, 0), 80)
    answer = correlation.whole(correlation.Spectra(part, size), correlation.Spectra(larger, size), (0, 0), 80)
    # Pixel p of the part is pixel p + (100 - 141, 100 - 37) of the larger piece.
    assert np.allclose(answer.shift, (-41, 63), atol=0.1)
    assert answer.sharpness > 10


def test_the_compiled_description_is_that_of_torch_away_from_the_rim(monkeypatch):
    values, valid = torch.from_numpy(np.stack([texture(seed) for seed in (1, 2, 3)])), torch.ones((256, 256)) > 0
    valid[60:70, 80:90] = False
    values[1, 100:120, 90:120] = torch.nan
    compiled = [structure.describe(values[:bands], valid) for bands in (1, 3)]
    monkeypatch.setattr(structure, "_pooled_compiled", structure._pooled)
    for bands, ours in zip((1, 3), compiled, strict=True):
        difference = (ours - structure.describe(values[:bands], valid))[:, 40:-40, 40:-40].abs()
        assert difference.median() < 3e-4
        assert (difference > 2e-3).float().mean() < 0.01  # where two bands are equally clear, either may be taken


@pytest.mark.parametrize(("window", "radius"), [(64, 3), (48, 8), (32, 12), (128, 5)])
def test_the_compiled_search_finds_what_the_fourier_series_finds(monkeypatch, window, radius):
    values, valid = texture(), np.ones((256, 256), bool)
    valid[:60, 200:] = False
    first, second = patch(values, valid), patch(shifted(values, 1.3, -0.6) ** 1.5)
    ours = found(first, second, window, radius)
    monkeypatch.setattr(windows, "_by_sums", windows._by_transforms)
    expected = found(first, second, window, radius)
    assert (ours.index == expected.index).all()
    assert len(ours) > 40
    assert np.abs(ours.shift - expected.shift).max() < 0.05
    assert np.abs(ours.place - expected.place).max() < 1e-3
    assert np.abs(ours.confidence - expected.confidence).max() < 1e-3


def test_a_gpu_whose_memory_is_full_is_given_fewer_points_at_a_time_and_says_so():
    most, said, asked = 20, [], []

    def work(rows: np.ndarray) -> Found:
        if len(rows) > most:
            raise torch.cuda.OutOfMemoryError
        asked.append(rows)
        return Found(rows, np.zeros((len(rows), 2)), np.zeros((len(rows), 2)), np.ones(len(rows)))

    results = list(batches.in_batches(work, np.arange(100), 70, said.append))
    assert (np.concatenate([result.index for result in results]) == np.arange(100)).all()
    assert [sentence.split("looks for ")[1].split(" ")[0] for sentence in said] == ["35", "17"]
    most = 0
    with pytest.raises(torch.cuda.OutOfMemoryError):
        list(batches.in_batches(work, np.arange(3), 2, said.append))


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 1), (3, 2), (64, 5), (65, 6)])
def test_an_image_of_any_size_is_described(shape):
    values = torch.rand(shape)
    described = structure.describe(values, torch.ones_like(values, dtype=torch.bool))
    assert described.shape == (5, *shape)
    assert described.isfinite().all()


def test_compiling_for_the_first_time_is_said_and_later_it_is_not(monkeypatch):
    said: list[str] = []
    monkeypatch.setattr("sentinel_match_plugin.engine.matchers.structure.are_kept", lambda: False)
    StructureMatcher("cpu", said.append)
    assert "compiled for this processor" in said[0]
    monkeypatch.undo()
    describe(torch.rand(40, 40), torch.ones(40, 40, dtype=torch.bool))
    StructureMatcher("cpu", said.append)
    assert len(said) == 1
