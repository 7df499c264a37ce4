"""Imports: what fits is kept as safetensors; all else is refused with a sentence, runs nothing and spoils nothing."""

from __future__ import annotations

import io
import os
import pickle
import struct
import zipfile
from pathlib import Path

import pytest
import torch
from models_support import Said
from safetensors.torch import load_file, save_file

from sentinel_match_plugin.engine.errors import InputError, OutputError, SentinelMatchError, WeightsError
from sentinel_match_plugin.engine.jobs import ModelsJob
from sentinel_match_plugin.engine.models import load_model, load_network, places, reading, store
from sentinel_match_plugin.engine.models.reading import is_whole, metadata_of, sha256_of


class Hostile:
    """A pickle that makes a folder when it is read carelessly."""

    def __init__(self, witness: Path) -> None:
        self.witness = witness

    def __reduce__(self):
        return os.mkdir, (str(self.witness),)


@pytest.fixture
def bring(tmp_path):
    """``bring(file, **job)`` imports it as the tiny model into ``tmp_path / "store"``."""

    def do(file, events=None, **job):
        asked = {"model": "tiny", "model_folder": str(tmp_path / "store"), **job}
        return store.run(ModelsJob("import", file=str(file), **asked), events or Said())

    return do


@pytest.fixture
def kept(tiny, tiny_file, bring, tmp_path):
    """The tiny model, imported."""
    tiny()
    bring(tiny_file)
    return tmp_path / "store" / "tiny.safetensors"


def test_a_published_file_is_kept_as_safetensors_with_where_it_came_from(kept, tiny_file):
    published = torch.load(tiny_file, weights_only=True)
    assert all(torch.equal(published[key], tensor) for key, tensor in load_file(kept).items())
    notes = metadata_of(kept)
    assert (notes["source"], notes["source_sha256"]) == (str(tiny_file), sha256_of(tiny_file))
    assert (notes["sentinel_match.model"], notes["licence"], notes["format"]) == ("tiny", "MIT", "pt")
    assert [path.name for path in kept.parent.iterdir()] == ["tiny.safetensors"]


def test_a_matcher_gets_what_was_imported_and_is_told_where_it_came_from(kept, tiny_file):
    events = Said()
    path, state = load_model("tiny", kept.parent, events)
    assert path == kept
    assert torch.equal(state["bias"], torch.load(tiny_file, weights_only=True)["bias"])
    assert events.infos == [f"Weights: Tiny from {kept} (from {tiny_file})."]
    network = load_network("tiny", kept.parent)
    assert not network.training
    assert torch.equal(network.weight, state["weight"])


def test_weights_that_were_trained_further_are_taken_and_said_to_differ(kept, tiny_file, bring):
    state = {name: tensor + 0.01 for name, tensor in torch.load(tiny_file, weights_only=True).items()}
    tuned = tiny_file.with_name("tuned.ckpt")
    torch.save({"state_dict": state, "epoch": 7, "optimizer": {"lr": 0.1}}, tuned)
    events = Said()
    messages = bring(tuned, events).messages
    assert any("may be fine-tuned" in text for text in events.infos)
    assert "replaces the file that was there" in messages[1]
    assert torch.equal(load_file(kept)["bias"], state["bias"])


def test_a_file_of_another_store_keeps_its_origin(kept, tiny_file, bring, tmp_path):
    copy = tmp_path / "copy.safetensors"
    copy.write_bytes(kept.read_bytes())
    events = Said()
    bring(copy, events)
    assert metadata_of(kept)["source"] == str(tiny_file)
    assert not any("fine-tuned" in text for text in events.infos)


def test_the_name_of_a_file_may_tell_the_model_and_it_is_said(tiny, tiny_file, bring):
    tiny()
    events = Said()
    assert bring(tiny_file, events, model="all").models[-1].state == "ready"
    assert any("By its name" in text and "MODEL=tiny" in text for text in events.infos)
    other = tiny_file.with_name("other.pth")
    other.write_bytes(tiny_file.read_bytes())
    with pytest.raises(InputError, match=r"Its name does not tell: give MODEL"):
        bring(other, model="all")


