"""``training_set.py FOLDER``: the training set of the shipped network, from ``../shared/data``.

One command, so that the recipe of the weights is one. The places that anything is tested on are not among the scenes
that it is given (a test over the index proves it). Needs the engine's Python.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
NO_DATA = (
    f"The data are not at {DATA}: they do not come with the source. For dates of your own there are "
    "sentinelmatch:buildtrainingset and sentinelmatch:trainmatcher (scripts/train.py).\n"
)
TRAINING = ("seasons/T36UUA", "seasons/T36UUU", "seasons/T36UVC", "carpathians", "demarke_ndvi")
VALIDATION = ("T36UUU",)
# Tested on, never trained on: by a folder of the data and, where a name tells it, the Sentinel-2 tile.
TEST = {"seasons/T35UNQ": "35UNQ", "t36uya_jp2": "36UYA", "t33twl_l2a": "33TWL", "alps_cloud_snow": ""}
# What ../shared/data/README.md says of these: by their brightness, image_3 would be cloud and not snow.
SEASONS = "image_3=winter image_5=summer image_6=summer image_7=summer image_8=summer image_9=summer"
GSD_M = 10.0  # of the pictures without a CRS


def arguments(folder: Path, data: Path = DATA) -> list[str]:
    """Those of the engine's command line."""
    scenes = [str(data / name) for name in TRAINING]
    options = ["--folder", str(folder), "--validation", *VALIDATION, "--seasons", SEASONS, "--gsd", f"{GSD_M:g}"]
    return ["training-set", *scenes, *options]


def main() -> int:
    """Make it; the exit code of the engine's command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, help="where it is written")
    options.add_argument("more", nargs="*", help="further options of the engine's command training-set, after --")
    given = options.parse_args()
    if not DATA.is_dir():
        sys.stderr.write(NO_DATA)
        return 1
    sys.path.insert(0, str(ROOT))
    from sentinel_match_plugin.engine.cli import main as engine

    return engine([*arguments(given.folder), *given.more])


if __name__ == "__main__":
    sys.exit(main())
