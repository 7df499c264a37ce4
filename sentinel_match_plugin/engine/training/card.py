"""The model card: what the weights are, what they learned from, how good they are, and the command that repeats it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, fields
from datetime import datetime, timezone
from pathlib import Path

from .. import __version__
from ..jobs.training import TrainMatcherJob
from ..models.reading import load_state, metadata_of, sha256_of
from ..models.storing import write
from .index import SetIndex
from .loop import LoopSettings, TrainingRecord
from .pair_options import options_of
from .validation import Figures, gain

# Which fields of the job are options of the command, in the order in which they are told.
_COMMAND = (
    *("start_from", "epochs", "steps", "minutes", "batch", "accumulate", "learning_rate", "size_px", "options"),
    *("precision", "validate_minutes", "validation_pairs", "test_pairs", "keep", "workers", "device", "seed"),
)
_MEASURES = (
    ("p1", "share of the matches within 1 px of the truth", True),
    ("p3", "share of the matches within 3 px of the truth", True),
    ("found", "matches a pair", False),
    ("within_3", "matches a pair within 3 px of the truth", False),
)


_KEPT = {"best": "the best by validation", "last": "the last"}


@dataclass(frozen=True)
class CardFacts:
    """What a card tells: the job, the index of its training set, what the loop did, and the figures on held-out pairs
    ``before`` and ``after``, of places of the split ``tested_on``.
    """

    job: TrainMatcherJob
    index: SetIndex
    settings: LoopSettings
    record: TrainingRecord
    before: Figures
    after: Figures
    tested_on: str
    device: str

    @property
    def index_hash(self) -> str:
        """Of the index of the training set, which names every source and decision."""
        return self.settings.identity.get("training set", "")


def command(job: TrainMatcherJob, weights: Path | None) -> str:
    """The command that repeats the run, from a checkout."""
    words = ["scripts/train.py", job.training_set]
    default = {field.name: field.default for field in fields(TrainMatcherJob)}
    for name in _COMMAND:
        value = getattr(job, name)
        if value != default[name]:
            option = name.removesuffix("_px").replace("_", "-")
            words += [f"--{option}", f"{value:g}" if isinstance(value, float) else str(value)]
    return shlex.join([*words, "--weights", weights.name if weights else "weights.safetensors"])


def note_in_weights(path: Path, facts: CardFacts) -> None:
    """Write the run's own record into the notes of the weights file, beside those that the network's ``save`` made."""
    record, job = facts.record, facts.job
    notes = {
        "training.start_from": job.start_from,
        "training.set_index_sha256": facts.index_hash,
        "training.steps": str(record.steps),
        "training.best_step": str(record.best_step),
        "training.pairs": str(record.pairs),
        "training.minutes": f"{record.minutes:.1f}",
        "training.seed": str(job.seed),
        "training.command": command(job, path),
        "training.commit": commit(),
    }
    write(path, load_state(path), metadata_of(path) | {name: value for name, value in notes.items() if value})


def card(facts: CardFacts, weights: Path) -> str:
    """The card as Markdown, of the weights file as it lies there."""
    notes, record, job = metadata_of(weights), facts.record, facts.job
    made = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    version = f"Sentinel Match {__version__}" + (f", commit {commit()}" if commit() else "")
    size = f"{weights.stat().st_size / 1e6:.2f} MB, SHA-256 `{sha256_of(weights)}`"
    changed = options_of(job.options).get("held_out") == "changed"
    licence = notes.get("licence", "that of its author: the file names none")
    lines = [
        f"# {weights.stem}",
        "",
        f"Weights of `{notes.get('sentinel_match.model', job.start_from)}`, trained {made} by {version}.",
        f"File: {size}. Licence: {licence}.",
        *([f"{notes['non_commercial']}"] if "non_commercial" in notes else []),
        "",
        "## Figures",
        "",
        f"On {len(facts.after.pairs)} pairs of places that training never saw (split `{facts.tested_on}`), each with a "
        f"known random transformation, {'changed' if changed else 'their own'} radiometry, "
        f"{job.size_px} x {job.size_px} px{', ' + job.options if job.options else ''}. Means over pairs with 95 % "
        "bootstrap intervals over pairs; the gain is that pair by pair. *Before* is what training began with "
        f"(`{Path(job.start_from).name}`{', untrained' if job.start_from == 'seasonal' else ''}).",
        "",
        "| | before training | after | gain |",
        "|---|---|---|---|",
        *(_row(facts, *measure) for measure in _MEASURES),
        "",
        "## Training",
        "",
        f"{record.steps} steps, {record.pairs} pairs, {record.minutes:.0f} minutes of work on {facts.device}; the "
        f"weights are those of step {record.best_step}, {_KEPT[job.keep]}. Seed {job.seed}. "
        f"Loss at the end {record.loss:.4g}.",
        "",
        *(f"- {name.replace('_', ' ')}: {value}" for name, value in facts.settings.may_change().items() if value),
        f"- start: {job.start_from}",
        f"- pairs: {job.size_px} px, options: {job.options or 'none'}",
        "",
        "The command:",
        "",
        "```",
        command(job, weights),
        "```",
        "",
        "## Data",
        "",
        f"Training set with the index SHA-256 `{facts.index_hash}` (first 16 digits).",
        "",
        "| place | split | dates | tiles | size (px) |",
        "|---|---|---|---|---|",
        *(_place(facts.index)),
        "",
        f"Made with: {_options(facts.index)}.",
        "",
    ]
    return "\n".join(lines)


def _row(facts: CardFacts, name: str, title: str, is_share: bool) -> str:
    grown, interval = gain(facts.after, facts.before, name)
    cells = [_cell(figures.mean(name), figures.interval(name), is_share) for figures in (facts.before, facts.after)]
    return f"| {title} | {' | '.join(cells)} | {_cell(grown, interval, is_share, '+')} |"


def _cell(value: float, interval: tuple[float, float] | None, is_share: bool, sign: str = "") -> str:
    def text(number: float) -> str:
        return f"{number:{sign}.3f}" if is_share else f"{number:{sign}.0f}"

    return text(value) + (f" ({text(interval[0])} to {text(interval[1])})" if interval else "")


def _place(index: SetIndex) -> list[str]:
    rows = []
    for place in index.places:
        dates = ", ".join(date.label for date in place.dates)
        rows.append(f"| {place.name} | {place.split} | {dates} | {len(place.tiles)} | {place.width} x {place.height} |")
    return rows


def _options(index: SetIndex) -> str:
    told = [f"{name} {value}" for name, value in index.options.items() if value not in ("", [], None)]
    return ", ".join(told) or "its defaults"


def commit(root: Path | None = None) -> str:
    """The commit of the checkout that this runs from, read from its files; empty where there is none."""
    git = (root or Path(__file__).resolve().parents[3]) / ".git"
    try:
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref: "):
            return head
        name = head[len("ref: ") :]
        loose = git / name
        if loose.is_file():
            return loose.read_text(encoding="utf-8").strip()
        packed = (git / "packed-refs").read_text(encoding="utf-8").splitlines()
        return next((line.split()[0] for line in packed if line.endswith(f" {name}")), "")
    except (OSError, UnicodeDecodeError):
        return ""
