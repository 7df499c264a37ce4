"""Which road leads to the tie points: by the georeferencing, by a free matcher, or by looking everywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from .events import Events
from .frames.grid import View, WorkingGrid, pixel_mapping
from .imagery.raster_info import RasterInfo
from .jobs import MatchJob
from .matchers import MATCHERS, is_refined, make_matcher
from .matchers.base import FreeMatcher, GuidedMatcher, Matches
from .points.status import FEWEST_POINTS
from .preparation import ANYWHERE, georeferenced
from .search.anywhere import AGREE_PX, match_anywhere
from .search.free import match_free
from .search.free_search import agreed
from .search.guided import match_guided
from .search.support import LIKELY_CHANCE, Support

if TYPE_CHECKING:
    import torch

    from .matchers.structure import StructureMatcher

# Describes images for the look at all angles, and refines what auto and free matchers find: it needs no weights, and
# its scores and errors are calibrated.
DENSE = "structure"
GUIDED_DONE = 0.3  # of the time, where the guided search is only the first of two


@dataclass(frozen=True)
class Located:
    """Where pieces of the reference were found.

    ``reference_px``, ``aligned_px`` ``(N, 2)`` as in TiePoints; ``score`` ``(N,)`` 0..1; ``support`` of it, None where
    none was looked for (free matchers); ``pixel_px`` reference pixels in one pixel that was matched; ``matcher`` whose
    points they are, which is not the one asked for where that was refined; ``unit_px`` about how many pixels of
    ``aligned_px`` a reference pixel is wide, to two figures: it must not fit the points.
    """

    reference_px: np.ndarray
    aligned_px: np.ndarray
    score: np.ndarray
    support: Support | None
    pixel_px: float
    matcher: str
    unit_px: float = 1.0


@dataclass(frozen=True)
class Place:
    """What is looked at: both rasters, and how they are seen on the working grid (preparation.look_at)."""

    grid: WorkingGrid
    views: tuple[View, View]
    reference: RasterInfo
    target: RasterInfo

    @property
    def near(self) -> bool:
        """Whether georeferencing says where the target lies."""
        return georeferenced(self.reference, self.target)

    def located(self, matches: Matches, support: Support | None, matcher: str, pixels: float = 1.0) -> Located:
        """``matches`` between the views."""
        aligned = self.grid.to_reference(matches.target) if self.near else matches.target
        reference_px = self.grid.to_reference(matches.reference)
        unit_px = 1.0
        if not self.near and (together := agreed(matches, AGREE_PX, 0)) is not None:
            unit_px = float(f"{together[0].scale:.2g}")
        return Located(reference_px, aligned, matches.score, support, self.grid.scale * pixels, matcher, unit_px)


def locate(
    job: MatchJob,
    name: str,
    matcher: FreeMatcher | GuidedMatcher,
    device: torch.device,
    place: Place,
    spacing_px: float,
    events: Events,
) -> Located:
    """Tie points of ``place`` by ``matcher``, which is ``name``; ``spacing_px`` pixels of the working grid."""
    kind, max_shift_px = MATCHERS[name].kind, job.max_shift_m / place.grid.gsd_m
    if kind == "free":
        known = (_as_it_is, max_shift_px) if place.near else None
        if not is_refined(name, job.matcher_options):
            found = match_free(*place.views, _free(matcher), events, job.seed, *(known or ()))
            return place.located(found, None, name)
        guided = _guided(make_matcher(DENSE, device, seed=job.seed, events=events))
        anywhere = match_anywhere(
            *place.views, guided, spacing_px, events, free=_free(matcher), seed=job.seed, known=known
        )
        return place.located(anywhere.matches, anywhere.support, DENSE, anywhere.pixel_px)
    if not place.near:
        return _anywhere(job, name, matcher, device, place, spacing_px, events)
    alone = job.matcher != "auto"
    with events.part(0.0, 1.0 if alone else GUIDED_DONE) as stage:
        found, support = match_guided(*place.views, _guided(matcher), max_shift_px, spacing_px, stage)
    by_georeferencing = place.located(found, support, name)
    answered = len(found) >= FEWEST_POINTS and support.chance <= LIKELY_CHANCE
    if alone or answered:
        return by_georeferencing
    events.info(
        f"Within {job.max_shift_m:g} m of where the georeferencing says nothing matches. The whole target is looked "
        f"for, at any rotation, scale and shift ({ANYWHERE}, refined by {DENSE})."
    )
    with events.part(GUIDED_DONE, 1.0) as stage:
        other = matcher if name == ANYWHERE else make_matcher(ANYWHERE, device, job.model_folder, job.seed, events)
        at_all = _anywhere(job, ANYWHERE, other, device, place, spacing_px, stage)
    if not len(at_all.score):
        return by_georeferencing
    events.warning(
        "The target was found, but not where the georeferencing says: that of one of the rasters is wrong by more than "
        f"{job.max_shift_m:g} m, 10 degrees or a tenth in scale. Look at the result before you rely on it."
    )
    return at_all


def _anywhere(
    job: MatchJob,
    name: str,
    matcher: FreeMatcher | GuidedMatcher,
    device: torch.device,
    place: Place,
    spacing_px: float,
    events: Events,
) -> Located:
    """Tie points at any rotation, scale and shift, by ``matcher``, which is ``name`` and both free and guided; in
    place of auto refined by ``DENSE``.
    """
    views, ratio = place.views, 1.0
    if place.near:  # nothing is believed but how wide the pixels are
        views, ratio = (views[0], views[1].on_own_pixels()), place.grid.gsd_m / place.target.gsd_m
    dense = cast("StructureMatcher", make_matcher(DENSE, device, seed=job.seed))
    guided, whose = (dense, DENSE) if job.matcher == "auto" else (_guided(matcher), name)
    # What has georeferencing and does not match mostly shows nothing that could: minutes would be spent on every cloud
    thorough = not place.near
    found = match_anywhere(
        *views, guided, spacing_px, events, dense, _free(matcher), ratio, job.seed, thorough=thorough
    )
    located = place.located(found.matches, found.support, whose, found.pixel_px)
    if not place.near:
        return located
    aligned = pixel_mapping(place.target.georeference, place.reference.georeference)(found.matches.target)
    return replace(located, aligned_px=aligned)


def _as_it_is(xy: np.ndarray) -> np.ndarray:
    return xy


def _free(matcher: FreeMatcher | GuidedMatcher) -> FreeMatcher:
    """The same: the catalogue says that it is one."""
    return cast("FreeMatcher", matcher)


def _guided(matcher: FreeMatcher | GuidedMatcher) -> GuidedMatcher:
    """The same."""
    return cast("GuidedMatcher", matcher)
