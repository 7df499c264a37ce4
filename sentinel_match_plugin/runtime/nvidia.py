"""Is there an NVIDIA card whose driver can carry torch's build for CUDA? Asked of nvidia-smi, which comes with it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess  # nosec B404 # for the name of its exception
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import child

_TIMEOUT_S = 15.0
# What CUDA 13.0 wants, which torch's build is of: NVIDIA's release notes of the toolkit, "minor version compatibility",
# and its list of architectures, which begins with Turing.
OLDEST_DRIVER = 580
OLDEST_CAPABILITY = (7, 5)
_QUERY = "name,driver_version,memory.total,compute_cap"


@dataclass(frozen=True)
class Card:
    """The NVIDIA card of this computer. ``problem``: why torch's build for CUDA will not run, empty if it should."""

    name: str
    driver: str
    memory_gb: float = 0.0
    problem: str = ""

    def __str__(self) -> str:
        memory = f", {self.memory_gb:.0f} GB" if self.memory_gb else ""
        return f"{self.name}{memory}, driver {self.driver}"


def detect(smi: str | None = None, root: Path = Path("/")) -> Card | None:
    """The card with the most memory, or None if there is no driver. ``smi`` and ``root`` are for tests."""
    if sys.platform == "darwin":
        return None
    program = find_smi() if smi is None else smi
    cards = _asked(program) if program else []
    if cards:
        return max(cards, key=lambda card: (not card.problem, card.memory_gb))
    return _of_kernel(root / "proc/driver/nvidia")


def find_smi(variables: Mapping[str, str] | None = None) -> str:
    """The program nvidia-smi; empty if it is not there."""
    environment = os.environ if variables is None else variables
    folders = [environment.get("PATH", "")]
    if os.name == "nt":
        folders.append(os.path.join(environment.get("SystemRoot", r"C:\Windows"), "System32"))
        folders.append(
            os.path.join(environment.get("ProgramFiles", r"C:\Program Files"), "NVIDIA Corporation", "NVSMI")
        )
    else:
        folders += ["/usr/bin", "/usr/local/bin", "/usr/lib/wsl/lib", "/run/host/usr/bin"]  # WSL's; outside a Flatpak
    return shutil.which("nvidia-smi", path=os.pathsep.join(filter(None, folders))) or ""


def _asked(program: str) -> list[Card]:
    for query in (_QUERY, _QUERY.rpartition(",")[0]):  # drivers before 510 do not tell compute_cap
        try:
            done = child.ask([program, f"--query-gpu={query}", "--format=csv,noheader,nounits"], _TIMEOUT_S)
        except (OSError, subprocess.TimeoutExpired):
            return []
        cards = [_card(line) for line in done.stdout.decode("utf-8", "replace").splitlines()]
        if done.returncode == 0 and any(cards):
            return [card for card in cards if card]
    return []


def _card(line: str) -> Card | None:
    parts = [part.strip() for part in line.split(",")]
    if len(parts) < 3 or not re.fullmatch(r"\d+(\.\d+)*", parts[1]):
        return None
    memory_gb = float(parts[2]) / 1024 if re.fullmatch(r"\d+", parts[2]) else 0.0
    capability = parts[3] if len(parts) > 3 else ""
    return Card(parts[0], parts[1], memory_gb, _problem(parts[1], capability))


def _problem(driver: str, capability: str) -> str:
    if int(driver.split(".")[0]) < OLDEST_DRIVER:
        return f"its driver is version {driver}, and torch's build for CUDA needs {OLDEST_DRIVER} or newer: update it"
    numbers = tuple(int(part) for part in capability.split(".") if part.isdigit())
    if numbers and numbers < OLDEST_CAPABILITY:
        return "it is older than NVIDIA's Turing cards (of 2018), for which torch's build for CUDA is no longer made"
    return ""


def _of_kernel(folder: Path) -> Card | None:
    """Where nvidia-smi is missing, the kernel's driver tells something."""
    try:
        text = (folder / "version").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    found = re.search(r"Kernel Module\D*(\d+(?:\.\d+)+)", text)
    return Card("an NVIDIA card", found.group(1), 0.0, _problem(found.group(1), "")) if found else None
