"""The weights of a model for a matcher: found, read, and under the names that the network here has."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import WeightsError
from ..events import Events
from .catalogue import spec_of
from .extras import require
from .fitting import fit_state
from .places import locate
from .reading import SOURCE, SOURCE_SHA256, load_state, metadata_of, sha256_of
from .spec import ModelSpec

if TYPE_CHECKING:
    import torch


def load_model(
    name: str, folder: str | os.PathLike[str] = "", events: Events | None = None
) -> tuple[Path, dict[str, torch.Tensor]]:
    """Find and read the weights of the model ``name``: the file's path and its tensors on the CPU, under the names that
    the network here has (ModelSpec.convert). Raises WeightsError.

    A file that differs from the published one is announced, not refused.
    """
    spec = spec_of(name)
    path = locate(name, folder)
    state = load_state(path)
    if spec.convert is not None:
        state = spec.convert(state)
    if events is not None:
        _announce(spec, path, events)
    return path, state


def _announce(spec: ModelSpec, path: Path, events: Events) -> None:
    """Say which weights are used, where they came from, and whether they are the published ones."""
    notes = metadata_of(path)
    origin = f" (from {notes[SOURCE]})" if SOURCE in notes else ""
    digest = notes.get(SOURCE_SHA256) or (sha256_of(path) if path.name == spec.files[-1] else None)
    differs = None not in (spec.sha256, digest) and digest != spec.sha256
    note = ", which is not the published file (its SHA-256 differs)" if differs else ""
    (events.warning if differs else events.info)(f"Weights: {spec.title} from {path}{origin}{note}.")


def load_network(name: str, folder: str | os.PathLike[str] = "", events: Events | None = None) -> torch.nn.Module:
    """The model ``name`` with its weights, on the CPU and ready to be used (``eval``).

    Raises WeightsError, or ExtraMissing where it needs an optional library.
    """
    spec = spec_of(name)
    if spec.network is None:
        raise WeightsError(f"{spec.title} is not a network of its own; a matcher builds it.")
    path, state = load_model(name, folder, events)
    require(spec.extra, spec.title)
    network = spec.network()
    fit_state(network, state, path, spec.optional)
    return network.eval()
