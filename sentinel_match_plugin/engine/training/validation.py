"""How well a matcher does on held-out pairs whose truth is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..assessment.bootstrap import mean_interval
from ..events import Events
from ..matchers.base import FreeMatcher, Patch
from .pairs import truth_of_matches

if TYPE_CHECKING:
    from .pairs import TrainingPair

# Few matches, all right by luck, must not be best: the score of a pair counts so many wrong ones besides those found.
_WRONG_BESIDES = 20.0


@dataclass(frozen=True)
class PairFigures:
    """Of one pair: how many matches were found, and how many of them are within 1 and 3 px of the truth."""

    name: str
    found: int
    within_1: int
    within_3: int

    @property
    def p1(self) -> float:
        """Share of the matches within 1 px; 0 where none was found."""
        return self.within_1 / self.found if self.found else 0.0

    @property
    def p3(self) -> float:
        """Share of the matches within 3 px; 0 where none was found."""
        return self.within_3 / self.found if self.found else 0.0

    @property
    def score(self) -> float:
        """0..1, by which the best weights are chosen: the mean of p1 and p3, lower where there are few matches."""
        return 0.5 * (self.within_1 + self.within_3) / (self.found + _WRONG_BESIDES)


@dataclass(frozen=True)
class Figures:
    """Of a list of pairs: means over the pairs."""

    pairs: tuple[PairFigures, ...]

    def mean(self, name: str) -> float:
        """The mean over the pairs of an attribute of PairFigures; nan without pairs."""
        return float(np.mean([getattr(pair, name) for pair in self.pairs])) if self.pairs else float("nan")

    def interval(self, name: str) -> tuple[float, float] | None:
        """95 % of what that mean may be, by bootstrap over the pairs; None for fewer than two."""
        return mean_interval([float(getattr(pair, name)) for pair in self.pairs])

    def first(self, count: int) -> Figures:
        """Those of the first ``count`` pairs."""
        return Figures(self.pairs[:count])

    def as_rows(self) -> list[list[Any]]:
        """Plain lists, as ``of_rows`` takes them."""
        return [[pair.name, pair.found, pair.within_1, pair.within_3] for pair in self.pairs]

    @staticmethod
    def of_rows(rows: Sequence[Sequence[Any]]) -> Figures:
        """The inverse of ``as_rows``."""
        return Figures(tuple(PairFigures(str(r[0]), int(r[1]), int(r[2]), int(r[3])) for r in rows))


def gain(trained: Figures, before: Figures, name: str) -> tuple[float, tuple[float, float] | None]:
    """How much the mean of ``name`` over the same pairs has grown, and the 95 % bootstrap interval of that, over the
    differences pair by pair.
    """
    pairs = zip(trained.pairs, before.pairs, strict=True)
    differences = [float(getattr(after, name)) - float(getattr(first, name)) for after, first in pairs]
    return float(np.mean(differences)) if differences else float("nan"), mean_interval(differences)


def validate(matcher: FreeMatcher, pairs: Sequence[TrainingPair], events: Events) -> Figures:
    """The figures of ``matcher`` on ``pairs``. A match where the two images have no ground in common is wrong.

    Raises Cancelled between pairs.
    """
    found = []
    for pair in pairs:
        events.check_cancelled()
        found.append(figures_of(matcher, pair))
    return Figures(tuple(found))


def figures_of(matcher: FreeMatcher, pair: TrainingPair) -> PairFigures:
    """The figures of ``matcher`` on one pair."""
    reference = Patch(np.where(pair.reference_valid, pair.reference, np.float32(0)), pair.reference_valid)
    target = Patch(np.where(pair.target_valid, pair.target, np.float32(0)), pair.target_valid)
    matches = matcher.match(reference, target)
    error = np.linalg.norm(matches.reference - truth_of_matches(pair, matches.target), axis=-1)
    right = [int(np.count_nonzero(error <= limit)) for limit in (1.0, 3.0)]  # a NaN is never within
    return PairFigures(pair.name, len(matches), *right)
