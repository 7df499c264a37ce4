"""The report and the match figure: whole, self-contained, and true to the numbers they are given."""

from __future__ import annotations

import html
import json
import re
import shlex
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir
from types import SimpleNamespace

import numpy as np
import pytest
from affine import Affine
from matplotlib.colors import to_rgb
from rasterio.crs import CRS

from sentinel_match_plugin.engine.errors import OutputError
from sentinel_match_plugin.engine.frames.georeference import Georeference
from sentinel_match_plugin.engine.frames.grid import WorkingGrid
from sentinel_match_plugin.engine.imagery.raster_info import RasterInfo
from sentinel_match_plugin.engine.imagery.spectra import Band
from sentinel_match_plugin.engine.jobs import (
    AreaInput,
    CoregisterJob,
    Extent,
    MatchJob,
    Outcome,
    RasterInput,
    from_json,
    to_json,
)
from sentinel_match_plugin.engine.matchers.base import Patch
from sentinel_match_plugin.engine.points import reasons
from sentinel_match_plugin.engine.points.reasons import Reason
from sentinel_match_plugin.engine.points.tie_points import tie_points
from sentinel_match_plugin.engine.results import page as pages
from sentinel_match_plugin.engine.results import report
from sentinel_match_plugin.engine.results.advice import ADVICE, next_steps
from sentinel_match_plugin.engine.results.checkerboards import checkerboard
from sentinel_match_plugin.engine.results.drawing import INLIERS, OUTLIER, thinned
from sentinel_match_plugin.engine.results.match_figure import match_figure
from sentinel_match_plugin.engine.results.overlap_figure import overlap
from sentinel_match_plugin.engine.results.repeating import parameters_of, settings_of
from sentinel_match_plugin.engine.results.report_content import Preview, ReportContent, Scene, look_again
from sentinel_match_plugin.engine.results.report_pictures import about_arrows
from sentinel_match_plugin.engine.results.spread_figure import spread_of


def info(label, width, height, crs="EPSG:32636"):
    here = Georeference(CRS.from_string(crs) if crs else None, Affine(10, 0, 6e5, 0, -10, 55e5))
    band = Band(1, "B04", 665.0, "red")
    return RasterInfo(f"/data/{label}", label, width, height, here, ("uint16",), (None,), (band,), "GTiff")


def content(width=512, height=400, count=150, crs="EPSG:32636", status="ok"):
    """A made-up result: ``count`` points displaced by (12, -7) px, every tenth an outlier."""
    rng = np.random.default_rng(0)
    reference, target = info("snow <2016>", width, height, crs), info("summer & sun", width, height, crs)
    scale = max(1.0, max(width, height) / 500)
    shape = int(height / scale), int(width / scale)
    images = [Preview(rng.random(shape, np.float32), np.ones(shape, bool), (0.0, 0.0), scale) for _ in range(3)]
    places = rng.uniform(0, [width, height], (count, 2))
    found = places + [12, -7] + rng.normal(0, 0.2, (count, 2))
    points = tie_points(places, found, rng.random(count), reference.georeference, target.georeference)
    points = points.judged(rng.rayleigh(0.2, count), np.arange(count) % 10 != 0)
    outcome = Outcome(
        status=status,
        messages=["Comparing red with red.", "The points are clustered."],
        count=count,
        inliers=int(points.inlier.sum()),
        rmse_m=3.1,
        ce90_m=4.7,
        rmse_px=0.31,
        ce90_px=0.47,
        matcher="structure",
        transform="affine",
        device="cpu",
    )
    job = MatchJob(RasterInput(reference.path), RasterInput(target.path))
    grid = WorkingGrid((0.0, 0.0), 1.0, width, height, 10.0)
    reasons = () if status == "ok" else (Reason("The points are clustered.", "small_coverage"),)
    return ReportContent(outcome, job, reference, target, points, Scene(*images), grid, (), "Affine.", reasons)


def without_points(given):
    nothing = given.points[np.zeros(len(given.points), bool)]
    outcome = Outcome("no_match", ["Too few points agree."])
    return replace(
        given, outcome=outcome, points=nothing, overview=replace(given.overview, after=None), transformation=""
    )


def test_the_report_needs_nothing_from_outside(tmp_path):
    report.write_report(tmp_path / "r.html", content())
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    sources = re.findall(r'(?:src|href)="([^"]{0,40})', page)
    assert sources
    assert all(source.startswith("data:image/jpeg;base64,") for source in sources)
    assert "http" not in re.sub(r"base64,[^\"]*", "", page)
    assert "$" not in re.sub(r"base64,[^\"]*", "", page)  # every place of the template is filled


