"""Photometric change of one image by itself: what seasons, air, sensors and products do to brightness, not to place.

Every change is a function ``(values, generator) -> values`` of float32 ``(height, width)`` in 0..1; ``CHANGES`` lists
them in the order of nature: ground, light, air, sensor, product. ``PhotometrySettings`` has the probability of each
under the same name. Random curves and smooth fields are drawn small and enlarged: a change takes about a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import cv2
import numpy as np

from ..errors import InputError
from ..imagery.radiometry import stretch_of

Change = Callable[[np.ndarray, np.random.Generator], np.ndarray]
LEVELS = 1024  # of a curve's table: finer than the 8 bits that most sources have
SAMPLE_STEP = 4  # quantiles are taken from every fourth pixel along both axes
# Several changes together can leave next to nothing to be seen; the product's stretch would not, so it is made up for.
FLAT, FLAT_BETWEEN = 0.1, (0.05, 0.95)
OPAQUE, VEILED = 0.6, 0.15  # share of the light that is the cloud's: the ground is hidden; a cloud mask would say so


@dataclass(frozen=True)
class PhotometrySettings:
    """The probability of each change, 0..1.

    ``untouched`` is that of an image staying as its date is, without any of them: real differences between seasons
    are what the others imitate. ``marked`` is that of a made cloud being in the valid mask.
    """

    untouched: float = 0.25
    curve: float = 0.5
    gamma: float = 0.3
    reordered: float = 0.15
    reversed: float = 0.08
    partly_reversed: float = 0.1
    snow: float = 0.15
    saturated: float = 0.15
    lit_unevenly: float = 0.3
    haze: float = 0.2
    clouds: float = 0.15
    blurred: float = 0.2
    noise: float = 0.4
    shot_noise: float = 0.2
    stripes: float = 0.1
    compressed: float = 0.2
    coarse_levels: float = 0.1
    stretched: float = 0.5
    marked: float = 0.5

    def __post_init__(self) -> None:
        for field in fields(self):
            if not 0 <= getattr(self, field.name) <= 1:
                raise InputError(f"The probability of “{field.name}” must be between 0 and 1.")


UNCHANGED = PhotometrySettings(**{field.name: 0.0 for field in fields(PhotometrySettings)})


@dataclass(frozen=True)
class Changed:
    """An image after its changes.

    ``values`` float32 ``(height, width)`` 0..1; ``valid`` bool, without the clouds that were marked; ``shown`` bool,
    where the ground is to be seen at all, marked or not.
    """

    values: np.ndarray
    valid: np.ndarray
    shown: np.ndarray


def changed(
    values: np.ndarray, valid: np.ndarray, settings: PhotometrySettings, generator: np.random.Generator
) -> Changed:
    """``values`` float32 ``(height, width)`` in 0..1 after changes by chance. The input is left as it is."""
    values = np.array(values, np.float32)
    shown = np.ones(values.shape, bool)
    if generator.random() < settings.untouched:
        return Changed(values, valid, shown)
    touched = False
    for name, change in CHANGES.items():
        if generator.random() >= getattr(settings, name):
            continue
        touched = True
        if change is not clouded:
            values = change(values, generator)
            continue
        values, share = clouded(values, generator)
        shown = share < OPAQUE
        if generator.random() < settings.marked:
            valid = valid & (share < VEILED)
    low, high = np.quantile(sample(values), FLAT_BETWEEN)
    if touched and high - low < FLAT:
        values = restretched(values, valid)
    return Changed(np.clip(values, 0, 1), valid, shown)


# The ground: what a season makes of it


def curved(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """A monotone curve through random steps: brightness changes, its order does not."""
    steps = generator.dirichlet(np.full(6, 1.5))
    return through(values, np.concatenate([[0], np.cumsum(steps)]))


def gamma(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """A power from 0.4 to 2.5."""
    return through(values, np.linspace(0, 1, LEVELS) ** (2.5 ** generator.uniform(-1, 1)))


def reordered(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """A curve that rises and falls: kinds of ground change their order of brightness, as they do from leaf to snow."""
    table = smooth_curve(generator.uniform(0, 1, generator.integers(3, 6)))
    return through(values, (table - table.min()) / max(float(np.ptp(table)), 0.2))


def reverse(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """The negative: red against near infrared over green land."""
    return 1 - values


def reverse_partly(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """The negative of smoothly bounded parts of the image."""
    field = smooth_field(values.shape, generator.uniform(40, 160), generator)
    share = np.clip(0.5 + (field - generator.uniform(-0.7, 0.7)) * generator.uniform(2, 6), 0, 1)
    return values + share * (1 - 2 * values)


def snowed(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Snow: 15 to 65 % become one white area, as so much of the winter dates of the training pairs is clipped.

    Which ground turns white is what those dates show: flat open land whatever its summer brightness (fields, ice), the
    brighter somewhat rather; towns and woods are rough and stay speckled, tree lines and roads, which differ from what
    is around, keep their darkness. A smooth cover of its own shifts the limit from place to place.
    """
    fine = cv2.GaussianBlur(values, (0, 0), generator.uniform(0.5, 1.3))
    wide = cv2.GaussianBlur(values, (0, 0), 4.0)
    rough = cv2.GaussianBlur(np.abs(values - wide), (0, 0), generator.uniform(1.5, 3.5))
    parts = (
        (generator.uniform(-0.3, 1.0), fine),
        (generator.uniform(0.3, 1.2), fine - wide),
        (-generator.uniform(0.2, 1.0), rough),
        (generator.uniform(0, 0.5), smooth_field(values.shape, generator.uniform(60, 250), generator)),
    )
    cover = np.zeros_like(values)
    for weight, part in parts:
        cover += np.float32(weight / max(float(sample(part).std()), 0.01)) * part
    limit = np.quantile(sample(cover), 1 - generator.uniform(0.15, 0.65))
    white = np.clip(1 + (cover - limit) * np.float32(np.exp(generator.uniform(-0.7, 0.9))), 0, 1)
    dark = np.minimum(values * np.float32(generator.uniform(0.4, 1.2)), 1)
    return dark + white * (1 - dark)


