"""What is known of a published network before any of it is on this computer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class ModelSpec:
    """A published network. ``files``: the names it may have in a models folder, best first, the publisher's own last;
    ``size_mb`` about, in 10^6 bytes.

    ``source`` says where its authors publish it, as text for the user. ``sha256`` of the published file, if known: a
    file that differs is used all the same (it may be fine-tuned), and said to differ. ``non_commercial``: why it must
    not be used commercially, a sentence; empty if it may.

    ``urls``: where the published file can be fetched, best first; empty: by hand only. ``network`` builds the network
    with random weights, to check a file against (networks.py). ``convert`` takes the table of tensors under any names
    that the publishers use to the network's own names (conversion.py). ``optional``: tensors that a file may leave out
    because the network computes them itself. ``extra``: the optional packages that the network needs
    (``requirements-EXTRA.txt`` of the engine); empty if the engine's own will do.
    """

    name: str
    title: str
    files: tuple[str, ...]
    licence: str
    size_mb: float
    source: str
    sha256: str | None = None
    non_commercial: str = ""
    urls: tuple[str, ...] = ()
    network: Callable[[], torch.nn.Module] | None = None
    convert: Callable[[dict[str, torch.Tensor]], dict[str, torch.Tensor]] | None = None
    optional: tuple[str, ...] = ()
    extra: str = ""
