"""How sure a mean over pairs is: the percentile bootstrap. Standard library only, so that scripts can use it too."""

from __future__ import annotations

import random
from collections.abc import Sequence

RESAMPLES = 2000
SHARE = 0.95


def mean_interval(
    values: Sequence[float], seed: int = 0, resamples: int = RESAMPLES, share: float = SHARE
) -> tuple[float, float] | None:
    """The interval that holds ``share`` of the means of samples drawn from ``values`` with replacement.

    Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 1979. ``values``: one a pair. None
    for fewer than two, which tell nothing of how much pairs differ. With few pairs it is somewhat too narrow.
    """
    count = len(values)
    if count < 2:
        return None
    draw = random.Random(seed).choices  # nosec B311  # statistics, not a secret
    means = sorted(sum(draw(values, k=count)) / count for _ in range(resamples))
    tail = (1 - share) / 2
    return means[int(tail * resamples)], means[min(int((1 - tail) * resamples), resamples - 1)]
