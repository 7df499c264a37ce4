#!/usr/bin/env python3
"""Make the lock of the engine's environment anew: every package, of every system, with the hashes of its files.

    .venv-engine/bin/python scripts/lock_engine.py [--uv /path/to/uv]

Reads engine/requirements.txt and requirements-hub.txt (the pins) and writes engine/locked/*.txt, which installations
are made from (runtime/packages.py). What it looks up, it looks up at PyPI, by uv (`pip install uv`). It needs to be run
when a pin changes; a test compares the two.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import tomllib

REPOSITORY = Path(__file__).resolve().parents[1]
ENGINE = REPOSITORY / "sentinel_match_plugin" / "engine"
INDEX = "https://pypi.org/simple"
# What PyPI's torch brings along for CUDA on Linux. It is kept apart, for the build for the CPU has none of it.
OF_CUDA = ("torch", "triton", "nvidia-", "cuda-")
PIP = "pip==26.3"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# Systems for which every pinned package must have a wheel: (name, uv's platform, what its wheels' names hold).
SYSTEMS = (
    ("Linux x86_64", "x86_64-unknown-linux-gnu", ("manylinux", "x86_64")),
    ("Linux aarch64", "aarch64-unknown-linux-gnu", ("manylinux", "aarch64")),
    ("Windows AMD64", "x86_64-pc-windows-msvc", ("win_amd64", "")),
    ("Darwin arm64", "aarch64-apple-darwin", ("macosx", "arm64")),
)
HEADS = {
    "packages.txt": "All packages of the engine's environment but torch, with the SHA-256 of PyPI's files.",
    "torch.txt": "torch as PyPI has it (Linux: for CUDA, with its libraries; Windows: for the CPU; macOS), hashed.",
    "hub.txt": "What the optional packages `hub` need beside packages.txt, with hashes.",
    "pip.txt": "The pip that installs the rest, with hashes.",
}


def uv(program: str, *arguments: str, folder: Path | None = None) -> str:
    """What uv says; it must not be led astray by the configuration of this computer."""
    settings = {"UV_NO_CONFIG": "1", "UV_PYTHON_DOWNLOADS": "never", "MACOSX_DEPLOYMENT_TARGET": "14.0"}
    environment = {**os.environ, **settings}
    command = [program, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"uv {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


def compiled(program: str, *requirements: Path, **options: str) -> dict[str, str]:
    """Package -> its lines in the lock."""
    arguments = ["pip", "compile", "-q", "--no-header", "--no-annotate", "--generate-hashes", "--only-binary", ":all:"]
    arguments += ["--universal", "--python-version", PYTHONS[0], "--default-index", INDEX]
    text = uv(program, *arguments, *map(str, requirements))
    entries: dict[str, str] = {}
    for line in text.splitlines(keepends=True):
        if not line.startswith((" ", "#")):
            name = line.partition("==")[0]
        entries[name] = entries.get(name, "") + line
    return entries


def check_systems(program: str, requirements: Path) -> None:
    """Stop if a system or a Python has no wheel of a pinned package."""
    for system, platform, _ in SYSTEMS:
        for version in PYTHONS:
            arguments = ["pip", "compile", "-q", "--python-platform", platform, "--python-version", version]
            uv(program, *arguments, "--only-binary", ":all:", "--default-index", INDEX, str(requirements))
            sys.stdout.write(f"{system}, Python {version}: every package has a wheel\n")


def sizes(program: str, pins: list[str], folder: Path) -> dict[str, dict[str, float]]:
    """System -> package -> megabytes of its wheel for Python 3.12, as uv's own lock tells them."""
    listed = ", ".join(f'"{pin}"' for pin in pins)
    (folder / "pyproject.toml").write_text(
        f'[project]\nname = "sizes"\nversion = "0"\nrequires-python = ">=3.11"\ndependencies = [{listed}]\n'
    )
    uv(program, "lock", "-q", "--default-index", INDEX, folder=folder)
    found: dict[str, dict[str, float]] = {name: {} for name, _, _ in SYSTEMS}
    for package in tomllib.loads((folder / "uv.lock").read_text())["package"]:
        for wheel in package.get("wheels", ()):
            name = wheel["url"].rpartition("/")[2]
            python, _, platform = name.removesuffix(".whl").split("-")[-3:]
            if not any(tag in python for tag in ("cp312", "py3", "py2.py3")) and "abi3" not in name:
                continue
            for system, _, (kind, machine) in SYSTEMS:
                if platform == "any" or (kind in platform and (machine in platform or "universal2" in platform)):
                    found[system][package["name"]] = wheel["size"] / 1e6
    return found


def is_of_cuda(name: str) -> bool:
    """Whether a package stands in torch.txt."""
    return name.startswith(OF_CUDA)


def head(name: str, lines: list[str]) -> str:
    """The first lines of a file."""
    made = "Made by scripts/lock_engine.py; not to be edited."
    return "".join(f"# {line}\n" for line in (HEADS[name], made, *lines))


def main() -> int:
    """Write the four files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--uv", default="uv")
    program = parser.parse_args().uv
    pins, hub = ENGINE / "requirements.txt", ENGINE / "requirements-hub.txt"
    check_systems(program, pins)
    base, with_hub = compiled(program, pins), compiled(program, pins, hub)
    for name, entry in base.items():
        if with_hub[name] != entry:
            raise SystemExit(f"{name}: the optional packages want another version of it")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        megabytes = sizes(program, [line for line in pins.read_text().splitlines() if "==" in line], folder)
        (folder / "pip.in").write_text(PIP)
        pip = compiled(program, folder / "pip.in")
    files = {
        "packages.txt": {name: entry for name, entry in base.items() if not is_of_cuda(name)},
        "torch.txt": {name: entry for name, entry in base.items() if is_of_cuda(name)},
        "hub.txt": {name: entry for name, entry in with_hub.items() if name not in base},
        "pip.txt": pip,
    }
    for file, entries in files.items():
        told = []
        if file in ("packages.txt", "torch.txt"):
            for system, packages in megabytes.items():
                total = sum(size for name, size in packages.items() if name in entries)
                told.append(f"download, {system}: {total:.0f} MB")
        (ENGINE / "locked" / file).write_text(head(file, told) + "".join(entries.values()))
        sys.stdout.write(f"{file}: {len(entries)} packages {told}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
