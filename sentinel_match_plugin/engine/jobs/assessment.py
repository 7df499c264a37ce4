"""Compare matchers on a pair of rasters or on a folder of pairs: what can be asked, and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import InputError
from .inputs import AreaInput, Extent, RasterInput

GEOREFERENCING = ("use", "ignore")
THRESHOLDS_PX = (1.0, 3.0, 5.0, 10.0)
FEWEST_AGREEING = 12  # matches that agree, for a pair to count as matched where only their consensus can be asked


@dataclass(frozen=True)
class AssessJob:
    """Run ``matchers`` on one pair, or on every pair in the folder ``pairs``, and count what is right.

    ``known_warp``: ``none`` judges by consensus, ``identity`` says that the pair is already registered, anything else
    is the path of a file that says where the reference's pixels lie in the target (assessment/known_warp.py); empty:
    the truth that lies beside each pair of the folder, ``none`` for two rasters. ``georeferencing``: ``ignore`` hides
    it from the matchers, as if the rasters had no CRS. ``extent`` and ``area``: where two georeferenced rasters are
    matched and judged. ``matcher_options``: as those of a MatchJob; each goes to every matcher that has it. Output
    paths that are empty are not written.
    """

    matchers: tuple[str, ...]
    reference: RasterInput | None = None
    target: RasterInput | None = None
    pairs: str = ""
    thresholds_px: tuple[float, ...] = THRESHOLDS_PX
    known_warp: str = ""
    georeferencing: str = "use"
    max_shift_m: float = 1500.0
    device: str = "auto"
    seed: int = 0
    model_folder: str = ""
    extent: Extent | None = None
    area: AreaInput | None = None
    matcher_options: str = ""
    table: str = ""
    figure: str = ""
    report: str = ""


@dataclass(frozen=True)
class AssessOutcome:
    """What came out. ``judged_by`` is a sentence; ``rows`` the table (``columns``), None where nothing is known.

    ``runs``: every matcher on every pair: pair, matcher, kind, weights, state (``ran`` or ``not run``), note, status,
    transform, seconds, warp_median (reference pixels), and for the matches as found and for those kept: ``found``,
    ``kept`` (how many), ``judged_found``, ``judged_kept`` (of how many the truth is known), ``right_found``,
    ``right_kept`` (how many are right, for each threshold), ``curve_found``, ``curve_kept`` (which share is, for each
    of ``curve_px``).
    """

    judged_by: str
    messages: list[str] = field(default_factory=list)
    pairs: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)
    curve_px: list[float] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)


def columns(thresholds_px: Sequence[float]) -> list[tuple[str, type]]:
    """Names and types of the table's columns, in order.

    A row is a matcher with the points ``found`` or ``kept``. ``p3`` is the share of them that is right to 3 px, the
    mean over the pairs, and ``p3_low``, ``p3_high`` its 95 % interval over the pairs; ``success3`` the share of the
    pairs that were matched to 3 px.
    """
    names: list[tuple[str, type]] = [
        ("matcher", str),
        ("points", str),
        ("judged_by", str),
        ("pairs", int),
        ("not_run", int),
        ("count", float),
    ]
    for what in ("p", "success"):
        for threshold in thresholds_px:
            name = f"{what}{label(threshold)}"
            names += [(name, float), (f"{name}_low", float), (f"{name}_high", float)]
    return [*names, ("warp_median", float), ("seconds", float), ("weights", str), ("note", str)]


def label(threshold_px: float) -> str:
    """A threshold as part of a name: 3, 2_5."""
    return f"{threshold_px:g}".replace(".", "_")


def read_thresholds(text: str) -> tuple[float, ...]:
    """Thresholds from text such as ``1,3,5,10``, as they are given. Raises InputError naming what is no number."""
    parts = [part.strip() for part in text.replace(";", ",").split(",")]
    numbers = []
    for part in parts:
        try:
            numbers.append(float(part))
        except ValueError:
            raise InputError(
                f"The thresholds must be numbers of pixels separated by commas, such as 1,3,5,10: “{part}” is none."
            ) from None
    return tuple(numbers)


def check_thresholds(thresholds_px: Sequence[float]) -> tuple[float, ...]:
    """The thresholds from small to large, each once. Raises InputError for none, and for one not above zero."""
    if not thresholds_px:
        raise InputError("There is no threshold: give pixels such as 1,3,5,10.")
    for threshold in thresholds_px:
        if not 0 < threshold <= 1000:  # nan compares false
            raise InputError(f"A threshold must be a number of pixels above 0 and at most 1000, not {threshold:g}.")
    return tuple(sorted(set(map(float, thresholds_px))))
