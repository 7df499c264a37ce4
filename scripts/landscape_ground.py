"""The ground of the generated landscape: what grows and stands where, and what it looks like in summer and under snow.

Everything is drawn once on a raster of 2.5 m, four times finer than the images that are taken of it (landscape.py),
from one seed. Two seasons share the outlines and nothing else: what a field is in summer says nothing about its snow,
so edges flip their contrast or vanish, as they do in real pairs."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

FINE_M = 2.5
FIELD, MEADOW, CONIFERS, BROADLEAF, CLEARING, WATER, ROAD, TRACK, ROOF, GARDEN = range(10)
TREES = (CONIFERS, BROADLEAF)

# Reflectance of (green, red, near infrared). Crops: ripe wheat, stubble, maize, sunflower, beet, black soil, fallow,
# hay.
CROPS = np.array(
    [
        [0.12, 0.19, 0.31],
        [0.14, 0.22, 0.27],
        [0.06, 0.04, 0.47],
        [0.10, 0.08, 0.41],
        [0.06, 0.035, 0.56],
        [0.05, 0.065, 0.11],
        [0.09, 0.11, 0.29],
        [0.10, 0.13, 0.35],
    ],
    np.float32,
)
SUMMER = {
    MEADOW: (0.07, 0.06, 0.36),
    CONIFERS: (0.03, 0.022, 0.21),
    BROADLEAF: (0.045, 0.028, 0.38),
    CLEARING: (0.08, 0.09, 0.28),
    WATER: (0.045, 0.03, 0.015),
    ROAD: (0.11, 0.12, 0.15),
    TRACK: (0.13, 0.17, 0.24),
    ROOF: (0.16, 0.20, 0.24),
    GARDEN: (0.07, 0.07, 0.33),
}
# Snow on fields: deep and smooth, wind-packed, over stubble, over winter wheat, over fresh furrows.
SNOW = np.array([0.93, 0.86, 0.66, 0.55, 0.38], np.float32)
SNOW_SHARE = (0.42, 0.26, 0.14, 0.10, 0.08)
WINTER = {
    MEADOW: 0.80,
    CONIFERS: 0.09,
    BROADLEAF: 0.24,
    CLEARING: 0.74,
    WATER: 0.88,
    ROAD: 0.16,
    TRACK: 0.70,
    ROOF: 0.78,
    GARDEN: 0.56,
}
SATURATION = 0.9  # brighter snow is cut off here, as the quick looks of real winter tiles are
TREE_M, SUN_WINTER_DEG, SUN_SUMMER_DEG, SUN_AZIMUTH_DEG = 17.0, 15.0, 58.0, 163.0


@dataclass(frozen=True)
class Ground:
    """``cover`` uint8 ``(n, n)``, one of the constants above; ``field`` int32 number of the field; ``relief`` float32,
    slope towards the sun in about -1..1; ``lakes``: outlines ``(N, 2)``. All on the fine raster, first row in the
    north, outlines in its pixels.
    """

    cover: np.ndarray
    field: np.ndarray
    relief: np.ndarray
    lakes: tuple[np.ndarray, ...]
    seed: int


def draw_ground(size_m: float, seed: int) -> Ground:
    """A square of ``size_m`` metres."""
    rng = np.random.default_rng(seed)
    n = round(size_m / FINE_M)
    field = np.zeros((n, n), np.int32)
    leaves, cuts = _parcels(n, rng)
    for number, corners in enumerate(leaves, 1):
        _fill(field, corners, number)
    cover = np.full((n, n), FIELD, np.uint8)
    cover[noise(n, 1600, rng) + 0.1 * noise(n, 60, rng) > 1.1] = MEADOW
    _draw_forest(cover, n, rng)
    river = _draw_water(cover, n, rng)
    lakes = _draw_lakes(cover, n, rng)
    for level, start, end in cuts:
        if level > 3 and rng.random() < 0.6:
            _line(cover, [start, end], rng.uniform(10, 18), BROADLEAF)  # a shelter belt
        elif level > 2:
            _line(cover, [start, end], 5.0, TRACK)
    for level, start, end in cuts:
        if level <= 2:
            _line(cover, [start, end], 11.0 if level < 2 else 7.5, ROAD)
    highway = _meander(n, rng, 0.22, vertical=True)
    _line(cover, highway, 24.0, ROAD)
    roads = [(start, end) for level, start, end in cuts if level in (1, 2)]
    for _ in range(max(2, round((size_m / 4000) ** 2))):
        start, end = roads[rng.integers(len(roads))]
        _draw_village(cover, start + rng.uniform(0.2, 0.8) * (end - start), end - start, rng)
    _line(cover, river, 28.0, WATER)
    hills = noise(n, 1200, rng)
    return Ground(cover, field, (20 * (hills - np.roll(hills, 8, 0))).clip(-1, 1), lakes, seed)


def paint(ground: Ground, season: str) -> dict[str, np.ndarray]:
    """Reflectance of the fine raster, band name -> float32 ``(n, n)``. ``season``: ``summer`` (B03, B04, B08) or
    ``snow`` (B04, B08).
    """
    rng = np.random.default_rng([ground.seed, len(season)])
    n, fields = len(ground.cover), int(ground.field.max()) + 1
    patches = noise(n, 120, rng)
    furrows = _furrows(ground.field, fields, rng)
    if season == "summer":
        crop = rng.integers(len(CROPS), size=fields)
        tint = rng.uniform(0.85, 1.15, fields).astype(np.float32)[ground.field]
        shade = _shadows(ground.cover, SUN_SUMMER_DEG)
        texture = (1 + 0.10 * patches + 0.05 * furrows) * tint
        bands = {}
        for index, name in enumerate(("B03", "B04", "B08")):
            table = np.array([0, *(SUMMER[c][index] for c in range(1, 10))], np.float32)
            band = np.where(ground.cover == FIELD, CROPS[crop, index][ground.field] * texture, table[ground.cover])
            band *= 1 + 0.03 * ground.relief + 0.05 * patches
            bands[name] = _leafy(band, ground.cover, 0.18, rng) * np.where(shade, np.float32(0.6), np.float32(1))
        return bands
    snow = SNOW[rng.choice(len(SNOW), fields, p=SNOW_SHARE)]
    drift = 0.05 * noise(n, 40, rng) + 0.06 * patches + 0.10 * (1 - snow)[ground.field] * furrows
    table = np.array([0, *(WINTER[c] for c in range(1, 10))], np.float32)
    band = np.where(ground.cover == FIELD, snow[ground.field] + drift, table[ground.cover] * (1 + 0.06 * patches))
    band *= 1 + 0.16 * ground.relief  # the low sun draws the relief
    band = _leafy(band, ground.cover, 0.35, rng) * np.where(
        _shadows(ground.cover, SUN_WINTER_DEG), np.float32(0.5), np.float32(1)
    )
    band = band.clip(0.01, 1.2)
    return {"B04": np.minimum(band, SATURATION), "B08": np.minimum(0.93 * band, SATURATION)}


def noise(n: int, wavelength_m: float, rng: np.random.Generator, octaves: int = 3) -> np.ndarray:
    """Smooth noise of mean 0 and standard deviation 1, float32 ``(n, n)``; every octave half as wide and half as
    strong.
    """
    total = np.zeros((n, n), np.float32)
    for octave in range(octaves):
        cells = max(4, round(n * FINE_M / wavelength_m * 2**octave))
        coarse = rng.standard_normal((cells, cells)).astype(np.float32)
        total += cv2.resize(coarse, (n, n), interpolation=cv2.INTER_CUBIC) * 0.5**octave
    return (total - total.mean()) / total.std()


# --- outlines --------------------------------------------------------------------------------------------------------


def _parcels(n: int, rng: np.random.Generator) -> tuple[list[np.ndarray], list[tuple[int, np.ndarray, np.ndarray]]]:
    """Fields as convex polygons, and the cuts between them as (level, start, end): land divided again and again."""
    a, far = np.deg2rad(rng.uniform(5, 25)), 0.75 * n
    turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    whole = np.array([[-far, -far], [far, -far], [far, far], [-far, far]]) @ turn + n / 2
    leaves, cuts, todo = [], [], [(0, whole)]
    while todo:
        level, polygon = todo.pop()
        x, y = polygon.T
        area_m2 = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2 * FINE_M**2
        if area_m2 < 4e5 * np.exp(0.6 * rng.standard_normal()):
            leaves.append(polygon)
            continue
        middle = polygon.mean(0)
        edges = np.roll(polygon, -1, 0) - polygon
        longest = edges[np.argmax(np.hypot(*edges.T))]
        axis = longest / np.hypot(*longest)  # cutting across the longest edge keeps fields nearly rectangular
        lean = np.deg2rad(rng.uniform(-5, 5))
        axis = axis @ np.array([[np.cos(lean), np.sin(lean)], [-np.sin(lean), np.cos(lean)]])
        along = (polygon - middle) @ axis
        offset = rng.uniform(-0.2, 0.2) * np.ptp(along) / 2
        halves, ends = _cut(polygon, along - offset)
        cuts.append((level, *ends))
        todo += [(level + 1, half) for half in halves]
    return leaves, cuts


def _cut(polygon: np.ndarray, side: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Both parts of a convex polygon whose corners lie ``side`` from a line, and where the line crosses it."""
    halves: list[list[np.ndarray]] = [[], []]
    ends = []
    for i, corner in enumerate(polygon):
        j = (i + 1) % len(polygon)
        halves[int(side[i] > 0)].append(corner)
        if (side[i] > 0) != (side[j] > 0):
            crossing = corner + (polygon[j] - corner) * side[i] / (side[i] - side[j])
            ends.append(crossing)
            halves[0].append(crossing)
            halves[1].append(crossing)
    return [np.array(half) for half in halves], ends


