"""How much work a run has done, in seconds, which pauses and stops do not change."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict, deque

PAUSE_S = 60.0  # what takes longer than this, and three times as long as is usual for it, was a pause
_REMEMBERED = 25


class ActiveClock:
    """Adds up laps. A lap during which the process was stopped (SIGSTOP, a closed lid) counts as a usual one.

    ``used_s``: the seconds of an earlier run that this one goes on from.
    """

    def __init__(self, used_s: float = 0.0) -> None:
        self.used_s = used_s
        self._usual: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))
        self._last = time.monotonic()

    def lap(self, kind: str) -> float:
        """End a lap, of a ``kind`` whose laps take about as long each; the seconds that it counts."""
        now = time.monotonic()
        seconds, self._last = now - self._last, now
        counted = self._counted(seconds, self._usual[kind])
        self._usual[kind].append(counted)
        self.used_s += counted
        return counted

    @staticmethod
    def _counted(seconds: float, before: deque[float]) -> float:
        if seconds <= PAUSE_S:
            return seconds
        if not before:
            return PAUSE_S
        usual = statistics.median(before)
        return seconds if seconds <= 3 * max(usual, PAUSE_S) else max(usual, 0.0)
