"""Ask what this computer can compute on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DevicesJob:
    """Every device is tried."""


@dataclass(frozen=True)
class DevicesOutcome:
    """``sentences``: one for each kind of device, as ``CUDA: NVIDIA RTX 4070, 12 GB, works``."""

    sentences: tuple[str, ...]
