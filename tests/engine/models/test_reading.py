"""Weights files: read without running anything, refused with a sentence if anything is off."""

from __future__ import annotations

import os
import pickle
import zipfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from sentinel_match_plugin.engine.errors import WeightsError
from sentinel_match_plugin.engine.models import load_state

STATE = {"weight": torch.arange(6.0).reshape(2, 3), "bias": torch.zeros(2)}


class Hostile:
    """A pickle that creates a file when it is read carelessly."""

    def __init__(self, witness: Path) -> None:
        self.witness = witness

    def __reduce__(self):
        return os.mkdir, (str(self.witness),)


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
