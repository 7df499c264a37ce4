"""The loop: steps, and every few minutes a look at held-out pairs; stopped at any moment, it goes on from there.

How far a run is, which the learning rate follows, is the share of its steps or of its minutes that is used, whichever
is more. Minutes are those of work (clock.py). On one number of threads equal seeds give equal runs, unless minutes
decide: how many steps fit into these is up to the machine.
"""

from __future__ import annotations

import math
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from ..errors import Cancelled, InputError, OutputError
from ..events import Events
from . import log as columns
from .checkpoints import Checkpoint, changes, check_identity, read_checkpoint, state_of, write_checkpoint
from .clock import ActiveClock
from .log import TrainingLog
from .steps import Stepper, resolve_precision
from .stream import PairSource, pairs_ahead
from .trainee import Trainee
from .validation import Figures, validate

if TYPE_CHECKING:
    from .pairs import TrainingPair

CHECKPOINT, LOG, FIGURE, BEST = "checkpoint.pt", "log.csv", "log.png", "best.safetensors"
FIRST_RATE = 0.02  # of the learning rate, where the warm-up begins
# A checkpoint every half minute, or so rarely that writing them takes a hundredth of the time.
CHECKPOINT_S, CHECKPOINT_SHARE = 30.0, 0.01
VALIDATION_SHARE = 0.2  # of the time, at most, goes into validation
DRAW_S = 60.0


@dataclass(frozen=True)
class LoopSettings:
    """``folder`` keeps checkpoint, log, figure and the best weights. ``steps``, ``minutes``: whichever comes first ends
    the run; 0: does not. A step learns from ``batch`` pairs ``accumulate`` times.

    ``learning_rate`` rises during the share ``warm_up`` of the run and falls as a cosine to the share ``last_rate`` of
    it. ``clip``: the largest norm of a gradient. ``validate_minutes`` between validations, or, where ``validate_steps``
    is not 0, so many steps. ``log_steps``: steps a row of the log. ``workers``: see ``stream.pairs_ahead``.
    ``identity``: what must be the same for a run to go on from a checkpoint (the training set, the seed ...), in words.
    """

    folder: Path
    steps: int = 0
    minutes: float = 0.0
    batch: int = 8
    accumulate: int = 1
    learning_rate: float = 1e-3
    weight_decay: float = 0.01
    warm_up: float = 0.05
    last_rate: float = 0.01
    clip: float = 1.0
    precision: str = "auto"
    seed: int = 0
    keep: str = "best"
    validate_minutes: float = 5.0
    validate_steps: int = 0
    log_steps: int = 10
    workers: int = 0
    identity: dict[str, str] = field(default_factory=dict)

    def may_change(self) -> dict[str, Any]:
        """The settings that a run may go on with other values of."""
        names = ("steps", "minutes", "batch", "accumulate", "learning_rate", "weight_decay", "warm_up", "clip")
        return {name: getattr(self, name) for name in (*names, "precision")}


@dataclass(frozen=True)
class TrainingRecord:
    """What a run came to: ``steps`` and ``minutes`` of work in all, ``pairs`` learned from, the mean ``loss`` of its
    last row; ``best_step`` that of the weights which are kept, 0 where training never made them better.

    ``resumed_at``: the step that this run went on from; ``best`` the figures of the best validation of this run, None
    where an earlier one had it.
    """

    steps: int
    minutes: float
    pairs: int
    loss: float
    best_step: int
    best_score: float
    resumed_at: int
    best: Figures | None


def train(
    trainee: Trainee,
    source: PairSource,
    held_out: Sequence[TrainingPair],
    settings: LoopSettings,
    events: Events,
) -> TrainingRecord:
    """Train, and leave ``trainee`` with its best weights, by validation on ``held_out``.

    Goes on from the checkpoint in the folder, if there is one. Cancelled leaves a checkpoint and the best weights
    (``BEST``). Raises InputError for settings that cannot work, or a checkpoint of another run; SentinelMatchError
    where the numbers run away; OutputError.
    """
    _check(settings, held_out)
    _make_folder(settings.folder)
    run = _Run(trainee, held_out, settings, events)
    run.begin_or_go_on()
    try:
        run.steps(source)
    except Cancelled:
        run.keep()
        run.draw()
        best = settings.folder / BEST
        events.info(
            f"Stopped after step {run.step}. The checkpoint in {settings.folder} is what the next run with the same "
            f"settings goes on from; the best weights so far are {best}."
        )
        raise
    return run.finish()


