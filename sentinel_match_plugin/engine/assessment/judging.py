"""How many matches are right, by a known warp or by consensus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .consensus import agreeing
from .known_warp import KnownWarp

CONSENSUS = "consensus (share of the matches that agree with one RANSAC homography; no truth is known)"


@dataclass(frozen=True)
class Judged:
    """``count`` matches, of ``judged`` of which the truth is known; ``right`` of these within each threshold."""

    count: int
    judged: int
    right: tuple[int, ...]

    def shares(self) -> list[float | None]:
        """Share of the judged that is right at each threshold, None where there is nothing to judge."""
        return [right / self.judged if self.judged else None for right in self.right]


class Judge:
    """Says which matches of one pair are right. ``known`` None: by consensus."""

    def __init__(self, known: KnownWarp | None) -> None:
        self._known = known

    @property
    def sentence(self) -> str:
        """What is believed, for the user."""
        return f"known warp ({self._known.sentence})" if self._known else CONSENSUS

    @property
    def short(self) -> str:
        """The same in a word or two."""
        return "known warp" if self._known else "consensus"

    def judge(self, reference_px: np.ndarray, target_px: np.ndarray, thresholds_px: Sequence[float]) -> Judged:
        """Matches ``(N, 2)``, ``(N, 2)`` in own pixels of each raster, at thresholds in reference pixels."""
        if self._known is None:
            right = [int(agreeing(reference_px, target_px, threshold).sum()) for threshold in thresholds_px]
            return Judged(len(reference_px), len(reference_px), tuple(right))
        errors = self._known.errors(reference_px, target_px)
        errors = errors[np.isfinite(errors)]
        right = [int((errors <= threshold).sum()) for threshold in thresholds_px]
        return Judged(len(reference_px), len(errors), tuple(right))
