"""How the numeric libraries wait, share and remember, which they ask the environment once, when they are loaded; and
how the C library keeps memory. Imports nothing of theirs.
"""

from __future__ import annotations

import ctypes
import os
import sys

# glibc's mallopt: option -> value, and the environment variable by which the user sets it.
M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -2, -3, -8
MEMORY = (
    (M_ARENA_MAX, 1, "MALLOC_ARENA_MAX"),  # what one thread gives back the other one takes
    (M_MMAP_THRESHOLD, 32 * 2**20, "MALLOC_MMAP_THRESHOLD_"),  # the most that it takes
    (M_TRIM_THRESHOLD, 256 * 2**20, "MALLOC_TRIM_THRESHOLD_"),
    (M_TOP_PAD, 16 * 2**20, "MALLOC_TOP_PAD_"),
)


def settle() -> None:
    """Call before numpy or torch is imported; what the user has set stays.

    Threads that wait by spinning fight over the cores of a busy machine: two jobs at once on two cores took 16.6 s with
    and 11.8 s without, a single one 6.6 s and 5.1 s (a 384 x 496 pair). And the matrices of the fits are small: on two
    threads of OpenBLAS each they cost 24 s of processor time instead of 0.9 on a busy machine (the same pair).
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # MB. GDAL keeps decoded blocks in a twentieth of the machine's memory, 1.2 GB of 24: two rows of blocks of six
    # bands are enough. With 512 a pair of 10980 x 10980 px took 4 s longer, and 21960 x 21960 px 2.1 GB in
    # place of 1.2.
    os.environ.setdefault("GDAL_CACHEMAX", "256")
    _keep_memory()


def _keep_memory() -> None:
    """Let glibc keep some of what arrays give back, for the next ones.

    By default it hands arrays of some MB back to the system and asks for them again, which then clears every page, and
    keeps for each thread what only that thread gave back. Peak of a pair of 10980 x 10980 px: 965 MB in place of 1265.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # another C library has none
    for option, value, variable in MEMORY:
        if mallopt and variable not in os.environ:
            mallopt(option, value)
