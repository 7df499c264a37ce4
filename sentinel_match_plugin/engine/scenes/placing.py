"""Small pictures of the scenes that can be laid over each other: on which grid each is looked at.

Scenes with a CRS are brought onto one grid a region, in the CRS of its first scene: then a displacement is what the
georeferencing does not explain, and scenes of two UTM zones can be compared. Scenes without one are looked at in
their own pixels, in two ways, since nobody knows their pixel size: as if all showed the same extent (overviews of
various sizes), and as if all had the same pixel size (pieces cut out).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from affine import Affine
from rasterio.crs import CRS

from ..errors import InputError
from ..frames.georeference import Georeference, change_crs
from ..imagery.polygons import LONGITUDE_LATITUDE
from ..imagery.raster_info import RasterInfo

LARGEST_SIDE = 2.0  # of a picture in units of the side asked for: memory stays bounded where sizes differ
SAME_SIZE = 0.005  # sizes this close (share) are looked at in one way
EDGE_POINTS = 21  # along each edge of a scene, to find its box in another CRS


@dataclass(frozen=True)
class Placement:
    """The grid on which a scene is looked at. ``view`` says which placements may be laid over each other.

    ``shape`` (height, width) of the picture; ``georeference`` of it: map coordinates in the region's CRS, else the
    scene's own pixel and line (y down).
    """

    view: str
    shape: tuple[int, int]
    georeference: Georeference

    @property
    def pixel(self) -> float:
        """Side of a pixel of the picture in units of the georeference."""
        return float(self.georeference.transform.a)

    @property
    def origin(self) -> np.ndarray:
        """Upper left corner of the picture, ``(x, y)``."""
        return np.array([self.georeference.transform.c, self.georeference.transform.f])


def place(infos: Sequence[RasterInfo | None], side: int, several: bool = True) -> list[dict[str, Placement]]:
    """For each scene (None: it cannot be read) its placements by view; ``side`` is the longer side of a picture, px.

    Scenes that share a region have a view in common. ``several``: look at scenes without a CRS in both ways.
    """
    placed: list[dict[str, Placement]] = [{} for _ in infos]
    boxes = {number: _box(info) for number, info in enumerate(infos) if info and info.georeference.crs is not None}
    for number, region in enumerate(_regions(boxes)):
        members = {scene: info for scene in region if (info := infos[scene]) is not None}
        for scene, placement in _placed_in(members, side, f"region {number + 1}").items():
            placed[scene][placement.view] = placement
    if any(info is not None and info.georeference.crs is None for info in infos):
        largest = max(max(info.width, info.height) for info in infos if info)
        for scene, info in enumerate(infos):
            if info:
                placed[scene].update(_placed_by_pixels(info, side, largest, several))
    return placed


def _box(info: RasterInfo) -> np.ndarray:
    """West, south, east, north in degrees; nan where the CRS has no way there."""
    crs = info.georeference.crs
    try:
        edge = change_crs(_outline(info), crs, LONGITUDE_LATITUDE)
    except InputError:
        return np.full(4, np.nan)
    if np.ptp(edge[:, 0]) > 180:  # across the date line
        edge[:, 0] %= 360
    return np.array([*edge.min(0), *edge.max(0)])


def _outline(info: RasterInfo) -> np.ndarray:
    """Map coordinates ``(N, 2)`` along the edges of a scene."""
    along = np.linspace(0, 1, EDGE_POINTS)
    ends = np.zeros_like(along), np.ones_like(along)
    pixels = np.concatenate([np.stack([along, end], -1) for end in ends] + [np.stack([end, along], -1) for end in ends])
    return info.georeference.to_map(pixels * [info.width, info.height])


def _regions(boxes: dict[int, np.ndarray]) -> list[list[int]]:
    """Scenes that overlap, or that are linked by others that do."""
    regions: list[list[int]] = []
    for scene, box in boxes.items():
        touching = [region for region in regions if any(_overlap(box, boxes[other]) for other in region)]
        regions = [region for region in regions if region not in touching]
        regions.append([member for region in touching for member in region] + [scene])
    return [sorted(region) for region in regions]


def _overlap(a: np.ndarray, b: np.ndarray) -> bool:
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return False
    return bool((np.maximum(a[:2], b[:2]) < np.minimum(a[2:], b[2:])).all())


def _placed_in(region: dict[int, RasterInfo], side: int, view: str) -> dict[int, Placement]:
    crs = next(iter(region.values())).georeference.crs
    bounds: dict[int, np.ndarray] = {}
    finest = np.inf
    for scene, info in region.items():
        edge = change_crs(_outline(info), info.georeference.crs, crs)
        if not np.isfinite(edge).all():
            continue
        bounds[scene] = np.array([edge.min(0), edge.max(0)])
        size = bounds[scene][1] - bounds[scene][0]
        finest = min(finest, float(np.sqrt(size.prod() / (info.width * info.height))))
    longest = [float((high - low).max()) for low, high in bounds.values()]
    pixel = max(finest, float(np.median(longest)) / side, max(longest) / (LARGEST_SIDE * side))
    return {scene: _on_grid(low, high, pixel, crs, view) for scene, (low, high) in bounds.items()}


def _on_grid(low: np.ndarray, high: np.ndarray, pixel: float, crs: CRS | None, view: str) -> Placement:
    """A box on the grid whose lines are at multiples of ``pixel``: any two pictures lie whole pixels apart."""
    left, bottom = np.floor(low / pixel + 1e-6)
    right, top = np.ceil(high / pixel - 1e-6)
    transform = Affine(pixel, 0, left * pixel, 0, -pixel, top * pixel)
    return Placement(view, (int(top - bottom), int(right - left)), Georeference(crs, transform))


def _placed_by_pixels(info: RasterInfo, side: int, largest: int, several: bool) -> dict[str, Placement]:
    longest = max(info.width, info.height)
    steps = {"same extent": max(1.0, longest / side), "same pixel size": max(1.0, largest / side)}
    if not several or abs(longest / largest - 1) < SAME_SIZE:
        steps["same pixel size"] = steps["same extent"]
    return {
        view: Placement(
            view,
            (max(1, round(info.height / step)), max(1, round(info.width / step))),
            Georeference(None, Affine.scale(step)),
        )
        for view, step in steps.items()
    }
