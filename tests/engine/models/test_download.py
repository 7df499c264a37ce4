"""Downloads from a server on this machine: whatever it does, the store ends with the whole right file or with none."""

from __future__ import annotations

import contextlib
import errno
import time

import pytest
import torch
from models_support import Said
from safetensors.torch import load_file

from sentinel_match_plugin.engine.errors import Cancelled, InputError, OutputError, WeightsError
from sentinel_match_plugin.engine.jobs import ModelsJob
from sentinel_match_plugin.engine.models import download, store, transfer
from sentinel_match_plugin.engine.models.reading import metadata_of


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(download, "_pause", lambda seconds, events: events.check_cancelled())


@pytest.fixture
def fetch(tmp_path):
    """``fetch(events, **job)`` downloads the tiny model into ``tmp_path / "store"``."""

    def do(events=None, **job):
        asked = ModelsJob("download", "tiny", model_folder=str(tmp_path / "store"), **job)
        return store.run(asked, events or Said())

    return do


def names(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_published_file_is_fetched_checked_and_stored_with_where_it_came_from(site, tiny, tiny_file, fetch, tmp_path):
    spec = tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes()),))
    events = Said()
    outcome = fetch(events)
    stored = tmp_path / "store" / "tiny.safetensors"
    assert names(tmp_path / "store") == ["tiny.safetensors"]
    published = torch.load(tiny_file, weights_only=True)
    assert all(torch.equal(published[key], tensor) for key, tensor in load_file(stored).items())
    notes = metadata_of(stored)
    assert (notes["source"], notes["source_sha256"], notes["licence"]) == (spec.urls[0], spec.sha256, "MIT")
    assert (outcome.models[0].state, outcome.models[0].path) == ("ready", str(stored))
    assert events.fractions == sorted(events.fractions)
    assert events.fractions[-1] == 1.0
    assert any("Downloading Tiny: 0.0 of 0.0 MB" in stage for stage in events.stages)
    assert any("licence MIT" in text for text in events.infos)


def test_what_is_there_is_not_fetched_again(site, tiny, tiny_file, fetch):
    tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes()),))
    fetch()
    assert "is there already" in fetch().messages[0]
    assert len(site.asked) == 1


def test_a_damaged_file_is_fetched_again(site, tiny, tiny_file, fetch, tmp_path):
    tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes()),))
    fetch()
    stored = tmp_path / "store" / "tiny.safetensors"
    stored.write_bytes(stored.read_bytes()[:-5])
    assert fetch().models[0].state == "ready"


def test_a_cut_connection_goes_on_where_it_was_cut(site, tiny, tiny_file, fetch):
    content = tiny_file.read_bytes()
    tiny(urls=(site.publish("/tiny.pth", content, most=20_000),))
    assert fetch().models[0].state == "ready"
    assert [wanted for _, wanted, _ in site.asked] == ["", "bytes=20000-", "bytes=40000-"]
    assert [condition for _, _, condition in site.asked] == ["", '"one"', '"one"']


@pytest.mark.parametrize("known", [True, False])
def test_a_cancelled_download_leaves_a_part_that_the_next_one_goes_on_with(
    known, site, tiny, tiny_file, fetch, tmp_path, monkeypatch
):
    monkeypatch.setattr(transfer, "_PIECE", 4096)
    tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes()),), **({} if known else {"sha256": None}))
    with pytest.raises(Cancelled):
        fetch(Said(cancel_at=0.4))
    assert names(tmp_path / "store") == ["tiny.pth.part", "tiny.pth.part.json"]
    begun = (tmp_path / "store" / "tiny.pth.part").stat().st_size
    assert 0 < begun < tiny_file.stat().st_size
    row = store.run(ModelsJob("list", "tiny", model_folder=str(tmp_path / "store")), Said()).models[0]
    assert row.state == "partial"
    assert fetch().models[0].state == "ready"
    assert site.asked[-1][1] == f"bytes={begun}-"
    assert names(tmp_path / "store") == ["tiny.safetensors"]


