"""Matches one pair after another in one process and says how right the answers are. Needs the engine's Python.

``benchmark_measure.py SEASON_PAIRS`` reads questions from stdin and answers each on stdout, one JSON object a line. A
question: ``pair`` (a folder with truth.json), ``matcher``, ``matcher_options``, ``hidden`` (the rasters are matched
without their CRS), ``spacing_px``, ``transform``, ``device``, ``model_folder``, ``points`` (also say how many of the
surest so many agree), ``figure`` (a PNG to write), ``what``: ``match``, or ``raw``, what the matcher alone finds in the
two whole images, before any search, fit or refinement around it. An answer: ``failed``, a sentence, or of ``match``

- ``status``, ``transform``, ``seconds``, ``messages``;
- what season_pairs.py scores, after the georeferencing is put back: ``points``, ``inliers``, ``p1`` to ``p10``,
  ``coverage``, ``warp_share``, ``warp_median``, ``warp_p95`` (as co-registration does, no raster where there is no
  match);
- ``model_median``: median error of the transformation over all that both images show, pixels;
- ``errors``: of all points, the surest first, [error in pixels, kept];
- ``agree``: share of the points that lie within 1 and 3 px of a homography that RANSAC fits to them, for those
  ``found``, ``kept``, and the surest ``points`` of the kept ones (``most``)

and of ``raw``: ``raw_count``, ``raw_1``, ``raw_3``, the number of matches, and the share within 1 and 3 px of the
truth.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
from benchmark_score import scored
from season_tool import load_season_pairs

sys.path.append(str(Path(__file__).resolve().parents[1]))

from sentinel_match_plugin.engine.assessment.bare import without_georeferencing
from sentinel_match_plugin.engine.assessment.consensus import agreeing
from sentinel_match_plugin.engine.assessment.known_warp import KnownWarp, known_warp
from sentinel_match_plugin.engine.assessment.measuring import judged, target_pixels
from sentinel_match_plugin.engine.devices import choose_device
from sentinel_match_plugin.engine.errors import SentinelMatchError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.frames.grid import pixel_mapping
from sentinel_match_plugin.engine.imagery.bands import choose_bands
from sentinel_match_plugin.engine.imagery.raster_info import RasterInfo
from sentinel_match_plugin.engine.imagery.rasters import open_raster
from sentinel_match_plugin.engine.jobs import MatchJob, RasterInput
from sentinel_match_plugin.engine.matchers import make_matcher
from sentinel_match_plugin.engine.matchers.base import FreeMatcher
from sentinel_match_plugin.engine.pipeline import Found, match
from sentinel_match_plugin.engine.points.tie_points import tie_points, write_csv
from sentinel_match_plugin.engine.preparation import look_at
from sentinel_match_plugin.engine.results.output_grid import output_grid, way_back
from sentinel_match_plugin.engine.results.warp import warp_raster

SIDES = ("reference", "target")
AGREE_PX = (1.0, 3.0)


class _Silent(Events):
    """What a job says is in its outcome; hundreds of them say too much."""

    def info(self, text: str) -> None:
        pass

    def warning(self, text: str) -> None:
        pass


def measure(question: dict, tool: ModuleType) -> dict:
    """The answer to a question. Raises SentinelMatchError where the pair cannot be matched at all."""
    pair = Path(question["pair"])
    truth = json.loads((pair / "truth.json").read_text())
    with tempfile.TemporaryDirectory(prefix="sentinel-match-") as name:
        folder = Path(name)
        paths = [str(pair / f"{side}.tif") for side in SIDES]
        if question.get("hidden"):
            paths = [without_georeferencing(path, folder, side) for path, side in zip(paths, SIDES, strict=True)]
        job = MatchJob(
            *(RasterInput(path, 0, side) for path, side in zip(paths, SIDES, strict=True)),
            matcher=question["matcher"],
            matcher_options=question.get("matcher_options", ""),
            spacing_px=question.get("spacing_px", 0.0),
            transform=question.get("transform", "auto"),
            max_shift_m=truth.get("max_shift_m", MatchJob.max_shift_m),
            device=question.get("device", "auto"),
            model_folder=question.get("model_folder", ""),
            match_figure=question.get("figure", ""),
        )
        with open_raster(str(pair / "reference.tif")) as first, open_raster(str(pair / "target.tif")) as second:
            infos = first.info, second.info
        known = known_warp(str(pair), *infos)
        if question.get("what") == "raw":
            return _raw(job, known)
        started = time.monotonic()
        outcome, found = match(job, _Silent())
        answer = {
            "seconds": time.monotonic() - started,
            **{key: getattr(outcome, key) for key in ("status", "transform", "count", "messages")},
        }
        answer.update(_points(known, found, question.get("points", 0)))
        written = _put_back(folder, found, infos, outcome.status != "no_match")
        answer.update(scored(pair, tool, *written))
    return answer


def _points(known: KnownWarp, found: Found, most: int) -> dict:
    here, there = found.points.reference_px, target_pixels(found)
    order = np.argsort(-found.points.score, kind="stable")
    errors = known.errors(here, there)[order]
    kept = found.points.inlier[order]
    chosen = {"found": order, "kept": order[kept]}
    if most:
        chosen["most"] = order[kept][:most]
    return {
        "most": most,
        "model_median": judged(known, found, ())["warp_median"],
        "errors": [[round(float(error), 3), int(inlier)] for error, inlier in zip(errors, kept, strict=True)],
        "agree": {
            name: [float(agreeing(here[index], there[index], px).mean()) if len(index) else 0.0 for px in AGREE_PX]
            for name, index in chosen.items()
        },
    }


def _put_back(
    folder: Path, found: Found, infos: tuple[RasterInfo, RasterInfo], matched: bool
) -> tuple[Path, Path | None]:
    """The tie points, and the target warped onto the reference, on the ground that the rasters truly have."""
    reference, target = (info.georeference for info in infos)
    aligned = pixel_mapping(target, reference)(target_pixels(found))
    points = tie_points(found.points.reference_px, aligned, found.points.score, reference, target)
    table = folder / "tie_points.csv"
    write_csv(table, points.judged(found.points.residual_px, found.points.inlier))
    if not matched or found.verdict.model is None:
        return table, None
    grid = output_grid(infos[0], None)
    mapping = way_back(grid, reference, found.verdict.model, found.target.georeference)
    warped = folder / "warped.tif"
    try:
        warp_raster(infos[1].path, str(warped), grid, mapping, "cubic", _Silent())
    except SentinelMatchError:  # nothing of the target falls onto the grid: a transformation far off
        return table, None
    return table, warped


def _raw(job: MatchJob, known: KnownWarp) -> dict:
    """What the matcher alone says of the two whole images."""
    with open_raster(job.reference.path) as reference, open_raster(job.target.path) as target:
        bands = choose_bands(reference.info, target.info, 0, 0)
        _, views = look_at(job, reference, target, bands, _Silent())
        patches = [view.read((0, 0, view.shape[1], view.shape[0])) for view in views]
    matcher = make_matcher(
        job.matcher, choose_device(job.device)[0], job.model_folder, job.seed, _Silent(), job.matcher_options
    )
    if not isinstance(matcher, FreeMatcher):
        return {}
    matches = matcher.match(patches[0], patches[1])
    errors = known.errors(matches.reference, matches.target)
    shares = {f"raw_{px:g}": float((errors <= px).mean()) if len(errors) else 0.0 for px in AGREE_PX}
    return {"raw_count": len(errors), **shares}


def main() -> None:
    """Answer until stdin ends."""
    tool = load_season_pairs(Path(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print must not reach the answers
    for line in sys.stdin:
        try:
            answer = measure(json.loads(line), tool)
        except SentinelMatchError as error:
            answer = {"failed": str(error)}
        except (ImportError, RuntimeError, MemoryError, cv2.error) as error:  # a library's: the loss of one row
            answer = {"failed": f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"}
        with contextlib.suppress(BrokenPipeError):
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
