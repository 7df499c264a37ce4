"""A web server on this machine, and a tiny model that it publishes."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import torch

from sentinel_match_plugin.engine.models import catalogue
from sentinel_match_plugin.engine.models.spec import ModelSpec

sys.path.insert(0, str(Path(__file__).parent))  # for the module beside this file

from models_support import Site


@pytest.fixture
def site(monkeypatch) -> Iterator[Site]:
    """An HTTP server on this machine; it also answers as a proxy, for addresses at ``http://far.invalid``."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("http://far.invalid")
            served.asked.append((self.path, self.headers.get("Range", ""), self.headers.get("If-Range", "")))
            if path in served.pages:
                served.pages[path](self)
            else:
                self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()


def tiny_network() -> torch.nn.Module:
    return torch.nn.Linear(300, 40)


@pytest.fixture
def tiny_file(tmp_path: Path) -> Path:
    """The published file of the tiny model, 48 kB."""
    torch.manual_seed(0)
    path = tmp_path / "published" / "tiny.pth"
    path.parent.mkdir()
    torch.save(tiny_network().state_dict(), path)
    return path


@pytest.fixture
def tiny(monkeypatch, tiny_file) -> Callable[..., ModelSpec]:
    """``tiny(**changes)`` puts the tiny model into the catalogue, with its SHA-256 unless that is changed."""

    def register(**changes) -> ModelSpec:
        digest = hashlib.sha256(tiny_file.read_bytes()).hexdigest()
        files = ("tiny.safetensors", "tiny.pth")
        spec = ModelSpec("tiny", "Tiny", files, "MIT", 0.05, "its page", digest, network=tiny_network)
        spec = replace(spec, **changes)
        monkeypatch.setitem(catalogue.MODELS, "tiny", spec)
        return spec

    return register
