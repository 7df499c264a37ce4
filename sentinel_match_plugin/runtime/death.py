"""How a child process ended, as a sentence for the user."""

from __future__ import annotations

import signal

from .errors import HOW_TO_REPAIR

_MEMORY = "most often because the memory ran out. Close other programs or choose a smaller EXTENT, and run it again"
_CRASH = "a crash in one of the engine's libraries. Run it again; if it happens again, please report it with the log"
# Windows ends a crashed process with its NTSTATUS as the exit code.
_NTSTATUS = {
    0xC0000005: f"it touched memory it must not (0xC0000005), {_CRASH}",
    0xC0000017: f"the system had no memory left for it (0xC0000017), {_MEMORY}",
    0xC000001D: f"this processor lacks an instruction (0xC000001D), {_CRASH}",
    0xC00000FD: f"its stack overflowed (0xC00000FD), {_CRASH}",
    0xC0000135: "a library of its environment is missing (0xC0000135). Repair the environment: "
    + HOW_TO_REPAIR.rstrip("."),
    0xC000013A: "it was interrupted from the keyboard (0xC000013A)",
}


def describe_death(code: int, last_words: str = "") -> str:
    """``code`` as ``subprocess`` returns it: minus the signal on POSIX, the NTSTATUS on Windows."""
    if code & 0xFFFFFFFF in _NTSTATUS:
        reason = _NTSTATUS[code & 0xFFFFFFFF]
    elif code < 0:
        reason = _signal_reason(-code)
    elif code == 0:
        reason = "it left before the job was done. Run it again; if it happens again, please report it with the log"
    else:
        reason = f"it ended with exit code {code}. Run it again; if it happens again, please report it with the log"
    said = f" Its last words: {last_words}" if last_words else ""
    return f"The engine stopped in the middle of the job: {reason}.{said}"


def _signal_reason(number: int) -> str:
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    if name == "SIGKILL":
        return f"it was killed from outside (SIGKILL), {_MEMORY}"
    if name in ("SIGTERM", "SIGINT", "SIGHUP"):
        return f"it was ended from outside ({name}). Run it again"
    return f"{name}, {_CRASH}"
