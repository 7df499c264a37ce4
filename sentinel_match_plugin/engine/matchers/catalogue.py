"""Which matchers and detectors there are, as data: what the user should know of each before choosing it.

Plain data, read without torch, OpenCV or numpy: ``maker`` names the function that builds one, ``module:function`` in
this folder, called with ``(device, model_folder, seed, events)`` and the options as keywords, and imported when asked
for. The table in processing/help/matchrasters.html is made of this (scripts/matcher_table.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .options import Option


@dataclass(frozen=True)
class MatcherEntry:
    """``kind`` is ``guided`` (needs georeferencing), ``free``, or ``either``: guided where both rasters are
    georeferenced, else free. ``weights`` the models of models/catalogue.py that it needs with its default options;
    ``licence`` that of code and weights; ``when`` a sentence on when to use it.
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
    what = "a pair counts if its distance is below this share of the second best's; 1: no such test"
    return Option("ratio", default, what, 0.1, 1.0)


def _similarity(default: float) -> Option:
    return Option("similarity", default, "a pair counts if the cosine of its descriptors is above this", -1.0, 1.0)


def _keypoints(default: float, low: float, high: float, of: str = "score of a keypoint") -> Option:
    return Option("keypoint_threshold", default, f"the least {of}; lower finds more", low, high)


