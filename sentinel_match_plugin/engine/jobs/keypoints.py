"""Find keypoints in one raster: what can be asked, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..matchers import catalogue
from .inputs import AreaInput, Extent, RasterInput

DETECTORS = tuple(catalogue.DETECTORS)
MAX_KEYPOINTS = 5000


@dataclass(frozen=True)
class KeypointsJob:
    """Find at most ``max_keypoints`` keypoints of ``detector``, spread over ``input``; 0: all that it finds.

    ``options`` of the detector, see matchers/options.py. ``keypoints`` is CSV with the columns of keypoints/table.py,
    ``figure`` PNG; paths that are empty are not written.
    """

    input: RasterInput
    extent: Extent | None = None
    area: AreaInput | None = None
    detector: str = "sift"
    max_keypoints: int = MAX_KEYPOINTS
    options: str = ""
    device: str = "auto"
    seed: int = 0
    model_folder: str = ""
    keypoints: str = ""
    figure: str = ""


@dataclass(frozen=True)
class KeypointsOutcome:
    """``count`` keypoints were written, of ``found``; ``messages`` are sentences saying what was chosen; ``outputs``:
    what was written, name -> path.
    """

    count: int = 0
    found: int = 0
    detector: str = ""
    messages: list[str] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)
