"""From runs to the table: a row for each matcher and for its matches as found and as kept, over all pairs."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Any

from ..jobs.assessment import FEWEST_AGREEING, label
from .bootstrap import mean_interval

# What the two kinds of points are, in words.
POINTS = {"found": "matches as the matcher finds them", "kept": "tie points kept after outliers are rejected"}


def table_rows(
    runs: Sequence[dict[str, Any]],
    matchers: Sequence[str],
    thresholds_px: Sequence[float],
    judged_by: str,
    seed: int = 0,
) -> list[dict[str, Any]]:
    """The rows of the table (``jobs.assessment.columns``), matchers in the order given.

    Shares are means over the pairs on which the matcher ran, with the interval of the bootstrap over pairs; a pair
    without any match counts as 0 of them right, or silence would pay. Counts and times are medians.
    """
    rows = []
    for matcher in matchers:
        of_matcher = [run for run in runs if run["matcher"] == matcher]
        ran = [run for run in of_matcher if run["state"] == "ran"]
        for points in POINTS:
            row = {
                "matcher": matcher,
                "points": points,
                "judged_by": judged_by,
                "pairs": len(ran),
                "not_run": len(of_matcher) - len(ran),
                "count": median([run[points] for run in ran]),
            }
            for number, threshold in enumerate(thresholds_px):
                shares = [precision(run, points, number) for run in ran]
                row.update(with_interval(f"p{label(threshold)}", shares, seed))
            for number, threshold in enumerate(thresholds_px):
                matched = [float(success(run, number, threshold, judged_by)) for run in ran]
                row.update(with_interval(f"success{label(threshold)}", matched, seed))
            known = [math.inf if run["warp_median"] is None else run["warp_median"] for run in ran]
            middle = median(known) if judged_by != "consensus" else None
            row["warp_median"] = None if middle is None or math.isinf(middle) else middle
            row["seconds"] = median([run["seconds"] for run in ran])
            row["weights"] = of_matcher[0]["weights"] if of_matcher else ""
            row["note"] = "; ".join(dict.fromkeys(run["note"] for run in of_matcher if run["state"] != "ran"))
            if len(ran) == len(of_matcher) == 1:
                row["note"] = ran[0]["note"]
            rows.append(row)
    return rows


def precision(run: dict[str, Any], points: str, threshold: int) -> float:
    """The share of the matches that is right at the threshold of that number; 0 where nothing could be judged."""
    judged = run[f"judged_{points}"]
    return run[f"right_{points}"][threshold] / judged if judged else 0.0


def success(run: dict[str, Any], number: int, threshold_px: float, judged_by: str) -> bool:
    """Whether the pair was matched to a threshold.

    By a known warp: the fitted transformation puts the median place of all that both show within it. By consensus: at
    least ``FEWEST_AGREEING`` matches, more than pass for agreeing by accident, lie within it of one homography.
    """
    if judged_by == "consensus":
        return bool(run["right_found"][number] >= FEWEST_AGREEING)
    return run["warp_median"] is not None and run["warp_median"] <= threshold_px


def with_interval(name: str, values: Sequence[float], seed: int) -> dict[str, float | None]:
    """The mean of values of pairs and its interval, as three columns."""
    low, high = mean_interval(values, seed) or (None, None)
    return {name: statistics.fmean(values) if values else None, f"{name}_low": low, f"{name}_high": high}


def median(values: Sequence[float]) -> float | None:
    """The median, None of nothing."""
    return float(statistics.median(values)) if values else None
