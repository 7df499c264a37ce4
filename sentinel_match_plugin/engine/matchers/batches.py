"""How much a matcher computes at once: a share for each core, or what a device has room for; and whose turn it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

import numpy as np
import torch

from ..parallel import in_parallel

Answer = TypeVar("Answer")

BATCH_BYTES = 32 * 2**20
BATCH_POINTS = 100  # for one core at a time


def turns(device: torch.device) -> AbstractContextManager[object]:
    """Within it a thread may compute: two at once on MPS can end the process (torch issue 197805)."""
    return threading.Lock() if device.type == "mps" else nullcontext()


def has_bf16(device: torch.device) -> bool:
    """Whether the device computes bf16 by itself: emulated, it would be slower than float32."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    known = [getattr(torch.cpu, name, None) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported")]
    return device.type == "cpu" and any(bool(ask()) for ask in known if ask is not None)


def room(device: torch.device) -> int:
    """Bytes for what is computed at once: a quarter of what a CUDA device has free."""
    return int(torch.cuda.mem_get_info(device)[0]) // 4 if device.type == "cuda" else BATCH_BYTES


def on_cores(work: Callable[[np.ndarray], Answer], count: int) -> Iterator[Answer]:
    """``work`` of the rows 0 to ``count``, about ``BATCH_POINTS`` at a time, on all cores; in order."""
    batches = np.array_split(np.arange(count), -(-count // BATCH_POINTS)) if count else []
    return iter(in_parallel(work, batches))


def in_batches(
    work: Callable[[np.ndarray], Answer],
    rows: np.ndarray,
    at_once: int,
    say: Callable[[str], None],
    doing: str = "looks for {} points",
) -> Iterator[Answer]:
    """``work`` of ``at_once`` rows at a time, fewer where they do not fit into the device's memory."""
    start = 0
    while start < len(rows):
        try:
            found = work(rows[start : start + at_once])
        except torch.cuda.OutOfMemoryError:
            if at_once == 1:
                raise
            at_once = max(1, min(at_once, len(rows) - start) // 2)
            torch.cuda.empty_cache()
            say(f"The device's memory is full: it {doing.format(at_once)} at a time from here on.")
            continue
        yield found
        start += at_once
