"""The matchers that go through transformers. Their published weights are not on this machine: the real classes with
random weights show shapes, frame, masks and round trip; what only trained weights can show is not claimed here.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pytest
import tomllib
import torch

from sentinel_match_plugin.engine.errors import SentinelMatchError
from sentinel_match_plugin.engine.matchers import make_detector, make_matcher
from sentinel_match_plugin.engine.matchers.base import Patch
from sentinel_match_plugin.engine.models import MODELS
from sentinel_match_plugin.engine.models.extras import is_installed
from tests.engine.known_texture import Texture
from tests.engine.matchers.random_weights import served

CPU = torch.device("cpu")
REPOSITORY = Path(__file__).resolve().parents[3]
PAIRED = ("superpoint-superglue", "superpoint-lightglue")
ALL = (*PAIRED, "efficient-loftr")
OPTIONS = {"efficient-loftr": "threshold=0"}
needs_transformers = pytest.mark.skipif(
    not is_installed("hub"), reason="transformers is not installed (tests/requirements-engine.txt)"
)


def patch(shape=(192, 192), origin=(600.0, 600.0), gsd_m: float = 10.0, seed: int = 0) -> Patch:
    values = Texture(seed, count=1500, sizes_m=(12.0, 60.0)).render(gsd_m, origin, shape)
    return Patch(values, np.ones(shape, bool), gsd_m)


def random_network(name: str) -> torch.nn.Module:
    """The real class with weights that keep the size of what goes through it."""
    with torch.random.fork_rng():
        torch.manual_seed(1)
        network = MODELS[name].network()
        for module in network.modules():
            if isinstance(module, (torch.nn.Conv2d, torch.nn.Linear)):
                torch.nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
                if module.bias is not None:
                    module.bias.data.zero_()
            elif isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
                module.weight.data.fill_(1.0)
    return network


def superpoint_state() -> dict[str, torch.Tensor]:
    """A random SuperPoint whose descriptors differ: what all have in common is taken away."""
    network = random_network("superpoint")
    decoder = network.descriptor_decoder
    with torch.no_grad():
        encoded = network.encoder(torch.from_numpy(patch(seed=9).values)[None, None])[0]
        dense = decoder.conv_descriptor_b(decoder.relu(decoder.conv_descriptor_a(encoded)))
        decoder.conv_descriptor_b.bias -= dense.mean((0, 2, 3))
    return dict(network.state_dict())


def superglue_state() -> dict[str, torch.Tensor]:
    """SuperGlue that pairs by the likeness of descriptors: layers and positions add nothing."""
    network = MODELS["superglue_outdoor"].network()
    with torch.no_grad():
        last_layers = [network.keypoint_encoder.encoder[-1], *(layer.mlp[-1] for layer in network.gnn.layers)]
        for last in last_layers:
            last.weight.zero_()
            last.bias.zero_()
        projection = network.final_projection.final_proj
        projection.weight.copy_(16 * torch.eye(256))
        projection.bias.zero_()
        network.bin_score.fill_(1.0)
    return dict(network.state_dict())


def lightglue_state() -> dict[str, torch.Tensor]:
    """The same of LightGlue."""
    network = MODELS["superpoint_lightglue"].network()
    with torch.no_grad():
        for layer in network.transformer_layers:
            for mlp in (layer.self_mlp, layer.cross_mlp):
                mlp.fc2.weight.zero_()
                mlp.fc2.bias.zero_()
        for assignment in network.match_assignment_layers:
            assignment.final_projection.weight.copy_(24 * torch.eye(256))
            assignment.final_projection.bias.zero_()
            assignment.matchability.weight.zero_()
            assignment.matchability.bias.fill_(10.0)
    return dict(network.state_dict())


def efficient_loftr_state() -> dict[str, torch.Tensor]:
    """EfficientLoFTR whose attention adds nothing; batch normalisation as a few images set it."""
    network = random_network("efficient_loftr")
    images = torch.from_numpy(np.stack([patch(seed=seed).values for seed in (10, 11)]))
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
                module.momentum = None  # the mean over all that it sees
        for layer in network.efficientloftr.local_feature_transformer.layers:
            for attention in (layer.self_attention, layer.cross_attention):
                attention.mlp.layer_norm.weight.zero_()
                attention.mlp.layer_norm.bias.zero_()
        network.train()
        network(images[None, :, None])
    return dict(network.eval().state_dict())


@pytest.fixture(scope="module")
def states() -> dict[str, dict[str, torch.Tensor]]:
    return {
        "superpoint": superpoint_state(),
        "superglue_outdoor": superglue_state(),
        "superpoint_lightglue": lightglue_state(),
        "efficient_loftr": efficient_loftr_state(),
    }


@pytest.fixture(scope="module")
def matchers(states):
    """Every matcher of this file, made once."""
    with served(states):
        made = {name: make_matcher(name, CPU, options=OPTIONS.get(name, "")) for name in ALL}
    for name in PAIRED:
        made[name].limit = 400  # of 2048, for speed
    return made


@needs_transformers
@pytest.mark.parametrize(("name", "tolerance"), [*((name, 1e-6) for name in PAIRED), ("efficient-loftr", 0.2)])
def test_a_known_shift_comes_back_between_pixel_sizes(matchers, name, tolerance):
    """By cells of 8 px, which a network of random weights sees alike; one image is twice as fine as the other.

    EfficientLoFTR adds a mean of 3 x 3 px to that, which says little without training: fractions of a pixel.
    """
    coarse = patch((192, 224))
    fine = Patch(np.kron(coarse.values, np.ones((2, 2), np.float32)), np.ones((384, 448), bool), 5.0)
    target = patch((224, 192), origin=(680.0, 440.0))  # 8 px to the right, 16 px up
    found = matchers[name].match(fine, target)
    error = found.target - [-8, 16] - found.reference / 2
    right = np.abs(error).max(1) < tolerance
    assert right.sum() > 100
    assert right.mean() > 0.7
    assert matchers[name].name == name
    assert (found.score > 0).all()
    assert (found.score <= 1).all()


@needs_transformers
@pytest.mark.parametrize("name", ALL)
def test_places_that_change_their_order_are_paired_with_their_own(matchers, name):
    """The halves of the image change places: listed in each image's own order, pairs would be mixed up."""
    reference = patch()
    moved = np.roll(reference.values, 96, 1)
    found = matchers[name].match(reference, Patch(moved, reference.valid, 10.0))
    offset = found.target - found.reference
    right = (np.abs(np.abs(offset[:, 0]) - 96) < 0.2) & (np.abs(offset[:, 1]) < 0.2)
    assert (offset[right, 0] > 0).sum() > 40
    assert (offset[right, 0] < 0).sum() > 40
    assert right.mean() > 0.6


