"""A pair of rasters with known truth: one generated landscape, under snow and in summer, the second displaced by a
smooth warp.

``landscape.py make FOLDER`` writes

- ``reference.tif``  snow, EPSG:32636, 10 m, bands B04 and B08, uint16 (reflectance x 10000)
- ``target.tif``     summer, EPSG:32635 (the neighbouring zone, turned by 4.5 degrees), 7.5 m, bands B03, B04 and B08,
  displaced
- ``original.tif``   summer on the reference's grid, not displaced: what a perfect warp of the target looks like
- ``lakes.geojson``  the lakes, as an example of an area to leave out
- ``truth.json``     the displacement; ``Truth.load(path)`` is the function

Both images are taken of one fine drawing (landscape_ground.py), each pixel through the same symmetrical blur and
exactly at its own place, so the truth is exact to about a hundredth of a pixel. Needs numpy, opencv and rasterio: the
engine's Python."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np
import rasterio
from affine import Affine
from landscape_ground import FINE_M, draw_ground, paint
from rasterio.crs import CRS
from rasterio.warp import transform as change_crs

REFERENCE_CRS, TARGET_CRS = "EPSG:32636", "EPSG:32635"
REFERENCE_M, TARGET_M = 10.0, 7.5
CORNER = (285_000.0, 5_580_000.0)  # upper left of the reference, at 30 degrees east where the two zones meet
MARGIN_M = 900.0  # ground drawn beyond the reference: the displacement, and the corners of the turned target
NAMES = {"B03": "B03 green 560 nm", "B04": "B04 red 665 nm", "B08": "B08 near infrared 842 nm"}
BLUR = 0.45  # standard deviation of the blur in pixels, about that of Sentinel-2's optics
NOISE = 0.003  # reflectance
LATTICE_PX = (
    16  # the change of CRS is evaluated this far apart and interpolated: between zones wrong by less than 1e-4 m
)


@dataclass(frozen=True)
class Truth:
    """Where the content of the reference appears in the target; lengths in metres.

    A spot at ``p`` (map coordinates of the reference) appears as if it stood at ``displaced(p)``: turned by
    ``degrees`` about ``centre``, moved by ``shift``, and by a sine of ``amplitude`` and ``wavelength``."""

    centre: tuple[float, float]
    shift: tuple[float, float] = (230.0, -170.0)
    degrees: float = 0.35
    amplitude: float = 22.0
    wavelength: float = 4300.0
    reference_crs: str = REFERENCE_CRS
    target_crs: str = TARGET_CRS

    def __call__(self, reference_xy: np.ndarray) -> np.ndarray:
        """Map coordinates of the reference ``(N, 2)`` -> map coordinates of the target, in the target's CRS."""
        return to_crs(self.displaced(reference_xy), self.reference_crs, self.target_crs)

    def displaced(self, xy: np.ndarray) -> np.ndarray:
        """``(N, 2)`` -> ``(N, 2)``, both in the reference's CRS."""
        xy = np.asarray(xy, float)
        a, k = np.deg2rad(self.degrees), 2 * np.pi / self.wavelength
        from_centre = xy - self.centre
        x, y = from_centre[..., 0], from_centre[..., 1]
        turned = np.stack([np.cos(a) * x - np.sin(a) * y, np.sin(a) * x + np.cos(a) * y], -1)
        sine = self.amplitude * np.stack([np.sin(k * y + 0.7), np.sin(k * x + 1.9)], -1)
        return self.centre + turned + np.asarray(self.shift) + sine

    def undisplaced(self, xy: np.ndarray) -> np.ndarray:
        """The inverse of ``displaced``, to a millionth of a metre: a fixed point, since the displacement changes
        slowly.
        """
        xy = np.asarray(xy, float)
        guess = xy - self.shift
        for _ in range(30):
            step = xy - self.displaced(guess)
            guess = guess + step
            if np.abs(step).max(initial=0) < 1e-6:
                return guess
        raise ValueError(
            "The displacement is too steep to be inverted: use a smaller amplitude or a longer wavelength."
        )

    def save(self, path: Path) -> None:
        """As JSON, with what each file of the sample is."""
        path.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Truth:
        """The inverse of ``save``."""
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        return cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items()})


def to_crs(xy: np.ndarray, source: str, destination: str) -> np.ndarray:
    """Map coordinates ``(..., 2)`` from one CRS to another."""
    xs, ys = change_crs(CRS.from_string(source), CRS.from_string(destination), xy[..., 0].ravel(), xy[..., 1].ravel())
    return np.stack([xs, ys], -1).reshape(xy.shape)


def make(folder: Path, size_px: int = 1000, seed: int = 7, truth: Truth | None = None) -> Truth:
    """Write the sample for a reference of ``size_px`` squared into ``folder``. ``truth`` gives another displacement."""
    folder.mkdir(parents=True, exist_ok=True)
    size_m = size_px * REFERENCE_M
    truth = truth or Truth((CORNER[0] + size_m / 2, CORNER[1] - size_m / 2))
    ground = draw_ground(size_m + 2 * MARGIN_M, seed)
    # From the reference's CRS to pixels of the fine raster.
    to_fine = ~(Affine.translation(CORNER[0] - MARGIN_M, CORNER[1] + MARGIN_M) @ Affine.scale(FINE_M, -FINE_M))
    here = Affine.translation(*CORNER) @ Affine.scale(REFERENCE_M, -REFERENCE_M)
    summer = paint(ground, "summer")
    places = _centres(here, size_px, size_px)
    shape, there = _target_grid(truth, size_m)
    seen = truth.undisplaced(_carried(there, shape, truth.target_crs, truth.reference_crs))
    _write(folder / "target.tif", _photograph(summer, to_fine, seen, TARGET_M, seed + 1), truth.target_crs, there)
    _write(
        folder / "original.tif", _photograph(summer, to_fine, places, REFERENCE_M, seed + 2), truth.reference_crs, here
    )
    del summer
    snow = _photograph(paint(ground, "snow"), to_fine, places, REFERENCE_M, seed + 3)
    _write(folder / "reference.tif", snow, truth.reference_crs, here)
    _write_lakes(folder / "lakes.geojson", [np.stack((~to_fine) * tuple(lake.T), -1) for lake in ground.lakes], truth)
    truth.save(folder / "truth.json")
    return truth


