"""Weights go into a network whole or not at all."""

from __future__ import annotations

import pytest
import torch

from sentinel_match_plugin.engine.errors import WeightsError
from sentinel_match_plugin.engine.models import fit_state

STATE = {"weight": torch.arange(6.0).reshape(2, 3), "bias": torch.zeros(2)}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda s: s.pop("bias"), r"1 tensors missing \(bias\)"),
        (lambda s: s.update(extra=torch.zeros(1)), r"1 unknown tensors \(extra\)"),
        (lambda s: s.update(weight=torch.zeros(2, 4)), r"1 of another shape \(weight \(2, 4\) instead of \(2, 3\)\)"),
        (lambda s: s.update(bias=torch.tensor([0.0, float("nan")])), r"infinite or undefined numbers \(bias\)"),
    ],
)
def test_weights_that_do_not_fit_are_refused_and_the_network_stays(change, reason, tmp_path):
    network = torch.nn.Linear(3, 2)
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    state = dict(STATE)
    change(state)
    with pytest.raises(WeightsError, match=reason):
        fit_state(network, state, tmp_path / "w.pth")
    assert all(torch.equal(before[name], tensor) for name, tensor in network.state_dict().items())


def test_weights_that_fit_are_taken_and_batch_counters_may_be_missing(tmp_path):
    network = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    state = {name: torch.ones_like(t) for name, t in network.state_dict().items() if "num_batches" not in name}
    fit_state(network, state, tmp_path / "w.pth")
    assert bool((network[0].weight == 1).all())