@needs_transformers
def test_a_pixel_of_superpoint_is_named_by_its_centre_and_keeps_off_nodata(states):
    """The network sees something in column 5 of row 2 of each cell only."""
    state = {name: tensor.clone() for name, tensor in states["superpoint"].items()}
    state["keypoint_decoder.conv_score_b.weight"].zero_()
    state["keypoint_decoder.conv_score_b.bias"].zero_()[8 * 2 + 5] = 9.0
    with served({"superpoint": state}):
        detector = make_detector("superpoint", CPU)
    reference = patch((130, 150))
    valid = reference.valid.copy()
    valid[40:80, 30:90] = False
    found = detector.detect(Patch(np.where(valid, reference.values, 0), valid))
    assert len(found) > 60
    np.testing.assert_allclose(found.xy % 8, np.tile([5.5, 2.5], (len(found), 1)))
    x, y = found.xy.T
    assert x.max() < 150
    assert not ((x > 25) & (x < 95) & (y > 35) & (y < 85)).any()  # 8 px from the edge, 5.7 along both axes at a corner
    assert found.descriptors.shape == (len(found), 256)
    np.testing.assert_allclose(np.linalg.norm(found.descriptors, axis=1), 1, atol=1e-4)


@needs_transformers
def test_nothing_of_efficient_loftr_is_matched_on_nodata(matchers):
    reference = patch()
    valid = reference.valid.copy()
    valid[60:120, 50:130] = False
    found = matchers["efficient-loftr"].match(Patch(np.where(valid, reference.values, 0), valid, 10.0), reference)
    x, y = found.reference.T
    assert len(found) > 60
    assert not ((x > 44) & (x < 136) & (y > 54) & (y < 126)).any()


