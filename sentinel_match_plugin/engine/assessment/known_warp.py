"""Known warps: where each pixel of the reference truly lies in the target, and how far a match is from that.

Pixel frame: own pixels of each raster, centre of the first at (0.5, 0.5). Errors are lengths in reference pixels. What
may be given as a known warp:

- ``identity``: the pair is already registered. With georeferencing on both sides the same place on the ground is the
  same spot; without, the same pixel (both must then have one size).
- a JSON or CSV file with a matrix, 2 x 3 (affine) or 3 x 3 (homography), that takes a reference pixel (x, y, 1) to the
  target pixel that shows it. JSON: the matrix alone, or ``{"affine": ...}`` or ``{"homography": ...}``, with ``"maps":
  "target to reference"`` for the other direction.
- the ``truth.json`` of a season pair (season_pairs.py).
- a raster of the reference's size: bands 1 and 2 tell how far right and down, in reference pixels, the content of each
  reference pixel appears in the target (as seen through the georeferencing of both, where they have one).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.ndimage import map_coordinates

from ..errors import InputError
from ..frames.grid import pixel_mapping
from ..frames.lattice import Mapping
from ..imagery.raster_info import RasterInfo
from ..imagery.rasters import open_raster
from ..preparation import georeferenced
from .season_pairs import is_truth, true_mapping

LATTICE = 40  # places along each side at which a fitted transformation is compared with the truth
MOST_PX = 2000  # side of a displacement raster in memory: displacements are smooth, so a larger one is averaged
DIRECTIONS = ("reference to target", "target to reference")


@dataclass(frozen=True)
class KnownWarp:
    """The truth of a pair.

    ``errors(reference_px, target_px)``: how far matches ``(N, 2)``, ``(N, 2)`` are from it, ``(N,)`` reference pixels,
    nan where it is not known. ``places`` ``(M, 2)`` reference pixels, spread over what the target shows of the
    reference. ``sentence`` says what was taken for the truth.
    """

    sentence: str
    errors: Callable[[np.ndarray, np.ndarray], np.ndarray]
    places: np.ndarray


def known_warp(text: str, reference: RasterInfo, target: RasterInfo) -> KnownWarp:
    """The known warp that ``text`` names, ``identity`` or a path. Raises InputError saying what cannot be used."""
    if text == "identity":
        return _identity(reference, target)
    path = Path(text)
    if path.is_dir():
        path = path / "truth.json"
    if not path.is_file():
        raise InputError(
            f"The known warp “{text}” is neither none nor identity, and there is no such file: give a matrix (JSON or "
            "CSV), a displacement raster, or the folder of a season pair."
        )
    if path.suffix.lower() == ".json":
        content = _read_json(path)
        if is_truth(content):
            mapping = true_mapping(content, path, target)
            return _onto_reference(mapping, reference, target, f"the truth of the season pair in {path}")
        matrix, back = _matrix_of(content, path)
        return _by_matrix(matrix, back, path, reference, target)
    if path.suffix.lower() in (".csv", ".txt"):
        return _by_matrix(_shaped(_read_csv(path), path), False, path, reference, target)
    return _by_displacement(path, reference, target)


def _onto_reference(mapping: Mapping, reference: RasterInfo, target: RasterInfo, sentence: str) -> KnownWarp:
    """``mapping``: target pixels -> the reference pixels that show the same spot."""
    x, y = np.meshgrid(np.linspace(0, target.width, LATTICE), np.linspace(0, target.height, LATTICE))
    places = mapping(np.stack([x, y], -1).reshape(-1, 2))
    with np.errstate(invalid="ignore"):
        places = places[((places >= 0) & (places <= [reference.width, reference.height])).all(-1)]
    if not len(places):
        raise InputError(
            f"By the known warp ({sentence}) no pixel of {target.label} lies on {reference.label}: is it for another "
            "pair, or given in the other direction (“maps”)?"
        )
    return KnownWarp(sentence, lambda q, p: np.hypot(*(mapping(p) - q).T), places)


def _identity(reference: RasterInfo, target: RasterInfo) -> KnownWarp:
    if georeferenced(reference, target):
        mapping = pixel_mapping(target.georeference, reference.georeference)
        return _onto_reference(
            mapping, reference, target, "identity: the georeferencing of both is taken for the truth"
        )
    if (reference.width, reference.height) != (target.width, target.height):
        raise InputError(
            f"The known warp cannot be identity: without a CRS on both, equal pixels are meant, and {reference.label} "
            f"has {reference.width} x {reference.height}, {target.label} {target.width} x {target.height}."
        )
    return _onto_reference(lambda xy: np.asarray(xy, float), reference, target, "identity: equal pixels are one spot")


def _by_matrix(matrix: np.ndarray, back: bool, path: Path, reference: RasterInfo, target: RasterInfo) -> KnownWarp:
    to_reference = matrix if back else np.linalg.inv(matrix)
    kind = "affine" if np.allclose(matrix[2], [0, 0, 1]) else "homography"
    sentence = f"the {kind} in {path}, {DIRECTIONS[back]}"
    return _onto_reference(lambda xy: projected(to_reference, xy), reference, target, sentence)


def projected(matrix: np.ndarray, xy: np.ndarray) -> np.ndarray:
    """Points ``(N, 2)`` through a 3 x 3 matrix; nan where they lie behind the horizon."""
    carried = np.asarray(xy, float) @ matrix[:, :2].T + matrix[:, 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(carried[:, 2:] * np.sign(matrix[2, 2] or 1) > 0, carried[:, :2] / carried[:, 2:], np.nan)


def _by_displacement(path: Path, reference: RasterInfo, target: RasterInfo) -> KnownWarp:
    with open_raster(str(path), path.name) as raster:
        info = raster.info
        if len(info.bands) < 2:
            raise InputError(f"The known warp {path} has one band: two are needed, how far right and how far down.")
        if (info.width, info.height) != (reference.width, reference.height):
            raise InputError(
                f"The known warp {path} has {info.width} x {info.height} pixels, the reference {reference.label} "
                f"{reference.width} x {reference.height}: it must tell the displacement of each reference pixel."
            )
        if raster.dataset.dtypes[0].startswith("uint"):
            raise InputError(
                f"The known warp {path} holds whole numbers that cannot be negative ({raster.dataset.dtypes[0]}): it "
                "is an image, not the displacement of each reference pixel."
            )
        factor = max(1.0, max(info.width, info.height) / MOST_PX)
        shape = max(1, round(info.height / factor)), max(1, round(info.width / factor))
        field = raster.dataset.read([1, 2], out_shape=(2, *shape), masked=True).astype(float).filled(np.nan)
    step = np.array([info.width / shape[1], info.height / shape[0]])

    def displaced(xy: np.ndarray) -> np.ndarray:
        x, y = (np.asarray(xy, float) / step - 0.5).T
        xy = np.asarray(xy, float)
        with np.errstate(invalid="ignore"):
            inside = np.all((xy >= 0) & (xy <= [info.width, info.height]), axis=-1, keepdims=True)
        moved = np.stack([map_coordinates(band, [y, x], order=1, mode="nearest") for band in field], -1)
        return np.where(inside, xy + moved, np.nan)

    aligned: Mapping = lambda xy: np.asarray(xy, float)  # noqa: E731
    there: Mapping = aligned
    if georeferenced(reference, target):
        aligned = pixel_mapping(target.georeference, reference.georeference)
        there = pixel_mapping(reference.georeference, target.georeference)
    x, y = np.meshgrid(np.linspace(0, info.width, LATTICE), np.linspace(0, info.height, LATTICE))
    places = np.stack([x, y], -1).reshape(-1, 2)
    seen = there(displaced(places))
    with np.errstate(invalid="ignore"):
        places = places[((seen >= 0) & (seen <= [target.width, target.height])).all(-1)]
    if not len(places):
        raise InputError(f"By the known warp {path} no pixel of {reference.label} lies on {target.label}.")
    sentence = f"the displacements in {path}"
    return KnownWarp(sentence, lambda q, p: np.hypot(*(displaced(q) - aligned(p)).T), places)


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"The known warp {path} cannot be read as JSON: {error}.") from error


def _read_csv(path: Path) -> list[list[str]]:
    try:
        with open(path, newline="", encoding="utf-8") as file:
            return list(csv.reader(line for line in file if line.strip() and not line.startswith("#")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"The known warp {path} cannot be read as CSV: {error}.") from error


def _matrix_of(content: Any, path: Path) -> tuple[np.ndarray, bool]:
    """The matrix in a JSON file, and whether it leads from the target to the reference."""
    direction = DIRECTIONS[0]
    if isinstance(content, dict):
        direction = content.get("maps", direction)
        if direction not in DIRECTIONS:
            raise InputError(f"The known warp {path}: “maps” must be “{DIRECTIONS[0]}” or “{DIRECTIONS[1]}”.")
        content = next((content[key] for key in ("affine", "homography", "matrix") if key in content), None)
    return _shaped(content, path), direction == DIRECTIONS[1]


def _shaped(content: Any, path: Path) -> np.ndarray:
    """A 3 x 3 matrix that can be inverted, from 6 or 9 numbers. Raises InputError."""
    try:
        numbers = np.array(content, float).ravel()
    except (TypeError, ValueError):
        numbers = np.zeros(0)
    if len(numbers) not in (6, 9):
        raise InputError(
            f"The known warp {path} holds no matrix: an affine of 2 x 3 or a homography of 3 x 3 numbers is expected."
        )
    matrix = np.vstack([numbers.reshape(2, 3), [0, 0, 1]]) if len(numbers) == 6 else numbers.reshape(3, 3)
    if not np.isfinite(matrix).all() or abs(np.linalg.det(matrix)) < 1e-9:
        raise InputError(f"The matrix in {path} cannot be inverted, so it is no warp between two images.")
    return matrix
