"""Weights under their publishers' names become the same network: what it computes is compared, not only names.

The networks are small (few layers, random weights); what they should compute is written here from the papers and the
layout of the authors' layers, or is what kornia's own network of the same weights computes.
"""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from published import (
    as_parallel,
    as_pipeline,
    as_released,
    as_trained,
    authors_efficient_loftr,
    magic_leaps_superglue,
    magic_leaps_superpoint,
)

from sentinel_match_plugin.engine.models import conversion, fit_state
from sentinel_match_plugin.engine.models.conversion import State


def same(a: torch.Tensor, b: torch.Tensor) -> None:
    torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)


def randomised(network: torch.nn.Module) -> torch.nn.Module:
    """Every tensor random, the statistics of normalisations too, so that none can be left out unnoticed."""
    torch.manual_seed(1)
    for name, tensor in network.state_dict().items():
        if tensor.is_floating_point():
            tensor.copy_(torch.rand_like(tensor) + 0.5 if "running_var" in name else torch.randn_like(tensor) * 0.1)
    return network.eval()


# -- LoFTR and LightGlue in kornia -------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "matcher."])
def test_loftr_is_taken_from_its_authors_and_from_kornia(prefix):
    state = {prefix + name: torch.zeros(1) for name in ("backbone.conv1.weight", "loftr_fine.layers.0.norm2.bias")}
    assert list(conversion.loftr(state)) == ["backbone.conv1.weight", "loftr_fine.layers.0.norm2.bias"]


def small_lightglue() -> torch.nn.Module:
    from kornia.feature import LightGlue

    sizes = {"input_dim": 32, "descriptor_dim": 32, "n_layers": 3, "num_heads": 4}
    return randomised(LightGlue(None, weights=None, flash=False, **sizes))


@pytest.mark.parametrize("names", [dict, as_released, as_trained, lambda state: as_trained(as_released(state))])
def test_lightglue_is_taken_under_every_name_it_was_published_with(names):
    state = small_lightglue().state_dict()
    converted = conversion.lightglue(names(state))
    assert set(state) - set(converted) <= {"confidence_thresholds"}
    assert all(torch.equal(tensor, state[name]) for name, tensor in converted.items())


# -- LightGlue in transformers -----------------------------------------------------------------------------------------


@pytest.fixture
def lightglue_of_transformers():
    transformers = pytest.importorskip("transformers")
    config = transformers.LightGlueConfig(descriptor_dim=32, num_hidden_layers=3, num_attention_heads=4)
    config.keypoint_detector_config.descriptor_decoder_dim = 32
    network = transformers.LightGlueForKeypointMatching(config).eval()
    del network.keypoint_detector
    return network


@pytest.mark.parametrize("names", [dict, as_released, as_trained])
def test_lightglue_of_kornia_and_of_transformers_compute_the_same(names, lightglue_of_transformers):
    kornia, network = small_lightglue(), lightglue_of_transformers
    fit_state(network, conversion.lightglue_transformers(names(kornia.state_dict())), "w.pth")
    descriptors, keypoints = torch.randn(2, 7, 32), torch.rand(2, 7, 2) * 2 - 1
    nothing_hidden = torch.zeros(2, 1, 1, 7)  # with no mask at all, transformers 5 looks back only, as for text
    with torch.inference_mode():
        encodings = kornia.posenc(keypoints[:1]), kornia.posenc(keypoints[1:])
        wanted = descriptors[:1], descriptors[1:]
        found, embeddings = descriptors, network.positional_encoder(keypoints)[0]
        for ours, theirs in zip(kornia.transformers, network.transformer_layers):
            wanted = ours(*wanted, *encodings)
            found = theirs(found, embeddings, attention_mask=nothing_hidden)[0]
        same(found, torch.cat(wanted))
        scores = kornia.log_assignment[2](*wanted)[0]
        same(network.match_assignment_layers[2](found, torch.ones(2, 7)), scores)
        confidences = torch.cat(kornia.token_confidence[1](*wanted))
        same(network.token_confidence[1](found), confidences)