# Of the way a free matcher's matches are used, not of the matcher: it is taken away before one is made.
REFINE = Option(
    "refine",
    "no",
    "whether what the matches agree on is confirmed and refined by structure, window by window",
    choices=("no", "yes"),
)
_PAIRS = (  # of LightGlue
    Option("threshold", 0.1, "the least score of a pair", 0.0, 1.0),
    Option("weights", "published", "tuned: those you trained further and imported", choices=("published", "tuned")),
)
_SIFT = (Option("contrast", 0.01, "the least contrast of a keypoint; lower finds more in haze", 0.0, 0.5),)
_AKAZE = (_keypoints(1e-4, 0.0, 0.1),)
_ORB = (_keypoints(10, 1, 100, "difference in grey values between a corner and its ring"),)
_ALIKED = (
    Option(
        "weights",
        "n16",
        "which network: n16rot learned from turned images, n32 is larger, t16 smaller",
        choices=("n16", "n16rot", "n32", "t16"),
    ),
    _keypoints(0.05, 0.001, 1.0),
)
_DISK = (_keypoints(0.0, -100.0, 100.0),)
_XFEAT = (_keypoints(0.05, 0.0, 1.0),)
_LOFTR = (
    Option(
        "weights",
        "outdoor",
        "what it learned from; indoor_new is indoor with a corrected encoding of positions, tuned what you trained "
        "further and imported",
        choices=("outdoor", "indoor", "indoor_new", "tuned"),
    ),
    Option("threshold", 0.2, "the least confidence of a match; lower finds more", 0.0, 1.0),
)
_SUPERPOINT = (_keypoints(0.005, 0.0, 1.0),)

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
        "seasonal",
        "either",
        "Seasonal (built in)",
        (),
        "GPL-3.0-or-later",
        "Rasters of any seasons whose position, rotation and scale may be unknown: a network that learned from dates.",
        "seasonal:seasonal_matcher",
        (Option("weights", "shipped", "shipped, untrained, or a file that training wrote"),),
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
        "LoFTR (kornia)",
        ("loftr_outdoor",),
        "Apache-2.0",
        "Rasters of different seasons, like orientation and pixel size; many points; slow without a GPU.",
        "loftr:loftr_matcher",
        _LOFTR,
    ),
    MatcherEntry(
        "aliked",
        "free",
        "ALIKED (kornia)",
        ("aliked-n16",),
        "BSD-3-Clause",
        "Rasters of different seasons with little rotation; a light network that runs well on a CPU.",
        "aliked:aliked_matcher",
        (*_ALIKED, _similarity(0.5)),
    ),
    MatcherEntry(
        "disk",
        "free",
        "DISK (kornia)",
        ("disk-depth",),
        "Apache-2.0",
        "Upright rasters of like pixel size; many well spread points, to whole pixels.",
        "disk:disk_matcher",
        (*_DISK, _ratio(0.95)),
    ),
    MatcherEntry(
        "xfeat",
        "free",
        "XFeat (kornia)",
        ("xfeat",),
        "Apache-2.0",
        "Upright rasters of like pixel size, where ALIKED is too slow; to whole pixels.",
        "xfeat:xfeat_matcher",
        (*_XFEAT, _similarity(0.82)),
    ),
    MatcherEntry(
        "dedode",
        "free",
        "DeDoDe (kornia)",
        ("dedode_detector_L_v2", "dedode_descriptor_B"),
        "MIT",
        "Upright rasters of like pixel size; two large networks, for a GPU; to whole pixels.",
        "dedode:dedode_matcher",
        (_ratio(0.95),),
    ),
    MatcherEntry(
        "sift-lightglue",
        "free",
        "SIFT + LightGlue",
        ("sift_lightglue",),
        "Apache-2.0",
        "As SIFT, where the ratio test leaves too few; little rotation only.",
        "lightglue:sift_lightglue",
        (*_SIFT, *_PAIRS),
    ),
    MatcherEntry(
        "aliked-lightglue",
        "free",
        "ALIKED + LightGlue",
        ("aliked-n16", "aliked_lightglue"),
        "BSD-3-Clause; Apache-2.0",
        "As ALIKED, where nearest neighbours give too few right pairs.",
        "lightglue:aliked_lightglue",
        (*_ALIKED[1:], *_PAIRS),
    ),
    MatcherEntry(
        "disk-lightglue",
        "free",
        "DISK + LightGlue",
        ("disk-depth", "disk_lightglue"),
        "Apache-2.0",
        "As DISK, where nearest neighbours give too few right pairs.",
        "lightglue:disk_lightglue",
        (*_DISK, *_PAIRS),
    ),
    MatcherEntry(
        "xfeat-lighterglue",
        "free",
        "XFeat + LighterGlue",
        ("xfeat", "xfeat-lighterglue"),
        "Apache-2.0",
        "As XFeat, where nearest neighbours give too few right pairs; the lightest of its kind.",
        "lightglue:xfeat_lighterglue",
        (*_XFEAT, *_PAIRS),
    ),
    MatcherEntry(
        "dedode-lightglue",
        "free",
        "DeDoDe + LightGlue",
        ("dedode_detector_L_v2", "dedode_descriptor_B", "dedodeb_lightglue"),
        "MIT; Apache-2.0",
        "As DeDoDe, where nearest neighbours give too few right pairs.",
        "lightglue:dedode_lightglue",
        _PAIRS,
    ),
    MatcherEntry(
        "superpoint-superglue",
        "free",
        "SuperPoint + SuperGlue (transformers)",
        ("superpoint", "superglue_outdoor"),
        "non-commercial research only (Magic Leap)",
        "Upright rasters of like pixel size, to whole pixels; made for a GPU. Needs the optional library transformers.",
        "superglue:superpoint_superglue",
        (
            *_SUPERPOINT,
            Option(
                "weights",
                "outdoor",
                "what SuperGlue learned from; tuned: what you trained further and imported",
                choices=("outdoor", "indoor", "tuned"),
            ),
            Option("threshold", 0.2, "the least score of a pair", 0.0, 1.0),
        ),
    ),
    MatcherEntry(
        "superpoint-lightglue",
        "free",
        "SuperPoint + LightGlue (transformers)",
        ("superpoint", "superpoint_lightglue"),
        "non-commercial research only (Magic Leap, for SuperPoint); Apache-2.0",
        "As SuperPoint + SuperGlue, faster. Needs the optional library transformers.",
        "superglue:superpoint_lightglue",
        (*_SUPERPOINT, *_PAIRS),
    ),
    MatcherEntry(
        "efficient-loftr",
        "free",
        "EfficientLoFTR (transformers)",
        ("efficient_loftr",),
        "Apache-2.0",
        "As LoFTR, with a lighter network. Needs the optional library transformers.",
        "efficient_loftr:efficient_loftr_matcher",
        (Option("threshold", 0.2, "the least confidence of a match; lower finds more", 0.0, 1.0),),
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
        "ALIKED (kornia)",
        ("aliked-n16",),
        "BSD-3-Clause",
        "Places that a network learned to find again; no scale and no angle.",
        "aliked:aliked_detector",
        _ALIKED,
    ),
    DetectorEntry(
        "disk",
        "DISK (kornia)",
        ("disk-depth",),
        "Apache-2.0",
        "As ALIKED, on whole pixels; many.",
        "disk:disk_detector",
        _DISK,
    ),
    DetectorEntry(
        "xfeat",
        "XFeat (kornia)",
        ("xfeat",),
        "Apache-2.0",
        "As ALIKED, on whole pixels; the fastest of the networks.",
        "xfeat:xfeat_detector",
        _XFEAT,
    ),
    DetectorEntry(
        "superpoint",
        "SuperPoint (transformers)",
        ("superpoint",),
        "non-commercial research only (Magic Leap)",
        "Corners that a network learned to find again, on whole pixels; no scale and no angle.",
        "superpoint:superpoint_detector",
        _SUPERPOINT,
    ),
)

MATCHERS: dict[str, MatcherEntry] = {
    entry.name: replace(entry, options=(*entry.options, REFINE)) if entry.kind == "free" else entry
    for entry in _MATCHERS
}
DETECTORS: dict[str, DetectorEntry] = {entry.name: entry for entry in _DETECTORS}
