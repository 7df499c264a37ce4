"""The pins, their hashes, and what pip is told for each system and build."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sentinel_match_plugin.runtime import environment, locate, packages
from sentinel_match_plugin.runtime.packages import ENGINE, System

REPOSITORY = Path(__file__).resolve().parents[2]
LINUX, WINDOWS, MACOS = System("Linux", "x86_64"), System("Windows", "AMD64"), System("Darwin", "arm64")


def names(lines):
    found = (re.match(r'\s*"?([A-Za-z0-9._-]+)\s*[<>=!~]', line) for line in lines)
    return {match.group(1).lower() for match in found if match}


def locked(name):
    """Package -> the versions and the number of hashes of its entries in a lock."""
    text = (ENGINE.locked / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.findall(
        r"^([a-z0-9-]+)==(\S+?)(?: ;[^\\]*)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
    )
    return {package: (version, hashes.count("--hash")) for package, version, hashes in entries}, text


def test_the_pinned_requirements_are_the_dependencies_of_pyproject_and_what_is_checked():
    pinned = locate.REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    dependencies = project.partition("\ndependencies = [")[2].partition("\n]")[0].splitlines()
    assert names(pinned) == names(dependencies) == set(environment.MODULES.values())
    assert all("==" in line for line in pinned if line and not line.startswith("#"))


def test_the_optional_packages_are_those_of_pyproject_and_what_is_checked():
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    optional = project.partition("[project.optional-dependencies]\n")[2].partition("\n[")[0]
    for extra, modules in environment.EXTRAS.items():
        pinned = locate.extra_requirements(extra).read_text(encoding="utf-8").splitlines()
        listed = optional.partition(f"{extra} = [")[2].partition("\n]")[0].splitlines()
        assert names(pinned) == names(listed) == set(modules.values())
        assert all("==" in line for line in pinned if line and not line.startswith("#"))


def test_every_pin_is_locked_in_its_version_and_every_locked_package_has_hashes():
    found = {}
    for name in ("packages", "torch", "hub", "pip"):
        entries, text = locked(name)
        heads = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert len(heads) == len(re.findall(r"^\S+==.*\\\n    --hash=sha256:[0-9a-f]{64}", text, re.M)), name
        found.update(entries)
    for file in (locate.REQUIREMENTS, locate.extra_requirements("hub")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if "==" in line and not line.startswith("#"):
                package, _, version = line.strip().partition("==")
                assert found[package][0] == version, f"run scripts/lock_engine.py: {line}"
                assert found[package][1] > 0


def test_cuda_libraries_are_fetched_for_cuda_alone():
    assert not [name for name in locked("packages")[0] if name.startswith(("torch", "nvidia", "cuda", "triton"))]
    assert "nvidia-cudnn-cu13" in locked("torch")[0]


@pytest.mark.parametrize(
    ("system", "torch", "hashed", "wanted"),
    [
        (LINUX, "cuda", True, "torch.txt"),
        (WINDOWS, "cpu", True, "torch.txt"),
        (MACOS, "cpu", True, "torch.txt"),
        (LINUX, "cpu", False, "+cpu"),
        (WINDOWS, "cuda", False, "+cu130"),
    ],
)
def test_what_pypi_has_is_hashed_and_what_it_has_not_is_pinned_to_the_build(system, torch, hashed, wanted):
    build, rest = ENGINE.steps(torch, system)
    assert "--require-hashes" in rest.arguments
    assert ("--require-hashes" in build.arguments) == hashed
    assert build.arguments[-1].endswith(wanted)
    pinned = re.search(r"^torch==(\S+)", locate.REQUIREMENTS.read_text(encoding="utf-8"), re.M).group(1)
    if not hashed:
        assert build.arguments[-1] == f"torch=={pinned}{wanted}"
    assert all("--no-deps" in step.arguments for step in (rest, build)), "nothing comes that no lock names"


def test_sizes_are_known_where_a_lock_tells_them_and_cuda_is_the_larger():
    assert ENGINE.download_mb("cuda", LINUX) > 3 * ENGINE.download_mb("cpu", LINUX) > 0
    assert ENGINE.download_mb("cpu", WINDOWS) > 0
    assert ENGINE.download_mb("cuda", WINDOWS) is None
    assert ENGINE.download_mb("cpu", System("Linux", "riscv64")) is None
    assert packages.gigabytes(443.6) == "440 MB"
    assert packages.gigabytes(2981) == "3.0 GB"


def test_a_folder_of_wheels_shuts_the_network_out(tmp_path):
    (tmp_path / "a-1-py3-none-any.whl").touch()
    for step in ENGINE.steps("cpu", LINUX, ("hub",), str(tmp_path)):
        assert step.arguments[:3] == ("--no-index", "--find-links", str(tmp_path))
