"""Fits what the engine's probabilities and errors rest on, on places where the truth is known: score.py, accuracy.py.

    scripts/calibrate.py                     places T36UUA and T36UVC, prints constants and how well they hold
    scripts/calibrate.py --every 3           only every third pair of each tile, season and condition
    scripts/calibrate.py --matcher phase     of another guided matcher

Never run it on T35UNQ to change a constant: that tile is the test. Needs the engine's Python and ../shared."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "2")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import benchmark_accuracy
import numpy as np
from scipy.optimize import minimize

from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.jobs import MatchJob, RasterInput
from sentinel_match_plugin.engine.pipeline import match
from sentinel_match_plugin.engine.points import accuracy as model_accuracy
from sentinel_match_plugin.engine.points import model
from sentinel_match_plugin.engine.search import guided, sighting
from sentinel_match_plugin.engine.search.score import CURVES, Curve, looked_back, precision

EDGE_PX = 32  # the true error of a model is looked at this far inside the image, as season_pairs.py does
COVERED = 0.9  # of the pairs
SHOWN = 0.5  # scores are fitted to points with more than this, those that are shown and some on the way there


@dataclass
class Seen:
    """Of one pair: every match's ``features`` ``(N, 3)`` (confidence both ways, miss) and true ``error_px`` ``(N,)``;
    of its model the ``halves`` and ``noise`` of accuracy.disagreements and the ``true_p90``, pixels.
    """

    name: str
    features: np.ndarray
    error_px: np.ndarray
    halves: float = float("nan")
    noise: float = float("nan")
    true_p90: float = float("nan")


def look(pair: Path, season_pairs: object, matcher: str) -> Seen:
    """Match a pair, compare with its truth."""
    truth = json.loads((pair / "truth.json").read_text())
    warp = season_pairs.warp(truth["condition"], truth["width"], truth["height"])  # type: ignore[attr-defined]
    offset = np.array(truth["offset"])

    def error(reference: np.ndarray, target: np.ndarray) -> np.ndarray:
        return np.hypot(*(warp(target - 0.5) + offset - (reference - 0.5)).T)

    seen: list[tuple[np.ndarray, np.ndarray]] = []
    scored = sighting.looked_back

    def score(confidence: np.ndarray, back: np.ndarray, miss_px: np.ndarray, curve: Curve) -> np.ndarray:
        """Remember what the scores are made of, under the scores themselves."""
        likely = scored(confidence, back, miss_px, curve)
        seen.append((likely, np.column_stack([confidence, back, miss_px])))
        return likely

    sighting.looked_back, sure = score, guided.SURE_ENOUGH
    guided.SURE_ENOUGH = 0.0
    images = (RasterInput(str(pair / f"{side}.tif")) for side in ("reference", "target"))
    job = MatchJob(*images, matcher=matcher)
    try:
        _, found = match(job, Events())
    finally:
        sighting.looked_back, guided.SURE_ENOUGH = scored, sure
    points = found.points
    by_score = (
        dict(zip(*(np.concatenate(part).tolist() for part in zip(*seen, strict=True)), strict=True)) if seen else {}
    )
    features = np.array([by_score[s] for s in points.score.tolist()]).reshape(-1, 3)
    result = Seen(pair.name, features, error(points.reference_px, points.aligned_px))
    points, verdict = model.fit_model(points[points.score >= sure], "auto", 0, Events())
    if verdict.model is not None:
        kept = points.inlier
        known = (points.reference_px[kept], points.aligned_px[kept], precision(points.score[kept]))
        result.halves, result.noise = model_accuracy.disagreements(verdict.model, *known, model.SHARED_ERROR_PX)
        axes = (np.arange(EDGE_PX, size - EDGE_PX, 16.0) + 0.5 for size in (truth["width"], truth["height"]))
        nodes = np.stack(np.meshgrid(*axes), -1).reshape(-1, 2)
        there = verdict.model(nodes)
        inside = ((there >= 0) & (there < [truth["width"], truth["height"]])).all(1)
        result.true_p90 = float(np.percentile(error(nodes[inside], there[inside]), 90))
    return result


def logistic(columns: list[np.ndarray], right: np.ndarray, signs: tuple[int, ...]) -> np.ndarray:
    """Intercept and slopes of the most likely logistic; ``signs`` that the slopes must have if they are not zero."""
    bounds = [(None, None), *((0, None) if sign > 0 else (None, 0) for sign in signs)]
    design, sign = np.column_stack([np.ones(len(right)), *columns]), np.where(right, 1.0, -1.0)
    return minimize(lambda t: np.logaddexp(0, -sign * (design @ t)).mean(), np.zeros(design.shape[1]), bounds=bounds).x


def quantile_factors(
    halves: np.ndarray, noise: np.ndarray, true_p90: np.ndarray, start: tuple[float, float, float]
) -> np.ndarray:
    """The factors of accuracy.put_together with which it is the ``COVERED`` quantile of the true error: least pinball
    loss of the logarithms (Koenker and Bassett, "Regression quantiles", Econometrica 1978).
    """

    def loss(logarithms: np.ndarray) -> float:
        over = np.log(true_p90 / model_accuracy.put_together(halves, noise, tuple(np.exp(logarithms))))
        return float(np.where(over > 0, COVERED * over, (COVERED - 1) * over).mean())

    starts = [np.log(start) + [0, shift, -shift] for shift in (-0.7, 0.0, 0.7)]
    return np.exp(min((minimize(loss, at, method="Nelder-Mead") for at in starts), key=lambda found: found.fun).x)


def deciles(score: np.ndarray, right: np.ndarray) -> str:
    """Mean score / share right, of each tenth of the scores that holds at least 200 points."""
    cell = np.minimum((score * 10).astype(int), 9)
    told = [
        f"{score[cell == k].mean():.2f}/{right[cell == k].mean():.2f} ({np.sum(cell == k)})"
        for k in range(10)
        if np.sum(cell == k) >= 200
    ]
    return "  ".join(told)


def main() -> int:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--tiles", nargs="+", default=["T36UUA", "T36UVC"])
    cli.add_argument("--conditions", nargs="+", default=["a", "b", "c", "d", "e"])
    cli.add_argument("--every", type=int, default=1)
    cli.add_argument("--matcher", default="structure", choices=CURVES)
    options = cli.parse_args()
    spec = importlib.util.spec_from_file_location("season_pairs", benchmark_accuracy.SEASON_PAIRS)
    season_pairs = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(season_pairs)  # type: ignore[union-attr]
    everything = []
    for tile in options.tiles:
        for season in ("cross", "same"):
            for number, condition in enumerate(options.conditions):
                pairs = benchmark_accuracy.make_pairs([tile], [season], [condition], "sub")
                some = pairs[number % options.every :: options.every]
                everything += [look(pair, season_pairs, options.matcher) for pair in some]
                sys.stdout.write(f"{tile} {season} {condition}\n")
                sys.stdout.flush()
    features = np.concatenate([seen.features for seen in everything])
    right = np.concatenate([seen.error_px for seen in everything]) < 1
    forward, back, miss = features.T
    lower = np.minimum(forward, back)
    first = logistic([forward], right, (1,))
    kept = looked_back(forward, back, miss, CURVES[options.matcher]) >= SHOWN
    both = logistic([lower[kept], miss[kept]], right[kept], (1, -1))
    score = 1 / (1 + np.exp(-(both[0] + both[1] * lower + both[2] * miss)))
    cross = np.concatenate([np.full(len(seen.error_px), "_cross_" in seen.name) for seen in everything])
    told = [f"{len(everything)} pairs, {len(right)} points", f"first_sight = {np.round(first, 2)}"]
    told += [f"looked_back = {np.round(both, 2)}", f"all    {deciles(score, right)}"]
    told += [f"cross  {deciles(score[cross], right[cross])}", f"same   {deciles(score[~cross], right[~cross])}"]
    halves, noise, true = np.array([(seen.halves, seen.noise, seen.true_p90) for seen in everything]).T
    factors = model_accuracy.factors_of(options.matcher)
    said = model_accuracy.put_together(halves, noise, factors)
    known = np.isfinite(said + true)
    told.append(f"CE90 with {factors}: holds for {np.mean(true[known] <= said[known]):.2f} of {known.sum()} models")
    fitted = quantile_factors(halves[known], noise[known], true[known], factors)
    holds = np.mean((true <= model_accuracy.put_together(halves, noise, tuple(fitted)))[known])
    told.append(f"FACTORS: {np.round(fitted, 2)}: holds for {holds:.2f} of them")
    sys.stdout.write("\n".join(told) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