def test_the_report_gives_the_error_in_metres_and_pixels_and_says_what_ce90_means(tmp_path):
    report.write_report(tmp_path / "r.html", content())
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "4.7 m = 0.47 reference pixels" in page
    assert "3.1 m = 0.31 reference pixels" in page
    assert "nine tenths of the warped image lie within this distance" in page
    assert "12.0" in page  # the median displacement to the right, of (12, -7)
    assert "px to the right" in page
    assert "px up" in page


def test_names_with_markup_in_them_are_shown_as_they_are(tmp_path):
    report.write_report(tmp_path / "r.html", content())
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "snow &lt;2016&gt;" in page
    assert "<2016>" not in page


@pytest.mark.parametrize(("status", "word"), [("ok", "OK"), ("low_confidence", "Low confidence")])
def test_the_status_comes_with_its_reasons_and_advice(status, word, tmp_path):
    report.write_report(tmp_path / "r.html", content(status=status))
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert f"<h2>{word}</h2>" in page
    assert page.count("The points are clustered.") == 1  # a reason is not told again among the choices
    assert "What next" in page
    assert ("straight beyond them" in html.unescape(page)) == (status != "ok")  # the advice for that reason
    assert "Comparing red with red." in page


def test_a_pair_without_a_match_has_a_report_too(tmp_path):
    report.write_report(tmp_path / "r.html", without_points(content()))
    report.write_match_figure(tmp_path / "m.png", without_points(content()))
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<h2>No match</h2>" in page
    assert "not known" in page
    assert "Residuals" not in page
    assert (tmp_path / "m.png").read_bytes().startswith(b"\x89PNG")


def test_rasters_without_a_crs_are_told_in_pixels_only(tmp_path):
    given = content(crs="")
    given = replace(given, overview=replace(given.overview, comparable=False))
    report.write_report(tmp_path / "r.html", given)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "0.47 px (no CRS: no metres)" in page
    assert "Before and after" not in page  # as given, the two are not on one grid


@pytest.mark.parametrize("size", [(512, 512), (10980, 10980), (384, 5120), (5120, 384)])
def test_the_match_figure_is_large_enough_to_read_and_small_enough_to_show(size, tmp_path):
    from PIL import Image

    report.write_match_figure(tmp_path / "m.png", content(*size, count=1500))
    with Image.open(tmp_path / "m.png") as picture:
        assert 350 <= picture.width <= 1600
        assert 200 <= picture.height <= 2600


def legend_of(figure):
    return [text.get_text() for text in figure.axes[0].get_legend().get_texts()]


def test_the_legend_says_how_many_of_how_many_are_shown():
    few, many = legend_of(match_figure(content(count=30))), legend_of(match_figure(content(10980, 10980, 6000)))
    assert few[:2] == ["all 27 inliers, coloured by residual", "lines: all 27 inliers, the surest of each part"]
    assert few[2:] == ["all 3 outliers", "lines: all 3 outliers"]
    assert re.fullmatch(r"1,\d{3} of 5,400 inliers, coloured by residual", many[0])
    assert re.fullmatch(r"lines: \d\d of 5,400 inliers, the surest of each part", many[1])
    assert re.fullmatch(r"lines: 1?\d of 600 outliers", many[3])


def test_outliers_have_a_colour_that_no_inlier_has_and_a_sign_of_their_own():
    figure = match_figure(content())
    inliers, strays = INLIERS(np.linspace(0, 1, 256))[:, :3], np.array(to_rgb(OUTLIER))
    assert np.abs(inliers - strays).sum(1).min() > 0.5
    outlier, inlier = (figure.axes[0].collections[i] for i in (2, 3))
    assert np.allclose(outlier.get_edgecolor()[0, :3], strays)
    assert len(outlier.get_paths()[0].vertices) != len(inlier.get_paths()[0].vertices)


