"""What can be asked of the engine, as data that travels as JSON. Nothing here computes.

One file per kind of job, with the outcome it has; ``JOBS`` lists them and says which function of the engine does each.
"""

from __future__ import annotations

import types
import typing
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, Union

from ..errors import InputError
from .assessment import AssessJob, AssessOutcome
from .devices import DevicesJob, DevicesOutcome
from .inputs import AREA_MODES, DEVICES, AreaInput, Extent, RasterInput
from .keypoints import DETECTORS, MAX_KEYPOINTS, KeypointsJob, KeypointsOutcome
from .matching import MATCHERS, RESAMPLINGS, TRANSFORMS, CoregisterJob, MatchJob, Outcome, WarpJob
from .models import ACTIONS, MODEL_CHOICES, ModelRow, ModelsJob, ModelsOutcome
from .scenes import SAME_PLACE_THRESHOLD, SCENE_MATCHERS, CompareScenesJob, CompareScenesOutcome
from .sentinel2 import NORMALISATIONS, PreparedProduct, PrepareSentinel2Job
from .training import KEEP, PRECISIONS, START_FROM, TrainMatcherJob, TrainMatcherOutcome
from .training_set import RADIOMETRIES, BuildTrainingSetJob, BuildTrainingSetOutcome

__all__ = [
    "ACTIONS",
    "AREA_MODES",
    "DETECTORS",
    "DEVICES",
    "JOBS",
    "KEEP",
    "MATCHERS",
    "MAX_KEYPOINTS",
    "MODEL_CHOICES",
    "NORMALISATIONS",
    "PRECISIONS",
    "RADIOMETRIES",
    "RESAMPLINGS",
    "SAME_PLACE_THRESHOLD",
    "SCENE_MATCHERS",
    "START_FROM",
    "TRANSFORMS",
    "AreaInput",
    "AssessJob",
    "AssessOutcome",
    "BuildTrainingSetJob",
    "BuildTrainingSetOutcome",
    "CompareScenesJob",
    "CompareScenesOutcome",
    "CoregisterJob",
    "DevicesJob",
    "DevicesOutcome",
    "Extent",
    "JobKind",
    "KeypointsJob",
    "KeypointsOutcome",
    "MatchJob",
    "ModelRow",
    "ModelsJob",
    "ModelsOutcome",
    "Outcome",
    "PrepareSentinel2Job",
    "PreparedProduct",
    "RasterInput",
    "TrainMatcherJob",
    "TrainMatcherOutcome",
    "WarpJob",
    "from_json",
    "kind_of",
    "to_json",
]


@dataclass(frozen=True)
class JobKind:
    """A kind of job: its class, the class of its outcome, and who does it.

    ``doer`` is ``module:function`` within the engine, a function ``(job, events) -> outcome``; front doors import it
    when it is wanted, because torch and its kin take seconds.
    """

    job: type
    outcome: type
    doer: str


JOBS: dict[str, JobKind] = {
    "match": JobKind(MatchJob, Outcome, "pipeline:run"),
    "warp": JobKind(WarpJob, Outcome, "pipeline:run"),
    "coregister": JobKind(CoregisterJob, Outcome, "pipeline:run"),
    "assess": JobKind(AssessJob, AssessOutcome, "assessment.assess:run"),
    "scenes": JobKind(CompareScenesJob, CompareScenesOutcome, "scenes.compare:run"),
    "keypoints": JobKind(KeypointsJob, KeypointsOutcome, "keypoints.detect:run"),
    "models": JobKind(ModelsJob, ModelsOutcome, "models.store:run"),
    "train_matcher": JobKind(TrainMatcherJob, TrainMatcherOutcome, "training.train_matcher:run"),
    "prepare_sentinel2": JobKind(PrepareSentinel2Job, PreparedProduct, "sentinel2.prepare:prepare"),
    "devices": JobKind(DevicesJob, DevicesOutcome, "devices:run"),
    "training_set": JobKind(BuildTrainingSetJob, BuildTrainingSetOutcome, "training.building:run"),
}
# QGIS imports this file too, and some builds of it run Python 3.9: no `X | Y` that is evaluated there.
_UNIONS = (Union, getattr(types, "UnionType", Union))


def kind_of(job: Any) -> str:
    """The name in ``JOBS`` of what ``job`` asks for."""
    return next(name for name, kind in JOBS.items() if type(job) is kind.job)


def to_json(job: Any) -> dict[str, Any]:
    """Plain dictionaries and lists, ready for ``json.dumps``."""
    return asdict(job)


def from_json(cls: type, data: dict[str, Any]) -> Any:
    """The inverse of ``to_json``. Raises InputError naming a key that ``cls`` does not have or lacks."""
    hints = typing.get_type_hints(cls)
    unknown = set(data) - set(hints)
    if unknown:
        raise InputError(f"{cls.__name__} has no parameter {', '.join(sorted(unknown))}.")
    try:
        return cls(**{name: _decode(hints[name], value) for name, value in data.items()})
    except TypeError as error:
        missing = [f.name for f in fields(cls) if f.name not in data]
        raise InputError(f"{cls.__name__} is not complete: {error} (missing: {', '.join(missing)}).") from error


def _decode(hint: Any, value: Any) -> Any:
    if typing.get_origin(hint) in _UNIONS:
        if value is None:
            return None
        hint = next(a for a in typing.get_args(hint) if a is not type(None))
    if is_dataclass(hint) and isinstance(value, dict):
        return from_json(typing.cast(type, hint), value)
    if typing.get_origin(hint) is tuple:
        return tuple(_decode(typing.get_args(hint)[0], item) for item in value)
    return value
