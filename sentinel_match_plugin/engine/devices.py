"""Where the numbers are crunched: CUDA, Apple's MPS or the CPU, and with how many threads."""

from __future__ import annotations

import sys

import torch

from .errors import InputError
from .events import Events
from .jobs import DEVICES, DevicesJob, DevicesOutcome
from .parallel import cores


def choose_device(name: str = "auto") -> tuple[torch.device, str]:
    """The torch device for ``name`` (auto, cpu, cuda or mps) and a sentence that says what was chosen and why.

    ``auto`` takes CUDA, then MPS, then the CPU; a device counts as there only if it can add two numbers, because a
    driver that does not fit the torch build is reported as available and fails at the first kernel. Raises InputError
    if ``name`` is unknown, or is a device that this computer (or this build of torch) does not have.
    """
    wanted = (name or "auto").lower()
    if wanted not in DEVICES:
        raise InputError(f"The device “{name}” is not known: choose one of {', '.join(DEVICES)}.")
    if wanted == "cpu":
        return torch.device("cpu"), f"Device: the CPU, as asked ({_threads()})."
    obstacles = {kind: _obstacle(kind) for kind in ("cuda", "mps")}
    candidates = ("cuda", "mps") if wanted == "auto" else (wanted,)
    for kind in candidates:
        if not obstacles[kind]:
            use_threads()
            return torch.device(
                kind
            ), f"Device: {_describe(kind)}, {'the fastest here' if wanted == 'auto' else 'as asked'}."
    if wanted != "auto":
        present = [_describe(kind) for kind, obstacle in obstacles.items() if not obstacle] + ["the CPU"]
        raise InputError(
            f"The device “{wanted}” cannot be used here: {obstacles[wanted]}. "
            f"There is {' and '.join(present)}: choose auto or {'cpu' if len(present) == 1 else 'another device'}."
        )
    return torch.device("cpu"), f"Device: the CPU with {_threads()} ({obstacles['cuda']})."


def use_threads(count: int = 0) -> int:
    """Let torch use ``count`` CPU threads; 0: as many as there are cores for this process (parallel.py)."""
    count = count if count > 0 else cores()
    if torch.get_num_threads() != count:
        torch.set_num_threads(count)
    return count


def _threads() -> str:
    count = use_threads()
    return f"{count} thread" if count == 1 else f"{count} threads"


def run(job: DevicesJob, events: Events) -> DevicesOutcome:
    """A sentence for each kind of device: there and works, seen by computing, or why it cannot be used."""
    found = [f"CPU: {cores()} {'core' if cores() == 1 else 'cores'}, works"]
    for kind, title in (("cuda", "CUDA"), ("mps", "Apple GPU (MPS)")):
        obstacle = _obstacle(kind)
        if not obstacle:
            found.append(f"{title}: {_name(kind)}works")
        elif kind == "cuda" or sys.platform == "darwin":
            found.append(f"{title}: not used, {obstacle}")
    return DevicesOutcome(tuple(found))


def _name(kind: str) -> str:
    if kind != "cuda":
        return ""
    properties = torch.cuda.get_device_properties(0)
    return f"{properties.name}, {properties.total_memory / 2**30:.0f} GB, "


def _obstacle(kind: str) -> str:
    """Why ``kind`` cannot be used, as part of a sentence; empty if it can."""
    if kind == "cuda" and not torch.cuda.is_available():
        if not torch.backends.cuda.is_built():
            return "this build of torch has no CUDA"
        return "torch finds no CUDA device or driver"
    if kind == "mps" and not torch.backends.mps.is_available():
        return "this computer has no Apple GPU that torch can use"
    try:
        float((torch.ones(2, device=kind) + 1).sum())
    except Exception as error:  # torch raises RuntimeError, AcceleratorError or an assertion by version and driver
        return (
            f"its first computation failed ({str(error).splitlines()[0][:120] if str(error) else type(error).__name__})"
        )
    return ""


def _describe(kind: str) -> str:
    if kind == "cuda":
        return f"CUDA ({_name(kind)[:-2]})"
    return "the Apple GPU (MPS)"