def test_lines_are_thinned_to_points_spread_over_the_image():
    places = np.random.default_rng(0).uniform(0, 1000, (5000, 2))
    some = thinned(np.arange(5000), places, 60)
    assert 40 <= len(some) <= 90
    assert len({tuple(cell) for cell in (places[some] // 250).astype(int)}) == 16  # all of a grid of 4 x 4


def test_a_checkerboard_of_two_images_shows_each_in_half_of_the_squares():
    ones, zeros = np.ones((80, 80), np.float32), np.zeros((80, 80), np.float32)
    valid = np.ones((80, 80), bool)
    board = checkerboard(Preview(ones, valid, (0, 0), 1), Preview(zeros, valid, (0, 0), 1), 8)
    assert board.values.mean() == 0.5
    assert (board.values[:10, :10].mean(), board.values[:10, 10:20].mean()) == (1, 0)


class Ramp:
    """A view whose values are its own column: where it was read can be read off."""

    shape = (300, 400)

    def read(self, window, decimation=1.0, displaced=None):
        x0, y0, x1, y1 = window
        column, row = np.meshgrid(
            x0 + decimation * (np.arange(round((x1 - x0) / decimation)) + 0.5),
            y0 + decimation * (np.arange(round((y1 - y0) / decimation)) + 0.5),
        )
        places = np.stack([column, row], -1).reshape(-1, 2)
        places = places if displaced is None else displaced(places)
        values = places[:, 0].reshape(column.shape).astype(np.float32)
        return Patch(values, np.ones(column.shape, bool))


def test_the_preview_after_fetches_the_target_where_the_model_says_in_reference_pixels():
    """The working grid starts at column 50 of the reference and has pixels twice as wide: 12 px are 6 of its own."""
    grid = WorkingGrid((50.0, 20.0), 2.0, 400, 300, 20.0)
    given = content(900, 700, 200)
    overview, details = look_again((Ramp(), Ramp()), grid, given.points, lambda xy: xy + [12, -7], True)
    assert overview.after is not None
    assert np.allclose(overview.after.values - overview.before.values, 6.0)
    assert np.allclose(overview.reference.place(np.array([[50.0, 20.0], [60.0, 20.0]])), [[0, 0], [5, 0]])
    assert details
    for scene in details:
        assert scene.reference.shape == (128, 128)
        assert scene.after is not None
        assert np.allclose(scene.after.values - scene.before.values, 6.0)


@pytest.mark.parametrize(
    ("spread_px", "words"),
    [(0.1, "Mind the scale: nine tenths of the arrows stand for less than 0.10 px"), (2.0, "trustworthy match agree")],
)
def test_the_scale_of_arrows_below_what_two_dates_disagree_by_is_told(spread_px, words):
    given = content()
    points = given.points
    count = int(points.inlier.sum())
    turned = np.linspace(0, 2 * np.pi, count, endpoint=False)
    aligned = points.aligned_px.copy()
    aligned[points.inlier] = points.reference_px[points.inlier] + spread_px * np.stack(
        [np.cos(turned), np.sin(turned)], -1
    )
    assert words in about_arrows(replace(given, points=replace(points, aligned_px=aligned)))


def test_every_reason_for_doubt_has_its_advice():
    """The kinds are those that the code gives to a Reason."""
    folder = Path(reasons.__file__).parent
    kinds = {kind for file in folder.glob("*.py") for kind in re.findall(r'Reason\(.*, "(\w+)"\)', file.read_text())}
    assert len(kinds) > 10
    assert kinds == set(ADVICE)


def test_a_reason_survives_the_way_to_qgis_as_its_sentence():
    outcome = Outcome("no_match", [Reason("Nothing was found.", "nothing")])
    assert from_json(Outcome, json.loads(json.dumps(to_json(outcome)))).messages == ["Nothing was found."]


def test_the_next_step_depends_on_what_was_asked_for():
    plain = MatchJob(RasterInput("a"), RasterInput("b"))
    said = {m: " ".join(next_steps("low_confidence", replace(plain, matcher=m), True)) for m in ("auto", "sift")}
    assert "MATCHER=seasonal" in said["auto"]
    assert "MATCHER=auto" in said["sift"]
    assert "refine=yes" in said["sift"]
    assert "Both rasters are georeferenced" not in " ".join(
        next_steps("no_match", replace(plain, matcher="sift"), False)
    )
    nothing = " ".join(next_steps("no_match", plain, True))
    assert "auto has looked" in nothing
    assert "MATCHER=seasonal" not in nothing  # auto has asked it already
    assert "raise the largest" not in nothing
    assert any("Warp raster by tie points" in step for step in next_steps("ok", plain, True))


def test_what_both_rasters_have_in_common_is_told_by_area_and_share():
    reference, target = info("a", 500, 400), info("b", 400, 400)
    moved = Georeference(target.georeference.crs, Affine(10, 0, 6e5 + 2500, 0, -10, 55e5))
    common = overlap(reference, replace(target, georeference=moved))
    assert (round(common.of_reference, 2), round(common.of_target, 2)) == (0.5, 0.62)
    assert common.area_m2 == pytest.approx(250 * 400 * 100, rel=0.02)


def test_the_spread_counts_parts_without_points_and_finds_the_largest_gap():
    given = content(512, 512, 0)
    xy = np.stack(np.meshgrid(np.arange(8, 512, 16.0), np.arange(8, 256, 16.0)), -1).reshape(-1, 2)  # the upper half
    frame = given.reference.georeference
    points = tie_points(xy, xy, np.ones(len(xy)), frame, frame).judged(np.zeros(len(xy)), np.ones(len(xy), bool))
    spread = spread_of(replace(given, points=points))
    assert (spread.cells, spread.filled) == (64, 32)
    assert spread.counts[0, 0] == 16
    assert spread.counts[-1].max() == 0
    assert spread.hull == pytest.approx(0.5, abs=0.06)
    assert spread.gap_px == pytest.approx(263, abs=10)  # from the last row of points to the lower corners


def test_parts_that_only_one_image_shows_are_not_missed_by_the_points():
    given = content(512, 512, 60)
    half = np.arange(given.overview.after.values.shape[1])[None] < given.overview.after.values.shape[1] // 2
    after = replace(given.overview.after, valid=np.broadcast_to(half, given.overview.after.values.shape))
    points = given.points[given.points.reference_px[:, 0] < 250]
    spread = spread_of(replace(given, points=points, overview=replace(given.overview, after=after)))
    assert spread.cells == 32
    assert (spread.counts[:, 4:] == -1).all()


def test_the_parameters_repeat_what_was_asked_for_and_leave_out_the_defaults():
    job = MatchJob(
        RasterInput("/a b.tif"),
        RasterInput("/tmp/1.tif", band=2, source="osm"),
        extent=Extent((1, 2, 3, 4), "EPSG:32636"),
        area=AreaInput("/tmp/area.geojson", "outside", source="/lakes.gpkg"),
        matcher="loftr",
        matcher_options="threshold=0.4",
        seed=5,
    )
    algorithm, given = parameters_of(CoregisterJob(job, "/out.tif", "nearest"))
    assert algorithm == "coregister"
    assert dict(given) == {
        "REFERENCE": "/a b.tif",
        "TARGET": "osm",
        "TARGET_BAND": 2,
        "EXTENT": "1,3,2,4 [EPSG:32636]",
        "AREA": "/lakes.gpkg",
        "AREA_MODE": "outside",
        "MATCHER": "loftr",
        "MATCHER_OPTIONS": "threshold=0.4",
        "SEED": 5,
        "RESAMPLING": "nearest",
        "OUTPUT": "/out.tif",
        "TIE_POINTS": "tie_points.gpkg",
        "REPORT": "report.html",
    }
    assert parameters_of(job)[0] == "matchrasters"
    assert {name for name, _, word in settings_of(job) if word == "given"} == {
        *("EXTENT", "AREA, AREA_MODE", "MATCHER", "MATCHER_OPTIONS", "SEED")
    }


def test_an_output_in_a_temporary_folder_is_not_asked_for_again(tmp_path):
    job = CoregisterJob(MatchJob(RasterInput("/a.tif"), RasterInput("/b.tif")), f"{gettempdir()}/x/OUTPUT.tif")
    assert ("OUTPUT", "coregistered.tif") in parameters_of(job)[1]


def test_the_command_is_one_that_the_shell_reads_back():
    given = [("REFERENCE", "/a b.tif"), ("EXTENT", "1,3,2,4 [EPSG:32636]"), ("INPUTS", "a"), ("INPUTS", "b")]
    words = shlex.split(pages.qgis_process("coregister", given, windows=False).replace("\\\n", ""))
    assert words == ["qgis_process", "run", "sentinelmatch:coregister", "--", *(f"{n}={v}" for n, v in given)]
    lines = pages.qgis_process("coregister", [("REFERENCE", r"C:\my data\a.tif"), ("SEED", 1)], windows=True)
    assert lines.split(" ^\n    ") == [
        "qgis_process run sentinelmatch:coregister --", r'"REFERENCE=C:\my data\a.tif"', "SEED=1"
    ]  # fmt: skip


def test_the_snippet_runs_the_algorithm_with_these_parameters():
    asked = {}
    fake = SimpleNamespace(run=lambda algorithm, parameters: asked.update({algorithm: parameters}))
    given = [("REFERENCE", "/it's.tif"), ("SEED", 5), ("INPUTS", "a"), ("INPUTS", "b")]
    code = pages.python_snippet("coregister", given).replace("import processing", "")
    exec(compile(code, "snippet", "exec"), {"processing": fake})
    assert asked == {"sentinelmatch:coregister": {"REFERENCE": "/it's.tif", "SEED": 5, "INPUTS": ["a", "b"]}}


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path):
    old = tmp_path / "missing" / "r.html"
    with pytest.raises(OutputError, match="cannot be written"):
        report.write_report(old, content())
    kept = tmp_path / "r.html"
    kept.write_text("old")
    broken = replace(content(), outcome=replace(content().outcome, status="unheard of"))
    with pytest.raises(KeyError):
        report.write_report(kept, broken)
    assert kept.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]
