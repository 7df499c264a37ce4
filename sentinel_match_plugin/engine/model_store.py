"""Where networks come from: files in a folder, checked before they are used. Nothing here ever downloads.

A weights file is data from a stranger. A ``.safetensors`` file cannot carry code; a ``.pth``, ``.pt`` or ``.ckpt`` file
is a pickle, and is read with ``torch.load(weights_only=True)``, which builds tensors and plain containers and refuses
everything else before it runs. Names, shapes and finiteness are then compared with the network that is to hold them.
"""

from __future__ import annotations

import hashlib
import os
import pickle  # nosec B403  # for the name of an exception; nothing is unpickled here
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import WeightsError
from .events import Events

if TYPE_CHECKING:
    import torch

FOLDER_VARIABLE = "SENTINEL_MATCH_MODELS"
SHIPPED = Path(__file__).parent / "weights"


@dataclass(frozen=True)
class ModelSpec:
    """A published network. ``files``: the names it may have in a models folder, best first; ``size_mb`` about, in 10^6
    bytes.

    ``source`` says where its authors publish it, as text for the user. ``sha256`` of the published file, if known: a
    file that differs is used all the same (it may be fine-tuned), and said to differ. ``non_commercial``: its licence
    forbids commercial use.
    """

    name: str
    title: str
    files: tuple[str, ...]
    licence: str
    size_mb: float
    source: str
    sha256: str | None = None
    non_commercial: bool = False


MODELS: dict[str, ModelSpec] = {
    spec.name: spec
    for spec in (
        ModelSpec(
            "loftr_outdoor",
            "LoFTR (outdoor)",
            ("loftr_outdoor.safetensors", "loftr_outdoor.ckpt"),
            "Apache-2.0",
            46.3,
            "the file loftr_outdoor.ckpt that kornia 0.9 lists as kornia.feature.loftr.loftr.urls['outdoor']",
        ),
        ModelSpec(
            "aliked-n16",
            "ALIKED n16",
            ("aliked-n16.safetensors", "aliked-n16.pth"),
            "BSD-3-Clause",
            2.7,
            "the file models/aliked-n16.pth of the GitHub repository Shiaoming/ALIKED, mirrored by kornia",
            "5be8704840ed662d9d8c561bf7279c222092674e7eb05fd0feab94899e9d82f2",
        ),
        ModelSpec(
            "aliked-t16",
            "ALIKED t16",
            ("aliked-t16.safetensors", "aliked-t16.pth"),
            "BSD-3-Clause",
            0.8,
            "the file models/aliked-t16.pth of the GitHub repository Shiaoming/ALIKED, mirrored by kornia",
            "56782336919db220144a884e710e2b6af13b3b8f8da15b915a239078ab471085",
        ),
    )
}


def model_folder(folder: str | os.PathLike[str] = "") -> Path:
    """The folder that holds weights: ``folder`` if given, else the variable SENTINEL_MATCH_MODELS, else the user's data
    folder.
    """
    chosen = str(folder) or os.environ.get(FOLDER_VARIABLE, "")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "sentinel-match" / "models"


def locate(name: str, folder: str | os.PathLike[str] = "") -> Path:
    """The weights file of the model ``name``, in ``model_folder(folder)`` or among those that ship with the plugin.

    Raises WeightsError with what to do if no such file is there, or if no such model is known.
    """
    spec = _spec(name)
    chosen = model_folder(folder)
    for place in (chosen, SHIPPED):
        for file in spec.files:
            if (place / file).is_file():
                return place / file
    raise WeightsError(
        f"The weights of {spec.title} are not on this computer, and nothing is downloaded by itself. Put the file "
        f"{spec.files[-1]} (about {spec.size_mb:g} MB, licence {spec.licence}: {spec.source}) into the folder "
        f"{chosen}, or choose a matcher that needs no weights (structure, sift, akaze)."
    )


def load_model(
    name: str, folder: str | os.PathLike[str] = "", events: Events | None = None
) -> tuple[Path, dict[str, torch.Tensor]]:
    """Find and read the weights of the model ``name``: the file's path and its tensors on the CPU. Raises WeightsError.

    A file that differs from the published one is announced, not refused.
    """
    spec = _spec(name)
    path = locate(name, folder)
    state = load_state(path)
    if events is not None:
        published = path.name == spec.files[-1] and spec.sha256 is not None
        differs = published and sha256_of(path) != spec.sha256
        note = ", which is not the published file (its SHA-256 differs)" if differs else ""
        (events.warning if differs else events.info)(f"Weights: {spec.title} from {path}{note}.")
    return path, state


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


def fit_state(
    module: torch.nn.Module,
    state: Mapping[str, torch.Tensor],
    path: str | os.PathLike[str],
    optional: Collection[str] = (),
) -> None:
    """Put ``state`` into ``module`` after checking names, shapes and that every number is finite.

    ``optional``: names the file may leave out because the network computes them itself; the batch counters of batch
    normalisation are always so. Raises WeightsError naming the first differences; ``module`` is then unchanged.
    """
    expected = module.state_dict()
    missing = [k for k in expected if k not in state and k not in optional and not k.endswith("num_batches_tracked")]
    unexpected = [k for k in state if k not in expected]
    misshapen = [
        f"{k} {tuple(state[k].shape)} instead of {tuple(v.shape)}"
        for k, v in expected.items()
        if k in state and state[k].shape != v.shape
    ]
    facts = [
        f"{len(names)} {what} ({', '.join(names[:3])}{', ...' if len(names) > 3 else ''})"
        for names, what in (
            (missing, "tensors missing"),
            (unexpected, "unknown tensors"),
            (misshapen, "of another shape"),
        )
        if names
    ]
    if facts:
        raise WeightsError(
            f"The file {path} does not hold the weights of {type(module).__name__} as this program builds it: "
            f"{'; '.join(facts)}."
        )
    broken = [k for k, v in state.items() if v.is_floating_point() and not bool(v.isfinite().all())]
    if broken:
        raise WeightsError(
            f"The weights in {path} contain infinite or undefined numbers ({broken[0]}): fetch the file again."
        )
    module.load_state_dict(dict(state), strict=False)


def sha256_of(path: str | os.PathLike[str]) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _spec(name: str) -> ModelSpec:
    if name not in MODELS:
        raise WeightsError(f"No model is called “{name}”; known are {', '.join(MODELS)}.")
    return MODELS[name]


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