def saturated(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """The brightest 5 to 50 % clipped, as a product scaled for the rest shows them."""
    high = float(np.quantile(sample(values), 1 - generator.uniform(0.05, 0.5)))
    return np.minimum(values / max(high, 0.1), 1)


# Light and air


def lit_unevenly(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Brighter to one side, and in smooth patches: view angle, slopes, mosaics."""
    angle = generator.uniform(0, 2 * np.pi)
    x, y = (np.linspace(-1, 1, n, dtype=np.float32) for n in values.shape[::-1])
    gain = generator.uniform(0, 0.4) * (np.cos(angle) * x[None] + np.sin(angle) * y[:, None])
    gain = gain + generator.uniform(0, 0.15) * smooth_field(values.shape, generator.uniform(60, 200), generator)
    return np.clip(values * (1 + gain.astype(np.float32)), 0, 1)


def hazed(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """A smooth bright veil: contrast is lost, here more than there."""
    field = smooth_field(values.shape, generator.uniform(50, 250), generator)
    share = np.clip(generator.uniform(0.1, 0.5) + 0.15 * field, 0, 0.8)
    return values + share * (np.float32(generator.uniform(0.6, 1.0)) - values)


def clouded(values: np.ndarray, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Clouds over 3 to 35 % and their displaced shadows; also the clouds' share of the light, ``(height, width)``."""
    cell = generator.uniform(25, 120)
    field = sum(smooth_field(values.shape, cell / 2**n, generator) / 2**n for n in range(3))
    limit = np.quantile(sample(field), 1 - generator.uniform(0.03, 0.35))
    share = np.clip((field - limit) * generator.uniform(1.5, 5), 0, 1).astype(np.float32)
    angle, far = generator.uniform(0, 2 * np.pi), generator.uniform(5, 40)
    move = np.array([[1, 0, far * np.cos(angle)], [0, 1, far * np.sin(angle)]])
    shadow = cv2.warpAffine(share, move, share.shape[::-1], borderMode=cv2.BORDER_REFLECT_101)
    white = generator.uniform(0.85, 1.0) + 0.08 * smooth_field(values.shape, cell / 4, generator)
    lit = values * (1 - generator.uniform(0.3, 0.7) * shadow)
    return np.clip(lit + share * (white - lit), 0, 1).astype(np.float32), share


# The sensor and the product


def blurred(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Out of focus by 0.4 to 1.5 px (standard deviation)."""
    return cv2.GaussianBlur(values, (0, 0), generator.uniform(0.4, 1.5))


def noisy(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Gaussian noise of 0.3 to 5 % of the range."""
    strength = np.float32(np.exp(generator.uniform(np.log(0.003), np.log(0.05))))
    return np.clip(values + strength * generator.standard_normal(values.shape, np.float32), 0, 1)


def shot_noisy(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Noise that grows with the root of the brightness."""
    strength = np.float32(generator.uniform(0.005, 0.05))
    noise = generator.standard_normal(values.shape, np.float32)
    return np.clip(values + strength * np.sqrt(values) * noise, 0, 1)


def striped(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Detectors that are not quite equal: an offset of each column or each row."""
    along = int(generator.integers(2))
    offsets = generator.standard_normal((values.shape[along],), np.float32) * np.float32(generator.uniform(0.005, 0.03))
    if generator.random() < 0.5:  # neighbours share a detector module
        offsets = np.repeat(offsets[::8], 8)[: len(offsets)]
    return np.clip(values + (offsets[None] if along else offsets[:, None]), 0, 1)


def compressed(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """As a JPEG of quality 15 to 85."""
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(generator.integers(15, 86))]
    _, data = cv2.imencode(".jpg", np.rint(values * 255).astype(np.uint8), quality)
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.float32) / 255


def coarse_levels(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """8 to 40 gray levels: a dark scene stretched."""
    levels = np.float32(generator.integers(8, 41) - 1)
    return np.rint(values * levels) / levels


def stretched(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Stretched as the product stretches what it reads (radiometry.py)."""
    return restretched(values, np.ones(values.shape, bool))


CHANGES: dict[str, Callable] = {
    "curve": curved,
    "gamma": gamma,
    "reordered": reordered,
    "reversed": reverse,
    "partly_reversed": reverse_partly,
    "snow": snowed,
    "saturated": saturated,
    "lit_unevenly": lit_unevenly,
    "haze": hazed,
    "clouds": clouded,
    "blurred": blurred,
    "noise": noisy,
    "shot_noise": shot_noisy,
    "stripes": striped,
    "compressed": compressed,
    "coarse_levels": coarse_levels,
    "stretched": stretched,
}


# What they share


def restretched(values: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """``values`` in the product's own stretch, measured where ``valid``; as they are where all of them are equal."""
    known = sample(values)[sample(valid)]
    if known.size < 16 or np.ptp(known) < 1e-4:
        return np.clip(values, 0, 1)
    stretch = stretch_of(known)
    return np.clip((values - np.float32(stretch.low)) / np.float32(stretch.high - stretch.low), 0, 1)


def sample(values: np.ndarray) -> np.ndarray:
    """Enough of an image for a quantile."""
    return values[::SAMPLE_STEP, ::SAMPLE_STEP]


def through(values: np.ndarray, table: np.ndarray) -> np.ndarray:
    """``values`` 0..1 through a curve given at even steps from 0 to 1."""
    if len(table) != LEVELS:
        table = np.interp(np.linspace(0, 1, LEVELS), np.linspace(0, 1, len(table)), table)
    return table.astype(np.float32)[np.rint(values * (LEVELS - 1)).astype(np.int32)]


def smooth_curve(knots: np.ndarray) -> np.ndarray:
    """A smooth curve of ``LEVELS`` values through a few."""
    return cv2.resize(knots.astype(np.float64)[None], (LEVELS, 1), interpolation=cv2.INTER_CUBIC)[0]


def smooth_field(shape: tuple[int, ...], cell_px: float, generator: np.random.Generator) -> np.ndarray:
    """A smooth random field of about unit variance, float32, which changes over ``cell_px``: drawn small, enlarged."""
    height, width = shape
    cell = max(float(cell_px), 2.0)
    rows, columns = (int(np.ceil(n / cell)) + 3 for n in (height, width))
    small = generator.standard_normal((rows, columns), np.float32)
    start = generator.uniform(1, 2, 2)
    # from small's pixels to the image's: cv2 counts centres from 0
    matrix = np.array([[1 / cell, 0, start[0]], [0, 1 / cell, start[1]]])
    return cv2.warpAffine(
        small, matrix, (width, height), flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REFLECT_101
    )
