"""The network: what it begins as, the shapes of its descriptions, and how they move with the image."""

import numpy as np
import pytest
import torch

from sentinel_match_plugin.engine.matchers.structure import describe
from sentinel_match_plugin.engine.seasonal.inputs import seen, stacked
from sentinel_match_plugin.engine.seasonal.network import CELL, COARSE, FINE, HAND_MADE, SEEN, around
from sentinel_match_plugin.engine.seasonal.weights import untrained
from tests.engine.known_noise import texture


@pytest.fixture(scope="module")
def network():
    return untrained().eval()


def described(network, values, valid=None):
    valid = np.ones(values.shape, bool) if valid is None else valid
    with torch.inference_mode():
        return network(seen(values, valid)[None])


def test_before_training_windows_are_compared_by_nearly_the_channels_of_structure(network):
    values = texture(size=128)
    fine = described(network, values).fine[0]
    hand_made = describe(torch.from_numpy(values), torch.ones(values.shape, dtype=torch.bool))
    assert fine.shape == (FINE, 128, 128)
    assert (fine[:HAND_MADE] - hand_made).abs().mean() < 0.1 * hand_made.abs().mean()
    assert fine[HAND_MADE:].abs().mean() < 0.1 * hand_made.abs().mean()


def test_two_untrained_networks_are_the_same():
    first, second = untrained(), untrained()
    assert all(
        torch.equal(a, b) for a, b in zip(first.state_dict().values(), second.state_dict().values(), strict=True)
    )


def test_a_cell_is_described_by_a_vector_of_unit_length(network):
    found = described(network, texture(size=96))
    assert found.coarse.shape == (1, COARSE, 96 // CELL, 96 // CELL)
    assert found.reliability.shape == (1, 96 // CELL, 96 // CELL)
    assert torch.allclose(found.coarse.norm(dim=1), torch.ones(1, 12, 12), atol=1e-5)


def test_an_image_moved_by_a_cell_is_described_moved_by_a_cell(network):
    values = texture(size=256)
    first, second = described(network, values[:, :-CELL]), described(network, values[:, CELL:])
    a, b = first.coarse[0, :, 12:-12, 13:-12], second.coarse[0, :, 12:-12, 12:-13]
    assert (a * b).sum(0).min() > 0.98


def test_sides_that_are_no_whole_cells_are_filled_up_with_what_is_not_valid():
    values = texture(size=64)[:50, :61]
    image = seen(values, np.ones(values.shape, bool))
    assert image.shape == (SEEN, 56, 64)
    assert image[-1, :50, :61].min() == 1
    assert image[:, 50:].abs().max() == 0
    assert image[:, :, 61:].abs().max() == 0


def test_what_is_not_valid_says_nothing(network):
    values, valid = texture(size=128), np.ones((128, 128), bool)
    valid[40:90, 40:90] = False
    other = np.where(valid, values, 0.9)
    first, second = described(network, values, valid), described(network, other, valid)
    assert first.fine[0, :, ~torch.from_numpy(valid)].abs().max() == 0
    assert torch.allclose(first.coarse[:, :, :4], second.coarse[:, :, :4], atol=0.05)


def test_images_of_two_sizes_are_described_together_as_each_alone(network):
    values = texture(size=128)
    small, large = seen(values[:64, :96], np.ones((64, 96), bool)), seen(values, np.ones((128, 128), bool))
    assert stacked([small, large]).shape == (2, SEEN, 128, 128)
    with torch.inference_mode():
        alone, together = network(small[None]), network(stacked([small, large]))
    assert torch.allclose(alone.fine[0, :, :32, :48], together.fine[0, :, :32, :48], atol=1e-4)


def test_the_hand_made_description_of_a_cell_hardly_changes_over_two_pixels():
    values = texture(size=160)
    whole = torch.ones(144, 144, dtype=torch.bool)
    channels = [describe(torch.from_numpy(values[:144, x : x + 144].copy()), whole)[None] for x in (0, 2, 12)]
    cells = [around(c)[0, :, 3:-3, 3:-3] for c in channels]
    near, far = ((cells[0] * other).sum(0).mean() for other in cells[1:])
    assert near > 0.85
    assert far < near - 0.2
