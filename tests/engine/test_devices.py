"""The device that is chosen is there and works, and the sentence says which it is."""

from __future__ import annotations

import pytest
import torch

from sentinel_match_plugin.engine import devices
from sentinel_match_plugin.engine.devices import choose_device, use_threads
from sentinel_match_plugin.engine.errors import InputError


@pytest.fixture
def no_gpu(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


@pytest.fixture(autouse=True)
def _threads_as_before():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def test_the_choice_can_compute_and_is_named():
    device, sentence = choose_device("auto")
    assert float((torch.ones(2, device=device) + 1).sum()) == 4
    assert sentence.startswith("Device: ")
    assert sentence.endswith(".")


def test_the_cpu_is_taken_when_asked_for():
    device, sentence = choose_device("cpu")
    assert device == torch.device("cpu")
    assert "as asked" in sentence


def test_auto_without_a_gpu_takes_the_cpu_and_says_why(no_gpu):
    device, sentence = choose_device("auto")
    assert device.type == "cpu"
    assert "CUDA" in sentence


@pytest.mark.parametrize("name", ["cuda", "mps"])
def test_a_device_that_is_not_there_is_refused_naming_what_is(name, no_gpu):
    with pytest.raises(
        InputError, match=rf"The device “{name}” cannot be used here: .*There is the CPU: choose auto or cpu\."
    ):
        choose_device(name)


def test_a_driver_that_fails_at_the_first_kernel_counts_as_absent(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)

    def broken(*_, **__):
        raise RuntimeError("CUDA error: no kernel image is available\nmore lines")

    monkeypatch.setattr(devices.torch, "ones", broken)
    device, sentence = choose_device("auto")
    assert device.type == "cpu"
    assert "no kernel image is available" in sentence
    with pytest.raises(InputError, match="no kernel image"):
        choose_device("cuda")


def test_an_unknown_device_is_refused_with_the_names_there_are():
    with pytest.raises(InputError, match="“tpu” is not known: choose one of auto, cpu, cuda, mps"):
        choose_device("tpu")


def test_threads_follow_the_variable_and_what_this_process_may_use(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert use_threads() == torch.get_num_threads() == 3
    monkeypatch.delenv("OMP_NUM_THREADS")
    monkeypatch.setattr("os.sched_getaffinity", lambda process: {0, 1}, raising=False)
    assert use_threads() == torch.get_num_threads() == 2
    assert use_threads(1) == torch.get_num_threads() == 1
