"""LoFTR's path from a file to matches. The published weights are not on this machine: a network of random weights,
saved and loaded back, shows shapes, frame, masks and determinism; what only trained weights can show is not claimed
here.
"""

from __future__ import annotations

import numpy as np
import pytest
import torch
from kornia.feature import LoFTR

from sentinel_match_plugin.engine.errors import WeightsError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.matchers import loftr
from sentinel_match_plugin.engine.matchers.base import Patch
from sentinel_match_plugin.engine.matchers.loftr import LoftrMatcher
from tests.engine.known_texture import Texture

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def network() -> LoFTR:
    """Random filters, and a last layer that makes their answers uncorrelated, so that equal places match best.

    Untrained attention blurs all cells into one: its residual branches are switched off. What is compared then are the
    features of the backbone; batch normalisation and whitening are set from a few textures.
    """
    torch.manual_seed(0)
    network = LoFTR(pretrained=None)
    backbone = network.backbone
    images = torch.stack([torch.from_numpy(patch((240, 240), seed).values)[None] for seed in (10, 11)])
    with torch.no_grad():
        for module in backbone.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.momentum = None  # the mean over all that it sees
        backbone.train()
        backbone(images)
        network.eval()
        for part in (network.loftr_coarse, network.loftr_fine):
            for layer in part.layers:
                layer.norm2.weight.zero_()
                layer.norm2.bias.zero_()
        merge = network.fine_preprocess.merge_feat  # takes the fine features as they are, without the coarse ones
        merge.weight.copy_(torch.eye(*merge.weight.shape))
        merge.bias.zero_()
        coarse, fine = backbone(images)
        whiten(backbone.layer3_outconv, coarse, 2.0)
        # The fine features see the coarse ones through layer3_outconv: whitened as they were, near enough
        whiten(backbone.layer1_outconv2[-1], fine, 3.0)
    return network


def whiten(convolution: torch.nn.Conv2d, output: torch.Tensor, size: float) -> None:
    """Follow ``convolution`` by the linear map that takes its ``output`` to mean 0 and covariance ``size`` squared."""
    samples = output.transpose(0, 1).flatten(1).double()
    mean = samples.mean(1, keepdim=True)
    away = torch.eye(len(mean), dtype=torch.double) - mean @ mean.T / (mean**2).sum()
    values, vectors = torch.linalg.eigh(torch.cov(away @ samples))
    keep = values > 1e-4 * values.max()
    root = torch.where(keep, size / values.clamp(min=1e-12).sqrt(), torch.zeros_like(values))
    matrix = (vectors * root) @ vectors.T @ away
    convolution.weight.copy_(torch.einsum("ij,jkhw->ikhw", matrix.float(), convolution.weight))


