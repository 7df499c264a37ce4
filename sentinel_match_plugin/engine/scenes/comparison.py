"""Everything that came out of comparing scenes, for the figure and the report."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..jobs import CompareScenesJob
from .gathering import Scene
from .pairing import Compared, Pairing
from .table import Row


@dataclass(frozen=True)
class Comparison:
    """``similarity`` float ``(N, N)``, nan where not compared and on the diagonal; ``same`` bool ``(N, N)``; ``order``
    of the scenes in pictures, place after place; ``places``: scenes of each place, those with at least two; ``work``
    can look at a pair again.
    """

    job: CompareScenesJob
    matcher: str
    scenes: list[Scene]
    pairs: list[Compared]
    rows: list[Row]
    similarity: np.ndarray
    same: np.ndarray
    order: list[int]
    places: list[list[int]]
    work: Pairing
