"""Published matchers trained further. Their weights are not on this machine: the real classes learn from random numbers
on a few pairs of a generated texture. Layers and widths are reduced where the class allows it, for speed: a network of
the published size goes through save, import and match in the last test of each kind, but takes one step only.
"""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch

from sentinel_match_plugin.engine.errors import InputError, WeightsError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.jobs.models import ModelsJob
from sentinel_match_plugin.engine.jobs.training import START_FROM
from sentinel_match_plugin.engine.matchers import make_matcher
from sentinel_match_plugin.engine.matchers.base import Patch
from sentinel_match_plugin.engine.matchers.opencv_features import Sift
from sentinel_match_plugin.engine.models import conversion, store
from sentinel_match_plugin.engine.models.extras import is_installed
from sentinel_match_plugin.engine.models.reading import load_state, metadata_of
from sentinel_match_plugin.engine.models.storing import write
from sentinel_match_plugin.engine.training import lightglue, loftr, superglue, train_matcher
from sentinel_match_plugin.engine.training.assignment import assignment
from sentinel_match_plugin.engine.training.fine_tuning import Start
from sentinel_match_plugin.engine.training.trainee import make_trainee
from tests.engine.matchers.random_weights import likeness_state, served
from tests.engine.matchers.test_hub import superglue_state, superpoint_state
from tests.engine.training.textured_pairs import on_reference, textured_pair

CPU = torch.device("cpu")
SIDE_PX = 96
needs_transformers = pytest.mark.skipif(
    not is_installed("hub"), reason="transformers is not installed (tests/requirements-engine.txt)"
)


class Said(Events):
    def __init__(self) -> None:
        self.infos: list[str] = []
        self.warnings: list[str] = []

    def info(self, text: str) -> None:
        self.infos.append(text)

    def warning(self, text: str) -> None:
        self.warnings.append(text)


class Doubled(Sift):
    """SIFT with its 128 numbers twice over, as many as SuperPoint gives."""

    def detect(self, patch, limit=None):
        found = super().detect(patch, limit)
        twice = np.concatenate([found.descriptors, found.descriptors], 1) / np.float32(2**0.5)
        return type(found)(found.xy, twice, found.response, found.scale_px, found.angle_deg, found.shape)


def small_loftr() -> loftr.LoftrTrainee:
    """A quarter of the channels and fewer, two of eight layers."""
    from kornia.feature import LoFTR
    from kornia.feature.loftr.loftr import default_cfg

    config = copy.deepcopy(default_cfg)
    config["resnetfpn"] = {"initial_dim": 16, "block_dims": [16, 32, 64]}
    config["coarse"] |= {"d_model": 64, "d_ffn": 64, "nhead": 4, "layer_names": ["self", "cross"]}
    config["fine"] |= {"d_model": 16, "d_ffn": 16, "nhead": 4}
    torch.manual_seed(0)
    return loftr.LoftrTrainee(Start("loftr_outdoor", LoFTR(None, config), "random numbers", True), fine_pairs=64)


def small_superglue() -> superglue.SuperGlueTrainee:
    """Two of eighteen layers, half the channels, 60 features of SIFT."""
    import transformers

    torch.manual_seed(0)
    config = transformers.SuperGlueConfig(
        hidden_size=128, keypoint_encoder_sizes=[32, 64], gnn_layers_types=["self", "cross"], sinkhorn_iterations=20
    )
    network = transformers.SuperGlueForKeypointMatching(config)
    del network.keypoint_detector
    return superglue.SuperGlueTrainee(Start("superglue_outdoor", network, "random numbers", True), Sift(), 60)


def small_lightglue() -> lightglue.LightGlueTrainee:
    """Three of nine layers, 64 channels of 256, 60 features of SIFT."""
    from kornia.feature import LightGlue

    torch.manual_seed(0)
    settings = {**LightGlue.features["sift"], "features": None, "weights": None, "n_layers": 3, "descriptor_dim": 64}
    start = Start("sift_lightglue", LightGlue(**settings), "random numbers", True)
    return lightglue.LightGlueTrainee("sift-lightglue", start, Sift(), 60)


