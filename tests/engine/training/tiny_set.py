"""The smallest training set: three places of made-up ground, two seasons each, one place for each split."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio

from sentinel_match_plugin.engine.training.index import DateEntry, PlaceEntry, SetIndex, TileEntry, write_index
from tests.engine.known_scenes import ground, season

SIDE = 160


def write_tiny_set(folder: Path, splits: tuple[str, ...] = ("train", "validation", "test")) -> Path:
    """Write it and return ``folder``."""
    places = []
    for number, split in enumerate(splits):
        dates = []
        for label, contrast in (("january", 1), ("july", 2)):
            file = folder / "images" / f"p{number}" / f"{label}.tif"
            file.parent.mkdir(parents=True, exist_ok=True)
            image = season(ground(number, SIDE), contrast)
            with rasterio.open(file, "w", driver="GTiff", dtype="uint8", count=1, height=SIDE, width=SIDE) as raster:
                raster.write(image[None].astype(np.uint8))
            name = str(file.relative_to(folder))
            season_name = "winter" if label == "january" else "summer"
            dates.append(DateEntry(label, "", season_name, name, 255, (name,), offset_known=True))
        tile = TileEntry("t0", 0, 0, SIDE, SIDE, ("january", "july"))
        places.append(
            PlaceEntry(
                f"p{number}",
                f"p{number}",
                split,
                SIDE,
                SIDE,
                10.0,
                ("gray",),
                "january",
                dates=tuple(dates),
                tiles=(tile,),
            )
        )
    write_index(folder, SetIndex(tuple(places), options={"tile_size": SIDE}))
    return folder
