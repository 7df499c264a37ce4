"""ALIKED with its published weights: where it says a spot is, nodata, seasons, and weights that are missing or
wrong.
"""

from __future__ import annotations

import shutil

import cv2
import numpy as np
import pytest
import torch

from sentinel_match_plugin.engine.errors import WeightsError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.matchers import make_matcher
from sentinel_match_plugin.engine.matchers.base import Patch
from tests.engine.known_texture import Texture, error_px, real_strip, size_of, two_views

CPU = torch.device("cpu")
FINE = (12.0, 60.0)  # blob sizes in metres that 10 m pixels still resolve: ALIKED looks for detail


@pytest.fixture
def matcher(shared_data):
    return make_matcher("aliked", CPU, shared_data / "weights")


def whole(values: np.ndarray) -> Patch:
    return Patch(np.ascontiguousarray(values, np.float32), np.ones(values.shape, bool))


@pytest.mark.parametrize("target_gsd_m", [10.0, 7.0])
def test_a_known_sub_pixel_shift_is_found_between_pixel_sizes(matcher, target_gsd_m):
    texture = Texture(0, count=2500, sizes_m=FINE)
    found = matcher.match(*two_views(texture, 10.0, target_gsd_m, known=True, side_m=3200))
    errors = error_px(found, 10.0, target_gsd_m)
    assert len(found) > 150
    assert np.abs(np.median(errors, axis=0)).max() < 0.1  # the bias of the network cancels at one pixel size
    assert size_of(errors) < 0.3


@pytest.mark.parametrize("weights", ["n16", "t16"])
def test_the_half_pixel_of_the_frame_is_there(weights, shared_data):
    """A real image read at 0.6 of its pixel size: of the frame's offset e from ours, 0.4 e shows. The detector's own is
    0.0 to 0.5 px (its docstring); with the half pixel forgotten it would be -0.5 to 0.0, added twice 0.5 to 1.0.
    """
    strip = cv2.GaussianBlur(real_strip(shared_data, "T36UUA", "summer")[:1024], (0, 0), 0.8)
    scale, corner = 0.6, np.array([10.3, 205.7])
    to_strip = np.array([[scale, 0, corner[0]], [0, scale, corner[1]]])
    to_strip[:, 2] += 0.5 * scale - 0.5  # OpenCV's centres are at integers
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    target = np.clip(cv2.warpAffine(strip, to_strip, (700, 700), flags=flags), 0, 1)
    matcher = make_matcher("aliked", CPU, shared_data / "weights", options=f"weights={weights}")
    found = matcher.match(whole(strip[200:640]), whole(target))
    error = found.target * scale + corner - found.reference - [0, 200]
    near = np.linalg.norm(error, axis=1) < 3
    assert near.sum() > 400
    offset = np.median(error[near], axis=0) / (scale - 1)
    assert (offset > 0.0).all()
    assert (offset < 0.5).all()


def test_winter_and_summer_of_one_place_agree_on_a_known_shift(matcher, shared_data):
    winter, summer = (real_strip(shared_data, "T36UUA", date) for date in ("winter", "summer"))
    found = matcher.match(whole(winter[512:1024, :480]), whole(summer[530:1042, 7:487]))
    offset = found.target - found.reference - [-0.05 - 7, 0.31 - 18]  # the producer's own offset: season_pairs.py
    right = np.linalg.norm(offset, axis=1) < 3
    assert right.sum() > 100
    order = np.argsort(-found.score)
    assert right[order[: len(order) // 4]].mean() > right.mean()  # a better score is a surer match


def test_no_keypoint_comes_near_nodata(matcher, shared_data):
    values = real_strip(shared_data, "T36UUA", "summer")[:300, :300].copy()
    valid = np.ones(values.shape, bool)
    valid[100:200, 120:220] = False
    values[~valid] = 0
    found = matcher.match(Patch(values, valid), Patch(values, valid))
    x, y = found.reference.T
    assert len(found) > 100
    assert not ((x > 115) & (x < 225) & (y > 95) & (y < 205)).any()


@pytest.mark.parametrize("value", [0.0, 0.5])
def test_constant_empty_and_tiny_patches_have_no_matches(matcher, shared_data, value):
    reference = whole(real_strip(shared_data, "T36UUA", "summer")[:128, :128])
    constant = np.full((128, 128), value, np.float32)
    for other in (whole(constant), Patch(constant, np.zeros(constant.shape, bool)), whole(constant[:20, :20])):
        assert len(matcher.match(reference, other)) == 0
        assert len(matcher.match(other, reference)) == 0


def test_equal_input_gives_equal_output(matcher, shared_data):
    a, b = (whole(real_strip(shared_data, "T36UUA", date)[:200, :200]) for date in ("summer", "summer_prev"))
    np.testing.assert_array_equal(matcher.match(a, b).target, matcher.match(a, b).target)


def test_the_wrong_variant_is_refused_by_its_shapes(tmp_path, shared_data):
    shutil.copy(shared_data / "weights" / "aliked-t16.pth", tmp_path / "aliked-n16.pth")
    with pytest.raises(WeightsError, match=r"aliked-n16\.pth does not hold the weights of ALIKED.*of another shape"):
        make_matcher("aliked", CPU, tmp_path)


def test_missing_weights_name_the_file_and_the_folder(tmp_path):
    with pytest.raises(WeightsError) as caught:
        make_matcher("aliked", CPU, tmp_path)
    assert "aliked-n16.pth" in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_the_file_used_is_announced_and_a_changed_one_warned_about(tmp_path, shared_data):
    class Said(Events):
        def __init__(self) -> None:
            self.infos, self.warnings = [], []

        def info(self, text: str) -> None:
            self.infos.append(text)

        def warning(self, text: str) -> None:
            self.warnings.append(text)

    said = Said()
    make_matcher("aliked", CPU, shared_data / "weights", events=said)
    assert "ALIKED n16" in said.infos[0]
    assert not said.warnings
    state = torch.load(shared_data / "weights" / "aliked-n16.pth", weights_only=True)
    torch.save(state, tmp_path / "aliked-n16.pth")
    make_matcher("aliked", CPU, tmp_path, events=said)
    assert "not the published file" in said.warnings[0]
