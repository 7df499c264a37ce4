"""The messages between QGIS and the engine: one JSON object a line, the same code on both sides.

QGIS says ``hello``, ``job``, ``cancel``, ``shutdown``; the engine says ``hello``, ``progress``, ``info``, ``warning``
and, once for each job, one of ``result``, ``error``, ``cancelled``. ``id`` is the job's. JSON knows no NaN and no
infinity: such numbers travel as ``null``, and ``Result.outcome`` has ``nan`` again where a ``null`` was (no field of
an outcome is ever null otherwise).
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields
from typing import Any, Union

# Raised whenever a message changes its meaning or loses a field; new optional fields do not need it.
PROTOCOL = 1


class ProtocolError(ValueError):
    """A line that is not one of the messages."""


@dataclass(frozen=True)
class Hello:
    """The first message each way. ``engine`` and ``python`` are versions, empty from the QGIS side."""

    protocol: int = PROTOCOL
    engine: str = ""
    python: str = ""


@dataclass(frozen=True)
class Job:
    """``job`` is the JSON form of the job called ``name`` (engine/jobs.py)."""

    id: int
    name: str
    job: dict[str, Any]


@dataclass(frozen=True)
class Cancel:
    """Stop the job, whether it runs or waits."""

    id: int


@dataclass(frozen=True)
class Shutdown:
    """End now, as when stdin closes."""


@dataclass(frozen=True)
class Progress:
    """``fraction`` 0..1 of the job is done; ``stage`` says in a few words what happens now."""

    id: int
    fraction: float
    stage: str = ""


@dataclass(frozen=True)
class Info:
    """A choice the engine made, or a fact worth knowing."""

    id: int
    text: str


@dataclass(frozen=True)
class Warn:
    """Something the user should look at (``warning`` on the wire)."""

    id: int
    text: str


@dataclass(frozen=True)
class Result:
    """The job is done."""

    id: int
    outcome: dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """The job failed (``error`` on the wire); ``kind`` as in EngineError, ``text`` a sentence, ``detail`` for logs."""

    id: int
    kind: str
    text: str
    detail: str = ""


@dataclass(frozen=True)
class Cancelled:
    """The job stopped because it was asked to."""

    id: int


Message = Union[Hello, Job, Cancel, Shutdown, Progress, Info, Warn, Result, Failure, Cancelled]
_TYPES: dict[str, type] = {
    "hello": Hello,
    "job": Job,
    "cancel": Cancel,
    "shutdown": Shutdown,
    "progress": Progress,
    "info": Info,
    "warning": Warn,
    "result": Result,
    "error": Failure,
    "cancelled": Cancelled,
}
_NAMES = {cls: name for name, cls in _TYPES.items()}


def encode(message: Message) -> bytes:
    """One line, ASCII only, so that no console encoding can spoil it. Raises TypeError for what JSON cannot hold."""
    data = {"type": _NAMES[type(message)], **asdict(message)}
    return json.dumps(_finite(data), allow_nan=False).encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """The message in a line. Fields that this side does not know are left out. Raises ProtocolError."""
    try:
        data = json.loads(line)
    except ValueError as error:
        raise ProtocolError(f"Not JSON: {line[:200]!r}") from error
    cls = _TYPES.get(data.get("type", "")) if isinstance(data, dict) else None
    if cls is None:
        raise ProtocolError(f"Not a message: {line[:200]!r}")
    known = {field.name for field in fields(cls)}
    try:
        message: Message = cls(**{name: value for name, value in data.items() if name in known})
    except TypeError as error:
        raise ProtocolError(f"An incomplete message ({error}): {line[:200]!r}") from error
    if isinstance(message, Result):
        outcome = {name: math.nan if value is None else value for name, value in message.outcome.items()}
        return Result(message.id, outcome)
    return message


def _finite(value: Any) -> Any:
    """``value`` with plain Python numbers, and None for those JSON does not have."""
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    if hasattr(value, "item") and not isinstance(value, (int, float, str)):
        value = value.item()  # numpy's int64 and bool_, which json refuses
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