@needs_transformers
@pytest.mark.parametrize("name", ALL)
def test_constant_empty_and_tiny_patches_have_no_matches_that_mean_anything(matchers, name):
    reference = patch((128, 128))
    empty = Patch(np.zeros((128, 128), np.float32), np.zeros((128, 128), bool), 10.0)
    for other in (empty, patch((20, 200))):
        assert len(matchers[name].match(reference, other)) == 0
        assert len(matchers[name].match(other, reference)) == 0


@needs_transformers
def test_lightglue_of_transformers_pairs_as_that_of_kornia_with_the_same_weights(states):
    """Random weights of the authors' layout go into both: layers, positions, sizes and thresholds must agree."""
    from kornia.feature import LightGlue

    settings = {**LightGlue.features["superpoint"], "features": None, "weights": None}
    with torch.random.fork_rng():
        torch.manual_seed(3)
        theirs = LightGlue(**settings, depth_confidence=-1, width_confidence=-1, filter_threshold=0.0).eval()
    with torch.no_grad():
        for assignment in theirs.log_assignment:
            assignment.final_proj.weight.mul_(8)
    published = {name: tensor for name, tensor in theirs.state_dict().items() if name != "confidence_thresholds"}
    own = states | {"superpoint_lightglue": MODELS["superpoint_lightglue"].convert(published)}
    with served(own):
        matcher = make_matcher("superpoint-lightglue", CPU, options="threshold=0")
    first, second = (matcher.detector.detect(p, 200) for p in (patch((160, 192)), patch((192, 128), (640.0, 640.0))))
    pairs = matcher.pairing.pair(first, second)
    data = {
        f"image{number}": {
            "keypoints": torch.from_numpy(seen.xy - 0.5).float()[None],
            "descriptors": torch.from_numpy(seen.descriptors)[None],
            "image_size": torch.tensor(seen.shape[::-1]).float()[None],
        }
        for number, seen in enumerate((first, second))
    }
    with torch.inference_mode():
        expected = theirs(data)
    assert len(pairs.score) > 10
    np.testing.assert_array_equal(np.stack([pairs.reference, pairs.target], 1), expected["matches"][0].numpy())
    np.testing.assert_allclose(pairs.score, expected["scores"][0].numpy(), rtol=1e-3, atol=1e-6)


@needs_transformers
def test_weights_from_a_file_make_the_same_matcher(states, matchers, tmp_path):
    from safetensors.torch import save_file

    for name in ("superpoint", "superglue_outdoor"):
        save_file({k: v.contiguous() for k, v in states[name].items()}, tmp_path / MODELS[name].files[0])
    again = make_matcher("superpoint-superglue", CPU, str(tmp_path))
    again.limit = matchers["superpoint-superglue"].limit
    views = patch(), patch(origin=(680.0, 600.0))
    expected, found = matchers["superpoint-superglue"].match(*views), again.match(*views)
    np.testing.assert_array_equal(found.target, expected.target)
    np.testing.assert_array_equal(found.score, expected.score)


def test_without_transformers_the_step_to_take_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "transformers", None)
    monkeypatch.setattr("sentinel_match_plugin.engine.models.extras.find_spec", lambda name: None)
    with (
        served({"superpoint": {}}),
        pytest.raises(SentinelMatchError, match="needs the library transformers") as caught,
    ):
        make_matcher("superpoint-superglue", CPU)
    assert "--extra hub" in str(caught.value)


@pytest.mark.parametrize("name", PAIRED)
def test_missing_weights_name_the_step_and_the_licence(name, tmp_path):
    with pytest.raises(SentinelMatchError) as caught:
        make_matcher(name, CPU, str(tmp_path))
    for part in ("nothing is downloaded by itself", "MODEL=superpoint", "ACCEPT_LICENCE=true", "non-commercial"):
        assert part in str(caught.value)


def test_the_pinned_packages_are_the_extra_of_pyproject_and_what_the_tests_install():
    def lines(name: str) -> list[str]:
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        return [line for line in text.splitlines() if line and not line.startswith("#")]

    pinned = lines("sentinel_match_plugin/engine/requirements-hub.txt")
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", line) for line in pinned)
    wanted = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    extra = wanted["project"]["optional-dependencies"]["hub"]
    assert {line.split("==")[0] for line in pinned} == {re.split(r"[<>=]", line)[0] for line in extra}
    assert set(pinned) <= set(lines("tests/requirements-engine.txt"))