def test_a_download_stopped_at_its_very_end_fetches_nothing_more(site, tiny, tiny_file, fetch, tmp_path):
    tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes()),))
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "tiny.pth.part").write_bytes(tiny_file.read_bytes())
    assert fetch().models[0].state == "ready"
    assert len(site.asked) == 1


def test_a_part_of_another_file_does_not_spoil_the_download(site, tiny, tiny_file, fetch, tmp_path):
    tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes()),))
    (tmp_path / "store").mkdir()
    for content in (b"x" * 1000, b"x" * 100_000):
        (tmp_path / "store" / "tiny.pth.part").write_bytes(content)
        assert fetch().models[0].state == "ready"
        store.run(ModelsJob("remove", "tiny", model_folder=str(tmp_path / "store")), Said())


@pytest.mark.parametrize("minds_the_condition", [True, False])
def test_a_file_that_changed_meanwhile_is_fetched_from_its_start(
    minds_the_condition, site, tiny, tiny_file, fetch, monkeypatch
):
    monkeypatch.setattr(transfer, "_PIECE", 4096)
    content = tiny_file.read_bytes()
    tiny(urls=(site.publish("/tiny.pth", bytes(len(content)), etag='"old"'),), sha256=None)
    with pytest.raises(Cancelled):
        fetch(Said(cancel_at=0.4))
    site.publish("/tiny.pth", content, minds_the_condition=minds_the_condition)
    assert fetch().models[0].state == "ready"
    assert site.asked[1][2] == '"old"'
    assert len(site.asked) == (2 if minds_the_condition else 3)


def test_without_a_way_to_tell_the_version_a_cut_download_starts_again(site, tiny, tiny_file, fetch):
    content = tiny_file.read_bytes()
    tiny(urls=(site.publish("/tiny.pth", content, etag="", most=20_000),), sha256=None)
    with pytest.raises(WeightsError, match=r"the connection was cut after 0\.0 of 0\.0 MB"):
        fetch()
    assert [wanted for _, wanted, _ in site.asked] == [""] * 3


def test_a_server_without_ranges_gives_the_whole_file(site, tiny, tiny_file, fetch, tmp_path):
    tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes(), ranges=False),))
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "tiny.pth.part").write_bytes(tiny_file.read_bytes()[:500])
    assert fetch().models[0].state == "ready"


def test_a_wrong_hash_is_refused_and_the_mirror_taken(site, tiny, tiny_file, fetch):
    good, other = tiny_file.read_bytes(), tiny_file.with_name("other.pth")
    torch.save(torch.nn.Linear(300, 40).state_dict(), other)
    tiny(urls=(site.publish("/wrong.pth", other.read_bytes()), site.publish("/mirror.pth", good)))
    events = Said()
    assert fetch(events).models[0].state == "ready"
    assert any("/wrong.pth: what came has another SHA-256 than the published file" in text for text in events.infos)


@pytest.mark.parametrize("known", [True, False])
def test_only_a_wrong_file_leaves_nothing_behind(known, site, tiny, fetch, tmp_path):
    page = b"<!DOCTYPE html><html>Please log in to the hotel's network</html>"
    tiny(urls=(site.publish("/tiny.pth", page),), **({} if known else {"sha256": None}))
    with pytest.raises(WeightsError, match="could not be downloaded"):
        fetch()
    assert names(tmp_path / "store") == []


def test_a_failed_download_keeps_the_file_that_is_there(site, tiny, tiny_file, fetch, tmp_path):
    tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes()),))
    fetch()
    stored = tmp_path / "store" / "tiny.safetensors"
    damaged = stored.read_bytes()[:-5]
    stored.write_bytes(damaged)
    site.refuse("/tiny.pth", 404)
    with pytest.raises(WeightsError):
        fetch()
    assert stored.read_bytes() == damaged


