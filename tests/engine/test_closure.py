"""A truth that nobody has to know: displacements A to B, B to C and C back to A add up to nothing.

Four NDVI dates of one place, displaced against each other by real geolocation errors. ``benchmark.py closure`` does all
triples of clear dates.
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.jobs import Extent, MatchJob, RasterInput
from sentinel_match_plugin.engine.pipeline import run

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from benchmark_closure import closures, in_cells, read_field

DATES = ("20170327", "20170717", "20171217", "20180508")  # spring, summer, winter, spring
PART = Extent((222_500.0, 448_500.0, 226_500.0, 452_500.0), "EPSG:28992")  # 400 x 400 of the 1000 x 1000 pixels


@pytest.fixture(scope="module")
def fields(tmp_path_factory):
    """The displacement in pixels at the inliers of every two dates."""
    data = Path(__file__).resolve().parents[3] / "shared" / "data" / "demarke_ndvi"
    if not data.is_dir():
        pytest.skip(f"the real data are not at {data}")
    folder, found = tmp_path_factory.mktemp("closure"), {}
    for pair in combinations(DATES, 2):
        points = folder / f"{'-'.join(pair)}.csv"
        sides = (RasterInput(str(data / f"NDVI-{date}.tif")) for date in pair)
        outcome = run(MatchJob(*sides, extent=PART, tie_points=str(points)), Events())
        assert outcome.status == "ok", (pair, outcome.messages)
        found[pair] = read_field(points)
    return found


def test_the_shifts_of_four_dates_close(fields):
    found = closures({pair: in_cells(field) for pair, field in fields.items()})
    values = np.concatenate(list(found.values()))
    assert len(values) == 4
    # What is asked of all triples of clear dates; the jitter that the dates have is ten times as large
    assert np.median(values) <= 0.12
    assert values.max() <= 0.4


def test_the_dates_are_displaced_so_that_closing_means_something(fields):
    shifts = [next(iter(in_cells(field).values())) for field in fields.values()]
    assert max(np.hypot(*shift) for shift in shifts) > 0.5


def test_the_displacements_close_in_every_square_kilometre(fields):
    found = closures({pair: in_cells(field, 1000.0, fewest=5) for pair, field in fields.items()})
    values = np.concatenate(list(found.values()))
    assert len(values) >= 4 * 12
    # About 36 points of .2 px each; measured .11 and .29 px
    assert np.median(values) <= 0.2
    assert np.percentile(values, 95) <= 0.5