def test_safetensors_are_known_by_their_content_too(kept, bring, tmp_path):
    renamed = tmp_path / "weights.bin"
    renamed.write_bytes(kept.read_bytes())
    assert bring(renamed).models[0].state == "ready"


def archive_of(content: dict[str, bytes], compression: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as file:
        for name, data in content.items():
            file.writestr(name, data)
    return made.getvalue()


def saved(value, **options) -> bytes:
    made = io.BytesIO()
    torch.save(value, made, **options)
    return made.getvalue()


def safetensors_of(header: str, body: bytes = b"") -> bytes:
    return struct.pack("<Q", len(header)) + header.encode() + body


GOOD = {"weight": torch.zeros(40, 300), "bias": torch.zeros(40)}


def hostile_files(witness: Path) -> dict[str, tuple[bytes, str]]:
    """name of the file -> its bytes and what the sentence must say."""
    code, whole = Hostile(witness), saved(GOOD)
    bomb = archive_of({"archive/data.pkl": pickle.dumps(GOOD["bias"].tolist()), "archive/data/0": bytes(60_000_000)}, 8)
    claims = '{"weight":{"dtype":"F32","shape":[40,300],"data_offsets":[0,%d]}}'
    return {
        "code.pth": (saved({**GOOD, "bias": code}), "Nothing in it was run"),
        "code_beside.ckpt": (saved({"state_dict": GOOD, "callbacks": code}), "Nothing in it was run"),
        "code_legacy.pt": (saved({"bias": code}, _use_new_zipfile_serialization=False), "Nothing in it was run"),
        "code_pickle.pth": (pickle.dumps({"bias": code}), "Nothing in it was run"),
        "code_old_pickle.pth": (pickle.dumps({"bias": code}, protocol=0), "refused|damaged"),
        "whole_network.pth": (saved(torch.nn.Linear(300, 40)), "Nothing in it was run"),
        "function.pth": (pickle.dumps(os.system), "refused"),
        "bomb.pth": (bomb, "would unpack to 60 MB out of"),
        "truncated.pth": (whole[: len(whole) // 2], "refused|damaged"),
        "headless.pth": (whole[100:], "refused|damaged|no weights file"),
        "flipped.pth": (whole[:-40] + bytes(40), "refused|damaged"),
        "empty.pth": (b"", "is empty"),
        "text.pth": (b"These are not the weights you are looking for.\n", "refused|damaged"),
        "page.safetensors": (b"<!DOCTYPE html><html>404</html>", "cannot be read as safetensors"),
        "picture.pth": (b"\x89PNG\r\n\x1a\n" + bytes(500), "refused|damaged"),
        "zeros.pth": (bytes(5000), "refused|damaged"),
        "zip_of_text.pth": (archive_of({"readme.txt": b"hello"}, 0), "damaged|no weights file"),
        "zip_in_name.pth": (b"PK\x03\x04" + bytes(60), "refused|damaged"),
        "list.pth": (saved([GOOD["bias"]]), "not a table of named tensors"),
        "numbers.pth": (saved({"weight": 1.0, "bias": 2.0}), "not a table of named tensors"),
        "sparse.pth": (
            saved({**GOOD, "weight": GOOD["weight"].to_sparse()}),
            "sparse, quantized or without values|ref",
        ),
        "meta.pth": (saved({**GOOD, "bias": torch.zeros(40, device="meta")}), "without values|refused|damaged"),
        "missing_key.pth": (saved({"weight": GOOD["weight"]}), r"1 tensors missing \(bias\)"),
        "other_keys.pth": (saved({"conv.weight": torch.zeros(3), "conv.bias": torch.zeros(3)}), "2 unknown tensors"),
        "other_shape.pth": (saved({**GOOD, "weight": torch.zeros(300, 40)}), r"\(300, 40\) instead of \(40, 300\)"),
        "stretched.pth": (saved({**GOOD, "weight": torch.zeros(1).expand(10**9)}), "of another shape"),
        "whole_numbers.pth": (saved({**GOOD, "bias": torch.zeros(40, dtype=torch.int64)}), "another kind of number"),
        "complex.pth": (saved({**GOOD, "bias": torch.zeros(40, dtype=torch.complex64)}), "another kind of number"),
        "nan.pth": (saved({**GOOD, "bias": torch.full((40,), float("nan"))}), "infinite or undefined"),
        "infinite.safetensors": (None, "infinite or undefined"),
        "header_too_long.safetensors": (struct.pack("<Q", 1 << 62) + b"{}", "cannot be read as safetensors"),
        "header_no_json.safetensors": (safetensors_of("{not json"), "cannot be read as safetensors"),
        "header_nested.safetensors": (safetensors_of('{"a":' * 5000), "cannot be read as safetensors"),
        "beyond_its_end.safetensors": (safetensors_of(claims % 48_000, bytes(10)), "cannot be read as safetensors"),
        "wrong_length.safetensors": (safetensors_of(claims % 10, bytes(10)), "cannot be read as safetensors"),
        "claims_much.safetensors": (safetensors_of(claims.replace("40,", "4000000000,") % 10), "cannot be read"),
    }


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", hostile_files(Path("witness")))
def test_a_bad_file_is_refused_with_a_sentence_runs_nothing_and_keeps_what_was_there(name, kept, bring, tmp_path):
    before = kept.read_bytes()
    content, said = hostile_files(tmp_path / "witness")[name]
    path = tmp_path / name
    if content is None:
        save_file({**GOOD, "bias": torch.full((40,), float("inf"))}, path)
    else:
        path.write_bytes(content)
    with pytest.raises(WeightsError, match=said) as caught:
        bring(path)
    assert str(path) in str(caught.value)
    assert len(str(caught.value)) < 700
    assert not (tmp_path / "witness").exists()
    assert kept.read_bytes() == before
    assert [left.name for left in kept.parent.iterdir()] == ["tiny.safetensors"]


def test_the_hostile_file_would_do_harm_if_it_were_read_carelessly(tmp_path):
    pickle.loads(hostile_files(tmp_path / "witness")["code_pickle.pth"][0])
    assert (tmp_path / "witness").exists()


@pytest.mark.parametrize(("size", "said"), [(33_000_000, r"too large for these weights: 33 MB, where at most 32 MB")])
def test_a_file_far_too_large_is_refused_before_it_is_read(size, said, kept, bring, tmp_path, monkeypatch):
    with open(tmp_path / "large.pth", "wb") as file:
        file.truncate(size)
    monkeypatch.setattr(reading, "_read_pickle", lambda path: pytest.fail("it was read"))
    with pytest.raises(WeightsError, match=said):
        bring(tmp_path / "large.pth")


@pytest.mark.parametrize("kind", ["folder", "missing", "pipe", "broken link"])
def test_what_is_no_file_is_refused(kind, kept, bring, tmp_path):
    path = tmp_path / "thing.pth"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "broken link":
        path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(WeightsError, match=r"is a folder|does not exist|no ordinary file"):
        bring(path)


def test_a_file_that_may_not_be_read_is_refused_with_a_sentence(kept, bring, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "secret.pth").write_bytes(b"x")
    monkeypatch.setattr(reading, "open", refuse, raising=False)
    with pytest.raises(WeightsError, match=r"secret\.pth cannot be read \(Permission denied\)"):
        bring(tmp_path / "secret.pth")


def test_a_stored_file_of_another_model_is_refused(kept, bring, tiny, tmp_path):
    path = tmp_path / "other.safetensors"
    save_file(GOOD, path, metadata={"sentinel_match.model": "other"})
    with pytest.raises(WeightsError, match="holds the weights of other, not of tiny"):
        bring(path)


def test_an_old_torch_reads_no_pickles(kept, bring, tiny_file, monkeypatch):
    monkeypatch.setattr(torch, "__version__", "2.5.1+cpu")
    with pytest.raises(WeightsError, match=r"PyTorch 2\.5\.1\+cpu can be made to run code"):
        bring(tiny_file)
    assert bring(kept).models[0].state == "ready"


def test_a_failure_while_writing_keeps_what_was_there(kept, bring, tiny_file, monkeypatch):
    import safetensors.torch

    def fail(state, path, metadata):
        Path(path).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    before = kept.read_bytes()
    monkeypatch.setattr(safetensors.torch, "save_file", fail)
    with pytest.raises(OutputError, match="the disk is full"):
        bring(tiny_file)
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir()] == ["tiny.safetensors"]


def test_a_folder_in_the_place_of_the_stored_file_is_said(tiny, tiny_file, bring, tmp_path):
    tiny()
    (tmp_path / "store" / "tiny.safetensors").mkdir(parents=True)
    with pytest.raises(OutputError, match="is a folder, where the weights are to be stored"):
        bring(tiny_file)


def test_weights_for_research_only_need_the_tick(tiny, tiny_file, bring):
    tiny(non_commercial="Its authors allow research only.")
    with pytest.raises(InputError, match=r"research only\..*ACCEPT_LICENCE"):
        bring(tiny_file)
    assert bring(tiny_file, accept_licence=True).models[0].non_commercial


def test_a_missing_library_is_named_with_the_step(tiny, tiny_file, bring, monkeypatch):
    from sentinel_match_plugin.engine.models import extras

    monkeypatch.setitem(extras.EXTRAS, "hub", {"no_such_library": "no-such-library"})
    tiny(extra="hub")
    with pytest.raises(SentinelMatchError, match=r"needs the library no_such_library.*install --extra hub"):
        bring(tiny_file)


# -- removing and listing ----------------------------------------------------------------------------------------------


def remove(folder, model="tiny"):
    return store.run(ModelsJob("remove", model, model_folder=str(folder)), Said())


def test_removing_takes_what_the_store_knows_and_nothing_else(kept, tiny_file):
    folder = kept.parent
    (folder / "tiny.pth").write_bytes(tiny_file.read_bytes())
    (folder / "tiny.pth.part").write_bytes(b"half")
    (folder / "tiny.pth.part.json").write_text("{}")
    (folder / "mine.pth").touch()
    (folder / "tiny.txt").touch()
    outcome = remove(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["mine.pth", "tiny.txt"]
    assert outcome.models[0].state == "missing"
    assert "nothing was removed" in remove(folder).messages[0]


def test_what_ships_with_the_plugin_is_never_removed(tiny, tiny_file, tmp_path, monkeypatch):
    tiny()
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    monkeypatch.setattr(places, "SHIPPED", shipped)
    monkeypatch.setattr(store, "SHIPPED", shipped)
    (shipped / "tiny.pth").write_bytes(tiny_file.read_bytes())
    outcome = remove(tmp_path / "store")
    assert (outcome.models[0].state, outcome.messages[1]) == (
        "shipped",
        f"{shipped / 'tiny.pth'} ships with the plugin and stays.",
    )
    (tmp_path / "link").symlink_to(shipped)
    for folder in (shipped, tmp_path / "link"):
        with pytest.raises(InputError, match="what ships with it is never removed"):
            remove(folder)
    assert (shipped / "tiny.pth").is_file()


def test_removing_a_link_leaves_what_it_points_to(tiny, tiny_file, tmp_path):
    tiny()
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "tiny.pth").symlink_to(tiny_file)
    remove(tmp_path / "store")
    assert tiny_file.is_file()
    assert list((tmp_path / "store").iterdir()) == []


@pytest.mark.parametrize("action", ["download", "remove"])
def test_no_action_but_list_is_for_all_models(action, tmp_path):
    with pytest.raises(InputError, match=f"ACTION={action} needs MODEL, one of loftr_outdoor"):
        store.run(ModelsJob(action, model_folder=str(tmp_path)), Said())


def test_an_action_that_there_is_not_is_refused(tmp_path):
    with pytest.raises(InputError, match="There is no action “erase”: choose one of list, download, import, remove"):
        store.run(ModelsJob("erase", model_folder=str(tmp_path)), Said())


def test_a_damaged_file_is_listed_as_damaged(kept):
    kept.write_bytes(kept.read_bytes()[:-1])
    assert not is_whole(kept)
    row = store.run(ModelsJob("list", "tiny", model_folder=str(kept.parent)), Said()).models[0]
    assert (row.state, row.note) == ("damaged", "The file is damaged: remove it and fetch it again.")


def test_listing_makes_nothing_and_names_the_folder(tmp_path):
    outcome = store.run(ModelsJob(model_folder=str(tmp_path / "store")), Said())
    assert {row.state for row in outcome.models} <= {"missing", "shipped"}
    assert str(tmp_path / "store") in outcome.messages[0]
    assert not (tmp_path / "store").exists()
