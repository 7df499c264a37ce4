"""A wrong answer given with confidence is the worst bug this program can have: pairs of two different things are never
``ok``, pairs of one place are. One small pair of each kind of ``benchmark.py wrong``, which runs hundreds of them.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.jobs import MatchJob, RasterInput
from sentinel_match_plugin.engine.pipeline import run

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import status_pairs

SIDE_PX = 320  # what a pair is cut to, for speed
WRONG = sorted(kind for kind in status_pairs.KINDS if kind.startswith("wrong") and not kind.endswith("test_tile"))
RIGHT = ("right_carpathians", "right_demarke", "right_overviews")


def small(image: np.ndarray) -> np.ndarray:
    top, left = (max(0, (length - SIDE_PX) // 2) for length in image.shape[:2])
    return image[top : top + SIDE_PX, left : left + SIDE_PX]


def status_of(kind: str, matcher: str, shared_data: Path, folder: Path) -> tuple[str, list[str]]:
    tool = status_pairs.load_season_pairs(shared_data.parent / "tools" / "season_pairs.py")
    pair = next(status_pairs.pairs_of(kind, shared_data, tool, 1))
    pair = replace(pair, reference=small(pair.reference), target=small(pair.target))
    status_pairs.write(pair, kind, folder)
    sides = (RasterInput(str(folder / f"{side}.tif")) for side in ("reference", "target"))
    outcome = run(MatchJob(*sides, matcher=matcher, max_shift_m=pair.max_shift_m), Events())
    return outcome.status, outcome.messages


@pytest.mark.parametrize(
    ("kind", "matcher"), [*((kind, "structure") for kind in WRONG), *((kind, "phase") for kind in WRONG[::3])]
)
def test_two_different_things_are_never_a_confident_match(kind, matcher, shared_data, tmp_path):
    status, messages = status_of(kind, matcher, shared_data, tmp_path)
    assert status in ("no_match", "low_confidence"), messages


@pytest.mark.parametrize(("kind", "matcher"), [*((kind, "structure") for kind in RIGHT), (RIGHT[1], "phase")])
def test_one_place_seen_twice_is_a_confident_match(kind, matcher, shared_data, tmp_path):
    status, messages = status_of(kind, matcher, shared_data, tmp_path)
    assert status == "ok", messages
