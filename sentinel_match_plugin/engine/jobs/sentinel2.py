"""Make bands of a Sentinel-2 product ready for use: what can be asked, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field

from .inputs import AreaInput, Extent

NORMALISATIONS = ("none", "reflectance", "threshold", "percentile")


@dataclass(frozen=True)
class PrepareSentinel2Job:
    """Write bands of ``product`` (a .SAFE folder, its zip, or an MTD file) as one raster.

    ``bands`` as sentinel2/band_names.py reads them: "RGB", "B04, B8A, SCL"; auto takes the finest that are there.
    ``resolution_m`` metres, 0: that of the finest of the bands. ``cloud_probability`` percent from which a pixel counts
    as cloud, whatever ``mask_clouds`` says; 0: by the scene classes. ``normalise``: none (reflectance times the
    quantification value, whole numbers), reflectance (0..1), threshold (``threshold``, of reflectance times 10000,
    becomes 255), percentile (2 to 98 of each band become 1 to 255).
    """

    product: str
    output: str
    bands: str = "auto"
    resolution_m: float = 0.0
    extent: Extent | None = None
    area: AreaInput | None = None
    mask_clouds: bool = False
    cloud_probability: float = 0.0
    normalise: str = "none"
    threshold: float = 3000.0


@dataclass(frozen=True)
class PreparedProduct:
    """What was written. ``acquired`` ISO 8601, UTC; ``valid_share`` of the pixels, 0..1; ``messages`` are sentences."""

    output: str
    product: str
    level: str
    baseline: str
    acquired: str
    bands: list[str]
    resolution_m: float
    width: int
    height: int
    valid_share: float
    messages: list[str] = field(default_factory=list)
