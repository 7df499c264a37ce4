#!/usr/bin/env bash
# Does the plugin work in every QGIS that we can have? Bookworm's own 3.22 without a chroot, 3.40 and 3.44 in Debian chroots
# made by ../shared/tools/qgis_matrix.sh (needs root, debootstrap, about 3.5 GB and some minutes a chroot, once).
# In each: the zip of `make package` in an empty profile, the QGIS-side tests, coregister and warpraster on a season pair,
# models; see matrix_here.py. The table in README.md is written anew when all went well.
#   scripts/matrix.sh [DIR]     DIR: where the chroots are or will be made (default: /var/tmp/sentinel-match-matrix)
#   SUITES                      the chroots to look at (default: "trixie trixie-backports")
#   SENTINEL_MATCH_PYTHON       the engine's Python. The chroots see only this folder and pyenv's Pythons (their own Python
#                               is another); where the given or installed one lies elsewhere, build/engine is made for them.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD work=$PWD/build/matrix chroots=${1:-/var/tmp/sentinel-match-matrix}
pyenv=${PYENV_ROOT:-$HOME/.pyenv} system_python=${SYSTEM_PYTHON:-/usr/bin/python3}
tool=$here/../shared/tools/qgis_matrix.sh pairs=$here/../shared/tools/season_pairs.py

stop() { echo "matrix: $*" >&2; exit 1; }
bridge() { "$system_python" -m sentinel_match_plugin.runtime.environment "$@"; }

# The environment and the Python it was made with must both be where a chroot sees them.
seen() {
    local place
    while read -r place; do
        case $(realpath "$place")/ in "$here"/* | "$(realpath -m "$pyenv")"/*) ;; *) return 1 ;; esac
    done < <("$1" -I -c 'import sys; print(sys.prefix); print(sys.base_prefix)')
}
base_python() { # the first of pyenv's that the engine's packages exist for
    local version python
    for version in 3.11 3.12 3.13; do
        for python in "$pyenv"/versions/"$version".*/bin/python; do
            if [ -x "$python" ]; then echo "$python"; return 0; fi
        done
    done
    stop "the chroots need an engine made with a Python that they see, and $pyenv has none of 3.11 to 3.13 (pyenv install 3.11)."
}
engine_for_chroots() {
    local python
    python=$(bridge find) || return 1
    if ! seen "$python"; then
        echo "matrix: $python is not seen from a chroot; build/engine is used there" >&2
        python=$(base_python) || return 1
        bridge install --folder "$here/build/engine" --python "$python" >&2 || return 1
        python=$(bridge find --folder "$here/build/engine")
    fi
    echo "$python"
}

# The chroots stay, but nothing of ours stays mounted in them: a delete by hand would go through to it. An engine whose QGIS
# has just ended takes a moment to notice, and keeps its mounts busy until then.
mounts() { awk -v dir="$(realpath -m "$chroots")/" 'index($2, dir) == 1 {print $2}' /proc/mounts | sort -r; }
unmount() {
    local place attempt
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        mounts | while read -r place; do umount "$place" 2>/dev/null || true; done
        [ -n "$(mounts)" ] || return 0
        sleep "$attempt"
    done
    echo "matrix: still mounted, and in use: $(mounts | xargs)" >&2
}

[ "$(id -u)" = 0 ] || stop "making and entering chroots takes root."
[ -x "$tool" ] || stop "the tool that makes the chroots is not at $tool."
engine=$(bridge find)
export SENTINEL_MATCH_PYTHON=$engine PYTHONDONTWRITEBYTECODE=1
pair=$work/T35UNQ_cross_sub0_a rows=()
mkdir -p "$work"
code=$(git describe --always --dirty 2>/dev/null || true)
zip=$(.venv-engine/bin/python scripts/package.py "$work")
[ -e "$pair/truth.json" ] || "$engine" "$pairs" make "$work" --tiles T35UNQ --conditions a >/dev/null

failed=()
echo "== this system"
row=$work/here.json rows+=("$work/here.json")
.venv-qgis/bin/python scripts/matrix_here.py "$zip" "$pair" "$work" --row "$row" || failed+=("this system")
trap unmount EXIT
for suite in ${SUITES-trixie trixie-backports}; do
    echo "== $suite"
    dir=$chroots/$suite
    row=$work/$suite.json rows+=("$work/$suite.json")
    if [ ! -e "$dir/usr/bin/qgis_process" ] && ! "$tool" make "$suite" "$dir"; then failed+=("$suite"); continue; fi
    [ -n "${chroot_engine:-}" ] || chroot_engine=$(engine_for_chroots)
    "$tool" run "$dir" "$here" env SENTINEL_MATCH_PYTHON="$chroot_engine" PYTHONDONTWRITEBYTECODE=1 \
        ${OMP_NUM_THREADS:+OMP_NUM_THREADS="$OMP_NUM_THREADS"} python3 scripts/matrix_here.py "$zip" "$pair" "$work" --row "$row" || failed+=("$suite")
done
[ ${#failed[@]} = 0 ] || stop "FAILED in: ${failed[*]}"
"$engine" scripts/matrix_table.py README.md "${rows[@]}" --code "$code"
