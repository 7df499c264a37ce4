"""Weights files are data from strangers, and are read without running anything that they may contain.

A ``.safetensors`` file cannot carry code; a ``.pth``, ``.pt`` or ``.ckpt`` file is a pickle, and is read with
``torch.load(weights_only=True)``, which builds tensors and plain containers and refuses everything else before it runs.
Names, shapes and finiteness are then compared with the network that is to hold them (fitting.py).
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle  # nosec B403  # for the name of an exception; nothing is unpickled here
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import WeightsError

if TYPE_CHECKING:
    import torch

# The notes in a stored file, by which storing.py says which model it is and where it comes from.
MODEL, SOURCE, SOURCE_SHA256 = "sentinel_match.model", "source", "source_sha256"
TRAINING = "training."  # begins the names of notes on how weights were trained here (training/card.py)
# What training programs put around the table: PyTorch Lightning, glue-factory, DISK, the usual example.
_WRAPPERS = ("state_dict", "model", "extractor", "model_state_dict", "network")
_HEADER_BYTES = 100_000_000  # safetensors' own limit
_OLDEST_SAFE_TORCH = (2, 6)  # before, weights_only=True could be made to run code (CVE-2025-32434)


def load_state(path: str | os.PathLike[str], largest_mb: float = float("inf")) -> dict[str, torch.Tensor]:
    """The tensors of a weights file on the CPU, by name, without running anything that the file may contain.

    A checkpoint ``{"state_dict": {...}, ...}`` gives what it wraps. Raises WeightsError if the file is missing, empty,
    cut short, not a weights file, holds anything but tensors, or is, unpacked, larger than ``largest_mb`` (10^6 bytes).
    """
    path = Path(path)
    try:
        _check_file(path, largest_mb)
        state = _read_safetensors(path) if _is_safetensors(path) else _read_pickle(path)
    except OSError as error:
        raise WeightsError(f"The weights file {path} cannot be read ({error.strerror or error}).") from error
    return _table(state, path)


def metadata_of(path: str | os.PathLike[str]) -> dict[str, str]:
    """The notes in a safetensors file, as store.py writes them; empty for every other file and for a damaged one."""
    try:
        with open(path, "rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if length > _HEADER_BYTES:
                return {}
            header = json.loads(file.read(length))
        notes = header.get("__metadata__", {})
        return {str(key): str(value) for key, value in notes.items()}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def is_whole(path: str | os.PathLike[str]) -> bool:
    """Whether a file looks complete, at a glance: a safetensors file as long as its header says, a zip with its
    directory, any other that is not empty.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        with open(path, "rb") as file:
            start = file.read(8)
            if _is_safetensors(path):
                header = json.loads(file.read(min(int.from_bytes(start, "little"), _HEADER_BYTES)))
                ends = [tensor["data_offsets"][1] for name, tensor in header.items() if name != "__metadata__"]
                return bool(size == 8 + int.from_bytes(start, "little") + max(ends, default=0))
    except (OSError, ValueError, AttributeError, KeyError, TypeError, IndexError, RecursionError):
        return False
    return size > 0 and (not start.startswith(b"PK") or zipfile.is_zipfile(path))


def sha256_of(path: str | os.PathLike[str]) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_file(path: Path, largest_mb: float) -> None:
    """Refuse, before anything is unpacked, what is no file, or would fill the memory."""
    if path.is_dir():
        raise WeightsError(f"{path} is a folder: name the weights file itself.")
    if not path.exists():
        raise WeightsError(f"The weights file {path} does not exist.")
    if not path.is_file():
        raise WeightsError(f"{path} is no ordinary file: name a weights file.")
    size = path.stat().st_size
    if size == 0:
        raise WeightsError(f"The weights file {path} is empty: fetch it again.")
    if size > largest_mb * 1e6:
        raise WeightsError(
            f"The file {path} is too large for these weights: {size / 1e6:.0f} MB, where at most {largest_mb:.0f} MB "
            "are expected. It is another file."
        )
    if not _is_safetensors(path) and zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(item.file_size for item in archive.infolist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise WeightsError(
                f"The file {path} is damaged or is no weights file ({_first_line(error)}): fetch it again."
            ) from error
        if unpacked > size:  # PyTorch stores, it never compresses: what is larger inside than outside is a trick
            raise WeightsError(
                f"The file {path} was refused: it would unpack to {unpacked / 1e6:.0f} MB out of {size / 1e6:.1f} MB, "
                "which no weights file does. Nothing in it was run."
            )


def _table(state: Any, path: Path) -> dict[str, torch.Tensor]:
    """The table of named tensors in what was read. Raises WeightsError if there is none, or one that is not dense."""
    import torch

    def is_table(value: Any) -> bool:
        return isinstance(value, Mapping) and bool(value) and all(isinstance(v, torch.Tensor) for v in value.values())

    inner = [state[name] for name in _WRAPPERS if name in state] if isinstance(state, Mapping) else []
    tables = [candidate for candidate in (state, *inner) if is_table(candidate)]
    if not tables:
        raise WeightsError(
            f"The file {path} was read, but it is not a table of named tensors: it is no weights file of a network."
        )
    for name, tensor in tables[0].items():
        if tensor.layout != torch.strided or tensor.device.type != "cpu" or tensor.is_quantized:
            raise WeightsError(
                f"The tensor {name} in {path} is sparse, quantized or without values, which these networks do not "
                "have: get the weights from their publisher."
            )
    return {str(name): tensor.detach() for name, tensor in tables[0].items()}


def _is_safetensors(path: Path) -> bool:
    """By the name, or by the first bytes: the length of a header, then a brace. Neither a pickle nor a zip has that."""
    with open(path, "rb") as file:
        start = file.read(9)
    return path.suffix.lower() == ".safetensors" or (
        start[8:] == b"{" and int.from_bytes(start[:8], "little") <= _HEADER_BYTES
    )


def _read_safetensors(path: Path) -> dict[str, Any]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return dict(load_file(str(path), device="cpu"))
    except (SafetensorError, OSError, ValueError, KeyError, AttributeError, RuntimeError) as error:
        raise WeightsError(
            f"The file {path} cannot be read as safetensors ({_first_line(error)}): fetch it again."
        ) from error


def _read_pickle(path: Path) -> Any:
    import torch

    if tuple(int(part) for part in torch.__version__.split(".")[:2]) < _OLDEST_SAFE_TORCH:
        raise WeightsError(
            f"The file {path} is not read: PyTorch {torch.__version__} can be made to run code by such a file. Bring "
            "the engine's environment up to PyTorch 2.6 or newer, or take the weights as .safetensors."
        )
    try:
        return torch.load(path, map_location="cpu", weights_only=True)  # runs no code
    except pickle.UnpicklingError as error:
        raise WeightsError(
            f"The file {path} was refused: it holds something other than tensors (code, or objects that only its "
            f"author's program knows), or is damaged. Nothing in it was run. Get the weights from their publisher, "
            f"preferably as .safetensors."
        ) from error
    except MemoryError as error:
        raise WeightsError(f"The file {path} was refused: it asks for more memory than there is.") from error
    except (
        Exception
    ) as error:  # a damaged pickle or zip raises RuntimeError, EOFError, KeyError, ValueError, ... by where it is cut
        raise WeightsError(
            f"The file {path} is damaged or is no weights file ({_first_line(error)}): fetch it again."
        ) from error


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return text[0][:160] if text else type(error).__name__
