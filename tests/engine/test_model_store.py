"""Weights files: found where the sentence says, read without running anything, refused with a sentence if anything is
off.
"""

from __future__ import annotations

import os
import pickle
import zipfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from sentinel_match_plugin.engine import model_store
from sentinel_match_plugin.engine.errors import WeightsError
from sentinel_match_plugin.engine.model_store import MODELS, fit_state, load_state, locate, model_folder, sha256_of

STATE = {"weight": torch.arange(6.0).reshape(2, 3), "bias": torch.zeros(2)}


class Hostile:
    """A pickle that creates a file when it is read carelessly."""

    def __init__(self, witness: Path) -> None:
        self.witness = witness

    def __reduce__(self):
        return os.mkdir, (str(self.witness),)


def test_the_folder_given_comes_before_the_variable_and_the_users_own(tmp_path, monkeypatch):
    monkeypatch.setenv(model_store.FOLDER_VARIABLE, str(tmp_path / "variable"))
    assert model_folder(tmp_path / "given") == tmp_path / "given"
    assert model_folder() == tmp_path / "variable"
    monkeypatch.delenv(model_store.FOLDER_VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(model_store.sys, "platform", "linux")
    assert model_folder() == tmp_path / "data" / "sentinel-match" / "models"


def test_safetensors_are_preferred_and_shipped_weights_found_last(tmp_path, monkeypatch):
    given, shipped = tmp_path / "given", tmp_path / "shipped"
    given.mkdir()
    shipped.mkdir()
    monkeypatch.setattr(model_store, "SHIPPED", shipped)
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
    for part in (spec.files[-1], spec.licence, spec.source, "no such folder", "nothing is downloaded by itself"):
        assert part in str(caught.value)


def test_an_unknown_model_is_refused_with_the_names_there_are(tmp_path):
    with pytest.raises(WeightsError, match="No model is called “superglu”; known are loftr_outdoor"):
        locate("superglu", tmp_path)


@pytest.mark.parametrize("name", ["w.safetensors", "w.pth", "wrapped.ckpt", "legacy.pt"])
def test_every_kind_of_file_gives_its_tensors_back(name, tmp_path):
    path = tmp_path / name
    if name.endswith("safetensors"):
        save_file(STATE, path)
    elif name == "wrapped.ckpt":
        torch.save({"state_dict": STATE, "epoch": 3, "note": "text"}, path)
    else:
        torch.save(STATE, path, _use_new_zipfile_serialization=name != "legacy.pt")
    state = load_state(path)
    assert set(state) == set(STATE)
    assert all(torch.equal(state[key], STATE[key]) for key in STATE)


@pytest.mark.filterwarnings("ignore:Detected pickle protocol")
@pytest.mark.parametrize("kind", ["zip", "legacy", "plain pickle", "inside the archive", "named safetensors"])
def test_a_file_with_code_is_refused_and_runs_nothing(kind, tmp_path):
    witness, path = tmp_path / "witness", tmp_path / "w.pth"
    hostile = {"weight": STATE["weight"], "bias": Hostile(witness)}
    if kind == "plain pickle":
        path.write_bytes(pickle.dumps(hostile))
    elif kind == "inside the archive":  # the table is as it should be, the pickle was exchanged afterwards
        torch.save(STATE, tmp_path / "good.pth")
        with zipfile.ZipFile(tmp_path / "good.pth") as good, zipfile.ZipFile(path, "w") as bad:
            for item in good.namelist():
                bad.writestr(item, pickle.dumps(Hostile(witness)) if item.endswith("data.pkl") else good.read(item))
    else:
        if kind == "named safetensors":
            path = tmp_path / "w.safetensors"
        torch.save(hostile, path, _use_new_zipfile_serialization=kind != "legacy")
    with pytest.raises(WeightsError, match=r"was refused|cannot be read as safetensors|is damaged") as caught:
        load_state(path)
    assert str(path) in str(caught.value)
    assert not witness.exists()
    if kind == "plain pickle":  # the witness works: read carelessly, the same file does what it wants
        pickle.loads(path.read_bytes())
        assert witness.exists()


def test_code_is_named_as_the_reason(tmp_path):
    torch.save({"weight": Hostile(tmp_path / "witness")}, tmp_path / "w.pth")
    with pytest.raises(WeightsError, match=r"something other than tensors .*Nothing in it was run"):
        load_state(tmp_path / "w.pth")


@pytest.mark.parametrize("suffix", [".pth", ".safetensors", ".ckpt"])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.95])
def test_a_truncated_or_empty_file_is_refused_with_a_sentence(suffix, share, tmp_path):
    path = tmp_path / f"w{suffix}"
    state = {"weight": torch.randn(200, 30)}
    save_file(state, path) if suffix == ".safetensors" else torch.save(state, path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(WeightsError, match=r"fetch it again|preferably as \.safetensors"):
        load_state(path)


@pytest.mark.parametrize(
    "content", [b"<!DOCTYPE html><html>404</html>", b"\x00" * 100, b"text\n", b"PK\x03\x04 no zip"]
)
@pytest.mark.parametrize("suffix", [".pth", ".safetensors"])
def test_a_file_of_something_else_is_refused_with_a_sentence(content, suffix, tmp_path):
    path = tmp_path / f"w{suffix}"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match=str(path)):
        load_state(path)


@pytest.mark.parametrize("content", [{}, [1, 2], torch.zeros(3), {"a": 1}, {"state_dict": {"a": "text"}}])
def test_a_file_without_a_table_of_tensors_is_refused(content, tmp_path):
    torch.save(content, tmp_path / "w.pth")
    with pytest.raises(WeightsError, match="not a table of named tensors"):
        load_state(tmp_path / "w.pth")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(WeightsError, match="does not exist"):
        load_state(tmp_path / "nothing.pth")


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


def test_the_weights_on_this_machine_are_the_published_ones(shared_data):
    for name in ("aliked-n16", "aliked-t16"):
        assert sha256_of(locate(name, shared_data / "weights")) == MODELS[name].sha256
