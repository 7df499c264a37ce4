"""Weights files are data from strangers, and are read without running anything that they may contain.

A ``.safetensors`` file cannot carry code; a ``.pth``, ``.pt`` or ``.ckpt`` file is a pickle, and is read with
``torch.load(weights_only=True)``, which builds tensors and plain containers and refuses everything else before it runs.
Names, shapes and finiteness are then compared with the network that is to hold them (fitting.py).
"""

from __future__ import annotations

import hashlib
import os
import pickle  # nosec B403  # for the name of an exception; nothing is unpickled here
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import WeightsError

if TYPE_CHECKING:
    import torch


def load_state(path: str | os.PathLike[str]) -> dict[str, torch.Tensor]:
    """The tensors of a weights file on the CPU, by name, without running anything that the file may contain.

    A checkpoint ``{"state_dict": {...}, ...}`` gives what it wraps. Raises WeightsError if the file is missing, empty,
    cut short, not a weights file, or holds anything but tensors.
    """
    path = Path(path)
    if not path.is_file():
        raise WeightsError(f"The weights file {path} does not exist.")
    if path.stat().st_size == 0:
        raise WeightsError(f"The weights file {path} is empty: fetch it again.")
    state = _read_safetensors(path) if path.suffix.lower() == ".safetensors" else _read_pickle(path)
    inner = state.get("state_dict") if isinstance(state, Mapping) else None
    tensors = inner if isinstance(inner, Mapping) else state
    import torch

    if (
        not isinstance(tensors, Mapping)
        or not tensors
        or not all(isinstance(v, torch.Tensor) for v in tensors.values())
    ):
        raise WeightsError(
            f"The file {path} was read, but it is not a table of named tensors: it is no weights file of a network."
        )
    return {str(name): tensor for name, tensor in tensors.items()}


def sha256_of(path: str | os.PathLike[str]) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_safetensors(path: Path) -> dict[str, Any]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return dict(load_file(str(path), device="cpu"))
    except (SafetensorError, OSError, ValueError) as error:
        raise WeightsError(
            f"The file {path} cannot be read as safetensors ({_first_line(error)}): fetch it again."
        ) from error


def _read_pickle(path: Path) -> Any:
    import torch

    try:
        return torch.load(path, map_location="cpu", weights_only=True)  # runs no code
    except pickle.UnpicklingError as error:
        raise WeightsError(
            f"The file {path} was refused: it holds something other than tensors (code, or objects that only its "
            f"author's program knows), or is damaged. Nothing in it was run. Get the weights from their publisher, "
            f"preferably as .safetensors."
        ) from error
    except (
        Exception
    ) as error:  # a damaged pickle or zip raises RuntimeError, EOFError, KeyError, ValueError, ... by where it is cut
        raise WeightsError(
            f"The file {path} is damaged or is no weights file ({_first_line(error)}): fetch it again."
        ) from error


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return text[0][:160] if text else type(error).__name__
