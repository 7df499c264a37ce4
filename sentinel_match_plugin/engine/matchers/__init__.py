"""Which matchers there are. One file per family; catalogue.py is all that the rest of the program knows of them.

Adding a matcher is one file that follows the protocol in base.py, and one entry in the catalogue. Importing this
package loads no numpy: the jobs, which QGIS reads, take the names from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..events import Events
from .catalogue import DETECTORS, MATCHERS, REFINE, DetectorEntry, MatcherEntry
from .options import parse, words

if TYPE_CHECKING:
    import torch

    from .base import FreeMatcher, GuidedMatcher
    from .local_features import Detector

__all__ = [
    "DETECTORS",
    "MATCHERS",
    "DetectorEntry",
    "MatcherEntry",
    "is_refined",
    "make_detector",
    "make_matcher",
    "options_of",
    "shared_options",
]


def options_of(name: str, text: str) -> dict[str, Any]:
    """The options of the matcher ``name`` that ``text`` sets. Raises InputError as ``options.parse`` does."""
    return parse(text, MATCHERS[name].options, name)


def shared_options(names: Iterable[str], text: str) -> dict[str, str]:
    """The part of the options ``text`` that each of the matchers ``names`` takes: an option is for all that have it,
    one written ``loftr.weights=indoor`` for that matcher alone.

    Raises InputError for an option that none of them has, and for a value that one of them cannot take.
    """
    shared: dict[str, list[str]] = {name: [] for name in names}
    for word in words(text):
        only, dot, option = word.partition("=")[0].rpartition(".")
        candidates = [name for name in shared if name == only or not dot]
        owners = [name for name in candidates if option in (known.name for known in MATCHERS[name].options)]
        if not owners:
            there_is = {known.name for name in shared for known in MATCHERS[name].options}
            raise InputError(
                f"None of the matchers has an option “{word.partition('=')[0]}”. Options of {', '.join(shared)}: "
                f"{', '.join(sorted(there_is)) or 'none'}."
            )
        for name in owners:
            shared[name].append(word.removeprefix(f"{only}.") if dot else word)
    texts = {name: " ".join(given) for name, given in shared.items()}
    for name, given in texts.items():
        try:
            options_of(name, given)
        except InputError as error:
            raise InputError(
                f"{name}: {error} An option for one matcher alone is written {name}.option=value."
            ) from error
    return texts


def is_refined(name: str, text: str) -> bool:
    """Whether the options ``text`` ask for what the free matcher ``name`` finds to be refined by a guided one."""
    return options_of(name, text).get(REFINE.name) == "yes"


def make_matcher(
    name: str,
    device: torch.device,
    model_folder: str = "",
    seed: int = 0,
    events: Events | None = None,
    options: str = "",
) -> FreeMatcher | GuidedMatcher:
    """The matcher ``name``, ready to use. ``MATCHERS[name].kind`` says which of the two protocols it follows.

    ``model_folder``: where weights lie, empty for the default (models/places.py). ``options``: see options.py; those
    that are set are said in the log. ``auto`` is resolved by the pipeline and unknown here. Raises InputError for an
    unknown name or option, WeightsError if its weights are missing or wrong.
    """
    if name not in MATCHERS:
        raise InputError(f"There is no matcher “{name}”: choose one of {', '.join(MATCHERS)}.")
    matcher: FreeMatcher | GuidedMatcher = _made(MATCHERS[name], device, model_folder, seed, events, options)
    return matcher


def make_detector(
    name: str,
    device: torch.device,
    model_folder: str = "",
    seed: int = 0,
    events: Events | None = None,
    options: str = "",
) -> Detector:
    """The detector ``name`` of local features (local_features.py); everything else as in ``make_matcher``."""
    if name not in DETECTORS:
        raise InputError(f"There is no detector “{name}”: choose one of {', '.join(DETECTORS)}.")
    detector: Detector = _made(DETECTORS[name], device, model_folder, seed, events, options)
    return detector


def _made(
    entry: MatcherEntry | DetectorEntry,
    device: torch.device,
    model_folder: str,
    seed: int,
    events: Events | None,
    options: str,
) -> Any:
    events = events if events is not None else Events()
    chosen = parse(options, entry.options, entry.name)
    if chosen:
        said = ", ".join(f"{name} {value}" for name, value in chosen.items())
        events.info(f"Options of {entry.name}: {said}.")
    chosen.pop(REFINE.name, None)
    module, function = entry.maker.split(":")
    maker = getattr(import_module(f".{module}", __name__), function)
    return maker(device, model_folder, seed, events, **chosen)
