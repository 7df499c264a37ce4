"""Which matchers there are. One file per family; this list is all that the rest of the program knows of them.

Adding a matcher is one file that follows the protocol in base.py, one entry in ``MATCHERS`` and one factory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InputError
from ..events import Events
from .base import FreeMatcher, GuidedMatcher, Matches, Patch

if TYPE_CHECKING:
    import torch

__all__ = ["MATCHERS", "FreeMatcher", "GuidedMatcher", "MatcherEntry", "Matches", "Patch", "make_matcher"]

# device, folder of weights, seed, events -> matcher. Torch, kornia and OpenCV are imported inside, when asked for.
Factory = Callable[["torch.device", str, int, Events], "FreeMatcher | GuidedMatcher"]


@dataclass(frozen=True)
class MatcherEntry:
    """What the user should know of a matcher before choosing it.

    ``kind`` is ``guided`` (needs georeferencing) or ``free``; ``weights`` the model's name in models/catalogue.py, None
    if it needs none; ``when`` a sentence on when to use it.
    """

    name: str
    kind: str
    title: str
    weights: str | None
    licence: str
    when: str
    factory: Factory


def _structure(device: torch.device, folder: str, seed: int, events: Events) -> GuidedMatcher:
    from .structure import StructureMatcher

    return StructureMatcher(device, events.info)


def _sift(device: torch.device, folder: str, seed: int, events: Events) -> FreeMatcher:
    from .opencv_features import SiftMatcher

    return SiftMatcher()


def _akaze(device: torch.device, folder: str, seed: int, events: Events) -> FreeMatcher:
    from .opencv_features import AkazeMatcher

    return AkazeMatcher()


def _loftr(device: torch.device, folder: str, seed: int, events: Events) -> FreeMatcher:
    from .loftr import LoftrMatcher

    return LoftrMatcher(device, folder, events)


def _aliked(device: torch.device, folder: str, seed: int, events: Events) -> FreeMatcher:
    from .aliked import AlikedMatcher

    return AlikedMatcher(device, folder, events)


MATCHERS: dict[str, MatcherEntry] = {
    entry.name: entry
    for entry in (
        MatcherEntry(
            "structure",
            "guided",
            "Structure (built in)",
            None,
            "GPL-3.0-or-later",
            "Georeferenced rasters of any seasons: compares the direction of edges, so snow and crops may differ.",
            _structure,
        ),
        MatcherEntry(
            "sift",
            "free",
            "SIFT (OpenCV)",
            None,
            "Apache-2.0",
            "Rasters of like season, position, rotation and scale unknown; precise, but weak between snow and summer.",
            _sift,
        ),
        MatcherEntry(
            "akaze",
            "free",
            "AKAZE (OpenCV)",
            None,
            "Apache-2.0",
            "As SIFT, with fewer and coarser points; worth a try where SIFT finds too few.",
            _akaze,
        ),
        MatcherEntry(
            "loftr",
            "free",
            "LoFTR outdoor (46 MB of weights)",
            "loftr_outdoor",
            "Apache-2.0",
            "Rasters of different seasons, like orientation and pixel size; many points; slow without a GPU.",
            _loftr,
        ),
        MatcherEntry(
            "aliked",
            "free",
            "ALIKED n16 (3 MB of weights)",
            "aliked-n16",
            "BSD-3-Clause",
            "Rasters of different seasons with little rotation; a light network that runs well on a CPU.",
            _aliked,
        ),
    )
}


def make_matcher(
    name: str, device: torch.device, model_folder: str = "", seed: int = 0, events: Events | None = None
) -> FreeMatcher | GuidedMatcher:
    """The matcher ``name``, ready to use. ``MATCHERS[name].kind`` says which of the two protocols it follows.

    ``model_folder``: where weights lie, empty for the default (models/places.py). ``auto`` is resolved by the pipeline
    and unknown here. Raises InputError for an unknown name, WeightsError if its weights are missing or wrong.
    """
    if name not in MATCHERS:
        raise InputError(f"There is no matcher “{name}”: choose one of {', '.join(MATCHERS)}.")
    return MATCHERS[name].factory(device, model_folder, seed, events if events is not None else Events())
