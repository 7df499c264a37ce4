"""Weights are found where the sentence says, and those on this machine are the published ones."""

from __future__ import annotations

import pytest
import torch
from safetensors.torch import save_file

from sentinel_match_plugin.engine.errors import WeightsError
from sentinel_match_plugin.engine.models import MODELS, locate, model_folder, places, sha256_of

STATE = {"weight": torch.arange(6.0).reshape(2, 3), "bias": torch.zeros(2)}


def test_the_folder_given_comes_before_the_variable_and_the_users_own(tmp_path, monkeypatch):
    monkeypatch.setenv(places.FOLDER_VARIABLE, str(tmp_path / "variable"))
    assert model_folder(tmp_path / "given") == tmp_path / "given"
    assert model_folder() == tmp_path / "variable"
    monkeypatch.delenv(places.FOLDER_VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(places.sys, "platform", "linux")
    assert model_folder() == tmp_path / "data" / "sentinel-match" / "models"


def test_safetensors_are_preferred_and_shipped_weights_found_last(tmp_path, monkeypatch):
    given, shipped = tmp_path / "given", tmp_path / "shipped"
    given.mkdir()
    shipped.mkdir()
    monkeypatch.setattr(places, "SHIPPED", shipped)
    torch.save(STATE, shipped / "aliked-n16.pth")
    assert locate("aliked-n16", given) == shipped / "aliked-n16.pth"
    torch.save(STATE, given / "aliked-n16.pth")
    assert locate("aliked-n16", given) == given / "aliked-n16.pth"
    save_file(STATE, given / "aliked-n16.safetensors")
    assert locate("aliked-n16", given).suffix == ".safetensors"


@pytest.mark.parametrize("name", MODELS)
def test_missing_weights_say_what_to_put_where(name, tmp_path):
    with pytest.raises(WeightsError) as caught:
        locate(name, tmp_path / "no such folder")
    spec = MODELS[name]
    step = f"sentinelmatch:models with ACTION=download MODEL={name}"
    parts = (step, spec.files[-1], spec.licence, spec.source, "no such folder", "nothing is downloaded by itself")
    if name.endswith("_tuned"):
        parts = (f"sentinelmatch:models with ACTION=import MODEL={name}", spec.source, "no such folder")
    for part in parts:
        assert part in str(caught.value)
    assert ("ACCEPT_LICENCE=true" in str(caught.value)) == bool(spec.non_commercial)
    assert spec.non_commercial in str(caught.value)


def test_an_unknown_model_is_refused_with_the_names_there_are(tmp_path):
    with pytest.raises(WeightsError, match="No model is called “superglu”; known are loftr_outdoor"):
        locate("superglu", tmp_path)


def test_the_weights_on_this_machine_are_the_published_ones(shared_data):
    for name in ("aliked-n16", "aliked-t16"):
        assert sha256_of(locate(name, shared_data / "weights")) == MODELS[name].sha256
