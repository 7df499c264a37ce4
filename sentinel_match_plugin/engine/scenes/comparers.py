"""The two ways of comparing scenes, in one shape: what is kept of a scene, what is held ready, what a pair gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from ..errors import InputError
from ..events import Events
from ..jobs import SCENE_MATCHERS, CompareScenesJob
from ..matchers.local_features import FeatureMatcher, Features
from . import keypoints, structure
from .likeness import Likeness, Question
from .picture import Picture


class Comparer(Protocol):
    """``side``: pixels of the longer side of a picture; ``several``: whether size matters to it, so that scenes of
    unknown pixel size are looked at in several ways; ``at_once``: scenes that may be held ready.
    """

    name: str
    side: int
    several: bool
    at_once: int

    def keep(self, picture: Picture) -> dict[str, np.ndarray]:
        """What is kept of a scene, found once."""
        ...

    def size_for(self, shapes: Sequence[tuple[int, int]], overlap: float) -> Any:
        """What ``ready`` needs to know of all scenes of a view, whose pictures have these shapes."""
        ...

    def ready(self, kept: dict[str, np.ndarray], size: Any) -> Any:
        """What ``compare`` takes, made of what was kept."""
        ...

    def compare(self, first: Any, second: Any, question: Question) -> Likeness:
        """Two scenes."""
        ...


class StructureComparer:
    """structure.py."""

    name, side, several, at_once = "structure", structure.SIDE, True, 48

    def keep(self, picture: Picture) -> dict[str, np.ndarray]:
        scene = structure.described(picture)
        kept = {"channels": scene.channels, "valid": np.packbits(scene.valid, axis=1)}
        return kept if scene.allowed is None else {**kept, "allowed": scene.allowed}

    def size_for(self, shapes: Sequence[tuple[int, int]], overlap: float) -> tuple[int, int]:
        return structure.padded_size(list(shapes), overlap)

    def ready(self, kept: dict[str, np.ndarray], size: tuple[int, int]) -> structure.Ready:
        channels = kept["channels"]
        valid = np.unpackbits(kept["valid"], axis=1, count=channels.shape[2]).astype(bool)
        return structure.ready(structure.Described(channels, valid, kept.get("allowed")), size)

    def compare(self, first: structure.Ready, second: structure.Ready, question: Question) -> Likeness:
        return structure.compare(first, second, question)


class KeypointComparer:
    """keypoints.py, with the features of a matcher that is a detector and a pairing."""

    side, several, at_once = keypoints.SIDE, False, 500

    def __init__(self, matcher: FeatureMatcher) -> None:
        self.name, self._matcher = matcher.name, matcher

    def keep(self, picture: Picture) -> dict[str, np.ndarray]:
        found = keypoints.found(self._matcher.detector, picture)
        arrays = {name: getattr(found, name) for name in ("xy", "response", "scale_px", "angle_deg")}
        return {**arrays, "descriptors": found.descriptors, "shape": np.array(found.shape)}

    def size_for(self, shapes: Sequence[tuple[int, int]], overlap: float) -> None:
        return None

    def ready(self, kept: dict[str, np.ndarray], size: None) -> Features:
        height, width = (int(side) for side in kept["shape"])
        return Features(
            kept["xy"], kept["descriptors"], kept["response"], kept["scale_px"], kept["angle_deg"], (height, width)
        )

    def compare(self, first: Features, second: Features, question: Question) -> Likeness:
        return keypoints.compare(first, second, self._matcher.pairing, question)


def make_comparer(job: CompareScenesJob, events: Events) -> Comparer:
    """What compares for ``job.matcher``, said in the log. Raises InputError for one that cannot, WeightsError."""
    from ..devices import choose_device

    name = "structure" if job.matcher == "auto" else job.matcher
    if name == "structure":
        why = "the direction of edges, which season and crops do not change" if job.matcher == "auto" else "as asked"
        if job.device not in ("auto", "cpu"):
            choose_device(job.device)  # is refused where it is not there, though all the work is the processor's
        events.info(f"Scenes are compared by structure: {why}.")
        return StructureComparer()
    if name not in SCENE_MATCHERS:
        raise InputError(
            f"The matcher “{name}” cannot compare scenes: use one of {', '.join(SCENE_MATCHERS)}, whose features are "
            "found once a scene."
        )
    from ..matchers import make_matcher

    device, said = choose_device(job.device)
    events.info(said)
    matcher = make_matcher(name, device, job.model_folder, job.seed, events)
    if not isinstance(matcher, FeatureMatcher):
        raise InputError(f"The matcher “{name}” cannot compare scenes: it finds nothing in one image alone.")
    events.info(f"Scenes are compared by {name} keypoints, found once a scene, and one common motion a pair.")
    return KeypointComparer(matcher)