def small_hub_lightglue() -> lightglue.LightGlueTrainee:
    """Two of nine layers, 60 features of SIFT."""
    import transformers

    torch.manual_seed(0)
    config = transformers.LightGlueConfig(num_hidden_layers=2, depth_confidence=-1.0, width_confidence=-1.0)
    network = transformers.LightGlueForKeypointMatching(config)
    del network.keypoint_detector
    start = Start("superpoint_lightglue", network, "random numbers", True)
    return lightglue.HubLightGlueTrainee("superpoint-lightglue", start, Doubled(), 60)


SMALL = [
    pytest.param(small_loftr, id="loftr"),
    pytest.param(small_superglue, id="superglue", marks=needs_transformers),
    pytest.param(small_lightglue, id="lightglue"),
    pytest.param(small_hub_lightglue, id="lightglue of transformers", marks=needs_transformers),
]


def trained(trainee, pairs, steps: int, rate: float = 2e-3) -> list[float]:
    """The loss of each of ``steps``, pairs in turn, as the loop takes them: AdamW, clipped gradients."""
    optimizer = torch.optim.AdamW(trainee.trainable(), lr=rate)
    losses = []
    for step in range(steps):
        loss, _ = trainee.loss([pairs[step % len(pairs)]])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trainee.trainable(), 1.0)
        optimizer.step()
        losses.append(float(loss.detach()))
    return losses


def views(pair) -> tuple[Patch, Patch]:
    return Patch(pair.reference, pair.reference_valid), Patch(pair.target, pair.target_valid)


@pytest.mark.parametrize("make", SMALL)
def test_the_loss_falls_and_true_pairs_are_found(make):
    torch.manual_seed(0)
    trainee, pairs = make(), [textured_pair(seed, SIDE_PX, sizes_m=(8.0, 40.0)) for seed in (0, 1)]
    before = trainee.loss(pairs)[1]["found"]
    losses = trained(trainee, pairs, 40 if "lightglue" in trainee.name else 24)
    after = trainee.loss(pairs)[1]["found"]
    assert np.mean(losses[-4:]) < 0.7 * np.mean(losses[:4])
    assert after > before + 0.2


def test_pairs_are_mutual_nearest_and_what_lies_between_is_neither():
    reference = np.array([[10.0, 10.0], [20.0, 10.0], [40.0, 10.0], [80.0, 80.0]])
    shown = np.array([[11.0, 10.0], [10.0, 11.5], [24.0, 10.0], [np.nan, np.nan], [60.0, 60.0], [41.0, 10.0]])
    known = assignment(reference, shown)
    assert known.pairs.tolist() == [[0, 0], [2, 5]]  # 1 and 2 are 4 px apart: neither pair nor alone
    assert known.lone_reference.tolist() == [3]
    assert known.lone_target.tolist() == [3, 4]  # target 1 has a neighbour that prefers another


def test_without_any_ground_in_common_all_are_alone():
    known = assignment(np.ones((3, 2)), np.full((2, 2), np.nan))
    assert len(known.pairs) == 0
    assert known.lone_reference.tolist() == [0, 1, 2]
    assert known.lone_target.tolist() == [0, 1]


