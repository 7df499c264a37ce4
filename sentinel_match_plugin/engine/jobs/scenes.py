"""Compare many scenes with each other: what can be asked, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field

from .inputs import AreaInput, RasterInput

# structure, and the matchers of matchers/catalogue.py whose features are found once a scene and paired often.
SCENE_MATCHERS = (
    *("auto", "structure", "sift", "akaze", "orb", "aliked", "disk", "xfeat", "dedode"),
    *("sift-lightglue", "aliked-lightglue", "disk-lightglue", "xfeat-lighterglue", "dedode-lightglue"),
    *("superpoint-superglue", "superpoint-lightglue"),
)
# Of 4723 pairs of different places the highest similarity was .24, and .998 of the right ones of ukraine_overviews
# that are not mostly cloud or empty are above .28 (scenes/structure.py tells how this was measured).
SAME_PLACE_THRESHOLD = 0.3


@dataclass(frozen=True)
class CompareScenesJob:
    """Compare all pairs of ``inputs`` and of the rasters in ``folder``. Output paths that are empty are not written.

    ``threshold`` 0..1: the similarity from which two scenes show the same place. ``max_shift_m`` metres that
    georeferenced scenes may be displaced; ``min_overlap`` 0..1: the share of the smaller scene's frame that both must
    show. ``cache``: a folder that keeps what is done, for a run that was stopped; empty: one beside ``pairs``. It
    is removed when everything is written, unless ``keep_cache``. ``pairs`` is CSV with the columns of scenes/table.py.
    """

    inputs: tuple[RasterInput, ...] = ()
    folder: str = ""
    area: AreaInput | None = None
    matcher: str = "auto"
    threshold: float = SAME_PLACE_THRESHOLD
    max_shift_m: float = 1500.0
    min_overlap: float = 0.25
    device: str = "auto"
    seed: int = 0
    model_folder: str = ""
    cache: str = ""
    keep_cache: bool = False
    pairs: str = ""
    matrix_figure: str = ""
    report: str = ""


@dataclass(frozen=True)
class CompareScenesOutcome:
    """What came out: numbers of ``scenes``, of them ``unusable``, of pairs (``count``), of them ``reused`` from an
    earlier run and ``same_place``; ``places``: groups of at least two scenes that show the same place.

    ``messages`` are sentences saying what was chosen and what is wrong; ``outputs``: what was written, name -> path.
    """

    count: int = 0
    same_place: int = 0
    scenes: int = 0
    unusable: int = 0
    places: int = 0
    reused: int = 0
    matcher: str = ""
    messages: list[str] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)
