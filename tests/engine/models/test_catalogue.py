"""What the catalogue promises, and that files as they are published are taken by the real networks."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import torch
from models_support import Said
from published import as_released, as_trained, magic_leaps_superglue, magic_leaps_superpoint

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.jobs import MODEL_CHOICES, ModelsJob
from sentinel_match_plugin.engine.matchers.catalogue import MATCHERS
from sentinel_match_plugin.engine.models import MODELS, load_model, load_network, store
from sentinel_match_plugin.engine.models.extras import is_installed
from sentinel_match_plugin.runtime.environment import EXTRAS


@pytest.mark.parametrize("spec", MODELS.values(), ids=MODELS)
def test_an_entry_is_complete(spec):
    assert spec.files[0].endswith(".safetensors")
    assert all(re.fullmatch(r"[\w.-]+", file) for file in spec.files)
    assert bool(spec.urls) != spec.name.endswith("_tuned")  # what a user trains is published nowhere
    assert all(urlsplit(url).scheme == "https" for url in spec.urls)
    assert spec.network is not None
    assert spec.licence
    assert spec.source
    assert 0.1 < spec.size_mb < 1000
    assert not spec.extra or spec.extra in EXTRAS
    assert not spec.non_commercial or spec.non_commercial.endswith(".")
    assert spec.sha256 is None or re.fullmatch("[0-9a-f]{64}", spec.sha256)


def test_no_two_models_share_a_file_of_the_folder():
    files = [file for spec in MODELS.values() for file in spec.files]
    assert len(files) == len(set(files))


def test_magic_leaps_weights_say_that_they_are_not_for_commercial_use():
    for spec in MODELS.values():
        if spec.name == "superpoint" or spec.name.startswith("superglue"):
            assert "research" in spec.non_commercial
            assert "Magic Leap" in spec.non_commercial


def test_every_matcher_finds_its_weights_in_the_catalogue():
    assert {name for matcher in MATCHERS.values() for name in matcher.weights} <= set(MODELS)
    assert ("all", *MODELS) == MODEL_CHOICES


def test_the_jobs_can_be_read_without_torch_and_without_the_store_of_results():
    """QGIS imports them, in a Python that has neither."""
    heavy = {"torch", "kornia", "cv2", "numpy", "rasterio", "transformers", "safetensors"}
    code = f"import sys, sentinel_match_plugin.engine.jobs; print({heavy!r} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def lightnings(state):
    """As PyTorch Lightning saves a training module."""
    return {"state_dict": {f"matcher.{k}": v for k, v in state.items()}, "epoch": 29, "global_step": 7}


def disks(state):
    """As DISK's training saves it."""
    return {"extractor": state, "epoch": 3}


def lighterglues(state):
    """As LighterGlue was published, with what made its features beside it."""
    return as_trained(as_released(state))


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("loftr_outdoor", lightnings),
        ("aliked-n16", dict),
        ("disk-depth", disks),
        ("xfeat", dict),
        ("sift_lightglue", as_released),
        ("xfeat-lighterglue", lighterglues),
    ],
)
def test_a_published_checkpoint_is_imported_by_the_real_network(name, published, tmp_path):
    spec = MODELS[name]
    torch.manual_seed(0)
    state = spec.network().state_dict()
    size_mb = sum(tensor.numel() * tensor.element_size() for tensor in state.values()) / 1e6
    assert size_mb == pytest.approx(spec.size_mb, rel=0.02, abs=0.06)
    torch.save(published(state), tmp_path / "given.ckpt")
    job = ModelsJob("import", name, str(tmp_path / "given.ckpt"), spec.non_commercial != "", str(tmp_path / "store"))
    assert store.run(job, Said()).models[0].state == "ready"
    kept = load_model(name, tmp_path / "store")[1]
    assert set(kept) <= set(state)
    assert set(state) - set(kept) <= set(spec.optional)
    assert all(torch.equal(state[key], tensor) for key, tensor in kept.items())


@pytest.mark.parametrize(
    ("name", "published"),
    [("superpoint", magic_leaps_superpoint), ("superglue_outdoor", magic_leaps_superglue)],
)
def test_magic_leaps_files_are_imported_by_the_real_networks_with_the_tick(name, published, tmp_path):
    pytest.importorskip("transformers")
    state, file = published(), tmp_path / f"{name}.pth"
    torch.save(state, file)
    assert file.stat().st_size / 1e6 == pytest.approx(MODELS[name].size_mb, rel=0.02)
    job = ModelsJob("import", name, str(file), model_folder=str(tmp_path / "store"))
    with pytest.raises(InputError, match=r"Magic Leap .*research.*ACCEPT_LICENCE"):
        store.run(job, Said())
    assert store.run(replace(job, accept_licence=True), Said()).models[0].state == "ready"


def test_the_real_weights_on_this_machine_are_imported_and_known_as_the_published_ones(shared_data, tmp_path):
    for name in ("aliked-n16", "aliked-t16"):
        job = ModelsJob("import", name, str(shared_data / "weights" / f"{name}.pth"), model_folder=str(tmp_path))
        events = Said()
        store.run(job, events)
        assert not any("not the published" in text for text in events.infos)
        network = load_network(name, tmp_path, said := Said())
        assert not said.warnings
        assert sum(p.numel() for p in network.parameters()) > 1e5


def test_weights_that_need_a_library_that_is_missing_say_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(EXTRAS, "hub", {"no_such_library": "no-such-library"})
    assert not is_installed("hub")
    rows = store.run(ModelsJob(model_folder=str(tmp_path)), Said()).models
    for row in rows:
        assert ("install --extra hub" in row.note) == (MODELS[row.name].extra == "hub")
