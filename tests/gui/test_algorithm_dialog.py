"""The dialogs explain their choices and look at the layers, and the values behind them stay the contract's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="the tests of dialogs need a Python that has qgis")
pytest.importorskip("osgeo.gdal")
HERE = Path(__file__).resolve().parent


def raster(path, pixel_m):
    """A raster of 200 x 200 pixels whose content does not matter."""
    from osgeo import gdal, osr

    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32636)
    file = gdal.GetDriverByName("GTiff").Create(str(path), 200, 200, 1, gdal.GDT_UInt16)
    file.SetGeoTransform((600_000, pixel_m, 0, 5_500_000, 0, -pixel_m))
    file.SetProjection(crs.ExportToWkt())
    return str(path)


@pytest.fixture(scope="module")
def dialogs(tmp_path_factory):
    """What look_at_dialogs.py says, with two rasters of half a metre in the project."""
    folder = tmp_path_factory.mktemp("dialogs")
    rasters = [raster(folder / f"{name}.tif", 0.5) for name in ("old", "new")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QGIS_CUSTOM_CONFIG_PATH": str(folder)}
    environment["XDG_RUNTIME_DIR"] = str(folder)
    command = [sys.executable, str(HERE / "look_at_dialogs.py"), *rasters]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("FOUND ")]
    assert lines, done.stdout + done.stderr
    return json.loads(lines[0][6:])


def test_every_algorithm_has_the_dialog_with_explanations(dialogs):
    algorithms = {name: found for name, found in dialogs.items() if name not in ("given", "ids")}
    assert len(algorithms) >= 10
    assert {found["class"] for found in algorithms.values()} == {"SentinelMatchDialog"}
    for name, found in algorithms.items():
        for parameter, texts in found["choices"].items():
            for value, text in texts.items():
                if parameter not in ("MODEL", "MATCHERS") and not parameter.endswith("BAND"):
                    assert text.startswith(f"{value}: "), (name, parameter)


def test_what_is_shown_explains_and_what_is_given_on_is_the_name(dialogs):
    found = dialogs["coregister"]
    assert found["choices"]["MATCHER"]["seasonal"] == "seasonal: Seasonal (built in, offline)"
    assert found["choices"]["TRANSFORM"]["shift"] == "shift: the same shift everywhere"
    values = found["values"]
    assert (values["MATCHER"], values["TRANSFORM"], values["RESAMPLING"]) == ("auto", "auto", "cubic")
    assert dialogs["given"]["values"]["MATCHER"] == "loftr"


def test_a_choice_of_several_explains_itself_and_gives_names_on(dialogs):
    found = dialogs["assessmatchers"]["choices"]["MATCHERS"]
    ticked, taken, lines = (found.pop(name) for name in ("ticked", "taken", "lines"))
    assert found["structure"] == "structure: Structure (built in, offline)"
    assert all(text.startswith(f"{name}: ") for name, text in found.items())
    assert "download" in found["loftr"]
    assert set(ticked) == {"structure", "sift", "akaze", "orb"}
    assert taken == ["structure"]
    assert lines == ["structure, sift, akaze, orb", "structure"]


def test_nothing_with_a_value_is_called_optional(dialogs):
    labels = dialogs["coregister"]["labels"]
    assert labels["MATCHER"] == "Matcher"
    assert labels["MAX_SHIFT"] == "Largest displacement looked for (metres)"
    assert "optional" in labels["EXTENT"]
    assert not {"MATCHER", "TRANSFORM", "DEVICE"} & set(dialogs["coregister"]["may_be_unset"])


def test_the_two_rasters_are_different_ones_and_the_dialog_says_what_they_share(dialogs):
    found = dialogs["coregister"]
    assert found["values"]["REFERENCE"] != found["values"]["TARGET"]
    assert "100% of the reference" in found["pair"]
    assert "compared at 0.5 m" in found["pair"]


def test_the_largest_displacement_suits_the_pixels_unless_somebody_chose_it(dialogs):
    assert dialogs["coregister"]["values"]["MAX_SHIFT"] == 75
    assert dialogs["given"]["values"]["MAX_SHIFT"] == 1500
    assert dialogs["given"]["values"]["TARGET"] == dialogs["ids"][0]


def test_a_share_can_be_given_to_the_hundredth(dialogs):
    assert dialogs["buildtrainingset"]["decimals"]["MAX_INVALID"] == 2
    assert dialogs["coregister"]["decimals"]["MIN_SCORE"] == 2
