"""One step: pairs in, the weights a little better. Mixed precision, accumulation, and what may go wrong with memory and
numbers.
"""

from __future__ import annotations

import contextlib
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from ..errors import InputError, SentinelMatchError
from ..events import Events
from ..jobs.training import PRECISIONS
from ..matchers.batches import has_bf16
from .trainee import Trainee

if TYPE_CHECKING:
    from .pairs import TrainingPair

BAD_IN_A_ROW = 25  # steps without a usable number, after which there is no hope


@dataclass(frozen=True)
class StepFigures:
    """Of one step: the mean ``loss`` over its pairs, its ``parts`` by name, the norm of the ``gradient`` before it was
    clipped. All nan for a step that was skipped.
    """

    loss: float
    parts: dict[str, float]
    gradient: float


class Stepper:
    """Steps of AdamW (Loshchilov & Hutter, "Decoupled weight decay regularization", ICLR 2019) on what ``trainee``
    calls trainable.

    ``batch``: pairs that are in memory at once; the gradients of several batches add up to those of a step. It is
    halved, for good, when memory runs out. ``precision``: see ``resolve_precision``. ``clip``: the largest norm of a
    gradient; 0: any.
    """

    def __init__(
        self, trainee: Trainee, batch: int, precision: str, weight_decay: float, clip: float, events: Events
    ) -> None:
        self._trainee, self._clip, self._events = trainee, clip, events
        self.batch = batch
        self._parameters = list(trainee.trainable())
        if not self._parameters:
            raise InputError(f"{trainee.name} has nothing that can be trained.")
        self._device = self._parameters[0].device
        self._kind = {"bf16": torch.bfloat16, "fp16": torch.float16}.get(precision)
        self._optimizer = torch.optim.AdamW(_groups(self._parameters, weight_decay), lr=0.0)
        self._scaler = torch.amp.GradScaler(self._device.type, enabled=precision == "fp16")
        self._bad = 0

    def step(self, pairs: Sequence[TrainingPair], rate: float, seed: int) -> StepFigures:
        """Learn from ``pairs`` at the learning ``rate``; what is random is drawn from ``seed``.

        A step whose loss or gradient is no number is left out and said; SentinelMatchError after ``BAD_IN_A_ROW`` such
        steps. Raises InputError where memory is not enough for a single pair.
        """
        while True:
            torch.manual_seed(seed)
            try:
                return self._step(pairs, rate)
            except RuntimeError as error:
                if not _out_of_memory(error):
                    raise
                self._smaller(len(pairs), error)

    def state(self) -> dict[str, Any]:
        """What a later run goes on from: plain containers of numbers and tensors."""
        return {
            "optimizer": self._optimizer.state_dict(),
            "scaler": self._scaler.state_dict(),
            "batch": self.batch,
            "bad": self._bad,
        }

    def go_on_from(self, state: dict[str, Any]) -> None:
        """Take over what ``state`` gave. Raises ValueError where it is that of another network."""
        self._optimizer.load_state_dict(state["optimizer"])
        if state["scaler"]:
            self._scaler.load_state_dict(state["scaler"])
        self.batch = min(self.batch, int(state["batch"]))
        self._bad = int(state["bad"])

    def _step(self, pairs: Sequence[TrainingPair], rate: float) -> StepFigures:
        self._optimizer.zero_grad(set_to_none=True)
        total, parts, known = 0.0, defaultdict[str, float](float), defaultdict[str, float](float)
        for first in range(0, len(pairs), self.batch):
            self._events.check_cancelled()
            chunk = pairs[first : first + self.batch]
            share = len(chunk) / len(pairs)
            with self._autocast():
                loss, named = self._trainee.loss(chunk)
            if loss.requires_grad:
                self._scaler.scale(loss * share).backward()
            total += share * float(loss.detach())
            for name, value in named.items():
                # A part is nan where a chunk has nothing to tell of it (a pair without windows); others may have.
                if not math.isnan(value):
                    parts[name] += share * float(value)
                    known[name] += share
        norm = self._norm()
        good = torch.isfinite(torch.tensor([total, norm])).all()
        # With fp16 a gradient that overflows is part of finding the scale: the scaler leaves the step out by itself.
        if good or (self._scaler.is_enabled() and total == total):
            for group in self._optimizer.param_groups:
                group["lr"] = rate
            self._scaler.step(self._optimizer)
            self._scaler.update()
        if good:
            self._bad = 0
            return StepFigures(total, {name: value / known[name] for name, value in parts.items()}, norm)
        self._count_bad(total)
        return StepFigures(float("nan"), {}, float("nan"))

    def _norm(self) -> float:
        """The norm of the whole gradient, which is clipped; 0 where no pair taught anything."""
        self._scaler.unscale_(self._optimizer) if self._scaler.is_enabled() else None
        gradients = [p.grad for p in self._parameters if p.grad is not None]
        if not gradients:
            return 0.0
        return float(torch.nn.utils.clip_grad_norm_(self._parameters, self._clip or float("inf")))

    def _count_bad(self, loss: float) -> None:
        self._bad += 1
        what = "loss" if loss != loss else "gradient"
        if self._bad >= BAD_IN_A_ROW:
            raise SentinelMatchError(
                f"The {what} was no finite number in {self._bad} steps in a row, so training was stopped: choose a "
                "lower learning rate, or precision fp32. The best weights so far are kept in the run folder."
            )
        if self._bad == 1 or self._bad % 10 == 0:
            self._events.warning(f"A step was left out: its {what} was no finite number ({self._bad} in a row).")

    def _smaller(self, count: int, error: BaseException) -> None:
        """Halve the batch, so that twice as many are accumulated."""
        self._optimizer.zero_grad(set_to_none=True)
        if self._device.type == "cuda":
            torch.cuda.empty_cache()
        now = min(self.batch, count)
        if now == 1:
            raise InputError(
                "There is not enough memory to learn from a single pair: choose smaller pairs (SIZE), or DEVICE=cpu."
            ) from error
        self.batch = (now + 1) // 2
        self._events.warning(
            f"There was not enough memory for {now} pairs at once: from now on {self.batch}, and the gradients of more "
            "of them are added up, so that a step is the same."
        )

    @contextlib.contextmanager
    def _autocast(self) -> Iterator[None]:
        with torch.autocast(self._device.type, dtype=self._kind or torch.bfloat16, enabled=self._kind is not None):
            yield


