"""Which matchers and detectors there are, as data: what the user should know of each before choosing it.

Plain data, read without torch, OpenCV or numpy: ``maker`` names the function that builds one, ``module:function`` in
this folder, called with ``(device, model_folder, seed, events)`` and the options as keywords, and imported when asked
for. The table in processing/help/matchrasters.html is made of this (scripts/matcher_table.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from .options import Option


@dataclass(frozen=True)
class MatcherEntry:
    """``kind`` is ``guided`` (needs georeferencing) or ``free``; ``weights`` the models of models/catalogue.py that it
    needs with its default options; ``licence`` that of code and weights; ``when`` a sentence on when to use it.
    """

    name: str
    kind: str
    title: str
    weights: tuple[str, ...]
    licence: str
    when: str
    maker: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class DetectorEntry:
    """A detector of local features, as in MatcherEntry."""

    name: str
    title: str
    weights: tuple[str, ...]
    licence: str
    when: str
    maker: str
    options: tuple[Option, ...] = ()


def _ratio(default: float) -> Option:
    return Option(
        "ratio",
        default,
        "a pair counts if its distance is below this share of the second best's (1: no such test)",
        0.1,
        1.0,
    )


_SIFT = (Option("contrast", 0.01, "the least contrast of a keypoint; lower finds more in haze", 0.0, 0.5),)
_AKAZE = (Option("threshold", 1e-4, "the least response of a keypoint; lower finds more", 0.0, 0.1),)
_ORB = (Option("threshold", 10, "grey values by which a corner differs from its ring; lower finds more", 1, 100),)
_ALIKED = (
    Option("weights", "n16", "the size of the network", choices=("n16", "t16")),
    Option("threshold", 0.05, "the least score of a keypoint; lower finds more", 0.0, 1.0),
)
_SIMILARITY = Option("similarity", 0.5, "a pair counts if the cosine of its descriptors is above this", -1.0, 1.0)

_MATCHERS = (
    MatcherEntry(
        "structure",
        "guided",
        "Structure (built in)",
        (),
        "GPL-3.0-or-later",
        "Georeferenced rasters of any seasons: compares the direction of edges, so snow and crops may differ.",
        "structure:structure_matcher",
    ),
    MatcherEntry(
        "phase",
        "guided",
        "Phase correlation (built in)",
        (),
        "GPL-3.0-or-later",
        "Georeferenced rasters of like season and sensor: the finest fractions of a pixel; weaker across seasons.",
        "phase:phase_matcher",
    ),
    MatcherEntry(
        "sift",
        "free",
        "SIFT (OpenCV)",
        (),
        "Apache-2.0",
        "Rasters of like season, position, rotation and scale unknown; precise, but weak between snow and summer.",
        "opencv_features:sift_matcher",
        (_ratio(0.85), *_SIFT),
    ),
    MatcherEntry(
        "akaze",
        "free",
        "AKAZE (OpenCV)",
        (),
        "Apache-2.0",
        "As SIFT, with fewer and coarser points; worth a try where SIFT finds too few.",
        "opencv_features:akaze_matcher",
        (_ratio(0.85), *_AKAZE),
    ),
    MatcherEntry(
        "orb",
        "free",
        "ORB (OpenCV)",
        (),
        "Apache-2.0",
        "As SIFT, the fastest and the coarsest of the three; for a first look at rasters of like season.",
        "opencv_features:orb_matcher",
        (_ratio(0.85), *_ORB),
    ),
    MatcherEntry(
        "loftr",
        "free",
        "LoFTR outdoor",
        ("loftr_outdoor",),
        "Apache-2.0",
        "Rasters of different seasons, like orientation and pixel size; many points; slow without a GPU.",
        "loftr:loftr_matcher",
    ),
    MatcherEntry(
        "aliked",
        "free",
        "ALIKED n16",
        ("aliked-n16",),
        "BSD-3-Clause",
        "Rasters of different seasons with little rotation; a light network that runs well on a CPU.",
        "aliked:aliked_matcher",
        (*_ALIKED, _SIMILARITY),
    ),
)

_DETECTORS = (
    DetectorEntry(
        "sift",
        "SIFT (OpenCV)",
        (),
        "Apache-2.0",
        "Blobs of any size and rotation, to a tenth of a pixel; the usual choice.",
        "opencv_features:sift_detector",
        _SIFT,
    ),
    DetectorEntry(
        "akaze",
        "AKAZE (OpenCV)",
        (),
        "Apache-2.0",
        "Blobs and corners that keep to edges; fewer than SIFT's.",
        "opencv_features:akaze_detector",
        _AKAZE,
    ),
    DetectorEntry(
        "orb",
        "ORB (OpenCV)",
        (),
        "Apache-2.0",
        "Corners, at once; the coarsest positions.",
        "opencv_features:orb_detector",
        _ORB,
    ),
    DetectorEntry(
        "aliked",
        "ALIKED",
        ("aliked-n16",),
        "BSD-3-Clause",
        "Places that a network learned to find again; no scale and no angle.",
        "aliked:aliked_detector",
        _ALIKED,
    ),
)

MATCHERS: dict[str, MatcherEntry] = {entry.name: entry for entry in _MATCHERS}
DETECTORS: dict[str, DetectorEntry] = {entry.name: entry for entry in _DETECTORS}
