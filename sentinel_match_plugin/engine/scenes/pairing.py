"""All pairs of gathered scenes, block by block so that memory stays bounded, each kept as soon as it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np

from ..events import Events
from ..frames.georeference import METRES_PER_DEGREE
from ..jobs import CompareScenesJob
from ..parallel import in_parallel
from .comparers import Comparer
from .gathering import Scene
from .likeness import Likeness, Question
from .placing import Placement
from .store import Store, key_of

FINEST_REACH_PX = 4.0  # pixels of a picture that georeferenced scenes may always be displaced


@dataclass(frozen=True)
class Compared:
    """A pair of scenes, by number. ``likeness`` with ``shift`` in pixels of the pictures, of the view in which the pair
    is most alike; ``apart``: not compared, since their georeferencing shows too little or nothing in common.
    """

    first: int
    second: int
    view: str = ""
    likeness: Likeness = field(default_factory=Likeness)
    apart: bool = False


class Pairing:
    """Compares pairs of ``scenes``."""

    def __init__(self, job: CompareScenesJob, scenes: list[Scene], comparer: Comparer, store: Store) -> None:
        self._job, self._scenes, self._comparer, self._store = job, scenes, comparer, store
        self._sizes: dict[str, Any] = {}
        self.reused = 0

    def all(self, events: Events) -> list[Compared]:
        """Every pair of scenes that can be compared, in order. Raises Cancelled; what is done until then is kept."""
        usable = [number for number, scene in enumerate(self._scenes) if not scene.trouble]
        done: dict[tuple[int, int], Compared] = {}
        open_pairs = []
        for pair in combinations(usable, 2):
            known = self._known(*pair)
            if known is None:
                open_pairs.append(pair)
            else:
                done[pair] = known
        total = len(done) + len(open_pairs)
        if self.reused:
            events.info(
                f"{self.reused} of {total} pairs were already done by an earlier run, which this one goes on from."
            )
        for result in self._compared(open_pairs, events):
            done[result.first, result.second] = result
            self._keep(result)
            events.check_cancelled()
            events.progress(len(done) / total, f"Comparing pairs of scenes ({len(done)} of {total})")
        return [done[pair] for pair in sorted(done)]

    def again(self, pair: Compared) -> Likeness:
        """The pair once more, with the places that agree."""
        if not pair.view:
            return Likeness()
        first, second = (self._ready(number, pair.view) for number in (pair.first, pair.second))
        question = self._question(pair.first, pair.second, pair.view)
        return self._comparer.compare(first, second, question)

    def _views(self, first: int, second: int) -> list[str]:
        """In which both can be looked at: where both know their place, in that alone."""
        a, b = self._scenes[first], self._scenes[second]
        common = [view for view in a.views if view in b.views]
        if all(_placed(scene) for scene in (a, b)):
            return [view for view in common if a.placements[view].georeference.crs is not None]
        same = len({a.keys[view] for view in common}) == 1 and len({b.keys[view] for view in common}) == 1
        return common[:1] if same else common

    def _known(self, first: int, second: int) -> Compared | None:
        views = self._views(first, second)
        shared = [view for view in views if self._share(first, second, view) >= self._job.min_overlap]
        if not shared:
            return Compared(first, second, apart=True)
        kept = self._store.pair(self._key(first, second))
        if kept is None:
            return None
        try:
            shift = np.array([np.nan if v is None else float(v) for v in kept["shift"]])
            likeness = Likeness(float(kept["similarity"]), int(kept["inliers"]), shift)
            known = Compared(first, second, str(kept["view"]), likeness)
        except (KeyError, TypeError, ValueError):
            return None
        self.reused += 1
        return known

    def _keep(self, pair: Compared) -> None:
        like = pair.likeness
        shift = [float(v) if np.isfinite(v) else None for v in like.shift]
        result = {"similarity": like.similarity, "inliers": like.inliers, "shift": shift, "view": pair.view}
        self._store.keep_pair(self._key(pair.first, pair.second), result)

    def _key(self, first: int, second: int) -> str:
        a, b = self._scenes[first], self._scenes[second]
        sizes = [self._size(view) for view in self._views(first, second)]
        return key_of(a.keys, b.keys, self._job.max_shift_m, self._job.min_overlap, self._job.seed, sizes)

    def _share(self, first: int, second: int, view: str) -> float:
        """Of the smaller frame, what both show by their georeferencing, displaced as far as is allowed; 1 without."""
        a, b = (self._scenes[number].placements[view] for number in (first, second))
        if a.georeference.crs is None:
            return 1.0
        question = self._question(first, second, view)
        shared = 1.0
        for axis in (0, 1):
            one, other = a.shape[1 - axis], b.shape[1 - axis]
            low, high = (question.expected[axis] + s * question.reach for s in (-1, 1))
            best = float(np.clip((other - one) / 2, low, high))  # the shift that leaves most in common
            shared *= max(0.0, min(one, other - best) - max(0.0, -best))
        return shared / min(np.prod(a.shape), np.prod(b.shape))

    def _question(self, first: int, second: int, view: str) -> Question:
        a, b = (self._scenes[number].placements[view] for number in (first, second))
        if a.georeference.crs is None:
            return Question(np.zeros(2), np.inf, self._job.min_overlap)
        expected = (a.origin - b.origin) / a.pixel * [1, -1]
        reach = max(FINEST_REACH_PX, self._job.max_shift_m / (a.pixel * _metres(a)))
        return Question(expected, reach, self._job.min_overlap)

    def _size(self, view: str) -> Any:
        if view not in self._sizes:
            shapes = [s.placements[view].shape for s in self._scenes if view in s.views]
            self._sizes[view] = self._comparer.size_for(shapes, self._job.min_overlap)
        return self._sizes[view]

    def _ready(self, number: int, view: str) -> Any:
        return self._comparer.ready(self._scenes[number].views[view], self._size(view))

    def _compared(self, pairs: list[tuple[int, int]], events: Events) -> Iterator[Compared]:
        """The pairs, in blocks of scenes few enough to be held ready together."""
        half = max(1, self._comparer.at_once // 2)
        blocks: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for pair in pairs:
            blocks.setdefault((pair[0] // half, pair[1] // half), []).append(pair)
        held: dict[tuple[int, str], Any] = {}
        for block in sorted(blocks):
            views = {pair: self._views(*pair) for pair in blocks[block]}
            wanted = list(dict.fromkeys((n, view) for pair, seen in views.items() for n in pair for view in seen))
            held = {key: held[key] for key in wanted if key in held}
            fresh = [key for key in wanted if key not in held]

            held.update(zip(fresh, in_parallel(partial(self._made, events), fresh), strict=True))
            yield from in_parallel(partial(self._best, views, held, events), blocks[block])

    def _made(self, events: Events, key: tuple[int, str]) -> Any:
        events.check_cancelled()
        return self._ready(*key)

    def _best(
        self,
        views: dict[tuple[int, int], list[str]],
        ready: dict[tuple[int, str], Any],
        events: Events,
        pair: tuple[int, int],
    ) -> Compared:
        """The pair in that of its views in which it is most alike."""
        events.check_cancelled()
        first, second = pair
        results = []
        for view in views[pair]:
            question = self._question(first, second, view)
            likeness = self._comparer.compare(ready[first, view], ready[second, view], question)
            results.append(Compared(first, second, view, likeness))
        return max(results, key=lambda result: result.likeness.similarity)


def _placed(scene: Scene) -> bool:
    return scene.info is not None and scene.info.georeference.crs is not None


def _metres(placement: Placement) -> float:
    """Metres in a unit of the CRS, roughly: degrees as at the equator."""
    crs = placement.georeference.crs
    if crs is None or crs.is_geographic:
        return METRES_PER_DEGREE
    return float(crs.linear_units_factor[1])
