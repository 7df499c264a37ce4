"""Scenes of made-up places."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.known_scenes import SIZE, ground, season, write


@pytest.fixture(scope="session")
def places() -> list[np.ndarray]:
    """Three places, each twice as large as a scene."""
    return [ground(seed) for seed in range(3)]


@pytest.fixture
def folder(tmp_path, places):
    """Two seasons of each of two places, PNG without a CRS."""
    made = tmp_path / "scenes"
    made.mkdir()
    for number, place in enumerate(places[:2]):
        for date in ("20200115", "20200701"):
            image = season(place[:SIZE, :SIZE], number * 10 + int(date[5]))
            write(made / f"{'ab'[number]}_{date}.png", image)
    return made
