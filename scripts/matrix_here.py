#!/usr/bin/env python3
"""Does the plugin work in the QGIS of this system? One row of the matrix: ``scripts/matrix.sh`` runs it in each QGIS.

``matrix_here.py ZIP PAIR FOLDER --row ROW`` with SENTINEL_MATCH_PYTHON naming the engine's Python, and a Python that
has qgis and pytest. ZIP is that of ``make package``; it is installed into an empty profile. PAIR is a folder of
``season_pairs.py`` (reference.tif, target.tif); everything is written to a temporary folder in FOLDER, which is removed
when all went well. ROW is the JSON file of what was seen, for ``matrix_table.py``. Standard library only, but for GDAL:
it runs wherever QGIS does.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
MODEL = REPOSITORY / "tests" / "processing" / "chain.model3"
ALGORITHMS = ("matchrasters", "warpraster", "coregister", "timeseries")
# In one process with QGIS: what talks to QGIS's interfaces, with the engine played by a stand-in where there is one.
TESTS = ("contract", "layers", "areas", "points", "results")
# As Python prints it: /path/sentinel_match_plugin/processing/layers.py:217: DeprecationWarning: ...
OUR_WARNING = re.compile(r"sentinel_match_plugin/\S+\.py:\d+: \w*Warning: ")
TIMEOUT_S = 900.0


class Broken(Exception):
    """What does not work in this QGIS."""


def say(text):
    """One line, at once: the runs take minutes."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Qgis:
    """``qgis_process`` with a throwaway profile in which only this plugin is, from its zip, and enabled."""

    def __init__(self, folder, package):
        self.program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
        if self.program is None:
            raise Broken("qgis_process is not installed here.")
        profile = folder / "profile" / "profiles" / "default"
        settings = profile / "QGIS"
        settings.mkdir(parents=True)
        (settings / "QGIS3.ini").write_text("[PythonPlugins]\nsentinel_match_plugin=true\n")
        with zipfile.ZipFile(package) as archive:  # all that QGIS's plugin manager does with it
            archive.extractall(profile / "python" / "plugins")
        self.environment = {
            **{name: text for name, text in os.environ.items() if name != "QGIS_PLUGINPATH"},
            "PYTHONDONTWRITEBYTECODE": "1",
            "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
            "QT_QPA_PLATFORM": "offscreen",
        }

    def __call__(self, *arguments):
        """Everything it says; raises Broken if it fails, or if our code met a deprecated part of QGIS."""
        done = subprocess.run(
            [self.program, *arguments], env=self.environment, capture_output=True, text=True, timeout=TIMEOUT_S
        )
        said = done.stdout + done.stderr
        if done.returncode:
            raise Broken(f"{' '.join(arguments)} ended with code {done.returncode}:\n{said}")
        # Other plugins and QGIS itself have warnings of their own: not our matter.
        ours = [line for line in said.splitlines() if OUR_WARNING.search(line)]
        if ours:
            raise Broken(f"{' '.join(arguments)} gave warnings of our code:\n" + "\n".join(ours))
        return done.stdout, said

    def run(self, algorithm, **parameters):
        """The whole JSON answer."""
        pairs = [f"{name}={value}" for name, value in parameters.items()]
        text, said = self("--json", "run", algorithm, "--", *pairs)
        try:
            return json.loads(text[text.index("{") :])
        except ValueError as error:
            raise Broken(f"{algorithm} answered no JSON:\n{said}") from error


def check_help(qgis):
    """A plugin that fails to import leaves exit code 0: that its help is there says that it was imported."""
    for name in ALGORITHMS:
        if "Arguments" not in qgis("help", f"sentinelmatch:{name}")[0]:
            raise Broken(f"There is no help of sentinelmatch:{name}: the provider does not load.")


