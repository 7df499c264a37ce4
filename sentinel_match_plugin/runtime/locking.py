"""A lock on an open file between processes: one of them has it, and a dead process leaves none behind."""

from __future__ import annotations

import sys
from pathlib import Path


def is_held(path: Path) -> bool:
    """Whether somebody has the lock of the file just now: another process, or another thread of this one."""
    try:
        with open(path, "r+b") as stream:
            return not try_lock(stream.fileno())
    except OSError:  # no file, no lock
        return False


def try_lock(descriptor: int) -> bool:
    """Take the lock of the file; False if another process (or another opening of the file) has it."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
