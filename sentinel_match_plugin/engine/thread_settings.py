"""How the numeric libraries wait, share and remember, which they ask the environment once, when they are loaded.
Imports nothing of theirs.
"""

from __future__ import annotations

import os


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