class _Run:
    def __init__(
        self, trainee: Trainee, held_out: Sequence[TrainingPair], settings: LoopSettings, events: Events
    ) -> None:
        self.trainee, self.held_out, self.settings, self.events = trainee, held_out, settings, events
        device = next(trainee.module.parameters()).device
        precision, said = resolve_precision(settings.precision, device)
        events.info(said)
        if device.type == "cuda":
            torch.backends.cudnn.benchmark = True  # one size of pairs: the fastest kernels are looked for once
            torch.set_float32_matmul_precision("high")
        if getattr(trainee, "channels_last", False):
            trainee.module.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.stepper = Stepper(trainee, settings.batch, precision, settings.weight_decay, settings.clip, events)
        self.clock = ActiveClock()
        self.step = self.pairs = self.resumed_at = 0
        self.loss = math.nan
        self.best_score, self.best_step, self.best_module = -1.0, 0, state_of(trainee.module)
        self.best: Figures | None = None
        self._since: defaultdict[str, list[float]] = defaultdict(list)  # the last row of the log
        self._validated_at = self._validated_step = 0.0
        self._validation_s = 0.0
        self._kept_at, self._keeping_s, self._drawn_at = 0.0, 0.0, 0.0

    # -- begin, go on, end ---------------------------------------------------------------------------------------------

    def begin_or_go_on(self) -> None:
        path = self.settings.folder / CHECKPOINT
        found = read_checkpoint(path)
        if found is not None:
            self._take_over(found, path)
        self.log = TrainingLog(self.settings.folder / LOG, self.step)
        self._validated_at = self._kept_at = self.clock.used_s
        self._validated_step = self.step
        self.clock.lap("start")
        if found is None:
            self._validate()
            self.clock.used_s = 0.0  # what was there before training is no part of it
            self.keep()

    def _take_over(self, found: Checkpoint, path: Path) -> None:
        check_identity(found.identity, self.settings.identity, path)
        try:
            self.trainee.module.load_state_dict(found.module)
            self.stepper.go_on_from(found.stepper)
        except (RuntimeError, ValueError, KeyError) as error:
            raise InputError(
                f"The checkpoint {path} is that of another network: name another folder for this run, or remove that "
                "one."
            ) from error
        self.step, self.pairs, self.resumed_at = found.step, found.pairs, found.step
        self.clock.used_s = found.used_s
        self.best_score, self.best_step, self.best_module = found.best_score, found.best_step, found.best_module
        self.events.info(
            f"Going on from the checkpoint in {path.parent}: step {found.step}, {found.used_s / 60:.1f} min."
        )
        changed = changes(found.settings, self.settings.may_change())
        if changed:
            self.events.warning(f"Going on with other settings: {', '.join(changed)}.")

    def keep(self) -> None:
        """Write the checkpoint."""
        began = time.monotonic()
        write_checkpoint(
            self.settings.folder / CHECKPOINT,
            Checkpoint(
                identity=dict(self.settings.identity),
                settings=self.settings.may_change(),
                step=self.step,
                pairs=self.pairs,
                used_s=self.clock.used_s,
                module=state_of(self.trainee.module),
                stepper=self.stepper.state(),
                best_score=self.best_score,
                best_step=self.best_step,
                best_module=self.best_module,
            ),
        )
        self._keeping_s = time.monotonic() - began
        self._kept_at = self.clock.used_s

    def finish(self) -> TrainingRecord:
        self._log_steps()
        if self._validated_step < self.step:
            self._validate()
        self.keep()
        self.draw()
        if self.settings.keep == "last":
            self.best_step = self.step
        else:
            self.trainee.module.load_state_dict(self.best_module)
        self.trainee.module.eval()
        return TrainingRecord(
            steps=self.step,
            minutes=self.clock.used_s / 60,
            pairs=self.pairs,
            loss=self.loss,
            best_step=self.best_step,
            best_score=self.best_score,
            resumed_at=self.resumed_at,
            best=self.best,
        )

    # -- steps ---------------------------------------------------------------------------------------------------------

    def steps(self, source: PairSource) -> None:
        settings = self.settings
        if self._progress() >= 1:
            self.events.info(f"This run is finished already: step {self.step}.")
            return
        count = settings.batch * settings.accumulate
        self.trainee.module.train()
        with pairs_ahead(source, self.pairs, 2 * count, settings.workers) as stream:
            while (progress := self._progress()) < 1:
                self.events.check_cancelled()
                pairs = [next(stream) for _ in range(count)]
                rate = learning_rate(progress, settings)
                # Drawn anew at every step, so that a run which was stopped draws what it would have drawn.
                figures = self.stepper.step(pairs, rate, seed=settings.seed * 1_000_003 + self.step)
                self.step += 1
                self.pairs += count
                self._add(figures.loss, figures.gradient, figures.parts)
                self.clock.lap("step")
                if self.step % settings.log_steps == 0:
                    self._log_steps(rate)
                if self._validation_is_due():
                    self._validate()
                    self.keep()
                elif self.clock.used_s - self._kept_at >= max(CHECKPOINT_S, self._keeping_s / CHECKPOINT_SHARE):
                    self.keep()
                    self.clock.lap("checkpoint")
                self._tell()

    def _progress(self) -> float:
        """0..1: how far the run is."""
        shares = [0.0]
        if self.settings.steps:
            shares.append(self.step / self.settings.steps)
        if self.settings.minutes:
            shares.append(self.clock.used_s / 60 / self.settings.minutes)
        return max(shares)

    def _validation_is_due(self) -> bool:
        if self.settings.validate_steps:
            return self.step % self.settings.validate_steps == 0
        between = max(60 * self.settings.validate_minutes, self._validation_s / VALIDATION_SHARE)
        return self.clock.used_s - self._validated_at >= between

    def _validate(self) -> None:
        self._log_steps()
        module = self.trainee.module
        module.eval()
        with torch.no_grad():
            figures = validate(self.trainee.matcher(), self.held_out, self.events)
        module.train()
        score = figures.mean("score")
        if score > self.best_score:
            self.best_score, self.best_step, self.best = score, self.step, figures
            self.best_module = state_of(module)
            self.trainee.save(self.settings.folder / BEST)
        p1, p3, matches = (figures.mean(name) for name in ("p1", "p3", "found"))
        self._validation_s = self.clock.lap("validation")
        self._validated_at, self._validated_step = self.clock.used_s, self.step
        self.log.add(
            {
                columns.STEP: self.step,
                columns.SECONDS: self.clock.used_s,
                columns.P1: p1,
                columns.P3: p3,
                columns.MATCHES: matches,
                columns.SCORE: score,
            }
        )
        best = " (best so far)" if self.best_step == self.step else ""
        self.events.info(
            f"Step {self.step}, {self.clock.used_s / 60:.1f} min: {matches:.0f} matches a held-out pair, {p1:.1%} of "
            f"them within 1 px and {p3:.1%} within 3 px of the truth{best}."
        )
        if self.clock.used_s - self._drawn_at >= DRAW_S:
            self.draw()

    def draw(self) -> None:
        """The curves so far."""
        title = f"{self.trainee.name}: {self.step} steps, {self.clock.used_s / 60:.0f} min"
        self.log.draw(self.settings.folder / FIGURE, title)
        self.clock.lap("figure")
        self._drawn_at = self.clock.used_s

    # -- what is told --------------------------------------------------------------------------------------------------

    def _add(self, loss: float, gradient: float, parts: dict[str, float]) -> None:
        for name, value in {columns.LOSS: loss, columns.NORM: gradient, **parts}.items():
            if math.isfinite(value):  # a part may have nothing to say of a step
                self._since[name].append(value)

    def _log_steps(self, rate: float | None = None) -> None:
        """A row with the means over the steps since the last row."""
        if not self._since[columns.LOSS]:
            return
        row = {name: statistics.fmean(values) for name, values in self._since.items() if values}
        self.loss = row[columns.LOSS]
        rate = learning_rate(self._progress(), self.settings) if rate is None else rate
        self.log.add({columns.STEP: self.step, columns.SECONDS: self.clock.used_s, columns.RATE: rate, **row})
        self._since.clear()

    def _tell(self) -> None:
        done = min(self._progress(), 1.0)
        left = self.clock.used_s * (1 - done) / done / 60 if done else math.nan
        loss = statistics.fmean(self._since[columns.LOSS] or [self.loss])
        remaining = f", about {left:.0f} min left" if left == left and self.step > self.resumed_at + 5 else ""
        self.events.progress(done, f"Step {self.step}: loss {loss:.3f}{remaining}")


