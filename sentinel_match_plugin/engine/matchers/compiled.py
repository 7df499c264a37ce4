"""How kernels are compiled for the processor: by numba, at first use, and kept for later sessions."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np

# Sums may be taken in any order, or nothing could be done 8 or 16 at a time; NaN and infinity must not come in.
OPTIONS: dict[str, Any] = {"nogil": True, "fastmath": True, "error_model": "numpy"}
ZERO: Any = np.float32(0)  # a plain 0.0 would make float64 of a sum

_kept: list[Any] = []  # what keeps each kernel

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(kernel: Kernel) -> Kernel:
    """Decorator. What is compiled is kept beside the source or, where that may not be written, in the user's cache; if
    there is neither, or no room, it is compiled again in each session, which takes some seconds.
    """
    try:
        dispatcher: Any = numba.njit(cache=True, **OPTIONS)(kernel)
    except RuntimeError:  # numba finds nowhere to keep it
        return numba.njit(**OPTIONS)(kernel)
    keep = dispatcher._cache.save_overload

    def keep_if_there_is_room(*compiled_kernel: object) -> None:
        with suppress(OSError):
            keep(*compiled_kernel)

    dispatcher._cache.save_overload = keep_if_there_is_room
    _kept.append(dispatcher._cache)
    return cast(Kernel, dispatcher)


def are_kept() -> bool:
    """Whether kernels were compiled on this machine before; if not, the first use takes some 10 seconds."""
    try:
        return any(Path(cache._cache_file._index_path).is_file() for cache in _kept)
    except AttributeError:  # a numba that names its files otherwise
        return True
