"""The weights of the network: those that ship with the plugin, a person's own, or none (the hand-made start).

The shipped file is checked against its SHA-256 before anything is made of it; MODEL_CARD.md beside it says what it was
trained on and what it measured.
"""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import WeightsError
from ..events import Events
from ..models.fitting import fit_state
from ..models.reading import load_state, sha256_of
from .network import SeasonalNetwork

SHIPPED = Path(__file__).resolve().parents[1] / "weights" / "seasonal.safetensors"
SHIPPED_SHA256 = "c743d5d377ad392959b7758cfaf4889bc7ba8e24eb11044d19dda05fed5a1cde"  # pragma: allowlist secret
UNTRAINED, SHIPPED_NAME = "untrained", "shipped"
SEED = 0  # of the layers that nothing was learned in; whatever it is, the untrained descriptions are the same
LARGEST_MB = 60.0


def load_seasonal(weights: str | os.PathLike[str] = SHIPPED_NAME, events: Events | None = None) -> SeasonalNetwork:
    """The network, on the CPU and ready to be used (``eval``), with ``weights``: "shipped", "untrained", or a file.

    Raises WeightsError where the file is missing, damaged, not of this network, or, shipped, not the one that was
    shipped.
    """
    network = untrained()
    if str(weights) == UNTRAINED:
        if events is not None:
            events.info("Weights of seasonal: none, the network as it is before training.")
        return network.eval()
    path = SHIPPED if str(weights) == SHIPPED_NAME else Path(weights)
    if not path.is_file():
        raise WeightsError(f"The weights of seasonal are not at {path}: install the plugin again, or name a file.")
    if path == SHIPPED and sha256_of(path) != SHIPPED_SHA256:
        raise WeightsError(f"The weights in {path} are not those that shipped with this version: install it again.")
    fit_state(network, load_state(path, LARGEST_MB), path)
    if events is not None:
        events.info(f"Weights of seasonal: {'those of the plugin' if path == SHIPPED else path}.")
    return network.eval()


def untrained() -> SeasonalNetwork:
    """A new network, the same every time."""
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        return SeasonalNetwork()
