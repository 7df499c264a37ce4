"""Which bands of two rasters to compare: the pair that shows the ground most alike, and others that both have."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from .raster_info import RasterInfo
from .spectra import Band

# Bands whose centres differ by more than this show different things (red 665 and red edge 704 already part over
# vegetation).
MAX_WAVELENGTH_DIFFERENCE_NM = 50.0
# Red first: over land it has the contrast of field, forest and road, little haze, and 10 m on Sentinel-2. Then NIR:
# B8A (865 nm) where both have it, B08 (833 nm) otherwise.
PREFERRED = ("red", "nir")
PREFERRED_NM = {"red": 665.0, "nir": 865.0, "green": 560.0, "blue": 492.0}
VISIBLE = ("red", "green", "blue")
# Where both rasters have several of these, they are compared together: on Sentinel-2 the bands of 10 m. What that
# brings is measured in matchers/structure.py; other bands were not, and are left out.
TOGETHER = ("red", "nir", "green", "blue")


@dataclass(frozen=True)
class BandChoice:
    """Band numbers to read from each raster, counted from 1; several: their mean. ``why`` is a sentence for the log.

    ``others``: further pairs (reference, target) of bands that show the same, for a matcher that compares several.
    """

    reference: tuple[int, ...]
    target: tuple[int, ...]
    why: str
    others: tuple[tuple[int, int], ...] = ()


def choose_bands(
    reference: RasterInfo,
    target: RasterInfo,
    reference_band: int = 0,
    target_band: int = 0,
    several: bool = False,
) -> BandChoice:
    """The bands to compare; a band number that is not 0 is taken as asked.

    Order: red with red, NIR with NIR, the two bands closest in wavelength (within 50 nm), then gray: the mean of red,
    green and blue, or what the file has. ``several``: where no band is asked for, also the others of red, NIR, green
    and blue that both rasters have. Raises InputError for a band that does not exist.
    """
    first, second = _asked(reference, reference_band), _asked(target, target_band)
    if first and second:
        return BandChoice(
            (first.index,), (second.index,), _sentence(reference, [first], target, [second], "as asked for")
        )
    firsts = [first] if first else _usable(reference)
    seconds = [second] if second else _usable(target)
    pair, reason = _spectral_pair(firsts, seconds)
    if first or second:
        reason = f"the one asked for; {reason}" if pair else reason
    if pair is None:
        grays = [first] if first else _gray(reference), [second] if second else _gray(target)
        reason = (
            "the bands asked for, and gray"
            if first or second
            else "gray, since no common band is known by name or wavelength"
        )
        return BandChoice(
            tuple(b.index for b in grays[0]),
            tuple(b.index for b in grays[1]),
            _sentence(reference, grays[0], target, grays[1], reason),
        )
    others = _others(firsts, seconds, pair) if several and not (first or second) else []
    if others:
        return BandChoice(
            (pair[0].index,),
            (pair[1].index,),
            _sentence_on_several(reference, target, [pair, *others]),
            tuple((a.index, b.index) for a, b in others),
        )
    return BandChoice((pair[0].index,), (pair[1].index,), _sentence(reference, [pair[0]], target, [pair[1]], reason))


def _asked(info: RasterInfo, number: int) -> Band | None:
    if number == 0:
        return None
    if not 1 <= number <= len(info.bands):
        count = "1 band" if len(info.bands) == 1 else f"{len(info.bands)} bands"
        raise InputError(f"{info.label} has no band {number}: it has {count}.")
    return info.bands[number - 1]


def _usable(info: RasterInfo) -> list[Band]:
    """All bands but alpha; a file of nothing but alpha is taken as it is."""
    return [band for band in info.bands if band.colour != "alpha"] or list(info.bands)


def _spectral_pair(firsts: list[Band], seconds: list[Band]) -> tuple[tuple[Band, Band] | None, str]:
    for colour in PREFERRED:
        pair = _of_colour(firsts, seconds, colour)
        if pair:
            return pair, f"both are {_word(colour)}"
    pairs = [(a, b) for a in firsts for b in seconds if _difference(a, b) <= MAX_WAVELENGTH_DIFFERENCE_NM]
    if pairs:
        a, b = min(pairs, key=lambda pair: _difference(*pair))
        return (a, b), f"closest in wavelength, {a.wavelength_nm:.0f} and {b.wavelength_nm:.0f} nm"
    return None, ""


def _of_colour(firsts: list[Band], seconds: list[Band], colour: str) -> tuple[Band, Band] | None:
    """The pair of bands of a colour that are closest in wavelength."""
    pairs = [(a, b) for a in firsts for b in seconds if a.colour == b.colour == colour]
    return min(pairs, key=lambda pair: (_difference(*pair), _from_preferred(pair, colour)), default=None)


def _others(firsts: list[Band], seconds: list[Band], first: tuple[Band, Band]) -> list[tuple[Band, Band]]:
    """A pair of each colour in TOGETHER that both have, other than that of ``first``; none where that has no colour."""
    colour = first[0].colour
    if colour != first[1].colour or colour == "undefined":
        return []
    pairs = [_of_colour(firsts, seconds, other) for other in TOGETHER if other != colour]
    return [pair for pair in pairs if pair]


def _difference(a: Band, b: Band) -> float:
    if a.wavelength_nm is None or b.wavelength_nm is None:
        return 0.0 if a.colour == b.colour in PREFERRED else float("inf")
    return abs(a.wavelength_nm - b.wavelength_nm)


def _from_preferred(pair: tuple[Band, Band], colour: str) -> float:
    return sum(abs((band.wavelength_nm or 0.0) - PREFERRED_NM[colour]) for band in pair)


def _gray(info: RasterInfo) -> list[Band]:
    """The bands whose mean is nearest to a gray picture."""
    bands = _usable(info)
    for colour in ("pan", "gray"):
        if len(bands) > 1 and (found := [band for band in bands if band.colour == colour]) and _is_named(found, bands):
            return found[:1]
    visible = [band for band in bands if band.colour in VISIBLE]
    if visible:
        return visible
    # Nothing is known: of three and more bands, in every usual order (RGB, BGR, RGBN, BGRN), the first three are the
    # visible ones.
    return bands[:3] if len(bands) >= 3 else bands[:1]


def _is_named(found: list[Band], bands: list[Band]) -> bool:
    """GDAL calls the first band of any plain GeoTIFF gray: that says something only if the others are named too."""
    return found[0].colour == "pan" or all(band.colour != "undefined" for band in bands if band is not found[0])


def _word(colour: str) -> str:
    return "near infrared" if colour == "nir" else colour


def _sentence(reference: RasterInfo, firsts: list[Band], target: RasterInfo, seconds: list[Band], reason: str) -> str:
    return f"Comparing {_describe(reference, firsts)} with {_describe(target, seconds)}: {reason}."


def _sentence_on_several(reference: RasterInfo, target: RasterInfo, pairs: list[tuple[Band, Band]]) -> str:
    here, there = (_listed([str(pair[i].index) for pair in pairs]) for i in (0, 1))
    colours = _listed([_word(pair[0].colour) for pair in pairs])
    return (
        f"Comparing bands {here} of {reference.label} with bands {there} of {target.label}: both have {colours}, and "
        "every edge is taken from the band that shows it best."
    )


def _listed(words: list[str]) -> str:
    return ", ".join(words[:-1]) + f" and {words[-1]}"


def _describe(info: RasterInfo, bands: list[Band]) -> str:
    if len(info.bands) == 1:
        return f"band 1 of {info.label} (its only one{_named(bands[0])})"
    if len(bands) > 1:
        return f"the mean of bands {', '.join(str(band.index) for band in bands)} of {info.label}"
    return f"band {bands[0].index} of {info.label}" + (f" ({_named(bands[0])[2:]})" if _named(bands[0]) else "")


def _named(band: Band) -> str:
    name = band.name.removeprefix(f"band {band.index}").strip(" ()")
    colour = "" if band.colour in ("gray", "undefined", "palette") or band.colour in name.lower() else band.colour
    said = ", ".join(part for part in (name, _word(colour) if colour else "") if part)
    return f", {said}" if said else ""
