"""The peers of ``benchmark.py accuracy --peers``: what users have today, run on the same pairs and judged by the same
scorer. Standard library only.

A peer is a script of ``peers/`` with one of its settings: its defaults, or what a patient user would set by hand
(chosen on the training tiles, never on the test tile). Scripts run in virtual environments of their own, made on first
use from pinned requirements. A pair on which a peer ends with an error, or without a raster, is a failed pair of that
peer.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmark_runs import CACHE, read_row, say
from through_qgis import ROOT, Failed

FOLDER = ROOT / "scripts" / "peers"
ENVIRONMENTS = CACHE / "peer-environments"
LIMIT_S = 1800  # a pair that takes longer has failed; on a quiet machine the slowest takes 60 s
# What must be importable in an environment before it counts as made.
MODULES = {
    "arosics": "arosics",
    "opencv": "cv2, rasterio, scipy.interpolate",
    "simpleitk": "SimpleITK, rasterio, scipy.interpolate",
}
SYSTEM_SITE = ("arosics",)  # needs the GDAL bindings, which come with the system's GDAL and not from PyPI


@dataclass(frozen=True)
class Peer:
    """A way to co-register, as it is called in the tables, and how it is run."""

    name: str
    script: str
    setting: str
    environment: str

    def results(self, pair: Path) -> Path:
        """Where its result for ``pair`` is kept."""
        return CACHE / "results" / "peers" / f"{Path(self.script).stem}-{self.setting}" / pair.name

    def version(self) -> str:
        """A hash of all that the result depends on: the script, what it imports from its folder, the requirements."""
        digest = hashlib.sha256(f"{self.name}\0{self.setting}".encode())
        for path in (*_with_imports(FOLDER / self.script), _requirements(self.environment)):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def run(self, pair: Path, folder: Path) -> dict:
        """Its answer for ``pair``: ``status`` ok or failed, ``messages``, and the names of the files it wrote into
        ``folder``.
        """
        command = [str(_python(self.environment)), str(FOLDER / self.script), self.setting]
        command += [str(pair / "reference.tif"), str(pair / "target.tif"), str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, env=_environment(), timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            return {"status": "failed", "messages": f"It took more than {LIMIT_S} s."}
        if done.returncode:
            return {"status": "failed", "messages": _reason(done.stderr) or f"It ended with code {done.returncode}."}
        if not (folder / "warped.tif").exists():
            return {"status": "failed", "messages": "It wrote no raster."}
        points = {"tie-points": "tie_points.csv"} if (folder / "tie_points.csv").exists() else {}
        return {"status": "ok", "messages": "", "warped": "warped.tif", **points}


PEERS = (
    Peer("AROSICS global, defaults", "arosics_peer.py", "global-defaults", "arosics"),
    Peer(
        "AROSICS global, by hand: search 80 px, nodata, window 360 px", "arosics_peer.py", "global-by-hand", "arosics"
    ),
    Peer("AROSICS local, defaults, grid 32 px", "arosics_peer.py", "local-defaults", "arosics"),
    Peer("AROSICS local, by hand: search 80 px, nodata", "arosics_peer.py", "local-by-hand", "arosics"),
    Peer(
        "AROSICS local, by hand, also window 192 px, reliability 30 %",
        "arosics_peer.py",
        "local-192-by-hand",
        "arosics",
    ),
    Peer(
        "AROSICS local, by hand, also window 128 px, reliability 30 %",
        "arosics_peer.py",
        "local-128-by-hand",
        "arosics",
    ),
    Peer("OpenCV SIFT, ratio test, RANSAC", "opencv_features.py", "sift", "opencv"),
    Peer("OpenCV AKAZE, ratio test, RANSAC", "opencv_features.py", "akaze", "opencv"),
    Peer("OpenCV ORB, ratio test, RANSAC", "opencv_features.py", "orb", "opencv"),
    Peer("OpenCV SIFT, by hand: search 80 px", "opencv_features.py", "sift-by-hand", "opencv"),
    Peer("KLT after a phase shift, affine", "klt.py", "affine", "opencv"),
    Peer("KLT after a phase shift, thin plate", "klt.py", "thin-plate", "opencv"),
    Peer("phase correlation, whole window", "phase_correlation.py", "whole", "opencv"),
    Peer("phase correlation, coarse to fine, thin plate", "phase_correlation.py", "coarse-to-fine", "opencv"),
    Peer("SimpleITK mutual information, affine", "simpleitk_mutual.py", "affine", "simpleitk"),
    Peer("SimpleITK, affine, by hand: search 80 px", "simpleitk_mutual.py", "affine-by-hand", "simpleitk"),
    Peer("SimpleITK, B-spline 128 px, by hand", "simpleitk_mutual.py", "bspline-128-by-hand", "simpleitk"),
    Peer("SimpleITK, B-spline 64 px, by hand", "simpleitk_mutual.py", "bspline-64-by-hand", "simpleitk"),
)
NOT_MEASURED = {
    "KARIOS": "It is in no package registry. The rows `KLT` are the method it is built on, written anew.",
    "OTB homologous points": "It is a system package (otb-bin), which this program does not install.",
}


def ready(pairs: list[Path], fresh: bool) -> tuple[list[Peer], dict[str, str]]:
    """The peers that can be run on ``pairs``, or were, and why the others cannot. Makes the environments that are
    missing.
    """
    usable, reasons = [], dict(NOT_MEASURED)
    broken: dict[str, str] = {}
    for peer in PEERS:
        done = not fresh and all(read_row(peer.results(pair), peer.version()) for pair in pairs)
        if not done and peer.environment not in broken:
            try:
                make_environment(peer.environment)
            except Failed as error:
                broken[peer.environment] = str(error)
        if done or peer.environment not in broken:
            usable.append(peer)
        else:
            reasons[peer.name] = broken[peer.environment]
    return usable, reasons


def make_environment(name: str) -> None:
    """Make the environment, unless it is there as its requirements want it. Raises Failed with the reason."""
    python = system_python() if name in SYSTEM_SITE else sys.executable
    options = ["--system-site-packages"] if name in SYSTEM_SITE else []
    folder, requirements = ENVIRONMENTS / name, _requirements(name)
    wanted = hashlib.sha256(f"{python}\0{folder}\0{requirements.read_text()}".encode()).hexdigest()
    made = folder / ".made"
    if made.exists() and made.read_text() == wanted:
        return
    say(f"Making the environment of the peers that need {name} ...")
    shutil.rmtree(folder, ignore_errors=True)
    inside = str(_python(name))
    _do([python, "-m", "venv", *options, str(folder)])
    _do([inside, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input", "-r", str(requirements)])
    _do([inside, "-c", f"import {MODULES[name]}"])
    made.write_text(wanted)


def system_python() -> str:
    """The Python that sees the system's GDAL bindings: $SYSTEM_PYTHON, else /usr/bin/python3, as in setup.sh."""
    return os.environ.get("SYSTEM_PYTHON", "/usr/bin/python3")


def _do(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=_environment())
    except OSError as error:
        raise Failed(f"{command[0]} cannot be run: {error}") from error
    if done.returncode:
        raise Failed(f"{' '.join(command[1:4])} failed: {_reason(done.stderr or done.stdout)}")


def _reason(said: str) -> str:
    """Of what a program wrote before it ended: pip's first ``ERROR``, else the last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    return (errors[:1] or lines[-1:] or [""])[0]


def _environment() -> dict[str, str]:
    from sentinel_match_plugin.runtime.child import scrubbed_environment

    return scrubbed_environment()


def _requirements(environment: str) -> Path:
    return FOLDER / f"requirements-{environment}.txt"


def _python(environment: str) -> Path:
    return ENVIRONMENTS / environment / "bin" / "python"


def _with_imports(script: Path) -> list[Path]:
    """A script of the folder and those of its neighbours that it imports, directly or not; by name."""
    seen, waiting = set(), [script]
    while waiting:
        path = waiting.pop()
        if path not in seen and path.exists():
            seen.add(path)
            waiting += [FOLDER / f"{name}.py" for name in re.findall(r"^from (\w+) import", path.read_text(), re.M)]
    return sorted(seen)