def test_mirrors_are_tried_in_turn_and_the_error_names_every_address_and_what_to_do(site, tiny, fetch, tmp_path):
    urls = (site.refuse("/a.pth", 404), site.refuse("/b.pth", 403), "http://127.0.0.1:9/c.pth")
    tiny(urls=urls)
    with pytest.raises(WeightsError) as caught:
        fetch()
    said = str(caught.value)
    for part in (*urls, "answers 404", "answers 403", "the connection failed", "ACTION=import MODEL=tiny"):
        assert part in said
    assert f"put it into the folder {tmp_path / 'store'} as tiny.pth" in said


def test_a_name_that_is_not_known_says_that_there_may_be_no_connection(tiny, fetch):
    tiny(urls=("https://nowhere.invalid/tiny.pth",))
    with pytest.raises(WeightsError, match=r"https://nowhere\.invalid/tiny\.pth: the name nowhere\.invalid .*no conn"):
        fetch(proxy="direct")


def test_a_busy_server_is_asked_again_a_missing_file_is_not(site, tiny, tiny_file, fetch):
    tiny(urls=(site.refuse("/tiny.pth", 503, 429, then=tiny_file.read_bytes()),))
    assert fetch().models[0].state == "ready"
    assert len(site.asked) == 3


def test_redirects_are_followed_and_the_hash_named_on_the_way_is_checked(site, tiny, tiny_file, fetch, tmp_path):
    spec = tiny()
    site.publish("/stored/abc", tiny_file.read_bytes())
    right = site.redirect("/tiny.pth", f"{site.url}/stored/abc", X_Linked_ETag=f'"{spec.sha256}"')
    tiny(urls=(right,), sha256=None)
    assert fetch().models[0].state == "ready"
    store.run(ModelsJob("remove", "tiny", model_folder=str(tmp_path / "store")), Said())
    site.redirect("/tiny.pth", f"{site.url}/stored/abc", X_Linked_ETag='"' + "0" * 64 + '"')
    with pytest.raises(WeightsError, match="another SHA-256 than the published file"):
        fetch()
    assert names(tmp_path / "store") == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/plain,x"])
def test_a_redirect_leads_to_the_web_only(target, site, tiny, fetch):
    tiny(urls=(site.redirect("/tiny.pth", target),), sha256=None)
    with pytest.raises(WeightsError, match=r"which is not fetched|is not allowed"):
        fetch()


def test_redirects_in_a_circle_end(site, tiny, fetch):
    tiny(urls=(site.redirect("/tiny.pth", site.url + "/tiny.pth"),))
    with pytest.raises(WeightsError, match="answers 302"):
        fetch()


def test_a_secure_address_never_leads_to_an_insecure_one():
    asked = transfer.urllib.request.Request("https://far.invalid/a")
    with pytest.raises(transfer.Refused, match="from a secure connection"):
        transfer._Redirects().redirect_request(asked, None, 302, "Found", {}, "http://far.invalid/b")


def test_a_far_too_large_file_is_refused_before_it_fills_the_disk(site, tiny, fetch, tmp_path):
    def announce(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "50000000000")
        handler.end_headers()

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        with contextlib.suppress(ConnectionError):
            for _ in range(1000):
                handler.wfile.write(bytes(1_000_000))

    site.pages.update({"/announced": announce, "/endless": endless})
    tiny(urls=(f"{site.url}/announced", f"{site.url}/endless"))
    with pytest.raises(WeightsError, match=r"50000 MB or more, far more.*3\d MB or more, far more"):
        fetch()
    assert names(tmp_path / "store") == []


def test_a_disk_without_room_is_said_before_anything_is_written(site, tiny, tiny_file, fetch, tmp_path, monkeypatch):
    tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes()),))
    usage = type(download.shutil.disk_usage(tmp_path))
    monkeypatch.setattr(download.shutil, "disk_usage", lambda path: usage(10**9, 10**9, 10**6))
    with pytest.raises(OutputError, match=r"20 MB are needed, 1 MB are free"):
        fetch()


