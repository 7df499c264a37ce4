"""Errors are reference pixels, whatever the pixels are that the points lead to."""

from __future__ import annotations

import numpy as np
import pytest

from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.frames.georeference import Georeference
from sentinel_match_plugin.engine.imagery.raster_info import PIXEL_AND_MINUS_LINE
from sentinel_match_plugin.engine.points.model import fit_model, judge
from sentinel_match_plugin.engine.points.tie_points import tie_points
from tests.engine.known_motions import jittered_grid


@pytest.mark.parametrize("scale", [0.7, 1.43])
def test_a_target_of_other_pixels_has_the_errors_of_one_of_the_same(scale):
    rng = np.random.default_rng(2)
    source = jittered_grid(14, 12, 0)
    seen = source[:, ::-1] * [1, -1] + [5.0, 400.0] + rng.normal(0, 0.2, source.shape)  # a quarter turn
    bare = Georeference(None, PIXEL_AND_MINUS_LINE)
    judged = []
    for unit in (1.0, scale):
        points = tie_points(source, seen * unit, np.full(len(source), 0.9), bare, bare)
        points, verdict = fit_model(points, "auto", 0, Events(), unit_px=unit)
        points, verdict = judge(points, verdict, tuple(np.ptp(source, axis=0)), None)
        judged.append((verdict, points))
        np.testing.assert_allclose(verdict.model(source), (source[:, ::-1] * [1, -1] + [5.0, 400.0]) * unit, atol=0.3)
    (same, points), (other, theirs) = judged
    assert same.status == other.status == "ok"
    assert other.accuracy.ce90_px == pytest.approx(same.accuracy.ce90_px)
    np.testing.assert_allclose(theirs.residual_px, points.residual_px, atol=1e-9)
