"""Pairs are made ahead of the steps that learn from them, in a thread or in processes.

Every pair has a number, and is made from a generator of (seed, number) alone: neither the number of workers nor a stop
in between changes what a run sees.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection
from typing import TYPE_CHECKING

import numpy as np

from ..errors import SentinelMatchError

if TYPE_CHECKING:
    from .pairs import PairMaker, TrainingPair

PairSource = Callable[[int], "TrainingPair"]


@dataclass(frozen=True)
class NumberedPairs:
    """The pairs of ``maker`` by number, the same for the same ``seed``."""

    maker: PairMaker
    seed: int

    def __call__(self, number: int) -> TrainingPair:
        return self.maker.make(np.random.default_rng([self.seed, number]))


@contextmanager
def pairs_ahead(source: PairSource, first: int, ahead: int, workers: int = 0) -> Iterator[Iterator[TrainingPair]]:
    """The pairs ``first``, ``first + 1``, ... without end, ``ahead`` of them made before they are asked for.

    ``workers`` 0: in one thread of this process, which is enough where a step takes longer than its pairs; else in so
    many processes, which get a pickled ``source`` each and end with this one, however it ends. An error of ``source``
    is raised where its pair is asked for.
    """
    pool = _processes(source, workers) if workers else ThreadPoolExecutor(1, "pairs")
    make = _made_here if workers else source
    waiting: deque[Future[TrainingPair]] = deque()

    def numbered() -> Iterator[TrainingPair]:
        number = first
        while True:
            while len(waiting) <= ahead:
                waiting.append(pool.submit(make, number))
                number += 1
            try:
                yield waiting.popleft().result()
            except BrokenProcessPool as error:
                raise SentinelMatchError(
                    "A process that makes training pairs died (perhaps for want of memory): choose fewer workers, or "
                    "smaller pairs. What was learned is kept, and the next run goes on from it."
                ) from error

    try:
        yield numbered()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _processes(source: PairSource, workers: int) -> Executor:
    # Forked children of a process with threads (torch, CUDA) may hang: spawned everywhere, as on Windows.
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(source,))


_source: PairSource | None = None


def _begin(source: PairSource) -> None:
    """In a new process: keep ``source``, compute on one core, and end when the process that trains is gone."""
    global _source
    _source = source
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole terminal; the parent says when to end
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)
    if "cv2" in sys.modules:
        sys.modules["cv2"].setNumThreads(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)  # the queues that lead to the parent would wait for it forever


def _made_here(number: int) -> TrainingPair:
    assert _source is not None  # nosec B101  # _begin set it
    return _source(number)
