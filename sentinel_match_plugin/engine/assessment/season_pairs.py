"""Folders of season pairs: two dates of one place, one of them displaced by a formula.

A pair is a folder with ``reference.tif``, ``target.tif`` and ``truth.json``, which names the formula (``condition``),
the size, and the small ``offset`` in pixels that the two dates had before. The target shows at its pixel p what the
reference shows at ``W(p) + offset``. The formulas count the centre of the first pixel as (0, 0); here it is (0.5, 0.5).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ..errors import InputError
from ..frames.lattice import Mapping
from ..imagery.raster_info import RasterInfo

TALL_PX = 1000  # a strip that is higher takes only a small rotation
SHIFTS = {"z": (0.0, 0.0), "a": (7.3, -4.6), "b": (60.0, -35.0), "g": (150.0, -90.0)}
TURNS = {  # degrees, scale, shift in pixels
    "r30": (30.0, 1.0, (0.0, 0.0)),
    "r90": (90.0, 1.0, (0.0, 0.0)),
    "r180": (180.0, 1.0, (0.0, 0.0)),
    "s07": (0.0, 0.7, (0.0, 0.0)),
    "s14": (0.0, 1.4, (0.0, 0.0)),
}
BENT = ("d", "e")
AMPLITUDE_PX, WAVELENGTH_PX = 3.0, 300.0
CONDITIONS = (*SHIFTS, "c", *BENT, *TURNS)


def is_truth(content: Any) -> bool:
    """Whether the content of a JSON file is the truth of a season pair."""
    return isinstance(content, dict) and "condition" in content


def pair_folders(folder: str) -> list[Path]:
    """The pairs in a folder, by name; the folder itself if it is one. Raises InputError where there is none."""
    root = Path(folder)
    if not root.is_dir():
        raise InputError(f"The folder of pairs {folder} does not exist.")
    found = [path for path in (root, *sorted(root.iterdir())) if _is_pair(path)]
    if not found:
        raise InputError(
            f"There is no pair in {folder}: a pair is a folder with reference.tif, target.tif and truth.json in it."
        )
    return found


def _is_pair(path: Path) -> bool:
    return all((path / name).is_file() for name in ("reference.tif", "target.tif", "truth.json"))


def true_mapping(truth: dict[str, Any], path: Path, target: RasterInfo) -> Mapping:
    """Target pixels -> the reference pixels that show the same spot. Raises InputError where ``truth`` is not whole or
    is that of another raster."""
    try:
        condition, size = str(truth["condition"]), (int(truth["width"]), int(truth["height"]))
        offset = np.array(truth.get("offset", (0.0, 0.0)), float).reshape(2)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"The truth in {path} is not whole: {error}.") from error
    if condition not in CONDITIONS:
        raise InputError(f"The truth in {path} has the condition “{condition}”; known are {', '.join(CONDITIONS)}.")
    if size != (target.width, target.height):
        raise InputError(
            f"The truth in {path} is for a target of {size[0]} x {size[1]} pixels; {target.label} has {target.width} x "
            f"{target.height}."
        )
    return lambda xy: _warp(condition, *size, np.asarray(xy, float) - 0.5) + 0.5 + offset


def _warp(condition: str, width: int, height: int, p: np.ndarray) -> np.ndarray:
    """The formula, pixels ``(N, 2)`` with the first centre at (0, 0)."""
    if condition in SHIFTS:
        return p + np.array(SHIFTS[condition])
    tall = height > TALL_PX
    degrees, scale, shift = TURNS.get(condition, (0.3 if tall else 1.5, 1.001 if tall else 1.01, (20.0, -12.0)))
    moved = p if condition == "d" else _similarity(p, (width - 1) / 2, (height - 1) / 2, degrees, scale) + shift
    return moved + _sine(p) if condition in BENT else moved


def _similarity(p: np.ndarray, x: float, y: float, degrees: float, scale: float) -> np.ndarray:
    angle, centre = np.deg2rad(degrees), np.array([x, y])
    matrix = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return (p - centre) @ matrix.T + centre


def _sine(p: np.ndarray) -> np.ndarray:
    k = 2 * np.pi / WAVELENGTH_PX
    return AMPLITUDE_PX * np.stack([np.sin(k * p[:, 1] + 0.7), np.sin(k * p[:, 0] + 1.9)], -1)