@pytest.fixture(scope="module")
def folder(network, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    torch.save({"state_dict": network.state_dict()}, folder / "loftr_outdoor.ckpt")
    return folder


@pytest.fixture(scope="module")
def matcher(folder) -> LoftrMatcher:
    return LoftrMatcher(CPU, folder, threshold=0.0)


def patch(shape=(128, 128), seed: int = 0, origin=(600.0, 600.0)) -> Patch:
    values = Texture(seed, count=1500, sizes_m=(12.0, 60.0)).render(10.0, origin, shape)
    return Patch(values, np.ones(shape, bool))


def test_an_image_is_found_in_itself_at_the_same_pixels(matcher):
    """Cells are named by their upper left pixel's corner on both sides: an offset that one side has alone would
    show.
    """
    found = matcher.match(patch(), patch())
    offset = found.target - found.reference
    assert len(found) == 12 * 12  # 16 x 16 cells less two at each border
    assert np.median(np.abs(offset)) < 0.01
    assert (found.reference % 8 == 0).all()


def test_a_shift_by_whole_cells_comes_back_exactly(matcher):
    """Padding and cropping shift nothing: the shift of 16, 24 px is the median at sides that are no multiple of 8
    too.
    """
    found = matcher.match(patch((131, 138)), patch((133, 129), origin=(760.0, 840.0)))
    offset = found.target - found.reference
    right = np.linalg.norm(offset + [16, 24], axis=1) < 4
    assert right.mean() > 0.8
    assert np.abs(np.median(offset[right] + [16, 24], axis=0)).max() < 0.05


def test_nothing_is_matched_on_nodata(matcher):
    reference = patch()
    valid = reference.valid.copy()
    valid[40:80, 30:90] = False
    found = matcher.match(Patch(np.where(valid, reference.values, 0), valid), reference)
    x, y = found.reference.T
    assert len(found) > 60
    assert not ((x > 25) & (x < 95) & (y > 35) & (y < 85)).any()  # 8 px from the edge, 5.7 along both axes at a corner


def test_known_pixel_sizes_are_brought_together(matcher):
    values = Texture(0, count=1500, sizes_m=(20.0, 60.0)).render(5.0, (600.0, 600.0), (256, 256))
    fine = Patch(values, np.ones(values.shape, bool), 5.0)
    coarse = Patch(patch().values, patch().valid, 10.0)
    found = matcher.match(fine, coarse)
    assert (found.reference % 16 == 0).all()  # cells of 8 px at 10 m are 16 px at 5 m
    assert found.reference.max() > 150


def test_patches_without_content_have_no_matches(matcher):
    nothing = Patch(np.zeros((128, 128), np.float32), np.zeros((128, 128), bool))
    tiny = patch((32, 200))
    for other in (nothing, tiny):
        assert len(matcher.match(patch(), other)) == 0
        assert len(matcher.match(other, patch())) == 0


def test_scores_are_confidences_and_low_ones_are_left_out(matcher, folder):
    views = patch(), patch(origin=(605.0, 604.0))  # half a pixel off: nothing is certain any more
    everything = matcher.match(*views)
    assert everything.score.min() > 0
    assert everything.score.max() <= 1
    threshold = float(np.median(everything.score))
    sure = LoftrMatcher(CPU, folder, threshold=threshold).match(*views)
    assert 0 < len(sure) < len(everything)
    assert sure.score.min() > threshold


@pytest.mark.parametrize("layout", ["plain.ckpt", "matcher-prefix.ckpt", "safetensors"])
def test_every_published_layout_of_the_file_gives_the_same_network(network, matcher, tmp_path, layout):
    state = {name: tensor.contiguous() for name, tensor in network.state_dict().items()}
    if layout == "safetensors":
        from safetensors.torch import save_file

        save_file(state, tmp_path / "loftr_outdoor.safetensors")
    elif layout == "plain.ckpt":
        torch.save(state, tmp_path / "loftr_outdoor.ckpt")
    else:
        torch.save({"state_dict": {f"matcher.{k}": v for k, v in state.items()}}, tmp_path / "loftr_outdoor.ckpt")
    found = LoftrMatcher(CPU, tmp_path, threshold=0.0).match(patch(), patch())
    np.testing.assert_array_equal(found.target, matcher.match(patch(), patch()).target)


def test_missing_weights_say_which_file_goes_where_and_download_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(torch.hub, "load_state_dict_from_url", lambda *a, **k: pytest.fail("a download was tried"))
    monkeypatch.setattr(loftr, "LoFTR", lambda *a, **k: pytest.fail("the network was built without its weights"))
    with pytest.raises(WeightsError) as caught:
        LoftrMatcher(CPU, tmp_path)
    for part in ("loftr_outdoor.ckpt", str(tmp_path), "Apache-2.0", "urls['outdoor']", "structure"):
        assert part in str(caught.value)


def test_weights_that_lack_a_layer_are_refused_by_name(network, tmp_path):
    state = dict(network.state_dict())
    del state["backbone.conv1.weight"]
    torch.save({"state_dict": state}, tmp_path / "loftr_outdoor.ckpt")
    with pytest.raises(WeightsError, match=r"1 tensors missing \(backbone\.conv1\.weight\)"):
        LoftrMatcher(CPU, tmp_path)


def test_half_precision_gives_nearly_the_same_matches(folder, matcher):
    found = LoftrMatcher(CPU, folder, threshold=0.0, autocast=torch.bfloat16).match(patch(), patch())
    assert len(found) > 0.5 * len(matcher.match(patch(), patch()))
    assert np.median(np.linalg.norm(found.target - found.reference, axis=1)) < 1


def test_several_pairs_at_once_give_what_each_gives_alone_and_a_full_memory_takes_fewer(folder, network, monkeypatch):
    said: list[str] = []
    events = Events()
    monkeypatch.setattr(events, "info", said.append)
    matcher = LoftrMatcher(CPU, folder, events, threshold=0.0)
    holed = patch()
    holed.valid[40:80, 30:90] = False
    nothing = Patch(np.zeros((128, 128), np.float32), np.zeros((128, 128), bool))
    other = patch(origin=(760.0, 840.0))
    pairs = [
        (patch(), other),
        (holed, other),
        (nothing, other),
        (patch((72, 96)), other),
        (patch(seed=3), patch(seed=3)),
    ]
    alone = [matcher.match(*pair) for pair in pairs]
    asked: list[int] = []
    forward = matcher._network.forward

    def small_memory(data):
        asked.append(len(data["image0"]))
        if asked[-1] > 2:
            raise torch.cuda.OutOfMemoryError
        return forward(data)

    monkeypatch.setattr(matcher._network, "forward", small_memory)
    matcher.batch = 4
    together = matcher.match_many(pairs)
    assert asked == [3, 1, 1, 1, 1]  # three of one size do not fit; then one by one; the other size alone
    assert any("matches 1 tiles at a time from here on" in sentence for sentence in said)
    assert [len(found) for found in together] == [len(found) for found in alone]
    assert len(together[0]) > 80
    assert len(together[2]) == 0
    for ours, expected in zip(together, alone, strict=True):
        np.testing.assert_allclose(ours.target, expected.target, atol=1e-3)
        np.testing.assert_allclose(ours.reference, expected.reference)
    matcher.batch, asked[:] = 2, []
    for ours, expected in zip(matcher.match_many(pairs), alone, strict=True):
        np.testing.assert_allclose(ours.target, expected.target, atol=1e-2)
    assert asked == [2, 1, 1]