def test_a_disk_that_fills_up_keeps_the_part(site, tiny, tiny_file, fetch, tmp_path, monkeypatch):
    monkeypatch.setattr(transfer, "_PIECE", 4096)
    tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes()),))
    real = download._open

    class Full:
        def __init__(self, file):
            self.file, self.name = file, file.name

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

        def fileno(self):
            return self.file.fileno()

        def flush(self):
            self.file.flush()

        def write(self, piece):
            if self.file.tell() > 10_000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return self.file.write(piece)

    monkeypatch.setattr(download, "_open", lambda path, mode: Full(real(path, mode)))
    with pytest.raises(OutputError, match=r"The disk is full.*goes on where it stopped"):
        fetch()
    monkeypatch.setattr(download, "_open", real)
    assert fetch().models[0].state == "ready"
    assert site.asked[-1][1].startswith("bytes=1")


def test_a_server_that_stalls_can_be_cancelled_at_once(site, tiny, fetch):
    def stall(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "48000")
        handler.end_headers()
        handler.wfile.write(bytes(1000))
        handler.wfile.flush()
        time.sleep(3)

    site.pages["/tiny.pth"] = stall
    tiny(urls=(f"{site.url}/tiny.pth",))
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        fetch(Said(cancel_at=0.01))
    assert time.monotonic() - begun < 1.5


def test_two_downloads_of_one_file_do_not_mix(site, tiny, tiny_file, fetch, tmp_path):
    tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes()),))
    (tmp_path / "store").mkdir()
    with download._alone(tmp_path / "store" / "tiny.pth.part"), pytest.raises(OutputError, match="under way"):
        fetch()
    assert fetch().models[0].state == "ready"


@pytest.mark.parametrize("how", ["given", "environment"])
def test_a_proxy_is_used(how, site, tiny, tiny_file, fetch, monkeypatch):
    site.publish("/tiny.pth", tiny_file.read_bytes())
    tiny(urls=("http://far.invalid/tiny.pth",))
    if how == "environment":
        monkeypatch.setenv("http_proxy", site.url)
    assert fetch(proxy=site.url if how == "given" else "").models[0].state == "ready"
    assert site.asked[0][0] == "http://far.invalid/tiny.pth"


def test_a_proxy_that_wants_a_password_says_so(site, tiny, fetch):
    site.refuse("/tiny.pth", 407)
    tiny(urls=("http://far.invalid/tiny.pth",))
    with pytest.raises(WeightsError, match="the proxy asks for a name and password"):
        fetch(proxy=site.url.removeprefix("http://"))


@pytest.mark.parametrize("proxy", ["socks5://proxy:1080", "http://", "://"])
def test_a_proxy_that_cannot_be_used_is_refused_without_its_password(proxy, site, tiny, fetch):
    tiny(urls=(f"{site.url}/tiny.pth",))
    with pytest.raises(InputError, match="SOCKS is not supported"):
        fetch(proxy=proxy)


def test_a_model_for_research_only_needs_the_tick_and_says_why(site, tiny, tiny_file, fetch):
    tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes()),), non_commercial="Its authors allow research only.")
    with pytest.raises(InputError, match=r"Its authors allow research only\..*tick ACCEPT_LICENCE"):
        fetch()
    assert not site.asked
    row = fetch(accept_licence=True).models[0]
    assert (row.state, row.non_commercial) == ("ready", True)
    assert "research only" in row.note


def test_a_model_without_an_address_says_where_to_get_it(tiny, fetch):
    tiny()
    with pytest.raises(WeightsError, match="cannot be downloaded: get its page"):
        fetch()


def test_a_folder_that_cannot_be_made_is_said(site, tiny, tiny_file, tmp_path):
    tiny(urls=(site.publish("/tiny.pth", tiny_file.read_bytes()),))
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="choose another MODEL_FOLDER"):
        store.run(ModelsJob("download", "tiny", model_folder=str(tmp_path / "file" / "store")), Said())
