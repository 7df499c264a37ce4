"""The log of a run: a CSV file that grows row by row, and the figure of its curves."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..results.drawing import new_figure, png
from ..results.outputs import cannot_write, replacing, write_bytes

STEP, SECONDS, RATE, NORM, LOSS = "step", "seconds", "learning_rate", "gradient_norm", "loss"
P1, P3, MATCHES, SCORE = "validation_p1", "validation_p3", "validation_matches", "validation_score"
COLUMNS = (STEP, SECONDS, RATE, NORM, LOSS, P1, P3, MATCHES, SCORE)

Row = Mapping[str, float]


class TrainingLog:
    """Rows of numbers by name, in memory and in a CSV file that is whole after every row.

    A row of steps has the means over those since the last one; a row of a validation only what that found. Losses have
    parts that depend on the network: a new name makes a new column, for which the file is written anew.
    """

    def __init__(self, path: Path, last_step: int = 0) -> None:
        """Go on with the rows of ``path`` up to ``last_step``: what came after it is done again. 0: begin anew."""
        self.path = path
        self.rows: list[dict[str, float]] = []
        self._columns = list(COLUMNS)
        if last_step:
            self._read(last_step)
        self._write_all()

    def add(self, row: Row) -> None:
        """Append ``row``; names that it lacks stay empty. Raises OutputError."""
        self.rows.append(dict(row))
        new = [name for name in row if name not in self._columns]
        if new:
            self._columns += new
            self._write_all()
            return
        try:
            with open(self.path, "a", encoding="utf-8", newline="") as file:
                csv.writer(file).writerow(self._line(row))
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def draw(self, path: Path, title: str) -> None:
        """The curves as a PNG: the loss with its running mean, and what validation found. Raises OutputError."""
        figure = new_figure(11.0, 4.6)
        left, right = figure.subplots(1, 2)
        figure.suptitle(title, fontsize=12)
        _losses(left, [(row[STEP], row[LOSS]) for row in self.rows if LOSS in row])
        _validations(right, [row for row in self.rows if P1 in row])
        for axes in (left, right):
            axes.set_xlabel("step")
            axes.grid(color="#e4e8ed", linewidth=0.8)
            axes.set_axisbelow(True)
        write_bytes(path, png(figure))

    def _line(self, row: Row) -> list[str]:
        return [_text(row[name]) if name in row else "" for name in self._columns]

    def _write_all(self) -> None:
        with replacing(self.path) as file:
            writer = csv.writer(file)
            writer.writerow(self._columns)
            writer.writerows(self._line(row) for row in self.rows)

    def _read(self, last_step: int) -> None:
        if not self.path.is_file():
            return
        with open(self.path, encoding="utf-8", errors="replace", newline="") as file:
            for cells in csv.DictReader(file):
                row = {name: number for name, cell in cells.items() if name and (number := _number(cell)) is not None}
                if STEP in row and row[STEP] <= last_step and (LOSS in row or P1 in row):
                    self.rows.append(row)
        for row in self.rows:
            self._columns += [name for name in row if name not in self._columns]


def _text(value: float) -> str:
    return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else f"{value:.6g}"


def _number(cell: Any) -> float | None:
    """Of a row that was cut short by the end of the process, what is no number is left out."""
    try:
        return float(cell)
    except (TypeError, ValueError):
        return None


def _losses(axes: Axes, points: list[tuple[float, float]]) -> None:
    points = [(step, loss) for step, loss in points if math.isfinite(loss)]
    axes.set_title("Loss", fontsize=11, loc="left")
    if not points:
        return
    steps, losses = zip(*points, strict=True)
    axes.plot(steps, losses, color="#9fc5e8", linewidth=0.9, label="each row of the log")
    reach = len(losses) // 30
    smooth = [fmean(losses[max(0, n - reach) : n + reach + 1]) for n in range(len(losses))]
    axes.plot(steps, smooth, color="#0b5394", linewidth=2, label="running mean")
    low, high = min(losses), sorted(losses)[int(0.99 * (len(losses) - 1))]
    if high > low:  # one step that went wrong should not press the curve to the floor
        axes.set_ylim(low - 0.05 * (high - low), high + 0.1 * (high - low))
    axes.legend(frameon=False, fontsize=9)


def _validations(axes: Axes, rows: list[dict[str, float]]) -> None:
    axes.set_title("Held-out pairs (step 0: before training)", fontsize=11, loc="left")
    if not rows:
        return
    steps = [row[STEP] for row in rows]
    for name, label, colour, marker in (
        (P1, "matches within 1 px", "#38761d", "o"),
        (P3, "matches within 3 px", "#b45f06", "s"),
    ):
        axes.plot(steps, [row[name] for row in rows], color=colour, marker=marker, markersize=4, label=label)
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    numbers = axes.twinx()
    numbers.plot(steps, [row[MATCHES] for row in rows], color="#888888", linestyle=":", label="matches a pair (right)")
    numbers.set_ylim(bottom=0)
    handles = [line for part in (axes, numbers) for line in part.get_lines()]
    axes.legend(handles, [str(line.get_label()) for line in handles], frameon=False, fontsize=9, loc="lower right")
