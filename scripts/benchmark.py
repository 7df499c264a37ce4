"""Measures Sentinel Match on real pairs. Standard library only; the engine's Python does the rest.

scripts/benchmark.py accuracy            through the real qgis_process, defaults only, tile T35UNQ
scripts/benchmark.py accuracy --direct   the same jobs given to the engine without QGIS: quicker, for development
scripts/benchmark.py accuracy --tiles T36UUA T36UUU T36UVC --level scene --conditions g
scripts/benchmark.py accuracy --peers    side by side with what users have today, in one table
scripts/benchmark.py matchers            every matcher on the pairs: points, precision, success, time, with intervals
scripts/benchmark.py free                without georeferencing, turned and scaled: which share of pairs is matched?
scripts/benchmark.py trained             the shipped network beside the untrained one: is the difference chance?
scripts/benchmark.py published           undisplaced winter and summer, as published comparisons do it
scripts/benchmark.py guided              seasonal beside structure at equal number of points
scripts/benchmark.py kinds               pairs of kinds that no training saw, and figures of the worst
scripts/benchmark.py wrong               pairs that must not match and pairs that must: is STATUS honest?
scripts/benchmark.py closure             NDVI dates of one place: do the shifts A to B to C to A add up to nothing?
scripts/benchmark.py scenes              all pairs of overviews: decisions, and time beside a loop with AKAZE
scripts/benchmark.py speed               full-size pairs, whole processes: time and memory beside the floor
"""

from __future__ import annotations

import argparse
import sys

import benchmark_accuracy
import benchmark_closure
import benchmark_learned
import benchmark_matchers
import benchmark_scenes
import benchmark_speed
import benchmark_wrong
from through_qgis import Failed


def main() -> int:
    """0; 1 if a run failed or nothing could be run."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = cli.add_subparsers(dest="command", required=True)
    modules = (benchmark_accuracy, benchmark_matchers, benchmark_wrong, benchmark_closure, benchmark_scenes)
    for module in (*modules, benchmark_speed):
        module.add_command(commands)
    benchmark_learned.add_commands(commands)
    options = cli.parse_args()
    try:
        return options.run(options)
    except (Failed, OSError) as error:
        sys.stderr.write(f"benchmark: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
