"""Every input that cannot work ends ``qgis_process`` with a non-zero exit code and a sentence, and loses nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from generated import ORIGIN, gdal, np, texture, write_tif


@pytest.fixture(scope="session")
def bad(tmp_path_factory, pair):
    """Paths of unusable things, by name."""
    folder = tmp_path_factory.mktemp("bad")
    good = (1000 * texture()).astype(np.uint16)
    far = (ORIGIN[0] + 100000, ORIGIN[1])
    broken = np.full((320, 320), np.nan, np.float32)
    broken[::2, ::3] = np.inf
    paths = {
        "far": write_tif(folder / "far.tif", good, origin=far),
        "constant": write_tif(folder / "constant.tif", np.full((320, 320), 7, np.uint16)),
        "empty": write_tif(folder / "empty.tif", np.zeros((320, 320), np.uint16), nodata=0),
        "nan": write_tif(folder / "nan.tif", broken),
        "complex": write_tif(folder / "complex.tif", (texture() * (1 + 1j)).astype(np.complex64)),
        "truncated": str(folder / "truncated.tif"),
        "text": str(folder / "text.tif"),
        "missing": str(folder / "missing.tif"),
        "folder": str(folder),
    }
    whole = Path(pair.target).read_bytes()
    Path(paths["truncated"]).write_bytes(whole[: len(whole) // 2])
    Path(paths["text"]).write_text("not a raster\n")
    square = '{"type": "Polygon", "coordinates": [[[10, 0], [10, 1], [11, 1], [10, 0]]]}'
    line = '{"type": "Polygon", "coordinates": [[[34, 49], [35, 49], [34, 49]]]}'
    for name, text in (("elsewhere", square), ("flat", line)):
        paths[name] = str(folder / f"{name}.geojson")
        Path(paths[name]).write_text(text)
    return paths


# What is changed against a good call, the sentence (or the part of it that matters), and whether the engine must see
# it.
REFUSED_BY_QGIS = {
    "the same raster twice": (
        {"TARGET": "{reference}"},
        "The reference and the target are the same raster (reference)",
    ),
    "rasters that do not overlap": (
        {"TARGET": "{far}"},
        "far and reference do not overlap, by their georeferencing. If one of them is georeferenced wrongly, use a",
    ),
    "no such file": ({"TARGET": "{missing}"}, "TARGET: there is no raster “{missing}”"),
    "a file that is not a raster": ({"TARGET": "{text}"}, "TARGET: “{text}” is not a raster that QGIS can open"),
    "a band that does not exist": ({"TARGET_BAND": "5"}, "TARGET_BAND: target has no band 5; its bands are 1 to 2."),
    "a negative band": ({"TARGET_BAND": "-1"}, "TARGET_BAND: target has no band -1"),
    "an empty extent": ({"EXTENT": "600000,600000,5499000,5500000"}, "EXTENT: the extent “600000,600000"),
    "an extent in words": ({"EXTENT": "all of it"}, "EXTENT: the extent “all of it” is empty"),
    "an unknown matcher": ({"MATCHER": "magic"}, "MATCHER: “magic” is not one of auto, structure,"),
    "an unknown device": ({"DEVICE": "tpu"}, "DEVICE: “tpu” is not one of auto, cpu, cuda, mps."),
    "a score above one": ({"MIN_SCORE": "2"}, "MIN_SCORE: 2 is out of range: it must be 0 to 1."),
    "a negative spacing": ({"SPACING": "-5"}, "SPACING: -5 is out of range: it must be at least 0."),
    "a negative search radius": ({"MAX_SHIFT": "-1"}, "MAX_SHIFT: -1 is out of range: it must be at least 0."),
    "a polygon without area": ({"AREA": "{flat}"}, "AREA: flat has no polygon with an area"),
    "a folder that is not there": ({"OUTPUT": "{folder}/no/o.tif"}, "OUTPUT: the folder {folder}/no does not exist"),
    "a read-only folder": ({"OUTPUT": "/proc/o.tif"}, "OUTPUT: nothing can be written in the folder /proc"),
    "a read-only folder for the points": ({"TIE_POINTS": "/proc/o.gpkg"}, "TIE_POINTS: nothing can be written in"),
    "a folder as output": ({"OUTPUT": "{folder}"}, "OUTPUT"),
    "an output that is an input": ({"OUTPUT": "{target}"}, "OUTPUT: {target} is also an input"),
    "points over an input": ({"TIE_POINTS": "{elsewhere}", "AREA": "{elsewhere}"}, "is also an input"),
    "two outputs of one name": ({"GCP_FILE": "{folder}/x", "REPORT": "{folder}/x"}, "{folder}/x is also GCP_FILE"),
    "a raster format that is not written": ({"OUTPUT": "{folder}/o.img"}, "OUTPUT: the raster is written as GeoTIFF"),
}
REFUSED_BY_THE_ENGINE = {
    "an extent outside": (
        {"EXTENT": "100000,100100,5000000,5000100 [EPSG:32636]"},
        "The extent lies outside of reference",
    ),
    "an area elsewhere": ({"AREA": "{elsewhere}"}, "No polygon of the area touches reference."),
    "a constant image": ({"TARGET": "{constant}"}, "constant has the same value everywhere in the area (7)"),
    "an image of nodata": ({"TARGET": "{empty}"}, "empty has no valid pixel in the area"),
    "an image of nan and infinities": ({"TARGET": "{nan}"}, "nan has no valid pixel in the area"),
    "complex numbers": ({"TARGET": "{complex}"}, "complex holds complex numbers, which cannot be matched"),
    "a truncated file": ({"TARGET": "{truncated}"}, "the file looks damaged or incomplete"),
    "weights that are missing": (
        {"MATCHER": "loftr"},
        "The weights of LoFTR (outdoor) are not on this computer, and nothing is downloaded by itself.",
    ),
}


def run(qgis_process, pair, bad, tmp_path, changed, environment=None):
    names = {**bad, "reference": pair.reference, "target": pair.target}
    good = {"REFERENCE": pair.reference, "TARGET": pair.target, "OUTPUT": str(tmp_path / "out.tif")}
    parameters = {**good, **{name: value.format(**names) for name, value in changed.items()}}
    before = {path: Path(path).read_bytes() for path in names.values() if os.path.isfile(path)}
    answer = qgis_process.run("coregister", environment=environment, **parameters)
    assert answer.code != 0, answer.said
    assert "Traceback" not in answer.said
    assert not any(tmp_path.iterdir()), "something was left behind"
    assert before == {path: Path(path).read_bytes() for path in before}, "an input was changed"
    return answer.said, names


@pytest.mark.parametrize("case", REFUSED_BY_QGIS)
def test_is_refused_before_anything_starts(qgis_process, pair, bad, tmp_path, case):
    changed, sentence = REFUSED_BY_QGIS[case]
    # A Python that is there, but no engine: were it asked, the sentence would be another.
    said, names = run(qgis_process, pair, bad, tmp_path, changed, {"SENTINEL_MATCH_PYTHON": "/bin/false"})
    assert sentence.format(**names) in said
    assert "/bin/false" not in said


@pytest.mark.parametrize("case", REFUSED_BY_THE_ENGINE)
def test_is_refused_by_the_engine(qgis_process, pair, bad, tmp_path, case, engine):
    changed, sentence = REFUSED_BY_THE_ENGINE[case]
    said, names = run(qgis_process, pair, bad, tmp_path, changed)
    assert sentence.format(**names) in said


def test_a_full_disk_is_said_and_leaves_nothing_half_written(qgis_process, pair, tmp_path, engine):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("only root can make a small disk")
    try:
        inputs = {"REFERENCE": pair.reference, "TARGET": pair.target}
        for name, file, sentence in (("OUTPUT", "o.tif", "o.tif"), ("TIE_POINTS", "o.gpkg", "TIE_POINTS")):
            (disk / file).write_text("before")
            outputs = {"OUTPUT": tmp_path / "o.tif", name: disk / file}
            answer = qgis_process.run("coregister", **inputs, **outputs)
            assert answer.code != 0
            assert sentence in answer.said
            assert "Traceback" not in answer.said
            assert (disk / file).read_text() == "before"
            assert [path.name for path in disk.iterdir()] == [file]
            (disk / file).unlink()
    finally:
        subprocess.run(["umount", disk], check=True)


def test_an_engine_that_is_not_there_says_what_to_do(qgis_process, pair, bad, tmp_path):
    said, _ = run(qgis_process, pair, bad, tmp_path, {}, {"SENTINEL_MATCH_PYTHON": "/nowhere/python"})
    assert "SENTINEL_MATCH_PYTHON" in said
    assert "/nowhere/python" in said


def test_rasters_without_a_crs_are_matched_by_their_pixels(qgis_process, pair, tmp_path, engine):
    good = gdal.Open(pair.target).ReadAsArray()
    bare = write_tif(tmp_path / "bare.tif", good, epsg=None)
    answer = qgis_process.run(
        "matchrasters", REFERENCE=pair.reference, TARGET=bare, MATCHER="sift", TIE_POINTS=tmp_path / "points.gpkg"
    )
    assert answer.code == 0, answer.said
    assert answer.results["SHIFT_X"] is None, "without a CRS there is no displacement in map units"


def test_points_that_are_no_tie_points_are_refused(qgis_process, pair, tmp_path):
    points = tmp_path / "points.geojson"
    point = '{"type": "Point", "coordinates": [34.4, 49.6]}'
    points.write_text(f'{{"type": "Feature", "properties": {{"a": 1}}, "geometry": {point}}}')
    answer = qgis_process.run("warpraster", INPUT=pair.target, TIE_POINTS=points, OUTPUT=tmp_path / "o.tif")
    assert answer.code != 0
    assert "points has no field tgt_x, tgt_y" in answer.said


def test_a_failed_run_leaves_what_stood_at_the_output(qgis_process, pair, bad, tmp_path, engine):
    output, points = tmp_path / "out.tif", tmp_path / "points.gpkg"
    output.write_text("last year's result")
    points.write_text("last year's points")
    answer = qgis_process.run(
        "coregister", REFERENCE=pair.reference, TARGET=bad["constant"], OUTPUT=output, TIE_POINTS=points
    )
    assert answer.code != 0
    assert output.read_text() == "last year's result"
    assert points.read_text() == "last year's points"
