"""The sensitivity curves: which share of the matches is right, by how strictly one asks."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator, PercentFormatter

from ..jobs import AssessOutcome
from ..results.drawing import new_figure

WIDTH_IN, HEIGHT_IN, FACET_TOP = 12.0, 5.4, 1.03
# Told apart by dash and marker as well as by colour, for twenty matchers and for the colour blind.
MARKERS, DASHES = "osD^vP*X", ("-", "--", ":")
TITLES = {"found": "Matches as found", "kept": "Tie points kept"}


def sensitivity_figure(outcome: AssessOutcome, thresholds_px: tuple[float, ...]) -> Figure:
    """A curve for each matcher, the mean over the pairs; left all matches, right the tie points kept.

    The legend gives the number of matches, because a high share of a few is another thing than one of many.
    """
    matchers = list(dict.fromkeys(run["matcher"] for run in outcome.runs if run["state"] == "ran"))
    figure = new_figure(WIDTH_IN, HEIGHT_IN + 0.24 * ((len(matchers) + 2) // 3))
    panels = figure.subplots(1, 2, sharey=True)
    handles: list[Any] = []
    for axes, points in zip(panels, TITLES, strict=True):
        lines = [_curve(axes, outcome, matcher, points, number) for number, matcher in enumerate(matchers)]
        handles = handles or lines
        _dress(axes, outcome.curve_px, thresholds_px)
        axes.set_title(TITLES[points], fontsize=11, loc="left")
    by_truth = not outcome.judged_by.startswith("consensus")
    panels[0].set_ylabel("share that is right (known warp)" if by_truth else "share that agrees with one homography")
    figure.legend(handles=handles, loc="outside lower center", ncols=3, frameon=False, fontsize=9)
    pairs = f"{outcome.pairs} pair{'s' * (outcome.pairs != 1)}"
    figure.suptitle(f"Sensitivity, {pairs}, judged by {'known warp' if by_truth else 'consensus'}", fontsize=12)
    return figure


def _curve(axes: Axes, outcome: AssessOutcome, matcher: str, points: str, number: int) -> Any:
    runs = [run for run in outcome.runs if run["matcher"] == matcher and run["state"] == "ran"]
    shares = [[share or 0.0 for share in run[f"curve_{points}"]] for run in runs]
    count = {which: f"{np.median([run[which] for run in runs]):,.0f}" for which in TITLES}
    (line,) = axes.plot(
        outcome.curve_px,
        np.mean(shares, 0),
        color=colormaps["tab10"](number % 10),
        linestyle=DASHES[number // 10 % len(DASHES)],
        marker=MARKERS[number % len(MARKERS)],
        markersize=4.5,
        linewidth=1.6,
        label=f"{matcher}: {count['found']} found, {count['kept']} kept",
    )
    return line


def _dress(axes: Axes, curve_px: list[float], thresholds_px: tuple[float, ...]) -> None:
    axes.set_xscale("log")
    axes.set_xlim(curve_px[0], curve_px[-1] * 1.05)
    axes.set_ylim(-0.02, FACET_TOP)
    ticks = sorted({*thresholds_px, curve_px[0]})
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([f"{tick:g}" for tick in ticks])
    for threshold in thresholds_px:
        axes.axvline(threshold, color="#c9d0d8", linewidth=0.8, zorder=0)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.grid(axis="y", color="#e4e8ed", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel("threshold (reference pixels)")
    axes.spines[["top", "right"]].set_visible(False)
