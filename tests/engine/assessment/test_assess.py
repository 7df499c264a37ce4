"""Matchers side by side on real files: the table, the curves, the report, and what is refused."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
from PIL import Image

from sentinel_match_plugin.engine.assessment.assess import run
from sentinel_match_plugin.engine.assessment.bare import without_georeferencing
from sentinel_match_plugin.engine.assessment.measuring import look_up
from sentinel_match_plugin.engine.commands import parser
from sentinel_match_plugin.engine.errors import Cancelled, InputError, OutputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.imagery.rasters import open_raster
from sentinel_match_plugin.engine.jobs import AssessJob, Extent, RasterInput
from sentinel_match_plugin.engine.jobs.assessment import columns, read_thresholds
from sentinel_match_plugin.engine.matchers import shared_options
from tests.engine.known_field import KnownField, reference_grid

SHIFT_PX = (7.25, -4.5)
SIDE = 176


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two pairs of 176 x 176 px; the target shows at p what the reference shows at p + (7.3, -4.6), condition a."""
    folder, field, grid = tmp_path_factory.mktemp("pairs"), None, reference_grid(10.0)
    for number in (0, 1):
        field = KnownField(number)
        place = folder / f"pair{number}"
        place.mkdir()
        for name, moved in (("reference", (0.0, 0.0)), ("target", (-73.0, -46.0))):
            values = (field.raster(grid, (SIDE, SIDE), moved) * 200 + 20).astype(np.uint8)
            profile = {"width": SIDE, "height": SIDE, "count": 1, "dtype": "uint8", "driver": "GTiff"}
            with rasterio.open(place / f"{name}.tif", "w", crs=grid.crs, transform=grid.transform, **profile) as file:
                file.write(values, 1)
        (place / "truth.json").write_text(json.dumps({"condition": "a", "width": SIDE, "height": SIDE}))
    return folder


def pair_of(folder, **settings):
    here = folder / "pair0"
    rasters = {side: RasterInput(str(here / f"{side}.tif")) for side in ("reference", "target")}
    return AssessJob(**{"matchers": ("sift",), **rasters, "known_warp": str(here), "device": "cpu", **settings})


@pytest.fixture(scope="module")
def assessed(folder, tmp_path_factory):
    """Three matchers on both pairs, one of which has no weights; the outcome and the folder of its files."""
    out = tmp_path_factory.mktemp("out")
    job = AssessJob(
        matchers=("sift", "loftr", "orb"),
        pairs=str(folder),
        device="cpu",
        model_folder=str(out / "nothing"),
        table=str(out / "t.csv"),
        figure=str(out / "f.png"),
        report=str(out / "r.html"),
    )
    return run(job, Events()), out


def test_a_known_shift_is_found_by_sift_and_judged_right(assessed):
    found, kept = (row for row in assessed[0].rows if row["matcher"] == "sift")
    assert found["judged_by"] == "known warp"
    assert found["pairs"] == 2
    assert kept["count"] > 50
    assert kept["p1"] > 0.95
    assert kept["p1_low"] <= kept["p1"] <= kept["p1_high"]
    assert kept["success1"] == 1
    assert kept["warp_median"] < 0.1
    assert kept["seconds"] > 0
    assert kept["weights"] == "none"


def test_a_matcher_without_weights_is_a_row_with_the_step_to_take(assessed):
    row = next(row for row in assessed[0].rows if row["matcher"] == "loftr")
    assert (row["pairs"], row["not_run"], row["count"], row["weights"]) == (0, 2, None, "missing")
    assert "loftr_outdoor" in row["note"]
    assert any("loftr cannot run" in text for text in assessed[0].messages)