def _draw_forest(cover: np.ndarray, n: int, rng: np.random.Generator) -> None:
    wooded = noise(n, 2200, rng) + 0.12 * noise(n, 120, rng) > 0.75
    cover[wooded] = np.where(noise(n, 900, rng) > -0.3, CONIFERS, BROADLEAF)[wooded]
    plan = np.zeros_like(cover)  # compartments with rides between them, some of them felled
    a, step = np.deg2rad(rng.uniform(-20, 20)), 520 / FINE_M
    u, v = np.array([np.cos(a), np.sin(a)]), np.array([-np.sin(a), np.cos(a)])
    count = int(1.5 * n / step) + 1
    for i in range(-count, count):
        for direction, across in ((u, v), (v, u)):
            middle = n / 2 + i * step * across
            _line(plan, [middle - 2 * n * direction, middle + 2 * n * direction], 7.0, 1)
    for _ in range(3 * count * count // 4):
        corner, size = rng.uniform(0, n, 2), rng.uniform(60, 260, 2) / FINE_M
        _fill(plan, corner + np.array([0 * u, size[0] * u, size[0] * u + size[1] * v, size[1] * v]), 1)
    cover[wooded & (plan == 1)] = CLEARING


def _draw_water(cover: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray:
    """Floodplain and streams; returns the line of the river, which is drawn last, over its bridges' roads."""
    river = _meander(n, rng, 0.10, vertical=False)
    _line(cover, river, 260.0, MEADOW)
    _line(cover, river, 60.0, BROADLEAF)
    _line(cover, river + [0, 40], 14.0, WATER)  # an old arm
    for _ in range(2):
        stream = _meander(n, rng, 0.06, vertical=True)
        _line(cover, stream, 50.0, MEADOW)
        _line(cover, stream, 16.0, BROADLEAF)
        _line(cover, stream, 6.0, WATER)
    return river


def _draw_lakes(cover: np.ndarray, n: int, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    lakes = []
    t = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    for _ in range(max(3, round((n * FINE_M / 4500) ** 2))):
        radius = rng.uniform(60, 240) / FINE_M
        shape = 1 + sum(rng.uniform(-0.18, 0.18) * np.cos(k * t + rng.uniform(0, 6)) for k in (2, 3, 5))
        outline = rng.uniform(0.1 * n, 0.9 * n, 2) + (radius * shape)[:, None] * np.stack(
            [1.6 * np.cos(t), np.sin(t)], -1
        )
        _fill(cover, outline, WATER)
        lakes.append(outline)
    return tuple(lakes)


def _draw_village(cover: np.ndarray, place: np.ndarray, direction: np.ndarray, rng: np.random.Generator) -> None:
    u = direction / np.hypot(*direction)
    v = np.array([-u[1], u[0]])
    street_m = rng.uniform(500, 1400)
    for row, off_m in enumerate((0.0, *(rng.uniform(130, 170) * k for k in (1, -1, 2)))):
        origin = place + off_m / FINE_M * v
        length = street_m * (1 if row == 0 else rng.uniform(0.4, 0.8))
        _line(cover, [origin - length / 2 / FINE_M * u, origin + length / 2 / FINE_M * u], 6.0, ROAD)
        for along in np.arange(-length / 2, length / 2, 26.0):
            for side in (1, -1):
                start = origin + (along * u + side * 6 * v) / FINE_M
                garden = np.array([0 * u, 24 * u, 24 * u + side * 55 * v, side * 55 * v]) / FINE_M
                _fill(cover, start + garden, GARDEN if rng.random() < 0.8 else BROADLEAF)
                if rng.random() < 0.85:
                    w, d = rng.uniform(8, 16, 2)
                    house = np.array([4 * u + 4 * v * side, (4 + w) * u + 4 * v * side])
                    house = np.concatenate([house, house[::-1] + d * side * v]) / FINE_M
                    _fill(cover, start + house, ROOF)
    cross = place + np.array([[-1.0], [1.0]]) * 170 / FINE_M * v
    _line(cover, cross, 6.0, ROAD)


def _meander(n: int, rng: np.random.Generator, swing: float, vertical: bool) -> np.ndarray:
    t = np.linspace(-0.1, 1.1, 400)
    across = rng.uniform(0.3, 0.7) + sum(
        swing / k * np.sin(2 * np.pi * (k * t * rng.uniform(0.8, 1.2) + rng.random())) for k in (1, 3, 7)
    )
    line = np.stack([t, across], -1) * n
    return line[:, ::-1] if vertical else line


def _fill(image: np.ndarray, corners: np.ndarray, value: int) -> None:
    cv2.fillPoly(image, [np.round(np.asarray(corners) * 16 - 8).astype(np.int32)], int(value), shift=4)


def _line(image: np.ndarray, points: object, width_m: float, value: int) -> None:
    corners = np.round(np.asarray(points) * 16 - 8).astype(np.int32)
    cv2.polylines(image, [corners], False, int(value), max(1, round(width_m / FINE_M)), shift=4)


# --- looks -----------------------------------------------------------------------------------------------------------


def _furrows(field: np.ndarray, fields: int, rng: np.random.Generator) -> np.ndarray:
    """Stripes of -1..1 along each field's own direction."""
    angle, period = rng.uniform(0, np.pi, fields), rng.uniform(14, 60, fields) / FINE_M
    kx, ky = (
        (2 * np.pi / period * np.cos(angle)).astype(np.float32),
        (2 * np.pi / period * np.sin(angle)).astype(np.float32),
    )
    row, column = np.ogrid[: field.shape[0], : field.shape[1]]
    return np.sin(kx[field] * column.astype(np.float32) + ky[field] * row.astype(np.float32))


def _leafy(band: np.ndarray, cover: np.ndarray, strength: float, rng: np.random.Generator) -> np.ndarray:
    """Crowns and gaps: trees and gardens are grainy."""
    n = len(band)
    grain = cv2.GaussianBlur(rng.standard_normal((n, n), np.float32), (0, 0), 1.6)
    grain *= strength / grain.std()
    grainy = np.isin(cover, (*TREES, GARDEN))
    return np.where(grainy, band * (1 + grain), band).astype(np.float32)


def _shadows(cover: np.ndarray, sun_deg: float) -> np.ndarray:
    """Bool: in the shadow of trees and houses, but not on the crowns themselves."""
    tall = np.isin(cover, (*TREES, ROOF)).astype(np.uint8)
    reach = max(1, round(TREE_M / np.tan(np.deg2rad(sun_deg)) / FINE_M))
    away = np.deg2rad(SUN_AZIMUTH_DEG + 180)
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.uint8)
    # A pixel is dark if there is a tree towards the sun: the kernel reaches from its middle that way.
    tip = round(reach - reach * np.sin(away)), round(reach + reach * np.cos(away))
    cv2.line(kernel, (reach, reach), tip, 1, 1)
    return (cv2.dilate(tall, kernel) > 0) & (tall == 0)
