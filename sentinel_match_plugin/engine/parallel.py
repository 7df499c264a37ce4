"""Independent pieces of work, side by side on the processor's cores."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar, cast

MOST_WORKERS = 4  # each holds its own piece of the images, some 100 to 200 MB

AHEAD = 2  # jobs a worker may be ahead of who takes the results

Job = TypeVar("Job")
Result = TypeVar("Result")

_share = threading.local()  # .cores: how many of the cores are this thread's, where it is one of several


def in_parallel(work: Callable[[Job], Result], jobs: Sequence[Job]) -> Generator[Result, None, None]:
    """``work`` of each of ``jobs``, in their order; ``work`` must be safe to run in several threads.

    As many threads as torch may use (``torch.get_num_threads``), at most ``MOST_WORKERS``, and torch keeps to one in
    each: dividing its own small steps among threads takes longer than taking them alone. What a job does in parallel
    itself gets its share of the cores. The first exception is raised; jobs that have not begun then never do. Does not
    import torch.
    """
    ours = getattr(_share, "cores", None) or getattr(sys.modules.get("torch"), "get_num_threads", cores)()
    workers = max(1, min(ours, len(jobs), MOST_WORKERS))

    def alone(job: Job) -> Result:
        with _given(ours // workers):
            return work(job)

    if workers == 1:
        yield from map(alone, jobs)
        return
    pool = ThreadPoolExecutor(workers)
    waiting: deque[Future[Result]] = deque()  # a few more than are worked on: results that nobody has taken yet pile up
    with _given(ours):
        try:
            for job in jobs:
                waiting.append(pool.submit(alone, job))
                if len(waiting) > AHEAD * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def cores() -> int:
    """How many this process may use: those that it may run on, or ``OMP_NUM_THREADS``.

    Torch by itself counts the processors of the machine, not those that a container or ``taskset`` leaves to this
    process.
    """
    asked = os.environ.get("OMP_NUM_THREADS", "").split(",")[0]
    if asked.isdigit() and int(asked) > 0:
        return int(asked)
    if hasattr(os, "sched_getaffinity"):  # not on Windows and macOS
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


@contextmanager
def _given(count: int) -> Iterator[None]:
    """This thread's share of the cores is ``count``, and torch, if it is there, computes with one."""
    before, torch = getattr(_share, "cores", None), cast(Any, sys.modules.get("torch"))
    threads = torch.get_num_threads() if hasattr(torch, "set_num_threads") else 0
    _share.cores = count
    if threads:
        torch.set_num_threads(1)
    try:
        yield
    finally:
        if before is None:
            del _share.cores
        else:
            _share.cores = before
        if threads:
            torch.set_num_threads(threads)