def learning_rate(progress: float, settings: LoopSettings) -> float:
    """The learning rate where the share ``progress`` 0..1 of the run is done: a straight rise, then half a cosine
    (Loshchilov & Hutter, "SGDR", ICLR 2017, without restarts).
    """
    if progress < settings.warm_up:
        return settings.learning_rate * (FIRST_RATE + (1 - FIRST_RATE) * progress / settings.warm_up)
    share = min((progress - settings.warm_up) / (1 - settings.warm_up), 1.0)
    cosine = 0.5 * (1 + math.cos(math.pi * share))
    return settings.learning_rate * (settings.last_rate + (1 - settings.last_rate) * cosine)


def _check(settings: LoopSettings, held_out: Sequence[TrainingPair]) -> None:
    """Raises InputError with a sentence for what cannot work."""
    wrong = {
        "STEPS must be 0 (no limit) or more": settings.steps < 0,
        "MINUTES must be 0 (no limit) or more": not settings.minutes >= 0 or settings.minutes == math.inf,
        "EPOCHS, STEPS or MINUTES must say how long to train": not settings.steps and not settings.minutes,
        "BATCH must be 1 or more pairs": settings.batch < 1,
        "ACCUMULATE must be 1 or more": settings.accumulate < 1,
        "LEARNING_RATE must be above 0 and at most 1": not 0 < settings.learning_rate <= 1,
        "the weight decay must be 0 or more": not settings.weight_decay >= 0,
        "the warm-up must be a share from 0 to 0.9": not 0 <= settings.warm_up <= 0.9,
        "the last rate must be a share from 0 to 1": not 0 <= settings.last_rate <= 1,
        "the clipping norm must be 0 (none) or more": not settings.clip >= 0,
        "the validation interval must be above 0": not settings.validate_minutes > 0 or settings.validate_steps < 0,
        "the steps of a log row must be 1 or more": settings.log_steps < 1,
        "WORKERS must be 0 or more": settings.workers < 0,
        "there is no held-out pair to validate on": not held_out,
    }
    for sentence, is_wrong in wrong.items():
        if is_wrong:
            raise InputError(f"Training cannot begin: {sentence}.")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"The run folder {folder} cannot be made ({error.strerror or error}): choose another."
        ) from error