def resolve_precision(wanted: str, device: torch.device) -> tuple[str, str]:
    """fp32, bf16 or fp16, and a sentence why. ``auto`` takes what the device computes by itself.

    Raises InputError where the device cannot.
    """
    if wanted not in PRECISIONS:
        raise InputError(f"PRECISION: “{wanted}” is not one of {', '.join(PRECISIONS)}.")
    fitting = {"cuda": ("bf16", "fp16", "fp32"), "cpu": ("bf16", "fp32")}.get(device.type, ("fp32",))
    if device.type == "cuda" and not has_bf16(device):
        fitting = ("fp16", "fp32")
    if wanted not in ("auto", *fitting):
        raise InputError(f"PRECISION: {wanted} is not for this {device.type}: choose auto or {' or '.join(fitting)}.")
    if wanted != "auto":
        return wanted, f"Precision: {wanted}, as asked."
    if device.type == "cpu" and not has_bf16(device):
        return "fp32", "Precision: fp32, because this processor only emulates bf16."
    return fitting[0], f"Precision: {fitting[0]}, the fastest that this {device.type} computes by itself."


def _groups(parameters: list[torch.nn.Parameter], weight_decay: float) -> list[dict[str, Any]]:
    """Biases and the scales of normalisations, which have one dimension, do not decay."""
    decaying = [p for p in parameters if p.ndim > 1]
    others = [p for p in parameters if p.ndim <= 1]
    groups = [(decaying, weight_decay), (others, 0.0)]
    return [{"params": members, "weight_decay": decay} for members, decay in groups if members]


def _out_of_memory(error: RuntimeError) -> bool:
    words = str(error).lower()
    return isinstance(error, torch.OutOfMemoryError) or any(
        part in words for part in ("out of memory", "can't allocate memory", "not enough memory")
    )
