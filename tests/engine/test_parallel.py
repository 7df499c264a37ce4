"""Pieces of work side by side: in order, bounded, and torch's threads are given back."""

import threading
import time

import pytest
import torch

from sentinel_match_plugin.engine.parallel import AHEAD, in_parallel


@pytest.fixture(autouse=True)
def two_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


def test_results_come_in_the_order_of_the_jobs():
    def work(number):
        time.sleep(0.02 if number % 2 else 0)
        return number * 10

    assert list(in_parallel(work, range(9))) == [number * 10 for number in range(9)]


def test_two_jobs_are_worked_on_at_once_each_with_one_thread_of_torch():
    together = threading.Barrier(2)

    def work(_):
        together.wait(timeout=20)
        return torch.get_num_threads()

    assert list(in_parallel(work, range(4))) == [1, 1, 1, 1]
    assert torch.get_num_threads() == 2


def test_a_single_job_has_all_cores_for_what_it_does_in_parallel_itself():
    together = threading.Barrier(2)

    def outer(_):
        return list(in_parallel(lambda number: together.wait(timeout=20) >= 0 and number, range(2)))

    assert list(in_parallel(outer, [0])) == [[0, 1]]
    assert torch.get_num_threads() == 2


def test_jobs_of_jobs_that_share_the_cores_run_one_after_the_other():
    def outer(_):
        return list(in_parallel(lambda _: threading.get_ident(), range(3))) == [threading.get_ident()] * 3

    assert all(in_parallel(outer, range(2)))


def test_the_first_error_is_raised_and_what_has_not_begun_never_does():
    begun = []

    def work(number):
        begun.append(number)
        if number == 1:
            raise ValueError("broken")
        time.sleep(0.05)
        return number

    with pytest.raises(ValueError, match="broken"):
        list(in_parallel(work, range(100)))
    assert len(begun) < 20
    assert torch.get_num_threads() == 2


def test_results_that_nobody_takes_do_not_pile_up():
    begun = []
    results = in_parallel(begun.append, range(100))
    next(results)
    time.sleep(0.2)
    assert len(begun) <= 2 * AHEAD + 2
    results.close()
    assert torch.get_num_threads() == 2
