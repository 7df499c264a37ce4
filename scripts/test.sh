#!/usr/bin/env bash
# The tests, each with the Python it is for: the engine's (engine, runtime, scripts) and QGIS's (processing, gui).
#   scripts/test.sh engine | qgis | all  [arguments for pytest, e.g. -k shift or tests/engine/test_grid.py]
set -uo pipefail
cd "$(dirname "$0")/.."
which=${1:-all}
shift || true

run() { # run NAME PYTHON FOLDERS... -- ARGUMENTS...
    local name=$1 python=$2 folders=() status
    shift 2
    while [ "$1" != -- ]; do folders+=("$1"); shift; done
    shift
    # Paths among the arguments narrow the run; without any, it is all the folders.
    for argument in "$@"; do [ ! -e "${argument%%::*}" ] || folders=(); done
    echo "== $name: $python -m pytest ${folders[*]} $*"
    "$python" -m pytest "${folders[@]}" "$@"
    status=$?
    # 5: nothing to run. With arguments that narrow, the other side may well have nothing.
    if [ $status = 5 ] && { [ $# -gt 0 ] || [ "$which" = all ] && [ -z "$(find "${folders[@]}" -name 'test_*.py' -print -quit 2>/dev/null)" ]; }; then
        status=0
    fi
    return $status
}

failed=0
if [ "$which" != qgis ]; then
    folders=()
    for folder in tests/*/; do
        case $folder in tests/processing/ | tests/gui/ | tests/__pycache__/) ;; *) folders+=("${folder%/}") ;; esac
    done
    run engine .venv-engine/bin/python "${folders[@]}" -- "$@" || failed=1
fi
if [ "$which" != engine ]; then
    export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
    run qgis .venv-qgis/bin/python tests/processing tests/gui -- "$@" || failed=1
fi
exit $failed
