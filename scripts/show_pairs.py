#!/usr/bin/env python3
"""What training teaches, as a picture: made pairs with true correspondences, a row for each.

scripts/show_pairs.py FOLDER PAIRS.png --options "motion=guided cross_season=1"

FOLDER is what sentinelmatch:buildtrainingset wrote; the options are those of sentinelmatch:trainmatcher. Also says how
long a pair takes to make.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

WARM_UP, TIMED = 20, 100  # tiles are read when they are first wanted


def main() -> int:
    """0; 1 with a sentence where the folder or an option cannot be used."""
    from sentinel_match_plugin.engine.errors import SentinelMatchError
    from sentinel_match_plugin.engine.results.drawing import png
    from sentinel_match_plugin.engine.results.outputs import beside
    from sentinel_match_plugin.engine.training.pair_options import options_of, pair_settings
    from sentinel_match_plugin.engine.training.pairs import PairMaker
    from sentinel_match_plugin.engine.training.pairs_figure import pairs_figure
    from sentinel_match_plugin.engine.training.stream import NumberedPairs
    from sentinel_match_plugin.engine.training.training_set import TrainingSet

    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folder")
    cli.add_argument("picture", type=Path)
    cli.add_argument("--split", default="train", choices=("train", "validation", "test"))
    cli.add_argument("--pairs", type=int, default=6)
    cli.add_argument("--size", type=int, default=256, help="pixels along each side")
    cli.add_argument("--seed", type=int, default=0)
    cli.add_argument("--options", default="", help="as training takes them")
    cli.add_argument("--time", action="store_true", help=f"also time the making of {TIMED} pairs")
    given = cli.parse_args()
    try:
        scenes = TrainingSet(given.folder).scenes(given.split)
        source = NumberedPairs(PairMaker(scenes, given.size, pair_settings(options_of(given.options))), given.seed)
        with beside(given.picture) as part:
            part.write_bytes(png(pairs_figure([source(number) for number in range(given.pairs)])))
        print(f"{given.pairs} pairs of {len(scenes)} scenes: {given.picture}")
        if given.time:
            taken = []
            for number in range(WARM_UP + TIMED):
                start = time.process_time()
                source(number)
                taken.append(1000 * (time.process_time() - start))
            print(f"{np.median(taken[WARM_UP:]):.1f} ms of processor time a pair (median of {TIMED})")
    except SentinelMatchError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
