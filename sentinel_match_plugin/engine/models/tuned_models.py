"""Published networks as a user trained them further (training/): models of the store beside the published ones, so that
neither takes the other's place.
"""

from __future__ import annotations

from dataclasses import replace

from .hub_models import HUB_MODELS
from .kornia_models import KORNIA_MODELS
from .spec import ModelSpec

# What training can start from: a model that is published, its name once it is trained further, and START_FROM.
_TUNED = {
    "loftr_outdoor": ("loftr_tuned", "loftr"),
    "superglue_outdoor": ("superglue_tuned", "superpoint-superglue"),
    "superpoint_lightglue": ("superpoint_lightglue_tuned", "superpoint-lightglue"),
    "sift_lightglue": ("sift_lightglue_tuned", "sift-lightglue"),
    "aliked_lightglue": ("aliked_lightglue_tuned", "aliked-lightglue"),
    "disk_lightglue": ("disk_lightglue_tuned", "disk-lightglue"),
    "xfeat-lighterglue": ("xfeat-lighterglue_tuned", "xfeat-lighterglue"),
    "dedodeb_lightglue": ("dedodeb_lightglue_tuned", "dedode-lightglue"),
}

# Networks of the same layers that learned from other images
_ALIKE = {"loftr_outdoor": ("loftr_indoor",), "superglue_outdoor": ("superglue_indoor",)}


def tuned_name(model: str) -> str:
    """The name of the published ``model`` once it was trained further."""
    return _TUNED[model][0]


def published_or_tuned(model: str, weights: str) -> str:
    """The published ``model``, or, where ``weights`` is "tuned", its name once it was trained further."""
    return tuned_name(model) if weights == "tuned" else model


def goes_on_from(model: str) -> tuple[str, ...]:
    """The models whose files training that starts from the published ``model`` may begin with instead."""
    return (model, tuned_name(model), *_ALIKE.get(model, ()))


def _tuned(spec: ModelSpec) -> ModelSpec:
    name, start_from = _TUNED[spec.name]
    return replace(
        spec,
        name=name,
        title=f"{spec.title}, trained further",
        files=(f"{name}.safetensors",),
        source=f"what sentinelmatch:trainmatcher wrote with START_FROM={start_from}",
        sha256=None,
        urls=(),
    )


TUNED_MODELS: tuple[ModelSpec, ...] = tuple(
    _tuned(spec) for spec in (*KORNIA_MODELS, *HUB_MODELS) if spec.name in _TUNED
)
