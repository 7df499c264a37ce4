"""The NVIDIA card is told from what nvidia-smi answers."""

from __future__ import annotations

import os
import sys

import pytest

from sentinel_match_plugin.runtime import nvidia

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="shell scripts stand in for nvidia-smi")


@pytest.fixture
def smi(tmp_path):
    def make(text):
        path = tmp_path / "nvidia-smi"
        path.write_text("#!/bin/sh\n" + text)
        path.chmod(0o755)
        return str(path)

    return make


@pytest.mark.parametrize(
    ("line", "told", "problem"),
    [
        ("NVIDIA GeForce RTX 4070, 580.95.05, 12282, 8.9", "NVIDIA GeForce RTX 4070, 12 GB, driver 580.95.05", ""),
        ("NVIDIA GeForce GTX 1080, 580.95, 8192, 6.1", "NVIDIA GeForce GTX 1080, 8 GB, driver 580.95", "Turing"),
        ("Tesla T4, 535.183.01, 15360, 7.5", "Tesla T4, 15 GB, driver 535.183.01", "needs 580 or newer"),
        ("NVIDIA GB10, 580.126, [N/A], 12.1", "NVIDIA GB10, driver 580.126", ""),
    ],
)
def test_a_card_is_named_with_what_speaks_against_it(smi, tmp_path, line, told, problem):
    card = nvidia.detect(smi(f"echo '{line}'"), tmp_path)
    assert str(card) == told
    assert problem in card.problem
    assert bool(card.problem) == bool(problem)


def test_of_several_cards_the_one_that_works_with_the_most_memory_is_told(smi, tmp_path):
    text = "echo 'Old, 580.1, 48000, 6.1'\necho 'Small, 580.1, 8000, 8.9'\necho 'Large, 580.1, 24000, 8.9'"
    assert nvidia.detect(smi(text), tmp_path).name == "Large"


def test_a_driver_that_does_not_know_of_compute_capabilities_is_asked_without(smi, tmp_path):
    program = smi(
        'case "$1" in *compute_cap*) echo "Field is not a valid field"; exit 2;; esac\necho "K80, 470.2, 11441"'
    )
    card = nvidia.detect(program, tmp_path)
    assert (card.name, card.driver) == ("K80", "470.2")


@pytest.mark.parametrize(
    "text", ["exit 9", "echo NVIDIA-SMI has failed because it could not communicate with the driver", "sleep 60"]
)
def test_a_driver_that_does_not_answer_is_no_driver(smi, tmp_path, text, monkeypatch):
    monkeypatch.setattr(nvidia, "_TIMEOUT_S", 0.5)
    assert nvidia.detect(smi(text), tmp_path) is None


def test_without_nvidia_smi_the_kernel_is_asked(tmp_path):
    assert nvidia.detect("", tmp_path) is None
    folder = tmp_path / "proc" / "driver" / "nvidia"
    folder.mkdir(parents=True)
    (folder / "version").write_text("NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14  Thu Feb 22\n")
    card = nvidia.detect("", tmp_path)
    assert card.driver == "550.54.14"
    assert "580" in card.problem


def test_nvidia_smi_is_looked_for_on_path(tmp_path, smi):
    program = smi("exit 0")
    assert nvidia.find_smi({"PATH": str(tmp_path)}) == program
    assert os.path.dirname(nvidia.find_smi({"PATH": ""})) != str(tmp_path)
