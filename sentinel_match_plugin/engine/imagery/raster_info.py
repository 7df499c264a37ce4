"""What a raster is: its size, bands and georeferencing, as its file says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine

from ..errors import InputError
from ..frames.georeference import Georeference
from .gdal import quiet
from .spectra import Band, describe_band

# QGIS shows a raster without georeferencing with one map unit a pixel, the first line at the top: y is minus the line.
PIXEL_AND_MINUS_LINE = Affine(1, 0, 0, 0, -1, 0)


@dataclass(frozen=True)
class RasterInfo:
    """What a raster is. ``width``, ``height`` in pixels; ``dtypes``, ``nodata`` and ``bands`` one for each band.

    ``label`` is what the user calls it. ``notes`` are sentences about its georeferencing that the user should know.
    """

    path: str
    label: str
    width: int
    height: int
    georeference: Georeference
    dtypes: tuple[str, ...]
    nodata: tuple[float | None, ...]
    bands: tuple[Band, ...]
    driver: str
    notes: tuple[str, ...] = ()

    @property
    def gsd_m(self) -> float:
        """Ground sampling distance at the centre, metres: geometric mean along rows and columns. 1 without a CRS."""
        if self.georeference.crs is None:
            return 1.0
        along, across = self.georeference.metres_per_pixel((self.width / 2, self.height / 2))
        return float(np.sqrt(along * across))

    def corners(self) -> np.ndarray:
        """Map coordinates ``(4, 2)`` of the outer corners: of pixels (0, 0), (w, 0), (w, h), (0, h)."""
        w, h = self.width, self.height
        return self.georeference.to_map(np.array([[0, 0], [w, 0], [w, h], [0, h]], float))

    def describe_extent(self) -> str:
        """The extent for a sentence, e.g. "x 399960 to 405080, y 5094880 to 5100000 (EPSG:32632)"."""
        crs = self.georeference.crs
        if crs is None:
            return f"{self.width} x {self.height} pixels without a CRS"
        low, high = self.corners().min(0), self.corners().max(0)
        digits = 0 if not crs.is_geographic and min(high - low) > 100 else 5
        x, y = ([f"{v:.{digits}f}" for v in (low[i], high[i])] for i in (0, 1))
        name = crs.to_authority()
        return f"x {x[0]} to {x[1]}, y {y[0]} to {y[1]} ({':'.join(name) if name else crs.to_string()[:60]})"


def describe(dataset: rasterio.DatasetReader, path: str, label: str) -> RasterInfo:
    if dataset.count == 0:
        inside = ", ".join(dataset.subdatasets[:3])
        raise InputError(
            f"{label} holds several rasters and is none itself: choose one of them, for example {inside}."
            if inside
            else f"{label}: {path} holds no raster band."
        )
    if any(dtype.startswith("complex") for dtype in dataset.dtypes):
        raise InputError(f"{label} holds complex numbers, which cannot be matched: give its amplitude instead.")
    georeference, notes = _georeference(dataset, label)
    return RasterInfo(
        path=path,
        label=label,
        width=dataset.width,
        height=dataset.height,
        georeference=georeference,
        dtypes=tuple(dataset.dtypes),
        nodata=tuple(dataset.nodatavals),
        bands=tuple(_bands(dataset, path)),
        driver=dataset.driver,
        notes=tuple(notes),
    )


def _georeference(dataset: rasterio.DatasetReader, label: str) -> tuple[Georeference, list[str]]:
    with quiet():
        transform, crs = dataset.transform, dataset.crs or None
        has_gcps = bool(dataset.gcps[0])
    notes = []
    if transform.is_identity or transform.is_degenerate:
        if has_gcps:
            notes.append(
                f"{label} is georeferenced by ground control points only, which are not used: it counts as a raster "
                "without a CRS. Rectify it first (Raster, Projections, Warp) to use them."
            )
        elif crs is not None:
            notes.append(
                f"{label} names a CRS but not where its pixels lie in it: it counts as a raster without a CRS."
            )
        return Georeference(None, PIXEL_AND_MINUS_LINE), notes
    return Georeference(crs, transform), notes


def _bands(dataset: rasterio.DatasetReader, path: str) -> Iterator[Band]:
    try:
        colours = [colour.name for colour in dataset.colorinterp]
    except ValueError:  # a colour interpretation younger than this rasterio
        colours = ["undefined"] * dataset.count
    shown = [index for index, colour in enumerate(colours, 1) if colour != "alpha"]
    for index, description, colour in zip(dataset.indexes, dataset.descriptions, colours, strict=True):
        tags = {**dataset.tags(index), **dataset.tags(index, ns="IMAGERY")}
        yield describe_band(index, description, tags, colour, Path(path).name, alone=shown == [index])
