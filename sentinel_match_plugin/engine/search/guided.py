"""Guided matching: from a coarse look at everything to sub-pixel tie points, each level starting where the last ended.

1. *Coarse look* (coarse.py): roughly how the whole target lies on the whole reference.
2. *Support* (support.py): windows that share no pixel are looked for around that answer, each on its own; how many
   agree says whether there is a match at all. Nothing later could say it, because from here on each step looks only
   where the last one pointed.
3. *Levels*: at each finer level the target is read through the motion known so far, windows around a lattice of
   points are compared within a few pixels, and the motion is fitted anew (steering.py).
4. *Tie points*: at full resolution, looked for twice: first as many as steer, then all, at the spacing asked for,
   around the motion that the first found, which leaves almost nothing to be displaced inside a window. The second time
   each is looked for backwards too (sighting.py).

All coordinates are pixels of the working grid (grid.py). A *motion* maps grid pixels to the grid pixels where the
target shows them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..events import Events
from ..frames.grid import View
from ..frames.lattice import Mapping
from ..matchers.base import GuidedMatcher, Matches
from .coarse import look_coarsely
from .sighting import lattice, look_for
from .steering import steered
from .support import LIKELY_CHANCE, Support, support_decimation, supported

LEVEL_RADIUS_PX = 5
FINAL_RADIUS_PX = 3
# At most so many, and at least so far apart (pixels of the level, a quarter of a window), are the points that steer.
POINTS_PER_LEVEL, FINEST_STEERING_PX = 1500, 16.0
POINTS_AT_LAST = 4000  # the same before the last look, which sees what bends within half of their spacing
# Of the time, 10980 x 10980 px: after the coarse look and the support; of what is left, after the levels and the first
# look at tie points.
DONE, LEVELS_DONE = (0.07, 0.1), (0.13, 0.39)
SURE_ENOUGH = 0.7  # a match that is less likely to be right than this is none: water, bare snow, cloud


def match_guided(
    reference: View, target: View, matcher: GuidedMatcher, max_shift_px: float, spacing_px: float, events: Events
) -> tuple[Matches, Support]:
    """Tie points between two views of one working grid, about ``spacing_px`` apart, and what supports them.

    ``max_shift_px`` how far the target may be displaced. Result in grid pixels; ``score`` is a calibrated probability
    (score.py). Points that could not be found are left out; nothing at all is an answer too.
    """
    with events.part(0.0, DONE[0]) as stage:
        coarse = look_coarsely(reference, target, matcher, max_shift_px, stage)
    if coarse is None:
        events.info("The reference has too few valid pixels to look for.")
        return Matches.none(), Support(0, 0)
    events.info(coarse.sentence)
    decimation = support_decimation(reference.shape, coarse.decimation)
    with events.part(DONE[0], DONE[1]) as stage:
        motion, support = supported(reference, target, matcher, coarse.motion, decimation, stage)
    support = replace(support, rival=coarse.rival)
    events.info(f"Support: {support.agreeing} of {support.windows} separate windows agree on one motion.")
    if motion is None or support.chance > LIKELY_CHANCE:
        return Matches.none(), support
    with events.part(DONE[1], 1.0) as stage:
        return refined_from(reference, target, matcher, motion, decimation, spacing_px, stage), support


def refined_from(
    reference: View,
    target: View,
    matcher: GuidedMatcher,
    motion: Mapping,
    decimation: int,
    spacing_px: float,
    events: Events,
) -> Matches:
    """Steps 3 and 4: tie points by way of the levels from ``decimation`` on, ``motion`` being the similarity that is
    supported there.
    """
    levels = [2**k for k in range(decimation.bit_length() - 1, -1, -1)]
    # The support is a similarity: what bends is first seen at the coarsest level, from too far away to be seen well at
    # once.
    levels = [levels[0], *levels]
    steering, radius = _level_points(reference.shape, 1, POINTS_AT_LAST, spacing_px), FINAL_RADIUS_PX + 1
    if len(levels) > 2 and len(steering) > 2 * POINTS_PER_LEVEL:
        # The first look at tie points sees more than the level at full resolution would.
        levels, radius = levels[:-1], LEVEL_RADIUS_PX
    for number, decimation in enumerate(levels):
        each = LEVELS_DONE[0] / len(levels)
        with events.part(each * number, each * (number + 1)) as stage:
            found = _refined(reference, target, matcher, motion, decimation, stage)
        if found is None:
            events.info(f"No agreement between neighbouring points at 1/{decimation} of the resolution.")
            return Matches.none()
        motion = found
    with events.part(*LEVELS_DONE) as stage:
        first = look_for(reference, target, matcher, motion, steering, 1, radius, stage, "tie points")
    better = steered(first.matches, motion, first.window_px, 1) or motion
    points = lattice(reference.shape, spacing_px)
    with events.part(LEVELS_DONE[1], 1.0) as stage:
        radius = FINAL_RADIUS_PX
        last = look_for(reference, target, matcher, better, points, 1, radius, stage, "tie points", both_ways=True)
    return last.matches[last.matches.score >= SURE_ENOUGH]


def _refined(
    reference: View,
    target: View,
    matcher: GuidedMatcher,
    motion: Mapping,
    decimation: int,
    events: Events,
) -> Mapping | None:
    """The motion after one level; None where the neighbours do not agree."""
    points = _level_points(reference.shape, decimation, POINTS_PER_LEVEL)
    stage = f"level 1/{decimation}"
    seen = look_for(reference, target, matcher, motion, points, decimation, LEVEL_RADIUS_PX, events, stage)
    return steered(seen.matches, motion, seen.window_px, decimation)


def _level_points(shape: tuple[int, int], decimation: int, most: int, least_px: float = 0.0) -> np.ndarray:
    """Points to steer by at a level: as dense as its windows tell apart, not closer than ``least_px`` of its pixels,
    and no more than about ``most``.
    """
    height, width = shape
    apart = np.sqrt(height * width / decimation**2 / most)
    return lattice(shape, float(max(apart, least_px, FINEST_STEERING_PX)) * decimation)