def test_the_files_hold_what_the_outcome_says(assessed):
    outcome, out = assessed
    with open(out / "t.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [name for name, _ in columns((1, 3, 5, 10))]
    assert [(row["matcher"], row["points"]) for row in rows] == [
        (matcher, points) for matcher in ("sift", "loftr", "orb") for points in ("found", "kept")
    ]
    assert float(rows[1]["p1"]) == outcome.rows[1]["p1"]
    with Image.open(out / "f.png") as picture:
        assert 800 <= picture.width <= 1800
    page = (out / "r.html").read_text(encoding="utf-8")
    bare = re.sub(r'src="data:image/png;base64,[^"]*"', "", page)
    assert "Judged by a known warp" in bare
    assert "RANSAC" not in bare
    assert "$" not in bare
    assert "src=" not in bare  # nothing from outside
    assert outcome.outputs == {
        name: str(out / file) for name, file in zip(("table", "figure", "report"), ("t.csv", "f.png", "r.html"))
    }


def test_by_consensus_the_report_says_that_it_is_a_weaker_claim(folder, tmp_path):
    outcome = run(pair_of(folder, known_warp="none", report=str(tmp_path / "r.html")), Events())
    assert outcome.judged_by.startswith("consensus")
    assert outcome.rows[0]["judged_by"] == "consensus"
    assert outcome.rows[0]["warp_median"] is None
    assert outcome.rows[1]["p3"] > 0.95
    assert "a weaker claim than a known warp" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_a_wrong_truth_makes_all_matches_wrong(folder):
    row = run(pair_of(folder, known_warp="identity"), Events()).rows[1]
    assert row["p1"] == row["p3"] == row["p5"] == 0  # all are (7.3, -4.6) off: 8.6 px
    assert row["p10"] > 0.95
    assert row["success5"] == 0
    assert row["success10"] == 1
    assert row["warp_median"] == pytest.approx(np.hypot(7.3, 4.6), abs=0.1)


def test_hidden_georeferencing_leaves_free_matchers_and_refuses_guided_ones(folder):
    outcome = run(pair_of(folder, matchers=("structure", "sift"), georeferencing="ignore"), Events())
    structure, sift = outcome.rows[0], outcome.rows[2]
    assert structure["not_run"] == 1
    assert "no CRS" in structure["note"]
    assert sift["p1"] > 0.9


def test_a_bare_copy_has_the_same_pixels_and_no_place(folder, tmp_path):
    path = str(folder / "pair0" / "reference.tif")
    with open_raster(path) as whole, open_raster(without_georeferencing(path, tmp_path, "0")) as bare:
        assert bare.info.georeference.crs is None
        assert (bare.dataset.read(1) == whole.dataset.read(1)).all()


def test_thresholds_are_sorted_each_once_and_that_is_said(folder):
    outcome = run(pair_of(folder, thresholds_px=(5, 2.5, 5)), Events())
    assert {"p2_5", "p5"} <= set(outcome.rows[0])
    assert "Thresholds, sorted and each once: 2.5, 5 px." in outcome.messages


BAD = {
    "an unknown matcher": ({"matchers": ("magic",)}, "no matcher “magic”: choose from structure,"),
    "auto": ({"matchers": ("auto",)}, "no matcher “auto”"),
    "no matcher": ({"matchers": ()}, "No matcher was chosen"),
    "no threshold": ({"thresholds_px": ()}, "There is no threshold"),
    "a negative threshold": ({"thresholds_px": (1, -3)}, "not -3"),
    "a threshold that is no number": ({"thresholds_px": (float("nan"),)}, "not nan"),
    "no reference": ({"reference": None}, "A reference and a target are needed"),
    "both kinds of input": ({"pairs": "/tmp"}, "not both"),
    "a warp that is not there": ({"known_warp": "/no/where.csv"}, "there is no such file"),
    "nothing that can run": (
        {"matchers": ("loftr",), "model_folder": "/no"},
        "Not one of the matchers could run. loftr:",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_asked_is_refused_and_the_old_files_stay(folder, tmp_path, case):
    changed, sentence = BAD[case]
    (tmp_path / "t.csv").write_text("old")
    job = replace(pair_of(folder, table=str(tmp_path / "t.csv")), **changed)
    with pytest.raises(InputError) as error:
        run(job, Events())
    assert sentence in str(error.value)
    assert (tmp_path / "t.csv").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


def test_one_raster_twice_is_refused(folder):
    job = pair_of(folder)
    with pytest.raises(InputError, match="are the same raster"):
        run(replace(job, target=job.reference), Events())


def test_an_extent_limits_what_is_matched_and_judged(folder, tmp_path):
    whole = run(pair_of(folder), Events())
    with rasterio.open(folder / "pair0" / "reference.tif") as file:
        left, bottom, right, top = file.bounds
    half = Extent((left, bottom, (left + right) / 2, top), "EPSG:32636")
    report = tmp_path / "r.html"
    part = run(pair_of(folder, extent=half, matcher_options="contrast=0.02", report=str(report)), Events())
    assert 20 < part.runs[0]["found"] < 0.7 * whole.runs[0]["found"]
    assert part.runs[0]["warp_median"] < 0.1
    assert "Options of sift: contrast=0.02." in part.messages
    assert "EXTENT=" in report.read_text()


def test_only_places_within_the_extent_count_as_truth(folder):
    here = folder / "pair0"
    rasters = [RasterInput(str(here / f"{side}.tif")) for side in ("reference", "target")]
    with rasterio.open(rasters[0].path) as file:
        left, bottom, right, top = file.bounds
    known = look_up("", *rasters, str(here), Extent((left, bottom, (left + right) / 2, top), "EPSG:32636")).known
    assert 0 < known.places[:, 0].max() <= SIDE / 2 + 1
    assert len(known.places) < len(look_up("", *rasters, str(here)).known.places)


def test_an_option_goes_to_every_matcher_that_has_it():
    assert shared_options(("sift", "loftr", "aliked"), "loftr.weights=indoor refine=yes") == {
        "sift": "refine=yes",
        "loftr": "weights=indoor refine=yes",
        "aliked": "refine=yes",
    }
    with pytest.raises(InputError, match=r"^aliked: The option weights must be n16 .* aliked\.option=value"):
        shared_options(("loftr", "aliked"), "weights=indoor")
    with pytest.raises(InputError, match=r"None of the matchers has an option “orb\.refine”"):
        shared_options(("sift",), "orb.refine=yes")
    with pytest.raises(InputError, match="None of the matchers has an option “magic”"):
        shared_options(("sift", "orb"), "magic=1")


def test_an_extent_for_a_folder_of_pairs_is_refused(folder):
    with pytest.raises(InputError, match="for two rasters"):
        run(AssessJob(("sift",), pairs=str(folder), extent=Extent((0, 0, 1, 1), "EPSG:32636")), Events())


def test_one_known_warp_for_a_folder_of_pairs_is_refused(folder):
    with pytest.raises(InputError, match="each their own known warp"):
        run(AssessJob(("sift",), pairs=str(folder), known_warp=str(folder / "pair0")), Events())


def test_an_output_that_is_an_input_is_refused(folder):
    job = pair_of(folder)
    with pytest.raises(OutputError, match="same file as an input"):
        run(replace(job, table=job.target.path), Events())
    assert Path(job.target.path).stat().st_size > 1000


def test_it_can_be_cancelled(folder):
    class Impatient(Events):
        cancelled = True

    with pytest.raises(Cancelled):
        run(pair_of(folder), Impatient())


@pytest.mark.parametrize("text", ["1,x", "1,,3", "", "one"])
def test_thresholds_that_are_no_numbers_are_named(text):
    with pytest.raises(InputError, match="must be numbers of pixels separated by commas"):
        read_thresholds(text)


def test_the_command_asks_for_what_was_typed():
    options = parser().parse_args(
        ["assess", "a.tif", "b.tif", "--matchers", "sift, orb", "--thresholds", "3;1", "--known-warp", "identity"]
    )
    job = options.job(options)
    assert (job.matchers, job.thresholds_px, job.known_warp) == (("sift", "orb"), (3.0, 1.0), "identity")
    assert (job.reference.path, job.target.path, job.pairs) == ("a.tif", "b.tif", "")
