"""What the engine says while it works. Nothing in the engine knows who listens."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .errors import Cancelled


class Events:
    """Receives progress and messages; this base class logs them. Front doors (worker, command line) override it."""

    def progress(self, fraction: float, stage: str = "") -> None:
        """``fraction`` 0..1 of the whole job is done; ``stage`` is a few words on what happens now."""

    def info(self, text: str) -> None:
        """A choice that the program made or a fact worth knowing."""
        logging.getLogger(__name__).info(text)

    def warning(self, text: str) -> None:
        """Something the user should look at; also ends up in the job's MESSAGES."""
        logging.getLogger(__name__).warning(text)

    @property
    def cancelled(self) -> bool:
        """True once the caller asked to stop."""
        return False

    def check_cancelled(self) -> None:
        """Raise ``Cancelled`` if the caller asked to stop. Call it at least every half second of work."""
        if self.cancelled:
            raise Cancelled("The job was cancelled.")

    @contextmanager
    def part(self, start: float, end: float) -> Iterator[Events]:
        """Events whose progress 0..1 is mapped to ``start..end`` of these."""
        yield _Part(self, start, end)

    def together(self, count: int) -> list[Events]:
        """Events for ``count`` pieces of work that are done at the same time, each of which counts alike."""
        done: dict[int, float] = dict.fromkeys(range(count), 0.0)
        turn = threading.Lock()
        return [_Together(self, done, number, turn) for number in done]


class _Part(Events):
    def __init__(self, whole: Events, start: float, end: float) -> None:
        self._whole, self._start, self._end = whole, start, end

    def progress(self, fraction: float, stage: str = "") -> None:
        self._whole.progress(self._start + (self._end - self._start) * fraction, stage)

    def info(self, text: str) -> None:
        self._whole.info(text)

    def warning(self, text: str) -> None:
        self._whole.warning(text)

    @property
    def cancelled(self) -> bool:
        return self._whole.cancelled


class _Together(_Part):
    def __init__(self, whole: Events, done: dict[int, float], number: int, turn: threading.Lock) -> None:
        super().__init__(whole, 0.0, 1.0)
        self._done, self._number, self._one_at_a_time = done, number, turn

    def progress(self, fraction: float, stage: str = "") -> None:
        with self._one_at_a_time:
            self._done[self._number] = fraction
            super().progress(sum(self._done.values()) / len(self._done), stage)


class Transcript(Events):
    """Passes events on and keeps the sentences: they become the job's MESSAGES."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self.said: list[str] = []

    def progress(self, fraction: float, stage: str = "") -> None:
        self._events.progress(fraction, stage)

    def info(self, text: str) -> None:
        self.said.append(text)
        self._events.info(text)

    def warning(self, text: str) -> None:
        self.said.append(text)
        self._events.warning(text)

    @property
    def cancelled(self) -> bool:
        return self._events.cancelled
