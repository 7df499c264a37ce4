"""The job ``train_matcher``: training set in, weights, curves and a model card out."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from ..devices import choose_device
from ..errors import InputError
from ..events import Events, Transcript
from ..jobs.training import TrainMatcherJob, TrainMatcherOutcome
from ..models.reading import sha256_of
from ..parallel import cores
from ..results.outputs import beside, check_outputs, replacing
from .card import CardFacts, card, note_in_weights
from .index import INDEX
from .loop import BEST, CHECKPOINT, FIGURE, LOG, LoopSettings, TrainingRecord, train
from .pair_options import RANDOM, held_out_settings, options_of, pair_settings
from .pairs import PairMaker, TrainingPair
from .stream import NumberedPairs
from .trainee import Trainee, make_trainee
from .training_set import Scene, TrainingSet
from .validation import Figures, figures_of, gain

# Held-out pairs are the same whatever the seed of a run: runs can be compared.
VALIDATION_SEED, TEST_SEED = 71, 72
MOST_WORKERS = 8
USUAL_RATE = 1e-3
SMALLEST_PX, LARGEST_PX = 64, 1024


@dataclass(frozen=True)
class _Data:
    training_set: TrainingSet
    train: list[Scene]
    validation: list[Scene]
    test: list[Scene]
    tested_on: str  # test or validation

    @property
    def pictures(self) -> int:
        """Of the places that are learned from: an epoch is as many pairs."""
        return sum(len(scene.dates) for scene in self.train)


def run(job: TrainMatcherJob, events: Events) -> TrainMatcherOutcome:
    """Do the job. Raises InputError, WeightsError, OutputError, Cancelled (what was learned is kept in the run folder,
    and the next run with the same settings goes on from it).
    """
    events = Transcript(events)
    paths = _Paths.of(job)
    _check(job, paths)
    options = options_of(job.options)
    device, said = choose_device(job.device)
    events.info(said)
    data = _open(job, events)

    def start() -> Trainee:
        untrained = options.get("weights") == RANDOM
        return make_trainee(job.start_from, device, job.model_folder, job.seed, events, untrained)

    trainee = start()
    settings = replace(
        _loop_settings(job, paths.folder, device, data.pictures, getattr(trainee, "usual_rate", USUAL_RATE)),
        identity={
            "training set": sha256_of(data.training_set.folder / INDEX)[:16],
            "start from": _named(job.start_from),
            "seed": str(job.seed),
            "pairs": f"{job.size_px} px {job.options}".strip(),
        },
    )
    options = suiting(trainee, options, events)
    learned_from = PairMaker(data.train, job.size_px, pair_settings(options))
    validation, test = (
        PairMaker(scenes, job.size_px, held_out_settings(options)) for scenes in (data.validation, data.test)
    )
    events.progress(0.0, "Making held-out pairs")
    held_out = _some_pairs(NumberedPairs(validation, VALIDATION_SEED), job.validation_pairs, events)
    with events.part(0.0, 0.9) as part:
        record = train(trainee, NumberedPairs(learned_from, job.seed), held_out, settings, part)
    with events.part(0.9, 1.0) as part:
        before, after = _compared(start(), trainee, NumberedPairs(test, TEST_SEED), job.test_pairs, part)
    facts = CardFacts(job, data.training_set.index, settings, record, before, after, data.tested_on, str(device))
    return _written(facts, trainee, paths, events)


def _written(facts: CardFacts, trainee: Trainee, paths: _Paths, events: Transcript) -> TrainMatcherOutcome:
    record, before, after = facts.record, facts.before, facts.after
    outputs: dict[str, str] = {}
    better = _tell(record, before, after, facts.tested_on, events)
    if paths.weights:
        trainee.save(paths.weights)
        note_in_weights(paths.weights, facts)
        outputs["weights"] = str(paths.weights)
        with replacing(paths.card) as file:
            file.write(card(facts, paths.weights))
        outputs["card"] = str(paths.card)
    if paths.figure:
        _copy(paths.folder / FIGURE, paths.figure)
        outputs["log_figure"] = str(paths.figure)
    if paths.log != paths.folder / LOG:
        _copy(paths.folder / LOG, paths.log)
        _tidy(paths.folder)
    outputs["log"] = str(paths.log)
    return TrainMatcherOutcome(
        steps=record.steps,
        minutes=record.minutes,
        loss=record.loss,
        p1=after.mean("p1"),
        p3=after.mean("p3"),
        matches=after.mean("found"),
        p1_start=before.mean("p1"),
        p3_start=before.mean("p3"),
        matches_start=before.mean("found"),
        better=better,
        held_out_pairs=len(after.pairs),
        messages=events.said,
        outputs=outputs,
    )


def _tell(record: TrainingRecord, before: Figures, after: Figures, tested_on: str, events: Events) -> bool:
    """Say what came out; whether it is better than what training began with, with 95 % confidence."""
    for name, what in (("p1", "within 1 px"), ("p3", "within 3 px")):
        events.info(
            f"Matches {what} of the truth on {len(after.pairs)} pairs of {tested_on} places: "
            f"{percent(before.mean(name), before.interval(name))} before training, "
            f"{percent(after.mean(name), after.interval(name))} after."
        )
    numbers = f"{before.mean('found'):.0f} before, {after.mean('found'):.0f} after"
    events.info(f"Matches a pair: {numbers}. The weights are those of step {record.best_step} of {record.steps}.")
    low = (gain(after, before, "score")[1] or (0.0, 0.0))[0]
    if low <= 0:
        events.warning(
            "Whether the trained network is better than what it began with cannot be told with 95 % confidence: train "
            "longer, on more places, or compare on more pairs (TEST_PAIRS)."
        )
    return low > 0


def percent(share: float, interval: tuple[float, float] | None) -> str:
    """A share with its interval, in percent."""
    return f"{share:.1%}" + (f" ({interval[0]:.1%} to {interval[1]:.1%})" if interval else "")


def _compared(
    start: Trainee, trained: Trainee, source: Callable[[int], TrainingPair], count: int, events: Events
) -> tuple[Figures, Figures]:
    """Figures on the same held-out pairs of what training began with and of what it made."""
    start.module.eval()
    trained.module.eval()
    before, after = [], []
    with torch.no_grad():
        for number in range(count):
            events.check_cancelled()
            events.progress(number / count, f"Comparing on held-out pairs: {number} of {count}")
            pair = source(number)
            before.append(figures_of(start.matcher(), pair))
            after.append(figures_of(trained.matcher(), pair))
    return Figures(tuple(before)), Figures(tuple(after))


def _some_pairs(source: Callable[[int], TrainingPair], count: int, events: Events) -> list[TrainingPair]:
    pairs = []
    for number in range(count):
        events.check_cancelled()
        pairs.append(source(number))
    return pairs


def _open(job: TrainMatcherJob, events: Events) -> _Data:
    """The scenes of each split. Raises InputError where there is nothing to learn from, or nothing to judge by."""
    training_set = TrainingSet(job.training_set)
    train_scenes, validation, test = (training_set.scenes(split) for split in ("train", "validation", "test"))
    if not train_scenes:
        raise InputError(f"TRAINING_SET: {job.training_set} has no tile to learn from in its split “train”.")
    if not (validation or test):
        raise InputError(
            f"TRAINING_SET: {job.training_set} has no place that is held out, so nothing could tell whether training "
            "helps. Make it again with a place for validation."
        )
    tested_on = "test" if test else "validation"
    if not test:
        events.info("There are no test places: the final figures are of other pairs of the validation places.")
    data = _Data(training_set, train_scenes, validation or test, test or validation, tested_on)
    places = {split: len({s.place for s in training_set.scenes(split)}) for split in ("train", "validation", "test")}
    said = ", ".join(f"{count} for {split}" for split, count in places.items() if count)
    events.info(f"Training set: {said} (places); {len(train_scenes)} tiles, {data.pictures} pictures to learn from.")
    return data


def suiting(trainee: Trainee, options: dict[str, Any], events: Events) -> dict[str, Any]:
    """``options`` of pairs, and how they move as suits the trainee where the user said nothing of that."""
    usual: dict[str, Any] = getattr(trainee, "usual_pairs", {})
    if not usual or {"motion", *usual} & set(options):
        return options
    said = ", ".join(f"{name} {value:g}" for name, value in usual.items())
    events.info(f"Pairs are moved as suits {trainee.name}: {said}; OPTIONS set it otherwise.")
    return options | usual


def _loop_settings(
    job: TrainMatcherJob, folder: Path, device: torch.device, pictures: int, usual_rate: float
) -> LoopSettings:
    each = max(job.batch, 1) * max(job.accumulate, 1)
    steps = job.steps or math.ceil(job.epochs * pictures / each)
    workers = job.workers
    if workers < 0:
        workers = max(1, min(MOST_WORKERS, cores() - 1)) if device.type == "cuda" else 0
    return LoopSettings(
        folder=folder,
        steps=steps,
        minutes=job.minutes,
        batch=job.batch,
        accumulate=job.accumulate,
        learning_rate=job.learning_rate or usual_rate,
        precision=job.precision,
        seed=job.seed,
        keep=job.keep,
        validate_minutes=job.validate_minutes,
        workers=workers,
    )


@dataclass(frozen=True)
class _Paths:
    """Where things go; ``log`` is in the run folder where the user named one, else beside the weights or the figure."""

    weights: Path | None
    card: Path
    figure: Path | None
    log: Path
    folder: Path

    @staticmethod
    def of(job: TrainMatcherJob) -> _Paths:
        weights, figure = (Path(path).expanduser() if path else None for path in (job.weights, job.log_figure))
        if weights is None and figure is None and not job.run_folder:
            raise InputError("WEIGHTS: name the file that the trained weights are to be written to.")
        if weights is not None and weights.suffix != ".safetensors":
            raise InputError(f"WEIGHTS: give a name that ends in .safetensors, the format of weights, not {weights}.")
        chief = weights or figure
        if job.run_folder or chief is None:
            folder = Path(job.run_folder).expanduser()
            return _Paths(weights, (weights or folder / BEST).with_suffix(".md"), figure, folder / LOG, folder)
        folder = chief.with_name(f"{chief.stem}.training")
        return _Paths(weights, chief.with_suffix(".md"), figure, chief.with_suffix(".csv"), folder)


def _check(job: TrainMatcherJob, paths: _Paths) -> None:
    """Raises InputError or OutputError for what cannot work, before any work."""
    if not SMALLEST_PX <= job.size_px <= LARGEST_PX or job.size_px % 32:
        raise InputError(
            f"SIZE: pairs must be {SMALLEST_PX} to {LARGEST_PX} pixels a side, a multiple of 32, not {job.size_px}."
        )
    if not 1 <= job.validation_pairs <= 1000 or not 2 <= job.test_pairs <= 10_000:
        raise InputError("VALIDATION_PAIRS must be 1 to 1000, TEST_PAIRS 2 to 10000.")
    if not 0 <= job.epochs < math.inf:
        raise InputError("EPOCHS must be 0 (STEPS or MINUTES say how long) or more.")
    if job.seed < 0:
        raise InputError("SEED must be 0 or more.")
    start = job.start_from if Path(job.start_from).is_file() else ""
    outputs = [paths.weights, paths.card if paths.weights else None, paths.figure]
    check_outputs([path for path in outputs if path], [job.training_set, start])
    if paths.folder.exists() and not paths.folder.is_dir():
        raise InputError(f"RUN_FOLDER: {paths.folder} is a file: name a folder.")


def _named(start_from: str) -> str:
    """What training starts from; of a file its content counts, wherever it lies."""
    path = Path(start_from).expanduser()
    return f"file {sha256_of(path)[:16]}" if path.is_file() else start_from


def _copy(source: Path, target: Path) -> None:
    with beside(target) as part:
        shutil.copyfile(source, part)


def _tidy(folder: Path) -> None:
    """Remove what a finished run no longer needs, and the folder if nothing else is in it."""
    for name in (CHECKPOINT, LOG, FIGURE, BEST):
        (folder / name).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