def test_transformers_own_lightglue_stays_as_it_is_without_its_superpoint(lightglue_of_transformers):
    state = lightglue_of_transformers.state_dict()
    given = {**state, "keypoint_detector.encoder.conv_blocks.0.conv_a.weight": torch.zeros(1)}
    assert conversion.lightglue_transformers(given).keys() == state.keys()


# -- SuperPoint --------------------------------------------------------------------------------------------------------


def test_superpoint_of_magic_leap_computes_the_same_in_transformers():
    transformers = pytest.importorskip("transformers")
    state = magic_leaps_superpoint()
    network = transformers.SuperPointForKeypointDetection(transformers.SuperPointConfig()).eval()
    fit_state(network, conversion.superpoint(state), "superpoint_v1.pth")

    def layer(name: str, x: torch.Tensor) -> torch.Tensor:
        weight = state[f"{name}.weight"]
        return F.conv2d(x, weight, state[f"{name}.bias"], padding=weight.shape[-1] // 2)

    image = torch.rand(1, 1, 48, 40)
    x = image
    for block in range(1, 5):  # DeTone et al., "SuperPoint", CVPRW 2018, section 3: four blocks, three of them pooled
        x = layer(f"conv{block}b", layer(f"conv{block}a", x).relu()).relu()
        x = F.max_pool2d(x, 2) if block < 4 else x
    probabilities = layer("convPb", layer("convPa", x).relu()).softmax(1)[:, :-1]
    descriptors = F.normalize(layer("convDb", layer("convDa", x).relu()), dim=1)
    with torch.inference_mode():
        same(network.encoder(image).last_hidden_state, x)
        decoder = network.keypoint_decoder
        same(decoder.conv_score_b(decoder.conv_score_a(x).relu()).softmax(1)[:, :-1], probabilities)
        heads = network.descriptor_decoder
        same(F.normalize(heads.conv_descriptor_b(heads.conv_descriptor_a(x).relu()), dim=1), descriptors)


def test_superpoint_of_transformers_stays_as_it_is():
    state = conversion.superpoint(magic_leaps_superpoint())
    assert conversion.superpoint(state).keys() == state.keys()


# -- SuperGlue ---------------------------------------------------------------------------------------------------------

LAYERS = 4
HEADS = 4


class Superglue:
    """What SuperGlue computes (Sarlin et al., CVPR 2020, eq. 1 to 6) with Magic Leap's weights, channels first."""

    def __init__(self, state: State) -> None:
        self.state = state

    def layer(self, name: str, x: torch.Tensor) -> torch.Tensor:
        return F.conv1d(x, self.state[f"{name}.weight"], self.state[f"{name}.bias"])

    def normalised(self, name: str, x: torch.Tensor) -> torch.Tensor:
        mean, variance, scale, shift = (
            self.state[f"{name}.{part}"] for part in ("running_mean", "running_var", "weight", "bias")
        )
        return F.batch_norm(x, mean, variance, scale, shift)

    def encoded(self, x: torch.Tensor) -> torch.Tensor:
        """Keypoints and their scores ``(B, 3, N)`` -> ``(B, 256, N)``."""
        for step in range(4):
            x = self.normalised(f"kenc.encoder.{3 * step + 1}", self.layer(f"kenc.encoder.{3 * step}", x)).relu()
        return self.layer("kenc.encoder.12", x)

    def message(self, number: int, x: torch.Tensor, source: torch.Tensor) -> torch.Tensor:
        """What descriptors ``x`` ``(B, 256, N)`` are told by ``source``: of a head are the channels 4 d + head."""
        name = f"gnn.layers.{number}"
        query, key, value = (
            self.layer(f"{name}.attn.proj.{i}", given).unflatten(1, (-1, HEADS))
            for i, given in enumerate((x, source, source))
        )
        shares = (torch.einsum("bdhn,bdhm->bhnm", query, key) / query.shape[1] ** 0.5).softmax(-1)
        told = self.layer(f"{name}.attn.merge", torch.einsum("bhnm,bdhm->bdhn", shares, value).flatten(1, 2))
        hidden = self.layer(f"{name}.mlp.0", torch.cat([x, told], 1))
        return self.layer(f"{name}.mlp.3", self.normalised(f"{name}.mlp.1", hidden).relu())

    def projected(self, a: torch.Tensor, b: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Layers look in turn within an image and across to the other."""
        for number in range(LAYERS):
            sources = (b, a) if number % 2 else (a, b)
            a, b = a + self.message(number, a, sources[0]), b + self.message(number, b, sources[1])
        return self.layer("final_proj", a), self.layer("final_proj", b)


@pytest.fixture
def superglue_of_transformers():
    transformers = pytest.importorskip("transformers")
    config = transformers.SuperGlueConfig(gnn_layers_types=["self", "cross"] * (LAYERS // 2))
    network = transformers.SuperGlueForKeypointMatching(config).eval()
    del network.keypoint_detector
    return network


@pytest.mark.parametrize("names", [dict, as_pipeline, as_parallel, as_trained])
def test_superglue_of_magic_leap_computes_the_same_in_transformers(names, superglue_of_transformers):
    state, network = magic_leaps_superglue(LAYERS), superglue_of_transformers
    fit_state(network, conversion.superglue(names(state)), "superglue_outdoor.pth")
    wanted = Superglue(state)
    keypoints, scores = torch.randn(2, 9, 2), torch.rand(2, 9)
    descriptors = torch.randn(2, 9, 256)
    with torch.inference_mode():
        inputs = torch.cat([keypoints, scores[..., None]], -1).transpose(1, 2)
        same(network.keypoint_encoder(keypoints, scores)[0], wanted.encoded(inputs).transpose(1, 2))
        found = network.final_projection(network.gnn(descriptors)[0])
        channels_first = descriptors.transpose(1, 2)
        projected = torch.cat(wanted.projected(channels_first[:1], channels_first[1:]))
        same(found, projected.transpose(1, 2))
    assert network.bin_score.item() == pytest.approx(2.3)


def test_superglue_of_transformers_stays_as_it_is_without_its_superpoint(superglue_of_transformers):
    state = superglue_of_transformers.state_dict()
    given = {**state, "keypoint_detector.encoder.conv_blocks.0.conv_a.weight": torch.zeros(1)}
    converted = conversion.superglue(given)
    assert converted.keys() == state.keys()
    assert all(torch.equal(converted[name], tensor) for name, tensor in state.items())


# -- EfficientLoFTR ----------------------------------------------------------------------------------------------------


def test_efficient_loftr_of_its_authors_names_every_tensor_of_transformers_once():
    transformers = pytest.importorskip("transformers")
    network = transformers.EfficientLoFTRForKeypointMatching(transformers.EfficientLoFTRConfig())
    names = conversion.efficient_loftr({name: torch.tensor(0.0) for name in authors_efficient_loftr()})
    wanted = set(network.state_dict())
    assert len(names) == len(authors_efficient_loftr())
    assert set(names) == wanted


def test_efficient_loftr_of_transformers_stays_as_it_is():
    names = ("efficientloftr.backbone.stages.0.blocks.0.conv1.conv.weight", "refinement_layer.out_conv.weight")
    state = {name: torch.tensor(0.0) for name in names}
    assert tuple(conversion.efficient_loftr(state)) == names
    assert (
        tuple(conversion.efficient_loftr({names[0].replace("efficientloftr", "model"): torch.tensor(0.0)})) == names[:1]
    )


@pytest.mark.parametrize(
    "convert",
    [
        conversion.loftr,
        conversion.lightglue,
        conversion.lightglue_transformers,
        conversion.superpoint,
        conversion.superglue,
        conversion.efficient_loftr,
    ],
)
def test_unknown_names_pass_through_to_be_refused_by_the_network(convert):
    state = {"some.weight": torch.zeros(3), "kenc.encoder.99.weight": torch.zeros(2, 2), "gnn.x": torch.zeros(1)}
    assert len(convert(state)) == 3