def check_tests(folder):
    """The QGIS-side tests in one process; a deprecated call in the plugin's own modules is an error there."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", str(folder / "tests")]
    ours = "error::{}:sentinel_match_plugin"  # the start of the module's name; -W would want the whole of it
    kinds = ("DeprecationWarning", "PendingDeprecationWarning", "FutureWarning")
    command += ["-o", "filterwarnings=" + "\n".join(ours.format(kind) for kind in kinds)]
    command += [f"tests/processing/test_{name}.py" for name in TESTS]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
    if done.returncode:
        raise Broken(f"The tests failed (code {done.returncode}):\n{done.stdout}{done.stderr}")
    return done.stdout


def check_pair(qgis, pair, folder):
    """coregister with every output, then warpraster by its points: the answer, and how far the two rasters differ."""
    files = {
        "OUTPUT": "warped.tif",
        "TIE_POINTS": "points.gpkg",
        "SHIFT_VECTORS": "lines.gpkg",
        "GCP_FILE": "gcp.points",
        "REPORT": "report.html",
        "MATCH_FIGURE": "figure.png",
    }
    paths = {name: folder / file for name, file in files.items()}
    answer = qgis.run("sentinelmatch:coregister", REFERENCE=pair / "reference.tif", TARGET=pair / "target.tif", **paths)
    results = answer["results"]
    if results["STATUS"] != "ok":
        raise Broken(f"coregister says {results['STATUS']}: {results['MESSAGES']}")
    missing = [name for name, path in paths.items() if not path.exists() or results[name] != str(path)]
    if missing:
        raise Broken(f"coregister did not write {', '.join(missing)}.")
    again = folder / "again.tif"
    qgis.run(
        "sentinelmatch:warpraster",
        INPUT=pair / "target.tif",
        TIE_POINTS=paths["TIE_POINTS"],
        REFERENCE=pair / "reference.tif",
        OUTPUT=again,
    )
    return answer, differing_share(paths["OUTPUT"], again)


def differing_share(one, other):
    """The share of pixels, 0..1, by which two rasters of one grid differ."""
    from osgeo import gdal

    gdal.UseExceptions()
    a, b = (gdal.Open(str(path)) for path in (one, other))
    if (a.GetGeoTransform(), a.RasterXSize, a.RasterYSize) != (b.GetGeoTransform(), b.RasterXSize, b.RasterYSize):
        raise Broken(f"{one.name} and {other.name} are not on one pixel grid.")
    return float((a.ReadAsArray() != b.ReadAsArray()).mean())


def check_model(qgis, pair, folder):
    """Clip, match, filter and warp as one model: how many tie points came out of it."""
    from osgeo import gdal, ogr

    if shutil.which("gdal_translate") is None:
        return "skipped: the model's clip needs GDAL's programs (gdal-bin)"
    gdal.UseExceptions()
    ogr.UseExceptions()
    reference = gdal.Open(str(pair / "reference.tif"))
    left, pixel, _, top, _, _ = reference.GetGeoTransform()
    side = 32 * math.floor(0.8 * min(reference.RasterXSize, reference.RasterYSize) / 32)
    margin = 32 * pixel
    bounds = (left + margin, left + margin + side * pixel, top - margin - side * pixel, top - margin)
    points, warped = folder / "model.gpkg", folder / "model.tif"
    answer = qgis.run(
        str(MODEL),
        reference=pair / "reference.tif",
        target=pair / "target.tif",
        extent="{},{},{},{} [EPSG:{}]".format(*bounds, reference.GetSpatialRef().GetAuthorityCode(None)),
        **{"filter:points": points, "warp:warped": warped},
    )
    made = gdal.Open(str(warped))
    if (made.RasterXSize, made.RasterYSize) != (side, side):
        raise Broken(f"The model's raster has {made.RasterXSize} x {made.RasterYSize} pixels, not {side} x {side}.")
    table = ogr.Open(str(points))  # its layers live only as long as it does
    count = table.GetLayer().GetFeatureCount()
    if not count or not answer["results"]:
        raise Broken(f"The model found no tie points: {answer}")
    return f"{count} points, {side} x {side} px"


def check_series(qgis, pair, folder):
    """One date through the example model; the others are not given."""
    outputs = {number: folder / f"date{number}.tif" for number in (1, 2, 3, 4)}
    qgis.run(
        "sentinelmatch:timeseries",
        REFERENCE=pair / "reference.tif",
        DATE_1=pair / "target.tif",
        **{f"coregister_{number}:DATE_{number}_ON_REFERENCE": path for number, path in outputs.items()},
    )
    written = [number for number, path in outputs.items() if path.exists()]
    if written != [1]:
        raise Broken(f"The time series wrote the dates {written}, not the one that it was given.")
    return "one date of four given, one written"


def check(package, pair, folder):
    """All of it; what was seen, for the table. Raises Broken."""
    qgis = Qgis(folder, package)
    version = next(iter(qgis("--version")[0].splitlines()), "QGIS, no version")
    python = sys.version.split()[0]
    say(f"{version}, Python {python}")
    row = {"qgis": version, "python": python, "zip": package.name}
    check_help(qgis)
    say("  installed from the zip, provider and help: " + ", ".join(ALGORITHMS))
    row["tests"] = check_tests(folder).strip().splitlines()[-1].strip("= ")
    say(f"  tests in one process: {row['tests']}")
    answer, row["warped_differs"] = check_pair(qgis, pair, folder)
    row["pair"] = {name: answer["results"][name] for name in ("STATUS", "INLIERS", "COUNT", "CE90")}
    row["versions"] = {name: answer.get(f"{name}_version", "") for name in ("qt", "gdal", "proj")}
    r = answer["results"]
    say(
        f"  coregister: {r['STATUS']}, {r['INLIERS']} of {r['COUNT']} points, CE90 {r['CE90']:.2f} m, "
        f"shift {r['SHIFT_X']:.1f}, {r['SHIFT_Y']:.1f} m"
    )
    say(f"  warpraster by these points: {100 * row['warped_differs']:.2f} % of the pixels differ")
    row["model"] = check_model(qgis, pair, folder)
    say(f"  chain.model3: {row['model']}")
    row["series"] = check_series(qgis, pair, folder)
    say(f"  timeseries, the example in the Toolbox: {row['series']}")
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("zip", type=Path)
    parser.add_argument("pair", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--row", type=Path, required=True)
    options = parser.parse_args()
    options.row.unlink(missing_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run.", dir=options.folder))
    try:
        row = check(options.zip, options.pair, folder)
    except (Broken, subprocess.TimeoutExpired) as error:
        say(f"  BROKEN: {error}\n  What was written is in {folder}")
        return 1
    options.row.write_text(json.dumps(row))
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
