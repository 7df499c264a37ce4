"""The table of all pairs."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..results.outputs import replacing

COLUMNS = ("scene_a", "scene_b", "similarity", "inliers", "shift_x", "shift_y", "same_place", "shift_unit", "note")


@dataclass(frozen=True)
class Row:
    """A pair. ``similarity`` 0..1, ``inliers`` and ``same_place`` are None where it could not be compared, which
    ``note`` explains; ``shift`` None where nothing was found.

    ``shift``: how far what is in scene a lies off in scene b; east and north in units of a CRS, or pixels of scene a,
    to the right and down. ``shift_unit`` names them.
    """

    scene_a: str
    scene_b: str
    similarity: float | None = None
    inliers: int | None = None
    shift: tuple[float, float] | None = None
    same_place: bool | None = None
    shift_unit: str = ""
    note: str = ""


def write_pairs(path: str | Path, rows: Iterable[Row]) -> None:
    """CSV; what is not known is empty, ``same_place`` is 1 or 0. Raises OutputError."""
    with replacing(path) as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for row in rows:
            x, y = row.shift or (None, None)
            same = None if row.same_place is None else int(row.same_place)
            values = (row.scene_a, row.scene_b, _rounded(row.similarity, 4), row.inliers, _rounded(x, 3))
            rest = (_rounded(y, 3), same, row.shift_unit if row.shift else "", row.note)
            table.writerow(["" if value is None else value for value in (*values, *rest)])


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
