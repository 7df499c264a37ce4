"""Options of the pairs that training makes, as a user writes them: ``motion=guided cross_season=0.5``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..matchers.options import Option, parse

if TYPE_CHECKING:
    from .pairs import PairSettings

RANDOM = "random"

OPTIONS = (
    Option(
        "motion",
        "stepped",
        "free: any rotation, scale, shift; guided: little; stepped: as seasonal turns and scales by itself",
        choices=("free", "guided", "stepped"),
    ),
    Option("rotation", 180.0, "degrees, to both sides", 0.0, 180.0),
    Option("scale", 2.0, "from 1/scale to scale reference pixels a target pixel", 1.0, 4.0),
    Option("cross_season", 0.7, "share of pairs of two seasons, where a place has both", 0.0, 1.0),
    Option("same_date", 0.05, "share of pairs of one date with itself", 0.0, 1.0),
    Option("index_share", 0.1, "share of images that are a normalised difference of two bands", 0.0, 1.0),
    Option("untouched", 0.25, "share of images whose brightness is left as it is", 0.0, 1.0),
    Option(
        "held_out",
        "real",
        "real: held-out pairs are of two dates whose brightness is left as it is; changed: as those of training",
        choices=("real", "changed"),
    ),
    Option("weights", "given", "random: start from random numbers, for tests", choices=("given", RANDOM)),
)


def options_of(text: str) -> dict[str, Any]:
    """The options that ``text`` sets. Raises InputError naming what there is."""
    return parse(text, OPTIONS, "training")


def pair_settings(options: dict[str, Any]) -> PairSettings:
    """The settings of the pairs with ``options`` (``options_of``); what is not set is as ``pairs.py`` has it."""
    from .pairs import PairSettings
    from .warps import FREE, GUIDED, STEPPED, WarpSettings

    motion = options.get("motion", "stepped")
    warp = {"free": FREE, "guided": GUIDED, "stepped": STEPPED}[motion]
    turns = {"rotation": "rotation_deg", "scale": "scale"}
    warp = replace(warp, **{name: options[option] for option, name in turns.items() if option in options})
    shares = ("cross_season", "same_date", "index_share")
    settings = PairSettings(warp=warp, **{name: options[name] for name in shares if name in options})
    if "untouched" in options:
        settings = replace(settings, photometry=replace(settings.photometry, untouched=options["untouched"]))
    if motion == "guided":
        return replace(settings, reference_turned=0.0)
    if motion == "stepped":  # together, for both images: any orientation, and reduced images too
        return replace(settings, reference_turned=0.8, reference_warp=WarpSettings(rotation_deg=180.0, scale=1.8))
    return settings


def held_out_settings(options: dict[str, Any]) -> PairSettings:
    """The settings of held-out pairs: what a matcher will meet is real dates, and made changes are for teaching only
    (unless ``held_out=changed``).
    """
    if options.get("held_out") == "changed":
        return pair_settings(options)
    return pair_settings(options | {"untouched": 1.0, "same_date": 0.0})
