"""Matching where no georeferencing helps: guesses at how the target lies, the one that separate windows confirm, and
then the guided search around it.

1. *Guesses*: the sharpest similarities of a dense look at every angle and scale (orientation.py), and the affine that
   a free matcher's matches agree on. Neither is believed.
2. *Support*: the target is read through each guess, and windows that share no pixel are looked for around where it says
   they are, each on its own (support.py). The guess that most of them agree with is taken. Where none is confirmed, a
   coarse look (coarse.py) around each tries to put it right first.
3. *Refinement*: the guided search goes on from there, as it does from georeferencing (guided.py).

Where target pixels are wider on the ground than the reference's, all is done at the wider ones (grid.py says why).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ..events import Events
from ..frames.grid import View
from ..frames.lattice import Mapping
from ..matchers.base import FreeMatcher, GuidedMatcher, Matches
from .coarse import look_coarsely
from .free import match_free
from .free_search import Motion, agreed
from .guided import refined_from
from .orientation import LEVELS_PX, Guess, look_around
from .support import LIKELY_CHANCE, Support, support_decimation, supported

if TYPE_CHECKING:
    from ..matchers.structure import StructureMatcher

AGREE_PX = 4.0  # matches of a free matcher this near to one affine agree with it
COARSER = 1.02  # target pixels are wider than the reference's beyond this
RADIUS_PX = 8.0  # of the level at which support is looked for: how far off a guess may be there
AS_GOOD = 0.8  # guesses that lead to the same place are as good as one another with so many windows of the best one's
NEAR = 0.1  # of the image: how far a coarse look around a guess goes
TRIED_AGAIN = 2  # guesses around which a coarse look is worth its time when none is confirmed
BEYOND_DOUBT = 1e-9  # a guess that windows agree with by chance more rarely than this needs no second opinion
SAME_PX = 12.0  # of that level: motions that differ by less, on average, are the same


@dataclass(frozen=True)
class Anywhere:
    """What was found, pixels of both views; ``support`` of it; ``pixel_px``: how many reference pixels wide the pixels
    were in which it was looked for; ``confirmed``: whether the windows agree with a guess.
    """

    matches: Matches
    support: Support
    pixel_px: float
    confirmed: bool


@dataclass(frozen=True)
class _Seen:
    """A guess with both images seen on one grid by it, ``factor`` reference pixels being one of the grid's, and what
    the separate windows say at ``decimation``: ``motion`` on that grid, and how many of them.
    """

    guess: Motion
    views: tuple[View, View]
    factor: float
    decimation: int
    motion: Mapping | None
    support: Support
    rival: float | None = None  # of the guess, where that is known


def match_anywhere(
    reference: View,
    target: View,
    guided: GuidedMatcher,
    spacing_px: float,
    events: Events,
    dense: StructureMatcher | None = None,
    free: FreeMatcher | None = None,
    ratio: float = 1.0,
    seed: int = 0,
    known: tuple[Mapping, float] | None = None,
    thorough: bool = True,
) -> Anywhere:
    """Tie points of two views whose pixels have nothing known to do with each other, about ``spacing_px`` reference
    pixels apart, confirmed and refined by ``guided``.

    ``dense`` describes the images for the look at all angles (None: no such look), ``free`` matches them (None: it does
    not). ``ratio``: target pixels in a reference pixel, as far as one can tell. ``known``: a mapping of reference
    pixels to the target's, and how far off it may be, for ``free`` alone. Not ``thorough``: ``free`` sees the reduced
    images only. Raises Cancelled.
    """
    seen: list[_Seen] = []
    if dense is not None:
        with events.part(0.0, 0.3) as stage:
            found = look_around(reference, target, dense, stage, ratio)
        for guess in found:
            events.info(_said(guess))
        seen = [_see(guess.motion, reference, target, guided, events, guess.rival) for guess in found]
    if free is not None and not any(one.support.chance <= BEYOND_DOUBT for one in seen):
        with events.part(0.3 if dense else 0.0, 0.5) as stage:
            voted = _voted(reference, target, free, stage, seed, known, thorough)
        seen += [_see(motion, reference, target, guided, events) for motion in voted]
    if not seen:
        events.info("Nothing says how the target lies on the reference.")
        return Anywhere(Matches.none(), Support(0, 0), 1.0, False)
    with events.part(0.5, 0.6) as stage:
        best, second = _best(seen, reference, target, guided, stage)
        rival = _rival(best, guided, stage) if best.support.chance <= LIKELY_CHANCE else 0.0
    if second is not None:
        rival = max(rival, second.agreeing / max(best.support.agreeing, 1))
    support = replace(best.support, rival=rival)
    events.info(
        f"Support: {support.agreeing} of {support.windows} separate windows agree on a rotation of "
        f"{best.guess.rotation_deg:.1f} degrees and {best.guess.scale:.3f} target pixels in a reference pixel."
    )
    if best.motion is None or support.chance > LIKELY_CHANCE:
        return Anywhere(Matches.none(), support, best.factor, False)
    with events.part(0.6, 1.0) as stage:
        matches = refined_from(*best.views, guided, best.motion, best.decimation, spacing_px / best.factor, stage)
    placed = Matches(matches.reference * best.factor, best.guess(matches.target * best.factor), matches.score)
    return Anywhere(placed, support, best.factor, True)


def _voted(
    reference: View,
    target: View,
    free: FreeMatcher,
    events: Events,
    seed: int,
    known: tuple[Mapping, float] | None,
    thorough: bool,
) -> list[Motion]:
    """What the matches of a free matcher agree on, if they do."""
    mapping, margin_px = known or (None, 0.0)
    matches = match_free(reference, target, free, events, seed, mapping, margin_px, thorough)
    found = agreed(matches, AGREE_PX, seed)
    if found is None:
        events.info(f"The {len(matches)} matches of {free.name} agree on no rotation, scale and shift.")
        return []
    motion, count = found
    events.info(
        f"{count} of {len(matches)} matches of {free.name} agree on a rotation of {motion.rotation_deg:.1f} degrees "
        f"and {motion.scale:.3f} target pixels in a reference pixel."
    )
    return [motion]


def _best(
    seen: list[_Seen], reference: View, target: View, guided: GuidedMatcher, events: Events
) -> tuple[_Seen, Support | None]:
    """The guess that most windows agree with; and the next that says something else, if windows agree with it too.

    ``seen`` the sharpest first: of guesses that come to the same, the sharpest lies nearest to it.
    """
    if min(one.support.chance for one in seen) > LIKELY_CHANCE:
        likeliest = sorted(seen, key=lambda one: one.support.chance)[:TRIED_AGAIN]
        again = [_put_right(one, reference, target, guided, events) for one in likeliest]
        seen = [*seen, *(one for one in again if one is not None)]
    best = max(seen, key=lambda one: (-one.support.chance, one.support.agreeing))
    likely = [one for one in seen if one.support.chance <= LIKELY_CHANCE]
    others = [one.support for one in likely if _differ(one, best)]
    enough = AS_GOOD * best.support.agreeing
    alike = [one for one in likely if one.support.agreeing >= enough and not _differ(one, best)]
    return (alike or [best])[0], max(others, key=lambda support: support.agreeing, default=None)


def _rival(seen: _Seen, guided: GuidedMatcher, events: Events) -> float:
    """How well another shift fits, as a share of this one: what the look at all angles saw, else a coarse look."""
    if seen.rival is not None:
        return seen.rival
    coarse = look_coarsely(*seen.views, guided, NEAR * max(seen.views[0].shape), events)
    return coarse.rival if coarse is not None else 0.0


def _see(
    guess: Motion, reference: View, target: View, guided: GuidedMatcher, events: Events, rival: float | None = None
) -> _Seen:
    """Both images through ``guess``, and the windows that agree with it."""
    factor = 1 / guess.scale if guess.scale * COARSER < 1 else 1.0
    first = reference.coarser(factor)
    second = target.through(first.shape, lambda xy: guess(np.asarray(xy) * factor), first.gsd_m)
    decimation = _decimation(first.shape)
    motion, support = supported(first, second, guided, lambda xy: np.asarray(xy, float), decimation, events)
    return _Seen(guess, (first, second), factor, decimation, motion, support, rival)


def _put_right(seen: _Seen, reference: View, target: View, guided: GuidedMatcher, events: Events) -> _Seen | None:
    """The same after a coarse look around the guess: some degrees, a tenth in scale, a tenth of the image."""
    height, width = seen.views[0].shape
    coarse = look_coarsely(*seen.views, guided, NEAR * max(height, width), events)
    if coarse is None:
        return None
    corners = np.array([[x, y] for x in (0.0, width) for y in (0.0, height)])
    source = np.column_stack([corners * seen.factor, np.ones(4)])
    there = seen.guess(coarse.motion(corners) * seen.factor)
    return _see(Motion(np.linalg.lstsq(source, there, rcond=None)[0].T), reference, target, guided, events)


def _differ(one: _Seen, other: _Seen) -> bool:
    """Whether two guesses lead to different places, by what the windows made of them."""
    height, width = (length * other.factor for length in other.views[0].shape)
    places = np.array([[x, y] for x in (0.25, 0.75) for y in (0.25, 0.75)]) * [width, height]
    there = []
    for seen in (one, other):
        motion = seen.motion or (lambda xy: xy)
        there.append(seen.guess(motion(places / seen.factor) * seen.factor))
    apart = np.hypot(*(there[0] - there[1]).T).mean() / other.guess.scale
    return bool(apart > SAME_PX * max(one.decimation * one.factor, other.decimation * other.factor))


def _decimation(shape: tuple[int, int]) -> int:
    """The level at which a guess (orientation.py) is off by less than the windows look."""
    cell = max(shape) / LEVELS_PX[-1]
    wanted = 1
    while wanted * RADIUS_PX < 3 * cell:
        wanted *= 2
    return support_decimation(shape, 2 * wanted)


def _said(guess: Guess) -> str:
    motion = guess.motion
    return (
        f"A look at all angles and scales: rotation {motion.rotation_deg:.1f} degrees, {motion.scale:.3f} target "
        f"pixels in a reference pixel (the peak stands {guess.sharpness:.1f} robust deviations above the others)."
    )
