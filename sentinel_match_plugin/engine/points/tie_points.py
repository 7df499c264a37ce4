"""The tie-point table: the contract's fields, and the files that carry them."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..errors import InputError
from ..frames.georeference import Georeference, change_crs
from ..imagery.raster_info import RasterInfo
from ..results.outputs import replacing

FIELDS = ("id", "ref_x", "ref_y", "tgt_x", "tgt_y", "dx", "dy", "score", "residual", "inlier")


@dataclass(frozen=True)
class TiePoints:
    """Where pieces of the reference are found in the target; one row a point, arrays of length N.

    ``reference_px``, ``aligned_px`` ``(N, 2)``: the point, and where its content appears in the target, both in
    reference pixels (the target's place carried through both georeferences; its own pixel where it has none).
    ``reference_xy`` map coordinates of the reference; ``target_xy`` map coordinates of the target, or pixel and line
    if it has no CRS; ``displacement`` target minus reference in the reference's map units, nan without a CRS;
    ``score`` 0..1, the probability of being right to a pixel; ``residual_px`` reference pixels from the fitted model,
    nan before there is one; ``inlier`` bool.
    """

    reference_px: np.ndarray
    aligned_px: np.ndarray
    reference_xy: np.ndarray
    target_xy: np.ndarray
    displacement: np.ndarray
    score: np.ndarray
    residual_px: np.ndarray
    inlier: np.ndarray

    def __len__(self) -> int:
        return len(self.score)

    def __getitem__(self, keep: np.ndarray) -> TiePoints:
        """Those that a boolean mask or an index array selects."""
        return TiePoints(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))

    def judged(self, residual_px: np.ndarray, inlier: np.ndarray) -> TiePoints:
        """The same points with the verdict of a fitted model."""
        return replace(self, residual_px=residual_px, inlier=inlier)


def tie_points(
    reference_px: np.ndarray, aligned_px: np.ndarray, score: np.ndarray, reference: Georeference, target: Georeference
) -> TiePoints:
    """The table for matches in reference pixels (see ``TiePoints`` for ``aligned_px``).

    All points count as inliers yet.
    """
    reference_xy = reference.to_map(reference_px)
    count = len(score)
    if reference.crs is not None and target.crs is not None:
        aligned_xy = reference.to_map(aligned_px)
        target_xy = change_crs(aligned_xy, reference.crs, target.crs)
        displacement = aligned_xy - reference_xy
    else:
        target_xy = aligned_px if target.crs is None else target.to_map(aligned_px)
        displacement = np.full((count, 2), np.nan)
    return TiePoints(
        reference_px,
        aligned_px,
        reference_xy,
        target_xy,
        displacement,
        np.asarray(score, float),
        np.full(count, np.nan),
        np.ones(count, bool),
    )


def write_csv(path: str | Path, points: TiePoints) -> None:
    """The contract's fields as CSV; numbers as Python writes them (they read back the same), empty if not known."""
    with replacing(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        columns = np.column_stack(
            [points.reference_xy, points.target_xy, points.displacement, points.score, points.residual_px]
        )
        for number, (row, inlier) in enumerate(zip(columns.tolist(), points.inlier.tolist(), strict=True), 1):
            writer.writerow([number, *("" if value != value else repr(value) for value in row), int(inlier)])


@dataclass(frozen=True)
class TiePointTable:
    """What a tie-point file says: ``reference_xy``, ``target_xy`` ``(N, 2)``, ``score`` ``(N,)``, 1 if not given."""

    reference_xy: np.ndarray
    target_xy: np.ndarray
    score: np.ndarray


def read_csv(path: str | Path) -> TiePointTable:
    """The inliers of a CSV file with the contract's fields; an empty ``inlier`` (a point added by hand) counts as one.

    Raises InputError naming the field that is missing or the line that cannot be read.
    """
    rows = []
    try:
        with open(path, newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            missing = [f for f in ("ref_x", "ref_y", "tgt_x", "tgt_y") if f not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    f"The tie points have no field {', '.join(missing)}: they need ref_x, ref_y, tgt_x, tgt_y."
                )
            for line in reader:
                if (line.get("inlier") or "1").strip().lower() in ("0", "false", "f"):
                    continue
                try:
                    rows.append(
                        [float(line[f]) for f in ("ref_x", "ref_y", "tgt_x", "tgt_y")] + [float(line.get("score") or 1)]
                    )
                except (TypeError, ValueError) as error:
                    raise InputError(f"Line {reader.line_num} of the tie points cannot be read: {error}.") from error
    except OSError as error:
        raise InputError(f"The tie points {path} cannot be read: {error.strerror}.") from error
    table = np.array(rows, float).reshape(-1, 5)
    table = table[np.isfinite(table).all(-1)]
    return TiePointTable(table[:, :2], table[:, 2:4], table[:, 4])


def points_on(table: TiePointTable, frame: Georeference, target: RasterInfo) -> TiePoints:
    """The table's points in a pixel frame of the reference's CRS.

    Raises InputError where they do not belong to ``target``.
    """
    here = target.georeference
    pixel = table.target_xy if here.crs is None else here.to_pixel(table.target_xy)
    on_target = ((pixel >= -target.width) & (pixel <= 2 * target.width)).all(-1)
    if len(table.score) and not on_target.any():
        raise InputError(
            f"The tie points' places in the target (tgt_x, tgt_y) lie nowhere near {target.label}, which covers "
            f"{target.describe_extent()}: were they made for another raster?"
        )
    aligned = pixel
    if here.crs is not None and frame.crs is not None:
        aligned = frame.to_pixel(change_crs(table.target_xy, here.crs, frame.crs))
    return tie_points(frame.to_pixel(table.reference_xy), aligned, table.score, frame, here)


def write_gcp_file(path: str | Path, points: TiePoints, reference: Georeference, target_has_crs: bool) -> None:
    """The Georeferencer's ``.points`` file for georeferencing the target.

    Map coordinates are the reference's. Source coordinates are the target's map coordinates, or pixel and minus line
    if it has no CRS. ``dX``, ``dY``, ``residual`` are pixels, as the Georeferencer writes them.
    """
    with replacing(path) as file:
        if reference.crs is not None:
            file.write(f"#CRS: {reference.crs.to_wkt()}\n")
        file.write("mapX,mapY,sourceX,sourceY,enable,dX,dY,residual\n")
        source = points.target_xy if target_has_crs else points.target_xy * [1, -1]
        offset = points.aligned_px - points.reference_px if target_has_crs else np.zeros_like(points.aligned_px)
        table = np.column_stack([points.reference_xy, source, points.inlier, offset, np.nan_to_num(points.residual_px)])
        for x, y, sx, sy, enable, dx, dy, residual in table.tolist():
            file.write(f"{x!r},{y!r},{sx!r},{sy!r},{int(enable)},{dx:.4f},{dy:.4f},{residual:.4f}\n")
