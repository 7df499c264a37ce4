"""What a run that was stopped goes on from: one file, written beside and renamed, so that a whole one is always there.

It is read with ``weights_only=True``: nothing in it is run.
"""

from __future__ import annotations

import os
import pickle  # nosec B403  # for the name of an exception; nothing is unpickled here
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import torch

from ..errors import InputError
from ..results.outputs import beside

FORMAT = 1

State = dict[str, torch.Tensor]


@dataclass
class Checkpoint:
    """A run after ``step`` steps, which took ``used_s`` seconds of work and ``pairs`` pairs.

    ``identity``: what must be the same for a run to go on, by name; ``settings``: what may change, which is said.
    ``module`` the weights, ``stepper`` the optimizer's state (steps.py); ``best_*``: score, step and weights of the
    best validation so far.
    """

    identity: dict[str, str]
    settings: dict[str, Any]
    step: int
    pairs: int
    used_s: float
    module: State
    stepper: dict[str, Any]
    best_score: float
    best_step: int
    best_module: State


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Write it beside ``path``, safely on the disk, then rename. Raises OutputError; what was there then stays."""
    content = {field.name: getattr(checkpoint, field.name) for field in fields(Checkpoint)}
    with beside(path) as part, open(part, "wb") as file:
        torch.save({"format": FORMAT, **content}, file)
        file.flush()
        os.fsync(file.fileno())


def read_checkpoint(path: Path) -> Checkpoint | None:
    """The checkpoint in ``path``, on the CPU; None without one. Raises InputError if it is damaged or of another
    version.
    """
    if not path.is_file():
        return None
    remedy = f"Remove it (or the folder {path.parent}) to begin anew, or name another folder for this run."
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError, OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"The checkpoint {path} cannot be read ({type(error).__name__}). {remedy}") from error
    if not isinstance(content, Mapping) or content.get("format") != FORMAT:
        raise InputError(f"{path} is not a checkpoint of this version of Sentinel Match. {remedy}")
    names = {field.name for field in fields(Checkpoint)}
    if not names <= set(content):
        raise InputError(f"The checkpoint {path} is not complete. {remedy}")
    return Checkpoint(**{name: content[name] for name in names})


def state_of(module: torch.nn.Module) -> State:
    """A copy of the module's weights and buffers on the CPU, which later steps do not change."""
    return {name: tensor.detach().to("cpu", copy=True) for name, tensor in module.state_dict().items()}


def check_identity(found: Mapping[str, str], wanted: Mapping[str, str], path: Path) -> None:
    """Raises InputError naming what differs between the run in ``path`` and the one that is to go on from it."""
    names = sorted(set(found) | set(wanted))
    differing = [name for name in names if found.get(name) != wanted.get(name)]
    if differing:
        said = "; ".join(
            f"{name}: {found.get(name, 'none')} there, {wanted.get(name, 'none')} now" for name in differing
        )
        raise InputError(
            f"The folder {path.parent} holds a run that was begun otherwise ({said}), so this one cannot go on from "
            "it. Name another folder for this run, or remove that one."
        )


def changes(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    """What differs between two sets of settings, as ``name 1 (was 2)``."""
    names = [name for name in wanted if name in found and found[name] != wanted[name]]
    return [f"{name} {wanted[name]} (was {found[name]})" for name in names]
