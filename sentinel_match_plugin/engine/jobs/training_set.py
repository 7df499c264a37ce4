"""Make a training set of co-registered dates: what can be asked, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field

from .inputs import AreaInput

RADIOMETRIES = ("auto", "as_is", "threshold", "percentile")


@dataclass(frozen=True)
class BuildTrainingSetJob:
    """Write a training set into ``folder`` (training/index.py says what lies there) from ``scenes``.

    ``scenes``: rasters, Sentinel-2 products, or folders of them (training/layouts.py says which layouts); ``place``
    names the place of rasters that are given one by one. ``tile_size`` and ``stride`` pixels. ``area``: only there.

    ``radiometry``: auto (8 bits as they are, reflectances by thresholds, else percentiles), as_is, threshold,
    percentile; ``snow_threshold`` and ``summer_threshold``: reflectance times 10000 that becomes 1 in dates with and
    without snow. ``seasons``: which dates those are where the measure is wrong, "image_3=winter PLACE/label=summer".

    ``max_invalid`` 0..1: the share of nodata and cloud from which a tile is rejected in a date. ``mask_clouds``: by the
    masks of products, else by brightness that no other date has. ``gsd_m`` metres of a pixel where there is no CRS,
    0: not known. ``validation_places`` and ``test_places``: names; without both, a share ``validation_share`` of the
    places is drawn by ``seed``. ``offsets``: measure how the dates lie off each other.
    """

    scenes: tuple[str, ...]
    folder: str
    tile_size: int = 512
    stride: int = 256
    area: AreaInput | None = None
    place: str = ""
    radiometry: str = "auto"
    snow_threshold: float = 8000.0
    summer_threshold: float = 3000.0
    seasons: str = ""
    max_invalid: float = 0.3
    mask_clouds: bool = True
    gsd_m: float = 0.0
    validation_places: tuple[str, ...] = ()
    test_places: tuple[str, ...] = ()
    validation_share: float = 0.2
    offsets: bool = True
    contact_sheet: bool = True
    device: str = "auto"
    seed: int = 0


@dataclass(frozen=True)
class BuildTrainingSetOutcome:
    """What was written: the ``folder``, its ``index`` and ``contact_sheet`` (empty if none was asked for); numbers of
    ``places``, of their ``dates``, and of ``tiles``: all, and by split; ``rejected``: tiles of single dates, too much
    cloud or nodata; ``unknown_offsets``: dates whose offset could not be measured. ``messages`` are sentences.
    """

    folder: str
    index: str
    contact_sheet: str = ""
    places: int = 0
    dates: int = 0
    tiles: int = 0
    train: int = 0
    validation: int = 0
    test: int = 0
    rejected: int = 0
    unknown_offsets: int = 0
    messages: list[str] = field(default_factory=list)
