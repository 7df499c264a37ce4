"""The networks that the library transformers runs (optional packages ``hub``), published on the Hugging Face hub."""

from __future__ import annotations

from .spec import ModelSpec

HUB_MODELS: tuple[ModelSpec, ...] = ()
