"""One request over HTTP, its body piece by piece: proxies, redirects, and a wait that can be cancelled at any time."""

from __future__ import annotations

import contextlib
import http.client
import queue
import re
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from typing import Any
from urllib.parse import urlsplit

from .. import __version__
from ..errors import InputError
from ..events import Events

WAIT_S = 30.0  # for a connection, and for each piece
_PIECE = 1 << 18
_POLL_S = 0.1


class Refused(Exception):
    """A server did not give the file; ``str(error)`` says why, in words that end a sentence.

    ``again``: the same address may do so the next time. ``status`` and ``headers`` of the answer, 0 and None if there
    was none.
    """

    def __init__(self, reason: str, again: bool = False, status: int = 0, headers: Message | None = None) -> None:
        super().__init__(reason)
        self.again, self.status, self.headers = again, status, headers


@dataclass
class Answer:
    """The head of an answer. ``published_sha256``: of the whole file, if a server on the way named it."""

    status: int
    headers: Message
    published_sha256: str = ""
    pieces: Iterator[bytes] = field(default_factory=lambda: iter(()))


@contextlib.contextmanager
def request(url: str, headers: dict[str, str], proxy: str, events: Events) -> Iterator[Answer]:
    """Ask for ``url``; its answer, with ``pieces`` of the body as they arrive.

    ``proxy``: as ``http://host:port`` (``user:password@`` may precede the host), ``direct`` for none, empty for that of
    the system and the environment (``HTTPS_PROXY``, ``NO_PROXY``). Raises Refused, Cancelled, InputError for a proxy
    that cannot be used.
    """
    redirects = _Redirects()
    opener = _opener(proxy, redirects)
    asked = urllib.request.Request(
        url, headers={"User-Agent": f"sentinel-match/{__version__}", "Accept-Encoding": "identity", **headers}
    )
    arrived: queue.Queue[Any] = queue.Queue(maxsize=8)
    left = threading.Event()
    # A thread of its own waits for the network, so that this one can look whether the job was cancelled.
    threading.Thread(target=_receive, args=(opener, asked, arrived, left), daemon=True).start()
    try:
        status, received = _next(arrived, events, url)
        yield Answer(status, received, redirects.published_sha256, _pieces(arrived, events, url))
    finally:
        left.set()


def _pieces(arrived: queue.Queue[Any], events: Events, url: str) -> Iterator[bytes]:
    while (piece := _next(arrived, events, url)) is not None:
        yield piece


def _next(arrived: queue.Queue[Any], events: Events, url: str) -> Any:
    while True:
        events.check_cancelled()
        with contextlib.suppress(queue.Empty):
            item = arrived.get(timeout=_POLL_S)
            if isinstance(item, Exception):
                raise _refused(item, url) from item
            return item


def _receive(
    opener: urllib.request.OpenerDirector,
    asked: urllib.request.Request,
    arrived: queue.Queue[Any],
    left: threading.Event,
) -> None:
    def put(item: Any) -> None:
        while not left.is_set():
            with contextlib.suppress(queue.Full):
                arrived.put(item, timeout=_POLL_S)
                return

    try:
        with opener.open(asked, timeout=WAIT_S) as response:
            put((response.status, response.headers))
            while not left.is_set() and (piece := response.read1(_PIECE)):
                put(piece)
        put(None)
    except Exception as error:  # told to the job's own thread, whatever it is
        put(error)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but never from https to http, and keeps the SHA-256 that the Hugging Face hub names there."""

    published_sha256 = ""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        named = (headers.get("X-Linked-ETag") or "").strip('"')
        if re.fullmatch("[0-9a-f]{64}", named):
            self.published_sha256 = named
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise Refused(f"it leads to {newurl[:100]}, which is not fetched")
        if urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https":
            raise Refused(f"it leads from a secure connection to {newurl[:100]}, which is not fetched")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(proxy: str, redirects: _Redirects) -> urllib.request.OpenerDirector:
    """Knows http and https only: an address can lead to no file of this computer."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(_proxies(proxy)),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=_certificates()),
        urllib.request.HTTPDefaultErrorHandler(),
        redirects,
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _proxies(proxy: str) -> dict[str, str] | None:
    """What urllib wants: None for those of the environment, {} for none."""
    text = proxy.strip()
    if not text:
        return None
    if text.lower() == "direct":
        return {}
    parts = urlsplit(text if "://" in text else f"http://{text}")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(
            "The proxy cannot be used: give it as http://host:port, with user:password@ before the host if it asks for "
            "them; direct for none, or nothing for the one of the system. SOCKS is not supported."
        )
    return dict.fromkeys(("http", "https"), parts.geturl())


def _certificates() -> ssl.SSLContext:
    """The system's certificates and, as some Pythons have none of their own (macOS), those that rasterio brings."""
    context = ssl.create_default_context()
    with contextlib.suppress(ImportError, OSError):
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _refused(error: Exception, url: str) -> Exception:
    """The error of the network in words; what is none of the network's comes back as it is."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, urllib.error.HTTPError):
        said = f"the server answers {error.code} ({error.reason})"
        if error.code == 407:
            said = "the proxy asks for a name and password"
        elif error.code in (401, 403):
            said += ": it does not give this file to everyone"
        return Refused(said, error.code in (408, 425, 429) or error.code >= 500, error.code, error.headers)
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    host = urlsplit(url).hostname
    if isinstance(reason, socket.gaierror):
        return Refused(f"the name {host} (or that of the proxy) is not known: there may be no connection")
    if isinstance(reason, ssl.SSLCertVerificationError):
        return Refused(f"the certificate of {host} is not trusted; SSL_CERT_FILE may name your organisation's")
    if isinstance(reason, TimeoutError):
        return Refused(f"there was no answer for {WAIT_S:.0f} s", again=True)
    if isinstance(reason, (OSError, http.client.HTTPException)):
        return Refused(f"the connection failed ({str(reason) or type(reason).__name__})", again=True)
    return error if not isinstance(error, urllib.error.URLError) else Refused(f"the connection failed ({reason})")
