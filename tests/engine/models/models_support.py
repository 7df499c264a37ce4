"""What the tests of the model store share: events that remember, and a web server whose pages are functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from sentinel_match_plugin.engine.events import Events


class Said(Events):
    """Keeps what is said; ``cancel_at`` cancels at that progress (0..1)."""

    def __init__(self, cancel_at: float = 2.0) -> None:
        self.infos: list[str] = []
        self.warnings: list[str] = []
        self.stages: list[str] = []
        self.fractions: list[float] = []
        self._cancel_at, self._cancelled = cancel_at, False

    def progress(self, fraction: float, stage: str = "") -> None:
        self.fractions.append(fraction)
        self.stages.append(stage)
        self._cancelled = self._cancelled or fraction >= self._cancel_at

    def info(self, text: str) -> None:
        self.infos.append(text)

    def warning(self, text: str) -> None:
        self.warnings.append(text)

    @property
    def cancelled(self) -> bool:
        return self._cancelled


@dataclass
class Site:
    """``pages``: path -> function(handler) that answers. ``asked``: what was asked for: path, Range and If-Range."""

    url: str
    pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def publish(
        self,
        path: str,
        content: bytes,
        ranges: bool = True,
        etag: str = '"one"',
        most: int = 0,
        minds_the_condition: bool = True,
    ) -> str:
        """Serve ``content`` at ``path``; with ``most``, no more bytes an answer before the connection is cut."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            wanted, condition = handler.headers.get("Range", ""), handler.headers.get("If-Range", "")
            same = condition in ("", etag) or not minds_the_condition
            start = int(wanted[6:-1]) if ranges and wanted and same else 0
            if start and start >= len(content):
                handler.send_response(416)
                handler.send_header("Content-Range", f"bytes */{len(content)}")
                handler.end_headers()
                return
            handler.send_response(206 if start else 200)
            if start:
                handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
            handler.send_header("Content-Length", str(len(content) - start))
            if etag:
                handler.send_header("ETag", etag)
            handler.end_headers()
            handler.wfile.write(content[start : start + most] if most else content[start:])

        self.pages[path] = answer
        return self.url + path

    def refuse(self, path: str, *codes: int, then: bytes = b"") -> str:
        """Answer with each of ``codes`` in turn, the last one for ever, or with ``then`` after them."""
        left = list(codes)
        if then:
            self.publish(path, then)
        give = self.pages.get(path)

        def answer(handler: BaseHTTPRequestHandler) -> None:
            if not left and give is not None:
                give(handler)
                return
            handler.send_error(left.pop(0) if len(left) > 1 or then else left[0])

        self.pages[path] = answer
        return self.url + path

    def redirect(self, path: str, target: str, **headers: str) -> str:
        """Lead from ``path`` to ``target``."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(302)
            for name, value in {"Location": target, "Content-Length": "0", **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()

        self.pages[path] = answer
        return self.url + path
