#!/usr/bin/env bash
# Every GeoTIFF of a folder onto one reference, through qgis_process: an example to copy and change.
#   scripts/examples/coregister_folder.sh REFERENCE.tif FOLDER OUTPUT_FOLDER
# One line a raster: status, points that agree, error in metres. A raster that does not match is told and left out; what is
# there already is not made again. Works with the plugin installed in your profile, and from a checkout after `make setup`.
set -euo pipefail
[ $# = 3 ] || { sed -n '2,5s/^# *//p' "$0" >&2; exit 2; }
reference=$1 folder=$2 output=$3
[ -e "$reference" ] || { echo "There is no $reference." >&2; exit 2; }
[ -n "$(find "$folder/" -maxdepth 1 -name '*.tif' -print -quit 2>/dev/null)" ] || { echo "There is no GeoTIFF (*.tif) in $folder." >&2; exit 2; }

qgis=$(command -v qgis_process.bin || command -v qgis_process) || { echo "qgis_process is not on PATH." >&2; exit 1; }
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} # no window is wanted

checkout=$(cd "$(dirname "$0")/../.." && pwd)
if [ -d "$checkout/sentinel_match_plugin" ] && ! "$qgis" plugins list 2>/dev/null | grep -q '^\* *sentinel_match_plugin'; then
    # Not installed and enabled in the profile: the checkout's, in a profile of its own.
    export QGIS_PLUGINPATH=$checkout QGIS_CUSTOM_CONFIG_PATH=${TMPDIR:-/tmp}/sentinel-match-example-$UID
    mkdir -p "$QGIS_CUSTOM_CONFIG_PATH/profiles/default/QGIS"
    printf '[PythonPlugins]\nsentinel_match_plugin=true\n' >"$QGIS_CUSTOM_CONFIG_PATH/profiles/default/QGIS/QGIS3.ini"
fi

mkdir -p "$output"
failed=0
for raster in "$folder"/*.tif; do
    name=$(basename "$raster" .tif)
    [ "$raster" -ef "$reference" ] && continue
    [ -e "$output/$name.tif" ] && { echo "$name: already there"; continue; }
    if ! answer=$("$qgis" --json run sentinelmatch:coregister -- REFERENCE="$reference" TARGET="$raster" \
        OUTPUT="$output/$name.tif" TIE_POINTS="$output/$name.gpkg" REPORT="$output/$name.html" 2>"$output/$name.log"); then
        echo "$name: failed: $(tail -n 1 "$output/$name.log")"
        failed=1
        continue
    fi
    rm -f "$output/$name.log"
    # The answer is JSON; python3 is where QGIS is.
    python3 -c '
import json, sys
r = json.loads(sys.argv[2][sys.argv[2].index("{"):])["results"]
error = "" if r.get("CE90") is None else ", CE90 {:.1f} m".format(r["CE90"])
print("{}: {}, {} of {} points agree{}".format(sys.argv[1], r["STATUS"], r["INLIERS"], r["COUNT"], error))
' "$name" "$answer"
done
exit $failed
