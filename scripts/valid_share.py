"""``valid_share.py RASTER ...`` prints the share of valid pixels of each as JSON. Needs the engine's Python."""

from __future__ import annotations

import json
import sys

import rasterio


def valid_share(path: str) -> float:
    """0..1, by the metadata: nodata, mask or alpha."""
    with rasterio.open(path) as raster:
        return float((raster.dataset_mask() > 0).mean())


if __name__ == "__main__":
    sys.stdout.write(json.dumps({path: valid_share(path) for path in sys.argv[1:]}))