def test_the_truth_of_cells_is_that_of_the_matchers_frame_and_leaves_out_nodata():
    """Target pixels are 0.8 times as large, so several target cells fall into one of the reference."""
    valid = np.ones((96, 96), bool)
    valid[:, :24] = False
    pair = textured_pair(0, 96, origin_m=(653.0, 627.0), target_gsd_m=8.0, reference_valid=valid)
    truth = loftr.truth_of(pair, CPU)
    first, second = (np.stack([index % 12, index // 12], 1) * 8.0 for index in truth.pairs.numpy().T)
    expected = on_reference(first, (653.0, 627.0), 8.0)
    np.testing.assert_allclose(second + truth.offset.numpy(), expected, atol=1e-4)
    assert len(first) > 40
    assert len(np.unique(truth.pairs[:, 1])) == len(first)
    assert second[:, 0].min() >= 24
    assert (np.linalg.norm(truth.offset, axis=1) < 5.7).all()
    both = {tuple(row) for row in truth.neither.tolist()}
    assert {tuple(row) for row in truth.pairs.tolist()} <= both  # taken out of what is wrong, and pairs anyhow


@needs_transformers
def test_superglue_learns_with_the_numbers_it_matches_with():
    trainee, pair = small_superglue(), textured_pair(0, 160, sizes_m=(8.0, 40.0))
    with torch.no_grad():  # as clear as trained weights
        trainee.module.final_projection.final_proj.weight.mul_(16)
        trainee.module.bin_score.fill_(-5.0)
    matcher = trainee.matcher()
    first, second = (matcher.detector.detect(patch, 60) for patch in views(pair))
    assert len(first) == len(second)
    trainee.module.config.matching_threshold = 0.0
    pairs = matcher.pairing.pair(first, second)
    with torch.no_grad():
        transport = trainee.log_transport(first, second).exp().numpy()[:-1, :-1]
    assert len(pairs.score) > 10
    np.testing.assert_allclose(transport[pairs.reference, pairs.target], pairs.score, rtol=1e-4)
    np.testing.assert_array_equal(transport[pairs.reference].argmax(1), pairs.target)


@pytest.mark.parametrize("make", SMALL[2:])
def test_lightglue_learns_with_the_numbers_it_matches_with(make):
    trainee, pair = make(), textured_pair(0, 160, sizes_m=(8.0, 40.0))
    hub = make is small_hub_lightglue
    with torch.no_grad():  # as clear as trained weights
        for layer in trainee.module.match_assignment_layers if hub else trainee.module.log_assignment:
            (layer.final_projection if hub else layer.final_proj).weight.mul_(8)
    matcher = trainee.matcher()
    first, second = (matcher.detector.detect(patch, 60 + 10 * n) for n, patch in enumerate(views(pair)))
    if not hub:
        trainee.module.conf.depth_confidence = trainee.module.conf.width_confidence = -1
        trainee.module.conf.filter_threshold = 0.0
    else:
        trainee.module.filter_threshold = 0.0
    pairs = matcher.pairing.pair(first, second)
    with torch.no_grad():
        assigned = trainee.layers(first, second)[-1][0].exp().numpy()
    assert assigned.shape == (len(first) + 1, len(second) + 1)
    assert len(pairs.score) > 3
    np.testing.assert_allclose(assigned[pairs.reference, pairs.target], pairs.score, rtol=1e-4)
    np.testing.assert_array_equal(assigned[pairs.reference, :-1].argmax(1), pairs.target)


def test_early_ending_is_back_after_training_and_learned_what_the_last_layer_says():
    trainee, pair = small_lightglue(), textured_pair(0, SIDE_PX)
    usual = trainee.module.conf.depth_confidence, trainee.module.conf.width_confidence
    parts = trainee.loss([pair])[1]
    assert (trainee.module.conf.depth_confidence, trainee.module.conf.width_confidence) == usual
    assert usual[0] > 0
    trained(trainee, [pair], 16)
    assert trainee.loss([pair])[1]["confidence"] < parts["confidence"]


def test_loftr_learns_with_the_numbers_it_matches_with():
    trainee = small_loftr()
    valid = np.ones((SIDE_PX, SIDE_PX), bool)
    valid[:, -16:] = False
    pair = textured_pair(0, SIDE_PX, target_valid=valid)
    with torch.no_grad():  # untrained attention blurs all cells into one: it adds nothing
        for layer in trainee.module.loftr_coarse.layers:
            layer.norm2.weight.zero_()
            layer.norm2.bias.zero_()
    trained(trainee, [pair], 4, 1e-5)  # which sets the statistics of batch normalisation
    network, truth, across = trainee.module, loftr.truth_of(pair, CPU), SIDE_PX // 8
    network.coarse_matching.thr = 0.0
    reference, target = views(pair)
    found = trainee.matcher().match(target, reference)
    cells = (found.reference / 8).astype(int) @ [1, across]
    with torch.no_grad():
        coarse, fine = trainee.features([pair], [truth])
        confidence = trainee.log_confidence(coarse[0][0], coarse[1][0], truth.cells).exp().numpy()
        partners = confidence[cells].argmax(1)
        # The matcher's own pairs as if they were true, their numbers in the place of offsets
        pairs = torch.from_numpy(np.stack([cells, partners], 1))
        numbers = torch.arange(len(cells))[:, None].expand(-1, 2) / 100
        answer, wanted = trainee.fine(coarse, fine, [loftr.Truth(pairs, numbers, pairs, truth.cells)])
    assert len(found) > 10
    assert (cells % across < across - 2).all()
    np.testing.assert_allclose(confidence[cells].max(1), found.score, rtol=1e-3)
    order = (wanted[:, 0] * 400).round().long().numpy()
    places = np.stack([partners % across, partners // across], 1)[order] * 8 + answer[:, :2].numpy() * 4
    np.testing.assert_allclose(places, found.target[order], atol=1e-3)


@pytest.mark.parametrize("make", SMALL)
def test_pairs_that_show_nothing_in_common_teach_nothing(make):
    apart = textured_pair(0, 64, origin_m=(3000.0, 3000.0))
    loss, parts = make().loss([apart])
    assert not loss.requires_grad
    assert parts == {}


def test_loftr_refuses_images_that_are_not_whole_cells():
    with pytest.raises(InputError, match="whole cells of 8 px, not of 100 x 100 px"):
        small_loftr().loss([textured_pair(0, 100)])


def test_published_statistics_of_batch_normalisation_stay_and_the_rest_learns():
    trainee = small_loftr()
    trainee = loftr.LoftrTrainee(Start("loftr_outdoor", trainee.module, "the store"), fine_pairs=16)
    before = copy.deepcopy(trainee.module.state_dict())
    trained(trainee, [textured_pair(0, 64)], 1)
    after = trainee.module.state_dict()
    for name, tensor in before.items():
        published = "running_" in name or "num_batches" in name
        assert torch.equal(tensor, after[name]) == published, name


def taken(trainee, tmp_path, **job) -> Said:
    """The weights of ``trainee`` saved and imported into the store ``tmp_path / "store"``; what was said."""
    path, said = tmp_path / "mine.safetensors", Said()
    trainee.save(path)
    write(path, load_state(path), metadata_of(path) | {"training.steps": "1"})  # as the job does (card.py)
    store.run(ModelsJob("import", file=str(path), model_folder=str(tmp_path / "store"), **job), said)
    return said


def same_matches(one, other, pair) -> None:
    """With itself, an image of which random numbers tell the places apart."""
    image = views(pair)[0]
    expected, found = one.match(image, image), other.match(image, image)
    assert len(expected) > 5
    np.testing.assert_array_equal(found.reference, expected.reference)
    np.testing.assert_array_equal(found.target, expected.target)
    np.testing.assert_array_equal(found.score, expected.score)


def test_loftr_of_the_published_size_is_saved_imported_and_matches_as_it_did(tmp_path):
    """One step, 64 px."""
    torch.manual_seed(0)
    said, pair = Said(), textured_pair(0, 64)
    trainee = loftr.loftr(CPU, "", 0, said, untrained=True)
    with torch.no_grad():  # untrained attention blurs all cells into one: it adds nothing
        for layer in trainee.module.loftr_coarse.layers:
            layer.norm2.weight.zero_()
            layer.norm2.bias.zero_()
    trained(trainee, [pair], 1, 1e-5)
    trainee.module.coarse_matching.thr = 0.0
    assert "random numbers" in said.warnings[0]
    assert any("MODEL=loftr_tuned" in text for text in taken(trainee, tmp_path).infos)
    notes = metadata_of(tmp_path / "store" / "loftr_tuned.safetensors")
    assert "random numbers" in notes["source"]
    assert notes["training.steps"] == "1"
    matcher = make_matcher("loftr", CPU, str(tmp_path / "store"), options="weights=tuned threshold=0")
    same_matches(trainee.matcher(), matcher, pair)
    again = loftr.loftr(CPU, "", 0, said, tmp_path / "mine.safetensors")
    assert all(torch.equal(p, q) for p, q in zip(again.trainable(), trainee.trainable(), strict=True))


def test_lightglue_of_the_published_size_is_saved_imported_and_matches_as_it_did(tmp_path):
    """One step with 60 features of SIFT, which needs no weights."""
    torch.manual_seed(0)
    pair = textured_pair(0, 96, sizes_m=(8.0, 40.0))
    trainee = lightglue.sift(CPU, "", 0, Events(), untrained=True, limit=60)
    trainee.module.load_state_dict(conversion.lightglue(likeness_state("sift_lightglue")), strict=False)
    trained(trainee, [pair], 1, 1e-5)
    taken(trainee, tmp_path)
    matcher = make_matcher("sift-lightglue", CPU, str(tmp_path / "store"), options="weights=tuned threshold=0")
    own = trainee.matcher()
    trainee.module.conf.filter_threshold = 0.0
    same_matches(own, matcher, pair)
    with pytest.raises(WeightsError, match="of sift_lightglue_tuned, not of aliked_lightglue"):
        lightglue.start("aliked_lightglue", CPU, "", Events(), tmp_path / "mine.safetensors")


@needs_transformers
def test_superglue_of_the_published_size_goes_round_and_stays_for_research_only(tmp_path):
    """One step with 200 features of a SuperPoint of random weights, which stays as it is."""
    pair = textured_pair(0, 96, sizes_m=(8.0, 40.0))
    superpoint = superpoint_state()
    said = Said()
    torch.manual_seed(0)
    with served({"superpoint": superpoint}):
        trainee = superglue.superglue(CPU, "", 0, said, untrained=True, limit=200)
        assert "Magic Leap" in said.warnings[0]
        assert "trained from it" in said.warnings[0]
        trainee.module.load_state_dict(superglue_state())
        trained(trainee, [pair], 1, 1e-5)
        with pytest.raises(InputError, match=r"not for commercial use.*ACCEPT_LICENCE"):
            taken(trainee, tmp_path)
        assert "non-commercial" in metadata_of(tmp_path / "mine.safetensors")["non_commercial"]
        taken(trainee, tmp_path, accept_licence=True)
        options = "weights=tuned threshold=0"
        matcher = make_matcher("superpoint-superglue", CPU, str(tmp_path / "store"), options=options)
    kept = trainee.detector._network.state_dict()
    assert all(torch.equal(tensor, kept[name]) for name, tensor in superpoint.items())
    own = trainee.matcher()
    trainee.module.config.matching_threshold = 0.0
    same_matches(own, matcher, pair)


@pytest.mark.parametrize("name", [name for name in START_FROM if not name.startswith("seasonal")])
def test_without_the_published_weights_the_step_to_take_is_named(name, tmp_path):
    with pytest.raises(WeightsError, match=r"nothing is downloaded by itself.*ACTION=download MODEL="):
        make_trainee(name, CPU, str(tmp_path))


def test_without_weights_trained_further_the_way_to_them_is_named(tmp_path):
    with pytest.raises(WeightsError, match=r"trainmatcher wrote with START_FROM=loftr.*ACTION=import"):
        make_matcher("loftr", CPU, str(tmp_path), options="weights=tuned")


def test_pairs_are_upright_and_the_rate_low_unless_the_user_says_otherwise():
    fresh = small_lightglue()
    published = lightglue.LightGlueTrainee("sift-lightglue", Start("sift_lightglue", fresh.module, "the store"), Sift())
    said = Said()
    assert published.usual_rate < fresh.usual_rate
    assert train_matcher.suiting(published, {"same_date": 0.1}, said)["rotation"] == 30
    assert "rotation 30, scale 1.5" in said.infos[0]
    assert train_matcher.suiting(published, {"rotation": 90.0}, said) == {"rotation": 90.0}
    assert train_matcher.suiting(published, {"motion": "guided"}, said) == {"motion": "guided"}
    assert len(said.infos) == 1
