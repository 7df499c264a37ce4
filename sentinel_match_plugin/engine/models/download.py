"""Fetches a published file into the store: mirrors in turn, resumed where it was cut, never half a file as a whole one.

While it arrives the file is called ``NAME.part``; ``NAME.part.json`` says where it comes from. Both stay after a cut or
a cancel, and the next download goes on from there. Only what is complete, has the published SHA-256 (where one is
known) and is accepted by the caller ever becomes a model.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import BinaryIO, TypeVar

from ...runtime.locking import try_lock
from ..errors import OutputError, WeightsError
from ..events import Events
from ..results.outputs import cannot_write
from .reading import sha256_of
from .transfer import Refused, request

ATTEMPTS = 3  # at each address, without headway
_SPARE_BYTES = 20_000_000  # to be left free on the disk

Result = TypeVar("Result")


class _TooLarge(Refused):
    """What comes cannot be the file."""


@dataclass(frozen=True)
class Wanted:
    """A file to fetch: ``part`` is what it is called meanwhile; ``sha256`` of the published file, None if not known.

    ``proxy`` as in transfer.py. ``pause_s``: before the second attempt at an address, then twice as long.
    """

    title: str
    part: Path
    largest_bytes: float
    sha256: str | None = None
    proxy: str = ""
    pause_s: float = 1.0


def fetch(wanted: Wanted, urls: tuple[str, ...], accept: Callable[[Path, str], Result], events: Events) -> Result:
    """Fetch the file from the first of ``urls`` that gives it, and return what ``accept(part, url)`` makes of it.

    A file with another SHA-256 than the published one, or refused by ``accept`` with a WeightsError, is deleted and the
    next address is tried. Raises WeightsError naming what each address said, OutputError (disk full), Cancelled.
    """
    reasons = []
    with _alone(wanted.part):
        for url in urls:
            try:
                _fetch_one(wanted, url, events)
                result = accept(wanted.part, url)
            except Refused as error:
                reasons.append(f"{url}: {error}")
            except WeightsError as error:
                discard(wanted.part)
                reasons.append(f"{url}: what came is not what was wanted ({error})")
            else:
                discard(wanted.part)
                return result
            events.info(f"{reasons[-1]}.")
    raise WeightsError(f"{wanted.title} could not be downloaded. {'; '.join(reasons)}.")


def discard(part: Path) -> None:
    """Remove a part and its note."""
    part.unlink(missing_ok=True)
    note_of(part).unlink(missing_ok=True)


def note_of(part: Path) -> Path:
    """The file beside ``part`` that says where it comes from."""
    return part.with_name(part.name + ".json")


@contextmanager
def _alone(part: Path) -> Iterator[None]:
    """Two downloads must not write one part: the second is refused."""
    path = part.with_name(part.name + ".lock")
    with _open(path, "ab") as file:
        if not try_lock(file.fileno()):
            raise OutputError(f"Another download of the same file is under way ({path}): wait for its end.")
        try:
            yield
        finally:
            with suppress(OSError):  # Windows does not remove an open file; an empty one hurts nobody
                path.unlink()


def _fetch_one(wanted: Wanted, url: str, events: Events) -> None:
    """The whole file from one address into the part. Raises Refused, OutputError, Cancelled."""
    part, tried = wanted.part, 0
    while True:
        before, resumed = _size(part), _may_resume(wanted, url)
        try:
            published = _request(wanted, url, events)
        except Refused as error:
            tried = 1 if _size(part) > before else tried + 1
            if not error.again or tried >= ATTEMPTS:
                raise
            events.info(f"{url}: {error}; trying again.")
            _pause(wanted.pause_s * 2 ** (tried - 1), events)
            continue
        sha256 = wanted.sha256 or published
        if not sha256 or sha256_of(part) == sha256:
            return
        discard(part)
        if not resumed:
            raise Refused(f"what came has another SHA-256 than the published file ({sha256[:12]}...), and was deleted")
        events.info(f"{url}: the file that was begun before does not go on like the published one; starting again.")


def _request(wanted: Wanted, url: str, events: Events) -> str:
    """One request, from where the part ends. Returns the SHA-256 that the server published, "" if none."""
    part, have = wanted.part, _size(wanted.part) if _may_resume(wanted, url) else 0
    validator = _note(part).get("validator", "") if have else ""
    headers = {"Range": f"bytes={have}-"} if have else {}
    if validator and _note(part).get("url") == url:
        headers["If-Range"] = validator
    try:
        with request(url, headers, wanted.proxy, events) as answer:
            total = _total(answer.headers, answer.status, have)
            if "If-Range" in headers and answer.status == 206 and _validator(answer.headers) not in ("", validator):
                discard(part)
                raise Refused("the file there is not the one that was begun", again=True)
            if answer.status != 206:
                have = 0  # the whole file comes, from its start
            _check_size(wanted, total or 0, have)
            with _open(part, "ab" if have else "wb") as file:
                _write_note(part, url, answer.headers)
                for piece in answer.pieces:
                    _write(file, piece, part)
                    have += len(piece)
                    _check_size(wanted, have, have)
                    events.progress(have / total if total else 0.0, _said(wanted.title, have, total))
            if total is not None and have < total:
                raise Refused(f"the connection was cut after {have / 1e6:.1f} of {total / 1e6:.1f} MB", again=True)
            return answer.published_sha256
    except _TooLarge:
        discard(part)  # closed by now, without which Windows would keep it
        raise
    except Refused as error:
        if error.status != 416:
            raise
        if _range(error.headers)[1] == have:  # nothing is left to come: the last download was stopped at its very end
            return ""
        discard(part)
        raise Refused("the file there is not the one that was begun", again=True) from error


def _total(headers: Message, status: int, have: int) -> int | None:
    """The size of the whole file, None where the server does not say. Raises Refused if it goes on elsewhere."""
    if status == 206:
        start, total = _range(headers)
        if start != have:
            raise Refused("the server does not go on where the file was cut")
        return total
    length = headers.get("Content-Length", "")
    return int(length) if length.isdigit() else None


def _range(headers: Message | None) -> tuple[int | None, int | None]:
    """First byte and size of the whole, of ``Content-Range: bytes 5-9/10`` or ``bytes */10``; None where not said."""
    said = headers.get("Content-Range", "") if headers is not None else ""
    found = re.fullmatch(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)", said.strip())
    if found is None:
        return None, None
    return (None if found[1] is None else int(found[1])), (None if found[2] == "*" else int(found[2]))


def _check_size(wanted: Wanted, size: int, have: int) -> None:
    """Refuse what is far too large; see that there is room for the rest and for the stored copy."""
    if size > wanted.largest_bytes:
        raise _TooLarge(f"the file there has {size / 1e6:.0f} MB or more, far more than these weights")
    needed = 2 * size - have + _SPARE_BYTES
    if size > have and needed > (free := shutil.disk_usage(wanted.part.parent).free):
        raise OutputError(
            f"The disk of {wanted.part.parent} is too full: {needed / 1e6:.0f} MB are needed, {free / 1e6:.0f} MB are "
            "free. Make room, or choose another MODEL_FOLDER."
        )


def _may_resume(wanted: Wanted, url: str) -> bool:
    """If the published SHA-256 is known, from any mirror, as a mixture would show; else from the same address only, and
    if the server can tell whether the file there is still the same.
    """
    if _size(wanted.part) == 0:
        return False
    note = _note(wanted.part)
    return wanted.sha256 is not None or (note.get("url") == url and bool(note.get("validator")))


def _note(part: Path) -> dict[str, str]:
    try:
        note = json.loads(note_of(part).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _write_note(part: Path, url: str, headers: Message) -> None:
    try:
        note_of(part).write_text(json.dumps({"url": url, "validator": _validator(headers)}), encoding="utf-8")
    except OSError as error:
        raise cannot_write(part, error) from error


def _validator(headers: Message) -> str:
    """What tells one version of a file from another: a strong ETag, else the date."""
    etag = headers.get("ETag", "")
    return etag if etag and not etag.startswith("W/") else headers.get("Last-Modified", "")


def _open(path: Path, mode: str) -> BinaryIO:
    try:
        return open(path, mode)  # type: ignore[return-value]
    except OSError as error:
        raise cannot_write(path, error) from error


def _write(file: BinaryIO, piece: bytes, part: Path) -> None:
    try:
        file.write(piece)
        file.flush()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise OutputError(
                f"The disk is full: {part} could not be written on. Make room and download again: it goes on where it "
                "stopped."
            ) from error
        raise cannot_write(part, error) from error


def _size(part: Path) -> int:
    try:
        return os.stat(part).st_size
    except OSError:
        return 0


def _said(title: str, have: int, total: int | None) -> str:
    of = f" of {total / 1e6:.1f}" if total else ""
    return f"Downloading {title}: {have / 1e6:.1f}{of} MB"


def _pause(seconds: float, events: Events) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        events.check_cancelled()
        time.sleep(min(0.1, seconds))