def _target_grid(truth: Truth, size_m: float) -> tuple[tuple[int, int], Affine]:
    """(height, width) and transform of the target: most of the reference, less a strip in the west and north."""
    low = np.array([CORNER[0] + 0.06 * size_m, CORNER[1] - size_m])
    high = np.array([CORNER[0] + size_m, CORNER[1] - 0.04 * size_m])
    corners = to_crs(np.array([low, [low[0], high[1]], high, [high[0], low[1]]]), truth.reference_crs, truth.target_crs)
    # The box inside of the turned rectangle, roughly: no empty corners.
    xs, ys = np.sort(corners[:, 0]), np.sort(corners[:, 1])
    west, east, south, north = xs[1], xs[2], ys[1], ys[2]
    west, north = np.floor(west / TARGET_M) * TARGET_M, np.ceil(north / TARGET_M) * TARGET_M
    shape = int((north - south) / TARGET_M), int((east - west) / TARGET_M)
    return shape, Affine.translation(west, north) @ Affine.scale(TARGET_M, -TARGET_M)


def _centres(transform: Affine, height: int, width: int) -> np.ndarray:
    column, row = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    return np.stack(transform * (column, row), -1)


def _carried(transform: Affine, shape: tuple[int, int], source: str, destination: str) -> np.ndarray:
    """The centre of every pixel in another CRS, ``(height, width, 2)``."""
    height, width = shape
    columns = np.linspace(0.5, width - 0.5, width // LATTICE_PX + 2)
    rows = np.linspace(0.5, height - 0.5, height // LATTICE_PX + 2)
    lattice = to_crs(np.stack(transform * tuple(np.meshgrid(columns, rows)), -1), source, destination)
    u = np.interp(np.arange(width) + 0.5, columns, np.arange(len(columns)))
    v = np.interp(np.arange(height) + 0.5, rows, np.arange(len(rows)))
    i, j = np.minimum(u.astype(int), len(columns) - 2), np.minimum(v.astype(int), len(rows) - 2)
    u, v = (u - i)[:, None], (v - j)[:, None, None]
    along = lattice[:, i] * (1 - u) + lattice[:, i + 1] * u
    return along[j] * (1 - v) + along[j + 1] * v


def _photograph(
    bands: dict[str, np.ndarray], to_fine: Affine, places: np.ndarray, pixel_m: float, seed: int
) -> dict[str, np.ndarray]:
    """uint16 images of the fine raster with a pixel at each of ``places`` (map coordinates); 0 beyond the ground."""
    rng = np.random.default_rng(seed)
    x, y = to_fine * (places[..., 0], places[..., 1])
    n = len(next(iter(bands.values())))
    inside = (x > 0) & (y > 0) & (x < n) & (y < n)
    x, y = (x - 0.5).astype(np.float32), (y - 0.5).astype(np.float32)  # cv2 counts centres at integers
    images = {}
    for name, band in bands.items():
        blurred = cv2.GaussianBlur(band, (0, 0), BLUR * pixel_m / FINE_M)
        image = cv2.remap(blurred, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        image += NOISE * rng.standard_normal(image.shape, np.float32)
        images[name] = np.where(inside, np.clip(np.round(image * 10_000), 1, 65_535), 0).astype(np.uint16)
    return images


def _write(path: Path, images: dict[str, np.ndarray], crs: str, transform: Affine) -> None:
    height, width = next(iter(images.values())).shape
    part = path.with_name(path.name + ".part")
    profile = {
        "driver": "GTiff",
        "width": width,
        "height": height,
        "count": len(images),
        "dtype": "uint16",
        "nodata": 0,
    }
    with rasterio.open(
        part, "w", crs=crs, transform=transform, tiled=True, compress="deflate", predictor=2, **profile
    ) as raster:
        for index, (name, image) in enumerate(images.items(), 1):
            raster.write(image, index)
            raster.set_band_description(index, NAMES[name])
    os.replace(part, path)


def _write_lakes(path: Path, outlines: list[np.ndarray], truth: Truth) -> None:
    features = []
    for outline in outlines:
        ring = to_crs(np.concatenate([outline, outline[:1]]), truth.reference_crs, "EPSG:4326").round(7).tolist()
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"kind": "lake"}, "geometry": geometry})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def main() -> None:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = cli.add_subparsers(dest="command", required=True)
    command = commands.add_parser("make", help="write the sample")
    command.add_argument("folder", type=Path)
    command.add_argument("--size", type=int, default=1000, help="width and height of the reference in pixels")
    command.add_argument("--seed", type=int, default=7)
    options = cli.parse_args()
    make(options.folder, options.size, options.seed)


if __name__ == "__main__":
    main()
