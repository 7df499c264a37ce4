"""Weights of the network: only what fits it, and what ships only as it was shipped."""

import pytest
import torch
from safetensors.torch import save_file

from sentinel_match_plugin.engine.errors import WeightsError
from sentinel_match_plugin.engine.seasonal import weights
from sentinel_match_plugin.engine.seasonal.weights import load_seasonal, untrained


def stored(path, network):
    save_file({name: tensor.contiguous() for name, tensor in network.state_dict().items()}, str(path))
    return path


def test_a_file_of_weights_is_loaded_as_it_was_saved(tmp_path):
    network = untrained()
    torch.nn.init.normal_(network.coarse.bias)
    path = stored(tmp_path / "mine.safetensors", network)
    assert torch.equal(load_seasonal(path).coarse.bias, network.coarse.bias)


def test_weights_of_another_network_are_refused_by_a_sentence(tmp_path):
    save_file({"a": torch.ones(3)}, str(tmp_path / "other.safetensors"))
    with pytest.raises(WeightsError, match="does not hold the weights of SeasonalNetwork"):
        load_seasonal(tmp_path / "other.safetensors")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(WeightsError, match=r"nowhere\.safetensors"):
        load_seasonal(tmp_path / "nowhere.safetensors")


def test_shipped_weights_that_were_changed_are_refused(tmp_path, monkeypatch):
    path = stored(tmp_path / "seasonal.safetensors", untrained())
    monkeypatch.setattr(weights, "SHIPPED", path)
    monkeypatch.setattr(weights, "SHIPPED_SHA256", weights.sha256_of(path))
    load_seasonal()
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(WeightsError, match="not those that shipped"):
        load_seasonal()
