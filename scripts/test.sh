#!/usr/bin/env bash
# The tests, each with the Python it is for: the engine's (engine, runtime, scripts) and QGIS's (processing, gui).
#   scripts/test.sh engine | qgis | all  [arguments for pytest, e.g. -k shift or tests/engine/test_grid.py]
set -uo pipefail
cd "$(dirname "$0")/.."
which=${1:-all}
shift || true

run() { # run NAME PYTHON FOLDERS... -- ARGUMENTS...
    local name=$1 python=$2 folders=() wanted=() arguments=() argument side
    shift 2
    while [ "$1" != -- ]; do folders+=("$1"); shift; done
    shift
    # Paths among the arguments narrow the run, each on its own side; without any, it is all the folders.
    for argument in "$@"; do
        if [ ! -e "${argument%%::*}" ]; then arguments+=("$argument"); continue; fi
        case ${argument#./} in tests/processing* | tests/gui*) side=qgis ;; tests/?*) side=engine ;; *) side=$name ;; esac
        wanted+=("$side $argument")
    done
    if [ ${#wanted[@]} -gt 0 ]; then
        folders=()
        for argument in "${wanted[@]}"; do [ "${argument%% *}" != "$name" ] || folders+=("${argument#* }"); done
        [ ${#folders[@]} -gt 0 ] || return 0
    fi
    echo "== $name: $python -m pytest ${folders[*]} ${arguments[*]}"
    "$python" -m pytest "${folders[@]}" "${arguments[@]}"
    case $? in
        0) ran=1 ;;
        5) ;; # nothing to run: arguments that narrow may leave it all to the other side
        *) failed=1 ;;
    esac
}

failed=0 ran=0
if [ "$which" != qgis ]; then
    folders=()
    for folder in tests/*/; do
        case $folder in tests/processing/ | tests/gui/ | tests/__pycache__/) ;; *) folders+=("${folder%/}") ;; esac
    done
    run engine .venv-engine/bin/python "${folders[@]}" -- "$@"
fi
if [ "$which" != engine ]; then
    export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
    run qgis .venv-qgis/bin/python tests/processing tests/gui -- "$@"
fi
[ $((failed + ran)) != 0 ] || { echo "test: no test fits $*" >&2; exit 1; }
exit $failed
