"""Train a matcher on a training set: what can be asked, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field

# training/trainee.py says who makes each; a path of a weights file may stand in their place.
START_FROM = (
    "seasonal",
    "seasonal-shipped",
    "superpoint-superglue",
    "superpoint-lightglue",
    "sift-lightglue",
    "aliked-lightglue",
    "disk-lightglue",
    "xfeat-lighterglue",
    "dedode-lightglue",
    "loftr",
)
# Which weights are written: those that did best on the held-out pairs, or those that training ended with: held-out
# pairs are few, and with a learning rate that has fallen to nothing the end is no worse than any other moment.
KEEP = ("best", "last")
PRECISIONS = ("auto", "bf16", "fp16", "fp32")


@dataclass(frozen=True)
class TrainMatcherJob:
    """Train ``start_from`` (``START_FROM``, or a weights file) on ``training_set``, a folder that buildtrainingset
    wrote.

    How long: ``steps``, else ``epochs`` times the pictures of the set (0: no limit), and no longer than ``minutes``
    (0: no limit) of work; pauses do not count. A step learns from ``batch`` pairs of ``size_px``, ``accumulate`` times,
    at most at ``learning_rate`` (0: what is usual for that start). ``options``: of the pairs made (name=value ...).
    ``validate_minutes``: how often held-out pairs are matched, ``validation_pairs`` of them, and ``test_pairs`` before
    and after. ``keep``: which weights are written (``KEEP``). ``workers``: processes that make pairs; -1: one thread on
    a CPU, several processes for a GPU.

    ``run_folder`` keeps what a stopped run goes on from; empty: one beside ``weights``. ``weights`` is safetensors,
    ``log_figure`` PNG; paths that are empty are not written.
    """

    training_set: str
    start_from: str = "seasonal"
    epochs: float = 0.0
    steps: int = 0
    minutes: float = 0.0
    batch: int = 8
    accumulate: int = 1
    learning_rate: float = 0.0
    size_px: int = 256
    options: str = ""
    precision: str = "auto"
    validate_minutes: float = 5.0
    validation_pairs: int = 24
    test_pairs: int = 100
    keep: str = "best"
    workers: int = -1
    device: str = "auto"
    seed: int = 0
    model_folder: str = ""
    run_folder: str = ""
    weights: str = ""
    log_figure: str = ""


@dataclass(frozen=True)
class TrainMatcherOutcome:
    """What came out: ``steps`` done in ``minutes`` of work; ``loss`` over the last steps; shares of the matches on
    held-out pairs that are within 1 and 3 px of the truth, ``*_start`` of what training began with.

    ``better``: whether the trained network is better than that with 95 % confidence. ``messages`` are sentences saying
    what was chosen; ``outputs``: what was written, name -> path.
    """

    steps: int = 0
    minutes: float = 0.0
    loss: float = float("nan")
    p1: float = float("nan")
    p3: float = float("nan")
    matches: float = float("nan")
    p1_start: float = float("nan")
    p3_start: float = float("nan")
    matches_start: float = float("nan")
    better: bool = False
    held_out_pairs: int = 0
    messages: list[str] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)
