"""Keypoints as a table of points."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from ..frames.georeference import Georeference
from ..matchers.local_features import Features
from ..results.outputs import replacing

# x, y: map coordinates; pixel and minus line of a raster without a CRS, where QGIS shows it. response: higher is
# stronger, on the detector's scale. scale: diameter in pixels. angle: degrees, 0 along the row, clockwise on the
# image. column, row: pixels, centre of the first at 0.5.
COLUMNS = ("id", "x", "y", "response", "scale", "angle", "column", "row")


def write_keypoints(path: str | Path, features: Features, georeference: Georeference) -> None:
    """CSV, the strongest first; what a detector does not tell is empty. Raises OutputError."""
    order = np.argsort(-features.response, kind="stable")
    places = georeference.to_map(features.xy)
    columns = (places[:, 0], places[:, 1], features.response, features.scale_px, features.angle_deg, *features.xy.T)
    with replacing(path) as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for number, values in enumerate(np.stack(columns, -1)[order].tolist(), 1):
            table.writerow([number, *("" if value != value else repr(round(value, 9)) for value in values)])
