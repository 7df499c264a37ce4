"""Every network that the program can use, by name. The entries stand in one file for each library that runs them."""

from __future__ import annotations

from ..errors import WeightsError
from .hub_models import HUB_MODELS
from .kornia_models import KORNIA_MODELS
from .spec import ModelSpec
from .tuned_models import TUNED_MODELS

MODELS: dict[str, ModelSpec] = {spec.name: spec for spec in (*KORNIA_MODELS, *HUB_MODELS, *TUNED_MODELS)}


def spec_of(name: str) -> ModelSpec:
    """The model called ``name``. Raises WeightsError with the names there are."""
    if name not in MODELS:
        raise WeightsError(f"No model is called “{name}”; known are {', '.join(MODELS)}.")
    return MODELS[name]
