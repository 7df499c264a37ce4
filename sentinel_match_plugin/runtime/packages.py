"""What an environment gets and from where: the locked packages, and the build of torch for this system.

Everything that comes from PyPI is checked against the SHA-256 in engine/locked (scripts/lock_engine.py makes them). Two
builds of torch are not at PyPI, for the CPU on Linux and for CUDA on Windows: their version is pinned, and they come
from PyTorch's own index over TLS, with the hash that this index gives, not one of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .errors import EnvironmentMissing
from .marker import PLUGIN_FOLDER, REQUIREMENTS

TORCHES = ("cpu", "cuda")
# The modules to import, and the packages (of requirements.txt) that bring them.
MODULES = {
    "numpy": "numpy",
    "scipy": "scipy",
    "numba": "numba",
    "torch": "torch",
    "kornia": "kornia",
    "cv2": "opencv-python-headless",
    "affine": "affine",
    "rasterio": "rasterio",
    "safetensors": "safetensors",
    "matplotlib": "matplotlib",
}
# Optional packages: the modules of each, and the packages (of engine/requirements-NAME.txt) that bring them.
EXTRAS = {"hub": {"transformers": "transformers"}}

_PYTORCH = "https://download.pytorch.org/whl"
_CUDA = "cu130"  # that of PyPI's torch for Linux, so that both systems want the same driver (nvidia.py)
# (system, build) -> the mark of the version and the folder of PyTorch's index. All others are PyPI's.
_AT_PYTORCH = {("Linux", "cpu"): "cpu", ("Windows", "cuda"): _CUDA}
# Megabytes of those, which no lock tells: the wheel for Linux x86_64 as it lay on the developers' disk.
_AT_PYTORCH_MB = {("Linux", "cpu"): 192.0}
_DOWNLOAD = re.compile(r"^# download, (?P<system>.+): (?P<mb>\d+) MB$", re.MULTILINE)


@dataclass(frozen=True)
class System:
    """What a Python runs on, in the words of its ``platform`` module."""

    name: str  # Linux, Windows, Darwin
    machine: str  # x86_64, AMD64, arm64, ...

    def __str__(self) -> str:
        return f"{self.name} {self.machine}"


@dataclass(frozen=True)
class Step:
    """One call of pip: what a person reads, pip's arguments, megabytes to fetch (None: not known before)."""

    title: str
    arguments: tuple[str, ...]
    mb: float | None = 0.0


@dataclass(frozen=True)
class Packages:
    """The files that say what an environment gets. ``modules`` (module -> package) must be importable in the end."""

    requirements: Path = REQUIREMENTS
    locked: Path = PLUGIN_FOLDER / "engine" / "locked"
    modules: Mapping[str, str] = field(default_factory=lambda: dict(MODULES))

    def steps(self, torch: str, system: System, extras: Sequence[str] = (), wheels: str = "") -> list[Step]:
        """The calls of pip that make an environment; torch first, whose own index is what is oftenest out of reach."""
        source = offline(wheels)
        made = [
            Step(
                f"torch ({self.torch_title(torch, system)})",
                (*source, *self._torch(torch, system)),
                self._mb(system, torch),
            ),
            Step("numpy, rasterio, kornia and the rest", (*source, *self._locked("packages")), self._mb(system, "")),
        ]
        return made + [Step(f"the optional packages {extra}", (*source, *self._locked(extra))) for extra in extras]

    def torch_title(self, torch: str, system: System) -> str:
        """The build of torch, for people."""
        if system.name == "Darwin":
            return "Apple GPU and CPU"
        return "CUDA" if torch == "cuda" else "CPU"

    def download_mb(self, torch: str, system: System) -> float | None:
        """How much an installation fetches; None if that is known only when it begins."""
        parts = [self._mb(system, ""), self._mb(system, torch)]
        return None if None in parts else sum(part for part in parts if part is not None)

    def disk_mb(self, torch: str, system: System) -> float:
        """The room on the disk that an environment takes: 1.7 GB were seen of 0.44 GB fetched; CUDA's unpack less."""
        mb = self.download_mb(torch, system)
        if mb is None:
            return 7000.0
        return 4.0 * mb if mb < 1000 else 2.5 * mb

    def _locked(self, name: str) -> tuple[str, ...]:
        return ("--no-deps", "--require-hashes", "-r", str(self.locked / f"{name}.txt"))

    def _torch(self, torch: str, system: System) -> tuple[str, ...]:
        folder = _AT_PYTORCH.get((system.name, torch))
        if folder is None:
            return self._locked("torch")
        # An exact local version exists at PyTorch's index (or a mirror of it) alone: nobody can put one at PyPI.
        return ("--no-deps", "--extra-index-url", f"{_PYTORCH}/{folder}", f"torch=={self._torch_version()}+{folder}")

    def _torch_version(self) -> str:
        found = re.search(r"^torch==([^\s;#]+)", self.requirements.read_text(encoding="utf-8"), re.MULTILINE)
        if found is None:
            raise EnvironmentMissing(f"{self.requirements} pins no torch: the plugin's folder is damaged.")
        return found.group(1)

    def _mb(self, system: System, torch: str) -> float | None:
        if torch and (system.name, torch) in _AT_PYTORCH:
            return _AT_PYTORCH_MB.get((system.name, torch))
        text = (self.locked / ("torch.txt" if torch else "packages.txt")).read_text(encoding="utf-8")
        sizes = {match.group("system"): float(match.group("mb")) for match in _DOWNLOAD.finditer(text)}
        return sizes.get(str(system))


ENGINE = Packages()


def has_cuda(system: System) -> bool:
    """Whether there is a build of torch for CUDA on this system."""
    return system.name in ("Linux", "Windows")


def offline(wheels: str) -> tuple[str, ...]:
    """pip's arguments for a folder of wheels, from which alone everything is then taken. Raises EnvironmentMissing."""
    if not wheels:
        return ()
    folder = Path(wheels).expanduser()
    if not folder.is_dir():
        raise EnvironmentMissing(f"The folder of wheels {wheels} does not exist. Correct it, or leave it empty.")
    if next(folder.glob("*.whl"), None) is None:
        raise EnvironmentMissing(
            f"The folder of wheels {wheels} holds no file *.whl. Fill it on a computer with a connection, of the same "
            f"system and with the same Python: python -m sentinel_match_plugin.runtime.environment wheels {wheels}"
        )
    return ("--no-index", "--find-links", str(folder))


def gigabytes(mb: float) -> str:
    """``444`` -> ``440 MB``, ``2981`` -> ``3.0 GB``."""
    return f"{mb / 1000:.1f} GB" if mb >= 1000 else f"{max(round(mb, -1), 10):.0f} MB"
