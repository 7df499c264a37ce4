#!/bin/bash
# Does the provider load, and one pair run, in every QGIS that we can have? Bookworm's own 3.22 without a chroot, 3.40 and
# 3.44 in Debian chroots made by ../shared/tools/qgis_matrix.sh (needs root, debootstrap, about 2.5 GB a chroot).
#   scripts/matrix.sh [DIR]     DIR: where the chroots are or will be made (default: /var/tmp/sentinel-match-matrix)
# The engine's environment must be made with a Python that the chroots see: one under this folder or pyenv's.
#   SENTINEL_MATCH_PYTHON names it; default .venv-engine/bin/python here.
set -eu
cd "$(dirname "$0")/.."
here=$PWD; work=$here/build/matrix; chroots=${1:-/var/tmp/sentinel-match-matrix}
tool=$here/../shared/tools/qgis_matrix.sh
[ -x "$tool" ] || { echo "The tool that makes the chroots is not at $tool." >&2; exit 1; }
engine=${SENTINEL_MATCH_PYTHON:-$here/.venv-engine/bin/python}
[ -x "$engine" ] || { echo "No engine at $engine: set SENTINEL_MATCH_PYTHON to its Python." >&2; exit 1; }
pair=$work/T35UNQ_cross_sub0_a
[ -e "$pair/truth.json" ] || "$engine" "$here/../shared/tools/season_pairs.py" make "$work" --tiles T35UNQ --conditions a >/dev/null

check='
set -eu
cd "$1"; engine=$2; pair=$3; out=$(mktemp -d "$4/run.XXXXXX"); profile=$out/profile
mkdir -p "$profile/profiles/default/QGIS"
printf "[PythonPlugins]\nsentinel_match_plugin=true\n" > "$profile/profiles/default/QGIS/QGIS3.ini"
export PYTHONDONTWRITEBYTECODE=1 QGIS_CUSTOM_CONFIG_PATH=$profile QGIS_PLUGINPATH=$1 SENTINEL_MATCH_PYTHON=$engine QT_QPA_PLATFORM=offscreen
program=$(command -v qgis_process.bin || command -v qgis_process)
for name in matchrasters warpraster coregister; do
    "$program" help sentinelmatch:$name | grep -q Arguments || { echo "help of $name failed"; exit 1; }
done
python3 -m pytest -q -p no:cacheprovider tests/processing/test_contract.py tests/processing/test_layers.py \
    tests/processing/test_areas.py tests/processing/test_points.py tests/processing/test_results.py > "$out/tests" 2>&1 ||
    { cat "$out/tests"; exit 1; }
"$program" --json run sentinelmatch:coregister -- REFERENCE="$pair/reference.tif" TARGET="$pair/target.tif" \
    OUTPUT="$out/warped.tif" TIE_POINTS="$out/points.gpkg" SHIFT_VECTORS="$out/lines.gpkg" > "$out/answer.json"
"$program" run sentinelmatch:warpraster -- INPUT="$pair/target.tif" TIE_POINTS="$out/points.gpkg" \
    REFERENCE="$pair/reference.tif" OUTPUT="$out/again.tif" > "$out/log" 2>&1
python3 - "$out" <<PYTHON
import json, sys
answer = open(sys.argv[1] + "/answer.json").read()
answer = json.loads(answer[answer.index("{"):])
r = answer["results"]
print("QGIS", answer["qgis_version"], "| Python", answer.get("python_version", "?"), "|", r["STATUS"], "|",
      r["INLIERS"], "of", r["COUNT"], "points | CE90 %.2f m | shift %.1f, %.1f m" % (r["CE90"], r["SHIFT_X"], r["SHIFT_Y"]))
assert r["STATUS"] == "ok"
PYTHON
rm -rf "$out"
'
failed=0
PATH=$here/.venv-qgis/bin:$PATH bash -c "$check" matrix "$here" "$engine" "$pair" "$work" || failed=1
for suite in trixie trixie-backports; do
    dir=$chroots/$suite
    [ -e "$dir/usr/bin/qgis_process" ] || "$tool" make "$suite" "$dir"
    "$tool" run "$dir" "$here" bash -c "$check" matrix "$here" "$engine" "$pair" "$work" || { echo "FAILED in $suite"; failed=1; }
done
exit $failed
